<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>Container</name>
        <message numerus="yes">
            <source>%n archive(s) inside the archive were left out.</source>
            <translation>
                <numerusform>%n archive inside the archive were left out.</numerusform>
                <numerusform>%n archives inside the archive were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Credits</name>
        <message>
            <source>%1, as of %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>source not stated: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Demonstration data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Contains personal data: for internal use only, do not pass on.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Crs</name>
        <message>
            <source>Coordinates cannot be converted from %1 to %2.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DemoCity</name>
        <message>
            <source>The demo city cannot write “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Is the disk full?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demo city could not be written to “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Is there enough room on the disk (300 MB)?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder “%1” could not be made.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>GeoPackage</name>
        <message>
            <source>“%1” has nothing in this area.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The spatial index of “%1” does not fit its objects; nothing was written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layer “%1” could not be copied.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Geometry</name>
        <message>
            <source>A ring has fewer than three corners.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MapTheme</name>
        <message>
            <source>The theme has no id or no title.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme “%1” has no layers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme is not a JSON object (at byte %1: %2).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme's groups are nested too deeply.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme includes “%1”, which cannot be found.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A layer of the theme has no title or no source.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layer “%1”: %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Variant “%1”: %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Variant “%1” names the layer “%2”, which the theme has not got.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme map: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme file “%1” cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme file “%1” is too large.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1: %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder “%1” cannot be made.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme “%1” cannot be saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme “%1” belongs to the program and cannot be deleted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The theme “%1” cannot be deleted.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Opener</name>
        <message>
            <source>GeoPackage and SpatiaLite</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shapefile</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>GeoJSON and FlatGeobuf</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>GML and XPlanGML</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>KML and GPX</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drawings (DXF)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tables</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pictures and aerial photographs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Terrain grids</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Map tiles</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ZIP archives</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Outliers</name>
        <message numerus="yes">
            <source>%n object(s) lie far away from all others; perhaps their coordinates are wrong.</source>
            <translation>
                <numerusform>%n object lie far away from all others; perhaps their coordinates are wrong.</numerusform>
                <numerusform>%n objects lie far away from all others; perhaps their coordinates are wrong.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PrintLayout</name>
        <message>
            <source>E</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>N</source>
            <translation type="unfinished" />
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
        <message>
            <source>Legend</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Other</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReadTally</name>
        <message numerus="yes">
            <source>%n object(s) have no geometry and are not on the map.</source>
            <translation>
                <numerusform>%n object have no geometry and are not on the map.</numerusform>
                <numerusform>%n objects have no geometry and are not on the map.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) have coordinates that are no numbers or lie beyond the earth, and were left out.</source>
            <translation>
                <numerusform>%n object have coordinates that are no numbers or lie beyond the earth, and were left out.</numerusform>
                <numerusform>%n objects have coordinates that are no numbers or lie beyond the earth, and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) have a damaged geometry and were left out.</source>
            <translation>
                <numerusform>%n object have a damaged geometry and were left out.</numerusform>
                <numerusform>%n objects have a damaged geometry and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) combine points, lines or areas; they are drawn as several parts.</source>
            <translation>
                <numerusform>%n object combine points, lines or areas; they are drawn as several parts.</numerusform>
                <numerusform>%n objects combine points, lines or areas; they are drawn as several parts.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) lie where the coordinate reference system cannot be converted, and were left out.</source>
            <translation>
                <numerusform>%n object lie where the coordinate reference system cannot be converted, and were left out.</numerusform>
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
        <message>
            <source>The file is damaged: reading broke off before its end.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Style</name>
        <message>
            <source>The style cannot be read: the value of “%1” is not valid.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TableSource</name>
        <message numerus="yes">
            <source>%n value(s) of −999 or −9999 were taken as missing.</source>
            <translation>
                <numerusform>%n value of −999 or −9999 were taken as missing.</numerusform>
                <numerusform>%n values of −999 or −9999 were taken as missing.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>XplanCatalogue</name>
        <message>
            <source>The program's own data “%1” cannot be read.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>XplanParser</name>
        <message>
            <source>An object is larger or nested deeper than a plan can be.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>XplanSource</name>
        <message numerus="yes">
            <source>%n object(s) were left out: their coordinates have no place in the map's coordinate system.</source>
            <translation>
                <numerusform>%n object were left out: their coordinates have no place in the map's coordinate system.</numerusform>
                <numerusform>%n objects were left out: their coordinates have no place in the map's coordinate system.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>XplanWriter</name>
        <message>
            <source>The plan cannot be written: its coordinate reference system has no EPSG number.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas</name>
        <message>
            <source>The workspace “%1” could not be opened. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is damaged: it is no complete JSON document.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a backup copy of the file if there is one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is no workspace of Hanseatlas.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is damaged: its version or its layers are missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file was written by a newer Hanseatlas (format %1; this program reads up to %2).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Update Hanseatlas, or save the workspace again with the older program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The workspace could not be saved as “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that the folder exists, may be written to and has room, or choose another one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is not there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file may not be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is far too large for a workspace.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demo city could not be written to “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The older demo city in “%1” could not be replaced.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Is one of its files open in another program?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demo city could not be moved to “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder “%1” could not be made.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing can be written to “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are %1 files; only the first %2 are listed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive “%1” is damaged or incomplete.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Get the file once more, or unpack it yourself and open what is inside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive “%1” would unpack to far more than any geodata needs and was not opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>If you trust it, unpack it yourself and open what is inside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder “%1” may not be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask its owner for the right to read it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder holds very many files; not all of them were looked at.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file does not say which coordinate reference system it uses. It is drawn as it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file only says that its coordinates are degrees; %1 was taken.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file does not say which coordinate reference system it uses. Its numbers fit %1 (%2).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>North came before east in the file; the axes were swapped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The chosen coordinate reference system “%1” is unknown and was ignored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The coordinates only fit %1 with north before east; the axes were swapped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The index file (.shx) of “%1” is missing, and no new one could be made.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check whether there is free space for temporary files.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The index file (.shx) is missing; it was rebuilt for reading, the folder was left as it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The table (.dbf) of this Shapefile is missing: there are shapes without attributes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is damaged or incomplete and cannot be read as %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Get the file once more, or open it in the program that it comes from.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is JSON, but of no kind that holds geodata.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is an archive inside an archive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unpack the outer archive first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” contains no layers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ZIP archive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is a web page and holds no geodata.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Perhaps a server sent a page with a message instead of the data. Look at it in a web browser.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” holds a server's error message instead of data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fetch the file from the server again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is XML, but of no kind that holds geodata.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is a binary DXF drawing, which cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the drawing as text DXF.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ASCII grid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” holds plain text and not what its ending promises.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>If it is a table, rename it to end in .csv.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>XYZ grid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is empty (0 bytes).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Perhaps copying it was interrupted. Get the file once more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” contains nothing but zeros.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Perhaps copying or downloading it was interrupted. Get the file once more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” only accompanies another file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the main file, for a Shapefile the one that ends in .shp.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is damaged, or its content is not what its ending promises.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is of a kind that cannot be opened as a map layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check whether you have the right to read it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is an address in a network and no file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the data as a file first, then open the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” does not exist.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check whether it was moved, renamed or is on a drive that is not connected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is neither a file nor a folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” may not be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” contains no data that can be shown on a map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The picture does not say where it lies; it is drawn in pixel coordinates. A world file beside it would help.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The raster has %1 bands of values; the first one is drawn.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is too large to be read as a table of JSON objects.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Convert it to GeoJSON or GeoPackage.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is no valid JSON: there is a mistake at byte %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Get the file once more, or correct it in a text editor.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is JSON, but holds no list of objects.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is a text in UTF-16.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the table as UTF-8.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is a text, but no table could be found in it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file says that its texts are UTF-8, but they are not; they were read as Windows-1252.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file does not say how its texts are encoded; they were read as Windows-1252.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All geodata</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All files (*)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is damaged: it is not a zip archive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file may be cut off. Ask the sender for it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” was not opened: it holds %2 files.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” was not opened: the file “%2” in it would lie outside of the archive's folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Such archives are made to overwrite files of this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Areas of the plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Documents</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Textual regulations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the permissions of the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is too large for a plan.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n document(s) that the plan names are not in the archive, such as “%1”.</source>
            <translation>
                <numerusform>%n document that the plan names are not in the archive, such as “%1”.</numerusform>
                <numerusform>%n documents that the plan names are not in the archive, such as “%1”.</numerusform>
            </translation>
        </message>
        <message>
            <source>“%1” holds another archive, “%2”; archives in archives are not opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unpack it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” holds no XPlanGML file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder “%1” cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no plans in “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The coordinate reference system “%1” is unknown.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Actions</name>
        <message>
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy coordinates</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copies the place in the middle of the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find a command…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keyboard and mouse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About Hanseatlas</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New workspace</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Adds files to the map, or opens a workspace</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save workspace</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save workspace as…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Print to PDF…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Makes a PDF of the map, to scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export to GeoPackage…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Writes layers with their styles into a GeoPackage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export the view as picture…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom in</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go to coordinates</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turn left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turn right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>North up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Full screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Themes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Objects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Language of the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask what is there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom to a box</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is in the middle of the map?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another coordinate system…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make the demo city anew</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open recent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Appearance</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinate system</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::AttributeModel</name>
        <message>
            <source>Value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Attribute</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::ColorButton</name>
        <message>
            <source>%1: %2</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::CommandSearch</name>
        <message>
            <source>Find a command</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What would you like to do?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Commands</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::CoordinateBox</name>
        <message>
            <source>UTM zone 32 (ETRS89, EPSG:25832)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>UTM 32</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>UTM zone 33 (ETRS89, EPSG:25833)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>UTM 33</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gauss-Krüger zone 3 (EPSG:31467)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>GK 3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Degrees (WGS 84, EPSG:4326)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>WGS 84</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Degrees, minutes, seconds (WGS 84, EPSG:4326)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Web Mercator (EPSG:3857)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Web Mercator</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinates</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The place under the mouse. Type or paste coordinates and press Enter to go there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinate system of the display</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::CorrectionFields</name>
        <message>
            <source>&amp;Coordinates:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Encoding of texts:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the file says</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the file says (%1)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No coordinate reference system has this name. Give an EPSG number, e.g. 25832.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::DemoCityKeeper</name>
        <message>
            <source>The demo city could not be made.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::DisplayPage</name>
        <message>
            <source> mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Visible</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opacity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Opacity:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shown &amp;from:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shown &amp;up to:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fill</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Marker</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>F&amp;ill:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Line:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Marker:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Style:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colours by value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hill shading</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Drawn as:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Colours:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Show labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label &amp;text:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label si&amp;ze:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 classes by rules</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 classes by “%2”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Exporter</name>
        <message>
            <source>The PDF is being written …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The PDF is written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The GeoPackage is being written …</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n layers are written to the GeoPackage.</source>
            <translation>
                <numerusform>%n layers are written to the GeoPackage.</numerusform>
                <numerusform>%n layers are written to the GeoPackage.</numerusform>
            </translation>
        </message>
        <message>
            <source>The picture is being drawn …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The picture is written.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::FeaturePanel</name>
        <message>
            <source>Nothing chosen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click on the map to see what is there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous object</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next object</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom to object</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy all attributes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy row</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open link</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Objects at this place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Attributes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The objects could not be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Source: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Licence: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As of %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Source and licence are not stated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Objects here: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>d MMM yyyy</source>
            <comment>a date</comment>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::FieldsPage</name>
        <message>
            <source>Field</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Title</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Type</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fields of the layer</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::FileOpener</name>
        <message>
            <source>Folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ZIP archive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” contains no layer “%2”.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::GdalFeatureSource</name>
        <message>
            <source>“%1” does not exist any more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check whether it was moved, renamed or is on a drive that is not connected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” contains no layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” contains no layer “%2”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” was changed by another program since it was loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Load the layer again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is being written by another program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again when that program is done.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::GdalRasterSource</name>
        <message>
            <source>“%1” does not exist any more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check whether it was moved, renamed or is on a drive that is not connected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A picture of %1 × %2 pixels cannot be made.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::GeneralPage</name>
        <message>
            <source>%1 invalid areas are outlined on the map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is loaded yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 objects with %2 points, %3 in memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the map's readers should know about this layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Title:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Explanation:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loaded:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notes:</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::GeoPackageDialog</name>
        <message>
            <source>Save the GeoPackage as</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>GeoPackages (*.gpkg)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export layers as GeoPackage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Contains personal data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Whole layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only what touches the &amp;visible part of the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Include layers with &amp;personal data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file will hold personal data that anyone who has it can read. Pass it on only to those who may see them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Export GeoPackage</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n layers</source>
            <translation>
                <numerusform>%n layers</numerusform>
                <numerusform>%n layers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n with personal data are left out</source>
            <translation>
                <numerusform>%n with personal data are left out</numerusform>
                <numerusform>%n with personal data are left out</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hanseatlas::HelpPages</name>
        <message>
            <source>Drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click, Enter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask what is there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wheel, pinch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom on the cursor; with Ctrl in fine steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shift + drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom to a box</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ctrl + drag, Shift + wheel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turn the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Middle button, Space + drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the map, with every tool</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Arrow keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the map; with Shift in large steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>+ and −, Page Up and Page Down</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Home</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keyboard and mouse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Command</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>In the menu</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About Hanseatlas</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A desktop GIS and dashboard for the Hansestadt Lübeck: see the city, ask it, and hand the result on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later. Built on Qt, GDAL, PROJ and GEOS.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::ImageDialog</name>
        <message>
            <source>Save the picture as</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PNG pictures (*.png);;JPEG pictures (*.jpg *.jpeg)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export the map as picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Width</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> dpi</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How fine the picture is: more makes signs and texts larger in pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Resolution</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PNG, exact colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>JPEG, small files for aerial pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>S&amp;ources at the lower edge</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scale &amp;bar</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Georeference beside the picture (world file)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>F&amp;ormat</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Export picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 × %2 cm at this resolution, scale %3</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::LayerLoader</name>
        <message>
            <source>There is not enough memory for the layer “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove other layers first, or open only a part of the data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layer “%1” could not be loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loading the layer “%1” was interrupted.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::LayerPanel</name>
        <message>
            <source>Layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find a layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>More for layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No layers yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop files here, or add a layer from a file. A theme map brings its own layers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No layer has this name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Opacity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opacity of the chosen layer in percent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add layers …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Duplicate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or hide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move down</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Visible at scales</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom to layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Read again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Properties …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show all layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide all layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fold or unfold all legends</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>At every scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From the scale now (%1) inwards</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From the scale now (%1) outwards</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New group</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::LayerPanelModel</name>
        <message>
            <source>%1 invalid areas are outlined on the map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 (%2 objects)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Line of the legend</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide class</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::LayerProperties</name>
        <message>
            <source>Pages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>General</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Source</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Display</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fields</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Metadata</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Licence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Properties of “%1”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change properties</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::LayerTree</name>
        <message>
            <source>Remove layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Group layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 (copy)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Duplicate layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show all layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide all layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move layer up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move layer down</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layer or group is no longer there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layer cannot be put there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A group cannot be moved into itself, and nothing into a layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A group cannot become a layer, nor a layer a group.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layers contradict each other: one of them is there twice.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loading …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not shown at this scale.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change opacity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move layers</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Linker</name>
        <message numerus="yes">
            <source>%n reference(s) lead to objects that are not in the file, such as “%1”.</source>
            <translation>
                <numerusform>%n reference lead to objects that are not in the file, such as “%1”.</numerusform>
                <numerusform>%n references lead to objects that are not in the file, such as “%1”.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) belong to no Bereich of the plan; they are shown with it.</source>
            <translation>
                <numerusform>%n object belong to no Bereich of the plan; they are shown with it.</numerusform>
                <numerusform>%n objects belong to no Bereich of the plan; they are shown with it.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hanseatlas::MainWindow</name>
        <message>
            <source>Tools</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Themes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Themes and layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Objects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rotation of the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rotation of the map, clockwise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinate system of the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Own coordinate system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demo city is being built…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opening %1…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loading layers…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save changes?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” has changes that are not saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>F11 or Escape ends the full screen.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The language changes with the next start.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save workspace</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hanseatlas workspaces (*.hatlas)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copied: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is here?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy coordinates</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Centre here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The linked file “%1” does not exist.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>EPSG code, for example 25833 or EPSG:25833:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is no coordinate system that is known here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers that cannot be drawn completely: %1</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::MapCanvas</name>
        <message>
            <source>Map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>North is there. A click turns the map back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>N</source>
            <comment>north</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop here to add to the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The map is empty</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop files here, or begin with one of these:</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::MapPicture</name>
        <message>
            <source>The map could not be drawn.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Switch off layers or make the window smaller.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::MemberReader</name>
        <message>
            <source>“%1” was not opened: “%2” in it unpacks to an unreasonable size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Such archives are made to fill memory and disk. Open it only if you trust its sender, unpacked.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is damaged: “%2” in it cannot be unpacked.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask the sender for it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” has no file “%2” in it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is protected by a password.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unpack it with the password first.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::MetadataPage</name>
        <message>
            <source>yes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Statement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the file says about itself</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::OpenDialog</name>
        <message>
            <source>Coordinates: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extent: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fields: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Encoding of texts: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What shall be added to the map?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose files or a folder, or drop them here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose &amp;files …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose f&amp;older …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take off the list</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Recent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers in the chosen files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add to map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” could not be looked into.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::OpenQueue</name>
        <message>
            <source>“%1” could not be read.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Opener</name>
        <message>
            <source>This version cannot open sources of the kind “%1”.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Parser</name>
        <message>
            <source>“%1” was not opened: %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is not well-formed XML: the error is in line %2, column %3.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file may be cut off or was changed by hand. Ask the sender for it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” was not opened: it has a document type definition, through which it could read other files of this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>XPlanGML needs no such definition. Ask the sender for the plan without it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is not an XPlanGML file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is too large for a plan.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file does not name a coordinate reference system.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The coordinate reference system “%1” is unknown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file does not name a coordinate reference system; its coordinates look like %1.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>North and east were exchanged: as written, the coordinates in %1 would not lie in Germany.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n geometry(ies) have positions that are no coordinates; these were left out. The first is in line %1.</source>
            <translation>
                <numerusform>%n geometry have positions that are no coordinates; these were left out. The first is in line %1.</numerusform>
                <numerusform>%n geometries have positions that are no coordinates; these were left out. The first is in line %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n geometry(ies) had boundaries that were not closed; they were closed.</source>
            <translation>
                <numerusform>%n geometry had boundaries that were not closed; they were closed.</numerusform>
                <numerusform>%n geometries had boundaries that were not closed; they were closed.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n geometry(ies) have parts that cannot be shown.</source>
            <translation>
                <numerusform>%n geometry have parts that cannot be shown.</numerusform>
                <numerusform>%n geometries have parts that cannot be shown.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n identifier(s) occur more than once; references lead to the first object of that name.</source>
            <translation>
                <numerusform>%n identifier occur more than once; references lead to the first object of that name.</numerusform>
                <numerusform>%n identifiers occur more than once; references lead to the first object of that name.</numerusform>
            </translation>
        </message>
        <message>
            <source>The file mixes versions of XPlanGML.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This version of XPlanGML is unknown; what was understood is shown.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::PathField</name>
        <message>
            <source>Choose…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose where the file goes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no such folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This file exists and will be replaced.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::PdfDialog</name>
        <message>
            <source>Export the map as PDF</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the PDF as</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PDF files (*.pdf)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>e.g. department or file number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Title</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Subtitle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Land&amp;scape</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Po&amp;rtrait</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Paper</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fit &amp;view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The largest round scale at which the sheet holds all that the map window shows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>150 dpi, small file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>300 dpi, for print</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>600 dpi, finest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of aerial pictures and other rasters; lines, areas and text are always sharp</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Legend of what the map shows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Coordinates at the frame</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sc&amp;ale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Resolution</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Export PDF</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n entries of the legend have no room. A larger paper shows more.</source>
            <translation>
                <numerusform>%n entries of the legend have no room. A larger paper shows more.</numerusform>
                <numerusform>%n entries of the legend have no room. A larger paper shows more.</numerusform>
            </translation>
        </message>
        <message>
            <source>The map shows personal data. The sheet says so; hand it only to those who may see them.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::PlanLayers</name>
        <message>
            <source>The plan has no extent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The plan states no extent of its own; it was made of what the plan holds.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n object(s) are of classes without a symbol and are drawn plainly: %1.</source>
            <translation>
                <numerusform>%n object are of classes without a symbol and are drawn plainly: %1.</numerusform>
                <numerusform>%n objects are of classes without a symbol and are drawn plainly: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) have no geometry and are not on the map.</source>
            <translation>
                <numerusform>%n object have no geometry and are not on the map.</numerusform>
                <numerusform>%n objects have no geometry and are not on the map.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hanseatlas::ProvenancePage</name>
        <message>
            <source>&amp;Known:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Contains &amp;personal data: kept out of exports unless chosen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Demonstration data: map and exports say so</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Source:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Licence:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text to &amp;show:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>State of the data:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The source, where the licence wants no other words</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Reader</name>
        <message>
            <source>An entry that is neither a layer nor a group was left out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The style of the layer “%1” could not be read, so it is drawn plainly: %2</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Recovery</name>
        <message>
            <source>The safety copy of your work cannot be written to “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save your workspace now and then.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Renderer</name>
        <message>
            <source>The raster gave a picture of the wrong size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is not enough memory for a picture of this size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A picture must have a width and a height.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::ScaleBox</name>
        <message>
            <source>Scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scale of the map: choose one or type it, for example 1:2 500</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::ScaleField</name>
        <message>
            <source>No limit</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Session</name>
        <message>
            <source>Hanseatlas did not end properly the last time. Your work has been brought back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is nothing in “%1” that can be shown on a map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Some of the workspace could not be restored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” has been saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show theme “%1”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change the look of “%1”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 (copy)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme files that cannot be read: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers added from “%1”: %2</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::SheetPreview</name>
        <message>
            <source>Preview of the sheet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Arrow keys move the map, plus and minus change the scale.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag the map to move it, turn the wheel to change its scale.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The preview is being drawn …</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::SourceModel</name>
        <message>
            <source>Looking into it …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cannot be opened</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Kind</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Objects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinates</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::SourcePage</name>
        <message>
            <source>&amp;Browse …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Read again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Path of the source</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Location:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layer in it:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Kind:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coordinates:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extent:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last read:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the file says nothing, or something wrong:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose the file of this layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the only one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 objects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not yet</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::TableSource</name>
        <message>
            <source>“%1” does not exist any more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check whether it was moved, renamed or is on a drive that is not connected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The shapes come from the column “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The places come from the columns “%1” and “%2”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” was changed by another program since it was loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Load the layer again.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::ThemeModel</name>
        <message>
            <source>%1, on the map</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::ThemePanel</name>
        <message>
            <source>Demonstration data: made up, not measured.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Contains personal data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Source: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Licence: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As of: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Duplicate theme map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete theme map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save layers as theme map …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename theme map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save layers as theme map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>More for theme maps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Colours:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About the theme map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Standard</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Title:</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::Values</name>
        <message>
            <source>Yes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n bytes</source>
            <translation>
                <numerusform>%n bytes</numerusform>
                <numerusform>%n bytes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hanseatlas::Writer</name>
        <message>
            <source>The plan cannot be written: the identifier “%1” occurs twice.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The plan cannot be written: a text holds characters that XML does not allow.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The plan cannot be written: a coordinate of it is no number.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::XplanOpener</name>
        <message>
            <source>There is no plan in this file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no plan in “%1”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” has no layer “%2”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file may have been replaced by another one since the map was made.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::look::AboutDialog</name>
        <message>
            <source>About %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copies versions and system, for a report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Built on</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::look::MessageBar</name>
        <message>
            <source>Details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close this message</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::look::ProgressStrip</name>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::look::Spinner</name>
        <message>
            <source>Working</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>hanseatlas::texts</name>
        <message>
            <source>Points</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lines</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Areas</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Objects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Points, lines and areas mixed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Table without places</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Values, %1 bands</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Values</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 × %2 px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 (guessed)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>East %1 to %2, north %3 to %4</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whole number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Yes or no</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Date</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Date and time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Binary data</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
