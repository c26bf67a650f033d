// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/xplan/xplansamples.h"

#include "datasources/xplan/xplanarchive.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <zip.h>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

namespace
{

QString captured(const QString &text, const QString &pattern)
{
    return QRegularExpression(pattern).match(text).captured(1);
}

} // namespace

XplanFacts factsOf(const QString &sample)
{
    const auto text = expectedOf(sample);
    XplanFacts facts;
    facts.version = captured(text, u"xplangml/(\\d/\\d)"_s).replace(u'/', u'.');
    const auto list = captured(text, u"features=\\d+: ([^|]*) \\|"_s);
    static const QRegularExpression one(u"(\\w+)×(\\d+)"_s);
    for (const auto &match : one.globalMatch(list))
        facts.classes.insert(match.captured(1), match.captured(2).toInt());
    facts.allClasses = !list.contains(u"…"_s);
    static const QRegularExpression plan(u"\\| [A-Z]{2}_Plan name=(None|'(.*?)') nummer="_s);
    for (const auto &match : plan.globalMatch(text))
        facts.planNames.append(match.captured(2));
    facts.dangling = captured(text, u"dangling=(\\d+)"_s).toInt();
    static const QRegularExpression box(
        u"coordinate extent x ([\\d.]+?)\\.\\.([\\d.]+), y ([\\d.]+?)\\.\\.([\\d.]+),"_s);
    const auto extent = box.match(text);
    facts.xMin = extent.captured(1).toDouble();
    facts.xMax = extent.captured(2).toDouble();
    facts.yMin = extent.captured(3).toDouble();
    facts.yMax = extent.captured(4).toDouble();
    static const QRegularExpression area(u"(\\w+): (\\d+)/([\\d.]+)/(\\d+)/(\\d+)( \\(arcs)?"_s);
    for (const auto &match : area.globalMatch(text.section(u"polygon area"_s, 1)))
        facts.areas.insert(match.captured(1),
                           {match.captured(2).toInt(), match.captured(3).toDouble(), match.captured(4).toInt(),
                            match.captured(5).toInt(), !match.captured(6).isEmpty()});
    return facts;
}

QByteArray gmlOf(const QString &sample)
{
    const auto path = samplesDir() + u'/' + sample;
    if (!sample.endsWith(".zip"_L1)) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QByteArray found;
    (void)readArchive(path, {u"xplan.gml"_s}, {}, -1,
                      [&](const QString &, const QByteArray &bytes) {
                          found = bytes;
                          return true;
                      },
                      {});
    return found;
}

QStringList xplanSamples()
{
    QStringList samples;
    for (const auto &name : QDir(samplesDir() + u"/xplangml"_s).entryList(QDir::Files))
        samples.append(u"xplangml/"_s + name);
    return samples;
}

void writeZip(const QString &path, const QList<std::pair<QString, QByteArray>> &members)
{
    int code = 0;
    auto *zip = zip_open(path.toUtf8().constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    for (const auto &[name, bytes] : members) {
        auto *source = zip_source_buffer(zip, bytes.constData(), zip_uint64_t(bytes.size()), 0);
        zip_file_add(zip, name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(zip);
}

} // namespace hanseatlas::test
