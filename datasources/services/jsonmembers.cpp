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
constexpr qsizetype mostMembers = 100000;

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

} // namespace

std::optional<QByteArrayView> JsonMembers::find(QLatin1StringView name) const
{
    for (const auto &[key, written] : members)
        if (key == name)
            return written;
    return {};
}

QString JsonMembers::text(QLatin1StringView name) const
{
    const auto found = find(name);
    if (!found || found->size() > 10000)
        return {};
    const auto value = jsonValue(*found);
    return value.isString() ? value.toString() : value.isDouble() ? QString::fromLatin1(*found) : QString();
}

QString JsonMembers::link(QLatin1StringView rel) const
{
    const auto found = find("links"_L1);
    if (!found || found->size() > largestLinks)
        return {};
    QString best;
    for (const auto &value : jsonValue(*found).toArray()) {
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
    const auto found = find(name);
    return found && found->startsWith('[') ? qsizetype(elements(name, found->size()).size()) : -1;
}

std::vector<QByteArrayView> JsonMembers::elements(QLatin1StringView name, qsizetype most) const
{
    std::vector<QByteArrayView> elements;
    const auto found = find(name);
    Walker walker(found.value_or(QByteArrayView()));
    if (!walker.take('['))
        return elements;
    while (walker.peek() != ']' && qsizetype(elements.size()) < most) {
        const auto value = walker.value();
        if (!value)
            break;
        elements.push_back(*value);
        if (!walker.take(','))
            break;
    }
    return elements;
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
        if (qsizetype(result.members.size()) >= mostMembers)
            return failure(ErrorKind::TooLarge,
                           ServiceTexts::tr("The server's answer is larger or nested deeper than can be read."));
        auto key =
            name->contains('\\') ? jsonValue('"' + name->toByteArray() + '"').toString() : QString::fromUtf8(*name);
        result.members.emplace_back(std::move(key), *value);
    }
    return result;
}

QJsonValue jsonValue(QByteArrayView written)
{
    return QJsonDocument::fromJson("[" + written.toByteArray() + "]").array().at(0);
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
