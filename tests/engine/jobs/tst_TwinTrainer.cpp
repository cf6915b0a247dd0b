// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/jobs/MlLoader.h"
#include "engine/json/TwinJson.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <limits>

using namespace dt;

/// Real networks and their optimiser: going on from what was taken out of a trainer gives the same
/// numbers, bit for bit, as never having stopped.
class tst_TwinTrainer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOn_data();
    void goesOn();
    void threadsAndSeeds();
    void refusesWhatDoesNotFit();
    void validatesWithoutChange();
    void bench();

private:
    static MlModule &ml()
    {
        const Result<MlModule *> module = loadMlModule();
        if (!module)
            qFatal("%s", module.error().message.c_str());
        return **module;
    }
    static std::unique_ptr<TwinTrainer> trainer(const TwinSpec &spec, std::uint64_t seed = 1)
    {
        TrainingSettings settings;
        settings.seed = seed;
        Result<std::unique_ptr<TwinTrainer>> made =
            ml().trainer(spec, settings, {Compute::Device::Cpu, 1});
        if (!made)
            qFatal("%s", made.error().message.c_str());
        return std::move(*made);
    }
};

namespace {

constexpr int Windows = 3;
constexpr int LengthMs = 60;
constexpr double Rate = 1e-2;

TwinSpec specOf(const QByteArray &architecture)
{
    return twinFromText(test::smallSpec(architecture).toStdString(), "test").value();
}

TwinBatch batch(const TwinSpec &spec, std::uint64_t seed)
{
    RandomStream random({seed});
    TwinBatch b;
    b.inputs.resize(Windows, spec.segments, LengthMs);
    for (float &v : b.inputs.values)
        v = random.uniform() < 0.2 ? static_cast<float>(random.uniform()) : 0.0F;
    for (auto *row : {&b.truth.spikes, &b.truth.nearSpikes, &b.truth.soma, &b.truth.rate}) {
        const bool binary = row == &b.truth.spikes || row == &b.truth.nearSpikes;
        for (std::size_t i = 0; i < b.inputs.points(); ++i)
            row->push_back(binary ? static_cast<float>(random.uniform() < 0.1)
                                  : static_cast<float>(random.uniform(0.0, 2.0)));
    }
    for (std::size_t i = 0; i < b.inputs.points() * static_cast<std::size_t>(spec.dendHeads); ++i)
        b.truth.dend.push_back(static_cast<float>(random.uniform(0.0, 2.0)));
    return b;
}

LossValues step(TwinTrainer &trainer, const TwinSpec &spec, std::uint64_t number)
{
    const Result<TrainingStep> done =
        trainer.step(batch(spec, number), TrainingSettings{}.startWeights, Rate, number);
    if (!done || !done->applied)
        qFatal("a step failed");
    return done->losses;
}

} // namespace

void tst_TwinTrainer::goesOn_data()
{
    QTest::addColumn<TwinSpec>("spec");
    for (const QByteArray &name : test::architectures())
        QTest::newRow(name.constData()) << specOf(name);
    TwinSpec spec = specOf("TCN");
    std::get<TcnConfig>(spec.network).norm = NormType::Batch;
    QTest::newRow("TCN with BatchNorm") << spec;
    spec = specOf("ResNetTCN");
    std::get<ResNetTcnConfig>(spec.network).norm = NormType::Batch;
    QTest::newRow("ResNetTCN with BatchNorm") << spec;
    spec = specOf("ELM");
    std::get<ElmConfig>(spec.network).preNorm = NormType::Batch;
    QTest::newRow("ELM with BatchNorm") << spec;
    spec = specOf("Transformer");
    std::get<TransformerConfig>(spec.network).dropout = 0.3;
    QTest::newRow("Transformer with dropout") << spec;
}

void tst_TwinTrainer::goesOn()
{
    QFETCH(TwinSpec, spec);
    const auto whole = trainer(spec);
    std::vector<LossValues> expected;
    for (std::uint64_t i = 0; i < 6; ++i)
        expected.push_back(step(*whole, spec, i));
    QVERIFY(!(expected[0] == expected[5]));

    const auto first = trainer(spec);
    for (std::uint64_t i = 0; i < 3; ++i)
        QVERIFY(step(*first, spec, i) == expected[i]);
    const auto second = trainer(spec);
    const Status restored = second->restore(first->weights(), first->optimiser());
    QVERIFY2(restored.ok(), restored.ok() ? "" : restored.error().message.c_str());
    for (std::uint64_t i = 3; i < 6; ++i)
        QVERIFY(step(*second, spec, i) == expected[i]);
    QVERIFY(second->weights() == whole->weights());
    QVERIFY(second->optimiser() == whole->optimiser());
}

void tst_TwinTrainer::threadsAndSeeds()
{
    const TwinSpec spec = specOf("TCN");
    QVERIFY(trainer(spec, 1)->weights() == trainer(spec, 1)->weights());
    QVERIFY(trainer(spec, 1)->weights() != trainer(spec, 2)->weights());
}

void tst_TwinTrainer::refusesWhatDoesNotFit()
{
    const TwinSpec spec = specOf("TCN");
    const auto one = trainer(spec);
    const std::vector<NamedTensor> weights = one->weights();
    const std::vector<NamedTensor> optimiser = one->optimiser();
    std::vector<NamedTensor> broken = optimiser;
    broken.pop_back();
    const auto other = trainer(spec, 2);
    const std::vector<NamedTensor> before = other->weights();
    QVERIFY(!other->restore(weights, broken).ok());
    QVERIFY(other->weights() == before); // as a whole or not at all
    broken = weights;
    broken[0].shape.push_back(1);
    QVERIFY(!other->restore(broken, optimiser).ok());
    broken = weights;
    std::get<std::vector<float>>(broken[0].values)[0] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!other->restore(broken, optimiser).ok());
    QVERIFY(other->weights() == before);
    QVERIFY(other->restore(weights, optimiser).ok());
    QVERIFY(other->weights() == weights);
}

void tst_TwinTrainer::validatesWithoutChange()
{
    TwinSpec spec = specOf("TCN");
    std::get<TcnConfig>(spec.network).norm = NormType::Batch;
    const auto one = trainer(spec);
    const std::vector<NamedTensor> before = one->weights();
    const HeadValues weights{1.0, 0.0, 0.0, 0.0, 0.0};
    const Result<LossValues> losses = one->validate(batch(spec, 9), weights);
    QVERIFY(losses.ok());
    QCOMPARE(losses->total, losses->heads[0]);
    QVERIFY(one->weights() == before); // running statistics too
    QVERIFY(*one->validate(batch(spec, 9), weights) == *losses);
}

void tst_TwinTrainer::bench()
{
    const Result<TwinStepTime> time = ml().benchStep(presetTwin("tcn-a").value(), 1, 1);
    QVERIFY(time.ok());
    QVERIFY(time->plainS > 0.0 && time->fastS > 0.0);
    QVERIFY(ml().benchMatmulGflops(1) > 0.1);
}

DT_TEST(tst_TwinTrainer, QCoreApplication)
#include "tst_TwinTrainer.moc"
