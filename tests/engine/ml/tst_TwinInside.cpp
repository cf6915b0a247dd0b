// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/ml/MlApi.h"
#include "engine/twin/FirstLayer.h"
#include "tests/engine/ml/SmallNets.h"
#include "tests/engine/ml/TwinProbe.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using test::Segments;

/// What is said of a twin's inside, against the network itself: responses of the first layer, time
/// constants, attention against plain loops, prediction after silence against prediction of inputs
/// that begin with silence.
class tst_TwinInside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::setThreads(1); }
    void firstLayerAnswersAnEvent_data();
    void firstLayerAnswersAnEvent();
    void timeConstantsAreTheNetworks();
    void attentionIsThatOfPlainLoops();
    void attentionKnowsNoFuture();
    void attentionRefusals();
    void silenceBefore_data();
    void silenceBefore();
};

namespace {

/// With a head for every segment.
TwinSpec insideOf(const TwinNetworkConfig &network)
{
    return test::specOf(network, Segments, Segments);
}

TwinSpec transformer(int firstKernel = 3)
{
    TransformerConfig c;
    c.firstKernel = firstKernel;
    c.width = 8;
    c.heads = 2;
    c.layers = 3;
    c.windowMs = 9;
    c.feedForwardWidth = 10;
    return insideOf(c);
}

TwinSpec tcn()
{
    TcnConfig c;
    c.firstKernel = 6;
    c.layers = {2, 1};
    c.widths = {5, 4};
    c.kernels = {4, 3};
    c.dilations = {1, 2};
    return insideOf(c);
}

std::vector<NamedTensor> weightsOf(const test::TwinProbe &net)
{
    std::vector<NamedTensor> list;
    for (const test::ProbeArray &a : net.arrays()) {
        NamedTensor tensor{a.name, a.shape, {}};
        if (a.integers.empty())
            tensor.values = std::vector<float>(a.floats.begin(), a.floats.end());
        else
            tensor.values = a.integers;
        list.push_back(std::move(tensor));
    }
    return list;
}

/// A network whose numbers are large enough to matter: attention of fresh weights is almost flat.
std::shared_ptr<test::TwinProbe> lively(const TwinSpec &spec)
{
    const auto net = test::TwinProbe::make(spec, 3).value();
    auto arrays = net->arrays();
    for (test::ProbeArray &a : arrays) {
        if (a.name.find("wq") != std::string::npos || a.name.find("wk") != std::string::npos) {
            for (double &v : a.floats)
                v *= 40.0;
        }
    }
    if (!net->setArrays(arrays))
        qFatal("weights do not fit");
    return net;
}

std::unique_ptr<TwinPredictor> predictorOf(const TwinSpec &spec, const test::TwinProbe &net)
{
    Result<std::unique_ptr<TwinPredictor>> made =
        dtMlModule()->predictor(spec, weightsOf(net), {Compute::Device::Cpu, 1});
    if (!made)
        qFatal("%s", made.error().message.c_str());
    return std::move(*made);
}

/// Sparse events.
TwinInputs rain(int windows, int lengthMs, std::uint64_t seed)
{
    RandomStream random({seed});
    TwinInputs inputs;
    inputs.resize(windows, Segments, lengthMs);
    for (float &v : inputs.values)
        v = random.uniform() < 0.2 ? static_cast<float>(random.uniform()) : 0.0F;
    return inputs;
}

const std::vector<double> &numbers(const std::vector<test::ProbeArray> &arrays,
                                   const std::string &name)
{
    for (const test::ProbeArray &a : arrays) {
        if (a.name == "backbone_and_heads.backbone." + name)
            return a.floats;
    }
    qFatal("no array %s", name.c_str());
}

} // namespace

void tst_TwinInside::firstLayerAnswersAnEvent_data()
{
    QTest::addColumn<TwinSpec>("spec");
    TwinSpec plain = tcn();
    auto &c = std::get<TcnConfig>(plain.network);
    c.norm = NormType::Batch;
    c.activation = ActivationKind::Identity;
    QTest::newRow("TCN") << plain;
    ResNetTcnConfig r;
    r.firstKernel = 4;
    r.miniBlocks = {1};
    r.widths = {6};
    r.kernels = {3};
    r.norm = NormType::Batch;
    r.activation = ActivationKind::Identity;
    QTest::newRow("ResNetTCN") << insideOf(r);
    TwinSpec attention = transformer(5);
    auto &t = std::get<TransformerConfig>(attention.network);
    t.firstNorm = NormType::Batch;
    t.firstActivation = ActivationKind::Identity;
    QTest::newRow("Transformer") << attention;
}

void tst_TwinInside::firstLayerAnswersAnEvent()
{
    QFETCH(TwinSpec, spec);
    constexpr int Length = 20;
    constexpr int EventMs = 7;
    const auto net = test::TwinProbe::make(spec, 5).value();
    const FirstLayer layer = firstLayer(spec, weightsOf(*net)).value();
    // A fresh BatchNorm changes nothing but by its epsilon.
    const double gain = 1.0 / std::sqrt(1.0 + 1e-5);
    const std::vector<double> silent(std::size_t{2} * Segments * Length);
    const std::vector<double> rest = net->forward(silent, 1)->at("act/first_b0");
    for (const int channel : {0, 1}) {
        for (int s = 0; s < Segments; ++s) {
            std::vector<double> x = silent;
            x[static_cast<std::size_t>((channel * Segments + s) * Length + EventMs)] = 1.0;
            const std::vector<double> answer = net->forward(x, 1)->at("act/first_b0");
            const Polarity polarity = channel ? Polarity::Inhibitory : Polarity::Excitatory;
            for (int u = 0; u < layer.units; ++u) {
                for (int t = 0; t < Length; ++t) {
                    const auto i = static_cast<std::size_t>(u * Length + t);
                    const int lag = t - EventMs;
                    const double expected = lag >= 0 && lag < layer.lagsMs ? gain
                            * static_cast<double>(layer.map(
                                u, polarity)[static_cast<std::size_t>(s * layer.lagsMs + lag)])
                                                                           : 0.0;
                    QVERIFY2(std::abs(answer[i] - rest[i] - expected) < 1e-6,
                             qPrintable(QStringLiteral("unit %1, lag %2").arg(u).arg(lag)));
                }
            }
        }
    }
}

void tst_TwinInside::timeConstantsAreTheNetworks()
{
    ElmConfig c;
    c.memory = 7;
    c.memoryTauMaxMs = 90.0;
    const TwinSpec spec = insideOf(c);
    const auto net = test::TwinProbe::make(spec, 1).value();
    const ElmTimes times = elmTimes(spec, weightsOf(*net)).value();
    const auto out = net->forward(std::vector<double>(std::size_t{2} * Segments * 4), 1).value();
    const std::vector<double> &tau = out.at("der/tau_m");
    QCOMPARE(times.memoryTauMs.size(), tau.size());
    for (std::size_t i = 0; i < tau.size(); ++i)
        QVERIFY(std::abs(times.memoryTauMs[i] - tau[i]) < 1e-4);
    const std::vector<double> &kappa = out.at("der/kappa_s");
    for (std::size_t i = 0; i < kappa.size(); ++i)
        QVERIFY(std::abs(std::exp(-1.0 / times.synapseTauMs[i]) - kappa[i]) < 1e-6);
}

void tst_TwinInside::attentionIsThatOfPlainLoops()
{
    const TwinSpec spec = transformer();
    const auto &c = std::get<TransformerConfig>(spec.network);
    const auto net = lively(spec);
    const TwinInputs inputs = rain(1, 40, 11);
    constexpr int First = 5; // the first queries do not see a whole window
    constexpr int Count = 30;
    const auto predictor = predictorOf(spec, *net);
    const Result<TwinAttention> found = predictor->attention(inputs, First, Count);
    QVERIFY2(found.ok(), found.ok() ? "" : found.error().message.c_str());
    QCOMPARE(found->layers, c.layers);
    QCOMPARE(found->heads, c.heads);
    QCOMPARE(found->lags, c.windowMs);

    const auto trace = net->forward({inputs.values.begin(), inputs.values.end()}, 1).value();
    const std::vector<test::ProbeArray> arrays = net->arrays();
    const int width = c.width;
    const int d = width / c.heads;
    const int length = inputs.lengthMs;
    double sharpest = 0.0;
    for (int l = 0; l < c.layers; ++l) {
        // Input of the layer: (width, T) of the first layer, (T, width) of a block.
        const std::vector<double> &h =
            trace.at(l == 0 ? "act/first_b0" : "act/block" + std::to_string(l - 1) + "_b0");
        const std::string block = "block" + std::to_string(l);
        const std::vector<double> &gain = numbers(arrays, block + ".ln1.weight");
        std::vector<double> q(static_cast<std::size_t>(length * width));
        std::vector<double> k(q.size());
        for (int t = 0; t < length; ++t) {
            std::vector<double> x(static_cast<std::size_t>(width));
            double squares = 0.0;
            for (int i = 0; i < width; ++i) {
                x[size_t(i)] = h[static_cast<std::size_t>(l == 0 ? i * length + t : t * width + i)];
                squares += x[size_t(i)] * x[size_t(i)];
            }
            for (int i = 0; i < width; ++i)
                x[size_t(i)] *= gain[size_t(i)] / std::sqrt(squares / width + std::pow(2.0, -23));
            for (auto *target : {&q, &k}) {
                const std::vector<double> &w =
                    numbers(arrays, block + (target == &q ? ".attn.wq.weight" : ".attn.wk.weight"));
                std::vector<double> y(static_cast<std::size_t>(width));
                for (int o = 0; o < width; ++o) {
                    for (int i = 0; i < width; ++i)
                        y[size_t(o)] += w[static_cast<std::size_t>(o * width + i)] * x[size_t(i)];
                }
                for (int o = 0; o < width; o += 2) { // rotary embedding of neighbouring pairs
                    const double angle = t * std::pow(10000.0, -static_cast<double>(o % d) / d);
                    const double a = y[size_t(o)];
                    const double b = y[size_t(o + 1)];
                    (*target)[static_cast<std::size_t>(t * width + o)] =
                        a * std::cos(angle) - b * std::sin(angle);
                    (*target)[static_cast<std::size_t>(t * width + o + 1)] =
                        a * std::sin(angle) + b * std::cos(angle);
                }
            }
        }
        for (int head = 0; head < c.heads; ++head) {
            const std::span<const float> map = found->map(l, head);
            for (int n = 0; n < Count; ++n) {
                const int t = First + n;
                std::vector<double> weight(static_cast<std::size_t>(c.windowMs));
                double sum = 0.0;
                for (int lag = 0; lag < c.windowMs && lag <= t; ++lag) {
                    double score = 0.0;
                    for (int i = head * d; i < (head + 1) * d; ++i)
                        score += q[static_cast<std::size_t>(t * width + i)]
                            * k[static_cast<std::size_t>((t - lag) * width + i)];
                    weight[size_t(lag)] = std::exp(score / std::sqrt(double(d)));
                    sum += weight[size_t(lag)];
                }
                double row = 0.0;
                for (int lag = 0; lag < c.windowMs; ++lag) {
                    const auto got =
                        static_cast<double>(map[static_cast<std::size_t>(n * c.windowMs + lag)]);
                    QVERIFY2(std::abs(got - weight[size_t(lag)] / sum) < 1e-4,
                             qPrintable(QStringLiteral("layer %1 head %2 query %3 lag %4")
                                            .arg(l)
                                            .arg(head)
                                            .arg(t)
                                            .arg(lag)));
                    row += got;
                    sharpest = std::max(sharpest, got);
                }
                QVERIFY(std::abs(row - 1.0) < 1e-5);
            }
        }
    }
    QVERIFY(sharpest > 0.4); // there is something to compare
}

void tst_TwinInside::attentionKnowsNoFuture()
{
    const TwinSpec spec = transformer();
    const auto net = lively(spec);
    const auto predictor = predictorOf(spec, *net);
    TwinInputs inputs = rain(1, 40, 12);
    const TwinAttention before = predictor->attention(inputs, 10, 12).value();
    for (int line = 0; line < 2 * Segments; ++line) {
        for (int t = 22; t < 40; ++t)
            inputs.values[static_cast<std::size_t>(line * 40 + t)] = 5.0F;
    }
    QVERIFY(before.weights == predictor->attention(inputs, 10, 12)->weights);
    // Before the input began there is nothing to look at.
    const TwinAttention start = predictor->attention(inputs, 0, 3).value();
    for (int query = 0; query < 3; ++query) {
        for (int lag = query + 1; lag < start.lags; ++lag)
            QCOMPARE(start.map(1, 1)[static_cast<std::size_t>(query * start.lags + lag)], 0.0F);
    }
    // Looking does not disturb.
    const auto other = predictorOf(spec, *net);
    QVERIFY(predictor->predict(inputs)->somaMv == other->predict(inputs)->somaMv);
}

void tst_TwinInside::attentionRefusals()
{
    const TwinSpec spec = transformer();
    const auto predictor = predictorOf(spec, *lively(spec));
    const TwinInputs inputs = rain(1, 40, 1);
    for (const auto &[first, count] : {std::pair{-1, 5}, {0, 0}, {36, 5}, {0, 41}}) {
        const Result<TwinAttention> refused = predictor->attention(inputs, first, count);
        QVERIFY(!refused.ok());
        QVERIFY(test::isSentence(refused.error().message));
    }
    QVERIFY(!predictor->attention(rain(2, 40, 1), 0, 5).ok());
    QVERIFY(!predictor->attention(rain(1, 1200, 1), 0, TwinPredictor::MostQueries + 1).ok());
    const TwinSpec other = tcn();
    const auto none = predictorOf(other, *test::TwinProbe::make(other, 1).value());
    QVERIFY(!none->attention(inputs, 0, 5).ok());
}

void tst_TwinInside::silenceBefore_data()
{
    QTest::addColumn<TwinSpec>("spec");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("TCN") << tcn() << 2e-4;
    QTest::newRow("Transformer") << transformer() << 2e-4;
    ElmConfig c;
    c.memory = 6;
    c.memoryTauMaxMs = 9.0;
    QTest::newRow("ELM") << insideOf(c) << 2e-3;
}

void tst_TwinInside::silenceBefore()
{
    QFETCH(TwinSpec, spec);
    QFETCH(double, tolerance);
    const auto net = test::TwinProbe::make(spec, 9).value();
    const auto predictor = predictorOf(spec, *net);
    constexpr int Windows = 3;
    constexpr int Length = 13;
    constexpr int Silence = 150;
    const TwinInputs seen = rain(Windows, Length, 4);
    TwinInputs whole;
    whole.resize(Windows, Segments, Silence + Length);
    for (int line = 0; line < Windows * 2 * Segments; ++line) {
        for (int t = 0; t < Length; ++t)
            whole.values[static_cast<std::size_t>(line * (Silence + Length) + Silence + t)] =
                seen.values[static_cast<std::size_t>(line * Length + t)];
    }
    for (int again = 0; again < 2; ++again) { // the silent state is not used up
        const TwinPrediction after = predictor->predictAfterSilence(seen).value();
        const TwinPrediction expected = predictor->predict(whole).value();
        QCOMPARE(after.lengthMs, Length);
        for (int w = 0; w < Windows; ++w) {
            for (int t = 0; t < Length; ++t) {
                const auto i = static_cast<std::size_t>(w * Length + t);
                const auto j = static_cast<std::size_t>(w * (Silence + Length) + Silence + t);
                QVERIFY(std::abs(static_cast<double>(after.somaMv[i] - expected.somaMv[j]))
                        < tolerance);
            }
        }
    }
    // A window that starts from rest is something else: layers have not settled.
    QVERIFY(predictor->predict(seen)->somaMv != predictor->predictAfterSilence(seen)->somaMv);
}

DT_TEST(tst_TwinInside, QCoreApplication)
#include "tst_TwinInside.moc"
