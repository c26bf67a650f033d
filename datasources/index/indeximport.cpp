// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/index/indeximport.h"

#include "datasources/files/sheetfile.h"
#include "layers/index/indextexts.h"

#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostProblems = 1000;
constexpr qint64 largestFile = 512LL * 1024 * 1024;
constexpr int earliestYear = 1800, latestYear = 2200;

enum Column { ColumnIndicator, ColumnArea, ColumnPeriod, ColumnValue, ColumnCount };
const std::array<QStringList, ColumnCount> columnNames{
    QStringList{u"indikator"_s, u"indicator"_s, u"id"_s},
    QStringList{u"stadtteil"_s, u"gebiet"_s, u"area"_s, u"district"_s},
    QStringList{u"zeitraum"_s, u"period"_s, u"jahr"_s, u"year"_s, u"monat"_s, u"month"_s, u"datum"_s, u"date"_s},
    QStringList{u"wert"_s, u"value"_s},
};

class Reader
{
public:
    Reader(const IndexDefinition &definition, const IndexRecords &known)
    {
        for (const auto &one : definition.indicators) {
            m_indicators.insert(one.id.toLower(), &one);
            m_indicators.insert(one.title.toLower(), &one);
        }
        for (const auto &series : known.series) {
            for (const auto &point : series.points)
                m_known.emplace(std::tuple(series.indicator, series.area, point.month), point.value);
        }
        m_place.fill(-1);
    }

    Status takeHeader(const QStringList &names, const QString &file)
    {
        m_names = names;
        for (qsizetype i = 0; i < names.size(); ++i) {
            const auto name = names[i].trimmed().toLower();
            const auto column = std::ranges::find_if(
                columnNames, [&](const QStringList &alternatives) { return alternatives.contains(name); });
            if (column == columnNames.end()) {
                import.unknownColumns.append(names[i]);
                continue;
            }
            auto &place = m_place[std::size_t(column - columnNames.begin())];
            if (place >= 0)
                return failure(ErrorKind::Malformed,
                               IndexTexts::tr("“%1” has two columns of the same kind: “%2” and “%3”.")
                                   .arg(file, names[place].left(40), names[i].left(40)));
            place = i;
        }
        for (const auto column : {ColumnIndicator, ColumnPeriod, ColumnValue}) {
            if (m_place[column] < 0)
                return failure(ErrorKind::Malformed,
                               IndexTexts::tr("“%1” lacks the column “%2”.").arg(file, titleOf(column)),
                               IndexTexts::tr("A table of values has the columns %1, %2, %3 and, if need be, %4.")
                                   .arg(titleOf(ColumnIndicator), titleOf(ColumnPeriod), titleOf(ColumnValue),
                                        titleOf(ColumnArea)));
        }
        return {};
    }

    void takeRow(qint64 row, const QStringList &cells)
    {
        ++import.rows;
        const auto *one = m_indicators.value(cells[m_place[ColumnIndicator]].trimmed().toLower());
        if (!one)
            return problem(row, ColumnIndicator,
                           IndexTexts::tr("There is no indicator “%1”.").arg(cells[m_place[ColumnIndicator]].left(40)));
        if (one->source.kind == IndicatorSource::Kind::Measures || one->source.kind == IndicatorSource::Kind::Formula)
            return problem(row, ColumnIndicator, IndexTexts::tr("“%1” is worked out, not brought in.").arg(one->id));
        const auto period = cells[m_place[ColumnPeriod]].trimmed();
        const auto month = periodOfCell(period, one->period);
        if (!month)
            return problem(row, ColumnPeriod,
                           IndexTexts::tr("“%1” is no period, such as 2025, 2025-Q1 or 2025-03.").arg(period.left(40)));
        const auto cell = cells[m_place[ColumnValue]].trimmed();
        auto text = cell;
        const auto value = numberOfCell(text.remove(u'%'));
        if (!cell.isEmpty() && !value)
            return problem(row, ColumnValue, IndexTexts::tr("“%1” is no number.").arg(cell.left(40)));
        if (value && one->unit == "%"_L1 && (*value < 0 || *value > 100))
            return problem(row, ColumnValue,
                           IndexTexts::tr("“%1” is no share: it must lie between 0 and 100 %.").arg(cell.left(40)));
        auto area = m_place[ColumnArea] < 0 ? QString() : cells[m_place[ColumnArea]].trimmed();
        if (!area.isEmpty() && one->level != Indicator::Level::District)
            return problem(row, ColumnArea, IndexTexts::tr("“%1” is only known for the whole city.").arg(one->id));
        add(row, {one->id, area, *month, cell.isEmpty() ? std::nullopt : value});
    }

    IndexImport import;

private:
    static QString titleOf(Column column)
    {
        static const QStringList titles{u"Indikator"_s, u"Stadtteil"_s, u"Zeitraum"_s, u"Wert"_s};
        return titles[column];
    }

    void problem(qint64 row, Column column, const QString &text)
    {
        ++import.problemCount;
        if (import.problems.size() < mostProblems)
            import.problems.append({row, m_names[m_place[column]], text});
    }

    void add(qint64 row, const IndexDelivery::Entry &entry)
    {
        const std::tuple key(entry.indicator, entry.area, entry.month);
        if (const auto [first, isNew] = m_rowOf.emplace(key, row); !isNew)
            return problem(row, ColumnPeriod,
                           IndexTexts::tr("Row %1 has a value of the same indicator, period and area already.")
                               .arg(QLocale().toString(first->second)));
        const auto known = m_known.find(key);
        const bool isKnown = known != m_known.end();
        if (isKnown == entry.value.has_value() && (!isKnown || known->second == *entry.value)) {
            ++import.preview.unchanged;
            return;
        }
        ++(!isKnown ? import.preview.added : entry.value ? import.preview.corrected : import.preview.removed);
        import.delivery.entries.append(entry);
    }

    QHash<QString, const Indicator *> m_indicators; ///< by id and by title, in small letters
    std::map<std::tuple<QString, QString, int>, double> m_known;
    std::map<std::tuple<QString, QString, int>, qint64> m_rowOf;
    std::array<qsizetype, ColumnCount> m_place; ///< of the columns in the file; -1: not there
    QStringList m_names;
};

std::optional<int> monthFrom(int year, int month)
{
    if (year < earliestYear || year > latestYear || month < 1 || month > 12)
        return std::nullopt;
    return year * 12 + month - 1;
}

} // namespace

std::optional<int> periodOfCell(const QString &text, const QString &period)
{
    constexpr auto loose = QRegularExpression::CaseInsensitiveOption;
    static const QRegularExpression year(u"^(?<year>\\d{4})$"_s), month(u"^(?<year>\\d{4})-(?<month>\\d{1,2})$"_s),
        germanMonth(u"^(?<month>\\d{1,2})[./](?<year>\\d{4})$"_s),
        quarter(u"^(?<year>\\d{4})[- ]?Q(?<quarter>[1-4])$"_s, loose),
        germanQuarter(u"^Q? ?(?<quarter>[1-4])(\\. ?Quartal)? ?(?<year>\\d{4})$"_s, loose);
    const int needed = monthsOf(period);
    // A year is no answer to which month
    const std::pair<const QRegularExpression *, int> forms[] = {
        {&year, 12}, {&month, 1}, {&germanMonth, 1}, {&quarter, 3}, {&germanQuarter, 3}};
    for (const auto &[form, months] : forms) {
        const auto match = form->match(text);
        if (!match.hasMatch())
            continue;
        const auto number = [&match](const QString &group) { return match.captured(group).toInt(); };
        const int first = months == 12 ? 1 : months == 3 ? number(u"quarter"_s) * 3 - 2 : number(u"month"_s);
        const auto found = monthFrom(number(u"year"_s), first);
        return found && months <= needed ? std::optional(periodStart(*found, period)) : std::nullopt;
    }
    const auto day = dayOfCell(text);
    const auto found = day.isValid() ? monthFrom(day.year(), day.month()) : std::nullopt;
    return found ? std::optional(periodStart(*found, period)) : std::nullopt;
}

Result<IndexImport> previewIndexImport(const QString &path, const IndexDefinition &definition,
                                       const IndexRecords &known, const IndexOrigin &origin, const CancelToken &token,
                                       const Progress &progress)
{
    const QFileInfo info(path);
    const auto name = info.fileName();
    if (!info.exists())
        return failure(ErrorKind::NotFound, IndexTexts::tr("The file “%1” does not exist.").arg(name));
    if (!info.isFile() || !info.isReadable())
        return failure(ErrorKind::NotReadable, IndexTexts::tr("The file “%1” may not be read.").arg(name));
    const Error tooLarge{ErrorKind::TooLarge,
                         IndexTexts::tr("“%1” is too large to be read as a table of values.").arg(name),
                         IndexTexts::tr("At most %1 rows are read.").arg(QLocale().toString(mostIndexRows)),
                         {}};
    if (info.size() > largestFile)
        return std::unexpected(tooLarge);
    const auto file = openSheet(path, tooLarge,
                                {ErrorKind::Malformed,
                                 IndexTexts::tr("“%1” cannot be read as a table of values.").arg(name),
                                 IndexTexts::tr("Give it as CSV, XLSX, ODS or GeoPackage."),
                                 {}});
    if (!file)
        return std::unexpected(file.error());
    Reader reader(definition, known);
    bool isHeader = true;
    const auto read = readSheet(*file, token, progress, [&](qint64 number, const QStringList &cells) -> Status {
        if (std::exchange(isHeader, false))
            return reader.takeHeader(cells, name);
        if (number > mostIndexRows)
            return std::unexpected(tooLarge);
        reader.takeRow(number, cells);
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    reader.import.delivery.origin = origin;
    return std::move(reader.import);
}

} // namespace hanseatlas
