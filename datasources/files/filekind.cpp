// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/filekind.h"

#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <cpl_vsi.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Reader = FileKind::Reader;
constexpr int headSize = 64 * 1024;

bool starts(const QByteArray &head, QByteArrayView magic, qsizetype at = 0)
{
    return head.size() >= at + magic.size() && QByteArrayView(head).sliced(at, magic.size()) == magic;
}

/** Pictures and grids by their first bytes. */
FileKind byPictureMagic(const QByteArray &head)
{
    using namespace std::string_view_literals;
    const bool tiff =
        starts(head, "II*\0"sv) || starts(head, "MM\0*"sv) || starts(head, "II+\0"sv) || starts(head, "MM\0+"sv);
    if (tiff)
        return {.reader = Reader::Raster, .format = u"GeoTIFF"_s, .drivers = {u"GTiff"_s}};
    if (starts(head, "\x89PNG\r\n\x1a\n"))
        return {.reader = Reader::Raster, .format = u"PNG"_s, .drivers = {u"PNG"_s}};
    if (starts(head, "\xff\xd8\xff"))
        return {.reader = Reader::Raster, .format = u"JPEG"_s, .drivers = {u"JPEG"_s}};
    if (starts(head, "RIFF") && starts(head, "WEBP", 8))
        return {.reader = Reader::Raster, .format = u"WebP"_s, .drivers = {u"WEBP"_s}};
    if (starts(head, "\0\0\0\x0cjP  \r\n\x87\n"sv))
        return {.reader = Reader::Raster, .format = u"JPEG 2000"_s, .drivers = {u"JP2OpenJPEG"_s}};
    return {};
}

FileKind byDataMagic(const QByteArray &head, const QString &suffix)
{
    using namespace std::string_view_literals;
    if (starts(head, "SQLite format 3\0"sv)) {
        const auto application = head.mid(68, 4);
        if (application.startsWith("GP") || suffix == "gpkg"_L1)
            return {.reader = Reader::Both, .format = u"GeoPackage"_s, .drivers = {u"GPKG"_s}};
        if (application == "MPBX" || suffix == "mbtiles"_L1)
            return {.reader = Reader::Both, .format = u"MBTiles"_s, .drivers = {u"MBTiles"_s}};
        return {.reader = Reader::Vector, .format = u"SpatiaLite"_s, .drivers = {u"SQLite"_s}};
    }
    if (starts(head,
               "fgb\x03"
               "fgb"))
        return {.reader = Reader::Vector,
                .format = u"FlatGeobuf"_s,
                .drivers = {u"FlatGeobuf"_s},
                .openOptions = {u"VERIFY_BUFFERS=YES"_s}};
    if (starts(head, "\0\0\x27\x0a"sv) && suffix != "shx"_L1)
        return {.reader = Reader::Vector, .format = u"Shapefile"_s, .drivers = {u"ESRI Shapefile"_s}};
    if (starts(head, "PK\x05\x06")) // a zip with nothing in it
        return {.reader = Reader::Archive, .format = FileTexts::tr("ZIP archive")};
    if (starts(head, "PK\x03\x04")) {
        if (suffix == "kmz"_L1)
            return {.reader = Reader::Vector, .format = u"KMZ"_s, .drivers = {u"LIBKML"_s}, .cheapToReopen = false};
        return {.reader = Reader::Archive, .format = FileTexts::tr("ZIP archive")};
    }
    if (suffix == "dbf"_L1 && !head.isEmpty() && (head[0] == '\x03' || head[0] == '\x83' || head[0] == '\x8b'))
        return {.reader = Reader::Vector, .format = u"dBASE"_s, .drivers = {u"ESRI Shapefile"_s}};
    return byPictureMagic(head);
}

Result<FileKind> xmlKind(const QByteArray &head, const QString &name)
{
    const auto root = rootElement(head);
    if (root.isEmpty())
        return failure(ErrorKind::Malformed,
                       FileTexts::tr("“%1” is damaged: the file ends before its content begins.").arg(name),
                       FileTexts::tr("Fetch the file again."));
    if (root == "kml")
        return FileKind{
            .reader = Reader::Vector, .format = u"KML"_s, .drivers = {u"LIBKML"_s, u"KML"_s}, .cheapToReopen = false};
    if (root == "gpx")
        return FileKind{.reader = Reader::Vector, .format = u"GPX"_s, .drivers = {u"GPX"_s}, .cheapToReopen = false};
    if (root.compare("html", Qt::CaseInsensitive) == 0)
        return failure(
            ErrorKind::Unsupported, FileTexts::tr("“%1” is a web page and holds no geodata.").arg(name),
            FileTexts::tr(
                "Perhaps a server sent a page with a message instead of the data. Look at it in a web browser."));
    if (root.endsWith("ExceptionReport"))
        return failure(ErrorKind::Unsupported,
                       FileTexts::tr("“%1” holds a server's error message instead of data.").arg(name),
                       FileTexts::tr("Fetch the file from the server again."), QString::fromUtf8(head.left(2000)));
    if (root.endsWith("Capabilities"))
        return failure(ErrorKind::Unsupported,
                       FileTexts::tr("“%1” describes what a service offers and holds no geodata itself.").arg(name),
                       FileTexts::tr("Add the service by its address."), u"root element: "_s + QString::fromUtf8(root));
    if (root == "schema")
        return failure(ErrorKind::Unsupported,
                       FileTexts::tr("“%1” describes how objects are built and holds none itself.").arg(name),
                       FileTexts::tr("Open the file with the objects, or add the service by its address."));
    if (root == "StyledLayerDescriptor")
        return failure(ErrorKind::Unsupported, FileTexts::tr("“%1” holds a style and no geodata.").arg(name));
    if (head.contains("opengis.net/gml"))
        return FileKind{.reader = Reader::Vector,
                        .format = u"GML"_s,
                        .drivers = {u"GML"_s},
                        .openOptions = {u"WRITE_GFS=NO"_s, u"DOWNLOAD_SCHEMA=NO"_s, u"USE_SCHEMA_IMPORT=NO"_s,
                                        u"FORCE_SRS_DETECTION=YES"_s, u"GML_ATTRIBUTES_TO_OGR_FIELDS=NO"_s},
                        .cheapToReopen = false};
    return failure(ErrorKind::Unsupported, FileTexts::tr("“%1” is XML, but of no kind that holds geodata.").arg(name),
                   {}, u"root element: "_s + QString::fromUtf8(root));
}

/** Three or four numbers and nothing else. */
bool isPlace(QString line, bool decimalComma)
{
    static const QRegularExpression cut(u"[\\s,;]+"_s), wider(u"[\\s;]+"_s);
    const auto cells = line.split(decimalComma ? wider : cut, Qt::SkipEmptyParts);
    return cells.size() >= 3 && cells.size() <= 4 && std::all_of(cells.begin(), cells.end(), [&](QString cell) {
               bool ok = false;
               (decimalComma ? cell.replace(u',', u'.') : cell).toDouble(&ok);
               return ok;
           });
}

/** Rows of at least three numbers and nothing else. */
bool isNumbersOnly(const QByteArray &head)
{
    auto lines = head.split('\n');
    if (lines.size() > 1)
        lines.removeLast(); // may be cut
    int rows = 0;
    for (const auto &line : lines.first(std::min<qsizetype>(lines.size(), 50))) {
        const auto text = QString::fromLatin1(line).simplified();
        if (text.isEmpty())
            continue;
        if (!isPlace(text, false) && !isPlace(text, true))
            return false;
        ++rows;
    }
    return rows >= 2;
}

FileKind jsonKind(const QByteArray &trimmed)
{
    if (trimmed.startsWith('['))
        return {.reader = Reader::Objects, .format = u"JSON"_s, .cheapToReopen = false};
    return {.reader = Reader::Vector,
            .format = u"GeoJSON"_s,
            .drivers = {u"GeoJSON"_s, u"GeoJSONSeq"_s, u"TopoJSON"_s, u"ESRIJSON"_s},
            .openOptions = {u"FEATURE_SERVER_PAGING=NO"_s},
            .cheapToReopen = false};
}

Result<FileKind> textKind(const QByteArray &head, const QString &name, const QString &suffix)
{
    auto trimmed = head.startsWith("\xef\xbb\xbf") ? head.mid(3).trimmed() : head.trimmed();
    if (trimmed.startsWith('{') || (trimmed.startsWith('[') && !trimmed.startsWith("[Main]")))
        return jsonKind(trimmed);
    if (trimmed.startsWith('<'))
        return xmlKind(trimmed, name);
    static const QRegularExpression dxf(u"^(999\\s*\\n.*\\n\\s*)*0\\s*\\n\\s*SECTION"_s);
    if (trimmed.startsWith("AutoCAD Binary DXF"))
        return failure(ErrorKind::Unsupported,
                       FileTexts::tr("“%1” is a binary DXF drawing, which cannot be read.").arg(name),
                       FileTexts::tr("Save the drawing as text DXF."));
    if (dxf.match(QString::fromLatin1(trimmed.left(4000)).replace("\r\n"_L1, "\n"_L1)).hasMatch())
        return FileKind{.reader = Reader::Vector, .format = u"DXF"_s, .drivers = {u"DXF"_s}, .cheapToReopen = false};
    const auto first = trimmed.left(200).toLower();
    if (first.startsWith("ncols") || first.startsWith("nrows") || first.startsWith("xllc") || first.startsWith("yllc"))
        return FileKind{.reader = Reader::Raster,
                        .format = FileTexts::tr("ASCII grid"),
                        .drivers = {u"AAIGrid"_s},
                        .cheapToReopen = false};
    static const QStringList tables{u"csv"_s, u"tsv"_s, u"tab"_s, u"txt"_s, u"dat"_s, u"asc"_s, u"xyz"_s, QString()};
    if (!tables.contains(suffix))
        return failure(ErrorKind::Malformed,
                       FileTexts::tr("“%1” holds plain text and not what its ending promises.").arg(name),
                       FileTexts::tr("If it is a table, rename it to end in .csv."));
    if (isNumbersOnly(trimmed))
        return FileKind{.reader = Reader::Raster,
                        .format = FileTexts::tr("XYZ grid"),
                        .drivers = {u"XYZ"_s},
                        .cheapToReopen = false,
                        .coordinatesOnly = true};
    return FileKind{.reader = Reader::Table, .format = u"CSV"_s};
}

bool isText(const QByteArray &head)
{
    if (head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff"))
        return true; // UTF-16
    return std::none_of(head.begin(), head.end(), [](char c) {
        return c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1a';
    });
}

} // namespace

QByteArray rootElement(const QByteArray &head)
{
    qsizetype at = 0;
    while ((at = head.indexOf('<', at)) >= 0) {
        const auto rest = head.mid(at + 1, 1);
        if (head.mid(at, 4) == "<!--") {
            at = head.indexOf("-->", at);
            if (at < 0)
                return {};
            continue;
        }
        if (rest != "?" && rest != "!") {
            qsizetype end = at + 1;
            while (end < head.size() && !QByteArrayView(" \t\r\n/>").contains(head[end]))
                ++end;
            const auto name = head.mid(at + 1, end - at - 1);
            return name.mid(name.indexOf(':') + 1);
        }
        ++at;
    }
    return {};
}

const QStringList &dataSuffixes()
{
    static const QStringList suffixes{
        u"gpkg"_s, u"sqlite"_s, u"db"_s,  u"shp"_s, u"geojson"_s, u"json"_s, u"fgb"_s, u"gml"_s,     u"xml"_s, u"kml"_s,
        u"kmz"_s,  u"gpx"_s,    u"csv"_s, u"tsv"_s, u"txt"_s,     u"dxf"_s,  u"tif"_s, u"tiff"_s,    u"png"_s, u"jpg"_s,
        u"jpeg"_s, u"webp"_s,   u"jp2"_s, u"asc"_s, u"grd"_s,     u"xyz"_s,  u"dat"_s, u"mbtiles"_s, u"zip"_s};
    return suffixes;
}

const QStringList &companionSuffixes()
{
    static const QStringList suffixes{u"dbf"_s, u"shx"_s, u"prj"_s, u"cpg"_s, u"qix"_s, u"sbn"_s, u"sbx"_s,
                                      u"qpj"_s, u"qmd"_s, u"qml"_s, u"sld"_s, u"tfw"_s, u"pgw"_s, u"jgw"_s,
                                      u"wld"_s, u"ovr"_s, u"msk"_s, u"gfs"_s, u"xsd"_s};
    return suffixes;
}

Result<FileKind> fileKind(const QByteArray &head, qint64 size, const QString &name)
{
    const auto suffix = QFileInfo(name).suffix().toLower();
    if (size == 0 || head.isEmpty())
        return failure(ErrorKind::Malformed, FileTexts::tr("“%1” is empty (0 bytes).").arg(name),
                       FileTexts::tr("Perhaps copying it was interrupted. Get the file once more."));
    if (std::ranges::all_of(head, [](char c) { return c == 0; }))
        return failure(ErrorKind::Malformed, FileTexts::tr("“%1” contains nothing but zeros.").arg(name),
                       FileTexts::tr("Perhaps copying or downloading it was interrupted. Get the file once more."));
    const auto kind = byDataMagic(head, suffix);
    if (kind.reader != Reader::None)
        return kind;
    if (isText(head))
        return textKind(head, name, suffix);
    if (companionSuffixes().contains(suffix))
        return failure(ErrorKind::Unsupported, FileTexts::tr("“%1” only accompanies another file.").arg(name),
                       FileTexts::tr("Open the main file, for a Shapefile the one that ends in .shp."));
    if (dataSuffixes().contains(suffix))
        return failure(ErrorKind::Malformed,
                       FileTexts::tr("“%1” is damaged, or its content is not what its ending promises.").arg(name),
                       FileTexts::tr("Get the file once more, or open it in the program that it comes from."));
    return failure(ErrorKind::Unsupported,
                   FileTexts::tr("“%1” is of a kind that cannot be opened as a map layer.").arg(name));
}

Result<FileKind> fileKind(const QString &path, const QString &name)
{
    initGdal();
    VSILFILE *file = VSIFOpenL(path.toUtf8().constData(), "rb");
    if (!file)
        return failure(ErrorKind::NotReadable, FileTexts::tr("“%1” cannot be read.").arg(name),
                       FileTexts::tr("Check whether you have the right to read it."));
    QByteArray head(headSize, Qt::Uninitialized);
    head.resize(qsizetype(VSIFReadL(head.data(), 1, headSize, file)));
    VSIFSeekL(file, 0, SEEK_END);
    const auto size = qint64(VSIFTellL(file));
    VSIFCloseL(file);
    return fileKind(head, size, name);
}

} // namespace hanseatlas
