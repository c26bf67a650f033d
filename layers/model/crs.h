// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QString>

#include <memory>
#include <span>

namespace hanseatlas
{

/** A coordinate reference system: a cheap value. Equal when their definitions are.
 *
 *  Coordinates of ours are always east before north, degrees or metres; the axis order of the register is dealt with
 *  where data comes in and goes out.
 */
class Crs
{
public:
    Crs() = default; ///< unknown: such data is drawn as it is, in map units
    /** e.g. 25832; an unknown number gives an invalid Crs */
    static Crs fromEpsg(int code);
    /** Anything PROJ understands: "EPSG:25832", URNs (also urn:adv:crs:ETRS89_UTM32), OGC URLs, WKT, PROJ strings. */
    static Crs fromText(const QString &definition);
    /** The working CRS of the house, EPSG:25832 */
    static Crs working() { return fromEpsg(25832); }

    bool isValid() const { return m_data != nullptr; }
    int epsg() const; ///< 0 when it is none of EPSG's
    QString id() const; ///< "EPSG:25832", or "" for a user-defined CRS
    QString name() const; ///< "ETRS89 / UTM zone 32N"
    QString definition() const; ///< what fromText() turns into an equal Crs again: the id, else WKT
    QString wkt() const; ///< WKT1 as GDAL writes it, axis order of the register
    bool isGeographic() const; ///< units are degrees
    bool northingFirst() const; ///< the register's first axis is north (4326, 31467 …)
    double metresPerUnit() const; ///< of the first axis; degrees count 111 319.49 m
    /** Where it may be used, in degrees east/north of WGS 84; empty when unknown. */
    Extent areaOfUse() const;

    bool operator==(const Crs &other) const;

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};

/** Turns coordinates of one CRS into another. Belongs to one thread; making one costs milliseconds, so keep it. */
class Transform
{
public:
    /** Unknown CRS on either side, or equal ones: the identity. */
    static Result<Transform> create(const Crs &from, const Crs &to);

    bool isIdentity() const { return m_impl == nullptr; }
    /** In place; what cannot be turned becomes NaN. Returns how many failed. */
    int forward(std::span<PointXY> points) const;
    int inverse(std::span<PointXY> points) const;
    PointXY forward(PointXY p) const;
    PointXY inverse(PointXY p) const;
    /** The box around the turned box, its edges densified. Empty if nothing of it can be turned. */
    Extent forward(const Extent &box) const;
    Extent inverse(const Extent &box) const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace hanseatlas
