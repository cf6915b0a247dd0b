// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/RunHistory.h"

#include "engine/cell/Presets.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>

using namespace dt;

namespace {

RunRecord run(int id, std::size_t samples = 41)
{
    auto trace = std::make_shared<VoltageTrace>();
    trace->somaFine.resize(samples);
    for (std::size_t i = 0; i < samples; ++i)
        trace->somaFine[i] = static_cast<float>(i);
    RunRecord record;
    record.id = id;
    record.setup = std::make_shared<const RunSetup>();
    record.trace = trace;
    return record;
}

std::vector<int> ids(const RunHistory &history)
{
    std::vector<int> all;
    for (const RunRecord &record : history.runs())
        all.push_back(record.id);
    return all;
}

} // namespace

class tst_RunHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestFirst()
    {
        RunHistory history;
        const int a = history.add(run(1)).value();
        const int b = history.add(run(2)).value();
        QVERIFY(a != b);
        QVERIFY((ids(history) == std::vector<int>{2, 1}));
        QCOMPARE(history.find(a)->id, 1);
        history.setName(a, "strong");
        history.setNotes(a, "see page 3");
        QCOMPARE(history.find(a)->title(), std::string("Run 1: strong"));
        QCOMPARE(history.find(b)->title(), std::string("Run 2"));
        history.remove(a);
        QVERIFY(!history.find(a));
        history.remove(a);
        QCOMPARE(history.runs().size(), std::size_t{1});
    }

    void fiftyUnpinnedStay()
    {
        RunHistory history;
        const int first = history.add(run(1)).value();
        QVERIFY(history.setPinned(first, true).ok());
        for (int id = 2; id <= 200; ++id)
            QVERIFY(history.add(run(id)).ok());
        QCOMPARE(history.runs().size(), RunHistory::MaxUnpinned + 1);
        QCOMPARE(history.runs().back().id, 1);
        QCOMPARE(history.runs().front().id, 200);
        // Unpinned again it is the oldest, and goes.
        QVERIFY(history.setPinned(first, false).ok());
        QVERIFY(!history.find(first));
    }

    void bytesAreBounded()
    {
        RunHistory history;
        const std::size_t third = RunHistory::MaxUnpinnedBytes / 3 / sizeof(float);
        for (int id = 1; id <= 5; ++id)
            QVERIFY(history.add(run(id, third)).ok());
        QVERIFY((ids(history) == std::vector<int>{5, 4}));
        // One that is too large alone is kept while it is the newest.
        QVERIFY(history.add(run(6, 4 * third)).ok());
        QVERIFY((ids(history) == std::vector<int>{6}));
        QVERIFY(history.add(run(7)).ok());
        QVERIFY((ids(history) == std::vector<int>{7}));
    }

    void ghostsHaveSlots()
    {
        RunHistory history;
        std::vector<int> keys;
        for (int id = 1; id <= 9; ++id)
            keys.push_back(history.add(run(id)).value());
        for (std::size_t i = 0; i < 8; ++i) {
            QVERIFY(history.setPinned(keys[i], true).ok());
            QCOMPARE(history.find(keys[i])->slot, static_cast<int>(i));
        }
        const Status ninth = history.setPinned(keys[8], true);
        QVERIFY(!ninth.ok());
        QVERIFY(QString::fromStdString(ninth.error().message).contains(QStringLiteral("8 ghosts")));
        QVERIFY(!history.add(makeForeignRecord("mine.csv", {{0.0, 1.0}, {1.0F, 2.0F}})).ok());
        QVERIFY(history.setPinned(keys[3], false).ok());
        QCOMPARE(history.find(keys[3])->slot, -1);
        QCOMPARE(history.find(keys[4])->slot, 4); // the others keep their dashes
        const int own =
            history.add(makeForeignRecord("mine.csv", {{0.0, 1.0}, {1.0F, 2.0F}})).value();
        QCOMPARE(history.find(own)->slot, 3);
        QCOMPARE(history.find(own)->title(), std::string("mine.csv"));
        QCOMPARE(history.find(own)->peakMv, 2.0);
    }

    void sampled()
    {
        const RunRecord mine = run(1); // 0, 1, 2, ... at 40 samples a ms
        QVERIFY((somaSampled(mine, 40, 2, 5) == std::vector<float>{2.0F, 3.0F, 4.0F}));
        QCOMPARE(somaSampled(mine, 40, 39, 60).size(), std::size_t{2}); // it ends at 40
        QVERIFY((somaSampled(mine, 80, 0, 4) == std::vector<float>{0.0F, 0.5F, 1.0F, 1.5F}));
        QVERIFY((somaSampled(mine, 20, 1, 3) == std::vector<float>{2.0F, 4.0F}));
        QCOMPARE(somaSampled(mine, 80, 79, 90).size(), std::size_t{2});
        QVERIFY(somaSampled(mine, 40, 50, 60).empty());
        const RunRecord other = makeForeignRecord("t", {{1.0, 2.0, 4.0}, {10.0F, 20.0F, 0.0F}});
        const std::vector<float> values = somaSampled(other, 2, 0, 100);
        QCOMPARE(values.size(), std::size_t{9}); // 0, 0.5, ... 4.0
        QVERIFY(std::isnan(values[0]) && std::isnan(values[1]));
        QCOMPARE(values[2], 10.0F);
        QCOMPARE(values[3], 15.0F);
        QCOMPARE(values[4], 20.0F);
        QCOMPARE(values[6], 10.0F);
        QCOMPARE(values[8], 0.0F);
    }
};

DT_TEST(tst_RunHistory, QCoreApplication)
#include "tst_RunHistory.moc"
