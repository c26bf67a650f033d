// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cpl_vsi.h>

#include <memory>

namespace hanseatlas
{

/** @internal Looks at places of a file that GDAL can name, e.g. inside of an archive. */
class FileBytes
{
public:
    explicit FileBytes(const QString &path)
        : m_file(VSIFOpenL(path.toUtf8().constData(), "rb"))
    {
        if (m_file && VSIFSeekL(m_file.get(), 0, SEEK_END) == 0)
            size = qint64(VSIFTellL(m_file.get()));
    }
    /** As many bytes as there are. */
    QByteArray at(qint64 place, qsizetype count) const
    {
        if (place < 0 || place > size || VSIFSeekL(m_file.get(), vsi_l_offset(place), SEEK_SET) != 0)
            return {};
        QByteArray bytes(count, Qt::Uninitialized);
        bytes.resize(qsizetype(VSIFReadL(bytes.data(), 1, std::size_t(count), m_file.get())));
        return bytes;
    }
    qint64 size = -1; ///< -1 = cannot be read

private:
    struct Closer {
        void operator()(VSILFILE *file) const { VSIFCloseL(file); }
    };
    std::unique_ptr<VSILFILE, Closer> m_file;
};

} // namespace hanseatlas
