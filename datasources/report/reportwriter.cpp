// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/report/reportwriter.h"

#include "datasources/exchange/targetfile.h"
#include "datasources/measures/measureexport.h"
#include "layers/report/reporttext.h"
#include "layers/report/reporttexts.h"

#include <QAbstractTextDocumentLayout>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int resolution = 300; ///< of coordinates in the file; text stays text
constexpr double margin = 20; ///< mm

constexpr auto styleSheet = R"(
body { color: #1c2733; }
h1 { font-size: 26pt; margin-top: 160px; margin-bottom: 18px; color: #1b5583; }
h2 { font-size: 16pt; margin-top: 0; margin-bottom: 10px; color: #1b5583; }
h3 { font-size: 12pt; margin-top: 14px; margin-bottom: 6px; }
p { margin-top: 2px; margin-bottom: 8px; line-height: 125%; }
p.small { font-size: 8pt; color: #52606d; }
th { font-weight: bold; background-color: #e9edf1; }
table { margin-top: 6px; margin-bottom: 10px; border-collapse: collapse; }
td { border-bottom: 1px solid #dde3e8; }
)";

double pixels(double mm)
{
    return mm / 25.4 * resolution;
}

/** Title on the left, page on the right, below the text; not on the first page. */
void paintFooter(QPainter &painter, const QSizeF &page, const QString &title, int number, int count)
{
    if (number == 1)
        return;
    const QRectF line(pixels(margin), page.height() - pixels(15), page.width() - 2 * pixels(margin), pixels(6));
    auto font = painter.font();
    font.setPointSizeF(8);
    painter.setFont(font);
    painter.setPen(QColor(82, 96, 109));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, ReportTexts::tr("Page %1 of %2").arg(number).arg(count));
}

Status paintPages(QPdfWriter &writer, const QString &html, const QString &title, const CancelToken &token,
                  const Progress &progress)
{
    const QSizeF page(writer.width(), writer.height());
    const QSizeF body(page.width() - 2 * pixels(margin), page.height() - pixels(margin) - pixels(22));
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&writer);
    document.setDefaultStyleSheet(QString::fromLatin1(styleSheet));
    QFont font = document.defaultFont();
    font.setPointSizeF(9.5);
    document.setDefaultFont(font);
    document.setDocumentMargin(0);
    document.setHtml(html);
    document.setPageSize(body);
    const int count = document.pageCount();
    QPainter painter;
    if (!painter.begin(&writer))
        return failure(ErrorKind::Storage, ReportTexts::tr("The report cannot be written."));
    for (int number = 1; number <= count; ++number) {
        if (token.stop_requested())
            return cancelled();
        if (number > 1)
            writer.newPage();
        painter.save();
        painter.translate(pixels(margin), pixels(margin) - (number - 1) * body.height());
        const QRectF part(0, (number - 1) * body.height(), body.width(), body.height());
        painter.setClipRect(part);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = part;
        context.palette.setColor(QPalette::Text, QColor(28, 39, 51));
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        paintFooter(painter, page, title, number, count);
        report(progress, double(number) / count);
    }
    return {};
}

Status writePdfReport(const QString &path, const ReportTemplate &form, const ReportInput &input,
                      const CancelToken &token, const Progress &progress)
{
    auto target = TargetFile::create(path);
    if (!target)
        return std::unexpected(target.error());
    QFile file(target->workPath());
    if (!file.open(QIODevice::WriteOnly))
        return std::unexpected(writeError(path, file.errorString()));
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins({});
        writer.setResolution(resolution);
        writer.setTitle(form.title);
        writer.setCreator(u"Hanseatlas"_s);
        if (const auto painted = paintPages(writer, reportHtml(form, input), form.title, token, progress); !painted)
            return painted;
    }
    if (!file.flush() || file.error() != QFileDevice::NoError)
        return std::unexpected(writeError(path, file.errorString()));
    file.close();
    return target->commit();
}

Status writeJsonReport(const QString &path, const QByteArray &json)
{
    auto target = TargetFile::create(path);
    if (!target)
        return std::unexpected(target.error());
    QFile file(target->workPath());
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.flush())
        return std::unexpected(writeError(path, file.errorString()));
    file.close();
    return target->commit();
}

} // namespace

Status writeReport(const QString &path, const ReportTemplate &form, const ReportInput &input, const CancelToken &token,
                   const Progress &progress)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    if (suffix == "pdf"_L1)
        return writePdfReport(path, form, input, token, progress);
    if (suffix == "json"_L1)
        return writeJsonReport(path, reportJson(form, input));
    if (suffix == "csv"_L1)
        return exportMeasures(path, input.measures, token);
    return failure(ErrorKind::Unsupported,
                   ReportTexts::tr("A report cannot be written as “%1”.").arg(QFileInfo(path).fileName()),
                   ReportTexts::tr("Choose a name that ends in pdf, json or csv."));
}

} // namespace hanseatlas
