// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/themepanel.h"

#include "widgets/layers/themedelegate.h"
#include "widgets/layers/thememodel.h"
#include "widgets/look/look.h"
#include "widgets/look/sectionheader.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

/** Text of data files is shown as it is, never as markup. */
QLabel *plainLabel(Type type = Type::Body, bool secondary = false)
{
    auto *made = secondary ? secondaryLabel({}, type) : label({}, type);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    made->setFocusPolicy(Qt::NoFocus);
    return made;
}

QString provenanceText(const Provenance &provenance)
{
    QStringList lines;
    if (provenance.demo)
        lines << ThemePanel::tr("Demonstration data: made up, not measured.");
    if (provenance.personal)
        lines << ThemePanel::tr("Contains personal data.");
    if (const auto source = provenance.attribution.isEmpty() ? provenance.source : provenance.attribution;
        !source.isEmpty())
        lines << ThemePanel::tr("Source: %1").arg(source);
    if (!provenance.licence.isEmpty())
        lines << ThemePanel::tr("Licence: %1").arg(provenance.licence);
    if (provenance.dataTime.isValid())
        lines << ThemePanel::tr("As of: %1").arg(QLocale().toString(provenance.dataTime.date(), QLocale::ShortFormat));
    return lines.join(u'\n');
}

} // namespace

ThemePanel::ThemePanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ThemeModel(this))
    , m_list(new QListView)
{
    setFocusProxy(m_list);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ThemeDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Theme maps"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHeader());
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_list->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    layout->addWidget(m_list);
    layout->addWidget(createDetails(), 1);
    layout->addStretch(); // without details the list stays at the top
    m_list->addActions({m_duplicate, m_rename, m_remove});

    auto choose = [this](const QModelIndex &index) { emit chosen(index.data(ThemeModel::IdRole).toString()); };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, [this, choose](const QModelIndex &index) {
        if (index.data(ThemeModel::IdRole).toString() != m_model->current()) // a click has done it already
            choose(index);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ThemePanel::updateActions);
    connect(m_variants, &QComboBox::activated, this,
            [this](int i) { emit variantChosen(m_model->current(), m_variants->itemData(i).toString()); });
    showDetails();
    updateActions();
}

QWidget *ThemePanel::createHeader()
{
    m_duplicate = new QAction(icon(u"duplicate"_s), tr("Duplicate theme map"), this);
    m_rename = new QAction(icon(u"rename"_s), tr("Rename …"), this);
    m_remove = new QAction(icon(u"remove"_s), tr("Delete theme map"), this);
    m_update = new QAction(icon(u"save"_s), tr("Keep the changes in the theme map"), this);
    connect(m_update, &QAction::triggered, this, [this] { emit updateRequested(m_model->current()); });
    m_saveCurrent = new QAction(icon(u"save"_s), tr("Save layers as theme map …"), this);
    connect(m_duplicate, &QAction::triggered, this, [this] { emit duplicateRequested(selected()); });
    connect(m_remove, &QAction::triggered, this, [this] { emit removeRequested(selected()); });
    connect(m_rename, &QAction::triggered, this, [this] {
        const auto id = selected();
        if (const auto *theme = m_model->theme(id))
            askForTitle(tr("Rename theme map"), theme->title,
                        [this, id](const QString &title) { emit renameRequested(id, title); });
    });
    connect(m_saveCurrent, &QAction::triggered, this, [this] {
        askForTitle(tr("Save layers as theme map"), {},
                    [this](const QString &title) { emit saveCurrentRequested(title); });
    });
    auto *menu = new QMenu(this);
    menu->addActions({m_duplicate, m_rename, m_remove});
    menu->addSeparator();
    menu->addActions({m_update, m_saveCurrent});
    auto *more = new QAction(icon(u"more"_s), tr("More for theme maps"), this);
    more->setMenu(menu);
    connect(more, &QAction::triggered, this,
            [this, menu] { menu->popup(mapToGlobal(QPoint(width() - menu->sizeHint().width(), 40))); });
    auto *header = new SectionHeader(tr("Theme maps"));
    header->addButton(more);
    header->setContentsMargins(space::medium, space::tiny, space::small, space::tiny);
    return header;
}

QWidget *ThemePanel::createDetails()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::large, space::medium, space::large, space::large);
    layout->setSpacing(space::small);
    m_variantRow = new QWidget;
    auto *row = new QHBoxLayout(m_variantRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_variants = new QComboBox;
    m_variants->setPlaceholderText(tr("Own"));
    auto *caption = label(tr("&Colours:"));
    caption->setBuddy(m_variants);
    row->addWidget(caption);
    row->addWidget(m_variants, 1);
    m_explanation = plainLabel();
    m_questions = plainLabel();
    m_origins = plainLabel(Type::Caption, true);
    m_origins->hide();
    m_source = plainLabel(Type::Caption, true);
    for (auto *widget : {m_variantRow, static_cast<QWidget *>(m_explanation), static_cast<QWidget *>(m_questions),
                         static_cast<QWidget *>(m_origins), static_cast<QWidget *>(m_source)})
        layout->addWidget(widget);
    layout->addStretch();
    m_details = new QScrollArea;
    m_details->setWidget(content);
    m_details->setWidgetResizable(true);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_details->setAccessibleName(tr("About the theme map"));
    return m_details;
}

void ThemePanel::setThemes(std::vector<MapTheme> themes, const QString &current)
{
    m_model->setThemes(std::move(themes));
    setCurrent(current);
    updateActions();
}

void ThemePanel::setCurrent(const QString &id)
{
    m_model->setCurrent(id);
    m_list->setCurrentIndex(m_model->indexOf(id));
    showDetails();
    updateActions();
}

QString ThemePanel::current() const
{
    return m_model->current();
}

void ThemePanel::setVariant(const std::optional<QString> &variant)
{
    m_variants->setCurrentIndex(variant ? m_variants->findData(*variant) : -1);
}

void ThemePanel::setOrigins(const ThemeOrigins &origins, const QStringList &silent)
{
    QStringList lines;
    if (!origins.services.isEmpty()) {
        lines << tr("From services: %1").arg(origins.services.join(", "_L1));
        if (!origins.demo.isEmpty())
            lines << tr("Demonstration data: %1").arg(origins.demo.join(", "_L1));
    }
    if (!silent.isEmpty())
        lines << tr("Demonstration data for want of an answer: %1").arg(silent.join(", "_L1));
    m_origins->setText(lines.join(u'\n'));
    m_origins->setVisible(!lines.isEmpty());
}

QString ThemePanel::selected() const
{
    return m_list->currentIndex().data(ThemeModel::IdRole).toString();
}

void ThemePanel::showDetails()
{
    const auto *theme = m_model->theme(m_model->current());
    m_details->setVisible(theme);
    if (!theme)
        return;
    m_explanation->setText(theme->explanation.isEmpty() ? theme->summary : theme->explanation);
    QStringList questions;
    for (const auto &question : theme->questions)
        questions << u"•  "_s + question;
    m_questions->setText(questions.join(u'\n'));
    m_questions->setVisible(!questions.isEmpty());
    m_source->setText(provenanceText(theme->provenance));
    m_variants->clear();
    m_variants->addItem(tr("Standard"), QString());
    for (const auto &variant : theme->variants)
        m_variants->addItem(variant.title, variant.id);
    m_variantRow->setVisible(!theme->variants.empty());
    m_details->verticalScrollBar()->setValue(0);
}

void ThemePanel::updateActions()
{
    const auto *theme = m_model->theme(selected());
    m_duplicate->setEnabled(theme);
    m_rename->setEnabled(theme && theme->userMade);
    m_remove->setEnabled(theme && theme->userMade);
    const auto *shown = m_model->theme(m_model->current());
    m_update->setEnabled(shown && shown->userMade);
}

void ThemePanel::askForTitle(const QString &caption, const QString &title,
                             const std::function<void(const QString &)> &accept)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(caption);
    dialog->setLabelText(tr("Title:"));
    dialog->setTextValue(title);
    connect(dialog, &QInputDialog::textValueSelected, this, [accept](const QString &text) {
        if (const auto trimmed = text.trimmed(); !trimmed.isEmpty())
            accept(trimmed);
    });
    dialog->open();
}

} // namespace hanseatlas
