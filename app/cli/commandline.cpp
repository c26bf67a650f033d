// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"

#include "app/cli/commands.h"
#include "app/language.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/net/keychaincredentials.h"
#include "datasources/opener/opener.h"

#include <QGuiApplication>
#include <QLocale>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

const Command *const commands[] = {&infoCommand(), &renderCommand(), &exportCommand(),
                                   &demoCommand(), &tourCommand(),   &reportCommand()};

const Command *commandOf(const QString &name)
{
    for (const auto *command : commands) {
        if (name == QLatin1StringView(command->name))
            return command;
    }
    return nullptr;
}

int exitCodeOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return exitcode::cancelled;
    case ErrorKind::NotFound:
        return exitcode::notFound;
    case ErrorKind::NotReadable:
        return exitcode::notAllowed;
    case ErrorKind::Malformed:
    case ErrorKind::Unsupported:
    case ErrorKind::TooLarge:
        return exitcode::badContent;
    case ErrorKind::Invalid:
        return exitcode::usage;
    case ErrorKind::Storage:
        return exitcode::storage;
    case ErrorKind::Network:
    case ErrorKind::Internal:
        break;
    }
    return exitcode::failure;
}

// ---- Help

void sayHelp()
{
    say(CommandLine::tr("Hanseatlas, the desktop GIS of the Hansestadt Lübeck\n"));
    say(u"  hanseatlas "_s + CommandLine::tr("[options] [files…]    opens the window"));
    for (const auto *command : commands)
        say(u"  hanseatlas %1"_s.arg(QString::fromUtf8(command->name) + u' ' + QString::fromUtf8(command->usage)));
    say(CommandLine::tr("\nWithout a window:\n"));
    for (const auto *command : commands)
        say(u"  %1 %2"_s.arg(QString::fromUtf8(command->name), -8).arg(CommandLine::tr(command->summary)));
    say(CommandLine::tr(
        "\n“hanseatlas COMMAND --help” explains each. Its results go to the standard output, one a line; "
        "messages go to the standard error.\n"));
    say(CommandLine::tr("Of the window:\n\n"
                        "  --theme ID              show this theme map\n"
                        "  --centre X,Y --scale N  look there (EPSG:25832), for --screenshot\n"
                        "  --size WxH              size of the window\n"
                        "  --language de|en        language of the window and of all messages\n"
                        "  --appearance light|dark\n"
                        "  --screenshot FILE       save a picture of the window and end\n"
                        "  --self-test             open the window, draw once and end\n"
                        "  --version               print the version\n"));
    say(CommandLine::tr("Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 not found, 4 not allowed, 5 damaged or "
                        "unsupported content,\n"
                        "6 could not be written (disk full, file in use), 130 ended by Ctrl+C.\n"));
    say(CommandLine::tr("HANSEATLAS_HOME names a folder for settings and data, instead of the user's usual ones."));
}

void sayHelp(const Command &command, const QCommandLineParser &parser)
{
    say(u"hanseatlas %1 %2\n\n%3\n\n%4\n"_s.arg(QString::fromUtf8(command.name), QString::fromUtf8(command.usage),
                                                CommandLine::tr(command.summary), CommandLine::tr(command.text)));
    const auto text = parser.helpText();
    say(text.mid(text.indexOf(QCoreApplication::translate("QCommandLineParser", "Options:"))).trimmed());
}

// ---- Ctrl+C

std::atomic<bool> interrupted = false; // lock-free, so a signal handler may set it

/** Stops the token soon after Ctrl+C, so that nothing half is left behind. */
class InterruptWatch
{
public:
    InterruptWatch()
        : m_before(std::signal(SIGINT, [](int) { interrupted = true; }))
        , m_thread([this](const std::stop_token &end) {
            while (!end.stop_requested()) {
                if (interrupted)
                    m_stop.request_stop();
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
        })
    {
    }
    ~InterruptWatch() { std::signal(SIGINT, m_before); }
    InterruptWatch(const InterruptWatch &) = delete;
    InterruptWatch &operator=(const InterruptWatch &) = delete;
    CancelToken token() const { return m_stop.get_token(); }

private:
    void (*m_before)(int);
    std::stop_source m_stop;
    std::jthread m_thread;
};

// ---- Running

int runCommand(const Command &command, const QStringList &arguments, const QString &language)
{
    QCommandLineParser parser;
    parser.addOption({{u"h"_s, u"help"_s}, CommandLine::tr("Explain this command.")});
    command.addOptions(parser);
    if (!parser.parse(arguments))
        return reportError({.kind = ErrorKind::Invalid,
                            .what = parser.errorText(),
                            .hint = CommandLine::tr("See hanseatlas %1 --help.").arg(QString::fromUtf8(command.name))});
    if (parser.isSet(u"help"_s)) {
        sayHelp(command, parser);
        return exitcode::ok;
    }
    const InterruptWatch watch;
    QThreadPool pool;
    const auto paths = AppPaths::standard();
    const Opener opener(paths.demo(),
                        std::make_shared<ServiceAccess>(
                            ServiceAccess::Options{.storePath = paths.serviceStore(), .signInList = paths.signIns()},
                            std::make_shared<KeychainCredentials>()));
    const auto status = command.run(
        parser,
        {.paths = paths, .language = languageFor(language), .opener = opener, .pool = pool, .token = watch.token()});
    return status ? exitcode::ok : reportError(status.error());
}

void printLine(std::FILE *file, const QString &line)
{
    const auto bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), file);
    std::fflush(file);
}

} // namespace

QString takeLanguage(QStringList &arguments)
{
    const auto option = u"--language"_s;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == option && i + 1 < arguments.size()) {
            arguments.removeAt(i);
            return arguments.takeAt(i);
        }
        if (arguments[i].startsWith(option + u'='))
            return arguments.takeAt(i).mid(option.size() + 1);
    }
    return u"system"_s;
}

int reportError(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        warn(u"hanseatlas: "_s + error.what);
    if (!error.hint.isEmpty())
        warn(error.hint);
    if (!error.detail.isEmpty() && qEnvironmentVariableIsSet("HANSEATLAS_DETAILS"))
        warn(error.detail);
    return exitCodeOf(error);
}

void say(const QString &line)
{
    printLine(stdout, line);
}

void warn(const QString &line)
{
    printLine(stderr, line);
}

std::unexpected<Error> usageError(const QString &what)
{
    return failure(ErrorKind::Invalid, what, CommandLine::tr("See hanseatlas --help."));
}

struct ProgressLine::State {
    QString what;
    bool watched = false;
    std::atomic<int> percent = -1;
};

ProgressLine::ProgressLine(const QString &what)
    : m_state(std::make_shared<State>())
{
    m_state->what = what;
#ifdef Q_OS_UNIX
    m_state->watched = isatty(STDERR_FILENO) == 1;
#endif
    if (!m_state->watched)
        warn(what);
}

ProgressLine::~ProgressLine()
{
    if (m_state->watched)
        std::fputs("\n", stderr);
}

Progress ProgressLine::callback() const
{
    return [state = m_state](double done) {
        const int percent = int(done * 100);
        if (done >= 0 && state->watched && state->percent.exchange(percent) != percent) {
            const auto text = u"\r%1 %2 %"_s.arg(state->what).arg(percent, 3).toUtf8();
            std::fwrite(text.constData(), 1, std::size_t(text.size()), stderr);
        }
    };
}

std::optional<int> runCommandLine(const QStringList &arguments)
{
    auto rest = arguments;
    const auto language = takeLanguage(rest);
    const auto first = rest.value(1);
    const auto *command = commandOf(first);
    const bool help = first == "--help"_L1 || first == "-h"_L1 || first == "help"_L1;
    const bool version = first == "--version"_L1 || first == "-v"_L1;
    if (!command && !help && !version)
        return std::nullopt;

    qputenv("QT_QPA_PLATFORM", "offscreen"); // pictures and sheets need fonts, not a display
    int count = 1;
    QByteArray name = arguments.value(0).toLocal8Bit();
    char *names[] = {name.data(), nullptr};
    QGuiApplication app(count, names);
    installLanguage(app, language);
    if (version) {
        say(u"hanseatlas "_s + QCoreApplication::applicationVersion());
        return exitcode::ok;
    }
    if (help && rest.size() > 2)
        command = commandOf(rest[2]);
    if (help && command) {
        rest = {rest[0], u"--help"_s};
    } else if (help) {
        sayHelp();
        return exitcode::ok;
    } else {
        rest.removeAt(1); // what is left is for the command's parser
    }
    return runCommand(*command, rest, language);
}

} // namespace hanseatlas
