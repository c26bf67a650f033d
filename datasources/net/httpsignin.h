// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httpclient.h"
#include "layers/model/signin.h"

namespace hanseatlas
{

/** Signs in at servers and proxies: tries what was entered at the very address that wanted it, and keeps what is taken.
 *  Any thread; client and sign-ins belong together. */
class HttpSignIn final : public SignInDoor
{
public:
    HttpSignIn(HttpClient &client, std::shared_ptr<SignIns> signIns);

    Status signIn(const SignInQuestion &question, const SignInEntry &entry,
                  const std::function<void(const QUrl &)> &openBrowser, CancelToken token) override;
    Status forget(const KeptSignIn &kept, CancelToken token) override;
    QList<KeptSignIn> kept() const override;
    bool hasKeychain() const override;

private:
    Result<Credential> credentialOf(const SignInEntry &entry, const std::function<void(const QUrl &)> &openBrowser,
                                    const CancelToken &token);
    Status tryOut(const SignInQuestion &question, const Credential &credential, const CancelToken &token);

    HttpClient &m_client;
    const std::shared_ptr<SignIns> m_signIns;
};

} // namespace hanseatlas
