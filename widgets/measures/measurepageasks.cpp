// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of a measure asks beside its fields: new measures, their end, places and attachments.
#include "widgets/measures/measurepage.h"

#include "layers/measures/measurecheck.h"
#include "layers/measures/measurenumber.h"
#include "widgets/measures/askdialog.h"
#include "widgets/measures/entrylist.h"
#include "widgets/measures/measurework.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Kind = AskDialog::Kind;
using Place = MeasurePlace::Kind;

namespace
{

/** One further than the largest of those that are part of the same measure. */
QString nextNumber(const QList<StoredMeasure> &measures, const Measure *beside)
{
    const auto parent = beside ? beside->parent : QString();
    const auto stem = !parent.isEmpty() ? parent : beside ? beside->number.section(u'.', 0, 0) : u"1"_s;
    int largest = 0;
    for (const auto &stored : measures) {
        const auto &number = stored.measure.number;
        if (number.section(u'.', 0, -2) == stem)
            largest = std::max(largest, number.section(u'.', -1).toInt());
    }
    return u"%1.%2"_s.arg(stem).arg(largest + 1);
}

/** What may be opened by the desktop: pages and files that are there, and no programs. */
QUrl openable(const QString &reference)
{
    const QUrl url(reference, QUrl::StrictMode);
    if (url.scheme() == "https"_L1 || url.scheme() == "http"_L1)
        return url;
    static const QStringList documents{u"pdf"_s,  u"odt"_s, u"ods"_s,  u"odp"_s, u"docx"_s, u"xlsx"_s, u"pptx"_s,
                                       u"txt"_s,  u"md"_s,  u"csv"_s,  u"png"_s, u"jpg"_s,  u"jpeg"_s, u"tif"_s,
                                       u"tiff"_s, u"svg"_s, u"json"_s, u"xml"_s, u"gpkg"_s, u"zip"_s};
    const QFileInfo file(url.isLocalFile() ? url.toLocalFile() : reference);
    if (file.isFile() && !file.isExecutable() && documents.contains(file.suffix().toLower()))
        return QUrl::fromLocalFile(file.absoluteFilePath());
    return {};
}

QStringList districtsOf(const QList<StoredMeasure> &measures)
{
    QStringList names;
    for (const auto &stored : measures) {
        const auto &name = stored.measure.place.district;
        if (!name.isEmpty() && !names.contains(name))
            names << name;
    }
    names.sort();
    return names;
}

} // namespace

void MeasurePage::createPlaceAndAttachments()
{
    const auto on = [this](QAction *action, auto function) { connect(action, &QAction::triggered, this, function); };
    m_place = new EntryList(tr("Place"), {tr("Where it works")}, tr("It is not stated."));
    m_column->addWidget(m_place);
    on(m_place->addButton(u"edit"_s, tr("Change…")), [this] { askPlace(); });
    on(m_place->addButton(u"pin"_s, tr("As chosen on the map")), [this] { emit placeWanted(); });
    on(m_place->addRowButton(u"zoom-to"_s, tr("Show on the map")), [this] { emit placeShown(); });
    connect(m_place, &EntryList::activated, this, [this] { emit placeShown(); });
    m_attachments = new EntryList(tr("Attachments"), {tr("Title"), tr("Where it lies")}, tr("There are none."));
    m_column->addWidget(m_attachments);
    on(m_attachments->addButton(u"plus"_s, tr("Add…")), [this] { askAttachment(); });
    on(m_attachments->addRowButton(u"remove"_s, tr("Remove")), [this] {
        auto after = *measure();
        after.attachments.removeAt(m_attachments->currentRow());
        save(after, u"attachments"_s, tr("Remove an attachment of %1").arg(after.number));
    });
    connect(m_attachments, &EntryList::activated, this, [this](int row) {
        const auto *m = measure();
        if (!m || row < 0 || row >= m->attachments.size())
            return;
        const auto url = openable(m->attachments[row].reference);
        if (url.isEmpty())
            return emit refused(tr("“%1” is not opened: it is neither a web address nor a document that is there.")
                                    .arg(m->attachments[row].reference));
        QDesktopServices::openUrl(url);
    });
}

void MeasurePage::fillPlaceAndAttachments(const Measure &m)
{
    QList<QStringList> rows;
    switch (m.place.kind) {
    case Place::None:
        break;
    case Place::WholeCity:
        rows.append({tr("The whole city")});
        break;
    case Place::District:
        rows.append({tr("Stadtteil %1").arg(m.place.district)});
        break;
    case Place::Geometry:
        rows.append({tr("A place on the map")});
        break;
    }
    m_place->setRows(std::exchange(rows, {}));
    for (const auto &one : m.attachments)
        rows.append({one.title.simplified(), one.reference.simplified()});
    m_attachments->setRows(rows);
    for (auto *list : {m_place, m_attachments})
        list->setEditable(m_work.isWritable());
}

AskDialog *MeasurePage::askPlace()
{
    const auto *m = measure();
    if (!m || !m_work.isWritable())
        return nullptr;
    const auto take = [this, number = m->number](const QVariantList &a) -> Status {
        if (!measure() || measure()->number != number)
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        const int choice = a[0].toInt();
        if (choice == 3)
            return after.place.kind == Place::Geometry
                ? Status()
                : failure(ErrorKind::Invalid, tr("Choose an object on the map first, then “As chosen on the map”."));
        after.place = {.kind = choice == 1 ? Place::WholeCity
                           : choice == 2   ? Place::District
                                           : Place::None,
                       .district = choice == 2 ? a[1].toString().simplified() : QString(),
                       .wkb = {}};
        if (choice == 2 && after.place.district.isEmpty())
            return failure(ErrorKind::Invalid, tr("Which Stadtteil is it?"));
        return m_work.edit(Measure(*measure()), after, tr("Place of %1").arg(number));
    };
    const auto districts = districtsOf(m_work.measures());
    auto *dialog = new AskDialog(
        tr("Place of measure %1").arg(m->number),
        districts.isEmpty() ? m->title
                            : tr("%1\nStadtteile of other measures: %2").arg(m->title, districts.join(u", "_s)),
        {{.label = tr("Where it works"),
          .kind = Kind::Choice,
          .value = int(m->place.kind),
          .choices = {tr("not stated"), tr("the whole city"), tr("a Stadtteil"), tr("a place on the map")}},
         {.label = tr("Stadtteil"), .value = m->place.district}},
        take, this);
    dialog->open();
    return dialog;
}

Status MeasurePage::takePlace(const QByteArray &wkb)
{
    const auto *m = measure();
    if (!m)
        return failure(ErrorKind::NotFound, tr("No measure is chosen."));
    auto after = *m;
    after.place = {.kind = Place::Geometry, .district = {}, .wkb = wkb};
    for (const auto &finding : findingsOf(after, m_work.facts())) {
        if (finding.field == "place"_L1)
            return failure(ErrorKind::Invalid, finding.text);
    }
    return m_work.edit(Measure(*m), after, tr("Place of %1").arg(m->number));
}

AskDialog *MeasurePage::askAttachment()
{
    const auto *m = measure();
    if (!m || !m_work.isWritable())
        return nullptr;
    const auto take = [this, number = m->number](const QVariantList &a) -> Status {
        auto reference = a[1].toString().trimmed();
        if (openable(reference).isEmpty())
            return failure(ErrorKind::Invalid,
                           tr("Give the address of a page (https://…) or the path of a document that is there."));
        if (!measure() || measure()->number != number)
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        const auto title = a[0].toString().simplified();
        after.attachments.append({title.isEmpty() ? QFileInfo(reference).fileName() : title, reference});
        for (const auto &finding : findingsOf(after, m_work.facts())) {
            if (finding.field == "attachments"_L1)
                return failure(ErrorKind::Invalid, finding.text);
        }
        return m_work.edit(Measure(*measure()), after, tr("Attachment of %1").arg(number));
    };
    auto *dialog =
        new AskDialog(tr("Add attachment"),
                      tr("The store keeps where it lies, not the file itself: colleagues must be able to reach it."),
                      {{.label = tr("Title")}, {.label = tr("Address or path")}}, take, this);
    dialog->open();
    return dialog;
}

AskDialog *MeasurePage::askNew()
{
    if (!m_work.isWritable())
        return nullptr;
    const auto *beside = measure();
    QStringList fields{tr("none")};
    int field = 0;
    for (const auto &one : m_work.facts().fields) {
        if (beside && beside->field == one.number)
            field = int(fields.size());
        fields << u"%1 %2"_s.arg(one.number).arg(one.title);
    }
    const auto take = [this](const QVariantList &a) -> Status {
        Measure made{.number = a[0].toString().trimmed(), .title = a[1].toString().simplified()};
        if (!MeasureNumber::parse(made.number))
            return failure(ErrorKind::Invalid, tr("“%1” is no number of a measure, such as 4.7.1.").arg(made.number));
        if (m_work.find(made.number))
            return failure(ErrorKind::Invalid, tr("There is a measure %1 already.").arg(made.number));
        if (made.title.isEmpty())
            return failure(ErrorKind::Invalid, tr("The measure needs a title."));
        if (const int choice = a[2].toInt(); choice > 0)
            made.field = m_work.facts().fields[choice - 1].number;
        if (const auto above = made.number.section(u'.', 0, -2); m_work.find(above))
            made.parent = above;
        if (const auto sound = noFindings(findingsOf(made, m_work.facts())); !sound)
            return sound;
        const auto done = m_work.apply({{createMeasure(made)}}, tr("New measure %1").arg(made.number));
        if (done)
            m_work.setCurrent(made.number);
        return done;
    };
    auto *dialog =
        new AskDialog(tr("New measure"), tr("All else is entered in its page."),
                      {{.label = tr("Number"), .value = nextNumber(m_work.measures(), beside)},
                       {.label = tr("Title")},
                       {.label = tr("Field of action"), .kind = Kind::Choice, .value = field, .choices = fields}},
                      take, this);
    dialog->open();
    return dialog;
}

QMessageBox *MeasurePage::askRemove()
{
    const auto *m = measure();
    if (!m || !m_work.isWritable())
        return nullptr;
    const auto number = m->number;
    if (std::ranges::any_of(m_work.measures(), [&](const auto &one) { return one.measure.parent == number; })) {
        emit refused(tr("Measure %1 has parts: remove those first.").arg(number));
        return nullptr;
    }
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Remove measure"),
        tr("Remove measure %1, “%2”? Its history stays, and it can be taken back with undo.").arg(number, m->title),
        QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->addButton(tr("Remove"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, this, [this, number] {
        const auto *stored = m_work.find(number);
        if (!stored)
            return;
        const auto done =
            m_work.apply({{removeMeasure(stored->measure, stored->version)}}, tr("Remove measure %1").arg(number));
        if (!done)
            emit m_work.failed(done.error());
    });
    question->open();
    return question;
}

} // namespace hanseatlas
