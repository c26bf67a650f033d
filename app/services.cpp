// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "datasources/demo/democity.h"
#include "datasources/opener/opener.h"

namespace hanseatlas
{

Services standardServices(const AppPaths &paths)
{
    return {.opener = std::make_unique<Opener>(paths.demo()), .demo = {.isReady = demoCityReady, .make = makeDemoCity}};
}

} // namespace hanseatlas
