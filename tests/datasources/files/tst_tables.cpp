// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/files/reading.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void placesAreFoundInTheirColumns_data()
    {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<int>("epsg");
        QTest::newRow("lat, lon") << QByteArray("name,lat,lon\nA,53.86,10.68\nB,53.87,10.69\n") << 4326;
        QTest::newRow("semicolon, decimal comma")
            << QByteArray("name;Breite;Länge\nA;53,86;10,68\nB;53,87;10,69\n") << 4326;
        QTest::newRow("geogrBreite, geogrLaenge")
            << QByteArray("geogrBreite;geogrLaenge\n53,86;10,68\n53,87;10,69\n") << 4326;
        QTest::newRow("tabs") << QByteArray("lat\tlang\n53.86\t10.68\n53.87\t10.69\n") << 4326;
        QTest::newRow("east and north") << QByteArray("Ostwert;Nordwert\n611000,5;5970000,5\n611100;5970100\n")
                                        << 25832;
        QTest::newRow("x, y of UTM 32") << QByteArray("x,y\n611000.5,5970000.5\n611100,5970100\n") << 25832;
        QTest::newRow("right and high, the other way round")
            << QByteArray("Rechtswert;Hochwert\n5971900;3611100\n5971950;3611150\n") << 31467;
        QTest::newRow("comments before") << QByteArray("# Quelle: Stadt\n#\nlat,lon\n53.86,10.68\n53.87,10.69\n")
                                         << 4326;
        QTest::newRow("a block of words before")
            << QByteArray("Messstelle: Lübeck\nBetreiber: Stadt\n\nlat;lon;wert\n53,86;10,68;1\n53,87;10,69;2\n")
            << 4326;
        QTest::newRow("Latin-1") << QByteArray("stra\xdf"
                                               "e;lat;lon\nM\xfchlenstra\xdf"
                                               "e;53,86;10,68\nB;53,87;10,69\n")
                                 << 4326;
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbflat;lon\n53,86;10,68\n53,87;10,69\n") << 4326;
        QTest::newRow("Windows line ends") << QByteArray("lat;lon\r\n53,86;10,68\r\n53,87;10,69\r\n") << 4326;
        QTest::newRow("quotes") << QByteArray(
            "\"name\",\"lat\",\"lon\"\n\"A, \"\"B\"\"\nC\",\"53.86\",\"10.68\"\n\"D\",\"53.87\",\"10.69\"\n")
                                << 4326;
        QTest::newRow("WKT") << QByteArray("name;wkt\nA;POINT (611000 5970000)\nB;POINT (611100 5970100)\n") << 25832;
        QTest::newRow("WKT with its CRS")
            << QByteArray("name;geom\nA;SRID=25833;POINT (216000 5976000)\n").replace("25833;POINT", "25833;POINT")
            << 0;
        QTest::newRow("latitude and longitude that are metres")
            << QByteArray("lat;lon\n5970000;611000\n5970100;611100\n") << 25832;
    }
    void placesAreFoundInTheirColumns()
    {
        QFETCH(QByteArray, csv);
        QFETCH(int, epsg);
        if (epsg == 0)
            csv = "name,geom\nA,\"SRID=25832;POINT (611000 5970000)\"\nB,\"SRID=25832;POINT (611100 5970100)\"\n";
        writeFile(path(u"a.csv"_s), csv);
        const auto source = openVector({.location = path(u"a.csv"_s)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        QCOMPARE(d.kind, LayerKind::Vector);
        QCOMPARE(d.featureCount, 2);
        QCOMPARE(d.crs.epsg(), epsg ? epsg : 25832);
        const auto set = (*source)->read({.crs = Crs::working()}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
        QVERIFY2(Extent(600000, 5960000, 625000, 5985000).contains((*set)->extent), qPrintable(toText((*set)->extent)));
    }

    void oddPlacesAreUnderstood_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("placed");
        QTest::addColumn<QString>("note");
        const auto row = [](const char *name, const QByteArray &content, int placed, const char *note = "",
                            const QString &file = u"a.csv"_s) {
            QTest::newRow(name) << file << content << placed << QString::fromUtf8(note);
        };
        row("a bad cell in five",
            "name;x;y\na;611000;5970000\nb;611001;5970001\nc;unknown;5970002\nd;611003;5970003\ne;"
            "611004;5970004\n",
            4, "1 object(s) have no geometry");
        row("half of them bad", "name;lon;lat\na;10.68;53.86\nb;;\nc;?;?\nd;10.69;53.87\n", 2,
            "2 object(s) have no geometry");
        row("a bad shape in four",
            "name;wkt\na;POINT(611000 5970000)\nb;POINT(611001 5970000)\nc;?\nd;POINT(611000 "
            "5970003)\n",
            3, "1 object(s) have a damaged geometry");
        row("points between thousands",
            "name;rechtswert;hochwert\na;611.000,5;5.970.000,25\nb;611.001;5.970.001\nc;611.002,0;5.970.002,0\n", 3);
        row("north in the column of the east", "name;lon;lat\na;53.86;10.68\nb;53.87;10.69\n", 2,
            "the axes were swapped");
        row("numbers that are none",
            "name;x;y;v\na;611000;5970000;1.5\nb;inf;nan;2.5\nc;611002;5970002;inf\nd;NaN;"
            "5970003;-Infinity\ne;611003;5970003;3\n",
            3, "2 object(s) have no geometry");
        row("decimal comma and blanks", "611005,2 5970015,1 1,5\n611019,7 5970011,3 2,5\n611001,1 5970099,9 3,5\n", 3,
            "", u"a.xyz"_s);
        row("decimal comma and semicolon", "611005,2;5970015,1;1,5\n611019,7;5970011,3;2,5\n611001,1;5970099,9;3,5\n",
            3, "", u"a.xyz"_s);
        row("decimal comma and tabs", "611005,2\t5970015,1\t1,5\n611019,7\t5970011,3\t2,5\n611001,1\t5970099,9\t3,5\n",
            3, "", u"a.xyz"_s);
        const auto text = u"name;x;y\nMühle;611000;5970000\nBrücke;611001;5970001\n"_s;
        for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
            QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
            row(QStringConverter::nameForEncoding(encoding), encoder(text), 2);
        }
    }
    void oddPlacesAreUnderstood()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(int, placed);
        QFETCH(QString, note);
        writeFile(path(file), content);
        const auto source = openVector({.location = path(file)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        QCOMPARE(d.kind, LayerKind::Vector);
        QVERIFY2(note.isEmpty() || d.notes.join(u'\n').contains(note), qPrintable(d.notes.join(u'\n')));
        const auto set = readAll({.location = path(file)}, {.crs = Crs::working()});
        VERIFY_RESULT(set);
        QCOMPARE(int((*set)->size()), placed);
        const auto area = Extent{600000, 5900000, 640000, 6000000};
        QVERIFY2(area.contains((*set)->extent), qPrintable(toText((*set)->extent)));
        for (const auto &other : (*set)->notes)
            QCOMPARE((*set)->notes.count(other), 1);
        if (const auto *names = (*set)->column(u"name"_s); names && file == "a.csv"_L1)
            QVERIFY(!names->value(0).toString().isEmpty() && !names->value(0).toString().contains(QChar(0xfffd)));
        if (const auto *values = (*set)->column(u"v"_s)) { // infinity is no value, and no reason to call numbers texts
            QCOMPARE(values->value(0).toDouble(), 1.5);
            for (std::size_t i = 0; i < (*set)->size(); ++i)
                QVERIFY(values->value(i).isNull() || std::isfinite(values->value(i).toDouble()));
        }
    }

    void codesWithPointsStayTexts()
    {
        writeFile(path(u"a.csv"_s), "steuer;x;y\n12.345.678;611000;5970000\n22.345.678;611001;5970001\n");
        const auto set = readAll({.location = path(u"a.csv"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->column(u"steuer"_s)->value(0).toString(), u"12.345.678"_s);
    }

    void cellsKeepTheirMeaning()
    {
        writeFile(path(u"a.csv"_s),
                  "plz;nr;wert;tag;zeit;stempel;text;lat;lon\n"
                  "01067;1;-1,5;03.07.2001;03.07.2001 14:09:52;202604010010;\"a;b\";53,86;10,68\n"
                  "23552;;-;;;;;53,87;10,69\n"
                  "23554;3;-999;04.07.2001;04.07.2001 14:09;202604010020;x;;\n");
        writeFile(path(u"b.csv"_s), "Datum_stempel;v\n202604010010;1\n");
        const auto source = openVector({.location = path(u"a.csv"_s)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        const QList<FieldType> types{FieldType::Text, FieldType::Integer,  FieldType::Real,
                                     FieldType::Date, FieldType::DateTime, FieldType::Integer,
                                     FieldType::Text, FieldType::Real,     FieldType::Real};
        for (qsizetype i = 0; i < types.size(); ++i)
            QVERIFY2(d.fields[i].type == types[i], qPrintable(d.fields[i].name));
        const qint64 ids[] = {1, 2, 3};
        const auto rows = (*source)->features(ids, {}, {});
        VERIFY_RESULT(rows);
        QCOMPARE(rows->size(), 3U);
        QCOMPARE((*rows)[0].values[0], QVariant(u"01067"_s));
        QCOMPARE((*rows)[0].values[2], QVariant(-1.5));
        QCOMPARE((*rows)[0].values[3], QVariant(QDate(2001, 7, 3)));
        QCOMPARE((*rows)[0].values[4], QVariant(QDateTime(QDate(2001, 7, 3), QTime(14, 9, 52))));
        QCOMPARE((*rows)[0].values[6], QVariant(u"a;b"_s));
        for (const int missing : {1, 2, 3, 4, 5, 6})
            QVERIFY(!(*rows)[1].values[missing].isValid());
        QVERIFY(!(*rows)[2].values[2].isValid());
        QVERIFY((*rows)[2].geometry.isEmpty());
        QVERIFY(d.notes.join(u' ').contains(u"−999"_s));
        const auto other = openVector({.location = path(u"b.csv"_s)});
        QCOMPARE((*other)->description().fields[0].type, FieldType::DateTime);
        const auto set = (*source)->read({.fields = {u"wert"_s}}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
        QVERIFY((*set)->notes.join(u' ').contains("1 object(s) have no geometry"_L1));
    }

    void textIsDecodedAsItWasWritten()
    {
        writeFile(path(u"a.csv"_s),
                  "name;lat;lon\nM\xfchlenstra\xdf"
                  "e;53,86;10,68\n");
        QCOMPARE(nameOf({.location = path(u"a.csv"_s)}), u"Mühlenstraße"_s);
        QCOMPARE(openVector({.location = path(u"a.csv"_s)}).value()->description().encoding, u"ISO-8859-1"_s);
        writeFile(path(u"b.csv"_s), u"name;lat;lon\nMühlenstraße;53,86;10,68\n"_s.toUtf8());
        QCOMPARE(nameOf({.location = path(u"b.csv"_s)}), u"Mühlenstraße"_s);
        QCOMPARE(nameOf({.location = path(u"a.csv"_s), .options = {{u"encoding"_s, u"ISO-8859-1"_s}}}),
                 u"Mühlenstraße"_s);
    }

    void valuesThatDoNotFitTheirColumnAreNotLost()
    {
        QByteArray csv = "lat;lon;wert\n";
        for (int i = 0; i < 25000; ++i)
            csv += "53,86;10,68;" + QByteArray::number(i) + "\n";
        csv += "53,86;10,68;defekt\n";
        writeFile(path(u"a.csv"_s), csv);
        const auto source = openVector({.location = path(u"a.csv"_s)});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->description().featureCount, 25001);
        const qint64 ids[] = {25001};
        QCOMPARE((*source)->features(ids, {}, {}).value()[0].values[2], QVariant(u"defekt"_s));
        const auto set = (*source)->read({.fields = {u"wert"_s}}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 25001U);
    }

    void listsOfObjectsAreTables()
    {
        writeFile(
            path(u"a.json"_s),
            R"([{"name":"A","lat":53.86,"lang":10.68,"tags":["x"]},{"name":"B","lat":53.87,"lang":10.69,"extra":true}])");
        const auto set = readAll({.location = path(u"a.json"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
        QCOMPARE((*set)->crs.epsg(), 4326);
        QCOMPARE((*set)->columns.size(), 5U);
        writeFile(path(u"b.json"_s), R"([{"name":"A","lat":53.86,)");
        VERIFY_FAILS(openVector({.location = path(u"b.json"_s)}), ErrorKind::Malformed);
        writeFile(path(u"c.json"_s), "[1,2,3]");
        VERIFY_FAILS(openVector({.location = path(u"c.json"_s)}), ErrorKind::Unsupported);
    }

    void anUnclosedQuoteDoesNoHarm()
    {
        QByteArray csv = "lat;lon;text\n53,86;10,68;\"offen\n";
        csv += QByteArray("53,87;10,69;x\n").repeated(1000);
        writeFile(path(u"a.csv"_s), csv);
        const auto set = readAll({.location = path(u"a.csv"_s)});
        VERIFY_RESULT(set);
        QVERIFY((*set)->size() >= 1);
    }

private:
    QString nameOf(const SourceRef &ref) const
    {
        const auto set = readAll(ref);
        return set && (*set)->column(u"name"_s) ? (*set)->column(u"name"_s)->value(0).toString() : u"(nothing)"_s;
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
