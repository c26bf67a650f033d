// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QDialog>
#include <QStringList>
#include <QVariant>

#include <functional>

class QLabel;

namespace hanseatlas
{

/** A few questions at once. What is wrong with the answers is said in the dialog, which stays open until it is right.
 */
class AskDialog final : public QDialog
{
    Q_OBJECT
public:
    enum class Kind { Line, Text, Date, Number, Choice, Check };
    struct Question {
        QString label;
        Kind kind = Kind::Line;
        QVariant value; ///< Choice: the index; Date: invalid = open
        QStringList choices = {};
        int least = 0, most = 100; ///< of a Number
    };
    /** Takes the answers, of the type of the questions' values; an error keeps the dialog open. */
    using Take = std::function<Status(const QVariantList &)>;

    AskDialog(const QString &title, const QString &introduction, const QList<Question> &questions, Take take,
              QWidget *parent);

    QVariantList answers() const;
    void accept() override;

private:
    QWidget *editorOf(const Question &question) const;

    QList<Question> m_questions;
    QList<QWidget *> m_editors;
    Take m_take;
    QLabel *m_problem;
};

} // namespace hanseatlas
