// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/livefeatures.h"
#include "tests/servers/servedlayers.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

/** Measures a whole layer from a real MapServer on this machine to the map, and from the store; a line a case. */
namespace
{

int failures = 0;

/** Time by the clock, and of our own processor: tells work from waiting where others use the machine as well. */
class Stopwatch
{
public:
    void start()
    {
        m_timer.start();
        m_cpu = std::clock();
    }
    double seconds() const { return double(m_timer.nsecsElapsed()) / 1e9; }
    double cpuSeconds() const { return double(std::clock() - m_cpu) / CLOCKS_PER_SEC; }

private:
    QElapsedTimer m_timer;
    std::clock_t m_cpu = 0;
};

void report(const QString &name, const Stopwatch &watch, const QString &more = {})
{
    std::printf("%-36s %7.3f s, %7.3f s of our CPU  %s\n", qPrintable(name), watch.seconds(), watch.cpuSeconds(),
                qPrintable(more));
    std::fflush(stdout);
}

/** The value, or the end. */
template <class T>
T must(Result<T> result)
{
    if (!result) {
        std::fputs(qPrintable(result.error().what + u' ' + result.error().detail + u'\n'), stderr);
        std::exit(1);
    }
    return std::move(*result);
}

struct Case {
    QString name;
    FeaturePlan plan;
};

void measure(const Case &one, HttpClient &client, int runs)
{
    for (int run = 0; run < runs; ++run) {
        const QTemporaryDir folder;
        const auto path = folder.filePath(u"store.sqlite"_s);
        auto store = must(ServiceStore::open(path));
        Stopwatch timer;
        timer.start();
        auto layer = must(LiveFeatures::open(one.plan, client, store, {}));
        const FeatureQuery query{.crs = Crs::working(), .fields = {u"hoehe"_s, u"name"_s}};
        auto set = must(layer->read(query, {}));
        report(one.name + u": server to map"_s, timer, u"%1 objects"_s.arg(set->size()));
        failures += !layer->state()->complete;
        timer.start();
        layer = must(LiveFeatures::open(one.plan, client, store, {}));
        set = must(layer->read(query, {}));
        report(one.name + u": again"_s, timer);
        layer.reset();
        store.reset();
        timer.start();
        store = must(ServiceStore::open(path));
        report(u"opening the store"_s, timer);
        timer.start();
        layer = must(LiveFeatures::open(one.plan, client, store, {}));
        set = must(layer->read(query, {}));
        report(one.name + u": store to map"_s, timer);
    }
}

FeaturePlan apiPlan(HttpClient &client, const QUrl &address)
{
    const auto get = [&](const QUrl &url) {
        return must(client.get({.url = url, .accept = {u"application/json"_s}}, {})).body;
    };
    const auto landing = must(parseOgcApiLanding(get(address), address));
    const auto collections = must(parseOgcApiCollections(get(landing.collectionsUrl), landing.collectionsUrl));
    return must(
        planOgcApi(address, landing, must(parseOgcApiConformance(get(landing.conformanceUrl))), collections.at(0)));
}

/** Another server's layer, to be measured beside other programs. */
int measureServer(const QString &address, const QString &type, int runs)
{
    HttpClient client;
    const auto url = wfsCapabilitiesUrl(QUrl(address), WfsVersion::V200);
    const auto caps = must(parseWfsCapabilities(must(client.get({.url = url}, {})).body, url));
    measure({u"WFS 2.0.0"_s, must(planWfs(caps, type))}, client, runs);
    return failures > 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"count"_s, u"Polygons to serve."_s, u"n"_s, u"50000"_s},
                       {u"runs"_s, u"How often."_s, u"n"_s, u"3"_s},
                       {u"page"_s, u"Most features that the server gives at once; 0 = all."_s, u"n"_s, u"0"_s}});
    parser.addOptions({{u"server"_s, u"Measure a WFS that is running, on this machine."_s, u"url"_s},
                       {u"type"_s, u"Its feature type."_s, u"name"_s}});
    parser.process(app);
    if (parser.isSet(u"server"_s))
        return measureServer(parser.value(u"server"_s), parser.value(u"type"_s), parser.value(u"runs"_s).toInt());
    const QTemporaryDir folder;
    test::MapServerSetup setup;
    setup.layers = {test::servedAreas(folder.filePath(u"areas.gpkg"_s), parser.value(u"count"_s).toInt())};
    setup.metadata << u"\"wfs_compute_number_matched\" \"true\" \"oga_max_limit\" \"10000\""_s;
    if (const int page = parser.value(u"page"_s).toInt(); page > 0)
        setup.maxFeatures = page;
    const test::MapServer server(setup);
    if (!server.problem().isEmpty()) {
        std::fputs(qPrintable(server.problem()), stderr);
        return 1;
    }
    HttpClient client;
    for (const auto version : {WfsVersion::V200, WfsVersion::V110}) {
        const auto url = wfsCapabilitiesUrl(server.ows(), version);
        const auto caps = must(parseWfsCapabilities(must(client.get({.url = url}, {})).body, url));
        const auto plan = must(planWfs(caps, u"flaechen"_s));
        Stopwatch timer;
        timer.start();
        auto request = plan.request;
        request.url = wfsFeatureUrl(caps, caps.types[0], {.crs = caps.types[0].defaultCrs});
        const auto answer = must(client.get(request, {}));
        report(u"WFS %1: bare download"_s.arg(versionText(version)), timer,
               u"%1 MB"_s.arg(double(answer.body.size()) / 1048576, 0, 'f', 1));
        measure({u"WFS "_s + versionText(version), plan}, client, parser.value(u"runs"_s).toInt());
    }
    measure({u"OGC API Features"_s, apiPlan(client, server.ogcApi())}, client, parser.value(u"runs"_s).toInt());
    return failures > 0;
}
