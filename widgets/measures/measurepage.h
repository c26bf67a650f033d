// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurecheck.h"
#include "layers/measures/measurestore.h"

#include <QHash>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QMessageBox;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStackedLayout;
class QVBoxLayout;

namespace hanseatlas::look
{
class Card;
}

namespace hanseatlas
{

class AskDialog;
class EntryList;
class MeasureWork;

/** All of the chosen measure, to be read and changed. Each field is written when it is left; what is wrong with it is
 *  said below it, and then nothing is written. */
class MeasurePage final : public QWidget
{
    Q_OBJECT
public:
    explicit MeasurePage(MeasureWork &work, QWidget *parent = nullptr);

    const Measure *measure() const; ///< null: none is chosen
    /** What is said beside the field; "" = nothing is wrong. */
    QString problemOf(const QString &field) const;
    AskDialog *askStep(const QString &stage = {}); ///< of the governance process; "" = the first that may follow
    AskDialog *askReport();
    AskDialog *askNew(); ///< a further measure, beside the chosen one
    QMessageBox *askRemove();
    AskDialog *askPlace();
    AskDialog *askAttachment();
    /** The chosen measure works there from now on. WKB in the working CRS. */
    Status takePlace(const QByteArray &wkb);

signals:
    void refused(const QString &why);
    void placeWanted(); ///< what is chosen on the map is to be its place
    void placeShown(); ///< its place is to be shown on the map

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        QWidget *editor = nullptr;
        QLabel *problem = nullptr;
    };
    void createHead();
    void createStatus();
    void createBasics();
    void createWeights();
    void createLists();
    void createPlaceAndAttachments();
    void createReports();
    void addRow(QFormLayout *form, const QString &key, const QString &title, QWidget *editor);
    QLineEdit *lineRow(QFormLayout *form, const QString &key, const QString &title, const QString &hint = {});

    void refresh();
    void fillBasics(const Measure &m);
    void fillStatus(const Measure &m);
    void fillLists(const Measure &m);
    void fillPlaceAndAttachments(const Measure &m);
    void readHistory();
    /** What is being written into a field stays, and it is said that somebody else has changed it meanwhile. */
    bool keepsTyped(const QString &key, bool isTyping, const QString &typed, const QString &stored);

    /** Takes what a field says over into a measure; an error says why it cannot be. */
    void commit(const QString &key);
    Status take(const QString &key, Measure &m) const;
    bool save(const Measure &after, const QString &key, const QString &text);
    void setProblem(const QString &key, const QString &text);

    AskDialog *askMilestone(int row);
    AskDialog *askRisk(int row);
    AskDialog *askLink();
    AskDialog *askFunding();

    MeasureWork &m_work;
    QStackedLayout *m_stack;
    QVBoxLayout *m_column = nullptr;
    QHash<QString, Row> m_rows; ///< by field's key
    QLabel *m_number, *m_title, *m_fieldDot, *m_fieldTitle, *m_status, *m_stageTitle;
    QPushButton *m_step = nullptr;
    QHash<QString, QDoubleSpinBox *> m_weights; ///< by id of goal or dimension
    EntryList *m_milestones, *m_funding, *m_risks, *m_links, *m_place, *m_attachments, *m_reports, *m_steps, *m_history;
    bool m_filling = false;
    QString m_shown; ///< number of the measure in the fields
    quint64 m_asked = 0; ///< counts the readings of the history: a late one is dropped
};

} // namespace hanseatlas
