// SPDX-License-Identifier: GPL-3.0-or-later
//
// Memory of twins, against sums made by hand: numbers of four bytes, layer by layer.
#include "engine/twin/training/TwinMemory.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_TwinMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tcn();
    void norms_data();
    void norms();
    void resNet();
    void elm();
    void transformer();
    void prediction();
    void grows_data();
    void grows();
    void publishedRecipe();
};

namespace {

/// Two segments: four input lines.
TwinSpec twoSegments(TwinNetworkConfig network)
{
    TwinSpec spec;
    spec.segments = 2;
    spec.dendHeads = 2;
    spec.network = std::move(network);
    return spec;
}

TcnConfig smallTcn(NormType norm = NormType::Rms)
{
    TcnConfig c;
    c.firstKernel = 3;
    c.layers = {1};
    c.widths = {4};
    c.kernels = {2};
    c.dilations = {3};
    c.norm = norm;
    return c;
}

} // namespace

void tst_TwinMemory::tcn()
{
    const TwinSpec spec = twoSegments(smallTcn());
    // 4 lines x 4 x 3 + 4, norm 4; 4 x 4 x 2 + 4, norm 4; six outputs of 4 + 1.
    const std::int64_t parameters = 52 + 4 + 36 + 4 + 30;
    QCOMPARE(parameterCount(spec).total, parameters);
    const TwinMemory m = trainingMemory(spec, 1, 10);
    QCOMPARE(m.weights, 4 * parameters);
    QCOMPARE(m.gradients, 4 * parameters);
    QCOMPARE(m.moments, 8 * parameters);
    // Four lines; spike, soma, near, rate and two dendritic voltages.
    QCOMPARE(m.batch, std::int64_t{4 * (40 + 60)});
    // First layer: its input with two zeros before it, its output for the norm. Second: the norm's
    // output with three zeros before it, its own output. Heads: their input and six outputs.
    QCOMPARE(m.activations, std::int64_t{4 * (4 * 12 + 40 + 4 * 13 + 40 + 40 + 60)});
    QCOMPARE(m.passing, std::int64_t{4 * 3 * 40});
    QCOMPARE(m.total(), m.weights + m.gradients + m.moments + m.batch + m.activations + m.passing);
    // Weights are there once, the rest once a window.
    const TwinMemory three = trainingMemory(spec, 3, 10);
    QCOMPARE(three.weights, m.weights);
    QCOMPARE(three.moments, m.moments);
    QCOMPARE(three.activations, 3 * m.activations);
    QCOMPARE(three.batch, 3 * m.batch);
}

void tst_TwinMemory::norms_data()
{
    QTest::addColumn<NormType>("norm");
    QTest::addColumn<int>("arrays");
    QTest::newRow("none") << NormType::None << 1;
    QTest::newRow("rms") << NormType::Rms << 1;
    QTest::newRow("batch") << NormType::Batch << 2;
    QTest::newRow("layer") << NormType::Layer << 3;
}

void tst_TwinMemory::norms()
{
    QFETCH(NormType, norm);
    QFETCH(int, arrays);
    const TwinMemory m = trainingMemory(twoSegments(smallTcn(norm)), 1, 10);
    QCOMPARE(m.activations, std::int64_t{4} * (4 * 12 + 4 * 13 + 2 * arrays * 40 + 40 + 60));
}

void tst_TwinMemory::resNet()
{
    ResNetTcnConfig c;
    c.firstKernel = 1;
    c.miniBlocks = {1};
    c.widths = {3};
    c.kernels = {2};
    c.dilations = {1};
    const TwinMemory m = trainingMemory(twoSegments(c), 1, 10);
    // The first layer reads the batch itself, as it needs no zeros; then the shortcut's input,
    // twice a padded input and an output, the heads' input and six outputs.
    QCOMPARE(m.activations, std::int64_t{4 * (30 + 30 + 2 * (3 * 11 + 30) + 30 + 60)});
}

void tst_TwinMemory::elm()
{
    ElmConfig c;
    c.memory = 5;
    c.hiddenLayers = 2;
    c.hiddenWidth = 7;
    const TwinSpec spec = twoSegments(c);
    const TwinMemory one = trainingMemory(spec, 1, 10);
    // A millisecond: memory 5, synapses 4, both together normalised 9, centre and spread 2, two
    // hidden layers before and after their non-linearity 28, the last layer 5, memory again 5.
    const std::int64_t kept = 5 + 4 + 9 + 2 + 28 + 5 + 5;
    QCOMPARE(one.activations, 4 * 10 * (8 * kept + 6));
    // Eight windows fill the lanes that one has to itself.
    QCOMPARE(trainingMemory(spec, 8, 10).activations, 4 * 10 * (8 * kept + 8 * 6));
    QCOMPARE(trainingMemory(spec, 9, 10).activations, 4 * 10 * (16 * kept + 9 * 6));
    QCOMPARE(one.moments, 8 * parameterCount(spec).trainable);
    QVERIFY(one.moments < 2 * one.weights); // fixed time constants have none
}

void tst_TwinMemory::transformer()
{
    TransformerConfig c;
    c.firstKernel = 3;
    c.width = 6;
    c.heads = 2;
    c.layers = 2;
    c.feedForwardWidth = 9;
    const TwinMemory gated = trainingMemory(twoSegments(c), 1, 10);
    // First layer; two blocks of two norms (3 x 6 each), attention (5 x 6 + 2) and the net (4 x 9);
    // the last norm 2 x 6; heads.
    const std::int64_t first = 4 * 12 + 60;
    const std::int64_t block = 10 * (2 * 18 + 32 + 36);
    QCOMPARE(gated.activations, 4 * (first + 2 * block + 120 + 60 + 60));
    c.feedForward = FeedForward::Gelu;
    QCOMPARE(trainingMemory(twoSegments(c), 1, 10).activations,
             gated.activations - std::int64_t{4} * 2 * 10 * 18);
    c.dropout = 0.1;
    QCOMPARE(trainingMemory(twoSegments(c), 1, 10).activations,
             gated.activations - std::int64_t{4} * 2 * 10 * 18 + std::int64_t{4} * 2 * 60);
}

void tst_TwinMemory::prediction()
{
    const TwinMemory m = predictionMemory(twoSegments(smallTcn()), 100);
    QCOMPARE(m.gradients, std::int64_t{0});
    QCOMPARE(m.moments, std::int64_t{0});
    QCOMPARE(m.passing, std::int64_t{0});
    QCOMPARE(m.batch, std::int64_t{4 * 400});
    // The second layer: its input, the same with three zeros before it, its output; six outputs.
    QCOMPARE(m.activations, std::int64_t{4 * (400 + 4 * 103 + 400 + 600)});
}

void tst_TwinMemory::grows_data()
{
    QTest::addColumn<QString>("preset");
    for (const TwinPreset &preset : twinPresets())
        QTest::newRow(preset.name.data()) << QString::fromUtf8(preset.name.data());
}

void tst_TwinMemory::grows()
{
    QFETCH(QString, preset);
    const TwinSpec spec = presetTwin(preset.toStdString(), 8).value();
    const TwinMemory small = trainingMemory(spec, 8, 512);
    QVERIFY(trainingMemory(spec, 16, 512).total() > small.total());
    QVERIFY(trainingMemory(spec, 8, 1024).total() > small.total());
    QVERIFY(predictionMemory(spec, 512).total() < small.total());
    QVERIFY(predictionMemory(spec, 512).total() > predictionMemory(spec, 256).total());
}

void tst_TwinMemory::publishedRecipe()
{
    TrainingSettings settings;
    const TwinSpec c = presetTwin("tcn-c", 8).value();
    QCOMPARE(trainingMemory(c, settings), trainingMemory(c, 16, 2048));
    // Ten arrays of 32 x 16 x 2048 and some: tens of megabytes, of which the weights are few.
    const TwinMemory m = trainingMemory(c, settings);
    QVERIFY(m.total() > 40'000'000 && m.total() < 120'000'000);
    QVERIFY(m.weights + m.gradients + m.moments < m.total() / 10);
}

DT_TEST(tst_TwinMemory, QCoreApplication)
#include "tst_TwinMemory.moc"
