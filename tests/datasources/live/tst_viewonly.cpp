// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/cataloguefile.h"
#include "datasources/opener/opener.h"
#include "tests/datasources/live/livefixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

/** What a catalogue says may only be viewed, whoever brings the address. */
class TestViewOnly : public QObject
{
    Q_OBJECT
private slots:
    void aPastedAddressIsBoundLikeTheCatalogues_data()
    {
        QTest::addColumn<bool>("forbidden");
        QTest::newRow("may be stored") << false;
        QTest::newRow("may be viewed") << true;
    }
    void aPastedAddressIsBoundLikeTheCatalogues()
    {
        QFETCH(bool, forbidden);
        QTemporaryDir folder;
        PaintedWms wms;
        const auto file = folder.filePath(u"own.json"_s);
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("{\"format\": \"hanseatlas-catalogue\", \"version\": 1, \"title\": \"Test\", \"services\": ["
                  "{\"title\": \"Bodenrichtwerte\", \"type\": \"wms\", \"url\": \""
                  + wms.address().toUtf8() + "\", \"mayBeStored\": " + (forbidden ? "false" : "true") + "}]}");
        out.close();
        const auto access = accessTo(folder.path());
        const Opener opener(folder.path(), access, storingForbidden({.administrator = {}, .own = file, .sources = {}}));

        const auto pasted = wms.address() + u"?SERVICE=WMS&REQUEST=GetCapabilities"_s;
        const auto found = opener.inspect({.location = pasted}, {});
        VERIFY_RESULT(found);
        QVERIFY(found->ref);
        QCOMPARE(found->ref->options["mayBeStored"_L1].toBool(true), !forbidden);
        // So is a layer of a workspace from before the catalogue said so
        const auto opened = opener.open(wms.ref(), {});
        VERIFY_RESULT(opened);
        const auto &layer = std::get<std::shared_ptr<const RasterSource>>(*opened);
        VERIFY_RESULT(layer->read(queryOf({610000, 5970000, 612000, 5971000}, {400, 200}), {}));
        VERIFY_RESULT(access->store()->flush());
        const auto another = accessTo(folder.path()); // sees what is on the disk
        const auto kept = another->store()->datasets();
        VERIFY_RESULT(kept);
        const auto isMap = [](const StoredSize &size) { return size.dataset.layer == "heat"_L1; };
        QCOMPARE(std::ranges::any_of(*kept, isMap), !forbidden);
        QCOMPARE(opener.withoutSecrets(wms.ref()).options["mayBeStored"_L1].toBool(true), !forbidden);
    }

    void filesAndOtherServicesStayAsTheyAre()
    {
        const Opener opener({}, std::make_shared<ServiceAccess>(ServiceAccess::Options{}),
                            [](const QString &location) { return location.contains(u"forbidden"_s); });
        const SourceRef file{.location = u"/data/forbidden.gpkg"_s};
        QCOMPARE(opener.withoutSecrets(file), file);
        const SourceRef free{.provider = u"wms"_s, .location = u"http://free.example/wms"_s};
        QCOMPARE(opener.withoutSecrets(free), free);
    }
};

QTEST_GUILESS_MAIN(TestViewOnly)
#include "tst_viewonly.moc"
