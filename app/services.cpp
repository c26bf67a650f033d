// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "datasources/catalogue/cataloguefile.h"
#include "datasources/demo/democity.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/net/keychaincredentials.h"
#include "datasources/opener/opener.h"

namespace hanseatlas
{

Services standardServices(const AppPaths &paths)
{
    auto network = std::make_shared<ServiceAccess>(
        ServiceAccess::Options{.storePath = paths.serviceStore(), .signInList = paths.signIns()},
        std::make_shared<KeychainCredentials>());
    return {.network = network,
            .opener =
                std::make_unique<Opener>(paths.demo(), network, storingForbidden(CatalogueFiles::standard(paths.data))),
            .demo = {.isReady = demoCityReady, .make = makeDemoCity}};
}

} // namespace hanseatlas
