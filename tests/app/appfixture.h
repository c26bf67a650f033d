// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"
#include "tests/widgets/mapfixture.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QTemporaryDir>

#include <atomic>

namespace hanseatlas::test
{

/** Opens by name: "good" has one layer with a square, "empty" none, "broken" and "bad layer" fail in their own way. */
class FakeOpener final : public SourceOpener
{
public:
    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken) const override
    {
        if (ref.location.contains(QStringLiteral("broken")))
            return failure(ErrorKind::Malformed, QStringLiteral("“broken” is no map."),
                           QStringLiteral("Ask for a whole one."));
        SourceDescription description{
            .title = QStringLiteral("Source"), .format = QStringLiteral("Test"), .layers = {}, .notes = {}};
        if (!ref.location.contains(QStringLiteral("empty")))
            description.layers.push_back(source(ref)->description());
        return description;
    }
    Result<OpenedSource> open(const SourceRef &ref, CancelToken) const override
    {
        if (ref.location.contains(QStringLiteral("throws")))
            throw std::runtime_error("a fault in a library");
        if (ref.location.contains(QStringLiteral("bad layer"))
            || (ref.location.startsWith(QStringLiteral("demo:")) && !demoReady))
            return failure(ErrorKind::NotFound, QStringLiteral("The layer has gone."));
        return OpenedSource(std::shared_ptr<const FeatureSource>(source(ref)));
    }
    static std::shared_ptr<MemorySource> source(const SourceRef &ref)
    {
        LayerDescription description{.name = QStringLiteral("blocks"), .title = QStringLiteral("Blocks")};
        description.geometryKinds = {ref.location.contains(QStringLiteral("points"))      ? GeometryKind::Point
                                         : ref.location.contains(QStringLiteral("lines")) ? GeometryKind::Line
                                                                                          : GeometryKind::Polygon};
        description.crs = Crs::working();
        description.extent = {610000, 5970000, 611000, 5971000};
        if (ref.location.contains(QStringLiteral("far")))
            description.extent = {500000, 5800000, 500100, 5800100};
        if (ref.location.contains(QStringLiteral("districts"))) {
            description.fields = {{.name = QStringLiteral("name")}};
            return std::make_shared<MemorySource>(
                description,
                std::vector<Feature>{{1, {QStringLiteral("West")}, square(610000, 5970000, 100)},
                                     {2, {QStringLiteral("Ost")}, square(610100, 5970000, 100)}});
        }
        if (ref.location.contains(QStringLiteral("parks"))) {
            description.title = QStringLiteral("Parks");
            return std::make_shared<MemorySource>(description,
                                                  std::vector<Feature>{{1, {}, square(610000, 5970000, 50)}});
        }
        const auto &e = description.extent;
        return std::make_shared<MemorySource>(description,
                                              std::vector<Feature>{{1, {}, square(e.xMin, e.yMin, e.width())}});
    }
    std::atomic_bool demoReady = true;
};

/** A session in a folder of its own. */
struct SessionStage {
    explicit SessionStage(const QString &folder = {}, std::shared_ptr<ServiceAccess> network = {})
        : paths(AppPaths::below(folder.isEmpty() ? dir.path() : folder))
    {
        auto made = std::make_unique<FakeOpener>();
        opener = made.get();
        DemoCityKeeper::Maker maker{
            .isReady = [](const QString &city) { return QFile::exists(city + QStringLiteral("/demo.json")); },
            .make = [](const QString &city, CancelToken token, const Progress &progress) -> Status {
                for (int i = 0; i < 4 && !token.stop_requested(); ++i) {
                    report(progress, i / 4.0);
                    QThread::msleep(60);
                }
                if (token.stop_requested())
                    return cancelled();
                QDir().mkpath(city);
                QFile file(city + QStringLiteral("/demo.json"));
                return file.open(QIODevice::WriteOnly) ? Status()
                                                       : failure(ErrorKind::Storage, QStringLiteral("No room."));
            }};
        session = std::make_unique<Session>(
            paths, Services{.network = std::move(network), .opener = std::move(made), .demo = std::move(maker)});
        QObject::connect(session.get(), &Session::noticed, session.get(),
                         [this](const Notice &n) { notices.append(n); });
    }
    void withDemoCity() const
    {
        QDir().mkpath(paths.demo());
        QFile file(paths.demo() + QStringLiteral("/demo.json"));
        const bool made = file.open(QIODevice::WriteOnly);
        Q_ASSERT(made);
    }
    bool start(const QStringList &files = {})
    {
        QSignalSpy started(session.get(), &Session::started);
        session->start(files, QStringLiteral("en"));
        return started.wait(20000) && QTest::qWaitFor([this] { return !session->themes().empty(); }, 20000);
    }
    QString noticeTexts() const
    {
        QStringList texts;
        for (const auto &n : notices)
            texts.append(n.text);
        return texts.join(u'|');
    }

    QTemporaryDir dir;
    AppPaths paths;
    FakeOpener *opener = nullptr;
    QList<Notice> notices;
    std::unique_ptr<Session> session;
};

} // namespace hanseatlas::test
