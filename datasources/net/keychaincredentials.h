// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/credentials.h"

namespace hanseatlas
{

/** Keeps secrets in the keychain of the system (Secret Service, KWallet, Windows, macOS); never in the open: without a
 *  keychain all calls fail with NotReadable. As with all Credentials, not to be called on the GUI thread; the
 * keychain's own dialogs run on the thread that made the object, which needs an event loop and a QCoreApplication.
 * Calls that wait end with Cancelled when the object is destroyed; it must be destroyed on the thread that made it. */
class KeychainCredentials final : public Credentials
{
public:
    /** service: under which name the entries appear in the keychain */
    explicit KeychainCredentials(QString service = QStringLiteral("de.luebeck.hanseatlas"));
    ~KeychainCredentials() override;

    /** Whether there is a keychain at all; quick. */
    static bool isAvailable();

    Result<std::optional<Credential>> find(const QString &key, CancelToken token) const override;
    Status store(const QString &key, const Credential &credential, CancelToken token) override;
    Status remove(const QString &key, CancelToken token) override;
    bool isLasting() const override { return isAvailable(); }

private:
    struct Private;
    std::shared_ptr<Private> d; ///< shared with the calls that wait
};

} // namespace hanseatlas
