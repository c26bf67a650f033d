// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/offline/offlinechoice.h"

#include "layers/map/credits.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

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
    , m_area(area)
    , m_title(new QLineEdit(tr("Map of %1").arg(QLocale().toString(QDate::currentDate(), QLocale::ShortFormat))))
    , m_layers(new QListWidget)
    , m_from(scaleBox(scale / 5))
    , m_to(scaleBox(scale))
    , m_estimate(secondaryLabel({}))
{
    setWindowTitle(tr("Keep for work without network"));
    resize(520, 520);
    for (const auto &candidate : m_candidates) {
        auto *item = new QListWidgetItem(candidate.title, m_layers);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(candidate.visible ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(candidate.title);
    }
    m_layers->setAccessibleName(tr("Layers"));
    auto *range = new QHBoxLayout;
    range->setSpacing(space::small);
    range->addWidget(m_from, 1);
    range->addWidget(label(tr("to", "scales from … to")));
    range->addWidget(m_to, 1);
    m_from->setAccessibleName(tr("Largest scale"));
    m_to->setAccessibleName(tr("Smallest scale"));
    auto *form = new QFormLayout;
    form->setSpacing(space::small);
    form->addRow(tr("&Name:"), m_title);
    form->addRow(tr("&Layers:"), m_layers);
    form->addRow(tr("Area:"), label(tr("what the map shows now")));
    form->addRow(tr("&Scales:"), range);
    static_cast<QLabel *>(form->labelForField(range))->setBuddy(m_from);
    m_estimate->setWordWrap(true);
    m_estimate->setMinimumHeight(2 * fontMetrics().height());
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
    connect(m_layers, &QListWidget::itemChanged, this, &OfflineChoice::edited);
    for (auto *combo : {m_from, m_to})
        connect(combo, &QComboBox::currentIndexChanged, this, &OfflineChoice::edited);
    edited();
}

void OfflineChoice::edited()
{
    m_start->setEnabled(false);
    m_delay.stop(); // what was chosen before is asked about no more
    if (wish().isEmpty())
        return setEstimate(m_candidates.empty() ? tr("No layer on the map comes from a service.")
                                                : tr("Choose at least one layer."),
                           false);
    m_estimate->setText(tr("Working out what that takes …"));
    m_delay.start();
}

OfflineChoice::Wish OfflineChoice::wish() const
{
    const auto from = m_from->currentData().toDouble(), to = m_to->currentData().toDouble();
    Wish wish{.title = m_title->text().trimmed(),
              .layers = {},
              .area = m_area,
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
