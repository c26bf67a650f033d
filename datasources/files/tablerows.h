// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/filekind.h"
#include "layers/model/job.h"

#include <memory>
#include <string>
#include <vector>

namespace hanseatlas
{

/** @internal How a text table is written, found out from its beginning. */
struct TableForm {
    bool json = false; ///< an array of objects instead of delimited text
    char separator = ',';
    bool decimalComma = false;
    bool wide = false; ///< UTF-16 in the file, turned into UTF-8 before anything looks at it
    QString encoding; ///< "UTF-8", "ISO-8859-1", …
    qint64 start = 0; ///< byte where the first row of data begins
    QStringList header;
    QStringList comment; ///< what stands above the table, line by line
};

/** @internal Rows one after another. A cell is the text as written, without quotes and blanks around it. */
class TableRows
{
public:
    virtual ~TableRows() = default;
    virtual bool next(std::vector<std::string> &cells) = 0;
    virtual double fraction() const = 0; ///< of the file that was read
};

/** @param encoding wanted by the user, or "" */
Result<TableForm> tableForm(const QString &path, const QString &name, const FileKind &kind, const QString &encoding);
Result<std::unique_ptr<TableRows>> tableRows(const QString &path, const QString &name, const TableForm &form);

/** Splits one line; quotes keep separators together and "" stands for ". */
std::vector<std::string> splitCells(std::string_view line, char separator);

} // namespace hanseatlas
