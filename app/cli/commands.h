// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/apppaths.h"
#include "layers/model/job.h"
#include "layers/model/source.h"

#include <QCommandLineParser>
#include <QCoreApplication>

/** @internal The jobs behind the command line. */
namespace hanseatlas
{

/** The texts of the command line. */
struct CommandLine {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

/** What all of them need. */
struct CommandContext {
    AppPaths paths;
    QString language; ///< "de" or "en"
    const SourceOpener &opener;
    QThreadPool &pool;
    CancelToken token; ///< stopped by Ctrl+C
};

struct Command {
    const char *name;
    const char *usage; ///< what comes after the name
    const char *summary; ///< one sentence; this and the next are marked for translation
    const char *text; ///< more, with examples; for --help of this command
    void (*addOptions)(QCommandLineParser &parser);
    Status (*run)(const QCommandLineParser &parser, const CommandContext &context);
};

const Command &infoCommand();
const Command &renderCommand();
const Command &exportCommand();
const Command &demoCommand();
const Command &tourCommand();
const Command &reportCommand();

/** A line to the standard output, or to the standard error where people look but scripts do not. */
void say(const QString &line);
void warn(const QString &line);

/** Shows a percentage while it lives, where someone is watching. */
class ProgressLine
{
public:
    explicit ProgressLine(const QString &what);
    ~ProgressLine();
    Progress callback() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/** Wrong arguments. */
std::unexpected<Error> usageError(const QString &what);

} // namespace hanseatlas
