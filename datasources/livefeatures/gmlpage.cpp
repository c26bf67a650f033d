// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/gmlpage.h"

#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/services/answer.h"
#include "datasources/xplan/gmlgeometry.h"

#include <QRegularExpression>

#include <expat.h>

#include <memory>
#include <string_view>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

quint64 lineOf(XML_Parser parser)
{
#if XML_MAJOR_VERSION > 2 || (XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION >= 9) // there the shorter name is deprecated
    return XML_GetCurrentLineNumber64(parser);
#else
    return XML_GetCurrentLineNumber(parser);
#endif
}

constexpr int deepest = 200;
constexpr qsizetype chunk = 1 << 20; // between looks at the token
constexpr qsizetype longestText = 100'000'000;
constexpr XML_Char separator = '\n'; // between namespace and name

/** An element's name, taken apart once. */
struct Name {
    QString text; ///< without namespace
    QByteArray utf8;
    bool gml = false;
    bool member = false; ///< holds features
    bool collection = false;
    bool report = false; ///< of an exception
    bool geometry = false;
};

bool isMember(QStringView name)
{
    return name == "member"_L1 || name == "featureMember"_L1 || name == "featureMembers"_L1 || name == "members"_L1;
}

bool isCollection(QStringView name)
{
    return name == "FeatureCollection"_L1 || name == "SimpleFeatureCollection"_L1 || name == "Tuple"_L1;
}

class Reader
{
public:
    Reader(const QString &geometryField, FeatureCollector &collector, const char *encoding)
        : m_parser(XML_ParserCreateNS(encoding, separator))
        , m_geometryField(geometryField)
        , m_collector(collector)
    {
        XML_SetUserData(m_parser.get(), this);
        XML_SetElementHandler(
            m_parser.get(),
            [](void *self, const XML_Char *name, const XML_Char **attributes) {
                static_cast<Reader *>(self)->start(name, attributes);
            },
            [](void *self, const XML_Char *) { static_cast<Reader *>(self)->end(); });
        XML_SetCharacterDataHandler(m_parser.get(), [](void *self, const XML_Char *text, int size) {
            static_cast<Reader *>(self)->characters({text, size});
        });
        XML_SetEntityDeclHandler(m_parser.get(),
                                 [](void *self, const XML_Char *, int, const XML_Char *, int, const XML_Char *,
                                    const XML_Char *, const XML_Char *,
                                    const XML_Char *) { static_cast<Reader *>(self)->stop(Refusal::Entities); });
    }

    Result<GmlPage> read(QByteArrayView bytes, const CancelToken &token);

private:
    enum class Refusal { None, Entities, Depth, Length };
    enum class State { Outside, Collection, Member, Feature, Property, Structure, Geometry, Report, Skipped };

    void start(const char *name, const XML_Char **attributes);
    void end();
    void characters(QByteArrayView text);
    void stop(Refusal why);
    Error error(QByteArrayView bytes) const;

    const Name &nameOf(const char *name);
    void startFeature(const XML_Char **attributes);
    void startProperty(const Name &name, const XML_Char **attributes);
    void startNode(const Name &name, const XML_Char **attributes);
    void endNode();
    void endGeometry();
    void endProperty();
    void endText();

    struct FreeParser {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> m_parser;
    const QString m_geometryField;
    FeatureCollector &m_collector;
    std::unordered_map<std::string, Name> m_names;
    GmlPage m_page;
    Refusal m_refusal = Refusal::None;

    std::vector<State> m_states; ///< of the open elements
    QByteArray m_text; ///< of the element at hand, so far as it is wanted
    // The property at hand
    const Name *m_property = nullptr;
    QByteArray m_reference; ///< xlink:href
    QByteArray m_value; ///< texts of a structure, joined
    QString m_firstField; ///< whose geometry counts in this feature, where nothing is declared
    bool m_hasGeometry = false;
    std::vector<XmlNode> m_nodes; ///< of the geometry, outermost first
};

QByteArrayView localName(const char *name)
{
    const std::string_view whole(name);
    const auto at = whole.rfind(separator);
    const auto local = at == std::string_view::npos ? whole : whole.substr(at + 1);
    return {local.data(), qsizetype(local.size())};
}

/** A service uses a dozen names, a million times. */
const Name &Reader::nameOf(const char *name)
{
    if (const auto found = m_names.find(name); found != m_names.end())
        return found->second;
    const auto whole = QString::fromUtf8(name);
    const auto at = whole.lastIndexOf(QChar::fromLatin1(separator));
    Name made{.text = whole.sliced(at + 1)};
    made.utf8 = made.text.toUtf8();
    made.gml = at >= 0 && isGmlNamespace(QStringView(whole).first(at));
    made.member = isMember(made.text);
    made.collection = isCollection(made.text);
    made.report = made.text.endsWith("ExceptionReport"_L1) || made.text == "truncatedResponse"_L1;
    made.geometry = isGmlGeometry({.name = made.text, .isGml = made.gml});
    return m_names.emplace(name, std::move(made)).first->second;
}

void Reader::stop(Refusal why)
{
    m_refusal = why;
    XML_StopParser(m_parser.get(), XML_FALSE);
}

void Reader::start(const char *rawName, const XML_Char **attributes)
{
    if (m_states.size() >= deepest || m_names.size() > 100'000)
        return stop(Refusal::Depth);
    const auto &name = nameOf(rawName);
    const auto state = m_states.empty() ? State::Outside : m_states.back();
    auto next = State::Skipped;
    if (name.report && state != State::Property && state != State::Structure && state != State::Geometry) {
        next = State::Report;
    } else if (state == State::Outside) {
        next = State::Collection; // whatever it is called: its members tell
    } else if (state == State::Collection) {
        next = name.member ? State::Member : State::Skipped;
    } else if (state == State::Member) {
        next = name.collection ? State::Collection : State::Feature;
        if (next == State::Feature)
            startFeature(attributes);
    } else if (state == State::Feature) {
        next = name.gml && name.text == "boundedBy"_L1 ? State::Skipped : State::Property;
        if (next == State::Property)
            startProperty(name, attributes);
    } else if (state == State::Property || state == State::Structure) {
        next = name.geometry ? State::Geometry : State::Structure;
        if (next == State::Geometry)
            startNode(name, attributes);
        m_text.resize(0);
    } else if (state == State::Geometry) {
        next = State::Geometry;
        startNode(name, attributes);
    } else if (state == State::Report) {
        next = State::Report;
    }
    m_states.push_back(next);
}

void Reader::startFeature(const XML_Char **attributes)
{
    QByteArrayView id;
    for (; *attributes; attributes += 2) {
        const auto name = localName(attributes[0]);
        if (name == "id" || name == "fid")
            id = attributes[1];
    }
    m_collector.begin(id);
}

void Reader::startProperty(const Name &name, const XML_Char **attributes)
{
    m_property = &name;
    m_reference.resize(0);
    m_value.resize(0);
    m_text.resize(0);
    m_hasGeometry = false;
    for (; *attributes; attributes += 2)
        if (localName(attributes[0]) == "href")
            m_reference = attributes[1];
}

void Reader::startNode(const Name &name, const XML_Char **attributes)
{
    auto &node = m_nodes.emplace_back();
    node.name = name.text;
    node.isGml = name.gml;
    for (; *attributes; attributes += 2) {
        const auto key = localName(attributes[0]);
        if (key != "id")
            node.attributes.emplace_back(QString::fromUtf8(key), QString::fromUtf8(attributes[1]));
    }
    m_text.resize(0);
}

void Reader::characters(QByteArrayView text)
{
    const auto state = m_states.empty() ? State::Outside : m_states.back();
    if (state != State::Property && state != State::Structure && state != State::Geometry && state != State::Report)
        return;
    if (m_text.size() > longestText)
        return stop(Refusal::Length);
    m_text.append(text);
}

void Reader::endNode()
{
    auto node = std::move(m_nodes.back());
    m_nodes.pop_back();
    if (node.children.empty())
        node.text = QString::fromUtf8(QByteArrayView(m_text).trimmed());
    m_text.resize(0);
    if (m_nodes.empty()) {
        m_nodes.push_back(std::move(node));
        endGeometry();
        m_nodes.clear();
    } else {
        m_nodes.back().children.push_back(std::move(node));
    }
}

void Reader::endGeometry()
{
    m_hasGeometry = true;
    if (m_geometryField.isEmpty() && !m_collector.hasGeometry())
        m_firstField = m_property->text;
    if (m_property->text != (m_geometryField.isEmpty() ? m_firstField : m_geometryField))
        return;
    auto read = readGmlGeometry(m_nodes.front());
    m_collector.setGeometry(std::move(read.geometry), read.srsName, read.broken > 0, read.leftOut > 0);
}

/** The text of a leaf within a structure. */
void Reader::endText()
{
    const auto text = QByteArrayView(m_text).trimmed();
    if (!text.isEmpty() && m_value.size() < longestText) {
        if (!m_value.isEmpty())
            m_value += ", ";
        m_value.append(text);
    }
    m_text.resize(0);
}

void Reader::endProperty()
{
    endText();
    if (m_hasGeometry)
        return;
    const auto column = m_collector.column(m_property->utf8);
    m_collector.setText(column, m_value.isEmpty() ? m_reference : m_value);
}

void Reader::end()
{
    const auto state = m_states.back();
    m_states.pop_back();
    switch (state) {
    case State::Feature:
        ++m_page.features;
        m_collector.end();
        break;
    case State::Property:
        endProperty();
        break;
    case State::Structure:
        endText();
        break;
    case State::Geometry:
        endNode();
        break;
    case State::Report:
        if (const auto said = QString::fromUtf8(m_text).simplified();
            !said.isEmpty() && m_page.serverSaid.size() < 1000)
            m_page.serverSaid += (m_page.serverSaid.isEmpty() ? u""_s : u" "_s) + said;
        m_text.resize(0);
        break;
    default:
        break;
    }
}

Error Reader::error(QByteArrayView bytes) const
{
    if (m_refusal == Refusal::Entities)
        return {ErrorKind::Malformed,
                LiveFeatureTexts::tr("The server's answer defines XML entities. Such documents are not read.")};
    if (m_refusal != Refusal::None)
        return {ErrorKind::TooLarge,
                LiveFeatureTexts::tr("The server's answer is larger or nested deeper than can be read.")};
    // A server that fails in the midst of its answer appends what went wrong.
    const auto tail = bytes.last(std::min<qsizetype>(bytes.size(), 20'000));
    if (const auto at = tail.lastIndexOf("<?xml"); at > 0)
        if (const auto exception = serviceException(tail.sliced(at)))
            return serviceError(*exception);
    return {ErrorKind::Malformed,
            LiveFeatureTexts::tr("The server's answer is damaged XML: it breaks off or is not well-formed in line %1.")
                .arg(lineOf(m_parser.get())),
            LiveFeatureTexts::tr("Try again later; if it happens again, tell the operator of the service."),
            QString::fromUtf8(XML_ErrorString(XML_GetErrorCode(m_parser.get())))};
}

Result<GmlPage> Reader::read(QByteArrayView bytes, const CancelToken &token)
{
    for (qsizetype at = 0; at < bytes.size() || at == 0; at += chunk) {
        if (token.stop_requested())
            return cancelled();
        const auto part = bytes.sliced(at, std::min(chunk, bytes.size() - at));
        const bool last = at + chunk >= bytes.size();
        if (XML_Parse(m_parser.get(), part.data(), int(part.size()), last) != XML_STATUS_OK)
            return std::unexpected(error(bytes));
    }
    return m_page;
}

/** The encoding of the declaration; "" where there is none. */
QString declaredEncoding(QByteArrayView bytes)
{
    static const QRegularExpression declared(u"^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']+)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    const auto head = QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 300)));
    return declared.match(head).captured(1).toLower();
}

} // namespace

Result<GmlPage> readGmlPage(QByteArrayView bytes, const QString &geometryField, FeatureCollector &collector,
                            const CancelToken &token)
{
    while (!bytes.isEmpty() && QByteArrayView(" \t\r\n").contains(bytes.front()))
        bytes = bytes.sliced(1);
    const bool wide = bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF");
    const auto encoding = declaredEncoding(bytes);
    const bool utf8 = encoding.isEmpty() || encoding == "utf-8"_L1 || encoding == "us-ascii"_L1;
    if (wide || encoding == "iso-8859-1"_L1 || (utf8 && bytes.isValidUtf8()))
        return Reader(geometryField, collector, nullptr).read(bytes, token);
    // An encoding that expat does not know, or that the bytes prove wrong.
    const auto text = decodedText(bytes, utf8 ? QString() : encoding).toUtf8();
    return Reader(geometryField, collector, "UTF-8").read(text, token);
}

} // namespace hanseatlas
