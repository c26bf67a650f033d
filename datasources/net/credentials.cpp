// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/credentials.h"

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
constexpr KindName kindNames[] = {
    {CredentialKind::Basic, "basic"_L1}, {CredentialKind::Bearer, "bearer"_L1}, {CredentialKind::Header, "header"_L1}};

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
    }
    return {};
}

QByteArray Credential::toJson() const
{
    QString name;
    for (const auto &entry : kindNames)
        if (entry.kind == kind)
            name = entry.name;
    return QJsonDocument(QJsonObject{{u"kind"_s, name}, {u"user"_s, user}, {u"secret"_s, secret}})
        .toJson(QJsonDocument::Compact);
}

std::optional<Credential> Credential::fromJson(const QByteArray &json)
{
    const auto object = QJsonDocument::fromJson(json).object();
    for (const auto &entry : kindNames)
        if (object["kind"_L1].toString() == entry.name)
            return Credential{entry.kind, object["user"_L1].toString(), object["secret"_L1].toString()};
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

} // namespace hanseatlas
