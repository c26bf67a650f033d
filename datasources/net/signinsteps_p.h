// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"
#include "datasources/net/oauth.h"
#include "datasources/net/proxies_p.h"

namespace hanseatlas
{

/** What one request does to be let in: sends what is kept, answers a server or proxy that asks, has the user asked
 * where that does not help. Never waits for the user. Any thread. */
class SignInSteps
{
public:
    /** `signIns` may be null: then there is nothing to do. */
    SignInSteps(std::shared_ptr<SignIns> signIns, std::shared_ptr<SystemProxies> proxies, OAuthSend send);

    /** Before it is sent, each time. */
    Status prepare(Hop &hop, const CancelToken &token) const;
    /** After it was sent: must it be sent again, with what the hop carries now? */
    Result<bool> answer(Hop &hop, const Exchange &exchange, const CancelToken &token) const;

private:
    Result<bool> answerServer(Hop &hop, const Exchange &exchange, const CancelToken &token) const;
    Result<bool> answerProxy(Hop &hop, const CancelToken &token) const;
    Result<bool> useKept(Hop &hop, const SignInPlace &place, bool handshake, const CancelToken &token) const;
    /** False: it has no tokens of use, and gets none. */
    Result<bool> refresh(Login &login, bool force, const CancelToken &token) const;
    Status apply(Hop &hop, Login login) const;

    const std::shared_ptr<SignIns> m_signIns;
    const std::shared_ptr<SystemProxies> m_proxies;
    const OAuthSend m_send;
};

} // namespace hanseatlas
