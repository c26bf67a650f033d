// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <QStringList>

#include <memory>

namespace hanseatlas
{

class ServiceAccess;

/** The one way in for everything that a SourceRef can name: files, plans, services and the demo city. */
class Opener final : public SourceOpener
{
public:
    /** @param demoFolder where locations that start with "demo:" lie
     * @param services the way to services; null: none can be opened */
    explicit Opener(QString demoFolder, std::shared_ptr<ServiceAccess> services = {});
    ~Opener() override;

    /** A "file" that turns out to be a plan is described as provider "xplan" would; ask providerOf() when keeping a
     * ref. */
    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token) const override;
    Result<OpenedSource> open(const SourceRef &ref, CancelToken token) const override;

    SourceRef withoutSecrets(const SourceRef &ref) const override;

    /** "xplan" for a local file that is XPlanGML (plain or zipped), "mvt" for vector tiles and their styles, else the
     * ref's own provider. */
    QString providerOf(const SourceRef &ref) const;
    /** The ref with its "demo:" prefix turned into a path. */
    SourceRef resolved(SourceRef ref) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/** Endings of the files that may be opened, lower case, without dot. */
QStringList openableSuffixes();

/** For QFileDialog::setNameFilters(): all of them first, then by kind, then all files. Translated. */
QStringList openFilters();

} // namespace hanseatlas
