// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/themes/themeservices.h"
#include "widgets/layers/treecommands.h"

#include <QThreadPool>
#include <QTimer>

#include <map>
#include <memory>

class QUndoStack;

namespace hanseatlas
{

/** Asks the services that the catalogue names for the theme on the map, and puts those that answer in the place of
 * demonstration data. Who answers late or never keeps nobody waiting: till then the demo city shows. GUI thread. */
class ThemeServiceWatch final : public QObject
{
    Q_OBJECT
public:
    ThemeServiceWatch(TreeEditor &editor, const QUndoStack &undo, const SourceOpener &opener,
                      QObject *parent = nullptr);
    ~ThemeServiceWatch() override; ///< cancels what is under way and waits for it

    void setServices(std::vector<ThemeService> services);
    /** A theme has come to the map: asks each of its services once. What the user took back is not asked for again
     * before the next call. */
    void look();
    QStringList silent() const; ///< titles of services of the last look() that did not answer

signals:
    /** Layers of these titles come from services now; one step for undo. */
    void switched(const QStringList &titles);
    void silentChanged();

private:
    enum class State { Asked, Answers, Silent, Done };
    struct Question {
        State state = State::Asked;
        std::unique_ptr<Latest> work;
    };
    void answered(std::size_t number, bool answers);
    void apply();

    TreeEditor &m_editor;
    const QUndoStack &m_undo;
    const SourceOpener &m_opener;
    std::vector<ThemeService> m_services;
    std::map<std::size_t, Question> m_questions; ///< by place in m_services
    QTimer m_patience; ///< for those that answer slowly; the others do not wait longer for them
    QThreadPool m_pool; ///< who waits for a server needs no core
};

} // namespace hanseatlas
