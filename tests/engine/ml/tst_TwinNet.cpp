// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
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
using test::specOf;

namespace {

TcnConfig smallTcn()
{
    TcnConfig c;
    c.firstKernel = 5;
    c.layers = {2};
    c.widths = {6};
    c.kernels = {4};
    return c;
}

ElmConfig smallElm()
{
    ElmConfig c;
    c.memory = 5;
    c.hiddenWidth = 9;
    c.memoryTauMaxMs = 12.0;
    return c;
}

TransformerConfig smallTransformer()
{
    TransformerConfig c;
    c.width = 12;
    c.heads = 2;
    c.layers = 2;
    c.windowMs = 7;
    c.feedForwardWidth = 10;
    return c;
}

/// Small networks that together use every option.
std::vector<std::pair<const char *, TwinSpec>> variants()
{
    std::vector<std::pair<const char *, TwinSpec>> list;
    const auto add = [&](const char *name, const TwinNetworkConfig &network) {
        list.emplace_back(name, specOf(network));
    };
    add("TCN", smallTcn());
    TcnConfig blocks{3,   {2, 1},       {6, 10}, {3, 2}, {1, 3}, ActivationKind::LeakySilu,
                     0.1, NormType::Rms};
    add("TCN two blocks, dilated", blocks);
    blocks.norm = NormType::Layer;
    blocks.activation = ActivationKind::TwoSidedLeakyGelu;
    add("TCN LayerNorm, two-sided", blocks);
    blocks.norm = NormType::Batch;
    blocks.activation = ActivationKind::Tanh;
    add("TCN BatchNorm", blocks);
    for (const ActivationKind kind :
         {ActivationKind::Identity, ActivationKind::Relu, ActivationKind::Gelu,
          ActivationKind::Silu, ActivationKind::Sigmoid, ActivationKind::LeakyRelu,
          ActivationKind::LeakyTanh, ActivationKind::LeakySigmoid,
          ActivationKind::TwoSidedLeakySilu, ActivationKind::TwoSidedLeakyRelu}) {
        TcnConfig c = smallTcn();
        c.activation = kind;
        static std::vector<std::string> names;
        names.reserve(20);
        names.push_back("TCN " + std::string(activationName(kind)));
        add(names.back().c_str(), c);
    }
    TcnConfig single = smallTcn();
    single.firstKernel = 1;
    single.kernels = {1};
    add("TCN without a past", single);
    add("ResNetTCN",
        ResNetTcnConfig{
            3, {2, 1}, {6, 5}, {3, 2}, {2, 1}, ActivationKind::LeakyGelu, 0.15, NormType::Rms});
    ResNetTcnConfig resnet{3,   {2, 1},         {6, 4}, {3, 2}, {2, 1}, ActivationKind::Silu,
                           0.0, NormType::Layer};
    add("ResNetTCN LayerNorm", resnet);
    ElmConfig elm = smallElm();
    add("ELM", elm);
    elm.preNorm = NormType::Layer;
    elm.hiddenLayers = 3;
    elm.learnMemoryTau = false;
    elm.deltaTMs = 0.5;
    add("ELM LayerNorm, deep, fixed tau", elm);
    elm.preNorm = NormType::None;
    elm.hiddenLayers = 0;
    elm.postActivation = ActivationKind::Tanh;
    add("ELM no norm, no hidden layer", elm);
    elm = smallElm();
    elm.preNorm = NormType::Batch;
    elm.activation = ActivationKind::LeakySigmoid;
    add("ELM BatchNorm", elm);
    elm.preNorm = NormType::Rms;
    elm.activation = ActivationKind::TwoSidedLeakyGelu;
    add("ELM two-sided", elm);
    elm.activation = ActivationKind::TwoSidedLeakyRelu;
    elm.postActivation = ActivationKind::Sigmoid;
    add("ELM sigmoid memory", elm);
    TransformerConfig transformer = smallTransformer();
    add("Transformer", transformer);
    transformer.feedForward = FeedForward::Gelu;
    transformer.feedForwardWidth = 0;
    transformer.norm = NormType::Layer;
    transformer.firstNorm = NormType::Layer;
    transformer.firstKernel = 4;
    add("Transformer GELU, LayerNorm, first kernel", transformer);
    transformer.attention = AttentionForm::Full;
    transformer.attentionBlock = 5;
    add("Transformer GELU, LayerNorm, full, first kernel", transformer);
    transformer.windowMs = 1;
    add("Transformer window of one", transformer);
    transformer.windowMs = 100;
    transformer.dropout = 0.5;
    add("Transformer long window", transformer);
    return list;
}

std::vector<double> noise(std::size_t count, std::uint64_t seed)
{
    RandomStream random{seed};
    std::vector<double> values(count);
    for (double &value : values)
        value = random.uniform(-1.0, 1.0);
    return values;
}

std::vector<double> input(int batch, int steps, std::uint64_t seed = 5)
{
    return noise(static_cast<std::size_t>(batch * 2 * Segments * steps), seed);
}

double largestDifference(const std::vector<double> &a, const std::vector<double> &b)
{
    if (a.size() != b.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::abs(a[i] - b[i]);
        largest = difference <= largest ? largest : difference;
    }
    return largest;
}

double largest(const std::vector<double> &values)
{
    double found = 0.0;
    for (const double value : values)
        found = std::max(found, std::abs(value));
    return found;
}

double norm(const std::vector<double> &values)
{
    double sum = 0.0;
    for (const double value : values)
        sum += value * value;
    return std::sqrt(sum);
}

/// Away from the special values of a fresh network: everything matters.
void stir(test::TwinProbe &net)
{
    std::vector<test::ProbeArray> arrays = net.arrays();
    std::uint64_t k = 0;
    for (test::ProbeArray &array : arrays) {
        RandomStream random{99, k++};
        const bool matrix = array.shape.size() >= 2;
        for (double &value : array.floats) {
            if (array.name.ends_with("running_var"))
                value = random.uniform(0.5, 2.0);
            else if (array.name.ends_with("_proto_w_s") || array.name.ends_with("_proto_tau_m"))
                value += random.uniform(-0.4, 0.4);
            else if (!array.name.ends_with("tau_s"))
                value = (matrix || array.name.ends_with("bias") ? 0.0 : 1.0)
                    + random.uniform(-0.5, 0.5);
        }
    }
    VERIFY_OK(net.setArrays(arrays));
}

} // namespace

class tst_TwinNet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::setThreads(1); }
    void counts_data() { variantRows(); }
    void counts();
    void causality_data() { variantRows(); }
    void causality();
    void streaming_data() { variantRows(); }
    void streaming();
    void carriedState();
    void fastGradients_data() { variantRows(); }
    void fastGradients();
    void seeds_data() { variantRows(); }
    void seeds();
    void batchItemsAreApart_data() { variantRows(); }
    void batchItemsAreApart();
    void initialValues();
    void longSequences();
    void dropoutFollowsItsSeed();
    void batchNormCountsTime();
    void refusedInputs();
    void refusedWeights();
    void losses();

private:
    void variantRows();
};

void tst_TwinNet::variantRows()
{
    QTest::addColumn<TwinSpec>("spec");
    for (const auto &[name, spec] : variants())
        QTest::newRow(name) << spec;
}

void tst_TwinNet::counts()
{
    QFETCH(TwinSpec, spec);
    const auto net = test::TwinProbe::make(spec);
    VERIFY_OK(net);
    ParameterCount found;
    for (const test::ProbeArray &array : (*net)->arrays()) {
        if (array.isBuffer)
            continue;
        found.total += static_cast<std::int64_t>(array.floats.size());
        found.trainable += array.trainable ? static_cast<std::int64_t>(array.floats.size()) : 0;
    }
    QCOMPARE(parameterCount(spec).total, found.total);
    QCOMPARE(parameterCount(spec).trainable, found.trainable);
}

/// The gradient at one time reaches no later input, and back exactly as far as the formula says.
void tst_TwinNet::causality()
{
    QFETCH(TwinSpec, spec);
    const int field = receptiveFieldMs(spec);
    const int steps = std::max(field + 8, 30);
    const int at = steps - 3;
    const auto made = test::TwinProbe::make(spec);
    VERIFY_OK(made);
    stir(**made);
    for (const test::ProbeMath math : {test::ProbeMath::Plain, test::ProbeMath::Fast}) {
        (*made)->setMath(math);
        const auto gradient = (*made)->inputGradientOf(input(1, steps), 1, at);
        VERIFY_OK(gradient);
        int first = steps;
        int last = -1;
        for (int line = 0; line < 2 * Segments; ++line) {
            for (int t = 0; t < steps; ++t) {
                if ((*gradient)[static_cast<std::size_t>(line * steps + t)] != 0.0) {
                    first = std::min(first, t);
                    last = std::max(last, t);
                }
            }
        }
        QCOMPARE(last, at);
        if (field > 0)
            QCOMPARE(first, at - field + 1);
        else
            QCOMPARE(first, 0);
    }
}

void tst_TwinNet::streaming()
{
    QFETCH(TwinSpec, spec);
    const int steps = 150;
    const auto made = test::TwinProbe::make(spec);
    VERIFY_OK(made);
    stir(**made);
    const std::vector<double> x = input(2, steps);
    const auto whole = (*made)->forward(x, 2);
    VERIFY_OK(whole);
    RandomStream random{17};
    std::int64_t carried = -1;
    for (const test::ProbeMath math : {test::ProbeMath::Plain, test::ProbeMath::Fast}) {
        (*made)->setMath(math);
        for (int trial = 0; trial < 4; ++trial) {
            std::vector<int> pieces;
            for (int left = steps; left > 0; left -= pieces.back())
                pieces.push_back(
                    std::min(left, 1 + static_cast<int>(random.below(trial == 0 ? 1 : 40))));
            std::int64_t state = 0;
            const auto streamed = (*made)->streamed(x, 2, pieces, &state);
            VERIFY_OK(streamed);
            for (const auto &[key, values] : *streamed) {
                const std::vector<double> &expected = whole->at(key);
                // A piece is summed in another order than the whole; how, is the processor's
                // affair.
                const double bound = 3e-6 * std::max(1.0, largest(expected));
                const double error = largestDifference(values, expected);
                QVERIFY2(error <= bound,
                         qPrintable(QStringLiteral("%1 differs by %2, not %3")
                                        .arg(QString::fromStdString(key))
                                        .arg(error)
                                        .arg(bound)));
            }
            QVERIFY(carried < 0 || state == carried);
            carried = state;
        }
    }
}

/// Numbers that a stream carries between pieces, for one batch item (docs/TWINS.md).
void tst_TwinNet::carriedState()
{
    // The current key and value need no place between pieces: one less than the window.
    for (const auto &[name, expected] : {std::pair{"tcn-large", 10400},
                                         {"resnet-tcn", 11648},
                                         {"elm", 80},
                                         {"transformer", 5 * 2 * 47 * 48}}) {
        const auto made = test::TwinProbe::make(presetTwin(name).value());
        VERIFY_OK(made);
        std::int64_t state = 0;
        VERIFY_OK((*made)->streamed(std::vector<double>(16 * 60, 0.1), 1, {30, 30}, &state));
        QCOMPARE(state, std::int64_t{expected});
    }
}

/// Hand-written gradients are those of the plain version, in double.
void tst_TwinNet::fastGradients()
{
    QFETCH(TwinSpec, spec);
    // Odd sizes: 3 batch items in vectors of 8, 37 steps in vectors of 4 and 16.
    const int batch = 3;
    const int steps = 37;
    const std::vector<double> x = input(batch, steps);
    std::map<std::string, std::vector<double>> targets;
    for (const char *head : {"spikes", "soma", "near_spike", "inst_rate", "dend_v"})
        targets[head] = noise(
            static_cast<std::size_t>(batch * steps * (head[0] == 'd' ? spec.dendHeads : 1)), 11);
    for (const auto &[isDouble, training] :
         {std::pair{true, false}, {true, true}, {false, false}}) {
        const auto made = test::TwinProbe::make(spec);
        VERIFY_OK(made);
        stir(**made);
        if (isDouble)
            (*made)->toDouble();
        (*made)->setTraining(training);
        (*made)->setDropoutSeed(1);
        (*made)->setMath(test::ProbeMath::Plain);
        const auto plain = (*made)->gradients(x, batch, targets);
        VERIFY_OK(plain);
        (*made)->setDropoutSeed(1);
        (*made)->setMath(test::ProbeMath::Fast);
        const auto fast = (*made)->gradients(x, batch, targets);
        VERIFY_OK(fast);
        const double bound = isDouble ? 1e-10 : 2e-4;
        QVERIFY(std::abs(plain->losses.at("total") - fast->losses.at("total")) < bound);
        QVERIFY(plain->gradients.size() == fast->gradients.size());
        for (const auto &[name, gradient] : plain->gradients) {
            const double error = largestDifference(gradient, fast->gradients.at(name));
            QVERIFY2(error <= bound * (norm(gradient) + 1e-3),
                     qPrintable(QString::fromStdString(name + " ") + QString::number(error)));
        }
        QVERIFY(largestDifference(plain->inputGradient, fast->inputGradient)
                <= bound * (norm(plain->inputGradient) + 1e-3));
    }
}

void tst_TwinNet::seeds()
{
    QFETCH(TwinSpec, spec);
    const std::vector<double> x = input(2, 40);
    std::vector<test::ProbeOutputs> outputs;
    std::vector<std::vector<double>> gradients;
    test::setThreads(2);
    for (const std::uint64_t seed : {3ULL, 3ULL, 4ULL}) {
        const auto made = test::TwinProbe::make(spec, seed);
        VERIFY_OK(made);
        (*made)->setMath(test::ProbeMath::Fast);
        const auto found = (*made)->forward(x, 2);
        VERIFY_OK(found);
        outputs.push_back(*found);
        const auto gradient = (*made)->inputGradientOf(x, 2, 39);
        VERIFY_OK(gradient);
        gradients.push_back(*gradient);
    }
    test::setThreads(1);
    QVERIFY(outputs[0].at("out/dend_v") == outputs[1].at("out/dend_v"));
    QVERIFY(gradients[0] == gradients[1]);
    QVERIFY(outputs[0].at("out/dend_v") != outputs[2].at("out/dend_v"));
}

/// In evaluation no item depends on its neighbours, to the last bit.
void tst_TwinNet::batchItemsAreApart()
{
    QFETCH(TwinSpec, spec);
    const auto made = test::TwinProbe::make(spec);
    VERIFY_OK(made);
    stir(**made);
    (*made)->setMath(test::ProbeMath::Fast);
    std::vector<double> x = input(3, 40);
    const auto one = (*made)->forward(x, 3);
    VERIFY_OK(one);
    const std::size_t item = x.size() / 3;
    for (std::size_t i = item; i < x.size(); ++i)
        x[i] *= 20.0;
    const auto other = (*made)->forward(x, 3);
    VERIFY_OK(other);
    const std::vector<double> &a = one->at("out/soma");
    const std::vector<double> &b = other->at("out/soma");
    QVERIFY(std::equal(a.begin(), a.begin() + 40, b.begin()));
}

void tst_TwinNet::initialValues()
{
    const auto arraysOf = [](const char *preset) {
        std::map<std::string, std::vector<double>> found;
        for (const test::ProbeArray &a : (*test::TwinProbe::make(*presetTwin(preset)))->arrays())
            found[a.name] = a.floats;
        return found;
    };
    const auto deviation = [](const std::vector<double> &v) {
        return norm(v) / std::sqrt(static_cast<double>(v.size()));
    };
    const std::string prefix = "backbone_and_heads.";
    auto tcn = arraysOf("tcn-large");
    // U(-b, b), b = 1 / sqrt(inputs to one sum).
    const auto &conv = tcn.at(prefix + "backbone.block0.conv2.temporal_conv.weight");
    const double bound = 1.0 / std::sqrt(48.0 * 51.0);
    QVERIFY(largest(conv) <= bound && largest(conv) > 0.999 * bound);
    QVERIFY(std::abs(deviation(conv) * std::sqrt(3.0) / bound - 1.0) < 0.01);
    QVERIFY(largest(tcn.at(prefix + "backbone.first_conv.temporal_conv.bias"))
            <= 1.0 / std::sqrt(16.0 * 51.0));
    QVERIFY(tcn.at(prefix + "backbone.block0.norm1.weight") == std::vector<double>(48, 1.0));
    for (const char *head : {"spikes", "near_spike"})
        QCOMPARE(tcn.at(prefix + head + "_head.temporal_conv.bias")[0], -2.0);
    QVERIFY(std::abs(tcn.at(prefix + "soma_head.temporal_conv.bias")[0]) < 1.0 / std::sqrt(48.0));

    auto elm = arraysOf("elm");
    QVERIFY(std::abs(deviation(elm.at(prefix + "backbone.mlp.fc0.weight")) - 0.02) < 0.001);
    QVERIFY(std::abs(largest(elm.at(prefix + "backbone.mlp.fc0.bias")) * std::sqrt(80.0) - 0.97)
            < 0.03);
    QVERIFY(elm.at(prefix + "backbone._proto_w_s") == std::vector<double>(16, 0.5));
    QVERIFY(elm.at(prefix + "backbone.tau_s") == std::vector<double>(16, 3.0));

    auto transformer = arraysOf("transformer");
    QVERIFY(std::abs(deviation(transformer.at(prefix + "backbone.block3.mlp.w3.weight")) - 0.02)
            < 0.001);
    QVERIFY(std::abs(deviation(transformer.at(prefix + "backbone.block0.attn.wq.weight")) - 0.02)
            < 0.002);
}

/// Rotation is relative and made on the fly: sequences longer than max_seq_len work.
void tst_TwinNet::longSequences()
{
    TransformerConfig c = smallTransformer();
    c.maxSequence = 16;
    const auto made = test::TwinProbe::make(specOf(c));
    VERIFY_OK(made);
    stir(**made);
    const std::vector<double> x = input(1, 3000);
    const auto whole = (*made)->forward(x, 1);
    VERIFY_OK(whole);
    const auto streamed = (*made)->streamed(x, 1, {7, 1000, 1, 1992});
    VERIFY_OK(streamed);
    QVERIFY(largestDifference(whole->at("out/soma"), streamed->at("out/soma")) < 1e-4);
}

void tst_TwinNet::dropoutFollowsItsSeed()
{
    TransformerConfig c = smallTransformer();
    c.dropout = 0.3;
    const auto made = test::TwinProbe::make(specOf(c));
    VERIFY_OK(made);
    stir(**made);
    const std::vector<double> x = input(2, 30);
    const auto outputs = [&](std::uint64_t seed) {
        (*made)->setDropoutSeed(seed);
        return (*made)->forward(x, 2)->at("out/soma");
    };
    const std::vector<double> still = outputs(1);
    QVERIFY(still == outputs(2)); // evaluation knows no dropout
    (*made)->setTraining(true);
    for (const test::ProbeMath math : {test::ProbeMath::Plain, test::ProbeMath::Fast}) {
        (*made)->setMath(math);
        const std::vector<double> once = outputs(1);
        QVERIFY(once == outputs(1));
        QVERIFY(once != outputs(2));
        QVERIFY(once != still);
    }
}

void tst_TwinNet::batchNormCountsTime()
{
    ElmConfig c = smallElm();
    c.preNorm = NormType::Batch;
    const auto made = test::TwinProbe::make(specOf(c));
    VERIFY_OK(made);
    (*made)->setTraining(true);
    VERIFY_OK((*made)->forward(input(4, 25), 4));
    for (const test::ProbeArray &array : (*made)->arrays()) {
        if (!array.integers.empty())
            QCOMPARE(array.integers[0], 25);
        if (array.name.ends_with("running_mean"))
            QVERIFY(norm(array.floats) > 0.0);
    }
    VERIFY_ERROR((*made)->forward(input(1, 25), 1), ErrorCode::InvalidValue, "batch of one");
    (*made)->setTraining(false);
    VERIFY_OK((*made)->forward(input(1, 25), 1));
}

void tst_TwinNet::refusedInputs()
{
    TwinSpec spec = specOf(smallTcn());
    const auto made = test::TwinProbe::make(spec);
    VERIFY_OK(made);
    VERIFY_ERROR((*made)->forward({}, 1), ErrorCode::InvalidValue, "3 segments");
    VERIFY_ERROR((*made)->streamed({}, 1, {1}), ErrorCode::InvalidValue, "3 segments");
    spec.segments = 0;
    VERIFY_ERROR(test::TwinProbe::make(spec), ErrorCode::InvalidValue, "in_spatial_dim");
}

void tst_TwinNet::refusedWeights()
{
    const auto made = test::TwinProbe::make(specOf(smallElm()));
    VERIFY_OK(made);
    const std::vector<test::ProbeArray> good = (*made)->arrays();
    VERIFY_OK((*made)->setArrays(good));
    const std::string tau = "backbone_and_heads.backbone.tau_s";
    const auto refused = [&](const char *part, const auto &change) {
        std::vector<test::ProbeArray> arrays = good;
        arrays[1].floats[0] = 7.0;
        change(arrays);
        VERIFY_ERROR((*made)->setArrays(arrays), ErrorCode::Format, part);
        QCOMPARE((*made)->arrays()[1].floats[0], 3.0); // nothing changed
    };
    using Arrays = std::vector<test::ProbeArray>;
    QCOMPARE(good[1].name, tau);
    refused("missing", [](Arrays &a) { a.erase(a.begin()); });
    refused("belong", [](Arrays &a) { a[0].name = "other"; });
    refused("twice", [](Arrays &a) { a.push_back(a[0]); });
    refused("shape", [](Arrays &a) { a[0].shape = {2, 3}; });
    refused("complete", [](Arrays &a) { a[0].floats.pop_back(); });
    refused("finite", [](Arrays &a) { a[0].floats[0] = std::nan(""); });
}

/// Cross-entropy of a constant logit z is softplus(z) - z p.
void tst_TwinNet::losses()
{
    const auto made = test::TwinProbe::make(specOf(smallTcn()));
    VERIFY_OK(made);
    std::vector<test::ProbeArray> arrays = (*made)->arrays();
    for (test::ProbeArray &array : arrays) {
        if (array.name.find("_head.") == std::string::npos)
            continue;
        const bool isSpike = array.name.find("spike") != std::string::npos;
        for (double &value : array.floats)
            value = array.name.ends_with("bias") ? (isSpike ? -2.0 : 0.5) : 0.0;
    }
    VERIFY_OK((*made)->setArrays(arrays));
    const int steps = 100;
    std::vector<double> spikes(steps, 0.0);
    spikes[40] = 1.0;
    const std::vector<double> zeros(steps, 0.0);
    const std::vector<double> ones(2 * steps, 1.0);
    const auto found = (*made)->gradients(input(1, steps), 1,
                                          {{"spikes", spikes},
                                           {"soma", zeros},
                                           {"near_spike", zeros},
                                           {"inst_rate", zeros},
                                           {"dend_v", ones}});
    VERIFY_OK(found);
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-5; };
    QVERIFY(near(found->losses.at("spikes"), 0.14693));
    QVERIFY(near(found->losses.at("soma"), 0.5));
    QVERIFY(near(found->losses.at("near_spike"), 0.12693));
    QVERIFY(near(found->losses.at("inst_rate"), 0.25));
    QVERIFY(near(found->losses.at("dend_v"), 0.5));
    QVERIFY(near(found->losses.at("total"),
                 2.0 * 0.14693 + 0.7 * 0.5 + 1.8 * 0.12693 + 3.0 * 0.25 + 6.0 * 0.5));
    VERIFY_ERROR((*made)->gradients(input(1, steps), 1, {{"spikes", spikes}}),
                 ErrorCode::InvalidValue, "soma");
}

DT_TEST(tst_TwinNet, QCoreApplication)
#include "tst_TwinNet.moc"
