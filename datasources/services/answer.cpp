// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/answer.h"

#include "datasources/services/servicetexts.h"
#include "datasources/services/servicexml.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype looked = 4096; ///< bytes that decide what something is
constexpr qsizetype longestSentence = 600; ///< of a server, shown to a person

QByteArrayView withoutMark(QByteArrayView bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes = bytes.sliced(3);
    while (!bytes.isEmpty() && QByteArrayView(" \t\r\n").contains(bytes.front()))
        bytes = bytes.sliced(1);
    return bytes;
}

bool isImage(QByteArrayView bytes)
{
    static constexpr QByteArrayView magics[]{
        "\x89PNG\r\n\x1a\n", "\xFF\xD8\xFF", "GIF8", "BM", QByteArrayView("II*\0", 4), QByteArrayView("MM\0*", 4)};
    for (const auto magic : magics)
        if (bytes.startsWith(magic))
            return true;
    return bytes.startsWith("RIFF") && bytes.size() > 12 && bytes.sliced(8, 4) == "WEBP";
}

bool isWide(QByteArrayView bytes)
{
    return bytes.size() >= 4
        && ((bytes.startsWith("\xFF\xFE") && bytes[3] == '\0') || (bytes.startsWith("\xFE\xFF") && bytes[2] == '\0'));
}

QString oneLine(const QString &text)
{
    const auto line = text.simplified();
    return line.size() <= longestSentence ? line : line.first(longestSentence) + u'…';
}

QString exceptionText(const XmlNode &node)
{
    QStringList sentences;
    const auto add = [&](const QString &text) {
        if (const auto line = oneLine(text); !line.isEmpty() && sentences.size() < 5)
            sentences.append(line);
    };
    for (const auto &exception : node.children) {
        add(exception.text);
        for (const auto &child : exception.children)
            add(child.text);
    }
    if (sentences.isEmpty())
        add(node.text);
    return sentences.join(u' ');
}

std::optional<ServiceException> fromXml(QByteArrayView bytes)
{
    const auto start = decodedText(bytes.first(std::min(bytes.size(), looked)));
    if (!start.contains("Exception"_L1)) // saves reading big answers that are sound
        return {};
    const auto document = readXml(bytes);
    if (!document || !document->root.name.endsWith("ExceptionReport"_L1))
        return {};
    ServiceException exception{.text = exceptionText(document->root)};
    for (const auto &child : document->root.children) {
        exception.code = child.attribute("code"_L1);
        if (exception.code.isEmpty())
            exception.code = child.attribute("exceptionCode"_L1);
        if (!exception.code.isEmpty())
            break;
    }
    return exception;
}

std::optional<ServiceException> fromJson(QByteArrayView bytes)
{
    constexpr qsizetype largest = 100000; // errors are short, answers are not
    if (bytes.size() > largest)
        return {};
    const auto object = QJsonDocument::fromJson(withoutMark(bytes).toByteArray()).object();
    if (object.contains("features"_L1) || object.contains("links"_L1) || object.isEmpty())
        return {};
    const auto nested = object.value("error"_L1).toObject(); // ArcGIS
    const auto &said = nested.isEmpty() ? object : nested;
    for (const auto key : {"detail"_L1, "description"_L1, "message"_L1, "title"_L1}) {
        const auto text = oneLine(said.value(key).toString());
        const bool isError = !nested.isEmpty() || said.contains("code"_L1) || said.contains("status"_L1);
        if (isError && !text.isEmpty())
            return ServiceException{said.value("code"_L1).toVariant().toString(), text};
    }
    return {};
}

} // namespace

AnswerKind answerKind(QByteArrayView bytes)
{
    if (isImage(bytes))
        return AnswerKind::Image;
    if (isWide(bytes))
        return AnswerKind::Xml; // UTF-16 is in use for nothing else here
    if (bytes.size() > 2 && bytes.startsWith("\xFF\xFE"))
        bytes = bytes.sliced(2); // a mark that lies, before 8-bit text
    bytes = withoutMark(bytes);
    bytes = bytes.first(std::min(bytes.size(), looked));
    if (bytes.isEmpty())
        return AnswerKind::Empty;
    if (bytes.contains('\0'))
        return AnswerKind::Binary;
    const auto start = QString::fromLatin1(bytes).toLower();
    if (start.startsWith(u'{') || start.startsWith(u'['))
        return AnswerKind::Json;
    if (!start.startsWith(u'<'))
        return AnswerKind::Text;
    // Pages often come in pieces, to be set into others.
    static const QRegularExpression page(
        u"^(?:<\\?xml[^>]*>\\s*|<!--.*?-->\\s*)*<(?:!doctype\\s+html|html|head|body|meta|title|link|style|script|table|"
        "div|span|p|b|br|hr|h[1-6]|ul|ol|center|font|pre)(?=[\\s>/])"_s,
        QRegularExpression::DotMatchesEverythingOption);
    return page.match(start).hasMatch() ? AnswerKind::Html : AnswerKind::Xml;
}

QString decodedText(QByteArrayView bytes, const QString &encoding)
{
    if (isWide(bytes)) {
        QStringDecoder decoder(QStringDecoder::Utf16);
        return decoder(bytes);
    }
    if (bytes.size() > 2 && bytes.startsWith("\xFF\xFE"))
        return QString::fromLatin1(bytes.sliced(2));
    const auto named = encoding.trimmed().toLower();
    if (!named.isEmpty() && named != "utf-8"_L1) {
        QStringDecoder decoder(named.toLatin1().constData());
        if (decoder.isValid())
            return decoder(bytes);
    }
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8(bytes);
    if (!utf8.hasError())
        return text;
    return QString::fromLatin1(bytes);
}

std::optional<ServiceException> serviceException(QByteArrayView bytes)
{
    switch (answerKind(bytes)) {
    case AnswerKind::Xml:
        return fromXml(bytes);
    case AnswerKind::Json:
        return fromJson(bytes);
    case AnswerKind::Html:
    case AnswerKind::Text: {
        // MapServer: "msWMSLoadGetMapParams(): WMS server error. Image Size out of range"
        static const QRegularExpression line(u"\\bms[A-Z]\\w+\\(\\): [^<]+"_s);
        const auto match = line.match(decodedText(bytes.first(std::min(bytes.size(), looked))));
        if (match.hasMatch())
            return ServiceException{{}, oneLine(match.captured(0))};
        return {};
    }
    default:
        return {};
    }
}

Error serviceError(const ServiceException &exception)
{
    Error error{.kind = ErrorKind::Network, .detail = exception.code};
    error.what = exception.text.isEmpty() ? ServiceTexts::tr("The server refused the request without giving a reason.")
                                          : ServiceTexts::tr("The server reports: %1").arg(exception.text);
    return error;
}

Error unexpectedAnswer(QByteArrayView bytes, const QString &expected)
{
    if (const auto exception = serviceException(bytes))
        return serviceError(*exception);
    Error error{.kind = ErrorKind::Malformed,
                .hint = ServiceTexts::tr("Check the address of the service, or ask its operator.")};
    switch (answerKind(bytes)) {
    case AnswerKind::Empty:
        error.what = ServiceTexts::tr("The server's answer is empty.");
        break;
    case AnswerKind::Html:
        error.what = ServiceTexts::tr("The server answered with a web page instead of %1.").arg(expected);
        error.detail = pageTitle(bytes);
        break;
    case AnswerKind::Json:
        error.what = ServiceTexts::tr("The server answered with JSON instead of %1.").arg(expected);
        break;
    case AnswerKind::Image:
        error.what = ServiceTexts::tr("The server answered with an image instead of %1.").arg(expected);
        break;
    case AnswerKind::Xml: {
        const auto document = readXml(bytes, 1);
        error.what = document ? ServiceTexts::tr("The server answered with a document <%1> instead of %2.")
                                    .arg(document->root.name, expected)
                              : document.error().what;
        break;
    }
    case AnswerKind::Text:
        error.what = ServiceTexts::tr("The server answered with plain text instead of %1.").arg(expected);
        error.detail = oneLine(decodedText(bytes.first(std::min(bytes.size(), looked))));
        break;
    case AnswerKind::Binary:
        error.what = ServiceTexts::tr("The server answered with data that cannot be read instead of %1.").arg(expected);
        break;
    }
    return error;
}

Status checkImage(QByteArrayView bytes)
{
    if (answerKind(bytes) == AnswerKind::Image)
        return {};
    return std::unexpected(unexpectedAnswer(bytes, ServiceTexts::tr("an image")));
}

QString pageTitle(QByteArrayView bytes)
{
    static const QRegularExpression title(u"<title[^>]*>([^<]{1,300})"_s, QRegularExpression::CaseInsensitiveOption);
    const auto match = title.match(decodedText(bytes.first(std::min(bytes.size(), looked))));
    return match.hasMatch() ? match.captured(1).simplified() : QString();
}

} // namespace hanseatlas
