// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Half.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

using namespace dt;

namespace {

constexpr float Inf = std::numeric_limits<float>::infinity();
constexpr std::uint16_t HalfInf = 0x7C00;

/// The value of a half by its definition.
double meaning(int half)
{
    const double sign = half & 0x8000 ? -1.0 : 1.0;
    const int exponent = (half >> 10) & 0x1F;
    const int fraction = half & 0x3FF;
    return sign
        * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

bool isNan(int half)
{
    return (half & 0x7FFF) > HalfInf;
}

} // namespace

class tst_Half : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHalf();
    void manyAtOnce();
    void rounding();
    void single_data();
    void single();
    void nan();
};

void tst_Half::everyHalf()
{
    for (int h = 0; h < 65536; ++h) {
        const auto half = static_cast<std::uint16_t>(h);
        const float value = floatFromHalf(half);
        if (isNan(h)) {
            QVERIFY2(std::isnan(value), qPrintable(QString::number(h, 16)));
            QVERIFY2(isNan(halfFromFloat(value)), qPrintable(QString::number(h, 16)));
            continue;
        }
        if ((h & 0x7FFF) == HalfInf)
            QVERIFY(value == (h & 0x8000 ? -Inf : Inf));
        else
            QVERIFY2(static_cast<double>(value) == meaning(h), qPrintable(QString::number(h, 16)));
        QVERIFY2(std::signbit(value) == bool(h & 0x8000), qPrintable(QString::number(h, 16)));
        QVERIFY2(halfFromFloat(value) == half, qPrintable(QString::number(h, 16)));
    }
}

void tst_Half::manyAtOnce()
{
    std::vector<std::uint16_t> halves(65536);
    for (std::size_t h = 0; h < halves.size(); ++h)
        halves[h] = static_cast<std::uint16_t>(h);
    std::vector<float> floats(halves.size());
    floatsFromHalves(halves.data(), floats.data(), halves.size());
    for (std::size_t h = 0; h < halves.size(); ++h) {
        // Bit for bit, signs of zeros and contents of NaNs too.
        QVERIFY2(std::bit_cast<std::uint32_t>(floats[h])
                     == std::bit_cast<std::uint32_t>(floatFromHalf(halves[h])),
                 qPrintable(QString::number(h, 16)));
    }
    floats[0] = 1.0f;
    floatsFromHalves(halves.data(), floats.data(), 0); // touches nothing
    QCOMPARE(floats[0], 1.0f);
}

void tst_Half::rounding()
{
    // Between every two neighbours: their middle, which is a float, goes to the even one, and what
    // lies beside the middle to the nearer.
    for (int h = 0; h < HalfInf - 1; ++h) {
        const auto below = static_cast<std::uint16_t>(h);
        const auto above = static_cast<std::uint16_t>(h + 1);
        const auto middle = static_cast<float>((meaning(h) + meaning(h + 1)) / 2.0);
        const std::uint16_t even = h % 2 == 0 ? below : above;
        const char *const where = "the neighbours from here on differ";
        QVERIFY2(halfFromFloat(middle) == even, where);
        QVERIFY2(halfFromFloat(std::nextafter(middle, -Inf)) == below, where);
        QVERIFY2(halfFromFloat(std::nextafter(middle, Inf)) == above, where);
        QVERIFY2(halfFromFloat(-middle) == (even | 0x8000), where);
    }
}

void tst_Half::single_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<int>("half");

    QTest::newRow("zero") << 0.0f << 0x0000;
    QTest::newRow("minus zero") << -0.0f << 0x8000;
    QTest::newRow("one") << 1.0f << 0x3C00;
    QTest::newRow("minus two") << -2.0f << 0xC000;
    QTest::newRow("a third") << 1.0f / 3.0f << 0x3555;
    QTest::newRow("largest") << 65504.0f << 0x7BFF;
    QTest::newRow("last that rounds down") << std::nextafter(65520.0f, 0.0f) << 0x7BFF;
    QTest::newRow("first that overflows") << 65520.0f << 0x7C00;
    QTest::newRow("first negative that overflows") << -65520.0f << 0xFC00;
    QTest::newRow("largest float") << std::numeric_limits<float>::max() << 0x7C00;
    QTest::newRow("infinity") << Inf << 0x7C00;
    QTest::newRow("minus infinity") << -Inf << 0xFC00;
    QTest::newRow("smallest normal") << 0x1p-14f << 0x0400;
    QTest::newRow("largest subnormal") << 0x1p-14f - 0x1p-24f << 0x03FF;
    QTest::newRow("smallest subnormal") << 0x1p-24f << 0x0001;
    QTest::newRow("half of it is even: zero") << 0x1p-25f << 0x0000;
    QTest::newRow("a little more than half of it") << std::nextafter(0x1p-25f, 1.0f) << 0x0001;
    QTest::newRow("one and a half of it is even: two") << 1.5f * 0x1p-24f << 0x0002;
    QTest::newRow("smallest float") << std::numeric_limits<float>::denorm_min() << 0x0000;
    QTest::newRow("smallest negative float") << -std::numeric_limits<float>::denorm_min() << 0x8000;
}

void tst_Half::single()
{
    QFETCH(float, value);
    QFETCH(int, half);
    QCOMPARE(int(halfFromFloat(value)), half);
}

void tst_Half::nan()
{
    QVERIFY(isNan(halfFromFloat(std::numeric_limits<float>::quiet_NaN())));
    QVERIFY(isNan(halfFromFloat(-std::numeric_limits<float>::quiet_NaN())));
    QVERIFY(isNan(halfFromFloat(std::numeric_limits<float>::signaling_NaN())));
}

DT_TEST(tst_Half, QCoreApplication)
#include "tst_Half.moc"
