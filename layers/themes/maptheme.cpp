// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/themes/maptheme.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Translations: a context that lupdate sees. */
struct Text {
    Q_DECLARE_TR_FUNCTIONS(MapTheme)
};

/** {"en": …, "de": …} becomes the text of the language, everywhere in the file. */
QJsonValue localised(const QJsonValue &value, const QString &language)
{
    if (value.isArray()) {
        QJsonArray result;
        for (const auto &item : value.toArray())
            result.append(localised(item, language));
        return result;
    }
    if (!value.isObject())
        return value;
    const auto object = value.toObject();
    const bool isText = object.contains("en"_L1)
        && std::ranges::all_of(object.keys(), [](const QString &key) { return key.size() == 2; });
    if (isText)
        return object.contains(language) ? object[language] : object["en"_L1];
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it)
        result[it.key()] = localised(it.value(), language);
    return result;
}

/** Paragraphs may be a list of texts. */
QString paragraphs(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toString();
    QStringList lines;
    for (const auto &line : value.toArray())
        lines << line.toString();
    return lines.join("\n\n"_L1);
}

class ThemeReader
{
public:
    ThemeReader(QString language, const BundleReader &bundles)
        : m_language(std::move(language))
        , m_bundles(bundles)
    {
    }

    Result<MapTheme> read(const QByteArray &json)
    {
        const auto raw = object(json);
        if (!raw)
            return std::unexpected(raw.error());
        const auto o = localised(*raw, m_language).toObject();
        MapTheme theme;
        theme.id = o["id"_L1].toString();
        theme.title = o["title"_L1].toString();
        if (theme.id.isEmpty() || theme.title.isEmpty())
            return failure(ErrorKind::Malformed, Text::tr("The theme has no id or no title."));
        theme.summary = o["summary"_L1].toString();
        theme.explanation = paragraphs(o["explanation"_L1]);
        for (const auto &question : o["questions"_L1].toArray())
            theme.questions << question.toString();
        theme.icon = o["icon"_L1].toString(u"theme"_s);
        theme.order = o["order"_L1].toInt(1000);
        theme.scale = o["scale"_L1].toDouble();
        theme.provenance = Provenance::fromJson(o["provenance"_L1].toObject());
        m_theme = theme.id;
        m_provenance = theme.provenance;
        auto nodes = readNodes((*raw)["layers"_L1].toArray(), o["layers"_L1].toArray(), 0);
        if (!nodes)
            return std::unexpected(nodes.error());
        theme.layers = std::move(*nodes);
        if (theme.layers.empty())
            return failure(ErrorKind::Malformed, Text::tr("The theme “%1” has no layers.").arg(theme.title));
        return readVariants(std::move(theme), o["variants"_L1].toArray());
    }

private:
    static Result<QJsonObject> object(const QByteArray &json)
    {
        QJsonParseError problem;
        const auto document = QJsonDocument::fromJson(json, &problem);
        if (!document.isObject())
            return failure(ErrorKind::Malformed,
                           Text::tr("The theme is not a JSON object (at byte %1: %2).")
                               .arg(problem.offset)
                               .arg(problem.errorString()));
        return document.object();
    }

    Result<std::vector<LayerNode>> readNodes(const QJsonArray &raw, const QJsonArray &nodes, int depth)
    {
        std::vector<LayerNode> result;
        if (depth > 10)
            return failure(ErrorKind::Malformed, Text::tr("The theme's groups are nested too deeply."));
        for (qsizetype i = 0; i < nodes.size(); ++i) {
            auto node = readNode(raw[i].toObject(), nodes[i].toObject(), depth);
            if (!node)
                return std::unexpected(node.error());
            result.push_back(std::move(*node));
        }
        return result;
    }

    Result<LayerNode> readNode(const QJsonObject &raw, const QJsonObject &o, int depth)
    {
        if (o.contains("include"_L1))
            return readBundle(o["include"_L1].toString());
        if (!o.contains("group"_L1))
            return readLayer(raw, o);
        LayerNode node{.id = QUuid::createUuid(), .title = o["group"_L1].toString()};
        node.visible = o["visible"_L1].toBool(true);
        node.opacity = std::clamp(o["opacity"_L1].toDouble(1), 0.0, 1.0);
        node.expanded = o["expanded"_L1].toBool(true);
        node.theme = m_theme;
        auto children = readNodes(raw["layers"_L1].toArray(), o["layers"_L1].toArray(), depth + 1);
        if (!children)
            return std::unexpected(children.error());
        node.children = std::move(*children);
        return node;
    }

    Result<LayerNode> readBundle(const QString &name)
    {
        static const QRegularExpression plain(u"^[a-z0-9-]+$"_s);
        if (!plain.match(name).hasMatch() || !m_bundles || m_inBundle)
            return failure(ErrorKind::Malformed, Text::tr("The theme includes “%1”, which cannot be found.").arg(name));
        const auto bytes = m_bundles(name);
        if (!bytes)
            return std::unexpected(bytes.error());
        const auto raw = object(*bytes);
        if (!raw)
            return std::unexpected(raw.error());
        const auto o = localised(*raw, m_language).toObject();
        const auto outerTheme = std::exchange(m_theme, name);
        const auto outerProvenance = std::exchange(m_provenance, Provenance::fromJson(o["provenance"_L1].toObject()));
        m_inBundle = true;
        auto children = readNodes((*raw)["layers"_L1].toArray(), o["layers"_L1].toArray(), 1);
        m_inBundle = false;
        m_theme = outerTheme;
        m_provenance = outerProvenance;
        if (!children)
            return std::unexpected(children.error());
        LayerNode node{
            .id = QUuid::createUuid(), .title = o["title"_L1].toString(name), .expanded = false, .theme = name};
        node.children = std::move(*children);
        return node;
    }

    Result<LayerNode> readLayer(const QJsonObject &raw, const QJsonObject &o)
    {
        Layer layer;
        layer.id = QUuid::createUuid();
        layer.title = o["title"_L1].toString();
        layer.source = SourceRef::fromJson(o["source"_L1].toObject());
        if (layer.title.isEmpty() || layer.source.location.isEmpty())
            return failure(ErrorKind::Malformed, Text::tr("A layer of the theme has no title or no source."));
        auto style = Style::fromJson(o["style"_L1].toObject());
        if (!style)
            return failure(ErrorKind::Malformed, Text::tr("Layer “%1”: %2").arg(layer.title, style.error().what));
        layer.style = std::move(*style);
        layer.visible = o["visible"_L1].toBool(true);
        layer.opacity = std::clamp(o["opacity"_L1].toDouble(1), 0.0, 1.0);
        layer.minScale = o["minScale"_L1].toDouble();
        layer.maxScale = o["maxScale"_L1].toDouble();
        layer.labels = o["labels"_L1].toBool(true);
        layer.expanded = o["expanded"_L1].toBool(false);
        layer.explanation = paragraphs(o["explanation"_L1]);
        layer.provenance =
            o.contains("provenance"_L1) ? Provenance::fromJson(o["provenance"_L1].toObject()) : m_provenance;
        layer.theme = m_theme;
        m_titles[localised(raw["title"_L1], u"en"_s).toString()] = layer.title;
        return LayerNode{.id = layer.id, .title = layer.title, .theme = m_theme, .layer = layer};
    }

    Result<MapTheme> readVariants(MapTheme theme, const QJsonArray &variants)
    {
        for (const auto &value : variants) {
            const auto o = value.toObject();
            MapTheme::Variant variant{.id = o["id"_L1].toString(), .title = o["title"_L1].toString()};
            const auto styles = o["styles"_L1].toObject();
            for (auto it = styles.begin(); it != styles.end(); ++it) {
                auto style = Style::fromJson(it.value().toObject());
                if (!style)
                    return failure(ErrorKind::Malformed,
                                   Text::tr("Variant “%1”: %2").arg(variant.title, style.error().what));
                if (!m_titles.contains(it.key()))
                    return failure(ErrorKind::Malformed,
                                   Text::tr("Variant “%1” names the layer “%2”, which the theme has not got.")
                                       .arg(variant.title, it.key()));
                variant.styles[m_titles[it.key()]] = std::move(*style);
            }
            theme.variants.push_back(std::move(variant));
        }
        return theme;
    }

    QString m_language;
    const BundleReader &m_bundles;
    QString m_theme;
    Provenance m_provenance;
    bool m_inBundle = false;
    QHash<QString, QString> m_titles; ///< English → shown; variants name layers by the English one
};

QJsonObject nodeToJson(const LayerNode &node, const QString &theme)
{
    if (!node.layer) {
        if (!node.theme.isEmpty() && node.theme != theme)
            return {{u"include"_s, node.theme}};
        QJsonArray children;
        for (const auto &child : node.children)
            children.append(nodeToJson(child, theme));
        return {{u"group"_s, node.title},
                {u"visible"_s, node.visible},
                {u"opacity"_s, node.opacity},
                {u"expanded"_s, node.expanded},
                {u"layers"_s, children}};
    }
    const auto &layer = *node.layer;
    return {{u"title"_s, layer.title},
            {u"source"_s, layer.source.toJson()},
            {u"style"_s, layer.style.toJson()},
            {u"visible"_s, layer.visible},
            {u"opacity"_s, layer.opacity},
            {u"minScale"_s, layer.minScale},
            {u"maxScale"_s, layer.maxScale},
            {u"labels"_s, layer.labels},
            {u"expanded"_s, layer.expanded},
            {u"explanation"_s, layer.explanation},
            {u"provenance"_s, layer.provenance.toJson()}};
}

} // namespace

Result<MapTheme> themeFromJson(const QByteArray &json, const QString &language, const BundleReader &bundles)
{
    return ThemeReader(language, bundles).read(json);
}

QJsonObject toJson(const MapTheme &theme)
{
    QJsonArray layers, variants;
    for (const auto &node : theme.layers)
        layers.append(nodeToJson(node, theme.id));
    for (const auto &variant : theme.variants) {
        QJsonObject styles;
        for (auto it = variant.styles.begin(); it != variant.styles.end(); ++it)
            styles[it.key()] = it.value().toJson();
        variants.append(QJsonObject{{u"id"_s, variant.id}, {u"title"_s, variant.title}, {u"styles"_s, styles}});
    }
    QJsonObject json{{u"id"_s, theme.id},
                     {u"title"_s, theme.title},
                     {u"summary"_s, theme.summary},
                     {u"explanation"_s, theme.explanation},
                     {u"questions"_s, QJsonArray::fromStringList(theme.questions)},
                     {u"icon"_s, theme.icon},
                     {u"order"_s, theme.order},
                     {u"scale"_s, theme.scale},
                     {u"provenance"_s, theme.provenance.toJson()},
                     {u"layers"_s, layers}};
    if (!variants.isEmpty())
        json[u"variants"_s] = variants;
    return json;
}

} // namespace hanseatlas
