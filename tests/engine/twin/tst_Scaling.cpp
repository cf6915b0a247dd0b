// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/Scaling.h"

#include "engine/cell/Presets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace dt;

class tst_Scaling : public QObject
{
    Q_OBJECT

    using Change = std::function<void(Scaling &)>;

private Q_SLOTS:
    void publishedConstants_data();
    void publishedConstants();
    void maps();
    void probabilities();
    void otherCaps();
    void capNotAboveRest();
    void wrong_data();
    void wrong();
};

void tst_Scaling::publishedConstants_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::newRow("AMPA") << QByteArray("ampa-point");
    QTest::newRow("NMDA") << QByteArray("nmda-cable");
}

void tst_Scaling::publishedConstants()
{
    QFETCH(QByteArray, preset);
    const Result<Scaling> scaling = scalingFor(presetNeuron(preset.toStdString()).value());
    VERIFY_OK(scaling);
    QCOMPARE(scaling->inputScale, 10.0);
    QCOMPARE(scaling->somaBiasMv, -85.0);
    QCOMPARE(scaling->somaScaleMv, 11.5);
    QCOMPARE(scaling->somaClipMinMv, -90.0);
    QCOMPARE(scaling->somaClipMaxMv, -57.0);
    QCOMPARE(scaling->dendBiasMv, -85.0);
    QCOMPARE(scaling->dendScaleMv, 42.5);
    QCOMPARE(scaling->dendClipMinMv, -90.0);
    QCOMPARE(scaling->dendClipMaxMv, 5.0);
    QCOMPARE(scaling->rateMultiplier, 10.0);
    QVERIFY(*scaling == Scaling{});
    VERIFY_OK(validateScaling(*scaling));
}

void tst_Scaling::maps()
{
    const Scaling s;
    // Rest maps to 0 and the cap to 2.
    QCOMPARE(s.somaTarget(-85.0f), 0.0f);
    QCOMPARE(s.somaTarget(-62.0f), 2.0f);
    QCOMPARE(s.dendTarget(-85.0f), 0.0f);
    QCOMPARE(s.dendTarget(0.0f), 2.0f);
    QCOMPARE(s.input(50.0f), 5.0f);
    QCOMPARE(s.rateTarget(0.02f), 0.2f);
    // Clamped 5 mV beyond.
    QCOMPARE(s.somaTarget(-95.0f), s.somaTarget(-90.0f));
    QCOMPARE(s.somaTarget(30.0f), s.somaTarget(-57.0f));
    QCOMPARE(s.dendTarget(-100.0f), s.dendTarget(-90.0f));
    QCOMPARE(s.dendTarget(20.0f), s.dendTarget(5.0f));
    QVERIFY(std::isnan(s.somaTarget(std::numeric_limits<float>::quiet_NaN())));
    // Predictions are not.
    QCOMPARE(s.somaMv(10.0f), 30.0f);
    QCOMPARE(s.dendMv(-1.0f), -127.5f);
    for (float mV = -90.0f; mV <= -57.0f; mV += 0.37f) {
        QVERIFY(std::abs(s.somaMv(s.somaTarget(mV)) - mV) < 1e-4f);
        QVERIFY(std::abs(s.dendMv(s.dendTarget(mV)) - mV) < 1e-4f);
    }
    QCOMPARE(s.rate(s.rateTarget(0.037f)), 0.037f);
}

void tst_Scaling::probabilities()
{
    QCOMPARE(Scaling::probability(0.0f), 0.5f);
    QVERIFY(std::abs(Scaling::probability(-2.0f) - 0.119203f) < 1e-6f);
    QCOMPARE(Scaling::probability(1.0e30f), 1.0f);
    QCOMPARE(Scaling::probability(-1.0e30f), 0.0f);
}

void tst_Scaling::otherCaps()
{
    Neuron neuron = defaultNeuron();
    neuron.membrane.restMv = -70.0;
    neuron.labels.somaCapMv = -50.0;
    neuron.labels.dendCapMv = -10.0;
    const Result<Scaling> s = scalingFor(neuron);
    VERIFY_OK(s);
    QCOMPARE(s->somaBiasMv, -70.0);
    QCOMPARE(s->somaScaleMv, 10.0);
    QCOMPARE(s->somaClipMinMv, -75.0);
    QCOMPARE(s->somaClipMaxMv, -45.0);
    QCOMPARE(s->dendScaleMv, 30.0);
    QCOMPARE(s->dendClipMaxMv, -5.0);
}

void tst_Scaling::capNotAboveRest()
{
    Neuron neuron = defaultNeuron();
    neuron.labels.somaCapMv = -85.0;
    VERIFY_ERROR(scalingFor(neuron), ErrorCode::InvalidValue, "soma voltage is capped at -85 mV");
    neuron = defaultNeuron();
    neuron.labels.dendCapMv = -90.0;
    VERIFY_ERROR(scalingFor(neuron), ErrorCode::InvalidValue, "dendritic voltage");
}

void tst_Scaling::wrong_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *words, const Change &change) {
        QTest::newRow(words) << QByteArray(words) << change;
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    row("X_scale is not above 0", [](Scaling &s) { s.inputScale = 0.0; });
    row("V_scale_soma is not above 0", [](Scaling &s) { s.somaScaleMv = -1.0; });
    row("V_scale_dend is not above 0", [](Scaling &s) { s.dendScaleMv = 1e-60; });
    row("V_bias_soma is not a finite number", [=](Scaling &s) { s.somaBiasMv = nan; });
    row("V_bias_dend is not a finite number", [](Scaling &s) { s.dendBiasMv = 1e300; });
    row("V_clip_soma_max is not above", [](Scaling &s) { s.somaClipMaxMv = -90.0; });
    row("V_clip_dend_max is not above", [](Scaling &s) { s.dendClipMinMv = 6.0; });
    row("y_inst_rate_multiplier is not", [=](Scaling &s) { s.rateMultiplier = nan; });
}

void tst_Scaling::wrong()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    Scaling scaling;
    change(scaling);
    VERIFY_ERROR(validateScaling(scaling), ErrorCode::InvalidValue, words.toStdString());
}

DT_TEST(tst_Scaling, QCoreApplication)
#include "tst_Scaling.moc"
