// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/BuildLedger.h"
#include "tests/support/Datasets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

using namespace dt;

namespace {

/// Blocks of 4 in train, of 2 in valid, of 1 in test.
DatasetPlan ledgerPlan(std::array<int, 3> wanted = {16, 5, 2})
{
    return test::smallPlan(wanted);
}

DatasetPlan filteredPlan(std::array<int, 3> wanted = {16, 5, 2})
{
    DatasetPlan filtered = ledgerPlan(wanted);
    filtered.filter = publishedFilter();
    return filtered;
}

ShardSummary finished(const CandidateBlock &block, const test::Accepts &accepts = {})
{
    ShardSummary shard;
    shard.split = block.split;
    shard.first = block.first;
    for (int i = 0; i < block.size; ++i) {
        shard.accepted.push_back(
            !accepts || accepts(block.split, block.first + static_cast<std::uint64_t>(i)));
        shard.candidates.push_back({}); // all zero: violates the firing rate first
    }
    return shard;
}

/// The plan's blocks as text, for failures that can be read.
QString text(const std::vector<CandidateBlock> &blocks)
{
    QStringList words;
    for (const CandidateBlock &block : blocks)
        words << QStringLiteral("%1 %2+%3")
                     .arg(QString::fromUtf8(splitName(block.split).data()))
                     .arg(block.first)
                     .arg(block.size);
    return words.join(QStringLiteral(", "));
}

/// Works a build off with `workers` that finish in random order; true when it ended.
bool workOff(BuildLedger &ledger, const test::Accepts &accepts, std::size_t workers, int room,
             RandomStream &random)
{
    std::vector<std::vector<CandidateBlock>> underWay;
    for (int round = 0; round < 2000; ++round) {
        if (ledger.complete() || ledger.hopeless())
            return true;
        while (underWay.size() < workers) {
            underWay.push_back(ledger.take(room));
            if (underWay.back().empty()) {
                underWay.pop_back();
                break;
            }
        }
        if (underWay.empty())
            return false; // stuck
        const auto at = static_cast<std::ptrdiff_t>(random.below(underWay.size()));
        const std::vector<CandidateBlock> batch = underWay[static_cast<std::size_t>(at)];
        underWay.erase(underWay.begin() + at);
        if (random.below(10) == 0) { // its worker died
            ledger.giveBack(batch);
            continue;
        }
        for (const CandidateBlock &block : batch)
            ledger.add(finished(block, accepts));
    }
    return false;
}

} // namespace

class tst_BuildLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takes();
    void givesBack();
    void emptySplits();
    void countsOnAcceptance();
    void gapsFirst();
    void lateGapBlocksTheEnd();
    void shardsTwice();
    void anyOrder_data();
    void anyOrder();
    void hopeless();
    void hopelessInAnyOrder();
    void remains();
};

void tst_BuildLedger::takes()
{
    BuildLedger ledger(ledgerPlan());
    QCOMPARE(text(ledger.take(1)), QStringLiteral("train 0+4"));
    QCOMPARE(text(ledger.take(9)), QStringLiteral("train 4+4, train 8+4, test 0+1"));
    QCOMPARE(text(ledger.take(1000)),
             QStringLiteral("train 12+4, valid 0+2, valid 2+2, valid 4+2, test 1+1"));
    QVERIFY(ledger.take(1000).empty()); // enough under way
    QVERIFY(!ledger.complete());
    QCOMPARE(ledger.untaken(), 0.0);
    QCOMPARE(ledger.remaining(), 23.0);
}

void tst_BuildLedger::givesBack()
{
    BuildLedger ledger(ledgerPlan());
    const std::vector<CandidateBlock> first = ledger.take(8);
    const std::vector<CandidateBlock> second = ledger.take(8);
    ledger.giveBack(first);
    QCOMPARE(text(ledger.take(8)), text(first));
    ledger.giveBack(second);
    QCOMPARE(text(ledger.take(8)), text(second));
    ledger.giveBack({{Split::Test, 77, 1}}); // never taken
    QCOMPARE(ledger.tried(Split::Train), std::uint64_t(0));
}

void tst_BuildLedger::emptySplits()
{
    BuildLedger ledger(ledgerPlan({0, 0, 2}));
    QCOMPARE(text(ledger.take(1000)), QStringLiteral("test 0+1, test 1+1"));
    ledger.add(finished({Split::Test, 1, 1}));
    QVERIFY(!ledger.complete());
    ledger.add(finished({Split::Test, 0, 1}));
    QVERIFY(ledger.complete());
    QVERIFY(ledger.take(1000).empty());
    QCOMPARE(ledger.remaining(), 0.0);
}

void tst_BuildLedger::countsOnAcceptance()
{
    // A filter rejects some: more than wanted is under way from the start, and the more is
    // rejected the more is taken.
    BuildLedger ledger(filteredPlan({16, 0, 0}));
    const std::vector<CandidateBlock> first = ledger.take(1000);
    QCOMPARE(text(first),
             QStringLiteral("train 0+4, train 4+4, train 8+4, train 12+4, train 16+4, "
                            "train 20+4"));
    for (const CandidateBlock &block : first)
        ledger.add(finished(block, [](Split, std::uint64_t i) { return i % 4 == 0; }));
    QCOMPARE(ledger.accepted(Split::Train), std::uint64_t(6));
    const std::vector<CandidateBlock> second = ledger.take(1000);
    QVERIFY2(second.size() >= 7 && second.size() <= 10, qPrintable(text(second)));
    QCOMPARE(second.front().first, std::uint64_t(24));
}

void tst_BuildLedger::gapsFirst()
{
    // As found on disk after a crash.
    BuildLedger ledger(ledgerPlan());
    ledger.add(finished({Split::Train, 4, 4}));
    ledger.add(finished({Split::Train, 12, 4}));
    ledger.add(finished({Split::Train, 16, 4}));
    ledger.add(finished({Split::Train, 20, 4}));
    // Sixteen are accepted, but not the lowest-numbered ones.
    QCOMPARE(ledger.accepted(Split::Train), std::uint64_t(16));
    QCOMPARE(ledger.state(Split::Train).contiguous, std::uint64_t(0));
    std::vector<CandidateBlock> blocks = ledger.take(1);
    QCOMPARE(text(blocks), QStringLiteral("train 0+4"));
    ledger.add(finished(blocks[0]));
    QCOMPARE(ledger.state(Split::Train).contiguous, std::uint64_t(8));
    blocks = ledger.take(1);
    QCOMPARE(text(blocks), QStringLiteral("train 8+4"));
    ledger.add(finished(blocks[0]));
    QVERIFY(ledger.state(Split::Train).complete);
    QCOMPARE(ledger.state(Split::Train).acceptance.tried, std::uint64_t(16));
    QCOMPARE(ledger.take(1).front().split, Split::Valid);
}

void tst_BuildLedger::lateGapBlocksTheEnd()
{
    BuildLedger ledger(ledgerPlan({16, 0, 0}));
    const std::vector<CandidateBlock> blocks = ledger.take(1000);
    QCOMPARE(blocks.size(), std::size_t(4));
    for (std::size_t i = 1; i < blocks.size(); ++i)
        ledger.add(finished(blocks[i]));
    QVERIFY(!ledger.complete());
    ledger.add(finished(blocks[0]));
    QVERIFY(ledger.complete());
}

void tst_BuildLedger::shardsTwice()
{
    BuildLedger ledger(ledgerPlan());
    ledger.add(finished({Split::Train, 0, 4}));
    ledger.add(finished({Split::Train, 0, 4}, [](Split, std::uint64_t) { return false; }));
    QCOMPARE(ledger.tried(Split::Train), std::uint64_t(4));
    QCOMPARE(ledger.accepted(Split::Train), std::uint64_t(4));
    QCOMPARE(ledger.shards().size(), std::size_t(1));
}

void tst_BuildLedger::anyOrder_data()
{
    QTest::addColumn<int>("percent");
    QTest::newRow("all pass") << 100;
    QTest::newRow("three in four") << 75;
    QTest::newRow("half") << 50;
    QTest::newRow("one in ten") << 10;
}

void tst_BuildLedger::anyOrder()
{
    QFETCH(int, percent);
    const test::Accepts accepts = [percent](Split split, std::uint64_t index) {
        RandomStream random({77, static_cast<std::uint64_t>(split), index});
        return random.below(100) < static_cast<std::uint64_t>(percent);
    };
    std::optional<std::array<SplitState, 3>> expected;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RandomStream random({seed});
        BuildLedger ledger(filteredPlan());
        const std::size_t workers = 1 + random.below(8);
        QVERIFY(workOff(ledger, accepts, workers, static_cast<int>(1 + random.below(20)), random));
        QVERIFY(ledger.complete());
        QVERIFY(!ledger.hopeless());
        QCOMPARE(ledger.remaining(), 0.0);
        if (!expected) {
            expected.emplace();
            for (const Split split : AllSplits)
                (*expected)[static_cast<std::size_t>(split)] = ledger.state(split);
        }
        for (const Split split : AllSplits) {
            const SplitState &state = ledger.state(split);
            const SplitState &like = (*expected)[static_cast<std::size_t>(split)];
            QVERIFY(state.complete);
            QCOMPARE(state.accepted, ledger.plan().wantedIn(split));
            QCOMPARE(state.contiguous, like.contiguous);
            QVERIFY(state.acceptance == like.acceptance);
        }
    }
}

void tst_BuildLedger::hopeless()
{
    BuildLedger ledger(filteredPlan());
    for (std::uint64_t first = 0; first < 100; first += 4) {
        QVERIFY(!ledger.hopeless());
        ledger.add(
            finished({Split::Train, first, 4}, [](Split, std::uint64_t i) { return i == 17; }));
    }
    const std::optional<Error> why = ledger.hopeless();
    QVERIFY(why);
    QVERIFY2(test::isSentence(why->message), why->message.c_str());
    for (const char *part :
         {"Of 100 simulations only 1 passed", "99 failed at firing_rate_hz", "(0.4 to 20)"})
        QVERIFY2(test::contains(why->message, part), why->message.c_str());
}

void tst_BuildLedger::hopelessInAnyOrder()
{
    // Later candidates would pass: whoever was lucky with the order must not get a data set.
    const test::Accepts accepts = [](Split, std::uint64_t index) { return index > 110; };
    std::string sentence;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RandomStream random({seed});
        BuildLedger ledger(filteredPlan({16, 0, 0}));
        QVERIFY(workOff(ledger, accepts, 1 + random.below(40), 16, random));
        QVERIFY(!ledger.complete());
        if (sentence.empty())
            sentence = ledger.hopeless()->message;
        QCOMPARE(ledger.hopeless()->message, sentence);
    }
}

void tst_BuildLedger::remains()
{
    BuildLedger ledger(ledgerPlan({16, 0, 0}));
    QCOMPARE(ledger.remaining(), 16.0);
    const std::vector<CandidateBlock> blocks = ledger.take(8);
    QCOMPARE(ledger.remaining(), 16.0);
    QCOMPARE(ledger.untaken(), 8.0);
    ledger.add(finished(blocks[0]));
    QCOMPARE(ledger.remaining(), 12.0);
    QCOMPARE(ledger.untaken(), 8.0);
    ledger.giveBack(blocks); // of which one is finished
    QCOMPARE(ledger.untaken(), 12.0);
}

DT_TEST(tst_BuildLedger, QCoreApplication)
#include "tst_BuildLedger.moc"
