// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/tilematrix.h"
#include "layers/model/source.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <span>

namespace hanseatlas
{

/** A tile as it came. */
struct SuppliedTile {
    QByteArray bytes; ///< empty: there is nothing to see in it
    qint64 stamp = 0; ///< tells one state of the tile from another
};

/** Where the tiles of a source of a style come from. Any thread. */
class TileSupply
{
public:
    virtual ~TileSupply() = default;
    /** What is at hand; nothing: not (yet) there. */
    virtual std::optional<SuppliedTile> tile(const TileAddress &address) const = 0;
    /** These are wanted for what is on the screen, and no others any more. `wait`: returns when they have come or are
     *  not to be had; fails only when cancelled. */
    virtual Status fetch(std::span<const TileAddress>, bool /*wait*/, const CancelToken &) const { return {}; }
    /** Why a tile did not come, for people; empty where it may yet. */
    virtual QString failureOf(const TileAddress &) const { return {}; }
    virtual void refresh() const { }
    virtual const Arrivals *arrivals() const { return nullptr; }
};

} // namespace hanseatlas
