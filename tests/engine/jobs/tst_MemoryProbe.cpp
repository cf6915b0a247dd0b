// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MemoryProbe.h"
#include "engine/jobs/TwinDataset.h"
#include "engine/jobs/TwinEvaluation.h"
#include "tests/support/Datasets.h"
#include "tests/support/FreshTwins.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace dt;
using namespace dt::test;

/// How much of the past twins make use of: one whose memory is known, others against plain
/// evaluation.
class tst_MemoryProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knownMemory();
    void allOfThePastIsPlainEvaluation_data();
    void allOfThePastIsPlainEvaluation();
    void sameSeedSameResult();
    void cancelled();
    void refusals();
    void fromFiles();
    void memoryRunsOut();
    void onlyItsOwnDataset();
    void placesAreBounded();

private:
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    static std::unique_ptr<TwinPredictor> predictor(const StoredTwin &twin)
    {
        Result<std::unique_ptr<TwinPredictor>> made =
            (*loadMlModule())
                ->predictor(twin.spec, twin.contents.weights, {Compute::Device::Cpu, 1});
        if (!made)
            qFatal("%s", made.error().message.c_str());
        return std::move(*made);
    }

    QTemporaryDir m_folder;
    std::optional<DatasetStore> m_data;
};

namespace {

constexpr int DelayMs = 25;
constexpr int DurationMs = 900;

bool goOn(double)
{
    return true;
}

/// The neuron fires exactly DelayMs after every excitatory input of the segment at the soma.
void fireLate(Split, StoredSimulation &simulation)
{
    for (std::size_t t = 0; t < simulation.spikes.size(); ++t)
        simulation.spikes[t] = t >= DelayMs && simulation.inputs[t - DelayMs] != 0;
}

/// A twin that looks at nothing else than that ms of that segment.
StoredTwin lookingBack()
{
    TcnConfig config;
    config.firstKernel = 30;
    config.layers = {1};
    config.widths = {1};
    config.kernels = {1};
    config.dilations = {1};
    config.norm = NormType::Batch; // a fresh one changes next to nothing
    config.activation = ActivationKind::Identity;
    TwinSpec spec;
    spec.segments = 2;
    spec.dendHeads = 2;
    spec.network = config;
    StoredTwin twin = freshTwin(spec).value();
    for (NamedTensor &tensor : twin.contents.weights) {
        if (tensor.name.find("temporal_conv") == std::string::npos)
            continue;
        for (float &w : std::get<std::vector<float>>(tensor.values))
            w = 0.0F;
    }
    weightsNamed(twin, "first_conv.temporal_conv.weight")[30 - 1 - DelayMs] = 1.0F;
    weightsNamed(twin, "block0.conv0.temporal_conv.weight")[0] = 1.0F;
    weightsNamed(twin, "spikes_head.temporal_conv.weight")[0] = 1.0F;
    return twin;
}

MemoryProbe everything(std::vector<int> memoryMs)
{
    MemoryProbe probe;
    probe.memoryMs = std::move(memoryMs);
    probe.mostSpikes = probe.mostOthers = 1000000;
    return probe;
}

} // namespace

void tst_MemoryProbe::initTestCase()
{
    VERIFY_OK(makeDataset(path("late.h5"), smallPlan({2, 1, 3}, DurationMs), {}, fireLate));
    const Result<DatasetFile> file = DatasetFile::open(path("late.h5"));
    VERIFY_OK(file);
    Result<DatasetStore> data = DatasetStore::load(*file, {Split::Test, Split::Valid}, goOn);
    VERIFY_OK(data);
    m_data = std::move(*data);
}

void tst_MemoryProbe::knownMemory()
{
    const StoredTwin twin = lookingBack();
    QCOMPARE(receptiveFieldMs(twin.spec), 30);
    const Result<MemoryCurve> curve =
        probeMemory(*predictor(twin), *m_data, Split::Test, everything({1, 10, 25, 26, 30}), goOn);
    VERIFY_OK(curve);
    QCOMPARE(curve->receptiveFieldMs, 30);
    QVERIFY(curve->spikes > 20);
    QVERIFY(curve->others > 1000);
    QCOMPARE(curve->points.size(), std::size_t{5});
    // The input that counts is 25 ms old: the 26th of the last ms.
    for (const std::size_t blind : {0, 1, 2}) {
        QCOMPARE(*curve->points[blind].spikesAuc, 0.5);
        QVERIFY(curve->points[blind].aucError > 0.0);
    }
    QCOMPARE(*curve->points[3].spikesAuc, 1.0);
    QCOMPARE(*curve->points[4].spikesAuc, 1.0);
    QCOMPARE(curve->points[3].memoryMs, 26);
}

void tst_MemoryProbe::allOfThePastIsPlainEvaluation_data()
{
    QTest::addColumn<QByteArray>("architecture");
    for (const char *name : {"TCN", "ResNetTCN", "Transformer"})
        QTest::newRow(name) << QByteArray(name);
}

void tst_MemoryProbe::allOfThePastIsPlainEvaluation()
{
    QFETCH(QByteArray, architecture);
    StoredTwin twin = freshTwin(specFromText(smallSpec(architecture)), 7).value();
    // Far apart: of the scores of a fresh network rounding would choose the order.
    for (float &w : weightsNamed(twin, "spikes_head.temporal_conv.weight"))
        w *= 20.0F;
    const auto net = predictor(twin);
    const int all = receptiveFieldMs(twin.spec);
    const Result<MemoryCurve> curve =
        probeMemory(*net, *m_data, Split::Test, everything({1, all}), goOn);
    VERIFY_OK(curve);
    std::optional<Evaluation> evaluation;
    VERIFY_OK(evaluateTwin(*net, *m_data, Split::Test, goOn, &evaluation));
    QVERIFY(evaluation && evaluation->spikes);
    QCOMPARE(curve->spikes, evaluation->spikes->positives);
    QCOMPARE(curve->others, evaluation->spikes->negatives);
    // To rounding: a piece after another sums in another order.
    QVERIFY(std::abs(*curve->points[1].spikesAuc - evaluation->spikes->auc) < 2e-3);
    QVERIFY(std::abs(*curve->points[1].somaEvPercent
                     - evaluation->soma.scores->explainedVariancePercent)
            < 1e-2);
    QVERIFY(*curve->points[0].spikesAuc != *curve->points[1].spikesAuc);
}

void tst_MemoryProbe::sameSeedSameResult()
{
    const StoredTwin twin = lookingBack();
    MemoryProbe probe = everything({26});
    probe.mostSpikes = 10;
    probe.mostOthers = 40;
    const auto run = [&] {
        return probeMemory(*predictor(twin), *m_data, Split::Test, probe, goOn).value();
    };
    const MemoryCurve first = run();
    QCOMPARE(first.spikes, std::size_t{10});
    QCOMPARE(first.others, std::size_t{40});
    QVERIFY(first == run());
    probe.seed = 2;
    QVERIFY(first.points[0].somaEvPercent != run().points[0].somaEvPercent);
}

void tst_MemoryProbe::cancelled()
{
    int asked = 0;
    double last = -1.0;
    const Result<MemoryCurve> curve = probeMemory(*predictor(lookingBack()), *m_data, Split::Test,
                                                  everything({1, 10, 30}), [&](double share) {
                                                      if (share < last || share > 1.0)
                                                          qFatal("progress went back");
                                                      last = share;
                                                      return ++asked < 5;
                                                  });
    VERIFY_ERROR(curve, ErrorCode::Cancelled, "cancelled");
    QCOMPARE(asked, 5);
}

void tst_MemoryProbe::refusals()
{
    TwinSpec other = lookingBack().spec;
    other.segments = other.dendHeads = 3;
    const StoredTwin wide = freshTwin(other).value();
    VERIFY_ERROR(probeMemory(*predictor(wide), *m_data, Split::Test, everything({5}), goOn),
                 ErrorCode::InvalidValue, "3 segments");
    VERIFY_ERROR(
        probeMemory(*predictor(lookingBack()), *m_data, Split::Test, everything({890}), goOn),
        ErrorCode::InvalidValue, "too short");
    const Result<DatasetFile> file = DatasetFile::open(path("late.h5"));
    VERIFY_OK(file);
    VERIFY_ERROR(fitsTwin(wide, file->info()), ErrorCode::InvalidValue, "3 segments");
    StoredTwin stranger = lookingBack();
    VERIFY_OK(fitsTwin(stranger, file->info())); // of an unknown neuron
    stranger.contents.neuron = file->info().neuron;
    VERIFY_OK(fitsTwin(stranger, file->info()));
    stranger.contents.neuron->soma.diamUm += 1.0;
    VERIFY_ERROR(fitsTwin(stranger, file->info()), ErrorCode::InvalidValue, "another neuron");
    VERIFY_ERROR(probeMemory(stranger, path("late.h5"), goOn), ErrorCode::InvalidValue,
                 "another neuron");
    VERIFY_ERROR(probeMemory(stranger, path("none.h5"), goOn), ErrorCode::NotFound, "none.h5");
}

void tst_MemoryProbe::fromFiles()
{
    // Without a test split the validation split is taken.
    VERIFY_OK(makeDataset(path("untested.h5"), smallPlan({1, 2, 0}, DurationMs), {}, fireLate));
    StoredTwin twin = lookingBack();
    VERIFY_OK(belongTo(twin, path("untested.h5")));
    std::vector<double> shares;
    const Result<MemoryCurve> curve = probeMemory(twin, path("untested.h5"), [&](double share) {
        shares.push_back(share);
        return true;
    });
    VERIFY_OK(curve);
    QCOMPARE(curve->points.front().memoryMs, 1);
    QCOMPARE(curve->points.back().memoryMs, 30);
    QCOMPARE(*curve->points.back().spikesAuc, 1.0);
    QVERIFY(std::is_sorted(shares.begin(), shares.end()) && shares.size() > 5);
}

void tst_MemoryProbe::memoryRunsOut()
{
    StoredTwin twin = lookingBack();
    VERIFY_OK(belongTo(twin, path("late.h5")));
    const Result<MemoryCurve> curve =
        probeMemory(twin, path("late.h5"), [](double) -> bool { throw std::bad_alloc(); });
    VERIFY_ERROR(curve, ErrorCode::Engine, "not enough memory");
}

void tst_MemoryProbe::onlyItsOwnDataset()
{
    StoredTwin twin = lookingBack();
    VERIFY_OK(makeDataset(path("more.h5"), smallPlan({1, 1, 1}, DurationMs), {}, fireLate));
    VERIFY_OK(openDatasetOf(twin, path("more.h5"))); // it does not know its own
    VERIFY_OK(belongTo(twin, path("late.h5")));
    VERIFY_ERROR(openDatasetOf(twin, path("more.h5")), ErrorCode::InvalidValue,
                 "is not the data set");
    QVERIFY(QFile::copy(QString::fromStdString(path("late.h5")),
                        QString::fromStdString(path("copy.h5"))));
    VERIFY_OK(openDatasetOf(twin, path("copy.h5")));
}

void tst_MemoryProbe::placesAreBounded()
{
    for (const char *name : {"tcn-a", "tcn-c", "tcn-d", "resnet-tcn", "elm", "transformer"}) {
        const MemoryProbe probe = memoryProbeFor(presetTwin(name).value());
        const std::size_t places = probe.mostSpikes + probe.mostOthers;
        QVERIFY2(places >= 800 && places <= 4000, name);
        QVERIFY(probe.mostSpikes >= 300);
    }
    QCOMPARE(memoryProbeFor(presetTwin("tcn-a").value()).mostOthers, std::size_t{2400});
}

DT_TEST(tst_MemoryProbe, QCoreApplication)
#include "tst_MemoryProbe.moc"
