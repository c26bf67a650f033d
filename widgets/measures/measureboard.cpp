// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measureboard.h"

#include "layers/measures/duties.h"
#include "layers/measures/governance.h"
#include "layers/measures/measuremodel.h"
#include "widgets/look/look.h"
#include "widgets/measures/measuredelegate.h"
#include "widgets/measures/measurework.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int columnWidth = 208;
constexpr int stripeWidth = 4;
constexpr int titleLines = 3;
constexpr int leadRole = Qt::UserRole + 100; // beyond those of the table

/** A card: number, title, lead; at its edge the colour of the field. All of one height. */
class CardDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        const int caption = QFontMetrics(font(Type::Caption)).height();
        return {columnWidth - 40,
                2 * caption + titleLines * QFontMetrics(font(Type::Body)).height() + 2 * space::small
                    + space::tiny * 3};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto &colours = tokens();
        const QRectF card = QRectF(option.rect).adjusted(1, 1, -1, -space::tiny - 1);
        const bool chosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(chosen ? colours.focus : colours.border, chosen ? 1.5 : 1));
        painter->setBrush(chosen ? colours.selection : colours.raised);
        painter->drawRoundedRect(card, look::radius, look::radius);
        painter->setPen(Qt::NoPen);
        painter->setBrush(fieldColour(index.data(MeasureFieldNumberRole).toInt()));
        painter->drawRoundedRect(QRectF(card.left() + 4, card.top() + 8, stripeWidth, card.height() - 16), 2, 2);
        paintTexts(*painter, card.adjusted(stripeWidth + space::small + 4, space::small, -space::small, -space::small),
                   index);
        painter->restore();
    }

private:
    /** As many lines as there is room for; long words are broken, the last line ends in "…". */
    static void paintTitle(QPainter &painter, const QRectF &box, const QString &title)
    {
        QTextLayout layout(title, font(Type::Body));
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        const QFontMetricsF metrics(layout.font());
        painter.setFont(layout.font());
        layout.beginLayout();
        double y = box.top();
        for (auto line = layout.createLine(); line.isValid() && y + metrics.height() <= box.bottom() + 1;
             line = layout.createLine(), y += metrics.height()) {
            line.setLineWidth(box.width());
            const bool last = y + 2 * metrics.height() > box.bottom() + 1;
            const auto text = last ? metrics.elidedText(title.mid(line.textStart()), Qt::ElideRight, box.width())
                                   : title.mid(line.textStart(), line.textLength());
            painter.drawText(QPointF(box.left(), y + metrics.ascent()), text);
        }
        layout.endLayout();
    }

    static void paintTexts(QPainter &painter, const QRectF &box, const QModelIndex &index)
    {
        const auto &colours = tokens();
        const auto caption = font(Type::Caption);
        const QFontMetricsF small(caption);
        painter.setFont(caption);
        painter.setPen(colours.secondary);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, index.data(MeasureNumberRole).toString());
        if (index.data(MeasureOverdueRole).toBool()) {
            painter.setPen(colours.error);
            painter.drawText(box, Qt::AlignRight | Qt::AlignTop, MeasureBoard::tr("overdue"));
            painter.setPen(colours.secondary);
        }
        painter.drawText(box, Qt::AlignLeft | Qt::AlignBottom,
                         small.elidedText(index.data(leadRole).toString(), Qt::ElideRight, box.width()));
        painter.setPen(colours.text);
        const QRectF middle = box.adjusted(0, small.height() + 2, 0, -small.height() - 2);
        paintTitle(painter, middle, index.data().toString());
    }
};

} // namespace

StageModel::StageModel(QString stage, QObject *parent)
    : QAbstractListModel(parent)
    , m_stage(std::move(stage))
{
}

void StageModel::setMeasures(QList<Measure> measures)
{
    if (measures == m_measures)
        return;
    beginResetModel();
    m_measures = std::move(measures);
    endResetModel();
}

const Measure *StageModel::measure(int row) const
{
    return row >= 0 && row < m_measures.size() ? &m_measures[row] : nullptr;
}

int StageModel::rowOf(const QString &number) const
{
    const auto it = std::ranges::find(m_measures, number, &Measure::number);
    return it == m_measures.end() ? -1 : int(it - m_measures.begin());
}

int StageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_measures.size());
}

QVariant StageModel::data(const QModelIndex &index, int role) const
{
    const auto *m = index.isValid() ? measure(index.row()) : nullptr;
    if (!m)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m->title;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return u"%1 %2\n%3"_s.arg(m->number, m->title, m->lead).toHtmlEscaped();
    case MeasureNumberRole:
        return m->number;
    case MeasureFieldNumberRole:
        return m->field;
    case MeasureOverdueRole:
        return isOverdue(*m, QDate::currentDate());
    case leadRole:
        return m->lead;
    default:
        return {};
    }
}

Qt::ItemFlags StageModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled : Qt::ItemIsDropEnabled;
}

QStringList StageModel::mimeTypes() const
{
    return {QString::fromLatin1(mimeType)};
}

QMimeData *StageModel::mimeData(const QModelIndexList &indexes) const
{
    auto *data = new QMimeData;
    if (const auto *m = indexes.isEmpty() ? nullptr : measure(indexes.first().row()))
        data->setData(QString::fromLatin1(mimeType), m->number.toUtf8());
    return data;
}

bool StageModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int, int, const QModelIndex &) const
{
    return data && data->hasFormat(QString::fromLatin1(mimeType)) && !m_stage.isEmpty();
}

bool StageModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                              const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const auto number = QString::fromUtf8(data->data(QString::fromLatin1(mimeType)));
    if (rowOf(number) < 0)
        // Not within the drop: a dialog may open
        QMetaObject::invokeMethod(this, [this, number] { emit moveWanted(number, m_stage); }, Qt::QueuedConnection);
    return false; // the view that it comes from must not take it out
}

MeasureBoard::MeasureBoard(MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
{
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(space::medium, space::small, space::medium, space::small);
    row->setSpacing(space::small);
    addColumn({}, tr("Stage not reported"), tr("The strategy does not tell where these stand."), row);
    for (const auto &stage : work.facts().stages)
        addColumn(stage.id, stage.title, stage.note, row);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(&work, &MeasureWork::reset, this, &MeasureBoard::load);
    connect(&work, &MeasureWork::changed, this, &MeasureBoard::load);
    connect(&work, &MeasureWork::currentChanged, this, &MeasureBoard::followCurrent);
}

void MeasureBoard::addColumn(const QString &stage, const QString &title, const QString &note, QHBoxLayout *layout)
{
    auto *box = new QWidget;
    box->setFixedWidth(columnWidth);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    auto *head = label(title, Type::Strong);
    head->setTextFormat(Qt::PlainText);
    head->setWordWrap(true);
    head->setToolTip(note.toHtmlEscaped());
    head->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
    head->setMinimumHeight(2 * head->fontMetrics().height()); // all columns begin at the same height
    auto *count = secondaryLabel({}, Type::Caption);
    auto *model = new StageModel(stage, this);
    auto *view = new QListView;
    view->setModel(model);
    view->setItemDelegate(new CardDelegate(view));
    view->setUniformItemSizes(true);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setDragDropMode(QAbstractItemView::DragDrop);
    view->setDefaultDropAction(Qt::MoveAction);
    view->setFrameShape(QFrame::NoFrame);
    view->viewport()->setAutoFillBackground(false);
    view->setAccessibleName(title);
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    view->installEventFilter(this);
    column->addWidget(head);
    column->addWidget(count);
    column->addWidget(view, 1);
    layout->addWidget(box);
    m_columns.append({model, view, count});
    connect(model, &StageModel::moveWanted, this, &MeasureBoard::move);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (!m_following && index.isValid())
            m_work.setCurrent(index.data(MeasureNumberRole).toString());
    });
    connect(view, &QListView::clicked, this,
            [this](const QModelIndex &index) { m_work.setCurrent(index.data(MeasureNumberRole).toString()); });
    connect(view, &QWidget::customContextMenuRequested, this, [this, view](const QPoint &at) {
        const auto index = view->indexAt(at).isValid() ? view->indexAt(at) : view->currentIndex();
        if (!index.isValid())
            return;
        QMenu menu;
        fillMenu(menu, index.data(MeasureNumberRole).toString());
        menu.exec(view->viewport()->mapToGlobal(at));
    });
}

StageModel *MeasureBoard::column(const QString &stage) const
{
    const auto it = std::ranges::find_if(m_columns, [&](const Column &c) { return c.model->stage() == stage; });
    return it == m_columns.end() ? nullptr : it->model;
}

void MeasureBoard::setFilter(const MeasureFilter &filter)
{
    m_filter = filter;
    load();
}

void MeasureBoard::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        load();
}

void MeasureBoard::load()
{
    m_stale = !isVisible();
    if (m_stale)
        return;
    QHash<QString, QList<Measure>> byStage;
    for (const auto &measure : m_work.passing(m_filter))
        byStage[measure.stage()].append(measure);
    const QScopedValueRollback following(m_following, true);
    for (const auto &column : std::as_const(m_columns)) {
        column.model->setMeasures(byStage.value(column.model->stage()));
        column.count->setText(QLocale().toString(column.model->rowCount()));
    }
    followCurrent();
}

void MeasureBoard::followCurrent()
{
    const QScopedValueRollback following(m_following, true);
    for (const auto &column : std::as_const(m_columns)) {
        const int row = column.model->rowOf(m_work.current());
        if (row < 0) {
            column.view->clearSelection();
            column.view->selectionModel()->clearCurrentIndex();
        } else if (column.view->currentIndex().row() != row || !column.view->selectionModel()->hasSelection()) {
            column.view->setCurrentIndex(column.model->index(row));
            column.view->scrollTo(column.model->index(row));
        }
    }
}

void MeasureBoard::move(const QString &number, const QString &stage)
{
    const auto *stored = m_work.find(number);
    if (!stored)
        return;
    m_work.setCurrent(number);
    emit stepWanted(stage);
}

void MeasureBoard::fillMenu(QMenu &menu, const QString &number)
{
    const auto *stored = m_work.find(number);
    if (!stored)
        return;
    const auto next = nextStages(stored->measure, m_work.facts());
    auto *stages = menu.addMenu(tr("Move to"));
    for (const auto &stage : m_work.facts().stages) {
        auto *action = stages->addAction(stage.title);
        action->setEnabled(m_work.isWritable() && next.contains(stage.id));
        connect(action, &QAction::triggered, this, [this, number, id = stage.id] { move(number, id); });
    }
}

bool MeasureBoard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool left = key->key() == Qt::Key_Left, right = key->key() == Qt::Key_Right;
    const auto at = std::ranges::find_if(m_columns, [&](const Column &c) { return c.view == watched; });
    if (at == m_columns.end() || (!left && !right))
        return QWidget::eventFilter(watched, event);
    const auto place = at - m_columns.begin() + (right ? 1 : -1);
    if (place < 0 || place >= m_columns.size())
        return true;
    const auto &target = m_columns[place];
    if (key->modifiers() & Qt::ControlModifier) {
        if (at->view->currentIndex().isValid() && !target.model->stage().isEmpty())
            move(at->view->currentIndex().data(MeasureNumberRole).toString(), target.model->stage());
    } else {
        target.view->setFocus();
        if (target.model->rowCount() > 0 && !target.view->currentIndex().isValid())
            target.view->setCurrentIndex(target.model->index(0));
    }
    return true;
}

} // namespace hanseatlas
