// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/addresssecrets.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Parts of names that give a secret away, without separators: "api_key", "API-Key" and "apikey" are one. */
constexpr QLatin1StringView secretParts[] = {"token"_L1,      "apikey"_L1,         "password"_L1,  "passwd"_L1,
                                             "passwort"_L1,   "secret"_L1,         "sessionid"_L1, "jwt"_L1,
                                             "credential"_L1, "accesskey"_L1,      "authkey"_L1,   "authorization"_L1,
                                             "licensekey"_L1, "subscriptionkey"_L1};
/** Names that are secret only as a whole: "sig" is part of "design", "auth" of "auth_name". */
constexpr QLatin1StringView secretWholes[] = {"key"_L1, "auth"_L1, "pass"_L1, "pwd"_L1,
                                              "pw"_L1,  "sig"_L1,  "sid"_L1,  "signature"_L1};
/** Names that hold a secret part and are none. */
constexpr QLatin1StringView harmless[] = {"tokenizer"_L1, "accesscontrolallowcredentials"_L1};

QString decoded(QStringView text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

/** The end of what begins with one of these characters, or of the text. */
qsizetype endBefore(const QString &text, qsizetype from, QStringView ends)
{
    const auto end = std::find_if(text.begin() + from, text.end(), [ends](QChar c) { return ends.contains(c); });
    return end - text.begin();
}

void takeUser(QString &address, qsizetype from, AddressSecrets &into)
{
    const auto host = QStringView(address).sliced(from, endBefore(address, from, u"/?#") - from);
    const auto at = host.lastIndexOf(u'@');
    if (at < 0)
        return;
    const auto given = host.first(at).toString();
    const auto colon = given.indexOf(u':');
    into.user = decoded(colon < 0 ? given : given.first(colon));
    into.password = colon < 0 ? QString() : decoded(QStringView(given).sliced(colon + 1));
    address.remove(from, at + 1);
}

/** Of a database, say, whose user belongs to its address. */
void takePassword(QString &address, qsizetype from, AddressSecrets &into)
{
    const auto host = QStringView(address).sliced(from, endBefore(address, from, u"/?#") - from);
    const auto at = host.lastIndexOf(u'@');
    const auto colon = host.indexOf(u':');
    if (at < 0 || colon < 0 || colon > at)
        return;
    into.password = decoded(host.sliced(colon + 1, at - colon - 1));
    address.remove(from + colon, at - colon);
}

void takeParameters(QString &address, qsizetype from, AddressSecrets &into)
{
    const auto begin = endBefore(address, from, u"?#");
    if (begin == address.size() || address[begin] != u'?')
        return;
    const auto end = endBefore(address, begin, u"#");
    QStringList kept;
    const auto query = address.sliced(begin + 1, end - begin - 1);
    for (const auto &part : query.split(u'&')) {
        const auto equals = part.indexOf(u'=');
        const auto value = equals < 0 ? QString() : part.sliced(equals + 1);
        const bool placeholder = value.startsWith(u'{') && value.endsWith(u'}');
        if (value.isEmpty() || placeholder || !isSecretParameter(decoded(QStringView(part).first(equals))))
            kept.append(part);
        else
            into.parameters.append({decoded(QStringView(part).first(equals)), decoded(value)});
    }
    if (into.parameters.isEmpty())
        return;
    address.replace(begin, end - begin, kept.isEmpty() ? QString() : u'?' + kept.join(u'&'));
}

} // namespace

bool isSecretParameter(QStringView name)
{
    QString plain;
    for (const QChar c : name)
        if (c.isLetterOrNumber())
            plain += c.toLower();
    const auto is = [&](QLatin1StringView word) { return plain == word; };
    if (std::ranges::any_of(harmless, is))
        return false;
    return std::ranges::any_of(secretWholes, is)
        || std::ranges::any_of(secretParts, [&](QLatin1StringView part) { return plain.contains(part); });
}

AddressSecrets takeSecrets(QString &address)
{
    static const QRegularExpression web(u"^\\s*(/vsicurl/)?https?://"_s, QRegularExpression::CaseInsensitiveOption);
    AddressSecrets secrets;
    static const QRegularExpression any(u"^\\s*[a-z][a-z0-9+.-]*://"_s, QRegularExpression::CaseInsensitiveOption);
    const auto scheme = web.match(address);
    if (!scheme.hasMatch()) {
        if (const auto other = any.match(address); other.hasMatch())
            takePassword(address, other.capturedEnd(), secrets);
        return secrets;
    }
    takeUser(address, scheme.capturedEnd(), secrets);
    takeParameters(address, scheme.capturedEnd(), secrets);
    return secrets;
}

QString withoutSecrets(const QString &address)
{
    auto clean = address;
    takeSecrets(clean);
    return clean;
}

} // namespace hanseatlas
