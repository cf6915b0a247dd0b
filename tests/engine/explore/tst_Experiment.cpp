// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Experiment.h"

#include "engine/cell/Cable.h"
#include "engine/cell/DendritePath.h"
#include "engine/explore/PlanPlaces.h"
#include "engine/explore/SteadyCable.h"
#include "tests/engine/explore/MadeUp.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace dt;
using test::madeUp;

namespace {

ExperimentPlan planned(const std::string &id, const ExperimentValues &values,
                       const Neuron &neuron = defaultNeuron())
{
    return test::planned(id, values, neuron);
}

std::string refusal(const std::string &id, const ExperimentValues &values,
                    const Neuron &neuron = defaultNeuron())
{
    const Result<ExperimentPlan> plan = planExperiment(id, values, neuron);
    return plan ? std::string() : plan.error().message;
}

} // namespace

class tst_Experiment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOne_data();
    void everyOne();
    void everyOneOnATree_data() { everyOne_data(); }
    void everyOneOnATree();
    void settingsHaveWords();
    void parsing_data();
    void parsing();
    void refusedText_data();
    void refusedText();
    void refused_data();
    void refused();
    void tooLarge();
    void tooMuchRain();
    void theTableDoesNotDisturb();
    void places();
    void paths();
    void batches();
    void batchesOfMuchMemory();
    void partial();
    void sweepOfTwo();
    void sweepOfSegments();
    void cableTheory();
    void branchedTheory();
    void whereItActs();
    void whereItActsOnAnotherCell();
};

void tst_Experiment::everyOne_data()
{
    QTest::addColumn<QString>("id");
    for (const ExperimentInfo &info : experiments())
        QTest::newRow(info.id.c_str()) << QString::fromStdString(info.id);
}

// With its defaults each experiment plans, measures whatever comes back and says something of it.
void tst_Experiment::everyOne()
{
    QFETCH(QString, id);
    const ExperimentPlan plan = planned(id.toStdString(), {});
    QVERIFY(!plan.trials.empty());
    QVERIFY(plan.totalMs() > 0.0);
    QVERIFY(plan.totalSegmentMs() >= plan.totalMs());
    std::vector<std::optional<TrialResult>> measured;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < plan.trials.size(); ++i) {
        QVERIFY(!plan.trials[i].name.empty());
        measured.push_back(
            measureTrial(plan, i, madeUp(plan, i, 5.0F + static_cast<float>(i % 7))));
        QCOMPARE(measured.back()->voltages.size(), plan.trials[i].voltages.size());
        std::set<std::pair<TrialSignal::From, int>> voltages; // in several windows: shown once
        for (const TrialSignal &signal : plan.trials[i].voltages) {
            if (plan.trials[i].showTraces && signal.shown && signal.from != TrialSignal::From::Row)
                voltages.emplace(signal.from, signal.index);
        }
        shown += voltages.size();
    }
    const ExperimentResult result = evaluateExperiment(plan, measured);
    QVERIFY(!result.table.rows.empty());
    for (const auto &row : result.table.rows)
        QCOMPARE(row.size(), result.table.columns.size());
    QVERIFY(!result.plots.empty());
    for (const ResultPlot &plot : result.plots) {
        QVERIFY(!plot.title.empty() && !plot.xName.empty() && !plot.yName.empty());
        for (const ResultSeries &series : plot.series)
            QCOMPARE(series.x.size(), series.y.size());
    }
    QCOMPARE(result.traces.size(), shown);
    QVERIFY(!result.conclusions.empty());
    for (const std::string &sentence : result.conclusions) {
        QVERIFY2(sentence.back() == '.', sentence.c_str());
        QVERIFY2(sentence.find("nan") == std::string::npos, sentence.c_str());
    }
    QVERIFY(result.remarks.empty());
}

void tst_Experiment::everyOneOnATree()
{
    QFETCH(QString, id);
    const Neuron tree = test::treeWithTable();
    const ExperimentPlan plan = planned(id.toStdString(), {}, tree);
    std::vector<std::optional<TrialResult>> measured;
    for (std::size_t i = 0; i < plan.trials.size(); ++i)
        measured.push_back(measureTrial(plan, i, madeUp(plan, i, 5.0F)));
    QVERIFY(!evaluateExperiment(plan, measured).table.rows.empty());
}

void tst_Experiment::settingsHaveWords()
{
    std::set<std::string> ids;
    for (const ExperimentInfo &info : experiments()) {
        QVERIFY(ids.insert(info.id).second);
        QVERIFY2(info.question.back() == '?', info.question.c_str());
        QVERIFY2(info.teaches.back() == '.', info.teaches.c_str());
        std::set<std::string> names;
        for (const ExperimentSetting &setting : info.settings) {
            QVERIFY2(names.insert(setting.name).second, setting.name.c_str());
            QVERIFY(!setting.label.empty());
            QVERIFY2(setting.why.back() == '.', setting.name.c_str());
            QVERIFY2(checkSetting(setting, setting.fallback).ok(), setting.name.c_str());
            // What is shown reads back.
            const Result<SettingValue> back = parseSetting(setting, settingText(setting.fallback));
            QVERIFY2(back.ok(), setting.name.c_str());
            QVERIFY2(*back == setting.fallback, setting.name.c_str());
        }
    }
}

void tst_Experiment::parsing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<double>>("values");
    QTest::newRow("one") << "3" << QList<double>{3};
    QTest::newRow("list") << "1, 2.5,4" << QList<double>{1, 2.5, 4};
    QTest::newRow("semicolons") << "0; 0,1;0,25" << QList<double>{0, 0.1, 0.25};
    QTest::newRow("blanks") << "0 0.1 0.25" << QList<double>{0, 0.1, 0.25};
    QTest::newRow("as on the command line") << "0.02,0.75" << QList<double>{0.02, 0.75};
    QTest::newRow("range with commas") << "0:0,5:3" << QList<double>{0, 0.25, 0.5};
    QTest::newRow("range") << "0:1:5" << QList<double>{0, 0.25, 0.5, 0.75, 1};
    QTest::newRow("down") << "3:1:3" << QList<double>{3, 2, 1};
    QTest::newRow("ratios") << "1:100:3:log" << QList<double>{1, 10, 100};
    QTest::newRow("range of one") << "2:5:1" << QList<double>{2};
}

void tst_Experiment::parsing()
{
    QFETCH(QString, text);
    QFETCH(QList<double>, values);
    ExperimentSetting setting;
    setting.name = "weights";
    setting.kind = ExperimentSetting::Kind::Numbers;
    setting.max = 1000.0;
    const Result<SettingValue> parsed = parseSetting(setting, text.toStdString());
    QVERIFY(parsed.ok());
    const auto &list = std::get<std::vector<double>>(*parsed);
    QCOMPARE(list.size(), static_cast<std::size_t>(values.size()));
    for (std::size_t i = 0; i < list.size(); ++i)
        QVERIFY(std::abs(list[i] - values[static_cast<qsizetype>(i)]) < 1e-9);
}

void tst_Experiment::refusedText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << ""
                           << "at least one";
    QTest::newRow("word") << "many"
                          << "not a list";
    QTest::newRow("gap") << "1,,2"
                         << "not a list";
    QTest::newRow("decimal commas") << "0, 0,1, 0,25"
                                    << "\"0,1\" may mean 0.1, or 0 and 1";
    QTest::newRow("thousands in a range") << "0:1,000:3"
                                          << "'1,000' may mean 1000 or 1.000";
    QTest::newRow("no count") << "1:2"
                              << "from:to:count";
    QTest::newRow("odd count") << "1:2:2.5"
                               << "whole count";
    QTest::newRow("no values") << "1:2:0"
                               << "at least 1";
    QTest::newRow("million") << "0:1:1000000"
                             << "1000000 values";
    QTest::newRow("endless") << "0:1:1e300"
                             << "at most 1000";
    QTest::newRow("ratio from 0") << "0:1:5:log"
                                  << "above 0";
    QTest::newRow("other word") << "1:2:5:lin"
                                << "from:to:count";
    QTest::newRow("outside") << "1, 2000"
                             << "0 to 1000";
    QTest::newRow("nan") << "nan"
                         << "not a list";
}

void tst_Experiment::refusedText()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    ExperimentSetting setting;
    setting.name = "weights";
    setting.kind = ExperimentSetting::Kind::Numbers;
    setting.max = 1000.0;
    const Result<SettingValue> parsed = parseSetting(setting, text.toStdString());
    QVERIFY(!parsed.ok());
    const std::string message = parsed.error().message;
    QVERIFY2(test::isSentence(message), message.c_str());
    QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
}

void tst_Experiment::refused_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("experiment") << "magic"
                                << ""
                                << ""
                                << "There is no experiment 'magic'";
    QTest::newRow("setting") << "attenuation"
                             << "colour"
                             << "red"
                             << "no setting 'colour'";
    QTest::newRow("tip") << "attenuation"
                         << "tip"
                         << "apical"
                         << "not one of its choices";
    QTest::newRow("place") << "paired-pulses"
                           << "place"
                           << "apical:0.5"
                           << "no dendrite named";
    QTest::newRow("beyond") << "paired-pulses"
                            << "place"
                            << "1.5"
                            << "not a place";
    QTest::newRow("far beyond") << "paired-pulses"
                                << "place"
                                << "dend:2"
                                << "how far along";
    QTest::newRow("soma") << "paired-pulses"
                          << "place"
                          << "soma"
                          << "sit on dendrites";
    QTest::newRow("spread") << "cluster"
                            << "spread"
                            << "0.5"
                            << "runs off the path";
    QTest::newRow("volley") << "order"
                            << "to"
                            << "0.05"
                            << "farther out";
    QTest::newRow("current") << "input-resistance"
                             << "current_nA"
                             << "0"
                             << "moves nothing";
    QTest::newRow("whole") << "order"
                           << "count"
                           << "2.5"
                           << "whole number";
    QTest::newRow("range") << "attenuation"
                           << "weight"
                           << "-1"
                           << "outside its range";
    QTest::newRow("twice") << "sweep"
                           << "y"
                           << "weight"
                           << "two different things";
    QTest::newRow("idle") << "sweep"
                          << "x"
                          << "current_nA"
                          << "does nothing to this input";
    QTest::newRow("rain") << "sweep"
                          << "measure"
                          << "input_resistance"
                          << "with a current";
    QTest::newRow("parameter") << "sweep"
                               << "x"
                               << "dend_diam_um"
                               << "";
}

void tst_Experiment::refused()
{
    QFETCH(QString, id);
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, says);
    ExperimentValues values;
    if (!name.isEmpty()) {
        bool number = false;
        const double parsed = value.toDouble(&number);
        const bool place = name == QStringLiteral("place");
        if (number && !place)
            values[name.toStdString()] = parsed;
        else
            values[name.toStdString()] = value.toStdString();
    }
    const std::string message = refusal(id.toStdString(), values);
    if (says.isEmpty()) {
        QCOMPARE(message, std::string());
        return;
    }
    QVERIFY2(test::isSentence(message), message.c_str());
    QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
}

// A sweep of a million runs is refused with its size before anything is put together.
void tst_Experiment::tooLarge()
{
    std::vector<double> thousand;
    for (int i = 0; i < 1000; ++i)
        thousand.push_back(0.1 + i);
    std::vector<double> thousands = thousand;
    for (double &value : thousands)
        value += 1000.0;
    const std::string million =
        refusal("sweep",
                {{"x_values", thousand}, {"y", std::string("dend_L_um")}, {"y_values", thousands}});
    QVERIFY2(test::isSentence(million), million.c_str());
    QVERIFY2(test::contains(million, "1,000,000 simulations"), million.c_str());
    QVERIFY2(test::contains(million, "At most 5,000"), million.c_str());
    const std::string longer = refusal(
        "synaptic-rate", {{"duration_ms", 60000.0}, {"rates_Hz", thousand}, {"seeds", 1.0}});
    QVERIFY2(test::contains(longer, "s of neuron time"), longer.c_str());
}

// A downpour that would not fit into the memory is refused, too.
void tst_Experiment::tooMuchRain()
{
    const std::string rain = refusal(
        "synaptic-rate", {{"duration_ms", 60000.0}, {"rates_Hz", std::vector<double>{900, 1000}}});
    QVERIFY2(test::isSentence(rain), rain.c_str());
    QVERIFY2(test::contains(rain, "5,000,000 random events"), rain.c_str());
}

// The student's own synapses are not there; only those of the experiment hear an event.
void tst_Experiment::theTableDoesNotDisturb()
{
    Neuron neuron = test::treeWithTable();
    const ExperimentPlan plan =
        planned("attenuation", {{"places", std::vector<double>{0.9}}}, neuron);
    QCOMPARE(plan.neurons.size(), std::size_t(1));
    QCOMPARE(plan.neurons[0].synapses.size(), std::size_t(1));
    QCOMPARE(plan.neurons[0].synapseKinds[0].gMaxUs, neuron.synapseKinds[0].gMaxUs);
    QCOMPARE(plan.neuron, neuron);
    // An event of a cluster reaches one synapse, with the weight of all.
    const ExperimentPlan cluster = planned("cluster", {{"weights", std::vector<double>{2.0}}});
    QCOMPARE(cluster.trials[0].input.events.size(), std::size_t(1));
    QCOMPARE(cluster.trials[0].input.events[0].weight, 16.0);
    QCOMPARE(cluster.trials[1].input.events.size(), std::size_t(8));
}

void tst_Experiment::places()
{
    const Neuron tree =
        test::smallTree(); // trunk 400 um, tuft 300 at its end, oblique at its middle
    QCOMPARE(distanceUm(tree, {}), 0.0);
    QCOMPARE(distanceUm(tree, {2, 0.5}), 550.0);
    QCOMPARE(distanceUm(tree, {3, 1.0}), 300.0);
    QCOMPARE(dendriteTips(tree), (std::vector<int>{2, 3, 1}));
    QCOMPARE(snapped(tree, {0, 0.1}).x, 0.5 / 3.0);
    QCOMPARE(snapped(tree, {0, 1.0}).x, 2.5 / 3.0);
    const DendritePath path = pathTo(tree, 2);
    const Result<Place> half = placeFromText(tree, path, "0.5");
    QVERIFY(half.ok());
    QCOMPARE(half->dendrite, 0);
    QCOMPARE(half->x, 350.0 / 400.0);
    QCOMPARE(placeFromText(tree, path, "oblique:0.25")->dendrite, 3);
    QVERIFY(placeFromText(tree, path, "soma")->isSoma());
    for (const char *text : {"", "x", "-0.1", "tuft:", "tuft:a", ":", "nan"})
        QVERIFY2(!placeFromText(tree, path, text).ok(), text);
    QCOMPARE(placeText(tree, {3, 0.25}), std::string("oblique:0.25"));
}

void tst_Experiment::paths()
{
    const Neuron tree = test::smallTree();
    QCOMPARE(farthestTip(tree, PathMeasure::Lambda), 2);
    const DendritePath tuft = pathTo(tree, 2);
    QCOMPARE(tuft.lengthUm(), 700.0);
    QCOMPARE(tuft.stops(tree).size(), std::size_t(6)); // with the soma
    QCOMPARE(tuft.at(1.0), (Place{2, 1.0}));
    QCOMPARE(tuft.at(0.0), (Place{0, 0.0}));
    // The oblique leaves the trunk in its middle: what lies behind is not on its path.
    const DendritePath oblique = pathTo(tree, 3);
    QCOMPARE(oblique.lengthUm(), 300.0);
    QCOMPARE(oblique.stops(tree).size(), std::size_t(4));
    QCOMPARE(oblique.at(0.5).dendrite, 0);
    QCOMPARE(oblique.at(0.9).dendrite, 3);
    // A path is a choice.
    const std::vector<ExperimentSetting> settings = experimentSettings("attenuation", tree);
    QCOMPARE(settings.front().name, std::string("tip"));
    QCOMPARE(settings.front().choices.size(), std::size_t(3));
    QCOMPARE(std::get<std::string>(settings.front().fallback), std::string("tuft"));
    const ExperimentPlan plan = planned(
        "attenuation", {{"tip", std::string("basal")}, {"places", std::vector<double>{0.9}}}, tree);
    QCOMPARE(plan.neurons[0].synapses[0].dendrite, 1);
}

void tst_Experiment::batches()
{
    const ExperimentPlan plan = planned("weight-response", {}); // 3 neurons of 30 trials
    for (const int workers : {1, 2, 8}) {
        std::vector<int> seen(plan.trials.size(), 0);
        for (const TrialBatch &batch : trialBatches(plan, workers)) {
            QVERIFY(!batch.empty() && batch.size() <= std::size_t(StandardBatch));
            const SimulationRequest request = batchRequest(plan, batch);
            QCOMPARE(request.inputs.size(), batch.size());
            QCOMPARE(request.probes.size(), batch.size());
            QVERIFY(request.electrodes.empty());
            for (std::size_t k = 0; k < batch.size(); ++k) {
                ++seen[batch[k]];
                QCOMPARE(plan.trials[batch[k]].neuron, plan.trials[batch[0]].neuron);
                QCOMPARE(request.inputs[k].events, plan.trials[batch[k]].input.events);
            }
        }
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](int n) { return n == 1; }));
    }
    QVERIFY(trialBatches(plan, 8).size() >= 15);
}

void tst_Experiment::batchesOfMuchMemory()
{
    const ExperimentPlan plan =
        planned("synaptic-rate", {{"duration_ms", 60000.0}, {"seeds", 1.0}});
    for (const TrialBatch &batch : trialBatches(plan, 1))
        QVERIFY(batch.size() <= 3);
}

void tst_Experiment::partial()
{
    const ExperimentPlan plan = planned("attenuation", {});
    std::vector<std::optional<TrialResult>> measured(plan.trials.size());
    const ExperimentResult none = evaluateExperiment(plan, measured);
    QVERIFY(none.table.rows.empty());
    QVERIFY(none.conclusions.empty());
    measured[3] = measureTrial(plan, 3, madeUp(plan, 3, 5.0F));
    const ExperimentResult one = evaluateExperiment(plan, measured);
    QCOMPARE(one.table.rows.size(), std::size_t(1));
    QCOMPARE(one.remarks.size(), std::size_t(1));
    QVERIFY2(test::contains(one.remarks[0], "1 of 13"), one.remarks[0].c_str());
}

void tst_Experiment::sweepOfTwo()
{
    const ExperimentPlan plan = planned("sweep",
                                        {{"x", std::string("dend_diam_um")},
                                         {"x_values", std::vector<double>{1, 2, 4}},
                                         {"y", std::string("weight")},
                                         {"y_values", std::vector<double>{5, 10}}});
    QCOMPARE(plan.trials.size(), std::size_t(6));
    QCOMPARE(plan.neurons.size(), std::size_t(3));
    QCOMPARE(plan.neurons[2].dendrites[0].diamUm, 4.0);
    std::vector<std::optional<TrialResult>> measured;
    for (std::size_t i = 0; i < plan.trials.size(); ++i)
        measured.push_back(measureTrial(plan, i, madeUp(plan, i, 1.0F + static_cast<float>(i))));
    const ExperimentResult result = evaluateExperiment(plan, measured);
    QCOMPARE(result.table.rows.size(), std::size_t(6));
    const ResultMap &map = result.plots.front().map;
    QCOMPARE(map.values.size(), std::size_t(6));
    QVERIFY(std::abs(map.values[0] - 1.0) < 1e-4);
    QVERIFY(std::abs(map.values[5] - 6.0) < 1e-4); // y = 10, x = 4
    // Out of the parameter's own range.
    QVERIFY(test::contains(
        refusal("sweep",
                {{"x", std::string("dend_diam_um")}, {"x_values", std::vector<double>{0.0}}}),
        "outside its range"));
}

// Places stay where they are when the segments change.
void tst_Experiment::sweepOfSegments()
{
    const ExperimentPlan plan = planned("sweep",
                                        {{"x", std::string("num_segments")},
                                         {"x_values", std::vector<double>{8, 40}},
                                         {"place", 0.55}});
    QCOMPARE(plan.trials[0].input.events[0].row, 4);
    QCOMPARE(plan.trials[1].input.events[0].row, 22);
    QCOMPARE(plan.trials[1].input.segments, 40);
}

// One sealed cylinder: closed formulas.
void tst_Experiment::cableTheory()
{
    const Neuron stick = defaultNeuron();
    const SteadyCable cable(stick, passiveSomaUs(stick));
    const double lambda = lengthConstantUm(1.0, stick.membrane);
    const double L = 2048.0 / lambda;
    const double endlessUs = 3.14159265358979 * lambda / 20000.0 * 1.0e-2;
    QVERIFY(std::abs(cable.dendritesUs() / (endlessUs * std::tanh(L)) - 1.0) < 1e-9);
    const std::vector<double> mv = cable.response({}, 0.005, {{}, {0, 0.5}, {0, 1.0}});
    QVERIFY(std::abs(mv[0] - 0.005 / (passiveSomaUs(stick) + endlessUs * std::tanh(L))) < 1e-9);
    QVERIFY(std::abs(passiveInputMohm(stick) - mv[0] / 0.005) < 1e-6);
    QVERIFY(std::abs(mv[1] / mv[0] - std::cosh(L / 2) / std::cosh(L)) < 1e-6);
    QVERIFY(std::abs(mv[2] / mv[0] - 1.0 / std::cosh(L)) < 1e-9);
    // Transfer is the same both ways.
    const std::vector<double> back = cable.response({0, 1.0}, 0.005, {{}, {0, 1.0}});
    QVERIFY(std::abs(back[0] - mv[2]) < 1e-9);
    QVERIFY(back[1] > mv[0]);
}

// Rall's equivalent cylinder: two daughters whose d^(3/2) add up to the parent's are one cable.
void tst_Experiment::branchedTheory()
{
    Neuron one = defaultNeuron();
    one.dendrites = {{"trunk", SomaIndex, 1.0, 1000.0, 4.0, 10, {}}};
    Neuron two = one;
    two.dendrites[0].lengthUm = 500.0;
    const double thin = std::pow(0.5, 2.0 / 3.0) * 4.0;
    const double longer = 500.0 * std::sqrt(thin / 4.0);
    two.dendrites.push_back({"a", 0, 1.0, longer, thin, 10, {}});
    two.dendrites.push_back({"b", 0, 1.0, longer, thin, 10, {}});
    const SteadyCable cylinder(one, 0.002);
    const SteadyCable tree(two, 0.002);
    QVERIFY(std::abs(tree.dendritesUs() / cylinder.dendritesUs() - 1.0) < 1e-9);
    const std::vector<double> a = cylinder.response({}, 0.01, {{}, {0, 0.5}, {0, 1.0}});
    const std::vector<double> b = tree.response({}, 0.01, {{}, {0, 1.0}, {1, 1.0}});
    for (std::size_t i = 0; i < a.size(); ++i)
        QVERIFY(std::abs(a[i] / b[i] - 1.0) < 1e-9);
}

// A lecture's three places: each is told once, by what happens there.
void tst_Experiment::whereItActs()
{
    using What = PlanPlace::What;
    const ExperimentPlan plan =
        planned("attenuation", {{"places", std::vector<double>{0.25, 0.75}}});
    const std::vector<PlanPlace> places = planPlaces(plan);
    const Neuron &stick = plan.neurons.front();
    const Place near = snapped(stick, {0, 0.25});
    const Place far = snapped(stick, {0, 0.75});
    const auto has = [&](What what, const Place &place, int trials) {
        return std::find(places.begin(), places.end(), PlanPlace{what, place, trials})
            != places.end();
    };
    QCOMPARE(places.size(), std::size_t{5});
    QVERIFY(has(What::Excitation, near, 1));
    QVERIFY(has(What::Excitation, far, 1));
    QVERIFY(has(What::Measured, {}, 2));
    QVERIFY(has(What::Measured, near, 1));
    QVERIFY(has(What::Measured, far, 1));
    QVERIFY(planPlaces({}).empty());

    // Inhibition and electrodes are not taken for excitation.
    const auto kinds = [](const std::string &id) {
        std::set<What> found;
        for (const PlanPlace &p : planPlaces(planned(id, {})))
            found.insert(p.what);
        return found;
    };
    QCOMPARE(kinds("inhibition"), (std::set{What::Excitation, What::Inhibition, What::Measured}));
    QCOMPARE(kinds("input-resistance"), (std::set{What::Electrode, What::Measured}));
}

// Where each variant of the cell has other segments, the places are those of the first.
void tst_Experiment::whereItActsOnAnotherCell()
{
    const ExperimentPlan plan = planned("length", {});
    QVERIFY(plan.neurons.size() > 1);
    const auto &first = plan.neurons[static_cast<std::size_t>(plan.trials.front().neuron)];
    const std::vector<PlanPlace> places = planPlaces(plan);
    QVERIFY(!places.empty());
    for (const PlanPlace &p : places)
        QCOMPARE(p.place, snapped(first, p.place));
}

DT_TEST(tst_Experiment, QCoreApplication)
#include "tst_Experiment.moc"
