// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/featureset.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>

struct ArrowArray;
struct ArrowSchema;

namespace hanseatlas
{

/** @internal Moves one column of Arrow batches into a Column of ours, without a detour over QVariant for what is many.
 */
class ArrowColumn
{
public:
    explicit ArrowColumn(const ArrowSchema &schema);
    void append(const ArrowArray &array, std::int64_t row, Column &to);

private:
    enum class Form {
        Other,
        Boolean,
        Int8,
        UInt8,
        Int16,
        UInt16,
        Int32,
        UInt32,
        Int64,
        UInt64,
        Float,
        Double,
        Text,
        LargeText,
        Bytes,
        LargeBytes,
        Days,
        Moment,
        Time32,
        Time64,
        List
    };
    void appendText(std::span<const char> bytes, Column &to);
    QVariant moment(std::int64_t ticks) const;

    Form m_form = Form::Other;
    std::int64_t m_ticksPerSecond = 1000;
    bool m_utc = false;
    std::shared_ptr<ArrowColumn> m_member; ///< of lists
};

/** Whether the value is there. */
bool isPresent(const ArrowArray &array, std::int64_t row);
/** A value of a binary column of the given format ("z" or "Z"). */
std::span<const std::byte> bytesAt(const ArrowArray &array, std::int64_t row, bool large);

} // namespace hanseatlas
