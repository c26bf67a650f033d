// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"
#include "layers/model/source.h"

#include <memory>

namespace hanseatlas
{

/** Opens what services offer: WMS, WMTS, XYZ tiles, vector tiles, WFS and OGC API Features; and finds out what an
 * address is that somebody has pasted.
 *
 *  inspect() asks the server (the stored state stands in, with a note, where it does not answer); open() goes by what
 *  is stored, if anything is, so that maps open at once and without a network. */
class ServiceOpener final : public SourceOpener
{
public:
    explicit ServiceOpener(std::shared_ptr<ServiceAccess> access);
    ~ServiceOpener() override; ///< sources that were opened live on

    /** Is the ref one for here: a service, or an address on the web? */
    static bool knows(const SourceRef &ref);

    /** `ref` of the answer says what the service is. Errors as of HttpClient and the readers; Unsupported where the
     *  address is something else. */
    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token) const override;
    Result<OpenedSource> open(const SourceRef &ref, CancelToken token) const override;

    /** The store's package holds from now on the documents that it takes to open the ref again. Errors as of open()
     *  and ServiceStore::hold(). */
    static Status holdDocuments(const std::shared_ptr<ServiceAccess> &access, const QString &package,
                                const SourceRef &ref, const CancelToken &token);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
