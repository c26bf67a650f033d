// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measurenumber.h"

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostGroups = 8;
constexpr qsizetype mostDigits = 6;

std::optional<int> group(QStringView digits)
{
    if (digits.isEmpty() || digits.size() > mostDigits || digits.front() == u'0')
        return std::nullopt;
    int value = 0;
    for (const auto digit : digits) {
        if (digit < u'0' || digit > u'9') // digits of other scripts are letters here
            return std::nullopt;
        value = value * 10 + (digit.unicode() - u'0');
    }
    return value;
}

} // namespace

std::optional<MeasureNumber> MeasureNumber::parse(QStringView text)
{
    MeasureNumber number;
    for (const auto part : text.tokenize(u'.')) {
        const auto value = group(part);
        if (!value || number.m_groups.size() == mostGroups)
            return std::nullopt;
        number.m_groups.push_back(*value);
    }
    return number;
}

QString MeasureNumber::text() const
{
    QString text;
    for (const int group : m_groups)
        text += (text.isEmpty() ? QString() : QStringLiteral(".")) + QString::number(group);
    return text;
}

bool numberLess(const QString &a, const QString &b)
{
    const auto left = MeasureNumber::parse(a), right = MeasureNumber::parse(b);
    if (left && right)
        return *left < *right;
    return left || right ? left.has_value() : a < b;
}

} // namespace hanseatlas
