<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CommandLine</name>
    <message numerus="yes">
        <source>%n bands</source>
        <translation>
            <numerusform>%n band</numerusform>
            <numerusform>%n bands</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n invalid polygons, drawn and marked</source>
        <translation>
            <numerusform>%n invalid polygon, drawn and marked</numerusform>
            <numerusform>%n invalid polygons, drawn and marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Container</name>
    <message numerus="yes">
        <source>%n archive(s) inside the archive were left out.</source>
        <translation>
            <numerusform>%n archive inside the archive was left out.</numerusform>
            <numerusform>%n archives inside the archive were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GeoPackage</name>
    <message numerus="yes">
        <source>“%1”: %n object(s) have no geometry.</source>
        <translation>
            <numerusform>“%1”: %n object has no geometry.</numerusform>
            <numerusform>“%1”: %n objects have no geometry.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1”: %n infinite number(s) were left empty.</source>
        <translation>
            <numerusform>“%1”: %n infinite number were left empty.</numerusform>
            <numerusform>“%1”: %n infinite numbers were left empty.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outliers</name>
    <message numerus="yes">
        <source>%n object(s) lie far away from all others; perhaps their coordinates are wrong.</source>
        <translation>
            <numerusform>%n object lies far away from all others; perhaps its coordinates are wrong.</numerusform>
            <numerusform>%n objects lie far away from all others; perhaps their coordinates are wrong.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintLegend</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadTally</name>
    <message numerus="yes">
        <source>%n object(s) have no geometry and are not on the map.</source>
        <translation>
            <numerusform>%n object has no geometry and is not on the map.</numerusform>
            <numerusform>%n objects have no geometry and are not on the map.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have coordinates that are no numbers or lie beyond the earth, and were left out.</source>
        <translation>
            <numerusform>%n object has coordinates that are no numbers or lies beyond the earth, and was left out.</numerusform>
            <numerusform>%n objects have coordinates that are no numbers or lie beyond the earth, and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have a damaged geometry and were left out.</source>
        <translation>
            <numerusform>%n object has a damaged geometry and was left out.</numerusform>
            <numerusform>%n objects have a damaged geometry and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) combine points, lines or areas; they are drawn as several parts.</source>
        <translation>
            <numerusform>%n object combines points, lines or areas; it is drawn as several parts.</numerusform>
            <numerusform>%n objects combine points, lines or areas; they are drawn as several parts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) lie where the coordinate reference system cannot be converted, and were left out.</source>
        <translation>
            <numerusform>%n object lies where the coordinate reference system cannot be converted, and was left out.</numerusform>
            <numerusform>%n objects lie where the coordinate reference system cannot be converted, and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file is damaged: %n object(s) that it announces could not be read.</source>
        <translation>
            <numerusform>The file is damaged: %n object that it announces could not be read.</numerusform>
            <numerusform>The file is damaged: %n objects that it announces could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableSource</name>
    <message numerus="yes">
        <source>%n value(s) of −999 or −9999 were taken as missing.</source>
        <translation>
            <numerusform>%n value of −999 or −9999 was taken as missing.</numerusform>
            <numerusform>%n values of −999 or −9999 were taken as missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>XplanSource</name>
    <message numerus="yes">
        <source>%n object(s) were left out: their coordinates have no place in the map&apos;s coordinate system.</source>
        <translation>
            <numerusform>%n object was left out: its coordinates have no place in the map&apos;s coordinate system.</numerusform>
            <numerusform>%n objects were left out: their coordinates have no place in the map&apos;s coordinate system.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::CataloguePanel</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n layers to the map</source>
        <translation>
            <numerusform>Add %n layer to the map</numerusform>
            <numerusform>Add %n layers to the map</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n layers to the map?</source>
        <translation>
            <numerusform>Add %n layer to the map?</numerusform>
            <numerusform>Add %n layers to the map?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries of the list cannot be used.</source>
        <translation>
            <numerusform>%n entry of the list cannot be used.</numerusform>
            <numerusform>%n entries of the list cannot be used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::CatalogueTexts</name>
    <message numerus="yes">
        <source>%n layers are missing in the portal&apos;s list of services.</source>
        <translation>
            <numerusform>%n layer is missing in the portal&apos;s list of services.</numerusform>
            <numerusform>%n layers are missing in the portal&apos;s list of services.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layers cannot be shown; the reason stands beside them.</source>
        <translation>
            <numerusform>%n layer cannot be shown; the reason stands beside them.</numerusform>
            <numerusform>%n layers cannot be shown; the reason stands beside them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::ChangeList</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::ConnectionsView</name>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n measure</numerusform>
            <numerusform>%n measures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s)</source>
        <translation>
            <numerusform>%n lead</numerusform>
            <numerusform>%n leads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n concept(s) and resolution(s)</source>
        <translation>
            <numerusform>%n concept and resolution</numerusform>
            <numerusform>%n concepts and resolutions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::DashboardDesk</name>
    <message numerus="yes">
        <source>%n value(s) were taken over.</source>
        <translation>
            <numerusform>%n value was taken over.</numerusform>
            <numerusform>%n values were taken over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) were worked out.</source>
        <translation>
            <numerusform>%n value was worked out.</numerusform>
            <numerusform>%n values were worked out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::DutyList</name>
    <message numerus="yes">
        <source>%n item(s) to do</source>
        <translation>
            <numerusform>%n item to do</numerusform>
            <numerusform>%n items to do</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::Exporter</name>
    <message numerus="yes">
        <source>%n layers are written to the GeoPackage.</source>
        <translation>
            <numerusform>%n layer is written to the GeoPackage.</numerusform>
            <numerusform>%n layers are written to the GeoPackage.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::FeaturePanel</name>
    <message numerus="yes">
        <source>asking %n service(s) …</source>
        <translation>
            <numerusform>asking %n service …</numerusform>
            <numerusform>asking %n services …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::GeoPackageDialog</name>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with personal data are left out</source>
        <translation>
            <numerusform>%n with personal data is left out</numerusform>
            <numerusform>%n with personal data are left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::ImportPreview</name>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) cannot be taken over; their rows are left out.</source>
        <translation>
            <numerusform>%n cell cannot be taken over; their rows are left out.</numerusform>
            <numerusform>%n cells cannot be taken over; their rows are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::IndexTexts</name>
    <message numerus="yes">
        <source>%1: %n outlier(s) were moved to the edge of what is usual.</source>
        <translation>
            <numerusform>%1: %n outlier was moved to the edge of what is usual.</numerusform>
            <numerusform>%1: %n outliers were moved to the edge of what is usual.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n area(s) could not be cut and were left out.</source>
        <translation>
            <numerusform>%n area could not be cut and was left out.</numerusform>
            <numerusform>%n areas could not be cut and were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::LiveFeatureTexts</name>
    <message numerus="yes">
        <source>%n object(s) have a damaged geometry and were left out.</source>
        <translation>
            <numerusform>%n object has a damaged geometry and was left out.</numerusform>
            <numerusform>%n objects have a damaged geometry and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n object(s) only a part of the geometry can be shown.</source>
        <translation>
            <numerusform>Of %n object only a part of the geometry can be shown.</numerusform>
            <numerusform>Of %n objects only a part of the geometry can be shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have no geometry and are not on the map.</source>
        <translation>
            <numerusform>%n object has no geometry and is not on the map.</numerusform>
            <numerusform>%n objects have no geometry and are not on the map.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server gave %n object(s) again on a later page; they were taken once. Others may be missing for them.</source>
        <translation>
            <numerusform>The server gave %n object again on a later page; they were taken once. Others may be missing for them.</numerusform>
            <numerusform>The server gave %n objects again on a later page; they were taken once. Others may be missing for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) of the field “%1” are not of its type and were left out.</source>
        <translation>
            <numerusform>%n value of the field “%1” are not of its type and were left out.</numerusform>
            <numerusform>%n values of the field “%1” are not of its type and were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::LiveTexts</name>
    <message numerus="yes">
        <source>%n image(s) of the map did not come: %1</source>
        <translation>
            <numerusform>%n image of the map did not come: %1</numerusform>
            <numerusform>%n images of the map did not come: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::MainWindow</name>
    <message numerus="yes">
        <source>Added to the map: %n entries</source>
        <translation>
            <numerusform>Added to the map: %n entry</numerusform>
            <numerusform>Added to the map: %n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more: zoom in to tell them apart</source>
        <translation>
            <numerusform>%n more: zoom in to tell them apart</numerusform>
            <numerusform>%n more: zoom in to tell them apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureDesk</name>
    <message numerus="yes">
        <source>%n measure(s) were taken over.</source>
        <translation>
            <numerusform>%n measure was taken over.</numerusform>
            <numerusform>%n measures were taken over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureMarks</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureTable</name>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n measure</numerusform>
            <numerusform>%n measures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::NetTexts</name>
    <message numerus="yes">
        <source>“%1” did not answer several times and is left in peace for %n more second(s).</source>
        <translation>
            <numerusform>“%1” did not answer several times and is left in peace for %n more second.</numerusform>
            <numerusform>“%1” did not answer several times and is left in peace for %n more seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The request to “%1” failed: no connection within %n second(s).</source>
        <translation>
            <numerusform>The request to “%1” failed: no connection within %n second.</numerusform>
            <numerusform>The request to “%1” failed: no connection within %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The request to “%1” failed: no answer within %n second(s).</source>
        <translation>
            <numerusform>The request to “%1” failed: no answer within %n second.</numerusform>
            <numerusform>The request to “%1” failed: no answer within %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The request to “%1” failed: the server took nothing of it for %n second(s).</source>
        <translation>
            <numerusform>The request to “%1” failed: the server took nothing of it for %n second.</numerusform>
            <numerusform>The request to “%1” failed: the server took nothing of it for %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answer of “%1” stopped half-way: nothing came for %n second(s).</source>
        <translation>
            <numerusform>The answer of “%1” stopped half-way: nothing came for %n second.</numerusform>
            <numerusform>The answer of “%1” stopped half-way: nothing came for %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Try again in %n second.</numerusform>
            <numerusform>Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineDesk</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineTexts</name>
    <message numerus="yes">
        <source>%n part(s) did not come: %1</source>
        <translation>
            <numerusform>%n part did not come: %1</numerusform>
            <numerusform>%n parts did not come: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::PdfDialog</name>
    <message numerus="yes">
        <source>%n entries of the legend have no room. A larger paper shows more.</source>
        <translation>
            <numerusform>%n entry of the legend has no room. A larger paper shows more.</numerusform>
            <numerusform>%n entries of the legend have no room. A larger paper shows more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::ReportTexts</name>
    <message numerus="yes">
        <source>%n measure(s); of %1 somebody has reported. Mean progress of those that state one: %2 %.</source>
        <translation>
            <numerusform>%n measure; of %1 somebody has reported. Mean progress of those that state one: %2 %.</numerusform>
            <numerusform>%n measures; of %1 somebody has reported. Mean progress of those that state one: %2 %.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s); of %1 somebody has reported.</source>
        <translation>
            <numerusform>%n measure; of %1 somebody has reported.</numerusform>
            <numerusform>%n measures; of %1 somebody has reported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest are listed; %n earlier one(s) are left out.</source>
        <translation>
            <numerusform>The newest are listed; %n earlier one are left out.</numerusform>
            <numerusform>The newest are listed; %n earlier ones are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n measure(s) a status report is missing.</source>
        <translation>
            <numerusform>Of %n measure a status report is missing.</numerusform>
            <numerusform>Of %n measures a status report is missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::RequestWindow</name>
    <message numerus="yes">
        <source>%1 of %n requests</source>
        <translation>
            <numerusform>%1 of %n request</numerusform>
            <numerusform>%1 of %n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::Session</name>
    <message numerus="yes">
        <source>%n layer(s) could not be read. Their properties let you choose another file.</source>
        <translation>
            <numerusform>%n layer could not be read. Their properties let you choose another file.</numerusform>
            <numerusform>%n layers could not be read. Their properties let you choose another file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of services could not be read. “Read again” asks once more.</source>
        <translation>
            <numerusform>%n layer of services could not be read. “Read again” asks once more.</numerusform>
            <numerusform>%n layers of services could not be read. “Read again” asks once more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::SourcePage</name>
    <message numerus="yes">
        <source>Every %n minutes</source>
        <translation>
            <numerusform>Every %n minute</numerusform>
            <numerusform>Every %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %n seconds</source>
        <translation>
            <numerusform>Every %n second</numerusform>
            <numerusform>Every %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::StoreLine</name>
    <message numerus="yes">
        <source>%1: %n measure(s) changed by you and somebody else</source>
        <translation>
            <numerusform>%1: %n measure changed by you and somebody else</numerusform>
            <numerusform>%1: %n measures changed by you and somebody else</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::StoreTexts</name>
    <message numerus="yes">
        <source>%n object(s) are damaged in the store and were left out.</source>
        <translation>
            <numerusform>%n object is damaged in the store and were left out.</numerusform>
            <numerusform>%n objects are damaged in the store and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) lie where the coordinate reference system cannot be converted, and were left out.</source>
        <translation>
            <numerusform>%n object lies where the coordinate reference system cannot be converted, and was left out.</numerusform>
            <numerusform>%n objects lie where the coordinate reference system cannot be converted, and were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::TileTexts</name>
    <message numerus="yes">
        <source>%n thing(s) to do</source>
        <translation>
            <numerusform>%n thing to do</numerusform>
            <numerusform>%n things to do</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of the %n indicator(s) that are known by Stadtteil</source>
        <translation>
            <numerusform>of the %n indicator that is known by Stadtteil</numerusform>
            <numerusform>of the %n indicators that are known by Stadtteil</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::TimelineView</name>
    <message numerus="yes">
        <source>%1, %n measure(s)</source>
        <translation>
            <numerusform>%1, %n measure</numerusform>
            <numerusform>%1, %n measures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n measure</numerusform>
            <numerusform>%n measures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::ValueImportDialog</name>
    <message numerus="yes">
        <source>%n row(s) cannot be read. Correct the file and import it again; nothing is taken over until then.</source>
        <translation>
            <numerusform>%n row cannot be read. Correct the file and import it again; nothing is taken over until then.</numerusform>
            <numerusform>%n rows cannot be read. Correct the file and import it again; nothing is taken over until then.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::Values</name>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::VectorTexts</name>
    <message numerus="yes">
        <source>%n layer(s) of the style are not drawn (%1): %2</source>
        <translation>
            <numerusform>%n layer of the style are not drawn (%1): %2</numerusform>
            <numerusform>%n layers of the style are not drawn (%1): %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s) of the map did not come: %1</source>
        <translation>
            <numerusform>%n tile of the map did not come: %1</numerusform>
            <numerusform>%n tiles of the map did not come: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s) of the map cannot be drawn: %1</source>
        <translation>
            <numerusform>%n tile of the map cannot be drawn: %1</numerusform>
            <numerusform>%n tiles of the map cannot be drawn: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::XplanTexts</name>
    <message numerus="yes">
        <source>%n object(s) are of classes without a symbol and are drawn plainly: %1.</source>
        <translation>
            <numerusform>%n object is of classes without a symbol and is drawn plainly: %1.</numerusform>
            <numerusform>%n objects are of classes without a symbol and are drawn plainly: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have no geometry and are not on the map.</source>
        <translation>
            <numerusform>%n object has no geometry and is not on the map.</numerusform>
            <numerusform>%n objects have no geometry and are not on the map.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s) lead to objects that are not in the file, such as “%1”.</source>
        <translation>
            <numerusform>%n reference leads to objects that are not in the file, such as “%1”.</numerusform>
            <numerusform>%n references lead to objects that are not in the file, such as “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) belong to no Bereich of the plan; they are shown with it.</source>
        <translation>
            <numerusform>%n object belongs to no Bereich of the plan; it is shown with it.</numerusform>
            <numerusform>%n objects belong to no Bereich of the plan; they are shown with it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) that the plan names are not in the archive, such as “%1”.</source>
        <translation>
            <numerusform>%n document that the plan names is not in the archive, such as “%1”.</numerusform>
            <numerusform>%n documents that the plan names are not in the archive, such as “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n geometry(ies) have positions that are no coordinates; these were left out. The first is in line %1.</source>
        <translation>
            <numerusform>%n geometry has positions that are no coordinates; these were left out. The first is in line %1.</numerusform>
            <numerusform>%n geometries have positions that are no coordinates; these were left out. The first is in line %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n geometry(ies) had boundaries that were not closed; they were closed.</source>
        <translation>
            <numerusform>%n geometry had boundaries that were not closed; it was closed.</numerusform>
            <numerusform>%n geometries had boundaries that were not closed; they were closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n geometry(ies) have parts that cannot be shown.</source>
        <translation>
            <numerusform>%n geometry has parts that cannot be shown.</numerusform>
            <numerusform>%n geometries have parts that cannot be shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n identifier(s) occur more than once; references lead to the first object of that name.</source>
        <translation>
            <numerusform>%n identifier occurs more than once; references lead to the first object of that name.</numerusform>
            <numerusform>%n identifiers occur more than once; references lead to the first object of that name.</numerusform>
        </translation>
    </message>
</context>
</TS>
