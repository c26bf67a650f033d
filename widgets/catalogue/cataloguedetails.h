// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguereader.h"

#include <QScrollArea>
#include <QTimer>
#include <QUrl>

class QLabel;
class QVBoxLayout;

namespace hanseatlas
{

/** What there is to know about one row of the catalogue: a picture, the text, licence and source, dates, links, and of
 *  a dataset its resources, each to be added by one click. All texts are shown as they are, never as markup. */
class CatalogueDetails final : public QScrollArea
{
    Q_OBJECT
public:
    /** `reader` lives until the pool's work has ended. */
    CatalogueDetails(const CatalogueReader &reader, QThreadPool &pool, QWidget *parent = nullptr);
    ~CatalogueDetails() override;

    void show(const CatalogueNode &node);
    void clear();

signals:
    void addRequested(const hanseatlas::CatalogueNode &resource);
    void linkActivated(const QUrl &link);

private:
    QLabel *addText(QVBoxLayout *layout, bool secondary);
    void showTexts();
    void showLinks();
    void showResources();
    void fetchPreview();

    const CatalogueReader &m_reader;
    QThreadPool &m_pool;
    CatalogueNode m_node;
    QLabel *m_picture = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_reason = nullptr;
    QLabel *m_abstract = nullptr;
    QLabel *m_facts = nullptr;
    QWidget *m_links = nullptr;
    QWidget *m_resources = nullptr;
    QTimer m_wait; ///< who walks through the rows does not want all their pictures
    Latest m_preview;
};

} // namespace hanseatlas
