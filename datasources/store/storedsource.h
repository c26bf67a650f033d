// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/servicestore.h"

namespace hanseatlas
{

/** Implemented beside FeatureSource and RasterSource by sources that draw from the store. Known within datasources
 * only. */
class StoreBacked
{
public:
    virtual ~StoreBacked() = default;
    virtual const StoredDataset &storedDataset() const = 0;
};

} // namespace hanseatlas
