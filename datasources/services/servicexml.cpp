// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/servicexml.h"

#include "datasources/services/answer.h"
#include "datasources/services/servicetexts.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr XmlLimits serviceLimits{.depth = 500, .elements = 1000000, .characters = 60000000};

/** The encoding of the declaration counts, unless the bytes prove it wrong. */
bool encodingLies(QByteArrayView bytes)
{
    if (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF"))
        return bytes.size() >= 4 && bytes[2] != '\0' && bytes[3] != '\0';
    static const QRegularExpression declared(u"^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']+)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    const auto match = declared.match(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 300))));
    if (match.hasMatch() && match.captured(1).compare("utf-8"_L1, Qt::CaseInsensitive) != 0)
        return false;
    return !bytes.isValidUtf8();
}

QByteArrayView withoutLeadingBlanks(QByteArrayView bytes)
{
    const auto mark = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    auto rest = bytes.sliced(mark);
    while (!rest.isEmpty() && QByteArrayView(" \t\r\n").contains(rest.front()))
        rest = rest.sliced(1);
    return rest;
}

/** The reader compares each attribute of an element with all others of it; a hundred thousand would take minutes. All
 * attributes of an element lie between two "<", each with a "=". */
bool hasTooManyAttributes(QByteArrayView bytes)
{
    constexpr int most = 5000;
    int signs = 0;
    for (const char c : bytes) {
        if (c == '<')
            signs = 0;
        else if (c == '=' && ++signs > most)
            return true;
    }
    return false;
}

Error malformed(const QXmlStreamReader &xml)
{
    return {ErrorKind::Malformed,
            ServiceTexts::tr("The server's answer is damaged XML: it breaks off or is not well-formed in line %1.")
                .arg(xml.lineNumber()),
            {},
            xml.errorString()};
}

Result<XmlDocument> readFrom(QXmlStreamReader &xml, int depth)
{
    XmlDocument document;
    while (!xml.atEnd() && xml.readNext() != QXmlStreamReader::StartElement) {
        // A document type is part of WMS 1.1.1; entities in it are not.
        if (xml.isDTD() && !xml.entityDeclarations().isEmpty())
            return failure(ErrorKind::Malformed,
                           ServiceTexts::tr("The server's answer defines XML entities. Such documents are not read."));
    }
    if (xml.hasError() || !xml.isStartElement())
        return std::unexpected(malformed(xml));
    if (depth <= 1) {
        document.root.name = xml.name().toString();
        for (const auto &attribute : xml.attributes())
            document.root.attributes.emplace_back(attribute.name().toString(), attribute.value().toString());
        return document;
    }
    document.root = readNode(xml, serviceLimits, CancelToken());
    if (xml.error() == QXmlStreamReader::CustomError)
        return failure(ErrorKind::TooLarge,
                       ServiceTexts::tr("The server's answer is larger or nested deeper than can be read."));
    if (xml.hasError())
        return std::unexpected(malformed(xml));
    return document;
}

/** In a pass of its own, as the nodes do not keep them. */
void readNamespaces(QXmlStreamReader &xml, XmlDocument &document)
{
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        for (const auto &declared : xml.namespaceDeclarations()) {
            const auto prefix = declared.prefix().toString();
            if (!document.namespaces.contains(prefix))
                document.namespaces.insert(prefix, declared.namespaceUri().toString());
        }
    }
}

} // namespace

Result<XmlDocument> readXml(QByteArrayView bytes, int depth)
{
    auto trimmed = withoutLeadingBlanks(bytes);
    constexpr qsizetype head = 1000000; // where the root element must be over
    if (depth <= 1 && trimmed.size() > head)
        trimmed = trimmed.first(trimmed.first(head).lastIndexOf('>') + 1);
    if (hasTooManyAttributes(trimmed))
        return failure(ErrorKind::TooLarge,
                       ServiceTexts::tr("The server's answer is larger or nested deeper than can be read."));
    const bool lies = encodingLies(trimmed);
    const auto text = lies ? decodedText(trimmed) : QString();
    const auto raw = QByteArray::fromRawData(trimmed.data(), trimmed.size());
    const auto reader = [&](QXmlStreamReader &xml) {
        if (lies)
            xml.addData(text);
        else
            xml.addData(raw);
    };
    QXmlStreamReader xml;
    reader(xml);
    auto document = readFrom(xml, depth);
    if (document && depth > 1) {
        QXmlStreamReader again;
        reader(again);
        readNamespaces(again, *document);
    }
    return document;
}

Result<XmlDocument> readXml(QByteArrayView bytes, std::initializer_list<QLatin1StringView> roots,
                            const QString &expected)
{
    if (answerKind(bytes) != AnswerKind::Xml)
        return std::unexpected(unexpectedAnswer(bytes, expected));
    auto document = readXml(bytes);
    if (document && std::ranges::find(roots, document->root.name) == roots.end())
        return std::unexpected(unexpectedAnswer(bytes, expected));
    return document;
}

const XmlNode *find(const XmlNode &node, std::initializer_list<QLatin1StringView> path)
{
    const auto *at = &node;
    for (const auto name : path) {
        at = at->child(name);
        if (!at)
            return nullptr;
    }
    return at;
}

QString textAt(const XmlNode &node, std::initializer_list<QLatin1StringView> path)
{
    const auto *at = find(node, path);
    return at ? at->text.simplified() : QString();
}

QString paragraphAt(const XmlNode &node, std::initializer_list<QLatin1StringView> path)
{
    const auto *at = find(node, path);
    if (!at)
        return {};
    QStringList lines;
    for (const auto &line : at->text.split(u'\n'))
        lines.append(line.simplified());
    return lines.join(u'\n').trimmed();
}

QString linkAt(const XmlNode &node, std::initializer_list<QLatin1StringView> path)
{
    const auto *at = find(node, path);
    if (!at)
        return {};
    auto link = at->attribute("href"_L1).trimmed();
    if (const auto *resource = at->child("OnlineResource"_L1); link.isEmpty() && resource)
        link = resource->attribute("href"_L1).trimmed();
    return link;
}

QStringList textsOf(const XmlNode &node, QLatin1StringView name)
{
    QStringList texts;
    for (const auto &child : node.children)
        if (child.name == name)
            if (const auto text = child.text.simplified(); !text.isEmpty())
                texts.append(text);
    return texts;
}

std::optional<double> numberOf(QStringView text)
{
    bool ok = false;
    const double number = QString(text.trimmed()).replace(u',', u'.').toDouble(&ok);
    if (!ok || std::isnan(number))
        return {};
    return number;
}

bool isTrue(QStringView text)
{
    const auto word = text.trimmed();
    return word == u"1" || word.compare(u"true", Qt::CaseInsensitive) == 0
        || word.compare(u"yes", Qt::CaseInsensitive) == 0;
}

std::vector<double> numbersOf(QStringView text)
{
    std::vector<double> numbers;
    for (const auto &part : QString(text.toString()).simplified().split(u' ', Qt::SkipEmptyParts)) {
        const auto number = numberOf(part);
        if (!number || !std::isfinite(*number))
            return {};
        numbers.push_back(*number);
    }
    return numbers;
}

Extent owsBox(const XmlNode &box)
{
    const auto lower = numbersOf(textAt(box, {"LowerCorner"_L1}));
    const auto upper = numbersOf(textAt(box, {"UpperCorner"_L1}));
    Extent extent;
    if (lower.size() < 2 || upper.size() < 2)
        return extent;
    extent.add(PointXY{lower[0], lower[1]});
    extent.add(PointXY{upper[0], upper[1]});
    return extent;
}

} // namespace hanseatlas
