// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;

namespace hanseatlas
{

/** Where a file says nothing or something wrong: the CRS and the encoding of texts that are to be taken instead. */
class CorrectionFields final : public QWidget
{
    Q_OBJECT
public:
    explicit CorrectionFields(QWidget *parent = nullptr);

    /** `options` as in SourceRef; the description names what the file itself says. */
    void show(const QJsonObject &options, const LayerDescription &description);
    /** The given options with the corrections put in or taken out; unknown keys stay. */
    QJsonObject corrected(QJsonObject options) const;
    /** False while what was typed names no CRS. */
    bool isValid() const;

signals:
    void changed();

private:
    QString chosenCrs() const;
    void check();

    QComboBox *m_crs;
    QComboBox *m_encoding;
    QLabel *m_problem;
};

} // namespace hanseatlas
