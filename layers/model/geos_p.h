// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <QString>

#include <geos_c.h>

#include <functional>
#include <memory>

namespace hanseatlas
{

using GeosGeometry = std::unique_ptr<GEOSGeometry, std::function<void(GEOSGeometry *)>>;

/** @internal A GEOS handle for one function on one thread; GEOS's messages are swallowed, its null results are not. */
class GeosContext
{
public:
    GeosContext()
        : m_handle(GEOS_init_r())
    {
    }
    ~GeosContext() { GEOS_finish_r(m_handle); }
    GeosContext(const GeosContext &) = delete;
    GeosContext &operator=(const GeosContext &) = delete;
    operator GEOSContextHandle_t() const { return m_handle; }

    GeosGeometry own(GEOSGeometry *geometry) const
    {
        return GeosGeometry(geometry, [handle = m_handle](GEOSGeometry *g) { GEOSGeom_destroy_r(handle, g); });
    }
    /** Null where a ring has too few points to be one. */
    GeosGeometry polygon(const Geometry &geometry) const;
    /** Of any kind; null where a line or ring has too few points to be one. */
    GeosGeometry shape(const Geometry &geometry) const;
    /** Empty when valid, else GEOS's reason and the place. */
    QString problemOf(const Geometry &geometry) const;

private:
    GEOSContextHandle_t m_handle;
};

} // namespace hanseatlas
