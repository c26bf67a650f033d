// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/observation.h"

#include "layers/observations/observationtexts.h"

namespace hanseatlas
{

QString faultText(Fault fault)
{
    switch (fault) {
    case Fault::BrokenMessage:
        return ObservationTexts::tr("Messages that cannot be read (left out)");
    case Fault::NotANumber:
        return ObservationTexts::tr("Values that are no numbers (left out)");
    case Fault::TextNumber:
        return ObservationTexts::tr("Numbers written as texts (read)");
    case Fault::DecimalComma:
        return ObservationTexts::tr("Numbers with a decimal comma (read)");
    case Fault::NoTime:
        return ObservationTexts::tr("Values without a time (left out)");
    case Fault::NoZone:
        return ObservationTexts::tr("Times without a zone (read as the source documents it)");
    case Fault::EpochUnit:
        return ObservationTexts::tr("Times in seconds instead of milliseconds or the other way round (read)");
    case Fault::Future:
        return ObservationTexts::tr("Values from the future (left out)");
    case Fault::Duplicate:
        return ObservationTexts::tr("Values sent more than once (taken once)");
    case Fault::UnitChanged:
        return ObservationTexts::tr("Values in another unit than before (converted where possible, else left out)");
    case Fault::SwappedAxes:
        return ObservationTexts::tr("Places with latitude and longitude exchanged (put right)");
    case Fault::NoPlace:
        return ObservationTexts::tr("Sensors without a usable place (not on the map)");
    case Fault::TooMuch:
        return ObservationTexts::tr("Values beyond what the program takes in at once (left out)");
    }
    return {};
}

} // namespace hanseatlas
