// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/servicedialog.h"

#include "widgets/catalogue/catalogueview.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

ServiceDialog::ServiceDialog(const CatalogueNode &service, const CatalogueReader &reader, QThreadPool &pool,
                             QWidget *parent)
    : QDialog(parent)
    , m_service(service)
    , m_model(new CatalogueModel(reader, pool, this))
    , m_view(new CatalogueView(false))
{
    setWindowTitle(tr("Layers of the service"));
    resize(480, 520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    auto *title = label(service.title, Type::Heading);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    layout->addWidget(title);
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Layers of the service"));
    layout->addWidget(m_view, 1);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = box->addButton(tr("&Add to map"), QDialogButtonBox::AcceptRole);
    setPrimary(m_ok);
    m_ok->setEnabled(false);
    connect(box, &QDialogButtonBox::accepted, this, &ServiceDialog::choose);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(box);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const auto action = CatalogueAction(index.data(CatalogueActionRole).toInt());
        if (action == CatalogueAction::Load)
            m_model->load(index);
        else if (action == CatalogueAction::Add)
            choose();
        else if (action == CatalogueAction::Unfold)
            m_view->setExpanded(index, !m_view->isExpanded(index));
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const auto rows = m_view->selectionModel()->selectedRows();
        m_ok->setEnabled(std::ranges::any_of(rows, [this](const auto &row) { return m_model->layersBelow(row) > 0; }));
    });
    connect(m_model, &CatalogueModel::loaded, this, [this](const QModelIndex &index) {
        m_view->expand(index);
        if (m_view->selectionModel()->selectedRows().isEmpty())
            m_view->setCurrentIndex(m_model->index(0, 0, index));
    });
    m_model->setSources({{.id = u"service"_s,
                          .title = service.title,
                          .kind = CatalogueSourceKind::Service,
                          .location = service.source->location,
                          .provider = service.source->provider}});
    m_model->load(m_model->index(0, 0));
}

void ServiceDialog::choose()
{
    std::vector<CatalogueNode> nodes;
    for (const auto &row : m_view->selectionModel()->selectedRows())
        nodes.push_back(m_model->collected(row));
    // what the dataset says counts where the service is silent, and its limits count always
    forEachNode(nodes, [this](CatalogueNode &node) {
        if (node.licence.isEmpty())
            node.licence = m_service.licence;
        if (node.attribution.isEmpty())
            node.attribution = m_service.attribution;
        node.mayBeStored = node.mayBeStored && m_service.mayBeStored;
        node.personal = node.personal || m_service.personal;
    });
    if (nodes.empty())
        return;
    emit chosen(nodes);
    accept();
}

} // namespace hanseatlas
