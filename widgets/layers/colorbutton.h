// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPushButton>

namespace hanseatlas
{

/** Shows a colour and lets another be chosen, also a see-through one. */
class ColorButton final : public QPushButton
{
    Q_OBJECT
public:
    /** `purpose`: what the colour is for, e.g. "Fill"; the dialog's title and the accessible name. */
    explicit ColorButton(const QString &purpose, QWidget *parent = nullptr);

    QColor color() const { return m_color; }
    void setColor(const QColor &color);

    QSize sizeHint() const override;

signals:
    void colorChosen(const QColor &color); ///< by the user

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void choose();

    QString m_purpose;
    QColor m_color = Qt::black;
};

} // namespace hanseatlas
