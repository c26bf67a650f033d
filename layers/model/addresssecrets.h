// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>

/** Secrets that people paste as parts of an address: user:password@ and parameters such as "token=…". Pure. */
namespace hanseatlas
{

/** Is this the name of a query parameter, form field or JSON member that carries a secret ("token", "apikey" …)? */
bool isSecretParameter(QStringView name);

/** What an address held, decoded. */
struct AddressSecrets {
    QString user;
    QString password;
    QList<std::pair<QString, QString>> parameters; ///< of the query, in order

    bool isEmpty() const { return user.isEmpty() && password.isEmpty() && parameters.isEmpty(); }
    bool operator==(const AddressSecrets &) const = default;
};

/** Takes them out of the address, which else stays the same to the letter. A placeholder of a template
 *  ("token={token}") is none; of other than web addresses only the password is taken. */
AddressSecrets takeSecrets(QString &address);

/** The address without them. */
QString withoutSecrets(const QString &address);

} // namespace hanseatlas
