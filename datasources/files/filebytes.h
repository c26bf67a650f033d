// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace hanseatlas
{

/** @internal Looks at places of a file that the library can name, e.g. inside of an archive. */
class FileBytes
{
public:
    explicit FileBytes(const QString &path);
    /** As many bytes as there are. */
    QByteArray at(qint64 place, qsizetype count) const;
    qint64 size = -1; ///< -1 = cannot be read

private:
    std::shared_ptr<void> m_file; ///< a handle of the library, whose types stay out of headers
};

} // namespace hanseatlas
