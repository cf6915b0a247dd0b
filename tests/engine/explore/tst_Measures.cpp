// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Measures.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace dt;

namespace {

constexpr double PerMs = 40.0;
constexpr double RestMv = -80.0;
constexpr double EventMs = 50.0;

/// An alpha function that peaks `amplitude` above rest `tau` ms after the event.
std::vector<float> alpha(double amplitude, double tau, double durationMs = 300.0)
{
    std::vector<float> mv;
    for (int i = 0; i <= static_cast<int>(durationMs * PerMs); ++i) {
        const double t = i / PerMs - EventMs;
        const double rise = t > 0.0 ? t / tau * std::exp(1.0 - t / tau) : 0.0;
        mv.push_back(static_cast<float>(RestMv + amplitude * rise));
    }
    return mv;
}

/// Where t/tau exp(1 - t/tau) reaches a share, before or behind its peak [in tau], by bisection.
double alphaTime(double share, bool behind)
{
    double low = behind ? 1.0 : 0.0;
    double high = behind ? 20.0 : 1.0;
    for (int i = 0; i < 80; ++i) {
        const double middle = 0.5 * (low + high);
        const bool above = middle * std::exp(1.0 - middle) > share;
        (above == behind ? low : high) = middle;
    }
    return low;
}

MeasureWindow window()
{
    MeasureWindow w;
    w.eventMs = EventMs;
    return w;
}

bool near(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace

class tst_Measures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alphaFunction_data();
    void alphaFunction();
    void dip();
    void either();
    void levels();
    void cutOff();
    void spikes();
    void crossing();
    void nothing();
    void coarseSamples();
};

void tst_Measures::alphaFunction_data()
{
    QTest::addColumn<double>("amplitude");
    QTest::addColumn<double>("tau");
    QTest::newRow("fast") << 20.0 << 2.0;
    QTest::newRow("slow") << 3.0 << 20.0;
    QTest::newRow("tiny") << 0.2 << 10.0;
}

void tst_Measures::alphaFunction()
{
    QFETCH(double, amplitude);
    QFETCH(double, tau);
    const PotentialMeasures m = measurePotential(alpha(amplitude, tau), PerMs, window());
    QVERIFY(near(m.baseMv, RestMv, 1e-5));
    QVERIFY(near(m.amplitudeMv, amplitude, 1e-3 * amplitude));
    QVERIFY(near(m.peakMv, RestMv + amplitude, 1e-3 * amplitude));
    // A tiny response has a flat top: single precision decides where its highest sample lies.
    QVERIFY2(near(m.timeToPeakMs, tau, 0.1 * tau), qPrintable(QString::number(m.timeToPeakMs)));
    QVERIFY(near(m.peakMs, EventMs + m.timeToPeakMs, 1e-9));
    const double rise = tau * (alphaTime(0.9, false) - alphaTime(0.1, false));
    QVERIFY2(near(m.riseMs, rise, 0.01 * tau), qPrintable(QString::number(m.riseMs)));
    const double width = tau * (alphaTime(0.5, true) - alphaTime(0.5, false));
    QVERIFY2(near(m.halfWidthMs, width, 0.01 * tau), qPrintable(QString::number(m.halfWidthMs)));
    QVERIFY(near(m.latencyMs, tau * alphaTime(0.1, false), 0.01 * tau));
    // The whole integral of t/tau exp(1 - t/tau) is e tau.
    const double area = amplitude * std::numbers::e * tau;
    QVERIFY2(near(m.areaMvMs, area, 0.01 * area), qPrintable(QString::number(m.areaMvMs)));
    QCOMPARE(m.spikes, 0);
}

void tst_Measures::dip()
{
    MeasureWindow w = window();
    w.direction = Direction::Down;
    const PotentialMeasures m = measurePotential(alpha(-4.0, 5.0), PerMs, w);
    QVERIFY(near(m.amplitudeMv, -4.0, 0.01));
    QVERIFY(near(m.timeToPeakMs, 5.0, 0.1));
    QVERIFY(near(m.halfWidthMs, 5.0 * (alphaTime(0.5, true) - alphaTime(0.5, false)), 0.05));
    // Looked for upwards there is no response, and nothing is made up.
    const PotentialMeasures up = measurePotential(alpha(-4.0, 5.0), PerMs, window());
    QVERIFY(up.amplitudeMv <= 0.0);
    QVERIFY(std::isnan(up.riseMs));
    QVERIFY(std::isnan(up.halfWidthMs));
}

void tst_Measures::either()
{
    MeasureWindow w = window();
    w.direction = Direction::Either;
    QVERIFY(measurePotential(alpha(-4.0, 5.0), PerMs, w).amplitudeMv < -3.9);
    QVERIFY(measurePotential(alpha(4.0, 5.0), PerMs, w).amplitudeMv > 3.9);
}

void tst_Measures::levels()
{
    MeasureWindow w = window();
    w.levelMv = RestMv + 10.0; // half of the amplitude: as long as the half-width
    const PotentialMeasures m = measurePotential(alpha(20.0, 5.0), PerMs, w);
    QVERIFY2(near(m.aboveMs, m.halfWidthMs, 0.01), qPrintable(QString::number(m.aboveMs)));
    w.levelMv = RestMv + 21.0;
    QCOMPARE(measurePotential(alpha(20.0, 5.0), PerMs, w).aboveMs, 0.0);
    // A step: half of the window at one level, half at another.
    std::vector<float> step(8001, -80.0F);
    std::fill(step.begin() + 4000, step.end(), -70.0F);
    w.eventMs = 0.0;
    w.steadyMs = 10.0;
    const PotentialMeasures s = measurePotential(step, PerMs, w);
    QVERIFY(near(s.steadyMv, -70.0, 1e-5));
    QVERIFY(near(s.meanMv, -75.0, 0.01));
    QVERIFY(near(s.sdMv, 5.0, 0.01));
}

void tst_Measures::cutOff()
{
    // The trace ends before the response has fallen to half.
    const PotentialMeasures m = measurePotential(alpha(20.0, 20.0, 80.0), PerMs, window());
    QVERIFY(near(m.timeToPeakMs, 20.0, 0.2));
    QVERIFY(!std::isnan(m.riseMs));
    QVERIFY(std::isnan(m.halfWidthMs));
    // A window that ends before the peak takes what is there.
    MeasureWindow w = window();
    w.untilMs = EventMs + 10.0;
    const PotentialMeasures early = measurePotential(alpha(20.0, 20.0), PerMs, w);
    QVERIFY(near(early.timeToPeakMs, 10.0, 0.03));
    QVERIFY(early.peakMv < -62.0);
}

void tst_Measures::spikes()
{
    std::vector<float> mv(12001, -70.0F);
    for (const double ms : {60.0, 85.0, 140.0})
        mv[static_cast<std::size_t>(ms * PerMs)] = 30.0F;
    const PotentialMeasures m = measurePotential(mv, PerMs, window());
    QCOMPARE(m.spikes, 3);
    QCOMPARE(m.spikeMs, (std::vector<double>{60.0, 85.0, 140.0}));
    MeasureWindow w = window();
    w.eventMs = 70.0;
    w.untilMs = 100.0;
    QCOMPARE(measurePotential(mv, PerMs, w).spikes, 1);
    w.spikeMv = 40.0;
    QCOMPARE(measurePotential(mv, PerMs, w).spikes, 0);
}

void tst_Measures::crossing()
{
    std::vector<float> ramp;
    for (int i = 0; i <= 400; ++i)
        ramp.push_back(static_cast<float>(i) * 0.1F);
    QVERIFY(near(crossingMs(ramp, 40.0, 20.05, 0.0, 100.0), 200.5 / 40.0, 1e-5));
    QVERIFY(std::isnan(crossingMs(ramp, 40.0, 20.05, 6.0, 100.0)));
    QVERIFY(std::isnan(crossingMs(ramp, 40.0, 20.05, 0.0, 5.0)));
    QVERIFY(std::isnan(crossingMs({}, 40.0, 0.0, 0.0, 5.0)));
}

void tst_Measures::nothing()
{
    QVERIFY(std::isnan(measurePotential({}, PerMs, window()).peakMv));
    const std::vector<float> shorter(100, -80.0F);
    QVERIFY(std::isnan(measurePotential(shorter, PerMs, window()).peakMv)); // ends before the event
    MeasureWindow w;
    w.eventMs = 1.0;
    w.untilMs = 1.0;
    QVERIFY(std::isnan(measurePotential(shorter, PerMs, w).peakMv));
    w.untilMs = 2.0;
    const PotentialMeasures flat = measurePotential(shorter, PerMs, w);
    QCOMPARE(flat.amplitudeMv, 0.0);
    QVERIFY(std::isnan(flat.halfWidthMs));
}

void tst_Measures::coarseSamples()
{
    // Once per ms, as data sets store dendrites: nearly the same.
    const std::vector<float> fine = alpha(20.0, 10.0);
    std::vector<float> coarse;
    for (std::size_t i = 0; i < fine.size(); i += 40)
        coarse.push_back(fine[i]);
    const PotentialMeasures a = measurePotential(fine, PerMs, window());
    const PotentialMeasures b = measurePotential(coarse, 1.0, window());
    QVERIFY(near(a.amplitudeMv, b.amplitudeMv, 0.1));
    QVERIFY(near(a.riseMs, b.riseMs, 0.1));
    QVERIFY(near(a.halfWidthMs, b.halfWidthMs, 0.1));
}

DT_TEST(tst_Measures, QCoreApplication)
#include "tst_Measures.moc"
