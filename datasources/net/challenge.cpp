// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/challenge_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void readChallenges(const QString &text, Challenge &into)
{
    // A scheme, or name=value, or name="value"; a scheme is a word that no "=" follows. A token68 ends with "=" or
    // stands alone after its scheme, and is passed over.
    static const QRegularExpression part(
        uR"(([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"=]+)|(?=[\s,]|$)|[^\s,]*))"_s);
    bool begins = true; // a challenge: at the start and after a comma
    for (auto it = part.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const auto before = QStringView(text).first(match.capturedStart()).trimmed();
        begins = before.isEmpty() || before.endsWith(u',');
        auto value = match.captured(2);
        if (value.isEmpty()) {
            if (begins)
                into.schemes.append(match.captured(1).toLower());
            continue;
        }
        if (match.captured(1).compare("realm"_L1, Qt::CaseInsensitive) != 0 || !into.realm.isEmpty())
            continue;
        if (value.startsWith(u'"')) {
            static const QRegularExpression escaped(uR"(\\(.))"_s);
            value = value.sliced(1, value.size() - 2).replace(escaped, u"\\1"_s);
        }
        into.realm = value;
    }
}

} // namespace

Challenge parseChallenge(const HttpHeaders &headers, QByteArrayView name)
{
    constexpr qsizetype longest = 4096;
    Challenge challenge;
    for (const auto &[key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            readChallenges(QString::fromUtf8(value.first(std::min(value.size(), longest))), challenge);
    return challenge;
}

bool needsHandshake(const Challenge &challenge, bool encrypted)
{
    const bool digest = challenge.offers("digest"_L1);
    if (challenge.offers("basic"_L1))
        return digest && !encrypted; // a password in the open only where there is no other way
    return digest || challenge.offers("ntlm"_L1) || challenge.offers("negotiate"_L1);
}

} // namespace hanseatlas
