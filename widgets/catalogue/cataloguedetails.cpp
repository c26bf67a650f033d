// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/cataloguedetails.h"

#include "widgets/look/elidedlabel.h"
#include "widgets/look/look.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPixmap>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <exception>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr QSize previewSize{320, 120};
constexpr int mostResources = 60; ///< buttons

QString dateText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime().date(), QLocale::ShortFormat);
}

QString factsOf(const CatalogueNode &node)
{
    QStringList lines;
    const auto add = [&](const QString &sentence, const QString &value) {
        if (!value.isEmpty())
            lines << sentence.arg(value);
    };
    add(CatalogueDetails::tr("Kind: %1"), node.format);
    add(CatalogueDetails::tr("Licence: %1"), node.licence);
    add(CatalogueDetails::tr("Source: %1"), node.attribution);
    if (node.contact != node.attribution)
        add(CatalogueDetails::tr("Contact: %1"), node.contact);
    if (node.modified.isValid())
        add(CatalogueDetails::tr("Changed: %1"), dateText(node.modified));
    if (node.issued.isValid())
        add(CatalogueDetails::tr("Published: %1"), dateText(node.issued));
    if (node.minScale > 0)
        lines << CatalogueDetails::tr("Shown from 1 : %1 on").arg(QLocale().toString(node.minScale, 'f', 0));
    if (node.maxScale > 0)
        lines << CatalogueDetails::tr("Shown up to 1 : %1").arg(QLocale().toString(node.maxScale, 'f', 0));
    add(CatalogueDetails::tr("Keywords: %1"), node.keywords.join(u", "_s));
    return lines.join(u'\n');
}

QString reasonOf(const CatalogueNode &node)
{
    QStringList lines;
    if (!node.reason.isEmpty())
        lines << node.reason;
    if (!node.mayBeStored)
        lines << CatalogueDetails::tr("May be viewed, but neither stored nor exported.");
    if (node.personal)
        lines << CatalogueDetails::tr("Contains personal data.");
    return lines.join(u'\n');
}

void empty(QWidget *holder)
{
    qDeleteAll(holder->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
}

} // namespace

CatalogueDetails::CatalogueDetails(const CatalogueReader &reader, QThreadPool &pool, QWidget *parent)
    : QScrollArea(parent)
    , m_reader(reader)
    , m_pool(pool)
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::large, space::medium, space::large, space::large);
    layout->setSpacing(space::small);
    m_title = label({}, Type::Heading);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    layout->addWidget(m_title);
    m_reason = addText(layout, false);
    m_picture = new QLabel;
    m_picture->setAccessibleName(tr("Preview"));
    layout->addWidget(m_picture);
    m_resources = new QWidget;
    (new QVBoxLayout(m_resources))->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_resources);
    m_abstract = addText(layout, false);
    m_facts = addText(layout, true);
    m_links = new QWidget;
    (new QHBoxLayout(m_links))->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_links);
    layout->addStretch();
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("About the layer"));
    m_wait.setSingleShot(true);
    m_wait.setInterval(300);
    connect(&m_wait, &QTimer::timeout, this, &CatalogueDetails::fetchPreview);
    clear();
}

CatalogueDetails::~CatalogueDetails() = default;

QLabel *CatalogueDetails::addText(QVBoxLayout *layout, bool secondary)
{
    auto *made = secondary ? secondaryLabel({}, Type::Caption) : label({});
    made->setTextFormat(Qt::PlainText); // what others wrote is no markup
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(made);
    return made;
}

void CatalogueDetails::clear()
{
    m_node = {};
    m_wait.stop();
    m_preview.cancel();
    setVisible(false);
}

void CatalogueDetails::show(const CatalogueNode &node)
{
    if (node == m_node && isVisibleTo(parentWidget()))
        return;
    m_node = node;
    m_preview.cancel();
    m_picture->clear();
    m_picture->hide();
    showTexts();
    showResources();
    showLinks();
    verticalScrollBar()->setValue(0);
    setVisible(true);
    m_wait.start();
}

void CatalogueDetails::showTexts()
{
    const auto set = [](QLabel *text, const QString &value) {
        text->setText(value);
        text->setVisible(!value.isEmpty());
    };
    set(m_title, m_node.title);
    set(m_reason, reasonOf(m_node));
    set(m_abstract, m_node.abstract);
    set(m_facts, factsOf(m_node));
}

void CatalogueDetails::showLinks()
{
    empty(m_links);
    auto *row = static_cast<QHBoxLayout *>(m_links->layout());
    while (auto *item = row->takeAt(0))
        delete item;
    for (const auto &[text, link] :
         {std::pair(tr("Description"), m_node.metadata), std::pair(tr("Web page"), m_node.page)}) {
        if (link.isEmpty())
            continue;
        auto *button = new QPushButton(icon(u"external"_s), text);
        button->setToolTip(link.toHtmlEscaped());
        connect(button, &QPushButton::clicked, this, [this, url = QUrl(link)] { emit linkActivated(url); });
        row->addWidget(button);
    }
    m_links->setVisible(row->count() > 0);
    row->addStretch();
}

void CatalogueDetails::showResources()
{
    empty(m_resources);
    auto *column = static_cast<QVBoxLayout *>(m_resources->layout());
    column->setSpacing(space::tiny);
    const bool dataset = m_node.kind == CatalogueKind::Dataset;
    m_resources->setVisible(dataset && !m_node.children.empty());
    if (!dataset)
        return;
    const auto count = std::min(m_node.children.size(), std::size_t(mostResources));
    for (std::size_t i = 0; i < count; ++i) {
        const auto &resource = m_node.children[i];
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto *name = new ElidedLabel(resource.format.isEmpty() ? resource.title
                                                               : tr("%1 · %2").arg(resource.format, resource.title));
        row->addWidget(name, 1);
        const bool service = resource.kind == CatalogueKind::Service;
        if (resource.canBeShown() || service) {
            auto *add = new QPushButton(icon(u"layer-add"_s), service ? tr("Layers …") : tr("Add"));
            add->setAccessibleName(tr("Add %1 to the map").arg(resource.title));
            connect(add, &QPushButton::clicked, this, [this, i] { emit addRequested(m_node.children[i]); });
            row->addWidget(add);
        } else if (!resource.page.isEmpty()) {
            auto *open = new QPushButton(icon(u"external"_s), tr("Open"));
            open->setToolTip(resource.page.toHtmlEscaped());
            connect(open, &QPushButton::clicked, this, [this, url = QUrl(resource.page)] { emit linkActivated(url); });
            row->addWidget(open);
        }
        column->addWidget(line);
    }
}

void CatalogueDetails::fetchPreview()
{
    if (m_node.kind == CatalogueKind::Folder || m_node.kind == CatalogueKind::Hint)
        return;
    auto node = m_node;
    for (const auto &resource : node.children) // a dataset looks like its map
        if (node.kind == CatalogueKind::Dataset && resource.canBeShown()) {
            node = CatalogueNode(resource);
            break;
        }
    node.children.clear();
    const auto size = previewSize * devicePixelRatioF();
    m_preview.run(
        m_pool,
        [&reader = m_reader, node, size](CancelToken token) -> QImage {
            try {
                return reader.preview(node, size, token).value_or(QImage());
            } catch (const std::exception &) {
                return {}; // a picture that cannot be had is not missed
            }
        },
        [this](const QImage &image) {
            if (image.isNull())
                return;
            auto pixmap = QPixmap::fromImage(image);
            pixmap.setDevicePixelRatio(devicePixelRatioF());
            m_picture->setPixmap(pixmap);
            m_picture->show();
        });
}

} // namespace hanseatlas
