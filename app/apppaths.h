// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace hanseatlas
{

/** Where the program keeps what is its own. A value. */
struct AppPaths {
    QString settings; ///< the file with the settings
    QString data; ///< folder; may not exist yet

    QString demo() const; ///< folder of the demo city
    QString themes() const; ///< folder of the user's themes
    QString recovery() const; ///< folder of the copies that outlive a crash
    QString serviceStore() const; ///< the database of what services have sent
    QString signIns() const; ///< the list of kept sign-ins, without secrets
    QString measures() const; ///< the database of the measures of one user
    QString sharedMeasures(const QString &address) const; ///< the copy of those that several people share there
    QString index() const; ///< the database of the indicators' values
    QString indicators() const; ///< the user's own set of indicators, where there is one
    QString lastSession() const; ///< the file with the layers of the last time
    QStringList themeFolders() const;

    /** As the system wants it; all below one folder where HANSEATLAS_HOME names one. */
    static AppPaths standard();
    static AppPaths below(const QString &folder);
};

} // namespace hanseatlas
