// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/SimulationCost.h"

#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace dt;

class tst_SimulationCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void goesWithTimeAndSegments();
    void learns();
    void ofDataSetsIsKept();
    void ofExperiments();

private:
    QTemporaryDir m_settings;
};

void tst_SimulationCost::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("DendroTwin"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
}

void tst_SimulationCost::goesWithTimeAndSegments()
{
    const SimulationCost cost(1e-6, 10.0);
    QCOMPARE(cost.seconds(1000.0, 0), 0.01);
    QCOMPARE(cost.seconds(1000.0, 10), 0.02);
    QCOMPARE(cost.seconds(2000.0, 10), 0.04);
}

void tst_SimulationCost::learns()
{
    SimulationCost cost(1e-6, 10.0);
    cost.learn(0.04, 1000.0, 10, 0.0);
    QCOMPARE(cost.seconds(1000.0, 10), 0.02);
    cost.learn(0.04, 1000.0, 10, 0.5);
    QCOMPARE(cost.seconds(1000.0, 10), 0.03);
    cost.learn(0.04, 1000.0, 10, 1.0);
    QCOMPARE(cost.seconds(1000.0, 10), 0.04);
}

void tst_SimulationCost::ofDataSetsIsKept()
{
    SimulationCost cost = datasetCost();
    QCOMPARE(cost.perMsAndSegment(), 1.3e-6); // nothing is known yet
    cost.learn(1.0, 1000.0, 10, 1.0);
    keepDatasetCost(cost);
    QCOMPARE(datasetCost().seconds(1000.0, 10), 1.0);
}

void tst_SimulationCost::ofExperiments()
{
    keepDatasetCost(SimulationCost(1e-3, 10.0));
    ExperimentPlan plan;
    plan.neurons = {Neuron()};
    plan.trials.resize(2);
    for (Trial &trial : plan.trials)
        trial.input.durationMs = 100;
    ExperimentCost cost;
    const double alone = cost.seconds(plan, 1);
    const double together = cost.seconds(plan, 2);
    QVERIFY(alone > together && together > 0.0);
    cost.learn(plan, 1, 0.5); // says nothing: too short
    QCOMPARE(cost.seconds(plan, 1), alone);
    cost.learn(plan, 1, 3.0 * alone);
    QVERIFY(std::abs(cost.seconds(plan, 1) / alone - 2.0) < 0.1);
}

DT_TEST(tst_SimulationCost, QCoreApplication)
#include "tst_SimulationCost.moc"
