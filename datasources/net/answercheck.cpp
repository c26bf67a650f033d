// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/answercheck.h"

#include "datasources/net/nettexts.h"
#include "datasources/net/redact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype lookAt = 256 * 1024; ///< bytes: an excuse is short, and data are not searched for one
constexpr qsizetype titleWithin = 16 * 1024; ///< characters of a page in which it names itself

enum class Seen { Nothing, Xml, Html, Json, Image, Text, Binary };

QByteArrayView withoutBlanks(QByteArrayView bytes)
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    const auto first = std::ranges::find_if_not(bytes, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
    return bytes.sliced(first - bytes.begin());
}

bool isImage(QByteArrayView bytes)
{
    using namespace std::string_view_literals;
    for (const auto magic :
         {"\x89PNG\r\n\x1a\n"sv, "\xff\xd8\xff"sv, "GIF87a"sv, "GIF89a"sv, "II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
        if (bytes.startsWith(QByteArrayView(magic)))
            return true;
    return bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8).startsWith("WEBP");
}

bool isUtf16Xml(QByteArrayView bytes)
{
    using namespace std::string_view_literals;
    for (const auto begin : {"\xff\xfe<\0"sv, "\xfe\xff\0<"sv, "<\0?\0"sv, "\0<\0?"sv})
        if (bytes.startsWith(QByteArrayView(begin)))
            return true;
    return false;
}

/** By the root element: XHTML pages begin like any XML, and many a page has no doctype. */
bool isHtml(QByteArrayView bytes)
{
    static const QRegularExpression pattern(
        u"^(?:\\s|<\\?[^>]*>|<!--.*?-->|<!DOCTYPE\\s+(?!html)[^>]*>)*<(?:!DOCTYPE\\s+html|html|head|body|title|h1|br|p|b|script|meta)\\b"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    return pattern.match(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 4096)))).hasMatch();
}

Seen look(QByteArrayView body)
{
    if (body.isEmpty())
        return Seen::Nothing;
    if (isImage(body))
        return Seen::Image;
    if (isUtf16Xml(body))
        return Seen::Xml;
    const auto bytes = withoutBlanks(body);
    if (bytes.isEmpty())
        return Seen::Nothing;
    if (bytes.front() == '<')
        return isHtml(bytes) ? Seen::Html : Seen::Xml;
    if (bytes.front() == '{' || bytes.front() == '[')
        return Seen::Json;
    return bytes.first(std::min<qsizetype>(bytes.size(), 512)).contains('\0') ? Seen::Binary : Seen::Text;
}

QString nameOf(Seen seen)
{
    switch (seen) {
    case Seen::Nothing:
        return NetTexts::tr("nothing");
    case Seen::Xml:
        return NetTexts::tr("XML");
    case Seen::Html:
        return NetTexts::tr("a web page");
    case Seen::Json:
        return NetTexts::tr("JSON");
    case Seen::Image:
        return NetTexts::tr("a picture");
    case Seen::Text:
        return NetTexts::tr("plain text");
    case Seen::Binary:
        return NetTexts::tr("binary data");
    }
    return {};
}

bool fits(Seen seen, ContentKind kind)
{
    switch (kind) {
    case ContentKind::Xml:
        return seen == Seen::Xml;
    case ContentKind::Json:
        return seen == Seen::Json;
    case ContentKind::Image:
        return seen == Seen::Image;
    }
    return false;
}

/** Reads up to the root element. Entities are the weapon (they multiply, or name files); the type alone is not. */
Status checkProlog(const HttpAnswer &answer, const QString &asked)
{
    QXmlStreamReader xml(answer.body);
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement)
            return {};
        if (token == QXmlStreamReader::DTD
            && (!xml.entityDeclarations().isEmpty() || xml.text().contains("<!ENTITY"_L1, Qt::CaseInsensitive)))
            return failure(ErrorKind::Malformed,
                           NetTexts::tr("“%1” sent %2 with entities of its own, which could do harm; it was not read.")
                               .arg(answer.url.host(), asked),
                           NetTexts::tr("Tell the operator of the service."), redacted(answer.url));
    }
    return failure(
        ErrorKind::Malformed, NetTexts::tr("“%1” sent %2 as XML that cannot be read.").arg(answer.url.host(), asked),
        NetTexts::tr("Tell the operator of the service."), u"%1: %2"_s.arg(redacted(answer.url), xml.errorString()));
}

ErrorKind kindOf(const QString &code)
{
    static constexpr QLatin1StringView wrong[] = {"InvalidParameterValue"_L1,
                                                  "MissingParameterValue"_L1,
                                                  "InvalidCRS"_L1,
                                                  "InvalidSRS"_L1,
                                                  "InvalidFormat"_L1,
                                                  "InvalidDimensionValue"_L1,
                                                  "InvalidPoint"_L1,
                                                  "OperationNotSupported"_L1,
                                                  "OperationParsingFailed"_L1,
                                                  "MissingDimensionValue"_L1,
                                                  "OptionNotSupported"_L1,
                                                  "VersionNegotiationFailed"_L1};
    const auto is = [&code](QLatin1StringView name) { return code.compare(name, Qt::CaseInsensitive) == 0; };
    if (is("LayerNotDefined"_L1) || is("StyleNotDefined"_L1) || is("NotFound"_L1) || is("TileOutOfRange"_L1))
        return ErrorKind::NotFound;
    if (is("NotAuthorized"_L1) || is("AuthenticationFailed"_L1) || is("AccessDenied"_L1) || is("Forbidden"_L1))
        return ErrorKind::NotReadable;
    return std::ranges::any_of(wrong, is) ? ErrorKind::Invalid : ErrorKind::Network;
}

std::unexpected<Error> reported(const HttpAnswer &answer, const QString &asked, const ServerException &exception)
{
    const auto host = answer.url.host();
    const auto what = exception.text.isEmpty() ? NetTexts::tr("“%1” refused %2 without a reason.").arg(host, asked)
                                               : NetTexts::tr("“%1” refused %2: “%3”").arg(host, asked, exception.text);
    return failure(kindOf(exception.code), what, NetTexts::tr("Tell the operator of the service."),
                   u"%1: %2 %3"_s.arg(redacted(answer.url), exception.code, exception.locator).trimmed());
}

/** The sentence of a JSON error, as written by ArcGIS, OGC API, RFC 9457, FROST and NGSI-LD. */
QString jsonSentence(const QJsonObject &object)
{
    const auto inner = object["error"_L1];
    if (inner.isObject())
        return jsonSentence(inner.toObject());
    QStringList parts;
    for (const auto key : {"title"_L1, "message"_L1, "description"_L1, "detail"_L1, "details"_L1}) {
        const auto value = object[key];
        const auto text = value.isArray() ? value.toArray().first().toString() : value.toString();
        if (!text.isEmpty() && !parts.contains(text))
            parts.append(text);
    }
    if (parts.isEmpty() && inner.isString())
        parts.append(inner.toString());
    return parts.join(u": "_s);
}

/** An object that is nothing but an error: ArcGIS sends such with status 200. */
std::optional<ServerException> jsonException(QByteArrayView body)
{
    if (body.size() > lookAt || !withoutBlanks(body).startsWith('{') || !body.toByteArray().contains("\"error\""))
        return std::nullopt;
    const auto object = QJsonDocument::fromJson(body.toByteArray()).object();
    const auto error = object["error"_L1];
    if (!error.isObject() || object.size() > 2)
        return std::nullopt;
    return ServerException{.code = error["code"_L1].toVariant().toString(),
                           .locator = {},
                           .text = redactedText(cleanSentence(jsonSentence(object)))};
}

QString htmlSentence(const QString &page)
{
    static const QRegularExpression title(u"<(title|h1)[^>]*>(.*?)</\\1>"_s,
                                          QRegularExpression::CaseInsensitiveOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    QStringList parts;
    for (auto it = title.globalMatch(page.left(titleWithin)); it.hasNext() && parts.size() < 2;) {
        const auto text = cleanSentence(it.next().captured(2));
        if (!text.isEmpty() && !parts.contains(text))
            parts.append(text);
    }
    return parts.isEmpty() ? cleanSentence(page) : parts.join(u" – "_s);
}

} // namespace

QString cleanSentence(const QString &markup, qsizetype longest)
{
    static const QRegularExpression silent(u"<(script|style)\\b.*?(</\\1\\s*>|$)"_s,
                                           QRegularExpression::CaseInsensitiveOption
                                               | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tags(u"<!--.*?(-->|$)|<[/!?a-zA-Z][^>]*(>|$)"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    // Markup that was escaped as text; only what HTML knows, as "<EPSG:4326>" is no markup.
    static const QRegularExpression escaped(
        u"</?(?:a|b|big|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|input|li|ol|p|pre|script|small|span|strong|style|sub|sup|svg|table|td|th|title|tr|tt|u|ul)\\b[^>]*(?:>|$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    auto text = markup.left(lookAt);
    text.remove(silent).replace(tags, u" "_s);
    for (const auto &[entity, sign] : {std::pair{"&lt;"_L1, u'<'},
                                       {"&gt;"_L1, u'>'},
                                       {"&quot;"_L1, u'"'},
                                       {"&apos;"_L1, u'\''},
                                       {"&#39;"_L1, u'\''},
                                       {"&nbsp;"_L1, u' '},
                                       {"&amp;"_L1, u'&'}})
        text.replace(entity, QString(QChar(sign)));
    text.replace(escaped, u" "_s);
    QString plain;
    for (const QChar c : std::as_const(text)) {
        if (c.isSpace())
            plain += u' ';
        else if (c.category() != QChar::Other_Control
                 && c.category() != QChar::Other_Format) // nor text direction tricks
            plain += c;
    }
    plain = plain.simplified();
    return plain.size() > longest ? plain.left(longest - 1).trimmed() + u'…' : plain;
}

std::optional<ServerException> parseException(QByteArrayView body)
{
    if (body.size() > lookAt)
        return std::nullopt;
    QXmlStreamReader xml(body.toByteArray());
    if (!xml.readNextStartElement())
        return std::nullopt;
    const auto root = xml.name();
    if (root != "ServiceExceptionReport"_L1 && root != "ExceptionReport"_L1 && root != "WFS_TransactionResponse"_L1
        && root != "ServiceException"_L1)
        return std::nullopt;
    const bool isReport = root.endsWith("Report"_L1) || root == "ServiceException"_L1;
    ServerException exception;
    QStringList texts;
    for (auto token = xml.tokenType(); token != QXmlStreamReader::EndDocument && !xml.hasError();
         token = xml.readNext()) {
        if (token != QXmlStreamReader::StartElement)
            continue;
        const auto name = xml.name();
        if (name == "Exception"_L1 || name == "ServiceException"_L1) {
            const auto attributes = xml.attributes();
            if (exception.code.isEmpty())
                exception.code = (attributes.hasAttribute("exceptionCode"_L1) ? attributes.value("exceptionCode"_L1)
                                                                              : attributes.value("code"_L1))
                                     .toString();
            if (exception.locator.isEmpty())
                exception.locator = attributes.value("locator"_L1).toString();
        }
        if (name == "ExceptionText"_L1 || name == "ServiceException"_L1)
            texts.append(xml.readElementText(QXmlStreamReader::IncludeChildElements));
    }
    if (!isReport && texts.isEmpty())
        return std::nullopt;
    exception.text = redactedText(cleanSentence(texts.join(u' ')));
    exception.code = cleanSentence(exception.code, 60);
    exception.locator = cleanSentence(exception.locator, 60);
    return exception;
}

QString serverSentence(QByteArrayView body)
{
    const auto begin = body.first(std::min(body.size(), lookAt));
    switch (look(begin)) {
    case Seen::Xml: {
        const auto exception = parseException(begin);
        return exception ? exception->text : QString();
    }
    case Seen::Json:
        return redactedText(
            cleanSentence(jsonSentence(QJsonDocument::fromJson(withoutBlanks(begin).toByteArray()).object())));
    case Seen::Html:
        return redactedText(htmlSentence(QString::fromUtf8(begin)));
    case Seen::Text:
        return redactedText(cleanSentence(QString::fromUtf8(begin)));
    default:
        return {};
    }
}

Status checkContent(const HttpAnswer &answer, ContentKind kind, const QString &asked)
{
    if (const auto exception = parseException(answer.body))
        return reported(answer, asked, *exception);
    if (kind == ContentKind::Json)
        if (const auto exception = jsonException(answer.body))
            return reported(answer, asked, *exception);
    const auto seen = look(answer.body);
    if (fits(seen, kind))
        return kind == ContentKind::Xml ? checkProlog(answer, asked) : Status();
    const auto host = answer.url.host();
    auto what = NetTexts::tr("“%1” sent %3 instead of %2.").arg(host, asked, nameOf(seen));
    if (const auto sentence = serverSentence(answer.body); !sentence.isEmpty())
        what = NetTexts::tr("%1 It says: “%2”").arg(what, sentence);
    return failure(ErrorKind::Malformed, what, NetTexts::tr("Check the address of the service."),
                   u"%1: %2"_s.arg(redacted(answer.url), answer.contentType));
}

} // namespace hanseatlas
