// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

namespace hanseatlas::look
{

/** Shows an icon that follows the palette, which a QLabel's pixmap would not. */
class IconLabel : public QWidget
{
    Q_OBJECT
public:
    explicit IconLabel(const QIcon &icon = {}, int size = 16, QWidget *parent = nullptr);

    void setIcon(const QIcon &icon);
    void setIconSize(int size);
    QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    int m_size;
};

} // namespace hanseatlas::look
