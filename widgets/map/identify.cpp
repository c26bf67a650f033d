// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/identify.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostPerLayer = 100; ///< nobody reads more, and reading them takes time

struct IdentifyTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::IdentifyTexts)
};

/** What layer and file state, the layer's word first. */
Provenance provenanceOf(const Layer &layer)
{
    auto result = layer.provenance;
    if (!layer.data)
        return result;
    const auto &file = layer.data->description.provenance;
    for (auto member : {&Provenance::source, &Provenance::licence, &Provenance::attribution}) {
        if ((result.*member).isEmpty())
            result.*member = file.*member;
    }
    if (!result.dataTime.isValid())
        result.dataTime = file.dataTime;
    result.personal = result.personal || file.personal;
    result.demo = result.demo || file.demo;
    return result;
}

/** The class that the map shows it in, which says more than a number. */
QString classTitle(const Layer &layer, qint64 feature)
{
    if (!layer.data || !layer.data->features)
        return {};
    const auto &ids = layer.data->features->ids;
    const auto row = std::size_t(std::ranges::find(ids, feature) - ids.begin());
    const auto &classes = layer.data->classes;
    const int number = row < classes.size() ? classes[row] : -1;
    return number >= 0 && std::size_t(number) < layer.style.classes.size()
        ? layer.style.classes[std::size_t(number)].title
        : QString();
}

void readFeatures(FoundLayer &found, const Layer &layer, const FeatureSource &source, std::vector<qint64> ids,
                  const Crs &crs, CancelToken token)
{
    if (ids.size() > mostPerLayer) {
        found.notes.append(IdentifyTexts::tr("There are %1 objects here; the nearest %2 are shown.")
                               .arg(ids.size())
                               .arg(mostPerLayer));
        ids.resize(mostPerLayer);
    }
    auto features = source.features(ids, crs, token);
    if (!features) {
        if (features.error().kind != ErrorKind::Cancelled)
            found.notes.append(features.error().what);
        return;
    }
    if (features->size() < ids.size())
        found.notes.append(IdentifyTexts::tr("Some objects are no longer in the source."));
    const auto rank = [&](const Feature &f) { return std::ranges::find(ids, f.id) - ids.begin(); };
    std::ranges::sort(*features, {}, rank); // sources answer in their own order
    for (auto &feature : *features) {
        auto title = titleOf(found.fields, feature.values, layer.style.label.field);
        if (title.isEmpty())
            title = classTitle(layer, feature.id);
        if (title.isEmpty())
            title = IdentifyTexts::tr("Object %1").arg(feature.id);
        found.features.push_back({feature.id, title, std::move(feature.values), std::move(feature.geometry)});
    }
}

void addRaster(FoundLayer &found, const Layer &layer, const Hit &hit)
{
    const auto &unit = layer.style.raster.unit;
    const bool single = hit.values.size() == 1;
    FoundFeature cell;
    for (std::size_t i = 0; i < hit.values.size(); ++i) {
        const auto caption = single ? IdentifyTexts::tr("Value") : IdentifyTexts::tr("Band %1").arg(i + 1);
        found.fields.append({.name = u"band%1"_s.arg(i + 1), .title = caption, .type = FieldType::Real, .unit = unit});
        cell.values.append(std::isnan(hit.values[i]) ? QVariant() : QVariant(hit.values[i]));
    }
    cell.title = single && !cell.values.front().isNull() ? QLocale().toString(hit.values.front(), 'g', 6)
                                                         : IdentifyTexts::tr("Pixel");
    if (single && !unit.isEmpty())
        cell.title += u' ' + unit;
    found.features.push_back(std::move(cell));
}

/** Objects with the same attributes go together, so that they can be paged through. */
FoundLayer &entryFor(std::vector<FoundLayer> &entries, const Layer &layer, const PlaceInfo::Object &object)
{
    QStringList names;
    for (const auto &[name, value] : object.values)
        names << name;
    auto title = layer.title;
    if (!object.layer.isEmpty() && layer.source.layer.contains(u',') && object.layer != layer.title)
        title += u" – "_s + object.layer;
    for (auto &entry : entries) {
        if (entry.title == title && std::ranges::equal(entry.fields, names, {}, &Field::name))
            return entry;
    }
    FoundLayer entry{.id = layer.id, .title = title, .fields = {}, .provenance = provenanceOf(layer)};
    for (const auto &name : names)
        entry.fields.append({.name = name});
    return entries.emplace_back(std::move(entry));
}

} // namespace

std::vector<Layer> layersToAsk(const MapScene &scene, const Viewport &view)
{
    std::vector<Layer> layers;
    for (const auto &layer : scene.layers) {
        const auto *raster =
            layer.data ? std::get_if<std::shared_ptr<const RasterSource>>(&layer.data->source) : nullptr;
        if (raster && *raster && layer.visible && layer.inScale(view.scale()) && (*raster)->answersPlaces())
            layers.insert(layers.begin(), layer);
    }
    return layers;
}

std::vector<FoundLayer> identifyByServer(const Layer &layer, const Viewport &view, QPointF place, CancelToken token)
{
    const auto &source = std::get<std::shared_ptr<const RasterSource>>(layer.data->source);
    const auto info = source->infoAt(view.toMap(place), view.crs, view.resolution, layer.dimensions, token);
    std::vector<FoundLayer> entries;
    const FoundLayer plain{.id = layer.id, .title = layer.title, .fields = {}, .provenance = provenanceOf(layer)};
    if (!info) {
        if (info.error().kind != ErrorKind::Cancelled)
            entries.emplace_back(plain).notes << info.error().what;
        return entries;
    }
    for (const auto &object : info->objects) {
        auto &entry = entryFor(entries, layer, object);
        FoundFeature feature;
        for (const auto &[name, value] : object.values)
            feature.values.append(value);
        feature.title = titleOf(entry.fields, feature.values, {});
        if (feature.title.isEmpty())
            feature.title = object.id.isEmpty() ? IdentifyTexts::tr("Object") : object.id;
        entry.features.push_back(std::move(feature));
    }
    if (!info->text.isEmpty() || !info->html.isEmpty()) {
        auto &entry = entries.emplace_back(plain);
        FoundFeature page{.title = IdentifyTexts::tr("Answer of the service"), .html = info->html};
        if (info->html.isEmpty()) {
            entry.fields.append({.name = u"text"_s, .title = IdentifyTexts::tr("Text")});
            page.values.append(info->text);
        }
        entry.features.push_back(std::move(page));
    }
    return entries;
}

std::size_t Found::size() const
{
    std::size_t n = 0;
    for (const auto &layer : layers)
        n += layer.features.size();
    return n;
}

QString titleOf(const QList<Field> &fields, const QVariantList &values, const QString &labelField)
{
    const auto text = [&](qsizetype i) {
        return i < values.size() && fields[i].type != FieldType::Binary ? values[i].toString().simplified() : QString();
    };
    const auto called = [&](auto matches) -> QString {
        for (qsizetype i = 0; i < fields.size(); ++i) {
            if (matches(fields[i].name.toLower()) && !text(i).isEmpty())
                return text(i);
        }
        return {};
    };
    constexpr qsizetype longest = 80;
    const auto shortened = [](const QString &t) { return t.size() > longest ? t.first(longest - 1) + u'…' : t; };
    if (const auto t = called([&](const QString &n) { return n == labelField.toLower() && !n.isEmpty(); });
        !t.isEmpty())
        return shortened(t);
    static const QStringList exact{u"name"_s, u"title"_s, u"titel"_s, u"bezeichnung"_s, u"bez"_s, u"label"_s};
    for (const auto &wanted : exact) {
        if (const auto t = called([&](const QString &n) { return n == wanted; }); !t.isEmpty())
            return shortened(t);
    }
    static const QStringList parts{u"name"_s, u"titel"_s, u"title"_s, u"bezeichn"_s};
    for (const auto &part : parts) {
        if (const auto t = called([&](const QString &n) { return n.contains(part); }); !t.isEmpty())
            return shortened(t);
    }
    for (qsizetype i = 0; i < fields.size(); ++i) {
        if (fields[i].type == FieldType::Text && !text(i).isEmpty() && text(i).size() <= 60
            && !text(i).startsWith("http"_L1))
            return text(i);
    }
    return {};
}

Found identify(const MapScene &scene, const Viewport &view, QPointF place, double tolerance, CancelToken token)
{
    Found found{view.toMap(place), view.crs, {}};
    const auto hits = hitsAt(scene, view, place, tolerance, token);
    for (std::size_t i = 0; i < hits.size() && !token.stop_requested();) {
        const auto id = hits[i].layer;
        auto end = i;
        while (end < hits.size() && hits[end].layer == id)
            ++end;
        const auto layer = std::ranges::find(scene.layers, id, &Layer::id);
        if (layer == scene.layers.end() || !layer->data) {
            i = end;
            continue;
        }
        FoundLayer entry{.id = id, .title = layer->title, .fields = {}, .provenance = provenanceOf(*layer)};
        if (const auto *source = std::get_if<std::shared_ptr<const FeatureSource>>(&layer->data->source)) {
            entry.fields = layer->data->description.fields;
            std::vector<qint64> ids;
            for (auto k = i; k < end; ++k)
                ids.push_back(hits[k].feature);
            readFeatures(entry, *layer, **source, std::move(ids), view.crs, token);
        } else {
            addRaster(entry, *layer, hits[i]);
        }
        found.layers.push_back(std::move(entry));
        i = end;
    }
    return found;
}

} // namespace hanseatlas
