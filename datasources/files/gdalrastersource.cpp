// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/gdalrastersource.h"

#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/rasterpiece.h"
#include "datasources/files/resample.h"

#include <QPainter>

#include <gdal.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double reducedSide = 2048; ///< of the small copy
constexpr double averagedPixels = 400e6; ///< above, the small copy picks single pixels instead of averaging all
constexpr double largestText = 50e6; ///< pixels of a text grid that is kept in memory
constexpr int largestAnswer = 20000; ///< pixels a side
constexpr int largestPiece = 6000; ///< pixels a side of what is read before it is resampled

bool lacksOverviews(GDALDatasetH dataset)
{
    const double pixels = double(GDALGetRasterXSize(dataset)) * GDALGetRasterYSize(dataset);
    return pixels > 16e6 && GDALGetOverviewCount(GDALGetRasterBand(dataset, 1)) == 0;
}

/** A small copy of the raster, in memory, with all that the picture needs: masks are alpha, indices colours. */
DatasetPtr smallCopy(const RasterBlock &piece)
{
    const bool colour = !piece.image.isNull();
    const auto size = piece.size;
    DatasetPtr copy(GDALCreate(GDALGetDriverByName("MEM"), "", size.width(), size.height(), colour ? 4 : 1,
                               colour ? GDT_Byte : GDT_Float32, nullptr));
    if (!copy)
        return nullptr;
    CPLErr done = CE_None;
    if (!colour) {
        auto band = GDALGetRasterBand(copy.get(), 1);
        GDALSetRasterNoDataValue(band, qQNaN());
        done = GDALRasterIO(band, GF_Write, 0, 0, size.width(), size.height(), const_cast<float *>(piece.values.data()),
                            size.width(), size.height(), GDT_Float32, 0, 0);
    } else {
        const auto image = piece.image.convertToFormat(QImage::Format_RGBA8888);
        for (int b = 1; b <= 4 && done == CE_None; ++b)
            done = GDALRasterIO(GDALGetRasterBand(copy.get(), b), GF_Write, 0, 0, size.width(), size.height(),
                                const_cast<uchar *>(image.constBits()) + b - 1, size.width(), size.height(), GDT_Byte,
                                4, int(image.bytesPerLine()));
    }
    return done == CE_None ? std::move(copy) : nullptr;
}

/** How many rows can be unpacked, of a raster whose rows come one after another from the top. */
int soundRows(GDALDatasetH dataset, const FileKind &kind, const CancelToken &token)
{
    auto band = GDALGetRasterBand(dataset, 1);
    const int width = GDALGetRasterXSize(dataset), height = GDALGetRasterYSize(dataset);
    std::vector<float> row(static_cast<std::size_t>(width));
    int y = 0;
    while (y < height && !token.stop_requested()
           && GDALRasterIO(band, GF_Read, 0, y, width, 1, row.data(), width, 1, GDT_Float32, 0, 0) == CE_None)
        ++y;
    const bool blocks = kind.drivers.contains("JPEG"_L1) && y < height;
    return blocks ? y / 16 * 16 : y; // read smaller, a JPEG gives only whole blocks
}

/** Puts a block into a larger one. */
void paste(RasterBlock &onto, const RasterBlock &block, int left, int top)
{
    if (!block.image.isNull()) {
        QPainter painter(&onto.image);
        painter.setCompositionMode(QPainter::CompositionMode_Source);
        painter.drawImage(left, top, block.image);
    } else {
        const auto width = block.size.width();
        for (int y = 0; y < block.size.height(); ++y)
            std::copy_n(block.values.begin() + std::ptrdiff_t(y) * width, width,
                        onto.values.begin() + std::ptrdiff_t(top + y) * onto.size.width() + left);
    }
    if (!block.damage.isEmpty())
        onto.damage = block.damage;
}

/** Text can only be read from its beginning, and the library takes endless time for a place behind a damage: all of it
 *  is read once, row by row. What follows a damage has no value. */
DatasetPtr textInMemory(GDALDatasetH from, bool &damaged, const CancelToken &token)
{
    auto band = GDALGetRasterBand(from, 1);
    const int width = GDALGetRasterXSize(from), height = GDALGetRasterYSize(from);
    const auto type = GDALGetRasterDataType(band) == GDT_Float32 ? GDT_Float32 : GDT_Float64;
    DatasetPtr copy(GDALCreate(GDALGetDriverByName("MEM"), "", width, height, 1, type, nullptr));
    if (!copy)
        return nullptr;
    auto to = GDALGetRasterBand(copy.get(), 1);
    int has = 0;
    const double stated = GDALGetRasterNoDataValue(band, &has);
    const double noData = has ? stated : qQNaN();
    GDALSetRasterNoDataValue(to, noData);
    std::vector<double> row(std::size_t(width), noData);
    for (int y = 0; y < height; ++y) {
        if (token.stop_requested())
            return nullptr;
        if (!damaged
            && GDALRasterIO(band, GF_Read, 0, y, width, 1, row.data(), width, 1, GDT_Float64, 0, 0) != CE_None) {
            damaged = true;
            std::ranges::fill(row, noData);
        }
        if (damaged && y == 0)
            return nullptr;
        if (GDALRasterIO(to, GF_Write, 0, y, width, 1, row.data(), width, 1, GDT_Float64, 0, 0) != CE_None)
            return nullptr;
    }
    return copy;
}

} // namespace

GdalRasterSource::GdalRasterSource(DatasetSpec spec, QString layer, QStringList openOptions, QJsonObject options)
    : m_spec(std::move(spec))
    , m_layer(std::move(layer))
    , m_openOptions(std::move(openOptions))
    , m_options(std::move(options))
{
}

Result<std::shared_ptr<const GdalRasterSource>> GdalRasterSource::open(DatasetSpec spec, QString layer,
                                                                       QStringList openOptions, QJsonObject options)
{
    std::shared_ptr<GdalRasterSource> source(
        new GdalRasterSource(std::move(spec), std::move(layer), std::move(openOptions), std::move(options)));
    auto state = source->load();
    if (!state)
        return std::unexpected(state.error());
    source->m_state = *state;
    return source;
}

Result<GdalRasterSource::StatePtr> GdalRasterSource::load() const
{
    auto state = std::make_shared<State>();
    state->stamp = FileStamp::of(m_spec.file);
    if (!state->stamp.exists())
        return failure(ErrorKind::NotFound, FileTexts::tr("“%1” does not exist any more.").arg(m_spec.file),
                       FileTexts::tr("Check whether it was moved, renamed or is on a drive that is not connected."));
    state->pool = std::make_unique<DatasetPool>(m_spec, GDAL_OF_RASTER, m_openOptions);
    auto lease = state->pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    auto facts = describeRaster(lease->dataset(), m_spec, m_layer, m_options);
    if (!facts)
        return std::unexpected(facts.error());
    state->facts = std::move(*facts);
    const double pixels = double(GDALGetRasterXSize(lease->dataset())) * GDALGetRasterYSize(lease->dataset());
    state->isText = m_spec.kind.drivers.contains("AAIGrid"_L1) && pixels <= largestText;
    state->wantsReduced = !state->isText && lacksOverviews(lease->dataset());
    if (state->facts.damaged)
        lease->discard();
    return state;
}

Result<GdalRasterSource::StatePtr> GdalRasterSource::current() const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state && m_state->stamp == FileStamp::of(m_spec.file))
            return m_state;
    }
    auto state = load();
    if (!state)
        return state;
    const std::lock_guard lock(m_mutex);
    m_state = *state;
    return m_state;
}

LayerDescription GdalRasterSource::description() const
{
    const std::lock_guard lock(m_mutex);
    return m_state->facts.description;
}

void *GdalRasterSource::textCopy(const State &state, const CancelToken &token)
{
    if (!state.isText)
        return nullptr;
    if (!state.text.tried) {
        const GdalErrors errors;
        if (const auto lease = state.pool->lease(); lease)
            state.text.dataset = textInMemory(lease->dataset(), state.text.damaged, token);
        state.text.tried = !token.stop_requested();
    }
    return state.text.dataset.get();
}

Result<RasterBlock> GdalRasterSource::piece(const State &state, const QRectF &window, QSize size, bool smooth,
                                            const CancelToken &token) const
{
    const auto full = state.facts.description.rasterSize;
    const double factor = std::max(full.width(), full.height()) / reducedSide;
    const double shrink = std::min(window.width() / size.width(), window.height() / size.height());
    if (state.isText) {
        const std::lock_guard lock(state.text.mutex);
        auto *copy = textCopy(state, token);
        if (token.stop_requested())
            return cancelled();
        if (!copy)
            return std::unexpected(unreadableContent(m_spec, {}));
        auto block = readPiece(copy, state.facts, m_spec, window, size, smooth, token);
        if (block && state.text.damaged)
            block->damage = damageText();
        return block;
    }
    if (state.wantsReduced && shrink >= factor && factor > 1) {
        const std::lock_guard lock(state.reduced.mutex);
        auto &reduced = state.reduced;
        if (!reduced.tried) {
            const bool average = double(full.width()) * full.height() <= averagedPixels;
            const QSize small(std::max(1, int(full.width() / factor)), std::max(1, int(full.height() / factor)));
            const auto whole = direct(state, QRectF(QPointF(0, 0), QSizeF(full)), small, average, token);
            if (whole) {
                reduced.dataset = smallCopy(*whole);
                reduced.damage = whole->damage;
            }
            reduced.tried = !token.stop_requested();
        }
        if (token.stop_requested())
            return cancelled();
        if (reduced.dataset) {
            RasterLayer layer = state.facts;
            layer.colours = {.red = 1, .green = 2, .blue = 3, .alpha = 4};
            layer.description.noData = qQNaN();
            layer.scale = 1;
            layer.offset = 0;
            layer.fromTheTop = false;
            const double sx = double(GDALGetRasterXSize(reduced.dataset.get())) / full.width();
            const double sy = double(GDALGetRasterYSize(reduced.dataset.get())) / full.height();
            const QRectF smaller(window.x() * sx, window.y() * sy, window.width() * sx, window.height() * sy);
            auto block = readPiece(reduced.dataset.get(), layer, m_spec, smaller, size, smooth, token);
            if (block)
                block->damage = reduced.damage;
            return block;
        }
    }
    return direct(state, window, size, smooth, token);
}

Result<RasterBlock> GdalRasterSource::direct(const State &state, const QRectF &window, QSize size, bool smooth,
                                             const CancelToken &token) const
{
    if (state.soundRows >= 0)
        return aboveDamage(state, window, size, smooth, token);
    Result<RasterBlock> block;
    {
        auto lease = state.pool->lease();
        if (!lease)
            return std::unexpected(lease.error());
        block = readPiece(lease->dataset(), state.facts, m_spec, window, size, smooth, token);
        if (block && block->damage.isEmpty())
            return block;
        lease->discard();
        if (!state.facts.fromTheTop || token.stop_requested())
            return block;
    }
    const GdalErrors errors;
    auto lease = state.pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    const int rows = soundRows(lease->dataset(), m_spec.kind, token);
    lease->discard();
    if (token.stop_requested())
        return cancelled();
    if (rows == 0 || rows == state.facts.description.rasterSize.height())
        return block;
    state.soundRows = rows;
    return aboveDamage(state, window, size, smooth, token);
}

Result<RasterBlock> GdalRasterSource::aboveDamage(const State &state, const QRectF &window, QSize size, bool smooth,
                                                  const CancelToken &token) const
{
    const double rowsEach = window.height() / size.height();
    const double last = state.soundRows - (smooth ? 2 * std::max(1.0, rowsEach) : 0.0); // a mean looks at neighbours
    const bool untouched = window.bottom() <= last;
    const int sound = untouched ? size.height() : std::clamp(int((last - window.top()) / rowsEach), 0, size.height());
    auto answer = emptyBlock(state.facts.description.rasterKind, size);
    if (sound < size.height())
        answer.damage = damageText();
    if (sound == 0)
        return answer;
    auto lease = state.pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    const QRectF part(window.topLeft(), QSizeF(window.width(), rowsEach * sound));
    const auto block = readPiece(lease->dataset(), state.facts, m_spec, part, {size.width(), sound}, smooth, token);
    if (!block || !block->damage.isEmpty())
        lease->discard();
    if (!block)
        return block;
    paste(answer, *block, 0, 0);
    return answer;
}

/** The raster's rows and columns run along the answer's: read straight into it. */
Result<RasterBlock> GdalRasterSource::aligned(const State &state, const RasterQuery &query,
                                              const CancelToken &token) const
{
    const auto &d = state.facts.description;
    const auto from = state.facts.toPixel({query.extent.xMin, query.extent.yMax});
    const auto to = state.facts.toPixel({query.extent.xMax, query.extent.yMin});
    const double sx = (to.x - from.x) / query.size.width(), sy = (to.y - from.y) / query.size.height();
    // the pixels of the answer whose centres lie on the raster
    auto first = [](double begin, double step) { return int(std::ceil(std::clamp(-begin / step - 0.5, -1.0, 1e6))); };
    auto last = [](double begin, double step, double n) {
        return int(std::floor(std::clamp((n - begin) / step - 0.5 - 1e-9, -1.0, 1e6)));
    };
    int left = std::max(0, first(from.x, sx)), top = std::max(0, first(from.y, sy));
    int right = std::min(query.size.width() - 1, last(from.x, sx, d.rasterSize.width()));
    int bottom = std::min(query.size.height() - 1, last(from.y, sy, d.rasterSize.height()));
    if (left > right || top > bottom)
        return emptyBlock(d.rasterKind, query.size);
    const QRectF wanted(from.x + left * sx, from.y + top * sy, (right - left + 1) * sx, (bottom - top + 1) * sy);
    const auto window = wanted.intersected(QRectF(QPointF(0, 0), QSizeF(d.rasterSize)));
    const QSize size(right - left + 1, bottom - top + 1);
    auto block = piece(state, window, size, query.smooth, token);
    if (!block || size == query.size)
        return block;
    auto answer = emptyBlock(d.rasterKind, query.size);
    paste(answer, *block, left, top);
    return answer;
}

/** Another CRS, or a raster that is turned. */
Result<RasterBlock> GdalRasterSource::resampled(const State &state, const RasterQuery &query,
                                                const CancelToken &token) const
{
    const auto &d = state.facts.description;
    const auto transform = Transform::create(d.crs, query.crs);
    if (!transform)
        return std::unexpected(transform.error());
    const PixelMap map(state.facts, *transform, query);
    const auto window = map.window();
    if (window.width() < 1e-6 || window.height() < 1e-6)
        return emptyBlock(d.rasterKind, query.size);
    const double shrink = std::max(1.0, map.shrink());
    auto side = [&](double pixels) { return std::clamp(int(std::ceil(pixels / shrink)), 1, largestPiece); };
    const auto block = piece(state, window, {side(window.width()), side(window.height())}, query.smooth, token);
    if (!block)
        return block;
    return map.resampled(*block, query.smooth);
}

Result<RasterBlock> GdalRasterSource::read(const RasterQuery &query, CancelToken token) const
{
    if (query.size.isEmpty() || query.extent.isEmpty() || query.extent.width() <= 0 || query.extent.height() <= 0
        || query.size.width() > largestAnswer || query.size.height() > largestAnswer)
        return failure(ErrorKind::Invalid,
                       FileTexts::tr("A picture of %1 × %2 pixels cannot be made.")
                           .arg(query.size.width())
                           .arg(query.size.height()));
    if (token.stop_requested())
        return cancelled();
    const auto state = current();
    if (!state)
        return std::unexpected(state.error());
    const auto &crs = (*state)->facts.description.crs;
    const bool sameCrs = !crs.isValid() || !query.crs.isValid() || crs == query.crs;
    return sameCrs && (*state)->facts.axisParallel ? aligned(**state, query, token) : resampled(**state, query, token);
}

Result<std::vector<double>> GdalRasterSource::valuesAt(PointXY place, const Crs &crs, CancelToken token) const
{
    const auto state = current();
    if (!state)
        return std::unexpected(state.error());
    const auto &facts = (*state)->facts;
    const auto transform = Transform::create(crs, facts.description.crs);
    if (!transform)
        return std::unexpected(transform.error());
    if (token.stop_requested())
        return cancelled();
    std::vector<double> values(std::size_t(facts.description.bands), qQNaN());
    const auto pixel = facts.toPixel(transform->forward(place));
    const auto size = facts.description.rasterSize;
    if (!(pixel.x >= 0 && pixel.y >= 0 && pixel.x < size.width() && pixel.y < size.height()))
        return values;
    const GdalErrors errors;
    auto lease = (*state)->pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    std::unique_lock lock((*state)->text.mutex, std::defer_lock);
    if ((*state)->isText)
        lock.lock();
    auto *copy = textCopy(**state, token);
    auto *dataset = copy ? copy : lease->dataset();
    for (int b = 1; b <= facts.description.bands; ++b) {
        auto band = GDALGetRasterBand(dataset, b);
        double value = qQNaN();
        uchar valid = 255;
        if (GDALRasterIO(band, GF_Read, int(pixel.x), int(pixel.y), 1, 1, &value, 1, 1, GDT_Float64, 0, 0) != CE_None) {
            lease->discard(); // a damaged block has no value
            return std::vector<double>(values.size(), qQNaN());
        }
        const int flags = GDALGetMaskFlags(band);
        if (!(flags & (GMF_ALL_VALID | GMF_ALPHA)))
            (void)!GDALRasterIO(GDALGetMaskBand(band), GF_Read, int(pixel.x), int(pixel.y), 1, 1, &valid, 1, 1,
                                GDT_Byte, 0, 0);
        if (valid != 0)
            values[std::size_t(b - 1)] = b == 1 ? value * facts.scale + facts.offset : value;
    }
    return values;
}

std::optional<GdalOrigin> GdalRasterSource::gdalOrigin() const
{
    const std::lock_guard lock(m_mutex);
    const auto &d = m_state->facts.description;
    return GdalOrigin{.path = m_spec.path,
                      .openOptions = m_spec.openOptions + m_openOptions,
                      .drivers = m_spec.kind.drivers,
                      .layer = d.name,
                      .crs = d.crs};
}

} // namespace hanseatlas
