// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/jsonmembers.h"

#include "datasources/services/answer.h"
#include "datasources/services/servicetexts.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype largest = 512 * 1024 * 1024;
constexpr qsizetype largestLinks = 1024 * 1024;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/** Walks over JSON without keeping anything of it. */
class Walker
{
public:
    explicit Walker(QByteArrayView bytes)
        : m_bytes(bytes)
    {
        if (m_bytes.startsWith("\xEF\xBB\xBF"))
            m_at = 3;
    }

    qsizetype at() const { return m_at; }
    bool atEnd() const { return m_at >= m_bytes.size(); }

    char peek()
    {
        while (!atEnd() && isBlank(m_bytes[m_at]))
            ++m_at;
        return atEnd() ? '\0' : m_bytes[m_at];
    }

    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    /** Over a string; the view is without its quotes. Nothing where it does not end. */
    std::optional<QByteArrayView> string()
    {
        if (!take('"'))
            return {};
        const auto from = m_at;
        while (!atEnd()) {
            const char c = m_bytes[m_at];
            if (c == '"')
                return m_bytes.sliced(from, m_at++ - from);
            m_at += c == '\\' ? 2 : 1;
        }
        return {};
    }

    /** Over a value of whatever depth. */
    std::optional<QByteArrayView> value()
    {
        peek();
        const auto from = m_at;
        qsizetype depth = 0;
        do {
            const char c = peek();
            if (c == '\0')
                return {};
            if (c == '"') {
                if (!string())
                    return {};
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                if (--depth < 0)
                    return {};
                ++m_at;
            } else if (c == ',' || c == ':') {
                if (depth == 0)
                    return {};
                ++m_at;
            } else {
                while (!atEnd() && !QByteArrayView(",:]}\"[{ \t\r\n").contains(m_bytes[m_at]))
                    ++m_at;
            }
        } while (depth > 0);
        return m_bytes.sliced(from, m_at - from);
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

std::unexpected<Error> damagedAt(qsizetype position, const QString &detail = {})
{
    return failure(ErrorKind::Malformed,
                   ServiceTexts::tr("The server's answer is damaged JSON: it breaks off or is wrong at character %1.")
                       .arg(position + 1),
                   {}, detail);
}

QJsonValue valueOf(QByteArrayView written)
{
    return QJsonDocument::fromJson("[" + written.toByteArray() + "]").array().at(0);
}

} // namespace

QString JsonMembers::text(QLatin1StringView name) const
{
    const auto found = members.constFind(QByteArray(name.data(), name.size()));
    if (found == members.cend() || found->size() > 10000)
        return {};
    const auto value = valueOf(*found);
    return value.isString() ? value.toString() : value.isDouble() ? QString::fromLatin1(*found) : QString();
}

QString JsonMembers::link(QLatin1StringView rel) const
{
    const auto found = members.constFind("links"_ba);
    if (found == members.cend() || found->size() > largestLinks)
        return {};
    QString best;
    for (const auto &value : valueOf(*found).toArray()) {
        const auto link = value.toObject();
        if (link.value("rel"_L1).toString() != rel)
            continue;
        const auto href = link.value("href"_L1).toString();
        if (link.value("type"_L1).toString().contains("geo+json"_L1) && !href.isEmpty())
            return href;
        if (best.isEmpty())
            best = href;
    }
    return best;
}

qsizetype JsonMembers::count(QLatin1StringView name) const
{
    const auto found = members.constFind(QByteArray(name.data(), name.size()));
    if (found == members.cend())
        return -1;
    Walker walker(*found);
    if (!walker.take('['))
        return -1;
    qsizetype count = 0;
    while (walker.peek() != ']' && walker.value()) {
        ++count;
        if (!walker.take(','))
            break;
    }
    return count;
}

Result<JsonMembers> jsonMembers(QByteArrayView bytes)
{
    if (bytes.size() > largest)
        return failure(ErrorKind::TooLarge,
                       ServiceTexts::tr("The server's answer is larger or nested deeper than can be read."));
    if (answerKind(bytes) != AnswerKind::Json)
        return std::unexpected(unexpectedAnswer(bytes, u"GeoJSON"_s));
    JsonMembers result;
    Walker walker(bytes);
    if (!walker.take('{'))
        return damagedAt(walker.at());
    while (!walker.take('}')) {
        const auto name = walker.string();
        if (!name || !walker.take(':'))
            return damagedAt(walker.at());
        const auto value = walker.value();
        if (!value || (!walker.take(',') && walker.peek() != '}'))
            return damagedAt(walker.at());
        const auto key = name->toByteArray();
        if (!result.members.contains(key))
            result.members.insert(key, *value);
    }
    return result;
}

Result<QJsonDocument> parseJson(QByteArrayView bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes = bytes.sliced(3);
    QJsonParseError fault;
    auto document = QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &fault);
    if (document.isNull())
        return damagedAt(fault.offset, fault.errorString());
    return document;
}

} // namespace hanseatlas
