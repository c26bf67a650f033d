// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanopener.h"

#include "datasources/xplan/xplancache.h"
#include "datasources/xplan/xplancatalogue.h"
#include "datasources/xplan/xplanlayers.h"
#include "datasources/xplan/xplanload.h"
#include "datasources/xplan/xplantexts.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool isOverview(const QString &layer)
{
    return layer == "*plans*"_L1 || layer == "*areas*"_L1;
}

Result<XplanOptions> optionsFrom(const QJsonObject &json)
{
    XplanOptions options;
    if (const auto crs = json["crs"_L1].toString(); !crs.isEmpty()) {
        options.crs = Crs::fromText(crs);
        if (!options.crs.isValid())
            return failure(ErrorKind::Invalid,
                           XplanTexts::tr("The coordinate reference system “%1” is unknown.").arg(crs));
    }
    if (json["swapAxes"_L1].isBool())
        options.swapAxes = json["swapAxes"_L1].toBool();
    return options;
}

/** "XPlanGML 5.2", or with several versions "XPlanGML 5.2, 6.0". */
QString formatOf(const XplanContent &content)
{
    QStringList versions;
    for (const auto &document : content.documents)
        if (!document.version.isEmpty() && !versions.contains(document.version))
            versions.append(document.version);
    versions.sort();
    return versions.isEmpty() ? u"XPlanGML"_s : u"XPlanGML "_s + versions.join(u", "_s);
}

} // namespace

struct XplanOpener::Private {
    XplanCatalogue catalogue = XplanCatalogue::shipped();
    XplanCache cache;

    Result<XplanContentPtr> content(const SourceRef &ref, const CancelToken &token);
};

Result<XplanContentPtr> XplanOpener::Private::content(const SourceRef &ref, const CancelToken &token)
{
    const auto files = findXplanFiles(ref.location);
    if (!files)
        return std::unexpected(files.error());
    const auto options = optionsFrom(ref.options);
    if (!options)
        return std::unexpected(options.error());
    const bool overview = files->several || isOverview(ref.layer);
    const auto swap = options->swapAxes ? (*options->swapAxes ? u"swapped"_s : u"straight"_s) : QString();
    const auto key =
        QStringList{overview ? u"overview"_s : u"layers"_s, options->crs.definition(), swap, stampOf(*files)};
    return cache.get(key.join(u'\n'), token, [&]() -> Result<XplanContentPtr> {
        auto content = std::make_shared<XplanContent>();
        content->title = files->title;
        const auto status = files->several ? loadXplanFiles(files->paths, *options, {}, *content, token)
                                           : loadXplanFile(files->paths.front(), *options, {}, *content, token);
        if (!status)
            return std::unexpected(status.error());
        if (overview)
            makeOverview(*content, catalogue);
        else
            makeLayers(*content, catalogue);
        return content;
    });
}

XplanOpener::XplanOpener()
    : d(std::make_unique<Private>())
{
}

XplanOpener::~XplanOpener() = default;

Result<SourceDescription> XplanOpener::inspect(const SourceRef &ref, CancelToken token) const
{
    const auto content = d->content(ref, token);
    if (!content)
        return std::unexpected(content.error());
    SourceDescription description{
        .title = (*content)->title, .format = formatOf(**content), .notes = (*content)->notes};
    for (const auto &table : (*content)->tables)
        description.layers.push_back(table.description);
    if (description.layers.empty())
        description.notes.append(XplanTexts::tr("There is no plan in this file."));
    return description;
}

Result<OpenedSource> XplanOpener::open(const SourceRef &ref, CancelToken token) const
{
    const auto content = d->content(ref, token);
    if (!content)
        return std::unexpected(content.error());
    const auto *table = (*content)->table(ref.layer);
    if (!table)
        return failure(ErrorKind::NotFound,
                       ref.layer.isEmpty()
                           ? XplanTexts::tr("There is no plan in “%1”.").arg((*content)->title)
                           : XplanTexts::tr("“%1” has no layer “%2”.").arg((*content)->title, ref.layer),
                       XplanTexts::tr("The file may have been replaced by another one since the map was made."));
    return OpenedSource(tableSource(*content, table));
}

bool looksLikeXplan(const QString &path)
{
    return QFileInfo(path).isFile() && mentionsXplan(path);
}

} // namespace hanseatlas
