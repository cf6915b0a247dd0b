// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/CellSelection.h"

#include "engine/document/Document.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace dt;

class tst_CellSelection : public QObject
{
    Q_OBJECT

    using Kind = CellSelection::Kind;

private Q_SLOTS:
    void init();
    void selects();
    void toggles();
    void followsNames();
    void forgetsWhatIsGone();

private:
    std::unique_ptr<Document> m_document;
};

void tst_CellSelection::init()
{
    m_document = std::make_unique<Document>();
    Project project;
    project.neuron = test::smallTree();
    m_document->reset(project, {});
}

void tst_CellSelection::selects()
{
    CellSelection selection(m_document.get());
    QSignalSpy changed(&selection, &CellSelection::changed);
    QCOMPARE(selection.kind(), Kind::Nothing);
    selection.select(Kind::Dendrites, {2, 0, 2}, 0.25);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(selection.items(), (std::vector<int>{0, 2}));
    QCOMPARE(selection.x(), 0.25);
    QCOMPARE(selection.single(Kind::Dendrites), -1);
    selection.select(Kind::Dendrites, {0, 2}, 0.25); // the same
    QCOMPARE(changed.count(), 1);
    selection.select(Kind::Soma);
    QVERIFY(selection.items().empty());
    selection.select(Kind::Synapses, {});
    QCOMPARE(selection.kind(), Kind::Nothing);
}

void tst_CellSelection::toggles()
{
    CellSelection selection(m_document.get());
    selection.toggle(Kind::Synapses, 3);
    selection.toggle(Kind::Synapses, 1);
    QVERIFY(selection.contains(Kind::Synapses, 3));
    selection.toggle(Kind::Synapses, 3);
    QCOMPARE(selection.single(Kind::Synapses), 1);
    selection.toggle(Kind::Dendrites, 0); // another kind replaces
    QCOMPARE(selection.kind(), Kind::Dendrites);
    QVERIFY(!selection.contains(Kind::Synapses, 1));
    selection.toggle(Kind::Dendrites, 0);
    QCOMPARE(selection.kind(), Kind::Nothing);
}

void tst_CellSelection::followsNames()
{
    CellSelection selection(m_document.get());
    selection.select(Kind::Dendrites, {2}); // tuft
    const auto swapped = [](Project &p) {
        Neuron &n = p.neuron;
        std::swap(n.dendrites[0], n.dendrites[1]);
        n.dendrites[2].parent = 1;
        n.dendrites[3].parent = 1;
        std::swap(n.dendrites[2], n.dendrites[3]);
        n.synapses = onePairPerSegment(n);
    };
    QVERIFY(m_document->edit(QStringLiteral("swap"), swapped).ok());
    QCOMPARE(selection.single(Kind::Dendrites), 3);
    QVERIFY(m_document
                ->edit(QStringLiteral("rename"),
                       [](Project &p) { p.neuron.dendrites[3].name = "crown"; })
                .ok());
    QCOMPARE(selection.single(Kind::Dendrites), 3);
    m_document->undoStack()->undo();
    m_document->undoStack()->undo();
    QCOMPARE(selection.single(Kind::Dendrites), 2);
}

void tst_CellSelection::forgetsWhatIsGone()
{
    CellSelection selection(m_document.get());
    selection.select(Kind::Synapses, {0, 15});
    QVERIFY(
        m_document->edit(QStringLiteral("fewer"), [](Project &p) { p.neuron.synapses.resize(3); })
            .ok());
    // Which of those left it was nobody can say: undo and removal move the others up and down.
    QCOMPARE(selection.kind(), Kind::Nothing);
    selection.select(Kind::Synapses, {1});
    QVERIFY(
        m_document
            ->edit(QStringLiteral("weight"), [](Project &p) { p.neuron.synapses[1].weight = 2.0; })
            .ok());
    QCOMPARE(selection.single(Kind::Synapses), 1);
    m_document->undoStack()->undo();
    QCOMPARE(selection.single(Kind::Synapses), 1);
    m_document->undoStack()->undo(); // all of them come back
    QCOMPARE(selection.kind(), Kind::Nothing);
    selection.select(Kind::Synapses, {1});
    m_document->reset(m_document->project(), {}); // another project, however alike
    QCOMPARE(selection.kind(), Kind::Nothing);
    // A dendrite that went is not the one that has its number now.
    const auto grow = [](Project &p) {
        Neuron &n = p.neuron;
        n.dendrites.push_back({"late", SomaIndex, 1.0, 50.0, 1.0, 1, {}});
        n.synapses = onePairPerSegment(n);
    };
    QVERIFY(m_document->edit(QStringLiteral("grow"), grow).ok());
    selection.select(Kind::Dendrites,
                     {static_cast<int>(m_document->neuron().dendrites.size()) - 1});
    m_document->undoStack()->undo();
    QCOMPARE(selection.kind(), Kind::Nothing);
    selection.select(Kind::Electrodes, {0});
    QVERIFY(m_document
                ->edit(QStringLiteral("longer"),
                       [](Project &p) { p.neuron.dendrites[0].lengthUm += 1.0; })
                .ok());
    QCOMPARE(selection.kind(), Kind::Nothing); // there is no electrode
}

DT_TEST(tst_CellSelection, QCoreApplication)
#include "tst_CellSelection.moc"
