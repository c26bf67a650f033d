// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>
#include <utility>

namespace hanseatlas
{

/** Decides what the UI offers: retry, correct the file, nothing at all. */
enum class ErrorKind {
    Cancelled, ///< the user or a newer job ended it; never shown
    NotFound, ///< the file, layer or place does not exist
    NotReadable, ///< exists, but may not be read or written
    Malformed, ///< the content breaks its own format
    Unsupported, ///< sound, but nothing we can show
    TooLarge, ///< beyond a limit that protects the program
    Invalid, ///< what the caller or user asked for makes no sense
    Network, ///< a server could not be reached or failed
    Storage, ///< disk full, database locked, write failed
    Internal, ///< a fault of ours
};

/** Why something did not work, in words for the person at the desk (already translated). */
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString what; ///< one sentence: what was tried, on what, and what went wrong
    QString hint; ///< what can be done about it; may be empty
    QString detail; ///< library messages for the log and the tooltip; untranslated, may be empty

    bool operator==(const Error &) const = default;
};

/** A value, or the reason why there is none. */
template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline std::unexpected<Error> failure(ErrorKind kind, QString what, QString hint = {},
                                                    QString detail = {})
{
    return std::unexpected(Error{kind, std::move(what), std::move(hint), std::move(detail)});
}

[[nodiscard]] inline std::unexpected<Error> cancelled()
{
    return std::unexpected(Error{ErrorKind::Cancelled, {}, {}, {}});
}

} // namespace hanseatlas
