// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/credits.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString sourceLine(const Provenance &provenance)
{
    auto line = provenance.attribution.isEmpty() ? provenance.source : provenance.attribution;
    if (!provenance.licence.isEmpty() && !line.contains(provenance.licence, Qt::CaseInsensitive))
        line = line.isEmpty() ? provenance.licence : u"%1 (%2)"_s.arg(line, provenance.licence);
    if (!line.isEmpty() && provenance.dataTime.isValid())
        line = QCoreApplication::translate("Credits", "%1, as of %2").arg(line, dateText(provenance.dataTime.date()));
    return line;
}

} // namespace

Credits creditsOf(const std::vector<Layer> &layers)
{
    Credits credits;
    QStringList unnamed;
    for (const auto &layer : layers | std::views::reverse) {
        if (layer.data && layer.data->description.kind == LayerKind::Table)
            continue; // nothing of it is on the map
        const auto &provenance = layer.provenance;
        credits.demo |= provenance.demo;
        credits.personal |= provenance.personal;
        const auto line = sourceLine(provenance);
        if (line.isEmpty())
            unnamed << layer.title;
        else if (!credits.sources.contains(line))
            credits.sources << line;
        if (!provenance.licence.isEmpty() && !credits.licences.contains(provenance.licence))
            credits.licences << provenance.licence;
    }
    unnamed.removeAll(QString());
    unnamed.removeDuplicates();
    if (!unnamed.isEmpty())
        credits.sources << QCoreApplication::translate("Credits", "source not stated: %1").arg(unnamed.join(u", "_s));
    return credits;
}

bool mayLeave(const Layer &layer)
{
    return layer.source.options["mayBeStored"_L1].toBool(true);
}

QString viewOnlyNote(const Layer &layer)
{
    return QCoreApplication::translate("Credits", "%1: may be viewed, but not exported").arg(layer.title);
}

MapScene sceneToLeave(MapScene scene, QStringList *notes)
{
    for (const auto &layer : scene.layers | std::views::reverse) {
        if (notes && !mayLeave(layer))
            *notes << viewOnlyNote(layer);
    }
    std::erase_if(scene.layers, [](const Layer &layer) { return !mayLeave(layer); });
    return scene;
}

QString demoMark()
{
    return QCoreApplication::translate("Credits", "Demonstration data");
}

QString personalWarning()
{
    return QCoreApplication::translate("Credits", "Contains personal data: for internal use only, do not pass on.");
}

QString scaleText(double denominator)
{
    auto digits = QString::number(qint64(std::llround(denominator)));
    for (auto i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, QChar(0x202f));
    return u"1:"_s + digits;
}

QString dateText(QDate date)
{
    auto format = QLocale().dateFormat(QLocale::LongFormat);
    static const QRegularExpression weekday(u"\\s*dddd,?\\s*|,?\\s*dddd"_s);
    return QLocale().toString(date, format.remove(weekday).trimmed());
}

} // namespace hanseatlas
