// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanlabels.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** `art` of a presentation object, an XPath in many spellings: "xplan:hoehenangabe[1]/xplan:XP_Hoehenangabe/xplan:h".
 */
struct ArtPath {
    QStringList steps; ///< names of properties; data types left out
    int instance = -1; ///< which of several values, from 0; -1 = all
};

ArtPath parseArt(const QString &art)
{
    static const QRegularExpression step(u"^(?:\\w+:)?(\\w+)(?:\\[(\\d+)\\])?$"_s);
    static const QRegularExpression dataType(u"^[A-Z]{2}_"_s);
    ArtPath path;
    for (const auto &text : art.split(u'/', Qt::SkipEmptyParts)) {
        const auto match = step.match(text.trimmed());
        const auto name = match.captured(1);
        if (name.isEmpty() || dataType.match(name).hasMatch())
            continue;
        path.steps.append(name);
        if (!match.captured(2).isEmpty() && path.instance < 0)
            path.instance = std::max(0, match.captured(2).toInt() - 1); // XPath counts from 1; some writers from 0
    }
    return path;
}

} // namespace

XplanLabels::XplanLabels(const XplanDocument &document, const XplanCatalogue &catalogue)
    : m_document(document)
    , m_catalogue(catalogue)
{
    for (const auto &plan : document.plans) {
        for (const auto index : plan.markers) {
            const auto &marker = document.objects[index];
            if (marker.geometry.isEmpty())
                continue;
            for (const auto &id : marker.references(u"dientZurDarstellungVon"_s))
                for (const auto &art : marker.texts(u"art"_s))
                    if (const auto path = parseArt(art); !path.steps.isEmpty())
                        m_shown[id].insert(path.steps.front());
        }
    }
}

QString XplanLabels::ofObject(const XplanObject &object, const std::vector<FlatValue> &values) const
{
    const auto labelName = m_catalogue.classOf(object.type).labelName;
    if (labelName.isEmpty())
        return {};
    const auto shown = m_shown.value(object.id);
    const auto first = firstValues(values);
    QStringList texts;
    for (const auto &part : m_catalogue.labelParts(labelName)) {
        QStringList found;
        auto fields = part.fields;
        if (!part.otherwise.isEmpty() && !first.contains(fields.value(0)))
            fields = {part.otherwise};
        for (const auto &field : fields) {
            if (!first.contains(field) || shown.contains(field.section(u'_', 0, 0)) || shown.contains(field))
                continue;
            const auto list = m_catalogue.listOf(object.type, QString(field).replace(u'_', u'/'), m_document.version);
            found.append(formatted(first.value(field), part.form, list, m_catalogue));
        }
        if (!found.isEmpty())
            texts.append(part.prefix + found.join(u'–') + part.suffix);
    }
    return texts.join(u' ');
}

QString XplanLabels::valueAt(const XplanObject &target, const QString &art) const
{
    const auto path = parseArt(art);
    if (path.steps.isEmpty())
        return {};
    auto values = target.textsAt(path.steps.join(u'/'));
    if (values.isEmpty() && path.steps.size() == 1) // 6.0 wraps what 5.x had plain
        values = target.textsAt(path.steps.front() + u"/allgemein"_s);
    if (path.instance >= 0 && !values.isEmpty())
        values = {values[std::min<qsizetype>(path.instance, values.size() - 1)]};
    auto steps = path.steps;
    if (steps.size() > 1 && steps.back() == "allgemein"_L1)
        steps.removeLast();
    const auto list = m_catalogue.listOf(target.type, steps.join(u'/'), m_document.version);
    QStringList texts;
    for (const auto &value : values)
        texts.append(formatted(value, m_catalogue.presentationForm(steps.back()), list, m_catalogue));
    return texts.isEmpty() ? QString() : m_catalogue.presentationPrefix(steps.back()) + texts.join(u", "_s);
}

QString XplanLabels::ofMarker(const XplanObject &marker) const
{
    const auto own = marker.text(u"schriftinhalt"_s).simplified();
    if (!own.isEmpty())
        return own;
    QStringList texts;
    for (const auto &id : marker.references(u"dientZurDarstellungVon"_s)) {
        const auto *target = m_document.find(id);
        for (const auto &art : target ? marker.texts(u"art"_s) : QStringList())
            if (const auto text = valueAt(*target, art); !text.isEmpty() && !texts.contains(text))
                texts.append(text);
    }
    const auto text = texts.join(u' ').simplified();
    return text.size() > 120 ? text.first(118) + u'…' : text; // whole regulations do not fit on a map
}

} // namespace hanseatlas
