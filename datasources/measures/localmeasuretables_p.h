// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/measures/measuretables_p.h"
#include "datasources/store/userfile_p.h"

/** @internal The tables of the local store; exported for unit tests only. */
namespace hanseatlas
{

inline constexpr int measureApplicationId = 0x484d4153; ///< "HMAS", in the header of the file
inline constexpr int measureStoreVersion = 1;

Result<OpenedUserFile> openMeasureFile(const QString &path);

Error measureStoreError(const SqlFault &fault);

class LocalMeasureTables final : public MeasureTables
{
public:
    explicit LocalMeasureTables(StoreConnection &connection);
    MeasureRow row(const QString &number) override;
    void writeRow(const QString &number, const QJsonObject &json, qint64 version) override;
    qint64 beginChange(const ChangeNote &note) override;
    void writeHistory(qint64 change, const MeasureChange &made, qint64 version) override;
    QJsonObject at(const QString &number, const QJsonObject &now, qint64 version) override;
    QHash<QString, QString> parents() override;
    std::optional<Error> takeError() override;

private:
    StoreConnection &m_connection;
};

} // namespace hanseatlas
