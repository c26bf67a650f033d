// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/askdialog.h"

#include "widgets/look/look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace hanseatlas
{

using namespace look;

AskDialog::AskDialog(const QString &title, const QString &introduction, const QList<Question> &questions, Take take,
                     QWidget *parent)
    : QDialog(parent)
    , m_questions(questions)
    , m_take(std::move(take))
    , m_problem(label({}))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    resize(480, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    if (!introduction.isEmpty()) {
        auto *text = secondaryLabel(introduction);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        layout->addWidget(text);
    }
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setSpacing(space::small);
    for (const auto &question : questions) {
        auto *editor = editorOf(question);
        m_editors.append(editor);
        form->addRow(question.kind == Kind::Check ? QString() : question.label, editor);
    }
    layout->addLayout(form);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setForegroundRole(QPalette::WindowText);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    layout->addWidget(box);
    connect(box, &QDialogButtonBox::accepted, this, &AskDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &AskDialog::reject);
}

QWidget *AskDialog::editorOf(const Question &question) const
{
    switch (question.kind) {
    case Kind::Text: {
        auto *editor = new QPlainTextEdit(question.value.toString());
        editor->setTabChangesFocus(true);
        editor->setMinimumHeight(100);
        return editor;
    }
    case Kind::Number: {
        auto *editor = new QSpinBox;
        editor->setRange(question.least, question.most);
        editor->setValue(question.value.toInt());
        return editor;
    }
    case Kind::Choice: {
        auto *editor = new QComboBox;
        editor->addItems(question.choices);
        editor->setCurrentIndex(question.value.toInt());
        return editor;
    }
    case Kind::Check: {
        auto *editor = new QCheckBox(question.label);
        editor->setChecked(question.value.toBool());
        return editor;
    }
    case Kind::Date: {
        const auto format = QLocale().dateFormat(QLocale::ShortFormat);
        const auto date = question.value.toDate();
        auto *editor = new QLineEdit(date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : QString());
        editor->setPlaceholderText(format);
        return editor;
    }
    case Kind::Line:
        break;
    }
    return new QLineEdit(question.value.toString());
}

QVariantList AskDialog::answers() const
{
    QVariantList answers;
    for (qsizetype i = 0; i < m_questions.size(); ++i) {
        auto *editor = m_editors[i];
        switch (m_questions[i].kind) {
        case Kind::Text:
            answers << static_cast<QPlainTextEdit *>(editor)->toPlainText().trimmed();
            break;
        case Kind::Number:
            answers << static_cast<QSpinBox *>(editor)->value();
            break;
        case Kind::Choice:
            answers << static_cast<QComboBox *>(editor)->currentIndex();
            break;
        case Kind::Check:
            answers << static_cast<QCheckBox *>(editor)->isChecked();
            break;
        case Kind::Date: {
            const auto text = static_cast<QLineEdit *>(editor)->text().trimmed();
            answers << QLocale().toDate(text, QLocale::ShortFormat, 2000);
            break;
        }
        case Kind::Line:
            answers << static_cast<QLineEdit *>(editor)->text().trimmed();
            break;
        }
    }
    return answers;
}

void AskDialog::accept()
{
    const auto given = answers();
    Status status;
    for (qsizetype i = 0; i < given.size() && status; ++i) {
        if (m_questions[i].kind != Kind::Date || given[i].toDate().isValid())
            continue;
        if (const auto text = static_cast<QLineEdit *>(m_editors[i])->text().trimmed(); !text.isEmpty())
            status = failure(ErrorKind::Invalid, tr("“%1” is no date.").arg(text.left(40)));
    }
    if (status)
        status = m_take(given);
    if (status)
        return QDialog::accept();
    m_problem->setText((status.error().what + u' ' + status.error().hint).trimmed());
    auto colours = m_problem->palette();
    colours.setColor(QPalette::WindowText, tokens().error);
    m_problem->setPalette(colours);
    m_problem->show();
}

} // namespace hanseatlas
