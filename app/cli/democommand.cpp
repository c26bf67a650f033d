// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "datasources/demo/democity.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"force"_s, CommandLine::tr("Make it anew where there is one already.")});
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    if (parser.positionalArguments().size() != 1)
        return usageError(CommandLine::tr("demo wants one folder."));
    const auto folder = QFileInfo(parser.positionalArguments().front()).absoluteFilePath();
    if (parser.isSet(u"force"_s) || !demoCityReady(folder)) {
        const ProgressLine line(CommandLine::tr("Making the demo city in %1").arg(folder));
        if (const auto status = makeDemoCity(folder, context.token, line.callback()); !status)
            return status;
    }
    say(folder);
    return {};
}

} // namespace

const Command &demoCommand()
{
    static const Command command{
        "demo",
        "DIR",
        QT_TRANSLATE_NOOP("CommandLine", "Makes the demo city in a folder."),
        QT_TRANSLATE_NOOP(
            "CommandLine",
            "An invented Lübeck at its true place: buildings, streets, heights, noise, heat, heavy rain,\n"
            "B-plans and more. Always the same, and all of it marked as demonstration data.\n"
            "  hanseatlas demo ~/demo"),
        addOptions,
        run};
    return command;
}

} // namespace hanseatlas
