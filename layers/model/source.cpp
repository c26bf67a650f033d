// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/source.h"

#include "layers/model/addresssecrets.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

QJsonObject SourceRef::toJson() const
{
    QJsonObject json{{u"provider"_s, provider}, {u"location"_s, hanseatlas::withoutSecrets(location)}};
    if (!layer.isEmpty())
        json[u"layer"_s] = layer;
    if (!options.isEmpty())
        json[u"options"_s] = options;
    return json;
}

bool SourceRef::isRemote() const
{
    static const QStringList local{u"file"_s, u"xplan"_s};
    return !local.contains(provider) || location.contains("://"_L1);
}

SourceRef SourceRef::fromJson(const QJsonObject &json)
{
    return {.provider = json[u"provider"_s].toString(u"file"_s),
            .location = json[u"location"_s].toString(),
            .layer = json[u"layer"_s].toString(),
            .options = json[u"options"_s].toObject()};
}

void SourceDescription::keepSuggested()
{
    std::erase_if(layers, [](const LayerDescription &layer) { return !layer.suggested; });
}

Result<PlaceInfo> RasterSource::infoAt(PointXY, const Crs &, double, const Dimensions &, CancelToken) const
{
    return failure(ErrorKind::Unsupported, QStringLiteral("This source answers no questions."));
}

Result<QImage> RasterSource::legend(double, CancelToken) const
{
    return failure(ErrorKind::Unsupported, QStringLiteral("This source has no legend."));
}

QJsonObject Provenance::toJson() const
{
    QJsonObject json;
    auto put = [&](QLatin1StringView key, const QString &value) {
        if (!value.isEmpty())
            json[key] = value;
    };
    put("source"_L1, source);
    put("licence"_L1, licence);
    put("attribution"_L1, attribution);
    put("dataTime"_L1, dataTime.isValid() ? dataTime.toUTC().toString(Qt::ISODate) : QString());
    if (personal)
        json[u"personal"_s] = true;
    if (demo)
        json[u"demo"_s] = true;
    return json;
}

Provenance Provenance::fromJson(const QJsonObject &json)
{
    return {.source = json[u"source"_s].toString(),
            .licence = json[u"licence"_s].toString(),
            .attribution = json[u"attribution"_s].toString(),
            .dataTime = QDateTime::fromString(json[u"dataTime"_s].toString(), Qt::ISODate),
            .personal = json[u"personal"_s].toBool(),
            .demo = json[u"demo"_s].toBool()};
}

Status FeatureSource::stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                             const Progress &progress) const
{
    auto geometryOnly = query;
    geometryOnly.fields.clear();
    const auto set = read(geometryOnly, token, [&](double done) { report(progress, done / 2); });
    if (!set)
        return std::unexpected(set.error());
    const std::span<const qint64> ids = (*set)->ids;
    constexpr std::size_t batch = 2000;
    for (std::size_t i = 0; i < ids.size(); i += batch) {
        if (token.stop_requested())
            return cancelled();
        auto some = features(ids.subspan(i, std::min(batch, ids.size() - i)), query.crs, token);
        if (!some)
            return std::unexpected(some.error());
        for (auto &feature : *some) {
            if (!visit(feature))
                return {};
        }
        report(progress, 0.5 + 0.5 * double(i) / double(ids.size()));
    }
    return {};
}

} // namespace hanseatlas
