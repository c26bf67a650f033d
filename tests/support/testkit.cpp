// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

QString samplesDir()
{
    const auto set = qEnvironmentVariable("HANSEATLAS_SAMPLES");
    const QFileInfo dir(set.isEmpty() ? QStringLiteral(HANSEATLAS_SOURCE_DIR "/../shared/samples") : set);
    return dir.isDir() ? dir.canonicalFilePath() : QString();
}

QString dataFile(const QString &name)
{
    return QStringLiteral(HANSEATLAS_SOURCE_DIR "/tests/data/") + name;
}

QString expectedOf(const QString &sample)
{
    QFile file(samplesDir() + "/PROVENANCE.tsv"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd()) {
        const auto cells = QString::fromUtf8(file.readLine()).trimmed().split(u'\t');
        if (cells.size() >= 8 && cells[0] == sample)
            return cells[7];
    }
    return {};
}

QString compareGolden(const QImage &actual, const QString &name, int tolerance, double share)
{
    const auto master = QStringLiteral(HANSEATLAS_SOURCE_DIR "/tests/golden/") + name + ".png"_L1;
    if (qEnvironmentVariableIsSet("HANSEATLAS_UPDATE_GOLDEN")) {
        QDir().mkpath(QFileInfo(master).path());
        return actual.save(master) ? QString() : u"cannot write "_s + master;
    }
    const auto a = actual.convertToFormat(QImage::Format_ARGB32);
    const auto e = QImage(master).convertToFormat(QImage::Format_ARGB32);
    const auto out = QDir::currentPath() + "/golden-"_L1 + QFileInfo(name).fileName();
    if (e.isNull()) {
        a.save(out + ".actual.png"_L1);
        return u"no master "_s + master + u"; actual picture: "_s + out + ".actual.png"_L1;
    }
    if (a.size() != e.size())
        return u"%1 is %2×%3 and should be %4×%5"_s.arg(name)
            .arg(a.width())
            .arg(a.height())
            .arg(e.width())
            .arg(e.height());
    QImage diff(a.size(), QImage::Format_RGB32);
    diff.fill(Qt::white);
    qsizetype wrong = 0;
    for (int y = 0; y < a.height(); ++y) {
        const auto *p = reinterpret_cast<const QRgb *>(a.constScanLine(y));
        const auto *q = reinterpret_cast<const QRgb *>(e.constScanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            const int d = std::max({std::abs(qRed(p[x]) - qRed(q[x])), std::abs(qGreen(p[x]) - qGreen(q[x])),
                                    std::abs(qBlue(p[x]) - qBlue(q[x])), std::abs(qAlpha(p[x]) - qAlpha(q[x]))});
            if (d > tolerance) {
                ++wrong;
                diff.setPixel(x, y, qRgb(255, 0, 0));
            }
        }
    }
    if (double(wrong) <= share * double(a.width()) * a.height())
        return {};
    a.save(out + ".actual.png"_L1);
    diff.save(out + ".diff.png"_L1);
    return u"%1: %2 pixels differ; see %3.actual.png and .diff.png"_s.arg(name).arg(wrong).arg(out);
}

QString toText(const Error &error)
{
    return u"[%1] %2 | %3 | %4"_s.arg(int(error.kind)).arg(error.what, error.hint, error.detail);
}

} // namespace hanseatlas::test
