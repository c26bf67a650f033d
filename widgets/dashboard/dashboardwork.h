// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexexplanation.h"
#include "layers/measures/duties.h"
#include "layers/model/job.h"
#include "widgets/charts/districtmap.h"

#include <QObject>

#include <memory>
#include <optional>

namespace hanseatlas
{

/** All that is worked out for one look at the index. Never changed once it is made. */
struct DashboardView {
    std::shared_ptr<const IndexCube> cube;
    IndexOverview overview;
    std::optional<IndexBand>
        band; ///< of the index, under other choices of weights and method; nothing: there is no index
    std::vector<IndexBand> districtBands; ///< as overview.areas; empty where there is none
    QList<IndexFreshness> freshness; ///< as the asked-for indicators
    QList<Measure> measures; ///< as far as asked for
    QList<Duty> duties;
    qsizetype withData = 0; ///< indicators that have a value
};

/** What all tiles share: indicators, values, measures, what is asked, which place in the index is looked at. The sums
 * are made on a pool; the newest question wins, and the old view stays until the new one is there. GUI thread. */
class DashboardWork final : public QObject
{
    Q_OBJECT
public:
    DashboardWork(IndexDefinition definition, StrategyFacts facts, QObject *parent = nullptr);
    ~DashboardWork() override; ///< waits for what is being worked out

    const IndexDefinition &definition() const { return m_definition; }
    const StrategyFacts &facts() const { return m_facts; }
    const IndexRecords &records() const { return *m_records; }
    const QList<DistrictShape> &shapes() const { return m_shapes; }
    QDate today() const { return m_today; }

    /** Values and measures, all at once: the sums are begun anew. `demo`: they are made up. */
    void setInput(IndexRecords records, QList<Measure> measures, bool demo);
    void setShapes(QList<DistrictShape> shapes);
    void setToday(const QDate &today);
    bool isDemo() const { return m_demo; }

    const IndexQuestion &question() const { return m_question; }
    void setQuestion(const IndexQuestion &question);
    const IndexPlace &place() const { return m_place; }
    void setPlace(const IndexPlace &place); ///< what the explanation is about

    /** Null until the first one is worked out. */
    const DashboardView *view() const { return m_view.get(); }
    bool isWorking() const { return m_job.isRunning(); }
    QStringList leads() const; ///< of measures and indicators, sorted
    QStringList areas() const; ///< Stadtteile that have values
    int firstMonth() const; ///< that has a value; today's without any

signals:
    void inputChanged();
    void questionChanged();
    void viewChanged();
    void placeChanged();
    void shapesChanged();
    void failed(const hanseatlas::Error &error);
    // What only the program at large can do
    void measuresWanted(const hanseatlas::IndexPlace &place, const QString &lead); ///< in their own window
    void mapWanted(const QString &indicator); ///< by Stadtteil: its values; "" = the index
    void layerWanted(const QString &layer); ///< that an indicator is worked out of, by name

private:
    void work();

    const IndexDefinition m_definition;
    const StrategyFacts m_facts;
    std::shared_ptr<const IndexRecords> m_records;
    std::shared_ptr<const IndexCube> m_cube; ///< null: must be made anew
    QList<Measure> m_measures;
    QList<DistrictShape> m_shapes;
    QDate m_today;
    bool m_demo = false;
    IndexQuestion m_question;
    IndexPlace m_place;
    std::shared_ptr<const DashboardView> m_view;
    QThreadPool m_pool;
    Latest m_job;
};

} // namespace hanseatlas
