// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

namespace hanseatlas
{

/** Unpacks gzip or deflate piece by piece and stops at a limit, so that a small answer cannot fill the memory. Qt's own
 *  unpacking takes a stream that was cut for a whole one. */
class Inflate
{
public:
    enum class Outcome {
        Fine,
        Broken, ///< no gzip, or a wrong checksum
        TooLarge, ///< more than the limit
    };

    /** limit: bytes of the whole output */
    explicit Inflate(qint64 limit);
    ~Inflate();
    Inflate(const Inflate &) = delete;
    Inflate &operator=(const Inflate &) = delete;

    /** Appends what `packed` gives to `output`. */
    Outcome feed(QByteArrayView packed, QByteArray &output);
    /** Has the stream come to its own end? */
    bool isComplete() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
