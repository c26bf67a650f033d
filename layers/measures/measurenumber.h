// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>
#include <optional>
#include <vector>

namespace hanseatlas
{

/** "4.7.1.2": groups of digits that sort as numbers, so that 4.10 comes after 4.9 and 4.7.1 after 4.7. */
class MeasureNumber
{
public:
    /** None where the text is no number of a measure: one to eight groups, each from 1 to 999999, no leading zeros. */
    static std::optional<MeasureNumber> parse(QStringView text);

    QString text() const;
    auto operator<=>(const MeasureNumber &) const = default;

private:
    std::vector<int> m_groups;
};

/** For sorting whatever is written; what is no number comes last, in the order of its letters. */
bool numberLess(const QString &a, const QString &b);

} // namespace hanseatlas
