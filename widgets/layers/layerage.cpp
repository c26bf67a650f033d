// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layerage.h"

#include <QCoreApplication>
#include <QLocale>

namespace hanseatlas
{

namespace
{

struct LayerAge {
    Q_DECLARE_TR_FUNCTIONS(LayerAge)
};

} // namespace

QString shortAge(const QDateTime &fetched, const QDateTime &now)
{
    if (!fetched.isValid())
        return {};
    const auto minutes = fetched.secsTo(now) / 60;
    if (minutes < 1)
        return LayerAge::tr("now", "fetched just now");
    if (minutes < 60)
        return LayerAge::tr("%1 min").arg(minutes);
    if (minutes < 48 * 60)
        return LayerAge::tr("%1 h").arg(minutes / 60);
    return LayerAge::tr("%1 d", "days").arg(QLocale().toString(minutes / 60 / 24));
}

} // namespace hanseatlas
