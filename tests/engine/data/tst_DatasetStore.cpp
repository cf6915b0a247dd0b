// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetStore.h"

#include "tests/support/Datasets.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <atomic>
#include <thread>

using namespace dt;

namespace {

/// A window taken from dense arrays, the plain way.
struct Window
{
    std::vector<float> inputs, spikes, nearSpikes, somaV, instRate, dendV;
    bool operator==(const Window &) const = default;
};

Window plainWindow(const StoredSimulation &s, std::size_t n, std::size_t start, std::size_t length)
{
    const std::size_t T = s.somaV.size();
    Window w;
    for (std::size_t row = 0; row < 2 * n; ++row) {
        for (std::size_t t = start; t < start + length; ++t)
            w.inputs.push_back(floatFromHalf(s.inputs[row * T + t]));
    }
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t t = start; t < start + length; ++t)
            w.dendV.push_back(floatFromHalf(s.dendV[row * T + t]));
    }
    for (std::size_t t = start; t < start + length; ++t) {
        w.spikes.push_back(s.spikes[t]);
        w.nearSpikes.push_back(s.nearSpikes[t]);
        w.somaV.push_back(s.somaV[t]);
        w.instRate.push_back(s.instRate[t]);
    }
    return w;
}

Window storedWindow(const DatasetStore &store, Split split, std::size_t i, int start, int length)
{
    const auto n = static_cast<std::size_t>(store.segments());
    const auto L = static_cast<std::size_t>(length);
    constexpr float Junk = 1234.5f; // must be overwritten everywhere
    Window w;
    w.inputs.assign(2 * n * L, Junk);
    w.dendV.assign(n * L, Junk);
    for (std::vector<float> *v : {&w.spikes, &w.nearSpikes, &w.somaV, &w.instRate})
        v->assign(L, Junk);
    store.window(split, i, start, length,
                 {w.inputs.data(), w.spikes.data(), w.nearSpikes.data(), w.somaV.data(),
                  w.instRate.data(), w.dendV.data()});
    return w;
}

} // namespace

class tst_DatasetStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windows_data();
    void windows();
    void onlyWhatIsWanted();
    void severalThreads();
    void splits();
    void size();
    void cancelled();
    void damaged();

private:
    DatasetFile make(const DatasetPlan &plan)
    {
        const std::string path = m_folder.file("ds.h5");
        QFile::remove(m_folder.at("ds.h5"));
        if (const Status made = test::makeDataset(path, plan); !made)
            qFatal("%s", made.error().message.c_str());
        return std::move(DatasetFile::open(path).value());
    }
    DatasetStore load(const DatasetPlan &plan)
    {
        const DatasetFile file = make(plan);
        return DatasetStore::load(file, {Split::Train, Split::Valid, Split::Test}, {}).value();
    }

    test::TestFolder m_folder;
};

void tst_DatasetStore::windows_data()
{
    QTest::addColumn<int>("segments");
    QTest::addColumn<int>("durationMs");
    QTest::newRow("one block") << 2 << 256;
    QTest::newRow("less than a block") << 2 << 100;
    QTest::newRow("not a multiple") << 8 << 1000;
    QTest::newRow("one more") << 3 << 257;
    QTest::newRow("one less") << 3 << 511;
    QTest::newRow("one segment") << 1 << 700;
    QTest::newRow("200 segments") << 200 << 300;
    QTest::newRow("longer than a chunk") << 2 << 9000;
}

void tst_DatasetStore::windows()
{
    QFETCH(int, segments);
    QFETCH(int, durationMs);
    DatasetPlan plan = test::smallPlan({2, 1, 1}, durationMs);
    setSegments(plan.neuron, 0, segments);
    plan.recipe.excSparsity = {{0.5, 0.5}, {0.5, 0.5}};
    const DatasetStore store = load(plan);
    QCOMPARE(store.segments(), segments);
    QCOMPARE(store.durationMs(), durationMs);
    RandomStream random({4, static_cast<std::uint64_t>(durationMs)});
    const auto below = [&](int n) {
        return static_cast<int>(random.below(static_cast<std::uint64_t>(n)));
    };
    for (const Split split : AllSplits) {
        for (std::size_t i = 0; i < store.count(split); ++i) {
            const StoredSimulation s = test::madeUp(plan, split, i);
            QCOMPARE(store.index(split, i), s.index);
            std::vector<std::pair<int, int>> tried{
                {0, durationMs}, {0, 1}, {durationMs - 1, 1}, {1, durationMs - 1}};
            for (const int at : {255, 256, 257}) {
                if (at < durationMs)
                    tried.insert(tried.end(), {{at, 1}, {at, durationMs - at}, {0, at}});
            }
            for (int k = 0; k < 40; ++k) {
                const int start = below(durationMs);
                tried.emplace_back(start, 1 + below(durationMs - start));
            }
            for (const auto &[start, length] : tried) {
                const bool same = storedWindow(store, split, i, start, length)
                    == plainWindow(s, static_cast<std::size_t>(segments),
                                   static_cast<std::size_t>(start),
                                   static_cast<std::size_t>(length));
                QVERIFY2(same, qPrintable(QStringLiteral("%1 + %2").arg(start).arg(length)));
            }
        }
    }
}

void tst_DatasetStore::onlyWhatIsWanted()
{
    const DatasetPlan plan = test::smallPlan({1, 0, 0});
    const DatasetStore store = load(plan);
    const Window all = plainWindow(test::madeUp(plan, Split::Train, 0), 2, 10, 50);
    store.window(Split::Train, 0, 10, 50, {});
    WindowBuffers some;
    std::vector<float> soma(50);
    some.somaV = soma.data();
    store.window(Split::Train, 0, 10, 50, some);
    QCOMPARE(soma, all.somaV);
}

void tst_DatasetStore::severalThreads()
{
    const DatasetPlan plan = test::smallPlan({5, 0, 0}, 900);
    const DatasetStore store = load(plan);
    std::vector<StoredSimulation> plain;
    for (std::uint64_t i = 0; i < 5; ++i)
        plain.push_back(test::madeUp(plan, Split::Train, i));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (std::uint64_t number = 0; number < 4; ++number) {
        threads.emplace_back([&, number] {
            RandomStream random({number});
            for (int k = 0; k < 300; ++k) {
                const std::size_t i = random.below(5);
                const auto start = random.below(800);
                wrong += !(storedWindow(store, Split::Train, i, static_cast<int>(start), 100)
                           == plainWindow(plain[i], 2, start, 100));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void tst_DatasetStore::splits()
{
    const DatasetFile file = make(test::smallPlan({3, 2, 0}));
    const DatasetStore store = DatasetStore::load(file, {Split::Valid}, {}).value();
    QCOMPARE(store.count(Split::Train), std::size_t(0));
    QCOMPARE(store.count(Split::Valid), std::size_t(2));
    QCOMPARE(store.count(Split::Test), std::size_t(0));
    const DatasetStore none = DatasetStore::load(file, {Split::Test}, {}).value();
    QCOMPARE(none.count(Split::Test), std::size_t(0));
    QCOMPARE(none.bytes(), std::size_t(0));
}

void tst_DatasetStore::size()
{
    // Published inputs: 8,000 simulations of 8192 ms must stay below 2 GB.
    DatasetPlan plan = test::smallPlan({4, 0, 0}, 8192);
    setSegments(plan.neuron, 0, 8);
    const DatasetStore store = load(plan);
    const std::size_t each = store.bytes() / 4;
    QVERIFY2(each < 250'000, qPrintable(QString::number(each)));
    // Dendrites in half, soma and rate in single precision must be in it.
    QVERIFY2(each > 8192 * (8 * 2 + 2 * 4), qPrintable(QString::number(each)));
}

void tst_DatasetStore::cancelled()
{
    const DatasetFile file = make(test::smallPlan({3, 1, 0}));
    std::vector<double> shares;
    VERIFY_OK(DatasetStore::load(file, {Split::Train, Split::Valid}, [&](double share) {
        shares.push_back(share);
        return true;
    }));
    QCOMPARE(shares, (std::vector<double>{0.25, 0.5, 0.75, 1.0}));
    VERIFY_ERROR(DatasetStore::load(file, {Split::Train}, [](double) { return false; }),
                 ErrorCode::Cancelled, "Cancelled");
}

void tst_DatasetStore::damaged()
{
    make(test::smallPlan({3, 1, 0}));
    QByteArray bytes = m_folder.read("ds.h5");
    // The last bytes are packed numbers: chunks are written at the end.
    const qsizetype at = bytes.size() - 40;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    QVERIFY(m_folder.write("bad.h5", bytes));
    const Result<DatasetFile> file = DatasetFile::open(m_folder.file("bad.h5"));
    VERIFY_OK(file);
    VERIFY_ERROR(DatasetStore::load(*file, {Split::Train, Split::Valid}, {}), ErrorCode::Format,
                 "does not match its checksum");
}

DT_TEST(tst_DatasetStore, QCoreApplication)
#include "tst_DatasetStore.moc"
