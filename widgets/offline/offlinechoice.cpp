// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/offline/offlinechoice.h"

#include "layers/map/credits.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"
#include "widgets/offline/areachoice.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int scales[] = {500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000};

QComboBox *scaleBox(double chosen)
{
    auto *box = new QComboBox;
    int nearest = 0;
    for (const int scale : scales) {
        box->addItem(scaleText(scale), scale);
        if (std::abs(scale - chosen) < std::abs(box->itemData(nearest).toInt() - chosen))
            nearest = box->count() - 1;
    }
    box->setCurrentIndex(nearest);
    return box;
}

} // namespace

OfflineChoice::OfflineChoice(std::vector<Candidate> candidates, const Extent &area, double scale, QWidget *parent)
    : QDialog(parent)
    , m_candidates(std::move(candidates))
    , m_title(new QLineEdit)
    , m_themes(createThemes())
    , m_layers(new QListWidget)
    , m_area(new AreaChoice(area))
    , m_from(scaleBox(scale / 5))
    , m_to(scaleBox(scale))
    , m_estimate(secondaryLabel({}))
{
    setWindowTitle(tr("Keep for work without network"));
    resize(520, 560);
    nameAfter(tr("Map of %1").arg(QLocale().toString(QDate::currentDate(), QLocale::ShortFormat)));
    fillLayers();
    auto *range = new QHBoxLayout;
    range->setSpacing(space::small);
    range->addWidget(m_from, 1);
    range->addWidget(label(tr("to", "scales from … to")));
    range->addWidget(m_to, 1);
    m_from->setAccessibleName(tr("Largest scale"));
    m_to->setAccessibleName(tr("Smallest scale"));
    auto *layers = new QVBoxLayout;
    layers->setSpacing(space::small);
    layers->addWidget(m_themes);
    layers->addWidget(m_layers, 1);
    auto *form = new QFormLayout;
    form->setSpacing(space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name:"), m_title);
    form->addRow(tr("&Layers:"), layers);
    static_cast<QLabel *>(form->labelForField(layers))
        ->setBuddy(m_themes->count() > 1 ? static_cast<QWidget *>(m_themes) : m_layers);
    form->addRow(tr("&Area:"), m_area);
    form->addRow(tr("&Scales:"), range);
    static_cast<QLabel *>(form->labelForField(range))->setBuddy(m_from);
    m_estimate->setWordWrap(true);
    m_estimate->setMinimumHeight(2 * fontMetrics().height());
    m_estimate->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_start = box->addButton(tr("&Fetch"), QDialogButtonBox::AcceptRole);
    setPrimary(m_start);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::large);
    layout->addLayout(form, 1);
    layout->addWidget(m_estimate);
    layout->addWidget(box);
    m_delay.setSingleShot(true);
    m_delay.setInterval(300);
    connect(&m_delay, &QTimer::timeout, this, &OfflineChoice::changed);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_themes, &QComboBox::currentIndexChanged, this,
            [this] { chooseTheme(m_themes->currentData().toString()); });
    connect(m_layers, &QListWidget::itemChanged, this, &OfflineChoice::edited);
    connect(m_area, &AreaChoice::changed, this, [this] {
        if (!m_area->name().isEmpty())
            nameAfter(m_area->name());
        edited();
    });
    for (auto *combo : {m_from, m_to})
        connect(combo, &QComboBox::currentIndexChanged, this, &OfflineChoice::edited);
    edited();
}

void OfflineChoice::fillLayers()
{
    for (const auto &candidate : m_candidates) {
        auto *item = new QListWidgetItem(candidate.title, m_layers);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(candidate.visible && candidate.onMap ? Qt::Checked : Qt::Unchecked);
        item->setHidden(!candidate.onMap);
        item->setToolTip(candidate.title);
    }
    m_layers->setAccessibleName(tr("Layers"));
    m_layers->setMinimumHeight(4 * rowHeight);
}

QComboBox *OfflineChoice::createThemes()
{
    auto *box = new QComboBox;
    box->addItem(tr("What is on the map"));
    QStringList titles;
    for (const auto &candidate : m_candidates)
        titles << candidate.themes;
    titles.removeDuplicates();
    for (const auto &title : std::as_const(titles))
        box->addItem(tr("Theme “%1”").arg(title), title);
    box->setAccessibleName(tr("Choice of layers"));
    if (titles.isEmpty())
        box->hide();
    return box;
}

/** "": what is visible on the map. */
void OfflineChoice::chooseTheme(const QString &theme)
{
    {
        const QSignalBlocker quiet(m_layers);
        for (int i = 0; i < m_layers->count(); ++i) {
            const auto &candidate = m_candidates[std::size_t(i)];
            const bool member = candidate.themes.contains(theme);
            const bool wanted = theme.isEmpty() ? candidate.visible && candidate.onMap : member;
            m_layers->item(i)->setCheckState(wanted ? Qt::Checked : Qt::Unchecked);
            m_layers->item(i)->setHidden(!candidate.onMap && !member);
        }
    }
    if (!theme.isEmpty())
        nameAfter(theme);
    edited();
}

/** Names that people gave stay. */
void OfflineChoice::nameAfter(const QString &what)
{
    if (m_title->text() == m_proposed)
        m_title->setText(what);
    m_proposed = what;
}

void OfflineChoice::edited()
{
    m_start->setEnabled(false);
    const auto wanted = wish();
    if (!wanted.isEmpty()) {
        m_estimate->setText(tr("Working out what that takes …"));
        return m_delay.start();
    }
    m_delay.stop();
    setEstimate(m_candidates.empty()        ? tr("No layer on the map comes from a service.")
                    : wanted.layers.empty() ? tr("Choose at least one layer.")
                                            : tr("Choose an area."),
                false);
}

OfflineChoice::Wish OfflineChoice::wish() const
{
    const auto from = m_from->currentData().toDouble(), to = m_to->currentData().toDouble();
    Wish wish{.title = m_title->text().trimmed(),
              .layers = {},
              .area = m_area->area(),
              .shape = m_area->shape(),
              .largestScale = std::min(from, to),
              .smallestScale = std::max(from, to)};
    for (int i = 0; i < m_layers->count(); ++i) {
        if (m_layers->item(i)->checkState() == Qt::Checked)
            wish.layers.push_back(m_candidates[std::size_t(i)]);
    }
    return wish;
}

void OfflineChoice::setEstimate(const QString &text, bool possible)
{
    m_estimate->setText(text);
    m_start->setEnabled(possible);
}

} // namespace hanseatlas
