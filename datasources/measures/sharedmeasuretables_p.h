// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databasesession.h"
#include "datasources/measures/measuretables_p.h"

/** @internal The tables of the store that several people share. */
namespace hanseatlas
{

inline constexpr int sharedMeasureVersion = 1; ///< of the schema `hanseatlas`

/** What is there: the version of the schema, 0 where there is none. */
std::expected<int, DatabaseFault> sharedSchemaVersion(DatabaseSession &session, const CancelToken &token);

/** Brings the schema to the version of this program, in one transaction; several programs may do it at once. Whether
 *  it was made: it was not there before. */
std::expected<bool, DatabaseFault> makeSharedSchema(DatabaseSession &session, const CancelToken &token);

/** A value of type json; undefined for NULL. */
QJsonValue jsonValue(const DatabaseRows &rows, int row, int column);

/** In words for people. */
Error sharedStoreError(const DatabaseFault &fault, const DatabaseLogin &login);

/** Within a transaction that holds the lock of writers. Writes are kept back till flush(), so that many changes take
 *  few questions to the server. */
class SharedMeasureTables final : public MeasureTables
{
public:
    SharedMeasureTables(DatabaseSession &session, CancelToken token);
    void expect(const QStringList &numbers) override;
    MeasureRow row(const QString &number) override;
    void writeRow(const QString &number, const QJsonObject &json, qint64 version) override;
    qint64 beginChange(const ChangeNote &note) override;
    void writeHistory(qint64 change, const MeasureChange &made, qint64 version) override;
    QJsonObject at(const QString &number, const QJsonObject &now, qint64 version) override;
    QHash<QString, QString> parents() override;
    std::optional<Error> takeError() override;

    void flush();

private:
    struct Known {
        MeasureRow row; ///< without reports
        QJsonArray reports; ///< also of one that was removed
    };
    DatabaseRows ask(const QByteArray &sql, const QList<std::optional<QString>> &values);
    Known &known(const QString &number);

    DatabaseSession &m_session;
    const CancelToken m_token;
    QHash<QString, Known> m_known;
    QJsonArray m_rows, m_reports, m_history; ///< kept back
    std::optional<DatabaseFault> m_fault;
};

} // namespace hanseatlas
