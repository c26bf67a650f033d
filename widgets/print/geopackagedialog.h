// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QStandardItemModel;
class QTreeView;

namespace hanseatlas
{

class PathField;

/** What the user wants in a GeoPackage. */
struct GeoPackageChoice {
    QList<QUuid> layers;
    bool visibleExtentOnly = false;
    bool includePersonal = false;
    QString path;
};

/** Asks which layers go into a GeoPackage, and how much of them. Accepted: choice() holds the job. */
class GeoPackageDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `layers`: all of the map, topmost first; the visible ones are checked at first. */
    GeoPackageDialog(const std::vector<Layer> &layers, const QString &folder, QWidget *parent = nullptr);

    GeoPackageChoice choice() const;

private:
    QWidget *createList(const std::vector<Layer> &layers);
    QWidget *createExtent();
    QWidget *createPersonal();
    QWidget *createButtons();
    void addLayer(const Layer &layer);
    void checkAll(bool checked);
    void refresh();

    QStandardItemModel *m_model;
    QTreeView *m_list;
    QRadioButton *m_everything, *m_visible;
    QCheckBox *m_personal;
    QWidget *m_personalBox;
    QLabel *m_count;
    PathField *m_path;
    QPushButton *m_export;
};

} // namespace hanseatlas
