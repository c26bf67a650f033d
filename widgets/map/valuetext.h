// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/feature.h"

#include <QLocale>
#include <QUrl>

#include <optional>

namespace hanseatlas
{

/** A value as people read it: numbers and dates as in the locale, with the field's unit; "–" for null. Plain text. */
QString valueText(const QVariant &value, const Field &field, const QLocale &locale);

/** The address that a text value is, if it is one of those that may be opened: http, https, file. */
std::optional<QUrl> linkIn(const QVariant &value);

} // namespace hanseatlas
