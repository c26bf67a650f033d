// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startoptions.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({{u"self-test"_s, u"Open the window, draw the map once, and end."_s},
                       {u"benchmark-start"_s, u"Print how long the start takes, in milliseconds, and end."_s},
                       {u"screenshot"_s, u"Save a picture of the window to <file> and end."_s, u"file"_s},
                       {u"size"_s, u"Size of the window, e.g. 1440x900."_s, u"size"_s},
                       {u"theme"_s, u"Show this theme, e.g. noise."_s, u"id"_s},
                       {u"centre"_s, u"Centre the map here, in EPSG:25832, e.g. 611600,5969900."_s, u"place"_s},
                       {u"scale"_s, u"Denominator of the map's scale, e.g. 10000."_s, u"number"_s},
                       {u"panel"_s, u"Open this panel or dialog, e.g. layers."_s, u"name"_s},
                       {u"appearance"_s, u"light or dark."_s, u"name"_s},
                       {u"language"_s, u"de or en."_s, u"name"_s}});
    parser.addPositionalArgument(u"files"_s, u"Files, folders or workspaces to open."_s, u"[files…]"_s);
}

/** The words are those of the commands without a window. */
std::unexpected<Error> usageError(const QString &what)
{
    return failure(ErrorKind::Invalid, what, QCoreApplication::translate("CommandLine", "See hanseatlas --help."));
}

Result<QSize> parseSize(const QString &text)
{
    const auto parts = text.split(u'x');
    if (parts.size() == 2) {
        const QSize size(parts[0].toInt(), parts[1].toInt());
        if (size.width() >= 100 && size.height() >= 100 && size.width() <= 20000 && size.height() <= 20000)
            return size;
    }
    return usageError(
        QCoreApplication::translate("CommandLine", "--size wants WIDTHxHEIGHT in pixels, e.g. 1920x1080."));
}

Result<PointXY> parsePlace(const QString &text)
{
    const auto parts = text.split(u',');
    bool x = false, y = false;
    const PointXY place{parts.value(0).toDouble(&x), parts.value(1).toDouble(&y)};
    if (parts.size() == 2 && x && y && std::isfinite(place.x) && std::isfinite(place.y))
        return place;
    return usageError(QCoreApplication::translate("CommandLine", "--%1 wants %2 numbers with commas between them.")
                          .arg(u"centre"_s)
                          .arg(2));
}

} // namespace

Result<StartOptions> parseStartOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    StartOptions options;
    for (const auto &name : parser.positionalArguments()) {
        const bool isUrl = name.contains("://"_L1) || name.startsWith("/vsi"_L1);
        options.files.append(isUrl ? name : QFileInfo(name).absoluteFilePath());
    }
    options.selfTest = parser.isSet(u"self-test"_s);
    options.benchmark = parser.isSet(u"benchmark-start"_s);
    options.screenshot = parser.value(u"screenshot"_s);
    options.theme = parser.value(u"theme"_s);
    options.panel = parser.value(u"panel"_s);
    options.appearance = parser.value(u"appearance"_s);
    options.language = parser.value(u"language"_s);
    if (parser.isSet(u"size"_s)) {
        const auto size = parseSize(parser.value(u"size"_s));
        if (!size)
            return std::unexpected(size.error());
        options.size = *size;
    }
    if (parser.isSet(u"centre"_s)) {
        const auto place = parsePlace(parser.value(u"centre"_s));
        if (!place)
            return std::unexpected(place.error());
        options.centre = *place;
    }
    if (parser.isSet(u"scale"_s)) {
        options.scale = parser.value(u"scale"_s).toDouble();
        if (!(options.scale >= 1 && options.scale <= 1e8))
            return usageError(QCoreApplication::translate("CommandLine", "--%1 wants a number from %2 to %3.")
                                  .arg(u"scale"_s)
                                  .arg(1)
                                  .arg(100'000'000));
    }
    return options;
}

} // namespace hanseatlas
