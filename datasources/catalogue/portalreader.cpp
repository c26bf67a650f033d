// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/portalreader.h"

#include "datasources/catalogue/portalcatalogue.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largest = 64LL * 1024 * 1024;

/** Reads one file after the other and remembers how old the oldest is. */
class PortalReader
{
public:
    PortalReader(const CatalogueDocuments &documents, CatalogueAge age, CancelToken token, const Progress &progress)
        : m_documents(documents)
        , m_age(age)
        , m_token(std::move(token))
        , m_progress(progress)
    {
    }

    Result<CatalogueTree> read(const QUrl &location)
    {
        const auto path = location.path();
        auto tree = path.endsWith(".json"_L1) ? readJson(location) : readPage(location);
        if (!tree)
            return tree;
        tree->asOf = m_asOf;
        tree->old = m_old;
        m_notes.removeDuplicates();
        tree->notes = m_notes + tree->notes;
        return tree;
    }

private:
    Result<QByteArray> document(const QUrl &url, const QString &asked, std::optional<ContentKind> content)
    {
        auto read = m_documents.read({.url = url, .asked = asked, .content = content, .sizeLimit = largest}, m_age,
                                     m_token, m_progress);
        if (!read)
            return std::unexpected(read.error());
        if (read->asOf.isValid() && (!m_asOf.isValid() || read->asOf < m_asOf))
            m_asOf = read->asOf;
        m_old = m_old || read->old;
        if (!read->note.isEmpty())
            m_notes.append(read->note);
        return std::move(read->bytes);
    }

    Result<QByteArray> json(const QUrl &url, const QString &asked) { return document(url, asked, ContentKind::Json); }

    /** Where config.js may lie, the likeliest first. */
    QList<QUrl> scriptsOf(QUrl page) const
    {
        if (page.path().endsWith(".js"_L1))
            return {page};
        page.setQuery(QString());
        page.setFragment({});
        QList<QUrl> scripts;
        const bool folder = page.path().endsWith(u'/') || (page.isLocalFile() && QFileInfo(page.toLocalFile()).isDir());
        if (!folder)
            scripts.append(page.resolved(QUrl(u"config.js"_s)));
        if (!page.path().endsWith(u'/'))
            page.setPath(page.path() + u'/');
        const auto inside = page.resolved(QUrl(u"config.js"_s));
        if (folder || !page.path().section(u'/', -2, -2).contains(u'.')) // ".../portal", but not ".../index.html"
            scripts.prepend(inside);
        return scripts;
    }

    Result<CatalogueTree> readPage(const QUrl &page)
    {
        const auto asked = CatalogueTexts::tr("the portal's configuration");
        Error first;
        for (const auto &script : scriptsOf(page)) {
            auto files = document(script, asked, {}).and_then([&](const QByteArray &bytes) {
                return parsePortalScript(bytes, script);
            });
            if (files)
                return readFiles(files->config, files->services, script);
            if (files.error().kind == ErrorKind::Cancelled)
                return std::unexpected(files.error());
            if (first.what.isEmpty())
                first = files.error();
        }
        if (page.isLocalFile()) { // a folder with the two lists alone
            const QUrl folder = page.path().endsWith(u'/') ? page : QUrl(page.toString() + u'/');
            if (const auto config = folder.resolved(QUrl(u"config.json"_s)); QFileInfo(config.toLocalFile()).isFile())
                return readJson(config);
        }
        return std::unexpected(first);
    }

    Result<CatalogueTree> readJson(const QUrl &url)
    {
        const auto bytes = json(url, CatalogueTexts::tr("the portal's configuration"));
        if (!bytes)
            return std::unexpected(bytes.error());
        if (bytes->trimmed().startsWith('['))
            return parsePortalServices(*bytes, url).transform([&](const PortalServices &services) {
                return serviceListCatalogue(services, url);
            });
        const auto config = parsePortalConfig(*bytes);
        if (!config)
            return std::unexpected(config.error());
        const auto script = url.resolved(QUrl(u"config.js"_s));
        const auto files = document(script, CatalogueTexts::tr("the portal's configuration"), {})
                               .and_then([&](const QByteArray &text) { return parsePortalScript(text, script); });
        if (files)
            return withServices(*config, files->services, script);
        if (files.error().kind == ErrorKind::Cancelled)
            return std::unexpected(files.error());
        return withGuessedServices(*config, url);
    }

    Result<CatalogueTree> readFiles(const QUrl &configUrl, const QUrl &servicesUrl, const QUrl &portal)
    {
        const auto config =
            json(configUrl, CatalogueTexts::tr("the portal's tree of topics")).and_then([](const QByteArray &bytes) {
                return parsePortalConfig(bytes);
            });
        if (!config)
            return std::unexpected(config.error());
        report(m_progress, 0.4);
        return withServices(*config, servicesUrl, portal);
    }

    Result<CatalogueTree> withServices(const PortalConfig &config, const QUrl &url, const QUrl &portal)
    {
        return json(url, CatalogueTexts::tr("the portal's list of services"))
            .and_then([&](const QByteArray &bytes) { return parsePortalServices(bytes, portal); })
            .transform([&](const PortalServices &services) { return portalCatalogue(config, services, portal); });
    }

    /** Nothing names the list of services: it is looked for where it usually lies. */
    Result<CatalogueTree> withGuessedServices(const PortalConfig &config, const QUrl &configUrl)
    {
        QStringList names{u"services.json"_s, u"resources/services.json"_s, u"resources/services-internet.json"_s,
                          u"services-internet.json"_s};
        const auto own = configUrl.fileName();
        if (own.endsWith(".config.json"_L1))
            names.prepend(own.chopped(11) + u"services.json"_s);
        for (const auto &name : names) {
            auto tree = withServices(config, configUrl.resolved(QUrl(name)), configUrl);
            if (tree || tree.error().kind == ErrorKind::Cancelled)
                return tree;
        }
        m_notes.append(CatalogueTexts::tr("The portal's list of services was not found; only layers that the "
                                          "configuration describes itself can be shown."));
        return portalCatalogue(config, {}, configUrl);
    }

    const CatalogueDocuments &m_documents;
    CatalogueAge m_age;
    CancelToken m_token;
    const Progress &m_progress;
    QDateTime m_asOf;
    bool m_old = false;
    QStringList m_notes;
};

} // namespace

Result<CatalogueTree> readPortal(const CatalogueDocuments &documents, const QUrl &location, CatalogueAge age,
                                 CancelToken token, const Progress &progress)
{
    return PortalReader(documents, age, std::move(token), progress).read(location);
}

} // namespace hanseatlas
