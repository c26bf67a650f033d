// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layerdelegate.h"

#include "widgets/layers/layerage.h"
#include "widgets/layers/layerpanelmodel.h"
#include "widgets/layers/layerswatch.h"
#include "widgets/look/look.h"
#include "widgets/look/spinner.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr QSize sampleSize(24, 16);
constexpr int legendRowHeight = 24;
constexpr int cardPadding = 8;
constexpr double cardCorner = 6;
constexpr int steps = 24;
constexpr int interval = 40; // ms
constexpr int ageInterval = 20'000; // ms

bool isLegend(const QModelIndex &index)
{
    return index.data(LayerPanelModel::IsLegendRole).toBool();
}

/** Shown by itself and by all groups around it. */
bool isShown(const QModelIndex &index)
{
    for (auto i = index; i.isValid(); i = i.parent()) {
        const auto state = i.data(Qt::CheckStateRole);
        if (state.isValid() && state.toInt() != Qt::Checked)
            return false;
    }
    return true;
}

QString countOf(const LegendEntry *entry)
{
    return entry && entry->count >= 0 ? QLocale().toString(entry->count) : QString();
}

/** Why it failed, or what it lacks. Names the file without its folders, which would leave no room for what is wrong;
 * the tool tip has it all. */
QString shortNote(const Layer *layer, const QModelIndex &index)
{
    auto text = index.data(LayerTree::ErrorRole).toString();
    if (text.isEmpty())
        text = index.data(LayerTree::TroubleRole).toString();
    if (layer)
        text.replace(layer->source.location, QFileInfo(layer->source.location).fileName());
    return text;
}

} // namespace

LayerDelegate::LayerDelegate(const LayerPanelModel &model, QTreeView *view)
    : QStyledItemDelegate(view)
    , m_model(model)
    , m_view(view)
    , m_turning(new QTimer(this))
{
    m_turning->setInterval(interval);
    connect(m_turning, &QTimer::timeout, this, [this] {
        if (!std::exchange(m_turns, false))
            return m_turning->stop();
        m_step = (m_step + 1) % steps;
        m_view->viewport()->update();
    });
    m_ageing = new QTimer(this);
    m_ageing->setInterval(ageInterval);
    connect(m_ageing, &QTimer::timeout, m_view->viewport(), qOverload<>(&QWidget::update)); // nothing while hidden
    m_ageing->start();
    connect(&model, &LayerPanelModel::rowsRemoved, this, [this] { m_samples.clear(); });
    connect(&model, &LayerPanelModel::modelReset, this, [this] { m_samples.clear(); });
}

bool LayerDelegate::hasNote(const QModelIndex &index) const
{
    return !isLegend(index)
        && !(index.data(LayerTree::ErrorRole).toString().isEmpty()
             && index.data(LayerTree::TroubleRole).toString().isEmpty());
}

LayerDelegate::Parts LayerDelegate::partsOf(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &row = option.rect;
    const auto line =
        hasNote(index) ? row.adjusted(0, 0, 0, -QFontMetrics(font(Type::Caption)).height() - space::tiny) : row;
    const auto *style = m_view->style();
    const QSize box(style->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, m_view),
                    style->pixelMetric(QStyle::PM_IndicatorHeight, nullptr, m_view));
    auto centred = [&](int left, QSize size) {
        return QRect(QPoint(left, line.center().y() - size.height() / 2 + 1), size);
    };
    Parts parts;
    int x = row.left() + space::tiny;
    if (index.data(Qt::CheckStateRole).isValid()
        || isLegend(index)) { // lines without a box stay in line with the others
        parts.check = centred(x, box);
        x += box.width() + space::small;
    }
    parts.swatch = centred(x, sampleSize);
    x += sampleSize.width() + space::small;
    parts.title = QRect(x, line.top(), std::max(0, row.right() - space::small - x), line.height());
    parts.note = QRect(x, line.bottom() - 1, parts.title.width(), row.bottom() - line.bottom());
    const int link = QFontMetrics(font(Type::Caption)).horizontalAdvance(tr("Try again"));
    parts.again = parts.note;
    parts.again.setLeft(std::max(parts.note.left(), parts.note.right() - link));
    parts.note.setRight(parts.again.left() - space::small);
    if (option.direction == Qt::RightToLeft) {
        for (auto *part : {&parts.check, &parts.swatch, &parts.title, &parts.note, &parts.again})
            *part = QStyle::visualRect(option.direction, row, *part);
    }
    return parts;
}

QRect LayerDelegate::checkBox(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return index.data(Qt::CheckStateRole).isValid() ? partsOf(option, index).check : QRect();
}

QRect LayerDelegate::againLink(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return hasNote(index) ? partsOf(option, index).again : QRect();
}

/** Where rows of the depth begin, from the view's left. */
int LayerDelegate::indentOf(const QModelIndex &index) const
{
    int depth = m_view->rootIsDecorated() ? 1 : 0;
    for (auto parent = index.parent(); parent.isValid(); parent = parent.parent())
        ++depth;
    return depth * m_view->indentation();
}

/** Natural, or as wide as the panel allows; empty where it is not here. */
QSize LayerDelegate::pictureSize(const QModelIndex &index) const
{
    const auto *entry = m_model.legendEntry(index);
    if (!entry || entry->picture.isNull())
        return {};
    const auto natural = entry->picture.deviceIndependentSize();
    const int room = m_view->viewport()->width() - indentOf(index) - space::tiny - space::small - 2 * cardPadding;
    const double scale = std::min(1.0, std::max(room, 40) / std::max(1.0, natural.width()));
    return (natural * scale).toSize().expandedTo({1, 1});
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (const auto picture = pictureSize(index); !picture.isEmpty())
        return picture.grownBy({cardPadding, cardPadding + space::tiny, cardPadding, cardPadding + space::tiny});
    const int text = QFontMetrics(font(Type::Body)).height();
    const int caption = QFontMetrics(font(Type::Caption)).height();
    if (isLegend(index))
        return {120, std::max(legendRowHeight, caption + space::tiny)};
    const int height = std::max(rowHeight, text + space::small);
    return {160, hasNote(index) ? height + caption + space::tiny : height};
}

void LayerDelegate::paintBackground(QPainter *painter, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    background.features &= ~QStyleOptionViewItem::HasCheckIndicator;
    m_view->style()->drawControl(QStyle::CE_ItemViewItem, &background, painter, m_view);
}

void LayerDelegate::paintCheck(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                               const QRect &box) const
{
    const auto checked = index.data(Qt::CheckStateRole);
    if (!checked.isValid())
        return;
    QStyleOptionViewItem indicator = option;
    indicator.rect = box;
    indicator.state &= ~(QStyle::State_HasFocus | QStyle::State_Selected);
    indicator.state |= checked.toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
    m_view->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &indicator, painter, m_view);
}

void LayerDelegate::paintSample(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                                const QRect &box) const
{
    const auto id = m_model.nodeId(index);
    const auto *entry = m_model.legendEntry(index);
    const auto *layer = m_model.layer(index);
    if (!layer) {
        icon(u"folder"_s, Tint::Secondary).paint(painter, box);
        return;
    }
    auto &sample = m_samples[{id, entry ? index.row() : -1}];
    const bool dark = isDark(option.palette);
    const double ratio = painter->device()->devicePixelRatioF();
    const int revision = m_model.legendRevision(id);
    if (sample.revision != revision || sample.dark != dark || sample.picture.devicePixelRatio() != ratio) {
        sample = {revision, dark, QPixmap((QSizeF(box.size()) * ratio).toSize())};
        sample.picture.setDevicePixelRatio(ratio);
        sample.picture.fill(Qt::transparent);
        QPainter p(&sample.picture);
        const QRectF area(QPointF(0, 0), QSizeF(box.size()));
        if (entry)
            paintSwatch(p, *entry, area, option.palette);
        else
            paintSwatch(p, *layer, m_model.legend(id), area, option.palette);
    }
    painter->drawPixmap(box.topLeft(), sample.picture);
}

/** At the right end of the title's place; returns the width that is taken. */
int LayerDelegate::paintSigns(QPainter *painter, const Layer &layer, const QModelIndex &index, const QRect &title) const
{
    int taken = 0;
    auto next = [&] {
        taken += smallIconSize;
        const QRect box(title.right() - taken + 1, title.center().y() - smallIconSize / 2 + 1, smallIconSize,
                        smallIconSize);
        taken += space::tiny;
        return box;
    };
    if (layer.state == LayerState::Loading) {
        const bool still = m_view->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, m_view) == 0;
        m_turns = !still;
        if (!still && !m_turning->isActive())
            m_turning->start();
        Spinner::paint(*painter, next().adjusted(1, 1, -1, -1), still ? 0 : double(m_step) / steps,
                       tokens(isDark(m_view->palette())).accent);
    }
    if (layer.state == LayerState::Failed)
        icon(u"error"_s, Tint::Error).paint(painter, next());
    else if (!index.data(LayerTree::TroubleRole).toString().isEmpty())
        icon(u"warning"_s, Tint::Warning).paint(painter, next());
    if (layer.data && !layer.data->invalid.empty())
        icon(u"warning"_s, Tint::Warning).paint(painter, next());
    if (layer.provenance.personal)
        icon(u"personal-data"_s, Tint::Secondary).paint(painter, next());
    if (index.data(LayerTree::OutOfScaleRole).toBool())
        icon(u"eye-off"_s, Tint::Secondary).paint(painter, next());
    return taken;
}

void LayerDelegate::paintNote(QPainter *painter, const Parts &parts, const QModelIndex &index, bool dark) const
{
    const auto &t = tokens(dark);
    const auto caption = font(Type::Caption);
    const bool failed = !index.data(LayerTree::ErrorRole).toString().isEmpty();
    const int align = int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextSingleLine;
    painter->setFont(caption);
    painter->setPen(failed ? t.error : t.warning);
    painter->drawText(
        parts.note, align,
        QFontMetrics(caption).elidedText(shortNote(m_model.layer(index), index), Qt::ElideRight, parts.note.width()));
    painter->setPen(t.link);
    painter->drawText(parts.again, align, tr("Try again"));
}

/** Servers draw legends for white paper, so they get a card of it in all appearances. */
void LayerDelegate::paintPicture(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto id = m_model.nodeId(index);
    if (m_model.wantsPicture(id))
        emit pictureWanted(id);
    const auto &t = tokens(isDark(option.palette));
    const auto area = option.rect.adjusted(space::tiny, space::tiny, -space::small, -space::tiny);
    const auto size = pictureSize(index);
    painter->save();
    if (size.isEmpty()) {
        painter->setFont(font(Type::Caption));
        painter->setPen(t.secondary);
        painter->drawText(area, int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        painter->restore();
        return;
    }
    const auto card = QStyle::visualRect(option.direction, option.rect,
                                         QRect(area.topLeft(), size + QSize(2 * cardPadding, 2 * cardPadding)));
    const double ratio = painter->device()->devicePixelRatioF();
    auto &sample = m_samples[{id, index.row()}];
    const auto fine = (QSizeF(size) * ratio).toSize();
    if (sample.revision != m_model.legendRevision(id) || sample.picture.size() != fine) {
        const auto &picture = m_model.legendEntry(index)->picture;
        sample = {m_model.legendRevision(id), false,
                  QPixmap::fromImage(picture.scaled(fine, Qt::IgnoreAspectRatio, Qt::SmoothTransformation))};
        sample.picture.setDevicePixelRatio(ratio);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(t.outline);
    painter->setBrush(Qt::white);
    painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), cardCorner, cardCorner);
    painter->drawPixmap(card.topLeft() + QPoint(cardPadding, cardPadding), sample.picture);
    painter->restore();
}

void LayerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintBackground(painter, option, index);
    if (const auto *line = m_model.legendEntry(index); line && line->isPicture)
        return paintPicture(painter, option, index);
    const auto parts = partsOf(option, index);
    const auto &t = tokens(isDark(option.palette));
    const auto *entry = m_model.legendEntry(index);
    const auto *layer = m_model.layer(index);
    painter->save();
    paintCheck(painter, option, index, parts.check);
    paintSample(painter, option, index, parts.swatch);
    auto title = parts.title;
    if (layer && !entry)
        title.setRight(title.right() - paintSigns(painter, *layer, index, title));

    const bool quiet = !isShown(index) || index.data(LayerTree::OutOfScaleRole).toBool();
    auto write = [&](const QRect &box, const QFont &f, const QColor &color, const QString &text, Qt::Alignment align) {
        painter->setFont(f);
        painter->setPen(color);
        painter->drawText(box, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                          QFontMetrics(f).elidedText(text, Qt::ElideRight, box.width()));
    };
    const auto textFont = font(entry ? Type::Caption : layer ? Type::Body : Type::Strong);
    const auto aside = entry ? countOf(entry) : shortAge(index.data(LayerTree::FetchedRole).toDateTime());
    if (!aside.isEmpty()) {
        write(title, font(Type::Caption), t.secondary, aside, Qt::AlignRight);
        title.setRight(title.right() - QFontMetrics(font(Type::Caption)).horizontalAdvance(aside) - space::small);
    }
    write(title, textFont, quiet ? t.secondary : t.text, index.data().toString(), Qt::AlignLeft);
    if (hasNote(index))
        paintNote(painter, parts, index, isDark(option.palette));
    painter->restore();
}

bool LayerDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    const auto checked = index.data(Qt::CheckStateRole);
    if (!checked.isValid())
        return false;
    const auto type = event->type();
    if (type == QEvent::MouseButtonPress || type == QEvent::MouseButtonRelease || type == QEvent::MouseButtonDblClick) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (hasNote(index) && mouse->button() == Qt::LeftButton
            && partsOf(option, index).again.contains(mouse->position().toPoint())) {
            if (type == QEvent::MouseButtonRelease)
                emit againRequested(index);
            return true;
        }
        const auto box = partsOf(option, index).check.adjusted(-space::tiny, -space::tiny, space::tiny, space::tiny);
        if (mouse->button() != Qt::LeftButton || !box.contains(mouse->position().toPoint()))
            return false;
        if (type != QEvent::MouseButtonRelease)
            return true; // so that the press neither selects nor begins a drag
        return model->setData(index, checked.toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }
    return false; // the space bar belongs to the panel, which turns all chosen rows
}

QWidget *LayerDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    auto *editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (editor)
        editor->setAutoFillBackground(true); // else the old title shows through
    return editor;
}

void LayerDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                         const QModelIndex &index) const
{
    const auto title = partsOf(option, index).title;
    const int height = std::min(option.rect.height(), editor->sizeHint().height());
    editor->setGeometry(title.left() - space::tiny, title.center().y() - height / 2, title.width() + space::tiny,
                        height);
}

} // namespace hanseatlas
