// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/model/job.h"

#include <QDialog>

#include <map>
#include <memory>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QTreeView;

namespace hanseatlas
{

class CorrectionFields;
class SourceModel;

namespace look
{
class MessageBar;
}

/** Chooses files or a folder, shows the layers that are in them, and what was guessed or is wrong about them. Looking
 *  into files goes on in the background; the dialog never waits for them. */
class OpenDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `opener` lives until the pool's work has ended. `filters` for QFileDialog; `recent`: paths, newest first. */
    OpenDialog(const SourceOpener &opener, QThreadPool &pool, QStringList filters, const QStringList &recent,
               QWidget *parent = nullptr);
    ~OpenDialog() override;

    /** Where choosing files begins. */
    void setFolder(const QString &folder) { m_folder = folder; }
    QString folder() const { return m_folder; }
    /** As if the user had chosen them. */
    void addLocations(const QStringList &locations);

    /** Topmost first; to be asked for after accepted(). */
    std::vector<LayerNode> nodes() const;
    /** Of the sources that the nodes come from, for the list of recent files. */
    QStringList locations() const;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *createBar(const QStringList &recent);
    QWidget *createAddressRow();
    QWidget *createPreview();
    QWidget *createDetails();
    QWidget *createButtons();
    void chooseFiles();
    void chooseFolder();
    void addAddress();
    void removeCurrent();
    void inspect(int source);
    void correct();
    void showDetails();
    void updateState();

    const SourceOpener &m_opener;
    QThreadPool &m_pool;
    QStringList m_filters;
    QString m_folder;
    SourceModel *m_model;
    QTreeView *m_view = nullptr;
    QStackedLayout *m_stack = nullptr;
    QAction *m_files = nullptr, *m_folderAction = nullptr, *m_remove = nullptr;
    QLineEdit *m_address = nullptr;
    QPushButton *m_look = nullptr;
    QWidget *m_details = nullptr;
    QLabel *m_facts = nullptr, *m_notes = nullptr;
    look::MessageBar *m_error = nullptr;
    CorrectionFields *m_corrections = nullptr;
    QPushButton *m_ok = nullptr;
    std::map<int, std::unique_ptr<Latest>> m_looking; ///< by source
};

} // namespace hanseatlas
