// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/connections.h"

#include <QRectF>

#include <array>
#include <vector>

namespace hanseatlas
{

/** Where the nodes of the diagram stand: in columns, the last of which leads and concepts share; in logical pixels from
 *  the top left corner of the content. */
struct ConnectionLayout {
    double height = 0; ///< of the content; at least that of the view
    std::vector<QRectF> boxes; ///< by node
    std::vector<char> labelled; ///< by node: its text fits in
    std::array<QRectF, ConnectionNode::kinds>
        headers; ///< by kind; they stay at the top of the view, but those of the last column
};

/** `lit`: by node, whether it is to be read; empty: nothing is picked out. What is lit gets a line of its own, the
 *  others share what is left, down to a hairline; only where that does not do is the content higher than the view.
 *  `line`: height of a line of text. */
ConnectionLayout layoutOf(const ConnectionGraph &graph, const std::vector<char> &lit, const QSizeF &view, double line);

} // namespace hanseatlas
