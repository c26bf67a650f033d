// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanlayers.h"

#include "datasources/xplan/xplanheader.h"
#include "datasources/xplan/xplanlabels.h"

#include <QDate>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

QVariantList planValues(const XplanDocument &document, const XplanPlan &plan, const XplanCatalogue &catalogue)
{
    const auto &object = document.objects[*plan.object];
    const auto textOf = [&](const QString &property) {
        QStringList texts;
        const auto list = catalogue.listOf(object.type, property, document.version);
        for (const auto &code : object.texts(property))
            texts.append(catalogue.text(list, code).isEmpty() ? code : catalogue.text(list, code));
        return texts.join(u", "_s);
    };
    const auto state = object.text(u"rechtsstand"_s);
    const auto date = QDate::fromString(planDate(object), Qt::ISODate);
    return {orNull(object.text(u"nummer"_s).simplified()),
            planTitle(document, plan),
            orNull(state),
            orNull(textOf(u"rechtsstand"_s)),
            date.isValid() ? QVariant(date) : QVariant(),
            catalogue.isInForce(state) && object.text(u"untergangsDatum"_s).isEmpty(),
            orNull(textOf(u"planArt"_s)),
            document.name};
}

QList<Field> planFields(const XplanCatalogue &catalogue)
{
    const auto field = [&](const QString &name, FieldType type = FieldType::Text) {
        return Field{.name = name, .title = catalogue.fieldTitle(name), .type = type};
    };
    auto state = field(u"rechtsstand_text"_s);
    state.title = catalogue.fieldTitle(u"rechtsstand"_s);
    return {field(u"nummer"_s),
            field(u"name"_s),
            field(u"rechtsstand"_s),
            state,
            field(u"datum"_s, FieldType::Date),
            field(u"inkraft"_s, FieldType::Boolean),
            field(u"plan_art"_s),
            field(u"datei"_s)};
}

QVariant numberOf(const XplanObject &object, std::initializer_list<QString> properties)
{
    for (const auto &property : properties) {
        bool ok = false;
        const double value = object.text(property).replace(u',', u'.').toDouble(&ok);
        if (ok)
            return value;
    }
    return {};
}

QVariantList areaValues(const XplanDocument &document, const XplanPlan &plan, const XplanObject &object,
                        const XplanCatalogue &catalogue, const XplanLabels &labels)
{
    const auto values = flatten(object);
    const auto first = firstValues(values);
    const auto use = catalogue.derivedValue(u"nutzungsart"_s, first);
    QString art, artText;
    for (const auto &field : {u"besondereArtDerBaulNutzung"_s, u"allgArtDerBaulNutzung"_s, u"zweckbestimmung"_s}) {
        if (!art.isEmpty() || !first.contains(field))
            continue;
        art = first.value(field);
        artText = catalogue.text(catalogue.listOf(object.type, field, document.version), art);
    }
    return {object.type,
            catalogue.classOf(object.type).title,
            orNull(art),
            orNull(artText),
            orNull(use),
            numberOf(object, {u"GRZ"_s, u"GRZmax"_s}),
            numberOf(object, {u"GFZ"_s, u"GFZmax"_s}),
            numberOf(object, {u"Z"_s, u"Zzwingend"_s, u"Zmax"_s}),
            orNull(labels.ofObject(object, values)),
            planTitle(document, plan)};
}

QList<Field> areaFields(const XplanCatalogue &catalogue)
{
    const auto field = [&](const QString &name, FieldType type = FieldType::Text) {
        return Field{.name = name, .title = catalogue.fieldTitle(name), .type = type};
    };
    return {field(u"class"_s),
            field(u"klasse_titel"_s),
            field(u"art"_s),
            field(u"art_text"_s),
            field(u"nutzungsart"_s),
            field(u"grz"_s, FieldType::Real),
            field(u"gfz"_s, FieldType::Real),
            field(u"z"_s, FieldType::Real),
            field(u"beschriftung"_s),
            field(u"plan"_s)};
}

} // namespace

void makeOverview(XplanContent &content, const XplanCatalogue &catalogue)
{
    XplanTable plans{.description = {.name = u"*plans*"_s, .title = catalogue.specialTitle(u"plans"_s)}};
    XplanTable areas{.description = {.name = u"*areas*"_s, .title = catalogue.specialTitle(u"areas"_s)}};
    plans.description.style = catalogue.specialStyle(u"plans"_s);
    plans.description.fields = planFields(catalogue);
    areas.description.style = catalogue.specialStyle(u"areas"_s);
    areas.description.fields = areaFields(catalogue);
    for (std::size_t d = 0; d < content.documents.size(); ++d) {
        const auto &document = content.documents[d];
        const XplanLabels labels(document, catalogue);
        const auto row = [&](std::size_t index, QVariantList values) {
            const auto &object = document.objects[index];
            return XplanTable::Row{featureId(d, index), &object.geometry, object.crs, std::move(values)};
        };
        for (const auto &plan : document.plans) {
            if (plan.object)
                plans.rows.push_back(row(*plan.object, planValues(document, plan, catalogue)));
            for (const auto index : plan.contents) {
                const auto &object = document.objects[index];
                if (isSeamless(object, catalogue))
                    areas.rows.push_back(row(index, areaValues(document, plan, object, catalogue, labels)));
            }
        }
    }
    for (auto *table : {&plans, &areas}) {
        table->describeRows();
        table->description.group = content.title;
        content.tables.push_back(std::move(*table));
    }
    for (auto &document : content.documents) { // the tables have what they need of a portal of thousands of objects
        document.byId.clear();
        for (auto &object : document.objects)
            object.properties.clear();
    }
}

} // namespace hanseatlas
