// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/tablerows.h"

#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <sstream>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype lookedAt = 256 * 1024; ///< bytes from which the form is found out
constexpr qint64 largestJson = 200LL * 1024 * 1024;
constexpr qint64 largestWide = 200LL * 1024 * 1024;
constexpr std::size_t longestRow = 16 * 1024 * 1024; ///< an unclosed quote must not swallow the memory

std::string trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

using FilePtr = std::unique_ptr<VSILFILE, decltype([](VSILFILE *f) { VSIFCloseL(f); })>;

qint64 sizeOf(VSILFILE *file)
{
    VSIFSeekL(file, 0, SEEK_END);
    const auto size = qint64(VSIFTellL(file));
    VSIFSeekL(file, 0, SEEK_SET);
    return size;
}

/** Delimited text, read in pieces. */
class DelimitedRows final : public TableRows
{
public:
    DelimitedRows(FilePtr file, const TableForm &form)
        : m_file(std::move(file))
        , m_separator(form.separator)
        , m_size(std::max<qint64>(1, sizeOf(m_file.get())))
        , m_columns(std::size_t(form.header.size()))
    {
        VSIFSeekL(m_file.get(), vsi_l_offset(form.start), SEEK_SET);
        m_read = form.start;
    }

    bool next(std::vector<std::string> &cells) override
    {
        std::string line;
        while (row(line)) {
            if (trimmed(line).empty() || line.front() == '#')
                continue;
            cells = splitCells(line, m_separator);
            cells.resize(m_columns); // rows that are too short or too long keep what has a column
            return true;
        }
        return false;
    }

    double fraction() const override { return double(m_read) / double(m_size); }

private:
    /** Up to the end of a line that is not inside quotes. */
    bool row(std::string &line)
    {
        line.clear();
        bool quoted = false;
        while (true) {
            if (m_at == m_filled && !fill())
                return !line.empty();
            const auto from = m_at;
            while (m_at < m_filled) {
                const char c = m_buffer[m_at++];
                if (c == '"')
                    quoted = !quoted;
                if (c == '\n' && !quoted) {
                    line.append(&m_buffer[from], m_at - from - 1);
                    return true;
                }
            }
            line.append(&m_buffer[from], m_at - from);
            if (line.size() > longestRow)
                return false;
        }
    }

    bool fill()
    {
        m_at = 0;
        m_filled = VSIFReadL(m_buffer.data(), 1, m_buffer.size(), m_file.get());
        m_read += qint64(m_filled);
        return m_filled > 0;
    }

    FilePtr m_file;
    char m_separator;
    qint64 m_size, m_read = 0;
    std::size_t m_columns;
    std::vector<char> m_buffer = std::vector<char>(128 * 1024);
    std::size_t m_at = 0, m_filled = 0;
};

std::string cellOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? "true" : "false";
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest).toStdString();
    case QJsonValue::String:
        return value.toString().toStdString();
    case QJsonValue::Array:
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact).toStdString();
    case QJsonValue::Object:
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact).toStdString();
    default:
        return {};
    }
}

class ObjectRows final : public TableRows
{
public:
    ObjectRows(QJsonArray objects, QStringList keys)
        : m_objects(std::move(objects))
        , m_keys(std::move(keys))
    {
    }
    bool next(std::vector<std::string> &cells) override
    {
        if (m_at >= m_objects.size())
            return false;
        const auto object = m_objects.at(m_at++).toObject();
        cells.clear();
        for (const auto &key : m_keys)
            cells.push_back(cellOf(object[key]));
        return true;
    }
    double fraction() const override { return m_objects.isEmpty() ? 1 : double(m_at) / double(m_objects.size()); }

private:
    QJsonArray m_objects;
    QStringList m_keys;
    qsizetype m_at = 0;
};

/** The same text in UTF-8, in memory. */
Result<FilePtr> narrowed(FilePtr file, const QString &name, QStringDecoder::Encoding encoding)
{
    const auto size = sizeOf(file.get());
    if (size > largestWide)
        return failure(ErrorKind::TooLarge, FileTexts::tr("“%1” is too large for a text in UTF-16.").arg(name),
                       FileTexts::tr("Save the table as UTF-8."));
    QByteArray bytes(qsizetype(size), Qt::Uninitialized);
    bytes.resize(qsizetype(VSIFReadL(bytes.data(), 1, std::size_t(size), file.get())));
    QStringDecoder decoder(encoding);
    const auto narrow = QString(decoder(bytes)).toUtf8();
    auto *copy = static_cast<GByte *>(VSIMalloc(std::size_t(narrow.size()) + 1));
    std::ranges::copy(narrow, copy);
    static std::atomic<quint64> number = 0;
    const auto path = "/vsimem/hanseatlas-text-" + QByteArray::number(++number);
    FilePtr memory(VSIFileFromMemBuffer(path.constData(), copy, vsi_l_offset(narrow.size()), TRUE));
    VSIUnlink(path.constData()); // stays until it is closed
    return memory;
}

bool isWide(const FilePtr &file, QStringDecoder::Encoding &encoding)
{
    QByteArray mark(2, '\0');
    const bool read = VSIFReadL(mark.data(), 1, 2, file.get()) == 2;
    VSIFSeekL(file.get(), 0, SEEK_SET);
    encoding = mark == "\xff\xfe" ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE;
    return read && (mark == "\xff\xfe" || mark == "\xfe\xff");
}

/** A text of bytes; one in UTF-16 comes as UTF-8. */
Result<FilePtr> openedText(const QString &path, const QString &name, bool *wide = nullptr)
{
    initGdal();
    FilePtr file(VSIFOpenL(path.toUtf8().constData(), "rb"));
    if (!file)
        return failure(ErrorKind::NotReadable, FileTexts::tr("“%1” cannot be read.").arg(name),
                       FileTexts::tr("Check whether you have the right to read it."));
    auto encoding = QStringDecoder::Utf8;
    const bool isWideText = isWide(file, encoding);
    if (wide)
        *wide = isWideText;
    if (!isWideText)
        return file;
    return narrowed(std::move(file), name, encoding);
}

Result<QByteArray> bytesOf(const QString &path, const QString &name, qint64 most, bool whole, bool *wide = nullptr)
{
    const auto opened = openedText(path, name, wide);
    if (!opened)
        return std::unexpected(opened.error());
    const auto &file = *opened;
    const auto size = sizeOf(file.get());
    if (whole && size > most)
        return failure(ErrorKind::TooLarge,
                       FileTexts::tr("“%1” is too large to be read as a table of JSON objects.").arg(name),
                       FileTexts::tr("Convert it to GeoJSON or GeoPackage."));
    QByteArray bytes(qsizetype(std::min(size, most)), Qt::Uninitialized);
    bytes.resize(qsizetype(VSIFReadL(bytes.data(), 1, std::size_t(bytes.size()), file.get())));
    return bytes;
}

Result<QJsonArray> objectsOf(const QString &path, const QString &name)
{
    const auto bytes = bytesOf(path, name, largestJson, true);
    if (!bytes)
        return std::unexpected(bytes.error());
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(*bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(
            ErrorKind::Malformed,
            FileTexts::tr("“%1” is no valid JSON: there is a mistake at byte %2.").arg(name).arg(error.offset),
            FileTexts::tr("Get the file once more, or correct it in a text editor."), error.errorString());
    const auto array = document.array();
    if (array.isEmpty() || !array.first().isObject())
        return failure(ErrorKind::Unsupported, FileTexts::tr("“%1” is JSON, but holds no list of objects.").arg(name));
    return array;
}

bool isNumber(const std::string &cell)
{
    auto text = QString::fromLatin1(cell.data(), qsizetype(cell.size())).replace(u',', u'.');
    bool ok = false;
    text.toDouble(&ok);
    return ok;
}

/** Of bare coordinates: the one between which there are numbers, perhaps with a decimal comma. */
std::optional<char> numberSeparator(const std::vector<std::string_view> &lines)
{
    for (const char separator : {';', '\t', ' ', ',', '|'}) {
        const bool fits = !lines.empty() && std::ranges::all_of(lines, [&](std::string_view line) {
            const auto cells = splitCells(line, separator);
            return cells.size() >= 3 && std::ranges::all_of(cells, isNumber);
        });
        if (fits)
            return separator;
    }
    return std::nullopt;
}

/** The separator whose number of cells is the same in most lines. */
char bestSeparator(const std::vector<std::string_view> &lines, bool coordinatesOnly, std::size_t &columns)
{
    if (const auto found = coordinatesOnly ? numberSeparator(lines) : std::nullopt) {
        columns = splitCells(lines.front(), *found).size();
        return *found;
    }
    char best = ',';
    std::size_t bestLines = 0;
    columns = 1;
    for (const char separator : {';', '\t', ',', '|', ' '}) {
        if (separator == ' ' && !coordinatesOnly)
            continue;
        std::map<std::size_t, std::size_t> counts;
        for (const auto line : lines)
            ++counts[splitCells(line, separator).size()];
        counts.erase(1);
        for (const auto &[cells, count] : counts) {
            if (count > bestLines || (count == bestLines && cells > columns)) {
                best = separator;
                bestLines = count;
                columns = cells;
            }
        }
    }
    return best;
}

QString encodingOf(QByteArrayView head, const QString &wanted)
{
    if (!wanted.isEmpty())
        return wanted;
    head = head.first(std::max<qsizetype>(0, head.lastIndexOf('\n') + 1 ? head.lastIndexOf('\n') + 1 : head.size()));
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = utf8(head);
    return utf8.hasError() ? u"ISO-8859-1"_s : u"UTF-8"_s;
}

struct HeadLine {
    qint64 start = 0; ///< byte in the file
    qint64 end = 0; ///< byte where the next line starts
    std::string_view text;
};

std::vector<HeadLine> linesOf(const QByteArray &head, qint64 skip)
{
    std::vector<HeadLine> lines;
    for (qsizetype at = skip; at < head.size();) {
        auto end = head.indexOf('\n', at);
        const bool cut = end < 0;
        if (cut && !lines.empty())
            break;
        if (cut)
            end = head.size();
        lines.push_back({at, std::min<qint64>(end + 1, head.size()),
                         std::string_view(head.constData() + at, std::size_t(end - at))});
        at = end + 1;
    }
    return lines;
}

void makeNamesUnique(QStringList &names)
{
    QStringList seen;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (names[i].isEmpty())
            names[i] = u"field_%1"_s.arg(i + 1);
        const auto wished = names[i];
        for (int n = 2; seen.contains(names[i], Qt::CaseInsensitive); ++n)
            names[i] = u"%1_%2"_s.arg(wished).arg(n);
        seen.append(names[i]);
    }
}

Result<TableForm> delimitedForm(const QByteArray &head, const QString &name, const FileKind &kind,
                                const QString &wanted)
{
    TableForm form;
    const qint64 mark = head.startsWith("\xef\xbb\xbf") ? 3 : 0;
    form.encoding = mark ? u"UTF-8"_s : encodingOf(head, wanted);
    QStringDecoder decoder(form.encoding.toLatin1().constData());
    auto text = [&](std::string_view bytes) -> QString {
        return decoder.isValid() ? QString(decoder(QByteArrayView(bytes.data(), qsizetype(bytes.size()))))
                                 : QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
    };
    const auto lines = linesOf(head, mark);
    std::vector<std::string_view> sample;
    for (const auto &line : lines) {
        if (!line.text.starts_with('#') && !trimmed(line.text).empty() && sample.size() < 500)
            sample.push_back(line.text);
    }
    std::size_t columns = 1;
    form.separator = bestSeparator(sample, kind.coordinatesOnly, columns);
    const auto fits = [&](const HeadLine &line) {
        return !line.text.starts_with('#') && splitCells(line.text, form.separator).size() == columns
            && !trimmed(line.text).empty();
    };
    const auto first = kind.coordinatesOnly ? lines.begin() : std::ranges::find_if(lines, fits);
    if (first == lines.end())
        return failure(ErrorKind::Malformed,
                       FileTexts::tr("“%1” is a text, but no table could be found in it.").arg(name));
    for (auto line = lines.begin(); line != first; ++line) {
        auto words = text(line->text).trimmed();
        while (words.startsWith(u'#'))
            words = words.mid(1).trimmed();
        if (!words.isEmpty())
            form.comment.append(words);
    }
    const auto cells = splitCells(first->text, form.separator);
    const bool header = std::ranges::none_of(cells, isNumber) && !kind.coordinatesOnly;
    for (std::size_t i = 0; i < cells.size(); ++i)
        form.header.append(header ? text(cells[i]) : u"field_%1"_s.arg(i + 1));
    if (kind.coordinatesOnly) {
        static const QStringList names{u"x"_s, u"y"_s, u"z"_s};
        for (qsizetype i = 0; i < std::min<qsizetype>(3, form.header.size()); ++i)
            form.header[i] = names[i];
    }
    makeNamesUnique(form.header);
    form.start = header ? first->end : first->start;
    form.decimalComma = form.separator != ',';
    return form;
}

} // namespace

std::vector<std::string> splitCells(std::string_view line, char separator)
{
    std::vector<std::string> cells;
    std::string cell;
    if (separator == ' ') { // bare coordinates: any number of blanks
        std::istringstream words{std::string(line)};
        while (words >> cell)
            cells.push_back(cell);
        return cells;
    }
    bool quoted = false, wasQuoted = false;
    auto finish = [&] {
        cells.push_back(wasQuoted ? std::move(cell) : trimmed(cell));
        cell.clear();
        wasQuoted = false;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted) {
            if (c != '"')
                cell += c;
            else if (i + 1 < line.size() && line[i + 1] == '"')
                cell += line[++i];
            else
                quoted = false;
        } else if (c == '"' && trimmed(cell).empty()) {
            quoted = wasQuoted = true;
            cell.clear();
        } else if (c == separator) {
            finish();
        } else if (!(wasQuoted && (c == ' ' || c == '\r'))) {
            cell += c;
        }
    }
    finish();
    return cells;
}

Result<TableForm> tableForm(const QString &path, const QString &name, const FileKind &kind, const QString &encoding)
{
    if (kind.reader == FileKind::Reader::Objects) {
        const auto objects = objectsOf(path, name);
        if (!objects)
            return std::unexpected(objects.error());
        TableForm form{.json = true, .encoding = u"UTF-8"_s};
        for (qsizetype i = 0; i < std::min<qsizetype>(objects->size(), 200); ++i) {
            for (const auto &key : objects->at(i).toObject().keys()) {
                if (!form.header.contains(key))
                    form.header.append(key);
            }
        }
        return form;
    }
    bool wide = false;
    const auto head = bytesOf(path, name, lookedAt, false, &wide);
    if (!head)
        return std::unexpected(head.error());
    auto form = delimitedForm(*head, name, kind, wide ? u"UTF-8"_s : encoding);
    if (form)
        form->wide = wide;
    return form;
}

Result<std::unique_ptr<TableRows>> tableRows(const QString &path, const QString &name, const TableForm &form)
{
    if (form.json) {
        auto objects = objectsOf(path, name);
        if (!objects)
            return std::unexpected(objects.error());
        return std::make_unique<ObjectRows>(std::move(*objects), form.header);
    }
    auto file = openedText(path, name);
    if (!file)
        return std::unexpected(file.error());
    return std::make_unique<DelimitedRows>(std::move(*file), form);
}

} // namespace hanseatlas
