// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/opendialog.h"

#include "widgets/layers/correctionfields.h"
#include "widgets/layers/descriptiontext.h"
#include "widgets/layers/layertreeview.h"
#include "widgets/layers/sourcemodel.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <exception>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

/** Facts as lines "name: value", values of files always as plain text. */
QString factsOf(const LayerDescription &layer)
{
    QStringList lines;
    auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines << name.arg(value);
    };
    if (layer.kind != LayerKind::Table) {
        add(OpenDialog::tr("Coordinates: %1"), texts::crs(layer));
        add(OpenDialog::tr("Extent: %1"), texts::extent(layer.extent, layer.crs));
    }
    QStringList fields;
    for (const auto &field : layer.fields)
        fields << field.caption();
    add(OpenDialog::tr("Fields: %1"), fields.join(u", "_s));
    add(OpenDialog::tr("Encoding of texts: %1"), layer.encoding);
    return lines.join(u'\n');
}

} // namespace

OpenDialog::OpenDialog(const SourceOpener &opener, QThreadPool &pool, QStringList filters, const QStringList &recent,
                       QWidget *parent)
    : QDialog(parent)
    , m_opener(opener)
    , m_pool(pool)
    , m_filters(std::move(filters))
    , m_model(new SourceModel(this))
{
    setWindowTitle(tr("Add layers"));
    setAcceptDrops(true);
    resize(760, 560);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    layout->addWidget(createBar(recent));
    layout->addWidget(createAddressRow());
    auto *body = new QWidget;
    m_stack = new QStackedLayout(body);
    auto *nothing =
        new EmptyState(u"open"_s, tr("What shall be added to the map?"),
                       tr("Choose files or a folder, or drop them here. For a service, paste its address above."));
    nothing->addButton(m_files, true);
    m_stack->addWidget(nothing);
    m_stack->addWidget(createPreview());
    layout->addWidget(body, 1);
    layout->addWidget(createDetails());
    layout->addWidget(createButtons());
    connect(m_model, &SourceModel::choiceChanged, this, &OpenDialog::updateState);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &OpenDialog::showDetails);
    updateState();
    showDetails();
}

OpenDialog::~OpenDialog() = default;

QWidget *OpenDialog::createBar(const QStringList &recent)
{
    m_files = new QAction(icon(u"file"_s), tr("Choose &files …"), this);
    m_folderAction = new QAction(icon(u"folder"_s), tr("Choose f&older …"), this);
    m_remove = new QAction(icon(u"remove"_s), tr("Take off the list"), this);
    m_remove->setShortcut(Qt::Key_Delete);
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    connect(m_files, &QAction::triggered, this, &OpenDialog::chooseFiles);
    connect(m_folderAction, &QAction::triggered, this, &OpenDialog::chooseFolder);
    connect(m_remove, &QAction::triggered, this, &OpenDialog::removeCurrent);
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    for (auto *action : {m_files, m_folderAction})
        row->addWidget(actionButton(action));
    auto *button = new QPushButton(icon(u"clock"_s), tr("&Recent"));
    auto *menu = new QMenu(button);
    for (const auto &path : recent) {
        auto *action = menu->addAction(QDir::toNativeSeparators(path));
        connect(action, &QAction::triggered, this, [this, path] { addLocations({path}); });
    }
    button->setMenu(menu);
    button->setEnabled(!recent.isEmpty());
    for (auto *b : bar->findChildren<QPushButton *>())
        b->setAutoDefault(false);
    button->setAutoDefault(false);
    row->addWidget(button);
    row->addStretch();
    return bar;
}

QWidget *OpenDialog::createAddressRow()
{
    m_address = new QLineEdit;
    m_address->setPlaceholderText(tr("Address of a service: WMS, WMTS, WFS or map tiles"));
    m_address->setAccessibleName(tr("Address of a service"));
    m_address->setClearButtonEnabled(true);
    m_look = new QPushButton(tr("&Look into it"));
    m_look->setAutoDefault(false);
    m_look->setEnabled(false);
    // What somebody has just copied is most likely what they want to paste
    if (const auto copied = QGuiApplication::clipboard()->text().trimmed();
        copied.startsWith("https://"_L1) || copied.startsWith("http://"_L1))
        m_address->setText(copied.section(u'\n', 0, 0));
    m_look->setEnabled(!m_address->text().isEmpty());
    connect(m_address, &QLineEdit::textChanged, this, [this](const QString &text) {
        const bool any = !text.trimmed().isEmpty();
        m_look->setEnabled(any);
        m_look->setDefault(any); // Return looks first; adding comes after
        m_ok->setDefault(!any);
    });
    connect(m_look, &QPushButton::clicked, this, &OpenDialog::addAddress);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::small);
    layout->addWidget(m_address, 1);
    layout->addWidget(m_look);
    return row;
}

QWidget *OpenDialog::createPreview()
{
    m_view = new QTreeView;
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Layers in the chosen files"));
    m_view->setAlternatingRowColors(false);
    m_view->setUniformRowHeights(true);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->addAction(m_remove);
    auto *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(SourceModel::Title, QHeaderView::Stretch);
    for (const auto column : {SourceModel::Kind, SourceModel::Count, SourceModel::CrsColumn})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    return m_view;
}

QWidget *OpenDialog::createDetails()
{
    m_details = new QWidget;
    auto *layout = new QVBoxLayout(m_details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::small);
    m_error = new MessageBar(MessageBar::Kind::Error);
    m_error->setClosable(false);
    m_facts = secondaryLabel({}, Type::Caption);
    m_notes = label({}, Type::Caption);
    for (auto *text : {m_facts, m_notes}) {
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_corrections = new CorrectionFields;
    for (auto *widget : {static_cast<QWidget *>(m_error), static_cast<QWidget *>(m_facts),
                         static_cast<QWidget *>(m_notes), static_cast<QWidget *>(m_corrections)})
        layout->addWidget(widget);
    connect(m_corrections, &CorrectionFields::changed, this, &OpenDialog::correct);
    return m_details;
}

QWidget *OpenDialog::createButtons()
{
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    box->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    m_ok = box->addButton(tr("&Add to map"), QDialogButtonBox::AcceptRole);
    m_ok->setDefault(true);
    setPrimary(m_ok);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return box;
}

void OpenDialog::chooseFiles()
{
    auto *dialog = fileDialog(this, tr("Choose files"), m_folder);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(m_filters);
    connect(dialog, &QFileDialog::filesSelected, this, &OpenDialog::addLocations);
    dialog->open();
}

void OpenDialog::chooseFolder()
{
    auto *dialog = fileDialog(this, tr("Choose folder"), m_folder);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, this, &OpenDialog::addLocations);
    dialog->open();
}

/** Whatever was pasted; what it is, the opener finds out. */
void OpenDialog::addAddress()
{
    auto address = m_address->text().trimmed();
    if (address.isEmpty())
        return;
    if (!address.contains("://"_L1))
        address.prepend("https://"_L1);
    addLocations({address});
    m_address->clear();
}

void OpenDialog::addLocations(const QStringList &locations)
{
    int first = -1;
    for (const auto &location : locations) {
        const int id = m_model->add(m_opener.withoutSecrets({.location = location}));
        if (id < 0)
            continue;
        inspect(id);
        first = first < 0 ? id : first;
        if (!location.contains("://"_L1))
            m_folder = QFileInfo(location).absolutePath();
    }
    if (first >= 0)
        m_view->setCurrentIndex(m_model->indexOf(first));
    updateState();
    m_ok->setDefault(true);
    m_view->setFocus();
}

void OpenDialog::inspect(int id)
{
    const auto *source = m_model->source(m_model->indexOf(id));
    if (!source)
        return;
    auto &job = m_looking[id];
    if (!job)
        job = std::make_unique<Latest>();
    job->run(
        m_pool,
        [&opener = m_opener, ref = source->ref](CancelToken token) -> Result<SourceDescription> {
            try {
                return opener.inspect(ref, token);
            } catch (const std::exception &e) {
                return failure(ErrorKind::Internal, tr("“%1” could not be looked into.").arg(ref.location), {},
                               QString::fromLocal8Bit(e.what()));
            }
        },
        [this, id](Result<SourceDescription> found) {
            m_model->setFound(id, std::move(found));
            const auto index = m_model->indexOf(id);
            m_view->expand(index);
            // the first layer says more than the file
            if (m_view->currentIndex() == index && m_model->rowCount(index) > 0)
                m_view->setCurrentIndex(m_model->index(0, 0, index));
            showDetails();
            updateState();
        });
}

void OpenDialog::removeCurrent()
{
    if (const auto *source = m_model->source(m_view->currentIndex())) {
        const int id = source->id;
        m_looking.erase(id);
        m_model->remove(id);
    }
    updateState();
    showDetails();
}

void OpenDialog::correct()
{
    const auto *source = m_model->source(m_view->currentIndex());
    if (!source)
        return;
    auto ref = source->ref;
    ref.options = m_corrections->corrected(ref.options);
    if (ref == source->ref)
        return;
    const int id = source->id;
    const bool inside = m_view->currentIndex().parent().isValid();
    m_model->setRef(id, ref);
    if (inside)
        m_view->setCurrentIndex(m_model->indexOf(id));
    inspect(id);
}

void OpenDialog::showDetails()
{
    const auto index = m_view->currentIndex();
    const auto *source = m_model->source(index);
    const auto *layer = m_model->layer(index);
    const bool failed = source && source->found && !*source->found;
    m_details->setVisible(source);
    if (!source)
        return;
    m_error->setVisible(failed);
    if (failed)
        m_error->setError(source->found->error());
    m_facts->setText(layer ? factsOf(*layer) : QDir::toNativeSeparators(source->ref.location));
    QStringList notes;
    if (layer)
        notes = layer->notes;
    else if (source->found && *source->found)
        notes = (*source->found)->notes;
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    const bool anyLayer = source->found && *source->found && !(*source->found)->layers.empty();
    const auto stated = layer ? *layer : anyLayer ? (*source->found)->layers.front() : LayerDescription();
    m_corrections->setVisible(!source->ref.isRemote() && (!failed || !source->ref.options.isEmpty()));
    m_corrections->show(source->ref.options, stated);
}

void OpenDialog::updateState()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    m_ok->setEnabled(m_model->chosenCount() > 0);
    m_remove->setEnabled(m_view->currentIndex().isValid());
}

std::vector<LayerNode> OpenDialog::nodes() const
{
    return m_model->nodes();
}

QStringList OpenDialog::locations() const
{
    QStringList result;
    for (const auto &source : m_model->sources()) {
        if (SourceModel::chosenIn(source) > 0)
            result << source.ref.location;
    }
    return result;
}

void OpenDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!filesIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void OpenDialog::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    addLocations(filesIn(event->mimeData()));
}

} // namespace hanseatlas
