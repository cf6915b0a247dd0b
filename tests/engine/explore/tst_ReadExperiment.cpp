// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/ReadExperiment.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <limits>

using namespace dt;

class tst_ReadExperiment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings();
    void othersStay();
    void results();
};

void tst_ReadExperiment::settings()
{
    ExperimentSetting stored;
    stored.name = "x_values";
    stored.unit = "uS";
    stored.kind = ExperimentSetting::Kind::Numbers;
    stored.min = 0.0;
    stored.max = 1.0;
    stored.step = 0.0001;
    stored.decimals = 5;
    stored.fallback = std::vector<double>{0.0002, 0.0004};
    const ExperimentSetting read = readSetting(stored);
    QCOMPARE(read.unit, std::string("nS"));
    QCOMPARE(read.max, 1000.0);
    QCOMPARE(read.step, 0.1);
    QCOMPARE(read.decimals, 2);
    QVERIFY(read.fallback == SettingValue(std::vector<double>{0.2, 0.4}));
    // What is typed is read by the setting that is shown, and stored as it was.
    const Result<SettingValue> typed = parseSetting(read, "0.2, 0.4");
    QVERIFY(typed.ok());
    QVERIFY(storedSettingValue(stored, *typed) == stored.fallback);
    QVERIFY(storedSettingValue(stored, SettingValue(0.6)) == SettingValue(0.0006));
    QVERIFY(readSettingValue(stored, SettingValue("soma")) == SettingValue("soma"));
}

void tst_ReadExperiment::othersStay()
{
    for (const ExperimentInfo &info : experiments()) {
        for (const ExperimentSetting &setting : info.settings) {
            const ExperimentSetting read = readSetting(setting);
            QCOMPARE(read.unit, setting.unit);
            QVERIFY(read.fallback == setting.fallback);
            QVERIFY(storedSettingValue(setting, setting.fallback) == setting.fallback);
        }
    }
}

void tst_ReadExperiment::results()
{
    ExperimentResult stored;
    stored.table.columns = {{"AMPA Conductance", "uS", 4}, {"Somatic EPSP", "mV", 3}};
    stored.table.rows = {{0.0004, 1.5}, {0.0008, std::monostate{}}};
    ResultPlot plot;
    plot.xName = "AMPA Conductance";
    plot.xUnit = "uS";
    plot.yUnit = "mV";
    plot.series = {{"", {0.0004, 0.0008}, {1.5, std::numeric_limits<double>::quiet_NaN()}}};
    plot.levels = {{0.5, "half"}};
    ResultPlot map;
    map.xUnit = "mV";
    map.yUnit = "uS";
    map.map = {{1.0}, {0.001}, {7.0}, "Peak", "mV"};
    stored.plots = {plot, map};
    const ExperimentResult read = readResult(stored);
    QCOMPARE(read.table.columns[0].unit, std::string("nS"));
    QCOMPARE(read.table.columns[0].digits, 1);
    QCOMPARE(std::get<double>(read.table.rows[0][0]), 0.4);
    QCOMPARE(std::get<double>(read.table.rows[1][0]), 0.8);
    QCOMPARE(std::get<double>(read.table.rows[0][1]), 1.5);
    QVERIFY(std::holds_alternative<std::monostate>(read.table.rows[1][1]));
    QCOMPARE(read.table.columns[1].digits, 3);
    QCOMPARE(read.plots[0].xUnit, std::string("nS"));
    QCOMPARE(read.plots[0].series[0].x, (std::vector<double>{0.4, 0.8}));
    QCOMPARE(read.plots[0].series[0].y[0], 1.5);
    QCOMPARE(read.plots[0].levels[0].y, 0.5);
    QCOMPARE(read.plots[1].map.y, (std::vector<double>{1.0}));
    QCOMPARE(read.plots[1].map.x, (std::vector<double>{1.0}));
    QCOMPARE(read.plots[1].map.values, (std::vector<double>{7.0}));
    QCOMPARE(read.plots[1].yUnit, std::string("nS"));
}

DT_TEST(tst_ReadExperiment, QCoreApplication)
#include "tst_ReadExperiment.moc"
