// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/valuetext.h"

#include <QCoreApplication>
#include <QDate>
#include <QDateTime>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString dateText(const QDate &date, const QLocale &locale)
{
    auto format = locale.dateFormat(QLocale::ShortFormat);
    if (!format.contains("yyyy"_L1))
        format.replace("yy"_L1, "yyyy"_L1); // graves are older than a century
    return locale.toString(date, format);
}

QString realText(double value, const Field &field, const QLocale &locale)
{
    if (!std::isfinite(value))
        return u"–"_s;
    auto plain = locale;
    if (field.unit.isEmpty() && std::abs(value) < 1e5)
        plain.setNumberOptions(QLocale::OmitGroupSeparator);
    if (value != 0 && (std::abs(value) < 1e-4 || std::abs(value) >= 1e15))
        return plain.toString(value, 'g', 6);
    const int decimals = std::clamp(6 - int(std::floor(std::log10(std::max(std::abs(value), 1e-4)))), 0, 6);
    auto text = plain.toString(value, 'f', decimals);
    if (decimals > 0) {
        while (text.endsWith(plain.zeroDigit()))
            text.chop(1);
        if (text.endsWith(plain.decimalPoint()))
            text.chop(plain.decimalPoint().size());
    }
    return text;
}

QString bareText(const QVariant &value, const Field &field, const QLocale &locale)
{
    switch (field.type) {
    case FieldType::Integer: {
        auto plain = locale;
        if (field.unit.isEmpty()) // years, keys and numbers of houses are no amounts
            plain.setNumberOptions(QLocale::OmitGroupSeparator);
        bool ok = false;
        const auto number = value.toLongLong(&ok);
        return ok ? plain.toString(number) : value.toString();
    }
    case FieldType::Real: {
        bool ok = false;
        const double number = value.toDouble(&ok);
        return ok ? realText(number, field, locale) : value.toString();
    }
    case FieldType::Boolean:
        return value.toBool() ? QCoreApplication::translate("hanseatlas::Values", "Yes")
                              : QCoreApplication::translate("hanseatlas::Values", "No");
    case FieldType::Date:
        return value.toDate().isValid() ? dateText(value.toDate(), locale) : value.toString();
    case FieldType::Time:
        return value.toTime().isValid() ? locale.toString(value.toTime(), QLocale::ShortFormat) : value.toString();
    case FieldType::DateTime: {
        const auto time = value.toDateTime();
        return time.isValid()
            ? dateText(time.date(), locale) + u' ' + locale.toString(time.time(), QLocale::ShortFormat)
            : value.toString();
    }
    case FieldType::Binary:
        return QCoreApplication::translate("hanseatlas::Values", "%n bytes", nullptr, int(value.toByteArray().size()));
    case FieldType::Text:
        break;
    }
    return value.toString();
}

} // namespace

QString valueText(const QVariant &value, const Field &field, const QLocale &locale)
{
    if (!value.isValid() || value.isNull())
        return u"–"_s;
    const auto text = bareText(value, field, locale);
    const bool number = field.type == FieldType::Integer || field.type == FieldType::Real;
    return number && !field.unit.isEmpty() ? text + u'\u00A0' + field.unit : text;
}

std::optional<QUrl> linkIn(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return {};
    const auto text = value.toString().trimmed();
    if (!text.startsWith("http://"_L1, Qt::CaseInsensitive) && !text.startsWith("https://"_L1, Qt::CaseInsensitive)
        && !text.startsWith("file:///"_L1, Qt::CaseInsensitive))
        return {};
    if (text.contains(u' ') || text.contains(u'\n'))
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool hasPlace = url.isLocalFile() || !url.host().isEmpty();
    return url.isValid() && hasPlace ? std::optional(url) : std::nullopt;
}

} // namespace hanseatlas
