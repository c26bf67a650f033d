// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QUrl>

class QLayout;

namespace hanseatlas::look
{

/** Says what the program is, which version, under which licence, and what it is built on. */
class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    /** A library that the program uses. */
    struct Component {
        QString name;
        QString version;
        QString licence;
        QUrl home;
    };
    struct Program {
        QString name;
        QString version;
        QString purpose; ///< one or two sentences
        QString licence; ///< one sentence
        QList<Component> components;
    };

    explicit AboutDialog(const Program &program, QWidget *parent = nullptr);

    /** What "Copy" puts on the clipboard, for a report to those who look after the program. */
    QString text() const;

private:
    QLayout *createHead();
    QWidget *createComponents();

    Program m_program;
};

} // namespace hanseatlas::look
