// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/measuresharing.h"
#include "datasources/index/indexstore.h"
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/measureimport.h"
#include "datasources/report/reportwriter.h"
#include "layers/index/measurevalues.h"
#include "layers/measures/measurenumber.h"
#include "layers/report/reportindex.h"
#include "layers/report/reporttemplate.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"out"_s, CommandLine::tr("Write here: a name that ends in pdf, json or csv."), u"FILE"_s});
    parser.addOption({u"template"_s, CommandLine::tr("Which parts the report has."), u"FILE"_s});
    parser.addOption({u"measures"_s,
                      CommandLine::tr("Take the measures from this file: the program's store, JSON, CSV, XLSX, ODS or "
                                      "GeoPackage. Without it: the user's own, or what the strategy says."),
                      u"FILE"_s});
    parser.addOption({u"since"_s, CommandLine::tr("List what has changed since that day."), u"YYYY-MM-DD"_s});
}

Result<QByteArray> contentOf(const QString &path)
{
    constexpr qint64 most = 256LL * 1024 * 1024;
    QFile file(path);
    if (!file.exists())
        return failure(ErrorKind::NotFound, CommandLine::tr("There is no file “%1”.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable, CommandLine::tr("“%1” cannot be read.").arg(path), {},
                       file.errorString());
    if (file.size() > most)
        return failure(ErrorKind::TooLarge, CommandLine::tr("“%1” is too large to be read.").arg(path));
    return file.readAll();
}

Result<StrategyFacts> shippedFacts()
{
    return contentOf(u":/strategy/strategy.json"_s).and_then([](const QByteArray &json) {
        return strategyFromJson(json, u"strategy.json"_s);
    });
}

/** From the store, with what has changed there. */
Status takeStore(const QString &path, ReportInput &input, const CancelToken &token)
{
    const auto store = LocalMeasureStore::open(path, input.facts);
    if (!store)
        return std::unexpected(store.error());
    const auto read = (*store)->read(token, {});
    if (!read)
        return std::unexpected(read.error());
    for (const auto &stored : *read)
        input.measures.append(stored.measure);
    input.measuresSource = CommandLine::tr("the store of measures, %1").arg(QFileInfo(path).fileName());
    const auto changes =
        (*store)->history({.since = input.since.isValid() ? input.since.startOfDay() : QDateTime()}, token);
    if (!changes)
        return std::unexpected(changes.error());
    input.changes = *changes;
    return {};
}

Status takeFile(const QString &path, ReportInput &input, const CancelToken &token)
{
    const auto preview = previewImport(path, {}, input.facts, token, {});
    if (!preview)
        return std::unexpected(preview.error());
    if (!preview->isClean()) {
        const auto &first = preview->problems.first();
        return failure(
            ErrorKind::Malformed,
            CommandLine::tr("“%1” has cells that cannot be taken over; the first is in row %2, column %3: %4")
                .arg(path)
                .arg(first.row)
                .arg(first.column, first.text));
    }
    for (const auto &change : preview->changes.changes) {
        const auto measure = applied({}, change);
        if (!measure)
            return std::unexpected(measure.error());
        input.measures.append(*measure);
    }
    std::ranges::sort(input.measures, numberLess, &Measure::number);
    input.measuresSource = QFileInfo(path).fileName();
    return {};
}

Status takeShipped(ReportInput &input)
{
    const auto measures = contentOf(u":/strategy/measures.json"_s).and_then([](const QByteArray &json) {
        return measuresFromJson(json, u"measures.json"_s);
    });
    if (!measures)
        return std::unexpected(measures.error());
    input.measures = *measures;
    input.measuresSource = input.facts.title;
    return {};
}

Status takeMeasures(const QString &path, const QString &ownStore, ReportInput &input, const CancelToken &token)
{
    if (path.isEmpty())
        return QFileInfo::exists(ownStore) ? takeStore(ownStore, input, token) : takeShipped(input);
    if (!QFileInfo::exists(path))
        return failure(ErrorKind::NotFound, CommandLine::tr("There is no file “%1”.").arg(path));
    return path.endsWith(".sqlite"_L1) ? takeStore(path, input, token) : takeFile(path, input, token);
}

/** Of what is known today: the values of the user's store and those that the measures themselves give. */
Status takeIndex(const AppPaths &paths, ReportInput &input, const CancelToken &token)
{
    const auto own = paths.indicators();
    const auto path = QFileInfo::exists(own) ? own : u":/strategy/index/indicators.json"_s;
    const auto definition =
        contentOf(path).and_then([](const QByteArray &json) { return indexFromJson(json, u"indicators.json"_s); });
    if (!definition)
        return std::unexpected(definition.error());
    IndexRecords records;
    if (QFileInfo::exists(paths.index())) {
        const auto store = IndexStore::open(paths.index());
        auto read = store ? (*store)->read(token) : Result<IndexRecords>(std::unexpected(store.error()));
        if (!read)
            return std::unexpected(read.error());
        records = *std::move(read);
    }
    QStringList notes;
    const auto cube = IndexCube::of(*definition, records, input.measures, input.day, notes);
    const auto values = valuesFromCube(*definition, cube, records, monthOf(input.day), input.measuresSource);
    auto index = reportIndex(*definition, input.facts, values, notes);
    if (!index)
        return std::unexpected(index.error());
    for (const auto &note : std::as_const(notes))
        warn(note);
    input.index = *std::move(index);
    return {};
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    const auto out = parser.value(u"out"_s);
    if (out.isEmpty())
        return usageError(CommandLine::tr("report wants --out FILE."));
    const auto facts = shippedFacts();
    if (!facts)
        return std::unexpected(facts.error());
    ReportInput input{.facts = *facts, .day = QDate::currentDate(), .index = {}};
    if (parser.isSet(u"since"_s)) {
        input.since = QDate::fromString(parser.value(u"since"_s), Qt::ISODate);
        if (!input.since.isValid())
            return usageError(CommandLine::tr("--since wants a day as 2026-01-31."));
    }
    auto form = standardTemplate();
    if (const auto path = parser.value(u"template"_s); !path.isEmpty()) {
        auto read = contentOf(path).and_then(
            [&path](const QByteArray &json) { return templateFromJson(json, QFileInfo(path).fileName()); });
        if (!read)
            return std::unexpected(read.error());
        form = *std::move(read);
    }
    if (const auto taken = takeMeasures(parser.value(u"measures"_s), measuresFile(context.paths), input, context.token);
        !taken)
        return taken;
    if (const auto taken = takeIndex(context.paths, input, context.token); !taken)
        return taken;
    const ProgressLine line(CommandLine::tr("Writing %1").arg(out));
    if (const auto written = writeReport(out, form, input, context.token, line.callback()); !written)
        return written;
    say(u"%1  %2"_s.arg(out, QLocale().formattedDataSize(QFileInfo(out).size())));
    return {};
}

} // namespace

const Command &reportCommand()
{
    static const Command command{
        "report",
        "--out FILE",
        QT_TRANSLATE_NOOP("CommandLine", "Writes the report on the measures of the Digital Strategy."),
        QT_TRANSLATE_NOOP("CommandLine",
                          "As PDF for reading, as JSON or CSV for the open data portal; fit for a nightly job.\n"
                          "  hanseatlas report --out bericht.pdf --since 2026-01-01\n"
                          "  hanseatlas report --measures measures.xlsx --template klima.json --out klima.pdf"),
        addOptions,
        run};
    return command;
}

} // namespace hanseatlas
