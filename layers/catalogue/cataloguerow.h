// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguenode.h"

#include <QVariant>

namespace hanseatlas
{

/** What the catalogue's models say of a row beside Qt's own roles. */
enum CatalogueRole {
    CatalogueKindRole = Qt::UserRole + 1, ///< int(CatalogueKind)
    CatalogueStateRole, ///< int(CatalogueState)
    CatalogueIconRole, ///< the name of an icon
    CatalogueNoteRole, ///< a second line: the format, the path, or why it cannot be shown; may be empty
    CatalogueEnabledRole, ///< false: cannot be shown
    CatalogueActionRole, ///< int(CatalogueAction): what activating the row does
};

enum class CatalogueState { Idle, Loading, Ready, Failed };

enum class CatalogueAction {
    None,
    Add, ///< puts it on the map
    Unfold, ///< shows what is in it
    Load, ///< tries again, or fetches more
};

/** data() of a node, of whichever model. */
QVariant rowData(const CatalogueNode &node, int role);

} // namespace hanseatlas
