// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/cataloguepanel.h"
#include "widgets/catalogue/catalogueview.h"
#include "widgets/catalogue/sourcedialog.h"
#include "widgets/look/filedialog.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

/** The panel's part that keeps the list of sources. */
namespace hanseatlas
{

namespace
{

constexpr qint64 largestList = 4LL * 1024 * 1024;

/** A small file that the user has just chosen: nothing that would have to run in the background. */
Result<SourceList> readList(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable,
                       CataloguePanel::tr("“%1” cannot be read.").arg(QDir::toNativeSeparators(path)), {},
                       file.errorString());
    if (file.size() > largestList)
        return failure(ErrorKind::TooLarge,
                       CataloguePanel::tr("“%1” is too large.").arg(QDir::toNativeSeparators(path)));
    return sourcesFromJson(file.readAll());
}

} // namespace

const CatalogueSource *CataloguePanel::chosenSource() const
{
    const auto index = m_tree->currentIndex();
    return index.isValid() ? m_model->sourceOf(index) : nullptr;
}

void CataloguePanel::changeSources(std::vector<CatalogueSource> sources)
{
    setSources(std::move(sources));
    emit sourcesChanged(m_model->sources());
}

void CataloguePanel::askForSource()
{
    auto *dialog = new SourceDialog(m_detector, m_pool, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SourceDialog::found, this, [this](CatalogueSource source) {
        source.own = true;
        auto all = m_model->sources();
        mergeSources(all, {source});
        changeSources(all);
        const auto added = std::ranges::find_if(all, [&](const CatalogueSource &each) {
            return each.location == source.location && each.kind == source.kind;
        });
        if (added != all.end())
            reveal(m_model->indexOfSource(added->id));
    });
    dialog->open();
}

void CataloguePanel::renameSource()
{
    const auto *source = chosenSource();
    if (!source || !source->own)
        return;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename source"));
    dialog->setLabelText(tr("Title:"));
    dialog->setTextValue(source->title);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = source->id](const QString &text) {
        auto all = m_model->sources();
        const auto renamed = std::ranges::find(all, id, &CatalogueSource::id);
        if (renamed == all.end() || text.trimmed().isEmpty())
            return;
        renamed->title = text.simplified();
        changeSources(all);
        m_tree->setCurrentIndex(m_model->indexOfSource(id));
    });
    dialog->open();
}

void CataloguePanel::removeSource()
{
    const auto *source = chosenSource();
    if (!source || !source->own)
        return;
    auto all = m_model->sources();
    std::erase_if(all, [id = source->id](const CatalogueSource &each) { return each.id == id; });
    changeSources(std::move(all));
}

void CataloguePanel::refreshSource()
{
    if (const auto *source = chosenSource())
        m_model->reload(m_model->indexOfSource(source->id));
}

void CataloguePanel::exportSources()
{
    auto *dialog = look::fileDialog(this, tr("Export list of sources"), {});
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("List of sources (*.json)")});
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto json = sourcesToJson(m_model->sources());
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
            emit failed({ErrorKind::Storage,
                         tr("The list could not be written to “%1”.").arg(QDir::toNativeSeparators(path)),
                         {},
                         file.errorString()});
    });
    dialog->open();
}

void CataloguePanel::importSources()
{
    auto *dialog = look::fileDialog(this, tr("Import list of sources"), {});
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("List of sources (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto list = readList(path);
        if (!list) {
            emit failed(list.error());
            return;
        }
        auto all = m_model->sources();
        mergeSources(all, list->sources);
        changeSources(std::move(all));
        if (list->leftOut > 0)
            emit failed(
                {ErrorKind::Malformed, tr("%n entries of the list cannot be used.", nullptr, list->leftOut), {}, {}});
    });
    dialog->open();
}

} // namespace hanseatlas
