// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/reading.h"

#include "layers/observations/observationtexts.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestNumber = 64;
constexpr qsizetype longestTime = 100;
constexpr int deepestGeometry = 6; ///< collection, multipolygon, polygon, ring, position
constexpr qsizetype mostPositions = 100'000;
constexpr qsizetype mostListEntries = 50;
constexpr int earliestYear = 1800; ///< before there were instruments: the zero of somebody's calendar
constexpr int latestYear = 2200;

/** "" where it cannot be a number in any notation. */
QString numberText(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty() || text.size() > longestNumber)
        return {};
    auto plain = text.toString().replace(QChar(0x2212), u'-'); // minus sign of typographers
    for (const auto c : std::as_const(plain))
        if (!(c >= u'0' && c <= u'9') && !u"+-.,eE"_s.contains(c))
            return {};
    return plain;
}

/** Reads digits from the front of a text. */
class Digits
{
public:
    explicit Digits(QStringView text)
        : m_left(text)
    {
    }
    bool done() const { return m_left.isEmpty(); }
    QChar peek() const { return m_left.isEmpty() ? QChar() : m_left.front(); }
    bool skip(QChar c)
    {
        if (peek() != c)
            return false;
        m_left = m_left.sliced(1);
        return true;
    }
    /** Exactly so many digits; -1 where they are not there. */
    int take(int digits)
    {
        if (m_left.size() < digits)
            return -1;
        int value = 0;
        for (const auto c : m_left.first(digits)) {
            if (c < u'0' || c > u'9')
                return -1;
            value = value * 10 + (c.unicode() - u'0');
        }
        m_left = m_left.sliced(digits);
        return value;
    }
    /** Digits of a fraction of a second as ms, cut off. */
    int milliseconds()
    {
        int value = 0;
        int unit = 100;
        for (; peek() >= u'0' && peek() <= u'9'; m_left = m_left.sliced(1), unit /= 10)
            value += (peek().unicode() - u'0') * unit;
        return value;
    }
    QStringView rest() const { return m_left; }

private:
    QStringView m_left;
};

struct Clock {
    QDate date;
    std::int64_t ms = 0; ///< since midnight; a whole day for 24:00
};

std::optional<Clock> readClock(Digits &digits)
{
    const auto year = digits.take(4);
    const bool dashes = digits.skip(u'-');
    const auto month = digits.take(2);
    if (dashes != digits.skip(u'-'))
        return std::nullopt;
    const QDate date(year, month, digits.take(2));
    if (!date.isValid() || year < earliestYear || year > latestYear)
        return std::nullopt;
    if (digits.done())
        return Clock{date, 0};
    if (!digits.skip(u'T') && !digits.skip(u't') && !digits.skip(u' '))
        return std::nullopt;
    const auto hour = digits.take(2);
    const bool colons = digits.skip(u':');
    const auto minute = digits.take(2);
    int second = 0;
    if (colons ? digits.skip(u':') : digits.peek().isDigit())
        second = digits.take(2);
    int ms = 0;
    if (digits.skip(u'.') || digits.skip(u','))
        ms = digits.milliseconds();
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60 // leap second
        || (hour == 24 && (minute > 0 || second > 0 || ms > 0)))
        return std::nullopt;
    return Clock{date, ((hour * 60LL + minute) * 60 + second) * 1000 + ms};
}

/** Seconds ahead of UTC; nothing where none is written; -1 day where it is broken. */
constexpr int brokenOffset = -86400;
std::optional<int> readOffset(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    if (text.compare(u"Z", Qt::CaseInsensitive) == 0 || text == u"UTC" || text == u"GMT")
        return 0;
    if (text.front() != u'+' && text.front() != u'-')
        return brokenOffset;
    Digits digits(text.sliced(1));
    const auto hours = digits.take(2);
    digits.skip(u':');
    const auto minutes = digits.done() ? 0 : digits.take(2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || !digits.done())
        return brokenOffset;
    const auto seconds = (hours * 60 + minutes) * 60;
    return text.front() == u'-' ? -seconds : seconds;
}

/** Counters of seconds since the device started are no epoch: nothing before March 1973. */
std::optional<std::int64_t> fromEpoch(double number, const ReadingRules &rules, FaultTally &faults)
{
    constexpr double least = 1e8;
    constexpr double milliseconds = 1e11; // in seconds the year 5138
    constexpr double microseconds = 1e14;
    constexpr double nanoseconds = 1e17;
    if (!(number >= least) || number >= 1e20)
        return std::nullopt;
    const bool seconds = number < milliseconds;
    if (number >= microseconds || seconds != (rules.epoch == Epoch::Seconds))
        faults.add(Fault::EpochUnit);
    const auto factor = seconds ? 1000. : number < microseconds ? 1. : number < nanoseconds ? 1e-3 : 1e-6;
    const auto ms = std::llround(number * factor);
    constexpr std::int64_t last = 7'289'654'400'000; // 2201
    return ms < last ? std::optional<std::int64_t>(ms) : std::nullopt;
}

/** Finds the box of whatever is nested in "coordinates". */
struct Box {
    double west = INFINITY, south = INFINITY, east = -INFINITY, north = -INFINITY;
    qsizetype positions = 0;

    void take(const QJsonArray &coordinates, int depth)
    {
        if (coordinates.isEmpty() || depth > deepestGeometry || positions >= mostPositions)
            return;
        if (coordinates.at(0).isArray()) {
            for (const auto &entry : coordinates)
                take(entry.toArray(), depth + 1);
            return;
        }
        FaultTally uncounted;
        const auto x = readNumber(coordinates.at(0), uncounted);
        const auto y = readNumber(coordinates.at(1), uncounted);
        if (!x || !y)
            return;
        ++positions;
        west = std::min(west, *x);
        east = std::max(east, *x);
        south = std::min(south, *y);
        north = std::max(north, *y);
    }
};

QJsonArray coordinatesIn(QJsonObject object)
{
    for (int depth = 0; depth < deepestGeometry; ++depth) {
        if (object.contains("coordinates"_L1))
            return object.value("coordinates"_L1).toArray();
        if (object.value("geometry"_L1).isObject())
            object = object.value("geometry"_L1).toObject();
        else if (object.value("value"_L1).isObject()) // GeoProperty
            object = object.value("value"_L1).toObject();
        else if (object.value("geometries"_L1).isArray())
            object = object.value("geometries"_L1).toArray().at(0).toObject();
        else
            object = object.value("features"_L1).toArray().at(0).toObject();
    }
    return {};
}

/** NaN and Infinity outside of texts become null of the same length. */
QByteArray withoutBareWords(QByteArrayView bytes)
{
    auto changed = bytes.toByteArray();
    bool inText = false;
    for (qsizetype i = 0; i < changed.size(); ++i) {
        const auto c = changed.at(i);
        if (inText && c == '\\')
            ++i;
        else if (c == '"')
            inText = !inText;
        else if (!inText && (c == 'N' || c == 'I' || c == '-'))
            for (const QByteArrayView word : {"NaN", "-Infinity", "Infinity", "-NaN"})
                if (QByteArrayView(changed).sliced(i).startsWith(word)) {
                    changed.replace(i, word.size(), QByteArray("null").leftJustified(word.size(), ' '));
                    break;
                }
    }
    return changed;
}

} // namespace

std::optional<double> numberIn(QStringView text, FaultTally &faults)
{
    auto plain = numberText(text);
    const bool comma = plain.count(u',') == 1 && !plain.contains(u'.');
    if (comma)
        plain.replace(u',', u'.');
    bool fine = false;
    const auto number = plain.contains(u',') ? 0. : plain.toDouble(&fine); // two notations at once: which one?
    if (!fine || !std::isfinite(number)) {
        faults.add(Fault::NotANumber);
        return std::nullopt;
    }
    faults.add(comma ? Fault::DecimalComma : Fault::TextNumber);
    return number;
}

std::optional<double> readNumber(const QJsonValue &value, FaultTally &faults)
{
    if (value.isString())
        return numberIn(value.toString(), faults);
    if (value.isDouble() && std::isfinite(value.toDouble()))
        return value.toDouble();
    faults.add(Fault::NotANumber);
    return std::nullopt;
}

std::optional<std::int64_t> instantIn(QStringView text, const ReadingRules &rules, FaultTally &faults)
{
    text = text.trimmed();
    if (text.size() > longestTime)
        return std::nullopt;
    if (text.size() > 8 && !numberText(text).isEmpty()) {
        bool fine = false;
        if (const auto number = text.toDouble(&fine); fine)
            return fromEpoch(number, rules, faults);
    }
    Digits digits(text);
    const auto clock = readClock(digits);
    if (!clock)
        return std::nullopt;
    const auto offset = readOffset(digits.rest());
    if (offset == brokenOffset)
        return std::nullopt;
    constexpr std::int64_t day = 86'400'000;
    if (offset)
        return (clock->date.toJulianDay() - QDate(1970, 1, 1).toJulianDay()) * day + clock->ms - *offset * 1000LL;
    faults.add(Fault::NoZone);
    const auto date = clock->date.addDays(clock->ms / day);
    const auto time = QTime::fromMSecsSinceStartOfDay(int(clock->ms % day));
    return QDateTime(date, time, rules.zone).toMSecsSinceEpoch();
}

std::optional<std::int64_t> readInstant(const QJsonValue &value, const ReadingRules &rules, FaultTally &faults)
{
    if (value.isDouble())
        return fromEpoch(value.toDouble(), rules, faults);
    if (value.isObject()) // NGSI-LD: {"@type": "DateTime", "@value": …}
        return instantIn(value.toObject().value("@value"_L1).toString(), rules, faults);
    return instantIn(value.toString(), rules, faults);
}

namespace
{

std::optional<TimeSpan> checkedTime(std::optional<TimeSpan> time, const ReadingRules &rules, FaultTally &faults)
{
    if (!time) {
        faults.add(Fault::NoTime);
        return std::nullopt;
    }
    if (time->from > time->at)
        std::swap(time->from, time->at);
    if (time->at > rules.now + toleratedClockError) {
        faults.add(Fault::Future);
        return std::nullopt;
    }
    return time;
}

} // namespace

std::optional<TimeSpan> timeIn(QStringView text, const ReadingRules &rules, FaultTally &faults)
{
    if (text.size() > longestTime)
        return checkedTime(std::nullopt, rules, faults);
    const auto slash = text.indexOf(u'/');
    const auto end = instantIn(slash < 0 ? text : text.sliced(slash + 1), rules, faults);
    const auto start = slash < 0 ? end : instantIn(text.first(slash), rules, faults);
    if (!end && !start) // "a/.." is open to one side
        return checkedTime(std::nullopt, rules, faults);
    return checkedTime(TimeSpan{.at = end ? *end : *start, .from = start ? *start : *end}, rules, faults);
}

std::optional<TimeSpan> readTime(const QJsonValue &value, const ReadingRules &rules, FaultTally &faults)
{
    if (value.isString())
        return timeIn(value.toString(), rules, faults);
    if (value.isObject() && value.toObject().value("@value"_L1).isString())
        return timeIn(value.toObject().value("@value"_L1).toString(), rules, faults);
    const auto at = readInstant(value, rules, faults);
    return checkedTime(at.transform([](std::int64_t ms) { return TimeSpan{.at = ms, .from = ms}; }), rules, faults);
}

std::optional<QPointF> checkPlace(double longitude, double latitude, const ReadingRules &rules, FaultTally &faults)
{
    const auto inWorld = [](double x, double y) { return std::abs(x) <= 180 && std::abs(y) <= 90; };
    if (rules.region && !rules.region->contains(longitude, latitude) && rules.region->contains(latitude, longitude)) {
        faults.add(Fault::SwappedAxes);
        return QPointF(latitude, longitude);
    }
    if (!inWorld(longitude, latitude) || (longitude == 0 && latitude == 0)) { // NaN is not in the world
        faults.add(Fault::NoPlace);
        return std::nullopt;
    }
    return QPointF(longitude, latitude);
}

std::optional<QPointF> readPlace(const QJsonValue &longitude, const QJsonValue &latitude, const ReadingRules &rules,
                                 FaultTally &faults)
{
    FaultTally uncounted; // that coordinates are texts tells nothing about the values
    const auto x = readNumber(longitude, uncounted);
    const auto y = readNumber(latitude, uncounted);
    return checkPlace(x.value_or(NAN), y.value_or(NAN), rules, faults);
}

std::optional<QPointF> readGeometry(const QJsonValue &geojson, const ReadingRules &rules, FaultTally &faults)
{
    Box box;
    box.take(coordinatesIn(geojson.toObject()), 0);
    if (box.positions == 0)
        return checkPlace(NAN, NAN, rules, faults);
    return checkPlace((box.west + box.east) / 2, (box.south + box.north) / 2, rules, faults);
}

Quality readQuality(const QJsonValue &value)
{
    const auto word = value.toString().trimmed().toLower();
    if (QStringList{u"good"_s, u"ok"_s, u"valid"_s, u"validated"_s, u"verified"_s}.contains(word))
        return Quality::Good;
    if (QStringList{u"doubtful"_s, u"suspect"_s, u"questionable"_s, u"estimated"_s, u"out-dated"_s}.contains(word))
        return Quality::Doubtful;
    if (QStringList{u"bad"_s, u"invalid"_s, u"error"_s, u"rejected"_s, u"faulty"_s}.contains(word))
        return Quality::Bad;
    return Quality::Unchecked;
}

QString readText(const QJsonValue &value, qsizetype longest)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.isArray()) {
        QStringList entries;
        const auto array = value.toArray();
        for (qsizetype i = 0; i < std::min(array.size(), mostListEntries); ++i)
            if (const auto entry = array.at(i).isArray() ? QString() : readText(array.at(i), longest); !entry.isEmpty())
                entries.append(entry);
        return entries.join(u", "_s).left(longest);
    }
    auto text = value.toString().left(longest);
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control && !c.isSpace(); });
    return text.simplified();
}

QString readId(const QJsonValue &value)
{
    if (value.isDouble())
        return QJsonValue(value.toInteger()) == value ? QString::number(value.toInteger())
                                                      : QString::number(value.toDouble(), 'g', 17);
    const auto text = value.toString();
    return text.size() > longestSensorId ? QString() : text;
}

Result<QJsonDocument> readSensorJson(QByteArrayView bytes)
{
    if (bytes.size() > largestSensorAnswer)
        return failure(ErrorKind::TooLarge,
                       ObservationTexts::tr("The answer of the sensor source is larger than the program takes in."));
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes = bytes.sliced(3);
    QJsonParseError fault; // Qt refuses what is nested too deep
    auto document = QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &fault);
    if (document.isNull() && (bytes.contains("NaN") || bytes.contains("Infinity")))
        document = QJsonDocument::fromJson(withoutBareWords(bytes), &fault);
    if (document.isNull())
        return failure(ErrorKind::Malformed,
                       ObservationTexts::tr("The answer of the sensor source is no readable JSON."), {},
                       u"%1 (%2)"_s.arg(fault.errorString()).arg(fault.offset));
    return document;
}

} // namespace hanseatlas
