// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/PredictionTimes.h"
#include "engine/jobs/TwinTiming.h"
#include "tests/support/FreshTwins.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace dt;
using namespace dt::test;

namespace {

constexpr int Patience = 60000;

} // namespace

/// The one measure of how fast a network predicts, and the background that keeps it.
class tst_PredictionTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measuresEveryArchitecture_data();
    void measuresEveryArchitecture();
    void sameInputForAll();
    void canBeStopped();
    void oneTimeForOneNetwork();
    void waitsWhileSomethingTrains();
    void speedOfTraining();
};

void tst_PredictionTimes::measuresEveryArchitecture_data()
{
    QTest::addColumn<QByteArray>("architecture");
    for (const QByteArray &architecture : architectures())
        QTest::newRow(architecture) << architecture;
}

void tst_PredictionTimes::measuresEveryArchitecture()
{
    QFETCH(QByteArray, architecture);
    const Result<MlModule *> ml = loadMlModule();
    VERIFY_OK(ml);
    const Result<double> ms = predictionMs(**ml, specFromText(smallSpec(architecture)));
    VERIFY_OK(ms);
    QVERIFY2(*ms > 0.0 && *ms < 60000.0, qPrintable(QString::number(*ms)));
}

void tst_PredictionTimes::sameInputForAll()
{
    const TwinInputs once = timedInputs(specFromText(smallSpec("TCN")));
    const TwinInputs again = timedInputs(specFromText(smallSpec("ELM")));
    QCOMPARE(once.values, again.values);
    QCOMPARE(once.windows, 1);
    QCOMPARE(once.lengthMs, 8192);
    QVERIFY(std::any_of(once.values.begin(), once.values.end(), [](float v) { return v > 0.0f; }));
}

void tst_PredictionTimes::canBeStopped()
{
    const Result<MlModule *> ml = loadMlModule();
    VERIFY_OK(ml);
    const TwinSpec spec = specFromText(smallSpec("TCN"));
    VERIFY_ERROR(predictionMs(**ml, spec, [] { return true; }), ErrorCode::Cancelled, "cancelled");
    VERIFY_ERROR(
        trainingSpeed(**ml, spec, {60, 8, 8192}, {Compute::Device::Cpu, 1}, [] { return true; }),
        ErrorCode::Cancelled, "cancelled");
}

void tst_PredictionTimes::oneTimeForOneNetwork()
{
    PredictionTimes times;
    TwinSpec spec = specFromText(smallSpec("TCN"));
    QVERIFY(!times.ms(spec));
    TwinSpec ofAnotherNeuron = spec;
    ofAnotherNeuron.scaling.somaScaleMv = 7.0;
    QSignalSpy changed(&times, &PredictionTimes::changed);
    times.want({spec, ofAnotherNeuron});
    QCOMPARE(times.left(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(times.left(), 0, Patience);
    QVERIFY(changed.count() >= 2);
    QVERIFY(times.ms(spec));
    QCOMPARE(times.ms(ofAnotherNeuron), times.ms(spec));
    // What is known is not measured again unless somebody asks for that; it stays meanwhile.
    times.want({spec});
    QCOMPARE(times.left(), 0);
    const std::optional<double> before = times.ms(spec);
    times.measure({spec, specFromText(smallSpec("ELM"))});
    QCOMPARE(times.left(), 2);
    QCOMPARE(times.ms(spec), before);
    QTRY_COMPARE_WITH_TIMEOUT(times.left(), 0, Patience);
    QVERIFY(times.ms(specFromText(smallSpec("ELM"))));
    // One that cannot be made is not known, and not tried for ever.
    TwinSpec wrong = spec;
    wrong.segments = 0;
    times.want({wrong});
    QTRY_COMPARE_WITH_TIMEOUT(times.left(), 0, Patience);
    QVERIFY(!times.ms(wrong));
}

void tst_PredictionTimes::waitsWhileSomethingTrains()
{
    PredictionTimes times;
    const TwinSpec tcn = specFromText(smallSpec("TCN"));
    const TwinSpec elm = specFromText(smallSpec("ELM"));
    times.setPaused(true);
    times.want({tcn});
    QCOMPARE(times.left(), 1);
    QVERIFY(!times.ms(tcn));
    times.setPaused(false);
    // One that begins in between has it measured afterwards.
    times.want({elm});
    times.setPaused(true);
    QVERIFY(!times.ms(tcn));
    times.setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(times.ms(tcn) && times.ms(elm), Patience);
    QTRY_COMPARE_WITH_TIMEOUT(times.left(), 0, Patience);
}

void tst_PredictionTimes::speedOfTraining()
{
    const Result<MlModule *> ml = loadMlModule();
    VERIFY_OK(ml);
    const TwinSpec spec = specFromText(smallSpec("TCN"));
    const Result<double> speed = trainingSpeed(**ml, spec, {60, 8, 600}, {Compute::Device::Cpu, 1});
    VERIFY_OK(speed);
    QVERIFY2(*speed > 0.0, qPrintable(QString::number(*speed)));
    // Simulations that hold no window.
    VERIFY_ERROR(trainingSpeed(**ml, spec, {60, 8, 20}, {Compute::Device::Cpu, 1}),
                 ErrorCode::InvalidValue, "at least 34 ms");
}

DT_TEST(tst_PredictionTimes, QCoreApplication)
#include "tst_PredictionTimes.moc"
