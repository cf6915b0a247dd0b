// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/NeuronMatch.h"

#include "engine/cell/Presets.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_NeuronMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesDoNotCount();
    void settingsCount();
};

void tst_NeuronMatch::namesDoNotCount()
{
    const Neuron neuron = presetNeuron("ampa-point").value();
    Neuron renamed = neuron;
    renamed.dendrites.front().name = "apical";
    renamed.synapseKinds.front().name = "mine";
    QVERIFY(!(renamed == neuron));
    QVERIFY(sameNeuron(renamed, neuron));
}

void tst_NeuronMatch::settingsCount()
{
    const Neuron neuron = presetNeuron("ampa-point").value();
    QVERIFY(sameNeuron(neuron, neuron));
    QVERIFY(!sameNeuron(neuron, presetNeuron("nmda-cable").value()));
    Neuron other = neuron;
    other.membrane.restMv += 0.1;
    QVERIFY(!sameNeuron(other, neuron));
    other = neuron;
    other.synapses.back().weight = 2.0;
    QVERIFY(!sameNeuron(other, neuron));
    other = neuron;
    other.labels.somaCapMv += 1.0; // another truth to learn
    QVERIFY(!sameNeuron(other, neuron));
}

DT_TEST(tst_NeuronMatch, QCoreApplication)
#include "tst_NeuronMatch.moc"
