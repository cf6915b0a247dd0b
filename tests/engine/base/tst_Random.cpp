// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <array>
#include <cmath>

using namespace dt;

class tst_Random : public QObject
{
    Q_OBJECT

    using Key = std::initializer_list<std::uint64_t>;

private Q_SLOTS:
    void knownOutputs();
    void uniform();
    void uniformBetween();
    void below();
    void belowHuge();
    void keysAreIndependent();
};

void tst_Random::knownOutputs()
{
    // Computed by a second implementation. Data sets are made of these streams: a change here
    // changes every data set of a given seed.
    struct Row
    {
        Key key;
        std::array<std::uint64_t, 4> words;
        double uniform;
    };
    const Row rows[] = {
        {{1},
         {0xdc05caea55b67bac, 0x8ba0c7653d6aef39, 0x19daeaf393165da5, 0x1a36cc7cee7335b3},
         0.38645922481058514},
        {{1, 2},
         {0x09ded899d5eb151f, 0xcbe9316ffb21c7ef, 0x17c8e1d004fefd41, 0x72ce01057769333c},
         0.357567410702326},
        {{2, 1},
         {0xf048d7e805d3a4f3, 0x1b4c784edec98898, 0xf5cfdd332169af01, 0x56b6a7065a62ba88},
         0.5701522755692803},
        {{1, 0x7261696E, 0, 0},
         {0x03d0e4bc94fe04af, 0x488c16f1d847fcda, 0x64e569e0517e407f, 0x674d3a9bcbb3050c},
         0.7244150262736633},
        {{},
         {0x422ea740d0977210, 0xe062b061b42e2928, 0x5a071fc5930841b6, 0x01334ef8ed3cc2bd},
         0.8920400985931514},
        {{0},
         {0x7c14a4567347219b, 0x7050885b011d9114, 0x2fbaf5e8b7a094eb, 0x6e151eda1d34eb9c},
         0.34985382806072984},
    };
    for (const Row &row : rows) {
        RandomStream random(row.key);
        for (const std::uint64_t word : row.words)
            QCOMPARE(random.next(), word);
        QVERIFY(random.uniform() == row.uniform);
    }
}

void tst_Random::uniform()
{
    constexpr int Draws = 200000;
    std::array<int, 20> counts{};
    double sum = 0.0;
    RandomStream random({42});
    for (int i = 0; i < Draws; ++i) {
        const double u = random.uniform();
        QVERIFY(u >= 0.0 && u < 1.0);
        ++counts[static_cast<std::size_t>(u * 20.0)];
        sum += u;
    }
    QVERIFY(std::abs(sum / Draws - 0.5) < 5.0 * std::sqrt(1.0 / 12.0 / Draws));
    const double expected = Draws / 20.0;
    double chiSquare = 0.0;
    for (const int count : counts)
        chiSquare += (count - expected) * (count - expected) / expected;
    QVERIFY2(chiSquare < 50.0, qPrintable(QString::number(chiSquare))); // 19 degrees of freedom
    QVERIFY2(chiSquare > 3.0, qPrintable(QString::number(chiSquare)));
}

void tst_Random::uniformBetween()
{
    RandomStream random({3});
    double smallest = 1e9;
    double largest = -1e9;
    for (int i = 0; i < 10000; ++i) {
        const double u = random.uniform(-2.0, 5.0);
        smallest = std::min(smallest, u);
        largest = std::max(largest, u);
    }
    QVERIFY(smallest >= -2.0 && smallest < -1.98);
    QVERIFY(largest < 5.0 && largest > 4.98);
}

void tst_Random::below()
{
    RandomStream random({5});
    for (int i = 0; i < 100; ++i)
        QCOMPARE(random.below(1), std::uint64_t{0});
    std::array<int, 7> counts{};
    for (int i = 0; i < 70000; ++i) {
        const std::uint64_t value = random.below(7);
        QVERIFY(value < 7);
        ++counts[value];
    }
    for (const int count : counts)
        QVERIFY2(std::abs(count - 10000) < 500, qPrintable(QString::number(count)));
}

void tst_Random::belowHuge()
{
    // Close above half of the range: without rejection the low half would come twice as often.
    constexpr std::uint64_t N = (std::uint64_t{1} << 63) + (std::uint64_t{1} << 62);
    RandomStream random({6});
    int low = 0;
    for (int i = 0; i < 9000; ++i) {
        const std::uint64_t value = random.below(N);
        QVERIFY(value < N);
        low += value < (std::uint64_t{1} << 62);
    }
    QVERIFY2(std::abs(low - 3000) < 250, qPrintable(QString::number(low)));
    for (int i = 0; i < 1000; ++i)
        QVERIFY(random.below(UINT64_MAX) < UINT64_MAX);
}

void tst_Random::keysAreIndependent()
{
    // Neighbouring keys, keys that share words, longer and shorter ones: no common stream, no
    // correlation.
    const Key keys[] = {{1}, {2}, {1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}, {1, 2, 0}, {257}};
    std::vector<std::vector<double>> streams;
    for (const Key &key : keys) {
        RandomStream random(key);
        std::vector<double> draws;
        for (int i = 0; i < 4000; ++i)
            draws.push_back(random.uniform() - 0.5);
        streams.push_back(draws);
    }
    for (std::size_t a = 0; a < streams.size(); ++a) {
        for (std::size_t b = a + 1; b < streams.size(); ++b) {
            double product = 0.0;
            for (std::size_t i = 0; i < streams[a].size(); ++i)
                product += streams[a][i] * streams[b][i];
            const double correlation = product * 12.0 / 4000.0;
            QVERIFY2(
                std::abs(correlation) < 5.0 / std::sqrt(4000.0),
                qPrintable(QStringLiteral("keys %1 and %2: %3").arg(a).arg(b).arg(correlation)));
        }
    }
    // The same key is the same stream.
    RandomStream first({1, 2});
    RandomStream again({1, 2});
    for (int i = 0; i < 100; ++i)
        QCOMPARE(first.next(), again.next());
}

DT_TEST(tst_Random, QCoreApplication)
#include "tst_Random.moc"
