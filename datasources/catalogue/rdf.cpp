// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/rdf.h"

#include "datasources/services/answer.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QRegularExpression>

#include <raptor2.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostStatements = 3'000'000;
constexpr qsizetype piece = 256 * 1024;
const QString typeProperty = u"http://www.w3.org/1999/02/22-rdf-syntax-ns#type"_s;

template <auto Free>
struct With {
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using World = std::unique_ptr<raptor_world, With<raptor_free_world>>;
using Parser = std::unique_ptr<raptor_parser, With<raptor_free_parser>>;
using Uri = std::unique_ptr<raptor_uri, With<raptor_free_uri>>;

struct Reading {
    RdfGraph graph;
    raptor_parser *parser = nullptr;
    QString fault;
    bool tooMany = false;
};

QString textOf(const unsigned char *bytes)
{
    return QString::fromUtf8(reinterpret_cast<const char *>(bytes));
}

RdfValue valueOf(const raptor_term *term)
{
    switch (term->type) {
    case RAPTOR_TERM_TYPE_URI:
        return {RdfValue::Kind::Resource, textOf(raptor_uri_as_string(term->value.uri)), {}};
    case RAPTOR_TERM_TYPE_BLANK:
        return {RdfValue::Kind::Blank, u"_:"_s + textOf(term->value.blank.string), {}};
    case RAPTOR_TERM_TYPE_LITERAL: {
        const auto &literal = term->value.literal;
        const auto text = QString::fromUtf8(reinterpret_cast<const char *>(literal.string), literal.string_len);
        return {RdfValue::Kind::Literal, text, literal.language ? textOf(literal.language) : QString()};
    }
    default:
        return {};
    }
}

void takeStatement(void *data, raptor_statement *statement)
{
    auto &reading = *static_cast<Reading *>(data);
    if (reading.graph.statements() >= mostStatements) {
        reading.tooMany = true;
        raptor_parser_parse_abort(reading.parser);
        return;
    }
    reading.graph.add(valueOf(statement->subject).text, valueOf(statement->predicate).text, valueOf(statement->object));
}

void takeMessage(void *data, raptor_log_message *message)
{
    auto &reading = *static_cast<Reading *>(data);
    if (message->level < RAPTOR_LOG_LEVEL_ERROR || !reading.fault.isEmpty())
        return;
    reading.fault = QString::fromUtf8(message->text);
    if (message->locator && message->locator->line > 0)
        reading.fault = u"line %1: %2"_s.arg(message->locator->line).arg(reading.fault);
}

/** Nothing is fetched, whatever the document asks for. */
void forbidNetwork(raptor_parser *parser)
{
    raptor_parser_set_option(parser, RAPTOR_OPTION_NO_NET, nullptr, 1);
    raptor_parser_set_option(parser, RAPTOR_OPTION_NO_FILE, nullptr, 1);
    raptor_parser_set_option(parser, RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, nullptr, 0);
}

Error malformed(const Reading &reading)
{
    return {ErrorKind::Malformed,
            CatalogueTexts::tr("The catalogue is damaged: it is no sound RDF."),
            {},
            reading.fault.left(1000)};
}

} // namespace

void RdfGraph::add(const QString &subject, const QString &property, RdfValue value)
{
    auto &values = m_values[subject][property];
    // What is said twice is said once; of a long list (a catalogue's datasets) only the last is looked at
    const auto since = values.end() - std::min<std::ptrdiff_t>(std::ssize(values), 50);
    if (std::find(since, values.end(), value) != values.end())
        return;
    if (property == typeProperty)
        m_byType[value.text].append(subject);
    values.push_back(std::move(value));
    ++m_statements;
}

const std::vector<RdfValue> &RdfGraph::values(const QString &subject, const QString &property) const
{
    static const std::vector<RdfValue> none;
    const auto found = m_values.constFind(subject);
    if (found == m_values.cend())
        return none;
    const auto values = found->constFind(property);
    return values == found->cend() ? none : *values;
}

QStringList RdfGraph::subjectsOfType(const QString &type) const
{
    return m_byType.value(type);
}

namespace
{

Result<RdfGraph> parseOnce(const QByteArray &bytes, bool xml, const QUrl &from, const CancelToken &token,
                           Reading &reading)
{
    const World world(raptor_new_world());
    if (!world || raptor_world_set_log_handler(world.get(), &reading, takeMessage) != 0
        || raptor_world_open(world.get()) != 0)
        return failure(ErrorKind::Internal, CatalogueTexts::tr("RDF cannot be read."), {}, reading.fault);
    const Parser parser(raptor_new_parser(world.get(), xml ? "rdfxml" : "turtle"));
    const auto base = from.isEmpty() ? "http://localhost/"_ba : from.toEncoded();
    const Uri uri(raptor_new_uri(world.get(), reinterpret_cast<const unsigned char *>(base.constData())));
    if (!parser || !uri)
        return failure(ErrorKind::Internal, CatalogueTexts::tr("RDF cannot be read."), {}, reading.fault);
    reading.parser = parser.get();
    forbidNetwork(parser.get());
    raptor_parser_set_statement_handler(parser.get(), &reading, takeStatement);
    int failed = raptor_parser_parse_start(parser.get(), uri.get());
    for (qsizetype at = 0; at < bytes.size() && failed == 0 && !reading.tooMany; at += piece) {
        if (token.stop_requested())
            return cancelled();
        const auto size = std::min(piece, bytes.size() - at);
        failed =
            raptor_parser_parse_chunk(parser.get(), reinterpret_cast<const unsigned char *>(bytes.constData() + at),
                                      std::size_t(size), at + size == bytes.size() ? 1 : 0);
    }
    if (reading.tooMany)
        return failure(ErrorKind::TooLarge, CatalogueTexts::tr("The catalogue has more statements than can be read."));
    if (reading.graph.statements() == 0)
        return std::unexpected(malformed(reading));
    if (failed != 0 || !reading.fault.isEmpty())
        reading.graph.damage = reading.fault.isEmpty() ? u"?"_s : reading.fault.left(300);
    return std::move(reading.graph);
}

/** The prefix that a document uses without declaring it; "" = that was not the fault. */
QString undeclaredPrefix(const QString &fault)
{
    static const QRegularExpression pattern(uR"re(namespace prefix in "([A-Za-z][\w-]*):[^"]*" was not declared)re"_s);
    return pattern.match(fault).captured(1);
}

} // namespace

Result<RdfGraph> parseRdf(const QByteArray &bytes, const QUrl &from, CancelToken token)
{
    constexpr int mostMendings = 5;
    const bool xml = answerKind(bytes) == AnswerKind::Xml;
    if (answerKind(bytes) == AnswerKind::Html)
        return std::unexpected(unexpectedAnswer(bytes, u"DCAT"_s));
    if (xml && bytes.contains("<!ENTITY"))
        return failure(ErrorKind::Malformed,
                       CatalogueTexts::tr("The catalogue defines entities of its own, which is not allowed here."));
    auto text = bytes;
    for (int mended = 0;; ++mended) {
        Reading reading;
        auto graph = parseOnce(text, xml, from, token, reading);
        const auto prefix = xml ? QString() : undeclaredPrefix(reading.fault);
        if (prefix.isEmpty() || mended == mostMendings)
            return graph;
        // Catalogues are put together of parts whose prefixes are forgotten; what we read is not under them
        text.prepend("@prefix " + prefix.toUtf8() + ": <urn:undeclared:" + prefix.toUtf8() + "#> .\n");
    }
}

} // namespace hanseatlas
