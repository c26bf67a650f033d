// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featurecollector.h"

#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/services/servicecrs.h"
#include "datasources/xplan/axisorder.h"

#include <QDateTime>
#include <QLocale>

#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostColumns = 1000; // of which a service has a hundred at most
constexpr double farthest = 1e9; // in any unit: beyond the earth

using Kind = StoredValue::Kind;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<qint64> integerIn(QByteArrayView text)
{
    if (text.startsWith('+'))
        text = text.sliced(1);
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    return error == std::errc() && end == text.end() && !text.isEmpty() ? std::optional(value) : std::nullopt;
}

std::optional<double> realIn(QByteArrayView text)
{
    QByteArray point;
    if (text.count(',') == 1 && !text.contains('.')) { // ArcGIS in Germany
        point = text.toByteArray().replace(',', '.');
        text = point;
    }
    if (text.startsWith('+'))
        text = text.sliced(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    return error == std::errc() && end == text.end() && !text.isEmpty() && std::isfinite(value) ? std::optional(value)
                                                                                                : std::nullopt;
}

/** A number that is not a code: "00123" and "+49" are texts. */
bool isPlainNumber(QByteArrayView text)
{
    if (text.startsWith('-'))
        text = text.sliced(1);
    if (text.isEmpty() || !isDigit(text[0]))
        return false;
    return text[0] != '0' || text.size() == 1 || text[1] == '.';
}

std::optional<bool> booleanIn(QByteArrayView text)
{
    if (text == "true" || text == "1" || text == "TRUE" || text == "True")
        return true;
    if (text == "false" || text == "0" || text == "FALSE" || text == "False")
        return false;
    return std::nullopt;
}

/** "2024-05-08", also with a time zone or a time behind it, also with slashes. */
std::optional<QByteArray> dateIn(QByteArrayView text)
{
    if (text.size() < 10 || (text.size() > 10 && isDigit(text[10])))
        return {};
    auto date = text.first(10).toByteArray();
    date.replace('/', '-');
    return QDate::fromString(QString::fromLatin1(date), Qt::ISODate).isValid() ? std::optional(date) : std::nullopt;
}

bool isOnlyDate(QByteArrayView text)
{
    return text.size() >= 10 && !text.contains(':') && dateIn(text);
}

/** "", "Z", "+02:00", "+0200" or "+02" */
bool isZone(QByteArrayView zone)
{
    if (zone.isEmpty() || zone == "Z" || zone == "z")
        return true;
    if (zone[0] != '+' && zone[0] != '-')
        return false;
    const qsizetype digits = std::ranges::count_if(zone, isDigit), colons = zone.count(':');
    return (digits == 2 || digits == 4) && digits + colons + 1 == zone.size() && colons <= 1;
}

/** A date with a time, perhaps with a zone; a date alone is its midnight. By hand: QDateTime asks the system for the
 *  time zone each time, and there are millions. */
std::optional<QByteArray> momentIn(QByteArrayView text)
{
    const auto date = dateIn(text);
    if (!date || (text.size() > 10 && text[10] != 'T' && text[10] != ' '))
        return {};
    if (text.size() == 10)
        return *date + "T00:00:00";
    const auto rest = text.sliced(11);
    qsizetype clock = 0;
    while (clock < rest.size() && (isDigit(rest[clock]) || rest[clock] == ':' || rest[clock] == '.'))
        ++clock;
    const auto time = QTime::fromString(QString::fromLatin1(rest.first(clock)), Qt::ISODateWithMs);
    if (!time.isValid() || !isZone(rest.sliced(clock)))
        return {};
    return *date + 'T' + rest.toByteArray();
}

std::optional<QByteArray> timeIn(QByteArrayView text)
{
    const auto time = text.first(std::min<qsizetype>(text.size(), 8)).toByteArray();
    return QTime::fromString(QString::fromLatin1(time), Qt::ISODate).isValid() ? std::optional(time) : std::nullopt;
}

/** Both are of one kind. */
void append(Geometry &whole, const Geometry &part)
{
    const auto points = std::uint32_t(whole.points.size()), rings = std::uint32_t(whole.ringCount());
    if (whole.kind == GeometryKind::Polygon) {
        if (whole.partStarts.empty())
            whole.partStarts = {0};
        const auto starts = part.partStarts.empty() ? std::vector<std::uint32_t>{0} : part.partStarts;
        for (const auto start : starts)
            whole.partStarts.push_back(rings + start);
    }
    whole.points.insert(whole.points.end(), part.points.begin(), part.points.end());
    for (const auto end : part.ringEnds)
        whole.ringEnds.push_back(points + end);
}

bool isFinite(const Geometry &geometry)
{
    return std::ranges::all_of(geometry.points, [](PointXY p) {
        return std::isfinite(p.x) && std::isfinite(p.y) && std::abs(p.x) < farthest && std::abs(p.y) < farthest;
    });
}

} // namespace

FeatureCollector::FeatureCollector(std::vector<DeclaredField> fields, QString crs)
    : m_crsName(std::move(crs))
{
    for (auto &field : fields) {
        const auto name = field.field.name.toUtf8();
        if (m_places.contains(name) || m_columns.size() >= mostColumns)
            continue;
        m_places.insert(name, int(m_columns.size()));
        const bool known = !field.open;
        m_columns.push_back({.declared = std::move(field), .known = known});
    }
    m_values.resize(m_columns.size());
}

void FeatureCollector::beginPage()
{
    m_earlierIds.unite(m_pageIds);
    m_pageIds.clear();
}

void FeatureCollector::begin(QByteArrayView id)
{
    m_id.assign(id);
    m_geometry.reset();
    m_geometryBroken = false;
    for (auto &value : m_values) {
        value.kind = Value::Kind::None;
        value.text.resize(0);
    }
}

int FeatureCollector::column(QByteArrayView name)
{
    const auto key = QByteArray::fromRawData(name.data(), name.size());
    if (const auto found = m_places.constFind(key); found != m_places.cend())
        return *found;
    if (m_columns.size() >= mostColumns) {
        ++m_lostFields;
        return -1;
    }
    const int place = int(m_columns.size());
    m_places.insert(name.toByteArray(), place);
    m_columns.push_back({.declared = {.field = {.name = QString::fromUtf8(name)}}});
    m_values.resize(m_columns.size());
    return place;
}

FeatureCollector::Value *FeatureCollector::at(int column)
{
    return column >= 0 && column < int(m_values.size()) ? &m_values[std::size_t(column)] : nullptr;
}

void FeatureCollector::setText(int column, QByteArrayView utf8)
{
    auto *value = at(column);
    if (!value || utf8.isEmpty())
        return;
    if (value->kind == Value::Kind::Text)
        value->text += "; ";
    value->kind = Value::Kind::Text;
    value->text.append(utf8);
}

void FeatureCollector::setString(int column, QByteArrayView utf8)
{
    auto *value = at(column);
    if (!value)
        return;
    m_columns[std::size_t(column)].typed = true;
    value->kind = Value::Kind::Text;
    value->text.assign(utf8);
}

void FeatureCollector::setNumber(int column, qint64 number)
{
    if (auto *value = at(column))
        *value = {.kind = Value::Kind::Integer, .integer = number, .real = 0, .text = {}};
}

void FeatureCollector::setNumber(int column, double number)
{
    if (auto *value = at(column))
        *value = {.kind = Value::Kind::Real, .integer = 0, .real = number, .text = {}};
}

void FeatureCollector::setBoolean(int column, bool yes)
{
    if (auto *value = at(column))
        *value = {.kind = Value::Kind::Boolean, .integer = yes, .real = 0, .text = {}};
}

void FeatureCollector::setGeometry(Geometry geometry, const QString &srsName, bool broken, bool partly)
{
    m_geometryBroken |= broken;
    if (m_geometry && !m_geometry->isEmpty() && !geometry.isEmpty()) {
        const bool same = geometry.kind == m_geometry->kind && srsName == m_srsName;
        m_partly += partly || !same;
        if (same)
            append(*m_geometry, geometry);
        return;
    }
    m_partly += partly;
    m_geometry = std::move(geometry);
    m_srsName = srsName;
}

const FeatureCollector::Axes &FeatureCollector::axesFor(const QString &srsName, const Geometry &geometry)
{
    const auto &name = srsName.isEmpty() ? m_crsName : srsName;
    if (const auto found = m_axes.find(name); found != m_axes.end())
        return found->second;
    auto decision = decideAxes(name, geometry.extent(), serviceCrs(name), std::nullopt);
    // A server that overlooked which reference system it was asked for gives degrees.
    constexpr Extent degrees{-180, -90, 180, 90};
    if (srsName.isEmpty() && decision.crs.isValid() && !decision.crs.isGeographic()
        && degrees.contains(geometry.extent()))
        decision = {.crs = serviceCrs(u"OGC:CRS84"_s)};
    Axes axes{.crs = decision.crs, .swap = decision.swap, .turned = decision.turned};
    if (!m_crsKnown) {
        m_crs = decision.crs;
        m_crsKnown = true;
    } else if (!(decision.crs == m_crs)) {
        if (auto transform = Transform::create(decision.crs, m_crs))
            axes.transform = std::move(*transform);
    }
    return m_axes.emplace(name, std::move(axes)).first->second;
}

/** False: it cannot be brought to where it belongs. */
bool FeatureCollector::placed(Geometry &geometry, const QString &srsName)
{
    const auto &axes = axesFor(srsName, geometry);
    if (axes.swap)
        for (auto &p : geometry.points)
            std::swap(p.x, p.y);
    return !axes.transform || axes.transform->forward(std::span(geometry.points)) == 0;
}

void FeatureCollector::end()
{
    if (!m_id.isEmpty() && m_idsTell) {
        if (m_pageIds.contains(m_id)) {
            m_idsTell = false; // a number that means nothing
            m_earlierIds.clear();
        } else if (m_earlierIds.contains(m_id)) {
            ++m_repeated;
            return;
        }
        m_pageIds.insert(m_id);
    }
    ++m_received;
    if (m_geometry && (m_geometryBroken || !isFinite(*m_geometry))) {
        ++m_broken;
        return;
    }
    if (m_geometry && !m_geometry->isEmpty() && !placed(*m_geometry, m_srsName)) {
        ++m_broken;
        return;
    }
    m_rows.begin(m_id);
    if (m_geometry && !m_geometry->isEmpty())
        m_rows.setGeometry(*m_geometry);
    else
        ++m_withoutPlace;
    for (std::size_t i = 0; i < m_values.size(); ++i)
        addValue(int(i), m_values[i]);
}

void FeatureCollector::look(ColumnState &column, const Value &value)
{
    if (value.kind == Value::Kind::Text && value.text.isEmpty())
        return; // fits everything: some write it for what is not there
    column.any = true;
    switch (value.kind) {
    case Value::Kind::None:
        break;
    case Value::Kind::Integer:
        column.typed = true;
        column.booleans = column.dates = column.moments = false;
        break;
    case Value::Kind::Real:
        column.typed = true;
        column.integers = column.booleans = column.dates = column.moments = false;
        break;
    case Value::Kind::Boolean:
        column.typed = true;
        column.integers = column.reals = column.dates = column.moments = false;
        break;
    case Value::Kind::Text:
        column.booleans = false;
        column.reals = column.reals && !column.typed && isPlainNumber(value.text) && realIn(value.text);
        column.integers = column.integers && column.reals && integerIn(value.text);
        column.dates = column.dates && isOnlyDate(value.text);
        column.moments = column.moments && momentIn(value.text);
        break;
    }
}

StoredValue FeatureCollector::converted(ColumnState &column, const Value &value)
{
    const auto textValue = [&](const std::optional<QByteArray> &text) {
        m_scratch = text.value_or(QByteArray());
        return text ? StoredValue{.kind = Kind::Text, .bytes = m_scratch} : StoredValue();
    };
    const auto &text = value.text;
    const bool isText = value.kind == Value::Kind::Text;
    switch (column.declared.field.type) {
    case FieldType::Integer: {
        auto number = isText ? integerIn(text.trimmed()) : std::optional(value.integer);
        const auto real = isText && !number ? realIn(text.trimmed()) : std::optional(value.real);
        if ((!number || value.kind == Value::Kind::Real) && real && *real == std::floor(*real)
            && std::abs(*real) < 9e15)
            number = qint64(*real);
        else if (value.kind == Value::Kind::Real)
            number.reset();
        return number ? StoredValue{.kind = Kind::Integer, .integer = *number} : StoredValue();
    }
    case FieldType::Real: {
        const auto number = isText            ? realIn(text.trimmed())
            : value.kind == Value::Kind::Real ? std::optional(value.real)
                                              : std::optional(double(value.integer));
        return number ? StoredValue{.kind = Kind::Real, .real = *number} : StoredValue();
    }
    case FieldType::Boolean: {
        const auto yes = isText ? booleanIn(text.trimmed()) : std::optional(value.integer != 0);
        return yes ? StoredValue{.kind = Kind::Integer, .integer = *yes} : StoredValue();
    }
    case FieldType::Date:
        return isText ? textValue(dateIn(text.trimmed())) : StoredValue();
    case FieldType::DateTime:
        return isText ? textValue(momentIn(text.trimmed())) : StoredValue();
    case FieldType::Time:
        return isText ? textValue(timeIn(text.trimmed())) : StoredValue();
    case FieldType::Binary:
        m_scratch = QByteArray::fromBase64(text);
        return {.kind = Kind::Bytes, .bytes = m_scratch};
    case FieldType::Text:
        break;
    }
    if (isText)
        return {.kind = Kind::Text, .bytes = text};
    if (value.kind == Value::Kind::Boolean)
        m_scratch = value.integer != 0 ? "true" : "false";
    else if (value.kind == Value::Kind::Real)
        m_scratch = QByteArray::number(value.real, 'g', QLocale::FloatingPointShortest);
    else
        m_scratch = QByteArray::number(value.integer);
    return {.kind = Kind::Text, .bytes = m_scratch};
}

void FeatureCollector::addValue(int column, const Value &value)
{
    auto &state = m_columns[std::size_t(column)];
    if (value.kind == Value::Kind::None) {
        m_rows.add({});
        return;
    }
    const bool open = !state.known || state.declared.moment; // its type shows when all is there
    if (open) {
        look(state, value);
        StoredValue stored{.kind = Kind::Text, .bytes = value.text};
        if (value.kind == Value::Kind::Real)
            stored = {.kind = Kind::Real, .real = value.real};
        else if (value.kind != Value::Kind::Text)
            stored = {.kind = Kind::Integer, .integer = value.integer};
        m_rows.add(stored);
        return;
    }
    const auto stored = converted(state, value);
    state.unfit += stored.kind == Kind::Null;
    m_rows.add(stored);
}

FieldType FeatureCollector::guessedType(const ColumnState &column) const
{
    if (!column.any)
        return column.declared.moment ? FieldType::DateTime : column.declared.field.type;
    if (column.dates)
        return FieldType::Date;
    if (column.moments)
        return FieldType::DateTime;
    if (column.declared.moment)
        return FieldType::Text;
    if (column.typed && column.booleans)
        return FieldType::Boolean;
    if (column.integers)
        return FieldType::Integer;
    return column.reals ? FieldType::Real : FieldType::Text;
}

/** Values of a column that was not declared get the type that fits all of them. */
void FeatureCollector::settleColumn(int place)
{
    auto &column = m_columns[std::size_t(place)];
    if (column.known && !column.declared.moment)
        return;
    auto &type = column.declared.field.type;
    type = guessedType(column);
    for (qint64 row = 0; row < m_rows.size(); ++row) {
        const auto stored = m_rows.value(row, place);
        if (stored.kind == Kind::Null || (stored.kind == Kind::Text && type == FieldType::Text))
            continue;
        Value value{.kind = Value::Kind::Text};
        if (stored.kind == Kind::Integer)
            value = {.kind =
                         type == FieldType::Boolean || column.booleans ? Value::Kind::Boolean : Value::Kind::Integer,
                     .integer = stored.integer,
                     .real = 0,
                     .text = {}};
        else if (stored.kind == Kind::Real)
            value = {.kind = Value::Kind::Real, .integer = 0, .real = stored.real, .text = {}};
        else
            value.text = stored.bytes.toByteArray();
        m_rows.replace(row, place, converted(column, value));
    }
}

void FeatureCollector::addNotes(QStringList &notes) const
{
    const auto add = [&](qint64 count, auto text) {
        if (count > 0)
            notes << text(int(std::min<qint64>(count, 2'000'000'000)));
    };
    add(m_broken, [](int n) {
        return LiveFeatureTexts::tr("%n object(s) have a damaged geometry and were left out.", nullptr, n);
    });
    add(m_partly, [](int n) {
        return LiveFeatureTexts::tr("Of %n object(s) only a part of the geometry can be shown.", nullptr, n);
    });
    add(m_crsKnown ? m_withoutPlace : 0, [](int n) {
        return LiveFeatureTexts::tr("%n object(s) have no geometry and are not on the map.", nullptr, n);
    });
    add(m_repeated, [](int n) {
        return LiveFeatureTexts::tr(
            "The server gave %n object(s) again on a later page; they were taken once. Others may be missing for them.",
            nullptr, n);
    });
    add(m_lostFields > 0, [](int) { return LiveFeatureTexts::tr("The layer has more fields than can be read."); });
    for (const auto &column : m_columns)
        add(column.unfit, [&](int n) {
            return LiveFeatureTexts::tr("%n value(s) of the field “%1” are not of its type and were left out.", nullptr,
                                        n)
                .arg(column.declared.field.name);
        });
    for (const auto &[name, axes] : m_axes)
        if (axes.turned)
            notes << LiveFeatureTexts::tr("The server gives the axes of “%1” in the wrong order; this was put right.")
                         .arg(name);
}

FeatureRows FeatureCollector::finish(StoredFeatures &features)
{
    for (int i = 0; i < int(m_columns.size()); ++i)
        settleColumn(i);
    features.fields.clear();
    for (const auto &column : m_columns)
        features.fields << column.declared.field;
    features.crs = m_crsKnown ? m_crs : serviceCrs(m_crsName);
    features.received = m_received;
    addNotes(features.notes);
    return std::move(m_rows);
}

} // namespace hanseatlas
