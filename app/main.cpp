// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"
#include "app/language.h"
#include "app/mainwindow.h"
#include "app/scriptedrun.h"
#include "app/session.h"
#include "app/startoptions.h"
#include "widgets/look/look.h"

#include <QApplication>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

look::Appearance appearanceOf(const QString &name)
{
    return name == "dark"_L1 ? look::Appearance::Dark
        : name == "light"_L1 ? look::Appearance::Light
                             : look::Appearance::System;
}

int runWindow(QApplication &app, const StartOptions &options)
{
    const auto paths = AppPaths::standard();
    Session session(paths, standardServices(paths));
    const auto language = options.language.isEmpty() ? session.settings().language : options.language;
    installLanguage(app, language);
    look::apply(app, appearanceOf(options.appearance.isEmpty() ? session.settings().appearance : options.appearance));

    MainWindow window(session);
    if (options.size.isValid())
        window.resize(options.size);
    window.show();
    // The rest once the window is on the screen.
    QMetaObject::invokeMethod(
        &session, [&] { session.start(options.files, languageFor(language)); }, Qt::QueuedConnection);
    ScriptedRun run(session, window, options);
    if (options.ends())
        run.start();
    return app.exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"hanseatlas"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HANSEATLAS_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Hanseatlas"_s);
    QGuiApplication::setDesktopFileName(u"de.luebeck.hanseatlas"_s);

    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (const auto code = runCommandLine(arguments))
        return *code;

    // Qt takes its own options out of argv, so the rest is read after it.
    QApplication app(argc, argv);
    const auto options = parseStartOptions(QCoreApplication::arguments());
    if (!options) {
        auto rest = arguments;
        installLanguage(app, takeLanguage(rest));
        return reportError(parseStartOptions(QCoreApplication::arguments()).error()); // again, in that language
    }
    return runWindow(app, *options);
}
