// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace hanseatlas
{

/** The map's scale: shows it, and takes another one, from the usual ones or typed in any usual way. */
class ScaleBox final : public QComboBox
{
    Q_OBJECT
public:
    explicit ScaleBox(QWidget *parent = nullptr);
    void setScale(double denominator); ///< left alone while the user types
    double scale() const { return m_scale; }

signals:
    void scaleChosen(double denominator);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showScale();
    void choose(const QString &text);

    double m_scale = 0;
};

} // namespace hanseatlas
