// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notice.h"
#include "app/session.h"

#include <QMainWindow>
#include <QUrl>

#include <functional>

class QDockWidget;
class QDoubleSpinBox;
class QLabel;
class QTabWidget;
class QToolBar;
class QToolButton;

namespace hanseatlas::look
{
class ProgressStrip;
}

namespace hanseatlas
{

class Actions;
class CataloguePanel;
class CoordinateBox;
class Exporter;
class FeaturePanel;
class LayerPanel;
class MapCanvas;
class NoticeArea;
class ScaleBox;
class DashboardDesk;
class MeasureDesk;
class MeasureMarks;
class OfflineDesk;
class SignInDesk;
class ThemePanel;

/** Arranges: the map has the stage, themes and layers at its left, what was asked at its right. What happens is the
 *  session's. */
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Session &session);
    ~MainWindow() override;

    MapCanvas &canvas() const { return *m_canvas; }
    FeaturePanel &features() const { return *m_features; }
    Actions &actions() const { return *m_actions; }
    NoticeArea &notices() const { return *m_notices; }
    SignInDesk &signIn() const { return *m_signIn; }

    /** For pictures of the program: "themes", "layers", "catalogue" (with words to search for after a colon), "object",
     * "open", "properties", "export", "commands", "notice", "signins", "signin" (what the first notice asks for).
     */
    void showPanel(const QString &name);
    void connectMeasureMarks();
    Geometry chosenOnMap() const;
    void showDashboard(const QStringList &words); ///< "demo", a number, an indicator's id
    void showFullScreen(bool on);
    bool isWorkingBeside() const; ///< one of the other windows is being filled

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum { themeTab, layerTab, catalogueTab };

    // mainwindow.cpp
    void createMiddle();
    void createPanels();
    void createStatusBar();
    void connectCanvas();
    void connectSession();
    void updateTitle();
    void updateThemes();
    void updateProgress();
    void readWindowState();
    void writeWindowState();
    /** Goes on when nothing would be lost, or the user has decided what becomes of it. */
    void unlessUnsaved(std::function<void()> then);

    // mainwindowcatalogue.cpp
    void createCatalogue();
    void connectCatalogue();
    void loadCatalogue();
    void showOrigins(); ///< of the theme on the map
    void showSources(const CatalogueSetup &setup);

    // mainwindowactions.cpp
    void connectActions();
    void connectViewActions();
    void connectMapActions();
    void showRequests();
    void connectChoices();
    void connectExports();
    void openLocations(const QStringList &locations);
    void chooseFiles();
    void chooseLayers(const QStringList &locations); ///< of these sources, and of what else the user wants
    void chooseWorkspace();
    void saveTo(const QString &path, std::function<void()> then = {});
    void saveAs(std::function<void()> then = {});
    void showLeft(int tab);
    void copyCoordinates(PointXY place);
    void contextMenu(const QPoint &at);
    void openLink(const QUrl &url);
    void chooseCrs();
    void reload(const QUuid &layer);
    void showProperties(const QUuid &node);
    void showFirstProperties();

    Session &m_session;
    Actions *m_actions = nullptr;
    MapCanvas *m_canvas = nullptr;
    NoticeArea *m_notices = nullptr;
    QToolBar *m_toolBar = nullptr;
    QDockWidget *m_left = nullptr;
    QDockWidget *m_right = nullptr;
    QTabWidget *m_tabs = nullptr;
    ThemePanel *m_themes = nullptr;
    LayerPanel *m_layers = nullptr;
    CataloguePanel *m_catalogue = nullptr;
    FeaturePanel *m_features = nullptr;
    ScaleBox *m_scale = nullptr;
    CoordinateBox *m_coordinates = nullptr;
    QDoubleSpinBox *m_rotation = nullptr;
    QToolButton *m_crs = nullptr;
    look::ProgressStrip *m_progress = nullptr;
    Exporter *m_exporter = nullptr;
    SignInDesk *m_signIn = nullptr;
    MeasureDesk *m_measures = nullptr;
    DashboardDesk *m_dashboard = nullptr;
    MeasureMarks *m_marks = nullptr;
    OfflineDesk *m_offline = nullptr;
    bool m_catalogueLoaded = false; ///< or about to be
    Latest m_loadingCatalogue;
    Latest m_keepingSources;
    QString m_exporting; ///< what the running export says of itself; "" = none runs
    double m_exported = -1; ///< how far it is
    QHash<QUuid, double> m_loading; ///< how far layers are
    QString m_opening;
    bool m_loads = false; ///< layers are being loaded
    QPointF m_menuPlace;
    bool m_decided = false; ///< the user has said what becomes of unsaved work: the window may close
    bool m_leftShown = true;
    bool m_rightShown = false; ///< before full screen
};

} // namespace hanseatlas
