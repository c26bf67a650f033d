// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/dashboardgrid.h"

#include "widgets/charts/charttile.h"
#include "widgets/dashboard/dashboardtile.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int leastColumn = 300;
constexpr int tileHeight = 250;
constexpr int gap = space::medium;
constexpr int mostColumns = 6;

} // namespace

/** Lies over a tile while the dashboard is arranged. */
class TileCover final : public QWidget
{
    Q_OBJECT
public:
    TileCover(DashboardGrid &grid, ChartTile *tile)
        : QWidget(tile->parentWidget())
        , m_grid(grid)
        , m_tile(tile)
    {
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::OpenHandCursor);
        setAccessibleName(tile->heading());
        auto *buttons = new QHBoxLayout(this);
        buttons->setAlignment(Qt::AlignTop | Qt::AlignRight);
        const auto add = [&](const QString &icon, const QString &tip, int wider, int taller) {
            auto *button = new QToolButton;
            button->setIcon(look::icon(icon));
            button->setToolTip(tip);
            button->setAccessibleName(tip);
            button->setFocusPolicy(Qt::NoFocus);
            button->setCursor(Qt::ArrowCursor);
            connect(button, &QToolButton::clicked, this, [this, wider, taller] { grow(wider, taller); });
            buttons->addWidget(button);
        };
        add(u"chevron-left"_s, tr("Narrower (Shift+Left)"), -1, 0);
        add(u"chevron-right"_s, tr("Wider (Shift+Right)"), 1, 0);
        add(u"chevron-up"_s, tr("Lower (Shift+Up)"), 0, -1);
        add(u"chevron-down"_s, tr("Taller (Shift+Down)"), 0, 1);
        auto *away = new QToolButton;
        away->setIcon(look::icon(u"remove"_s));
        away->setToolTip(tr("Take the tile away (Del)"));
        away->setAccessibleName(away->toolTip());
        away->setFocusPolicy(Qt::NoFocus);
        away->setCursor(Qt::ArrowCursor);
        connect(away, &QToolButton::clicked, this, [this] { m_grid.removeTile(index()); });
        buttons->addWidget(away);
    }

    int index() const { return int(m_grid.m_tiles.indexOf(m_tile)); }
    ChartTile *tile() const { return m_tile; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        auto veil = tokens().surface;
        veil.setAlphaF(0.65F);
        painter.setBrush(veil);
        painter.setPen(QPen(hasFocus() ? tokens().focus : tokens().outline, hasFocus() ? 2 : 1, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
    }
    void mousePressEvent(QMouseEvent *event) override
    {
        m_dragged = event->button() == Qt::LeftButton;
        setCursor(Qt::ClosedHandCursor);
        raise();
    }
    void mouseMoveEvent(QMouseEvent *event) override
    {
        const int to = m_grid.indexAt(mapToParent(event->position().toPoint()));
        if (m_dragged && to >= 0 && to != index())
            m_grid.moveTile(index(), to);
    }
    void mouseReleaseEvent(QMouseEvent *) override
    {
        m_dragged = false;
        setCursor(Qt::OpenHandCursor);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool sizes = event->modifiers().testFlag(Qt::ShiftModifier);
        switch (event->key()) {
        case Qt::Key_Left:
            return sizes ? grow(-1, 0) : m_grid.moveTile(index(), index() - 1);
        case Qt::Key_Right:
            return sizes ? grow(1, 0) : m_grid.moveTile(index(), index() + 1);
        case Qt::Key_Up:
            return sizes ? grow(0, -1) : m_grid.moveTile(index(), index() - 1);
        case Qt::Key_Down:
            return sizes ? grow(0, 1) : m_grid.moveTile(index(), index() + 1);
        case Qt::Key_Delete:
            return m_grid.removeTile(index());
        default:
            QWidget::keyPressEvent(event);
        }
    }
    void focusInEvent(QFocusEvent *event) override
    {
        m_grid.ensureWidgetVisible(this);
        QWidget::focusInEvent(event);
        update();
    }
    void focusOutEvent(QFocusEvent *event) override
    {
        QWidget::focusOutEvent(event);
        update();
    }

private:
    void grow(int wider, int taller)
    {
        const auto &spec = m_grid.m_dashboard.tiles[index()];
        m_grid.resizeTile(index(), spec.width + wider, spec.height + taller);
    }

    DashboardGrid &m_grid;
    ChartTile *m_tile;
    bool m_dragged = false;
};

DashboardGrid::DashboardGrid(DashboardWork &work, QWidget *parent)
    : QScrollArea(parent)
    , m_work(work)
    , m_canvas(new QWidget)
    , m_empty(new EmptyState(u"chart"_s, tr("An empty dashboard"),
                             tr("Choose “Add a tile” in the menu “Dashboard” to put a chart here.")))
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_canvas);
    m_empty->setParent(m_canvas);
}

void DashboardGrid::setDashboard(const Dashboard &dashboard)
{
    m_dashboard = dashboard;
    m_large = nullptr;
    rebuild();
    verticalScrollBar()->setValue(0);
}

ChartTile *DashboardGrid::makeTile(const DashboardTileSpec &spec)
{
    auto *tile = dashboardTile(spec, m_work, m_canvas);
    connect(tile, &ChartTile::imageWanted, this, [this, tile] { emit imageWanted(tile); });
    connect(tile, &ChartTile::csvWanted, this, [this, tile] { emit csvWanted(tile); });
    connect(tile, &ChartTile::largeWanted, this, [this, tile] { setLarge(m_large == tile ? nullptr : tile); });
    return tile;
}

void DashboardGrid::rebuild()
{
    qDeleteAll(std::exchange(m_covers, {}));
    qDeleteAll(std::exchange(m_tiles, {}));
    for (const auto &spec : std::as_const(m_dashboard.tiles))
        m_tiles.append(makeTile(spec));
    setArranging(m_arranging);
    arrange();
}

void DashboardGrid::add(const DashboardTileSpec &spec)
{
    m_dashboard.tiles.append(spec);
    m_tiles.append(makeTile(spec));
    setArranging(m_arranging);
    arrange();
    ensureWidgetVisible(m_tiles.last());
    emit changed();
}

void DashboardGrid::setArranging(bool on)
{
    m_arranging = on;
    if (on)
        m_large = nullptr;
    qDeleteAll(std::exchange(m_covers, {}));
    if (on) {
        for (auto *tile : std::as_const(m_tiles))
            m_covers.append(new TileCover(*this, tile));
    }
    arrange();
    if (!m_covers.isEmpty())
        m_covers.first()->setFocus();
}

void DashboardGrid::setLarge(ChartTile *tile)
{
    m_large = tile;
    arrange();
    if (tile)
        tile->chart()->setFocus();
}

void DashboardGrid::arrange()
{
    const int width = viewport()->width();
    m_empty->setVisible(m_tiles.isEmpty());
    m_empty->setGeometry(QRect(QPoint(0, 0), viewport()->size()));
    for (auto *tile : std::as_const(m_tiles))
        tile->setVisible(!m_large || tile == m_large);
    if (m_large) {
        m_canvas->resize(viewport()->size());
        m_large->setGeometry(m_canvas->rect().adjusted(gap, gap, -gap, -gap));
        return;
    }
    const int columns = std::clamp((width - gap) / (leastColumn + gap), 1, mostColumns);
    const double column = double(width - gap) / columns;
    const auto places = packed(m_dashboard.tiles, columns);
    int bottom = 0;
    for (qsizetype i = 0; i < places.size(); ++i) {
        const auto &place = places[i];
        const int left = gap + qRound(place.left() * column), right = qRound((place.right() + 1) * column);
        const QRect there(left, gap + place.top() * (tileHeight + gap), right - left,
                          place.height() * (tileHeight + gap) - gap);
        m_tiles[i]->setGeometry(there);
        bottom = std::max(bottom, there.bottom() + gap);
    }
    for (auto *cover : std::as_const(m_covers)) {
        cover->setGeometry(cover->tile()->geometry());
        cover->show();
        cover->raise();
    }
    m_canvas->resize(width, std::max(bottom, m_tiles.isEmpty() ? viewport()->height() : 0));
}

int DashboardGrid::indexAt(const QPoint &position) const
{
    const auto found =
        std::ranges::find_if(m_tiles, [&](const ChartTile *tile) { return tile->geometry().contains(position); });
    return found == m_tiles.end() ? -1 : int(found - m_tiles.begin());
}

void DashboardGrid::moveTile(int tile, int to)
{
    if (tile < 0 || to < 0 || tile >= m_tiles.size() || to >= m_tiles.size() || tile == to)
        return;
    m_dashboard.tiles.move(tile, to);
    m_tiles.move(tile, to);
    arrange();
    ensureWidgetVisible(m_tiles[to]);
    emit changed();
}

void DashboardGrid::resizeTile(int tile, int width, int height)
{
    auto &spec = m_dashboard.tiles[tile];
    const auto before = spec;
    spec.width = std::clamp(width, 1, mostTileWidth);
    spec.height = std::clamp(height, 1, mostTileHeight);
    arrange();
    if (spec != before)
        emit changed();
}

void DashboardGrid::removeTile(int tile)
{
    if (tile < 0 || tile >= m_tiles.size())
        return;
    m_dashboard.tiles.removeAt(tile);
    auto *gone = m_tiles.takeAt(tile);
    const auto cover = std::ranges::find(m_covers, gone, &TileCover::tile);
    if (cover != m_covers.end()) { // a button of it may be at work
        (*cover)->hide();
        (*cover)->deleteLater();
        m_covers.erase(cover);
    }
    gone->deleteLater();
    gone->hide();
    arrange();
    if (!m_covers.isEmpty())
        m_covers[std::min(tile, int(m_covers.size()) - 1)]->setFocus();
    emit changed();
}

void DashboardGrid::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

} // namespace hanseatlas

#include "dashboardgrid.moc"
