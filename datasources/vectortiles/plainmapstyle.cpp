// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mbtilesfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** How layers look whose names say what they are; lower ones first. */
struct Look {
    const char16_t *pattern; ///< of the layer's name
    const char *fill, *line;
    double width; ///< of lines at zoom 14
};

constexpr Look looks[] = {
    {u"bound|admin|grenz|kreis|gemeinde|bezirk|stadtteil", "#00000000", "#a88fb0", 1.2},
    {u"landuse|landcover|siedlung|nutzung|flaechen|flächen|land", "#ece9e2", "#e2ddd3", 0.6},
    {u"wood|forest|park|wald|gruen|grün|veget|grass|wiese", "#d5e4c8", "#c8dab8", 0.6},
    {u"water|wasser|gewaesser|gewässer|river|fluss|sea|ocean|meer", "#b5d3e3", "#9cc1d6", 1.2},
    {u"building|gebaeude|gebäude|haus", "#dcd5cc", "#c8bfb4", 0.5},
    {u"rail|bahn|schiene", "#e4e4e4", "#a9a5a0", 1.2},
    {u"road|street|transport|verkehr|strass|straß|weg", "#ffffff", "#ffffff", 3.0},
};
constexpr Look other{u"", "#e6e2da", "#cdc6ba", 0.8}; // lowest, so that it hides nothing

struct LayerLook {
    QString name;
    Look look;
    std::ptrdiff_t rank;
};

LayerLook lookOf(const QString &name)
{
    for (const auto &look : looks) {
        const QRegularExpression pattern(QString::fromUtf16(look.pattern), QRegularExpression::CaseInsensitiveOption);
        if (pattern.match(name).hasMatch())
            return {name, look, &look - looks};
    }
    return {name, other, -1};
}

QJsonArray width(double at14)
{
    return {u"interpolate"_s, QJsonArray{u"exponential"_s, 1.5}, QJsonArray{u"zoom"_s}, 6, at14 * 0.2, 14, at14, 20,
            at14 * 6};
}

QJsonArray isOf(const char *geometry)
{
    return {u"=="_s, QJsonArray{u"geometry-type"_s}, QString::fromLatin1(geometry)};
}

class StyleWriter
{
public:
    explicit StyleWriter(QString source)
        : m_source(std::move(source))
    {
    }

    void add(const QString &id, const QString &type, const QString &layer, const QJsonArray &filter,
             const QJsonObject &paint, const QJsonObject &layout = {})
    {
        m_layers.append(QJsonObject{{u"id"_s, id + u'-' + layer},
                                    {u"type"_s, type},
                                    {u"source"_s, m_source},
                                    {u"source-layer"_s, layer},
                                    {u"filter"_s, filter},
                                    {u"paint"_s, paint},
                                    {u"layout"_s, layout}});
    }
    void background()
    {
        m_layers.append(QJsonObject{{u"id"_s, u"background"_s},
                                    {u"type"_s, u"background"_s},
                                    {u"paint"_s, QJsonObject{{u"background-color"_s, u"#f6f3ee"_s}}}});
    }
    QJsonArray layers() const { return m_layers; }

private:
    QString m_source;
    QJsonArray m_layers;
};

void addLabels(StyleWriter &style, const QString &layer)
{
    const QJsonArray name{u"coalesce"_s, QJsonArray{u"get"_s, u"name:de"_s}, QJsonArray{u"get"_s, u"name"_s}};
    QJsonObject layout{
        {u"text-field"_s, name}, {u"text-size"_s, 11.5}, {u"text-font"_s, QJsonArray{u"Noto Sans Regular"_s}}};
    const QJsonObject paint{
        {u"text-color"_s, u"#4a4640"_s}, {u"text-halo-color"_s, u"#ffffffd9"_s}, {u"text-halo-width"_s, 1.3}};
    layout.insert(u"symbol-placement"_s, u"line"_s);
    const QJsonArray near{u">="_s, QJsonArray{u"zoom"_s}, 13};
    style.add(u"street"_s, u"symbol"_s, layer, {u"all"_s, isOf("LineString"), near}, paint, layout);
    layout.insert(u"symbol-placement"_s, u"point"_s);
    layout.insert(u"text-anchor"_s, u"bottom"_s);
    layout.insert(u"text-offset"_s, QJsonArray{0, -0.4});
    style.add(u"label"_s, u"symbol"_s, layer, isOf("Point"), paint, layout);
}

} // namespace

QByteArray plainMapStyle(const QStringList &layers, const QString &source, const QUrl &url)
{
    std::vector<LayerLook> sorted;
    for (const auto &layer : layers)
        sorted.push_back(lookOf(layer));
    std::ranges::stable_sort(sorted, {}, &LayerLook::rank);
    StyleWriter style(source);
    style.background();
    for (const auto &[name, look, rank] : sorted)
        style.add(u"fill"_s, u"fill"_s, name, isOf("Polygon"),
                  {{u"fill-color"_s, QString::fromLatin1(look.fill)},
                   {u"fill-outline-color"_s, QString::fromLatin1(look.line)}});
    const QJsonObject round{{u"line-cap"_s, u"round"_s}, {u"line-join"_s, u"round"_s}};
    for (const auto &[name, look, rank] : sorted) {
        if (QByteArrayView(look.line) == QByteArrayView(look.fill)) // white streets need an edge
            style.add(u"edge"_s, u"line"_s, name, isOf("LineString"),
                      {{u"line-color"_s, u"#cfc8bd"_s}, {u"line-width"_s, width(look.width * 1.4)}}, round);
        style.add(u"line"_s, u"line"_s, name, isOf("LineString"),
                  {{u"line-color"_s, QString::fromLatin1(look.line)}, {u"line-width"_s, width(look.width)}}, round);
    }
    for (const auto &[name, look, rank] : sorted)
        style.add(u"point"_s, u"circle"_s, name, isOf("Point"),
                  {{u"circle-radius"_s,
                    QJsonArray{u"interpolate"_s, QJsonArray{u"linear"_s}, QJsonArray{u"zoom"_s}, 10, 1, 15, 3}},
                   {u"circle-color"_s, u"#8c7f70"_s},
                   {u"circle-stroke-color"_s, u"#ffffff"_s},
                   {u"circle-stroke-width"_s, 1}});
    for (const auto &[name, look, rank] : sorted)
        addLabels(style, name);
    const QJsonObject root{
        {u"version"_s, 8},
        {u"sources"_s, QJsonObject{{source, QJsonObject{{u"type"_s, u"vector"_s}, {u"url"_s, url.toString()}}}}},
        {u"layers"_s, style.layers()}};
    return QJsonDocument(root).toJson(QJsonDocument::Compact);
}

} // namespace hanseatlas
