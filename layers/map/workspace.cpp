// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/workspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSet>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

const auto kindKey = u"type"_s;
const auto kindName = u"hanseatlas-workspace"_s;
constexpr qint64 largestFile = 64 * 1024 * 1024; // a layer takes a few kB; more is no workspace

struct WorkspaceTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::WorkspaceTexts)
};

bool isLocalPath(const QString &location)
{
    return !location.isEmpty() && !location.startsWith("demo:"_L1) && !location.contains("://"_L1)
        && !location.startsWith(u':');
}

QString savedLocation(const QString &location, const QString &folder)
{
    if (!isLocalPath(location) || QDir::isRelativePath(location) || folder.isEmpty())
        return location;
    const auto path = QDir::cleanPath(QDir::fromNativeSeparators(location));
    const auto relative = QDir(QDir::cleanPath(folder)).relativeFilePath(path);
    // further up, a relative path says less than an absolute one: such data is not moved together with the file
    const bool near = !QDir::isAbsolutePath(relative) && !relative.startsWith("../../"_L1);
    return near ? relative : path;
}

QString restoredLocation(const QString &location, const QString &folder)
{
    if (!isLocalPath(location) || !QDir::isRelativePath(location) || folder.isEmpty())
        return location;
    return QDir::cleanPath(folder + u'/' + location);
}

/** Writes what differs from the usual, so that the files stay readable. */
class Writer
{
public:
    QJsonObject json;
    template <class T>
    void put(QLatin1StringView key, const T &value, const T &usual = {})
    {
        if (value != usual)
            json[key] = value;
    }
};

QJsonObject layerToJson(const Layer &layer, const QString &folder)
{
    Writer w;
    w.json[u"id"_s] = layer.id.toString(QUuid::WithoutBraces);
    w.json[u"title"_s] = layer.title;
    auto source = layer.source;
    source.location = savedLocation(source.location, folder);
    w.json[u"source"_s] = source.toJson();
    w.json[u"style"_s] = layer.style.toJson();
    w.put("visible"_L1, layer.visible, true);
    w.put("opacity"_L1, layer.opacity, 1.0);
    w.put("minScale"_L1, layer.minScale);
    w.put("maxScale"_L1, layer.maxScale);
    w.put("expanded"_L1, layer.expanded);
    w.put("labels"_L1, layer.labels, true);
    w.put("theme"_L1, layer.theme);
    w.put("provenance"_L1, layer.provenance.toJson());
    w.put("explanation"_L1, layer.explanation);
    w.put("refreshEvery"_L1, qint64(layer.refreshEvery.count()));
    QJsonObject dimensions;
    for (const auto &[name, value] : layer.dimensions.asKeyValueRange())
        dimensions.insert(name, value);
    w.put("dimensions"_L1, dimensions);
    return w.json;
}

QJsonObject nodeToJson(const LayerNode &node, const QString &folder)
{
    if (node.layer)
        return {{u"layer"_s, layerToJson(*node.layer, folder)}};
    Writer w;
    w.json[u"id"_s] = node.id.toString(QUuid::WithoutBraces);
    w.json[u"title"_s] = node.title;
    w.put("visible"_L1, node.visible, true);
    w.put("opacity"_L1, node.opacity, 1.0);
    w.put("expanded"_L1, node.expanded, true);
    w.put("theme"_L1, node.theme);
    QJsonArray children;
    for (const auto &child : node.children)
        children.append(nodeToJson(child, folder));
    w.json[u"children"_s] = children;
    return {{u"group"_s, w.json}};
}

QJsonObject viewToJson(const Viewport &view)
{
    QJsonObject json{{u"crs"_s, view.crs.definition()},
                     {u"centre"_s, QJsonArray{view.centre.x, view.centre.y}},
                     {u"resolution"_s, view.resolution},
                     {u"pixelsPerMm"_s, view.pixelsPerMm},
                     {u"size"_s, QJsonArray{view.size.width(), view.size.height()}}};
    if (view.rotation != 0)
        json[u"rotation"_s] = view.rotation;
    return json;
}

/** Turns JSON into nodes, and remembers what did not fit. */
class Reader
{
public:
    explicit Reader(QString folder)
        : m_folder(std::move(folder))
    {
    }

    std::vector<LayerNode> nodes(const QJsonArray &array)
    {
        std::vector<LayerNode> result;
        for (const auto &value : array) {
            const auto json = value.toObject();
            if (json[u"layer"_s].isObject())
                result.push_back(layer(json[u"layer"_s].toObject()));
            else if (json[u"group"_s].isObject())
                result.push_back(group(json[u"group"_s].toObject()));
            else
                notes << WorkspaceTexts::tr("An entry that is neither a layer nor a group was left out.");
        }
        return result;
    }

    QStringList notes;

private:
    /** Ids must be there and differ, or changes would hit the wrong layer. */
    QUuid idOf(const QJsonObject &json)
    {
        auto id = QUuid::fromString(json[u"id"_s].toString());
        if (id.isNull() || m_ids.contains(id))
            id = QUuid::createUuid();
        m_ids.insert(id);
        return id;
    }
    static double opacityOf(const QJsonObject &json) { return std::clamp(json[u"opacity"_s].toDouble(1), 0.0, 1.0); }
    static std::chrono::seconds intervalOf(const QJsonValue &value)
    {
        return std::chrono::seconds(std::clamp<qint64>(value.toInteger(), 0, 366LL * 24 * 3600));
    }
    static double scaleOf(const QJsonValue &value) { return std::max(0.0, value.toDouble()); }

    LayerNode group(const QJsonObject &json)
    {
        return {.id = idOf(json),
                .title = json[u"title"_s].toString(),
                .visible = json[u"visible"_s].toBool(true),
                .opacity = opacityOf(json),
                .expanded = json[u"expanded"_s].toBool(true),
                .theme = json[u"theme"_s].toString(),
                .children = nodes(json[u"children"_s].toArray())};
    }

    LayerNode layer(const QJsonObject &json)
    {
        Layer layer;
        layer.id = idOf(json);
        layer.title = json[u"title"_s].toString();
        layer.source = SourceRef::fromJson(json[u"source"_s].toObject());
        layer.source.location = restoredLocation(layer.source.location, m_folder);
        if (auto style = Style::fromJson(json[u"style"_s].toObject())) {
            layer.style = *std::move(style);
        } else {
            layer.style = Style::plain(GeometryKind::None, int(m_ids.size()));
            notes << WorkspaceTexts::tr("The style of the layer “%1” could not be read, so it is drawn plainly: %2")
                         .arg(layer.title, style.error().what);
        }
        layer.visible = json[u"visible"_s].toBool(true);
        layer.opacity = opacityOf(json);
        layer.minScale = scaleOf(json[u"minScale"_s]);
        layer.maxScale = scaleOf(json[u"maxScale"_s]);
        layer.expanded = json[u"expanded"_s].toBool();
        layer.labels = json[u"labels"_s].toBool(true);
        layer.theme = json[u"theme"_s].toString();
        layer.provenance = Provenance::fromJson(json[u"provenance"_s].toObject());
        layer.explanation = json[u"explanation"_s].toString();
        layer.refreshEvery = intervalOf(json[u"refreshEvery"_s]);
        const auto dimensions = json[u"dimensions"_s].toObject();
        for (auto it = dimensions.begin(); it != dimensions.end(); ++it)
            layer.dimensions.insert(it.key(), it.value().toString());
        return {.id = layer.id, .theme = layer.theme, .layer = std::move(layer)};
    }

    QString m_folder;
    QSet<QUuid> m_ids;
};

Viewport viewFromJson(const QJsonObject &json)
{
    Viewport view;
    if (json.isEmpty())
        return view;
    if (const auto crs = Crs::fromText(json[u"crs"_s].toString()); crs.isValid())
        view.crs = crs;
    const auto centre = json[u"centre"_s].toArray();
    const auto size = json[u"size"_s].toArray();
    view.centre = {centre.at(0).toDouble(), centre.at(1).toDouble()};
    view.size = {std::max(0.0, size.at(0).toDouble()), std::max(0.0, size.at(1).toDouble())};
    view.rotation = json[u"rotation"_s].toDouble();
    if (const double resolution = json[u"resolution"_s].toDouble(); resolution > 0)
        view.resolution = resolution;
    if (const double density = json[u"pixelsPerMm"_s].toDouble(); density > 0)
        view.pixelsPerMm = density;
    return view;
}

std::unexpected<Error> inFile(Error error, const QString &path)
{
    error.what =
        WorkspaceTexts::tr("The workspace “%1” could not be opened. %2").arg(QFileInfo(path).fileName(), error.what);
    return std::unexpected(std::move(error));
}

} // namespace

QJsonObject toJson(const Workspace &workspace, const QString &folder)
{
    QJsonArray layers;
    for (const auto &node : workspace.roots)
        layers.append(nodeToJson(node, folder));
    QJsonObject json{{kindKey, kindName},
                     {u"version"_s, Workspace::currentVersion},
                     {u"view"_s, viewToJson(workspace.view)},
                     {u"layers"_s, layers}};
    if (!workspace.theme.isEmpty())
        json[u"theme"_s] = workspace.theme;
    if (!workspace.extra.isEmpty())
        json[u"extra"_s] = workspace.extra;
    return json;
}

Result<Workspace> workspaceFromJson(const QByteArray &json, const QString &folder)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return failure(ErrorKind::Malformed,
                       WorkspaceTexts::tr("The file is damaged: it is no complete JSON document."),
                       WorkspaceTexts::tr("Open a backup copy of the file if there is one."),
                       u"%1 (byte %2)"_s.arg(problem.errorString()).arg(problem.offset));
    }
    const auto root = document.object();
    if (root[kindKey].toString() != kindName)
        return failure(ErrorKind::Unsupported, WorkspaceTexts::tr("The file is no workspace of Hanseatlas."));
    const auto version = root[u"version"_s].toDouble(0);
    if (version < 1 || version != std::floor(version) || !root[u"layers"_s].isArray())
        return failure(ErrorKind::Malformed,
                       WorkspaceTexts::tr("The file is damaged: its version or its layers are missing."));
    if (version > Workspace::currentVersion) {
        return failure(
            ErrorKind::Unsupported,
            WorkspaceTexts::tr("The file was written by a newer Hanseatlas (format %1; this program reads up to %2).")
                .arg(version)
                .arg(Workspace::currentVersion),
            WorkspaceTexts::tr("Update Hanseatlas, or save the workspace again with the older program."));
    }
    Reader reader(folder);
    Workspace workspace;
    workspace.roots = reader.nodes(root[u"layers"_s].toArray());
    workspace.view = viewFromJson(root[u"view"_s].toObject());
    workspace.theme = root[u"theme"_s].toString();
    workspace.extra = root[u"extra"_s].toObject();
    workspace.notes = std::move(reader.notes);
    return workspace;
}

Status saveWorkspace(const Workspace &workspace, const QString &path)
{
    const auto bytes = QJsonDocument(toJson(workspace, QFileInfo(path).absolutePath())).toJson();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failure(
        ErrorKind::Storage,
        WorkspaceTexts::tr("The workspace could not be saved as “%1”.").arg(QDir::toNativeSeparators(path)),
        WorkspaceTexts::tr("Check that the folder exists, may be written to and has room, or choose another one."),
        file.errorString());
}

Result<Workspace> loadWorkspace(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return inFile({ErrorKind::NotFound, WorkspaceTexts::tr("The file is not there."), {}, path}, path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return inFile({ErrorKind::NotReadable, WorkspaceTexts::tr("The file may not be read."), {}, file.errorString()},
                      path);
    if (file.size() > largestFile)
        return inFile({ErrorKind::TooLarge, WorkspaceTexts::tr("The file is far too large for a workspace."), {}, {}},
                      path);
    auto workspace = workspaceFromJson(file.readAll(), QFileInfo(path).absolutePath());
    if (!workspace)
        return inFile(std::move(workspace.error()), path);
    return workspace;
}

} // namespace hanseatlas
