// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/credentials.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct KindName {
    CredentialKind kind;
    QLatin1StringView name;
};
constexpr KindName kindNames[] = {{CredentialKind::Basic, "basic"_L1},
                                  {CredentialKind::Bearer, "bearer"_L1},
                                  {CredentialKind::Header, "header"_L1},
                                  {CredentialKind::OAuth, "oauth"_L1},
                                  {CredentialKind::Certificate, "certificate"_L1},
                                  {CredentialKind::Parameters, "parameters"_L1}};

QList<std::pair<QString, QString>> parametersOf(const QJsonObject &object)
{
    QList<std::pair<QString, QString>> parameters;
    for (const auto &entry : object["parameters"_L1].toArray())
        parameters.append({entry[0].toString(), entry[1].toString()});
    return parameters;
}

QJsonObject toObject(const OAuthGrant &grant)
{
    return {{u"authorize"_s, grant.setup.authorizeAddress},
            {u"token"_s, grant.setup.tokenAddress},
            {u"client"_s, grant.setup.clientId},
            {u"scope"_s, grant.setup.scope},
            {u"browser"_s, grant.byBrowser},
            {u"access"_s, grant.tokens.access},
            {u"refresh"_s, grant.tokens.refresh},
            {u"expires"_s, grant.tokens.expires.toString(Qt::ISODate)}};
}

OAuthGrant grantOf(const QJsonObject &object)
{
    return {.setup = {.authorizeAddress = object["authorize"_L1].toString(),
                      .tokenAddress = object["token"_L1].toString(),
                      .clientId = object["client"_L1].toString(),
                      .scope = object["scope"_L1].toString()},
            .byBrowser = object["browser"_L1].toBool(),
            .tokens = {.access = object["access"_L1].toString(),
                       .refresh = object["refresh"_L1].toString(),
                       .expires = QDateTime::fromString(object["expires"_L1].toString(), Qt::ISODate)}};
}

} // namespace

std::pair<QByteArray, QByteArray> Credential::header() const
{
    switch (kind) {
    case CredentialKind::Basic:
        return {"Authorization"_ba, "Basic " + (user + u':' + secret).toUtf8().toBase64()};
    case CredentialKind::Bearer:
        return {"Authorization"_ba, "Bearer " + secret.toUtf8()};
    case CredentialKind::Header:
        return {user.toUtf8(), secret.toUtf8()};
    case CredentialKind::OAuth:
        if (oauth && !oauth->tokens.access.isEmpty())
            return {"Authorization"_ba, "Bearer " + oauth->tokens.access.toUtf8()};
        break;
    case CredentialKind::Parameters:
    case CredentialKind::Certificate:
        break;
    }
    return {};
}

QByteArray Credential::toJson() const
{
    QString name;
    for (const auto &entry : kindNames)
        if (entry.kind == kind)
            name = entry.name;
    QJsonObject json{{u"kind"_s, name}, {u"user"_s, user}, {u"secret"_s, secret}};
    QJsonArray pairs;
    for (const auto &[parameter, value] : parameters)
        pairs.append(QJsonArray{parameter, value});
    if (!pairs.isEmpty())
        json[u"parameters"_s] = pairs;
    if (oauth)
        json[u"oauth"_s] = toObject(*oauth);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<Credential> Credential::fromJson(const QByteArray &json)
{
    const auto object = QJsonDocument::fromJson(json).object();
    for (const auto &entry : kindNames)
        if (object["kind"_L1].toString() == entry.name) {
            Credential credential{entry.kind, object["user"_L1].toString(), object["secret"_L1].toString(),
                                  parametersOf(object)};
            if (const auto grant = object["oauth"_L1]; grant.isObject())
                credential.oauth = grantOf(grant.toObject());
            return credential;
        }
    return std::nullopt;
}

Result<std::optional<Credential>> MemoryCredentials::find(const QString &key, CancelToken) const
{
    const QMutexLocker lock(&m_mutex);
    const auto it = m_credentials.constFind(key);
    return it == m_credentials.cend() ? std::nullopt : std::optional(*it);
}

Status MemoryCredentials::store(const QString &key, const Credential &credential, CancelToken)
{
    const QMutexLocker lock(&m_mutex);
    m_credentials.insert(key, credential);
    return {};
}

Status MemoryCredentials::remove(const QString &key, CancelToken)
{
    const QMutexLocker lock(&m_mutex);
    m_credentials.remove(key);
    return {};
}

SessionCredentials::SessionCredentials(std::shared_ptr<Credentials> behind)
    : m_behind(std::move(behind))
{
    m_writing.setMaxThreadCount(1); // one question of the keychain at a time
}

SessionCredentials::~SessionCredentials()
{
    m_end.request_stop();
    m_writing.waitForDone();
}

Result<std::optional<Credential>> SessionCredentials::find(const QString &key, CancelToken token) const
{
    auto known = m_known.find(key, token);
    return (known && *known) || !m_behind ? known : m_behind->find(key, token);
}

Status SessionCredentials::store(const QString &key, const Credential &credential, CancelToken token)
{
    (void)m_known.store(key, credential, token);
    return m_behind ? m_behind->store(key, credential, token) : Status();
}

Status SessionCredentials::remove(const QString &key, CancelToken token)
{
    (void)m_known.remove(key, token);
    return m_behind ? m_behind->remove(key, token) : Status();
}

void SessionCredentials::keepForNow(const QString &key, const Credential &credential)
{
    (void)m_known.store(key, credential, {});
}

void SessionCredentials::remember(const QString &key, const Credential &credential)
{
    if (const auto known = m_known.find(key, {}); known && *known == credential)
        return;
    (void)m_known.store(key, credential, {});
    if (m_behind)
        m_writing.start([behind = m_behind, key, credential, token = m_end.get_token()] {
            (void)behind->store(key, credential, token); // without a place for it, it is known till the end
        });
}

} // namespace hanseatlas
