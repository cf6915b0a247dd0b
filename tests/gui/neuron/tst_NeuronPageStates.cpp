// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Neuron page as the document goes between sticks, trees and traced cells.
#include "engine/cell/Frusta.h"
#include "tests/gui/neuron/NeuronPageBench.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QComboBox>
#include <QRadioButton>

using namespace dt;
using namespace dt::test;

class tst_NeuronPageStates : public NeuronPageBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { NeuronPageBench::init(); }
    void cleanup() { NeuronPageBench::cleanup(); }

    void treeLeavesStickFieldsAlone();
    void presetRoundTripKeepsEvents();
    void pageOfEveryStateComesBack();
    void presetOfAStickShowsAStick();
    void eachKindOfCellKeepsItsPicture();
};

void tst_NeuronPageStates::presetRoundTripKeepsEvents()
{
    QVERIFY(
        m_document->edit(QStringLiteral("x"), [](Project &p) { p.stimulus.rain.on = false; }).ok());
    const Project before = m_document->project();
    QVERIFY(before.stimulus.painted.size() > 5);
    auto *preset = child<QComboBox>(*m_page, "presetCombo");
    choose(preset, QStringLiteral("NMDA Cable"));
    QCOMPARE(m_document->neuron().segmentCount(), 8);
    QVERIFY(m_document->stimulus().painted != before.stimulus.painted);
    choose(preset, QStringLiteral("NMDA Cable, 64 Segments"));
    QCOMPARE(m_document->project(), before); // so the run, and its peak, are the same
}

void tst_NeuronPageStates::pageOfEveryStateComesBack()
{
    const auto shown = [this] {
        return QList<bool>{m_page->isTree(), field("dend_L_um")->isVisible(),
                           child<QWidget>(*m_page, "growTreeButton")->isVisible(),
                           child<QWidget>(*m_page, "dendriteTable")->isVisible()};
    };
    QUndoStack &undo = *m_document->undoStack();
    std::vector<QList<bool>> states;
    const auto edit = [&](auto change) {
        QVERIFY(m_document->edit(QStringLiteral("x"), change).ok());
        states.push_back(shown());
    };
    states.push_back(shown());
    QVERIFY(!m_page->isTree());
    edit([](Project &p) { p.neuron = test::smallTree(); }); // a file, a twin's neuron
    QVERIFY(m_page->isTree());
    edit([](Project &p) { p.neuron.membrane.raOhmCm = 99.0; });
    edit([](Project &p) { p.neuron = presetNeuron("nmda-cable").value(); });
    QVERIFY(!m_page->isTree());
    child<QAbstractButton>(*m_page, "growTreeButton")->click();
    states.back() = shown();
    QVERIFY(m_page->isTree());
    edit([](Project &p) { p.neuron.membrane.raOhmCm = 100.0; });
    QVERIFY(m_page->isTree()); // somebody has asked for the tools
    child<QAbstractButton>(*m_page, "backToStickButton")->click();
    states.back() = shown();
    edit([](Project &p) { p.neuron.membrane.raOhmCm = 101.0; });
    for (int way = 0; way < 2; ++way) {
        while (undo.canUndo()) {
            undo.undo();
            QCOMPARE(shown(), states[std::size_t(undo.index())]);
        }
        while (undo.canRedo()) {
            undo.redo();
            QCOMPARE(shown(), states[std::size_t(undo.index())]);
        }
    }
}

void tst_NeuronPageStates::presetOfAStickShowsAStick()
{
    QVERIFY(m_document->edit(QStringLiteral("x"), [](Project &p) { p.neuron = test::smallTree(); })
                .ok());
    QVERIFY(!field("dend_L_um")->isVisible());
    choose(child<QComboBox>(*m_page, "presetCombo"), QStringLiteral("NMDA Cable"));
    QVERIFY(field("dend_L_um")->isVisible());
    QVERIFY(!m_page->isTree());
}

void tst_NeuronPageStates::eachKindOfCellKeepsItsPicture()
{
    using Mode = CellLayout::Mode;
    Neuron traced = test::smallTree();
    setPoints(traced.dendrites[0], {{0, 0, 0, 2}, {100, 50, 0, 2}, {300, 80, 0, 1}});
    const auto take = [&](const Neuron &neuron) {
        QVERIFY(m_document->edit(QStringLiteral("x"), [&](Project &p) { p.neuron = neuron; }).ok());
    };
    QCOMPARE(cell()->mode(), Mode::Schematic);
    take(traced);
    QCOMPARE(cell()->mode(), Mode::Shape);
    take(test::smallTree());
    QCOMPARE(cell()->mode(), Mode::Schematic);
    child<QAbstractButton>(*m_page, "toScaleRadio")->click();
    take(traced);
    QCOMPARE(cell()->mode(), Mode::Shape);
    m_document->undoStack()->undo();
    QCOMPARE(cell()->mode(), Mode::ToScale);
    m_document->undoStack()->redo();
    child<QAbstractButton>(*m_page, "schematicRadio")->click();
    m_document->undoStack()->undo();
    m_document->undoStack()->redo();
    QCOMPARE(cell()->mode(), Mode::Schematic); // somebody has chosen it
    Project project;
    project.neuron = traced;
    m_document->reset(project, {});
    QCOMPARE(cell()->mode(), Mode::Shape);
    QVERIFY(child<QRadioButton>(*m_page, "shapeRadio")->isChecked());
}

void tst_NeuronPageStates::treeLeavesStickFieldsAlone()
{
    QVERIFY(m_document
                ->edit(QStringLiteral("x"),
                       [](Project &p) {
                           Dendrite second;
                           second.name = "second";
                           p.neuron.dendrites.push_back(second);
                           p.neuron.synapses = onePairPerSegment(p.neuron);
                       })
                .ok());
    QVERIFY(!field("dend_L_um")->isEnabled());
    QVERIFY(!field("num_segments")->isEnabled());
    QVERIFY(field("Rm_ohm_cm2")->isEnabled());
    m_document->undoStack()->undo();
    QVERIFY(field("dend_L_um")->isEnabled());
}

DT_TEST(tst_NeuronPageStates, QApplication)
#include "tst_NeuronPageStates.moc"
