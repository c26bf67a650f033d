// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/democity.h"
#include "datasources/demo/demotexts.h"

#include "datasources/demo/city.h"
#include "datasources/demo/citywriter.h"
#include "datasources/demo/climate.h"
#include "datasources/demo/plans.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Raised whenever the city comes out differently: an older one is made anew. */
constexpr int cityVersion = 5;

QString versionFile(const QString &folder)
{
    return folder + "/demo.json"_L1;
}

std::unexpected<Error> notWritable(const QString &folder, const QString &detail)
{
    return failure(
        ErrorKind::Storage,
        DemoTexts::tr("The demo city could not be made, because nothing can be written to “%1”.").arg(folder),
        DemoTexts::tr(
            "Ask for the right to write there, or name another folder by the environment variable HANSEATLAS_HOME."),
        detail);
}

Status writeVersion(const QString &folder)
{
    QFile file(versionFile(folder));
    const auto json =
        QJsonDocument(QJsonObject{{u"version"_s, cityVersion}, {u"note"_s, u"Demonstrationsdaten, frei erfunden"_s}})
            .toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.flush())
        return failure(ErrorKind::Storage, DemoTexts::tr("The demo city could not be written to “%1”.").arg(folder), {},
                       file.errorString());
    return {};
}

/** Vectors on one thread, fields of noise, heat and rain on others. */
Status writeAll(const demo::City &city, const QString &folder, CancelToken token, const Progress &progress)
{
    std::atomic<double> vectors = 0, fields = 0;
    std::mutex telling;
    const auto tell = [&](std::atomic<double> &part, double f) {
        part = f;
        const std::scoped_lock lock(telling);
        report(progress, 0.35 + 0.3 * (vectors + fields));
    };
    Status climate;
    std::jthread other([&] { climate = demo::writeClimate(city, folder, token, [&](double f) { tell(fields, f); }); });
    auto written = demo::writePlans(city, folder + "/bplan"_L1, token);
    if (written)
        written = demo::writeCity(city, folder + "/city.gpkg"_L1, token, [&](double f) { tell(vectors, f); });
    other.join();
    return written ? climate : written;
}

/** Puts `made` where `folder` is; what was there goes only once the new one stands. */
Status moveIntoPlace(const QString &made, const QString &folder)
{
    const auto old = made + ".old"_L1;
    const bool replaces = QFileInfo::exists(folder);
    if (replaces && !QDir().rename(folder, old))
        return failure(ErrorKind::Storage,
                       DemoTexts::tr("The older demo city in “%1” could not be replaced.").arg(folder),
                       DemoTexts::tr("Is one of its files open in another program?"));
    if (!QDir().rename(made, folder)) {
        if (replaces)
            QDir().rename(old, folder);
        return failure(ErrorKind::Storage, DemoTexts::tr("The demo city could not be moved to “%1”.").arg(folder));
    }
    if (replaces)
        QDir(old).removeRecursively();
    return {};
}

} // namespace

namespace demo
{

Status growCity(City &city, CancelToken token, const Progress &progress)
{
    struct Step {
        void (*make)(City &);
        double effort; ///< share of the time, roughly
    };
    constexpr std::array<Step, 9> steps{Step{makeGround, 0.35}, {makeOldTown, 0.02},   {makeBlocks, 0.07},
                                        {makeFields, 0.36},     {makeBuildings, 0.06}, {makeLandmarks, 0.02},
                                        {makeCemeteries, 0.02}, {makeTrees, 0.05},     {makeServices, 0.05}};
    double done = 0;
    for (const auto &[make, effort] : steps) {
        if (token.stop_requested())
            return cancelled();
        make(city);
        report(progress, std::min(1.0, done += effort));
    }
    return {};
}

} // namespace demo

bool demoCityReady(const QString &folder)
{
    QFile file(versionFile(folder));
    return file.open(QIODevice::ReadOnly)
        && QJsonDocument::fromJson(file.readAll()).object()["version"_L1].toInt() == cityVersion;
}

Status makeDemoCity(const QString &folder, CancelToken token, const Progress &progress)
{
    GDALAllRegister(); // before threads ask for drivers
    const QFileInfo target(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
    if (!QDir().mkpath(target.path()))
        return notWritable(target.path(), {});
    QTemporaryDir making(target.path() + "/.democity-XXXXXX"_L1);
    if (!making.isValid())
        return notWritable(target.path(), making.errorString());
    demo::City city;
    if (auto grown = demo::growCity(city, token, [&](double f) { report(progress, 0.35 * f); }); !grown)
        return grown;
    if (auto written = writeAll(city, making.path(), token, progress); !written)
        return written;
    if (auto written = writeVersion(making.path()); !written)
        return written;
    if (token.stop_requested())
        return cancelled();
    if (auto moved = moveIntoPlace(making.path(), target.filePath()); !moved)
        return moved;
    making.setAutoRemove(false);
    report(progress, 1);
    return {};
}

} // namespace hanseatlas
