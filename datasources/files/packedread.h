// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/vectorlayer.h"

namespace hanseatlas
{

/** @internal Reads an OGRLayerH in columns and packs it. Leaves the layer without filters. */
Result<FeatureSetPtr> readPacked(void *layer, const VectorLayer &facts, const FeatureQuery &query,
                                 const DatasetSpec &spec, CancelToken token, const Progress &progress);

/** The query's box in the layer's raw coordinates; nothing: no box was asked for; empty: the box lies outside. */
Result<std::optional<Extent>> rawQueryBox(const VectorLayer &facts, const FeatureQuery &query);

} // namespace hanseatlas
