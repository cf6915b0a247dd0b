// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/RunCli.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <cmath>

using namespace dt;
using test::CliOutcome;
using test::jsonOf;
using test::runCli;

/// dendrotwin-cli experiment, with the real simulator where something is simulated.
class tst_ExperimentCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void list();
    void show();
    void dryRun();
    void run();
    void csvToFile();
    void neuronParameters();
    void sweepFollows();
    void ratesHaveErrors();
    void refused_data();
    void refused();
    void wrongUsage();
};

void tst_ExperimentCommand::list()
{
    const auto json = jsonOf(runCli({"experiment", "list", "--json"}));
    QVERIFY(json["experiments"].size() >= 12);
    for (const auto &one : json["experiments"]) {
        QVERIFY(!one["title"].get<std::string>().empty());
        QVERIFY(!one["settings"].empty());
    }
    const CliOutcome text = runCli({"experiment", "list"});
    QCOMPARE(text.code, 0);
    QVERIFY(test::contains(text.out, "attenuation"));
}

void tst_ExperimentCommand::show()
{
    const CliOutcome text = runCli({"experiment", "show", "cluster"});
    QCOMPARE(text.code, 0);
    for (const char *part : {"centre = 0.4", "NMDA_human", "Of each synapse."})
        QVERIFY2(test::contains(text.out, part), text.out.c_str());
    const auto json = jsonOf(runCli({"experiment", "show", "cluster", "--json"}));
    QCOMPARE(json["id"].get<std::string>(), std::string("cluster"));
}

void tst_ExperimentCommand::dryRun()
{
    const auto json = jsonOf(runCli({"experiment", "run", "weight-response", "--set",
                                     "weights=1:30:30", "--dry-run", "--json"}));
    QCOMPARE(json["simulations"].get<int>(), 90);
    QCOMPARE(json["neuron_ms"].get<double>(), 90.0 * 300.0);
    QCOMPARE(json["neurons"].get<int>(), 3);
}

void tst_ExperimentCommand::run()
{
    const CliOutcome outcome =
        runCli({"experiment", "run", "attenuation", "--neuron", "nmda-cable", "--set",
                "places=0.1,0.9", "--set", "window_ms=60", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const auto json = jsonOf(outcome);
    QCOMPARE(json["simulations"].get<int>(), 2);
    QCOMPARE(json["table"]["rows"].size(), std::size_t(2));
    QCOMPARE(json["table"]["columns"].size(), json["table"]["rows"][0].size());
    const auto &soma = json["plots"][0]["series"][1];
    QVERIFY(soma["y"][0].get<double>() > 3.0 * soma["y"][1].get<double>());
    QCOMPARE(json["remarks"].size(), std::size_t(1)); // eight segments are coarse
    const CliOutcome people = runCli({"experiment", "run", "attenuation", "--neuron", "nmda-cable",
                                      "--set", "places=0.1,0.9", "--set", "window_ms=60"});
    QVERIFY2(test::contains(people.out, "Somatic EPSP [mV]"), people.out.c_str());
    QVERIFY2(test::contains(people.out, "moves the soma by"), people.out.c_str());
}

void tst_ExperimentCommand::csvToFile()
{
    const test::TestFolder folder;
    const QString path = QString::fromStdString(folder.file("rates.csv"));
    const QStringList arguments{"experiment",  "run",   "current-rate",   "--neuron",
                                "ampa-point",  "--set", "currents=0,0.3", "--set",
                                "step_ms=100", "--csv", "--out",          path};
    const CliOutcome outcome = runCli(arguments);
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY(outcome.out.empty());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QVERIFY(lines[0].startsWith("Current [nA],SK,Spikes,Rate [Hz]"));
    QCOMPARE(lines.size(), 6); // a head, two currents with and without SK, and the end
    QVERIFY(lines[2].startsWith("0.3,SK off,"));
    VERIFY_REFUSED(runCli(arguments), 1, "rates.csv");
}

// --set reaches the neuron where the experiment has no such setting.
void tst_ExperimentCommand::neuronParameters()
{
    const auto json =
        jsonOf(runCli({"experiment", "run", "sweep", "--set", "measure=rest", "--set",
                       "dend_L_um=128", "--set", "dend_diam_um=4", "--set", "x_values=1", "--set",
                       "settle_ms=100", "--set", "window_ms=5", "--json"}));
    const double rest = json["table"]["rows"][0][1].get<double>();
    QVERIFY2(std::abs(rest + 82.64) < 0.02, qPrintable(QString::number(rest)));
}

// Without values of its own a sweep takes those of the parameter, whatever comes first.
void tst_ExperimentCommand::sweepFollows()
{
    const auto simulations = [](const QStringList &arguments) {
        return jsonOf(runCli(QStringList{"experiment", "run", "sweep"} + arguments
                             + QStringList{"--dry-run", "--json"}))["simulations"]
            .get<int>();
    };
    QCOMPARE(simulations({"--set", "x=dend_diam_um"}), 6);
    QCOMPARE(simulations({"--set", "x_values=500; 1000,5", "--set", "x=dend_L_um"}), 2);
    QCOMPARE(simulations({"--set", "x=place", "--set", "kind=NMDA_both", "--set", "sk=both"}), 40);
}

void tst_ExperimentCommand::ratesHaveErrors()
{
    const auto json = jsonOf(
        runCli({"experiment", "run", "sweep", "--neuron", "ampa-point", "--set",
                "x=multiplicative_SKE2_factor", "--set", "x_values=0, 1", "--set", "input=rain",
                "--set", "measure=rate", "--set", "window_ms=300", "--set", "seeds=3", "--json"}));
    QCOMPARE(json["simulations"].get<int>(), 6);
    const auto &series = json["plots"][0]["series"][0];
    QCOMPARE(series["error"].size(), std::size_t(2));
    QVERIFY(std::abs(series["resolution"].get<double>() - 1.0 / 0.9) < 1e-9);
    QVERIFY(series["y"][0].get<double>() > series["y"][1].get<double>()); // SK silences
    QCOMPARE(json["table"]["columns"][2]["name"].get<std::string>(), std::string("Standard error"));
}

void tst_ExperimentCommand::refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("experiment") << QStringList{"magic"} << "There is no experiment 'magic'";
    QTest::newRow("setting") << QStringList{"cluster", "--set", "colour=red"}
                             << "no setting 'colour'";
    QTest::newRow("value") << QStringList{"cluster", "--set", "centre=red"}
                           << "--set centre: Centre = 'red' is not a number";
    QTest::newRow("two readings") << QStringList{"attenuation", "--set", "places=0,1"}
                                  << "\"0,1\" may mean 0.1, or 0 and 1. Write \"0.1\" or \"0, 1\".";
    QTest::newRow("no value") << QStringList{"cluster", "--set", "centre"} << "NAME=VALUE";
    QTest::newRow("parameter") << QStringList{"cluster", "--set", "dend_L_um=-1"}
                               << "outside its range";
    QTest::newRow("million")
        << QStringList{"sweep",        "--set", "x_values=1:20:1000",      "--set",
                       "y=Rm_ohm_cm2", "--set", "y_values=1000:20000:1000"}
        << "1,000,000 simulations";
}

void tst_ExperimentCommand::refused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    VERIFY_REFUSED(runCli(QStringList{"experiment", "run"} + arguments), 2, says.toStdString());
}

void tst_ExperimentCommand::wrongUsage()
{
    VERIFY_REFUSED(runCli({"experiment", "show", "magic"}), 2, "There is no experiment 'magic'");
    VERIFY_REFUSED(runCli({"experiment", "run", "cluster", "--neuron", "nothing"}), 1,
                   "no neuron preset");
    VERIFY_REFUSED(runCli({"experiment", "run"}), 2, "argument is missing");
    VERIFY_REFUSED(runCli({"experiment", "dance"}), 2, "no 'experiment dance'");
    VERIFY_REFUSED(runCli({"experiment", "run", "cluster", "--json", "--csv"}), 2, "one of");
    VERIFY_REFUSED(runCli({"experiment", "run", "cluster", "--jobs", "0"}), 2, "whole number");
}

DT_TEST(tst_ExperimentCommand, QCoreApplication)
#include "tst_ExperimentCommand.moc"
