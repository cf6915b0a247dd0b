// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/StimulusRequest.h"

#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_StimulusRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsAlone();
    void electrodesThatAreOn();
};

void tst_StimulusRequest::eventsAlone()
{
    const Neuron neuron = test::treeWithTable();
    const Stimulus stimulus;
    const SimulationRequest request = stimulusRequest(neuron, stimulus);
    QVERIFY(request.neuron == neuron);
    QCOMPARE(request.inputs.size(), std::size_t(1));
    QVERIFY(request.inputs.front().events == renderStimulus(stimulus, neuron).events);
    QCOMPARE(request.durationMs(), stimulus.durationMs);
    QVERIFY(request.electrodes.empty() && request.probes.empty());
    QVERIFY(!request.live);
}

void tst_StimulusRequest::electrodesThatAreOn()
{
    Stimulus stimulus;
    Electrode on;
    on.name = "on";
    Electrode off;
    off.name = "off";
    off.on = false;
    stimulus.electrodes = {off, on};
    const SimulationRequest request = stimulusRequest(test::treeWithTable(), stimulus);
    QVERIFY(request.electrodes == std::vector<std::vector<Electrode>>{{on}});
    QVERIFY(request.probes == std::vector<std::vector<Probe>>{electrodeProbes({on})});
}

DT_TEST(tst_StimulusRequest, QCoreApplication)
#include "tst_StimulusRequest.moc"
