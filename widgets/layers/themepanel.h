// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/themes/maptheme.h"
#include "layers/themes/themeservices.h"

#include <QWidget>

#include <optional>

class QAction;
class QComboBox;
class QLabel;
class QListView;
class QScrollArea;

namespace hanseatlas
{

class ThemeModel;

/** The theme maps to choose from, and below them what the chosen one shows: explanation, the questions it answers,
 * source and licence, its other looks. Shows and asks only; who owns the map acts on the signals. */
class ThemePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ThemePanel(QWidget *parent = nullptr);

    /** `current`: the theme on the map; "" = none. */
    void setThemes(std::vector<MapTheme> themes, const QString &current);
    void setCurrent(const QString &id);
    QString current() const;
    /** The look that the current theme has on the map; none: one that the user made. */
    void setVariant(const std::optional<QString> &variant);
    /** Where its layers come from; `silent`: services that were asked for them and did not answer. */
    void setOrigins(const ThemeOrigins &origins, const QStringList &silent);
    /** What can be done with themes, for the program's menu. */
    QList<QAction *> commands() const { return {m_duplicate, m_rename, m_remove, m_update, m_saveCurrent}; }

signals:
    void chosen(const QString &id);
    void variantChosen(const QString &id, const QString &variant); ///< "" = the theme's own look
    void duplicateRequested(const QString &id);
    void renameRequested(const QString &id, const QString &title);
    void removeRequested(const QString &id);
    void updateRequested(const QString &id); ///< the layers on the map are to be the theme's from now on
    void saveCurrentRequested(const QString &title); ///< the layers on the map as a theme

private:
    QWidget *createHeader();
    QWidget *createDetails();
    void showDetails();
    void updateActions();
    QString selected() const; ///< the row with the keyboard focus
    void askForTitle(const QString &caption, const QString &title, const std::function<void(const QString &)> &accept);

    ThemeModel *m_model;
    QListView *m_list;
    QScrollArea *m_details;
    QLabel *m_explanation;
    QLabel *m_questions;
    QLabel *m_source;
    QLabel *m_origins;
    QWidget *m_variantRow;
    QComboBox *m_variants;
    QAction *m_duplicate;
    QAction *m_rename;
    QAction *m_remove;
    QAction *m_update;
    QAction *m_saveCurrent;
};

} // namespace hanseatlas
