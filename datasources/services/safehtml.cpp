// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/safehtml.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype largest = 4000000; ///< characters that are looked at
constexpr qsizetype deepest = 100; ///< open elements

struct Tag {
    QString name; ///< lower case
    bool closing = false;
    QList<std::pair<QString, QString>> attributes; ///< names in lower case, values with entities resolved
};

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

bool isNameStart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

/** "&amp;" and the like; what is no entity stays as it is written. */
QString resolved(QStringView text)
{
    static const QHash<QString, QString> named{
        {u"amp"_s, u"&"_s},      {u"lt"_s, u"<"_s},        {u"gt"_s, u">"_s},     {u"quot"_s, u"\""_s},
        {u"apos"_s, u"'"_s},     {u"nbsp"_s, u"\u00A0"_s}, {u"auml"_s, u"ä"_s},   {u"ouml"_s, u"ö"_s},
        {u"uuml"_s, u"ü"_s},     {u"Auml"_s, u"Ä"_s},      {u"Ouml"_s, u"Ö"_s},   {u"Uuml"_s, u"Ü"_s},
        {u"szlig"_s, u"ß"_s},    {u"euro"_s, u"€"_s},      {u"deg"_s, u"°"_s},    {u"sup2"_s, u"²"_s},
        {u"sup3"_s, u"³"_s},     {u"micro"_s, u"µ"_s},     {u"copy"_s, u"©"_s},   {u"reg"_s, u"®"_s},
        {u"ndash"_s, u"–"_s},    {u"mdash"_s, u"—"_s},     {u"hellip"_s, u"…"_s}, {u"sect"_s, u"§"_s},
        {u"eacute"_s, u"é"_s},   {u"middot"_s, u"·"_s},    {u"bull"_s, u"•"_s},   {u"laquo"_s, u"«"_s},
        {u"raquo"_s, u"»"_s},    {u"bdquo"_s, u"„"_s},     {u"ldquo"_s, u"“"_s},  {u"rdquo"_s, u"”"_s},
        {u"shy"_s, u"\u00AD"_s}, {u"times"_s, u"×"_s},     {u"ge"_s, u"≥"_s},     {u"le"_s, u"≤"_s},
    };
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto end = text[i] == u'&' ? text.indexOf(u';', i) : -1;
        if (end < 0 || end - i > 12) {
            result += text[i];
            continue;
        }
        const auto name = text.sliced(i + 1, end - i - 1);
        if (name.startsWith(u'#')) {
            bool ok = false;
            const bool hex = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
            const auto code = hex ? name.sliced(2).toUInt(&ok, 16) : name.sliced(1).toUInt(&ok, 10);
            const bool allowed =
                ok && (code >= 32 || code == 9 || code == 10) && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
            if (allowed)
                result += QString::fromUcs4(reinterpret_cast<const char32_t *>(&code), 1);
            i = end;
        } else if (const auto found = named.constFind(name.toString()); found != named.cend()) {
            result += *found;
            i = end;
        } else {
            result += text[i];
        }
    }
    return result;
}

/** Takes the markup apart in the way browsers do, so that both see the same tags. */
class Tokenizer
{
public:
    explicit Tokenizer(QStringView html)
        : m_html(html.first(std::min(html.size(), largest)))
    {
    }

    bool atEnd() const { return m_at >= m_html.size(); }

    /** Text up to the next tag; empty where a tag is next. */
    QStringView text()
    {
        const auto from = m_at;
        while (!atEnd() && !atMarkup())
            ++m_at;
        return m_html.sliced(from, m_at - from);
    }

    /** The tag at hand; nothing for comments, declarations and the like, which are passed over. */
    std::optional<Tag> tag()
    {
        ++m_at; // "<"
        if (atEnd())
            return {};
        if (m_html[m_at] == u'!' || m_html[m_at] == u'?') {
            passDeclaration();
            return {};
        }
        Tag tag;
        tag.closing = m_html[m_at] == u'/';
        m_at += tag.closing ? 1 : 0;
        const auto from = m_at;
        while (!atEnd() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>' && m_html[m_at] != u'/')
            ++m_at;
        tag.name = m_html.sliced(from, m_at - from).toString().toLower();
        readAttributes(tag);
        return tag;
    }

    /** Passes over what is in a script or its like: nothing in it is markup but its own end. */
    void skipTo(const QString &name)
    {
        const QString end = u"</"_s + name;
        while (!atEnd()) {
            const auto found = m_html.indexOf(end, m_at, Qt::CaseInsensitive);
            if (found < 0) {
                m_at = m_html.size();
                return;
            }
            m_at = found;
            const auto after = found + end.size();
            if (after >= m_html.size() || isSpace(m_html[after]) || m_html[after] == u'>' || m_html[after] == u'/')
                return;
            ++m_at;
        }
    }

private:
    bool atMarkup() const
    {
        if (m_html[m_at] != u'<' || m_at + 1 >= m_html.size())
            return false;
        const auto next = m_html[m_at + 1];
        const bool closing = next == u'/' && m_at + 2 < m_html.size() && isNameStart(m_html[m_at + 2]);
        return isNameStart(next) || closing || next == u'!' || next == u'?';
    }

    void passDeclaration()
    {
        const bool comment = m_html.sliced(m_at).startsWith("!--"_L1);
        const bool cdata = m_html.sliced(m_at).startsWith("![CDATA["_L1);
        const auto end = comment ? "-->"_L1 : cdata ? "]]>"_L1 : ">"_L1;
        const auto found = m_html.indexOf(end, m_at);
        m_at = found < 0 ? m_html.size() : found + end.size();
    }

    void readAttributes(Tag &tag)
    {
        constexpr qsizetype most = 100;
        while (!atEnd() && m_html[m_at] != u'>') {
            if (isSpace(m_html[m_at]) || m_html[m_at] == u'/') {
                ++m_at;
                continue;
            }
            const auto from = m_at++;
            while (!atEnd() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>' && m_html[m_at] != u'/'
                   && m_html[m_at] != u'=')
                ++m_at;
            const auto name = m_html.sliced(from, m_at - from).toString().toLower();
            auto value = attributeValue();
            if (tag.attributes.size() < most)
                tag.attributes.append({name, std::move(value)});
        }
        if (!atEnd())
            ++m_at; // ">"
    }

    QString attributeValue()
    {
        auto at = m_at;
        while (at < m_html.size() && isSpace(m_html[at]))
            ++at;
        if (at >= m_html.size() || m_html[at] != u'=')
            return {};
        m_at = at + 1;
        while (!atEnd() && isSpace(m_html[m_at]))
            ++m_at;
        if (atEnd())
            return {};
        const auto quote = m_html[m_at];
        if (quote == u'"' || quote == u'\'') {
            const auto end = m_html.indexOf(quote, m_at + 1);
            const auto from = m_at + 1;
            m_at = end < 0 ? m_html.size() : end + 1;
            return resolved(m_html.sliced(from, (end < 0 ? m_html.size() : end) - from));
        }
        const auto from = m_at;
        while (!atEnd() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>')
            ++m_at;
        return resolved(m_html.sliced(from, m_at - from));
    }

    QStringView m_html;
    qsizetype m_at = 0;
};

const QSet<QString> &allowedTags()
{
    static const QSet<QString> tags{
        u"p"_s,   u"br"_s,      u"hr"_s,     u"h1"_s,    u"h2"_s,    u"h3"_s,        u"h4"_s, u"h5"_s,
        u"h6"_s,  u"b"_s,       u"strong"_s, u"i"_s,     u"em"_s,    u"u"_s,         u"s"_s,  u"sub"_s,
        u"sup"_s, u"small"_s,   u"span"_s,   u"div"_s,   u"ul"_s,    u"ol"_s,        u"li"_s, u"dl"_s,
        u"dt"_s,  u"dd"_s,      u"table"_s,  u"thead"_s, u"tbody"_s, u"tfoot"_s,     u"tr"_s, u"th"_s,
        u"td"_s,  u"caption"_s, u"a"_s,      u"pre"_s,   u"code"_s,  u"blockquote"_s};
    return tags;
}

/** Elements that go with everything in them. */
const QSet<QString> &droppedWhole()
{
    static const QSet<QString> tags{u"script"_s,   u"style"_s,    u"title"_s,   u"iframe"_s, u"object"_s, u"embed"_s,
                                    u"noscript"_s, u"template"_s, u"svg"_s,     u"math"_s,   u"select"_s, u"textarea"_s,
                                    u"button"_s,   u"audio"_s,    u"video"_s,   u"canvas"_s, u"applet"_s, u"noembed"_s,
                                    u"noframes"_s, u"xmp"_s,      u"frameset"_s};
    return tags;
}

bool isVoid(const QString &name)
{
    return name == "br"_L1 || name == "hr"_L1;
}

QString linkTarget(const Tag &tag)
{
    for (const auto &[name, value] : tag.attributes) {
        if (name != "href"_L1)
            continue;
        QString text;
        for (const auto c : value)
            if (c.unicode() > 32) // browsers look past blanks and line ends in "java script:"
                text += c;
        const QUrl url(text, QUrl::StrictMode);
        const bool web = url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
        if (web && !url.host().isEmpty() && url.userInfo().isEmpty())
            return url.toString(QUrl::FullyEncoded).toHtmlEscaped();
    }
    return {};
}

QString spans(const Tag &tag)
{
    constexpr int most = 100;
    QString text;
    for (const auto &[name, value] : tag.attributes)
        if (const int number = value.toInt(); (name == "colspan"_L1 || name == "rowspan"_L1) && number > 1)
            text += u" %1=\"%2\""_s.arg(name).arg(std::min(number, most));
    return text;
}

class Builder
{
public:
    void open(const Tag &tag)
    {
        if (isVoid(tag.name)) {
            m_text += u'<' + tag.name + u'>';
            return;
        }
        if (m_open.size() >= deepest)
            return;
        if (tag.name == "a"_L1) {
            const auto target = linkTarget(tag);
            if (target.isEmpty() || m_open.contains(u"a"_s))
                return; // its text stays
            m_text += "<a href=\""_L1 + target + "\">"_L1;
        } else {
            m_text += u'<' + tag.name + (tag.name == "td"_L1 || tag.name == "th"_L1 ? spans(tag) : QString()) + u'>';
        }
        m_open.append(tag.name);
    }

    void close(const QString &name)
    {
        if (!m_open.contains(name))
            return;
        while (!m_open.isEmpty()) {
            const auto last = m_open.takeLast();
            m_text += "</"_L1 + last + u'>';
            if (last == name)
                return;
        }
    }

    void add(const QString &text) { m_text += text.toHtmlEscaped(); }

    QString finished()
    {
        while (!m_open.isEmpty())
            close(m_open.last());
        return m_text.trimmed();
    }

private:
    QString m_text;
    QStringList m_open;
};

bool endsLine(const QString &name)
{
    static const QSet<QString> inside{u"b"_s,   u"strong"_s, u"i"_s,     u"em"_s,   u"u"_s, u"s"_s,
                                      u"sub"_s, u"sup"_s,    u"small"_s, u"span"_s, u"a"_s, u"code"_s};
    return allowedTags().contains(name) && !inside.contains(name);
}

/** Calls back with every text and every tag that is not dropped with its content. */
template <class OnText, class OnTag>
void walk(const QString &html, OnText onText, OnTag onTag)
{
    Tokenizer tokens(html);
    while (!tokens.atEnd()) {
        if (const auto text = tokens.text(); !text.isEmpty()) {
            onText(resolved(text));
            continue;
        }
        const auto tag = tokens.tag();
        if (!tag)
            continue;
        if (!tag->closing && droppedWhole().contains(tag->name))
            tokens.skipTo(tag->name);
        else
            onTag(*tag);
    }
}

} // namespace

QString safeHtml(const QString &html)
{
    Builder builder;
    walk(
        html, [&](const QString &text) { builder.add(text); },
        [&](const Tag &tag) {
            if (!allowedTags().contains(tag.name))
                return;
            if (tag.closing)
                builder.close(tag.name);
            else
                builder.open(tag);
        });
    return builder.finished();
}

QString plainText(const QString &html)
{
    QString text;
    walk(
        html, [&](const QString &part) { text += part; },
        [&](const Tag &tag) {
            if (tag.name == "td"_L1 || tag.name == "th"_L1)
                text += u' ';
            else if (endsLine(tag.name))
                text += u'\n';
        });
    QStringList lines;
    for (const auto &line : text.split(u'\n'))
        if (const auto words = line.simplified(); !words.isEmpty())
            lines.append(words);
    return lines.join(u'\n');
}

} // namespace hanseatlas
