// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/signins.h"

#include "datasources/net/nettexts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largestFile = 1024 * 1024; ///< of a certificate, or of the list

struct WayName {
    SignInWay way;
    QLatin1StringView name;
};
constexpr WayName wayNames[] = {{SignInWay::Password, "password"_L1},
                                {SignInWay::Token, "token"_L1},
                                {SignInWay::ClientCredentials, "client-credentials"_L1},
                                {SignInWay::AuthorizationCode, "authorization-code"_L1},
                                {SignInWay::Certificate, "certificate"_L1}};

QString nameOf(SignInWay way)
{
    return std::ranges::find(wayNames, way, &WayName::way)->name;
}

/** The folder of a path: a server's sign-in is good for what lies in it (RFC 7617, 2.2). */
QString folderOf(const QUrl &url)
{
    const auto path = url.path(QUrl::FullyEncoded);
    const auto slash = path.lastIndexOf(u'/');
    return slash < 0 ? u"/"_s : path.first(slash + 1);
}

QByteArray fingerprint(const SignInPlace &place, const Credential &credential)
{
    return QCryptographicHash::hash(place.key().toUtf8() + '\n' + credential.toJson(), QCryptographicHash::Sha256);
}

} // namespace

SignIns::SignIns(std::shared_ptr<SessionCredentials> credentials, QString listPath)
    : m_credentials(credentials ? std::move(credentials) : std::make_shared<SessionCredentials>(nullptr))
    , m_listPath(std::move(listPath))
{
    readList();
}

SignIns::~SignIns() = default;

QString SignIns::keyOf(const KeptSignIn &kept)
{
    return kept.way == SignInWay::Certificate ? u"certificate|"_s + kept.place.server : kept.place.key();
}

std::optional<Login> SignIns::usual(const QUrl &url) const
{
    const auto server = SignInPlace::of(url).server;
    const auto path = url.path(QUrl::FullyEncoded);
    const std::scoped_lock lock(m_mutex);
    const Learnt *best = nullptr;
    for (const auto &learnt : m_learnt)
        if (learnt.server == server && (path.isEmpty() ? u"/"_s : path).startsWith(learnt.folder)
            && (!best || learnt.folder.size() > best->folder.size()))
            best = &learnt;
    return best ? std::optional(best->login) : std::nullopt;
}

Result<std::optional<Login>> SignIns::find(const SignInPlace &place, CancelToken token) const
{
    const bool everywhere = !place.realm.isEmpty() && !hasEntry(place) && hasEntry({place.server, {}});
    if (everywhere) // the user has entered it for the whole server
        return find({place.server, {}}, token);
    const auto found = m_credentials->find(place.key(), token);
    if (!found && found.error().kind == ErrorKind::Cancelled)
        return std::unexpected(found.error());
    if (!found || !*found || isRefused(place, **found)) // a locked keychain knows nothing: the user is asked
        return std::nullopt;
    return Login{place, **found};
}

void SignIns::accepted(const Login &login, const QUrl &url)
{
    const auto server = SignInPlace::of(url).server;
    const auto folder = folderOf(url);
    const std::scoped_lock lock(m_mutex);
    m_asked.remove(login.place.key());
    std::erase_if(m_learnt, [&](const Learnt &each) { return each.server == server && each.folder == folder; });
    m_learnt.push_back({server, folder, login});
    constexpr std::size_t most = 1000; // a server may have many folders
    if (m_learnt.size() > most)
        m_learnt.erase(m_learnt.begin());
}

void SignIns::refused(const SignInPlace &place, const Credential &credential)
{
    const std::scoped_lock lock(m_mutex);
    m_refused.insert(fingerprint(place, credential));
    std::erase_if(m_learnt, [&](const Learnt &each) { return each.login.place == place; });
}

bool SignIns::isRefused(const SignInPlace &place, const Credential &credential) const
{
    const std::scoped_lock lock(m_mutex);
    return m_refused.contains(fingerprint(place, credential));
}

void SignIns::ask(const SignInQuestion &question)
{
    const auto key = question.place.key();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_asked.contains(key) || m_dismissed.contains(key))
            return;
        m_asked.insert(key);
    }
    emit wanted(question);
}

void SignIns::dismiss(const SignInPlace &place)
{
    const std::scoped_lock lock(m_mutex);
    m_asked.remove(place.key());
    m_dismissed.insert(place.key());
}

void SignIns::askAgain(const QString &server)
{
    const auto start = SignInPlace{server, {}}.key();
    const auto isOf = [&](const QString &key) { return key.startsWith(start); };
    const std::scoped_lock lock(m_mutex);
    m_dismissed.removeIf(isOf);
    m_asked.removeIf(isOf);
    m_refused.clear();
}

void SignIns::answered(const SignInPlace &place)
{
    const std::scoped_lock lock(m_mutex);
    m_asked.remove(place.key());
    m_dismissed.remove(place.key());
}

Status SignIns::keep(const KeptSignIn &kept, const Credential &credential, CancelToken token)
{
    const auto key = keyOf(kept);
    auto entry = kept;
    Status stored;
    if (entry.lasting) {
        stored = m_credentials->store(key, credential, token);
        entry.lasting = stored.has_value();
    } else if (isLasting(key)) {
        (void)m_credentials->remove(key, token); // it would come back
    }
    m_credentials->keepForNow(key, credential);
    {
        const std::scoped_lock lock(m_mutex);
        m_refused.remove(fingerprint(kept.place, credential));
        std::erase_if(m_learnt, [&](const Learnt &each) { return each.login.place == kept.place; });
        m_certificates.clear();
        m_kept.removeIf([&](const KeptSignIn &each) { return keyOf(each) == key; });
        m_kept.append(entry);
        m_asked.remove(kept.place.key());
        m_dismissed.remove(kept.place.key());
        if (auto written = writeList(); !written && stored)
            stored = written;
    }
    emit changed();
    return stored;
}

void SignIns::renewed(const Login &login, CancelToken token)
{
    const auto key = login.place.key();
    {
        const std::scoped_lock lock(m_mutex);
        for (auto &each : m_learnt)
            if (each.login.place == login.place)
                each.login = login;
    }
    if (isLasting(key))
        (void)m_credentials->store(key, login.credential, token); // else known till the end
    else
        m_credentials->keepForNow(key, login.credential);
}

Status SignIns::forget(const KeptSignIn &kept, CancelToken token)
{
    const auto key = keyOf(kept);
    if (const auto removed = m_credentials->remove(key, token); !removed && kept.lasting)
        return removed;
    Status written;
    {
        const std::scoped_lock lock(m_mutex);
        m_kept.removeIf([&](const KeptSignIn &each) { return keyOf(each) == key; });
        std::erase_if(m_learnt, [&](const Learnt &each) { return each.login.place == kept.place; });
        m_certificates.clear();
        written = writeList();
    }
    emit changed();
    return written;
}

bool SignIns::hasEntry(const SignInPlace &place) const
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::any_of(
        m_kept, [&](const KeptSignIn &each) { return each.place == place && each.way != SignInWay::Certificate; });
}

bool SignIns::isLasting(const QString &key) const
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::any_of(m_kept, [&](const KeptSignIn &each) { return each.lasting && keyOf(each) == key; });
}

QList<KeptSignIn> SignIns::kept() const
{
    const std::scoped_lock lock(m_mutex);
    return m_kept;
}

void SignIns::readList()
{
    QFile file(m_listPath);
    if (m_listPath.isEmpty() || file.size() > largestFile || !file.open(QIODevice::ReadOnly))
        return;
    const auto entries = QJsonDocument::fromJson(file.readAll()).object()["signIns"_L1].toArray();
    for (const auto &value : entries) {
        const auto way = std::ranges::find(wayNames, value["way"_L1].toString(), &WayName::name);
        KeptSignIn kept{.place = {value["server"_L1].toString(), value["realm"_L1].toString()},
                        .user = value["user"_L1].toString(),
                        .certificateFile = value["file"_L1].toString(),
                        .lasting = true};
        if (way == std::ranges::end(wayNames) || !QUrl(kept.place.server).isValid() || kept.place.host().isEmpty())
            continue;
        kept.way = way->way;
        m_kept.append(kept);
    }
}

Status SignIns::writeList() const
{
    if (m_listPath.isEmpty())
        return {};
    QJsonArray entries;
    for (const auto &each : m_kept)
        if (each.lasting)
            entries.append(QJsonObject{{u"server"_s, each.place.server},
                                       {u"realm"_s, each.place.realm},
                                       {u"way"_s, nameOf(each.way)},
                                       {u"user"_s, each.user},
                                       {u"file"_s, each.certificateFile}});
    QDir().mkpath(QFileInfo(m_listPath).absolutePath());
    QSaveFile file(m_listPath);
    const auto bytes = QJsonDocument(QJsonObject{{u"signIns"_s, entries}}).toJson();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failure(ErrorKind::Storage, NetTexts::tr("The list of the sign-ins cannot be written."), {},
                   file.errorString());
}

Result<std::shared_ptr<const QSslConfiguration>> SignIns::certificateFor(const QUrl &url, CancelToken token) const
{
    QString file;
    const auto key = certificateKey(url, file);
    if (key.isEmpty())
        return nullptr;
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto it = m_certificates.constFind(key); it != m_certificates.cend())
            return *it;
    }
    const auto credential = m_credentials->find(key, token);
    if (!credential)
        return std::unexpected(credential.error());
    auto configuration = readCertificate(file, *credential ? (*credential)->secret : QString());
    if (configuration) {
        const std::scoped_lock lock(m_mutex);
        m_certificates.insert(key, *configuration);
    }
    return configuration;
}

QString SignIns::certificateKey(const QUrl &url, QString &file) const
{
    if (url.scheme() != "https"_L1)
        return {};
    const auto server = SignInPlace::of(url).server;
    const std::scoped_lock lock(m_mutex);
    for (const auto &each : m_kept)
        if (each.way == SignInWay::Certificate && each.place.server == server) {
            file = each.certificateFile;
            return keyOf(each);
        }
    return {};
}

Result<std::shared_ptr<const QSslConfiguration>> readCertificate(const QString &path, const QString &passPhrase)
{
    const auto name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return failure(ErrorKind::NotReadable, NetTexts::tr("The certificate “%1” cannot be read.").arg(name),
                       NetTexts::tr("Choose the file anew in “Sign-ins”."), file.errorString());
    QSslKey key;
    QSslCertificate certificate;
    QList<QSslCertificate> authorities;
    if (!QSslCertificate::importPkcs12(&file, &key, &certificate, &authorities, passPhrase.toUtf8())
        || certificate.isNull() || key.isNull())
        return failure(ErrorKind::NotReadable, NetTexts::tr("“%1” cannot be opened with this pass phrase.").arg(name),
                       NetTexts::tr("The file must be of the kind PKCS#12 (.p12 or .pfx)."));
    if (certificate.expiryDate() < QDateTime::currentDateTimeUtc())
        return failure(ErrorKind::NotReadable, NetTexts::tr("The certificate “%1” has expired.").arg(name),
                       NetTexts::tr("Ask for a new one."));
    auto configuration = std::make_shared<QSslConfiguration>(QSslConfiguration::defaultConfiguration());
    configuration->setPrivateKey(key);
    configuration->setLocalCertificateChain(QList{certificate} + authorities);
    return configuration;
}

} // namespace hanseatlas
