// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"
#include "engine/cell/Channels.h"
#include "tests/mod/Hoc.h"
#include "tests/mod/Reference.h"
#include "tests/support/Paths.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <set>

using namespace dt;
using test::Hoc;
namespace reference = test::reference;
using reference::Real;

namespace {

constexpr double RelativeTolerance = 1e-11;
/// A gate within this of 0 is 0: the falling partner of a pair of rates is a difference.
constexpr double GateTolerance = 1e-14;

std::string num(double value)
{
    return formatNumber(value);
}

/// The whole range of membrane voltages in steps of 0.01 mV, and every voltage where a formula
/// is 0/0 with its closest neighbours.
std::vector<double> voltages()
{
    std::vector<double> v;
    for (int i = 0; i <= 25000; ++i)
        v.push_back(-150.0 + 0.01 * i);
    for (const double singular : {-38.0, -66.0, -32.0, -60.0, -27.0, -17.0, -64.4, -154.9}) {
        v.push_back(singular);
        for (const double distance : {1e-12, 1e-9, 1e-6, 1e-5, 1e-4, 3e-4, 6e-4, 1e-3}) {
            v.push_back(singular - distance);
            v.push_back(singular + distance);
        }
    }
    return v;
}

double relative(double value, Real expected)
{
    return static_cast<double>(std::abs((static_cast<Real>(value) - expected) / expected));
}

} // namespace

/// Every NMODL file against formulas written a second time.
class tst_Mechanisms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void allAreTested();
    void rates_data();
    void rates();
    void currents_data();
    void currents();
    void calciumOpensSk();
    void calciumDecays();
    void calciumCurrentFills();
    void synapsePeaks_data();
    void synapsePeaks();
    void excitatoryConductance();
    void inhibitoryConductance();
};

void tst_Mechanisms::initTestCase()
{
    const std::string failure = Hoc::start(test::mechanismLibrary());
    QVERIFY2(failure.empty(), failure.c_str());
}

void tst_Mechanisms::allAreTested()
{
    // One section for each, so that currents do not mix.
    std::set<std::string> names;
    for (const ChannelDensity &channel : SomaticChannels)
        names.insert(std::string(channel.mechanism));
    for (const std::string &name : names) {
        QVERIFY2(name == "SK_E2" || reference::Channels.count(name), name.c_str());
        QVERIFY2(Hoc::run("create dtSec" + name), name.c_str());
        QVERIFY2(Hoc::run("dtSec" + name + " insert " + name), name.c_str());
    }
    QCOMPARE(names.size(), reference::Channels.size() + 1);
}

void tst_Mechanisms::rates_data()
{
    QTest::addColumn<bool>("hasH");
    for (const auto &[name, channel] : reference::Channels)
        QTest::newRow(name.c_str()) << (channel.h > 0);
}

void tst_Mechanisms::rates()
{
    QFETCH(bool, hasH);
    const std::string name = QTest::currentDataTag();
    const reference::Channel &channel = reference::Channels.at(name);
    QVERIFY(Hoc::run("access dtSec" + name));
    QVERIFY(Hoc::run("{setdata_" + name + "(0.5)}"));
    std::vector<std::string> names{"mInf_" + name, "mTau_" + name};
    if (hasH)
        names.insert(names.end(), {"hInf_" + name, "hTau_" + name});
    const std::vector<double> v = voltages();
    const auto rows = Hoc::sweep("rates_" + name, v, names);
    QCOMPARE(rows.size(), names.size());

    std::vector<double> largest(names.size(), 0.0);
    for (std::size_t i = 0; i < v.size(); ++i) {
        const reference::Gates gates = channel.gates(static_cast<Real>(v[i]));
        const Real expected[] = {gates.mInf, gates.mTau, gates.hInf, gates.hTau};
        for (std::size_t k = 0; k < names.size(); ++k) {
            const double value = rows[k][i];
            const bool isGate = k % 2 == 0;
            const double error = relative(value, expected[k]);
            const bool vanishes =
                isGate && std::abs(value - static_cast<double>(expected[k])) <= GateTolerance;
            QVERIFY2(std::isfinite(value) && (error <= RelativeTolerance || vanishes),
                     qPrintable(QStringLiteral("%1(%2 mV) = %3, not %4")
                                    .arg(QString::fromStdString(names[k]))
                                    .arg(v[i], 0, 'g', 17)
                                    .arg(value, 0, 'g', 17)
                                    .arg(static_cast<double>(expected[k]), 0, 'g', 17)));
            if (!vanishes || error <= RelativeTolerance)
                largest[k] = std::max(largest[k], error);
        }
    }
    QString text;
    for (std::size_t k = 0; k < names.size(); ++k)
        text += QStringLiteral(" %1 %2")
                    .arg(QString::fromStdString(names[k].substr(0, 4)))
                    .arg(largest[k], 0, 'e', 1);
    qInfo("%s, largest relative errors:%s", name.c_str(), qPrintable(text));
}

void tst_Mechanisms::currents_data()
{
    rates_data();
}

void tst_Mechanisms::currents()
{
    // Right after initialising, every gate is in its steady state.
    const std::string name = QTest::currentDataTag();
    const reference::Channel &channel = reference::Channels.at(name);
    QVERIFY(Hoc::run("access dtSec" + name));
    QVERIFY(Hoc::run("gbar_" + name + " = 0.125"));
    for (const double v : {-120.0, -85.0, -70.0, -61.0, -44.0, -38.0, -20.0, 0.0, 31.5}) {
        QVERIFY(Hoc::run("{finitialize(" + num(v) + ") fcurrent()}"));
        const reference::Gates gates = channel.gates(static_cast<Real>(v));
        const Real conductance =
            0.125L * std::pow(gates.mInf, channel.m) * (channel.h ? gates.hInf : 1.0L);
        const Real expected =
            conductance * (static_cast<Real>(v) - static_cast<Real>(Hoc::value(channel.reversal)));
        const double current = Hoc::value(channel.current);
        QVERIFY2(relative(current, expected) < 1e-8,
                 qPrintable(QStringLiteral("%1 mV: %2, not %3")
                                .arg(v)
                                .arg(current)
                                .arg(static_cast<double>(expected))));
    }
    if (name == "Ih")
        QVERIFY(Hoc::value("ehcn_Ih") == -45.0);
}

void tst_Mechanisms::calciumOpensSk()
{
    QVERIFY(Hoc::run("access dtSecSK_E2"));
    QVERIFY(Hoc::run("{setdata_SK_E2(0.5)}"));
    std::vector<double> calcium{0.0, 5e-9, 5e-8, 9.99e-8, 1e-7, 1.01e-7, 5e-5, 1e-4, 4.3e-4};
    for (int i = 0; i <= 20000; ++i)
        calcium.push_back(5e-7 * i);
    const auto rows = Hoc::sweep("rates_SK_E2", calcium, {"zInf_SK_E2"});
    QCOMPARE(rows.size(), std::size_t(1));
    double largest = 0.0;
    for (std::size_t i = 0; i < calcium.size(); ++i) {
        const double error = relative(rows[0][i], reference::skZInf(static_cast<Real>(calcium[i])));
        QVERIFY2(std::isfinite(rows[0][i]) && error <= RelativeTolerance,
                 qPrintable(QStringLiteral("%1 mM: %2").arg(calcium[i]).arg(rows[0][i])));
        largest = std::max(largest, error);
    }
    qInfo("SK_E2, largest relative error: zInf %.1e", largest);
    // Half open at its half activation; the current follows z.
    QVERIFY(Hoc::run("{gbar_SK_E2 = 0.5 cai = 0.00043 finitialize(-60) fcurrent()}"));
    QVERIFY(relative(Hoc::value("ik"), 0.25L * (-60.0L - static_cast<Real>(Hoc::value("ek"))))
            < 1e-8);
    // A tenth of a millisecond towards another concentration, tau = 1 ms.
    QVERIFY(Hoc::run("{dt = 0.1 cai = 5e-5 fadvance()}"));
    const Real target = reference::skZInf(5e-5L);
    QVERIFY(relative(Hoc::value("z_SK_E2"), target + (0.5L - target) * std::exp(-0.1L)) < 1e-8);
}

void tst_Mechanisms::calciumDecays()
{
    QVERIFY(Hoc::run("create dtShell") && Hoc::run("access dtShell")
            && Hoc::run("insert CaDynamics_E2") && Hoc::run("decay_CaDynamics_E2 = 294.679571"));
    QVERIFY(Hoc::value("depth_CaDynamics_E2") == 0.1);
    QVERIFY(Hoc::value("gamma_CaDynamics_E2") == 0.000509);
    QVERIFY(Hoc::value("minCai_CaDynamics_E2") == 1e-4);
    // What the worker sets besides, as six digits are all that a default keeps.
    QVERIFY(CalciumDecayMs == 294.679571 && CalciumGamma == 0.000509);
    for (const double start : {5e-5, 2e-3}) {
        QVERIFY(Hoc::run("{dt = 0.5 cai0_ca_ion = " + num(start) + " finitialize(-70)}"));
        for (int step = 1; step <= 400; ++step)
            QVERIFY(Hoc::run("{fadvance()}"));
        const Real expected =
            1e-4L + (static_cast<Real>(start) - 1e-4L) * std::exp(-200.0L / 294.679571L);
        QVERIFY(relative(Hoc::value("cai"), expected) < 1e-9);
    }
}

void tst_Mechanisms::calciumCurrentFills()
{
    QVERIFY(Hoc::run("create dtBoth") && Hoc::run("access dtBoth")
            && Hoc::run("insert CaDynamics_E2") && Hoc::run("decay_CaDynamics_E2 = 294.679571")
            && Hoc::run("insert Ca_HVA") && Hoc::run("gbar_Ca_HVA = 0.01"));
    QVERIFY(Hoc::run("{dt = 0.025 cai0_ca_ion = 5e-5 finitialize(-10) fadvance()}"));
    const auto current = static_cast<Real>(Hoc::value("ica"));
    QVERIFY(current < -1e-4L);
    constexpr Real Faraday = 96485.3L; // the last digits depend on the year
    const Real steady = 1e-4L - 1e4L * current * 0.000509L / (2 * Faraday * 0.1L) * 294.679571L;
    const Real grown = (steady - 5e-5L) * -std::expm1(-0.025L / 294.679571L);
    QVERIFY2(relative(Hoc::value("cai") - 5e-5, grown) < 1e-5,
             qPrintable(QString::number(Hoc::value("cai") - 5e-5)));
}

void tst_Mechanisms::synapsePeaks_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("rising");
    QTest::addColumn<QByteArray>("falling");
    QTest::addColumn<double>("tauRise");
    QTest::addColumn<double>("tauDecay");
    const auto row = [](const char *name, const char *kind, const char *a, const char *b, double r,
                        double d) {
        QTest::newRow(name) << QByteArray(kind) << QByteArray(a) << QByteArray(b) << r << d;
    };
    row("AMPA", "AmpaNmda", "aAmpa", "bAmpa", 0.3, 3.0);
    row("NMDA", "AmpaNmda", "aNmda", "bNmda", 2.0, 70.0);
    row("GABA-A", "GabaA", "a", "b", 0.2, 8.0);
}

void tst_Mechanisms::synapsePeaks()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, rising);
    QFETCH(QByteArray, falling);
    QFETCH(double, tauRise);
    QFETCH(double, tauDecay);
    const std::string difference =
        "dtSyn." + falling.toStdString() + " - dtSyn." + rising.toStdString();
    QVERIFY(Hoc::run("create dtPost") && Hoc::run("access dtPost")
            && Hoc::run("objref dtNone, dtSyn, dtCon")
            && Hoc::run("dtSyn = new " + kind.toStdString() + "(0.5)")
            && Hoc::run("dtCon = new NetCon(dtNone, dtSyn)"));
    // Never more than the weight, and the weight itself at the peak; two events add.
    QVERIFY(Hoc::run("{dtPeak = 0 dtPeakTime = 0 dtNow = 0}")
            && Hoc::run("proc dtFollow() { while (t < $1) { fadvance()\n dtNow = " + difference
                        + "\n if (dtNow > dtPeak) { dtPeak = dtNow\n dtPeakTime = t } } }"));
    const double peakTime =
        tauRise * tauDecay / (tauDecay - tauRise) * std::log(tauDecay / tauRise);
    const double norm = 1.0 / (std::exp(-peakTime / tauDecay) - std::exp(-peakTime / tauRise));
    for (const double weight : {1.0, 0.25, 8.0}) {
        QVERIFY(Hoc::run("{dt = 0.001 finitialize(-70) dtPeak = 0 dtCon.weight = " + num(weight)
                         + " dtCon.event(0)}"));
        QVERIFY(Hoc::run("dtFollow(" + num(3.0 * peakTime) + ")"));
        QVERIFY2(relative(Hoc::value("dtPeak"), static_cast<Real>(weight)) < 2e-6,
                 qPrintable(QString::number(Hoc::value("dtPeak"), 'g', 10)));
        QVERIFY(std::abs(Hoc::value("dtPeakTime") - peakTime) < 0.003);
        // The course of it, exact at any step.
        const double t = Hoc::value("t");
        QVERIFY(relative(Hoc::value("dtNow"),
                         static_cast<Real>(weight * norm)
                             * (std::exp(-static_cast<Real>(t / tauDecay))
                                - std::exp(-static_cast<Real>(t / tauRise))))
                < 1e-8);
    }
    QVERIFY(Hoc::run("{dt = 0.001 finitialize(-70) dtPeak = 0 dtCon.weight = 1.5}")
            && Hoc::run("{dtCon.event(0) dtCon.event(0)}")
            && Hoc::run("dtFollow(" + num(3.0 * peakTime) + ")"));
    QVERIFY(relative(Hoc::value("dtPeak"), 3.0L) < 2e-6);
}

void tst_Mechanisms::excitatoryConductance()
{
    QVERIFY(Hoc::run("create dtPost") && Hoc::run("access dtPost")
            && Hoc::run("objref dtNone, dtSyn, dtCon") && Hoc::run("dtSyn = new AmpaNmda(0.5)")
            && Hoc::run("dtCon = new NetCon(dtNone, dtSyn)"));
    struct Kind
    {
        double gNmda, gamma, mg, erev;
    };
    for (const Kind &kind : {Kind{0.0, 0.062, 1.0, 0.0}, Kind{4e-4, 0.062, 1.0, 0.0},
                             Kind{8e-4, 0.08, 1.0, 0.0}, Kind{1e-3, 0.1, 2.0, -5.0}}) {
        QVERIFY(Hoc::run("{dtSyn.gMaxNmda = " + num(kind.gNmda)
                         + " dtSyn.gamma = " + num(kind.gamma) + " dtSyn.mg = " + num(kind.mg)
                         + " dtSyn.erev = " + num(kind.erev) + "}")
                && Hoc::run("{dt = 0.025 finitialize(-70) dtCon.weight = 2 dtCon.event(0)}"));
        for (int step = 0; step < 200; ++step)
            QVERIFY(Hoc::run("{fadvance()}"));
        for (const double v : {-120.0, -85.0, -60.0, -30.0, 10.0, 60.0}) {
            QVERIFY(Hoc::run("{v = " + num(v) + " fcurrent()}"));
            const auto ampa =
                static_cast<Real>(Hoc::value("dtSyn.bAmpa") - Hoc::value("dtSyn.aAmpa"));
            const auto nmda =
                static_cast<Real>(Hoc::value("dtSyn.bNmda") - Hoc::value("dtSyn.aNmda"));
            QVERIFY(ampa > 0.1L && nmda > 0.1L);
            const Real open = 1
                / (1
                   + static_cast<Real>(kind.mg) / 3.57L
                       * std::exp(-static_cast<Real>(kind.gamma) * static_cast<Real>(v)));
            const Real gAmpa = 4e-4L * ampa;
            const Real gNmda = static_cast<Real>(kind.gNmda) * nmda * open;
            QVERIFY(relative(Hoc::value("dtSyn.gAmpa"), gAmpa) < 1e-12);
            if (kind.gNmda > 0.0)
                QVERIFY(relative(Hoc::value("dtSyn.gNmda"), gNmda) < 1e-12);
            else
                QVERIFY(Hoc::value("dtSyn.gNmda") == 0.0);
            QVERIFY(
                relative(Hoc::value("dtSyn.i"), (gAmpa + gNmda) * static_cast<Real>(v - kind.erev))
                < 1e-12);
        }
    }
}

void tst_Mechanisms::inhibitoryConductance()
{
    QVERIFY(Hoc::run("create dtPost") && Hoc::run("access dtPost")
            && Hoc::run("objref dtNone, dtSyn, dtCon") && Hoc::run("dtSyn = new GabaA(0.5)")
            && Hoc::run("dtCon = new NetCon(dtNone, dtSyn)"));
    QVERIFY(Hoc::value("dtSyn.gMax") == 0.001 && Hoc::value("dtSyn.erev") == -85.0);
    QVERIFY(Hoc::run("{dt = 0.025 finitialize(-70) dtCon.weight = 3 dtCon.event(0)}"));
    for (int step = 0; step < 100; ++step)
        QVERIFY(Hoc::run("{fadvance()}"));
    for (const double v : {-120.0, -60.0, 10.0}) {
        QVERIFY(Hoc::run("{v = " + num(v) + " fcurrent()}"));
        const Real g = 0.001L * static_cast<Real>(Hoc::value("dtSyn.b") - Hoc::value("dtSyn.a"));
        QVERIFY(g > 1e-3L);
        QVERIFY(relative(Hoc::value("dtSyn.g"), g) < 1e-12);
        QVERIFY(relative(Hoc::value("dtSyn.i"), g * static_cast<Real>(v + 85.0)) < 1e-12);
    }
}

DT_TEST(tst_Mechanisms, QCoreApplication)
#include "tst_Mechanisms.moc"
