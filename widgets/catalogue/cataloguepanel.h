// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguesearch.h"
#include "layers/map/layertree.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace hanseatlas
{

class CatalogueDetails;
class CatalogueView;

namespace look
{
class EmptyState;
class SearchField;
class Spinner;
} // namespace look

/** The catalogue: a field to search with, below it the tree of sources or what was found, then what there is to know
 *  about the chosen row. Puts layers on the map by button, Enter, double click and by dragging. Shows and asks only;
 * who owns the map and the user's list of sources acts on the signals. */
class CataloguePanel final : public QWidget
{
    Q_OBJECT
public:
    /** Both ports live until the pool's work has ended. */
    CataloguePanel(const CatalogueReader &reader, const CatalogueDetector &detector, QThreadPool &pool,
                   QWidget *parent = nullptr);
    ~CataloguePanel() override;

    void setSources(std::vector<CatalogueSource> sources);
    std::vector<CatalogueSource> sources() const;
    void search(const QString &words); ///< as if the user had typed it
    /** As if the user had chosen them: asks where they are many, or a service whose layers are not known. */
    void add(std::vector<CatalogueNode> nodes);
    QList<QAction *> commands() const; ///< what can be done with the catalogue, for the program's menu

protected:
    void showEvent(QShowEvent *event) override;

signals:
    /** Topmost first, ready to go into the tree. */
    void addWanted(const std::vector<hanseatlas::LayerNode> &nodes);
    /** The user added, renamed, removed or imported sources: all of them, to be kept. */
    void sourcesChanged(const std::vector<hanseatlas::CatalogueSource> &sources);
    void linkActivated(const QUrl &link);
    /** Something the user asked for did not work. */
    void failed(const hanseatlas::Error &error);

private:
    // cataloguepanel.cpp
    QWidget *createHeader();
    QWidget *createSearch();
    QWidget *createViews();
    QWidget *createBottom();
    void connectViews();
    void createActions();
    bool isSearching() const;
    CatalogueView *view() const;
    CatalogueNode nodeAt(const QModelIndex &index) const;
    void startSearch();
    void showState();
    void showDetails();
    void updateActions();
    void updateThemes();
    void activate(const QModelIndex &index);
    void unfoldFirst();
    void reveal(const QModelIndex &row); ///< shows a row of the tree
    void addSelected();
    void emitLayers(const std::vector<CatalogueNode> &nodes);

    // cataloguesources.cpp
    const CatalogueSource *chosenSource() const;
    void askForSource();
    void renameSource();
    void removeSource();
    void refreshSource();
    void exportSources();
    void importSources();
    void changeSources(std::vector<CatalogueSource> sources);

    const CatalogueReader &m_reader;
    const CatalogueDetector &m_detector;
    QThreadPool &m_pool;
    CatalogueModel *m_model;
    CatalogueSearch *m_search;
    look::SearchField *m_field = nullptr;
    QWidget *m_filters = nullptr;
    QComboBox *m_format = nullptr;
    QComboBox *m_theme = nullptr;
    QLabel *m_count = nullptr;
    look::Spinner *m_spinner = nullptr;
    QStackedLayout *m_stack = nullptr;
    CatalogueView *m_tree = nullptr;
    CatalogueView *m_finds = nullptr;
    look::EmptyState *m_nothing = nullptr;
    CatalogueDetails *m_details = nullptr;
    QPushButton *m_addButton = nullptr;
    QAction *m_add = nullptr;
    QAction *m_addSource = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_refresh = nullptr;
    QAction *m_import = nullptr;
    QAction *m_export = nullptr;
    bool m_isFresh = true; ///< nobody has seen sources yet
    int m_seed = 0; ///< so that layers differ in colour
};

} // namespace hanseatlas
