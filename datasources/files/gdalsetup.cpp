// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/gdalsetup.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <mutex>

namespace hanseatlas
{

namespace
{

/** Drivers that talk to servers, or that follow addresses written in a file. */
constexpr const char *remoteDrivers[] = {
    "HTTP",          "WMS",          "WMTS",  "WCS",       "WFS",     "OAPIF", "OGCAPI",     "PLSCENES",
    "PLMosaic",      "NGW",          "Carto", "CSW",       "EEDA",    "EEDAI", "AmigoCloud", "Elasticsearch",
    "STACTA",        "STACIT",       "DAAS",  "MongoDBv3", "MySQL",   "ODBC",  "PGeo",       "PostgreSQL",
    "PostGISRaster", "MSSQLSpatial", "GTI",   "GMLAS",     "GPSBabel"};

void *theDatabaseDriver = nullptr; ///< set once, before anybody can ask

CPLHTTPResult *refuse(const char *, CSLConstList, GDALProgressFunc, void *, CPLHTTPFetchWriteFunc, void *, void *)
{
    auto *result = static_cast<CPLHTTPResult *>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("no network access from local files");
    return result;
}

void setUp()
{
    GDALAllRegister();
    theDatabaseDriver = GDALGetDriverByName("PostgreSQL");
    for (const auto *name : remoteDrivers) {
        if (auto *driver = GDALGetDriverByName(name))
            GDALDeregisterDriver(driver);
    }
    CPLHTTPSetFetchCallback(refuse, nullptr);
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", "none");
    OSRSetPROJEnableNetwork(0);
    CPLSetConfigOption("GML_SKIP_RESOLVE_ELEMS", "ALL"); // xlink:href stays a text
    CPLSetConfigOption("OGR_SQLITE_LIST_VIRTUAL_OGR", "NO");
    CPLSetConfigOption("SHAPE_RESTORE_SHX", "NO"); // it would write beside the user's files
    CPLSetConfigOption("CPL_DEBUG", "OFF");
    GDALSetCacheMax64(192LL * 1024 * 1024);
    CPLSetErrorHandler(CPLQuietErrorHandler); // of threads without a GdalErrors, e.g. GDAL's own
}

} // namespace

void initGdal()
{
    static std::once_flag once;
    std::call_once(once, setUp);
}

void *databaseDriver()
{
    initGdal();
    return theDatabaseDriver;
}

QString gdalVersion()
{
    return QString::fromUtf8(GDALVersionInfo("RELEASE_NAME"));
}

struct GdalErrorSink {
    static void take(CPLErr level, CPLErrorNum, const char *message)
    {
        auto *self = static_cast<GdalErrors *>(CPLGetErrorHandlerUserData());
        if (level == CE_Debug || !self)
            return;
        if (level >= CE_Failure)
            ++self->m_failures;
        if (self->m_messages.size() < 20)
            self->m_messages.append(QString::fromUtf8(message));
    }
};

GdalErrors::GdalErrors()
{
    initGdal();
    CPLErrorReset();
    CPLPushErrorHandlerEx(GdalErrorSink::take, this);
}

GdalErrors::~GdalErrors()
{
    CPLPopErrorHandler();
    CPLErrorReset();
}

void GdalErrors::clear()
{
    m_messages.clear();
    m_failures = 0;
    CPLErrorReset();
}

} // namespace hanseatlas
