// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/map/viewport.h"

#include <QJsonObject>

namespace hanseatlas
{

/** A saved set of layers and view: the content of a .hatlas file (JSON, versioned). Paths of local files are relative
 * to the file where they lie below its folder or its parent, absolute otherwise. */
struct Workspace {
    static constexpr int currentVersion = 1;
    std::vector<LayerNode> roots;
    Viewport view;
    QString theme; ///< the theme last chosen; may be empty
    QJsonObject extra; ///< panels etc., kept as they are
    QStringList notes; ///< after reading: what could not be restored; not saved
};

QJsonObject toJson(const Workspace &workspace, const QString &folder);
/** Versions newer than ours and broken files are errors; unknown keys are ignored. A style or layer that cannot be read
 *  does not cost the rest: it gets the plain style, or is left out, and a note says so. Whether the sources are there
 * is not looked at: the layers stay, and loading them says what is missing. */
Result<Workspace> workspaceFromJson(const QByteArray &json, const QString &folder);

/** Written beside and moved into place. */
Status saveWorkspace(const Workspace &workspace, const QString &path);
Result<Workspace> loadWorkspace(const QString &path);

} // namespace hanseatlas
