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
    parser.addOption({u"force"_s, u"Make it anew where there is one already."_s});
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    if (parser.positionalArguments().size() != 1)
        return usageError(u"demo wants one folder."_s);
    const auto folder = QFileInfo(parser.positionalArguments().front()).absoluteFilePath();
    if (parser.isSet(u"force"_s) || !demoCityReady(folder)) {
        const ProgressLine line(u"Making the demo city in %1"_s.arg(folder));
        if (const auto status = makeDemoCity(folder, context.token, line.callback()); !status)
            return status;
    }
    say(folder);
    return {};
}

} // namespace

const Command &demoCommand()
{
    static const Command command{"demo",
                                 "DIR",
                                 "Makes the demo city in a folder.",
                                 "An invented Lübeck at its true place: buildings, streets, heights, noise, heat, "
                                 "heavy rain, B-plans and more. Always\n"
                                 "the same, and all of it marked as demonstration data.\n"
                                 "  hanseatlas demo ~/demo",
                                 addOptions,
                                 run};
    return command;
}

} // namespace hanseatlas
