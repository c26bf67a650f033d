// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measurepage.h"

#include "layers/measures/duties.h"
#include "layers/measures/governance.h"
#include "layers/measures/measurejson.h"
#include "widgets/look/card.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/measures/askdialog.h"
#include "widgets/measures/entrylist.h"
#include "widgets/measures/measuredelegate.h"
#include "widgets/measures/measurework.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedLayout>
#include <QStyle>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QString titleOf(const QString &key)
{
    const auto *field = measureField(key);
    return field ? fieldTitle(*field) : key;
}

QString dateText(const QDate &date)
{
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : QString();
}

/** Wheels scroll the page; they never change a value that only happens to lie under the mouse. */
class KeepsWheel final : public QObject
{
public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Wheel && !static_cast<QWidget *>(watched)->hasFocus()) {
            event->ignore();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }
};

Result<QDate> dateFrom(const QString &text)
{
    if (text.trimmed().isEmpty())
        return QDate();
    const auto date = QLocale().toDate(text.trimmed(), QLocale::ShortFormat, 2000);
    if (!date.isValid())
        return failure(ErrorKind::Invalid, MeasurePage::tr("“%1” is no date.").arg(text.left(40)));
    return date;
}

QStringList listFrom(const QString &text)
{
    QStringList list;
    for (const auto &part : text.split(u';', Qt::SkipEmptyParts)) {
        if (const auto entry = part.trimmed(); !entry.isEmpty())
            list.append(entry);
    }
    return list;
}

} // namespace

MeasurePage::MeasurePage(MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_stack(new QStackedLayout(this))
{
    m_stack->addWidget(new EmptyState(u"table"_s, tr("No measure is chosen"),
                                      tr("Choose one to read it, to report on it or to change it.")));
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(space::large, space::large, space::large, space::large);
    m_column->setSpacing(space::medium);
    createHead();
    createStatus();
    createReports();
    createBasics();
    createWeights();
    createLists();
    createPlaceAndAttachments();
    m_column->addStretch(1);
    scroll->setWidget(content);
    m_stack->addWidget(scroll);
    auto *wheel = new KeepsWheel(this);
    for (auto *editor : findChildren<QAbstractSpinBox *>()) {
        editor->setFocusPolicy(Qt::StrongFocus);
        editor->installEventFilter(wheel);
    }
    for (auto *editor : findChildren<QComboBox *>()) {
        editor->setFocusPolicy(Qt::StrongFocus);
        editor->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        editor->setMinimumContentsLength(10);
        editor->installEventFilter(wheel);
    }
    scroll->setMinimumWidth(content->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent)
                            + space::small);
    connect(&work, &MeasureWork::reset, this, &MeasurePage::refresh);
    connect(&work, &MeasureWork::currentChanged, this, [this, scroll] {
        scroll->ensureVisible(0, 0);
        refresh();
    });
    connect(&work, &MeasureWork::changed, this, [this](const QString &number) {
        if (number == m_work.current())
            refresh();
    });
    refresh();
}

const Measure *MeasurePage::measure() const
{
    const auto *stored = m_work.find(m_work.current());
    return stored ? &stored->measure : nullptr;
}

void MeasurePage::createHead()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(space::tiny);
    m_number = label({}, Type::Strong);
    m_fieldDot = label(u"●"_s);
    m_fieldTitle = secondaryLabel({});
    m_fieldTitle->setTextFormat(Qt::PlainText);
    line->addWidget(m_number);
    line->addSpacing(space::small);
    line->addWidget(m_fieldDot);
    line->addWidget(m_fieldTitle, 1);
    m_column->addLayout(line);
    m_title = label({}, Type::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(m_title);
}

void MeasurePage::addRow(QFormLayout *form, const QString &key, const QString &title, QWidget *editor)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *problem = label({}, Type::Caption);
    problem->setTextFormat(Qt::PlainText);
    problem->setWordWrap(true);
    problem->hide();
    column->addWidget(editor);
    column->addWidget(problem);
    editor->setAccessibleName(title);
    editor->setObjectName(key);
    m_rows.insert(key, {editor, problem});
    form->addRow(title, box);
    auto *head = static_cast<QLabel *>(form->labelForField(box));
    head->setForegroundRole(QPalette::PlaceholderText);
    head->setMinimumHeight(controlHeight); // on a line with the field
    head->setBuddy(editor);
}

QLineEdit *MeasurePage::lineRow(QFormLayout *form, const QString &key, const QString &title, const QString &hint)
{
    auto *line = new QLineEdit;
    line->setPlaceholderText(hint);
    addRow(form, key, title, line);
    connect(line, &QLineEdit::editingFinished, this, [this, key] { commit(key); });
    return line;
}

namespace
{

QFormLayout *formIn(Card *card)
{
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setHorizontalSpacing(space::medium);
    form->setVerticalSpacing(space::small);
    card->content()->addLayout(form);
    return form;
}

} // namespace

void MeasurePage::createStatus()
{
    auto *card = new Card(tr("Status"));
    m_status = label({});
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    card->content()->addWidget(m_status);
    auto *form = formIn(card);
    auto *stage = new QWidget;
    auto *line = new QHBoxLayout(stage);
    line->setContentsMargins(0, 0, 0, 0);
    m_stageTitle = label({});
    m_stageTitle->setTextFormat(Qt::PlainText);
    m_stageTitle->setWordWrap(true);
    m_step = new QPushButton(tr("Next step…"));
    m_step->setObjectName(u"nextStep"_s);
    connect(m_step, &QPushButton::clicked, this, [this] { askStep(); });
    line->addWidget(m_stageTitle, 1);
    line->addWidget(m_step);
    addRow(form, u"governance"_s, tr("Governance stage"), stage);
    auto *phase = new QComboBox;
    for (int i = 0; i < phaseCount; ++i)
        phase->addItem(phaseTitle(MeasurePhase(i)));
    addRow(form, u"phase"_s, titleOf(u"phase"_s), phase);
    connect(phase, &QComboBox::activated, this, [this] { commit(u"phase"_s); });
    auto *progress = new QSpinBox;
    progress->setRange(-1, 100);
    progress->setSpecialValueText(tr("not reported"));
    progress->setSuffix(tr(" %"));
    progress->setKeyboardTracking(false);
    addRow(form, u"progress"_s, tr("Progress"), progress);
    connect(progress, &QSpinBox::editingFinished, this, [this] { commit(u"progress"_s); });
    m_column->addWidget(card);
}

void MeasurePage::createReports()
{
    m_reports = new EntryList(titleOf(u"reports"_s), {tr("Report"), tr("By"), tr("On")},
                              tr("No report yet. The strategy itself does not tell how far this measure is."));
    connect(m_reports->addButton(u"plus"_s, tr("Report…")), &QAction::triggered, this, &MeasurePage::askReport);
    m_column->addWidget(m_reports);
}

void MeasurePage::createBasics()
{
    auto *card = new Card(tr("Measure"));
    auto *form = formIn(card);
    lineRow(form, u"title"_s, titleOf(u"title"_s));
    auto *description = new QPlainTextEdit;
    description->setTabChangesFocus(true);
    description->setFixedHeight(96);
    description->installEventFilter(this);
    addRow(form, u"description"_s, titleOf(u"description"_s), description);
    auto *field = new QComboBox;
    field->addItem(tr("none"), 0);
    for (const auto &one : m_work.facts().fields)
        field->addItem(u"%1 %2"_s.arg(one.number).arg(one.title), one.number);
    addRow(form, u"field"_s, titleOf(u"field"_s), field);
    connect(field, &QComboBox::activated, this, [this] { commit(u"field"_s); });
    lineRow(form, u"parent"_s, titleOf(u"parent"_s), tr("number of a measure"));
    auto *lead = new QComboBox;
    lead->setEditable(true);
    lead->setInsertPolicy(QComboBox::NoInsert);
    addRow(form, u"lead"_s, titleOf(u"lead"_s), lead);
    connect(lead, &QComboBox::activated, this, [this] { commit(u"lead"_s); });
    connect(lead->lineEdit(), &QLineEdit::editingFinished, this, [this] { commit(u"lead"_s); });
    const auto several = tr("several with semicolons");
    lineRow(form, u"partners"_s, titleOf(u"partners"_s), several);
    lineRow(form, u"concepts"_s, titleOf(u"concepts"_s), several);
    lineRow(form, u"resolutions"_s, titleOf(u"resolutions"_s), several);
    auto *kind = new QComboBox;
    kind->addItem(tr("not stated"), QString());
    for (const auto &one : m_work.facts().classes)
        kind->addItem(one.title, one.id);
    addRow(form, u"class"_s, titleOf(u"class"_s), kind);
    connect(kind, &QComboBox::activated, this, [this] { commit(u"class"_s); });
    const auto format = tr("open, or a date: %1").arg(QLocale().dateFormat(QLocale::ShortFormat));
    lineRow(form, u"start"_s, titleOf(u"start"_s), format);
    lineRow(form, u"end"_s, titleOf(u"end"_s), format);
    lineRow(form, u"budget"_s, titleOf(u"budget"_s), tr("not stated"));
    m_column->addWidget(card);
}

void MeasurePage::createWeights()
{
    auto *card = new Card(tr("Goals and dimensions"));
    auto *form = formIn(card);
    const auto add = [this, form](const StrategyTopic &topic, const QString &key) {
        auto *weight = new QDoubleSpinBox;
        weight->setRange(0, 1000);
        weight->setDecimals(2);
        weight->setSingleStep(0.5);
        weight->setSpecialValueText(tr("does not serve it"));
        weight->setKeyboardTracking(false);
        weight->setAccessibleName(topic.title);
        weight->setObjectName(topic.id);
        auto *title = secondaryLabel(topic.title);
        title->setWordWrap(true);
        title->setToolTip(topic.note.toHtmlEscaped());
        form->addRow(title, weight);
        m_weights.insert(topic.id, weight);
        connect(weight, &QDoubleSpinBox::editingFinished, this, [this, key] { commit(key); });
    };
    for (const auto &goal : m_work.facts().goals)
        add(goal, u"goals"_s);
    for (const auto &dimension : m_work.facts().dimensions)
        add(dimension, u"dimensions"_s);
    m_column->addWidget(card);
}

void MeasurePage::setProblem(const QString &key, const QString &text)
{
    const auto row = m_rows.value(key);
    if (!row.problem) {
        if (!text.isEmpty())
            emit refused(text);
        return;
    }
    row.problem->setText(text);
    row.problem->setVisible(!text.isEmpty());
    auto colours = row.problem->palette();
    colours.setColor(QPalette::WindowText, tokens().error);
    row.problem->setPalette(colours);
}

QString MeasurePage::problemOf(const QString &field) const
{
    const auto row = m_rows.value(field);
    return row.problem ? row.problem->text() : QString();
}

bool MeasurePage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && watched == m_rows.value(u"description"_s).editor)
        commit(u"description"_s);
    return QWidget::eventFilter(watched, event);
}

void MeasurePage::commit(const QString &key)
{
    const auto *before = m_filling ? nullptr : measure();
    if (!before || !m_work.isWritable())
        return;
    auto after = *before;
    if (const auto taken = take(key, after); !taken)
        return setProblem(key, taken.error().what);
    save(after, key, tr("Change “%1” of %2").arg(titleOf(key), after.number));
}

/** Only what this change has made wrong is in the way; an older fault elsewhere must not forbid an edit. */
bool MeasurePage::save(const Measure &after, const QString &key, const QString &text)
{
    const auto *before = measure();
    if (!before)
        return false;
    for (const auto &finding : findingsOf(after, m_work.facts())) {
        if (finding.field == key) {
            setProblem(key, finding.text);
            return false;
        }
    }
    if (const auto saved = m_work.edit(Measure(*before), after, text); !saved) {
        setProblem(key, saved.error().what);
        emit refused((saved.error().what + u' ' + saved.error().hint).trimmed());
        return false;
    }
    setProblem(key, {});
    return true;
}

Status MeasurePage::take(const QString &key, Measure &m) const
{
    auto *editor = m_rows.value(key).editor;
    const auto line = [editor] { return static_cast<QLineEdit *>(editor)->text().trimmed(); };
    const auto choice = [editor] { return static_cast<QComboBox *>(editor)->currentData(); };
    const auto date = [&line](QDate &place) -> Status {
        const auto read = dateFrom(line());
        if (!read)
            return std::unexpected(read.error());
        place = *read;
        return {};
    };
    if (key == "title"_L1)
        m.title = line();
    else if (key == "description"_L1)
        m.description = static_cast<QPlainTextEdit *>(editor)->toPlainText();
    else if (key == "field"_L1)
        m.field = choice().toInt();
    else if (key == "parent"_L1) {
        m.parent = line();
        if (!m.parent.isEmpty() && !m_work.find(m.parent))
            return failure(ErrorKind::Invalid, tr("There is no measure “%1”.").arg(m.parent.left(40)));
    } else if (key == "lead"_L1)
        m.lead = static_cast<QComboBox *>(editor)->currentText().trimmed();
    else if (key == "partners"_L1)
        m.partners = listFrom(line());
    else if (key == "concepts"_L1)
        m.concepts = listFrom(line());
    else if (key == "resolutions"_L1)
        m.resolutions = listFrom(line());
    else if (key == "class"_L1)
        m.measureClass = choice().toString();
    else if (key == "start"_L1)
        return date(m.start);
    else if (key == "end"_L1)
        return date(m.end);
    else if (key == "phase"_L1)
        m.phase = MeasurePhase(static_cast<QComboBox *>(editor)->currentIndex());
    else if (key == "progress"_L1) {
        const int value = static_cast<QSpinBox *>(editor)->value();
        m.progress = value < 0 ? std::nullopt : std::optional(value);
    } else if (key == "budget"_L1) {
        bool fine = true;
        const auto text = line().remove(u'€').trimmed();
        const double euros = text.isEmpty() ? 0 : QLocale().toDouble(text, &fine);
        if (!fine || std::abs(euros) > 1e12)
            return failure(ErrorKind::Invalid, tr("“%1” is no amount of money.").arg(text.left(40)));
        m.budgetCents = text.isEmpty() ? std::nullopt : std::optional(qint64(std::llround(euros * 100)));
    } else {
        auto &weights = key == "goals"_L1 ? m.goals : m.dimensions;
        for (const auto &topic : key == "goals"_L1 ? m_work.facts().goals : m_work.facts().dimensions) {
            if (const double weight = m_weights.value(topic.id)->value(); weight > 0)
                weights[topic.id] = weight;
            else
                weights.remove(topic.id);
        }
    }
    return {};
}

void MeasurePage::refresh()
{
    const auto *m = measure();
    m_stack->setCurrentIndex(m ? 1 : 0);
    if (!m)
        return;
    const QScopedValueRollback filling(m_filling, true);
    m_number->setText(m->number);
    m_title->setText(m->title);
    const auto *field = m_work.facts().field(m->field);
    m_fieldTitle->setText(field ? u"%1 %2"_s.arg(field->number).arg(field->title) : tr("Without field of action"));
    auto colours = m_fieldDot->palette();
    colours.setColor(QPalette::WindowText, fieldColour(m->field));
    m_fieldDot->setPalette(colours);
    for (const auto &row : std::as_const(m_rows)) {
        row.editor->setEnabled(m_work.isWritable());
        row.problem->clear();
        row.problem->hide();
    }
    fillStatus(*m);
    fillBasics(*m);
    fillLists(*m);
    m_shown = m->number;
    readHistory();
}

bool MeasurePage::keepsTyped(const QString &key, bool isTyping, const QString &typed, const QString &stored)
{
    if (!isTyping || typed == stored || m_shown != m_work.current())
        return false;
    setProblem(key,
               tr("Somebody else has changed this meanwhile: “%1”. What you write here takes its place.")
                   .arg(stored.simplified().left(80)));
    return true;
}

void MeasurePage::fillStatus(const Measure &m)
{
    const auto *report = newestReport(m);
    QString text =
        report ? tr("Last report of %1.").arg(dateText(report->at.toLocalTime().date())) : tr("No report yet.");
    if (isOverdue(m, m_work.today()))
        text += u' ' + tr("Overdue.");
    m_status->setText(text);
    const auto *stage = m_work.facts().stage(m.stage());
    m_stageTitle->setText(stage                     ? stage->title
                              : m.stage().isEmpty() ? tr("Not reported: the strategy does not tell it.")
                                                    : m.stage());
    m_stageTitle->setToolTip(stage ? stage->note.toHtmlEscaped() : QString());
    m_step->setEnabled(m_work.isWritable() && !nextStages(m, m_work.facts()).isEmpty());
    static_cast<QComboBox *>(m_rows.value(u"phase"_s).editor)->setCurrentIndex(int(m.phase));
    static_cast<QSpinBox *>(m_rows.value(u"progress"_s).editor)->setValue(m.progress.value_or(-1));
}

void MeasurePage::fillBasics(const Measure &m)
{
    const auto line = [this](const char *key, const QString &text) {
        auto *editor = static_cast<QLineEdit *>(m_rows.value(QLatin1StringView(key)).editor);
        if (keepsTyped(QLatin1StringView(key), editor->hasFocus() && editor->isModified(), editor->text(), text))
            return;
        if (editor->text() != text) {
            editor->setText(text);
            editor->setCursorPosition(0);
        }
        editor->setModified(false);
    };
    const auto separator = u"; "_s;
    line("title", m.title);
    line("parent", m.parent);
    line("partners", m.partners.join(separator));
    line("concepts", m.concepts.join(separator));
    line("resolutions", m.resolutions.join(separator));
    line("start", dateText(m.start));
    line("end", dateText(m.end));
    line("budget", m.budgetCents ? QLocale().toString(double(*m.budgetCents) / 100, 'f', 2) : QString());
    auto *description = static_cast<QPlainTextEdit *>(m_rows.value(u"description"_s).editor);
    const bool isTyping = description->hasFocus() && description->document()->isModified();
    if (!keepsTyped(u"description"_s, isTyping, description->toPlainText(), m.description)) {
        if (description->toPlainText() != m.description)
            description->setPlainText(m.description);
        description->document()->setModified(false);
    }
    const auto choose = [this](const char *key, const QVariant &value) {
        auto *box = static_cast<QComboBox *>(m_rows.value(QLatin1StringView(key)).editor);
        box->setCurrentIndex(std::max(0, box->findData(value)));
    };
    choose("field", m.field);
    choose("class", m.measureClass);
    auto *lead = static_cast<QComboBox *>(m_rows.value(u"lead"_s).editor);
    lead->clear();
    lead->addItems(m_work.leads());
    lead->setCurrentText(m.lead);
    lead->lineEdit()->setCursorPosition(0);
    for (auto it = m_weights.cbegin(); it != m_weights.cend(); ++it) {
        it.value()->setValue(m.goals.value(it.key(), m.dimensions.value(it.key(), 0)));
        it.value()->setEnabled(m_work.isWritable());
    }
}

} // namespace hanseatlas
