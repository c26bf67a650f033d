// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/serviceinfo.h"

#include "datasources/services/serviceurl.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Servers fill these fields with placeholders that say nothing. */
QString meaningful(const QString &text)
{
    static const QStringList empty{u"none"_s, u"-"_s, u"n/a"_s, u"no"_s, u"null"_s, u"keine"_s};
    return empty.contains(text, Qt::CaseInsensitive) ? QString() : text;
}

QString joined(const XmlNode *node, std::initializer_list<QLatin1StringView> parts)
{
    QStringList texts;
    if (node)
        for (const auto part : parts)
            if (const auto text = textAt(*node, {part}); !text.isEmpty())
                texts.append(text);
    return texts.join(u", "_s);
}

QStringList wordsOf(const XmlNode &node)
{
    // WFS 1.0.0 writes them as one text, a line for each or separated by commas
    QStringList words;
    for (const auto &word : node.text.split(u'\n'))
        for (const auto &part : word.split(u','))
            if (const auto text = part.simplified(); !text.isEmpty())
                words.append(text);
    return words;
}

} // namespace

ServiceInfo wmsServiceInfo(const XmlNode &service)
{
    ServiceInfo info{.title = textAt(service, {"Title"_L1}), .abstract = paragraphAt(service, {"Abstract"_L1})};
    if (const auto *list = service.child("KeywordList"_L1))
        info.keywords = textsOf(*list, "Keyword"_L1);
    else if (const auto *words = service.child("Keywords"_L1))
        info.keywords = wordsOf(*words);
    info.fees = meaningful(textAt(service, {"Fees"_L1}));
    info.accessConstraints = meaningful(textAt(service, {"AccessConstraints"_L1}));
    info.website = webLink(linkAt(service, {"OnlineResource"_L1}));
    if (info.website.isEmpty())
        info.website = webLink(textAt(service, {"OnlineResource"_L1}));
    if (const auto *contact = service.child("ContactInformation"_L1)) {
        info.organisation = textAt(*contact, {"ContactPersonPrimary"_L1, "ContactOrganization"_L1});
        info.person = textAt(*contact, {"ContactPersonPrimary"_L1, "ContactPerson"_L1});
        info.phone = textAt(*contact, {"ContactVoiceTelephone"_L1});
        info.email = textAt(*contact, {"ContactElectronicMailAddress"_L1});
        info.address = joined(contact->child("ContactAddress"_L1),
                              {"Address"_L1, "PostCode"_L1, "City"_L1, "StateOrProvince"_L1, "Country"_L1});
    }
    return info;
}

ServiceInfo owsServiceInfo(const XmlNode &root)
{
    ServiceInfo info;
    if (const auto *identification = root.child("ServiceIdentification"_L1)) {
        info.title = textAt(*identification, {"Title"_L1});
        info.abstract = paragraphAt(*identification, {"Abstract"_L1});
        if (const auto *keywords = identification->child("Keywords"_L1))
            info.keywords = textsOf(*keywords, "Keyword"_L1);
        info.fees = meaningful(textAt(*identification, {"Fees"_L1}));
        info.accessConstraints = meaningful(textsOf(*identification, "AccessConstraints"_L1).join(u' '));
    }
    if (const auto *provider = root.child("ServiceProvider"_L1)) {
        info.organisation = textAt(*provider, {"ProviderName"_L1});
        info.website = webLink(linkAt(*provider, {"ProviderSite"_L1}));
        info.person = textAt(*provider, {"ServiceContact"_L1, "IndividualName"_L1});
        if (const auto *contact = find(*provider, {"ServiceContact"_L1, "ContactInfo"_L1})) {
            info.phone = textAt(*contact, {"Phone"_L1, "Voice"_L1});
            info.email = textAt(*contact, {"Address"_L1, "ElectronicMailAddress"_L1});
            info.address =
                joined(contact->child("Address"_L1),
                       {"DeliveryPoint"_L1, "PostalCode"_L1, "City"_L1, "AdministrativeArea"_L1, "Country"_L1});
        }
    }
    return info;
}

ServerSoftware serverSoftware(QByteArrayView capabilities)
{
    constexpr qsizetype head = 8000; // root element, comments and service
    const auto text = QByteArray(capabilities.first(std::min(capabilities.size(), head))).toLower();
    if (text.contains("mapserver version") || text.contains("mapserver.gis.umn.edu"))
        return ServerSoftware::MapServer;
    if (text.contains("www.qgis.org/wms") || text.contains("www.qgis.org/gml") || text.contains("qgis server"))
        return ServerSoftware::QgisServer;
    if (text.contains("www.esri.com/wms") || text.contains("/arcgis/") || text.contains("mapserver/wm")
        || text.contains("mapserver/wfsserver"))
        return ServerSoftware::ArcGis;
    if (text.contains("deegree"))
        return ServerSoftware::Deegree;
    if (text.contains("geoserver"))
        return ServerSoftware::GeoServer;
    return ServerSoftware::Unknown;
}

} // namespace hanseatlas
