// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SegmentError.h"

#include "engine/cell/Cable.h"
#include "engine/cell/Presets.h"
#include "engine/explore/SteadyCable.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace dt;
using test::contains;

/// What cutting into segments does, against formulas.
class tst_SegmentError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneSegment();
    void againstRecurrence_data();
    void againstRecurrence();
    void converges();
    void tree();
    void sentences_data();
    void sentences();
};

// A dendrite of one segment is two conductances and a resistance.
void tst_SegmentError::oneSegment()
{
    Neuron neuron = defaultNeuron();
    setSegments(neuron, 0, 1);
    const Dendrite &d = neuron.dendrites.front();
    const double leakUs = lateralAreaUm2(d.lengthUm, d.diamUm) / neuron.membrane.rmOhmCm2 * 1.0e-2;
    const double halfMegohm = neuron.membrane.raOhmCm * 0.5 * d.lengthUm * 4.0
        / (std::numbers::pi * d.diamUm * d.diamUm) * 1.0e-2;
    const double somaUs = passiveSomaUs(neuron);
    const double seenUs = 1.0 / (halfMegohm + 1.0 / leakUs);
    const SteadyCable cut(neuron, somaUs, SteadyCable::Cut::Segments);
    const double soma = 1.0 / (somaUs + seenUs);
    const std::vector<double> mv = cut.response({}, 1.0, {{}, {0, 0.5}});
    QVERIFY(std::abs(mv[0] / soma - 1.0) < 1e-9);
    QVERIFY(std::abs(mv[1] / (soma * (1.0 / leakUs) / (halfMegohm + 1.0 / leakUs)) - 1.0) < 1e-9);
}

void tst_SegmentError::againstRecurrence_data()
{
    QTest::addColumn<int>("segments");
    for (const int n : {2, 8, 64})
        QTest::addRow("%d segments", n) << n;
}

// Along equal segments V[i-1] - (2 + h^2) V[i] + V[i+1] = 0 with h in length constants.
void tst_SegmentError::againstRecurrence()
{
    QFETCH(int, segments);
    Neuron neuron = defaultNeuron();
    setSegments(neuron, 0, segments);
    const double h = cableCard(neuron).segmentLambda;
    std::vector<Place> places;
    for (int i = 0; i < segments; ++i)
        places.push_back({0, (i + 0.5) / segments});
    const std::vector<double> mv =
        SteadyCable(neuron, 0.001, SteadyCable::Cut::Segments).response({}, 1.0, places);
    for (std::size_t i = 1; i + 1 < mv.size(); ++i)
        QVERIFY(std::abs((mv[i - 1] + mv[i + 1]) / ((2.0 + h * h) * mv[i]) - 1.0) < 1e-9);
    // The end is sealed.
    const std::size_t last = mv.size() - 1;
    QVERIFY(std::abs(mv[last - 1] / ((1.0 + h * h) * mv[last]) - 1.0) < 1e-9);
}

// With the square of the segments' length.
void tst_SegmentError::converges()
{
    double before = 0.0;
    for (const int n : {16, 32, 64, 128}) {
        Neuron neuron = defaultNeuron();
        setSegments(neuron, 0, n);
        const double off = segmentError(neuron).soma - 1.0;
        QVERIFY(off > 0.0);
        if (before > 0.0)
            QVERIFY2(before / off > 3.5 && before / off < 4.5,
                     qPrintable(QString::number(before / off)));
        before = off;
    }
    QVERIFY(before < 0.001);
}

void tst_SegmentError::tree()
{
    Neuron tree = test::smallTree();
    for (Dendrite &dendrite : tree.dendrites)
        dendrite.segments = 101;
    tree.synapses = onePairPerSegment(tree);
    const SegmentError fine = segmentError(tree);
    QVERIFY2(std::abs(fine.soma - 1.0) < 0.002, qPrintable(QString::number(fine.soma)));
    QVERIFY2(std::abs(fine.local - 1.0) < 0.002, qPrintable(QString::number(fine.local)));
    tree.dendrites.back().segments = 1;
    tree.dendrites.back().diamUm = 0.1;
    tree.synapses = onePairPerSegment(tree);
    QCOMPARE(segmentError(tree).worst.dendrite, static_cast<int>(tree.dendrites.size()) - 1);
}

void tst_SegmentError::sentences_data()
{
    QTest::addColumn<double>("lengthUm");
    QTest::addColumn<double>("rm");
    QTest::addColumn<int>("segments");
    QTest::addColumn<QString>("says");
    QTest::newRow("as published") << 2048.0 << 20000.0 << 8
                                  << "The published data sets accept as much.";
    QTest::newRow("2.4 lambda") << 5543.0 << 20000.0 << 4
                                << "Results say nothing of a real dendrite.";
    QTest::newRow("155 lambda") << 20000.0 << 10.0 << 10 << "more than 1000 times too much";
}

void tst_SegmentError::sentences()
{
    QFETCH(double, lengthUm);
    QFETCH(double, rm);
    QFETCH(int, segments);
    QFETCH(QString, says);
    Neuron neuron = defaultNeuron();
    neuron.dendrites.front().lengthUm = lengthUm;
    neuron.membrane.rmOhmCm2 = rm;
    setSegments(neuron, 0, segments);
    const SegmentError error = segmentError(neuron);
    const std::string sentence = segmentErrorSentence(error);
    qInfo("%g lambda: %g %g %s", cableCard(neuron).segmentLambda, error.soma, error.local,
          sentence.c_str());
    QVERIFY2(contains(sentence, says.toStdString()), sentence.c_str());
    QVERIFY(test::isSentence(sentence));
}

DT_TEST(tst_SegmentError, QCoreApplication)
#include "tst_SegmentError.moc"
