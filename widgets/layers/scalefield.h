// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace hanseatlas
{

/** A limit of scale, as a denominator; 0 = no limit. Takes "1:5 000" and "5000". */
class ScaleField final : public QComboBox
{
    Q_OBJECT
public:
    explicit ScaleField(QWidget *parent = nullptr);

    double denominator() const;
    void setDenominator(double denominator);

signals:
    void changed();
};

} // namespace hanseatlas
