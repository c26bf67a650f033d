// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanheader.h"

#include "datasources/xplan/xplantexts.h"

#include <QDate>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Keeps the order of the keys, which QJsonObject does not. */
class Header
{
public:
    void add(const QString &key, const QString &value)
    {
        if (!value.isEmpty())
            put(key, value);
    }
    void add(const QString &key, const QStringList &values)
    {
        if (values.size() == 1)
            put(key, values.front());
        else if (!values.isEmpty())
            put(key, QJsonArray::fromStringList(values));
    }
    QJsonObject json() const
    {
        auto json = m_json;
        if (!m_order.isEmpty())
            json[u"order"_s] = m_order;
        return json;
    }

private:
    void put(const QString &key, const QJsonValue &value)
    {
        if (!m_json.contains(key))
            m_order.append(key);
        m_json[key] = value;
    }
    QJsonObject m_json;
    QJsonArray m_order;
};

QString dateText(const QString &iso)
{
    const auto date = QDate::fromString(iso, Qt::ISODate);
    return date.isValid() ? date.toString(u"dd.MM.yyyy"_s) : iso; // real files have "16.10.73" too
}

QStringList codeTexts(const XplanDocument &document, const XplanObject &object, const QString &property,
                      const XplanCatalogue &catalogue)
{
    QStringList texts;
    const auto list = catalogue.listOf(object.type, property, document.version);
    for (const auto &code : object.texts(property)) {
        const auto text = catalogue.text(list, code);
        texts.append(text.isEmpty() ? code : u"%1 (%2)"_s.arg(text, code));
    }
    return texts;
}

QStringList municipalities(const XplanObject &plan)
{
    QStringList names;
    for (const auto &property : plan.properties) {
        if (property.name != "gemeinde"_L1)
            continue;
        QString name, district;
        for (const auto &part : property.parts) {
            if (part.name == "gemeindeName"_L1)
                name = part.text.simplified();
            else if (part.name == "ortsteilName"_L1)
                district = part.text.simplified();
        }
        if (!name.isEmpty())
            names.append(district.isEmpty() ? name : u"%1, %2"_s.arg(name, district));
    }
    return names;
}

QStringList documents(const XplanPlan &plan, const XplanCatalogue &catalogue)
{
    QStringList texts;
    for (const auto &reference : plan.references) {
        const auto kind = catalogue.text(u"XP_ExterneReferenzTyp"_s, reference.kind);
        QString text = reference.name;
        if (text.isEmpty() || text == reference.url)
            text = kind;
        else if (!kind.isEmpty())
            text = u"%1 (%2)"_s.arg(text, kind);
        if (!reference.url.isEmpty())
            text = text.isEmpty() ? reference.url : u"%1: %2"_s.arg(text, reference.url);
        texts.append(text);
    }
    texts.removeDuplicates();
    return texts;
}

QStringList regulations(const XplanPlan &plan)
{
    QStringList texts;
    for (const auto &text : plan.texts) {
        auto content = text.text;
        if (content.isEmpty() && !text.references.empty())
            content = text.references.front().url;
        if (!content.isEmpty())
            texts.append(text.key.isEmpty() ? content : text.key + u"  "_s + content);
    }
    return texts;
}

QStringList bereiche(const XplanDocument &document, const XplanPlan &plan, const XplanCatalogue &catalogue)
{
    QStringList texts;
    for (const auto index : plan.bereiche) {
        const auto &bereich = document.objects[index];
        QStringList parts{bereich.text(u"nummer"_s), bereich.text(u"name"_s)};
        parts += codeTexts(document, bereich, u"bedeutung"_s, catalogue);
        parts.removeAll(QString());
        if (!parts.isEmpty())
            texts.append(parts.join(u", "_s));
    }
    return texts;
}

} // namespace

QString planTitle(const XplanDocument &document, const XplanPlan &plan)
{
    if (plan.object) {
        const auto &object = document.objects[*plan.object];
        const auto name = object.text(u"name"_s).simplified();
        const auto number = object.text(u"nummer"_s).simplified();
        if (!name.isEmpty() || !number.isEmpty())
            return name.isEmpty() ? number : name;
    }
    const auto file = document.name.section(u'.', 0, -2);
    return file.isEmpty() ? document.name : file;
}

QString planDate(const XplanObject &plan)
{
    for (const auto &property :
         {u"inkrafttretensDatum"_s, u"datumDesInkrafttretens"_s, u"wirksamkeitsDatum"_s, u"satzungsbeschlussDatum"_s,
          u"planbeschlussDatum"_s, u"aufstellungsbeschlussDatum"_s, u"technHerstellDatum"_s})
        if (const auto date = plan.text(property); !date.isEmpty())
            return date;
    return {};
}

QJsonObject planHeader(const XplanDocument &document, const XplanPlan &plan, const XplanCatalogue &catalogue,
                       bool withTexts)
{
    Header header;
    const auto title = [&](const QString &field) {
        const auto text = catalogue.fieldTitle(field);
        return text.isEmpty() ? field : text;
    };
    if (plan.object) {
        const auto &object = document.objects[*plan.object];
        for (const auto &field : {u"name"_s, u"nummer"_s})
            header.add(title(field), object.text(field).simplified());
        for (const auto &field : {u"planArt"_s, u"rechtsstand"_s, u"verfahren"_s})
            header.add(title(field), codeTexts(document, object, field, catalogue));
        header.add(title(u"gemeinde"_s), municipalities(object));
        for (const auto &property : object.properties)
            if (property.name.endsWith("Datum"_L1) || property.name.startsWith("datum"_L1))
                header.add(title(property.name), dateText(property.text));
        if (const auto scale = object.text(u"erstellungsMassstab"_s); !scale.isEmpty())
            header.add(title(u"erstellungsMassstab"_s), u"1:"_s + scale);
        header.add(title(u"beschreibung"_s), object.text(u"beschreibung"_s));
    }
    header.add(XplanTexts::tr("Areas of the plan"), bereiche(document, plan, catalogue));
    header.add(XplanTexts::tr("Documents"), documents(plan, catalogue));
    if (withTexts)
        header.add(XplanTexts::tr("Textual regulations"), regulations(plan));
    header.add(XplanTexts::tr("File"), document.name);
    header.add(u"XPlanGML"_s, document.version);
    return header.json();
}

Provenance planProvenance(const XplanDocument &document, const XplanPlan &plan)
{
    Provenance provenance;
    if (!plan.object)
        return provenance;
    const auto &object = document.objects[*plan.object];
    provenance.source = object.textsAt(u"gemeinde/gemeindeName"_s).join(u", "_s).simplified();
    const auto date = QDate::fromString(planDate(object), Qt::ISODate);
    if (date.isValid())
        provenance.dataTime = date.startOfDay();
    return provenance;
}

} // namespace hanseatlas
