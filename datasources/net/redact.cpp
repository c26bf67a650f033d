// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/redact.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto mask = u"…";
constexpr qsizetype longestAddress = 2000;

/** name, separator and value in a query, form or fragment */
const QRegularExpression &pairPattern()
{
    static const QRegularExpression pattern(u"([?&#;]|^)([^?&#;=\\s]{1,100})=([^&#;\\s\"'<>]+)"_s);
    return pattern;
}

QString maskPairs(const QString &text)
{
    QString result;
    qsizetype last = 0;
    for (auto it = pairPattern().globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        if (!isSecretParameter(QUrl::fromPercentEncoding(match.captured(2).toUtf8())))
            continue;
        result += QStringView(text).sliced(last, match.capturedStart(3) - last);
        result += QStringView(mask);
        last = match.capturedEnd(3);
    }
    return result.append(QStringView(text).sliced(last));
}

/** "token": "abc", token="abc" and token=abc in running text. */
QString maskMembers(const QString &text)
{
    static const QRegularExpression pattern(
        u"([\"']?)([A-Za-z][A-Za-z0-9_.-]{1,60})\\1\\s*[:=]\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s\"'&,;<>{}\\[\\]]+))"_s);
    QString result;
    qsizetype last = 0;
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const int group = match.hasCaptured(3) ? 3 : match.hasCaptured(4) ? 4 : 5;
        // A bare word after a colon is prose ("code: 400"), after an equals sign a value.
        const bool bareProse = group == 5 && !match.captured(0).contains(u'=');
        if (bareProse || !isSecretParameter(match.captured(2)))
            continue;
        result += QStringView(text).sliced(last, match.capturedStart(group) - last);
        result += QStringView(mask);
        last = match.capturedEnd(group);
    }
    return result.append(QStringView(text).sliced(last));
}

QString maskUserInfo(QString text)
{
    static const QRegularExpression pattern(u"([a-zA-Z][a-zA-Z0-9+.-]{0,20}://)[^/?#\\s@\"'<>]*@"_s);
    return text.replace(pattern, u"\\1"_s);
}

} // namespace

bool isSecretHeader(QByteArrayView name)
{
    const auto plain = QString::fromLatin1(name).toLower();
    return plain == "cookie"_L1 || plain == "set-cookie"_L1 || plain == "www-authenticate"_L1
        || plain == "proxy-authenticate"_L1 || plain.endsWith("-key"_L1) || isSecretParameter(plain);
}

QString redacted(const QUrl &url)
{
    auto shown = url;
    shown.setUserInfo({});
    auto text = maskPairs(shown.toString(QUrl::FullyEncoded));
    if (text.size() > longestAddress)
        text = text.left(longestAddress).append(QStringView(mask));
    return text;
}

QString redactedText(const QString &text)
{
    static const QRegularExpression bearer(u"\\b(Bearer|Basic)\\s+[A-Za-z0-9+/=._~-]{6,}"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    auto result = maskMembers(maskPairs(maskUserInfo(text)));
    return result.replace(bearer, u"\\1 …"_s);
}

HttpHeaders redacted(const HttpHeaders &headers)
{
    auto result = headers;
    for (auto &[name, value] : result)
        value = isSecretHeader(name) ? QStringView(mask).toUtf8() : redactedText(QString::fromUtf8(value)).toUtf8();
    return result;
}

QList<QByteArray> secretValues(const HttpRequest &request)
{
    QList<QByteArray> values;
    const auto add = [&values](const QString &value) {
        // A shorter one would tear holes into innocent text.
        if (value.size() >= 4 && !values.contains(value.toUtf8()))
            values.append(value.toUtf8());
    };
    const auto addBoth = [&add](const QString &encoded) {
        add(encoded);
        add(QUrl::fromPercentEncoding(encoded.toUtf8()));
    };
    for (const auto &[name, value] : QUrlQuery(request.url).queryItems(QUrl::FullyEncoded))
        if (isSecretParameter(QUrl::fromPercentEncoding(name.toUtf8())))
            addBoth(value);
    addBoth(request.url.password(QUrl::FullyEncoded));
    for (const auto &[name, value] : request.headers)
        if (isSecretHeader(name))
            add(QString::fromUtf8(value.mid(value.indexOf(' ') + 1))); // "Bearer abc": the word is no secret
    return values;
}

QByteArray redactedBody(const QByteArray &body, const QList<QByteArray> &secrets)
{
    auto result = body;
    for (const auto &secret : secrets)
        result.replace(secret, QStringView(mask).toUtf8());
    // Pictures and the like are left as they are: only text has members.
    if (result.left(4096).contains('\0') || !result.isValidUtf8())
        return result;
    return redactedText(QString::fromUtf8(result)).toUtf8();
}

} // namespace hanseatlas
