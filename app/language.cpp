// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

QString languageFor(const QString &setting)
{
    if (setting == "de"_L1 || setting == "en"_L1)
        return setting;
    const auto wanted = QLocale::system().uiLanguages();
    return !wanted.isEmpty() && wanted.front().startsWith("de"_L1) ? u"de"_s : u"en"_s;
}

void installLanguage(QCoreApplication &app, const QString &setting)
{
    const auto language = languageFor(setting);
    if (setting == language && QLocale::system().language() != QLocale(language).language())
        QLocale::setDefault(language == "de"_L1 ? QLocale(QLocale::German, QLocale::Germany)
                                                : QLocale(QLocale::English, QLocale::UnitedKingdom));
    const auto install = [&](const QString &name, const QString &folder) {
        auto *translator = new QTranslator(&app);
        if (translator->load(name, folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    if (language != "en"_L1) // Qt's own texts are English
        install(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(u"hanseatlas_"_s + language, u":/i18n"_s);
}

} // namespace hanseatlas
