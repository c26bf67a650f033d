// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplandocument.h"

namespace hanseatlas
{

namespace
{

QString idOfReference(const QString &href)
{
    return href.startsWith(u'#') ? href.sliced(1) : QString();
}

void collect(const QList<XplanProperty> &properties, QStringView path, QStringList &found)
{
    const auto slash = path.indexOf(u'/');
    const auto name = slash < 0 ? path : path.first(slash);
    for (const auto &property : properties) {
        if (property.name != name)
            continue;
        if (slash >= 0)
            collect(property.parts, path.sliced(slash + 1), found);
        else if (!property.text.isEmpty())
            found.append(property.text);
    }
}

/** Takes a run of digits, or of anything else, off the front. */
QStringView takeRun(QStringView &rest)
{
    const bool digits = rest.front().isDigit();
    qsizetype length = 1;
    while (length < rest.size() && rest[length].isDigit() == digits)
        ++length;
    const auto run = rest.first(length);
    rest = rest.sliced(length);
    return run;
}

/** Digits without leading zeros: longer ones are larger, whatever their size. */
int compareNumbers(QStringView a, QStringView b)
{
    while (a.size() > 1 && a.front() == u'0')
        a = a.sliced(1);
    while (b.size() > 1 && b.front() == u'0')
        b = b.sliced(1);
    return a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
}

} // namespace

const XplanProperty *XplanObject::property(const QString &name) const
{
    const auto it = std::ranges::find(properties, name, &XplanProperty::name);
    return it == properties.end() ? nullptr : &*it;
}

QString XplanObject::text(const QString &name) const
{
    const auto *found = property(name);
    return found ? found->text : QString();
}

QStringList XplanObject::texts(const QString &name) const
{
    return textsAt(name);
}

QStringList XplanObject::references(const QString &name) const
{
    QStringList ids;
    for (const auto &property : properties) {
        const auto target = property.name == name ? idOfReference(property.href) : QString();
        if (!target.isEmpty())
            ids.append(target);
    }
    return ids;
}

QStringList XplanObject::textsAt(const QString &path) const
{
    QStringList found;
    collect(properties, path, found);
    return found;
}

const XplanObject *XplanDocument::find(const QString &id) const
{
    const auto it = byId.constFind(id);
    return it == byId.cend() ? nullptr : &objects[*it];
}

bool keyLess(const QString &a, const QString &b)
{
    QStringView left = QStringView(a).trimmed();
    QStringView right = QStringView(b).trimmed();
    if (left.isEmpty() || right.isEmpty())
        return !left.isEmpty() && right.isEmpty();
    while (!left.isEmpty() && !right.isEmpty()) {
        const auto runA = takeRun(left);
        const auto runB = takeRun(right);
        const bool numbers = runA.front().isDigit() && runB.front().isDigit();
        const int order = numbers ? compareNumbers(runA, runB) : runA.compare(runB, Qt::CaseInsensitive);
        if (order != 0)
            return order < 0;
    }
    return left.isEmpty() && !right.isEmpty();
}

} // namespace hanseatlas
