// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/layerindicators.h"

#include "layers/index/layervalues.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Result<IndexDelivery> deliveryOf(const LayerIndicator &work, const std::vector<DistrictArea> &areas,
                                 const QString &person, int month, QStringList &notes, const CancelToken &token)
{
    std::vector<TallyArea> shapes;
    for (const auto &area : areas)
        shapes.push_back({area.name, area.shape});
    auto tally = LayerTally::create(std::move(shapes), work.indicator.source, work.source->description().fields);
    if (!tally)
        return std::unexpected(tally.error());
    const auto take = [&tally](Feature &feature) {
        tally->add(feature);
        return true;
    };
    if (const auto read = work.source->stream({.crs = Crs::working()}, take, token); !read)
        return std::unexpected(read.error());
    IndexDelivery delivery{.origin = {.source = work.provenance.source.isEmpty()
                                          ? work.title
                                          : u"%1, %2"_s.arg(work.title, work.provenance.source),
                                      .licence = work.provenance.licence,
                                      .person = person,
                                      .at = QDateTime::currentDateTimeUtc(),
                                      .demo = work.provenance.demo},
                           .entries = {}};
    const bool byArea = work.indicator.level == Indicator::Level::District;
    for (const auto &value : tally->values()) {
        if (value.value && (byArea || value.area.isEmpty()))
            delivery.entries.append(
                {work.indicator.id, value.area, periodStart(month, work.indicator.period), value.value});
    }
    if (const auto note = tally->note(); !note.isEmpty())
        notes << u"%1: %2"_s.arg(work.indicator.title, note);
    return delivery;
}

} // namespace

WorkedOut workOutIndicators(const std::vector<LayerIndicator> &works, const std::vector<DistrictArea> &areas,
                            const QString &person, int month, IndexStore &store, const CancelToken &token,
                            const Progress &progress)
{
    WorkedOut out;
    for (std::size_t i = 0; i < works.size(); ++i) {
        report(progress, double(i) / double(works.size()));
        const auto delivered =
            deliveryOf(works[i], areas, person, month, out.notes, token).and_then([&](const IndexDelivery &delivery) {
                return store.deliver(delivery, token);
            });
        if (delivered)
            out.values += delivered->added + delivered->corrected;
        else if (delivered.error().kind == ErrorKind::Invalid)
            out.notes << u"%1: %2"_s.arg(works[i].indicator.title, delivered.error().what);
        else {
            out.status = std::unexpected(delivered.error());
            return out;
        }
    }
    return out;
}

} // namespace hanseatlas
