// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/ucum.h"

#include <QHash>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestUnit = 200; ///< an address may be one

enum class Measures {
    Temperature,
    Pressure,
    Speed,
    Length,
    Concentration,
    Fraction,
    Flow,
    Volume,
    Energy,
    Power,
    Voltage,
    Current,
    Conductivity,
    Angle,
    Illuminance,
    Irradiance,
    Time,
    Frequency,
    Rate,
    Decibel,
    Loudness, ///< A-weighted; no number turns the one into the other
    Acidity,
    Turbidity,
    Mass,
    Area,
    Dose,
    Decay,
};

struct Unit {
    QLatin1StringView code;
    Measures measures;
    double factor = 1; ///< to the first unit of its kind
    double offset = 0; ///< added after the factor
};

constexpr std::array units{
    Unit{"K"_L1, Measures::Temperature},
    Unit{"Cel"_L1, Measures::Temperature, 1, 273.15},
    Unit{"[degF]"_L1, Measures::Temperature, 5. / 9., 273.15 - 32. * 5. / 9.},
    Unit{"Pa"_L1, Measures::Pressure},
    Unit{"hPa"_L1, Measures::Pressure, 100},
    Unit{"kPa"_L1, Measures::Pressure, 1000},
    Unit{"mbar"_L1, Measures::Pressure, 100},
    Unit{"bar"_L1, Measures::Pressure, 100'000},
    Unit{"m/s"_L1, Measures::Speed},
    Unit{"cm/s"_L1, Measures::Speed, 0.01},
    Unit{"km/h"_L1, Measures::Speed, 1 / 3.6},
    Unit{"[kn_i]"_L1, Measures::Speed, 1852. / 3600.},
    Unit{"m"_L1, Measures::Length},
    Unit{"mm"_L1, Measures::Length, 0.001},
    Unit{"cm"_L1, Measures::Length, 0.01},
    Unit{"dm"_L1, Measures::Length, 0.1},
    Unit{"km"_L1, Measures::Length, 1000},
    Unit{"l/m2"_L1, Measures::Length, 0.001}, // rain: a litre on a square metre stands 1 mm high
    Unit{"g/m3"_L1, Measures::Concentration},
    Unit{"mg/m3"_L1, Measures::Concentration, 1e-3},
    Unit{"ug/m3"_L1, Measures::Concentration, 1e-6},
    Unit{"ng/m3"_L1, Measures::Concentration, 1e-9},
    Unit{"mg/l"_L1, Measures::Concentration},
    Unit{"ug/l"_L1, Measures::Concentration, 1e-3},
    Unit{"1"_L1, Measures::Fraction},
    Unit{"%"_L1, Measures::Fraction, 1e-2},
    Unit{"[ppth]"_L1, Measures::Fraction, 1e-3},
    Unit{"[ppm]"_L1, Measures::Fraction, 1e-6},
    Unit{"[ppb]"_L1, Measures::Fraction, 1e-9},
    Unit{"m3/s"_L1, Measures::Flow},
    Unit{"l/s"_L1, Measures::Flow, 1e-3},
    Unit{"m3/h"_L1, Measures::Flow, 1 / 3600.},
    Unit{"m3"_L1, Measures::Volume},
    Unit{"l"_L1, Measures::Volume, 1e-3},
    Unit{"J"_L1, Measures::Energy},
    Unit{"W.h"_L1, Measures::Energy, 3600},
    Unit{"kW.h"_L1, Measures::Energy, 3.6e6},
    Unit{"MW.h"_L1, Measures::Energy, 3.6e9},
    Unit{"W"_L1, Measures::Power},
    Unit{"kW"_L1, Measures::Power, 1e3},
    Unit{"MW"_L1, Measures::Power, 1e6},
    Unit{"V"_L1, Measures::Voltage},
    Unit{"mV"_L1, Measures::Voltage, 1e-3},
    Unit{"A"_L1, Measures::Current},
    Unit{"mA"_L1, Measures::Current, 1e-3},
    Unit{"S/m"_L1, Measures::Conductivity},
    Unit{"mS/cm"_L1, Measures::Conductivity, 0.1},
    Unit{"uS/cm"_L1, Measures::Conductivity, 1e-4},
    Unit{"deg"_L1, Measures::Angle},
    Unit{"rad"_L1, Measures::Angle, 180 / 3.14159265358979323846},
    Unit{"lx"_L1, Measures::Illuminance},
    Unit{"klx"_L1, Measures::Illuminance, 1000},
    Unit{"W/m2"_L1, Measures::Irradiance},
    Unit{"s"_L1, Measures::Time},
    Unit{"ms"_L1, Measures::Time, 1e-3},
    Unit{"min"_L1, Measures::Time, 60},
    Unit{"h"_L1, Measures::Time, 3600},
    Unit{"d"_L1, Measures::Time, 86400},
    Unit{"Hz"_L1, Measures::Frequency},
    Unit{"kHz"_L1, Measures::Frequency, 1000},
    Unit{"MHz"_L1, Measures::Frequency, 1e6},
    Unit{"mm/h"_L1, Measures::Rate},
    Unit{"dB"_L1, Measures::Decibel},
    Unit{"dB[A]"_L1, Measures::Loudness},
    Unit{"[pH]"_L1, Measures::Acidity},
    Unit{"[NTU]"_L1, Measures::Turbidity},
    Unit{"kg"_L1, Measures::Mass},
    Unit{"g"_L1, Measures::Mass, 1e-3},
    Unit{"m2"_L1, Measures::Area},
    Unit{"Sv/h"_L1, Measures::Dose},
    Unit{"uSv/h"_L1, Measures::Dose, 1e-6},
    Unit{"nSv/h"_L1, Measures::Dose, 1e-9},
    Unit{"Bq"_L1, Measures::Decay},
};

const Unit *unitOf(QStringView code)
{
    for (const auto &unit : units)
        if (code == unit.code)
            return &unit;
    return nullptr;
}

using Names = QHash<QString, QLatin1StringView>;

/** As folded() leaves them, in small letters. */
const Names &names()
{
    static const Names table{
        {u"°c"_s, "Cel"_L1},
        {u"ºc"_s, "Cel"_L1},
        {u"celsius"_s, "Cel"_L1},
        {u"degc"_s, "Cel"_L1},
        {u"deg_c"_s, "Cel"_L1},
        {u"degreecelsius"_s, "Cel"_L1},
        {u"degreescelsius"_s, "Cel"_L1},
        {u"degreecentigrade"_s, "Cel"_L1},
        {u"centigrade"_s, "Cel"_L1},
        {u"gradcelsius"_s, "Cel"_L1},
        {u"°f"_s, "[degF]"_L1},
        {u"degf"_s, "[degF]"_L1},
        {u"deg_f"_s, "[degF]"_L1},
        {u"fahrenheit"_s, "[degF]"_L1},
        {u"degreefahrenheit"_s, "[degF]"_L1},
        {u"kelvin"_s, "K"_L1},
        {u"pascal"_s, "Pa"_L1},
        {u"hectopascal"_s, "hPa"_L1},
        {u"hektopascal"_s, "hPa"_L1},
        {u"millibar"_s, "mbar"_L1},
        {u"ms-1"_s, "m/s"_L1},
        {u"m.s-1"_s, "m/s"_L1},
        {u"m*s-1"_s, "m/s"_L1},
        {u"meterpersecond"_s, "m/s"_L1},
        {u"meterspersecond"_s, "m/s"_L1},
        {u"metrepersecond"_s, "m/s"_L1},
        {u"meterprosekunde"_s, "m/s"_L1},
        {u"kmh"_s, "km/h"_L1},
        {u"km/std"_s, "km/h"_L1},
        {u"kmperhour"_s, "km/h"_L1},
        {u"kilometerperhour"_s, "km/h"_L1},
        {u"kilometersperhour"_s, "km/h"_L1},
        {u"kn"_s, "[kn_i]"_L1},
        {u"knot"_s, "[kn_i]"_L1},
        {u"knoten"_s, "[kn_i]"_L1},
        {u"meter"_s, "m"_L1},
        {u"metre"_s, "m"_L1},
        {u"meters"_s, "m"_L1},
        {u"mü.nhn"_s, "m"_L1}, // above the sea: still metres
        {u"m.ü.nhn"_s, "m"_L1},
        {u"mü.nn"_s, "m"_L1},
        {u"m.ü.nn"_s, "m"_L1},
        {u"müber nhn"_s, "m"_L1},
        {u"millimeter"_s, "mm"_L1},
        {u"millimetre"_s, "mm"_L1},
        {u"centimeter"_s, "cm"_L1},
        {u"centimetre"_s, "cm"_L1},
        {u"zentimeter"_s, "cm"_L1},
        {u"kilometer"_s, "km"_L1},
        {u"ug/m3"_s, "ug/m3"_L1},
        {u"ugm-3"_s, "ug/m3"_L1},
        {u"ug.m-3"_s, "ug/m3"_L1},
        {u"ug*m-3"_s, "ug/m3"_L1},
        {u"microgrampercubicmeter"_s, "ug/m3"_L1},
        {u"microgramspercubicmeter"_s, "ug/m3"_L1},
        {u"microgrampercubicmetre"_s, "ug/m3"_L1},
        {u"mikrogrammprokubikmeter"_s, "ug/m3"_L1},
        {u"mg/m3"_s, "mg/m3"_L1},
        {u"ng/m3"_s, "ng/m3"_L1},
        {u"percent"_s, "%"_L1},
        {u"prozent"_s, "%"_L1},
        {u"pct"_s, "%"_L1},
        {u"%rh"_s, "%"_L1},
        {u"%r.h."_s, "%"_L1},
        {u"%rel.feuchte"_s, "%"_L1},
        {u"‰"_s, "[ppth]"_L1},
        {u"promille"_s, "[ppth]"_L1},
        {u"ppm"_s, "[ppm]"_L1},
        {u"partspermillion"_s, "[ppm]"_L1},
        {u"ppb"_s, "[ppb]"_L1},
        {u"one"_s, "1"_L1},
        {u"count"_s, "1"_L1},
        {u"anzahl"_s, "1"_L1},
        {u"dimensionless"_s, "1"_L1},
        {u"cubicmeterpersecond"_s, "m3/s"_L1},
        {u"cbm/s"_s, "m3/s"_L1},
        {u"qm"_s, "m2"_L1},
        {u"liter"_s, "l"_L1},
        {u"litre"_s, "l"_L1},
        {u"l/qm"_s, "l/m2"_L1},
        {u"joule"_s, "J"_L1},
        {u"wh"_s, "W.h"_L1},
        {u"watthour"_s, "W.h"_L1},
        {u"wattstunde"_s, "W.h"_L1},
        {u"kwh"_s, "kW.h"_L1},
        {u"kilowatthour"_s, "kW.h"_L1},
        {u"kilowattstunde"_s, "kW.h"_L1},
        {u"watt"_s, "W"_L1},
        {u"kilowatt"_s, "kW"_L1},
        {u"volt"_s, "V"_L1},
        {u"millivolt"_s, "mV"_L1},
        {u"ampere"_s, "A"_L1},
        {u"°"_s, "deg"_L1},
        {u"degree"_s, "deg"_L1},
        {u"degrees"_s, "deg"_L1},
        {u"grad"_s, "deg"_L1},
        {u"lux"_s, "lx"_L1},
        {u"second"_s, "s"_L1},
        {u"sekunde"_s, "s"_L1},
        {u"minute"_s, "min"_L1},
        {u"hour"_s, "h"_L1},
        {u"stunde"_s, "h"_L1},
        {u"hertz"_s, "Hz"_L1},
        {u"l/m2/h"_s, "mm/h"_L1},
        {u"decibel"_s, "dB"_L1},
        {u"dezibel"_s, "dB"_L1},
        {u"db"_s, "dB"_L1},
        {u"db(a)"_s, "dB[A]"_L1},
        {u"dba"_s, "dB[A]"_L1},
        {u"db_a"_s, "dB[A]"_L1},
        {u"db[a]"_s, "dB[A]"_L1},
        {u"a-weighteddecibel"_s, "dB[A]"_L1},
        {u"ph"_s, "[pH]"_L1},
        {u"ntu"_s, "[NTU]"_L1},
        {u"usv/h"_s, "uSv/h"_L1},
        {u"us/cm"_s, "uS/cm"_L1},
    };
    return table;
}

/** Without blanks; superscripts, both signs for micro and the like in one notation. */
QString folded(QStringView text)
{
    auto plain = text.toString().normalized(QString::NormalizationForm_KC); // "³" → "3", "℃" → "°C", "µ" → "μ"
    plain.replace(QChar(0x3bc), u'u').replace(u"**"_s, u""_s).remove(u'^').remove(u'·');
    plain.removeIf([](QChar c) { return c.isSpace(); });
    return plain;
}

/** The last word of an address or of "prefix:word". */
QStringView lastWord(QStringView text)
{
    const auto hash = std::max({text.lastIndexOf(u'#'), text.lastIndexOf(u':'),
                                text.contains(u"://") ? text.lastIndexOf(u'/') : qsizetype(-1)});
    return text.sliced(hash + 1);
}

} // namespace

QString ucumOf(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty() || text.size() > longestUnit)
        return {};
    const auto plain = folded(lastWord(text));
    if (const auto *unit = unitOf(plain); unit && (plain != u"1" || text == u"1"))
        return unit->code;
    return names().value(plain.toLower());
}

QString ucumOfCommonCode(QStringView code)
{
    static const Names table{
        {u"CEL"_s, "Cel"_L1},  {u"KEL"_s, "K"_L1},    {u"FAH"_s, "[degF]"_L1}, {u"GQ"_s, "ug/m3"_L1},
        {u"GP"_s, "mg/m3"_L1}, {u"P1"_s, "%"_L1},     {u"C62"_s, "1"_L1},      {u"59"_s, "[ppm]"_L1},
        {u"61"_s, "[ppb]"_L1}, {u"MTS"_s, "m/s"_L1},  {u"KMH"_s, "km/h"_L1},   {u"KNT"_s, "[kn_i]"_L1},
        {u"PAL"_s, "Pa"_L1},   {u"A97"_s, "hPa"_L1},  {u"HPA"_s, "hPa"_L1},    {u"KPA"_s, "kPa"_L1},
        {u"MBR"_s, "mbar"_L1}, {u"BAR"_s, "bar"_L1},  {u"MTR"_s, "m"_L1},      {u"CMT"_s, "cm"_L1},
        {u"MMT"_s, "mm"_L1},   {u"KMT"_s, "km"_L1},   {u"DMT"_s, "dm"_L1},     {u"2N"_s, "dB"_L1},
        {u"M1"_s, "mg/l"_L1},  {u"MQS"_s, "m3/s"_L1}, {u"MQH"_s, "m3/h"_L1},   {u"G51"_s, "l/s"_L1},
        {u"MTQ"_s, "m3"_L1},   {u"LTR"_s, "l"_L1},    {u"MTK"_s, "m2"_L1},     {u"JOU"_s, "J"_L1},
        {u"WHR"_s, "W.h"_L1},  {u"KWH"_s, "kW.h"_L1}, {u"MWH"_s, "MW.h"_L1},   {u"WTT"_s, "W"_L1},
        {u"KWT"_s, "kW"_L1},   {u"MAW"_s, "MW"_L1},   {u"VLT"_s, "V"_L1},      {u"2Z"_s, "mV"_L1},
        {u"AMP"_s, "A"_L1},    {u"4K"_s, "mA"_L1},    {u"DD"_s, "deg"_L1},     {u"LUX"_s, "lx"_L1},
        {u"D54"_s, "W/m2"_L1}, {u"SEC"_s, "s"_L1},    {u"C26"_s, "ms"_L1},     {u"MIN"_s, "min"_L1},
        {u"HUR"_s, "h"_L1},    {u"DAY"_s, "d"_L1},    {u"HTZ"_s, "Hz"_L1},     {u"Q30"_s, "[pH]"_L1},
        {u"KGM"_s, "kg"_L1},   {u"GRM"_s, "g"_L1},    {u"D10"_s, "S/m"_L1},    {u"H61"_s, "mS/cm"_L1},
        {u"H67"_s, "mm/h"_L1},
    };
    code = code.trimmed();
    if (code.size() > longestUnit)
        return {};
    const auto known = table.constFind(code.toString());
    return known == table.constEnd() ? ucumOf(code) : QString(*known);
}

std::optional<double> convertUnit(double value, const QString &from, const QString &to)
{
    const auto *source = unitOf(from);
    const auto *target = unitOf(to);
    if (from == to && std::isfinite(value))
        return value;
    if (!source || !target || source->measures != target->measures)
        return std::nullopt;
    const auto converted = (value * source->factor + source->offset - target->offset) / target->factor;
    return std::isfinite(converted) ? std::optional<double>(converted) : std::nullopt;
}

} // namespace hanseatlas
