// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/metadataxml.h"

#include "layers/map/credits.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Licence and warnings, one a line. */
QStringList constraints(const Provenance &provenance)
{
    QStringList lines;
    if (!provenance.licence.isEmpty())
        lines << provenance.licence;
    if (provenance.personal)
        lines << personalWarning();
    if (provenance.demo)
        lines << demoMark();
    return lines;
}

QString abstractOf(const Layer &layer, const LayerDescription &description)
{
    QStringList paragraphs{layer.explanation};
    paragraphs << description.notes;
    paragraphs.removeAll(QString());
    return paragraphs.join(u'\n');
}

class IsoWriter
{
public:
    explicit IsoWriter(QString *out)
        : xml(out)
    {
        xml.setAutoFormatting(true);
        xml.writeStartDocument();
        xml.writeNamespace(u"http://www.isotc211.org/2005/gmd"_s, u"gmd"_s);
        xml.writeNamespace(u"http://www.isotc211.org/2005/gco"_s, u"gco"_s);
    }
    void open(const QString &name) { xml.writeStartElement(u"http://www.isotc211.org/2005/gmd"_s, name); }
    void close() { xml.writeEndElement(); }
    void text(const QString &name, const QString &value, const QString &type = u"CharacterString"_s)
    {
        open(name);
        xml.writeTextElement(u"http://www.isotc211.org/2005/gco"_s, type, value);
        close();
    }
    void code(const QString &name, const QString &list, const QString &value)
    {
        open(name);
        open(list);
        xml.writeAttribute(u"codeList"_s, u"http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#"_s + list);
        xml.writeAttribute(u"codeListValue"_s, value);
        xml.writeCharacters(value);
        close();
        close();
    }
    QXmlStreamWriter xml;
};

void writeContact(IsoWriter &w, const QString &organisation)
{
    w.open(u"contact"_s);
    w.open(u"CI_ResponsibleParty"_s);
    w.text(u"organisationName"_s, organisation);
    w.code(u"role"_s, u"CI_RoleCode"_s, u"pointOfContact"_s);
    w.close();
    w.close();
}

void writeCitation(IsoWriter &w, const Layer &layer)
{
    w.open(u"citation"_s);
    w.open(u"CI_Citation"_s);
    w.text(u"title"_s, layer.title);
    w.open(u"date"_s);
    w.open(u"CI_Date"_s);
    const auto date = layer.provenance.dataTime.isValid() ? layer.provenance.dataTime.date() : QDate::currentDate();
    w.text(u"date"_s, date.toString(Qt::ISODate), u"Date"_s);
    w.code(u"dateType"_s, u"CI_DateTypeCode"_s, layer.provenance.dataTime.isValid() ? u"revision"_s : u"publication"_s);
    for (int i = 0; i < 4; ++i)
        w.close();
}

} // namespace

QString isoMetadata(const Layer &layer, const LayerDescription &description)
{
    QString out;
    IsoWriter w(&out);
    w.open(u"MD_Metadata"_s);
    writeContact(w, layer.provenance.source);
    w.text(u"dateStamp"_s, QDate::currentDate().toString(Qt::ISODate), u"Date"_s);
    w.open(u"identificationInfo"_s);
    w.open(u"MD_DataIdentification"_s);
    writeCitation(w, layer);
    w.text(u"abstract"_s, abstractOf(layer, description));
    w.text(u"credit"_s,
           layer.provenance.attribution.isEmpty() ? layer.provenance.source : layer.provenance.attribution);
    for (const auto &line : constraints(layer.provenance)) {
        w.open(u"resourceConstraints"_s);
        w.open(u"MD_Constraints"_s);
        w.text(u"useLimitation"_s, line);
        w.close();
        w.close();
    }
    w.xml.writeEndDocument();
    return out;
}

QString qgisMetadata(const Layer &layer, const LayerDescription &description)
{
    const auto &provenance = layer.provenance;
    QString out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.writeDTD(u"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"_s);
    xml.writeStartElement(u"qgis"_s);
    xml.writeAttribute(u"version"_s, u"3.40.0"_s);
    xml.writeTextElement(u"identifier"_s, layer.id.toString(QUuid::WithoutBraces));
    xml.writeTextElement(u"type"_s, u"dataset"_s);
    xml.writeTextElement(u"title"_s, layer.title);
    xml.writeTextElement(u"abstract"_s, abstractOf(layer, description));
    for (const auto &line : constraints(provenance))
        xml.writeTextElement(line == provenance.licence ? u"license"_s : u"constraints"_s, line);
    const auto attribution = provenance.attribution.isEmpty() ? provenance.source : provenance.attribution;
    if (!attribution.isEmpty())
        xml.writeTextElement(u"rights"_s, attribution);
    if (provenance.dataTime.isValid()) {
        xml.writeStartElement(u"dates"_s);
        xml.writeEmptyElement(u"date"_s);
        xml.writeAttribute(u"type"_s, u"Revised"_s);
        xml.writeAttribute(u"value"_s, provenance.dataTime.toUTC().toString(Qt::ISODate));
        xml.writeEndElement();
    }
    xml.writeEndElement();
    return out;
}

} // namespace hanseatlas
