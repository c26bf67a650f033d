<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>CommandLine</name>
    <message>
        <source>Hanseatlas, the desktop GIS of the Hansestadt Lübeck
</source>
        <translation>Hanseatlas, das Desktop-GIS der Hansestadt Lübeck
</translation>
    </message>
    <message>
        <source>[options] [files…]    opens the window</source>
        <translation>[Optionen] [Dateien…]    öffnet das Fenster</translation>
    </message>
    <message>
        <source>
Without a window:
</source>
        <translation>
Ohne Fenster:
</translation>
    </message>
    <message>
        <source>
“hanseatlas COMMAND --help” explains each. Its results go to the standard output, one a line; messages go to the standard error.
</source>
        <translation>
„hanseatlas BEFEHL --help“ erklärt jeden. Ergebnisse gehen zeilenweise an die Standardausgabe, Meldungen an die Standardfehlerausgabe.
</translation>
    </message>
    <message>
        <source>Of the window:

  --theme ID              show this theme map
  --centre X,Y --scale N  look there (EPSG:25832), for --screenshot
  --size WxH              size of the window
  --language de|en        language of the window and of all messages
  --appearance light|dark
  --screenshot FILE       save a picture of the window and end
  --self-test             open the window, draw once and end
  --version               print the version
</source>
        <translation>Für das Fenster:

  --theme KENNUNG         diese Themenkarte zeigen
  --centre X,Y --scale N  diesen Ort zeigen (EPSG:25832), für --screenshot
  --size BxH              Größe des Fensters
  --language de|en        Sprache des Fensters und aller Meldungen
  --appearance light|dark helle oder dunkle Darstellung
  --screenshot DATEI      ein Bild des Fensters speichern und enden
  --self-test             das Fenster öffnen, einmal zeichnen und enden
  --version               die Version nennen
</translation>
    </message>
    <message>
        <source>Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 not found, 4 not allowed, 5 damaged or unsupported content,
6 could not be written (disk full, file in use), 130 ended by Ctrl+C.
</source>
        <translation>Rückgabewerte: 0 erledigt, 1 misslungen, 2 falsche Argumente, 3 nicht gefunden, 4 nicht erlaubt, 5 beschädigter oder
nicht unterstützter Inhalt, 6 nicht schreibbar (Datenträger voll, Datei in Benutzung), 130 mit Strg+C beendet.
</translation>
    </message>
    <message>
        <source>HANSEATLAS_HOME names a folder for settings and data, instead of the user&apos;s usual ones.</source>
        <translation>HANSEATLAS_HOME nennt einen Ordner für Einstellungen und Daten anstelle der üblichen des Benutzers.</translation>
    </message>
    <message>
        <source>Explain this command.</source>
        <translation>Erklärt diesen Befehl.</translation>
    </message>
    <message>
        <source>See hanseatlas %1 --help.</source>
        <translation>Näheres sagt hanseatlas %1 --help.</translation>
    </message>
    <message>
        <source>See hanseatlas --help.</source>
        <translation>Näheres sagt hanseatlas --help.</translation>
    </message>
    <message>
        <source>Make it anew where there is one already.</source>
        <translation>Auch dann neu anlegen, wenn es sie schon gibt.</translation>
    </message>
    <message>
        <source>demo wants one folder.</source>
        <translation>demo braucht genau einen Ordner.</translation>
    </message>
    <message>
        <source>Making the demo city in %1</source>
        <translation>Demostadt wird angelegt in %1</translation>
    </message>
    <message>
        <source>Makes the demo city in a folder.</source>
        <translation>Legt die Demostadt in einem Ordner an.</translation>
    </message>
    <message>
        <source>An invented Lübeck at its true place: buildings, streets, heights, noise, heat, heavy rain,
B-plans and more. Always the same, and all of it marked as demonstration data.
  hanseatlas demo ~/demo</source>
        <translation>Ein erfundenes Lübeck an seinem wahren Ort: Gebäude, Straßen, Höhen, Lärm, Hitze, Starkregen,
B-Pläne und mehr. Immer gleich, und alles als Demonstrationsdaten gekennzeichnet.
  hanseatlas demo ~/demo</translation>
    </message>
    <message>
        <source>The file to write.</source>
        <translation>Die Datei, die geschrieben wird.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>pdf: A4, A3, A2, A1 or A0. Usual: A4.</source>
        <translation>pdf: A4, A3, A2, A1 oder A0. Üblich: A4.</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>pdf: upright. Usual: landscape.</source>
        <translation>pdf: Hochformat. Üblich: Querformat.</translation>
    </message>
    <message>
        <source>pdf: a second line, e.g. department or file number.</source>
        <translation>pdf: eine zweite Zeile, z. B. Bereich oder Aktenzeichen.</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>pdf: resolution of rasters. Usual: 300. png: of symbols and texts. Usual: 96.</source>
        <translation>pdf: Auflösung der Raster. Üblich: 300. png: der Symbole und Texte. Üblich: 96.</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>pdf: without legend.</source>
        <translation>pdf: ohne Legende.</translation>
    </message>
    <message>
        <source>pdf: without coordinates at the frame.</source>
        <translation>pdf: ohne Koordinaten am Rahmen.</translation>
    </message>
    <message>
        <source>png: pixels of the picture. Usual: 1920x1080.</source>
        <translation>png: Größe des Bildes in Pixeln. Üblich: 1920x1080.</translation>
    </message>
    <message>
        <source>gpkg: also the layers that are hidden.</source>
        <translation>gpkg: auch die ausgeblendeten Ebenen.</translation>
    </message>
    <message>
        <source>gpkg: also layers with personal data.</source>
        <translation>gpkg: auch Ebenen mit personenbezogenen Daten.</translation>
    </message>
    <message>
        <source>--paper wants A4, A3, A2, A1 or A0.</source>
        <translation>--paper braucht A4, A3, A2, A1 oder A0.</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>ausgelassen: %1</translation>
    </message>
    <message>
        <source>export wants pdf, gpkg or png as its first word.</source>
        <translation>export braucht pdf, gpkg oder png als erstes Wort.</translation>
    </message>
    <message>
        <source>Writes a printable sheet, a GeoPackage with styles, or a picture.</source>
        <translation>Schreibt ein druckfertiges Blatt, ein GeoPackage mit Stilen oder ein Bild.</translation>
    </message>
    <message>
        <source>pdf:  a sheet to scale with legend, scale bar, north arrow, coordinates and sources, georeferenced.
gpkg: the layers with all fields, spatial index, metadata and styles for QGIS. Layers with personal
      data are left out unless --personal is given.
png:  a picture with sources and world file.
  hanseatlas export pdf --theme noise --paper A3 --scale 10000 --centre 611500,5969800 --out noise.pdf
  hanseatlas export gpkg a.shp b.geojson --extent 610000,5968000,613000,5971000 --out both.gpkg</source>
        <translation>pdf:  ein maßstäbliches Blatt mit Legende, Maßstabsleiste, Nordpfeil, Koordinaten und Quellen, georeferenziert.
gpkg: die Ebenen mit allen Feldern, räumlichem Index, Metadaten und Stilen für QGIS. Ebenen mit
      personenbezogenen Daten bleiben außen vor, wenn --personal nicht angegeben ist.
png:  ein Bild mit Quellen und World-Datei.
  hanseatlas export pdf --theme noise --paper A3 --scale 10000 --centre 611500,5969800 --out laerm.pdf
  hanseatlas export gpkg a.shp b.geojson --extent 610000,5968000,613000,5971000 --out beide.gpkg</translation>
    </message>
    <message>
        <source>raster</source>
        <translation>Raster</translation>
    </message>
    <message numerus="yes">
        <source>%n bands</source>
        <translation>
            <numerusform>%n Kanal</numerusform>
            <numerusform>%n Kanäle</numerusform>
        </translation>
    </message>
    <message>
        <source>values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>geometry</source>
        <translation>Geometrie</translation>
    </message>
    <message>
        <source>features</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>CRS</source>
        <translation>KBS</translation>
    </message>
    <message>
        <source>(guessed)</source>
        <translation>(vermutet)</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Print JSON.</source>
        <translation>Gibt JSON aus.</translation>
    </message>
    <message>
        <source>Correct the CRS of the source.</source>
        <translation>Berichtigt das Koordinatenbezugssystem der Quelle.</translation>
    </message>
    <message>
        <source>Correct the encoding of its texts, e.g. ISO-8859-1.</source>
        <translation>Berichtigt die Kodierung ihrer Texte, z. B. ISO-8859-1.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>info wants one source.</source>
        <translation>info braucht genau eine Quelle.</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>Eine Ebene</numerusform>
            <numerusform>%n Ebenen</numerusform>
        </translation>
    </message>
    <message>
        <source>Says what a file, folder or archive holds.</source>
        <translation>Sagt, was eine Datei, ein Ordner oder ein Archiv enthält.</translation>
    </message>
    <message>
        <source>Layers with geometry type, number of features, CRS, extent, fields and what had to be guessed or repaired.
  hanseatlas info trees.gpkg
  hanseatlas info plan.zip --json</source>
        <translation>Ebenen mit Geometrietyp, Zahl der Objekte, Koordinatenbezugssystem, Ausdehnung, Feldern und allem, was vermutet
oder ausgebessert wurde.
  hanseatlas info baeume.gpkg
  hanseatlas info plan.zip --json</translation>
    </message>
    <message>
        <source>--%1: “%2” is no number.</source>
        <translation>--%1: „%2“ ist keine Zahl.</translation>
    </message>
    <message>
        <source>--%1 wants %2 numbers with commas between them.</source>
        <translation>--%1 braucht %2 Zahlen mit Kommas dazwischen.</translation>
    </message>
    <message numerus="yes">
        <source>%n invalid polygons, drawn and marked</source>
        <translation>
            <numerusform>%n ungültige Fläche, gezeichnet und gekennzeichnet</numerusform>
            <numerusform>%n ungültige Flächen, gezeichnet und gekennzeichnet</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no visible layer to draw.</source>
        <translation>Es gibt keine sichtbare Ebene, die sich zeichnen ließe.</translation>
    </message>
    <message>
        <source>--extent wants xmin,ymin,xmax,ymax.</source>
        <translation>--extent braucht xmin,ymin,xmax,ymax.</translation>
    </message>
    <message>
        <source>Show this theme map: heat, noise, heavyrain, graves, bplans, social, or one of your own.</source>
        <translation>Zeigt diese Themenkarte: heat, noise, heavyrain, graves, bplans, social oder eine eigene.</translation>
    </message>
    <message>
        <source>id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Show this workspace (.hatlas).</source>
        <translation>Zeigt diese Arbeitsmappe (.hatlas).</translation>
    </message>
    <message>
        <source>CRS of the map and of the places in other options, e.g. EPSG:25833. Usual: EPSG:25832.</source>
        <translation>Koordinatenbezugssystem der Karte und der Orte in anderen Optionen, z. B. EPSG:25833. Üblich: EPSG:25832.</translation>
    </message>
    <message>
        <source>What to show: xmin,ymin,xmax,ymax. Usual: all of the layers.</source>
        <translation>Was gezeigt wird: xmin,ymin,xmax,ymax. Üblich: alles, was die Ebenen enthalten.</translation>
    </message>
    <message>
        <source>box</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Middle of the map: x,y.</source>
        <translation>Mitte der Karte: x,y.</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Denominator of the scale, e.g. 5000.</source>
        <translation>Maßstabszahl, z. B. 5000.</translation>
    </message>
    <message>
        <source>Degrees clockwise by which the map is turned.</source>
        <translation>Um wie viel Grad die Karte im Uhrzeigersinn gedreht ist.</translation>
    </message>
    <message>
        <source>degrees</source>
        <translation>Grad</translation>
    </message>
    <message>
        <source>Title of the map. Usual: the theme&apos;s or the file&apos;s name.</source>
        <translation>Titel der Karte. Üblich: der Name der Themenkarte oder der Datei.</translation>
    </message>
    <message>
        <source>Leave out labels.</source>
        <translation>Ohne Beschriftungen.</translation>
    </message>
    <message>
        <source>Name a source, a theme (--theme) or a workspace (--workspace).</source>
        <translation>Nennen Sie eine Quelle, eine Themenkarte (--theme) oder eine Arbeitsmappe (--workspace).</translation>
    </message>
    <message>
        <source>“%1” is no CRS that is known here.</source>
        <translation>„%1“ ist kein hier bekanntes Koordinatenbezugssystem.</translation>
    </message>
    <message>
        <source>There is no theme “%1”.</source>
        <translation>Es gibt keine Themenkarte „%1“.</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>Es gibt: %1.</translation>
    </message>
    <message>
        <source>--%1 wants a number from %2 to %3.</source>
        <translation>--%1 braucht eine Zahl von %2 bis %3.</translation>
    </message>
    <message>
        <source>--size wants WIDTHxHEIGHT in pixels, e.g. 1920x1080.</source>
        <translation>--size braucht BREITExHÖHE in Pixeln, z. B. 1920x1080.</translation>
    </message>
    <message>
        <source>Say with --out where the file goes.</source>
        <translation>Sagen Sie mit --out, wohin die Datei soll.</translation>
    </message>
    <message>
        <source>“%1” must end with .%2.</source>
        <translation>„%1“ muss auf .%2 enden.</translation>
    </message>
    <message>
        <source>The picture to write, .png or .jpg.</source>
        <translation>Das Bild, das geschrieben wird, .png oder .jpg.</translation>
    </message>
    <message>
        <source>Pixels of the picture. Usual: 1920x1080.</source>
        <translation>Größe des Bildes in Pixeln. Üblich: 1920x1080.</translation>
    </message>
    <message>
        <source>How many pixels an inch of symbols and texts has. Usual: 96.</source>
        <translation>Wie viele Pixel ein Zoll der Symbole und Texte hat. Üblich: 96.</translation>
    </message>
    <message>
        <source>Draw sources and scale bar into the picture.</source>
        <translation>Zeichnet Quellen und Maßstabsleiste ins Bild.</translation>
    </message>
    <message>
        <source>Write the georeference beside the picture.</source>
        <translation>Schreibt die Georeferenz neben das Bild.</translation>
    </message>
    <message>
        <source>Draw so many times (for --timings).</source>
        <translation>Zeichnet so viele Male (für --timings).</translation>
    </message>
    <message>
        <source>Write how long loading and each drawing took, as JSON.</source>
        <translation>Schreibt als JSON, wie lange Laden und jedes Zeichnen dauerten.</translation>
    </message>
    <message>
        <source>“%1” could not be written: %2</source>
        <translation>„%1“ ließ sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Draws a map into a picture.</source>
        <translation>Zeichnet eine Karte in ein Bild.</translation>
    </message>
    <message>
        <source>Of files, a theme map or a workspace, as the window shows it.
  hanseatlas render --theme noise --out noise.png
  hanseatlas render trees.gpkg plan.gml --scale 5000 --centre 611500,5969800 --size 1600x1200 --out map.png
  hanseatlas render big.gpkg --out big.png --repeat 10 --timings t.json</source>
        <translation>Aus Dateien, einer Themenkarte oder einer Arbeitsmappe, so wie das Fenster sie zeigt.
  hanseatlas render --theme noise --out laerm.png
  hanseatlas render baeume.gpkg plan.gml --scale 5000 --centre 611500,5969800 --size 1600x1200 --out karte.png
  hanseatlas render gross.gpkg --out gross.png --repeat 10 --timings t.json</translation>
    </message>
    <message>
        <source>tour wants one folder.</source>
        <translation>tour braucht genau einen Ordner.</translation>
    </message>
    <message>
        <source>The folder “%1” could not be made.</source>
        <translation>Der Ordner „%1“ konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Shows without a window what the program does with the demo city.</source>
        <translation>Zeigt ohne Fenster, was das Programm mit der Demostadt macht.</translation>
    </message>
    <message>
        <source>Draws the theme maps, prints one as PDF, packs their layers into a GeoPackage, and prints what it wrote.
  hanseatlas tour out</source>
        <translation>Zeichnet die Themenkarten, druckt eine als PDF, packt ihre Ebenen in ein GeoPackage und nennt, was geschrieben wurde.
  hanseatlas tour out</translation>
    </message>
    <message>
        <source>images of a service</source>
        <translation>Bilder eines Dienstes</translation>
    </message>
    <message>
        <source>Write here: a name that ends in pdf, json or csv.</source>
        <translation>Hierhin schreiben: ein Name, der auf pdf, json oder csv endet.</translation>
    </message>
    <message>
        <source>Which parts the report has.</source>
        <translation>Welche Teile der Bericht hat.</translation>
    </message>
    <message>
        <source>Take the measures from this file: the program&apos;s store, JSON, CSV, XLSX, ODS or GeoPackage. Without it: the user&apos;s own, or what the strategy says.</source>
        <translation>Die Maßnahmen aus dieser Datei nehmen: Speicher des Programms, JSON, CSV, XLSX, ODS oder GeoPackage. Ohne sie: die eigenen, sonst was die Strategie sagt.</translation>
    </message>
    <message>
        <source>List what has changed since that day.</source>
        <translation>Aufführen, was sich seit diesem Tag geändert hat.</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>Eine Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” cannot be read.</source>
        <translation>„%1“ lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>“%1” is too large to be read.</source>
        <translation>„%1“ ist zu groß zum Lesen.</translation>
    </message>
    <message>
        <source>the store of measures, %1</source>
        <translation>Speicher der Maßnahmen, %1</translation>
    </message>
    <message>
        <source>“%1” has cells that cannot be taken over; the first is in row %2, column %3: %4</source>
        <translation>„%1“ hat Zellen, die sich nicht übernehmen lassen; die erste steht in Zeile %2, Spalte %3: %4</translation>
    </message>
    <message>
        <source>report wants --out FILE.</source>
        <translation>report verlangt --out DATEI.</translation>
    </message>
    <message>
        <source>--since wants a day as 2026-01-31.</source>
        <translation>--since verlangt einen Tag wie 2026-01-31.</translation>
    </message>
    <message>
        <source>Writes the report on the measures of the Digital Strategy.</source>
        <translation>Schreibt den Bericht zu den Maßnahmen der Digitalen Strategie.</translation>
    </message>
    <message>
        <source>As PDF for reading, as JSON or CSV for the open data portal; fit for a nightly job.
  hanseatlas report --out bericht.pdf --since 2026-01-01
  hanseatlas report --measures measures.xlsx --template klima.json --out klima.pdf</source>
        <translation>Als PDF zum Lesen, als JSON oder CSV für das Open-Data-Portal; geeignet für einen nächtlichen Auftrag.
  hanseatlas report --out bericht.pdf --since 2026-01-01
  hanseatlas report --measures massnahmen.xlsx --template klima.json --out klima.pdf</translation>
    </message>
</context>
<context>
    <name>Container</name>
    <message numerus="yes">
        <source>%n archive(s) inside the archive were left out.</source>
        <translation>
            <numerusform>Ein Archiv im Archiv wurde ausgelassen.</numerusform>
            <numerusform>%n Archive im Archiv wurden ausgelassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Credits</name>
    <message>
        <source>%1, as of %2</source>
        <translation>%1, Stand %2</translation>
    </message>
    <message>
        <source>source not stated: %1</source>
        <translation>Quelle nicht angegeben: %1</translation>
    </message>
    <message>
        <source>Demonstration data</source>
        <translation>Demonstrationsdaten</translation>
    </message>
    <message>
        <source>Contains personal data: for internal use only, do not pass on.</source>
        <translation>Enthält personenbezogene Daten: nur für den internen Gebrauch, nicht weitergeben.</translation>
    </message>
    <message>
        <source>%1: may be viewed, but not exported</source>
        <translation>%1: darf angesehen, aber nicht exportiert werden</translation>
    </message>
</context>
<context>
    <name>Crs</name>
    <message>
        <source>Coordinates cannot be converted from %1 to %2.</source>
        <translation>Koordinaten lassen sich nicht von %1 nach %2 umrechnen.</translation>
    </message>
</context>
<context>
    <name>DemoCity</name>
    <message>
        <source>The demo city cannot write “%1”.</source>
        <translation>Die Demostadt kann „%1“ nicht schreiben.</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>Ist der Datenträger voll?</translation>
    </message>
    <message>
        <source>The demo city could not be written to “%1”.</source>
        <translation>Die Demostadt konnte nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>Is there enough room on the disk (300 MB)?</source>
        <translation>Ist auf dem Datenträger genug Platz (300 MB)?</translation>
    </message>
    <message>
        <source>The folder “%1” could not be made.</source>
        <translation>Der Ordner „%1“ konnte nicht angelegt werden.</translation>
    </message>
</context>
<context>
    <name>GeoPackage</name>
    <message>
        <source>“%1” has nothing in this area.</source>
        <translation>„%1“ hat in diesem Ausschnitt nichts.</translation>
    </message>
    <message>
        <source>The spatial index of “%1” does not fit its objects; nothing was written.</source>
        <translation>Der räumliche Index von „%1“ passt nicht zu den Objekten; es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>The layer “%1” could not be copied.</source>
        <translation>Die Ebene „%1“ konnte nicht kopiert werden.</translation>
    </message>
    <message>
        <source>“%1” is damaged: of %2 objects only %3 could be copied.</source>
        <translation>„%1“ ist beschädigt: Von %2 Objekten ließen sich nur %3 übernehmen.</translation>
    </message>
    <message>
        <source>“%1” was not read without errors: %2</source>
        <translation>„%1“ wurde nicht fehlerfrei gelesen: %2</translation>
    </message>
    <message numerus="yes">
        <source>“%1”: %n object(s) have no geometry.</source>
        <translation>
            <numerusform>„%1“: %n Objekt hat keine Geometrie.</numerusform>
            <numerusform>„%1“: %n Objekte haben keine Geometrie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1”: %n infinite number(s) were left empty.</source>
        <translation>
            <numerusform>„%1“: %n unendliche Zahl wurde leer gelassen.</numerusform>
            <numerusform>„%1“: %n unendliche Zahlen wurden leer gelassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Geometry</name>
    <message>
        <source>A ring has fewer than three corners.</source>
        <translation>Ein Ring hat weniger als drei Ecken.</translation>
    </message>
</context>
<context>
    <name>LayerAge</name>
    <message>
        <source>now</source>
        <comment>fetched just now</comment>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 Std.</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 Tg.</translation>
    </message>
</context>
<context>
    <name>MapTheme</name>
    <message>
        <source>The theme has no id or no title.</source>
        <translation>Das Thema hat keine Kennung oder keinen Titel.</translation>
    </message>
    <message>
        <source>The theme “%1” has no layers.</source>
        <translation>Das Thema „%1“ hat keine Ebenen.</translation>
    </message>
    <message>
        <source>The theme is not a JSON object (at byte %1: %2).</source>
        <translation>Das Thema ist kein JSON-Objekt (bei Byte %1: %2).</translation>
    </message>
    <message>
        <source>The theme&apos;s groups are nested too deeply.</source>
        <translation>Die Gruppen des Themas sind zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The theme includes “%1”, which cannot be found.</source>
        <translation>Das Thema bindet „%1“ ein; das ist nicht zu finden.</translation>
    </message>
    <message>
        <source>A layer of the theme has no title or no source.</source>
        <translation>Eine Ebene des Themas hat keinen Titel oder keine Quelle.</translation>
    </message>
    <message>
        <source>Layer “%1”: %2</source>
        <translation>Ebene „%1“: %2</translation>
    </message>
    <message>
        <source>Variant “%1”: %2</source>
        <translation>Variante „%1“: %2</translation>
    </message>
    <message>
        <source>Variant “%1” names the layer “%2”, which the theme has not got.</source>
        <translation>Die Variante „%1“ nennt die Ebene „%2“; die hat das Thema nicht.</translation>
    </message>
    <message>
        <source>Theme map: %1</source>
        <translation>Themenkarte: %1</translation>
    </message>
    <message>
        <source>Change colours</source>
        <translation>Farben ändern</translation>
    </message>
    <message>
        <source>The theme file “%1” cannot be read.</source>
        <translation>Die Themendatei „%1“ kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The theme file “%1” is too large.</source>
        <translation>Die Themendatei „%1“ ist zu groß.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The folder “%1” cannot be made.</source>
        <translation>Der Ordner „%1“ kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The theme “%1” cannot be saved.</source>
        <translation>Das Thema „%1“ kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The theme “%1” belongs to the program and cannot be deleted.</source>
        <translation>Das Thema „%1“ gehört zum Programm und kann nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>The theme “%1” cannot be deleted.</source>
        <translation>Das Thema „%1“ kann nicht gelöscht werden.</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>GeoPackage and SpatiaLite</source>
        <translation>GeoPackage und SpatiaLite</translation>
    </message>
    <message>
        <source>Shapefile</source>
        <translation>Shapefile</translation>
    </message>
    <message>
        <source>GeoJSON and FlatGeobuf</source>
        <translation>GeoJSON und FlatGeobuf</translation>
    </message>
    <message>
        <source>GML and XPlanGML</source>
        <translation>GML und XPlanGML</translation>
    </message>
    <message>
        <source>KML and GPX</source>
        <translation>KML und GPX</translation>
    </message>
    <message>
        <source>Drawings (DXF)</source>
        <translation>Zeichnungen (DXF)</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Pictures and aerial photographs</source>
        <translation>Bilder und Luftbilder</translation>
    </message>
    <message>
        <source>Terrain grids</source>
        <translation>Geländeraster</translation>
    </message>
    <message>
        <source>Map tiles</source>
        <translation>Kartenkacheln</translation>
    </message>
    <message>
        <source>ZIP archives</source>
        <translation>ZIP-Archive</translation>
    </message>
</context>
<context>
    <name>Outliers</name>
    <message numerus="yes">
        <source>%n object(s) lie far away from all others; perhaps their coordinates are wrong.</source>
        <translation>
            <numerusform>Ein Objekt liegt weit ab von allen anderen; vielleicht sind seine Koordinaten falsch.</numerusform>
            <numerusform>%n Objekte liegen weit ab von allen anderen; vielleicht sind ihre Koordinaten falsch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintLayout</name>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
</context>
<context>
    <name>PrintLegend</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und ein weiterer</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>%1: without its legend. %2</source>
        <translation>%1: ohne Legende. %2</translation>
    </message>
    <message>
        <source>The legend is being fetched …</source>
        <translation>Die Legende wird geholt …</translation>
    </message>
</context>
<context>
    <name>QCommandLineParser</name>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
</context>
<context>
    <name>ReadTally</name>
    <message numerus="yes">
        <source>%n object(s) have no geometry and are not on the map.</source>
        <translation>
            <numerusform>Ein Objekt hat keine Geometrie und ist nicht auf der Karte.</numerusform>
            <numerusform>%n Objekte haben keine Geometrie und sind nicht auf der Karte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have coordinates that are no numbers or lie beyond the earth, and were left out.</source>
        <translation>
            <numerusform>Ein Objekt hat Koordinaten, die keine Zahlen sind oder jenseits der Erde liegen; es wurde ausgelassen.</numerusform>
            <numerusform>%n Objekte haben Koordinaten, die keine Zahlen sind oder jenseits der Erde liegen; sie wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have a damaged geometry and were left out.</source>
        <translation>
            <numerusform>Ein Objekt hat eine beschädigte Geometrie und wurde ausgelassen.</numerusform>
            <numerusform>%n Objekte haben eine beschädigte Geometrie und wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) combine points, lines or areas; they are drawn as several parts.</source>
        <translation>
            <numerusform>Ein Objekt vereint Punkte, Linien oder Flächen; es wird in mehreren Teilen gezeichnet.</numerusform>
            <numerusform>%n Objekte vereinen Punkte, Linien oder Flächen; sie werden in mehreren Teilen gezeichnet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) lie where the coordinate reference system cannot be converted, and were left out.</source>
        <translation>
            <numerusform>Ein Objekt liegt, wo sich das Koordinatenbezugssystem nicht umrechnen lässt; es wurde ausgelassen.</numerusform>
            <numerusform>%n Objekte liegen, wo sich das Koordinatenbezugssystem nicht umrechnen lässt; sie wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file is damaged: %n object(s) that it announces could not be read.</source>
        <translation>
            <numerusform>Die Datei ist beschädigt: Ein angekündigtes Objekt konnte nicht gelesen werden.</numerusform>
            <numerusform>Die Datei ist beschädigt: %n angekündigte Objekte konnten nicht gelesen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is damaged: reading broke off before its end.</source>
        <translation>Die Datei ist beschädigt: Das Lesen brach vor ihrem Ende ab.</translation>
    </message>
</context>
<context>
    <name>Style</name>
    <message>
        <source>The style cannot be read: the value of “%1” is not valid.</source>
        <translation>Die Darstellung kann nicht gelesen werden: Der Wert von „%1“ ist ungültig.</translation>
    </message>
</context>
<context>
    <name>TableSource</name>
    <message numerus="yes">
        <source>%n value(s) of −999 or −9999 were taken as missing.</source>
        <translation>
            <numerusform>Ein Wert von −999 oder −9999 wurde als fehlend gewertet.</numerusform>
            <numerusform>%n Werte von −999 oder −9999 wurden als fehlend gewertet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VectorTexts</name>
    <message>
        <source>A vector tile is damaged.</source>
        <translation>Eine Vektorkachel ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>XplanCatalogue</name>
    <message>
        <source>The program&apos;s own data “%1” cannot be read.</source>
        <translation>Die programmeigenen Daten „%1“ können nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>XplanParser</name>
    <message>
        <source>An object is larger or nested deeper than a plan can be.</source>
        <translation>Ein Objekt ist größer oder tiefer verschachtelt, als es in einem Plan sein kann.</translation>
    </message>
</context>
<context>
    <name>XplanSource</name>
    <message numerus="yes">
        <source>%n object(s) were left out: their coordinates have no place in the map&apos;s coordinate system.</source>
        <translation>
            <numerusform>Ein Objekt wurde ausgelassen: Seine Koordinaten haben im Bezugssystem der Karte keinen Ort.</numerusform>
            <numerusform>%n Objekte wurden ausgelassen: Ihre Koordinaten haben im Bezugssystem der Karte keinen Ort.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>XplanWriter</name>
    <message>
        <source>The plan cannot be written: its coordinate reference system has no EPSG number.</source>
        <translation>Der Plan kann nicht geschrieben werden: Sein Koordinatenbezugssystem hat keine EPSG-Nummer.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::Actions</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy coordinates</source>
        <translation>Koordinaten kopieren</translation>
    </message>
    <message>
        <source>Copies the place in the middle of the map</source>
        <translation>Kopiert den Ort in der Kartenmitte</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Befehl suchen …</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>About Hanseatlas</source>
        <translation>Über Hanseatlas</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>Neue Arbeitsmappe</translation>
    </message>
    <message>
        <source>Save workspace</source>
        <translation>Arbeitsmappe speichern</translation>
    </message>
    <message>
        <source>Save workspace as…</source>
        <translation>Arbeitsmappe speichern unter …</translation>
    </message>
    <message>
        <source>Print to PDF…</source>
        <translation>Als PDF drucken …</translation>
    </message>
    <message>
        <source>Makes a PDF of the map, to scale</source>
        <translation>Macht aus der Karte ein maßstäbliches PDF</translation>
    </message>
    <message>
        <source>Export to GeoPackage…</source>
        <translation>Als GeoPackage exportieren …</translation>
    </message>
    <message>
        <source>Writes layers with their styles into a GeoPackage</source>
        <translation>Schreibt Ebenen mit ihrer Darstellung in ein GeoPackage</translation>
    </message>
    <message>
        <source>Export the view as picture…</source>
        <translation>Ansicht als Bild exportieren …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Previous view</source>
        <translation>Vorherige Ansicht</translation>
    </message>
    <message>
        <source>Next view</source>
        <translation>Nächste Ansicht</translation>
    </message>
    <message>
        <source>Choose scale</source>
        <translation>Maßstab wählen</translation>
    </message>
    <message>
        <source>Go to coordinates</source>
        <translation>Zu Koordinaten gehen</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>North up</source>
        <translation>Norden oben</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Themes</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>Sprache des Systems</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Karte verschieben</translation>
    </message>
    <message>
        <source>Ask what is there</source>
        <translation>Abfragen, was dort ist</translation>
    </message>
    <message>
        <source>Zoom to a box</source>
        <translation>Ausschnitt aufziehen</translation>
    </message>
    <message>
        <source>What is in the middle of the map?</source>
        <translation>Was ist in der Kartenmitte?</translation>
    </message>
    <message>
        <source>Another coordinate system…</source>
        <translation>Anderes Koordinatenbezugssystem …</translation>
    </message>
    <message>
        <source>Make the demo city anew</source>
        <translation>Demostadt neu erzeugen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Karte</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>&amp;Ebene</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>Koordinatenbezugssystem</translation>
    </message>
    <message>
        <source>Open workspace…</source>
        <translation>Arbeitsmappe öffnen …</translation>
    </message>
    <message>
        <source>Add layers…</source>
        <translation>Ebenen hinzufügen …</translation>
    </message>
    <message>
        <source>Adds files to the map</source>
        <translation>Fügt der Karte Dateien hinzu</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>O&amp;bject</source>
        <translation>&amp;Objekt</translation>
    </message>
    <message>
        <source>Work without network</source>
        <translation>Ohne Netz arbeiten</translation>
    </message>
    <message>
        <source>Services are not asked; what they sent before is shown</source>
        <translation>Dienste werden nicht gefragt; gezeigt wird, was sie früher gesendet haben</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>&amp;Catalogue</source>
        <translation>&amp;Katalog</translation>
    </message>
    <message>
        <source>Requests to servers…</source>
        <translation>Anfragen an Server …</translation>
    </message>
    <message>
        <source>What was asked of services, how long it took, and what went wrong</source>
        <translation>Was Dienste gefragt wurden, wie lange es dauerte und was misslang</translation>
    </message>
    <message>
        <source>Sign-ins…</source>
        <translation>Anmeldungen …</translation>
    </message>
    <message>
        <source>Shows which sign-ins to services are kept, and removes them</source>
        <translation>Zeigt, welche Anmeldungen bei Diensten gemerkt sind, und entfernt sie</translation>
    </message>
    <message>
        <source>Keep for work without network…</source>
        <translation>Für die Arbeit ohne Netz mitnehmen …</translation>
    </message>
    <message>
        <source>Takes along what the map shows of services, and lists what is kept</source>
        <translation>Nimmt mit, was die Karte aus Diensten zeigt, und listet das Mitgenommene</translation>
    </message>
    <message>
        <source>Measures…</source>
        <translation>Maßnahmen …</translation>
    </message>
    <message>
        <source>The measures of the Digital Strategy: who is in charge, how far they are, what is to be done</source>
        <translation>Die Maßnahmen der Digitalen Strategie: Federführung, Stand und was zu tun ist</translation>
    </message>
    <message>
        <source>Smart City Index…</source>
        <translation>Smart City Index…</translation>
    </message>
    <message>
        <source>How far the city is: the index, its goals and indicators, and where each number comes from</source>
        <translation>Wie weit die Stadt ist: der Index, seine Ziele und Indikatoren, und woher jede Zahl kommt</translation>
    </message>
</context>
<context>
    <name>hanseatlas::AreaChoice</name>
    <message>
        <source>&amp;Draw on the map</source>
        <translation>In der Karte auf&amp;ziehen</translation>
    </message>
    <message>
        <source>What the map shows now</source>
        <translation>Was die Karte jetzt zeigt</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>&amp;West:</source>
        <translation>&amp;West:</translation>
    </message>
    <message>
        <source>S&amp;outh:</source>
        <translation>S&amp;üd:</translation>
    </message>
    <message>
        <source>&amp;East:</source>
        <translation>&amp;Ost:</translation>
    </message>
    <message>
        <source>Nor&amp;th:</source>
        <translation>Nor&amp;d:</translation>
    </message>
    <message>
        <source> m</source>
        <comment>metres</comment>
        <translation> m</translation>
    </message>
    <message>
        <source>Coordinates in ETRS89 / UTM zone 32N (EPSG:25832)</source>
        <translation>Koordinaten in ETRS89 / UTM Zone 32N (EPSG:25832)</translation>
    </message>
    <message>
        <source>&amp;From the layer:</source>
        <translation>Aus der Eb&amp;ene:</translation>
    </message>
    <message>
        <source>&amp;Object:</source>
        <translation>Ob&amp;jekt:</translation>
    </message>
    <message>
        <source>The object that is chosen on the map</source>
        <translation>Das in der Karte gewählte Objekt</translation>
    </message>
    <message>
        <source>“%1”, chosen on the map</source>
        <translation>„%1“, in der Karte gewählt</translation>
    </message>
    <message>
        <source>Area of an object, such as a district</source>
        <translation>Fläche eines Objekts, etwa ein Stadtteil</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>There are no areas in it</source>
        <translation>Darin sind keine Flächen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::AskDialog</name>
    <message>
        <source>“%1” is no date.</source>
        <translation>„%1“ ist kein Datum.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::AttributeModel</name>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Attribut</translation>
    </message>
</context>
<context>
    <name>hanseatlas::BarList</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::CatalogueDelegate</name>
    <message>
        <source>Try again: %1</source>
        <translation>Erneut versuchen: %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::CatalogueDetails</name>
    <message>
        <source>Kind: %1</source>
        <translation>Art: %1</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>Quelle: %1</translation>
    </message>
    <message>
        <source>Contact: %1</source>
        <translation>Kontakt: %1</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>Geändert: %1</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>Veröffentlicht: %1</translation>
    </message>
    <message>
        <source>Shown from 1 : %1 on</source>
        <translation>Sichtbar ab 1 : %1</translation>
    </message>
    <message>
        <source>Shown up to 1 : %1</source>
        <translation>Sichtbar bis 1 : %1</translation>
    </message>
    <message>
        <source>Keywords: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>May be viewed, but neither stored nor exported.</source>
        <translation>Darf angesehen, aber weder gespeichert noch exportiert werden.</translation>
    </message>
    <message>
        <source>Contains personal data.</source>
        <translation>Enthält personenbezogene Daten.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>About the layer</source>
        <translation>Über die Ebene</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Layers …</source>
        <translation>Ebenen …</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add %1 to the map</source>
        <translation>%1 zur Karte hinzufügen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::CataloguePanel</name>
    <message>
        <source>Add to map</source>
        <translation>Zur Karte hinzufügen</translation>
    </message>
    <message>
        <source>Add source …</source>
        <translation>Quelle hinzufügen …</translation>
    </message>
    <message>
        <source>Rename source …</source>
        <translation>Quelle umbenennen …</translation>
    </message>
    <message>
        <source>Remove source</source>
        <translation>Quelle entfernen</translation>
    </message>
    <message>
        <source>Read source again</source>
        <translation>Quelle neu lesen</translation>
    </message>
    <message>
        <source>Import list of sources …</source>
        <translation>Quellenliste importieren …</translation>
    </message>
    <message>
        <source>Export list of sources …</source>
        <translation>Quellenliste exportieren …</translation>
    </message>
    <message>
        <source>More for the catalogue</source>
        <translation>Mehr zum Katalog</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Search layers and data</source>
        <translation>Ebenen und Daten suchen</translation>
    </message>
    <message>
        <source>Search the catalogue</source>
        <translation>Im Katalog suchen</translation>
    </message>
    <message>
        <source>Narrow by format</source>
        <translation>Auf ein Format eingrenzen</translation>
    </message>
    <message>
        <source>All formats</source>
        <translation>Alle Formate</translation>
    </message>
    <message>
        <source>Narrow by theme</source>
        <translation>Auf ein Thema eingrenzen</translation>
    </message>
    <message>
        <source>Found in the catalogue</source>
        <translation>Im Katalog gefunden</translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation>Noch keine Quellen</translation>
    </message>
    <message>
        <source>Add a geoportal, a catalogue or a service by its address.</source>
        <translation>Fügen Sie ein Geoportal, einen Katalog oder einen Dienst mit seiner Adresse hinzu.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in the catalogue fits “%1”.</source>
        <translation>Im Katalog passt nichts zu „%1“.</translation>
    </message>
    <message>
        <source>All themes</source>
        <translation>Alle Themen</translation>
    </message>
    <message numerus="yes">
        <source>Add %n layers to the map</source>
        <translation>
            <numerusform>%n Ebene zur Karte hinzufügen</numerusform>
            <numerusform>%n Ebenen zur Karte hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the service&apos;s layers</source>
        <translation>Ebenen des Dienstes zeigen</translation>
    </message>
    <message>
        <source>Add layers</source>
        <translation>Ebenen hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>Add %n layers to the map?</source>
        <translation>
            <numerusform>%n Ebene zur Karte hinzufügen?</numerusform>
            <numerusform>%n Ebenen zur Karte hinzufügen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>“%1” cannot be read.</source>
        <translation>„%1“ kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” is too large.</source>
        <translation>„%1“ ist zu groß.</translation>
    </message>
    <message>
        <source>Rename source</source>
        <translation>Quelle umbenennen</translation>
    </message>
    <message>
        <source>Title:</source>
        <translation>Titel:</translation>
    </message>
    <message>
        <source>Export list of sources</source>
        <translation>Quellenliste exportieren</translation>
    </message>
    <message>
        <source>List of sources (*.json)</source>
        <translation>Quellenliste (*.json)</translation>
    </message>
    <message>
        <source>The list could not be written to “%1”.</source>
        <translation>Die Liste konnte nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>Import list of sources</source>
        <translation>Quellenliste importieren</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>%n entries of the list cannot be used.</source>
        <translation>
            <numerusform>%n Eintrag der Liste ist nicht verwendbar.</numerusform>
            <numerusform>%n Einträge der Liste sind nicht verwendbar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::CatalogueTexts</name>
    <message>
        <source>“%1” could not be read.</source>
        <translation>„%1“ konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Show more of %1 datasets</source>
        <translation>Weitere von %1 Datensätzen zeigen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Weitere zeigen</translation>
    </message>
    <message>
        <source>There is nothing in it.</source>
        <translation>Darin ist nichts enthalten.</translation>
    </message>
    <message>
        <source>May be viewed, but neither stored nor exported.</source>
        <translation>Darf angesehen, aber weder gespeichert noch exportiert werden.</translation>
    </message>
    <message>
        <source>“%1” could not be searched.</source>
        <translation>„%1“ konnte nicht durchsucht werden.</translation>
    </message>
    <message>
        <source>Asked again</source>
        <translation>Erneut angefragt</translation>
    </message>
    <message>
        <source>The file is no list of catalogue sources.</source>
        <translation>Die Datei ist keine Quellenliste des Katalogs.</translation>
    </message>
    <message>
        <source>Choose a file that was exported from the catalogue.</source>
        <translation>Wählen Sie eine Datei, die aus dem Katalog exportiert wurde.</translation>
    </message>
    <message>
        <source>The list has more than %1 sources.</source>
        <translation>Die Liste hat mehr als %1 Quellen.</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>Die Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The file “%1” cannot be read.</source>
        <translation>Die Datei „%1“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The file “%1” is too large.</source>
        <translation>Die Datei „%1“ ist zu groß.</translation>
    </message>
    <message>
        <source>“%1” is no address that can be asked.</source>
        <translation>„%1“ ist keine Adresse, die sich anfragen lässt.</translation>
    </message>
    <message>
        <source>As of %1: the program works offline.</source>
        <translation>Stand %1: Das Programm arbeitet ohne Netz.</translation>
    </message>
    <message>
        <source>As of %1: %2</source>
        <translation>Stand %1: %2</translation>
    </message>
    <message>
        <source>The address leads to a file, not to a catalogue.</source>
        <translation>Die Adresse führt zu einer Datei, nicht zu einem Katalog.</translation>
    </message>
    <message>
        <source>Add it to the map as a layer.</source>
        <translation>Fügen Sie sie der Karte als Ebene hinzu.</translation>
    </message>
    <message>
        <source>Sensors (SensorThings) cannot be shown yet.</source>
        <translation>Sensoren (SensorThings) können noch nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>What answers there is no service and no catalogue that is known here.</source>
        <translation>Was dort antwortet, ist weder ein Dienst noch ein Katalog, der hier bekannt ist.</translation>
    </message>
    <message>
        <source>“%1” is no address of a service.</source>
        <translation>„%1“ ist keine Adresse eines Dienstes.</translation>
    </message>
    <message>
        <source>It begins with https://, e.g. https://example.org/wms.</source>
        <translation>Sie beginnt mit https://, z. B. https://example.org/wms.</translation>
    </message>
    <message>
        <source>The entry “%1” cannot be used.</source>
        <translation>Der Eintrag „%1“ ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>All layers of this service</source>
        <translation>Alle Ebenen dieses Dienstes</translation>
    </message>
    <message>
        <source>The file is no catalogue of Hanseatlas.</source>
        <translation>Die Datei ist kein Katalog von Hanseatlas.</translation>
    </message>
    <message>
        <source>The catalogue was made for a newer Hanseatlas.</source>
        <translation>Der Katalog wurde für ein neueres Hanseatlas erstellt.</translation>
    </message>
    <message>
        <source>Update the program.</source>
        <translation>Aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <source>The catalogue has too many entries.</source>
        <translation>Der Katalog hat zu viele Einträge.</translation>
    </message>
    <message>
        <source>The catalogue “%1” cannot be used: %2</source>
        <translation>Der Katalog „%1“ ist nicht verwendbar: %2</translation>
    </message>
    <message>
        <source>Own catalogue</source>
        <translation>Eigener Katalog</translation>
    </message>
    <message>
        <source>The list of sources could not be written to “%1”.</source>
        <translation>Die Quellenliste konnte nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>Is the disk full, or the folder protected?</source>
        <translation>Ist der Datenträger voll oder der Ordner schreibgeschützt?</translation>
    </message>
    <message>
        <source>The preview is too large.</source>
        <translation>Die Vorschau ist zu groß.</translation>
    </message>
    <message>
        <source>The preview cannot be read.</source>
        <translation>Die Vorschau ist nicht lesbar.</translation>
    </message>
    <message>
        <source>the preview</source>
        <translation>die Vorschau</translation>
    </message>
    <message>
        <source>There is no preview.</source>
        <translation>Es gibt keine Vorschau.</translation>
    </message>
    <message>
        <source>the list of layers</source>
        <translation>die Liste der Ebenen</translation>
    </message>
    <message>
        <source>the catalogue</source>
        <translation>der Katalog</translation>
    </message>
    <message>
        <source>the list of datasets</source>
        <translation>die Liste der Datensätze</translation>
    </message>
    <message>
        <source>The catalogue is damaged: it is no sound RDF.</source>
        <translation>Der Katalog ist beschädigt: Er ist kein gültiges RDF.</translation>
    </message>
    <message>
        <source>The catalogue is incomplete: %1</source>
        <translation>Der Katalog ist unvollständig: %1</translation>
    </message>
    <message>
        <source>Services of the kind “%1” have no list of layers.</source>
        <translation>Dienste der Art „%1“ haben kein Ebenenverzeichnis.</translation>
    </message>
    <message>
        <source>the list of collections</source>
        <translation>die Liste der Collections</translation>
    </message>
    <message>
        <source>“%1” is not searched there.</source>
        <translation>„%1“ wird nicht dort durchsucht.</translation>
    </message>
    <message>
        <source>The answer is none of a CKAN catalogue.</source>
        <translation>Die Antwort stammt nicht von einem CKAN-Katalog.</translation>
    </message>
    <message>
        <source>The catalogue refuses: %1</source>
        <translation>Der Katalog lehnt ab: %1</translation>
    </message>
    <message>
        <source>The catalogue sent more datasets than were asked for.</source>
        <translation>Der Katalog sandte mehr Datensätze als angefragt.</translation>
    </message>
    <message>
        <source>The catalogue is damaged; what stands before the damage is shown (%1).</source>
        <translation>Der Katalog ist beschädigt; gezeigt wird, was vor der Schadstelle steht (%1).</translation>
    </message>
    <message>
        <source>3D content is not shown.</source>
        <translation>3D-Inhalte werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>The portal does not say of what kind the layer is.</source>
        <translation>Das Portal sagt nicht, von welcher Art die Ebene ist.</translation>
    </message>
    <message>
        <source>Layers of the kind “%1” cannot be shown.</source>
        <translation>Ebenen der Art „%1“ können nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>The portal describes these tiles itself, without the service&apos;s own description; such tiles cannot be shown.</source>
        <translation>Das Portal beschreibt diese Kacheln selbst, ohne die Beschreibung des Dienstes; solche Kacheln können nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>This service asks for a sign-in.</source>
        <translation>Dieser Dienst verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>The portal&apos;s list of services has no entry “%1”.</source>
        <translation>Die Diensteliste des Portals hat keinen Eintrag „%1“.</translation>
    </message>
    <message numerus="yes">
        <source>%n layers are missing in the portal&apos;s list of services.</source>
        <translation>
            <numerusform>%n Ebene fehlt in der Diensteliste des Portals.</numerusform>
            <numerusform>%n Ebenen fehlen in der Diensteliste des Portals.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layers cannot be shown; the reason stands beside them.</source>
        <translation>
            <numerusform>%n Ebene kann nicht gezeigt werden; der Grund steht dabei.</numerusform>
            <numerusform>%n Ebenen können nicht gezeigt werden; der Grund steht jeweils dabei.</numerusform>
        </translation>
    </message>
    <message>
        <source>The portal gives no usable address for this layer.</source>
        <translation>Das Portal nennt keine brauchbare Adresse für diese Ebene.</translation>
    </message>
    <message>
        <source>Background maps</source>
        <translation>Hintergrundkarten</translation>
    </message>
    <message>
        <source>the portal&apos;s configuration</source>
        <translation>die Konfiguration des Portals</translation>
    </message>
    <message>
        <source>the portal&apos;s tree of topics</source>
        <translation>der Themenbaum des Portals</translation>
    </message>
    <message>
        <source>the portal&apos;s list of services</source>
        <translation>die Diensteliste des Portals</translation>
    </message>
    <message>
        <source>The portal&apos;s list of services was not found; only layers that the configuration describes itself can be shown.</source>
        <translation>Die Diensteliste des Portals wurde nicht gefunden; gezeigt werden können nur Ebenen, die die Konfiguration selbst beschreibt.</translation>
    </message>
    <message>
        <source>RDF cannot be read.</source>
        <translation>RDF kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The catalogue has more statements than can be read.</source>
        <translation>Der Katalog hat mehr Aussagen, als gelesen werden können.</translation>
    </message>
    <message>
        <source>The catalogue defines entities of its own, which is not allowed here.</source>
        <translation>Der Katalog definiert eigene Entitäten, was hier nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>The catalogue gives no usable address.</source>
        <translation>Der Katalog nennt keine brauchbare Adresse.</translation>
    </message>
    <message>
        <source>The catalogue does not tell the format.</source>
        <translation>Der Katalog nennt das Format nicht.</translation>
    </message>
    <message>
        <source>The format “%1” cannot be shown on the map.</source>
        <translation>Das Format „%1“ kann nicht auf der Karte gezeigt werden.</translation>
    </message>
    <message>
        <source>Other licence, not open</source>
        <translation>Andere Lizenz, nicht offen</translation>
    </message>
    <message>
        <source>Other open licence</source>
        <translation>Andere offene Lizenz</translation>
    </message>
    <message>
        <source>%1 (all)</source>
        <translation>%1 (alle)</translation>
    </message>
    <message>
        <source>The collection holds no features.</source>
        <translation>Die Collection enthält keine Objekte.</translation>
    </message>
    <message>
        <source>Vector tiles</source>
        <translation>Vektorkacheln</translation>
    </message>
    <message>
        <source>The portal does not say where the tiles of the layer are.</source>
        <translation>Das Portal nennt nicht, wo die Kacheln der Ebene liegen.</translation>
    </message>
    <message>
        <source>Known are WMS, WMTS, WFS, OGC API Features, PostGIS, Masterportal, CKAN and DCAT-AP.</source>
        <translation>Bekannt sind WMS, WMTS, WFS, OGC API Features, PostGIS, Masterportal, CKAN und DCAT-AP.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ChangeList</name>
    <message>
        <source>Nothing has changed</source>
        <translation>Nichts hat sich geändert</translation>
    </message>
    <message>
        <source>Choose an earlier time above to look further back.</source>
        <translation>Wählen Sie oben eine frühere Zeit, um weiter zurückzublicken.</translation>
    </message>
    <message>
        <source>Since the last visit</source>
        <translation>Seit dem letzten Besuch</translation>
    </message>
    <message>
        <source>For a week</source>
        <translation>Seit einer Woche</translation>
    </message>
    <message>
        <source>For a month</source>
        <translation>Seit einem Monat</translation>
    </message>
    <message>
        <source>For a year</source>
        <translation>Seit einem Jahr</translation>
    </message>
    <message>
        <source>Ever</source>
        <translation>Seit Beginn</translation>
    </message>
    <message>
        <source>Changes since</source>
        <translation>Änderungen seit</translation>
    </message>
    <message>
        <source>Save the list as CSV</source>
        <translation>Liste als CSV speichern</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n Änderung</numerusform>
            <numerusform>%n Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>(the newest; there are more)</source>
        <translation>(die neuesten; es gibt mehr)</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ChangeModel</name>
    <message>
        <source>%1 (new)</source>
        <translation>%1 (neu)</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Until now</source>
        <translation>Bisher</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ChartTableModel</name>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ChartTile</name>
    <message>
        <source>Show the numbers as a table</source>
        <translation>Die Zahlen als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Save as picture …</source>
        <translation>Als Bild speichern …</translation>
    </message>
    <message>
        <source>Save numbers as CSV …</source>
        <translation>Zahlen als CSV speichern …</translation>
    </message>
    <message>
        <source>Show large</source>
        <translation>Groß zeigen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More about “%1”</source>
        <translation>Mehr zu „%1“</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ColorButton</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>hanseatlas::CommandSearch</name>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ConflictDialog</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Changed by two people</source>
        <translation>Von zwei Personen geändert</translation>
    </message>
    <message>
        <source>You and somebody else have changed the same. Choose what is to stay; the other value can still be read in the history of the measure.</source>
        <translation>Sie und jemand anderes haben dasselbe geändert. Wählen Sie, was bleiben soll; der andere Wert steht weiterhin in der Historie der Maßnahme.</translation>
    </message>
    <message>
        <source>&amp;Take over</source>
        <translation>&amp;Übernehmen</translation>
    </message>
    <message>
        <source>All of &amp;mine</source>
        <translation>Alle &amp;eigenen</translation>
    </message>
    <message>
        <source>All of t&amp;heirs</source>
        <translation>Alle &amp;fremden</translation>
    </message>
    <message>
        <source>Changed by %1 on %2</source>
        <translation>Geändert von %1 am %2</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Mein Wert</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Deren Wert</translation>
    </message>
    <message>
        <source>%1: mine, %2</source>
        <translation>%1: mein Wert, %2</translation>
    </message>
    <message>
        <source>%1: theirs, %2</source>
        <translation>%1: deren Wert, %2</translation>
    </message>
    <message>
        <source>until then: %1</source>
        <translation>bis dahin: %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ConnectionsPane</name>
    <message>
        <source>Click on anything to see what hangs on it.</source>
        <translation>Klicken Sie auf etwas, um zu sehen, was daran hängt.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ConnectionsView</name>
    <message>
        <source>Connections of the strategy</source>
        <translation>Zusammenhänge der Strategie</translation>
    </message>
    <message>
        <source>%1: %2, %3, %4</source>
        <comment>a node and what hangs on it</comment>
        <translation>%1: %2, %3, %4</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n Maßnahme</numerusform>
            <numerusform>%n Maßnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s)</source>
        <translation>
            <numerusform>%n Federführung</numerusform>
            <numerusform>%n Federführungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n concept(s) and resolution(s)</source>
        <translation>
            <numerusform>%n Konzept oder Beschluss</numerusform>
            <numerusform>%n Konzepte und Beschlüsse</numerusform>
        </translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Fields of action</source>
        <translation>Themenfelder</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Federführung</translation>
    </message>
    <message>
        <source>Concepts, resolutions</source>
        <translation>Konzepte, Beschlüsse</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>hanseatlas::CoordinateBox</name>
    <message>
        <source>UTM zone 32 (ETRS89, EPSG:25832)</source>
        <translation>UTM-Zone 32 (ETRS89, EPSG:25832)</translation>
    </message>
    <message>
        <source>UTM 32</source>
        <translation>UTM 32</translation>
    </message>
    <message>
        <source>UTM zone 33 (ETRS89, EPSG:25833)</source>
        <translation>UTM-Zone 33 (ETRS89, EPSG:25833)</translation>
    </message>
    <message>
        <source>UTM 33</source>
        <translation>UTM 33</translation>
    </message>
    <message>
        <source>Gauss-Krüger zone 3 (EPSG:31467)</source>
        <translation>Gauß-Krüger-Zone 3 (EPSG:31467)</translation>
    </message>
    <message>
        <source>GK 3</source>
        <translation>GK 3</translation>
    </message>
    <message>
        <source>Degrees (WGS 84, EPSG:4326)</source>
        <translation>Grad (WGS 84, EPSG:4326)</translation>
    </message>
    <message>
        <source>WGS 84</source>
        <translation>WGS 84</translation>
    </message>
    <message>
        <source>Degrees, minutes, seconds (WGS 84, EPSG:4326)</source>
        <translation>Grad, Minuten, Sekunden (WGS 84, EPSG:4326)</translation>
    </message>
    <message>
        <source>Web Mercator (EPSG:3857)</source>
        <translation>Web-Mercator (EPSG:3857)</translation>
    </message>
    <message>
        <source>Web Mercator</source>
        <translation>Web-Mercator</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Koordinaten</translation>
    </message>
    <message>
        <source>The place under the mouse. Type or paste coordinates and press Enter to go there.</source>
        <translation>Der Ort unter der Maus. Koordinaten eingeben oder einfügen und mit der Eingabetaste dorthin gehen.</translation>
    </message>
    <message>
        <source>Coordinate system of the display</source>
        <translation>Koordinatenbezugssystem der Anzeige</translation>
    </message>
</context>
<context>
    <name>hanseatlas::CorrectionFields</name>
    <message>
        <source>&amp;Coordinates:</source>
        <translation>&amp;Koordinaten:</translation>
    </message>
    <message>
        <source>&amp;Encoding of texts:</source>
        <translation>&amp;Zeichenkodierung:</translation>
    </message>
    <message>
        <source>As the file says</source>
        <translation>Wie die Datei sagt</translation>
    </message>
    <message>
        <source>As the file says (%1)</source>
        <translation>Wie die Datei sagt (%1)</translation>
    </message>
    <message>
        <source>No coordinate reference system has this name. Give an EPSG number, e.g. 25832.</source>
        <translation>Kein Koordinatenbezugssystem heißt so. Geben Sie eine EPSG-Nummer an, z. B. 25832.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DashboardBar</name>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Gebiet</translation>
    </message>
    <message>
        <source>Field of action</source>
        <translation>Themenfeld</translation>
    </message>
    <message>
        <source>Unit in charge</source>
        <translation>Zuständige Stelle</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>The month that is looked at</source>
        <translation>Der Monat, der betrachtet wird</translation>
    </message>
    <message>
        <source>and the month before</source>
        <translation>und der Vormonat</translation>
    </message>
    <message>
        <source>and the quarter before</source>
        <translation>und das Vorquartal</translation>
    </message>
    <message>
        <source>and the year before</source>
        <translation>und das Vorjahr</translation>
    </message>
    <message>
        <source>and five years before</source>
        <translation>und fünf Jahre zuvor</translation>
    </message>
    <message>
        <source>Ask for everything again</source>
        <translation>Wieder nach allem fragen</translation>
    </message>
    <message>
        <source>The whole city</source>
        <translation>Die ganze Stadt</translation>
    </message>
    <message>
        <source>All fields of action</source>
        <translation>Alle Themenfelder</translation>
    </message>
    <message>
        <source>All units</source>
        <translation>Alle Stellen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DashboardDesk</name>
    <message>
        <source>There is no layer with areas on the map.</source>
        <translation>Auf der Karte liegt keine Ebene mit Flächen.</translation>
    </message>
    <message>
        <source>Add the layer of the Stadtteile to the map first.</source>
        <translation>Fügen Sie der Karte zuerst die Ebene der Stadtteile hinzu.</translation>
    </message>
    <message>
        <source>Layer of the Stadtteile</source>
        <translation>Ebene der Stadtteile</translation>
    </message>
    <message>
        <source>Which layer of the map has the Stadtteile? Their names must be those of the values.</source>
        <translation>Welche Ebene der Karte enthält die Stadtteile? Ihre Namen müssen die der Werte sein.</translation>
    </message>
    <message>
        <source>The outlines of the Stadtteile are not known.</source>
        <translation>Die Umrisse der Stadtteile sind nicht bekannt.</translation>
    </message>
    <message>
        <source>Choose their layer in the menu “Values”.</source>
        <translation>Wählen Sie ihre Ebene im Menü „Werte“.</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>“%1” lies on the map now.</source>
        <translation>„%1“ liegt jetzt auf der Karte.</translation>
    </message>
    <message>
        <source>Import values</source>
        <translation>Werte importieren</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx *.ods *.gpkg)</source>
        <translation>Tabellen (*.csv *.xlsx *.ods *.gpkg)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>Row %1, %2: %3</source>
        <translation>Zeile %1, %2: %3</translation>
    </message>
    <message>
        <source>The store of values is not open.</source>
        <translation>Der Speicher der Werte ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>Taking over values…</source>
        <translation>Werte werden übernommen…</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) were taken over.</source>
        <translation>
            <numerusform>%n Wert wurde übernommen.</numerusform>
            <numerusform>%n Werte wurden übernommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Empty table of values</source>
        <translation>Leere Tabelle für Werte</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Values of indicators</source>
        <translation>Werte von Indikatoren</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>See whether the folder has room and may be written.</source>
        <translation>Prüfen Sie, ob im Ordner Platz ist und ob er beschrieben werden darf.</translation>
    </message>
    <message>
        <source>Smart City report</source>
        <translation>Smart-City-Bericht</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>JSON for the open data portal (*.json)</source>
        <translation>JSON für das Open-Data-Portal (*.json)</translation>
    </message>
    <message>
        <source>CSV for the open data portal (*.csv)</source>
        <translation>CSV für das Open-Data-Portal (*.csv)</translation>
    </message>
    <message>
        <source>Smart City report %1</source>
        <translation>Smart-City-Bericht %1</translation>
    </message>
    <message>
        <source>the measures of Hanseatlas</source>
        <translation>die Maßnahmen in Hanseatlas</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben …</translation>
    </message>
    <message>
        <source>No indicator comes from a layer.</source>
        <translation>Kein Indikator stammt aus einer Ebene.</translation>
    </message>
    <message>
        <source>None of the layers that indicators come from is on the map: %1</source>
        <translation>Keine der Ebenen, aus denen Indikatoren stammen, liegt auf der Karte: %1</translation>
    </message>
    <message>
        <source>Working out values…</source>
        <translation>Werte werden berechnet…</translation>
    </message>
    <message>
        <source>Not on the map: %1</source>
        <translation>Nicht auf der Karte: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) were worked out.</source>
        <translation>
            <numerusform>%n Wert wurde berechnet.</numerusform>
            <numerusform>%n Werte wurden berechnet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::DashboardGrid</name>
    <message>
        <source>An empty dashboard</source>
        <translation>Ein leeres Dashboard</translation>
    </message>
    <message>
        <source>Choose “Add a tile” in the menu “Dashboard” to put a chart here.</source>
        <translation>Wählen Sie im Menü „Dashboard“ den Punkt „Kachel hinzufügen“, um hier ein Diagramm zu zeigen.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DashboardTexts</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Climate and environment</source>
        <translation>Klima und Umwelt</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>A dashboard has no name or more than %1 tiles.</source>
        <translation>Ein Dashboard hat keinen Namen oder mehr als %1 Kacheln.</translation>
    </message>
    <message>
        <source>The dashboard “%1” has a tile of an unknown kind.</source>
        <translation>Das Dashboard „%1“ enthält eine Kachel unbekannter Art.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DashboardWindow</name>
    <message>
        <source>Demonstration: the values are made up and say nothing about Lübeck.</source>
        <translation>Demonstration: Die Werte sind erfunden und sagen nichts über Lübeck aus.</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>&amp;Add a tile</source>
        <translation>Kachel &amp;hinzufügen</translation>
    </message>
    <message>
        <source>Smart City Index</source>
        <translation>Smart City Index</translation>
    </message>
    <message>
        <source>&amp;Dashboard</source>
        <translation>&amp;Dashboard</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Neu…</translation>
    </message>
    <message>
        <source>&amp;Duplicate…</source>
        <translation>&amp;Duplizieren…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <source>Arran&amp;ge tiles</source>
        <translation>Kacheln an&amp;ordnen</translation>
    </message>
    <message>
        <source>Move, resize and remove tiles (Ctrl+E)</source>
        <translation>Kacheln verschieben, vergrößern, verkleinern und entfernen (Strg+E)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <source>&amp;Import values…</source>
        <translation>Werte &amp;importieren…</translation>
    </message>
    <message>
        <source>Empty &amp;table to fill in…</source>
        <translation>Leere &amp;Tabelle zum Ausfüllen…</translation>
    </message>
    <message>
        <source>Layer of the &amp;Stadtteile…</source>
        <translation>Ebene der &amp;Stadtteile…</translation>
    </message>
    <message>
        <source>&amp;Demonstration values</source>
        <translation>&amp;Demonstrationswerte</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>&amp;Bericht</translation>
    </message>
    <message>
        <source>&amp;Smart City report…</source>
        <translation>&amp;Smart-City-Bericht…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Explanation</source>
        <translation>&amp;Erläuterung</translation>
    </message>
    <message>
        <source>How the chosen number came about (F9)</source>
        <translation>Wie die gewählte Zahl zustande kam (F9)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>Which dashboard is shown (Ctrl+1 … Ctrl+9)</source>
        <translation>Welches Dashboard gezeigt wird (Strg+1 … Strg+9)</translation>
    </message>
    <message>
        <source>The goal over time</source>
        <translation>Das Ziel im Lauf der Zeit</translation>
    </message>
    <message>
        <source>New dashboard</source>
        <translation>Neues Dashboard</translation>
    </message>
    <message>
        <source>Duplicate dashboard</source>
        <translation>Dashboard duplizieren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>My dashboard</source>
        <translation>Mein Dashboard</translation>
    </message>
    <message>
        <source>Rename dashboard</source>
        <translation>Dashboard umbenennen</translation>
    </message>
    <message>
        <source>Remove dashboard</source>
        <translation>Dashboard entfernen</translation>
    </message>
    <message>
        <source>Remove the dashboard “%1”? The values stay.</source>
        <translation>Das Dashboard „%1“ entfernen? Die Werte bleiben erhalten.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Esc or F11 leads back.</source>
        <translation>Esc oder F11 führt zurück.</translation>
    </message>
    <message>
        <source>Save as picture</source>
        <translation>Als Bild speichern</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Save numbers as CSV</source>
        <translation>Zahlen als CSV speichern</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>See whether the folder has room and may be written.</source>
        <translation>Prüfen Sie, ob im Ordner Platz ist und ob er beschrieben werden darf.</translation>
    </message>
    <message>
        <source>Only while the demo city is on the map</source>
        <translation>Nur, solange die Demostadt auf der Karte liegt</translation>
    </message>
    <message>
        <source>&amp;Work out from layers of the map</source>
        <translation>Aus &amp;Ebenen der Karte berechnen</translation>
    </message>
    <message>
        <source>Hardly any indicator has data yet. Import values or work them out from layers: both are in the menu “Values”, and so is a demonstration.</source>
        <translation>Noch hat kaum ein Indikator Daten. Importieren Sie Werte, oder berechnen Sie sie aus Ebenen: Beides steht im Menü „Werte“, ebenso eine Demonstration.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DatabaseTexts</name>
    <message>
        <source>%1 on %2</source>
        <comment>a database and its server</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>The database “%1” asks for another sign-in.</source>
        <translation>Die Datenbank „%1“ verlangt eine andere Anmeldung.</translation>
    </message>
    <message>
        <source>Open it once by an address with user and password: postgresql://user:password@host/database. The password is kept in the keychain.</source>
        <translation>Öffnen Sie sie einmal mit Benutzername und Kennwort in der Adresse: postgresql://benutzer:kennwort@rechner/datenbank. Das Kennwort kommt in die Schlüsselverwaltung.</translation>
    </message>
    <message>
        <source>There is no database “%1” on “%2”.</source>
        <translation>Auf „%2“ gibt es keine Datenbank „%1“.</translation>
    </message>
    <message>
        <source>The database server “%1” does not answer.</source>
        <translation>Der Datenbankserver „%1“ antwortet nicht.</translation>
    </message>
    <message>
        <source>Check the address and the network, and try again.</source>
        <translation>Prüfen Sie Adresse und Netz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The user may not read this table of the database “%1”.</source>
        <translation>Der Benutzer darf diese Tabelle der Datenbank „%1“ nicht lesen.</translation>
    </message>
    <message>
        <source>Ask its administrator for the right to read it.</source>
        <translation>Bitten Sie die Verwaltung der Datenbank um das Leserecht.</translation>
    </message>
    <message>
        <source>The database “%1” has no such table or column any more.</source>
        <translation>Diese Tabelle oder Spalte gibt es in der Datenbank „%1“ nicht mehr.</translation>
    </message>
    <message>
        <source>The connection to the database “%1” broke.</source>
        <translation>Die Verbindung zur Datenbank „%1“ brach ab.</translation>
    </message>
    <message>
        <source>The database “%1” could not answer.</source>
        <translation>Die Datenbank „%1“ konnte nicht antworten.</translation>
    </message>
    <message>
        <source>This installation of GDAL cannot read PostgreSQL databases.</source>
        <translation>Das hier installierte GDAL kann keine PostgreSQL-Datenbanken lesen.</translation>
    </message>
    <message>
        <source>Ask for a GDAL with the driver “PostgreSQL”.</source>
        <translation>Bitten Sie um ein GDAL mit dem Treiber „PostgreSQL“.</translation>
    </message>
    <message>
        <source>The database holds no geodata: it has no PostGIS.</source>
        <translation>Die Datenbank enthält keine Geodaten: Sie hat kein PostGIS.</translation>
    </message>
    <message>
        <source>The database has no table “%1” that the user may read.</source>
        <translation>Die Datenbank hat keine Tabelle „%1“, die der Benutzer lesen darf.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DemoCityKeeper</name>
    <message>
        <source>The demo city could not be made.</source>
        <translation>Die Demostadt konnte nicht erzeugt werden.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DemoTexts</name>
    <message>
        <source>The demo city could not be written to “%1”.</source>
        <translation>Die Demostadt konnte nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>The older demo city in “%1” could not be replaced.</source>
        <translation>Die ältere Demostadt in „%1“ konnte nicht ersetzt werden.</translation>
    </message>
    <message>
        <source>Is one of its files open in another program?</source>
        <translation>Ist eine ihrer Dateien in einem anderen Programm geöffnet?</translation>
    </message>
    <message>
        <source>The demo city could not be moved to “%1”.</source>
        <translation>Die Demostadt konnte nicht nach „%1“ verschoben werden.</translation>
    </message>
    <message>
        <source>The demo city could not be made, because nothing can be written to “%1”.</source>
        <translation>Die Demostadt konnte nicht erzeugt werden, weil in „%1“ nicht geschrieben werden kann.</translation>
    </message>
    <message>
        <source>Ask for the right to write there, or name another folder by the environment variable HANSEATLAS_HOME.</source>
        <translation>Lassen Sie sich dort Schreibrechte geben oder nennen Sie mit der Umgebungsvariable HANSEATLAS_HOME einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Hanseatlas demo city (made up)</source>
        <translation>Demostadt von Hanseatlas (erfunden)</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DescriptionTexts</name>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Flächen</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Points, lines and areas mixed</source>
        <translation>Punkte, Linien und Flächen gemischt</translation>
    </message>
    <message>
        <source>Table without places</source>
        <translation>Tabelle ohne Ortsangaben</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Values, %1 bands</source>
        <translation>Werte, %1 Kanäle</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 px</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 (guessed)</source>
        <translation>%1 (geraten)</translation>
    </message>
    <message>
        <source>East %1 to %2, north %3 to %4</source>
        <translation>Ost %1 bis %2, Nord %3 bis %4</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Ganze Zahl</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Ja oder nein</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>Datum und Uhrzeit</translation>
    </message>
    <message>
        <source>Binary data</source>
        <translation>Binärdaten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DisplayPage</name>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>&amp;Visible</source>
        <translation>&amp;Sichtbar</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>&amp;Opacity:</source>
        <translation>&amp;Deckkraft:</translation>
    </message>
    <message>
        <source>Shown &amp;from:</source>
        <translation>Gezeigt &amp;von:</translation>
    </message>
    <message>
        <source>Shown &amp;up to:</source>
        <translation>Gezeigt &amp;bis:</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>F&amp;ill:</source>
        <translation>&amp;Füllung:</translation>
    </message>
    <message>
        <source>&amp;Line:</source>
        <translation>&amp;Linie:</translation>
    </message>
    <message>
        <source>&amp;Marker:</source>
        <translation>&amp;Symbol:</translation>
    </message>
    <message>
        <source>Style:</source>
        <translation>Darstellung:</translation>
    </message>
    <message>
        <source>Colours by value</source>
        <translation>Farben nach Wert</translation>
    </message>
    <message>
        <source>Hill shading</source>
        <translation>Schummerung</translation>
    </message>
    <message>
        <source>&amp;Drawn as:</source>
        <translation>&amp;Gezeichnet als:</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>&amp;Farben:</translation>
    </message>
    <message>
        <source>&amp;Show labels</source>
        <translation>&amp;Beschriftung zeigen</translation>
    </message>
    <message>
        <source>Label &amp;text:</source>
        <translation>Beschriftungs&amp;text:</translation>
    </message>
    <message>
        <source>Label si&amp;ze:</source>
        <translation>Schrift&amp;größe:</translation>
    </message>
    <message>
        <source>%1 classes by rules</source>
        <translation>%1 Klassen nach Regeln</translation>
    </message>
    <message>
        <source>%1 classes by “%2”</source>
        <translation>%1 Klassen nach „%2“</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DistrictMap</name>
    <message>
        <source>Scores by Stadtteil</source>
        <translation>Punkte nach Stadtteil</translation>
    </message>
    <message>
        <source>Stadtteil</source>
        <translation>Stadtteil</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>The outlines of the Stadtteile are not known. Choose a layer that has them in the menu “Values”; the numbers stand in the table.</source>
        <translation>Die Umrisse der Stadtteile sind nicht bekannt. Wählen Sie im Menü „Werte“ eine Ebene, die sie enthält; die Zahlen stehen in der Tabelle.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DistrictTexts</name>
    <message>
        <source>This layer has no areas.</source>
        <translation>Diese Ebene enthält keine Flächen.</translation>
    </message>
    <message>
        <source>This layer has no areas with names.</source>
        <translation>Diese Ebene enthält keine Flächen mit Namen.</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>See whether the folder has room and may be written.</source>
        <translation>Prüfen Sie, ob im Ordner Platz ist und ob er beschrieben werden darf.</translation>
    </message>
    <message>
        <source>%1 to %2 %3</source>
        <translation>%1 bis %2 %3</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::DutyList</name>
    <message>
        <source>End is overdue</source>
        <translation>Ende überschritten</translation>
    </message>
    <message>
        <source>Milestone is overdue</source>
        <translation>Meilenstein überfällig</translation>
    </message>
    <message>
        <source>Report is missing</source>
        <translation>Statusmeldung fehlt</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Zu erledigen</translation>
    </message>
    <message>
        <source>Nothing is to be done</source>
        <translation>Nichts zu erledigen</translation>
    </message>
    <message>
        <source>Among the measures shown, no deadline has passed and no report is missing.</source>
        <translation>Bei den gezeigten Maßnahmen ist keine Frist überschritten und keine Statusmeldung offen.</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) to do</source>
        <translation>
            <numerusform>%n Aufgabe offen</numerusform>
            <numerusform>%n Aufgaben offen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::DutyModel</name>
    <message>
        <source>Without lead</source>
        <translation>Ohne Federführung</translation>
    </message>
    <message>
        <source>never reported</source>
        <translation>noch nie gemeldet</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Measure or milestone</source>
        <translation>Maßnahme oder Meilenstein</translation>
    </message>
    <message>
        <source>Due since</source>
        <translation>Fällig seit</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ExplanationPane</name>
    <message>
        <source>%1 %: %2 points</source>
        <comment>share of the weight, what it gives</comment>
        <translation>%1 %: %2 Punkte</translation>
    </message>
    <message>
        <source>%1 % of the weight</source>
        <translation>%1 % des Gewichts</translation>
    </message>
    <message>
        <source>This value is made up, for demonstration.</source>
        <translation>Dieser Wert ist zur Demonstration erfunden.</translation>
    </message>
    <message>
        <source>Back (Backspace)</source>
        <translation>Zurück (Rücktaste)</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>Woraus es besteht</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>keine Punktzahl</translation>
    </message>
    <message>
        <source>%1 of 100 points</source>
        <translation>%1 von 100 Punkten</translation>
    </message>
    <message>
        <source>%1 to %2 with other weights and means</source>
        <translation>%1 bis %2 bei anderen Gewichten und Mitteln</translation>
    </message>
    <message>
        <source>Show the measures</source>
        <translation>Maßnahmen zeigen</translation>
    </message>
    <message>
        <source>Show the layer on the map</source>
        <translation>Ebene auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Show the Stadtteile on the map</source>
        <translation>Stadtteile auf der Karte zeigen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::Exporter</name>
    <message>
        <source>The PDF is being written …</source>
        <translation>Das PDF wird geschrieben …</translation>
    </message>
    <message>
        <source>The PDF is written.</source>
        <translation>Das PDF ist geschrieben.</translation>
    </message>
    <message>
        <source>The GeoPackage is being written …</source>
        <translation>Das GeoPackage wird geschrieben …</translation>
    </message>
    <message numerus="yes">
        <source>%n layers are written to the GeoPackage.</source>
        <translation>
            <numerusform>Eine Ebene ist in das GeoPackage geschrieben.</numerusform>
            <numerusform>%n Ebenen sind in das GeoPackage geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>The picture is being drawn …</source>
        <translation>Das Bild wird gezeichnet …</translation>
    </message>
    <message>
        <source>The picture is written.</source>
        <translation>Das Bild ist geschrieben.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::FeaturePanel</name>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Click on the map to see what is there.</source>
        <translation>Klicken Sie auf die Karte, um zu sehen, was dort ist.</translation>
    </message>
    <message>
        <source>Previous object</source>
        <translation>Vorheriges Objekt</translation>
    </message>
    <message>
        <source>Next object</source>
        <translation>Nächstes Objekt</translation>
    </message>
    <message>
        <source>Zoom to object</source>
        <translation>Auf Objekt zoomen</translation>
    </message>
    <message>
        <source>Copy all attributes</source>
        <translation>Alle Attribute kopieren</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Verweis öffnen</translation>
    </message>
    <message>
        <source>Objects at this place</source>
        <translation>Objekte an diesem Ort</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>The objects could not be read.</source>
        <translation>Die Objekte konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>Quelle: %1</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>Source and licence are not stated.</source>
        <translation>Quelle und Lizenz sind nicht angegeben.</translation>
    </message>
    <message>
        <source>Objects here: %1</source>
        <translation>Objekte hier: %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a date</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>Answer of the service</source>
        <translation>Antwort des Dienstes</translation>
    </message>
    <message numerus="yes">
        <source>asking %n service(s) …</source>
        <translation>
            <numerusform>%n Dienst wird gefragt …</numerusform>
            <numerusform>%n Dienste werden gefragt …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::FieldsPage</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Fields of the layer</source>
        <translation>Felder der Ebene</translation>
    </message>
</context>
<context>
    <name>hanseatlas::FileTexts</name>
    <message>
        <source>There are %1 files; only the first %2 are listed.</source>
        <translation>Es sind %1 Dateien; nur die ersten %2 sind aufgeführt.</translation>
    </message>
    <message>
        <source>The archive “%1” is damaged or incomplete.</source>
        <translation>Das Archiv „%1“ ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>Get the file once more, or unpack it yourself and open what is inside.</source>
        <translation>Besorgen Sie die Datei noch einmal oder entpacken Sie sie selbst und öffnen Sie den Inhalt.</translation>
    </message>
    <message>
        <source>The archive “%1” would unpack to far more than any geodata needs and was not opened.</source>
        <translation>Das Archiv „%1“ würde weit mehr entpacken, als Geodaten je brauchen, und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>If you trust it, unpack it yourself and open what is inside.</source>
        <translation>Wenn Sie ihm vertrauen, entpacken Sie es selbst und öffnen Sie den Inhalt.</translation>
    </message>
    <message>
        <source>The folder “%1” may not be read.</source>
        <translation>Der Ordner „%1“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Ask its owner for the right to read it.</source>
        <translation>Bitten Sie die zuständige Person um das Leserecht.</translation>
    </message>
    <message>
        <source>The folder holds very many files; not all of them were looked at.</source>
        <translation>Der Ordner enthält sehr viele Dateien; nicht alle wurden angesehen.</translation>
    </message>
    <message>
        <source>The file does not say which coordinate reference system it uses. It is drawn as it is.</source>
        <translation>Die Datei nennt kein Koordinatenbezugssystem. Sie wird gezeichnet, wie sie ist.</translation>
    </message>
    <message>
        <source>The file only says that its coordinates are degrees; %1 was taken.</source>
        <translation>Die Datei sagt nur, dass ihre Koordinaten Grad sind; angenommen wurde %1.</translation>
    </message>
    <message>
        <source>The file does not say which coordinate reference system it uses. Its numbers fit %1 (%2).</source>
        <translation>Die Datei nennt kein Koordinatenbezugssystem. Ihre Zahlen passen zu %1 (%2).</translation>
    </message>
    <message>
        <source>North came before east in the file; the axes were swapped.</source>
        <translation>In der Datei stand Nord vor Ost; die Achsen wurden getauscht.</translation>
    </message>
    <message>
        <source>The chosen coordinate reference system “%1” is unknown and was ignored.</source>
        <translation>Das gewählte Koordinatenbezugssystem „%1“ ist unbekannt und wurde übergangen.</translation>
    </message>
    <message>
        <source>The file promises degrees, but holds other numbers.</source>
        <translation>Die Datei verspricht Grad, enthält aber andere Zahlen.</translation>
    </message>
    <message>
        <source>The coordinates only fit %1 with north before east; the axes were swapped.</source>
        <translation>Die Koordinaten passen nur mit Nord vor Ost zu %1; die Achsen wurden getauscht.</translation>
    </message>
    <message>
        <source>The index file (.shx) of “%1” is missing, and no new one could be made.</source>
        <translation>Die Indexdatei (.shx) von „%1“ fehlt, und eine neue konnte nicht erzeugt werden.</translation>
    </message>
    <message>
        <source>Check whether there is free space for temporary files.</source>
        <translation>Prüfen Sie, ob für temporäre Dateien Platz ist.</translation>
    </message>
    <message>
        <source>The index file (.shx) is missing; it was rebuilt for reading, the folder was left as it is.</source>
        <translation>Die Indexdatei (.shx) fehlt; sie wurde zum Lesen nachgebildet, der Ordner blieb unverändert.</translation>
    </message>
    <message>
        <source>The table (.dbf) of this Shapefile is missing: there are shapes without attributes.</source>
        <translation>Die Tabelle (.dbf) dieses Shapefiles fehlt: Es gibt Geometrien ohne Attribute.</translation>
    </message>
    <message>
        <source>“%1” is damaged or incomplete and cannot be read as %2.</source>
        <translation>„%1“ ist beschädigt oder unvollständig und kann nicht als %2 gelesen werden.</translation>
    </message>
    <message>
        <source>Get the file once more, or open it in the program that it comes from.</source>
        <translation>Besorgen Sie die Datei noch einmal oder öffnen Sie sie in dem Programm, aus dem sie stammt.</translation>
    </message>
    <message>
        <source>“%1” is JSON, but of no kind that holds geodata.</source>
        <translation>„%1“ ist JSON, aber von keiner Art, die Geodaten enthält.</translation>
    </message>
    <message>
        <source>“%1” is an archive inside an archive.</source>
        <translation>„%1“ ist ein Archiv im Archiv.</translation>
    </message>
    <message>
        <source>Unpack the outer archive first.</source>
        <translation>Entpacken Sie zuerst das äußere Archiv.</translation>
    </message>
    <message>
        <source>“%1” contains no layers.</source>
        <translation>„%1“ enthält keine Ebenen.</translation>
    </message>
    <message>
        <source>ZIP archive</source>
        <translation>ZIP-Archiv</translation>
    </message>
    <message>
        <source>“%1” is a web page and holds no geodata.</source>
        <translation>„%1“ ist eine Webseite und enthält keine Geodaten.</translation>
    </message>
    <message>
        <source>Perhaps a server sent a page with a message instead of the data. Look at it in a web browser.</source>
        <translation>Vielleicht hat ein Server statt der Daten eine Seite mit einer Meldung geschickt. Sehen Sie sie im Browser an.</translation>
    </message>
    <message>
        <source>“%1” holds a server&apos;s error message instead of data.</source>
        <translation>„%1“ enthält statt Daten die Fehlermeldung eines Servers.</translation>
    </message>
    <message>
        <source>Fetch the file from the server again.</source>
        <translation>Holen Sie die Datei erneut vom Server.</translation>
    </message>
    <message>
        <source>“%1” is XML, but of no kind that holds geodata.</source>
        <translation>„%1“ ist XML, aber von keiner Art, die Geodaten enthält.</translation>
    </message>
    <message>
        <source>“%1” is a binary DXF drawing, which cannot be read.</source>
        <translation>„%1“ ist eine binäre DXF-Zeichnung; die lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Save the drawing as text DXF.</source>
        <translation>Speichern Sie die Zeichnung als Text-DXF.</translation>
    </message>
    <message>
        <source>ASCII grid</source>
        <translation>ASCII-Raster</translation>
    </message>
    <message>
        <source>“%1” holds plain text and not what its ending promises.</source>
        <translation>„%1“ enthält reinen Text und nicht, was die Endung verspricht.</translation>
    </message>
    <message>
        <source>If it is a table, rename it to end in .csv.</source>
        <translation>Wenn es eine Tabelle ist, geben Sie ihr die Endung .csv.</translation>
    </message>
    <message>
        <source>XYZ grid</source>
        <translation>XYZ-Raster</translation>
    </message>
    <message>
        <source>“%1” is empty (0 bytes).</source>
        <translation>„%1“ ist leer (0 Byte).</translation>
    </message>
    <message>
        <source>Perhaps copying it was interrupted. Get the file once more.</source>
        <translation>Vielleicht wurde das Kopieren unterbrochen. Besorgen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“%1” contains nothing but zeros.</source>
        <translation>„%1“ enthält nichts als Nullen.</translation>
    </message>
    <message>
        <source>Perhaps copying or downloading it was interrupted. Get the file once more.</source>
        <translation>Vielleicht wurde das Kopieren oder Herunterladen unterbrochen. Besorgen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“%1” only accompanies another file.</source>
        <translation>„%1“ gehört nur zu einer anderen Datei.</translation>
    </message>
    <message>
        <source>Open the main file, for a Shapefile the one that ends in .shp.</source>
        <translation>Öffnen Sie die Hauptdatei, bei einem Shapefile die mit der Endung .shp.</translation>
    </message>
    <message>
        <source>“%1” is damaged, or its content is not what its ending promises.</source>
        <translation>„%1“ ist beschädigt, oder der Inhalt ist nicht, was die Endung verspricht.</translation>
    </message>
    <message>
        <source>“%1” is of a kind that cannot be opened as a map layer.</source>
        <translation>„%1“ ist von einer Art, die sich nicht als Kartenebene öffnen lässt.</translation>
    </message>
    <message>
        <source>“%1” cannot be read.</source>
        <translation>„%1“ kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check whether you have the right to read it.</source>
        <translation>Prüfen Sie, ob Sie das Leserecht haben.</translation>
    </message>
    <message>
        <source>“%1” is an address in a network and no file.</source>
        <translation>„%1“ ist eine Netzadresse und keine Datei.</translation>
    </message>
    <message>
        <source>Save the data as a file first, then open the file.</source>
        <translation>Speichern Sie die Daten zuerst als Datei und öffnen Sie diese.</translation>
    </message>
    <message>
        <source>“%1” does not exist.</source>
        <translation>„%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>Check whether it was moved, renamed or is on a drive that is not connected.</source>
        <translation>Prüfen Sie, ob die Datei verschoben oder umbenannt wurde oder auf einem nicht verbundenen Laufwerk liegt.</translation>
    </message>
    <message>
        <source>“%1” is neither a file nor a folder.</source>
        <translation>„%1“ ist weder Datei noch Ordner.</translation>
    </message>
    <message>
        <source>“%1” may not be read.</source>
        <translation>„%1“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” contains no data that can be shown on a map.</source>
        <translation>„%1“ enthält keine Daten, die sich auf einer Karte zeigen lassen.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>“%1” contains no layer “%2”.</source>
        <translation>„%1“ enthält keine Ebene „%2“.</translation>
    </message>
    <message>
        <source>“%1” does not exist any more.</source>
        <translation>„%1“ gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>“%1” contains no layer.</source>
        <translation>„%1“ enthält keine Ebene.</translation>
    </message>
    <message>
        <source>“%1” was changed by another program since it was loaded.</source>
        <translation>„%1“ wurde seit dem Laden von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>Load the layer again.</source>
        <translation>Laden Sie die Ebene neu.</translation>
    </message>
    <message>
        <source>“%1” is being written by another program.</source>
        <translation>„%1“ wird gerade von einem anderen Programm geschrieben.</translation>
    </message>
    <message>
        <source>Try again when that program is done.</source>
        <translation>Versuchen Sie es erneut, wenn jenes Programm fertig ist.</translation>
    </message>
    <message>
        <source>A picture of %1 × %2 pixels cannot be made.</source>
        <translation>Ein Bild von %1 × %2 Pixeln kann nicht erzeugt werden.</translation>
    </message>
    <message>
        <source>The picture does not say where it lies; it is drawn in pixel coordinates. A world file beside it would help.</source>
        <translation>Das Bild sagt nicht, wo es liegt; es wird in Pixelkoordinaten gezeichnet. Eine World-Datei daneben hülfe.</translation>
    </message>
    <message>
        <source>The raster has %1 bands of values; the first one is drawn.</source>
        <translation>Das Raster hat %1 Wertekanäle; gezeichnet wird der erste.</translation>
    </message>
    <message>
        <source>“%1” is too large to be read as a table of JSON objects.</source>
        <translation>„%1“ ist zu groß, um als Tabelle aus JSON-Objekten gelesen zu werden.</translation>
    </message>
    <message>
        <source>Convert it to GeoJSON or GeoPackage.</source>
        <translation>Wandeln Sie die Datei in GeoJSON oder GeoPackage um.</translation>
    </message>
    <message>
        <source>“%1” is no valid JSON: there is a mistake at byte %2.</source>
        <translation>„%1“ ist kein gültiges JSON: Bei Byte %2 ist ein Fehler.</translation>
    </message>
    <message>
        <source>Get the file once more, or correct it in a text editor.</source>
        <translation>Besorgen Sie die Datei noch einmal oder berichtigen Sie sie in einem Texteditor.</translation>
    </message>
    <message>
        <source>“%1” is JSON, but holds no list of objects.</source>
        <translation>„%1“ ist JSON, enthält aber keine Liste von Objekten.</translation>
    </message>
    <message>
        <source>Save the table as UTF-8.</source>
        <translation>Speichern Sie die Tabelle als UTF-8.</translation>
    </message>
    <message>
        <source>“%1” is a text, but no table could be found in it.</source>
        <translation>„%1“ ist ein Text, aber eine Tabelle war darin nicht zu finden.</translation>
    </message>
    <message>
        <source>The shapes come from the column “%1”.</source>
        <translation>Die Geometrien stammen aus der Spalte „%1“.</translation>
    </message>
    <message>
        <source>The places come from the columns “%1” and “%2”.</source>
        <translation>Die Orte stammen aus den Spalten „%1“ und „%2“.</translation>
    </message>
    <message>
        <source>The file says that its texts are UTF-8, but they are not; they were read as Windows-1252.</source>
        <translation>Die Datei gibt ihre Texte als UTF-8 aus, sie sind es aber nicht; sie wurden als Windows-1252 gelesen.</translation>
    </message>
    <message>
        <source>The file does not say how its texts are encoded; they were read as Windows-1252.</source>
        <translation>Die Datei sagt nicht, wie ihre Texte kodiert sind; sie wurden als Windows-1252 gelesen.</translation>
    </message>
    <message>
        <source>“%1” is damaged: the file ends before its content begins.</source>
        <translation>„%1“ ist beschädigt: Die Datei endet, bevor ihr Inhalt beginnt.</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>Holen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“%1” could not be prepared for reading.</source>
        <translation>„%1“ konnte nicht zum Lesen vorbereitet werden.</translation>
    </message>
    <message>
        <source>The file holds a single shape and no list of objects.</source>
        <translation>Die Datei enthält eine einzelne Form und keine Liste von Objekten.</translation>
    </message>
    <message>
        <source>“%1” is no encoding in which the texts of “%2” could be read.</source>
        <translation>„%1“ ist keine Kodierung, in der die Texte von „%2“ gelesen werden könnten.</translation>
    </message>
    <message>
        <source>Choose e.g. UTF-8, ISO-8859-1 or Windows-1252.</source>
        <translation>Wählen Sie z. B. UTF-8, ISO-8859-1 oder Windows-1252.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete. What can be read of it is shown; the rest stays empty.</source>
        <translation>Die Datei ist beschädigt oder unvollständig. Gezeigt wird, was sich lesen lässt; der Rest bleibt leer.</translation>
    </message>
    <message>
        <source>“%1” is too large for a text in UTF-16.</source>
        <translation>„%1“ ist für einen Text in UTF-16 zu groß.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete: it has %1 of the %2 bytes that it should have. What is at its end is missing.</source>
        <translation>Die Datei ist beschädigt oder unvollständig: Sie hat %1 von %2 Byte, die sie haben müsste. Was am Ende stand, fehlt.</translation>
    </message>
    <message>
        <source>The table (.dbf) is damaged or incomplete: it has %1 of the %2 bytes that it should have. The last objects have no attributes.</source>
        <translation>Die Tabelle (.dbf) ist beschädigt oder unvollständig: Sie hat %1 von %2 Byte, die sie haben müsste. Die letzten Objekte haben keine Attribute.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete: it announces %1 objects, but not all of them are in it.</source>
        <translation>Die Datei ist beschädigt oder unvollständig: Sie kündigt %1 Objekte an, enthält aber nicht alle.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete: it breaks off before its end. What is missing there cannot be shown.</source>
        <translation>Die Datei ist beschädigt oder unvollständig: Sie bricht vor ihrem Ende ab. Was dort fehlt, kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>The file says that its texts are in “%1”, which is no known encoding; they were read as %2.</source>
        <translation>Laut Datei sind die Texte in „%1“ kodiert; diese Kodierung ist nicht bekannt. Gelesen wurden sie als %2.</translation>
    </message>
    <message>
        <source>“%1” describes what a service offers and holds no geodata itself.</source>
        <translation>„%1“ beschreibt, was ein Dienst anbietet, und enthält selbst keine Geodaten.</translation>
    </message>
    <message>
        <source>Add the service by its address.</source>
        <translation>Fügen Sie den Dienst mit seiner Adresse hinzu.</translation>
    </message>
    <message>
        <source>“%1” describes how objects are built and holds none itself.</source>
        <translation>„%1“ beschreibt, wie Objekte aufgebaut sind, und enthält selbst keine.</translation>
    </message>
    <message>
        <source>Open the file with the objects, or add the service by its address.</source>
        <translation>Öffnen Sie die Datei mit den Objekten, oder fügen Sie den Dienst mit seiner Adresse hinzu.</translation>
    </message>
    <message>
        <source>“%1” holds a style and no geodata.</source>
        <translation>„%1“ enthält eine Darstellung und keine Geodaten.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::GeneralPage</name>
    <message>
        <source>%1 invalid areas are outlined on the map.</source>
        <translation>%1 ungültige Flächen sind auf der Karte umrandet.</translation>
    </message>
    <message>
        <source>Nothing is loaded yet.</source>
        <translation>Noch ist nichts geladen.</translation>
    </message>
    <message>
        <source>%1 objects with %2 points, %3 in memory</source>
        <translation>%1 Objekte mit %2 Punkten, %3 im Speicher</translation>
    </message>
    <message>
        <source>What the map&apos;s readers should know about this layer</source>
        <translation>Was Leserinnen und Leser der Karte über diese Ebene wissen sollten</translation>
    </message>
    <message>
        <source>&amp;Title:</source>
        <translation>&amp;Titel:</translation>
    </message>
    <message>
        <source>&amp;Explanation:</source>
        <translation>&amp;Erläuterung:</translation>
    </message>
    <message>
        <source>Loaded:</source>
        <translation>Geladen:</translation>
    </message>
    <message>
        <source>Notes:</source>
        <translation>Hinweise:</translation>
    </message>
</context>
<context>
    <name>hanseatlas::GeoPackageDialog</name>
    <message>
        <source>Save the GeoPackage as</source>
        <translation>GeoPackage speichern unter</translation>
    </message>
    <message>
        <source>GeoPackages (*.gpkg)</source>
        <translation>GeoPackages (*.gpkg)</translation>
    </message>
    <message>
        <source>Export layers as GeoPackage</source>
        <translation>Ebenen als GeoPackage exportieren</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alle wählen</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Keine wählen</translation>
    </message>
    <message>
        <source>Contains personal data</source>
        <translation>Enthält personenbezogene Daten</translation>
    </message>
    <message>
        <source>&amp;Whole layers</source>
        <translation>&amp;Ganze Ebenen</translation>
    </message>
    <message>
        <source>Only what touches the &amp;visible part of the map</source>
        <translation>Nur was den &amp;sichtbaren Ausschnitt berührt</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Include layers with &amp;personal data</source>
        <translation>Ebenen mit &amp;personenbezogenen Daten einschließen</translation>
    </message>
    <message>
        <source>The file will hold personal data that anyone who has it can read. Pass it on only to those who may see them.</source>
        <translation>Die Datei wird personenbezogene Daten enthalten, die jeder lesen kann, der sie hat. Geben Sie sie nur an Berechtigte weiter.</translation>
    </message>
    <message>
        <source>&amp;Export GeoPackage</source>
        <translation>GeoPackage &amp;exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>Eine Ebene</numerusform>
            <numerusform>%n Ebenen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with personal data are left out</source>
        <translation>
            <numerusform>eine mit personenbezogenen Daten bleibt außen vor</numerusform>
            <numerusform>%n mit personenbezogenen Daten bleiben außen vor</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::GeoPackageTexts</name>
    <message>
        <source>%1: contains personal data</source>
        <translation>%1: enthält personenbezogene Daten</translation>
    </message>
    <message>
        <source>There is no layer to write.</source>
        <translation>Es gibt keine Ebene, die geschrieben werden könnte.</translation>
    </message>
    <message>
        <source>“%1” is also a source of this map and would be overwritten.</source>
        <translation>„%1“ ist zugleich eine Quelle dieser Karte und würde überschrieben.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“%1” was changed by another program while it was being exported.</source>
        <translation>„%1“ wurde während des Exports von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>Try again when that program is done. A file that was there before is untouched.</source>
        <translation>Versuchen Sie es erneut, wenn das andere Programm fertig ist. Eine vorher vorhandene Datei ist unverändert.</translation>
    </message>
    <message>
        <source>A map of a service has no pixels of its own that could be exported.</source>
        <translation>Die Karte eines Dienstes hat keine eigenen Bildpunkte, die sich exportieren ließen.</translation>
    </message>
    <message>
        <source>A PDF or a picture can hold it.</source>
        <translation>Ein PDF oder ein Bild kann sie aufnehmen.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::HelpPages</name>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Karte verschieben</translation>
    </message>
    <message>
        <source>Click, Enter</source>
        <translation>Klick, Eingabetaste</translation>
    </message>
    <message>
        <source>Ask what is there</source>
        <translation>Abfragen, was dort ist</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>Mausrad, Zweifingergeste</translation>
    </message>
    <message>
        <source>Zoom on the cursor; with Ctrl in fine steps</source>
        <translation>Am Mauszeiger zoomen; mit Strg in feinen Stufen</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Umschalt + Ziehen</translation>
    </message>
    <message>
        <source>Zoom to a box</source>
        <translation>Ausschnitt aufziehen</translation>
    </message>
    <message>
        <source>Ctrl + drag, Shift + wheel</source>
        <translation>Strg + Ziehen, Umschalt + Mausrad</translation>
    </message>
    <message>
        <source>Turn the map</source>
        <translation>Karte drehen</translation>
    </message>
    <message>
        <source>Middle button, Space + drag</source>
        <translation>Mittlere Taste, Leertaste + Ziehen</translation>
    </message>
    <message>
        <source>Move the map, with every tool</source>
        <translation>Karte verschieben, mit jedem Werkzeug</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Move the map; with Shift in large steps</source>
        <translation>Karte verschieben; mit Umschalt in großen Schritten</translation>
    </message>
    <message>
        <source>+ and −, Page Up and Page Down</source>
        <translation>+ und −, Bild auf und Bild ab</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>Auf der Karte</translation>
    </message>
    <message>
        <source>In the menu</source>
        <translation>Im Menü</translation>
    </message>
    <message>
        <source>A desktop GIS and dashboard for the Hansestadt Lübeck: see the city, ask it, and hand the result on.</source>
        <translation>Ein Desktop-GIS und Dashboard für die Hansestadt Lübeck: die Stadt sehen, befragen und das Ergebnis weitergeben.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder später. Ohne jede Gewährleistung.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::HistoryModel</name>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Until then</source>
        <translation>Bis dahin</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Occasion</source>
        <translation>Anlass</translation>
    </message>
</context>
<context>
    <name>hanseatlas::IdentifyTexts</name>
    <message>
        <source>There are %1 objects here; the nearest %2 are shown.</source>
        <translation>Hier liegen %1 Objekte; die nächsten %2 werden gezeigt.</translation>
    </message>
    <message>
        <source>Some objects are no longer in the source.</source>
        <translation>Einige Objekte sind nicht mehr in der Quelle.</translation>
    </message>
    <message>
        <source>Object %1</source>
        <translation>Objekt %1</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Band %1</source>
        <translation>Kanal %1</translation>
    </message>
    <message>
        <source>Pixel</source>
        <translation>Bildpunkt</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Answer of the service</source>
        <translation>Antwort des Dienstes</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ImageDialog</name>
    <message>
        <source>Save the picture as</source>
        <translation>Bild speichern unter</translation>
    </message>
    <message>
        <source>PNG pictures (*.png);;JPEG pictures (*.jpg *.jpeg)</source>
        <translation>PNG-Bilder (*.png);;JPEG-Bilder (*.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>Export the map as picture</source>
        <translation>Karte als Bild exportieren</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>How fine the picture is: more makes signs and texts larger in pixels</source>
        <translation>Feinheit des Bildes: Ein höherer Wert macht Zeichen und Texte in Pixeln größer</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>&amp;Auflösung</translation>
    </message>
    <message>
        <source>PNG, exact colours</source>
        <translation>PNG, genaue Farben</translation>
    </message>
    <message>
        <source>JPEG, small files for aerial pictures</source>
        <translation>JPEG, kleine Dateien für Luftbilder</translation>
    </message>
    <message>
        <source>S&amp;ources at the lower edge</source>
        <translation>&amp;Quellen am unteren Rand</translation>
    </message>
    <message>
        <source>Scale &amp;bar</source>
        <translation>&amp;Maßstabsleiste</translation>
    </message>
    <message>
        <source>&amp;Georeference beside the picture (world file)</source>
        <translation>Georeferenz &amp;neben dem Bild (World-Datei)</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export picture</source>
        <translation>Bild &amp;exportieren</translation>
    </message>
    <message>
        <source>%1 × %2 cm at this resolution, scale %3</source>
        <translation>%1 × %2 cm bei dieser Auflösung, Maßstab %3</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ImageTexts</name>
    <message>
        <source>Pictures are written as PNG or JPEG, not as “%1”.</source>
        <translation>Bilder werden als PNG oder JPEG geschrieben, nicht als „%1“.</translation>
    </message>
    <message>
        <source>A picture needs at least one pixel.</source>
        <translation>Ein Bild braucht mindestens einen Bildpunkt.</translation>
    </message>
    <message>
        <source>A picture of %1 × %2 pixels is too large.</source>
        <translation>Ein Bild von %1 × %2 Bildpunkten ist zu groß.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ImportPreview</name>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Import of measures</source>
        <translation>Import von Maßnahmen</translation>
    </message>
    <message>
        <source>%1: %2 new, %3 changed, %4 unchanged measures.</source>
        <translation>%1: %2 neue, %3 geänderte, %4 unveränderte Maßnahmen.</translation>
    </message>
    <message>
        <source>Not taken over, unknown columns: %1</source>
        <translation>Nicht übernommen, unbekannte Spalten: %1</translation>
    </message>
    <message>
        <source>Nothing would change</source>
        <translation>Es würde sich nichts ändern</translation>
    </message>
    <message>
        <source>What the file says of the measures is known already.</source>
        <translation>Was die Datei zu den Maßnahmen enthält, ist bereits bekannt.</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) cannot be taken over; their rows are left out.</source>
        <translation>
            <numerusform>%n Zelle kann nicht übernommen werden; ihre Zeile wird ausgelassen.</numerusform>
            <numerusform>%n Zellen können nicht übernommen werden; ihre Zeilen werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>&amp;Take over</source>
        <translation>&amp;Übernehmen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::IndexTexts</name>
    <message numerus="yes">
        <source>%1: %n outlier(s) were moved to the edge of what is usual.</source>
        <translation>
            <numerusform>%1: %n Ausreißer wurde an den Rand des Üblichen gesetzt.</numerusform>
            <numerusform>%1: %n Ausreißer wurden an den Rand des Üblichen gesetzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: all areas have the same value, so it tells nothing apart.</source>
        <translation>%1: Alle Gebiete haben denselben Wert; er unterscheidet nichts.</translation>
    </message>
    <message>
        <source>The indicator “%1” belongs to a goal that there is not.</source>
        <translation>Der Indikator „%1“ gehört zu einem Ziel, das es nicht gibt.</translation>
    </message>
    <message>
        <source>The weight of the indicator “%1” must be above 0.</source>
        <translation>Das Gewicht des Indikators „%1“ muss über 0 liegen.</translation>
    </message>
    <message>
        <source>The goalposts of the indicator “%1” must differ, the lower one first.</source>
        <translation>Die Zielmarken des Indikators „%1“ müssen sich unterscheiden, die untere zuerst.</translation>
    </message>
    <message>
        <source>The indicator “%1” has no goalposts.</source>
        <translation>Der Indikator „%1“ hat keine Zielmarken.</translation>
    </message>
    <message>
        <source>The indicator “%1” has no target.</source>
        <translation>Der Indikator „%1“ hat keinen Zielwert.</translation>
    </message>
    <message>
        <source>An index needs goals and indicators.</source>
        <translation>Ein Index braucht Ziele und Indikatoren.</translation>
    </message>
    <message>
        <source>The values do not fit the indicators and areas.</source>
        <translation>Die Werte passen nicht zu Indikatoren und Gebieten.</translation>
    </message>
    <message>
        <source>The threshold of coverage must lie between 0 and 1, the floor above 0.</source>
        <translation>Die Schwelle der Abdeckung muss zwischen 0 und 1 liegen, der Mindestwert über 0.</translation>
    </message>
    <message>
        <source>The weight of the goal “%1” must be above 0.</source>
        <translation>Das Gewicht des Ziels „%1“ muss über 0 liegen.</translation>
    </message>
    <message>
        <source>The indicator “%1” comes twice.</source>
        <translation>Der Indikator „%1“ kommt doppelt vor.</translation>
    </message>
    <message>
        <source>The number of runs must lie between 1 and %1, the spread of weights below 1.</source>
        <translation>Die Zahl der Durchläufe muss zwischen 1 und %1 liegen, die Streuung der Gewichte unter 1.</translation>
    </message>
    <message>
        <source>The formula “%1” cannot be read from character %2 on.</source>
        <translation>Die Formel „%1“ lässt sich ab Zeichen %2 nicht lesen.</translation>
    </message>
    <message>
        <source>The formula divides by 0.</source>
        <translation>Die Formel teilt durch 0.</translation>
    </message>
    <message>
        <source>The formula “%1 …” is too long.</source>
        <translation>Die Formel „%1 …“ ist zu lang.</translation>
    </message>
    <message>
        <source>The index “%1” cannot be read: %2</source>
        <translation>Der Index „%1“ lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>its id is missing or has signs that it must not have</source>
        <translation>Die Kennung fehlt oder hat Zeichen, die sie nicht haben darf</translation>
    </message>
    <message>
        <source>it has no title</source>
        <translation>Der Titel fehlt</translation>
    </message>
    <message>
        <source>its goalposts must be two that differ, the lower one first</source>
        <translation>Zielmarken müssen zwei verschiedene sein, die untere zuerst</translation>
    </message>
    <message>
        <source>its period must be “month”, “quarter” or “year”</source>
        <translation>Der Zeitraum muss „month“, „quarter“ oder „year“ sein</translation>
    </message>
    <message>
        <source>it serves no goal</source>
        <translation>Kein Ziel ist genannt</translation>
    </message>
    <message>
        <source>its weights must be above 0</source>
        <translation>Gewichte müssen über 0 liegen</translation>
    </message>
    <message>
        <source>its source is not named</source>
        <translation>Die Quelle ist nicht benannt</translation>
    </message>
    <message>
        <source>the indicator “%1”: %2.</source>
        <translation>Indikator „%1“: %2.</translation>
    </message>
    <message>
        <source>its source is of no known kind</source>
        <translation>Die Art der Quelle ist unbekannt</translation>
    </message>
    <message>
        <source>the goal “%1” comes twice or has no weight.</source>
        <translation>Das Ziel „%1“ kommt doppelt vor oder hat kein Gewicht.</translation>
    </message>
    <message>
        <source>the indicator “%1” comes twice.</source>
        <translation>Der Indikator „%1“ kommt doppelt vor.</translation>
    </message>
    <message>
        <source>the indicator “%1” serves the goal “%2”, which there is not.</source>
        <translation>Der Indikator „%1“ nennt das Ziel „%2“, das es nicht gibt.</translation>
    </message>
    <message>
        <source>the formula of “%1” names “%2”, which there is not.</source>
        <translation>Die Formel von „%1“ nennt „%2“, das es nicht gibt.</translation>
    </message>
    <message>
        <source>the formula of “%1” goes in a circle.</source>
        <translation>Die Formel von „%1“ geht im Kreis.</translation>
    </message>
    <message>
        <source>The index “%1” is too large to be read.</source>
        <translation>Der Index „%1“ ist zu groß zum Lesen.</translation>
    </message>
    <message>
        <source>it is no JSON from byte %1 on.</source>
        <translation>ab Byte %1 ist es kein JSON.</translation>
    </message>
    <message>
        <source>it is not a file of the form “%1”.</source>
        <translation>es ist keine Datei der Form „%1“.</translation>
    </message>
    <message>
        <source>The index “%1” was written for a newer version of the program.</source>
        <translation>Der Index „%1“ ist für eine neuere Version des Programms geschrieben.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Weighted mean of what is known.</source>
        <translation>Gewichtetes Mittel dessen, was bekannt ist.</translation>
    </message>
    <message>
        <source>Weighted geometric mean of what is known.</source>
        <translation>Gewichtetes geometrisches Mittel dessen, was bekannt ist.</translation>
    </message>
    <message>
        <source>Known: %1 % of the weight.</source>
        <translation>Bekannt: %1 % des Gewichts.</translation>
    </message>
    <message>
        <source>Less than %1 % is too little for a score.</source>
        <translation>Weniger als %1 % sind für eine Punktzahl zu wenig.</translation>
    </message>
    <message>
        <source>Weighted mean of the goals that have a score. Known: %1 % of the weight.</source>
        <translation>Gewichtetes Mittel der Ziele, die eine Punktzahl haben. Bekannt: %1 % des Gewichts.</translation>
    </message>
    <message>
        <source>Weighted geometric mean of the goals that have a score. Known: %1 % of the weight.</source>
        <translation>Gewichtetes geometrisches Mittel der Ziele, die eine Punktzahl haben. Bekannt: %1 % des Gewichts.</translation>
    </message>
    <message>
        <source>There are no data: it lowers the coverage, not the value.</source>
        <translation>Es gibt keine Daten: Das senkt die Abdeckung, nicht den Wert.</translation>
    </message>
    <message>
        <source>%1 are 0 points and %2 are 100, evenly in between: %3 make %4 points.</source>
        <translation>%1 sind 0 Punkte, %2 sind 100, dazwischen gleichmäßig: %3 ergeben %4 Punkte.</translation>
    </message>
    <message>
        <source>the measures of the Digital Strategy</source>
        <translation>die Maßnahmen der Digitalen Strategie</translation>
    </message>
    <message>
        <source>worked out of other indicators</source>
        <translation>aus anderen Indikatoren berechnet</translation>
    </message>
    <message>
        <source>nobody delivers it yet</source>
        <translation>noch liefert sie niemand</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>noch keine Daten</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Zuvor</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>Eingebracht</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Kennungen</translation>
    </message>
    <message>
        <source>No indicator is asked for.</source>
        <translation>Es wird nach keinem Indikator gefragt.</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>quarter %1 of %2</source>
        <translation>%1. Quartal %2</translation>
    </message>
    <message>
        <source>“%1” has two columns of the same kind: “%2” and “%3”.</source>
        <translation>„%1“ hat zwei Spalten derselben Art: „%2“ und „%3“.</translation>
    </message>
    <message>
        <source>“%1” lacks the column “%2”.</source>
        <translation>In „%1“ fehlt die Spalte „%2“.</translation>
    </message>
    <message>
        <source>A table of values has the columns %1, %2, %3 and, if need be, %4.</source>
        <translation>Eine Tabelle mit Werten hat die Spalten %1, %2, %3 und bei Bedarf %4.</translation>
    </message>
    <message>
        <source>There is no indicator “%1”.</source>
        <translation>Es gibt keinen Indikator „%1“.</translation>
    </message>
    <message>
        <source>“%1” is worked out, not brought in.</source>
        <translation>„%1“ wird berechnet, nicht eingebracht.</translation>
    </message>
    <message>
        <source>“%1” is no period, such as 2025, 2025-Q1 or 2025-03.</source>
        <translation>„%1“ ist kein Zeitraum wie 2025, 2025-Q1 oder 2025-03.</translation>
    </message>
    <message>
        <source>“%1” is no number.</source>
        <translation>„%1“ ist keine Zahl.</translation>
    </message>
    <message>
        <source>“%1” is no share: it must lie between 0 and 100 %.</source>
        <translation>„%1“ ist kein Anteil: Er muss zwischen 0 und 100 % liegen.</translation>
    </message>
    <message>
        <source>“%1” is only known for the whole city.</source>
        <translation>„%1“ gibt es nur für die ganze Stadt.</translation>
    </message>
    <message>
        <source>Row %1 has a value of the same indicator, period and area already.</source>
        <translation>Zeile %1 enthält schon einen Wert für denselben Indikator, Zeitraum und Stadtteil.</translation>
    </message>
    <message>
        <source>The file “%1” does not exist.</source>
        <translation>Die Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The file “%1” may not be read.</source>
        <translation>Die Datei „%1“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” is too large to be read as a table of values.</source>
        <translation>„%1“ ist zu groß, um als Tabelle mit Werten gelesen zu werden.</translation>
    </message>
    <message>
        <source>At most %1 rows are read.</source>
        <translation>Es werden höchstens %1 Zeilen gelesen.</translation>
    </message>
    <message>
        <source>“%1” cannot be read as a table of values.</source>
        <translation>„%1“ kann nicht als Tabelle mit Werten gelesen werden.</translation>
    </message>
    <message>
        <source>Give it as CSV, XLSX, ODS or GeoPackage.</source>
        <translation>Speichern Sie sie als CSV, XLSX, ODS oder GeoPackage.</translation>
    </message>
    <message>
        <source>A value of “%1” cannot be stored.</source>
        <translation>Ein Wert von „%1“ kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>“%1” has two values for the same period and area.</source>
        <translation>„%1“ hat zwei Werte für denselben Zeitraum und Stadtteil.</translation>
    </message>
    <message>
        <source>“%1” is none of count, area, share and mean.</source>
        <translation>„%1“ ist keines von count, area, share und mean.</translation>
    </message>
    <message>
        <source>There are no areas to work it out for.</source>
        <translation>Es gibt keine Flächen, für die zu rechnen wäre.</translation>
    </message>
    <message>
        <source>The layer “%1” has no column “%2”.</source>
        <translation>Die Ebene „%1“ hat keine Spalte „%2“.</translation>
    </message>
    <message numerus="yes">
        <source>%n area(s) could not be cut and were left out.</source>
        <translation>
            <numerusform>%n Fläche ließ sich nicht zuschneiden und wurde ausgelassen.</numerusform>
            <numerusform>%n Flächen ließen sich nicht zuschneiden und wurden ausgelassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::IndexWheel</name>
    <message>
        <source>Index wheel</source>
        <translation>Indexrad</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Field of action</source>
        <translation>Themenfeld</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>%1 of 100, coverage %2 %</source>
        <translation>%1 von 100, Abdeckung %2 %</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>Coverage
%1 %</source>
        <translation>Abdeckung
%1 %</translation>
    </message>
</context>
<context>
    <name>hanseatlas::IndicatorFace</name>
    <message>
        <source>Show how this number came about</source>
        <translation>Zeigen, wie diese Zahl zustande kam</translation>
    </message>
    <message>
        <source>It lowers the coverage, not the value.</source>
        <translation>Das senkt die Abdeckung, nicht den Wert.</translation>
    </message>
    <message>
        <source>Target: %1 by %2</source>
        <translation>Ziel: %1 bis %2</translation>
    </message>
    <message>
        <source>Target: %1</source>
        <translation>Ziel: %1</translation>
    </message>
    <message>
        <source>unchanged since %1</source>
        <translation>unverändert seit %1</translation>
    </message>
    <message>
        <source>%1 %2 since %3, better</source>
        <comment>arrow, value, period</comment>
        <translation>%1 %2 seit %3, besser</translation>
    </message>
    <message>
        <source>%1 %2 since %3, worse</source>
        <translation>%1 %2 seit %3, schlechter</translation>
    </message>
    <message>
        <source>percentage points</source>
        <translation>Prozentpunkte</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LayerDelegate</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LayerLoader</name>
    <message>
        <source>There is not enough memory for the layer “%1”.</source>
        <translation>Für die Ebene „%1“ reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>Remove other layers first, or open only a part of the data.</source>
        <translation>Entfernen Sie andere Ebenen oder öffnen Sie nur einen Teil der Daten.</translation>
    </message>
    <message>
        <source>The layer “%1” could not be loaded.</source>
        <translation>Die Ebene „%1“ konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>Loading the layer “%1” was interrupted.</source>
        <translation>Das Laden der Ebene „%1“ wurde unterbrochen.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LayerPanel</name>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Find a layer</source>
        <translation>Ebene suchen</translation>
    </message>
    <message>
        <source>More for layers</source>
        <translation>Mehr zu Ebenen</translation>
    </message>
    <message>
        <source>No layers yet</source>
        <translation>Noch keine Ebenen</translation>
    </message>
    <message>
        <source>Drop files here, or add a layer from a file. A theme map brings its own layers.</source>
        <translation>Legen Sie Dateien hier ab oder fügen Sie eine Ebene aus einer Datei hinzu. Eine Themenkarte bringt ihre eigenen Ebenen mit.</translation>
    </message>
    <message>
        <source>No layer has this name.</source>
        <translation>Keine Ebene heißt so.</translation>
    </message>
    <message>
        <source>&amp;Opacity</source>
        <translation>&amp;Deckkraft</translation>
    </message>
    <message>
        <source>Opacity of the chosen layer in percent</source>
        <translation>Deckkraft der gewählten Ebene in Prozent</translation>
    </message>
    <message>
        <source>Add layers …</source>
        <translation>Ebenen hinzufügen …</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>Ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Visible at scales</source>
        <translation>Sichtbar in Maßstäben</translation>
    </message>
    <message>
        <source>Zoom to layer</source>
        <translation>Auf Ebene zoomen</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Properties …</source>
        <translation>Eigenschaften …</translation>
    </message>
    <message>
        <source>Show all layers</source>
        <translation>Alle Ebenen einblenden</translation>
    </message>
    <message>
        <source>Hide all layers</source>
        <translation>Alle Ebenen ausblenden</translation>
    </message>
    <message>
        <source>Fold or unfold all legends</source>
        <translation>Alle Legenden auf- oder zuklappen</translation>
    </message>
    <message>
        <source>At every scale</source>
        <translation>In jedem Maßstab</translation>
    </message>
    <message>
        <source>From the scale now (%1) inwards</source>
        <translation>Ab dem jetzigen Maßstab (%1) und größer</translation>
    </message>
    <message>
        <source>From the scale now (%1) outwards</source>
        <translation>Ab dem jetzigen Maßstab (%1) und kleiner</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LayerPanelModel</name>
    <message>
        <source>%1 invalid areas are outlined on the map.</source>
        <translation>%1 ungültige Flächen sind auf der Karte umrandet.</translation>
    </message>
    <message>
        <source>%1 (%2 objects)</source>
        <translation>%1 (%2 Objekte)</translation>
    </message>
    <message>
        <source>Line of the legend</source>
        <translation>Zeile der Legende</translation>
    </message>
    <message>
        <source>Show class</source>
        <translation>Klasse einblenden</translation>
    </message>
    <message>
        <source>Hide class</source>
        <translation>Klasse ausblenden</translation>
    </message>
    <message>
        <source>Fetched from the server: %1</source>
        <translation>Vom Server geholt: %1</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LayerProperties</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Properties of “%1”</source>
        <translation>Eigenschaften von „%1“</translation>
    </message>
    <message>
        <source>Change properties</source>
        <translation>Eigenschaften ändern</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LayerTree</name>
    <message>
        <source>Remove layer</source>
        <translation>Ebene entfernen</translation>
    </message>
    <message>
        <source>Group layers</source>
        <translation>Ebenen gruppieren</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>Ebene duplizieren</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>Ebene einblenden</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>Ebene ausblenden</translation>
    </message>
    <message>
        <source>Show all layers</source>
        <translation>Alle Ebenen einblenden</translation>
    </message>
    <message>
        <source>Hide all layers</source>
        <translation>Alle Ebenen ausblenden</translation>
    </message>
    <message>
        <source>Move layer up</source>
        <translation>Ebene nach oben</translation>
    </message>
    <message>
        <source>Move layer down</source>
        <translation>Ebene nach unten</translation>
    </message>
    <message>
        <source>Change layer</source>
        <translation>Ebene ändern</translation>
    </message>
    <message>
        <source>The layer or group is no longer there.</source>
        <translation>Die Ebene oder Gruppe gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The layer cannot be put there.</source>
        <translation>Dorthin kann die Ebene nicht.</translation>
    </message>
    <message>
        <source>A group cannot be moved into itself, and nothing into a layer.</source>
        <translation>Eine Gruppe kann nicht in sich selbst verschoben werden und nichts in eine Ebene.</translation>
    </message>
    <message>
        <source>A group cannot become a layer, nor a layer a group.</source>
        <translation>Aus einer Gruppe kann keine Ebene werden und aus einer Ebene keine Gruppe.</translation>
    </message>
    <message>
        <source>The layers contradict each other: one of them is there twice.</source>
        <translation>Die Ebenen widersprechen sich: Eine von ihnen ist doppelt.</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Not shown at this scale.</source>
        <translation>In diesem Maßstab nicht gezeigt.</translation>
    </message>
    <message>
        <source>Rename group</source>
        <translation>Gruppe umbenennen</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>Ebene umbenennen</translation>
    </message>
    <message>
        <source>Show group</source>
        <translation>Gruppe einblenden</translation>
    </message>
    <message>
        <source>Hide group</source>
        <translation>Gruppe ausblenden</translation>
    </message>
    <message>
        <source>Change opacity</source>
        <translation>Deckkraft ändern</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>Ebene verschieben</translation>
    </message>
    <message>
        <source>Move layers</source>
        <translation>Ebenen verschieben</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LiveFeatureTexts</name>
    <message numerus="yes">
        <source>%n object(s) have a damaged geometry and were left out.</source>
        <translation>
            <numerusform>Ein Objekt hat eine beschädigte Geometrie und wurde ausgelassen.</numerusform>
            <numerusform>%n Objekte haben eine beschädigte Geometrie und wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n object(s) only a part of the geometry can be shown.</source>
        <translation>
            <numerusform>Von %n Objekt lässt sich nur ein Teil der Geometrie zeigen.</numerusform>
            <numerusform>Von %n Objekten lässt sich nur ein Teil der Geometrie zeigen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have no geometry and are not on the map.</source>
        <translation>
            <numerusform>Ein Objekt hat keine Geometrie und ist nicht auf der Karte.</numerusform>
            <numerusform>%n Objekte haben keine Geometrie und sind nicht auf der Karte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server gave %n object(s) again on a later page; they were taken once. Others may be missing for them.</source>
        <translation>
            <numerusform>Der Server hat %n Objekt auf einer späteren Seite noch einmal geliefert; es wurde einmal übernommen. Dafür kann ein anderes fehlen.</numerusform>
            <numerusform>Der Server hat %n Objekte auf einer späteren Seite noch einmal geliefert; sie wurden einmal übernommen. Dafür können andere fehlen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The layer has more fields than can be read.</source>
        <translation>Die Ebene hat mehr Felder, als gelesen werden können.</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) of the field “%1” are not of its type and were left out.</source>
        <translation>
            <numerusform>%n Wert des Feldes „%1“ passt nicht zu dessen Typ und wurde weggelassen.</numerusform>
            <numerusform>%n Werte des Feldes „%1“ passen nicht zu dessen Typ und wurden weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server gives the axes of “%1” in the wrong order; this was put right.</source>
        <translation>Der Server liefert die Achsen von „%1“ in falscher Reihenfolge; das wurde berichtigt.</translation>
    </message>
    <message>
        <source>INCOMPLETE: only %1 of %2 objects came, %3 are missing.</source>
        <translation>UNVOLLSTÄNDIG: Nur %1 von %2 Objekten kamen an, %3 fehlen.</translation>
    </message>
    <message>
        <source>PERHAPS INCOMPLETE: %1 objects came, as many as the server gives at once, and it does not tell whether there are more.</source>
        <translation>VIELLEICHT UNVOLLSTÄNDIG: %1 Objekte kamen an, so viele, wie der Server auf einmal liefert; ob es mehr gibt, sagt er nicht.</translation>
    </message>
    <message>
        <source>%1 The server gives no more than %2 at once, and no way to the others.</source>
        <translation>%1 Der Server liefert höchstens %2 auf einmal und keinen Weg zu den übrigen.</translation>
    </message>
    <message>
        <source>%1 It says: “%2”</source>
        <translation>%1 Die Antwort lautet: „%2“</translation>
    </message>
    <message>
        <source>The layer has more objects than can be held.</source>
        <translation>Die Ebene hat mehr Objekte, als aufgenommen werden können.</translation>
    </message>
    <message>
        <source>Ask only for a part of it.</source>
        <translation>Fragen Sie nur einen Teil davon ab.</translation>
    </message>
    <message>
        <source>The service “%1” has no layer “%2” any more.</source>
        <translation>Der Dienst „%1“ hat keine Ebene „%2“ mehr.</translation>
    </message>
    <message>
        <source>Look for it among the layers of the service.</source>
        <translation>Suchen Sie sie unter den Ebenen des Dienstes.</translation>
    </message>
    <message>
        <source>The service “%1” answers only to queries of its own, which cannot be asked.</source>
        <translation>Der Dienst „%1“ antwortet nur auf eigene Abfragen, die hier nicht gestellt werden können.</translation>
    </message>
    <message>
        <source>“%1” holds no objects that could be drawn.</source>
        <translation>„%1“ enthält keine Objekte, die sich zeichnen ließen.</translation>
    </message>
    <message>
        <source>The service of “%1” cannot select objects by a condition.</source>
        <translation>Der Dienst von „%1“ kann Objekte nicht nach einer Bedingung auswählen.</translation>
    </message>
    <message>
        <source>Take the whole layer, and filter it on the map.</source>
        <translation>Nehmen Sie die ganze Ebene und filtern Sie auf der Karte.</translation>
    </message>
    <message>
        <source>The server&apos;s answer holds no list of objects.</source>
        <translation>Die Antwort des Servers enthält keine Objektliste.</translation>
    </message>
    <message>
        <source>Object %1 of the server&apos;s answer is damaged JSON.</source>
        <translation>Objekt %1 in der Antwort des Servers ist beschädigtes JSON.</translation>
    </message>
    <message>
        <source>Try again later; if it happens again, tell the operator of the service.</source>
        <translation>Versuchen Sie es später erneut; geschieht es wieder, benachrichtigen Sie den Betreiber des Dienstes.</translation>
    </message>
    <message>
        <source>The server&apos;s answer defines XML entities. Such documents are not read.</source>
        <translation>Die Antwort des Servers definiert XML-Entitäten. Solche Dokumente werden nicht gelesen.</translation>
    </message>
    <message>
        <source>The server&apos;s answer is larger or nested deeper than can be read.</source>
        <translation>Die Antwort des Servers ist größer oder tiefer verschachtelt, als gelesen werden kann.</translation>
    </message>
    <message>
        <source>The server&apos;s answer is damaged XML: it breaks off or is not well-formed in line %1.</source>
        <translation>Die Antwort des Servers ist beschädigtes XML: Sie bricht in Zeile %1 ab oder ist dort nicht wohlgeformt.</translation>
    </message>
    <message>
        <source>“%1” has not been fetched yet, and the program works offline.</source>
        <translation>„%1“ wurde noch nicht abgerufen, und das Programm arbeitet ohne Netz.</translation>
    </message>
    <message>
        <source>Go online once; from then on the layer is there without a network, too.</source>
        <translation>Gehen Sie einmal online; danach ist die Ebene auch ohne Netz da.</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>the objects of “%1”</source>
        <translation>die Objekte von „%1“</translation>
    </message>
    <message>
        <source>The layer has several geometries; “%1” is shown.</source>
        <translation>Die Ebene hat mehrere Geometrien; gezeigt wird „%1“.</translation>
    </message>
    <message>
        <source>The service does not describe the fields of this layer; their types were taken from the values.</source>
        <translation>Der Dienst beschreibt die Felder dieser Ebene nicht; ihre Typen wurden aus den Werten abgeleitet.</translation>
    </message>
    <message>
        <source>The table does not say in what coordinate system it is; taken: %1</source>
        <translation>Die Tabelle nennt ihr Koordinatensystem nicht; angenommen: %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::LiveTexts</name>
    <message>
        <source>the map image</source>
        <translation>das Kartenbild</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of the map did not come: %1</source>
        <translation>
            <numerusform>%n Kartenbild kam nicht an: %1</numerusform>
            <numerusform>%n Kartenbilder kamen nicht an: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>the list of layers</source>
        <translation>die Liste der Ebenen</translation>
    </message>
    <message>
        <source>“%1” sent a damaged image.</source>
        <translation>„%1“ hat ein beschädigtes Bild gesendet.</translation>
    </message>
    <message>
        <source>The service offers this layer in no coordinate system that is known here.</source>
        <translation>Der Dienst bietet diese Ebene in keinem hier bekannten Koordinatensystem an.</translation>
    </message>
    <message>
        <source>The service offers “%1” in no coordinate system that is known here.</source>
        <translation>Der Dienst bietet „%1“ in keinem hier bekannten Koordinatensystem an.</translation>
    </message>
    <message>
        <source>Map tiles</source>
        <translation>Kartenkacheln</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>About the service</source>
        <translation>Über den Dienst</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>The service “%1” has no layer “%2” any more.</source>
        <translation>Der Dienst „%1“ hat keine Ebene „%2“ mehr.</translation>
    </message>
    <message>
        <source>Look for the layer in the service&apos;s list and add it anew.</source>
        <translation>Suchen Sie die Ebene in der Liste des Dienstes und fügen Sie sie neu hinzu.</translation>
    </message>
    <message>
        <source>Descriptions of services</source>
        <translation>Beschreibungen von Diensten</translation>
    </message>
    <message>
        <source>The address leads to: %1. Such sources are not opened here.</source>
        <translation>Die Adresse führt zu: %1. Solche Quellen werden hier nicht geöffnet.</translation>
    </message>
    <message>
        <source>Layers come from addresses of WMS, WMTS, WFS and map tiles.</source>
        <translation>Ebenen kommen von Adressen von WMS, WMTS, WFS, OGC API Features und Kartenkacheln.</translation>
    </message>
    <message>
        <source>As it was on %1: %2</source>
        <translation>Stand vom %1: %2</translation>
    </message>
    <message>
        <source>Nothing that can be shown answers at “%1”.</source>
        <translation>Unter „%1“ antwortet nichts, was sich zeigen ließe.</translation>
    </message>
    <message>
        <source>the style of the map</source>
        <translation>der Stil der Karte</translation>
    </message>
    <message>
        <source>the description of the tiles</source>
        <translation>die Beschreibung der Kacheln</translation>
    </message>
    <message>
        <source>the icons of the map</source>
        <translation>die Symbole der Karte</translation>
    </message>
    <message>
        <source>The icons of the map are missing: %1</source>
        <translation>Die Symbole der Karte fehlen: %1</translation>
    </message>
    <message>
        <source>The style names “%1”, which cannot be fetched.</source>
        <translation>Der Stil nennt „%1“; dies kann nicht abgerufen werden.</translation>
    </message>
    <message>
        <source>“%1” does not exist.</source>
        <translation>„%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” is too large.</source>
        <translation>„%1“ ist zu groß.</translation>
    </message>
    <message>
        <source>“%1” may not be read.</source>
        <translation>„%1“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” sent a damaged map tile.</source>
        <translation>„%1“ hat eine beschädigte Kartenkachel gesendet.</translation>
    </message>
    <message>
        <source>Vector tiles</source>
        <translation>Vektorkacheln</translation>
    </message>
    <message>
        <source>“%1” is no address of a database.</source>
        <translation>„%1“ ist keine Adresse einer Datenbank.</translation>
    </message>
    <message>
        <source>Give it as postgresql://user@host/database.</source>
        <translation>Geben Sie sie als postgresql://benutzer@rechner/datenbank an.</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Which table of the database is meant?</source>
        <translation>Welche Tabelle der Datenbank ist gemeint?</translation>
    </message>
    <message>
        <source>Which objects of the layer are wanted cannot be understood.</source>
        <translation>Es ist nicht zu verstehen, welche Objekte der Ebene gewünscht sind.</translation>
    </message>
    <message>
        <source>Set the selection anew in the properties of the layer.</source>
        <translation>Stellen Sie die Auswahl in den Eigenschaften der Ebene neu ein.</translation>
    </message>
    <message>
        <source>A web page came from “%1”, and no file.</source>
        <translation>Von „%1“ kam eine Webseite und keine Datei.</translation>
    </message>
    <message>
        <source>Look on the page for the address of the file itself.</source>
        <translation>Suchen Sie auf der Seite die Adresse der Datei selbst.</translation>
    </message>
    <message>
        <source>There is no place for the file of “%1”.</source>
        <translation>Für die Datei von „%1“ gibt es keinen Platz.</translation>
    </message>
    <message>
        <source>The file of “%1” could not be written.</source>
        <translation>Die Datei von „%1“ ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>Make room on the disk.</source>
        <translation>Schaffen Sie Platz auf der Festplatte.</translation>
    </message>
    <message>
        <source>“%1” would take more than %L2 images.</source>
        <translation>Für „%1“ wären mehr als %L2 Bilder nötig.</translation>
    </message>
    <message>
        <source>A smaller area or fewer scales take less.</source>
        <translation>Ein kleineres Gebiet oder weniger Maßstäbe brauchen weniger.</translation>
    </message>
    <message>
        <source>“%1” sent a legend that is damaged or too large.</source>
        <translation>„%1“ hat eine beschädigte oder zu große Legende gesendet.</translation>
    </message>
    <message>
        <source>There is no legend.</source>
        <translation>Es gibt keine Legende.</translation>
    </message>
    <message>
        <source>the legend</source>
        <translation>die Legende</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Themes</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Themes and layers</source>
        <translation>Themen und Ebenen</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Rotation of the map</source>
        <translation>Drehung der Karte</translation>
    </message>
    <message>
        <source>Rotation of the map, clockwise</source>
        <translation>Drehung der Karte im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>Coordinate system of the map</source>
        <translation>Koordinatenbezugssystem der Karte</translation>
    </message>
    <message>
        <source>Own coordinate system</source>
        <translation>Eigenes Koordinatenbezugssystem</translation>
    </message>
    <message>
        <source>The demo city is being built…</source>
        <translation>Die Demostadt wird gebaut …</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Loading layers…</source>
        <translation>Ebenen werden geladen …</translation>
    </message>
    <message>
        <source>Save changes?</source>
        <translation>Änderungen speichern?</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>„%1“ enthält Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>F11 or Escape ends the full screen.</source>
        <translation>F11 oder Escape beendet das Vollbild.</translation>
    </message>
    <message>
        <source>The language changes with the next start.</source>
        <translation>Die Sprache wechselt beim nächsten Start.</translation>
    </message>
    <message>
        <source>Save workspace</source>
        <translation>Arbeitsmappe speichern</translation>
    </message>
    <message>
        <source>Hanseatlas workspaces (*.hatlas)</source>
        <translation>Hanseatlas-Arbeitsmappen (*.hatlas)</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>What is here?</source>
        <translation>Was ist hier?</translation>
    </message>
    <message>
        <source>Copy coordinates</source>
        <translation>Koordinaten kopieren</translation>
    </message>
    <message>
        <source>Centre here</source>
        <translation>Hierhin zentrieren</translation>
    </message>
    <message>
        <source>The linked file “%1” does not exist.</source>
        <translation>Die verknüpfte Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>EPSG code, for example 25833 or EPSG:25833:</source>
        <translation>EPSG-Code, zum Beispiel 25833 oder EPSG:25833:</translation>
    </message>
    <message>
        <source>“%1” is no coordinate system that is known here.</source>
        <translation>„%1“ ist kein hier bekanntes Koordinatenbezugssystem.</translation>
    </message>
    <message>
        <source>Layers that cannot be drawn completely: %1</source>
        <translation>Nicht vollständig gezeichnete Ebenen: %1</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>Arbeitsmappe öffnen</translation>
    </message>
    <message>
        <source>The map holds layers of yours that are in no workspace yet.</source>
        <translation>Auf der Karte liegen eigene Ebenen, die noch in keiner Arbeitsmappe gespeichert sind.</translation>
    </message>
    <message>
        <source>Working without network: services show what they sent before.</source>
        <translation>Ohne Netz: Dienste zeigen, was sie früher gesendet haben.</translation>
    </message>
    <message>
        <source>The network is used again.</source>
        <translation>Das Netz wird wieder benutzt.</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Added to the map: %1</source>
        <translation>Zur Karte hinzugefügt: %1</translation>
    </message>
    <message numerus="yes">
        <source>Added to the map: %n entries</source>
        <translation>
            <numerusform>Zur Karte hinzugefügt: %n Eintrag</numerusform>
            <numerusform>Zur Karte hinzugefügt: %n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Catalogues that cannot be read: %1</source>
        <translation>Nicht lesbare Kataloge: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more: zoom in to tell them apart</source>
        <translation>
            <numerusform>%n weitere: vergrößern, um sie zu unterscheiden</numerusform>
            <numerusform>%n weitere: vergrößern, um sie zu unterscheiden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::MapCanvas</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>North is there. A click turns the map back.</source>
        <translation>Dort ist Norden. Ein Klick dreht die Karte zurück.</translation>
    </message>
    <message>
        <source>N</source>
        <comment>north</comment>
        <translation>N</translation>
    </message>
    <message>
        <source>Drop here to add to the map</source>
        <translation>Hier ablegen, um es zur Karte hinzuzufügen</translation>
    </message>
    <message>
        <source>The map is empty</source>
        <translation>Die Karte ist leer</translation>
    </message>
    <message>
        <source>Drop files here, or begin with one of these:</source>
        <translation>Legen Sie Dateien hier ab oder beginnen Sie hiermit:</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MapPicture</name>
    <message>
        <source>The map could not be drawn.</source>
        <translation>Die Karte konnte nicht gezeichnet werden.</translation>
    </message>
    <message>
        <source>Switch off layers or make the window smaller.</source>
        <translation>Schalten Sie Ebenen aus oder verkleinern Sie das Fenster.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureBoard</name>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>Stage not reported</source>
        <translation>Stufe nicht gemeldet</translation>
    </message>
    <message>
        <source>The strategy does not tell where these stand.</source>
        <translation>Die Strategie nennt ihren Stand nicht.</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>Verschieben nach</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureDesk</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Opening the measures…</source>
        <translation>Maßnahmen werden geöffnet …</translation>
    </message>
    <message>
        <source>Digital Strategy</source>
        <translation>Digitale Strategie</translation>
    </message>
    <message>
        <source>Import measures</source>
        <translation>Maßnahmen importieren</translation>
    </message>
    <message>
        <source>Tables and files of measures (*.csv *.xlsx *.ods *.gpkg *.json)</source>
        <translation>Tabellen und Dateien mit Maßnahmen (*.csv *.xlsx *.ods *.gpkg *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>Row %1, %2: %3</source>
        <translation>Zeile %1, %2: %3</translation>
    </message>
    <message>
        <source>Import of %1</source>
        <translation>Import von %1</translation>
    </message>
    <message>
        <source>The measures were changed meanwhile. Import the file again.</source>
        <translation>Die Maßnahmen wurden inzwischen geändert. Importieren Sie die Datei erneut.</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s) were taken over.</source>
        <translation>
            <numerusform>%n Maßnahme wurde übernommen.</numerusform>
            <numerusform>%n Maßnahmen wurden übernommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export measures</source>
        <translation>Maßnahmen exportieren</translation>
    </message>
    <message>
        <source>Excel table (*.xlsx)</source>
        <translation>Excel-Tabelle (*.xlsx)</translation>
    </message>
    <message>
        <source>OpenDocument table (*.ods)</source>
        <translation>OpenDocument-Tabelle (*.ods)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Measures as JSON (*.json)</source>
        <translation>Maßnahmen als JSON (*.json)</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben …</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Export measures as open data</source>
        <translation>Maßnahmen als offene Daten exportieren</translation>
    </message>
    <message>
        <source>CSV with its description (*.csv)</source>
        <translation>CSV mit Beschreibung (*.csv)</translation>
    </message>
    <message>
        <source>Save changes as CSV</source>
        <translation>Änderungen als CSV speichern</translation>
    </message>
    <message>
        <source>Changes of the measures</source>
        <translation>Änderungen der Maßnahmen</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>See whether the folder has room and may be written.</source>
        <translation>Prüfen Sie, ob im Ordner Platz ist und ob er beschrieben werden darf.</translation>
    </message>
    <message>
        <source>Nothing is chosen on the map.</source>
        <translation>Auf der Karte ist nichts gewählt.</translation>
    </message>
    <message>
        <source>Click on an object of the map, then choose this again.</source>
        <translation>Klicken Sie auf ein Objekt der Karte, und wählen Sie dies dann noch einmal.</translation>
    </message>
    <message>
        <source>Removed by one and changed by another, therefore kept: %1</source>
        <translation>Von einer Seite entfernt, von der anderen geändert und darum behalten: %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureFilterBar</name>
    <message>
        <source>Search measures</source>
        <translation>Maßnahmen suchen</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Gruppierung</translation>
    </message>
    <message>
        <source>Field of action</source>
        <translation>Themenfeld</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Federführung</translation>
    </message>
    <message>
        <source>Governance stage</source>
        <translation>Governance-Stufe</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Umsetzungsphase</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>All in one list</source>
        <translation>Alle in einer Liste</translation>
    </message>
    <message>
        <source>By number, as a tree</source>
        <translation>Nach Nummer, als Baum</translation>
    </message>
    <message>
        <source>By field of action</source>
        <translation>Nach Themenfeld</translation>
    </message>
    <message>
        <source>By lead</source>
        <translation>Nach Federführung</translation>
    </message>
    <message>
        <source>By governance stage</source>
        <translation>Nach Governance-Stufe</translation>
    </message>
    <message>
        <source>By goal</source>
        <translation>Nach Oberziel</translation>
    </message>
    <message>
        <source>Kept filters</source>
        <translation>Gemerkte Filter</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>Alle Themenfelder</translation>
    </message>
    <message>
        <source>All leads</source>
        <translation>Alle Federführungen</translation>
    </message>
    <message>
        <source>All stages</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Stage not reported</source>
        <translation>Stufe nicht gemeldet</translation>
    </message>
    <message>
        <source>All phases</source>
        <translation>Alle Phasen</translation>
    </message>
    <message>
        <source>Keep this filter…</source>
        <translation>Diesen Filter merken …</translation>
    </message>
    <message>
        <source>Show all measures</source>
        <translation>Alle Maßnahmen zeigen</translation>
    </message>
    <message>
        <source>Remove kept filter</source>
        <translation>Gemerkten Filter entfernen</translation>
    </message>
    <message>
        <source>The filter needs a name.</source>
        <translation>Der Filter braucht einen Namen.</translation>
    </message>
    <message>
        <source>Keep filter</source>
        <translation>Filter merken</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureMarks</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureModel</name>
    <message>
        <source>Without field of action</source>
        <translation>Ohne Themenfeld</translation>
    </message>
    <message>
        <source>Stage not reported</source>
        <translation>Stufe nicht gemeldet</translation>
    </message>
    <message>
        <source>Without goal</source>
        <translation>Ohne Oberziel</translation>
    </message>
    <message>
        <source>Without lead</source>
        <translation>Ohne Federführung</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Governance stage</source>
        <translation>Governance-Stufe</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasurePage</name>
    <message>
        <source>“%1” is no date.</source>
        <translation>„%1“ ist kein Datum.</translation>
    </message>
    <message>
        <source>No measure is chosen</source>
        <translation>Keine Maßnahme gewählt</translation>
    </message>
    <message>
        <source>Choose one to read it, to report on it or to change it.</source>
        <translation>Wählen Sie eine, um sie zu lesen, ihren Stand zu melden oder sie zu ändern.</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Next step…</source>
        <translation>Nächster Schritt …</translation>
    </message>
    <message>
        <source>Governance stage</source>
        <translation>Governance-Stufe</translation>
    </message>
    <message>
        <source>not reported</source>
        <translation>nicht gemeldet</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Am</translation>
    </message>
    <message>
        <source>No report yet. The strategy itself does not tell how far this measure is.</source>
        <translation>Noch keine Meldung. Die Strategie selbst nennt den Stand dieser Maßnahme nicht.</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Melden …</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>number of a measure</source>
        <translation>Nummer einer Maßnahme</translation>
    </message>
    <message>
        <source>several with semicolons</source>
        <translation>mehrere mit Semikolon</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>keine Angabe</translation>
    </message>
    <message>
        <source>open, or a date: %1</source>
        <translation>offen oder ein Datum: %1</translation>
    </message>
    <message>
        <source>Goals and dimensions</source>
        <translation>Oberziele und Dimensionen</translation>
    </message>
    <message>
        <source>does not serve it</source>
        <translation>kein Beitrag</translation>
    </message>
    <message>
        <source>Change “%1” of %2</source>
        <translation>„%1“ von %2 ändern</translation>
    </message>
    <message>
        <source>There is no measure “%1”.</source>
        <translation>Es gibt keine Maßnahme „%1“.</translation>
    </message>
    <message>
        <source>“%1” is no amount of money.</source>
        <translation>„%1“ ist kein Geldbetrag.</translation>
    </message>
    <message>
        <source>Without field of action</source>
        <translation>Ohne Themenfeld</translation>
    </message>
    <message>
        <source>Last report of %1.</source>
        <translation>Letzte Meldung vom %1.</translation>
    </message>
    <message>
        <source>No report yet.</source>
        <translation>Noch keine Meldung.</translation>
    </message>
    <message>
        <source>Overdue.</source>
        <translation>Überfällig.</translation>
    </message>
    <message>
        <source>Not reported: the strategy does not tell it.</source>
        <translation>Nicht gemeldet: Die Strategie nennt sie nicht.</translation>
    </message>
    <message>
        <source>taken up</source>
        <translation>aufgenommen</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>Milestones and tasks</source>
        <translation>Meilensteine und Aufgaben</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>None are set.</source>
        <translation>Keine festgelegt.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove a milestone of %1</source>
        <translation>Meilenstein von %1 entfernen</translation>
    </message>
    <message>
        <source>Funding</source>
        <translation>Förderung</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>None is stated.</source>
        <translation>Keine angegeben.</translation>
    </message>
    <message>
        <source>Remove funding of %1</source>
        <translation>Förderung von %1 entfernen</translation>
    </message>
    <message>
        <source>Risks</source>
        <translation>Risiken</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Gegenmaßnahme</translation>
    </message>
    <message>
        <source>None are stated.</source>
        <translation>Keine angegeben.</translation>
    </message>
    <message>
        <source>Remove a risk of %1</source>
        <translation>Risiko von %1 entfernen</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>Keine vorhanden.</translation>
    </message>
    <message>
        <source>Remove a link of %1</source>
        <translation>Verweis von %1 entfernen</translation>
    </message>
    <message>
        <source>Steps of the governance process</source>
        <translation>Schritte des Governance-Prozesses</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>None was reported; the strategy does not tell them.</source>
        <translation>Keine gemeldet; die Strategie nennt sie nicht.</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>Änderungsverlauf</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>Noch nichts geändert.</translation>
    </message>
    <message>
        <source>A report was withdrawn</source>
        <translation>Eine Meldung wurde zurückgezogen</translation>
    </message>
    <message>
        <source>, %1 %</source>
        <translation>, %1 %</translation>
    </message>
    <message>
        <source>Withdrawn: %1</source>
        <translation>Zurückgezogen: %1</translation>
    </message>
    <message>
        <source>Measure %1 is not there any more.</source>
        <translation>Die Maßnahme %1 ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>Milestone of %1</source>
        <translation>Meilenstein von %1</translation>
    </message>
    <message>
        <source>Add milestone or task</source>
        <translation>Meilenstein oder Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Change milestone or task</source>
        <translation>Meilenstein oder Aufgabe ändern</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>A task, no milestone</source>
        <translation>Aufgabe, kein Meilenstein</translation>
    </message>
    <message>
        <source>The risk needs a name.</source>
        <translation>Das Risiko braucht eine Bezeichnung.</translation>
    </message>
    <message>
        <source>Risk of %1</source>
        <translation>Risiko von %1</translation>
    </message>
    <message>
        <source>Add risk</source>
        <translation>Risiko hinzufügen</translation>
    </message>
    <message>
        <source>Change risk</source>
        <translation>Risiko ändern</translation>
    </message>
    <message>
        <source>Probability (1–5)</source>
        <translation>Wahrscheinlichkeit (1–5)</translation>
    </message>
    <message>
        <source>Impact (1–5)</source>
        <translation>Auswirkung (1–5)</translation>
    </message>
    <message>
        <source>Link of %1</source>
        <translation>Verweis von %1</translation>
    </message>
    <message>
        <source>Add link</source>
        <translation>Verweis hinzufügen</translation>
    </message>
    <message>
        <source>Funding of %1</source>
        <translation>Förderung von %1</translation>
    </message>
    <message>
        <source>Add funding</source>
        <translation>Förderung hinzufügen</translation>
    </message>
    <message>
        <source>Amount in euros</source>
        <translation>Betrag in Euro</translation>
    </message>
    <message>
        <source>The report needs the person who makes it.</source>
        <translation>Die Meldung braucht die meldende Person.</translation>
    </message>
    <message>
        <source>The report needs a phase.</source>
        <translation>Die Meldung braucht eine Umsetzungsphase.</translation>
    </message>
    <message>
        <source>Report on %1</source>
        <translation>Meldung zu %1</translation>
    </message>
    <message>
        <source>Report on measure %1</source>
        <translation>Meldung zu Maßnahme %1</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Umsetzungsphase</translation>
    </message>
    <message>
        <source>Progress in % (-1: not known)</source>
        <translation>Fortschritt in % (-1: nicht bekannt)</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>No further step may follow.</source>
        <translation>Es kann kein weiterer Schritt folgen.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Vermerk</translation>
    </message>
    <message>
        <source>Points of the checklist that are met</source>
        <translation>Erfüllte Punkte der Checkliste</translation>
    </message>
    <message>
        <source>%1 consents</source>
        <translation>%1 stimmt zu</translation>
    </message>
    <message>
        <source>Step of %1</source>
        <translation>Schritt von %1</translation>
    </message>
    <message>
        <source>Step of measure %1</source>
        <translation>Schritt der Maßnahme %1</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Where it works</source>
        <translation>Wo sie wirkt</translation>
    </message>
    <message>
        <source>It is not stated.</source>
        <translation>Nicht angegeben.</translation>
    </message>
    <message>
        <source>As chosen on the map</source>
        <translation>Wie auf der Karte gewählt</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anlagen</translation>
    </message>
    <message>
        <source>Where it lies</source>
        <translation>Wo es liegt</translation>
    </message>
    <message>
        <source>Remove an attachment of %1</source>
        <translation>Anlage von %1 entfernen</translation>
    </message>
    <message>
        <source>“%1” is not opened: it is neither a web address nor a document that is there.</source>
        <translation>„%1“ wird nicht geöffnet: Es ist weder eine Webadresse noch ein vorhandenes Dokument.</translation>
    </message>
    <message>
        <source>The whole city</source>
        <translation>Die ganze Stadt</translation>
    </message>
    <message>
        <source>Stadtteil %1</source>
        <translation>Stadtteil %1</translation>
    </message>
    <message>
        <source>A place on the map</source>
        <translation>Ein Ort auf der Karte</translation>
    </message>
    <message>
        <source>Choose an object on the map first, then “As chosen on the map”.</source>
        <translation>Wählen Sie zuerst ein Objekt auf der Karte, dann „Wie auf der Karte gewählt“.</translation>
    </message>
    <message>
        <source>Which Stadtteil is it?</source>
        <translation>Welcher Stadtteil ist es?</translation>
    </message>
    <message>
        <source>Place of %1</source>
        <translation>Ort von %1</translation>
    </message>
    <message>
        <source>Place of measure %1</source>
        <translation>Ort der Maßnahme %1</translation>
    </message>
    <message>
        <source>%1
Stadtteile of other measures: %2</source>
        <translation>%1
Stadtteile anderer Maßnahmen: %2</translation>
    </message>
    <message>
        <source>the whole city</source>
        <translation>die ganze Stadt</translation>
    </message>
    <message>
        <source>a Stadtteil</source>
        <translation>ein Stadtteil</translation>
    </message>
    <message>
        <source>a place on the map</source>
        <translation>ein Ort auf der Karte</translation>
    </message>
    <message>
        <source>Stadtteil</source>
        <translation>Stadtteil</translation>
    </message>
    <message>
        <source>No measure is chosen.</source>
        <translation>Keine Maßnahme ist gewählt.</translation>
    </message>
    <message>
        <source>Give the address of a page (https://…) or the path of a document that is there.</source>
        <translation>Geben Sie die Adresse einer Seite (https://…) oder den Pfad eines vorhandenen Dokuments an.</translation>
    </message>
    <message>
        <source>Attachment of %1</source>
        <translation>Anlage von %1</translation>
    </message>
    <message>
        <source>Add attachment</source>
        <translation>Anlage hinzufügen</translation>
    </message>
    <message>
        <source>The store keeps where it lies, not the file itself: colleagues must be able to reach it.</source>
        <translation>Gespeichert wird, wo sie liegt, nicht die Datei selbst: Kolleginnen und Kollegen müssen sie erreichen können.</translation>
    </message>
    <message>
        <source>Address or path</source>
        <translation>Adresse oder Pfad</translation>
    </message>
    <message>
        <source>“%1” is no number of a measure, such as 4.7.1.</source>
        <translation>„%1“ ist keine Nummer einer Maßnahme wie 4.7.1.</translation>
    </message>
    <message>
        <source>There is a measure %1 already.</source>
        <translation>Es gibt schon eine Maßnahme %1.</translation>
    </message>
    <message>
        <source>The measure needs a title.</source>
        <translation>Die Maßnahme braucht einen Titel.</translation>
    </message>
    <message>
        <source>New measure %1</source>
        <translation>Neue Maßnahme %1</translation>
    </message>
    <message>
        <source>New measure</source>
        <translation>Neue Maßnahme</translation>
    </message>
    <message>
        <source>All else is entered in its page.</source>
        <translation>Alles Weitere wird auf ihrer Seite eingetragen.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Field of action</source>
        <translation>Themenfeld</translation>
    </message>
    <message>
        <source>Measure %1 has parts: remove those first.</source>
        <translation>Maßnahme %1 hat Teile: Entfernen Sie zuerst diese.</translation>
    </message>
    <message>
        <source>Remove measure</source>
        <translation>Maßnahme entfernen</translation>
    </message>
    <message>
        <source>Remove measure %1, “%2”? Its history stays, and it can be taken back with undo.</source>
        <translation>Maßnahme %1, „%2“, entfernen? Ihre Geschichte bleibt erhalten, und es lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Remove measure %1</source>
        <translation>Maßnahme %1 entfernen</translation>
    </message>
    <message>
        <source>Somebody else has changed this meanwhile: “%1”. What you write here takes its place.</source>
        <translation>Jemand anderes hat dies inzwischen geändert: „%1“. Was Sie hier schreiben, tritt an dessen Stelle.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureSharing</name>
    <message>
        <source>“%1” is no address of a database.</source>
        <translation>„%1“ ist keine Adresse einer Datenbank.</translation>
    </message>
    <message>
        <source>Server, database or user cannot be what they are.</source>
        <translation>Server, Datenbank oder Benutzer können so nicht heißen.</translation>
    </message>
    <message>
        <source>Check them for mistakes in writing.</source>
        <translation>Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>The program works offline.</source>
        <translation>Das Programm arbeitet offline.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureStoreChange</name>
    <message>
        <source>The program works offline.</source>
        <translation>Das Programm arbeitet offline.</translation>
    </message>
    <message>
        <source>Go online to change the store of the measures.</source>
        <translation>Gehen Sie online, um den Ort der Maßnahmen zu ändern.</translation>
    </message>
    <message>
        <source>Begin of the shared store</source>
        <translation>Beginn des gemeinsamen Bestands</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureTable</name>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>No measure fits</source>
        <translation>Keine Maßnahme passt</translation>
    </message>
    <message>
        <source>Search for less, or take filters away.</source>
        <translation>Suchen Sie mit weniger Wörtern oder nehmen Sie Filter weg.</translation>
    </message>
    <message>
        <source>Show all measures</source>
        <translation>Alle Maßnahmen zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n Maßnahme</numerusform>
            <numerusform>%n Maßnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 measures</source>
        <translation>%1 von %2 Maßnahmen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureTexts</name>
    <message>
        <source>“%1” needs that no point of the checklist is met; one or more are.</source>
        <translation>„%1“ setzt voraus, dass kein Punkt der Checkliste erfüllt ist; mindestens einer ist es.</translation>
    </message>
    <message>
        <source>“%1” needs that a point of the checklist is met; none is.</source>
        <translation>„%1“ setzt voraus, dass ein Punkt der Checkliste erfüllt ist; keiner ist es.</translation>
    </message>
    <message>
        <source>“%1” needs the consent of %2.</source>
        <translation>„%1“ braucht die Zustimmung von %2.</translation>
    </message>
    <message>
        <source>The governance process has no stage “%1”.</source>
        <translation>Der Governance-Prozess hat keine Stufe „%1“.</translation>
    </message>
    <message>
        <source>The step to “%1” needs a date.</source>
        <translation>Der Schritt zu „%1“ braucht ein Datum.</translation>
    </message>
    <message>
        <source>The step to “%1” needs the person who took it.</source>
        <translation>Zum Schritt zu „%1“ fehlt, wer ihn vorgenommen hat.</translation>
    </message>
    <message>
        <source>A measure that begins at “%1” needs a note that says from where that is known.</source>
        <translation>Eine Maßnahme, die bei „%1“ beginnt, braucht einen Vermerk, woher das bekannt ist.</translation>
    </message>
    <message>
        <source>“%1” does not lead to “%2”.</source>
        <translation>Von „%1“ führt kein Schritt zu „%2“.</translation>
    </message>
    <message>
        <source>The step to “%1” must not be older than the one before it.</source>
        <translation>Der Schritt zu „%1“ darf nicht älter sein als der vorige.</translation>
    </message>
    <message>
        <source>A measure has no field “%1”.</source>
        <translation>Eine Maßnahme hat kein Feld „%1“.</translation>
    </message>
    <message>
        <source>The number of measure %1 cannot be changed.</source>
        <translation>Die Nummer der Maßnahme %1 kann nicht geändert werden.</translation>
    </message>
    <message>
        <source>Measure %1: what was reported is not changed; write a further report.</source>
        <translation>Maßnahme %1: Gemeldetes wird nicht geändert; bitte eine weitere Meldung schreiben.</translation>
    </message>
    <message>
        <source>Measure %1 was changed by somebody else meanwhile.</source>
        <translation>Die Maßnahme %1 wurde inzwischen von jemand anderem geändert.</translation>
    </message>
    <message>
        <source>Decide field by field which value is to stay.</source>
        <translation>Bitte Feld für Feld entscheiden, welcher Wert bleiben soll.</translation>
    </message>
    <message>
        <source>The text is longer than %1 characters.</source>
        <translation>Der Text ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>There are more than %1 entries.</source>
        <translation>Es sind mehr als %1 Einträge.</translation>
    </message>
    <message>
        <source>“%1” is no number of a measure, such as 4.10.1.</source>
        <translation>„%1“ ist keine Maßnahmennummer wie 4.10.1.</translation>
    </message>
    <message>
        <source>The title is missing.</source>
        <translation>Der Titel fehlt.</translation>
    </message>
    <message>
        <source>“%1” is no number of a resolution, such as VO/2020/08509.</source>
        <translation>„%1“ ist keine Beschlussnummer wie VO/2020/08509.</translation>
    </message>
    <message>
        <source>The strategy has no “%1”.</source>
        <translation>Die Strategie kennt „%1“ nicht.</translation>
    </message>
    <message>
        <source>The weight of “%1” must be above 0 and at most 1000.</source>
        <translation>Das Gewicht von „%1“ muss über 0 und höchstens 1000 sein.</translation>
    </message>
    <message>
        <source>The strategy has no field of action %1.</source>
        <translation>Die Strategie hat kein Themenfeld %1.</translation>
    </message>
    <message>
        <source>%1 % is not between 0 and 100.</source>
        <translation>%1 % liegt nicht zwischen 0 und 100.</translation>
    </message>
    <message>
        <source>The year %1 is not one of a measure.</source>
        <translation>Das Jahr %1 kommt für eine Maßnahme nicht in Betracht.</translation>
    </message>
    <message>
        <source>The end lies before the start.</source>
        <translation>Das Ende liegt vor dem Beginn.</translation>
    </message>
    <message>
        <source>A milestone has no title.</source>
        <translation>Ein Meilenstein hat keinen Titel.</translation>
    </message>
    <message>
        <source>The amount of money is negative or too large.</source>
        <translation>Der Betrag ist negativ oder zu groß.</translation>
    </message>
    <message>
        <source>Probability and impact of a risk are 1 to 5.</source>
        <translation>Eintrittswahrscheinlichkeit und Auswirkung eines Risikos reichen von 1 bis 5.</translation>
    </message>
    <message>
        <source>A status report needs a name of its own and a time.</source>
        <translation>Eine Statusmeldung braucht eine eigene Kennung und einen Zeitpunkt.</translation>
    </message>
    <message>
        <source>A status report withdraws one that there is not.</source>
        <translation>Eine Statusmeldung zieht eine zurück, die es nicht gibt.</translation>
    </message>
    <message>
        <source>A link leads nowhere.</source>
        <translation>Ein Verweis hat kein Ziel.</translation>
    </message>
    <message>
        <source>“%1” is no address of a web page.</source>
        <translation>„%1“ ist keine Adresse einer Webseite.</translation>
    </message>
    <message>
        <source>The district is not named.</source>
        <translation>Der Stadtteil ist nicht genannt.</translation>
    </message>
    <message>
        <source>The place on the map cannot be read.</source>
        <translation>Der Ort auf der Karte ist nicht lesbar.</translation>
    </message>
    <message>
        <source>There is no measure “%1”.</source>
        <translation>Es gibt keine Maßnahme „%1“.</translation>
    </message>
    <message>
        <source>It is part of itself: the way up leads to “%1” again.</source>
        <translation>Sie ist Teil ihrer selbst: Der Weg nach oben führt wieder zu „%1“.</translation>
    </message>
    <message>
        <source>Measure %1: %2</source>
        <translation>Maßnahme %1: %2</translation>
    </message>
    <message>
        <source>Nothing was written. Correct it and try again.</source>
        <translation>Es wurde nichts gespeichert. Bitte berichtigen und erneut versuchen.</translation>
    </message>
    <message>
        <source>A saved filter has no name.</source>
        <translation>Ein gespeicherter Filter hat keinen Namen.</translation>
    </message>
    <message>
        <source>The saved filter “%1” names a phase that there is not.</source>
        <translation>Der gespeicherte Filter „%1“ nennt eine Phase, die es nicht gibt.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Field of action</source>
        <translation>Themenfeld</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Federführung</translation>
    </message>
    <message>
        <source>Partners</source>
        <translation>Beteiligte</translation>
    </message>
    <message>
        <source>Concepts</source>
        <translation>Konzepte</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Beschlüsse</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Dimensionen</translation>
    </message>
    <message>
        <source>Governance stages</source>
        <translation>Governance-Stufen</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Progress (%)</source>
        <translation>Fortschritt (%)</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Milestones and tasks</source>
        <translation>Meilensteine und Aufgaben</translation>
    </message>
    <message>
        <source>Budget (EUR)</source>
        <translation>Budget (EUR)</translation>
    </message>
    <message>
        <source>Funding</source>
        <translation>Förderung</translation>
    </message>
    <message>
        <source>Risks</source>
        <translation>Risiken</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Status reports</source>
        <translation>Statusmeldungen</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anlagen</translation>
    </message>
    <message>
        <source>Running or planned, no report yet</source>
        <translation>Laufend oder geplant, noch keine Meldung</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Nicht begonnen</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>Planung</translation>
    </message>
    <message>
        <source>Implementation</source>
        <translation>Umsetzung</translation>
    </message>
    <message>
        <source>In operation</source>
        <translation>Laufender Betrieb</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Ruht</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Umgesetzt</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet ohne Umsetzung</translation>
    </message>
    <message>
        <source>Measure %1: the value of “%2” is not one that can be read.</source>
        <translation>Maßnahme %1: Der Wert von „%2“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>„%1“ kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>“%1” is too large to be read.</source>
        <translation>„%1“ ist zu groß, um gelesen zu werden.</translation>
    </message>
    <message>
        <source>it is no JSON from byte %1 on.</source>
        <translation>ab Byte %1 ist es kein JSON.</translation>
    </message>
    <message>
        <source>it is not a file of the form “%1”.</source>
        <translation>es ist keine Datei der Form „%1“.</translation>
    </message>
    <message>
        <source>“%1” was written by a newer version of the program.</source>
        <translation>„%1“ wurde von einer neueren Programmversion geschrieben.</translation>
    </message>
    <message>
        <source>the id “%1” is missing or comes twice.</source>
        <translation>die Kennung „%1“ fehlt oder kommt doppelt vor.</translation>
    </message>
    <message>
        <source>the stage “%1” leads to “%2”, which there is not.</source>
        <translation>die Stufe „%1“ führt zu „%2“, die es nicht gibt.</translation>
    </message>
    <message>
        <source>it has no list of measures.</source>
        <translation>es enthält keine Liste von Maßnahmen.</translation>
    </message>
    <message>
        <source>the number “%1” comes twice.</source>
        <translation>die Nummer „%1“ kommt doppelt vor.</translation>
    </message>
    <message>
        <source>A change needs a name and a time.</source>
        <translation>Eine Änderung braucht einen Namen und einen Zeitpunkt.</translation>
    </message>
    <message>
        <source>“%1” is no whole number.</source>
        <translation>„%1“ ist keine ganze Zahl.</translation>
    </message>
    <message>
        <source>“%1” is no amount of money.</source>
        <translation>„%1“ ist kein Geldbetrag.</translation>
    </message>
    <message>
        <source>“%1” is no day, such as 31.12.2026 or 2026-12-31.</source>
        <translation>„%1“ ist kein Datum wie 31.12.2026 oder 2026-12-31.</translation>
    </message>
    <message>
        <source>“%1” is no weight, such as O1=2.</source>
        <translation>„%1“ ist kein Gewicht wie O1=2.</translation>
    </message>
    <message>
        <source>“%1” is no phase of a measure.</source>
        <translation>„%1“ ist keine Phase einer Maßnahme.</translation>
    </message>
    <message>
        <source>“%1” is no place: “ganze Stadt”, “Stadtteil …” or a geometry as WKT.</source>
        <translation>„%1“ ist kein Ort: „ganze Stadt“, „Stadtteil …“ oder eine Geometrie als WKT.</translation>
    </message>
    <message>
        <source>The cell does not hold a list as this program writes it.</source>
        <translation>Die Zelle enthält keine Liste, wie dieses Programm sie schreibt.</translation>
    </message>
    <message>
        <source>Measures cannot be written as “%1”.</source>
        <translation>Maßnahmen können nicht als „%1“ gespeichert werden.</translation>
    </message>
    <message>
        <source>Choose a name that ends in csv, xlsx, ods, gpkg or json.</source>
        <translation>Bitte einen Namen mit der Endung csv, xlsx, ods, gpkg oder json wählen.</translation>
    </message>
    <message>
        <source>Open data need a publisher, a licence and a date.</source>
        <translation>Offene Daten brauchen Herausgeber, Lizenz und Datum.</translation>
    </message>
    <message>
        <source>The number is missing.</source>
        <translation>Die Nummer fehlt.</translation>
    </message>
    <message>
        <source>The number %1 stands in row %2 already.</source>
        <translation>Die Nummer %1 steht bereits in Zeile %2.</translation>
    </message>
    <message>
        <source>“%1” is too large to be read as a table of measures.</source>
        <translation>„%1“ ist zu groß, um als Maßnahmentabelle gelesen zu werden.</translation>
    </message>
    <message>
        <source>At most %1 rows are read.</source>
        <translation>Es werden höchstens %1 Zeilen gelesen.</translation>
    </message>
    <message>
        <source>“%1” cannot be read as a table of measures.</source>
        <translation>„%1“ kann nicht als Maßnahmentabelle gelesen werden.</translation>
    </message>
    <message>
        <source>Give it as CSV, XLSX, ODS, GeoPackage or JSON of this program.</source>
        <translation>Möglich sind CSV, XLSX, ODS, GeoPackage oder JSON dieses Programms.</translation>
    </message>
    <message>
        <source>“%1” has the column “%2” twice.</source>
        <translation>„%1“ enthält die Spalte „%2“ doppelt.</translation>
    </message>
    <message>
        <source>“%1” has no column with the numbers.</source>
        <translation>„%1“ enthält keine Spalte mit den Nummern.</translation>
    </message>
    <message>
        <source>Name it “%1”.</source>
        <translation>Bitte „%1“ nennen.</translation>
    </message>
    <message>
        <source>The file “%1” does not exist.</source>
        <translation>Die Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The file “%1” may not be read.</source>
        <translation>Die Datei „%1“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>See whether the disk has room and may be written.</source>
        <translation>Bitte prüfen, ob der Datenträger Platz hat und beschreibbar ist.</translation>
    </message>
    <message>
        <source>The disk is full: the measures cannot be saved.</source>
        <translation>Der Datenträger ist voll: Die Maßnahmen können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Make room on the disk. What was saved before is still there.</source>
        <translation>Bitte Platz schaffen. Was vorher gespeichert war, ist noch da.</translation>
    </message>
    <message>
        <source>The store of measures is being written by another program.</source>
        <translation>In den Maßnahmenspeicher schreibt gerade ein anderes Programm.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Bitte gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The store of measures could not be read or written.</source>
        <translation>Der Maßnahmenspeicher konnte nicht gelesen oder beschrieben werden.</translation>
    </message>
    <message>
        <source>The measures in “%1” were written by a newer version of the program.</source>
        <translation>Die Maßnahmen in „%1“ hat eine neuere Version des Programms geschrieben.</translation>
    </message>
    <message>
        <source>Take the newer version to work with them.</source>
        <translation>Nehmen Sie die neuere Version, um mit ihnen zu arbeiten.</translation>
    </message>
    <message>
        <source>The database “%1” holds no measures yet.</source>
        <translation>Die Datenbank „%1“ enthält noch keine Maßnahmen.</translation>
    </message>
    <message>
        <source>Let the program set up the tables for them.</source>
        <translation>Lassen Sie das Programm die Tabellen dafür anlegen.</translation>
    </message>
    <message>
        <source>The connection to the measures in “%1” broke while they were being saved.</source>
        <translation>Die Verbindung zu den Maßnahmen in „%1“ ist beim Speichern abgerissen.</translation>
    </message>
    <message>
        <source>Read them again to see whether the change has arrived.</source>
        <translation>Lesen Sie sie neu, um zu sehen, ob die Änderung angekommen ist.</translation>
    </message>
    <message>
        <source>The connection to the measures in “%1” broke.</source>
        <translation>Die Verbindung zu den Maßnahmen in „%1“ ist abgerissen.</translation>
    </message>
    <message>
        <source>Check the network and try again. What was saved before is still there.</source>
        <translation>Prüfen Sie das Netz und versuchen Sie es noch einmal. Was vorher gespeichert war, ist noch da.</translation>
    </message>
    <message>
        <source>You may not do that with the measures in “%1”.</source>
        <translation>Dazu haben Sie an den Maßnahmen in „%1“ kein Recht.</translation>
    </message>
    <message>
        <source>Ask the administrator of the database for the right to it.</source>
        <translation>Bitten Sie die Verwaltung der Datenbank um das Recht dazu.</translation>
    </message>
    <message>
        <source>Somebody else is writing the measures in “%1” for a long time.</source>
        <translation>Jemand anderes schreibt seit Längerem die Maßnahmen in „%1“.</translation>
    </message>
    <message>
        <source>The database “%1” has no room for the measures.</source>
        <translation>Die Datenbank „%1“ hat keinen Platz für die Maßnahmen.</translation>
    </message>
    <message>
        <source>Tell the administrator of the database. What was saved before is still there.</source>
        <translation>Sagen Sie es der Verwaltung der Datenbank. Was vorher gespeichert war, ist noch da.</translation>
    </message>
    <message>
        <source>The measures in “%1” could not be read or written.</source>
        <translation>Die Maßnahmen in „%1“ ließen sich nicht lesen oder schreiben.</translation>
    </message>
    <message>
        <source>Tell the administrator of the database what the details say.</source>
        <translation>Nennen Sie der Verwaltung der Datenbank, was unter „Einzelheiten“ steht.</translation>
    </message>
    <message>
        <source>Vision</source>
        <translation>Vision</translation>
    </message>
    <message>
        <source>the goal “%1” names the field %2, which there is not.</source>
        <translation>Das Ziel „%1“ nennt das Themenfeld %2, das es nicht gibt.</translation>
    </message>
    <message>
        <source>Without a field of action</source>
        <translation>Ohne Themenfeld</translation>
    </message>
    <message>
        <source>Without dates</source>
        <translation>Ohne Termine</translation>
    </message>
    <message>
        <source>Q%1</source>
        <comment>a quarter</comment>
        <translation>Q%1</translation>
    </message>
    <message>
        <source>Shared store</source>
        <translation>Gemeinsamer Bestand</translation>
    </message>
    <message>
        <source>from the shared store</source>
        <translation>aus dem gemeinsamen Bestand</translation>
    </message>
    <message>
        <source>Others are changing the same measures all the time.</source>
        <translation>Andere ändern fortwährend dieselben Maßnahmen.</translation>
    </message>
    <message>
        <source>The program tries again by itself.</source>
        <translation>Das Programm versucht es von selbst noch einmal.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureWindow</name>
    <message>
        <source>Measures of the Digital Strategy</source>
        <translation>Maßnahmen der Digitalen Strategie</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Tafel</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Zu erledigen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Zusammenhänge</translation>
    </message>
    <message>
        <source>&amp;Measures</source>
        <translation>&amp;Maßnahmen</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>&amp;Report…</source>
        <translation>&amp;Melden …</translation>
    </message>
    <message>
        <source>Next &amp;step…</source>
        <translation>Nächster &amp;Schritt …</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Export as open &amp;data…</source>
        <translation>Als offene &amp;Daten exportieren…</translation>
    </message>
    <message>
        <source>&amp;New measure…</source>
        <translation>&amp;Neue Maßnahme…</translation>
    </message>
    <message>
        <source>Re&amp;move measure…</source>
        <translation>Maßnahme &amp;entfernen…</translation>
    </message>
    <message>
        <source>&amp;Where they are kept…</source>
        <translation>&amp;Ablageort…</translation>
    </message>
    <message>
        <source>Show on the &amp;map</source>
        <translation>Auf der &amp;Karte zeigen</translation>
    </message>
    <message>
        <source>Marks on the map for all measures in sight that have a place</source>
        <translation>Zeichen auf der Karte für alle sichtbaren Maßnahmen, die einen Ort haben</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MeasureWork</name>
    <message>
        <source>Measure %1 is not there any more.</source>
        <translation>Die Maßnahme %1 ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>The measures cannot be changed: their store could not be opened.</source>
        <translation>Die Maßnahmen können nicht geändert werden: Ihr Speicher ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Somebody else is changing the same measures. Try again.</source>
        <translation>Jemand anderes ändert gerade dieselben Maßnahmen. Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::MetadataPage</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>What the file says about itself</source>
        <translation>Was die Datei über sich sagt</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Kurzbeschreibung</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation>Quellenvermerk</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Smallest zoom level</source>
        <translation>Kleinste Zoomstufe</translation>
    </message>
    <message>
        <source>Largest zoom level</source>
        <translation>Größte Zoomstufe</translation>
    </message>
</context>
<context>
    <name>hanseatlas::NetTexts</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>XML</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>einfachen Text</translation>
    </message>
    <message>
        <source>binary data</source>
        <translation>Binärdaten</translation>
    </message>
    <message>
        <source>“%1” sent %2 with entities of its own, which could do harm; it was not read.</source>
        <translation>„%1“ hat %2 mit eigenen Entitäten gesendet, die Schaden anrichten können; die Antwort wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>Tell the operator of the service.</source>
        <translation>Wenden Sie sich an den Betreiber des Dienstes.</translation>
    </message>
    <message>
        <source>“%1” sent %2 as XML that cannot be read.</source>
        <translation>„%1“ hat %2 als nicht lesbares XML gesendet.</translation>
    </message>
    <message>
        <source>“%1” refused %2 without a reason.</source>
        <translation>„%1“ hat %2 ohne Begründung abgelehnt.</translation>
    </message>
    <message>
        <source>“%1” refused %2: “%3”</source>
        <translation>„%1“ hat %2 abgelehnt: „%3“</translation>
    </message>
    <message>
        <source>“%1” sent %3 instead of %2.</source>
        <translation>Erwartet war %2; „%1“ hat stattdessen %3 gesendet.</translation>
    </message>
    <message>
        <source>%1 It says: “%2”</source>
        <translation>%1 Die Antwort lautet: „%2“</translation>
    </message>
    <message>
        <source>Check the address of the service.</source>
        <translation>Prüfen Sie die Adresse des Dienstes.</translation>
    </message>
    <message>
        <source>The sign-in stored for “%1” cannot be sent.</source>
        <translation>Die für „%1“ gespeicherten Anmeldedaten können nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Enter user and password anew, or ask for access.</source>
        <translation>Geben Sie Benutzername und Kennwort neu ein oder beantragen Sie einen Zugang.</translation>
    </message>
    <message numerus="yes">
        <source>“%1” did not answer several times and is left in peace for %n more second(s).</source>
        <translation>
            <numerusform>„%1“ hat mehrmals nicht geantwortet und wird noch %n Sekunde lang nicht angefragt.</numerusform>
            <numerusform>„%1“ hat mehrmals nicht geantwortet und wird noch %n Sekunden lang nicht angefragt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The request to “%1” failed: there is no server of this name.</source>
        <translation>Die Anfrage an „%1“ ist gescheitert: Es gibt keinen Server dieses Namens.</translation>
    </message>
    <message>
        <source>The request to “%1” failed: the server accepts no connection.</source>
        <translation>Die Anfrage an „%1“ ist gescheitert: Der Server nimmt keine Verbindung an.</translation>
    </message>
    <message numerus="yes">
        <source>The request to “%1” failed: no connection within %n second(s).</source>
        <translation>
            <numerusform>Die Anfrage an „%1“ ist gescheitert: keine Verbindung innerhalb von %n Sekunde.</numerusform>
            <numerusform>Die Anfrage an „%1“ ist gescheitert: keine Verbindung innerhalb von %n Sekunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The request to “%1” failed: no answer within %n second(s).</source>
        <translation>
            <numerusform>Die Anfrage an „%1“ ist gescheitert: keine Antwort innerhalb von %n Sekunde.</numerusform>
            <numerusform>Die Anfrage an „%1“ ist gescheitert: keine Antwort innerhalb von %n Sekunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The request to “%1” failed: the server took nothing of it for %n second(s).</source>
        <translation>
            <numerusform>Die Anfrage an „%1“ ist gescheitert: Der Server hat %n Sekunde lang nichts angenommen.</numerusform>
            <numerusform>Die Anfrage an „%1“ ist gescheitert: Der Server hat %n Sekunden lang nichts angenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answer of “%1” stopped half-way: nothing came for %n second(s).</source>
        <translation>
            <numerusform>Die Antwort von „%1“ blieb unterwegs stehen: %n Sekunde lang kam nichts.</numerusform>
            <numerusform>Die Antwort von „%1“ blieb unterwegs stehen: %n Sekunden lang kam nichts.</numerusform>
        </translation>
    </message>
    <message>
        <source>The request to “%1” failed: the server closed the connection without an answer.</source>
        <translation>Die Anfrage an „%1“ ist gescheitert: Der Server hat die Verbindung ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>The answer of “%1” is incomplete: %2 of %3 came.</source>
        <translation>Die Antwort von „%1“ ist unvollständig: %2 von %3 kamen an.</translation>
    </message>
    <message>
        <source>The answer of “%1” is incomplete: it broke off after %2.</source>
        <translation>Die Antwort von „%1“ ist unvollständig: Sie brach nach %2 ab.</translation>
    </message>
    <message>
        <source>The request to “%1” failed: the server could not prove who it is.</source>
        <translation>Die Anfrage an „%1“ ist gescheitert: Der Server konnte sich nicht ausweisen.</translation>
    </message>
    <message>
        <source>The request to “%1” failed at the proxy server.</source>
        <translation>Die Anfrage an „%1“ ist am Proxyserver gescheitert.</translation>
    </message>
    <message>
        <source>The answer of “%1” is larger than %2 and was not loaded.</source>
        <translation>Die Antwort von „%1“ ist größer als %2 und wurde nicht geladen.</translation>
    </message>
    <message>
        <source>The answer of “%1” cannot be unpacked.</source>
        <translation>Die Antwort von „%1“ lässt sich nicht entpacken.</translation>
    </message>
    <message>
        <source>“%1” does not answer like a web server.</source>
        <translation>„%1“ antwortet nicht wie ein Webserver.</translation>
    </message>
    <message>
        <source>The request to “%1” failed: there is no way to the server.</source>
        <translation>Die Anfrage an „%1“ ist gescheitert: Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The server may be overloaded. Try again later, or with a smaller area.</source>
        <translation>Vielleicht ist der Server überlastet. Versuchen Sie es später erneut oder mit einem kleineren Gebiet.</translation>
    </message>
    <message>
        <source>Check the address, and whether this computer is connected to the network.</source>
        <translation>Prüfen Sie die Adresse und ob dieser Rechner mit dem Netz verbunden ist.</translation>
    </message>
    <message>
        <source>Check the date of this computer. A certificate of the city&apos;s own must be installed in the system.</source>
        <translation>Prüfen Sie das Datum dieses Rechners. Ein Zertifikat der Stadt muss im System installiert sein.</translation>
    </message>
    <message>
        <source>Check the proxy settings of the system.</source>
        <translation>Prüfen Sie die Proxy-Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>Ask for a smaller area or fewer objects.</source>
        <translation>Fragen Sie ein kleineres Gebiet oder weniger Objekte ab.</translation>
    </message>
    <message>
        <source>Check the network, VPN and proxy settings, or try again later.</source>
        <translation>Prüfen Sie Netz, VPN und Proxy-Einstellungen oder versuchen Sie es später erneut.</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Versuchen Sie es in %n Sekunde erneut.</numerusform>
            <numerusform>Versuchen Sie es in %n Sekunden erneut.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>“%1” does not accept the stored sign-in.</source>
        <translation>„%1“ nimmt die gespeicherten Anmeldedaten nicht an.</translation>
    </message>
    <message>
        <source>“%1” wants a sign-in.</source>
        <translation>„%1“ verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>“%1” does not allow this request.</source>
        <translation>„%1“ erlaubt diese Anfrage nicht.</translation>
    </message>
    <message>
        <source>Ask the operator of the service for access.</source>
        <translation>Bitten Sie den Betreiber des Dienstes um Zugang.</translation>
    </message>
    <message>
        <source>“%1” has nothing at this address.</source>
        <translation>„%1“ hat unter dieser Adresse nichts.</translation>
    </message>
    <message>
        <source>Check the address of the service; it may have moved.</source>
        <translation>Prüfen Sie die Adresse des Dienstes; vielleicht ist er umgezogen.</translation>
    </message>
    <message>
        <source>“%1” asks for a break, as there were too many requests.</source>
        <translation>„%1“ bittet um eine Pause, da es zu viele Anfragen gab.</translation>
    </message>
    <message>
        <source>“%1” reports a fault of its own (status %2).</source>
        <translation>„%1“ meldet einen eigenen Fehler (Status %2).</translation>
    </message>
    <message>
        <source>“%1” does not accept the request (status %2).</source>
        <translation>„%1“ nimmt die Anfrage nicht an (Status %2).</translation>
    </message>
    <message>
        <source>The answer of “%1” is empty.</source>
        <translation>Die Antwort von „%1“ ist leer.</translation>
    </message>
    <message>
        <source>The program works offline: “%1” was not asked.</source>
        <translation>Das Programm arbeitet ohne Netz: „%1“ wurde nicht angefragt.</translation>
    </message>
    <message>
        <source>Go online to load the newest state.</source>
        <translation>Gehen Sie online, um den neuesten Stand zu laden.</translation>
    </message>
    <message>
        <source>“%1” is not the address of a web service.</source>
        <translation>„%1“ ist keine Adresse eines Webdienstes.</translation>
    </message>
    <message>
        <source>Such an address begins with https:// or http://.</source>
        <translation>Eine solche Adresse beginnt mit https:// oder http://.</translation>
    </message>
    <message>
        <source>The request to “%1” holds a header that must not be sent.</source>
        <translation>Die Anfrage an „%1“ enthält einen unzulässigen Kopfeintrag.</translation>
    </message>
    <message>
        <source>There is no keychain on this computer in which sign-ins could be kept.</source>
        <translation>Auf diesem Rechner gibt es keinen Schlüsselbund, in dem Anmeldedaten aufbewahrt werden könnten.</translation>
    </message>
    <message>
        <source>The keychain does not give the sign-in.</source>
        <translation>Der Schlüsselbund gibt die Anmeldedaten nicht heraus.</translation>
    </message>
    <message>
        <source>Unlock the keychain of the system and try again.</source>
        <translation>Entsperren Sie den Schlüsselbund des Systems und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>“%1” sends the request on to an address that is not on the web; it was not followed.</source>
        <translation>„%1“ leitet die Anfrage an eine Adresse außerhalb des Webs weiter; der Weiterleitung wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>“%1” sends the request on to an unencrypted address; it was not followed.</source>
        <translation>„%1“ leitet die Anfrage an eine unverschlüsselte Adresse weiter; der Weiterleitung wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>“%1” sends the request on again and again.</source>
        <translation>„%1“ leitet die Anfrage immer wieder weiter.</translation>
    </message>
    <message>
        <source>“%1” sends the data on to another address, “%2”; they were not sent there.</source>
        <translation>„%1“ leitet die Daten an eine andere Adresse weiter, „%2“; dorthin wurden sie nicht gesendet.</translation>
    </message>
    <message>
        <source>The proxy server wants a sign-in before it passes on the request to “%1”.</source>
        <translation>Der Proxyserver verlangt eine Anmeldung, bevor er die Anfrage an „%1“ weitergibt.</translation>
    </message>
    <message>
        <source>Sign in at the notice above the map, or in “Sign-ins” in the menu “Map”.</source>
        <translation>Melden Sie sich über die Meldung auf der Karte an oder unter „Anmeldungen“ im Menü „Karte“.</translation>
    </message>
    <message>
        <source>“%1” does not accept this sign-in.</source>
        <translation>„%1“ nimmt diese Anmeldung nicht an.</translation>
    </message>
    <message>
        <source>Check what you have entered; mind capital letters.</source>
        <translation>Prüfen Sie Ihre Eingabe; achten Sie auf Groß- und Kleinschreibung.</translation>
    </message>
    <message>
        <source>The sign-in at “%1” was declined.</source>
        <translation>Die Anmeldung bei „%1“ wurde abgelehnt.</translation>
    </message>
    <message>
        <source>“%1” does not give a token.</source>
        <translation>„%1“ gibt keinen Zugangsschlüssel heraus.</translation>
    </message>
    <message>
        <source>Check the client&apos;s name, its secret and the scope, or ask for access.</source>
        <translation>Prüfen Sie Client-Kennung, Geheimnis und Umfang oder bitten Sie um Zugang.</translation>
    </message>
    <message>
        <source>“%1” is no address for signing in.</source>
        <translation>„%1“ ist keine Adresse für die Anmeldung.</translation>
    </message>
    <message>
        <source>It must begin with https://.</source>
        <translation>Sie muss mit https:// beginnen.</translation>
    </message>
    <message>
        <source>The name of the client is missing.</source>
        <translation>Die Client-Kennung fehlt.</translation>
    </message>
    <message>
        <source>“%1” answers without a token of use.</source>
        <translation>„%1“ antwortet ohne brauchbaren Zugangsschlüssel.</translation>
    </message>
    <message>
        <source>Check the token address.</source>
        <translation>Prüfen Sie die Token-Adresse.</translation>
    </message>
    <message>
        <source>An answer came that belongs to no sign-in of this program; it was not taken.</source>
        <translation>Es kam eine Antwort, die zu keiner Anmeldung dieses Programms gehört; sie wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>Try to sign in again.</source>
        <translation>Versuchen Sie die Anmeldung erneut.</translation>
    </message>
    <message>
        <source>The sign-in at “%1” has expired.</source>
        <translation>Die Anmeldung bei „%1“ ist abgelaufen.</translation>
    </message>
    <message>
        <source>Sign in anew.</source>
        <translation>Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The program cannot wait for the browser&apos;s answer on this computer.</source>
        <translation>Auf diesem Rechner kann das Programm nicht auf die Antwort des Browsers warten.</translation>
    </message>
    <message>
        <source>Nobody has signed in with the browser in time.</source>
        <translation>Im Browser hat sich niemand rechtzeitig angemeldet.</translation>
    </message>
    <message>
        <source>You are signed in. You may close this page and go back to Hanseatlas.</source>
        <translation>Sie sind angemeldet. Sie können diese Seite schließen und zu Hanseatlas zurückkehren.</translation>
    </message>
    <message>
        <source>This sign-in does not belong to Hanseatlas.</source>
        <translation>Diese Anmeldung gehört nicht zu Hanseatlas.</translation>
    </message>
    <message>
        <source>The list of the sign-ins cannot be written.</source>
        <translation>Die Liste der Anmeldungen lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The certificate “%1” cannot be read.</source>
        <translation>Das Zertifikat „%1“ lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Choose the file anew in “Sign-ins”.</source>
        <translation>Wählen Sie die Datei unter „Anmeldungen“ neu.</translation>
    </message>
    <message>
        <source>“%1” cannot be opened with this pass phrase.</source>
        <translation>„%1“ lässt sich mit diesem Kennwort nicht öffnen.</translation>
    </message>
    <message>
        <source>The file must be of the kind PKCS#12 (.p12 or .pfx).</source>
        <translation>Die Datei muss von der Art PKCS#12 sein (.p12 oder .pfx).</translation>
    </message>
    <message>
        <source>The certificate “%1” has expired.</source>
        <translation>Das Zertifikat „%1“ ist abgelaufen.</translation>
    </message>
    <message>
        <source>Ask for a new one.</source>
        <translation>Bitten Sie um ein neues.</translation>
    </message>
    <message>
        <source>“%1” wants a certificate of yours.</source>
        <translation>„%1“ verlangt ein Zertifikat von Ihnen.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ObservationTexts</name>
    <message>
        <source>Messages that cannot be read (left out)</source>
        <translation>Nicht lesbare Nachrichten (ausgelassen)</translation>
    </message>
    <message>
        <source>Values that are no numbers (left out)</source>
        <translation>Werte, die keine Zahlen sind (ausgelassen)</translation>
    </message>
    <message>
        <source>Numbers written as texts (read)</source>
        <translation>Als Text geschriebene Zahlen (gelesen)</translation>
    </message>
    <message>
        <source>Numbers with a decimal comma (read)</source>
        <translation>Zahlen mit Dezimalkomma (gelesen)</translation>
    </message>
    <message>
        <source>Values without a time (left out)</source>
        <translation>Werte ohne Zeitangabe (ausgelassen)</translation>
    </message>
    <message>
        <source>Times without a zone (read as the source documents it)</source>
        <translation>Zeiten ohne Zeitzone (gelesen, wie die Quelle sie beschreibt)</translation>
    </message>
    <message>
        <source>Times in seconds instead of milliseconds or the other way round (read)</source>
        <translation>Zeiten in Sekunden statt Millisekunden oder umgekehrt (gelesen)</translation>
    </message>
    <message>
        <source>Values from the future (left out)</source>
        <translation>Werte aus der Zukunft (ausgelassen)</translation>
    </message>
    <message>
        <source>Values sent more than once (taken once)</source>
        <translation>Mehrfach gesendete Werte (einmal übernommen)</translation>
    </message>
    <message>
        <source>Values in another unit than before (converted where possible, else left out)</source>
        <translation>Werte in anderer Einheit als zuvor (umgerechnet, wo möglich, sonst ausgelassen)</translation>
    </message>
    <message>
        <source>Places with latitude and longitude exchanged (put right)</source>
        <translation>Orte mit vertauschter Länge und Breite (berichtigt)</translation>
    </message>
    <message>
        <source>Sensors without a usable place (not on the map)</source>
        <translation>Sensoren ohne brauchbaren Ort (nicht auf der Karte)</translation>
    </message>
    <message>
        <source>Values beyond what the program takes in at once (left out)</source>
        <translation>Werte über das hinaus, was auf einmal aufgenommen wird (ausgelassen)</translation>
    </message>
    <message>
        <source>Noise levels need a time of at most 100 years that ends after it began.</source>
        <translation>Lärmpegel brauchen einen Zeitraum von höchstens 100 Jahren, der nach seinem Beginn endet.</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>Aktuell</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Verspätet</translation>
    </message>
    <message>
        <source>Faulty</source>
        <translation>Gestört</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Trend unknown</source>
        <translation>Tendenz unbekannt</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>Fallend</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Gleichbleibend</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>Steigend</translation>
    </message>
    <message>
        <source>The values span more than a million hours or days; choose longer periods or a shorter time.</source>
        <translation>Die Werte umfassen mehr als eine Million Stunden oder Tage; wählen Sie längere Abschnitte oder einen kürzeren Zeitraum.</translation>
    </message>
    <message>
        <source>A wind rose needs 8, 12, 16 or 36 sectors and speed classes whose bounds rise.</source>
        <translation>Eine Windrose braucht 8, 12, 16 oder 36 Sektoren und Geschwindigkeitsklassen mit steigenden Grenzen.</translation>
    </message>
    <message>
        <source>It does not say which series it watches.</source>
        <translation>Sie sagt nicht, welche Messreihe sie überwacht.</translation>
    </message>
    <message>
        <source>Its limit must be a number and its hysteresis one that is not below 0.</source>
        <translation>Ihre Schwelle muss eine Zahl sein und ihre Hysterese eine, die nicht unter 0 liegt.</translation>
    </message>
    <message>
        <source>Its duration must be between 0 and 366 days.</source>
        <translation>Ihre Dauer muss zwischen 0 und 366 Tagen liegen.</translation>
    </message>
    <message>
        <source>Its change per hour must be above 0 and its hysteresis not larger than that.</source>
        <translation>Ihre Änderung je Stunde muss über 0 liegen und ihre Hysterese darf nicht größer sein.</translation>
    </message>
    <message>
        <source>The time over which it looks at changes must be above 0 and at most 366 days.</source>
        <translation>Der Zeitraum, in dem sie Änderungen betrachtet, muss über 0 liegen und darf höchstens 366 Tage umfassen.</translation>
    </message>
    <message>
        <source>The time of silence must be above 0 and at most 366 days.</source>
        <translation>Die Zeit ohne Werte muss über 0 liegen und darf höchstens 366 Tage umfassen.</translation>
    </message>
    <message>
        <source>It must combine at least one and at most %1 series.</source>
        <translation>Sie muss mindestens eine und darf höchstens %1 Messreihen verbinden.</translation>
    </message>
    <message>
        <source>It asks for more series than it has, or for none.</source>
        <translation>Sie verlangt mehr Messreihen, als sie hat, oder keine.</translation>
    </message>
    <message>
        <source>The severity of warnings must be between 1 and 4.</source>
        <translation>Die Warnstufe muss zwischen 1 und 4 liegen.</translation>
    </message>
    <message>
        <source>The kind or area of its warnings is too long.</source>
        <translation>Art oder Gebiet ihrer Warnungen ist zu lang.</translation>
    </message>
    <message>
        <source>Its level must be “notice”, “warning” or “alarm”.</source>
        <translation>Ihre Stufe muss „notice“, „warning“ oder „alarm“ sein.</translation>
    </message>
    <message>
        <source>Its condition is of a kind that this program does not know.</source>
        <translation>Ihre Bedingung ist von einer Art, die dieses Programm nicht kennt.</translation>
    </message>
    <message>
        <source>The alarm rules “%1” cannot be read: %2</source>
        <translation>Die Alarmregeln „%1“ können nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>It has no id or no name, or one of more than %1 characters.</source>
        <translation>Sie hat keine Kennung oder keinen Namen oder einen mit mehr als %1 Zeichen.</translation>
    </message>
    <message>
        <source>Its quiet hours must be two times like 22:00.</source>
        <translation>Ihre Ruhezeit muss aus zwei Uhrzeiten wie 22:00 bestehen.</translation>
    </message>
    <message>
        <source>The alarm rules “%1” are larger than 1 MB and are not read.</source>
        <translation>Die Alarmregeln „%1“ sind größer als 1 MB und werden nicht gelesen.</translation>
    </message>
    <message>
        <source>it is no JSON from byte %1 on.</source>
        <translation>ab Byte %1 ist es kein JSON.</translation>
    </message>
    <message>
        <source>it is no file of alarm rules.</source>
        <translation>Dies ist keine Datei mit Alarmregeln.</translation>
    </message>
    <message>
        <source>The alarm rules “%1” are of a version that this program does not know.</source>
        <translation>Die Alarmregeln „%1“ haben eine Version, die dieses Programm nicht kennt.</translation>
    </message>
    <message>
        <source>The alarm rules “%1” are more than %2 and are not read.</source>
        <translation>Die Alarmregeln „%1“ sind mehr als %2 und werden nicht gelesen.</translation>
    </message>
    <message>
        <source>rule %1. %2</source>
        <translation>Regel %1. %2</translation>
    </message>
    <message>
        <source>the id “%1” is there twice.</source>
        <translation>Die Kennung „%1“ ist doppelt vorhanden.</translation>
    </message>
    <message>
        <source>More than %L1 points cannot be spread over an area.</source>
        <translation>Mehr als %L1 Punkte können nicht auf eine Fläche verteilt werden.</translation>
    </message>
    <message>
        <source>The grid has no cells or lies nowhere.</source>
        <translation>Das Gitter hat keine Zellen oder liegt nirgends.</translation>
    </message>
    <message>
        <source>The grid has more than 16 million cells; choose larger ones.</source>
        <translation>Das Gitter hat mehr als 16 Millionen Zellen; wählen Sie größere.</translation>
    </message>
    <message>
        <source>Inverse distance weighting needs a power between 0 and 20 and a radius that is not below 0.</source>
        <translation>Die inverse Distanzwichtung braucht einen Exponenten zwischen 0 und 20 und einen Radius, der nicht unter 0 liegt.</translation>
    </message>
    <message>
        <source>A density needs a radius above 0 metres.</source>
        <translation>Eine Dichte braucht einen Radius über 0 Metern.</translation>
    </message>
    <message>
        <source>Kriging finds no single solution for these points; leave out some that lie close together.</source>
        <translation>Das Kriging findet für diese Punkte keine eindeutige Lösung; lassen Sie einige weg, die dicht beieinanderliegen.</translation>
    </message>
    <message>
        <source>A variogram needs a range above 0 and a nugget and sill that are not below 0.</source>
        <translation>Ein Variogramm braucht eine Reichweite über 0 und Nugget und Schwelle, die nicht unter 0 liegen.</translation>
    </message>
    <message>
        <source>Kriging needs values at three places or more.</source>
        <translation>Das Kriging braucht Werte an mindestens drei Orten.</translation>
    </message>
    <message>
        <source>There are no values to spread over the area.</source>
        <translation>Es gibt keine Werte, die auf die Fläche verteilt werden könnten.</translation>
    </message>
    <message>
        <source>Kriging takes at most %L1 places; choose inverse distance weighting.</source>
        <translation>Das Kriging nimmt höchstens %L1 Orte; wählen Sie die inverse Distanzwichtung.</translation>
    </message>
    <message>
        <source>The answer is none of PEGELONLINE.</source>
        <translation>Die Antwort ist keine von PEGELONLINE.</translation>
    </message>
    <message>
        <source>PEGELONLINE refuses: %1</source>
        <translation>PEGELONLINE lehnt ab: %1</translation>
    </message>
    <message>
        <source>The answer of the sensor source is larger than the program takes in.</source>
        <translation>Die Antwort der Sensorquelle ist größer, als das Programm aufnimmt.</translation>
    </message>
    <message>
        <source>The answer of the sensor source is no readable JSON.</source>
        <translation>Die Antwort der Sensorquelle ist kein lesbares JSON.</translation>
    </message>
    <message>
        <source>The answer is none of sensor.community.</source>
        <translation>Die Antwort ist keine von sensor.community.</translation>
    </message>
    <message>
        <source>The answer is none of a SensorThings service.</source>
        <translation>Die Antwort ist keine eines SensorThings-Dienstes.</translation>
    </message>
    <message>
        <source>The SensorThings service refuses: %1</source>
        <translation>Der SensorThings-Dienst lehnt ab: %1</translation>
    </message>
    <message>
        <source>The message is no SensorThings observation.</source>
        <translation>Die Nachricht ist kein SensorThings-Messwert.</translation>
    </message>
    <message>
        <source>The answer holds no air data of the Umweltbundesamt.</source>
        <translation>Die Antwort enthält keine Luftdaten des Umweltbundesamts.</translation>
    </message>
    <message>
        <source>The Umweltbundesamt refuses: %1</source>
        <translation>Das Umweltbundesamt lehnt ab: %1</translation>
    </message>
    <message>
        <source>The air data of the Umweltbundesamt lack the column “%1”.</source>
        <translation>Den Luftdaten des Umweltbundesamts fehlt die Spalte „%1“.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineAreas</name>
    <message>
        <source>Object %1</source>
        <translation>Objekt %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineChoice</name>
    <message>
        <source>Map of %1</source>
        <translation>Karte vom %1</translation>
    </message>
    <message>
        <source>Keep for work without network</source>
        <translation>Für die Arbeit ohne Netz mitnehmen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>to</source>
        <comment>scales from … to</comment>
        <translation>bis</translation>
    </message>
    <message>
        <source>Largest scale</source>
        <translation>Größter Maßstab</translation>
    </message>
    <message>
        <source>Smallest scale</source>
        <translation>Kleinster Maßstab</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Layers:</source>
        <translation>&amp;Ebenen:</translation>
    </message>
    <message>
        <source>&amp;Scales:</source>
        <translation>&amp;Maßstäbe:</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>&amp;Holen</translation>
    </message>
    <message>
        <source>No layer on the map comes from a service.</source>
        <translation>Keine Ebene der Karte kommt aus einem Dienst.</translation>
    </message>
    <message>
        <source>Choose at least one layer.</source>
        <translation>Wählen Sie mindestens eine Ebene.</translation>
    </message>
    <message>
        <source>Working out what that takes …</source>
        <translation>Aufwand wird ermittelt …</translation>
    </message>
    <message>
        <source>&amp;Area:</source>
        <translation>&amp;Bereich:</translation>
    </message>
    <message>
        <source>What is on the map</source>
        <translation>Was in der Karte ist</translation>
    </message>
    <message>
        <source>Theme “%1”</source>
        <translation>Thema „%1“</translation>
    </message>
    <message>
        <source>Choice of layers</source>
        <translation>Auswahl der Ebenen</translation>
    </message>
    <message>
        <source>Choose an area.</source>
        <translation>Wählen Sie einen Bereich.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineDesk</name>
    <message>
        <source>All of it is there already; it will be kept.</source>
        <translation>Alles ist schon da; es wird behalten.</translation>
    </message>
    <message>
        <source>About %1 requests, %2 and %3.</source>
        <translation>Etwa %1 Anfragen, %2 und %3.</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching, %1 %</source>
        <translation>Wird geholt, %1 %</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>parts are missing</source>
        <translation>Teile fehlen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Scales %1 to %2</source>
        <translation>Maßstäbe %1 bis %2</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>Kept for work without network: %1</source>
        <translation>Für die Arbeit ohne Netz mitgenommen: %1</translation>
    </message>
    <message>
        <source>%1 · just fetched</source>
        <translation>%1 · soeben geholt</translation>
    </message>
    <message>
        <source>%1 · %2 old</source>
        <comment>name and age, such as 3 h</comment>
        <translation>%1 · %2 alt</translation>
    </message>
    <message>
        <source>Draw a rectangle on the map with the mouse. Esc leads back.</source>
        <translation>Ziehen Sie mit der Maus ein Rechteck in der Karte auf. Esc führt zurück.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineTexts</name>
    <message>
        <source>“%1” holds personal data, which is not kept offline.</source>
        <translation>„%1“ enthält personenbezogene Daten; sie werden nicht mitgenommen.</translation>
    </message>
    <message>
        <source>“%1” may be viewed, but its licence does not allow keeping it.</source>
        <translation>„%1“ darf angesehen werden, die Lizenz erlaubt aber kein Speichern.</translation>
    </message>
    <message>
        <source>“%1” is of a kind that cannot be kept offline.</source>
        <translation>„%1“ ist von einer Art, die sich nicht mitnehmen lässt.</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) did not come: %1</source>
        <translation>
            <numerusform>%n Teil kam nicht an: %1</numerusform>
            <numerusform>%n Teile kamen nicht an: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The area is too detailed, or broken, to be kept.</source>
        <translation>Der Bereich ist zu detailliert oder fehlerhaft und kann nicht mitgenommen werden.</translation>
    </message>
    <message>
        <source>Choose a rectangle around it.</source>
        <translation>Wählen Sie ein Rechteck darum herum.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OfflineWindow</name>
    <message>
        <source>Kept for work without network</source>
        <translation>Für die Arbeit ohne Netz mitgenommen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Nothing is kept yet</source>
        <translation>Noch nichts mitgenommen</translation>
    </message>
    <message>
        <source>Take along what the map shows, to have it where there is no network.</source>
        <translation>Nehmen Sie mit, was die Karte zeigt, um es auch ohne Netz zu haben.</translation>
    </message>
    <message>
        <source>&amp;Keep what the map shows…</source>
        <translation>&amp;Kartenausschnitt mitnehmen …</translation>
    </message>
    <message>
        <source>&amp;Bring up to date</source>
        <translation>&amp;Auf den neuen Stand bringen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Fetching, %1 %</source>
        <translation>Wird geholt, %1 %</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OpenDialog</name>
    <message>
        <source>Coordinates: %1</source>
        <translation>Koordinaten: %1</translation>
    </message>
    <message>
        <source>Extent: %1</source>
        <translation>Ausdehnung: %1</translation>
    </message>
    <message>
        <source>Fields: %1</source>
        <translation>Felder: %1</translation>
    </message>
    <message>
        <source>Encoding of texts: %1</source>
        <translation>Zeichenkodierung: %1</translation>
    </message>
    <message>
        <source>Add layers</source>
        <translation>Ebenen hinzufügen</translation>
    </message>
    <message>
        <source>What shall be added to the map?</source>
        <translation>Was soll zur Karte hinzukommen?</translation>
    </message>
    <message>
        <source>Choose &amp;files …</source>
        <translation>&amp;Dateien wählen …</translation>
    </message>
    <message>
        <source>Choose f&amp;older …</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>&amp;Zuletzt</translation>
    </message>
    <message>
        <source>Layers in the chosen files</source>
        <translation>Ebenen in den gewählten Dateien</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>Dateien wählen</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>“%1” could not be looked into.</source>
        <translation>In „%1“ konnte nicht hineingesehen werden.</translation>
    </message>
    <message>
        <source>&amp;Add to map</source>
        <translation>Zur Karte &amp;hinzufügen</translation>
    </message>
    <message>
        <source>Choose files or a folder, or drop them here. For a service, paste its address above.</source>
        <translation>Wählen Sie Dateien oder einen Ordner oder ziehen Sie sie hierher. Für einen Dienst fügen Sie oben seine Adresse ein.</translation>
    </message>
    <message>
        <source>Address of a service: WMS, WMTS, WFS or map tiles</source>
        <translation>Adresse eines Dienstes: WMS, WMTS, WFS oder Kartenkacheln</translation>
    </message>
    <message>
        <source>Address of a service</source>
        <translation>Adresse eines Dienstes</translation>
    </message>
    <message>
        <source>&amp;Look into it</source>
        <translation>&amp;Nachsehen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OpenQueue</name>
    <message>
        <source>“%1” could not be read.</source>
        <translation>„%1“ konnte nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::OpenerTexts</name>
    <message>
        <source>This version cannot open sources of the kind “%1”.</source>
        <translation>Diese Version kann Quellen der Art „%1“ nicht öffnen.</translation>
    </message>
    <message>
        <source>All geodata</source>
        <translation>Alle Geodaten</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>hanseatlas::PathField</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose where the file goes.</source>
        <translation>Wählen Sie, wohin die Datei soll.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>This file exists and will be replaced.</source>
        <translation>Diese Datei gibt es schon; sie wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::PdfDialog</name>
    <message>
        <source>Export the map as PDF</source>
        <translation>Karte als PDF exportieren</translation>
    </message>
    <message>
        <source>Save the PDF as</source>
        <translation>PDF speichern unter</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF-Dateien (*.pdf)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>e.g. department or file number</source>
        <translation>z. B. Bereich oder Aktenzeichen</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Subtitle</source>
        <translation>&amp;Untertitel</translation>
    </message>
    <message>
        <source>Land&amp;scape</source>
        <translation>&amp;Querformat</translation>
    </message>
    <message>
        <source>Po&amp;rtrait</source>
        <translation>&amp;Hochformat</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <source>Fit &amp;view</source>
        <translation>&amp;Ansicht einpassen</translation>
    </message>
    <message>
        <source>The largest round scale at which the sheet holds all that the map window shows</source>
        <translation>Der größte runde Maßstab, bei dem das Blatt alles fasst, was das Kartenfenster zeigt</translation>
    </message>
    <message>
        <source>150 dpi, small file</source>
        <translation>150 dpi, kleine Datei</translation>
    </message>
    <message>
        <source>300 dpi, for print</source>
        <translation>300 dpi, für den Druck</translation>
    </message>
    <message>
        <source>600 dpi, finest</source>
        <translation>600 dpi, am feinsten</translation>
    </message>
    <message>
        <source>Of aerial pictures and other rasters; lines, areas and text are always sharp</source>
        <translation>Für Luftbilder und andere Raster; Linien, Flächen und Text sind immer scharf</translation>
    </message>
    <message>
        <source>&amp;Legend of what the map shows</source>
        <translation>&amp;Legende zum Karteninhalt</translation>
    </message>
    <message>
        <source>&amp;Coordinates at the frame</source>
        <translation>&amp;Koordinaten am Rahmen</translation>
    </message>
    <message>
        <source>Sc&amp;ale</source>
        <translation>&amp;Maßstab</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>&amp;Auflösung</translation>
    </message>
    <message>
        <source>&amp;Export PDF</source>
        <translation>PDF &amp;exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n entries of the legend have no room. A larger paper shows more.</source>
        <translation>
            <numerusform>Ein Eintrag der Legende hat keinen Platz. Ein größeres Papier zeigt mehr.</numerusform>
            <numerusform>%n Einträge der Legende haben keinen Platz. Ein größeres Papier zeigt mehr.</numerusform>
        </translation>
    </message>
    <message>
        <source>The map shows personal data. The sheet says so; hand it only to those who may see them.</source>
        <translation>Die Karte zeigt personenbezogene Daten. Das Blatt weist darauf hin; geben Sie es nur an Berechtigte.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::PdfTexts</name>
    <message>
        <source>Sources: %1</source>
        <translation>Quellen: %1</translation>
    </message>
    <message>
        <source>The PDF could not be georeferenced.</source>
        <translation>Das PDF konnte nicht georeferenziert werden.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ProvenancePage</name>
    <message>
        <source>&amp;Known:</source>
        <translation>&amp;Bekannt:</translation>
    </message>
    <message>
        <source>Contains &amp;personal data: kept out of exports unless chosen</source>
        <translation>Enthält &amp;personenbezogene Daten: bleibt ohne ausdrückliche Wahl aus Exporten heraus</translation>
    </message>
    <message>
        <source>&amp;Demonstration data: map and exports say so</source>
        <translation>&amp;Demonstrationsdaten: Karte und Exporte weisen darauf hin</translation>
    </message>
    <message>
        <source>&amp;Source:</source>
        <translation>&amp;Quelle:</translation>
    </message>
    <message>
        <source>&amp;Licence:</source>
        <translation>&amp;Lizenz:</translation>
    </message>
    <message>
        <source>Text to &amp;show:</source>
        <translation>&amp;Quellenvermerk:</translation>
    </message>
    <message>
        <source>State of the data:</source>
        <translation>Stand der Daten:</translation>
    </message>
    <message>
        <source>The source, where the licence wants no other words</source>
        <translation>Die Quelle, sofern die Lizenz keine anderen Worte verlangt</translation>
    </message>
</context>
<context>
    <name>hanseatlas::Recovery</name>
    <message>
        <source>The safety copy of your work cannot be written to “%1”.</source>
        <translation>Die Sicherungskopie Ihrer Arbeit kann nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>Save your workspace now and then.</source>
        <translation>Speichern Sie Ihre Arbeitsmappe ab und zu.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::Renderer</name>
    <message>
        <source>The raster gave a picture of the wrong size.</source>
        <translation>Das Raster lieferte ein Bild falscher Größe.</translation>
    </message>
    <message>
        <source>There is not enough memory for a picture of this size.</source>
        <translation>Für ein Bild dieser Größe reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>A picture must have a width and a height.</source>
        <translation>Ein Bild braucht Breite und Höhe.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ReportTexts</name>
    <message>
        <source>The template “%1” cannot be read: %2</source>
        <translation>Die Vorlage „%1“ lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>Smart City Report</source>
        <translation>Smart City Bericht</translation>
    </message>
    <message>
        <source>The template “%1” is too large to be one.</source>
        <translation>Die Vorlage „%1“ ist zu groß für eine Vorlage.</translation>
    </message>
    <message>
        <source>it is no JSON from byte %1 on.</source>
        <translation>ab Byte %1 ist es kein JSON.</translation>
    </message>
    <message>
        <source>it is not a file of the form “%1”.</source>
        <translation>es ist keine Datei der Form „%1“.</translation>
    </message>
    <message>
        <source>The template “%1” was written for a newer version of the program.</source>
        <translation>Die Vorlage „%1“ ist für eine neuere Version des Programms geschrieben.</translation>
    </message>
    <message>
        <source>there is no part “%1”.</source>
        <translation>einen Teil „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“fields” wants numbers.</source>
        <translation>„fields“ verlangt Nummern.</translation>
    </message>
    <message>
        <source>“%1” is unknown or of the wrong type.</source>
        <translation>„%1“ ist unbekannt oder von falscher Art.</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>State of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>Changes since %1</source>
        <translation>Änderungen seit %1</translation>
    </message>
    <message>
        <source>On the ground of “%1”.</source>
        <translation>Grundlage: „%1“.</translation>
    </message>
    <message>
        <source>The index</source>
        <translation>Der Index</translation>
    </message>
    <message>
        <source>This report holds no index.</source>
        <translation>Dieser Bericht enthält keinen Index.</translation>
    </message>
    <message>
        <source>The index stands at %1 of 100. It rests on %2 % of the values that it should know.</source>
        <translation>Der Index steht bei %1 von 100. Er beruht auf %2 % der Werte, die er kennen sollte.</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Indikatoren</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>Indikator</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>%1 (demonstration data)</source>
        <translation>%1 (Demonstrationsdaten)</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s); of %1 somebody has reported. Mean progress of those that state one: %2 %.</source>
        <translation>
            <numerusform>%n Maßnahme; zu %1 liegt eine Meldung vor. Mittlerer Fortschritt, soweit angegeben: %2 %.</numerusform>
            <numerusform>%n Maßnahmen; zu %1 liegt eine Meldung vor. Mittlerer Fortschritt, soweit angegeben: %2 %.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s); of %1 somebody has reported.</source>
        <translation>
            <numerusform>%n Maßnahme; zu %1 liegt eine Meldung vor.</numerusform>
            <numerusform>%n Maßnahmen; zu %1 liegt eine Meldung vor.</numerusform>
        </translation>
    </message>
    <message>
        <source>The measures</source>
        <translation>Die Maßnahmen</translation>
    </message>
    <message>
        <source>Field of action</source>
        <translation>Themenfeld</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>Gemeldet</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Federführung</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>no report yet</source>
        <translation>noch keine Meldung</translation>
    </message>
    <message>
        <source>What has changed</source>
        <translation>Was sich geändert hat</translation>
    </message>
    <message>
        <source>Nothing has been changed since %1.</source>
        <translation>Seit dem %1 hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Bisher hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message numerus="yes">
        <source>The newest are listed; %n earlier one(s) are left out.</source>
        <translation>
            <numerusform>Aufgeführt sind die neuesten; %n frühere ist weggelassen.</numerusform>
            <numerusform>Aufgeführt sind die neuesten; %n frühere sind weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>should have ended: %1</source>
        <translation>sollte beendet sein: %1</translation>
    </message>
    <message>
        <source>milestone overdue: %1</source>
        <translation>Meilenstein überfällig: %1</translation>
    </message>
    <message>
        <source>report missing: %1</source>
        <translation>Meldung fehlt: %1</translation>
    </message>
    <message>
        <source>What is overdue</source>
        <translation>Was überfällig ist</translation>
    </message>
    <message numerus="yes">
        <source>Of %n measure(s) a status report is missing.</source>
        <translation>
            <numerusform>Zu %n Maßnahme fehlt eine Statusmeldung.</numerusform>
            <numerusform>Zu %n Maßnahmen fehlt eine Statusmeldung.</numerusform>
        </translation>
    </message>
    <message>
        <source>No date has passed.</source>
        <translation>Kein Termin ist verstrichen.</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Sources and gaps</source>
        <translation>Quellen und Lücken</translation>
    </message>
    <message>
        <source>Measures: %1</source>
        <translation>Maßnahmen: %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>The report cannot be written.</source>
        <translation>Der Bericht lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>A report cannot be written as “%1”.</source>
        <translation>Als „%1“ lässt sich kein Bericht schreiben.</translation>
    </message>
    <message>
        <source>Choose a name that ends in pdf, json or csv.</source>
        <translation>Wählen Sie einen Namen, der auf pdf, json oder csv endet.</translation>
    </message>
    <message>
        <source>weighted means</source>
        <translation>gewichtete Mittel</translation>
    </message>
    <message>
        <source>geometric means</source>
        <translation>geometrische Mittel</translation>
    </message>
    <message>
        <source>Each indicator becomes a score from 0 to 100 between two fixed values. The scores of a goal, and then those of the goals, are brought together by %1. What has no data lowers the coverage, not the score; a goal of whose values less than %2 % are known has none. Revision %3 of the method.</source>
        <translation>Jeder Indikator wird zwischen zwei festen Werten zu einer Punktzahl von 0 bis 100. Die Punkte eines Ziels und dann die der Ziele werden zusammengeführt durch %1. Was keine Daten hat, senkt die Abdeckung, nicht die Punktzahl; ein Ziel, von dessen Werten weniger als %2 % bekannt sind, hat keine. Stand %3 der Methode.</translation>
    </message>
    <message>
        <source>Too little is known for an index yet: %1 % of the values that it should know.</source>
        <translation>Für einen Index ist noch zu wenig bekannt: %1 % der Werte, die er kennen sollte.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::RequestModel</name>
    <message>
        <source>%1, error</source>
        <translation>%1, Fehler</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>unchanged</source>
        <comment>an answer of a server</comment>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Asked by: %1</source>
        <translation>Gefragt von: %1</translation>
    </message>
    <message>
        <source>Waited for its turn: %1 ms</source>
        <translation>Wartezeit vor der Anfrage: %1 ms</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
</context>
<context>
    <name>hanseatlas::RequestWindow</name>
    <message>
        <source>Search in addresses</source>
        <translation>In Adressen suchen</translation>
    </message>
    <message>
        <source>Requests to servers</source>
        <translation>Anfragen an Server</translation>
    </message>
    <message>
        <source>Only &amp;failed ones</source>
        <translation>Nur &amp;misslungene</translation>
    </message>
    <message>
        <source>No requests</source>
        <translation>Keine Anfragen</translation>
    </message>
    <message>
        <source>What layers from services ask of their servers is listed here. Passwords and tokens are left out.</source>
        <translation>Hier steht, was Ebenen aus Diensten ihre Server fragen. Kennwörter und Zugangsschlüssel werden weggelassen.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copies the chosen lines, or all</source>
        <translation>Kopiert die gewählten Zeilen oder alle</translation>
    </message>
    <message>
        <source>&amp;Empty the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n requests</source>
        <translation>
            <numerusform>%1 von %n Anfrage</numerusform>
            <numerusform>%1 von %n Anfragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n Anfrage</numerusform>
            <numerusform>%n Anfragen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::ScaleBox</name>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>Scale of the map: choose one or type it, for example 1:2 500</source>
        <translation>Maßstab der Karte: wählen oder eingeben, zum Beispiel 1:2 500</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ScaleField</name>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SelectionPage</name>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>ist kleiner als</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>ist höchstens</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>ist größer als</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>ist mindestens</translation>
    </message>
    <message>
        <source>is like (* and ?)</source>
        <translation>ist wie (* und ?)</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>ist ausgefüllt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Only objects in an &amp;area</source>
        <translation>Nur Objekte in einem &amp;Gebiet</translation>
    </message>
    <message>
        <source>&amp;Take what the map shows</source>
        <translation>&amp;Kartenausschnitt übernehmen</translation>
    </message>
    <message>
        <source>No conditions: all objects come.</source>
        <translation>Keine Bedingungen: Alle Objekte kommen.</translation>
    </message>
    <message>
        <source>Add a &amp;condition</source>
        <translation>&amp;Bedingung hinzufügen</translation>
    </message>
    <message>
        <source>Only objects for which all of this holds</source>
        <translation>Nur Objekte, für die all dies gilt</translation>
    </message>
    <message>
        <source>The service selects: nothing else is fetched.</source>
        <translation>Der Dienst wählt aus: Anderes wird nicht geholt.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Remove the condition</source>
        <translation>Bedingung entfernen</translation>
    </message>
    <message>
        <source>2024-05-31</source>
        <translation>31.5.2024</translation>
    </message>
    <message>
        <source>This does not fit the field, and is left out.</source>
        <translation>Das passt nicht zum Feld und wird weggelassen.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ServiceDialog</name>
    <message>
        <source>Layers of the service</source>
        <translation>Ebenen des Dienstes</translation>
    </message>
    <message>
        <source>&amp;Add to map</source>
        <translation>Zur Karte &amp;hinzufügen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ServiceTexts</name>
    <message>
        <source>The server refused the request without giving a reason.</source>
        <translation>Der Server hat die Anfrage ohne Begründung abgelehnt.</translation>
    </message>
    <message>
        <source>The server reports: %1</source>
        <translation>Der Server meldet: %1</translation>
    </message>
    <message>
        <source>Check the address of the service, or ask its operator.</source>
        <translation>Prüfen Sie die Adresse des Dienstes oder fragen Sie den Betreiber.</translation>
    </message>
    <message>
        <source>The server&apos;s answer is empty.</source>
        <translation>Die Antwort des Servers ist leer.</translation>
    </message>
    <message>
        <source>The server answered with a web page instead of %1.</source>
        <translation>Erwartet war %1; der Server hat mit einer Webseite geantwortet.</translation>
    </message>
    <message>
        <source>The server answered with JSON instead of %1.</source>
        <translation>Erwartet war %1; der Server hat mit JSON geantwortet.</translation>
    </message>
    <message>
        <source>The server answered with an image instead of %1.</source>
        <translation>Erwartet war %1; der Server hat mit einem Bild geantwortet.</translation>
    </message>
    <message>
        <source>The server answered with a document &lt;%1&gt; instead of %2.</source>
        <translation>Erwartet war %2; der Server hat mit einem Dokument &lt;%1&gt; geantwortet.</translation>
    </message>
    <message>
        <source>The server answered with plain text instead of %1.</source>
        <translation>Erwartet war %1; der Server hat mit einfachem Text geantwortet.</translation>
    </message>
    <message>
        <source>The server answered with data that cannot be read instead of %1.</source>
        <translation>Erwartet war %1; der Server hat mit unlesbaren Daten geantwortet.</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>information on a place</source>
        <translation>Auskunft zu einem Ort</translation>
    </message>
    <message>
        <source>The server&apos;s answer is damaged JSON: it breaks off or is wrong at character %1.</source>
        <translation>Die Antwort des Servers ist beschädigtes JSON: Sie bricht bei Zeichen %1 ab oder ist dort falsch.</translation>
    </message>
    <message>
        <source>The server&apos;s answer is larger or nested deeper than can be read.</source>
        <translation>Die Antwort des Servers ist größer oder tiefer verschachtelt, als gelesen werden kann.</translation>
    </message>
    <message>
        <source>The portal&apos;s configuration does not name its list of services.</source>
        <translation>Die Konfiguration des Portals nennt keine Dienstliste.</translation>
    </message>
    <message>
        <source>The file is no list of services of a Masterportal.</source>
        <translation>Die Datei ist keine Dienstliste eines Masterportals.</translation>
    </message>
    <message>
        <source>The service lists more layers than can be read.</source>
        <translation>Der Dienst führt mehr Ebenen auf, als gelesen werden können.</translation>
    </message>
    <message>
        <source>The file is no configuration of a Masterportal.</source>
        <translation>Die Datei ist keine Konfiguration eines Masterportals.</translation>
    </message>
    <message>
        <source>The server&apos;s answer is JSON, but not of an OGC API.</source>
        <translation>Die Antwort des Servers ist JSON, aber nicht das einer OGC API.</translation>
    </message>
    <message>
        <source>The server&apos;s answer holds no list of features.</source>
        <translation>Die Antwort des Servers enthält keine Liste von Objekten.</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>The server&apos;s answer is damaged XML: it breaks off or is not well-formed in line %1.</source>
        <translation>Die Antwort des Servers ist beschädigtes XML: Sie bricht in Zeile %1 ab oder ist dort nicht wohlgeformt.</translation>
    </message>
    <message>
        <source>The server&apos;s answer defines XML entities. Such documents are not read.</source>
        <translation>Die Antwort des Servers definiert XML-Entitäten. Solche Dokumente werden nicht gelesen.</translation>
    </message>
    <message>
        <source>Untitled layer</source>
        <translation>Ebene ohne Titel</translation>
    </message>
    <message>
        <source>The tiles of %1 are in an unknown coordinate system, %2.</source>
        <translation>Die Kacheln von %1 liegen in einem unbekannten Koordinatensystem, %2.</translation>
    </message>
    <message>
        <source>The service writes the corners of %1 with swapped axes; this was corrected.</source>
        <translation>Der Dienst gibt die Ecken von %1 mit vertauschten Achsen an; das wurde berichtigt.</translation>
    </message>
    <message>
        <source>The tile service has no layer %1 with tiles of %2.</source>
        <translation>Der Kacheldienst hat keine Ebene %1 mit Kacheln von %2.</translation>
    </message>
    <message>
        <source>The tile service does not tell how to ask for tiles of %1.</source>
        <translation>Der Kacheldienst sagt nicht, wie Kacheln von %1 abzurufen sind.</translation>
    </message>
    <message>
        <source>The address %1 has no places for the numbers of a tile.</source>
        <translation>Die Adresse %1 hat keine Platzhalter für die Nummern einer Kachel.</translation>
    </message>
    <message>
        <source>It should look like https://host/{z}/{x}/{y}.png.</source>
        <translation>Sie sollte aussehen wie https://host/{z}/{x}/{y}.png.</translation>
    </message>
    <message>
        <source>The address %1 is no address of a web server.</source>
        <translation>Die Adresse %1 ist keine Adresse eines Webservers.</translation>
    </message>
    <message>
        <source>Vector tiles</source>
        <translation>Vektorkacheln</translation>
    </message>
</context>
<context>
    <name>hanseatlas::Session</name>
    <message>
        <source>Hanseatlas did not end properly the last time. Your work has been brought back.</source>
        <translation>Hanseatlas wurde das letzte Mal nicht ordentlich beendet. Ihre Arbeit wurde wiederhergestellt.</translation>
    </message>
    <message>
        <source>There is nothing in “%1” that can be shown on a map.</source>
        <translation>In „%1“ ist nichts, was sich auf einer Karte zeigen lässt.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Some of the workspace could not be restored.</source>
        <translation>Ein Teil der Arbeitsmappe konnte nicht wiederhergestellt werden.</translation>
    </message>
    <message>
        <source>“%1” has been saved.</source>
        <translation>„%1“ wurde gespeichert.</translation>
    </message>
    <message>
        <source>Show theme “%1”</source>
        <translation>Thema „%1“ zeigen</translation>
    </message>
    <message>
        <source>Change the look of “%1”</source>
        <translation>Darstellung von „%1“ ändern</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>Theme files that cannot be read: %1</source>
        <translation>Nicht lesbare Themendateien: %1</translation>
    </message>
    <message>
        <source>Layers added from “%1”: %2</source>
        <translation>Hinzugefügte Ebenen aus „%1“: %2</translation>
    </message>
    <message>
        <source>Add layers</source>
        <translation>Ebenen hinzufügen</translation>
    </message>
    <message>
        <source>The workspace was not opened, so that the work brought back stays.</source>
        <translation>Die Arbeitsmappe wurde nicht geöffnet, damit die wiederhergestellte Arbeit erhalten bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) could not be read. Their properties let you choose another file.</source>
        <translation>
            <numerusform>%n Ebene ließ sich nicht lesen. In ihren Eigenschaften lässt sich eine andere Datei wählen.</numerusform>
            <numerusform>%n Ebenen ließen sich nicht lesen. In ihren Eigenschaften lässt sich eine andere Datei wählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Session of %1</source>
        <translation>Sitzung vom %1</translation>
    </message>
    <message>
        <source>The theme map takes these layers from services: %1</source>
        <translation>Die Themenkarte bezieht diese Ebenen jetzt aus Diensten: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of services could not be read. “Read again” asks once more.</source>
        <translation>
            <numerusform>%n Ebene eines Dienstes ließ sich nicht lesen. „Erneut lesen“ fragt noch einmal.</numerusform>
            <numerusform>%n Ebenen von Diensten ließen sich nicht lesen. „Erneut lesen“ fragt noch einmal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::SheetPreview</name>
    <message>
        <source>Preview of the sheet</source>
        <translation>Vorschau des Blattes</translation>
    </message>
    <message>
        <source>Arrow keys move the map, plus and minus change the scale.</source>
        <translation>Pfeiltasten verschieben die Karte, Plus und Minus ändern den Maßstab.</translation>
    </message>
    <message>
        <source>Drag the map to move it, turn the wheel to change its scale.</source>
        <translation>Ziehen Sie die Karte, um sie zu verschieben; mit dem Mausrad ändern Sie den Maßstab.</translation>
    </message>
    <message>
        <source>The preview is being drawn …</source>
        <translation>Die Vorschau wird gezeichnet …</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SheetTexts</name>
    <message>
        <source>Coordinate system: %1</source>
        <translation>Koordinatenbezugssystem: %1</translation>
    </message>
    <message>
        <source>This projection stretches: the true scale in the middle of the map is %1</source>
        <translation>Diese Abbildung verzerrt: Der wahre Maßstab in der Kartenmitte ist %1</translation>
    </message>
    <message>
        <source>Date: %1</source>
        <translation>Datum: %1</translation>
    </message>
    <message>
        <source>Sources: %1</source>
        <translation>Quellen: %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SignInDesk</name>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>The proxy server “%1” wants a sign-in.</source>
        <translation>Der Proxyserver „%1“ verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>“%1” wants a certificate of yours.</source>
        <translation>„%1“ verlangt ein Zertifikat von Ihnen.</translation>
    </message>
    <message>
        <source>“%1” no longer accepts the sign-in.</source>
        <translation>„%1“ nimmt die Anmeldung nicht mehr an.</translation>
    </message>
    <message>
        <source>“%1” wants a sign-in.</source>
        <translation>„%1“ verlangt eine Anmeldung.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The connection is not encrypted: others in the network can read what you enter. Ask for an address with https://.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Andere im Netz können mitlesen, was Sie eingeben. Fragen Sie nach einer Adresse mit https://.</translation>
    </message>
    <message>
        <source>The sign-in that was kept is no longer accepted.</source>
        <translation>Die gemerkte Anmeldung wird nicht mehr angenommen.</translation>
    </message>
    <message>
        <source>Sign in to a service</source>
        <translation>Bei einem Dienst anmelden</translation>
    </message>
    <message>
        <source>Proxy server %1</source>
        <translation>Proxyserver %1</translation>
    </message>
    <message>
        <source>Area: %1</source>
        <translation>Bereich: %1</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>A&amp;dresse:</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>Benutzername und Kennwort</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Zugangsschlüssel</translation>
    </message>
    <message>
        <source>OAuth 2: sign in with the browser</source>
        <translation>OAuth 2: Anmeldung im Browser</translation>
    </message>
    <message>
        <source>OAuth 2: client with a secret</source>
        <translation>OAuth 2: Client mit Geheimnis</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>&amp;Way:</source>
        <translation>&amp;Art:</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Benutzername:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Kennwort:</translation>
    </message>
    <message>
        <source>&amp;Token:</source>
        <translation>&amp;Zugangsschlüssel:</translation>
    </message>
    <message>
        <source>Sign-in addr&amp;ess:</source>
        <translation>Anmelde-Adr&amp;esse:</translation>
    </message>
    <message>
        <source>T&amp;oken address:</source>
        <translation>T&amp;oken-Adresse:</translation>
    </message>
    <message>
        <source>C&amp;lient ID:</source>
        <translation>C&amp;lient-Kennung:</translation>
    </message>
    <message>
        <source>Client secre&amp;t:</source>
        <translation>Clien&amp;t-Geheimnis:</translation>
    </message>
    <message>
        <source>Sco&amp;pe:</source>
        <translation>Um&amp;fang:</translation>
    </message>
    <message>
        <source>if there is one</source>
        <translation>falls es eines gibt</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>&amp;Pass phrase:</source>
        <translation>&amp;Kennwort der Datei:</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>Aus&amp;wählen …</translation>
    </message>
    <message>
        <source>&amp;Remember</source>
        <translation>&amp;Merken</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>&amp;Anmelden</translation>
    </message>
    <message>
        <source>Choose certificate</source>
        <translation>Zertifikat wählen</translation>
    </message>
    <message>
        <source>Certificates (*.p12 *.pfx)</source>
        <translation>Zertifikate (*.p12 *.pfx)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Signing in was interrupted.</source>
        <translation>Die Anmeldung wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Go on in the browser …</source>
        <translation>Im Browser geht es weiter …</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message>
        <source>This computer has no keychain: the sign-in holds until the program ends.</source>
        <translation>Dieser Rechner hat keine Schlüsselverwaltung: Die Anmeldung gilt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>Kept in the keychain of the system – not in workspaces, settings or logs.</source>
        <translation>Liegt in der Schlüsselverwaltung des Systems – nicht in Arbeitsmappen, Einstellungen oder Protokollen.</translation>
    </message>
    <message>
        <source>The sign-in holds until the program ends.</source>
        <translation>Die Anmeldung gilt, bis das Programm endet.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SignInPage</name>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Zugangsschlüssel</translation>
    </message>
    <message>
        <source>OAuth 2, client</source>
        <translation>OAuth 2, Client</translation>
    </message>
    <message>
        <source>OAuth 2, browser</source>
        <translation>OAuth 2, Browser</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Proxy server %1</source>
        <translation>Proxyserver %1</translation>
    </message>
    <message>
        <source>Sign-ins</source>
        <translation>Anmeldungen</translation>
    </message>
    <message>
        <source>Passwords and tokens are in the keychain of the system. Hanseatlas keeps only this list beside it.</source>
        <translation>Kennwörter und Zugangsschlüssel liegen in der Schlüsselverwaltung des Systems. Hanseatlas merkt sich daneben nur diese Liste.</translation>
    </message>
    <message>
        <source>This computer has no keychain: sign-ins hold until the program ends.</source>
        <translation>Dieser Rechner hat keine Schlüsselverwaltung: Anmeldungen gelten, bis das Programm endet.</translation>
    </message>
    <message>
        <source>No sign-in is kept</source>
        <translation>Keine Anmeldung gemerkt</translation>
    </message>
    <message>
        <source>When a service wants a sign-in, a notice above the map asks for it.</source>
        <translation>Verlangt ein Dienst eine Anmeldung, fragt eine Meldung auf der Karte danach.</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Gemerkt</translation>
    </message>
    <message>
        <source>In the keychain</source>
        <translation>In der Schlüsselverwaltung</translation>
    </message>
    <message>
        <source>Until the program ends</source>
        <translation>Bis das Programm endet</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SourceDialog</name>
    <message>
        <source>Add source</source>
        <translation>Quelle hinzufügen</translation>
    </message>
    <message>
        <source>The address of a geoportal (Masterportal), of open data (CKAN, DCAT) or of a service (WMS, WMTS, WFS, OGC API Features). What it is will be found out.</source>
        <translation>Die Adresse eines Geoportals (Masterportal), offener Daten (CKAN, DCAT) oder eines Dienstes (WMS, WMTS, WFS, OGC API Features). Was es ist, wird erkannt.</translation>
    </message>
    <message>
        <source>&amp;Add source</source>
        <translation>Quelle &amp;hinzufügen</translation>
    </message>
    <message>
        <source>A&amp;ddress:</source>
        <translation>A&amp;dresse:</translation>
    </message>
    <message>
        <source>&amp;File …</source>
        <translation>&amp;Datei …</translation>
    </message>
    <message>
        <source>Choose catalogue</source>
        <translation>Katalog wählen</translation>
    </message>
    <message>
        <source>Catalogues (*.json *.js *.ttl *.rdf *.xml)</source>
        <translation>Kataloge (*.json *.js *.ttl *.rdf *.xml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>What lies at the address could not be found out.</source>
        <translation>Was an der Adresse liegt, ließ sich nicht feststellen.</translation>
    </message>
    <message>
        <source>Looking what it is …</source>
        <translation>Es wird ermittelt, was es ist …</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SourceModel</name>
    <message>
        <source>Looking into it …</source>
        <translation>Wird angesehen …</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>Lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Koordinaten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::SourcePage</name>
    <message>
        <source>&amp;Browse …</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>&amp;Neu einlesen</translation>
    </message>
    <message>
        <source>Path of the source</source>
        <translation>Pfad der Quelle</translation>
    </message>
    <message>
        <source>&amp;Location:</source>
        <translation>&amp;Ort:</translation>
    </message>
    <message>
        <source>Layer in it:</source>
        <translation>Ebene darin:</translation>
    </message>
    <message>
        <source>Kind:</source>
        <translation>Art:</translation>
    </message>
    <message>
        <source>Size:</source>
        <translation>Größe:</translation>
    </message>
    <message>
        <source>Coordinates:</source>
        <translation>Koordinaten:</translation>
    </message>
    <message>
        <source>Extent:</source>
        <translation>Ausdehnung:</translation>
    </message>
    <message>
        <source>Last read:</source>
        <translation>Zuletzt gelesen:</translation>
    </message>
    <message>
        <source>Where the file says nothing, or something wrong:</source>
        <translation>Wo die Datei nichts oder Falsches sagt:</translation>
    </message>
    <message>
        <source>Choose the file of this layer</source>
        <translation>Datei dieser Ebene wählen</translation>
    </message>
    <message>
        <source>the only one</source>
        <translation>die einzige</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekte</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>Only on demand</source>
        <translation>Nur auf Verlangen</translation>
    </message>
    <message>
        <source>Every minute</source>
        <translation>Jede Minute</translation>
    </message>
    <message numerus="yes">
        <source>Every %n minutes</source>
        <translation>
            <numerusform>Jede %n. Minute</numerusform>
            <numerusform>Alle %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Jede Stunde</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Jeden Tag</translation>
    </message>
    <message numerus="yes">
        <source>Every %n seconds</source>
        <translation>
            <numerusform>Jede Sekunde</numerusform>
            <numerusform>Alle %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Fetch anew:</source>
        <translation>Neu &amp;holen:</translation>
    </message>
    <message>
        <source>How often the server is asked anew while the layer is on the map</source>
        <translation>Wie oft der Server neu gefragt wird, solange die Ebene auf der Karte liegt</translation>
    </message>
</context>
<context>
    <name>hanseatlas::StoreDialog</name>
    <message>
        <source>On this &amp;computer</source>
        <translation>Auf &amp;diesem Rechner</translation>
    </message>
    <message>
        <source>In a &amp;database that several people share</source>
        <translation>In einer &amp;gemeinsam genutzten Datenbank</translation>
    </message>
    <message>
        <source>Only over a connection whose certificate is &amp;verified</source>
        <translation>Nur über eine Verbindung mit &amp;geprüftem Zertifikat</translation>
    </message>
    <message>
        <source>Begin with my measures as they stand now</source>
        <translation>Mit meinen Maßnahmen beginnen, wie sie jetzt sind</translation>
    </message>
    <message>
        <source>Begin with the measures of the Digital Strategy</source>
        <translation>Mit den Maßnahmen der Digitalen Strategie beginnen</translation>
    </message>
    <message>
        <source>Store of the measures</source>
        <translation>Ablageort der Maßnahmen</translation>
    </message>
    <message>
        <source>Your &amp;name in the history</source>
        <translation>Ihr &amp;Name in der Historie</translation>
    </message>
    <message>
        <source>For one user. Nobody else sees the changes.</source>
        <translation>Für eine Person. Niemand sonst sieht die Änderungen.</translation>
    </message>
    <message>
        <source>PostgreSQL. A copy stays on this computer, so that work goes on without network; what was changed meanwhile is sent later.</source>
        <translation>PostgreSQL. Eine Kopie bleibt auf diesem Rechner, damit auch ohne Netz gearbeitet werden kann; was inzwischen geändert wurde, wird später gesendet.</translation>
    </message>
    <message>
        <source>The database holds no measures yet. The tables for them can be set up now:</source>
        <translation>Die Datenbank enthält noch keine Maßnahmen. Die Tabellen dafür können jetzt eingerichtet werden:</translation>
    </message>
    <message>
        <source>name or address</source>
        <translation>Name oder Adresse</translation>
    </message>
    <message>
        <source>as at this computer</source>
        <translation>wie an diesem Rechner</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Data&amp;base</source>
        <translation>Daten&amp;bank</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>Ben&amp;utzer</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>The password is kept in the keychain of the system.</source>
        <translation>Das Passwort wird im Schlüsselbund des Systems aufbewahrt.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>&amp;Set up and use</source>
        <translation>&amp;Einrichten und nutzen</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Nutzen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::StoreLine</name>
    <message>
        <source>The measures are kept on this computer.</source>
        <translation>Die Maßnahmen liegen auf diesem Rechner.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n measure(s) changed by you and somebody else</source>
        <translation>
            <numerusform>%1: %n Maßnahme von Ihnen und jemand anderem geändert</numerusform>
            <numerusform>%1: %n Maßnahmen von Ihnen und jemand anderem geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: not reached yet. %2</source>
        <translation>%1: noch nicht erreicht. %2</translation>
    </message>
    <message>
        <source>%1: not the same since %2. %3</source>
        <translation>%1: nicht abgeglichen seit %2. %3</translation>
    </message>
    <message>
        <source>%1: being compared…</source>
        <translation>%1: wird abgeglichen …</translation>
    </message>
    <message>
        <source>%1: all have the same, as of %2</source>
        <translation>%1: alle haben denselben Stand (%2)</translation>
    </message>
    <message>
        <source>&amp;Decide…</source>
        <translation>&amp;Entscheiden …</translation>
    </message>
    <message>
        <source>Try a&amp;gain</source>
        <translation>Er&amp;neut versuchen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::StoreTexts</name>
    <message>
        <source>The name of something to be stored is empty or too long.</source>
        <translation>Der Name eines zu speichernden Eintrags ist leer oder zu lang.</translation>
    </message>
    <message>
        <source>A description of service data is too long to be stored.</source>
        <translation>Eine Beschreibung von Dienstdaten ist zu lang zum Speichern.</translation>
    </message>
    <message>
        <source>An answer of a service is too large to be stored: %1 MB.</source>
        <translation>Die Antwort eines Dienstes ist zu groß zum Speichern: %1 MB.</translation>
    </message>
    <message>
        <source>The store of service data does not know this dataset.</source>
        <translation>Der Speicher für Dienstdaten kennt diesen Datensatz nicht.</translation>
    </message>
    <message>
        <source>“%1” may be viewed, but not kept.</source>
        <translation>„%1“ darf angesehen, aber nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Its licence does not allow it, or it holds personal data.</source>
        <translation>Die Lizenz erlaubt es nicht, oder es sind personenbezogene Daten enthalten.</translation>
    </message>
    <message>
        <source>The disk is full: what the services have sent cannot be kept.</source>
        <translation>Der Datenträger ist voll: Was die Dienste gesendet haben, kann nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Make room on the disk. What was kept before is still there.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger. Was vorher aufbewahrt wurde, ist noch da.</translation>
    </message>
    <message>
        <source>The store of service data is being written by another program.</source>
        <translation>In den Speicher für Dienstdaten schreibt gerade ein anderes Programm.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The store of service data is damaged.</source>
        <translation>Der Speicher für Dienstdaten ist beschädigt.</translation>
    </message>
    <message>
        <source>Start the program again: it then begins a new store.</source>
        <translation>Starten Sie das Programm neu: Es legt dann einen neuen Speicher an.</translation>
    </message>
    <message>
        <source>The store of service data could not be read or written.</source>
        <translation>Der Speicher für Dienstdaten konnte nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>See whether the disk has room and may be written.</source>
        <translation>Prüfen Sie, ob der Datenträger Platz hat und beschrieben werden darf.</translation>
    </message>
    <message>
        <source>The store of service data %1 was written by a newer version of the program. It is kept as %2; a new one was begun.</source>
        <translation>Der Speicher für Dienstdaten %1 wurde von einer neueren Programmversion geschrieben. Er wird als %2 aufbewahrt; ein neuer wurde begonnen.</translation>
    </message>
    <message>
        <source>The file %1 is no store of service data. It is kept as %2; a new one was begun.</source>
        <translation>Die Datei %1 ist kein Speicher für Dienstdaten. Sie wird als %2 aufbewahrt; ein neuer Speicher wurde begonnen.</translation>
    </message>
    <message>
        <source>The store of service data %1 was damaged. It is kept as %2; a new one was begun.</source>
        <translation>Der Speicher für Dienstdaten %1 war beschädigt. Er wird als %2 aufbewahrt; ein neuer wurde begonnen.</translation>
    </message>
    <message>
        <source>The store of service data %1 could not be opened or made.</source>
        <translation>Der Speicher für Dienstdaten %1 konnte weder geöffnet noch angelegt werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are damaged in the store and were left out.</source>
        <translation>
            <numerusform>%n Objekt ist im Speicher beschädigt und wurde weggelassen.</numerusform>
            <numerusform>%n Objekte sind im Speicher beschädigt und wurden weggelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) lie where the coordinate reference system cannot be converted, and were left out.</source>
        <translation>
            <numerusform>Ein Objekt liegt, wo sich das Koordinatenbezugssystem nicht umrechnen lässt; es wurde ausgelassen.</numerusform>
            <numerusform>%n Objekte liegen, wo sich das Koordinatenbezugssystem nicht umrechnen lässt; sie wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No objects of this layer have been stored yet.</source>
        <translation>Von dieser Ebene sind noch keine Objekte gespeichert.</translation>
    </message>
    <message>
        <source>A layer has more fields than can be stored: %1.</source>
        <translation>Eine Ebene hat mehr Felder, als gespeichert werden können: %1.</translation>
    </message>
    <message>
        <source>Objects of services cannot be stored: the library SpatiaLite cannot be loaded.</source>
        <translation>Objekte von Diensten können nicht gespeichert werden: Die Bibliothek SpatiaLite lässt sich nicht laden.</translation>
    </message>
    <message>
        <source>Install the package libsqlite3-mod-spatialite, then try again.</source>
        <translation>Installieren Sie das Paket libsqlite3-mod-spatialite und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>There is no such offline package any more.</source>
        <translation>Dieses Mitgenommene gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The file %1 could not be opened or made.</source>
        <translation>Die Datei %1 konnte nicht geöffnet oder angelegt werden.</translation>
    </message>
    <message>
        <source>The file %1 was written by a newer version of the program. It is kept as %2; a new one was begun.</source>
        <translation>Die Datei %1 wurde von einer neueren Programmversion geschrieben. Sie ist als %2 aufgehoben; eine neue wurde begonnen.</translation>
    </message>
    <message>
        <source>The file %1 does not hold what it should. It is kept as %2; a new one was begun.</source>
        <translation>Die Datei %1 enthält nicht, was sie soll. Sie ist als %2 aufgehoben; eine neue wurde begonnen.</translation>
    </message>
    <message>
        <source>The file %1 was damaged. It is kept as %2; a new one was begun.</source>
        <translation>Die Datei %1 war beschädigt. Sie ist als %2 aufgehoben; eine neue wurde begonnen.</translation>
    </message>
    <message>
        <source>The disk is full: %1 cannot be written.</source>
        <translation>Der Datenträger ist voll: %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Make room on the disk. What was saved before is still there.</source>
        <translation>Bitte Platz schaffen. Was vorher gespeichert war, ist noch da.</translation>
    </message>
    <message>
        <source>%1 is being written by another program.</source>
        <translation>%1 wird gerade von einem anderen Programm beschrieben.</translation>
    </message>
    <message>
        <source>%1 could not be read or written.</source>
        <translation>%1 konnte nicht gelesen oder geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::TargetTexts</name>
    <message>
        <source>“%1” is not a file name to write to.</source>
        <translation>„%1“ ist kein Dateiname, unter dem geschrieben werden kann.</translation>
    </message>
    <message>
        <source>The folder “%1” does not exist.</source>
        <translation>Den Ordner „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” may not be written.</source>
        <translation>„%1“ darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder or another name.</source>
        <translation>Wählen Sie einen anderen Ordner oder einen anderen Namen.</translation>
    </message>
    <message>
        <source>“%1” is open in another program.</source>
        <translation>„%1“ ist in einem anderen Programm geöffnet.</translation>
    </message>
    <message>
        <source>Close it there, or choose another name.</source>
        <translation>Schließen Sie die Datei dort oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“%1” could not be written: the disk is full.</source>
        <translation>„%1“ konnte nicht geschrieben werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Make room or choose another disk; a file that was there before is untouched.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Datenträger; eine frühere Datei ist unverändert.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ThemeModel</name>
    <message>
        <source>%1, on the map</source>
        <translation>%1, auf der Karte</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ThemePanel</name>
    <message>
        <source>Demonstration data: made up, not measured.</source>
        <translation>Demonstrationsdaten: erfunden, nicht gemessen.</translation>
    </message>
    <message>
        <source>Contains personal data.</source>
        <translation>Enthält personenbezogene Daten.</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>Quelle: %1</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>As of: %1</source>
        <translation>Stand: %1</translation>
    </message>
    <message>
        <source>Theme maps</source>
        <translation>Themenkarten</translation>
    </message>
    <message>
        <source>Duplicate theme map</source>
        <translation>Themenkarte duplizieren</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Delete theme map</source>
        <translation>Themenkarte löschen</translation>
    </message>
    <message>
        <source>Save layers as theme map …</source>
        <translation>Ebenen als Themenkarte speichern …</translation>
    </message>
    <message>
        <source>Rename theme map</source>
        <translation>Themenkarte umbenennen</translation>
    </message>
    <message>
        <source>Save layers as theme map</source>
        <translation>Ebenen als Themenkarte speichern</translation>
    </message>
    <message>
        <source>More for theme maps</source>
        <translation>Mehr zu Themenkarten</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>&amp;Farben:</translation>
    </message>
    <message>
        <source>About the theme map</source>
        <translation>Über die Themenkarte</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Title:</source>
        <translation>Titel:</translation>
    </message>
    <message>
        <source>Keep the changes in the theme map</source>
        <translation>Änderungen in die Themenkarte übernehmen</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>From services: %1</source>
        <translation>Aus Diensten: %1</translation>
    </message>
    <message>
        <source>Demonstration data: %1</source>
        <translation>Demonstrationsdaten: %1</translation>
    </message>
    <message>
        <source>Demonstration data for want of an answer: %1</source>
        <translation>Demonstrationsdaten, weil der Dienst nicht antwortet: %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ThemeServiceWatch</name>
    <message>
        <source>Take layers from services</source>
        <translation>Ebenen aus Diensten beziehen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::TileCover</name>
    <message>
        <source>Narrower (Shift+Left)</source>
        <translation>Schmaler (Umschalt+Links)</translation>
    </message>
    <message>
        <source>Wider (Shift+Right)</source>
        <translation>Breiter (Umschalt+Rechts)</translation>
    </message>
    <message>
        <source>Lower (Shift+Up)</source>
        <translation>Niedriger (Umschalt+Auf)</translation>
    </message>
    <message>
        <source>Taller (Shift+Down)</source>
        <translation>Höher (Umschalt+Ab)</translation>
    </message>
    <message>
        <source>Take the tile away (Del)</source>
        <translation>Kachel entfernen (Entf)</translation>
    </message>
</context>
<context>
    <name>hanseatlas::TileTexts</name>
    <message>
        <source>%1 of %2 indicators have data</source>
        <translation>%1 von %2 Indikatoren haben Daten</translation>
    </message>
    <message>
        <source>between %1 and %2 with other weights and means</source>
        <translation>zwischen %1 und %2 bei anderen Gewichten und Mitteln</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>noch keine Daten</translation>
    </message>
    <message>
        <source>not part of what the filter asks for</source>
        <translation>gehört nicht zu dem, wonach der Filter fragt</translation>
    </message>
    <message>
        <source>No indicator is asked for.</source>
        <translation>Es wird nach keinem Indikator gefragt.</translation>
    </message>
    <message>
        <source>%1 of %2 have data</source>
        <translation>%1 von %2 haben Daten</translation>
    </message>
    <message>
        <source>%1 of %2 reported</source>
        <translation>%1 von %2 gemeldet</translation>
    </message>
    <message>
        <source>There are no measures.</source>
        <translation>Es gibt keine Maßnahmen.</translation>
    </message>
    <message>
        <source>%1 of %2 measures have a status</source>
        <translation>%1 von %2 Maßnahmen haben einen Status</translation>
    </message>
    <message>
        <source>other indicators have data than before</source>
        <translation>andere Indikatoren haben Daten als zuvor</translation>
    </message>
    <message>
        <source>Nothing moved, or too little is known of one of the two times.</source>
        <translation>Nichts hat sich bewegt, oder von einem der beiden Zeitpunkte ist zu wenig bekannt.</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>since %1: %2 points</source>
        <translation>seit %1: %2 Punkte</translation>
    </message>
    <message>
        <source>nobody is named</source>
        <translation>niemand benannt</translation>
    </message>
    <message>
        <source>%1 overdue</source>
        <translation>%1 überfällig</translation>
    </message>
    <message>
        <source>reports are missing</source>
        <translation>Meldungen fehlen</translation>
    </message>
    <message>
        <source>Nothing is overdue, and no report is missing.</source>
        <translation>Nichts ist überfällig, und keine Meldung fehlt.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to do</source>
        <translation>
            <numerusform>%n Aufgabe</numerusform>
            <numerusform>%n Aufgaben</numerusform>
        </translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>of the values, beside how often they should come</source>
        <translation>der Werte, gemessen daran, wie oft sie kommen sollen</translation>
    </message>
    <message>
        <source>%1 points, rank %2</source>
        <translation>%1 Punkte, Rang %2</translation>
    </message>
    <message>
        <source> (%1 to %2 with other weights)</source>
        <translation> (%1 bis %2 bei anderen Gewichten)</translation>
    </message>
    <message numerus="yes">
        <source>of the %n indicator(s) that are known by Stadtteil</source>
        <translation>
            <numerusform>aus dem %n Indikator, der nach Stadtteilen bekannt ist</numerusform>
            <numerusform>aus den %n Indikatoren, die nach Stadtteilen bekannt sind</numerusform>
        </translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>The index over time</source>
        <translation>Der Index im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Indikatoren</translation>
    </message>
    <message>
        <source>Progress of the measures</source>
        <translation>Fortschritt der Maßnahmen</translation>
    </message>
    <message>
        <source>What moved the index</source>
        <translation>Was den Index bewegt hat</translation>
    </message>
    <message>
        <source>The index by Stadtteil</source>
        <translation>Der Index nach Stadtteilen</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Zu tun</translation>
    </message>
    <message>
        <source>Freshness of the data</source>
        <translation>Aktualität der Daten</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Change of the index</source>
        <translation>Änderung des Index</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
</context>
<context>
    <name>hanseatlas::TimeBar</name>
    <message>
        <source>Elevation</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>name and unit</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Time of the map</source>
        <translation>Zeit der Karte</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Einen Schritt zurück</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>One step forward</source>
        <translation>Einen Schritt vor</translation>
    </message>
    <message>
        <source>As the service shows it by itself</source>
        <translation>So, wie der Dienst es von sich aus zeigt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::TimelineView</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Timeline of the measures</source>
        <translation>Zeitplan der Maßnahmen</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n measure(s)</source>
        <translation>
            <numerusform>%1, %n Maßnahme</numerusform>
            <numerusform>%1, %n Maßnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Progress: %1 %</source>
        <translation>Fortschritt: %1 %</translation>
    </message>
    <message>
        <source>No measure passes the filter.</source>
        <translation>Keine Maßnahme entspricht dem Filter.</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n Maßnahme</numerusform>
            <numerusform>%n Maßnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter start and end beside, or import them.</source>
        <translation>Tragen Sie Beginn und Ende daneben ein, oder importieren Sie sie.</translation>
    </message>
    <message>
        <source>Dates of %1</source>
        <translation>Termine von %1</translation>
    </message>
</context>
<context>
    <name>hanseatlas::TrendChart</name>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>hanseatlas::ValueImportDialog</name>
    <message>
        <source>Values of indicators</source>
        <translation>Werte von Indikatoren</translation>
    </message>
    <message>
        <source>%1: %2 new, %3 corrected, %4 withdrawn, %5 unchanged values.</source>
        <translation>%1: %2 neue, %3 berichtigte, %4 zurückgenommene, %5 unveränderte Werte.</translation>
    </message>
    <message>
        <source>Columns that are not read: %1</source>
        <translation>Spalten, die nicht gelesen werden: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be read. Correct the file and import it again; nothing is taken over until then.</source>
        <translation>
            <numerusform>%n Zeile kann nicht gelesen werden. Berichtigen Sie die Datei und importieren Sie sie erneut; bis dahin wird nichts übernommen.</numerusform>
            <numerusform>%n Zeilen können nicht gelesen werden. Berichtigen Sie die Datei und importieren Sie sie erneut; bis dahin wird nichts übernommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>What cannot be read</source>
        <translation>Was nicht gelesen werden kann</translation>
    </message>
    <message>
        <source>e.g. Statistikstelle, Jahrbuch 2026</source>
        <translation>z. B. Statistikstelle, Jahrbuch 2026</translation>
    </message>
    <message>
        <source>e.g. dl-de/by-2-0</source>
        <translation>z. B. dl-de/by-2-0</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Both stand beside the values wherever they are explained. What is corrected stays in the store&apos;s history.</source>
        <translation>Beides steht überall bei den Werten, wo sie erläutert werden. Was berichtigt wird, bleibt in der Geschichte des Speichers erhalten.</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::Values</name>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>ein Byte</numerusform>
            <numerusform>%n Byte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::VectorTexts</name>
    <message>
        <source>The expression “%1” of the style is damaged.</source>
        <translation>Der Ausdruck „%1“ des Stils ist fehlerhaft.</translation>
    </message>
    <message>
        <source>An expression of the style is too long.</source>
        <translation>Ein Ausdruck des Stils ist zu lang.</translation>
    </message>
    <message>
        <source>An expression of the style is nested too deeply.</source>
        <translation>Ein Ausdruck des Stils ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The style uses “%1”, which is not known here.</source>
        <translation>Der Stil verwendet „%1“, was hier nicht bekannt ist.</translation>
    </message>
    <message>
        <source>A function of the style has no stops.</source>
        <translation>Eine Funktion des Stils hat keine Stützstellen.</translation>
    </message>
    <message>
        <source>The style is not of version 8, which alone can be drawn.</source>
        <translation>Der Stil hat nicht die Version 8; nur diese kann gezeichnet werden.</translation>
    </message>
    <message>
        <source>The style has too many layers.</source>
        <translation>Der Stil enthält zu viele Ebenen.</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of the style are not drawn (%1): %2</source>
        <translation>
            <numerusform>%n Ebene des Stils wird nicht gezeichnet (%1): %2</numerusform>
            <numerusform>%n Ebenen des Stils werden nicht gezeichnet (%1): %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The style has no layers that can be drawn.</source>
        <translation>Der Stil enthält keine Ebenen, die gezeichnet werden können.</translation>
    </message>
    <message>
        <source>layers of the kind “%1”</source>
        <translation>Ebenen der Art „%1“</translation>
    </message>
    <message>
        <source>a source of a kind that is not known here</source>
        <translation>eine Quelle von hier nicht bekannter Art</translation>
    </message>
    <message>
        <source>The style is too large.</source>
        <translation>Der Stil ist zu groß.</translation>
    </message>
    <message>
        <source>The style is no JSON object.</source>
        <translation>Der Stil ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The description of the tiles does not say where they are.</source>
        <translation>Die Beschreibung der Kacheln nennt deren Adresse nicht.</translation>
    </message>
    <message>
        <source>“%1” is no file of map tiles, or is damaged.</source>
        <translation>„%1“ ist keine Datei mit Kartenkacheln oder ist beschädigt.</translation>
    </message>
    <message>
        <source>“%1” does not exist.</source>
        <translation>„%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” may not be read.</source>
        <translation>„%1“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” holds no vector tiles.</source>
        <translation>„%1“ enthält keine Vektorkacheln.</translation>
    </message>
    <message>
        <source>Vector tiles</source>
        <translation>Vektorkacheln</translation>
    </message>
    <message>
        <source>A vector tile is too large to be drawn.</source>
        <translation>Eine Vektorkachel ist zu groß, um gezeichnet zu werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s) of the map did not come: %1</source>
        <translation>
            <numerusform>%n Kachel der Karte wurde nicht geliefert: %1</numerusform>
            <numerusform>%n Kacheln der Karte wurden nicht geliefert: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s) of the map cannot be drawn: %1</source>
        <translation>
            <numerusform>%n Kachel der Karte kann nicht gezeichnet werden: %1</numerusform>
            <numerusform>%n Kacheln der Karte können nicht gezeichnet werden: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hanseatlas::WorkspaceTexts</name>
    <message>
        <source>An entry that is neither a layer nor a group was left out.</source>
        <translation>Ein Eintrag, der weder Ebene noch Gruppe ist, wurde ausgelassen.</translation>
    </message>
    <message>
        <source>The style of the layer “%1” could not be read, so it is drawn plainly: %2</source>
        <translation>Die Darstellung der Ebene „%1“ konnte nicht gelesen werden, deshalb wird sie schlicht gezeichnet: %2</translation>
    </message>
    <message>
        <source>The workspace “%1” could not be opened. %2</source>
        <translation>Die Arbeitsmappe „%1“ konnte nicht geöffnet werden. %2</translation>
    </message>
    <message>
        <source>The file is damaged: it is no complete JSON document.</source>
        <translation>Die Datei ist beschädigt: Sie ist kein vollständiges JSON-Dokument.</translation>
    </message>
    <message>
        <source>Open a backup copy of the file if there is one.</source>
        <translation>Öffnen Sie eine Sicherungskopie der Datei, falls es eine gibt.</translation>
    </message>
    <message>
        <source>The file is no workspace of Hanseatlas.</source>
        <translation>Die Datei ist keine Arbeitsmappe von Hanseatlas.</translation>
    </message>
    <message>
        <source>The file is damaged: its version or its layers are missing.</source>
        <translation>Die Datei ist beschädigt: Ihre Version oder ihre Ebenen fehlen.</translation>
    </message>
    <message>
        <source>The file was written by a newer Hanseatlas (format %1; this program reads up to %2).</source>
        <translation>Die Datei stammt von einem neueren Hanseatlas (Format %1; dieses Programm liest bis %2).</translation>
    </message>
    <message>
        <source>Update Hanseatlas, or save the workspace again with the older program.</source>
        <translation>Aktualisieren Sie Hanseatlas oder speichern Sie die Arbeitsmappe mit dem älteren Programm neu.</translation>
    </message>
    <message>
        <source>The workspace could not be saved as “%1”.</source>
        <translation>Die Arbeitsmappe konnte nicht als „%1“ gespeichert werden.</translation>
    </message>
    <message>
        <source>Check that the folder exists, may be written to and has room, or choose another one.</source>
        <translation>Prüfen Sie, ob es den Ordner gibt, ob Sie darin schreiben dürfen und ob Platz ist, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The file is not there.</source>
        <translation>Die Datei ist nicht da.</translation>
    </message>
    <message>
        <source>The file may not be read.</source>
        <translation>Die Datei darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file is far too large for a workspace.</source>
        <translation>Die Datei ist für eine Arbeitsmappe viel zu groß.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::XplanTexts</name>
    <message>
        <source>“%1” does not exist.</source>
        <translation>„%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” cannot be read.</source>
        <translation>„%1“ kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” is damaged: it is not a zip archive.</source>
        <translation>„%1“ ist beschädigt: Es ist kein ZIP-Archiv.</translation>
    </message>
    <message>
        <source>The file may be cut off. Ask the sender for it again.</source>
        <translation>Vielleicht ist die Datei abgeschnitten. Bitten Sie den Absender erneut darum.</translation>
    </message>
    <message>
        <source>“%1” was not opened: “%2” in it unpacks to an unreasonable size.</source>
        <translation>„%1“ wurde nicht geöffnet: „%2“ darin entpackt sich auf eine unvernünftige Größe.</translation>
    </message>
    <message>
        <source>Such archives are made to fill memory and disk. Open it only if you trust its sender, unpacked.</source>
        <translation>Solche Archive sollen Speicher und Datenträger füllen. Öffnen Sie es nur entpackt und wenn Sie dem Absender vertrauen.</translation>
    </message>
    <message>
        <source>“%1” is damaged: “%2” in it cannot be unpacked.</source>
        <translation>„%1“ ist beschädigt: „%2“ darin lässt sich nicht entpacken.</translation>
    </message>
    <message>
        <source>Ask the sender for it again.</source>
        <translation>Bitten Sie den Absender erneut darum.</translation>
    </message>
    <message>
        <source>“%1” has no file “%2” in it.</source>
        <translation>„%1“ enthält keine Datei „%2“.</translation>
    </message>
    <message>
        <source>“%1” is protected by a password.</source>
        <translation>„%1“ ist durch ein Kennwort geschützt.</translation>
    </message>
    <message>
        <source>Unpack it with the password first.</source>
        <translation>Entpacken Sie es zuerst mit dem Kennwort.</translation>
    </message>
    <message>
        <source>“%1” was not opened: it holds %2 files.</source>
        <translation>„%1“ wurde nicht geöffnet: Es enthält %2 Dateien.</translation>
    </message>
    <message>
        <source>“%1” was not opened: the file “%2” in it would lie outside of the archive&apos;s folder.</source>
        <translation>„%1“ wurde nicht geöffnet: Die Datei „%2“ darin läge außerhalb des Archivordners.</translation>
    </message>
    <message>
        <source>Such archives are made to overwrite files of this computer.</source>
        <translation>Solche Archive sollen Dateien dieses Rechners überschreiben.</translation>
    </message>
    <message>
        <source>Areas of the plan</source>
        <translation>Flächen des Plans</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Textual regulations</source>
        <translation>Textliche Festsetzungen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>The plan has no extent.</source>
        <translation>Der Plan hat keinen Geltungsbereich.</translation>
    </message>
    <message>
        <source>The plan states no extent of its own; it was made of what the plan holds.</source>
        <translation>Der Plan nennt keinen eigenen Geltungsbereich; er wurde aus dem Planinhalt gebildet.</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are of classes without a symbol and are drawn plainly: %1.</source>
        <translation>
            <numerusform>Ein Objekt gehört zu einer Klasse ohne Signatur und wird schlicht gezeichnet: %1.</numerusform>
            <numerusform>%n Objekte gehören zu Klassen ohne Signatur und werden schlicht gezeichnet: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) have no geometry and are not on the map.</source>
        <translation>
            <numerusform>Ein Objekt hat keine Geometrie und ist nicht auf der Karte.</numerusform>
            <numerusform>%n Objekte haben keine Geometrie und sind nicht auf der Karte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s) lead to objects that are not in the file, such as “%1”.</source>
        <translation>
            <numerusform>Ein Verweis führt zu einem Objekt, das nicht in der Datei ist: „%1“.</numerusform>
            <numerusform>%n Verweise führen zu Objekten, die nicht in der Datei sind, etwa „%1“.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) belong to no Bereich of the plan; they are shown with it.</source>
        <translation>
            <numerusform>Ein Objekt gehört zu keinem Bereich des Plans; es wird mit ihm gezeigt.</numerusform>
            <numerusform>%n Objekte gehören zu keinem Bereich des Plans; sie werden mit ihm gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check the permissions of the file.</source>
        <translation>Prüfen Sie die Zugriffsrechte der Datei.</translation>
    </message>
    <message>
        <source>“%1” is too large for a plan.</source>
        <translation>„%1“ ist für einen Plan zu groß.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) that the plan names are not in the archive, such as “%1”.</source>
        <translation>
            <numerusform>Ein Dokument, das der Plan nennt, fehlt im Archiv: „%1“.</numerusform>
            <numerusform>%n Dokumente, die der Plan nennt, fehlen im Archiv, etwa „%1“.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” holds another archive, “%2”; archives in archives are not opened.</source>
        <translation>„%1“ enthält ein weiteres Archiv, „%2“; Archive in Archiven werden nicht geöffnet.</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>Entpacken Sie es zuerst.</translation>
    </message>
    <message>
        <source>“%1” holds no XPlanGML file.</source>
        <translation>„%1“ enthält keine XPlanGML-Datei.</translation>
    </message>
    <message>
        <source>The folder “%1” cannot be read.</source>
        <translation>Der Ordner „%1“ kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Prüfen Sie seine Zugriffsrechte.</translation>
    </message>
    <message>
        <source>There are no plans in “%1”.</source>
        <translation>In „%1“ sind keine Pläne.</translation>
    </message>
    <message>
        <source>The coordinate reference system “%1” is unknown.</source>
        <translation>Das Koordinatenbezugssystem „%1“ ist unbekannt.</translation>
    </message>
    <message>
        <source>There is no plan in this file.</source>
        <translation>In dieser Datei ist kein Plan.</translation>
    </message>
    <message>
        <source>There is no plan in “%1”.</source>
        <translation>In „%1“ ist kein Plan.</translation>
    </message>
    <message>
        <source>“%1” has no layer “%2”.</source>
        <translation>„%1“ hat keine Ebene „%2“.</translation>
    </message>
    <message>
        <source>The file may have been replaced by another one since the map was made.</source>
        <translation>Vielleicht wurde die Datei seit dem Erstellen der Karte durch eine andere ersetzt.</translation>
    </message>
    <message>
        <source>“%1” was not opened: it has a document type definition, through which it could read other files of this computer.</source>
        <translation>„%1“ wurde nicht geöffnet: Es hat eine Dokumenttypdefinition, über die es andere Dateien dieses Rechners lesen könnte.</translation>
    </message>
    <message>
        <source>XPlanGML needs no such definition. Ask the sender for the plan without it.</source>
        <translation>XPlanGML braucht keine solche Definition. Bitten Sie den Absender um den Plan ohne sie.</translation>
    </message>
    <message>
        <source>“%1” was not opened: %2</source>
        <translation>„%1“ wurde nicht geöffnet: %2</translation>
    </message>
    <message>
        <source>“%1” is not well-formed XML: the error is in line %2, column %3.</source>
        <translation>„%1“ ist kein wohlgeformtes XML: Der Fehler ist in Zeile %2, Spalte %3.</translation>
    </message>
    <message>
        <source>The file may be cut off or was changed by hand. Ask the sender for it again.</source>
        <translation>Vielleicht ist die Datei abgeschnitten oder von Hand geändert. Bitten Sie den Absender erneut darum.</translation>
    </message>
    <message>
        <source>“%1” is not an XPlanGML file.</source>
        <translation>„%1“ ist keine XPlanGML-Datei.</translation>
    </message>
    <message>
        <source>The file does not name a coordinate reference system.</source>
        <translation>Die Datei nennt kein Koordinatenbezugssystem.</translation>
    </message>
    <message>
        <source>The file does not name a coordinate reference system; its coordinates look like %1.</source>
        <translation>Die Datei nennt kein Koordinatenbezugssystem; ihre Koordinaten sehen nach %1 aus.</translation>
    </message>
    <message>
        <source>North and east were exchanged: as written, the coordinates in %1 would not lie in Germany.</source>
        <translation>Nord und Ost wurden getauscht: Wie geschrieben lägen die Koordinaten in %1 nicht in Deutschland.</translation>
    </message>
    <message numerus="yes">
        <source>%n geometry(ies) have positions that are no coordinates; these were left out. The first is in line %1.</source>
        <translation>
            <numerusform>Eine Geometrie hat Stützpunkte, die keine Koordinaten sind; sie wurden ausgelassen. Der erste steht in Zeile %1.</numerusform>
            <numerusform>%n Geometrien haben Stützpunkte, die keine Koordinaten sind; sie wurden ausgelassen. Der erste steht in Zeile %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n geometry(ies) had boundaries that were not closed; they were closed.</source>
        <translation>
            <numerusform>Eine Geometrie hatte offene Umringe; sie wurden geschlossen.</numerusform>
            <numerusform>%n Geometrien hatten offene Umringe; sie wurden geschlossen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n geometry(ies) have parts that cannot be shown.</source>
        <translation>
            <numerusform>Eine Geometrie hat Teile, die sich nicht zeigen lassen.</numerusform>
            <numerusform>%n Geometrien haben Teile, die sich nicht zeigen lassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n identifier(s) occur more than once; references lead to the first object of that name.</source>
        <translation>
            <numerusform>Eine Kennung kommt mehrfach vor; Verweise führen zum ersten Objekt dieses Namens.</numerusform>
            <numerusform>%n Kennungen kommen mehrfach vor; Verweise führen zum ersten Objekt dieses Namens.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file mixes versions of XPlanGML.</source>
        <translation>Die Datei mischt XPlanGML-Versionen.</translation>
    </message>
    <message>
        <source>This version of XPlanGML is unknown; what was understood is shown.</source>
        <translation>Diese XPlanGML-Version ist unbekannt; gezeigt wird, was verstanden wurde.</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>„%1“ ist leer.</translation>
    </message>
    <message>
        <source>The plan cannot be written: the identifier “%1” occurs twice.</source>
        <translation>Der Plan kann nicht geschrieben werden: Die Kennung „%1“ kommt zweimal vor.</translation>
    </message>
    <message>
        <source>The plan cannot be written: a coordinate of it is no number.</source>
        <translation>Der Plan kann nicht geschrieben werden: Eine Koordinate darin ist keine Zahl.</translation>
    </message>
    <message>
        <source>The plan cannot be written: a text holds characters that XML does not allow.</source>
        <translation>Der Plan kann nicht geschrieben werden: Ein Text enthält Zeichen, die XML nicht erlaubt.</translation>
    </message>
</context>
<context>
    <name>hanseatlas::look::AboutDialog</name>
    <message>
        <source>About %1</source>
        <translation>Über %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies versions and system, for a report</source>
        <translation>Kopiert Versionen und System, für eine Meldung</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>Gebaut mit</translation>
    </message>
</context>
<context>
    <name>hanseatlas::look::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::look::ProgressStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>hanseatlas::look::Spinner</name>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
</context>
</TS>
