// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/sourcedialog.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/spinner.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <exception>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

SourceDialog::SourceDialog(const CatalogueDetector &detector, QThreadPool &pool, QWidget *parent)
    : QDialog(parent)
    , m_detector(detector)
    , m_pool(pool)
{
    setWindowTitle(tr("Add source"));
    resize(560, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    layout->addWidget(createAddress());
    auto *explanation = secondaryLabel(
        tr("The address of a geoportal (Masterportal), of open data (CKAN, DCAT) or of a service (WMS, WMTS, WFS, OGC "
           "API Features). What it is will be found out."),
        Type::Caption);
    explanation->setWordWrap(true);
    layout->addWidget(explanation);
    m_error = new MessageBar(MessageBar::Kind::Error);
    m_error->setClosable(false);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addStretch();
    auto *bottom = new QHBoxLayout;
    m_spinner = new Spinner;
    m_state = secondaryLabel({}, Type::Caption);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = box->addButton(tr("&Add source"), QDialogButtonBox::AcceptRole);
    m_ok->setDefault(true);
    setPrimary(m_ok);
    connect(box, &QDialogButtonBox::accepted, this, &SourceDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    bottom->addWidget(m_spinner);
    bottom->addWidget(m_state, 1);
    bottom->addWidget(box);
    layout->addLayout(bottom);
    updateState();
}

SourceDialog::~SourceDialog() = default;

QWidget *SourceDialog::createAddress()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    m_address = new QLineEdit;
    m_address->setPlaceholderText(u"https://"_s);
    m_address->setClearButtonEnabled(true);
    auto *caption = label(tr("A&ddress:"));
    caption->setBuddy(m_address);
    auto *file = new QPushButton(icon(u"file"_s), tr("&File …"));
    file->setAutoDefault(false);
    connect(file, &QPushButton::clicked, this, &SourceDialog::chooseFile);
    connect(m_address, &QLineEdit::textChanged, this, [this] {
        m_looking.cancel();
        m_error->hide();
        updateState();
    });
    row->addWidget(caption);
    row->addWidget(m_address, 1);
    row->addWidget(file);
    return bar;
}

void SourceDialog::setAddress(const QString &address)
{
    m_address->setText(address);
}

void SourceDialog::chooseFile()
{
    auto *dialog = fileDialog(this, tr("Choose catalogue"), {});
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Catalogues (*.json *.js *.ttl *.rdf *.xml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SourceDialog::setAddress);
    dialog->open();
}

void SourceDialog::accept()
{
    const auto address = m_address->text().trimmed();
    if (address.isEmpty() || m_looking.isRunning())
        return;
    m_error->hide();
    m_looking.run(
        m_pool,
        [&detector = m_detector, address](CancelToken token) -> Result<CatalogueSource> {
            try {
                return detector.detect(address, token);
            } catch (const std::exception &e) {
                return failure(ErrorKind::Internal, tr("What lies at the address could not be found out."), {},
                               QString::fromLocal8Bit(e.what()));
            }
        },
        [this](const Result<CatalogueSource> &source) {
            updateState();
            if (source) {
                emit found(*source);
                QDialog::accept();
                return;
            }
            m_error->setError(source.error());
            m_error->show();
            m_address->setFocus();
        });
    updateState();
}

void SourceDialog::updateState()
{
    const bool looks = m_looking.isRunning();
    m_spinner->setVisible(looks);
    m_state->setText(looks ? tr("Looking what it is …") : QString());
    m_ok->setEnabled(!looks && !m_address->text().trimmed().isEmpty());
}

} // namespace hanseatlas
