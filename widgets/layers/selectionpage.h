// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/layers/propertypages.h"

#include <QJsonObject>

class QGridLayout;
class QToolButton;

namespace hanseatlas
{

/** Which objects of a service's layer are fetched: an area, and conditions that must all hold. The service selects, so
 *  that no more comes than is wanted. Writes options.extent and options.filter of the source. */
class SelectionPage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit SelectionPage(QWidget *parent = nullptr);
    static bool fits(const SourceRef &source); ///< can its server select?

    void setView(const Extent &extent, const Crs &crs);
    void show(const LayerNode &node) override;
    void store(LayerNode &node) const override;

private:
    struct Row {
        QComboBox *field, *comparison;
        QLineEdit *value;
        QToolButton *remove;
    };
    void addRow(const QJsonObject &condition);
    void removeRow(QToolButton *button);
    void clearRows();
    void showRow(const Row &row) const;
    void showArea();
    void takeView();
    QJsonObject conditionOf(const Row &row) const; ///< empty where it is not complete
    FieldType typeOf(const QString &field) const;

    QList<Field> m_fields;
    QJsonObject m_area; ///< as options.extent; empty = everywhere
    Extent m_view;
    Crs m_viewCrs;
    QCheckBox *m_onlyArea;
    QLabel *m_areaText;
    QPushButton *m_take;
    QLabel *m_none;
    QGridLayout *m_grid;
    std::vector<Row> m_rows;
};

} // namespace hanseatlas
