// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestProgram.h"
#include "widgets/cell/CellLayout.h"

#include "engine/cell/Presets.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace dt;

namespace {

Neuron tree(std::vector<Dendrite> dendrites)
{
    Neuron neuron = defaultNeuron();
    neuron.dendrites = std::move(dendrites);
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

Neuron randomTree(quint32 seed)
{
    QRandomGenerator random(seed);
    const auto uniform = [&](double lo, double hi) {
        return lo + (hi - lo) * random.generateDouble();
    };
    std::vector<Dendrite> dendrites;
    const int count = 2 + random.bounded(20);
    for (int i = 0; i < count; ++i) {
        Dendrite d;
        d.name = "d" + std::to_string(i);
        d.parent = i == 0 ? SomaIndex : random.bounded(-1, i);
        d.parentX = d.parent == SomaIndex || random.bounded(2) ? 1.0 : uniform(0.0, 1.0);
        d.lengthUm = uniform(5.0, 500.0);
        d.diamUm = uniform(0.2, 60.0);
        d.segments = 1 + random.bounded(6);
        dendrites.push_back(d);
    }
    return tree(std::move(dendrites));
}

/// Two boxes that share more than an edge.
bool overlap(const QRectF &a, const QRectF &b)
{
    const QRectF both = a.intersected(b);
    return both.width() > 1e-6 && both.height() > 1e-6;
}

} // namespace

class tst_CellLayout : public QObject
{
    Q_OBJECT

    using Mode = CellLayout::Mode;

private Q_SLOTS:
    void stick_data();
    void stick();
    void toScale();
    void schematicKeepsOrder();
    void somaShape();
    void newBranchLeavesTheOthers();
    void treePlaces();
    void branchesDoNotOverlap_data();
    void branchesDoNotOverlap();
    void boundsHoldEverything_data();
    void boundsHoldEverything();
};

void tst_CellLayout::stick_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<int>("segments");
    for (const int n : {1, 8, 64, 1000}) {
        QTest::addRow("schematic, %d", n) << Mode::Schematic << n;
        QTest::addRow("to scale, %d", n) << Mode::ToScale << n;
    }
}

void tst_CellLayout::stick()
{
    QFETCH(Mode, mode);
    QFETCH(int, segments);
    Neuron neuron = defaultNeuron();
    setSegments(neuron, 0, segments);
    const CellLayout layout = layOutCell(neuron, mode);
    QCOMPARE(layout.segments.size(), static_cast<std::size_t>(segments));
    QCOMPARE(layout.soma.right(), 0.0); // the dendrite starts where the soma ends
    const double step = 2048.0 / segments;
    double x = 0.0;
    for (int row = 0; row < segments; ++row) {
        const CellLayout::Segment &segment = layout.segments[static_cast<std::size_t>(row)];
        const QRectF box = segment.outline.boundingRect();
        QCOMPARE(segment.row, row);
        QVERIFY(std::abs(box.left() - x) < 1e-6); // no gaps
        QVERIFY(std::abs(box.center().y()) < 1e-9);
        QVERIFY(std::abs(segment.pathUm - (row + 0.5) * step) < 1e-6);
        QVERIFY(box.contains(segment.centre));
        x = box.right();
    }
    QVERIFY(std::abs(x - 2048.0 * layout.unitsPerUm) < 1e-6);
}

void tst_CellLayout::toScale()
{
    Neuron neuron = defaultNeuron();
    neuron.soma = {30.0, 20.0};
    const CellLayout layout = layOutCell(neuron, Mode::ToScale);
    QCOMPARE(layout.unitsPerUm, 1.0);
    QCOMPARE(layout.soma.size(), QSizeF(30.0, 20.0));
    QCOMPARE(layout.segments.front().outline.boundingRect().height(), 1.0);
    QCOMPARE(layout.bounds, QRectF(-30.0, -10.0, 2078.0, 20.0));
}

void tst_CellLayout::schematicKeepsOrder()
{
    // A hair can be seen, and what is thicker is drawn thicker.
    const Neuron neuron = tree({{"thin", SomaIndex, 1.0, 500.0, 0.1, 2, {}},
                                {"middle", SomaIndex, 1.0, 1000.0, 2.0, 2, {}},
                                {"thick", SomaIndex, 1.0, 250.0, 4.0, 2, {}}});
    const CellLayout layout = layOutCell(neuron, Mode::Schematic);
    const auto box = [&](std::size_t row) { return layout.segments[row].outline.boundingRect(); };
    QVERIFY(box(0).height() >= layout.bounds.width() / 100.0);
    QVERIFY(box(0).height() < box(2).height());
    QVERIFY(box(2).height() < box(4).height());
    QVERIFY(box(4).height() < layout.soma.height());
    // Lengths stay to scale.
    QVERIFY(std::abs(box(0).width() / box(2).width() - 0.5) < 1e-9);
    QVERIFY(std::abs(box(4).width() / box(2).width() - 0.25) < 1e-9);
    // However long the dendrite is, the picture is of one size.
    Neuron longer = defaultNeuron();
    longer.dendrites[0].lengthUm = 20000.0;
    QCOMPARE(layOutCell(longer, Mode::Schematic).bounds.width(),
             layOutCell(defaultNeuron(), Mode::Schematic).bounds.width());
}

void tst_CellLayout::somaShape()
{
    Neuron neuron = defaultNeuron();
    QCOMPARE(layOutCell(neuron, Mode::Schematic).soma.width(),
             layOutCell(neuron, Mode::Schematic).soma.height());
    neuron.soma = {10.0, 1000.0}; // absurd, and still a picture
    const QRectF soma = layOutCell(neuron, Mode::Schematic).soma;
    QVERIFY(soma.height() > soma.width() && soma.height() <= 2.0 * soma.width());
}

void tst_CellLayout::treePlaces()
{
    // trunk with a branch at its end and one half way
    const Neuron neuron = tree({{"trunk", SomaIndex, 1.0, 100.0, 2.0, 2, {}},
                                {"end", 0, 1.0, 50.0, 1.0, 1, {}},
                                {"side", 0, 0.5, 40.0, 1.0, 1, {}}});
    const CellLayout layout = layOutCell(neuron, Mode::ToScale);
    QCOMPARE(layout.segments.size(), std::size_t(4));
    QCOMPARE(layout.segments[0].pathUm, 25.0);
    QCOMPARE(layout.segments[1].pathUm, 75.0);
    QCOMPARE(layout.segments[2].pathUm, 125.0);
    QCOMPARE(layout.segments[3].pathUm, 70.0);
    for (const CellLayout::Segment &segment : layout.segments)
        QCOMPARE(segment.centre.x(), segment.pathUm); // x is the distance from the soma
}

void tst_CellLayout::branchesDoNotOverlap_data()
{
    QTest::addColumn<Neuron>("neuron");
    QTest::newRow("fork") << tree({{"trunk", SomaIndex, 1.0, 100.0, 2.0, 2, {}},
                                   {"left", 0, 1.0, 50.0, 1.0, 1, {}},
                                   {"right", 0, 1.0, 50.0, 1.0, 1, {}}});
    QTest::newRow("two from the soma") << tree(
        {{"a", SomaIndex, 1.0, 100.0, 2.0, 2, {}}, {"b", SomaIndex, 1.0, 100.0, 2.0, 2, {}}});
    QTest::newRow("one side branch")
        << tree({{"trunk", SomaIndex, 1.0, 100.0, 2.0, 2, {}}, {"side", 0, 0.5, 50.0, 1.0, 1, {}}});
    QTest::newRow("three at the same place") << tree({{"trunk", SomaIndex, 1.0, 100.0, 2.0, 2, {}},
                                                      {"a", 0, 0.5, 50.0, 1.0, 1, {}},
                                                      {"b", 0, 0.5, 50.0, 1.0, 1, {}},
                                                      {"c", 0, 0.5, 50.0, 1.0, 1, {}}});
    QTest::newRow("short and thick") << tree(
        {{"a", SomaIndex, 1.0, 50.0, 50.0, 2, {}}, {"b", SomaIndex, 1.0, 50.0, 50.0, 2, {}}});
    for (const quint32 seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U})
        QTest::addRow("random %u", seed) << randomTree(seed);
}

void tst_CellLayout::branchesDoNotOverlap()
{
    QFETCH(Neuron, neuron);
    const std::vector<SegmentRef> rows = segmentRows(neuron);
    for (const Mode mode : {Mode::Schematic, Mode::ToScale}) {
        const CellLayout layout = layOutCell(neuron, mode);
        QCOMPARE(layout.segments.size(), rows.size());
        for (std::size_t a = 0; a < rows.size(); ++a) {
            for (std::size_t b = a + 1; b < rows.size(); ++b) {
                const bool bad = overlap(layout.segments[a].outline.boundingRect(),
                                         layout.segments[b].outline.boundingRect());
                QVERIFY2(!bad,
                         qPrintable(QStringLiteral("%1: %2 of %3 on %4 of %5")
                                        .arg(mode == Mode::ToScale ? QStringLiteral("to scale")
                                                                   : QStringLiteral("schematic"))
                                        .arg(rows[a].segment)
                                        .arg(rows[a].dendrite)
                                        .arg(rows[b].segment)
                                        .arg(rows[b].dendrite)));
            }
        }
    }
}

void tst_CellLayout::boundsHoldEverything_data()
{
    QTest::addColumn<Neuron>("neuron");
    QTest::newRow("default") << defaultNeuron();
    QTest::newRow("point") << presetNeuron("ampa-point").value();
    Neuron thick = defaultNeuron();
    thick.dendrites[0].lengthUm = 1.0;
    thick.dendrites[0].diamUm = 100.0;
    QTest::newRow("a disc") << thick;
    for (const quint32 seed : {1U, 2U, 3U})
        QTest::addRow("random %u", seed) << randomTree(seed);
}

void tst_CellLayout::boundsHoldEverything()
{
    QFETCH(Neuron, neuron);
    for (const Mode mode : {Mode::Schematic, Mode::ToScale}) {
        const CellLayout layout = layOutCell(neuron, mode);
        const QRectF bounds = layout.bounds.adjusted(-1e-9, -1e-9, 1e-9, 1e-9);
        QVERIFY(bounds.contains(layout.soma));
        QRectF all = layout.soma;
        for (const CellLayout::Segment &segment : layout.segments) {
            QVERIFY(bounds.contains(segment.outline.boundingRect()));
            all |= segment.outline.boundingRect();
        }
        QCOMPARE(layout.bounds, all); // and nothing but that
    }
}

void tst_CellLayout::newBranchLeavesTheOthers()
{
    // The new one leaves the trunk between the others.
    Neuron neuron = tree({{"trunk", SomaIndex, 1.0, 500.0, 2.0, 2, {}},
                          {"near", 0, 0.2, 100.0, 1.0, 1, {}},
                          {"far", 0, 0.8, 100.0, 1.0, 1, {}}});
    for (const Mode mode : {Mode::Schematic, Mode::Shape}) {
        const auto sideOf = [&](const Neuron &n, std::size_t i) {
            const CellLayout layout = layOutCell(n, mode);
            return layout.branches[i].line.back().y() > layout.branches[0].line.back().y();
        };
        Neuron more = neuron;
        more.dendrites.push_back({"between", 0, 0.5, 100.0, 1.0, 1, {}});
        more.synapses = onePairPerSegment(more);
        QVERIFY(sideOf(neuron, 1) != sideOf(neuron, 2));
        QCOMPARE(sideOf(more, 1), sideOf(neuron, 1));
        QCOMPARE(sideOf(more, 2), sideOf(neuron, 2));
    }
}

DT_TEST(tst_CellLayout, QCoreApplication)
#include "tst_CellLayout.moc"
