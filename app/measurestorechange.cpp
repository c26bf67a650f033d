// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measurestorechange.h"

#include "app/session.h"
#include "widgets/measures/measurework.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QList<Measure> strategysMeasures()
{
    QFile file(u":/strategy/measures.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return measuresFromJson(file.readAll(), u"measures.json"_s).value_or(QList<Measure>());
}

StoreChoice choiceNow(const StoreSetting &setting, const MeasureWork &work)
{
    auto choice = setting.choice();
    choice.person = work.person();
    return choice;
}

} // namespace

MeasureStoreChange::MeasureStoreChange(Session &session, const MeasureWork &work, QWidget *window)
    : m_session(session)
    , m_work(work)
    , m_before(StoreSetting::load(session.paths().settings))
    , m_dialog(new StoreDialog(choiceNow(m_before, work), window))
{
    setParent(m_dialog); // and goes with it
    connect(m_dialog, &StoreDialog::wanted, this, &MeasureStoreChange::tryOut);
    connect(m_dialog, &StoreDialog::stopped, this, [this] { m_job.cancel(); });
    m_dialog->open();
}

void MeasureStoreChange::tryOut(const StoreChoice &choice)
{
    const auto setting = settingOf(choice, m_before, m_session.network().get());
    if (!setting)
        return m_dialog->setProblem(setting.error());
    const auto use = [this, setting = *setting] {
        setting.save(m_session.paths().settings);
        emit changed();
        m_dialog->done(QDialog::Accepted);
    };
    if (!choice.isShared)
        return use();
    if (m_session.isOffline())
        return m_dialog->setProblem({ErrorKind::Network,
                                     tr("The program works offline."),
                                     tr("Go online to change the store of the measures."),
                                     {}});
    m_dialog->setBusy(true);
    QList<Measure> first;
    if (choice.make && choice.takeMine) {
        for (const auto &stored : m_work.measures())
            first.append(stored.measure);
    }
    const auto work = [setting = *setting, choice, first, facts = m_work.facts(),
                       note = m_work.note(tr("Begin of the shared store")),
                       network = m_session.network()](CancelToken token) {
        const auto begin = choice.make && !choice.takeMine ? strategysMeasures() : first;
        return trySharedStore(setting, choice, begin, facts, note, network, token);
    };
    m_job.run(m_session.workPool(), work, [this, use](const Result<bool> &usable) {
        if (!usable)
            m_dialog->setProblem(usable.error());
        else if (*usable)
            use();
        else
            m_dialog->askToMake();
    });
}

} // namespace hanseatlas
