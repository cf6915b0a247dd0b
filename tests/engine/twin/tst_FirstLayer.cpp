// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Presets.h"
#include "engine/cell/SynapseKernels.h"
#include "engine/twin/FirstLayer.h"
#include "engine/twin/MemoryCurve.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <limits>

using namespace dt;

/// What is read from the weights of a twin, on tensors made by hand, and the curves that go with
/// it.
class tst_FirstLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orientation();
    void sizes();
    void profiles();
    void refusals();
    void timeConstants();
    void kernels();
    void lengths();
    void aucErrors();
    void weightedVariance();
};

namespace {

constexpr const char *FirstName = "backbone_and_heads.backbone.first_conv.temporal_conv.weight";

TwinSpec convolution(int units, int segments, int lags)
{
    TcnConfig config;
    config.firstKernel = lags;
    config.widths = {units};
    TwinSpec spec;
    spec.segments = segments;
    spec.network = config;
    return spec;
}

NamedTensor floats(const std::string &name, std::vector<std::int64_t> shape,
                   std::vector<float> values)
{
    return {name, std::move(shape), std::move(values)};
}

/// Two units, one segment, three lags, stored as kernels: oldest tap first.
FirstLayer small()
{
    return firstLayer(convolution(2, 1, 3),
                      {floats(FirstName, {2, 2, 1, 3},
                              {0.0F, 0.0F, 1.0F, // unit 0, excitatory: now
                               0.0F, 0.0F, 0.0F, // inhibitory
                               4.0F, 0.0F, 0.0F, // unit 1, excitatory: two ms ago
                               0.0F, -3.0F, 0.0F})}) // inhibitory: one ms ago
        .value();
}

bool near(double a, double b, double tolerance = 1e-9)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

void tst_FirstLayer::orientation()
{
    const FirstLayer layer = small();
    QCOMPARE(layer.units, 2);
    QCOMPARE(layer.segments, 1);
    QCOMPARE(layer.lagsMs, 3);
    QCOMPARE(layer.map(0, Polarity::Excitatory)[0], 1.0F); // the last tap is lag 0
    QCOMPARE(layer.map(1, Polarity::Excitatory)[2], 4.0F);
    QCOMPARE(layer.map(1, Polarity::Inhibitory)[1], -3.0F);

    // Every place, with more than one segment.
    const int units = 3;
    const int segments = 4;
    const int lags = 5;
    std::vector<float> stored;
    for (int i = 0; i < units * 2 * segments * lags; ++i)
        stored.push_back(static_cast<float>(i));
    const FirstLayer large = firstLayer(convolution(units, segments, lags),
                                        {floats("other", {1}, {0.0F}),
                                         floats(FirstName, {units, 2, segments, lags}, stored)})
                                 .value();
    for (int u = 0; u < units; ++u) {
        for (const int c : {0, 1}) {
            for (int s = 0; s < segments; ++s) {
                for (int lag = 0; lag < lags; ++lag)
                    QCOMPARE(
                        large.map(
                            u,
                            c ? Polarity::Inhibitory
                              : Polarity::Excitatory)[static_cast<std::size_t>(s * lags + lag)],
                        static_cast<float>(((u * 2 + c) * segments + s) * lags + lags - 1 - lag));
            }
        }
    }
}

void tst_FirstLayer::sizes()
{
    const FirstLayer layer = small();
    QCOMPARE(layer.size(0), 1.0);
    QCOMPARE(layer.size(1), 5.0);
    QCOMPARE(layer.largest(1), 4.0);
    QCOMPARE(layer.bySize(), (std::vector<int>{1, 0}));
    QCOMPARE(layer.centreMs(0), 0.0);
    QVERIFY(near(layer.centreMs(1), (4.0 * 2.0 + 3.0 * 1.0) / 7.0));
}

void tst_FirstLayer::profiles()
{
    const FirstLayer layer = small();
    const std::vector<double> excitatory = layer.lagProfile(Polarity::Excitatory);
    QCOMPARE(excitatory.size(), std::size_t{3});
    QVERIFY(near(excitatory[0], std::sqrt(0.5)));
    QCOMPARE(excitatory[1], 0.0);
    QVERIFY(near(excitatory[2], std::sqrt(8.0)));
    // 0.71 of 3.54 lie on lag 0; the half, 1.77, is reached 1.06 of 2.83 into lag 2.
    QVERIFY(near(layer.halfMs(Polarity::Excitatory), 2.375, 1e-6));
    QVERIFY(near(layer.halfMs(Polarity::Inhibitory), 1.5));
    FirstLayer empty = layer;
    std::fill(empty.weights.begin(), empty.weights.end(), 0.0F);
    QCOMPARE(empty.halfMs(Polarity::Excitatory), 0.0);
    QCOMPARE(empty.centreMs(0), 0.0);
}

void tst_FirstLayer::refusals()
{
    const TwinSpec spec = convolution(2, 1, 3);
    QVERIFY(firstLayer(spec, {}).error().code == ErrorCode::Format);
    QVERIFY(firstLayer(spec, {floats(FirstName, {2, 2, 3, 1}, std::vector<float>(12))}).error().code
            == ErrorCode::Format);
    QVERIFY(firstLayer(spec, {floats(FirstName, {2, 2, 1, 3}, std::vector<float>(11))}).error().code
            == ErrorCode::Format);
    TwinSpec elm = spec;
    elm.network = ElmConfig{};
    QVERIFY(firstLayer(elm, {}).error().code == ErrorCode::NotFound);
    QVERIFY(elmTimes(spec, {}).error().code == ErrorCode::NotFound);
    QVERIFY(elmTimes(elm, {}).error().code == ErrorCode::Format);
}

void tst_FirstLayer::timeConstants()
{
    ElmConfig config;
    config.memory = 3;
    config.memoryTauMinMs = 2.0;
    config.memoryTauMaxMs = 42.0;
    TwinSpec spec;
    spec.segments = 1;
    spec.network = config;
    const std::string place = "backbone_and_heads.backbone.";
    const Result<ElmTimes> times =
        elmTimes(spec,
                 {floats(place + "_proto_w_s", {2}, {0.5F, -0.25F}),
                  floats(place + "tau_s", {2}, {3.0F, 4.0F}),
                  floats(place + "_proto_tau_m", {3},
                         {0.0F, std::log(3.0F), std::numeric_limits<float>::infinity()})});
    QVERIFY(times.ok());
    QCOMPARE(times->synapseTauMs, (std::vector<double>{3.0, 4.0}));
    QCOMPARE(times->inputWeights, (std::vector<double>{0.5, -0.25}));
    QVERIFY(near(times->memoryTauMs[0], 22.0));
    QVERIFY(near(times->memoryTauMs[1], 32.0, 1e-5));
    QVERIFY(near(times->memoryTauMs[2], 42.0)); // as the reference's files have it at the end
}

void tst_FirstLayer::kernels()
{
    const std::vector<SynapseKernel> cable = synapseKernels(presetNeuron("nmda-cable").value());
    QCOMPARE(cable.size(), std::size_t{3});
    QCOMPARE(cable[0].name, std::string("AMPA"));
    QCOMPARE(cable[1].name, std::string("NMDA"));
    QCOMPARE(cable[1].decayMs, 70.0);
    QCOMPARE(cable[2].name, std::string("GABA-A"));
    QVERIFY(cable[2].polarity == Polarity::Inhibitory);
    QCOMPARE(synapseKernels(presetNeuron("ampa-point").value()).size(), std::size_t{2});
    for (const SynapseKernel &kernel : cable) {
        QCOMPARE(kernel.at(0.0), 0.0);
        double peak = 0.0;
        for (double t = 0.0; t < 60.0; t += 0.001)
            peak = std::max(peak, kernel.at(t));
        QVERIFY(near(peak, 1.0, 1e-6));
        // Late, only the decay is left.
        const double late = 12.0 * kernel.decayMs;
        QVERIFY(near(kernel.at(late + kernel.decayMs) / kernel.at(late), std::exp(-1.0), 1e-6));
    }
    // Kinds without synapses do not act.
    Neuron bare = presetNeuron("nmda-cable").value();
    bare.synapses.clear();
    QVERIFY(synapseKernels(bare).empty());
    SynapseKernel alpha{"x", Polarity::Excitatory, 5.0, 5.0, 1.0};
    QVERIFY(near(alpha.at(5.0), 1.0));
}

void tst_FirstLayer::lengths()
{
    const TwinSpec a = presetTwin("tcn-a").value();
    QCOMPARE(memoryLengths(a), (std::vector<int>{1, 2, 5, 10, 20, 40, 80, 120, 160, 181}));
    QCOMPARE(memoryLengths(presetTwin("tcn-e").value()).back(), 81);
    QCOMPARE(memoryLengths(presetTwin("elm").value()).back(), 320); // 8 x 40 ms
}

void tst_FirstLayer::aucErrors()
{
    // Hanley & McNeil 1982, section "Standard error of the area": 0.893 with 51 and 58 is 0.032.
    QVERIFY(near(aucStandardError(0.893, 51, 58), 0.0325, 0.0005));
    QVERIFY(near(aucStandardError(1.0, 10, 10), 0.0));
    QCOMPARE(aucStandardError(0.9, 0, 10), 0.0);
}

void tst_FirstLayer::weightedVariance()
{
    const std::vector<float> truth{1.0F, 2.0F, 3.0F, 10.0F};
    const std::vector<float> said{1.5F, 2.0F, 2.5F, 7.0F};
    // A weight of 2 is the same as being there twice.
    const std::vector<float> truthTwice{1.0F, 2.0F, 3.0F, 3.0F, 10.0F};
    const std::vector<float> saidTwice{1.5F, 2.0F, 2.5F, 2.5F, 7.0F};
    const std::vector<double> weight{1.0, 1.0, 2.0, 1.0};
    const std::vector<double> ones(5, 1.0);
    const auto once = weightedEvPercent(truth, said, weight);
    const auto twice = weightedEvPercent(truthTwice, saidTwice, ones);
    QVERIFY(once && twice && near(*once, *twice));
    QVERIFY(near(*weightedEvPercent(truth, truth, weight), 100.0));
    const std::vector<float> flat(4, 5.0F);
    QVERIFY(!weightedEvPercent(flat, said, weight));
    QVERIFY(!weightedEvPercent({}, {}, {}));
    std::vector<float> broken = said;
    broken[2] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!weightedEvPercent(truth, broken, weight));
}

DT_TEST(tst_FirstLayer, QCoreApplication)
#include "tst_FirstLayer.moc"
