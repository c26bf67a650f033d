// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/dcat.h"

#include "datasources/catalogue/resources.h"
#include "datasources/services/answer.h"
#include "datasources/services/safehtml.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestText = 20000;

QString dcat(const char16_t *name)
{
    return u"http://www.w3.org/ns/dcat#"_s + QString::fromUtf16(name);
}

QString dct(const char16_t *name)
{
    return u"http://purl.org/dc/terms/"_s + QString::fromUtf16(name);
}

class DcatReader
{
public:
    DcatReader(const RdfGraph &graph, QString language)
        : m_graph(graph)
        , m_language(std::move(language))
    {
    }

    CatalogueNode dataset(const QString &id) const
    {
        CatalogueNode node{.kind = CatalogueKind::Dataset, .title = text(id, dct(u"title"))};
        node.abstract = text(id, dct(u"description"));
        node.keywords = texts(id, dcat(u"keyword")) + themes(id);
        node.contact = contact(id);
        node.issued = date(id, dct(u"issued"));
        node.modified = date(id, dct(u"modified"));
        node.page = webLink(resource(id, dcat(u"landingPage")));
        if (node.page.isEmpty())
            node.page = webLink(id);
        node.licence = licenceName(resource(id, dct(u"license")));
        for (const auto &value : m_graph.values(id, dcat(u"distribution")))
            node.children.push_back(distribution(value.text, node));
        QStringList formats;
        for (const auto &child : node.children) {
            if (!child.format.isEmpty() && !formats.contains(child.format))
                formats.append(child.format);
            node.licence = node.licence.isEmpty() ? child.licence : node.licence;
            node.attribution = node.attribution.isEmpty() ? child.attribution : node.attribution;
        }
        node.format = formats.mid(0, 6).join(u", "_s);
        if (node.title.isEmpty())
            node.title = id;
        return node;
    }

private:
    CatalogueNode distribution(const QString &id, const CatalogueNode &dataset) const
    {
        auto address = resource(id, dcat(u"downloadURL"));
        const auto access = resource(id, dcat(u"accessURL"));
        if (address.isEmpty())
            address = access;
        auto title = text(id, dct(u"title"));
        auto licence = resource(id, dct(u"license"));
        auto attribution = text(id, u"http://dcat-ap.de/def/dcatde/licenseAttributionByText"_s);
        auto node = resourceNode({.title = title.isEmpty() ? text(id, dct(u"description")).left(80) : title,
                                  .abstract = text(id, dct(u"description")),
                                  .format = label(id, dct(u"format")),
                                  .mediaType = label(id, dcat(u"mediaType")),
                                  .url = address,
                                  .licence = licence.isEmpty() ? dataset.licence : licence,
                                  .attribution = attribution,
                                  .issued = date(id, dct(u"issued")),
                                  .modified = date(id, dct(u"modified"))});
        if (node.page.isEmpty() && access != address)
            node.page = webLink(access);
        node.contact = dataset.contact;
        return node;
    }

    /** In our language, else without one, else in any. Markup is taken out. */
    QString text(const QString &subject, const QString &property) const
    {
        const RdfValue *best = nullptr;
        int bestRank = 3;
        for (const auto &value : m_graph.values(subject, property)) {
            const int rank = value.language.startsWith(m_language) ? 0 : value.language.isEmpty() ? 1 : 2;
            if (value.kind == RdfValue::Kind::Literal && rank < bestRank) {
                best = &value;
                bestRank = rank;
            }
        }
        return best ? plainText(best->text.left(longestText)).trimmed() : QString();
    }

    QStringList texts(const QString &subject, const QString &property) const
    {
        QStringList all;
        for (const auto &value : m_graph.values(subject, property))
            if (value.kind == RdfValue::Kind::Literal && all.size() < 200)
                all.append(plainText(value.text.left(300)).simplified());
        all.removeAll(QString());
        all.removeDuplicates();
        return all;
    }

    /** An address, or the text that stands in its place. */
    QString resource(const QString &subject, const QString &property) const
    {
        for (const auto &value : m_graph.values(subject, property))
            if (value.kind != RdfValue::Kind::Blank && !value.text.isEmpty())
                return value.text;
        return {};
    }

    /** A format: a text, an address, or a node with a label. */
    QString label(const QString &subject, const QString &property) const
    {
        for (const auto &value : m_graph.values(subject, property)) {
            for (const auto &name :
                 {u"http://www.w3.org/2000/01/rdf-schema#label"_s, u"http://www.w3.org/2004/02/skos/core#prefLabel"_s,
                  u"http://www.w3.org/1999/02/22-rdf-syntax-ns#value"_s})
                if (const auto written = text(value.text, name); !written.isEmpty())
                    return written;
            if (value.kind != RdfValue::Kind::Blank)
                return value.text;
        }
        return {};
    }

    /** ".../data-theme/ENVI" → "ENVI", or its label where the document has one */
    QStringList themes(const QString &id) const
    {
        QStringList names;
        for (const auto &value : m_graph.values(id, dcat(u"theme"))) {
            const auto named = text(value.text, u"http://www.w3.org/2004/02/skos/core#prefLabel"_s);
            if (!named.isEmpty())
                names.append(named);
            else if (value.kind == RdfValue::Kind::Resource)
                names.append(themeName(value.text.section(u'/', -1)));
        }
        return names;
    }

    /** The EU's codes of themes, in the words of GovData. */
    static QString themeName(const QString &code)
    {
        static const QHash<QString, QString> names{
            {u"AGRI"_s, u"Landwirtschaft, Fischerei, Forstwirtschaft und Nahrungsmittel"_s},
            {u"ECON"_s, u"Wirtschaft und Finanzen"_s},
            {u"EDUC"_s, u"Bildung, Kultur und Sport"_s},
            {u"ENER"_s, u"Energie"_s},
            {u"ENVI"_s, u"Umwelt"_s},
            {u"GOVE"_s, u"Regierung und öffentlicher Sektor"_s},
            {u"HEAL"_s, u"Gesundheit"_s},
            {u"INTR"_s, u"Internationale Themen"_s},
            {u"JUST"_s, u"Justiz, Rechtssystem und öffentliche Sicherheit"_s},
            {u"REGI"_s, u"Regionen und Städte"_s},
            {u"SOCI"_s, u"Bevölkerung und Gesellschaft"_s},
            {u"TECH"_s, u"Wissenschaft und Technologie"_s},
            {u"TRAN"_s, u"Verkehr"_s}};
        return names.value(code, code);
    }

    QString contact(const QString &id) const
    {
        static const QString fn = u"http://www.w3.org/2006/vcard/ns#fn"_s;
        static const QString name = u"http://xmlns.com/foaf/0.1/name"_s;
        for (const auto &[property, inner] : {std::pair(dcat(u"contactPoint"), fn), {dct(u"publisher"), name}})
            for (const auto &value : m_graph.values(id, property))
                if (const auto written = text(value.text, inner); !written.isEmpty())
                    return written.simplified();
        return {};
    }

    QDateTime date(const QString &subject, const QString &property) const
    {
        const auto written = resource(subject, property);
        auto time = QDateTime::fromString(written, Qt::ISODateWithMs);
        return time.isValid() ? time : QDateTime::fromString(written.left(19), Qt::ISODate);
    }

    const RdfGraph &m_graph;
    QString m_language;
};

} // namespace

DcatPage dcatCatalogue(const RdfGraph &graph, const QString &language)
{
    const DcatReader reader(graph, language);
    DcatPage page;
    for (const auto &id : graph.subjectsOfType(dcat(u"Dataset")))
        page.tree.nodes.push_back(reader.dataset(id));
    for (const auto &id : graph.subjectsOfType(dcat(u"Catalog"))) {
        for (const auto &title : graph.values(id, dct(u"title")))
            if (page.tree.title.isEmpty() || title.language.startsWith(language))
                page.tree.title = plainText(title.text).simplified();
    }
    for (const auto *type : {u"PagedCollection", u"PartialCollectionView", u"Collection"}) {
        const auto hydra = u"http://www.w3.org/ns/hydra/core#"_s;
        for (const auto &id : graph.subjectsOfType(hydra + QString::fromUtf16(type)))
            for (const auto *property : {u"nextPage", u"next"})
                for (const auto &value : graph.values(id, hydra + QString::fromUtf16(property)))
                    if (page.next.isEmpty() && isWebAddress(QUrl(value.text)))
                        page.next = QUrl(value.text);
    }
    page.tree.total = int(page.tree.nodes.size());
    if (!graph.damage.isEmpty())
        page.tree.notes.append(
            CatalogueTexts::tr("The catalogue is damaged; what stands before the damage is shown (%1).")
                .arg(graph.damage));
    return page;
}

QList<QUrl> rdfLinks(const QByteArray &bytes, const QUrl &from)
{
    QList<QUrl> links;
    const auto page = decodedText(bytes.left(1024 * 1024));
    static const QRegularExpression link(uR"(href\s*=\s*["']?([^"'\s>]+\.(?:ttl|rdf)(?:\?[^"'\s>]*)?))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    for (auto it = link.globalMatch(page); it.hasNext() && links.size() < 20;) {
        const QUrl url(webLink(it.next().captured(1), from));
        if (isWebAddress(url) && !links.contains(url))
            links.append(url);
    }
    // "catalog.ttl" before the datasets' own
    std::ranges::stable_sort(links, {}, [](const QUrl &url) { return !url.fileName().startsWith("catalog"_L1); });
    return links;
}

} // namespace hanseatlas
