// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/sheetscale.h"

#include <QLocale>

#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

SheetScaleBar SheetScaleBar::fitting(double metresPerUnit, double longest)
{
    const double most = metresPerUnit * longest;
    if (!(most > 0) || !std::isfinite(most))
        return {};
    const double decade = std::pow(10, std::floor(std::log10(most) + 1e-9));
    const double lead = most / decade >= 5 - 1e-9 ? 5 : most / decade >= 2 - 1e-9 ? 2 : 1;
    return {.metres = lead * decade, .segments = lead == 5 ? 5 : 4, .length = lead * decade / metresPerUnit};
}

QString SheetScaleBar::label(double at, bool withUnit) const
{
    const bool far = metres >= 2000;
    const auto number = QLocale().toString(far ? at / 1000 : at, 'g', 6);
    return withUnit ? u"%1\u202f%2"_s.arg(number, far ? u"km"_s : u"m"_s) : number;
}

double groundMetresPerUnit(const Crs &crs, PointXY place)
{
    const double nominal = crs.isValid() ? crs.metresPerUnit() : 1;
    const auto toDegrees =
        crs.isValid() ? Transform::create(crs, Crs::fromEpsg(4326)) : failure(ErrorKind::Invalid, {});
    if (!toDegrees)
        return nominal;
    const double step = 50 / nominal; // metres to both sides
    const auto west = toDegrees->forward(PointXY{place.x - step, place.y});
    const auto east = toDegrees->forward(PointXY{place.x + step, place.y});
    const auto south = toDegrees->forward(PointXY{place.x, place.y - step});
    const auto north = toDegrees->forward(PointXY{place.x, place.y + step});
    // Radii of curvature of the WGS 84 ellipsoid
    constexpr double a = 6378137, e2 = 0.00669437999014, radians = std::numbers::pi / 180;
    const auto metresBetween = [&](PointXY p, PointXY q) {
        const double sine = std::sin((p.y + q.y) / 2 * radians), w2 = 1 - e2 * sine * sine;
        const double alongMeridian = a * (1 - e2) / (w2 * std::sqrt(w2)), across = a / std::sqrt(w2);
        return std::hypot((q.x - p.x) * radians * across * std::sqrt(1 - sine * sine),
                          (q.y - p.y) * radians * alongMeridian);
    };
    const double mean = (metresBetween(west, east) + metresBetween(south, north)) / (4 * step);
    return std::isfinite(mean) && mean > 0 ? mean : nominal;
}

} // namespace hanseatlas
