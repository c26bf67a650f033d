// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/arrowcolumn.h"

#include "datasources/files/gdalvalues.h"

#include <QDateTime>
#include <QHash>
#include <QTimeZone>

#include <ogr_recordbatch.h>

#include <cmath>
#include <string_view>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

template <class T>
T at(const ArrowArray &array, std::int64_t row)
{
    return static_cast<const T *>(array.buffers[1])[row + array.offset];
}

bool bitAt(const void *bits, std::int64_t i)
{
    return (static_cast<const std::uint8_t *>(bits)[i / 8] >> (i % 8)) & 1;
}

template <class Offset>
std::span<const char> slice(const ArrowArray &array, std::int64_t row)
{
    const auto *offsets = static_cast<const Offset *>(array.buffers[1]) + array.offset + row;
    const auto *bytes = static_cast<const char *>(array.buffers[2]);
    return {bytes + offsets[0], std::size_t(offsets[1] - offsets[0])};
}

} // namespace

bool isPresent(const ArrowArray &array, std::int64_t row)
{
    return array.null_count == 0 || !array.buffers[0] || bitAt(array.buffers[0], row + array.offset);
}

std::span<const std::byte> bytesAt(const ArrowArray &array, std::int64_t row, bool large)
{
    return std::as_bytes(large ? slice<std::int64_t>(array, row) : slice<std::int32_t>(array, row));
}

ArrowColumn::ArrowColumn(const ArrowSchema &schema)
{
    const std::string_view format = schema.format;
    static const std::unordered_map<std::string_view, Form> forms{
        {"b", Form::Boolean},   {"c", Form::Int8},     {"C", Form::UInt8},      {"s", Form::Int16},
        {"S", Form::UInt16},    {"i", Form::Int32},    {"I", Form::UInt32},     {"l", Form::Int64},
        {"L", Form::UInt64},    {"f", Form::Float},    {"g", Form::Double},     {"u", Form::Text},
        {"U", Form::LargeText}, {"z", Form::Bytes},    {"Z", Form::LargeBytes}, {"tdD", Form::Days},
        {"tts", Form::Time32},  {"ttm", Form::Time32}, {"ttu", Form::Time64},   {"ttn", Form::Time64},
        {"+l", Form::List}};
    if (const auto found = forms.find(format); found != forms.end())
        m_form = found->second;
    const auto unitAt = format.size() >= 3 ? format[2] : 'm';
    m_ticksPerSecond = unitAt == 's' ? 1 : unitAt == 'u' ? 1000000 : unitAt == 'n' ? 1000000000 : 1000;
    if (format.starts_with("ts")) {
        m_form = Form::Moment;
        m_utc = format.size() > 4;
    }
    if (m_form == Form::List && schema.n_children == 1)
        m_member = std::make_shared<ArrowColumn>(*schema.children[0]);
}

void ArrowColumn::appendText(std::span<const char> bytes, Column &to)
{
    to.appendText(textOf(bytes.data(), qsizetype(bytes.size())));
}

QVariant ArrowColumn::moment(std::int64_t ticks) const
{
    const auto milliseconds = m_ticksPerSecond >= 1000 ? ticks / (m_ticksPerSecond / 1000) : ticks * 1000;
    const auto utc = QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC);
    return m_utc ? utc : QDateTime(utc.date(), utc.time()); // without a zone, the clock at the place
}

void ArrowColumn::append(const ArrowArray &array, std::int64_t row, Column &to)
{
    if (!isPresent(array, row)) {
        to.appendNull();
        return;
    }
    switch (m_form) {
    case Form::Boolean:
        to.appendNumber(bitAt(array.buffers[1], row + array.offset));
        break;
    case Form::Int8:
        to.appendNumber(at<std::int8_t>(array, row));
        break;
    case Form::UInt8:
        to.appendNumber(at<std::uint8_t>(array, row));
        break;
    case Form::Int16:
        to.appendNumber(at<std::int16_t>(array, row));
        break;
    case Form::UInt16:
        to.appendNumber(at<std::uint16_t>(array, row));
        break;
    case Form::Int32:
        to.appendNumber(at<std::int32_t>(array, row));
        break;
    case Form::UInt32:
        to.appendNumber(at<std::uint32_t>(array, row));
        break;
    case Form::Int64:
        to.appendNumber(double(at<std::int64_t>(array, row)));
        break;
    case Form::UInt64:
        to.appendNumber(double(at<std::uint64_t>(array, row)));
        break;
    case Form::Float:
        to.appendNumber(double(at<float>(array, row)));
        break;
    case Form::Double:
        to.appendNumber(at<double>(array, row));
        break;
    case Form::Text:
        appendText(slice<std::int32_t>(array, row), to);
        break;
    case Form::LargeText:
        appendText(slice<std::int64_t>(array, row), to);
        break;
    case Form::Days:
        to.append(QDate(1970, 1, 1).addDays(at<std::int32_t>(array, row)));
        break;
    case Form::Moment:
        to.append(moment(at<std::int64_t>(array, row)));
        break;
    case Form::Time32:
        to.append(QTime(0, 0).addMSecs(int(at<std::int32_t>(array, row) * (1000 / m_ticksPerSecond))));
        break;
    case Form::Time64:
        to.append(QTime(0, 0).addMSecs(int(at<std::int64_t>(array, row) / (m_ticksPerSecond / 1000))));
        break;
    case Form::List: {
        if (!m_member) {
            to.appendNull();
            break;
        }
        const auto *offsets = static_cast<const std::int32_t *>(array.buffers[1]) + array.offset + row;
        Column members;
        members.field.type =
            m_member->m_form == Form::Text || m_member->m_form == Form::LargeText ? FieldType::Text : FieldType::Real;
        QStringList texts;
        for (auto i = offsets[0]; i < offsets[1]; ++i) {
            m_member->append(*array.children[0], i, members);
            texts.append(members.value(members.size() - 1).toString());
        }
        to.appendText(texts.join(", "_L1));
        break;
    }
    case Form::Bytes:
    case Form::LargeBytes: // nothing that a style could use
    case Form::Other:
        to.appendNull();
    }
}

} // namespace hanseatlas
