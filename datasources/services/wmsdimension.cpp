// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wmsdimension.h"

#include "datasources/services/servicecrs.h"
#include "datasources/services/servicexml.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>
#include <deque>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostItems = 100000; ///< in one dimension
constexpr int mostSteps = 2000000; ///< walked through to find the newest values of a range

/** How exactly a time is written; the values between are written likewise. */
QString timeText(const QDateTime &time, const QString &like)
{
    static const QRegularExpression zone(u"Z$"_s);
    const auto suffix = zone.match(like).hasMatch() ? u"Z"_s : QString();
    const auto length = like.size() - suffix.size();
    if (!like.contains(u'T')) {
        if (length <= 4)
            return time.toString(u"yyyy"_s) + suffix;
        if (length <= 7)
            return time.toString(u"yyyy-MM"_s) + suffix;
        return like.contains(u'-') ? time.toString(u"yyyy-MM-dd"_s) + suffix : time.toString(u"yyyyMMdd"_s) + suffix;
    }
    return time.toString(like.contains(u'.') ? u"yyyy-MM-ddTHH:mm:ss.zzz"_s : u"yyyy-MM-ddTHH:mm:ss"_s) + suffix;
}

QDateTime later(const QDateTime &time, const TimePeriod &period, qint64 times)
{
    return time.addMonths(int(period.months * times)).addSecs(period.seconds * times);
}

void addTimes(const DimensionItem &item, std::deque<QString> &values, int limit)
{
    const auto start = parseDimensionTime(item.start);
    const auto end = parseDimensionTime(item.end);
    const auto period = parsePeriod(item.step);
    if (!start || !end || !period) {
        values.push_back(item.start); // of a range without steps the ends are known to exist
        values.push_back(item.end);
        return;
    }
    // Steps of months are few; those of seconds may be millions, of which only the last ones are kept.
    qint64 first = 0;
    if (period->months == 0) {
        const qint64 count = start->secsTo(*end) / period->seconds;
        first = std::max<qint64>(0, count - limit + 1);
    }
    for (qint64 i = first; i < first + mostSteps; ++i) {
        const auto time = later(*start, *period, i);
        if (!time.isValid() || time > *end)
            break;
        values.push_back(timeText(time, item.start));
        if (int(values.size()) > limit)
            values.pop_front();
    }
}

void addNumbers(const DimensionItem &item, std::deque<QString> &values, int limit)
{
    const auto start = numberOf(item.start), end = numberOf(item.end), step = numberOf(item.step);
    if (!start || !end || !step || !(*step > 0) || (*end - *start) / *step > mostSteps) {
        values.push_back(item.start);
        values.push_back(item.end);
        return;
    }
    const auto count = qint64(std::floor((*end - *start) / *step + 1e-9));
    for (qint64 i = std::max<qint64>(0, count - limit + 1); i <= count; ++i)
        values.push_back(numberText(*start + double(i) * *step));
}

} // namespace

std::vector<DimensionItem> parseDimensionItems(QStringView text, bool time)
{
    std::vector<DimensionItem> items;
    for (const auto &part : text.tokenize(u',')) {
        const auto pieces = part.trimmed().toString().split(u'/');
        DimensionItem item{.start = pieces[0].trimmed()};
        if (item.start.isEmpty() || int(items.size()) >= mostItems)
            continue;
        if (pieces.size() > 1)
            item.end = pieces[1].trimmed();
        if (pieces.size() > 2)
            item.step = pieces[2].trimmed();
        const auto isTime = [](const QString &value) {
            return value == "current"_L1 || value == "present"_L1 || parseDimensionTime(value).has_value();
        };
        if (time && (!isTime(item.start) || (item.isRange() && !isTime(item.end))))
            continue;
        if (time && !item.step.isEmpty() && !parsePeriod(item.step))
            item.step.clear(); // the ends are still good
        items.push_back(item);
    }
    return items;
}

QStringList dimensionValues(const WmsDimension &dimension, int limit)
{
    std::deque<QString> values;
    for (const auto &item : dimension.items) {
        if (!item.isRange())
            values.push_back(item.start);
        else if (dimension.isTime())
            addTimes(item, values, limit);
        else
            addNumbers(item, values, limit);
        while (int(values.size()) > limit)
            values.pop_front();
    }
    QStringList list(values.begin(), values.end());
    list.removeDuplicates();
    return list;
}

std::optional<QDateTime> parseDimensionTime(QStringView written)
{
    auto text = written.trimmed().toString();
    static const QRegularExpression date(u"^(\\d{4})(?:-?(\\d{2})(?:-?(\\d{2}))?)?(Z?)$"_s);
    if (const auto match = date.match(text); match.hasMatch()) {
        const auto part = [&](int group) {
            return match.captured(group).isEmpty() ? 1 : match.captured(group).toInt();
        };
        const QDate day(match.captured(1).toInt(), part(2), part(3));
        return day.isValid() ? std::optional(day.startOfDay(QTimeZone::UTC)) : std::nullopt;
    }
    static const QRegularExpression hourOnly(u"T\\d{2}(?=Z?$)"_s);
    if (const auto match = hourOnly.match(text); match.hasMatch())
        text.insert(match.capturedEnd(), ":00"_L1);
    auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || !text.contains(u'T'))
        return {};
    if (time.timeSpec() == Qt::LocalTime)
        time = QDateTime(time.date(), time.time(), QTimeZone::UTC);
    return time.toUTC();
}

std::optional<TimePeriod> parsePeriod(QStringView text)
{
    static const QRegularExpression form(u"^P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
                                         "(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)(?:[.,]\\d+)?S)?)?$"_s);
    const auto match = form.matchView(text.trimmed());
    if (!match.hasMatch())
        return {};
    const auto part = [&](int group) { return std::min<qint64>(match.captured(group).toLongLong(), 100000000); };
    TimePeriod period;
    period.months = int(std::min<qint64>(part(1) * 12 + part(2), 120000));
    period.seconds = ((part(3) * 7 + part(4)) * 24 + part(5)) * 3600 + part(6) * 60 + part(7);
    if (period.months == 0 && period.seconds == 0)
        return {};
    return period;
}

} // namespace hanseatlas
