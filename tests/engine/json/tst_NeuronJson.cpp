// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/NeuronJson.h"

#include "engine/cell/Frusta.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <nlohmann/json.hpp>

#include <functional>

using namespace dt;

namespace {

constexpr auto Exc = Polarity::Excitatory;
constexpr auto Inh = Polarity::Inhibitory;

/// Every number different from its default and hard to write in few digits.
Neuron unusual()
{
    Neuron n = test::smallTree();
    double value = 0.1;
    const auto next = [&] { return value += 0.1 / 3.0; };
    n.soma = {next(), next()};
    for (Dendrite &d : n.dendrites) {
        d.parentX = next() / 10.0;
        d.lengthUm = next();
        d.diamUm = next();
        d.segments += 3;
    }
    n.membrane = {next(), next(), next(), next(), -next()};
    n.channels = {next(), next()};
    SynapseKind &exc = n.synapseKinds[0];
    exc = {"glut", Exc, next(), next(), next(), next(), next(), next(), next(), next(), -next()};
    SynapseKind &inh = n.synapseKinds[1];
    inh.name = "gaba";
    inh.gMaxUs = next();
    inh.tauRiseMs = next();
    inh.tauDecayMs = next();
    inh.reversalMv = -next();
    n.labels = {next(), -next(), next(), next(), 11, 51, next()};
    n.samplesPerMs = 41;
    n.synapses = onePairPerSegment(n);
    return n;
}

Neuron withoutSynapses()
{
    Neuron n = defaultNeuron();
    n.synapses.clear();
    return n;
}

} // namespace

class tst_NeuronJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data();
    void roundTrip();
    void readable();
    void missingKeysKeepDefaults();
    void unknownKeysAreIgnored();
    void malformedNeuron_data();
    void malformedNeuron();
    void stimulusRoundTrip_data();
    void stimulusRoundTrip();
    void stimulusByPlace();
    void malformedStimulus_data();
    void malformedStimulus();
    void syntax_data();
    void syntax();
};

void tst_NeuronJson::roundTrip_data()
{
    QTest::addColumn<Neuron>("neuron");
    for (const NeuronPreset &preset : neuronPresets())
        QTest::newRow(std::string(preset.name).c_str()) << presetNeuron(preset.name).value();
    QTest::newRow("tree") << test::smallTree();
    QTest::newRow("table of its own") << test::treeWithTable();
    QTest::newRow("unusual numbers") << unusual();
    QTest::newRow("no synapses") << withoutSynapses();
    Neuron drawn = test::smallTree();
    setPoints(drawn.dendrites[2], {{0.1, 1.0 / 3.0, 0, 2}, {50, -60, 7, 1.5}, {51, -60, 7, 0.1}});
    drawn.synapses[3].weight = 2.5;
    QTest::newRow("drawn, with weights") << drawn;
}

void tst_NeuronJson::roundTrip()
{
    QFETCH(Neuron, neuron);
    const Result<Neuron> again = neuronFromJson(toJson(neuron), "test");
    VERIFY_OK(again);
    QCOMPARE(*again, neuron);
    const Result<Neuron> fromText = neuronFromText(neuronText(neuron), "test");
    VERIFY_OK(fromText);
    QCOMPARE(*fromText, neuron);
    QVERIFY(neuronText(neuron).find('\n') == std::string::npos);
}

void tst_NeuronJson::readable()
{
    const Json json = toJson(test::treeWithTable());
    QVERIFY(json["dendrites"][0]["parent"] == "soma");
    QVERIFY(json["dendrites"][2]["parent"] == "trunk");
    QVERIFY(json["synapses"][2]["kind"] == "shunt");
    QVERIFY(json["synapses"][2]["dendrite"] == "oblique");
    QVERIFY(json["synapse_kinds"][0]["polarity"] == "excitatory");
    QVERIFY(json["synapse_kinds"][0].contains("nmda"));
    QVERIFY(!json["synapse_kinds"][1].contains("nmda"));
    QVERIFY(toJson(defaultNeuron())["synapses"].is_string()); // not 128 lines
}

void tst_NeuronJson::missingKeysKeepDefaults()
{
    const Result<Neuron> empty = neuronFromText("{}", "test");
    VERIFY_OK(empty);
    QCOMPARE(*empty, defaultNeuron());

    const Result<Neuron> partial =
        neuronFromText(R"({"soma": {"diam_um": 30}, "dendrites": [{"segments": 3}]})", "test");
    VERIFY_OK(partial);
    Neuron expected = defaultNeuron();
    expected.soma.diamUm = 30.0;
    setSegments(expected, 0, 3);
    QCOMPARE(*partial, expected);
}

void tst_NeuronJson::unknownKeysAreIgnored()
{
    Json json = toJson(test::treeWithTable());
    json["colour"] = "green";
    json["soma"]["nucleus"] = {1, 2, 3};
    json["dendrites"][1]["spines"] = nullptr;
    json["synapse_kinds"][0]["nmda"]["glycine_uM"] = 10;
    const Result<Neuron> neuron = neuronFromJson(json, "test");
    VERIFY_OK(neuron);
    QCOMPARE(*neuron, test::treeWithTable());
}

void tst_NeuronJson::malformedNeuron_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const char *text, const char *words) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(words);
    };
    row("a list", "[]", "the neuron is not an object");
    row("a number", "7", "the neuron is not an object");
    row("null", "null", "the neuron is not an object");
    row("soma is text", R"({"soma": "big"})", "'soma' is not an object");
    row("soma is null", R"({"soma": null})", "'soma' is not an object");
    row("length is text", R"({"soma": {"length_um": "25"}})", "a 'length_um' that is not a number");
    row("length is null", R"({"soma": {"length_um": null}})", "a 'length_um' that is not a number");
    row("points are numbers", R"({"dendrites": [{"points_um": [1, 2]}]})", "'points_um'");
    row("a point of three", R"({"dendrites": [{"points_um": [[1, 2, 3]]}]})", "'points_um'");
    row("membrane is a list", R"({"membrane": [1]})", "'membrane' is not an object");
    row("resistance is true", R"({"membrane": {"Ra_ohm_cm": true}})", "'Ra_ohm_cm'");
    row("channels", R"({"channels": {"sk_factor": {}}})", "'sk_factor'");
    row("labels", R"({"labels": {"near_spike_ms": 2.5}})", "'near_spike_ms' that is not a whole");
    row("too many ms", R"({"labels": {"near_spike_ms": 1e10}})", "'near_spike_ms'");
    row("steps", R"({"samples_per_ms": "40"})", "'samples_per_ms' that is not a whole number");
    row("dendrites is an object", R"({"dendrites": {}})", "'dendrites' that is not a list");
    row("a dendrite is text", R"({"dendrites": ["dend"]})", "dendrite 1 is not an object");
    row("second dendrite", R"({"dendrites": [{}, {"name": "b", "diam_um": []}]})",
        "dendrite 2 has a 'diam_um'");
    row("name is a number", R"({"dendrites": [{"name": 7}]})", "'name' that is not text");
    row("segments is a fraction", R"({"dendrites": [{"segments": 7.5}]})", "'segments'");
    row("unknown parent", R"({"dendrites": [{"name": "a", "parent": "axon"}]})", "'axon'");
    row("parent comes later",
        R"({"dendrites": [{"name": "a", "parent": "b"}, {"name": "b", "parent": "soma"}]})",
        "'b', which does not come before it");
    row("parent is itself", R"({"dendrites": [{"name": "a", "parent": "a"}]})", "'a', which");
    row("parent is a number", R"({"dendrites": [{"name": "a", "parent": 0}]})", "'parent'");
    row("kinds is text", R"({"synapse_kinds": "AMPA"})", "'synapse_kinds' that is not a list");
    row("a kind is a number", R"({"synapse_kinds": [1]})", "synapse kind 1 is not an object");
    row("polarity", R"({"synapse_kinds": [{"polarity": "mixed"}]})", "neither excitatory nor");
    row("nmda is true", R"({"synapse_kinds": [{"nmda": true}]})", "'nmda' is not an object");
    row("nmda member", R"({"synapse_kinds": [{"nmda": {"mg_mM": "1"}}]})", "'mg_mM'");
    row("synapses is another text", R"({"synapses": "everywhere"})", "'synapses'");
    row("synapses is a number", R"({"synapses": 2})", "'synapses'");
    row("unknown kind", R"({"synapses": [{"kind": "gaba", "dendrite": "dend"}]})", "'gaba'");
    row("no kind", R"({"synapses": [{"dendrite": "dend"}]})", "synapse 1 is of the kind ''");
    row("unknown dendrite", R"({"synapses": [{"kind": "excitatory", "dendrite": "axon"}]})",
        "'axon', which is not among 'dendrites'");
    row("place is text",
        R"({"synapses": [{"kind": "excitatory", "dendrite": "dend", "x": "tip"}]})", "'x'");
    row("a synapse is null", R"({"synapses": [null]})", "synapse 1 is not an object");
    row("not JSON", "neuron: big", "is damaged at line 1, column 2");
    row("cut short", R"({"soma": {"length_um": 2)", "ends too early");
    row("nothing", "", "ends too early");
    row("beyond doubles", R"({"soma": {"length_um": 1e999}})", "is damaged at line 1");
}

void tst_NeuronJson::malformedNeuron()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const Result<Neuron> neuron = neuronFromText(text.toStdString(), "cells/a.dendro");
    VERIFY_ERROR(neuron, ErrorCode::Format, words.toStdString());
    QVERIFY2(neuron.error().message.starts_with("cells/a.dendro"), neuron.error().message.c_str());
    QCOMPARE(neuron.error().place, std::string("cells/a.dendro"));
}

void tst_NeuronJson::stimulusRoundTrip_data()
{
    QTest::addColumn<int>("segments");
    for (const int segments : {1, 2, 3, 7, 8, 64, 999, 1000})
        QTest::addRow("%d segments", segments) << segments;
}

void tst_NeuronJson::stimulusRoundTrip()
{
    QFETCH(int, segments);
    Neuron neuron = defaultNeuron();
    setSegments(neuron, 0, segments);
    Stimulus stimulus;
    stimulus.durationMs = 777;
    stimulus.rain = {false, 0xFFFFFFFFFFFFFFFFULL, 0.1, 0.7, 3.3, 1.0 / 3.0};
    stimulus.axons = {true, 0xFFFFFFFFFFFFFFFEULL, 17, 12.5, 1.0 / 3.0, 0.25, 7.5};
    Electrode clamp;
    clamp.clamp = Clamp::Voltage;
    clamp.dendrite = 0;
    clamp.x = 1.0 / 3.0;
    Electrode step;
    step.name = "step";
    step.on = false;
    step.currentNa = -0.1;
    stimulus.electrodes = {clamp, step};
    for (int row = 0; row < segments; ++row)
        stimulus.painted.push_back({row % 2 ? Inh : Exc, row, 3 * row, 0.1 * row});
    const Result<Stimulus> again = stimulusFromJson(toJson(stimulus, neuron), neuron, "test");
    VERIFY_OK(again);
    QCOMPARE(*again, stimulus);
}

void tst_NeuronJson::stimulusByPlace()
{
    const Neuron tree = test::smallTree();
    Stimulus stimulus;
    stimulus.painted = {{Exc, 4, 10, 1.0}, {Inh, 5, 20, 2.0}, {Exc, 7, 30, 3.0}};
    const Json json = toJson(stimulus, tree);
    QVERIFY(json["events"][0]["dendrite"] == "tuft");
    QVERIFY(json["events"][0]["x"] == 0.75);
    Result<Stimulus> again = stimulusFromJson(json, tree, "test");
    VERIFY_OK(again);
    QCOMPARE(*again, stimulus);

    // Read for a neuron whose trunk has one segment less: the same places, other rows.
    Neuron shorter = tree;
    shorter.dendrites[0].segments = 2;
    again = stimulusFromJson(json, shorter, "test");
    VERIFY_OK(again);
    QCOMPARE(again->painted[0].row, 3);
    QCOMPARE(again->painted[2].row, 6);

    // An event where the neuron has no row cannot be named and is left out.
    stimulus.painted.push_back({Exc, 99, 40, 1.0});
    QCOMPARE(toJson(stimulus, tree)["events"].size(), std::size_t(3));
}

void tst_NeuronJson::malformedStimulus_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const char *text, const char *words) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(words);
    };
    row("a list", "[]", "the stimulus is not an object");
    row("duration is text", R"({"duration_ms": "long"})", "'duration_ms' that is not a whole");
    row("duration is a fraction", R"({"duration_ms": 0.5})", "'duration_ms'");
    row("rain is a number", R"({"rain": 3})", "'rain' is not an object");
    row("on is a number", R"({"rain": {"on": 1}})", "'on' that is not true or false");
    row("negative seed", R"({"rain": {"seed": -1}})", "'seed' that is not a whole number");
    row("broken seed", R"({"rain": {"seed": 1.5}})", "'seed'");
    row("axons are a list", R"({"axons": []})", "'axons' is not an object");
    row("half an axon", R"({"axons": {"count": 1.5}})", "'count' that is not a whole number");
    row("sparsity is null", R"({"rain": {"inh_sparsity": null}})", "'inh_sparsity'");
    row("events is an object", R"({"events": {}})", "'events' that is not a list");
    row("an event is a number", R"({"events": [4]})", "event 1 is not an object");
    row("polarity", R"({"events": [{"polarity": "both", "dendrite": "dend"}]})", "neither");
    row("no dendrite", R"({"events": [{"x": 0.5}]})", "a dendrite that the neuron does not have");
    row("second event", R"({"events": [{"dendrite": "dend"}, {"dendrite": "axon"}]})",
        "event 2 arrives on 'axon'");
    row("beyond the tip", R"({"events": [{"dendrite": "dend", "x": 1.5}]})", "between 0 and 1");
    row("time is a fraction", R"({"events": [{"dendrite": "dend", "time_ms": 0.5}]})",
        "'time_ms' that is not a whole");
    row("electrodes is an object", R"({"electrodes": {}})", "'electrodes' is not a list");
    row("clamp", R"({"electrodes": [{"clamp": "patch"}]})", "neither current nor voltage");
    row("section", R"({"electrodes": [{"section": "axon"}]})",
        "electrode 1 sits in a section 'axon'");
    row("current is text", R"({"electrodes": [{}, {"current_nA": "1"}]})", "electrode 2 has a");
    row("weight is text", R"({"events": [{"dendrite": "dend", "weight": "1"}]})", "'weight'");
}

void tst_NeuronJson::malformedStimulus()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const Result<Stimulus> stimulus =
        stimulusFromJson(parseJson(text.toStdString(), "x").value(), defaultNeuron(), "a.dendro");
    VERIFY_ERROR(stimulus, ErrorCode::Format, words.toStdString());
    QVERIFY(stimulus.error().message.starts_with("a.dendro"));
}

void tst_NeuronJson::syntax_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("ends too early");
    QTest::newRow("blanks") << QByteArray("\n\n") << QByteArray("ends too early");
    QTest::newRow("open") << QByteArray("{\n \"a\": [1,") << QByteArray("cut short at line 2");
    QTest::newRow("open text") << QByteArray("{\"a\": \"b") << QByteArray("cut short at line 1");
    QTest::newRow("a word") << QByteArray("{\n\n  \"a\": yes}") << QByteArray("damaged at line 3");
    QTest::newRow("comma too many") << QByteArray("[1,\n2,]") << QByteArray("damaged at line 2");
    QTest::newRow("two values") << QByteArray("{} {}") << QByteArray("damaged at line 1");
    QTest::newRow("not UTF-8") << QByteArray("{\"\xC3\x28\": 1}")
                               << QByteArray("damaged at line 1");
    QTest::newRow("zero bytes") << QByteArray(16, '\0') << QByteArray("damaged at line 1");
    QTest::newRow("beyond doubles") << QByteArray("[1e400]") << QByteArray("damaged at line 1");
    QTest::newRow("very deep") << QByteArray(200000, '[') << QByteArray("ends too early");
}

void tst_NeuronJson::syntax()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const Result<Json> json = parseJson(text.toStdString(), "folder/a.json");
    VERIFY_ERROR(json, ErrorCode::Format, words.toStdString());
    QVERIFY(json.error().message.starts_with("folder/a.json"));
}

DT_TEST(tst_NeuronJson, QCoreApplication)
#include "tst_NeuronJson.moc"
