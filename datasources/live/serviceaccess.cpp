// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceaccess.h"

#include "layers/model/addresssecrets.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

struct ServiceAccess::Temporary {
    QTemporaryDir folder;
};

ServiceAccess::ServiceAccess(Options options, std::shared_ptr<Credentials> credentials)
    : m_options(std::move(options))
    , m_credentials(std::make_shared<SessionCredentials>(std::move(credentials)))
    , m_signIns(std::make_shared<SignIns>(m_credentials, m_options.signInList))
    , m_offline(m_options.http.offline)
{
}

ServiceAccess::~ServiceAccess() = default;

HttpClient &ServiceAccess::client()
{
    const std::lock_guard lock(m_mutex);
    if (!m_client) {
        auto options = m_options.http;
        options.offline = m_offline;
        options.signIns = m_signIns;
        m_client = std::make_unique<HttpClient>(options, m_credentials);
    }
    return *m_client;
}

QString ServiceAccess::keepSecrets(QString &address)
{
    const auto secrets = takeSecrets(address);
    const std::lock_guard lock(m_mutex);
    if (secrets.isEmpty())
        return m_keys.value(address); // chosen again, as from the recent files, it is the address with its sign-in
    const bool signsIn = !secrets.user.isEmpty() || !secrets.password.isEmpty();
    const Credential credential{signsIn ? CredentialKind::Basic : CredentialKind::Parameters, secrets.user,
                                secrets.password, secrets.parameters};
    // Of the address and not by chance: whoever opens it again finds what is kept
    QStringList parts{address.section(u'?', 0, 0), secrets.user};
    for (const auto &[name, value] : secrets.parameters)
        parts.append(name);
    const auto key = parts.join(u'|');
    m_credentials->remember(key, credential);
    m_keys.insert(address, key);
    return key;
}

QString ServiceAccess::filesFolder() const
{
    return m_options.storePath.isEmpty() ? QString() : QFileInfo(m_options.storePath).absolutePath() + u"/files"_s;
}

Result<std::optional<Credential>> ServiceAccess::credential(const QString &key, const CancelToken &token) const
{
    return m_credentials->find(key, token);
}

std::shared_ptr<ServiceStore> ServiceAccess::store()
{
    const std::lock_guard lock(m_mutex);
    if (m_store)
        return m_store;
    if (!m_options.storePath.isEmpty()) {
        QDir().mkpath(QFileInfo(m_options.storePath).absolutePath());
        if (auto store = ServiceStore::open(m_options.storePath, m_options.limits)) {
            m_problem = (*store)->problem();
            return m_store = *std::move(store);
        } else {
            m_problem = store.error().what;
        }
    }
    m_temporary = std::make_unique<Temporary>();
    auto store = ServiceStore::open(m_temporary->folder.filePath(u"store.sqlite"_s), m_options.limits);
    if (!store)
        qFatal("There is no place for temporary files."); // nothing of ours works then
    return m_store = *std::move(store);
}

QString ServiceAccess::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

void ServiceAccess::setOffline(bool offline)
{
    const std::lock_guard lock(m_mutex);
    m_offline = offline;
    if (m_client)
        m_client->setOffline(offline);
}

bool ServiceAccess::isOffline() const
{
    const std::lock_guard lock(m_mutex);
    return m_offline;
}

} // namespace hanseatlas
