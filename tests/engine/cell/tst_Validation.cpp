// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Validation.h"

#include "engine/cell/Frusta.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>
#include <limits>

using namespace dt;
using Change = std::function<void(Neuron &)>;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr double Inf = std::numeric_limits<double>::infinity();

void row(const char *name, const char *place, const char *words, const Change &change)
{
    QTest::newRow(name) << QByteArray(place) << QByteArray(words) << change;
}

} // namespace

class tst_Validation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sane_data();
    void sane();
    void absurdStick_data();
    void absurdStick();
    void absurdTree_data();
    void absurdTree();
    void everyProblemIsReported();
};

void tst_Validation::sane_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("default") << Change([](Neuron &) {});
    QTest::newRow("tree") << Change([](Neuron &n) { n = test::smallTree(); });
    QTest::newRow("own table") << Change([](Neuron &n) { n = test::treeWithTable(); });
    QTest::newRow("no synapses") << Change([](Neuron &n) { n.synapses.clear(); });
    QTest::newRow("passive soma") << Change([](Neuron &n) { n.channels.rhoFactor = 0.0; });
    QTest::newRow("no leak in the soma")
        << Change([](Neuron &n) { n.membrane.somaLeakSPerCm2 = 0.0; });
    QTest::newRow("one segment") << Change([](Neuron &n) { setSegments(n, 0, 1); });
    QTest::newRow("a thousand segments") << Change([](Neuron &n) { setSegments(n, 0, 1000); });
    QTest::newRow("a drawn piece shorter than one would choose") << Change([](Neuron &n) {
        setPoints(n.dendrites[0], {{0, 0, 0, 0.02}, {0.1, 0, 0, 0.02}});
    });
    QTest::newRow("both ends") << Change([](Neuron &n) {
        n.synapses = {{0, 0, 0.0}, {1, 0, 1.0}};
    });
}

void tst_Validation::sane()
{
    QFETCH(Change, change);
    Neuron neuron = defaultNeuron();
    change(neuron);
    VERIFY_OK(validateNeuron(neuron));
    QVERIFY(neuronProblems(neuron).empty());
}

void tst_Validation::absurdStick_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");

    row("no segments", "num_segments", "0 segments", [](Neuron &n) { setSegments(n, 0, 0); });
    row("negative segments", "num_segments", "-8", [](Neuron &n) { setSegments(n, 0, -8); });
    row("absurd segments", "num_segments", "1 to 1000",
        [](Neuron &n) { setSegments(n, 0, 2000000000); });
    row("no diameter", "dend_diam_um", "diameter of 0 um",
        [](Neuron &n) { n.dendrites[0].diamUm = 0.0; });
    row("negative diameter", "dend_diam_um", "-1", [](Neuron &n) { n.dendrites[0].diamUm = -1; });
    row("a kilometre of dendrite", "dend_L_um", "1000000000 um",
        [](Neuron &n) { n.dendrites[0].lengthUm = 1e9; });
    row("length not a number", "dend_L_um", "nan",
        [](Neuron &n) { n.dendrites[0].lengthUm = NaN; });
    row("endless length", "dend_L_um", "inf", [](Neuron &n) { n.dendrites[0].lengthUm = Inf; });
    row("no dendrite", "dendrites", "no dendrite", [](Neuron &n) {
        n.dendrites.clear();
        n.synapses.clear();
    });
    row("dendrite without a name", "", "not at all", [](Neuron &n) { n.dendrites[0].name = ""; });
    row("named like the soma", "soma", "soma", [](Neuron &n) { n.dendrites[0].name = "soma"; });
    row("no soma", "soma_L_um", "soma_L_um", [](Neuron &n) { n.soma.lengthUm = 0.0; });
    row("thin soma", "soma_diam_um", "soma_diam_um", [](Neuron &n) { n.soma.diamUm = NaN; });
    row("no membrane resistance", "Rm_ohm_cm2", "10 to",
        [](Neuron &n) { n.membrane.rmOhmCm2 = 0; });
    row("no axial resistance", "Ra_ohm_cm", "1 to 10000",
        [](Neuron &n) { n.membrane.raOhmCm = 0.0; });
    row("negative capacitance", "cm_uF_cm2", "-1", [](Neuron &n) { n.membrane.cmUfPerCm2 = -1.0; });
    row("rest not a number", "epas_mV", "nan", [](Neuron &n) { n.membrane.restMv = NaN; });
    row("negative leak", "soma_g_pas", "leak",
        [](Neuron &n) { n.membrane.somaLeakSPerCm2 = -1e-5; });
    row("leak not a number", "soma_g_pas", "leak",
        [](Neuron &n) { n.membrane.somaLeakSPerCm2 = NaN; });
    row("negative channels", "multiplicative_rho_factor", "-1",
        [](Neuron &n) { n.channels.rhoFactor = -1.0; });
    row("SK not a number", "multiplicative_SKE2_factor", "nan",
        [](Neuron &n) { n.channels.skFactor = NaN; });
    row("one step a ms", "num_samples_per_ms", "5 to 1000", [](Neuron &n) { n.samplesPerMs = 1; });
    row("no steps", "num_samples_per_ms", "0", [](Neuron &n) { n.samplesPerMs = 0; });
    row("no rate window", "inst_rate_t_diff", "1 to", [](Neuron &n) { n.labels.rateWindowMs = 0; });
    row("smoothing not a number", "inst_rate_smoothing_tau", "nan",
        [](Neuron &n) { n.labels.rateSmoothingMs = NaN; });
    row("negative near-spike time", "near_spike_t_diff", "-1",
        [](Neuron &n) { n.labels.nearSpikeMs = -1; });
    row("cap not a number", "soma_voltage_cap_mV", "nan",
        [](Neuron &n) { n.labels.somaCapMv = NaN; });

    row("negative conductance", "excitatory", "-1",
        [](Neuron &n) { n.synapseKinds[0].gMaxUs = -1; });
    row("conductance not a number", "inhibitory", "nan",
        [](Neuron &n) { n.synapseKinds[1].gMaxUs = NaN; });
    row("equal time constants", "excitatory", "must be longer",
        [](Neuron &n) { n.synapseKinds[0].tauRiseMs = 3.0; });
    row("nearly equal time constants", "inhibitory", "must be longer",
        [](Neuron &n) { n.synapseKinds[1].tauRiseMs = 8.0 * (1.0 - 1e-6); });
    row("decay before rise", "excitatory", "must be longer",
        [](Neuron &n) { n.synapseKinds[0].tauDecayMs = 0.2; });
    row("equal NMDA time constants", "excitatory", "NMDA",
        [](Neuron &n) { n.synapseKinds[0].nmdaTauRiseMs = 70.0; });
    row("no rise time", "inhibitory", "rise time",
        [](Neuron &n) { n.synapseKinds[1].tauRiseMs = 0; });
    row("decay not a number", "excitatory", "decay time",
        [](Neuron &n) { n.synapseKinds[0].tauDecayMs = NaN; });
    row("negative magnesium", "excitatory", "magnesium",
        [](Neuron &n) { n.synapseKinds[0].mgMm = -1; });
    row("reversal of a kilovolt", "inhibitory", "reversal",
        [](Neuron &n) { n.synapseKinds[1].reversalMv = -1000.0; });
    row("kind without a name", "", "no name", [](Neuron &n) { n.synapseKinds[0].name = ""; });
    row("two kinds of one name", "inhibitory", "Two kinds",
        [](Neuron &n) { n.synapseKinds[0].name = "inhibitory"; });

    row("synapse of no kind", "synapse 1", "kind that does not exist",
        [](Neuron &n) { n.synapses[0].kind = 2; });
    row("synapse of a negative kind", "synapse 2", "kind that does not exist",
        [](Neuron &n) { n.synapses[1].kind = -1; });
    row("synapse on no dendrite", "synapse 1", "dendrite that does not exist",
        [](Neuron &n) { n.synapses[0].dendrite = 1; });
    row("synapse on the soma", "synapse 1", "dendrite that does not exist",
        [](Neuron &n) { n.synapses[0].dendrite = SomaIndex; });
    row("synapse beyond the tip", "synapse 3", "1.01", [](Neuron &n) { n.synapses[2].x = 1.01; });
    row("synapse nowhere", "synapse 3", "nan", [](Neuron &n) { n.synapses[2].x = NaN; });
    row("no kinds", "synapse 1", "kind that does not exist",
        [](Neuron &n) { n.synapseKinds.clear(); });
}

void tst_Validation::absurdStick()
{
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    Neuron neuron = defaultNeuron();
    change(neuron);
    const Status status = validateNeuron(neuron);
    VERIFY_ERROR(status, ErrorCode::InvalidValue, words.toStdString());
    QCOMPARE(status.error().place, place.toStdString());
    for (const Error &problem : neuronProblems(neuron))
        QVERIFY2(test::isSentence(problem.message), problem.message.c_str());
}

void tst_Validation::absurdTree_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");

    row("its own parent", "tuft", "loop", [](Neuron &n) { n.dendrites[2].parent = 2; });
    row("a point without a diameter", "trunk", "point", [](Neuron &n) {
        setPoints(n.dendrites[0], {{0, 0, 0, 2.0}, {50, 0, 0, 0.0}, {90, 0, 0, 2.0}});
    });
    row("a point nowhere", "trunk", "point", [](Neuron &n) {
        n.dendrites[0].points = {{0, 0, 0, 2.0}, {NaN, 0, 0, 1.0}, {90, 0, 0, 2.0}};
    });
    row("a loop", "trunk", "loop", [](Neuron &n) { n.dendrites[0].parent = 2; });
    row("hangs on nothing", "oblique", "hang on nothing",
        [](Neuron &n) { n.dendrites[3].parent = 9; });
    row("hangs on less than nothing", "oblique", "hang on nothing",
        [](Neuron &n) { n.dendrites[3].parent = -2; });
    row("two of one name", "trunk", "Two dendrites",
        [](Neuron &n) { n.dendrites[1].name = "trunk"; });
    row("attached beyond its parent", "tuft", "between 0 and 1",
        [](Neuron &n) { n.dendrites[2].parentX = 1.5; });
    row("attached nowhere", "tuft", "between 0 and 1",
        [](Neuron &n) { n.dendrites[2].parentX = NaN; });
    row("no diameter", "basal", "Dendrite 'basal'", [](Neuron &n) { n.dendrites[1].diamUm = 0.0; });
    row("no length", "oblique", "Dendrite 'oblique'",
        [](Neuron &n) { n.dendrites[3].lengthUm = 0.0; });
    row("no segments", "tuft", "Dendrite 'tuft'", [](Neuron &n) { n.dendrites[2].segments = 0; });
    row("too many segments in all", "num_segments", "20000", [](Neuron &n) {
        const Dendrite twig = n.dendrites[1];
        for (int i = 0; i < 30; ++i) {
            n.dendrites.push_back(twig);
            n.dendrites.back().name = "twig" + std::to_string(i);
            n.dendrites.back().segments = 1000;
        }
    });
}

void tst_Validation::absurdTree()
{
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    Neuron neuron = test::smallTree();
    change(neuron);
    const Status status = validateNeuron(neuron);
    VERIFY_ERROR(status, ErrorCode::InvalidValue, words.toStdString());
    QCOMPARE(status.error().place, place.toStdString());
}

void tst_Validation::everyProblemIsReported()
{
    Neuron neuron = test::smallTree();
    neuron.membrane.raOhmCm = 0.0;
    neuron.dendrites[0].diamUm = NaN;
    neuron.dendrites[2].segments = 0;
    neuron.synapseKinds[1].tauRiseMs = 9.0;
    neuron.synapses[0].x = 2.0;
    std::vector<std::string> places;
    for (const Error &problem : neuronProblems(neuron))
        places.push_back(problem.place);
    QCOMPARE(places,
             (std::vector<std::string>{"Ra_ohm_cm", "trunk", "tuft", "inhibitory", "synapse 1"}));
}

DT_TEST(tst_Validation, QCoreApplication)
#include "tst_Validation.moc"
