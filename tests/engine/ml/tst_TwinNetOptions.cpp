// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "tests/engine/ml/SmallNets.h"
#include "tests/engine/ml/TwinProbe.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace dt;
using test::ProbeArray;
using test::ProbeMath;
using test::specOf;
using test::TwinProbe;

namespace {

constexpr int Batch = 3;
constexpr int Steps = 45;

TcnConfig smallTcn(ActivationKind activation, NormType norm)
{
    TcnConfig c;
    c.firstKernel = 4;
    c.layers = {2, 1};
    c.widths = {5, 7};
    c.kernels = {3, 2};
    c.dilations = {1, 4};
    c.activation = activation;
    c.norm = norm;
    return c;
}

ElmConfig smallElm(ActivationKind activation, ActivationKind post, NormType norm, int hidden)
{
    ElmConfig c;
    c.memory = 6;
    c.hiddenLayers = hidden;
    c.hiddenWidth = hidden > 1 ? 9 : 0;
    c.activation = activation;
    c.postActivation = post;
    c.preNorm = norm;
    return c;
}

TransformerConfig smallTransformer(NormType norm, FeedForward feedForward, int kernel)
{
    TransformerConfig c;
    c.firstKernel = kernel;
    c.firstNorm = norm;
    c.width = 12;
    c.heads = 3;
    c.layers = 2;
    c.windowMs = 6;
    c.feedForward = feedForward;
    c.feedForwardWidth = 0;
    c.attentionBlock = 16;
    c.norm = norm;
    return c;
}

/// Every option at least once.
void addVariants()
{
    using enum ActivationKind;
    QTest::addColumn<TwinSpec>("spec");
    QTest::newRow("tcn") << specOf(smallTcn(LeakyGelu, NormType::Rms));
    QTest::newRow("tcn, layer norm, two-sided")
        << specOf(smallTcn(TwoSidedLeakySilu, NormType::Layer));
    QTest::newRow("tcn, two-sided") << specOf(smallTcn(TwoSidedLeakyGelu, NormType::Rms));
    QTest::newRow("tcn, batch norm") << specOf(smallTcn(LeakySigmoid, NormType::Batch));
    ResNetTcnConfig resnet;
    resnet.firstKernel = 3;
    resnet.miniBlocks = {2, 1};
    resnet.widths = {6, 4};
    resnet.kernels = {3, 2};
    resnet.dilations = {2, 1};
    QTest::newRow("resnet-tcn") << specOf(resnet);
    resnet.norm = NormType::Layer;
    resnet.activation = Silu;
    QTest::newRow("resnet-tcn, layer norm") << specOf(resnet);
    QTest::newRow("elm") << specOf(smallElm(LeakyGelu, LeakyTanh, NormType::Rms, 1));
    QTest::newRow("elm, layer norm, no hidden layer")
        << specOf(smallElm(Relu, Tanh, NormType::Layer, 0));
    QTest::newRow("elm, no norm, two hidden layers")
        << specOf(smallElm(LeakySilu, LeakySigmoid, NormType::None, 2));
    QTest::newRow("elm, batch norm") << specOf(smallElm(Gelu, Tanh, NormType::Batch, 1));
    QTest::newRow("elm, two-sided")
        << specOf(smallElm(TwoSidedLeakyRelu, Sigmoid, NormType::Rms, 1));
    ElmConfig fixed = smallElm(LeakyRelu, LeakyTanh, NormType::Rms, 1);
    fixed.learnMemoryTau = false;
    QTest::newRow("elm, fixed time constants") << specOf(fixed);
    QTest::newRow("transformer") << specOf(smallTransformer(NormType::Rms, FeedForward::SwiGlu, 1));
    QTest::newRow("transformer, layer norm, gelu")
        << specOf(smallTransformer(NormType::Layer, FeedForward::Gelu, 4));
    TransformerConfig full = smallTransformer(NormType::Rms, FeedForward::SwiGlu, 2);
    full.attention = AttentionForm::Full;
    full.windowMs = 100; // longer than the sequence
    QTest::newRow("transformer, full, long window") << specOf(full);
}

std::vector<double> numbers(std::size_t count, std::uint64_t seed, double lo, double hi)
{
    RandomStream stream{seed, 17, 0};
    std::vector<double> values(count);
    for (double &value : values)
        value = stream.uniform(lo, hi);
    return values;
}

std::vector<double> inputFor(const TwinSpec &spec)
{
    return numbers(std::size_t(Batch) * std::size_t(spec.inputLines()) * Steps, 5, 0.0, 1.0);
}

std::map<std::string, std::vector<double>> targetsFor(const TwinSpec &spec)
{
    const std::size_t each = std::size_t(Batch) * Steps;
    return {{"spikes", numbers(each, 1, 0.0, 1.0)},
            {"soma", numbers(each, 2, -1.0, 1.0)},
            {"near_spike", numbers(each, 3, 0.0, 1.0)},
            {"inst_rate", numbers(each, 4, 0.0, 1.0)},
            {"dend_v", numbers(each * std::size_t(spec.dendHeads), 6, -1.0, 1.0)}};
}

/// Moves weights off their special values, so that missing terms show.
void disturb(TwinProbe &probe)
{
    std::vector<ProbeArray> arrays = probe.arrays();
    std::uint64_t seed = 100;
    for (ProbeArray &array : arrays) {
        const std::vector<double> shift = numbers(array.floats.size(), ++seed, 0.0, 0.3);
        for (std::size_t i = 0; i < shift.size(); ++i)
            array.floats[i] += shift[i];
    }
    QVERIFY(probe.setArrays(arrays).ok());
}

double largestError(const std::vector<double> &a, const std::vector<double> &b)
{
    if (a.size() != b.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double error = std::abs(a[i] - b[i]) / std::max(1.0, std::abs(b[i]));
        largest = error <= largest ? largest : error; // NaN wins
    }
    return largest;
}

} // namespace

/// The four networks in every option: what golden files cannot show.
class tst_TwinNetOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsMatch_data() { addVariants(); }
    void countsMatch();
    void looksOnlyBack_data() { addVariants(); }
    void looksOnlyBack();
    void streams_data() { addVariants(); }
    void streams();
    void carriesWhatIsSaid();
    void fastGradients_data() { addVariants(); }
    void fastGradients();
    void sameSeedSameNetwork_data() { addVariants(); }
    void sameSeedSameNetwork();
    void startsAsTheReference();
    void dropoutFollowsItsSeed();
    void refusesWrongArrays();
    void refusesWrongInputs();
};

void tst_TwinNetOptions::countsMatch()
{
    QFETCH(TwinSpec, spec);
    const auto probe = TwinProbe::make(spec);
    VERIFY_OK(probe);
    std::int64_t total = 0;
    std::int64_t trainable = 0;
    for (const ProbeArray &array : (*probe)->arrays()) {
        const auto count = static_cast<std::int64_t>(array.floats.size());
        total += array.isBuffer ? 0 : count;
        trainable += !array.isBuffer && array.trainable ? count : 0;
    }
    QCOMPARE(total, parameterCount(spec).total);
    QCOMPARE(trainable, parameterCount(spec).trainable);
}

void tst_TwinNetOptions::looksOnlyBack()
{
    QFETCH(TwinSpec, spec);
    const auto probe = TwinProbe::make(spec);
    VERIFY_OK(probe);
    (*probe)->toDouble();
    const int t = 30;
    const int field = receptiveFieldMs(spec);
    for (const ProbeMath math : {ProbeMath::Plain, ProbeMath::Fast}) {
        (*probe)->setMath(math);
        const auto gradient = (*probe)->inputGradientOf(inputFor(spec), Batch, t);
        VERIFY_OK(gradient);
        std::array<double, Steps> largest{};
        for (std::size_t i = 0; i < gradient->size(); ++i)
            largest[i % Steps] = std::max(largest[i % Steps], std::abs((*gradient)[i]));
        for (int i = 0; i < Steps; ++i) {
            const double at = largest[static_cast<std::size_t>(i)];
            if (i > t)
                QCOMPARE(at, 0.0);
            else if (field > 0 && i <= t - field)
                QVERIFY2(at <= 1e-12, "looks beyond its receptive field");
        }
        QVERIFY(largest[t] > 0.0);
        if (field > 0 && field <= t)
            QVERIFY2(largest[static_cast<std::size_t>(t - field + 1)] > 1e-12,
                     "does not use its whole receptive field");
    }
}

void tst_TwinNetOptions::streams()
{
    QFETCH(TwinSpec, spec);
    const auto probe = TwinProbe::make(spec);
    VERIFY_OK(probe);
    disturb(**probe);
    (*probe)->toDouble();
    const std::vector<double> x = inputFor(spec);
    const auto whole = (*probe)->forward(x, Batch);
    VERIFY_OK(whole);
    // Rotary angles come from tables in single precision, and a stream counts positions from its
    // oldest key: differences of positions are the same, the rounding of their angles is not.
    const bool turns = spec.architecture() == Architecture::Transformer;
    const double bound = turns ? 1e-7 : 1e-9;
    double largest = 0.0;
    for (const ProbeMath math : {ProbeMath::Plain, ProbeMath::Fast}) {
        (*probe)->setMath(math);
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            RandomStream stream{seed, 3, 0};
            std::vector<int> pieces;
            for (int left = Steps; left > 0; left -= pieces.back())
                pieces.push_back(
                    seed == 0 ? 1 : std::min(left, static_cast<int>(stream.uniform(1.0, 12.0))));
            const auto streamed = (*probe)->streamed(x, Batch, pieces);
            VERIFY_OK(streamed);
            for (const auto &[key, values] : *streamed)
                largest = std::max(largest, largestError(values, whole->at(key)));
        }
    }
    qInfo("largest difference %.1e", largest);
    QVERIFY(largest < bound);
}

/// Numbers that the specification's section 9 names, for one batch item.
void tst_TwinNetOptions::carriesWhatIsSaid()
{
    // The current key and value need no place between pieces: one less than the window.
    for (const auto &[name, expected] : {std::pair{"tcn-large", 10400},
                                         {"resnet-tcn", 11648},
                                         {"elm", 80},
                                         {"transformer", 5 * 2 * 47 * 48}}) {
        const auto spec = presetTwin(name);
        VERIFY_OK(spec);
        const auto probe = TwinProbe::make(*spec);
        VERIFY_OK(probe);
        std::int64_t state = 0;
        VERIFY_OK((*probe)->streamed(std::vector<double>(16 * 60, 0.1), 1, {30, 30}, &state));
        QCOMPARE(state, std::int64_t{expected});
    }
}

void tst_TwinNetOptions::fastGradients()
{
    QFETCH(TwinSpec, spec);
    for (const bool training : {false, true}) {
        std::array<test::ProbeGradients, 2> found;
        for (const ProbeMath math : {ProbeMath::Plain, ProbeMath::Fast}) {
            const auto probe = TwinProbe::make(spec);
            VERIFY_OK(probe);
            disturb(**probe);
            (*probe)->toDouble();
            (*probe)->setTraining(training);
            (*probe)->setMath(math);
            const auto gradients = (*probe)->gradients(inputFor(spec), Batch, targetsFor(spec));
            VERIFY_OK(gradients);
            found[math == ProbeMath::Fast] = *gradients;
        }
        QCOMPARE(found[0].gradients.size(), found[1].gradients.size());
        for (const auto &[name, loss] : found[0].losses)
            QVERIFY2(std::abs(loss - found[1].losses.at(name)) < 1e-9, name.c_str());
        for (const auto &[name, gradient] : found[0].gradients)
            QVERIFY2(largestError(found[1].gradients.at(name), gradient) < 1e-9, name.c_str());
        QVERIFY(largestError(found[1].inputGradient, found[0].inputGradient) < 1e-9);
    }
}

void tst_TwinNetOptions::sameSeedSameNetwork()
{
    QFETCH(TwinSpec, spec);
    const auto a = TwinProbe::make(spec, 7);
    const auto b = TwinProbe::make(spec, 7);
    const auto c = TwinProbe::make(spec, 8);
    VERIFY_OK(a);
    VERIFY_OK(b);
    VERIFY_OK(c);
    const auto first = (*a)->arrays();
    const auto same = (*b)->arrays();
    const auto other = (*c)->arrays();
    bool differs = false;
    for (std::size_t i = 0; i < first.size(); ++i) {
        QCOMPARE(first[i].name, same[i].name);
        QVERIFY2(first[i].floats == same[i].floats, first[i].name.c_str());
        differs |= first[i].floats != other[i].floats;
    }
    QVERIFY(differs);
}

/// Distributions of section 2.1, 5, 6 and 7.
void tst_TwinNetOptions::startsAsTheReference()
{
    for (const char *name : {"tcn-large", "resnet-tcn", "elm", "transformer"}) {
        const auto spec = presetTwin(name);
        VERIFY_OK(spec);
        const auto probe = TwinProbe::make(*spec, 3);
        VERIFY_OK(probe);
        for (const ProbeArray &array : (*probe)->arrays()) {
            double mean = 0.0;
            double square = 0.0;
            double largest = 0.0;
            for (const double value : array.floats) {
                mean += value;
                square += value * value;
                largest = std::max(largest, std::abs(value));
            }
            const auto count = static_cast<double>(array.floats.size());
            mean /= count;
            const double deviation = std::sqrt(square / count - mean * mean);
            if (array.name.find("spike") != std::string::npos && array.name.ends_with("bias")) {
                QCOMPARE(array.floats.at(0), -2.0);
            } else if (array.shape.size() == 4 && count > 1000) { // convolutions
                const double bound = 1.0 / std::sqrt(count / static_cast<double>(array.shape[0]));
                QVERIFY2(largest <= bound * 1.000001, array.name.c_str());
                QVERIFY2(std::abs(deviation * std::sqrt(3.0) / bound - 1.0) < 0.06,
                         array.name.c_str());
            } else if (array.shape.size() == 2) { // linear layers
                QVERIFY2(std::abs(deviation / 0.02 - 1.0) < 0.06, array.name.c_str());
                QVERIFY2(std::abs(mean) < 0.002, array.name.c_str());
            }
        }
    }
}

void tst_TwinNetOptions::dropoutFollowsItsSeed()
{
    TransformerConfig config = smallTransformer(NormType::Rms, FeedForward::SwiGlu, 1);
    config.dropout = 0.3;
    const TwinSpec spec = specOf(config);
    const auto probe = TwinProbe::make(spec);
    VERIFY_OK(probe);
    disturb(**probe);
    const std::vector<double> x = inputFor(spec);
    const auto with = [&](std::uint64_t seed) {
        (*probe)->setDropoutSeed(seed);
        return (*probe)->forward(x, Batch).value().at("out/soma");
    };
    QVERIFY(with(1) == with(2)); // evaluation has no dropout
    (*probe)->setTraining(true);
    const auto first = with(1);
    QVERIFY(first != with(2));
    QVERIFY(first == with(1));
}

void tst_TwinNetOptions::refusesWrongArrays()
{
    const auto probe = TwinProbe::make(specOf(smallTcn(ActivationKind::Relu, NormType::Batch)));
    VERIFY_OK(probe);
    const std::vector<ProbeArray> good = (*probe)->arrays();
    QVERIFY((*probe)->setArrays(good).ok());
    auto arrays = good;
    arrays.pop_back();
    VERIFY_ERROR((*probe)->setArrays(arrays), ErrorCode::Format, "are missing");
    arrays = good;
    arrays[0].name += "_x";
    VERIFY_ERROR((*probe)->setArrays(arrays), ErrorCode::Format, "do not belong");
    arrays = good;
    arrays.push_back(good[0]);
    VERIFY_ERROR((*probe)->setArrays(arrays), ErrorCode::Format, "twice");
    arrays = good;
    arrays[0].shape[0] += 1;
    VERIFY_ERROR((*probe)->setArrays(arrays), ErrorCode::Format, "shape");
    arrays = good;
    arrays[0].floats.pop_back();
    VERIFY_ERROR((*probe)->setArrays(arrays), ErrorCode::Format, "not complete");
    arrays = good;
    arrays[0].floats[0] = 42.0;
    arrays[1].floats[0] = std::nan("");
    VERIFY_ERROR((*probe)->setArrays(arrays), ErrorCode::Format, "not finite");
    QVERIFY((*probe)->arrays()[0].floats == good[0].floats); // nothing changed
}

void tst_TwinNetOptions::refusesWrongInputs()
{
    const TwinSpec spec = specOf(smallTcn(ActivationKind::Relu, NormType::Rms));
    const auto probe = TwinProbe::make(spec);
    VERIFY_OK(probe);
    auto targets = targetsFor(spec);
    targets.erase("soma");
    VERIFY_ERROR((*probe)->gradients(inputFor(spec), Batch, targets), ErrorCode::InvalidValue,
                 "soma");
    TwinSpec wrong = spec;
    wrong.segments = 0;
    VERIFY_ERROR(TwinProbe::make(wrong), ErrorCode::InvalidValue, "in_spatial_dim");
}

DT_TEST(tst_TwinNetOptions, QCoreApplication)
#include "tst_TwinNetOptions.moc"
