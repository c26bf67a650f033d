// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/container.h"
#include "datasources/files/filekind.h"
#include "layers/model/source.h"

namespace hanseatlas
{

/** @internal The data set in one file, or one file of a container. */
struct InspectedFile {
    QString format;
    std::vector<LayerDescription> layers;
    QStringList notes;
};

Result<InspectedFile> inspectFile(const Member &member, const QJsonObject &options, CancelToken token);

/** Opens one layer of it; "" = the first. */
Result<OpenedSource> openFile(const Member &member, const QString &layer, const QJsonObject &options,
                              CancelToken token);

} // namespace hanseatlas
