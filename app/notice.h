// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QAction>
#include <QMetaType>
#include <QPointer>

namespace hanseatlas
{

/** Something that the user should know, said without getting in the way. */
struct Notice {
    enum class Kind { Info, Success, Warning, Error };
    Kind kind = Kind::Info;
    QString text;
    QString details;
    QString topic; ///< a newer notice of the same topic takes the place of the older one; "" = none
    bool undoable = false; ///< offers to take back the last change
    QPointer<QAction> action = {}; ///< what can be done; stays its owner's

    static Notice of(const Error &error, const QString &topic = {})
    {
        const auto separator = error.hint.isEmpty() ? QString() : QStringLiteral(" ");
        return {
            .kind = Kind::Error, .text = error.what + separator + error.hint, .details = error.detail, .topic = topic};
    }
};

} // namespace hanseatlas

Q_DECLARE_METATYPE(hanseatlas::Notice)
