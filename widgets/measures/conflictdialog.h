// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measuremerge.h"

#include <QDialog>

class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace hanseatlas
{

/** Fields that the user and somebody else have changed at once: which value stays? Nothing is preselected. */
class ConflictDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `titles`: of the measures, by number. */
    ConflictDialog(const QList<SharedConflict> &open, const QHash<QString, QString> &titles, QWidget *parent = nullptr);

    MergeDecisions decisions() const; ///< for the measures that are decided wholly
    // accepted(): they are to be carried out

private:
    struct Row {
        QString number;
        qint64 version;
        QString field;
        QRadioButton *mine;
        QRadioButton *theirs;
    };
    void add(const SharedConflict &one, const QString &title, QVBoxLayout *into);
    void chooseAll(bool mine);
    void update();

    QList<Row> m_rows;
    QPushButton *m_ok;
};

} // namespace hanseatlas
