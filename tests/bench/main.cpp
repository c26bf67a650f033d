// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/opener/opener.h"
#include "layers/map/framecache.h"
#include "layers/map/layerloader.h"
#include "tests/bench/buildings.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

/** Measures drawing and reading; one JSON object a line, as the script that times QGIS prints: {"case": …, "seconds":
 * […]}. */
namespace
{

void report(const QString &name, const QList<double> &seconds, QJsonObject more = {})
{
    QJsonArray rounded;
    for (const double s : seconds)
        rounded << std::round(s * 1e5) / 1e5;
    more.insert("case"_L1, name);
    more.insert("seconds"_L1, rounded);
    std::puts(QJsonDocument(more).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

double secondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

/** Of all threads: tells drawing from waiting where others use the machine as well. */
double cpuSecondsOf(const std::function<void()> &work)
{
    const auto from = std::clock();
    work();
    return double(std::clock() - from) / CLOCKS_PER_SEC;
}

double residentMegabytes(const char *key)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const auto &line : file.readAll().split('\n'))
        if (line.startsWith(key))
            return line.mid(qstrlen(key)).trimmed().split(' ').front().toDouble() / 1024;
    return 0;
}

struct Bench {
    MapScene scene;
    QThreadPool pool;
    int runs = 5;
    QString saveDir;

    void sharp(const QString &name, double width)
    {
        QList<double> seconds;
        QImage image;
        for (int i = 0; i < runs; ++i)
            seconds << secondsOf(
                [&] { image = renderImage(scene, bench::viewOf(width), pool, {}).value_or(QImage()); });
        if (!saveDir.isEmpty())
            image.save(saveDir + u"/hanseatlas_"_s + name + u".png"_s);
        const double cpu =
            cpuSecondsOf([&] { image = renderImage(scene, bench::viewOf(width), pool, {}).value_or(QImage()); });
        report(name, seconds, {{"width_m"_L1, width}, {"cpu"_L1, cpu}});
    }

    /** What a pan or zoom step costs: the preview from the last frame, and the sharp picture after it. */
    void step(const QString &name, double width, const std::function<Viewport(const Viewport &)> &next)
    {
        FrameRequest request{.scene = scene, .revision = 1, .viewport = bench::viewOf(width), .last = {}};
        auto last = renderFrame(request, pool, {});
        if (!last)
            return;
        QList<double> previews, sharp;
        QImage screen(1920, 1080, QImage::Format_ARGB32_Premultiplied);
        for (int i = 0; i < 2 * runs; ++i) {
            request.viewport = alignedTo(next(request.viewport), last->viewport);
            request.last = *last;
            previews << secondsOf([&] {
                QPainter painter(&screen);
                paintPreview(painter, *last, request.viewport);
            });
            sharp << secondsOf([&] { last = renderFrame(request, pool, {}); });
            if (!last)
                return;
        }
        report(name + u" preview"_s, previews, {{"width_m"_L1, width}});
        report(name + u" sharp"_s, sharp, {{"width_m"_L1, width}});
    }
};

/** From the file to the first full picture, as when the program opens it. Returns what was read. */
FeatureSetPtr readFile(const QString &path, Bench &bench)
{
    const Opener opener{QString()};
    Layer layer;
    layer.source.location = path;
    layer.style = bench::buildingStyle();
    LayerDataPtr data;
    QString problem;
    const double reading = secondsOf([&] {
        auto read = loadLayer(layer, opener, Crs::working(), {});
        if (read)
            data = *read;
        else
            problem = read.error().what;
    });
    if (!data || !data->features) {
        std::fputs(qPrintable(problem + u'\n'), stderr);
        return {};
    }
    report(u"read file"_s, {reading}, {{"features"_L1, qint64(data->features->size())}});
    const double drawing = secondsOf([&] {
        bench.scene = bench::sceneOf(data->features, layer.style);
        (void)renderImage(bench.scene, bench::viewOf(32000), bench.pool, {});
    });
    report(u"file to first picture"_s, {reading + drawing});
    return data->features;
}

/** A label for each building in sight, 5 km wide. */
void labels(Bench &bench)
{
    auto scene = bench.scene;
    scene.layers[0].style.label.field = u"height"_s;
    QList<double> seconds;
    QImage image;
    for (int i = 0; i < bench.runs; ++i)
        seconds << secondsOf(
            [&] { image = renderImage(scene, bench::viewOf(5000), bench.pool, {}).value_or(QImage()); });
    if (!bench.saveDir.isEmpty())
        image.save(bench.saveDir + u"/hanseatlas_labels.png"_s);
    report(u"labels"_s, seconds, {{"width_m"_L1, 5000}});
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"count"_s, u"Buildings to make up where no file is given."_s, u"n"_s, u"1000000"_s},
                       {u"file"_s, u"Draw this file's buildings instead."_s, u"path"_s},
                       {u"threads"_s, u"Threads of the pool."_s, u"n"_s, QString::number(QThread::idealThreadCount())},
                       {u"runs"_s, u"How often each picture is drawn."_s, u"n"_s, u"5"_s},
                       {u"save"_s, u"Keep the pictures here."_s, u"folder"_s},
                       {u"only"_s, u"Only this case."_s, u"case"_s}});
    parser.process(app);
    Bench bench;
    bench.pool.setMaxThreadCount(parser.value(u"threads"_s).toInt());
    bench.runs = parser.value(u"runs"_s).toInt();
    bench.saveDir = parser.value(u"save"_s);
    if (!bench.saveDir.isEmpty())
        QDir().mkpath(bench.saveDir);
    FeatureSetPtr features;
    if (const auto path = parser.value(u"file"_s); !path.isEmpty()) {
        features = readFile(path, bench);
        if (!features)
            return 1;
    } else {
        report(u"make buildings"_s,
               {secondsOf([&] { features = bench::makeBuildings(parser.value(u"count"_s).toInt()); })});
    }
    bench.scene = bench::sceneOf(features, bench::buildingStyle());
    const auto only = parser.value(u"only"_s);
    auto wanted = [&](const QString &name) { return only.isEmpty() || only == name; };
    for (const auto &[name, width] :
         {std::pair(u"city"_s, 32000.0), std::pair(u"district"_s, 6000.0), std::pair(u"street"_s, 800.0)})
        if (wanted(name))
            bench.sharp(name, width);
    if (wanted(u"labels"_s))
        labels(bench);
    auto pan = [](const Viewport &view) { return view.panned({-48, -27}); };
    auto zoom = [](const Viewport &view) { return view.zoomed(1.1, {960, 540}); };
    if (wanted(u"pan"_s))
        for (const double width : {32000.0, 6000.0, 800.0})
            bench.step(u"pan"_s, width, pan);
    if (wanted(u"zoom"_s))
        for (const double width : {32000.0, 6000.0, 800.0})
            bench.step(u"zoom"_s, width, zoom);
    report(u"memory"_s, {},
           {{"features_mb"_L1, double(features->bytes()) / 1048576},
            {"resident_mb"_L1, residentMegabytes("VmRSS:")},
            {"peak_mb"_L1, residentMegabytes("VmHWM:")}});
    return 0;
}
