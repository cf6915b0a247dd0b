// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/DendritePath.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/cell/tree/TreeEdit.h"
#include "tests/gui/neuron/SynapseDesk.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/synapses/BlockPlot.h"
#include "widgets/synapses/DistributePane.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_SynapseForms : public QObject
{
    Q_OBJECT

    using Kind = CellSelection::Kind;

private Q_SLOTS:
    void formOfSeveral();
    void kinds();
    void deletedKindIsAsked();
    void blockCurveIsRead();
    void distributePreviewsAndApplies();
    void chosenTipComesBack();
    void plainAmpaHasNoBlock();
    void conductancesAreInNs();
    void distributeRefuses();
    void onePairAgain();
    void electrodes();
    void electrodeNames();
};

void tst_SynapseForms::formOfSeveral()
{
    Desk desk;
    QVERIFY(desk.get<QLabel>("synapseEmptyLabel")->isVisible());
    desk.selection->select(Kind::Synapses, {0, 2, 4});
    QVERIFY(labelText(desk.window, "synapseTitleLabel")
                .contains(QStringLiteral("3 synapses, all excitatory")));
    QVERIFY(!desk.get<QuantityField>("synapseXField")->isVisible());
    typeInto(desk.get<QuantityField>("synapseWeightField"), QStringLiteral("3"));
    for (const int i : {0, 2, 4})
        QCOMPARE(desk.synapses()[static_cast<std::size_t>(i)].weight, 3.0);
    QCOMPARE(desk.synapses()[6].weight, 1.0);
    typeInto(desk.get<QuantityField>("weightFactorField"), QStringLiteral("0.5"));
    click(desk.get<QPushButton>("scaleWeightsButton"));
    QCOMPARE(desk.synapses()[4].weight, 1.5);
    typeInto(desk.get<QuantityField>("weightNearField"), QStringLiteral("1"));
    typeInto(desk.get<QuantityField>("weightFarField"), QStringLiteral("2"));
    click(desk.get<QPushButton>("weightsByDistanceButton"));
    QCOMPARE(desk.synapses()[0].weight, 1.0);
    QCOMPARE(desk.synapses()[2].weight, 1.5);
    QCOMPARE(desk.synapses()[4].weight, 2.0);
    QVERIFY(
        labelText(desk.window, "synapseWeightWhyLabel").contains(QStringLiteral("from 1 to 2")));
    choose(desk.get<QComboBox>("synapseKindCombo"), QStringLiteral("inhibitory"));
    QCOMPARE(desk.synapses()[2].kind, 1);
    QCOMPARE(desk.steps(), 4);

    desk.selection->select(Kind::Synapses, {4});
    typeInto(desk.get<QuantityField>("synapseXField"), QStringLiteral("0.7"));
    QCOMPARE(desk.synapses()[4].x, 0.7);
    QVERIFY(labelText(desk.window, "synapseWhereLabel").contains(QStringLiteral("1433.6 µm")));
    click(desk.get<QPushButton>("synapseSnapButton"));
    QCOMPARE(desk.synapses()[4].x, 0.6875);
    typeInto(desk.get<QuantityField>("synapseXField"), QStringLiteral("7"));
    QCOMPARE(desk.synapses()[4].x, 0.6875);
    QVERIFY(labelText(desk.window, "synapseXWhyLabel").contains(QStringLiteral("out of range")));
}

void tst_SynapseForms::kinds()
{
    Desk desk;
    desk.tab(SynapsePanel::Kinds);
    const auto &all = desk.document.neuron().synapseKinds;
    desk.get<QAction>("newKind1Action")->trigger(); // NMDA (rodent)
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(desk.get<QLineEdit>("kindNameEdit")->text(), QStringLiteral("NMDA rodent"));
    QCOMPARE(desk.get<QComboBox>("kindPresetCombo")->currentText(),
             QStringLiteral("AMPA + NMDA (Rodent)"));
    typeInto(desk.get<QuantityField>("kindGammaField"), QStringLiteral("0.07"));
    QCOMPARE(all[2].nmdaGammaPerMv, 0.07);
    QCOMPARE(desk.get<QComboBox>("kindPresetCombo")->currentText(), QStringLiteral("Custom"));
    QVERIFY(!desk.get<QuantityField>("kindDecayField")->isVisible());
    click(desk.get<QCheckBox>("kindExpertCheck"));
    typeInto(desk.get<QuantityField>("kindDecayField"),
             QStringLiteral("0.1")); // shorter than the rise
    QCOMPARE(all[2].tauDecayMs, 3.0);
    QVERIFY(labelText(desk.window, "kindDecayWhyLabel").contains(QStringLiteral("longer")));

    auto *name = desk.get<QLineEdit>("kindNameEdit");
    const auto rename = [&](const QString &to) {
        bringIntoView(name);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, to);
        QTest::keyClick(name, Qt::Key_Return);
    };
    rename(QStringLiteral("slow"));
    QCOMPARE(all[2].name, std::string("slow"));
    QVERIFY(desk.get<QToolButton>("placeSynapse2Button")->text() == QStringLiteral("slow"));
    rename(QStringLiteral("inhibitory"));
    QCOMPARE(all[2].name, std::string("slow"));
    QVERIFY(labelText(desk.window, "kindNameWhyLabel").contains(QStringLiteral("another kind")));

    click(desk.get<QPushButton>("copyKindButton"));
    QCOMPARE(all[3].name, std::string("slow 2"));
    choose(desk.get<QComboBox>("kindPresetCombo"), QStringLiteral("GABA-A"));
    QCOMPARE(all[3].polarity, Polarity::Inhibitory);
    QVERIFY(!desk.get<QuantityField>("kindNmdaGMaxField")->isVisible());
    QVERIFY(!desk.get<BlockPlot>("blockPlot")->isVisible());
    click(desk.get<QPushButton>("removeKindButton")); // of no synapse: no question
    QCOMPARE(all.size(), std::size_t(3));
    while (desk.document.undoStack()->canUndo())
        desk.undo();
    QCOMPARE(desk.document.neuron(), presetNeuron("nmda-cable").value());
}

void tst_SynapseForms::deletedKindIsAsked()
{
    Desk desk(treeWithTable());
    desk.tab(SynapsePanel::Kinds);
    click(desk.get<QPushButton>("removeKindButton")); // excitatory: 3 synapses
    QVERIFY(!desk.get<QPushButton>("moveToKindButton")->isVisible()); // all others inhibit
    choose(desk.get<QComboBox>("kindCombo"), desk.get<QComboBox>("kindCombo")->itemText(1));
    click(desk.get<QPushButton>("removeKindButton")); // inhibitory: 1 synapse
    QCOMPARE(desk.get<QComboBox>("moveToKindCombo")->count(), 1);
    click(desk.get<QPushButton>("moveToKindButton"));
    QCOMPARE(desk.document.neuron().synapseKinds[1].name, std::string("shunt"));
    QCOMPARE(desk.synapses().size(), std::size_t(5));
    QCOMPARE(desk.synapses()[3].kind, 1);
    desk.undo();
    choose(desk.get<QComboBox>("kindCombo"), desk.get<QComboBox>("kindCombo")->itemText(0));
    click(desk.get<QPushButton>("removeKindButton"));
    QVERIFY(desk.get<QWidget>("removeKindBar")->isVisible());
    QVERIFY(labelText(desk.window, "removeKindLabel").contains(QStringLiteral("3 synapses")));
    click(desk.get<QPushButton>("keepKindButton"));
    QCOMPARE(desk.document.neuron(), treeWithTable());
    click(desk.get<QPushButton>("removeKindButton"));
    click(desk.get<QPushButton>("removeKindAndSynapsesButton"));
    QCOMPARE(desk.synapses().size(), std::size_t(2));
    desk.undo();
    QCOMPARE(desk.document.neuron(), treeWithTable());
}

void tst_SynapseForms::blockCurveIsRead()
{
    Desk desk;
    desk.tab(SynapsePanel::Kinds);
    auto *plot = desk.get<BlockPlot>("blockPlot");
    bringIntoView(plot);
    const auto dragTo = [&](double mv) {
        drag(plot, plot->toPixel({plot->clamp(), 0.5}), plot->toPixel({mv, 0.5}));
    };
    dragTo(-85.0);
    QVERIFY(std::abs(plot->clamp() + 85.0) <= 1.0);
    plot->setFocus();
    while (plot->clamp() < -85.0)
        QTest::keyClick(plot, Qt::Key_Right);
    while (plot->clamp() > -85.0)
        QTest::keyClick(plot, Qt::Key_Left);
    QVERIFY(std::abs(plot->open() - 0.004) < 0.0005); // human
    for (int i = 0; i < 35; ++i)
        QTest::keyClick(plot, Qt::Key_Right);
    QVERIFY(std::abs(plot->open() - 0.061) < 0.0005);
    QTest::keyClick(plot, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(plot->clamp(), -60.0);
    bool said = false;
    for (const QLabel *label : desk.window.findChildren<QLabel *>())
        said = said || label->text().startsWith(QStringLiteral("-60 mV: 0.0"));
    QVERIFY(said);
    QCOMPARE(desk.steps(), 0);
}

void tst_SynapseForms::distributePreviewsAndApplies()
{
    Desk desk(smallTree());
    desk.clearSynapses();
    desk.tab(SynapsePanel::Distribute);
    click(desk.get<QCheckBox>("snapCheck")); // exact places
    auto *pane = desk.window.findChild<DistributePane *>();
    typeInto(desk.get<QuantityField>("distributeCountField"), QStringLiteral("30"));
    QCOMPARE(pane->preview().size(), std::size_t(30));
    QCOMPARE(desk.view->marks().size(), std::size_t(30));
    QVERIFY(desk.view->marks()[0].hollow);
    QVERIFY(labelText(desk.window, "distributeSummaryLabel").contains(QStringLiteral("adds 30")));
    QCOMPARE(desk.steps(), 1); // a preview is no edit

    choose(desk.get<QComboBox>("distributeWhereCombo"), QStringLiteral("Path to a Tip"));
    choose(desk.get<QComboBox>("distributeTipCombo"), QStringLiteral("tuft"));
    typeInto(desk.get<QuantityField>("distributeFromField"), QStringLiteral("350"));
    typeInto(desk.get<QuantityField>("distributeToField"), QStringLiteral("450"));
    for (const Synapse &s : pane->preview()) {
        const double um = distanceUm(desk.document.neuron(), {s.dendrite, s.x});
        QVERIFY(um >= 350.0 && um <= 450.0);
    }
    choose(desk.get<QComboBox>("distributePlacingCombo"), QStringLiteral("At Random"));
    typeInto(desk.get<QuantityField>("distributeSeedField"), QStringLiteral("7"));
    const std::vector<Synapse> seven = pane->preview();
    click(desk.get<QToolButton>("distributeDiceButton"));
    QVERIFY(pane->preview() != seven);
    typeInto(desk.get<QuantityField>("distributeSeedField"), QStringLiteral("7"));
    QCOMPARE(pane->preview(), seven);
    click(desk.get<QPushButton>("distributeApplyButton"));
    QCOMPARE(desk.synapses(), seven);
    QCOMPARE(desk.steps(), 2);
    QCOMPARE(desk.selection->items().size(), std::size_t(30));
    // They are not offered once more.
    QVERIFY(pane->preview().empty());
    QVERIFY(!desk.get<QPushButton>("distributeApplyButton")->isEnabled());
    QVERIFY(labelText(desk.window, "distributeSummaryLabel").contains(QStringLiteral("Added 30")));
    desk.undo();
    QCOMPARE(pane->preview(), seven);
    click(desk.get<QPushButton>("distributeApplyButton"));
    desk.tab(SynapsePanel::Table); // nobody looks at the preview
    QVERIFY(pane->preview().empty());
    QCOMPARE(desk.view->marks().size(), std::size_t(30));
    desk.tab(SynapsePanel::Distribute);
    click(desk.get<QPushButton>("removeAllOfKindButton"));
    QVERIFY(desk.synapses().empty());
    desk.undo();
    desk.undo();
    QVERIFY(desk.synapses().empty());
}

void tst_SynapseForms::chosenTipComesBack()
{
    Desk desk(smallTree());
    desk.tab(SynapsePanel::Distribute);
    auto *tip = desk.get<QComboBox>("distributeTipCombo");
    choose(desk.get<QComboBox>("distributeWhereCombo"), QStringLiteral("Path to a Tip"));
    choose(tip, QStringLiteral("oblique"));
    QVERIFY(desk.document
                .editTree(QStringLiteral("x"),
                          [](Neuron &n) { return removeDendrites(n, {3}, Children::Remove); })
                .ok());
    QCOMPARE(tip->currentIndex(), -1); // not another one
    QVERIFY(!desk.get<QPushButton>("distributeApplyButton")->isEnabled());
    desk.undo();
    QCOMPARE(tip->currentText(), QStringLiteral("oblique"));
    QVERIFY(desk.get<QPushButton>("distributeApplyButton")->isEnabled());
}

void tst_SynapseForms::plainAmpaHasNoBlock()
{
    Desk desk;
    desk.tab(SynapsePanel::Kinds);
    auto *nmda = desk.get<QuantityField>("kindNmdaGMaxField");
    QVERIFY(desk.get<QuantityField>("kindGammaField")->isVisible());
    typeInto(nmda, QStringLiteral("0"));
    QVERIFY(!desk.get<QuantityField>("kindGammaField")->isVisible());
    QVERIFY(!desk.get<BlockPlot>("blockPlot")->isVisible());
    // What appears appears below: the field stays under the mouse.
    const int before = nmda->mapTo(&desk.window, QPoint()).y();
    typeInto(nmda, QStringLiteral("0.4"));
    QTRY_VERIFY(desk.get<BlockPlot>("blockPlot")->isVisible());
    settle();
    QCOMPARE(nmda->mapTo(&desk.window, QPoint()).y(), before);
}

// Stored in uS, as the reference has it; read and typed in nS.
void tst_SynapseForms::conductancesAreInNs()
{
    Desk desk;
    desk.tab(SynapsePanel::Kinds);
    auto *ampa = desk.get<QuantityField>("kindGMaxField");
    QCOMPARE(ampa->text(), QStringLiteral("0.4 nS"));
    typeInto(ampa, QStringLiteral("0.6"));
    const auto stored = [&] { return desk.document.neuron().synapseKinds[0].gMaxUs; };
    QVERIFY(stored() == 0.0006);
    typeInto(ampa, QStringLiteral("0.0007 uS"));
    QVERIFY(stored() == 0.0007);
    QCOMPARE(ampa->text(), QStringLiteral("0.7 nS"));
    typeInto(ampa, QStringLiteral("2000"));
    QVERIFY(labelText(desk.window, "kindGMaxWhyLabel").contains(QStringLiteral("0 to 1000 nS")));
    QVERIFY(stored() == 0.0007);
}

void tst_SynapseForms::distributeRefuses()
{
    Desk desk(smallTree());
    desk.tab(SynapsePanel::Distribute);
    auto *apply = desk.get<QPushButton>("distributeApplyButton");
    typeInto(desk.get<QuantityField>("distributeFromField"), QStringLiteral("5000"));
    QVERIFY(!apply->isEnabled());
    QVERIFY(
        labelText(desk.window, "distributeSummaryLabel").contains(QStringLiteral("no dendrite")));
    typeInto(desk.get<QuantityField>("distributeFromField"), QStringLiteral("0"));
    choose(desk.get<QComboBox>("distributeAmountCombo"), QStringLiteral("Per Length"));
    typeInto(desk.get<QuantityField>("distributeDensityField"), QStringLiteral("900"));
    QVERIFY(!apply->isEnabled());
    QVERIFY(labelText(desk.window, "distributeSummaryLabel").contains(QStringLiteral("50000")));
    choose(desk.get<QComboBox>("distributeWhereCombo"), QStringLiteral("Selected Dendrites"));
    QVERIFY(labelText(desk.window, "distributeSummaryLabel")
                .contains(QStringLiteral("No dendrite is selected")));
    typeInto(desk.get<QuantityField>("distributeDensityField"), QStringLiteral("0.1"));
    desk.selection->select(Kind::Dendrites, {3});
    QVERIFY(apply->isEnabled());
    QCOMPARE(apply->text(), QStringLiteral("Add 10 Synapses"));
    QCOMPARE(desk.steps(), 0);
}

void tst_SynapseForms::onePairAgain()
{
    Desk desk(smallTree());
    desk.tab(SynapsePanel::Distribute);
    auto *button = desk.get<QPushButton>("onePairButton");
    QVERIFY(!button->isEnabled());
    desk.clearSynapses();
    click(button);
    QCOMPARE(desk.document.neuron(), smallTree());
}

void tst_SynapseForms::electrodes()
{
    Desk desk;
    QVERIFY(!desk.get<QListWidget>("electrodeList")->isVisible());
    desk.drop({PlaceItem::What::CurrentClamp, {}}, desk.at(0, 0.3));
    QCOMPARE(desk.electrodes().size(), std::size_t(1));
    typeInto(desk.get<QuantityField>("electrodeCurrentField"), QStringLiteral("0.25"));
    typeInto(desk.get<QuantityField>("electrodeStartField"), QStringLiteral("50"));
    typeInto(desk.get<QuantityField>("electrodeDurationField"), QStringLiteral("300 ms"));
    QCOMPARE(desk.electrodes()[0].currentNa, 0.25);
    QCOMPARE(desk.electrodes()[0].startMs, 50.0);
    QCOMPARE(desk.electrodes()[0].durationMs, 300.0);
    typeInto(desk.get<QuantityField>("electrodeCurrentField"), QStringLiteral("5000"));
    QCOMPARE(desk.electrodes()[0].currentNa, 0.25);
    QVERIFY(labelText(desk.window, "electrodeCurrentWhyLabel")
                .contains(QStringLiteral("out of range")));
    choose(desk.get<QComboBox>("electrodeClampCombo"), QStringLiteral("Voltage Clamp"));
    QVERIFY(!desk.get<QuantityField>("electrodeCurrentField")->isVisible());
    typeInto(desk.get<QuantityField>("electrodeHoldField"), QStringLiteral("-70"));
    QVERIFY(!desk.get<QuantityField>("electrodeSeriesField")->isVisible());
    click(desk.get<QCheckBox>("electrodeExpertCheck"));
    typeInto(desk.get<QuantityField>("electrodeSeriesField"), QStringLiteral("10"));
    QCOMPARE(desk.electrodes()[0].seriesMohm, 10.0);
    click(desk.get<QCheckBox>("electrodeOnCheck"));
    QVERIFY(!desk.electrodes()[0].on);
    QVERIFY(desk.view->marks().back().hollow);
    // Along the cell, also to the soma.
    const int steps = desk.steps();
    const QPointF at = desk.at(0, desk.electrodes()[0].x) - QPointF(0, 14);
    QVERIFY(desk.view->markAt(at));
    drag(desk.view, at, desk.at(0, 0.7));
    QCOMPARE(desk.steps(), steps + 1);
    QVERIFY(std::abs(desk.electrodes()[0].x - 0.7) < 0.07);
    choose(desk.get<QComboBox>("electrodeSectionCombo"), QStringLiteral("Soma"));
    QCOMPARE(desk.electrodes()[0].dendrite, SomaIndex);
    click(desk.get<QPushButton>("removeElectrodeButton"));
    QVERIFY(desk.electrodes().empty());
    while (desk.document.undoStack()->canUndo())
        desk.undo();
    QVERIFY(desk.electrodes().empty());
}

void tst_SynapseForms::electrodeNames()
{
    Desk desk;
    desk.drop({PlaceItem::What::CurrentClamp, {}}, desk.at(0, 0.3));
    desk.drop({PlaceItem::What::CurrentClamp, {}}, desk.at(0, 0.6));
    QCOMPARE(desk.electrodes()[1].name, std::string("current clamp 2"));
    auto *name = desk.get<QLineEdit>("electrodeNameEdit");
    bringIntoView(name);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("current clamp"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(desk.electrodes()[1].name, std::string("current clamp 2"));
    QCOMPARE(name->text(), QStringLiteral("current clamp 2"));
    QVERIFY(desk.get<QLabel>("electrodeNameWhyLabel")->isVisible());
    auto *list = desk.get<QListWidget>("electrodeList");
    list->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(!desk.electrodes()[0].on);
    clickAt(list->viewport(), list->visualItemRect(list->item(0)).center());
    QCOMPARE(desk.selection->single(Kind::Electrodes), 0);
}

DT_TEST(tst_SynapseForms, QApplication)
#include "tst_SynapseForms.moc"
