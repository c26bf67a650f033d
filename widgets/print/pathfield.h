// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hanseatlas
{

/** Where a file is to go: the path, a button to choose it, and a word when there is a file already or no such folder.
 */
class PathField final : public QWidget
{
    Q_OBJECT
public:
    /** `filters` as for QFileDialog; `suffix` is put on where there is none. */
    PathField(const QString &title, const QString &filters, const QString &suffix, QWidget *parent = nullptr);

    QString path() const;
    void setPath(const QString &path);
    /** Another suffix for the same name, e.g. when the format changes. */
    void setSuffix(const QString &suffix);
    /** Is there a folder to write to, and a name? */
    bool isUsable() const;

signals:
    void changed();

private:
    void choose();
    void explain();

    QString m_title, m_filters, m_suffix;
    QLineEdit *m_edit;
    QPushButton *m_button;
    QLabel *m_note;
};

} // namespace hanseatlas
