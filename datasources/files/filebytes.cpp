// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/filebytes.h"

#include <cpl_vsi.h>

namespace hanseatlas
{

static VSILFILE *handleOf(const std::shared_ptr<void> &file)
{
    return static_cast<VSILFILE *>(file.get());
}

FileBytes::FileBytes(const QString &path)
{
    if (VSILFILE *file = VSIFOpenL(path.toUtf8().constData(), "rb"))
        m_file = std::shared_ptr<void>(file, [](void *open) { VSIFCloseL(static_cast<VSILFILE *>(open)); });
    if (m_file && VSIFSeekL(handleOf(m_file), 0, SEEK_END) == 0)
        size = qint64(VSIFTellL(handleOf(m_file)));
}

QByteArray FileBytes::at(qint64 place, qsizetype count) const
{
    if (place < 0 || place > size || VSIFSeekL(handleOf(m_file), vsi_l_offset(place), SEEK_SET) != 0)
        return {};
    QByteArray bytes(count, Qt::Uninitialized);
    bytes.resize(qsizetype(VSIFReadL(bytes.data(), 1, std::size_t(count), handleOf(m_file))));
    return bytes;
}

} // namespace hanseatlas
