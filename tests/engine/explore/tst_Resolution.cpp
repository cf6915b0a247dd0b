// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Resolution.h"

#include "engine/explore/SpikeTrains.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>

using namespace dt;
using test::contains;

namespace {

ResultPlot plotOf(std::vector<double> y, double resolution, std::vector<double> error = {})
{
    ResultPlot plot;
    plot.yName = "Rate";
    plot.yUnit = "Hz";
    plot.finer = "Longer runs";
    ResultSeries series;
    for (std::size_t i = 0; i < y.size(); ++i)
        series.x.push_back(static_cast<double>(i));
    series.y = std::move(y);
    series.resolution = resolution;
    series.error = std::move(error);
    plot.series = {series};
    return plot;
}

std::vector<std::string> remarksOf(std::vector<ResultPlot> plots)
{
    ExperimentResult result;
    result.plots = std::move(plots);
    addResolutionRemarks(result);
    return result.remarks;
}

} // namespace

/// Numbers that are coarser than their differences say so.
class tst_Resolution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps();
    void errors();
    void arms();
    void means();
    void trains();
};

void tst_Resolution::steps()
{
    const std::vector<std::string> coarse = remarksOf({plotOf({25, 20, 15, 15, 10}, 5.0)});
    QCOMPARE(coarse.size(), std::size_t(1));
    QCOMPARE(coarse[0],
             std::string("Rate comes in steps of 5 Hz: 4 of 4 pairs of neighbouring points differ "
                         "by no more than that. Longer runs would tell more."));
    QVERIFY(remarksOf({plotOf({25, 20, 15, 12, 10}, 0.1)}).empty());
    QVERIFY(remarksOf({plotOf({25, 20, 15}, 0.0)}).empty()); // any number
    QVERIFY(remarksOf({plotOf({0, 0, 0, 0, 10, 20}, 5.0)}).empty()); // silent is silent
    QVERIFY(contains(remarksOf({plotOf({3.0, 3.02, 3.03}, 0.025)})[0], "steps of 0.025 Hz"));
}

void tst_Resolution::errors()
{
    const std::vector<std::string> wide = remarksOf({plotOf({10, 12, 14}, 0.1, {1.5, 1.5, 1.5})});
    QCOMPARE(wide.size(), std::size_t(1));
    QVERIFY2(contains(wide[0], "has standard errors of up to 1.5 Hz"), wide[0].c_str());
    QVERIFY(remarksOf({plotOf({10, 12, 14}, 0.1, {0.3, 0.3, 0.3})}).empty());
    QVERIFY(
        remarksOf({plotOf({10, 12, 14}, 0.0, {NotMeasured, NotMeasured, NotMeasured})}).empty());
}

// Two curves are compared where they stand beside each other.
void tst_Resolution::arms()
{
    ResultPlot plot = plotOf({10, 20, 30}, 1.0);
    plot.series.push_back(plot.series.front());
    for (double &y : plot.series.back().y)
        y += 1.0;
    const std::vector<std::string> alike = remarksOf({plot});
    QCOMPARE(alike.size(), std::size_t(1));
    QVERIFY2(contains(alike[0], "3 of 7 pairs"), alike[0].c_str());
    for (double &y : plot.series.back().y)
        y += 4.0;
    QVERIFY(remarksOf({plot}).empty());
}

void tst_Resolution::means()
{
    const MeanError some = meanError({2.0, 4.0, 6.0, NotMeasured});
    QCOMPARE(some.mean, 4.0);
    QVERIFY(std::abs(some.error - 2.0 / std::sqrt(3.0)) < 1e-12);
    QVERIFY(std::isnan(meanError({5.0}).error));
    QVERIFY(std::isnan(meanError({}).mean));
}

void tst_Resolution::trains()
{
    PotentialMeasures one;
    one.spikes = 3;
    one.spikeMs = {100.0, 120.0, 160.0};
    PotentialMeasures other;
    other.spikes = 1;
    other.spikeMs = {50.0};
    const TrainStatistics train = trainStatistics({&one, &other}, 2.0);
    QCOMPARE(train.spikes, 4);
    QCOMPARE(train.rateHz.mean, 1.0);
    QVERIFY(std::abs(train.rateHz.error - 0.5) < 1e-12);
    QCOMPARE(train.stepHz, 0.25);
    QCOMPARE(train.intervalsMs, (std::vector<double>{20.0, 40.0})); // none from run to run
    QCOMPARE(train.intervalMs.mean, 30.0);
    QVERIFY(std::abs(train.intervalCv - std::sqrt(200.0) / 30.0) < 1e-12);
}

DT_TEST(tst_Resolution, QCoreApplication)
#include "tst_Resolution.moc"
