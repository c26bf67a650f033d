// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpheaders.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 longestFreshness = 10LL * 365 * 24 * 3600; ///< seconds; beyond it a number is a mistake

QByteArrayView unquoted(QByteArrayView text)
{
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        return text.sliced(1, text.size() - 2);
    return text;
}

/** Digits only: toLongLong() would take signs and blanks. */
std::optional<qint64> parseCount(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 18 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return text.toLongLong();
}

struct CacheControl {
    std::optional<qint64> maxAge; ///< seconds
    bool noCache = false;
    bool noStore = false;
};

CacheControl parseCacheControl(QByteArrayView text)
{
    CacheControl result;
    for (const auto &part : text.toByteArray().toLower().split(',')) {
        const auto directive = part.trimmed();
        if (directive == "no-store")
            result.noStore = true;
        else if (directive == "no-cache")
            result.noCache = true;
        else if (directive.startsWith("max-age="))
            result.maxAge = parseCount(unquoted(QByteArrayView(directive).sliced(8)));
    }
    return result;
}

/** A year of two digits lies at most 50 years ahead (RFC 9110). */
QDate inItsCentury(QDate date)
{
    if (!date.isValid())
        return date;
    const int thisYear = QDate::currentDate().year();
    int year = date.year() % 100 + thisYear / 100 * 100;
    if (year > thisYear + 50)
        year -= 100;
    return {year, date.month(), date.day()};
}

} // namespace

QByteArray methodName(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get:
        return "GET"_ba;
    case HttpMethod::Head:
        return "HEAD"_ba;
    case HttpMethod::Post:
        return "POST"_ba;
    case HttpMethod::Put:
        return "PUT"_ba;
    case HttpMethod::Patch:
        return "PATCH"_ba;
    case HttpMethod::Delete:
        return "DELETE"_ba;
    }
    return {};
}

QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

MediaType parseMediaType(QByteArrayView contentType)
{
    const auto parts = QString::fromLatin1(contentType).toLower().split(u';');
    MediaType result{.type = parts.value(0).trimmed(), .charset = {}};
    for (const auto &part : parts.mid(1)) {
        const auto parameter = part.trimmed();
        if (parameter.startsWith("charset="_L1))
            result.charset = parameter.mid(8).remove(u'"').remove(u'\'').trimmed();
    }
    return result;
}

QDateTime parseHttpDate(QByteArrayView text)
{
    const auto words = QString::fromLatin1(text).simplified();
    const auto c = QLocale::c();
    auto time = c.toDateTime(words, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!time.isValid())
        time = c.toDateTime(words, u"ddd MMM d hh:mm:ss yyyy"_s); // asctime
    if (!time.isValid()) { // RFC 850: "Sunday, 06-Nov-94 08:49:37 GMT"; the weekday is of no use
        const auto rest = words.section(u", "_s, 1);
        const auto date = c.toDate(rest.section(u' ', 0, 0), u"dd-MMM-yy"_s);
        time = QDateTime(inItsCentury(date), QTime::fromString(rest.section(u' ', 1, 1), u"hh:mm:ss"_s));
    }
    if (!time.isValid())
        return {};
    return {time.date(), time.time(), QTimeZone::UTC};
}

QByteArray toHttpDate(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView text, const QDateTime &now)
{
    using namespace std::chrono;
    if (const auto count = parseCount(text.trimmed()))
        return milliseconds(seconds(std::min(*count, longestFreshness)));
    const auto time = parseHttpDate(text);
    if (!time.isValid())
        return std::nullopt;
    return milliseconds(std::max<qint64>(0, now.msecsTo(time)));
}

Freshness parseFreshness(const HttpHeaders &headers, const QDateTime &now)
{
    const auto control = parseCacheControl(headerValue(headers, "Cache-Control"));
    Freshness result{.expires = {}, .storable = !control.noStore};
    const auto utc = now.toUTC();
    if (control.noCache || control.noStore) {
        result.expires = utc;
    } else if (control.maxAge) {
        const auto age = parseCount(headerValue(headers, "Age").trimmed()).value_or(0);
        result.expires = utc.addSecs(std::clamp<qint64>(*control.maxAge - age, 0, longestFreshness));
    } else if (const auto text = headerValue(headers, "Expires"); !text.isEmpty()) {
        const auto expires = parseHttpDate(text);
        const auto date = parseHttpDate(headerValue(headers, "Date"));
        // Counted by the server's own clock where it tells it: ours may be wrong.
        const qint64 seconds = expires.isValid() ? (date.isValid() ? date : utc).secsTo(expires) : 0;
        result.expires = utc.addSecs(std::clamp<qint64>(seconds, 0, longestFreshness));
    }
    return result;
}

std::optional<qint64> parseContentLength(const HttpHeaders &headers)
{
    return parseCount(headerValue(headers, "Content-Length").trimmed());
}

bool isSafeHeader(const QPair<QByteArray, QByteArray> &header)
{
    const auto isToken = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    };
    const auto isText = [](char c) { return c == '\t' || (uchar(c) >= 0x20 && uchar(c) != 0x7f); };
    return !header.first.isEmpty() && std::ranges::all_of(header.first, isToken)
        && std::ranges::all_of(header.second, isText);
}

} // namespace hanseatlas
