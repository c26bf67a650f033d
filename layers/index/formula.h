// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace hanseatlas
{

/** A sum over other indicators: numbers, ids, + − * /, parentheses, min(…) and max(…). Read once, worked out often; a
 *  value that is shared. */
class Formula
{
public:
    Formula() = default;
    /** Malformed, with the place, where it is none. At most 2000 characters and 50 levels deep. */
    static Result<Formula> parse(const QString &text);

    QStringList ids() const; ///< each once, in the order they come
    /** `valueOf` gives nothing where there are no data; then there is no result either. Invalid where it divides by 0.
     */
    Result<std::optional<double>> value(const std::function<std::optional<double>(const QString &)> &valueOf) const;

    struct Node;

private:
    std::shared_ptr<const Node> m_root; ///< null: says nothing
};

} // namespace hanseatlas
