// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/themeservicewatch.h"

#include <QUndoStack>

#include <algorithm>
#include <chrono>

namespace hanseatlas
{

namespace
{

constexpr int mostAtOnce = 32;
constexpr std::chrono::seconds patience{3};

} // namespace

ThemeServiceWatch::ThemeServiceWatch(TreeEditor &editor, const QUndoStack &undo, const SourceOpener &opener,
                                     QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_undo(undo)
    , m_opener(opener)
{
    m_pool.setMaxThreadCount(mostAtOnce);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &ThemeServiceWatch::apply);
}

ThemeServiceWatch::~ThemeServiceWatch()
{
    m_questions.clear();
    m_pool.waitForDone();
}

void ThemeServiceWatch::setServices(std::vector<ThemeService> services)
{
    m_questions.clear();
    m_services = std::move(services);
    look();
}

void ThemeServiceWatch::look()
{
    std::erase_if(m_questions, [](const auto &each) { return each.second.state != State::Asked; });
    for (std::size_t number = 0; number < m_services.size(); ++number) {
        if (m_questions.contains(number) || !takeFromService(m_services[number], m_editor.tree()))
            continue;
        auto &question = m_questions[number];
        question.work = std::make_unique<Latest>();
        const auto work = [&opener = m_opener, ref = m_services[number].layer.layer->source](CancelToken token) {
            return opener.open(ref, token).has_value();
        };
        question.work->run(m_pool, work, [this, number](bool answers) { answered(number, answers); });
        m_patience.start();
    }
    emit silentChanged();
}

QStringList ThemeServiceWatch::silent() const
{
    QStringList titles;
    for (const auto &[number, question] : m_questions)
        if (question.state == State::Silent)
            titles << m_services[number].layer.layer->title;
    return titles;
}

void ThemeServiceWatch::answered(std::size_t number, bool answers)
{
    m_questions[number].state = answers ? State::Answers : State::Silent;
    if (!answers)
        emit silentChanged();
    const bool waits =
        std::ranges::any_of(m_questions, [](const auto &each) { return each.second.state == State::Asked; });
    if (!waits || !m_patience.isActive())
        apply();
}

void ThemeServiceWatch::apply()
{
    if (m_undo.canRedo()) // who is just taking steps back wants to go forward again
        return;
    std::vector<TreeChange> changes;
    QStringList titles;
    for (auto &[number, question] : m_questions) {
        if (question.state != State::Answers)
            continue;
        question.state = State::Done;
        if (auto change = takeFromService(m_services[number], m_editor.tree())) {
            changes.push_back(*std::move(change));
            titles << m_services[number].layer.layer->title;
        }
    }
    if (!changes.empty()
        && m_editor.apply({.what = TreeChange::Batch{std::move(changes)}, .text = tr("Take layers from services")}))
        emit switched(titles);
}

} // namespace hanseatlas
