#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws tables of a GeoPackage as QGIS shows them by their default styles, and lets QGIS read their SLD.

  qgis_render.py FILE.gpkg OUT.png WIDTH HEIGHT DPI XMIN YMIN XMAX YMAX TABLE...      bottom table first
Prints one line a table: its renderer, or why its style did not load.
"""
import os
import sys

os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsMapRendererSequentialJob, QgsMapSettings
from qgis.core import QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

path, out, width, height, dpi = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
box = QgsRectangle(*[float(v) for v in sys.argv[6:10]])
app = QgsApplication([], False)
app.initQgis()
layers = []
for table in sys.argv[10:]:
    layer = QgsVectorLayer(f'{path}|layername={table}', table, 'ogr')
    if not layer.isValid():
        layer = QgsRasterLayer(f'GPKG:{path}:{table}', table)
    message, loaded = layer.loadDefaultStyle()
    kind = layer.renderer().type() if layer.renderer() else 'none'
    sld = ''
    if isinstance(layer, QgsVectorLayer):
        count, ids, names, notes, error = layer.listStylesInDatabase()
        document = QDomDocument()
        other = QgsVectorLayer(f'{path}|layername={table}', table, 'ogr')
        import sqlite3
        text = sqlite3.connect(path).execute('SELECT styleSLD FROM layer_styles WHERE f_table_name = ?', [table]).fetchone()[0]
        open(out + '.sld', 'w').write(text)
        problem, good = other.loadSldStyle(out + '.sld')
        sld = f'{"SLD read" if good else "SLD refused: " + problem} {other.renderer().type()}'
    print(f'{table}: {kind} {"loaded" if loaded else "not loaded: " + message}; {sld}', flush=True)
    layers.insert(0, layer)

settings = QgsMapSettings()
settings.setLayers(layers)
settings.setDestinationCrs(QgsCoordinateReferenceSystem('EPSG:25832'))
settings.setOutputSize(QSize(width, height))
settings.setOutputDpi(dpi)
settings.setExtent(box)
settings.setBackgroundColor(QColor('white'))
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(out)
sys.stdout.flush()
os._exit(0)
