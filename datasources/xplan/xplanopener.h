// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <memory>

namespace hanseatlas
{

/** Opens XPlanGML 4.0 to 6.0, plain or zipped, as layers with the symbols of the Planzeichenverordnung 1990.
 *
 *  A location that is a file offers for each plan in it a group of layers, topmost first. A folder, or a pattern such
 * as "bplan/" + "*.gml", offers two layers over all of its plans: "*plans*" (their extents; also when no layer is
 * named) and
 *  "*areas*" (their seamless areas). These two can be opened of a single file as well.
 *  Options: "crs" (any text that Crs::fromText() knows), "swapAxes" (true: the file has north first).
 *  All threads may use it at once; what was read is kept for a while.
 */
class XplanOpener final : public SourceOpener
{
public:
    XplanOpener();
    ~XplanOpener() override;

    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token) const override;
    Result<OpenedSource> open(const SourceRef &ref, CancelToken token) const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/** A quick look at the first kilobytes of a file, also of those in a zip. False for folders and for what cannot be
 * read. */
bool looksLikeXplan(const QString &path);

} // namespace hanseatlas
