// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which settings runs differ in, and how they are named.
#include "engine/base/NumberText.h"
#include "engine/recording/RunSettings.h"

#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

namespace {

RunRecord run(const Neuron &neuron, const Stimulus &stimulus)
{
    RunRecord record;
    record.setup = std::make_shared<const RunSetup>(RunSetup{neuron, stimulus});
    return record;
}

QStringList names(const std::vector<RunSetting> &settings)
{
    QStringList all;
    for (const RunSetting &setting : settings)
        all << QString::fromStdString(setting.name);
    return all;
}

} // namespace

class tst_RunSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameHaveNone()
    {
        const RunRecord a = run(defaultNeuron(), defaultStimulus());
        QVERIFY(differingSettings(std::vector{a, a, a}).empty());
        QVERIFY(differingSettings({}).empty());
        QVERIFY(differingSettings(std::vector{a}).empty());
    }

    /// Every number of a neuron that can be set is told when it differs, and nothing else is.
    void everyParameter_data()
    {
        QTest::addColumn<QString>("name");
        for (const ParameterInfo &parameter : parameters())
            QTest::newRow(parameter.name.data()) << QString::fromUtf8(parameter.name.data());
    }

    void everyParameter()
    {
        QFETCH(QString, name);
        const ParameterInfo *parameter = findParameter(name.toStdString());
        Neuron other = defaultNeuron();
        const double before = parameter->get(other);
        const double step = parameter->integer ? 1.0 : 0.125 * std::max(1e-3, std::abs(before));
        parameter->set(other, before + step <= parameter->max ? before + step : before - step);
        if (parameter->get(other) == before)
            QSKIP("the default neuron has no such thing");
        const auto settings = differingSettings(
            std::vector{run(other, defaultStimulus()), run(defaultNeuron(), defaultStimulus())});
        QCOMPARE(settings.size(), std::size_t{1});
        QVERIFY(settings[0].name.ends_with(parameter->label));
        QCOMPARE(settings[0].unit, std::string(readUnit(parameter->unit)));
        QCOMPARE(settings[0].values[1], formatNumber(readValue(before, parameter->unit)));
    }

    void inputs()
    {
        Stimulus other = defaultStimulus();
        other.rain.seed = 77; // a column of the table itself
        other.rain.on = !other.rain.on;
        other.durationMs += 1;
        other.axons.count = 3;
        const auto settings = differingSettings(
            std::vector{run(defaultNeuron(), other), run(defaultNeuron(), defaultStimulus())});
        QCOMPARE(names(settings), (QStringList{"Duration", "Rain", "Axons: Count"}));
        QCOMPARE(settings[0].unit, std::string("ms"));
    }

    /// As many events at other places: a letter tells them apart, and equal ones have the same.
    void drawnThings()
    {
        Stimulus moved = defaultStimulus();
        moved.painted.front().row += 1;
        Stimulus fewer = defaultStimulus();
        fewer.painted.resize(1);
        Stimulus none = defaultStimulus();
        none.painted.clear();
        const Neuron n = defaultNeuron();
        const auto settings = differingSettings(std::vector{
            run(n, moved), run(n, none), run(n, fewer), run(n, defaultStimulus()), run(n, moved)});
        QCOMPARE(settings.size(), std::size_t{1});
        QCOMPARE(settings[0].name, std::string("Painted Events"));
        const std::string count = std::to_string(moved.painted.size()) + " events";
        QVERIFY((settings[0].values
                 == std::vector<std::string>{count + " (A)", "none", "1 event", count + " (B)",
                                             count + " (A)"}));
    }

    void electrodesAndTrees()
    {
        Stimulus clamped = defaultStimulus();
        Electrode electrode;
        electrode.name = "tip";
        electrode.currentNa = 0.2;
        clamped.electrodes = {electrode};
        Neuron tree = defaultNeuron();
        Dendrite branch = tree.dendrites.front();
        branch.name = "branch";
        branch.parent = 0;
        branch.lengthUm = 100.0;
        tree.dendrites.push_back(branch);
        const auto settings = differingSettings(
            std::vector{run(tree, clamped), run(defaultNeuron(), defaultStimulus())});
        QVERIFY(names(settings).contains(QStringLiteral("Dendrites")));
        QVERIFY(names(settings).contains(QStringLiteral("Electrodes")));
        for (const RunSetting &setting : settings) {
            if (setting.name == "Electrodes")
                QVERIFY((setting.values == std::vector<std::string>{"tip 0.2 nA", "none"}));
            if (setting.name == "Dendrites")
                QVERIFY(setting.values[0].starts_with("2 dendrites, "));
        }
    }

    /// Kinds by their names, rain as events a second.
    void inWords()
    {
        Neuron shunted = defaultNeuron();
        shunted.synapseKinds.push_back(shunted.synapseKinds[1]);
        shunted.synapseKinds.back().name = "shunt";
        Stimulus wet = defaultStimulus();
        wet.rain.excSparsity = 0.99;
        const auto settings = differingSettings(
            std::vector{run(shunted, wet), run(defaultNeuron(), defaultStimulus())});
        QCOMPARE(names(settings), (QStringList{"Kinds of Synapses", "Rain: Excitatory Rate"}));
        QCOMPARE(settings[0].values[0], std::string("excitatory, inhibitory, shunt"));
        QCOMPARE(settings[1].values[0], std::string("10"));
        QCOMPARE(settings[1].values[1], std::string("2"));
        QCOMPARE(settings[1].unit, std::string("Hz"));
    }

    void foreignTracesHaveNone()
    {
        Stimulus longer = defaultStimulus();
        longer.durationMs *= 2;
        const auto settings = differingSettings(
            std::vector{makeForeignRecord("mine", {{0.0, 1.0}, {1.0F, 2.0F}}),
                        run(defaultNeuron(), longer), run(defaultNeuron(), defaultStimulus())});
        QCOMPARE(settings.size(), std::size_t{1});
        QVERIFY(settings[0].values[0].empty());
        QVERIFY(!settings[0].values[1].empty());
    }

    void seeds()
    {
        Stimulus stimulus;
        stimulus.rain = {};
        stimulus.rain.seed = 5;
        stimulus.axons.seed = 9;
        QVERIFY(isRandom(stimulus));
        QCOMPARE(seedOf(stimulus), std::uint64_t{5});
        stimulus.rain.on = false;
        QVERIFY(!isRandom(stimulus));
        stimulus.axons.on = true;
        QVERIFY(isRandom(stimulus));
        QCOMPARE(seedOf(stimulus), std::uint64_t{9});
    }
};

DT_TEST(tst_RunSettings, QCoreApplication)
#include "tst_RunSettings.moc"
