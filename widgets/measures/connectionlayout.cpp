// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/connectionlayout.h"

#include <algorithm>

namespace hanseatlas
{

namespace
{

constexpr double margin = 12;
constexpr double most = 44; ///< height of a node that has room
constexpr double least = 0.5; ///< of one that is passed over
constexpr int columns = ConnectionNode::kinds - 1;
/** Of the columns' width: measures have the longest titles. */
constexpr std::array<double, columns> shares{0.09, 0.2, 0.2, 0.28, 0.23};
constexpr double gapShare = 0.06; ///< of the view's width, between two columns: there the lines run

/** Leads and concepts are both connected with measures only, so they share the last column. */
constexpr int columnOf(ConnectionNode::Kind kind)
{
    return std::min(int(kind), columns - 1);
}

struct Content {
    int all = 0, lit = 0;
};

std::array<Content, columns> contents(const ConnectionGraph &graph, const std::vector<char> &lit)
{
    std::array<Content, columns> all;
    for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
        auto &content = all[std::size_t(columnOf(graph.nodes()[i].kind))];
        ++content.all;
        content.lit += !lit.empty() && lit[i];
    }
    return all;
}

/** Height of the nodes of a column that are not lit. */
double heightOfOthers(const Content &content, double room, double line)
{
    const int others = content.all - content.lit;
    if (others == 0)
        return 0;
    return std::clamp((room - content.lit * line) / others, least, content.lit > 0 ? line : most);
}

} // namespace

ConnectionLayout layoutOf(const ConnectionGraph &graph, const std::vector<char> &lit, const QSizeF &view, double line)
{
    const double header = line * 1.6, top = header + margin;
    const double room = std::max(line, view.height() - top - margin);
    const double gap = view.width() * gapShare;
    const double width = std::max(0.0, view.width() - 2 * margin - gap * (columns - 1));
    const auto all = contents(graph, lit);

    ConnectionLayout layout{.height = view.height(),
                            .boxes = std::vector<QRectF>(graph.nodes().size()),
                            .labelled = std::vector<char>(graph.nodes().size(), 0),
                            .headers = {}};
    double x = margin, y = top;
    std::size_t i = 0;
    for (int column = 0; column < columns; ++column) {
        const auto &content = all[std::size_t(column)];
        const double columnWidth = width * shares[std::size_t(column)];
        const bool isShared = column == columns - 1;
        const double second = isShared ? top : 0; // room for the header within the column
        const double other = heightOfOthers(content, room - second, line);
        const double taken = content.lit * line + (content.all - content.lit) * other + second;
        y = top + std::max(0.0, (room - taken) / 2);
        layout.headers[std::size_t(column)] = {x, isShared ? std::max(margin / 2, y - top + margin / 2) : margin / 2,
                                               columnWidth, header};
        bool begun = !isShared;
        for (; i < graph.nodes().size() && columnOf(graph.nodes()[i].kind) == column; ++i) {
            if (!begun && graph.nodes()[i].kind == ConnectionNode::Kind::Concept) {
                begun = true;
                layout.headers.back() = {x, y + margin / 2, columnWidth, header};
                y += second;
            }
            const double height = !lit.empty() && lit[i] ? line : other;
            layout.boxes[i] = {x, y, columnWidth, height};
            layout.labelled[i] = height >= line;
            y += height;
        }
        layout.height = std::max(layout.height, y + margin);
        x += columnWidth + gap;
    }
    return layout;
}

} // namespace hanseatlas
