// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Presets.h"

#include "engine/cell/Validation.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_Presets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void published_data();
    void published();
    void list();
    void unknown();
    void newProject();
};

void tst_Presets::published_data()
{
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("diam");
    QTest::addColumn<int>("segments");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<double>("smoothing");
    QTest::newRow("nmda-cable") << 2048.0 << 1.0 << 8 << QByteArray("NMDA_human") << 2.5;
    QTest::newRow("ampa-point") << 128.0 << 4.0 << 8 << QByteArray("AMPA") << 2.5;
    QTest::newRow("nmda-cable-64") << 2048.0 << 1.0 << 64 << QByteArray("NMDA_human") << 2.0;
}

void tst_Presets::published()
{
    QFETCH(double, length);
    QFETCH(double, diam);
    QFETCH(int, segments);
    QFETCH(QByteArray, type);
    QFETCH(double, smoothing);
    const Result<Neuron> neuron = presetNeuron(QTest::currentDataTag());
    VERIFY_OK(neuron);
    VERIFY_OK(validateNeuron(*neuron));
    QVERIFY(neuron->isBallAndStick() && hasOnePairPerSegment(*neuron));
    QVERIFY(neuron->dendrites[0].lengthUm == length && neuron->dendrites[0].diamUm == diam);
    QCOMPARE(neuron->segmentCount(), segments);
    QCOMPARE(std::string(synapseTypeOf(*neuron)), type.toStdString());
    QVERIFY(neuron->labels.rateSmoothingMs == smoothing);
    QVERIFY(neuron->labels.somaCapMv == -62.0 && neuron->labels.dendCapMv == 0.0);
    QVERIFY(neuron->channels.skFactor == 0.0);
    QCOMPARE(neuron->samplesPerMs, 40);
}

void tst_Presets::list()
{
    QCOMPARE(neuronPresets().size(), std::size_t(3));
    for (const NeuronPreset &preset : neuronPresets()) {
        QVERIFY(!preset.title.empty());
        QVERIFY(test::isSentence(std::string(preset.description)));
        QVERIFY(presetNeuron(preset.name).ok());
    }
}

void tst_Presets::unknown()
{
    for (const char *name : {"", "nmda", "NMDA-CABLE", "nmda-cable-64 "}) {
        const Result<Neuron> neuron = presetNeuron(name);
        VERIFY_ERROR(neuron, ErrorCode::NotFound, "nmda-cable, ampa-point, nmda-cable-64");
    }
}

void tst_Presets::newProject()
{
    QCOMPARE(defaultNeuron(), presetNeuron("nmda-cable-64").value());
}

DT_TEST(tst_Presets, QCoreApplication)
#include "tst_Presets.moc"
