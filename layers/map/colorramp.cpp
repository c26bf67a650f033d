// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/colorramp.h"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct Ramp {
    QString name;
    std::vector<QRgb> stops; ///< evenly spaced
};

/** Lightness rises or falls steadily in the sequential ones; the diverging ones meet in a light middle and avoid red
 *  against green. Key colours of viridis, magma, cividis (matplotlib, CC0) and of ColorBrewer schemes that its authors
 *  mark as colour-blind safe (Blues, Greens, Oranges, Purples, YlGnBu, YlOrBr, PuOr, RdBu, BrBG). */
const std::vector<Ramp> &ramps()
{
    static const std::vector<Ramp> all{
        {u"viridis"_s,
         {0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725}},
        {u"magma"_s,
         {0x000004, 0x180f3d, 0x440f76, 0x721f81, 0x9e2f7f, 0xcd4071, 0xf1605d, 0xfd9668, 0xfeca8d, 0xfcfdbf}},
        {u"cividis"_s,
         {0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838}},
        {u"greys"_s, {0xf7f7f7, 0xcccccc, 0x969696, 0x636363, 0x252525}},
        {u"blues"_s, {0xeff3ff, 0xbdd7e7, 0x6baed6, 0x3182bd, 0x08519c}},
        {u"greens"_s, {0xedf8e9, 0xbae4b3, 0x74c476, 0x31a354, 0x006d2c}},
        {u"oranges"_s, {0xfeedde, 0xfdbe85, 0xfd8d3c, 0xe6550d, 0xa63603}},
        {u"purples"_s, {0xf2f0f7, 0xcbc9e2, 0x9e9ac8, 0x756bb1, 0x54278f}},
        {u"ylgnbu"_s, {0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x253494}},
        {u"ylorbr"_s, {0xffffd4, 0xfed98e, 0xfe9929, 0xd95f0e, 0x993404}},
        {u"puor"_s, {0xe66101, 0xfdb863, 0xf7f7f7, 0xb2abd2, 0x5e3c99}},
        {u"rdbu"_s, {0xca0020, 0xf4a582, 0xf7f7f7, 0x92c5de, 0x0571b0}},
        {u"brbg"_s, {0xa6611a, 0xdfc27d, 0xf5f5f5, 0x80cdc1, 0x018571}},
        {u"terrain"_s, {0x6f9e7c, 0xa9c08f, 0xdbd9a6, 0xd9b98a, 0xb88f6f, 0x9a8377, 0xe6e2de}},
    };
    return all;
}

} // namespace

QStringList colorRampNames()
{
    QStringList names;
    for (const auto &ramp : ramps())
        names << ramp.name;
    return names;
}

QColor rampColor(const QString &name, double position)
{
    const auto found = std::ranges::find(ramps(), name, &Ramp::name);
    const auto &stops =
        found != ramps().end() ? found->stops : std::ranges::find(ramps(), u"greys"_s, &Ramp::name)->stops;
    const double place = std::isfinite(position) ? std::clamp(position, 0.0, 1.0) * double(stops.size() - 1) : 0;
    const auto i = std::min(std::size_t(place), stops.size() - 2);
    const double t = place - double(i);
    auto mix = [&](int (*channel)(QRgb)) {
        return int(std::lround(channel(stops[i]) * (1 - t) + channel(stops[i + 1]) * t));
    };
    return QColor(mix(qRed), mix(qGreen), mix(qBlue));
}

QList<QColor> rampColors(const QString &name, int n)
{
    QList<QColor> colors;
    for (int i = 0; i < n; ++i)
        colors << rampColor(name, n > 1 ? double(i) / (n - 1) : 0.5);
    return colors;
}

QList<QColor> categoryColors(int n)
{
    // Okabe and Ito's eight without black, then their lighter and darker sisters
    static constexpr QRgb base[] = {0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0xf0e442};
    QList<QColor> colors;
    for (int i = 0; i < n; ++i) {
        const auto color = QColor::fromRgb(base[std::size_t(i) % std::size(base)]);
        const int round = i / int(std::size(base));
        colors << (round == 0 ? color : round % 2 ? color.lighter(100 + 35 * round) : color.darker(100 + 35 * round));
    }
    return colors;
}

} // namespace hanseatlas
