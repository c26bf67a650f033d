// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguemodel.h"

#include <QDialog>

class QPushButton;

namespace hanseatlas
{

class CatalogueView;

/** The layers of one service to choose from, for a dataset that names the service alone. */
class ServiceDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `service`: a node of the kind Service. `reader` lives until the pool's work has ended. */
    ServiceDialog(const CatalogueNode &service, const CatalogueReader &reader, QThreadPool &pool,
                  QWidget *parent = nullptr);

signals:
    void chosen(const std::vector<hanseatlas::CatalogueNode> &layers);

private:
    void choose();

    CatalogueNode m_service;
    CatalogueModel *m_model;
    CatalogueView *m_view;
    QPushButton *m_ok;
};

} // namespace hanseatlas
