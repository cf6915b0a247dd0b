// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Validation.h"
#include "engine/cell/tree/TreePresets.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "tests/support/RandomTree.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;
using namespace dt::test;

/// Edits of the tree through the document: what they move and lose, and the law of undo.
class tst_TreeUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renameKeepsEventsAndElectrodes();
    void splitMovesEventsToTheNewSection();
    void lossIsToldAndUndone();
    void refusalChangesNothing();
    void dragOfSegmentsKeepsPlaces();
    void law_data();
    void law();

private:
    static Project project(int events);
};

Project tst_TreeUndo::project(int events)
{
    Project p;
    p.neuron = defaultNeuron();
    p.stimulus.painted.clear();
    for (int i = 0; i < events; ++i)
        p.stimulus.painted.push_back(
            {Polarity::Excitatory, i * 63 / std::max(1, events - 1), 10 + i, 2.0});
    Electrode e;
    e.dendrite = 0;
    e.x = 0.8;
    p.stimulus.electrodes = {e};
    return p;
}

void tst_TreeUndo::renameKeepsEventsAndElectrodes()
{
    Document document;
    document.reset(project(9), {});
    const Stimulus before = document.stimulus();
    QVERIFY(
        document
            .editTree(QStringLiteral("x"), [](Neuron &n) { return renameDendrite(n, 0, "apical"); })
            .ok());
    QVERIFY(document.stimulus() == before);
    QCOMPARE(document.neuron().dendrites[0].name, std::string("apical"));
}

void tst_TreeUndo::splitMovesEventsToTheNewSection()
{
    Document document;
    document.reset(project(9), {});
    QVERIFY(
        document.editTree(QStringLiteral("x"), [](Neuron &n) { return splitDendrite(n, 0, 0.5); })
            .ok());
    QCOMPARE(document.stimulus().painted.size(), std::size_t(9));
    const std::vector<SegmentRef> rows = segmentRows(document.neuron());
    int far = 0;
    for (const InputEvent &e : document.stimulus().painted)
        far += rows[static_cast<std::size_t>(e.row)].dendrite == 1;
    QCOMPARE(far, 4 + 0); // rows 39, 47, 55, 63; row 31 is the last of the near part
    QCOMPARE(document.stimulus().electrodes[0].dendrite, 1);
    QVERIFY(qAbs(document.stimulus().electrodes[0].x - 0.6) < 1e-12);
}

void tst_TreeUndo::lossIsToldAndUndone()
{
    Document document;
    document.reset(project(9), {});
    QVERIFY(
        document
            .editTree(QStringLiteral("split"), [](Neuron &n) { return splitDendrite(n, 0, 0.5); })
            .ok());
    const Project before = document.project();
    const auto outcome = document.editTree(QStringLiteral("delete"), [](Neuron &n) {
        return removeDendrites(n, {1}, Children::Remove);
    });
    QVERIFY(outcome.ok());
    QCOMPARE(
        QString::fromStdString(outcome->sentence()),
        QStringLiteral("Removed a dendrite with 64 synapses, 4 painted events and an electrode. "
                       "Undo brings it back."));
    QVERIFY(document.stimulus().electrodes.empty());
    document.undoStack()->undo();
    QVERIFY(document.project() == before);
}

void tst_TreeUndo::refusalChangesNothing()
{
    Document document;
    const Project before = document.project();
    const auto outcome = document.editTree(
        QStringLiteral("x"), [](Neuron &n) { return removeDendrites(n, {0}, Children::Remove); });
    QVERIFY(!outcome.ok());
    QVERIFY(document.project() == before);
    QVERIFY(!document.undoStack()->canUndo());
}

void tst_TreeUndo::dragOfSegmentsKeepsPlaces()
{
    Document document;
    document.reset(project(9), {});
    const Project before = document.project();
    for (const int n : {32, 8, 2, 1, 5, 64})
        QVERIFY(document
                    .editTree(
                        QStringLiteral("x"),
                        [n](Neuron &neuron) { return setSegmentCount(neuron, {0}, n); },
                        QStringLiteral("drag"))
                    .ok());
    QVERIFY(document.project() == before);
    QVERIFY(!document.undoStack()->canUndo());
}

void tst_TreeUndo::law_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_TreeUndo::law()
{
    QFETCH(unsigned, seed);
    Dice dice(seed * 7919);
    Project start;
    start.neuron = randomTree(dice, 6);
    start.stimulus.painted.clear();
    for (int i = 0; i < 40; ++i)
        start.stimulus.painted.push_back(
            {dice.below(2) ? Polarity::Excitatory : Polarity::Inhibitory,
             dice.below(start.neuron.segmentCount()), dice.below(1000), 1.0});
    for (int i = 0; i < 4; ++i) {
        Electrode e;
        e.name = "e" + std::to_string(i);
        e.dendrite = dice.below(6);
        e.x = dice.between(0.0, 1.0);
        start.stimulus.electrodes.push_back(e);
    }
    Document document;
    document.reset(start, {});
    CellSelection selection(&document);
    constexpr std::array Keys{"", "", "a", "b"};
    const auto good = [&] {
        const Neuron &n = document.neuron();
        if (!validateNeuron(n) || !validateElectrodes(document.stimulus().electrodes, n))
            return false;
        for (const InputEvent &e : document.stimulus().painted) {
            if (e.row < 0 || e.row >= n.segmentCount())
                return false;
        }
        for (const int d : selection.items()) {
            if (d < 0 || d >= static_cast<int>(n.dendrites.size()))
                return false;
        }
        return true;
    };
    std::vector<Project> states{document.project()};
    for (int step = 0; step < 250; ++step) {
        if (dice.below(12) == 0)
            document.endMerge();
        if (dice.below(15) == 0)
            (void)document.editTree(QStringLiteral("plant"), [&](Neuron &n) {
                return plantTree(n, treePresets()[static_cast<std::size_t>(dice.below(4))].name);
            });
        const int d = dice.below(static_cast<int>(document.neuron().dendrites.size()));
        selection.select(CellSelection::Kind::Dendrites, {d}, dice.between(0.0, 1.0));
        (void)document.editTree(
            QStringLiteral("edit"), [&](Neuron &n) { return randomTreeEdit(n, dice); },
            QLatin1String(Keys[static_cast<std::size_t>(dice.below(4))]));
        QVERIFY2(good(), qPrintable(QString::number(step)));
        if (dice.below(10) == 0) {
            document.undoStack()->undo();
            QVERIFY(good());
        }
    }
    const Project end = document.project();
    const int steps = document.undoStack()->index();
    QVERIFY2(steps > 60, qPrintable(QString::number(steps)));
    std::vector<Project> back;
    while (document.undoStack()->canUndo()) {
        back.push_back(document.project());
        document.undoStack()->undo();
        QVERIFY(good());
    }
    QVERIFY(document.project() == start);
    for (int i = 0; i < steps; ++i) {
        document.undoStack()->redo();
        QVERIFY(document.project() == back[back.size() - 1 - static_cast<std::size_t>(i)]);
    }
    QVERIFY(document.project() == end);
}

DT_TEST(tst_TreeUndo, QCoreApplication)
#include "tst_TreeUndo.moc"
