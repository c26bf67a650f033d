// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/inflate.h"

#include <zlib.h>

namespace hanseatlas
{

namespace
{

constexpr int gzipOrZlib = 32 + MAX_WBITS; ///< told apart by the first bytes
constexpr Bytef gzipMagic = 0x1f;
constexpr qsizetype pieceSize = 256 * 1024;

} // namespace

struct Inflate::Private {
    z_stream stream{};
    qint64 limit = 0;
    qint64 written = 0;
    bool ready = false;
    bool ended = false; ///< at the end of a member; gzip allows several
};

Inflate::Inflate(qint64 limit)
    : d(std::make_unique<Private>())
{
    d->limit = limit;
    d->ready = inflateInit2(&d->stream, gzipOrZlib) == Z_OK;
}

Inflate::~Inflate()
{
    if (d->ready)
        inflateEnd(&d->stream);
}

Inflate::Outcome Inflate::feed(QByteArrayView packed, QByteArray &output)
{
    if (!d->ready)
        return Outcome::Broken;
    d->stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(packed.data())); // not written to
    d->stream.avail_in = uInt(packed.size());
    bool full = false; // zlib may hold back output when there was no room
    while (d->stream.avail_in > 0 || full) {
        if (d->ended) {
            if (*d->stream.next_in != gzipMagic)
                break; // some servers pad what they send
            if (inflateReset(&d->stream) != Z_OK)
                return Outcome::Broken;
            d->ended = false;
        }
        const auto before = output.size();
        output.resizeForOverwrite(before + pieceSize);
        d->stream.next_out = reinterpret_cast<Bytef *>(output.data() + before);
        d->stream.avail_out = uInt(pieceSize);
        const int code = inflate(&d->stream, Z_NO_FLUSH);
        const auto got = pieceSize - qsizetype(d->stream.avail_out);
        output.resize(before + got);
        d->written += got;
        full = d->stream.avail_out == 0 && code == Z_OK;
        if (d->written > d->limit)
            return Outcome::TooLarge;
        if (code == Z_STREAM_END)
            d->ended = true;
        else if (code != Z_OK && code != Z_BUF_ERROR)
            return Outcome::Broken;
        else if (code == Z_BUF_ERROR && got == 0)
            break; // wants more input
    }
    return Outcome::Fine;
}

bool Inflate::isComplete() const
{
    return d->ended;
}

} // namespace hanseatlas
