// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which data sets a twin takes, to go on training and to be looked at, and what test sets are.
#include "engine/jobs/TwinDataset.h"

#include "engine/jobs/TestSet.h"
#include "tests/support/Datasets.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;
using namespace dt::test;

class tst_TwinDataset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itsOwn();
    void another_data();
    void another();
    void imported();
    void otherNeurons();
    void goingOnNeedsItsOwn();
    void unknownNeuron();
    void testSets();

private:
    /// Its weights do not matter here.
    [[nodiscard]] StoredTwin twinOf(const std::string &dataset) const;

    TestFolder m_folder;
    std::string m_own;
};

void tst_TwinDataset::initTestCase()
{
    m_own = m_folder.file("own.h5");
    DatasetPlan plan = smallPlan({3, 1, 2});
    plan.seed = 5;
    QVERIFY(makeDataset(m_own, plan).ok());
}

StoredTwin tst_TwinDataset::twinOf(const std::string &dataset) const
{
    const DatasetFile file = DatasetFile::open(dataset).value();
    std::array<SplitStatistics, 3> statistics;
    for (const Split split : AllSplits)
        statistics[static_cast<std::size_t>(split)] = file.statistics(split).value();
    StoredTwin twin;
    twin.spec.segments = file.info().segments;
    twin.contents.neuron = file.info().neuron;
    twin.contents.dataset = datasetIdentity(dataset, file.info(), statistics);
    return twin;
}

void tst_TwinDataset::itsOwn()
{
    const StoredTwin twin = twinOf(m_own);
    const Result<DatasetForTwin> data = openDatasetFor(twin, m_own);
    QVERIFY(data.ok());
    QVERIFY(data->own);
    QVERIFY(!data->mayBeKnown);
    QCOMPARE(data->split, Split::Test);
}

void tst_TwinDataset::another_data()
{
    QTest::addColumn<int>("train");
    QTest::addColumn<int>("valid");
    QTest::addColumn<int>("test");
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("split");
    QTest::addColumn<bool>("mayBeKnown");
    QTest::newRow("another seed") << 2 << 1 << 1 << quint64{9} << 2 << false;
    QTest::newRow("the same seed: other splits are other inputs")
        << 4 << 1 << 3 << quint64{5} << 2 << false;
    QTest::newRow("no test split") << 2 << 2 << 0 << quint64{9} << 1 << false;
    QTest::newRow("to train on only, another seed") << 2 << 0 << 0 << quint64{9} << 0 << false;
    QTest::newRow("to train on only, the same seed") << 2 << 0 << 0 << quint64{5} << 0 << true;
}

void tst_TwinDataset::another()
{
    QFETCH(int, train);
    QFETCH(int, valid);
    QFETCH(int, test);
    QFETCH(quint64, seed);
    QFETCH(int, split);
    QFETCH(bool, mayBeKnown);
    DatasetPlan plan = smallPlan({train, valid, test}, 500); // longer, too
    plan.seed = seed;
    plan.neuron.dendrites.front().name = "mine"; // settings count, names do not
    const TestFolder folder;
    const std::string path = folder.file("another.h5");
    QVERIFY(makeDataset(path, plan).ok());
    const Result<DatasetForTwin> data = openDatasetFor(twinOf(m_own), path);
    QVERIFY2(data.ok(), data ? "" : data.error().message.c_str());
    QVERIFY(!data->own);
    QCOMPARE(static_cast<int>(data->split), split);
    QCOMPARE(data->mayBeKnown, mayBeKnown);
}

/// Nobody knows where imported simulations were before.
void tst_TwinDataset::imported()
{
    StoredTwin twin = twinOf(m_own);
    twin.contents.dataset->seed.reset();
    const std::string path = m_folder.file("train-only.h5");
    QVERIFY(makeDataset(path, smallPlan({2, 0, 0})).ok());
    const Result<DatasetForTwin> data = openDatasetFor(twin, path);
    QVERIFY(data.ok());
    QVERIFY(data->mayBeKnown);
}

void tst_TwinDataset::otherNeurons()
{
    DatasetPlan plan = smallPlan({1, 1, 1});
    plan.neuron.soma.diamUm += 1.0;
    const std::string path = m_folder.file("other.h5");
    QVERIFY(makeDataset(path, plan).ok());
    const Result<DatasetForTwin> other = openDatasetFor(twinOf(m_own), path);
    QVERIFY(!other.ok());
    QVERIFY(other.error().message.find("another neuron") != std::string::npos);
    setSegments(plan.neuron, 0, 3);
    const std::string longer = m_folder.file("longer.h5");
    QVERIFY(makeDataset(longer, plan).ok());
    const Result<DatasetForTwin> segments = openDatasetFor(twinOf(m_own), longer);
    QVERIFY(!segments.ok());
    QVERIFY(segments.error().message.find("2 segments") != std::string::npos);
}

void tst_TwinDataset::goingOnNeedsItsOwn()
{
    const std::string path = m_folder.file("more.h5");
    QVERIFY(makeDataset(path, smallPlan({4, 1, 2})).ok());
    const StoredTwin twin = twinOf(m_own);
    QVERIFY(openDatasetOf(twin, m_own).ok());
    QVERIFY(!openDatasetOf(twin, path).ok());
    QVERIFY(openDatasetFor(twin, path).ok());
}

void tst_TwinDataset::unknownNeuron()
{
    StoredTwin twin = twinOf(m_own);
    twin.contents.neuron.reset();
    twin.contents.dataset.reset();
    const Result<DatasetForTwin> data = openDatasetFor(twin, m_own);
    QVERIFY(data.ok());
    QVERIFY(!data->own);
}

void tst_TwinDataset::testSets()
{
    const DatasetPlan plan = testSetPlan(presetNeuron("ampa-point").value());
    QVERIFY(validatePlan(plan).ok());
    QCOMPARE(plan.wantedIn(Split::Train), 0);
    QCOMPARE(plan.wantedIn(Split::Valid), 0);
    QVERIFY(plan.wantedIn(Split::Test) > 0);
    QVERIFY(!plan.filter.empty());
    const DatasetPlan all = testSetPlan(plan.neuron, false);
    QVERIFY(all.filter.empty());
    // A file each.
    const std::string name = testSetName(plan);
    QVERIFY(name.ends_with(".h5"));
    QCOMPARE(testSetName(testSetPlan(plan.neuron)), name);
    QVERIFY(testSetName(all) != name);
    QVERIFY(testSetName(testSetPlan(presetNeuron("nmda-cable").value())) != name);
}

DT_TEST(tst_TwinDataset, QCoreApplication)
#include "tst_TwinDataset.moc"
