// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TrainingLog.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

#include <limits>

using namespace dt;

namespace {

LossValues losses()
{
    return {{0.125, 0.25, 0.5, 1e-3, 6.0}, 7.75};
}

/// Of a run with three iterations an epoch and a validation every two.
TrainingHistory historyOf(int iterations, int validations, int epochs)
{
    TrainingHistory h;
    h.iterationsPerEpoch = 3;
    for (int i = 0; i < iterations; ++i) {
        h.addIteration({losses(), {}}, 1.0);
        if (i % 2 == 1 && static_cast<int>(h.validations()) < validations)
            h.addValidation({losses(), {}}, {});
    }
    h.epochSeconds.assign(static_cast<std::size_t>(epochs), 1.0);
    h.learningRate.assign(static_cast<std::size_t>((iterations + 2) / 3), 1e-3);
    return h;
}

/// What such a run has written after so many iterations with all that belongs to them.
std::string logOf(int iterations)
{
    std::string log;
    for (int i = 0; i < iterations; ++i) {
        const LogPlace place{i, i / 3, 0.5 * i};
        log += stepLine(place, losses(), 1e-3, 2.0);
        if (i % 2 == 1)
            log += validationLine(place, losses());
        if (i % 3 == 2)
            log += epochLine(place, 1e-3);
    }
    return log;
}

} // namespace

class tst_TrainingLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines();
    void notANumber();
    void untilIterations();
    void untilHalfway_data();
    void untilHalfway();
    void ends();
    void cutOff();
    void garbage_data();
    void garbage();
    void keepsBytes();
};

void tst_TrainingLog::lines()
{
    const LogPlace place{41, 13, 2.5};
    QCOMPARE(stepLine(place, losses(), 3e-4, 12.5),
             std::string(R"({"kind":"step","iteration":41,"epoch":13,"spikes":0.125,"soma":0.25,)"
                         R"("near_spike":0.5,"inst_rate":0.001,"dend_v":6.0,"total":7.75,)"
                         R"("lr":0.0003,"grad_norm":12.5,"seconds":2.5})"
                         "\n"));
    QCOMPARE(validationLine(place, losses()),
             std::string(R"({"kind":"validation","iteration":41,"epoch":13,"spikes":0.125,)"
                         R"("soma":0.25,"near_spike":0.5,"inst_rate":0.001,"dend_v":6.0,)"
                         R"("total":7.75,"seconds":2.5})"
                         "\n"));
    QCOMPARE(epochLine(place, 1e-4),
             std::string(R"({"kind":"epoch","iteration":41,"epoch":13,"lr":0.0001,"seconds":2.5})"
                         "\n"));
    QCOMPARE(endLine(place, "stopped"),
             std::string(R"({"kind":"end","iteration":41,"epoch":13,"how":"stopped",)"
                         R"("seconds":2.5})"
                         "\n"));
}

void tst_TrainingLog::notANumber()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const LossValues broken{{nan, 1.0, -infinity, 2.0, 3.0}, infinity};
    const nlohmann::json line = nlohmann::json::parse(stepLine({}, broken, nan, nan));
    for (const char *key : {"spikes", "near_spike", "total", "lr", "grad_norm"})
        QVERIFY2(line.at(key).is_null(), key);
    QVERIFY(line.at("soma") == 1.0);
    QVERIFY(
        nlohmann::json::parse(validationLine({}, {{nan, 0, 0, 0, 0}, nan})).at("total").is_null());
}

void tst_TrainingLog::untilIterations()
{
    const std::string log = logOf(12);
    for (int n = 0; n <= 12; ++n)
        QCOMPARE(logUntil(log, historyOf(n, n / 2, n / 3)), logOf(n));
    QCOMPARE(logUntil("", historyOf(5, 2, 1)), std::string());
}

/// A checkpoint between the last iteration and what follows from it; the log is ahead.
void tst_TrainingLog::untilHalfway_data()
{
    QTest::addColumn<int>("validations");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<int>("dropped"); // lines of the six iterations
    QTest::newRow("all is known") << 3 << 2 << 0;
    QTest::newRow("before the end of the epoch") << 3 << 1 << 1;
    QTest::newRow("before the validation") << 2 << 1 << 2;
}

void tst_TrainingLog::untilHalfway()
{
    QFETCH(int, validations);
    QFETCH(int, epochs);
    QFETCH(int, dropped);
    std::string expected = logOf(6);
    for (int i = 0; i < dropped; ++i)
        expected.resize(expected.find_last_of('\n', expected.size() - 2) + 1);
    QCOMPARE(logUntil(logOf(9), historyOf(6, validations, epochs)), expected);
}

void tst_TrainingLog::ends()
{
    const std::string log = logOf(4) + endLine({3, 1, 2.0}, "stopped");
    QCOMPARE(logUntil(log, historyOf(4, 2, 1)), logOf(4));
    // An end in the middle, as after going on from an older checkpoint.
    const std::string later = log + logOf(6).substr(logOf(4).size());
    QCOMPARE(logUntil(later, historyOf(6, 3, 2)), logOf(6));
}

void tst_TrainingLog::cutOff()
{
    const std::string log = logOf(2);
    const std::size_t first = log.find('\n') + 1;
    for (std::size_t size = 0; size < log.size(); ++size) {
        const std::string kept = logUntil(log.substr(0, size), historyOf(2, 1, 0));
        QVERIFY(kept.empty() || kept.back() == '\n');
        QVERIFY(log.starts_with(kept));
        QCOMPARE(kept.empty(), size < first);
    }
}

void tst_TrainingLog::garbage_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
         {"", "hello", "[1,2]", "3", "null", "\"text\"", "{", "{}", R"({"kind":"step"})",
          R"({"iteration":0})", R"({"kind":3,"iteration":0,"epoch":0})",
          R"({"kind":null,"iteration":0,"epoch":0})", R"({"kind":"step","iteration":"0"})",
          R"({"kind":"step","iteration":0.5})", R"({"kind":"other","iteration":0,"epoch":0})",
          R"({"kind":"epoch","iteration":0})", R"({"kind":"step","iteration":1e300})", "\xff\xfe"})
        QTest::addRow("%s", line) << QByteArray(line);
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("deep") << QByteArray(10000, '[');
}

void tst_TrainingLog::garbage()
{
    QFETCH(QByteArray, line);
    const std::string log = logOf(3);
    const std::string middle = log + line.toStdString() + "\n" + logOf(4).substr(log.size());
    QCOMPARE(logUntil(middle, historyOf(4, 2, 1)), logOf(4));
}

void tst_TrainingLog::keepsBytes()
{
    // Lines are kept as they were written, not written anew.
    const std::string line("{ \"iteration\" : 0, \"kind\":\"step\", \"mine\": 1.50 }\r\n");
    QCOMPARE(logUntil(line, historyOf(1, 0, 0)), line);
}

DT_TEST(tst_TrainingLog, QCoreApplication)
#include "tst_TrainingLog.moc"
