// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/report/reporttemplate.h"

#include "layers/report/reporttexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Part = ReportTemplate::Part;

namespace
{

constexpr qsizetype largestFile = 1024 * 1024;

std::unexpected<Error> malformed(const QString &name, const QString &why)
{
    return failure(ErrorKind::Malformed, ReportTexts::tr("The template “%1” cannot be read: %2").arg(name, why));
}

std::optional<Part> partOf(const QString &name)
{
    static const QHash<QString, Part> parts{{u"index"_s, Part::Index},   {u"overview"_s, Part::Overview},
                                            {u"fields"_s, Part::Fields}, {u"changes"_s, Part::Changes},
                                            {u"duties"_s, Part::Duties}, {u"sources"_s, Part::Sources}};
    const auto it = parts.constFind(name);
    return it == parts.cend() ? std::nullopt : std::optional(*it);
}

} // namespace

ReportTemplate standardTemplate()
{
    return {.title = ReportTexts::tr("Smart City Report"),
            .subtitle = {},
            .publisher = u"Hansestadt Lübeck"_s,
            .contact = {},
            .parts = {Part::Index, Part::Overview, Part::Fields, Part::Changes, Part::Duties, Part::Sources},
            .fields = {}};
}

Result<ReportTemplate> templateFromJson(const QByteArray &json, const QString &name)
{
    if (json.size() > largestFile)
        return failure(ErrorKind::TooLarge, ReportTexts::tr("The template “%1” is too large to be one.").arg(name));
    QJsonParseError error;
    const auto root = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return malformed(name, ReportTexts::tr("it is no JSON from byte %1 on.").arg(error.offset));
    if (root["format"_L1].toString() != "hanseatlas-report"_L1)
        return malformed(name, ReportTexts::tr("it is not a file of the form “%1”.").arg(u"hanseatlas-report"_s));
    if (root["version"_L1].toInt() > 1)
        return failure(ErrorKind::Unsupported,
                       ReportTexts::tr("The template “%1” was written for a newer version of the program.").arg(name));
    auto made = standardTemplate();
    for (auto it = root.begin(); it != root.end(); ++it) {
        const auto key = it.key();
        auto *text = key == "title"_L1 ? &made.title
            : key == "subtitle"_L1     ? &made.subtitle
            : key == "publisher"_L1    ? &made.publisher
            : key == "contact"_L1      ? &made.contact
                                       : nullptr;
        if (text && it->isString()) {
            *text = it->toString();
        } else if (key == "parts"_L1 && it->isArray()) {
            made.parts.clear();
            for (const auto &entry : it->toArray()) {
                const auto part = partOf(entry.toString());
                if (!part)
                    return malformed(name, ReportTexts::tr("there is no part “%1”.").arg(entry.toString().left(40)));
                made.parts.append(*part);
            }
        } else if (key == "fields"_L1 && it->isArray()) {
            for (const auto &entry : it->toArray()) {
                if (entry.toInt() < 1)
                    return malformed(name, ReportTexts::tr("“fields” wants numbers."));
                made.fields.append(entry.toInt());
            }
        } else if (key != "format"_L1 && key != "version"_L1) {
            return malformed(name, ReportTexts::tr("“%1” is unknown or of the wrong type.").arg(key.left(40)));
        }
    }
    return made;
}

} // namespace hanseatlas
