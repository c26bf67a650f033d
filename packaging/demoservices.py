#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serves a made demo city as WMS and WFS on the loopback interface, for pictures and for trying things out.

  demoservices.py DEMO-FOLDER WORK-FOLDER

Needs lighttpd and MapServer (packages lighttpd, cgi-mapserver). Prints the service's address and one that takes every
question and never answers, writes a catalogue and a workspace with both into WORK-FOLDER/hanseatlas, and runs until it
is ended.
"""
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import uuid

LAYERS = [  # name, title, kind, style, group
    ('flaechen', 'Flächen', 'POLYGON', 'COLOR 214 226 206 OUTLINECOLOR 190 205 180', 'Grundkarte'),
    ('gewaesser', 'Gewässer', 'POLYGON', 'COLOR 178 206 228', 'Grundkarte'),
    ('strassen', 'Straßen', 'LINE', 'COLOR 250 250 248 WIDTH 3', 'Grundkarte'),
    ('gebaeude', 'Gebäude', 'POLYGON', 'COLOR 205 197 188 OUTLINECOLOR 176 167 157 WIDTH 0.4', 'Grundkarte'),
    ('stadtteile', 'Stadtteile', 'POLYGON', 'OUTLINECOLOR 110 90 140 WIDTH 2', 'Verwaltung'),
    ('baeume', 'Bäume', 'POINT', 'SYMBOL "dot" SIZE 5 COLOR 70 140 70', 'Stadtgrün'),
    ('soziales', 'Soziale Angebote', 'POINT', 'SYMBOL "dot" SIZE 9 COLOR 176 62 62 OUTLINECOLOR 255 255 255', 'Soziales'),
]
RAIN_TIMES = [f'2026-11-23T{10 + minutes // 60}:{minutes % 60:02}:00Z' for minutes in range(0, 65, 5)]
RAIN_CLASSES = [(0, '150 185 225'), (1, '95 145 205'), (2, '60 95 170'), (3, '95 60 140')]  # from drizzle to downpour


def rain(path):
    """Made-up showers that cross the city from the south-west, one set of areas for each time."""
    features = []
    for step, moment in enumerate(RAIN_TIMES):
        for cell, (x, y, size) in enumerate([(603000, 5961500, 4200), (598500, 5968000, 3000), (606500, 5957000, 2400)]):
            x, y = x + step * 950, y + step * 620
            for strength in range(4):
                radius = size * (1 - strength * 0.24)
                ring = [[x + radius * (1 + 0.16 * math.sin(3 * a + cell + step / 3)) * math.cos(a),
                         y + radius * (0.72 + 0.1 * math.cos(2 * a + cell - step / 4)) * math.sin(a)]
                        for a in (turn * math.tau / 72 for turn in range(72))]
                features.append({'type': 'Feature', 'properties': {'zeit': moment, 'staerke': strength},
                                 'geometry': {'type': 'Polygon', 'coordinates': [ring + ring[:1]]}})
    with open(path, 'w', encoding='utf-8') as out:
        json.dump({'type': 'FeatureCollection', 'features': features,
                   'crs': {'type': 'name', 'properties': {'name': 'urn:ogc:def:crs:EPSG::25832'}}}, out)


def rain_layer(path):
    classes = ''.join(f'CLASS NAME "Stufe {strength + 1}" EXPRESSION ([staerke] = {strength}) STYLE COLOR {colour} END END\n'
                      for strength, colour in RAIN_CLASSES)
    return f'''LAYER NAME "regen" TYPE POLYGON STATUS ON TEMPLATE "x" CONNECTIONTYPE OGR CONNECTION "{path}"
 DATA "SELECT * FROM regen" PROJECTION "init=epsg:25832" END COMPOSITE OPACITY 60 END
 METADATA "ows_title" "Regen" "wms_layer_group" "/Wetter" "wms_timeitem" "zeit" "wms_timedefault" "{RAIN_TIMES[-1]}"
 "wms_timeextent" "{RAIN_TIMES[0]}/{RAIN_TIMES[-1]}/PT5M" END
{classes}END
'''


def mapfile(demo, address, rain_path):
    text = f'''MAP NAME "demo" EXTENT 600000 5955000 630000 5990000 SIZE 512 512 MAXSIZE 4096
PROJECTION "init=epsg:25832" END
OUTPUTFORMAT NAME "png" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGBA TRANSPARENT ON END
SYMBOL NAME "dot" TYPE ELLIPSE POINTS 1 1 END FILLED TRUE END
WEB METADATA "ows_title" "Geodienste der Demostadt" "ows_onlineresource" "{address}" "ows_encoding" "UTF-8"
 "ows_srs" "EPSG:25832 EPSG:4326 EPSG:3857" "ows_enable_request" "*" "ows_accessconstraints" "CC0-1.0"
 "ows_contactorganization" "Demostadt von Hanseatlas (erfunden)" END END
'''
    for name, title, kind, style, group in LAYERS:
        limit = 'MAXSCALEDENOM 60000' if name in ('gebaeude', 'baeume') else ''
        text += f'''LAYER NAME "{name}" TYPE {kind} STATUS ON TEMPLATE "x" {limit}
 CONNECTIONTYPE OGR CONNECTION "{demo}/city.gpkg" DATA "{name}" PROJECTION "init=epsg:25832" END
 METADATA "ows_title" "{title}" "wms_layer_group" "/{group}" "gml_include_items" "all" "gml_featureid" "fid" END
 CLASS NAME "{title}" STYLE {style} END END END
'''
    return text + rain_layer(rain_path) + 'END\n'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def catalogue(work, address, dead):
    owner = {'licence': 'CC0-1.0', 'attribution': 'Demostadt von Hanseatlas (erfunden)'}
    services = [
        {'theme': 'base', 'type': 'wms', 'url': address, 'title': 'Grundkarte der Demostadt',
         'abstract': 'Flächen, Gewässer, Straßen und Gebäude.', 'layers': [{'name': 'flaechen,gewaesser,strassen,gebaeude'}]},
        {'theme': 'city', 'type': 'wms', 'url': address, 'title': 'Alle Karten der Demostadt'},
        {'theme': 'city', 'type': 'wfs', 'url': address, 'title': 'Soziale Angebote', 'abstract': 'Wer wo hilft.',
         'keywords': ['Beratung', 'Kita'], 'layers': [{'name': 'soziales'}]},
        {'theme': 'city', 'type': 'wms', 'url': dead, 'title': 'Dienst, der nicht antwortet', 'layers': [{'name': 'karte'}]},
    ]
    themes = [{'id': 'base', 'title': 'Grundkarten'}, {'id': 'city', 'title': 'Stadt'}]
    os.makedirs(f'{work}/hanseatlas', exist_ok=True)
    with open(f'{work}/hanseatlas/catalogue.json', 'w', encoding='utf-8') as out:
        json.dump({'format': 'hanseatlas-catalogue', 'version': 1, 'title': 'Demostadt', 'themes': themes,
                   'services': [{**owner, **service} for service in services]}, out, ensure_ascii=False, indent=1)


def workspace(work, address, dead):
    def layer(title, location, name):
        return {'layer': {'id': str(uuid.uuid4()), 'title': title,
                          'source': {'provider': 'wms', 'location': location, 'layer': name},
                          'provenance': {'source': 'Demostadt von Hanseatlas (erfunden)', 'licence': 'CC0-1.0', 'demo': True}}}
    layers = [layer('Luftqualität (antwortet nicht)', dead, 'karte'), layer('Soziale Angebote', address, 'soziales'),
              layer('Bäume', address, 'baeume'), layer('Stadtteile', address, 'stadtteile'),
              layer('Grundkarte', address, 'flaechen,gewaesser,strassen,gebaeude')]
    weather = [layer('Regen', address, 'regen'), *layers[-2:]]
    for name, shown in (('services', layers[1:]), ('broken', layers), ('weather', weather)):
        with open(f'{work}/hanseatlas/{name}.hatlas', 'w', encoding='utf-8') as out:
            json.dump({'type': 'hanseatlas-workspace', 'version': 1, 'layers': shown}, out, ensure_ascii=False, indent=1)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    demo, work = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    server = shutil.which('lighttpd') or '/usr/sbin/lighttpd'
    mapserver = '/usr/lib/cgi-bin/mapserv'
    for needed in (server, mapserver, f'{demo}/city.gpkg'):
        if not os.path.exists(needed):
            sys.exit(f'{needed} is missing')
    os.makedirs(f'{work}/cgi', exist_ok=True)
    port = free_port()
    address = f'http://127.0.0.1:{port}/maps.cgi'
    silent = socket.create_server(('127.0.0.1', 0), backlog=100)  # the system takes connections, and nobody answers
    dead = f'http://127.0.0.1:{silent.getsockname()[1]}/wms'
    if not os.path.lexists(f'{work}/cgi/maps.cgi'):
        os.symlink(mapserver, f'{work}/cgi/maps.cgi')
    with open(f'{work}/demo.map', 'w', encoding='utf-8') as out:
        out.write(mapfile(demo, address, f'{work}/regen.geojson'))
    rain(f'{work}/regen.geojson')
    with open(f'{work}/mapserver.conf', 'w', encoding='utf-8') as out:
        out.write('CONFIG ENV MS_MAP_PATTERN "." END END\n')
    with open(f'{work}/lighttpd.conf', 'w', encoding='utf-8') as out:
        out.write(f'''server.modules = ("mod_cgi", "mod_setenv")
server.document-root = "{work}/cgi"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{work}/lighttpd.log"
cgi.assign = (".cgi" => "")
setenv.add-environment = ("MAPSERVER_CONFIG_FILE" => "{work}/mapserver.conf", "MS_MAPFILE" => "{work}/demo.map")
''')
    catalogue(work, address, dead)
    workspace(work, address, dead)
    running = subprocess.Popen([server, '-D', '-f', f'{work}/lighttpd.conf'])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: running.terminate())
    print(address, dead, sep='\n', flush=True)
    sys.exit(running.wait())


if __name__ == '__main__':
    main()
