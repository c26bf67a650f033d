// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/actions.h"
#include "app/noticearea.h"
#include "layers/catalogue/cataloguelayers.h"
#include "widgets/catalogue/cataloguepanel.h"
#include "widgets/layers/themepanel.h"

#include <QDockWidget>
#include <QTabWidget>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::chrono::seconds catalogueDelay{2};

QString titleOf(const LayerNode &node)
{
    return node.layer ? node.layer->title : node.title;
}

} // namespace

void MainWindow::createCatalogue()
{
    const auto &catalogue = m_session.catalogue();
    m_catalogue = new CataloguePanel(catalogue, catalogue, m_session.workPool(), this);
    m_tabs->addTab(m_catalogue, tr("Catalogue"));
    m_actions->catalogueMenu->addActions(m_catalogue->commands());
}

void MainWindow::connectCatalogue()
{
    connect(m_catalogue, &CataloguePanel::addWanted, this, [this](const std::vector<LayerNode> &nodes) {
        m_session.add({}, nodes);
        m_notices->show({.kind = Notice::Kind::Success,
                         .text = nodes.size() == 1 ? tr("Added to the map: %1").arg(titleOf(nodes.front()))
                                                   : tr("Added to the map: %n entries", nullptr, int(nodes.size())),
                         .topic = u"catalogue"_s,
                         .undoable = true});
    });
    connect(m_catalogue, &CataloguePanel::sourcesChanged, this, [this](const std::vector<CatalogueSource> &sources) {
        const auto work = [&catalogue = m_session.catalogue(), sources](CancelToken) {
            return catalogue.keep(sources);
        };
        m_keepingSources.run(m_session.workPool(), work, [this](const Status &status) {
            if (!status)
                m_notices->show(Notice::of(status.error(), u"catalogue"_s));
        });
    });
    connect(m_catalogue, &CataloguePanel::linkActivated, this, &MainWindow::openLink);
    connect(m_catalogue, &CataloguePanel::failed, this,
            [this](const Error &error) { m_notices->show(Notice::of(error, u"catalogue"_s)); });
    for (auto *command : m_catalogue->commands())
        connect(command, &QAction::triggered, this, [this] {
            m_left->show();
            m_tabs->setCurrentIndex(catalogueTab);
        });
    connect(&m_session, &Session::workspaceChanged, this, &MainWindow::showOrigins);
    connect(&m_session.themeServices(), &ThemeServiceWatch::silentChanged, this, &MainWindow::showOrigins);
    // The map comes first.
    const auto loadIfSeen = [this] {
        if (m_tabs->currentIndex() == catalogueTab)
            loadCatalogue();
    };
    connect(m_tabs, &QTabWidget::currentChanged, this, loadIfSeen);
    connect(&m_session, &Session::started, this, [this, loadIfSeen] {
        loadIfSeen();
        QTimer::singleShot(catalogueDelay, this, &MainWindow::loadCatalogue);
    });
}

void MainWindow::loadCatalogue()
{
    if (m_catalogueLoaded || !m_session.isStarted())
        return;
    m_catalogueLoaded = true;
    const auto work = [&catalogue = m_session.catalogue()](CancelToken) { return catalogue.setup(); };
    m_loadingCatalogue.run(m_session.workPool(), work, [this](const CatalogueSetup &setup) { showSources(setup); });
}

void MainWindow::showOrigins()
{
    m_themes->setOrigins(originsOf(m_session.tree()), m_session.themeServices().silent());
}

void MainWindow::showSources(const CatalogueSetup &setup)
{
    m_catalogue->setSources(setup.sources);
    if (m_session.hasNetwork())
        m_session.setThemeServices(setup.themeLayers);
    if (!setup.problems.isEmpty())
        m_notices->show({.kind = Notice::Kind::Warning,
                         .text = tr("Catalogues that cannot be read: %1").arg(setup.problems.size()),
                         .details = setup.problems.join(u'\n'),
                         .topic = u"catalogue"_s});
}

} // namespace hanseatlas
