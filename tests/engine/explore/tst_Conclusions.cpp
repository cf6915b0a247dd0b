// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Presets.h"
#include "engine/explore/Experiment.h"
#include "tests/engine/explore/MadeUp.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <set>

using namespace dt;
using test::answered;
using test::contains;
using test::epsp;
using test::spike;

namespace {

ExperimentPlan plannedByDefault(const std::string &id, const ExperimentValues &values = {})
{
    return test::planned(id, values, defaultNeuron());
}

ExperimentResult found(const ExperimentPlan &plan, const test::Answer &answer)
{
    return evaluateExperiment(plan, answered(plan, answer));
}

std::string joined(const std::vector<std::string> &sentences)
{
    std::string all;
    for (const std::string &sentence : sentences)
        all += sentence + "\n";
    return all;
}

std::string wordIn(const ResultTable &table, std::size_t row, const std::string &column)
{
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].name == column) {
            const auto *word = std::get_if<std::string>(&table.rows[row][c]);
            return word ? *word : std::string();
        }
    }
    return "no such column";
}

} // namespace

/// What experiments say of what they measured.
class tst_Conclusions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeGroups_data();
    void wholeGroups();
    void fewCurves_data() { wholeGroups_data(); }
    void fewCurves();
    void labelsDiffer_data() { wholeGroups_data(); }
    void labelsDiffer();
    void outAndBackFires();
    void outAndBackIsShownWhole();
    void cluster_data();
    void cluster();
    void currents();
    void sweep();
    void secondSynapse();
    void inhibition();
    void leads();
    void jump();
    void pairs();
    void load();
    void sharedSegments();
    void evenNumbers();
    void errorsNameLabels();
    void weightsHaveASize();
};

void tst_Conclusions::wholeGroups_data()
{
    QTest::addColumn<QString>("id");
    for (const ExperimentInfo &info : experiments())
        QTest::newRow(info.id.c_str()) << QString::fromStdString(info.id);
}

// What is missing might say the opposite, so nothing is concluded without it.
void tst_Conclusions::wholeGroups()
{
    QFETCH(QString, id);
    const ExperimentPlan plan = plannedByDefault(id.toStdString());
    std::vector<std::optional<TrialResult>> measured;
    for (std::size_t i = 0; i < plan.trials.size(); ++i)
        measured.push_back(measureTrial(plan, i, test::madeUp(plan, i, 5.0F)));
    const std::size_t all = evaluateExperiment(plan, measured).conclusions.size();
    measured.back().reset();
    const ExperimentResult most = evaluateExperiment(plan, measured);
    QVERIFY2(most.conclusions.size() < all, joined(most.conclusions).c_str());
    for (std::size_t i = 1; i < measured.size(); ++i)
        measured[i].reset();
    if (measured.size() < 2)
        return;
    const ExperimentResult one = evaluateExperiment(plan, measured);
    QVERIFY2(one.conclusions.empty(), joined(one.conclusions).c_str());
    // As good while it runs as after a stop.
    const std::string remark = "Based on 1 of " + std::to_string(plan.trials.size())
        + " simulations. What needs the others is left open.";
    QCOMPARE(one.remarks, std::vector{remark});
}

// More than six colours repeat.
void tst_Conclusions::fewCurves()
{
    QFETCH(QString, id);
    for (const std::string kind : {"", "neuron"}) {
        ExperimentValues values;
        for (const ExperimentSetting &s : findExperiment(id.toStdString())->settings) {
            if (s.name == "kind" && !kind.empty())
                values["kind"] = kind;
        }
        const ExperimentPlan plan = plannedByDefault(id.toStdString(), values);
        std::vector<std::optional<TrialResult>> measured;
        for (std::size_t i = 0; i < plan.trials.size(); ++i)
            measured.push_back(measureTrial(plan, i, test::madeUp(plan, i, 5.0F)));
        const ExperimentResult result = evaluateExperiment(plan, measured);
        QVERIFY2(result.traces.size() <= 6, std::to_string(result.traces.size()).c_str());
        QVERIFY(contains(result.traceTime, "Time"));
        QCOMPARE(result.traceTime == "Time from the start of the current",
                 !plan.trials.back().electrodes.empty());
    }
}

void tst_Conclusions::labelsDiffer()
{
    QFETCH(QString, id);
    std::set<std::string> labels;
    for (const ExperimentSetting &setting : findExperiment(id.toStdString())->settings)
        QVERIFY2(labels.insert(setting.label).second, setting.label.c_str());
}

// A spike is as high from everywhere: that does not make the dendrite a point.
void tst_Conclusions::outAndBackFires()
{
    const ExperimentPlan plan = plannedByDefault("out-and-back");
    const ExperimentResult all = found(plan, [](const Trial &, std::size_t) { return spike(); });
    QCOMPARE(all.conclusions.size(), std::size_t(1));
    QVERIFY2(contains(all.conclusions[0], "fires at every event"), all.conclusions[0].c_str());
    QVERIFY2(contains(all.conclusions[0], "weight below 9"), all.conclusions[0].c_str());
    QCOMPARE(wordIn(all.table, 0, "Somatic EPSP"), std::string("fires"));
    const ExperimentResult same = found(plan, [](const Trial &, std::size_t) { return epsp(7); });
    QVERIFY2(contains(same.conclusions.at(0), "nearly the same, 7.0 mV: this dendrite is one"),
             same.conclusions[0].c_str());
    // The first event alone: the others still compare.
    const ExperimentResult one = found(plan, [](const Trial &, std::size_t k) {
        return k > 0 && k < 4 ? spike() : epsp(10.0 + static_cast<double>(k));
    });
    QCOMPARE(one.conclusions.size(), std::size_t(2));
    QVERIFY2(contains(one.conclusions[0], "1 of 9 events"), one.conclusions[0].c_str());
    QVERIFY(!contains(one.conclusions[1], "130"));
}

void tst_Conclusions::outAndBackIsShownWhole()
{
    const ExperimentPlan plan = plannedByDefault("out-and-back");
    const ExperimentResult result =
        evaluateExperiment(plan, {measureTrial(plan, 0, test::madeUp(plan, 0, 5.0F))});
    QCOMPARE(result.traces.size(), std::size_t(1));
    const ResultTrace &trace = result.traces[0];
    QCOMPARE(trace.startMs, 0.0);
    const double shownMs = static_cast<double>(trace.mv.size() - 1) * trace.stepMs;
    QVERIFY2(shownMs >= plan.trials[0].input.durationMs - 1.0, std::to_string(shownMs).c_str());
    QVERIFY(contains(trace.name, "soma"));
}

void tst_Conclusions::cluster_data()
{
    QTest::addColumn<double>("clusterFires"); // from this weight on
    QTest::addColumn<double>("spreadFires");
    QTest::addColumn<double>("clusterPays");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing compares")
        << 0.0 << 0.0 << 9.0 << "cluster and spread fire the neuron at every weight";
    QTest::newRow("spread") << 9.0 << 9.0 << 9.0 << "spreading them out is better at every weight.";
    QTest::newRow("cluster") << 9.0 << 9.0 << 0.0 << "the cluster moves the soma more at every";
    QTest::newRow("some of both") << 9.0 << 9.0 << 2.0
                                  << "the cluster moves the soma more at weights 2 and 3.";
    QTest::newRow("the first only")
        << 2.0 << 2.0 << 9.0
        << "spreading them out is better at weight 1; at 2 and 3 both fire the neuron";
    QTest::newRow("cluster fires alone")
        << 3.0 << 9.0 << 9.0 << "the cluster moves the soma more at weight 3.";
}

void tst_Conclusions::cluster()
{
    QFETCH(double, clusterFires);
    QFETCH(double, spreadFires);
    QFETCH(double, clusterPays);
    QFETCH(QString, says);
    const ExperimentPlan plan = plannedByDefault(
        "cluster", {{"kind", std::string("neuron")}, {"weights", std::vector<double>{1, 2, 3}}});
    const ExperimentResult result = found(plan, [&](const Trial &trial, std::size_t) {
        const double weight = trial.factors[1];
        if (trial.factors[2] == 0.0)
            return weight >= clusterFires ? spike() : epsp(weight >= clusterPays ? 8.0 : 2.0);
        return weight >= spreadFires ? spike() : epsp(5.0);
    });
    QCOMPARE(result.conclusions.size(), std::size_t(1));
    QVERIFY2(contains(result.conclusions[0], says.toStdString()), result.conclusions[0].c_str());
}

// The grid of currents is not the threshold.
void tst_Conclusions::currents()
{
    const ExperimentPlan plan = plannedByDefault(
        "current-rate",
        {{"currents", std::vector<double>{0.1, 0.0, 0.05}}, {"sk", std::string("neuron")}});
    const auto from = [&](double firing) {
        return found(plan,
                     [&](const Trial &trial, std::size_t) {
                         return trial.factors[1] >= firing ? spike() : epsp(1.0);
                     })
            .conclusions.at(0);
    };
    QVERIFY2(contains(from(0.1), "begins to fire between 0.05 and 0.1 nA"), from(0.1).c_str());
    QVERIFY2(contains(from(0.0), "fires at 0 nA already"), from(0.0).c_str());
    QVERIFY2(contains(from(1.0), "none of these currents"), from(1.0).c_str());
}

void tst_Conclusions::sweep()
{
    const ExperimentPlan plan =
        plannedByDefault("sweep", {{"x_values", std::vector<double>{1, 2, 3}}});
    const ExperimentResult same = found(plan, [](const Trial &, std::size_t) { return epsp(2.0); });
    QCOMPARE(joined(same.conclusions), std::string("Somatic EPSP is 2.000 mV throughout.\n"));
    const ExperimentResult fires = found(plan, [](const Trial &trial, std::size_t) {
        return trial.factors[0] > 2.0 ? spike() : epsp(trial.factors[0]);
    });
    QCOMPARE(wordIn(fires.table, 2, "Somatic EPSP"), std::string("fires"));
    QVERIFY(std::isnan(fires.plots.front().series.front().y[2]));
    QCOMPARE(fires.conclusions.size(), std::size_t(2));
    QVERIFY(contains(fires.conclusions[0], "fires in 1 of 3 simulations"));
    QVERIFY(contains(fires.conclusions[1], "to 2.000 mV (Weight 2)"));
    // What is no EPSP may be measured of a spike.
    const ExperimentPlan peaks = plannedByDefault(
        "sweep", {{"x_values", std::vector<double>{1, 2}}, {"measure", std::string("soma_peak")}});
    QCOMPARE(found(peaks, [](const Trial &, std::size_t) { return spike(); }).conclusions.size(),
             std::size_t(1));
    // A rate is over all the time that is measured, also where the second event comes late.
    const ExperimentPlan late = plannedByDefault("sweep",
                                                 {{"input", std::string("pair")},
                                                  {"measure", std::string("rate")},
                                                  {"x", std::string("delay_ms")},
                                                  {"x_values", std::vector<double>{10, 900}},
                                                  {"window_ms", 100.0}});
    const ResultTable rates = found(late, [](const Trial &, std::size_t) { return spike(); }).table;
    const auto at = [&](std::size_t row) { return std::get<double>(rates.rows[row][1]); };
    QVERIFY2(std::abs(at(0) / at(1) - 1000.0 / 110.0) < 1e-9, qPrintable(QString::number(at(1))));
}

// Where the pair fires the neuron, the second helps most.
void tst_Conclusions::secondSynapse()
{
    const ExperimentPlan plan = plannedByDefault(
        "two-places",
        {{"places", std::vector<double>{0.05, 0.5, 0.95}}, {"weights", std::vector{8.0}}});
    const auto near = [](double upTo) {
        return [upTo](const Trial &trial, std::size_t) {
            const bool both = trial.factors[3] == 0.0;
            return both && trial.factors[2] <= upTo ? spike() : epsp(both ? 8.0 : 5.0);
        };
    };
    const ExperimentResult some = found(plan, near(0.05));
    QVERIFY2(contains(some.conclusions.at(0), "fires with the second at 0.05; otherwise"),
             some.conclusions[0].c_str());
    QCOMPARE(wordIn(some.table, 0, "Together"), std::string("fires"));
    const ExperimentResult all = found(plan, near(1.0));
    QVERIFY2(contains(all.conclusions.at(0), "fires wherever"), all.conclusions[0].c_str());
}

void tst_Conclusions::inhibition()
{
    const ExperimentPlan plan =
        plannedByDefault("inhibition", {{"places", std::vector<double>{0.1, 0.4, 0.8}}});
    const auto prevented = [](double upTo) {
        return [upTo](const Trial &trial, std::size_t) {
            const bool alone = trial.factors.empty();
            if (!alone && trial.factors[2] == 0.0)
                return epsp(-1.0);
            return alone || trial.factors[1] > upTo ? spike() : epsp(5.0);
        };
    };
    const ExperimentResult all = found(plan, prevented(1.0));
    QVERIFY2(contains(all.conclusions.at(0), "prevents that from every place"),
             all.conclusions[0].c_str());
    QCOMPARE(all.plots.front().yName, std::string("Spikes"));
    QCOMPARE(all.plots.front().series.size(), std::size_t(1));
    QCOMPARE(all.plots.front().series[0].y, (std::vector<double>{0, 0, 0}));
    const ExperimentResult some = found(plan, prevented(0.4));
    QVERIFY2(contains(some.conclusions.at(0), "from 10 and 40 %, not from 80 %"),
             some.conclusions[0].c_str());
}

// Several leads have a plot for the soma and one for the synapse, with a curve each.
void tst_Conclusions::leads()
{
    const ExperimentPlan plan =
        plannedByDefault("inhibition", {{"lead_ms", std::vector<double>{5, 2, 0, -20}}});
    QCOMPARE(std::get<std::string>(plan.values.at("kind")),
             std::string("AMPA")); // as in the lesson
    const auto answer = [](double aboveMs) {
        return [aboveMs](const Trial &trial, std::size_t) {
            PotentialMeasures m =
                epsp(!trial.factors.empty() && trial.factors[2] == 0.0 ? 0.0 : 5.0);
            m.aboveMs = aboveMs;
            return m;
        };
    };
    const ExperimentResult brief = found(plan, answer(0.0));
    QCOMPARE(brief.plots.size(), std::size_t(2));
    QCOMPARE(brief.plots[0].title, std::string("What Inhibition Leaves at the Soma"));
    QCOMPARE(brief.plots[1].title, std::string("What Inhibition Leaves at the Synapse"));
    for (const ResultPlot &plot : brief.plots)
        QCOMPARE(plot.series.size(), std::size_t(4));
    QCOMPARE(found(plan, answer(20.0)).plots.size(), std::size_t(3));
}

// A level that is reached is no threshold; a jump at the soma is.
void tst_Conclusions::jump()
{
    const ExperimentPlan plan = plannedByDefault(
        "weight-response",
        {{"kind", std::string("NMDA_human")}, {"weights", std::vector<double>{1, 2, 3, 4, 5, 6}}});
    const auto answer = [](double from, double to) {
        return [from, to](const Trial &trial, std::size_t) {
            const double weight = trial.factors[2];
            return epsp(weight + 4.0 * (std::clamp(weight, from, to) - from));
        };
    };
    const ExperimentResult jumps = found(plan, answer(3, 5));
    QVERIFY2(contains(jumps.conclusions.at(1), "jumps between weight 3 and 5, from 3.0 to 13.0 mV"),
             jumps.conclusions[1].c_str());
    const ExperimentResult even = found(plan, answer(3, 3));
    QVERIFY2(contains(even.conclusions.at(1), "without a jump"), even.conclusions[1].c_str());
    // Nothing lasted, so there is no plot of how long it did.
    for (const ResultPlot &plot : even.plots)
        QVERIFY(plot.title != "How Long It Lasts");
}

// How close in time: where half of it is lost.
void tst_Conclusions::pairs()
{
    const ExperimentPlan plan = plannedByDefault(
        "paired-pulses",
        {{"kind", std::string("neuron")}, {"delays", std::vector<double>{0, 5, 20, 50}}});
    const ExperimentResult result = found(plan, [](const Trial &trial, std::size_t) {
        const double gap = trial.factors[1];
        return epsp(gap < 0 ? 10.0 : gap == 5 ? 18.0 : gap < 5 ? 17.0 : gap < 50 ? 15.0 : 10.2);
    });
    QCOMPARE(result.conclusions.at(0),
             std::string("Neuron's synapse: together they reach at most 1.80 times one event, at a "
                         "gap of 5 ms; half of what the second adds is lost between 20 and 50 ms; "
                         "at 50 ms it is 1.02 times."));
}

// Equally long in length constants and still different: the soma.
void tst_Conclusions::load()
{
    const ExperimentPlan plan = plannedByDefault("length");
    const ExperimentResult result = found(plan, [](const Trial &trial, std::size_t) {
        return epsp(trial.factors[2] == 0.0 ? 10.0 : trial.factors[1] == 1.0 ? 5.0 : 7.0);
    });
    QCOMPARE(result.conclusions.size(), std::size_t(2));
    QVERIFY2(contains(result.conclusions[1], "0.500 times with diameter 1.0 um, 0.700 with"),
             result.conclusions[1].c_str());
}

void tst_Conclusions::sharedSegments()
{
    const ExperimentValues values{{"places", std::vector<double>{0.02, 0.1, 0.5, 0.52}}};
    for (const char *id :
         {"attenuation", "two-places", "weight-response", "inhibition", "input-resistance"}) {
        const ExperimentPlan plan =
            test::planned(id, values, presetNeuron("ampa-point").value()); // eight segments
        const std::vector<std::optional<TrialResult>> measured =
            answered(plan, [](const Trial &, std::size_t) { return epsp(3.0); });
        const ExperimentResult result = evaluateExperiment(plan, measured);
        QVERIFY2(contains(joined(result.remarks),
                          "2 places lie in the same segment as another and "
                          "are left out: 0.1 and 0.52."),
                 id);
        std::set<std::vector<double>> different;
        for (const Trial &trial : plan.trials)
            different.insert(trial.factors);
        QCOMPARE(different.size(), plan.trials.size());
    }
    QCOMPARE(test::planned("attenuation", values, presetNeuron("ampa-point").value()).trials.size(),
             std::size_t(2));
}

// What was typed reads back, and steps are what people write.
void tst_Conclusions::evenNumbers()
{
    ExperimentSetting setting;
    setting.label = "Values";
    setting.kind = ExperimentSetting::Kind::Numbers;
    setting.max = 1.0e7;
    for (const char *text : {"0.01:0.99:50", "0.1:0.9:9", "1:30:59", "0:1:7", "1000:1001:5"}) {
        const Result<SettingValue> value = parseSetting(setting, text);
        QVERIFY2(value.ok(), text);
        QCOMPARE(settingText(*value), std::string(text));
    }
    const auto list = [&](const char *text) {
        return std::get<std::vector<double>>(parseSetting(setting, text).value());
    };
    QCOMPARE(list("0.01:0.99:50")[3], 0.07);
    QCOMPARE(list("0:1:7")[1], 0.16667);
    QCOMPARE(list("1000:1001:5")[1], 1000.25);
    QCOMPARE(settingText(list("1:1000:4:log")), std::string("1, 10, 100, 1000"));
}

void tst_Conclusions::errorsNameLabels()
{
    const auto refusal = [](const ExperimentValues &values) {
        const Result<ExperimentPlan> plan = planExperiment("sweep", values, defaultNeuron());
        return plan ? std::string() : plan.error().message;
    };
    const std::string low =
        refusal({{"x", std::string("Rm_ohm_cm2")}, {"x_values", std::vector<double>{1}}});
    QVERIFY2(low.starts_with("Values of Membrane Resistance holds 1, outside its range of 10"),
             low.c_str());
    const std::string empty = refusal({{"x_values", std::vector<double>{}}});
    QVERIFY2(empty.starts_with("Values of Weight is empty"), empty.c_str());
    const std::string idle = refusal({{"x", std::string("current_nA")}});
    QVERIFY2(idle.starts_with("Current does nothing to this input"), idle.c_str());
}

// Weight 1 is so many nS.
void tst_Conclusions::weightsHaveASize()
{
    for (const ExperimentSetting &setting : experimentSettings("inhibition", defaultNeuron())) {
        if (setting.name == "weight")
            QVERIFY2(contains(setting.why, "own kind is 0.4 nS AMPA and "), setting.why.c_str());
        if (setting.name == "inh_weight")
            QVERIFY2(contains(setting.why, "Weight 1 is 1 nS."), setting.why.c_str());
    }
}

DT_TEST(tst_Conclusions, QCoreApplication)
#include "tst_Conclusions.moc"
