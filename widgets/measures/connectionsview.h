// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/measures/connectionlayout.h"

#include <QAbstractScrollArea>
#include <QVariantAnimation>

namespace hanseatlas
{

/** The strategy as a diagram: from the vision over goals and fields of action to measures, their leads and what they
 *  rest on. Choosing a node picks out everything that hangs on it. Mouse; keyboard: arrows, Enter, Esc. */
class ConnectionsView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit ConnectionsView(QWidget *parent = nullptr);

    /** A choice stays where its node is there still. */
    void setGraph(ConnectionGraph graph);
    const ConnectionGraph &graph() const { return m_graph; }
    /** -1: nothing. */
    void choose(int node);
    int chosen() const { return m_chosen; }
    /** By number; what is not there is passed over. */
    void chooseMeasure(const QString &number);
    /** The choice in words: how many measures, leads … hang on it. "" = nothing is chosen. */
    QString summary() const;
    QStringList litMeasures() const; ///< numbers; empty: nothing is chosen
    int nodeAt(const QPoint &position) const; ///< of the viewport; -1: none

    QSize sizeHint() const override;

signals:
    void choiceChanged();
    void measureActivated(const QString &number); ///< by double click or Enter

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class State { Plain, Lit, Dim, Chosen };
    State stateOf(int node) const;
    void arrange(bool moving);
    QRectF boxOf(int node) const; ///< of the content, at this moment of the movement
    double lineHeight() const;
    int neighbour(int node, int key) const;
    QString columnTitle(int kind) const;
    void paintEdges(QPainter &painter, const QRectF &visible) const;
    void paintNodes(QPainter &painter, const QRectF &visible) const;
    void paintHeaders(QPainter &painter) const;

    ConnectionGraph m_graph;
    int m_chosen = -1;
    int m_hovered = -1;
    std::vector<char> m_lit; ///< empty: nothing is chosen
    ConnectionLayout m_layout;
    std::vector<QRectF> m_before; ///< boxes that the movement began with
    QVariantAnimation m_movement;
};

} // namespace hanseatlas
