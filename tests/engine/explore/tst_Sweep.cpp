// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SweepValues.h"

#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "tests/engine/explore/MadeUp.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using test::answered;
using test::contains;
using test::epsp;

namespace {

ExperimentSetting settingOf(const std::vector<ExperimentSetting> &settings, const std::string &name)
{
    return *std::find_if(settings.begin(), settings.end(),
                         [&](const ExperimentSetting &s) { return s.name == name; });
}

/// A train of so many spikes, 20 ms apart.
PotentialMeasures train(int spikes)
{
    PotentialMeasures m;
    m.spikes = spikes;
    for (int i = 0; i < spikes; ++i)
        m.spikeMs.push_back(20.0 * i);
    m.meanMv = -70.0;
    return m;
}

const ExperimentValues SkInRain{{"x", std::string("multiplicative_SKE2_factor")},
                                {"x_values", std::vector<double>{0.0, 0.5, 1.0}},
                                {"input", std::string("rain")},
                                {"measure", std::string("rate")}};

} // namespace

/// The parameter sweep: values that follow what is varied, arms that are compared, and seeds.
class tst_Sweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usualValues_data();
    void usualValues();
    void valuesFollow();
    void typedValuesStay();
    void rainIsLongAndRepeated();
    void errorsAreShown();
    void coarseRatesSaySo();
    void arms_data();
    void arms();
    void skTwice();
};

void tst_Sweep::usualValues_data()
{
    QTest::addColumn<std::string>("name");
    const ExperimentSetting varied = settingOf(experimentSettings("sweep", defaultNeuron()), "x");
    for (const SettingChoice &choice : varied.choices)
        QTest::newRow(choice.value.c_str()) << choice.value;
}

// Whatever is chosen can be run as it stands there, and its usual value lies among the others.
void tst_Sweep::usualValues()
{
    QFETCH(std::string, name);
    const std::vector<double> values = usualSweepValues(name);
    QVERIFY(values.size() >= 4);
    QVERIFY(std::is_sorted(values.begin(), values.end()));
    const std::vector<ExperimentSetting> settings =
        experimentSettings("sweep", defaultNeuron(), {{"x", name}});
    const ExperimentSetting list = settingOf(settings, "x_values");
    QCOMPARE(list.fallback, SettingValue(values));
    const Status good = checkSetting(list, list.fallback);
    QVERIFY2(good.ok(), good ? "" : good.error().message.c_str());
    // What is shown reads back.
    QCOMPARE(parseSetting(list, settingText(list.fallback)).value(), list.fallback);
    if (const ParameterInfo *parameter = findParameter(name)) {
        const double own = parameter->get(defaultNeuron());
        QVERIFY2(own >= values.front() && own <= values.back(), std::to_string(own).c_str());
        QVERIFY(parameter->usualMin == parameter->usualMax
                || (values.front() >= parameter->usualMin && values.back() <= parameter->usualMax));
        const Result<ExperimentPlan> plan = planExperiment("sweep", {{"x", name}}, defaultNeuron());
        QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    }
}

void tst_Sweep::valuesFollow()
{
    const std::vector<ExperimentSetting> settings =
        experimentSettings("sweep", defaultNeuron(),
                           {{"x", std::string("dend_diam_um")}, {"y", std::string("place")}});
    const ExperimentSetting x = settingOf(settings, "x_values");
    QCOMPARE(x.fallback, SettingValue(std::vector<double>{0.25, 0.5, 1, 2, 4, 8}));
    QCOMPARE(x.unit, std::string("um"));
    QCOMPARE(x.max, 100.0);
    QVERIFY2(contains(x.label, "Diameter"), x.label.c_str());
    const ExperimentSetting y = settingOf(settings, "y_values");
    QCOMPARE(y.max, 1.0);
    // Whole numbers stay whole.
    const ExperimentSetting segments = settingOf(
        experimentSettings("sweep", defaultNeuron(), {{"x", std::string("num_segments")}}),
        "x_values");
    QVERIFY(!checkSetting(segments, std::vector<double>{1.5}).ok());
}

void tst_Sweep::typedValuesStay()
{
    const ExperimentValues typed{{"x", std::string("place")},
                                 {"x_values", std::vector<double>{1, 20}},
                                 {"window_ms", 300.0}};
    const ExperimentValues kept = suitableValues("sweep", defaultNeuron(), typed);
    QVERIFY(!kept.contains("x_values")); // beyond the tip
    QVERIFY(kept.contains("window_ms"));
    ExperimentValues good = typed;
    good["x_values"] = std::vector<double>{0.2, 0.8};
    QCOMPARE(suitableValues("sweep", defaultNeuron(), good), good);
}

void tst_Sweep::rainIsLongAndRepeated()
{
    const ExperimentPlan plan = test::planned("sweep", SkInRain, defaultNeuron());
    QCOMPARE(plan.trials.size(), std::size_t(15)); // three factors, five seeds
    QVERIFY(std::get<double>(plan.values.at("window_ms")) >= 2000.0);
    QVERIFY(plan.trials[0].input.events != plan.trials[1].input.events);
    // The same seeds for every factor.
    QVERIFY(plan.trials[0].input.events == plan.trials[5].input.events);
    QCOMPARE(test::planned("sweep", {}, defaultNeuron()).trials.size(), std::size_t(20));
}

void tst_Sweep::errorsAreShown()
{
    const ExperimentPlan plan = test::planned("sweep", SkInRain, defaultNeuron());
    const ExperimentResult result = evaluateExperiment(
        plan, answered(plan, [](const Trial &trial, std::size_t) {
            return train(static_cast<int>(40 - 20 * trial.factors[0] + 2 * trial.factors[4]));
        }));
    const auto column = [&](const std::string &name) {
        for (std::size_t c = 0; c < result.table.columns.size(); ++c) {
            if (result.table.columns[c].name == name)
                return std::get<double>(result.table.rows[0][c]);
        }
        return NotMeasured;
    };
    QCOMPARE(column("Firing rate"), 22.0); // 40, 42, ... 48 spikes in 2 s
    QVERIFY(std::abs(column("Standard error") - std::sqrt(2.5) / std::sqrt(5.0)) < 1e-9);
    QCOMPARE(column("Mean interval"), 20.0);
    const ResultSeries &rate = result.plots.at(0).series.at(0);
    QCOMPARE(rate.error.size(), std::size_t(3));
    QCOMPARE(rate.resolution, 0.1); // of 10 s
    QCOMPARE(result.plots.at(1).title, std::string("Mean Interval Between Spikes"));
}

// 200 ms count in steps of 5 Hz.
void tst_Sweep::coarseRatesSaySo()
{
    ExperimentValues values = SkInRain;
    values["window_ms"] = 200.0;
    values["seeds"] = 1.0;
    const ExperimentPlan plan = test::planned("sweep", values, defaultNeuron());
    const ExperimentResult result =
        evaluateExperiment(plan, answered(plan, [](const Trial &trial, std::size_t) {
                               return train(4 - static_cast<int>(2 * trial.factors[0]));
                           }));
    QVERIFY2(std::any_of(result.remarks.begin(), result.remarks.end(),
                         [](const std::string &remark) {
                             return contains(remark, "Firing rate comes in steps of 5 Hz: 2 of 2");
                         }),
             result.remarks.empty() ? "none" : result.remarks.front().c_str());
}

void tst_Sweep::arms_data()
{
    QTest::addColumn<ExperimentValues>("values");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("kinds") << ExperimentValues{{"kind", std::string("NMDA_both")}}
                           << QStringList{"AMPA + NMDA (Rodent)", "AMPA + NMDA (Human)"};
    QTest::newRow("SK") << ExperimentValues{{"sk", std::string("both")}}
                        << QStringList{"SK off", "SK on"};
    QTest::newRow("both") << ExperimentValues{{"kind", std::string("NMDA_both")},
                                              {"sk", std::string("both")}}
                          << QStringList{
                                 "AMPA + NMDA (Rodent), SK off", "AMPA + NMDA (Rodent), SK on",
                                 "AMPA + NMDA (Human), SK off", "AMPA + NMDA (Human), SK on"};
}

// All in one plot, and as many rows of the table.
void tst_Sweep::arms()
{
    QFETCH(ExperimentValues, values);
    QFETCH(QStringList, names);
    for (const char *id : {"sweep", "synaptic-rate"}) {
        const ExperimentPlan plan = test::planned(id, values, defaultNeuron());
        const ExperimentResult result = evaluateExperiment(
            plan, answered(plan, [](const Trial &, std::size_t) { return epsp(2.0); }));
        QStringList shown;
        for (const ResultSeries &series : result.plots.front().series)
            shown += QString::fromStdString(series.name);
        if (std::string(id) == "synaptic-rate" && !values.contains("kind"))
            QCOMPARE(shown.size(), 6); // of all three kinds
        else
            QCOMPARE(shown, names);
        const std::size_t points = result.plots.front().series.front().x.size();
        QCOMPARE(result.table.rows.size(), points * static_cast<std::size_t>(shown.size()));
    }
}

void tst_Sweep::skTwice()
{
    ExperimentValues values = SkInRain;
    values["sk"] = std::string("both");
    const Result<ExperimentPlan> plan = planExperiment("sweep", values, defaultNeuron());
    VERIFY_ERROR(plan, ErrorCode::InvalidValue, "varied already");
}

DT_TEST(tst_Sweep, QCoreApplication)
#include "tst_Sweep.moc"
