// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/cell/Validation.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "tests/gui/neuron/SynapseDesk.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"
#include "widgets/synapses/SynapseTable.h"
#include "widgets/synapses/SynapseTableModel.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_SynapseEditor : public QObject
{
    Q_OBJECT

    using Kind = CellSelection::Kind;

private Q_SLOTS:
    void dragFromThePalette();
    void clickAndEnterPlace();
    void markDragIsOneStep();
    void severalAreDraggedTogether();
    void frameSelects();
    void selectionIsShared();
    void tableSorts();
    void tableEditsInPlace();
    void tableRefusesWithASentence();
    void copyAndPaste();
    void deleteKeys();
    void deletedBranchTakesItsSynapses();
    void tenThousandStayFluent();
    void anyEditsCanBeUndone();
};

void tst_SynapseEditor::dragFromThePalette()
{
    Desk desk;
    desk.clearSynapses();
    desk.drop({PlaceItem::What::Synapse, "inhibitory"}, desk.at(0, 0.3));
    QCOMPARE(desk.synapses().size(), std::size_t(1));
    QCOMPARE(desk.synapses()[0], (Synapse{1, 0, 0.3125})); // the centre of the third of 8 segments
    QCOMPARE(desk.selection->single(Kind::Synapses), 0);
    click(desk.get<QCheckBox>("snapCheck"));
    desk.drop({PlaceItem::What::Synapse, "excitatory"}, desk.at(0, 0.3));
    QVERIFY(std::abs(desk.synapses()[1].x - 0.3) < 0.003);
    // Synapses sit on dendrites; electrodes in the soma, too.
    desk.drop({PlaceItem::What::Synapse, "excitatory"}, desk.view->positionOf({SomaIndex, 0.5}));
    QCOMPARE(desk.synapses().size(), std::size_t(2));
    QVERIFY(labelText(desk.window, "placeHintLabel").contains(QStringLiteral("dendrites")));
    desk.drop({PlaceItem::What::CurrentClamp, {}}, desk.view->positionOf({SomaIndex, 0.5}));
    desk.drop({PlaceItem::What::VoltageClamp, {}}, desk.at(0, 0.8));
    QCOMPARE(desk.electrodes().size(), std::size_t(2));
    QCOMPARE(desk.electrodes()[0].dendrite, SomaIndex);
    QCOMPARE(desk.electrodes()[1].clamp, Clamp::Voltage);
    QCOMPARE(desk.get<QTabWidget>("synapseTabs")->currentIndex(), int(SynapsePanel::Electrodes));
    QCOMPARE(desk.view->marks().size(), std::size_t(4));
    for (int i = 0; i < 4; ++i)
        desk.undo();
    QVERIFY(desk.synapses().empty() && desk.electrodes().empty());
}

void tst_SynapseEditor::clickAndEnterPlace()
{
    Desk desk;
    desk.clearSynapses();
    auto *button = desk.get<QToolButton>("placeSynapse0Button");
    click(button);
    clickAt(desk.view, desk.at(0, 0.2));
    clickAt(desk.view, desk.at(0, 0.7));
    QCOMPARE(desk.synapses().size(), std::size_t(2));
    QCOMPARE(desk.steps(), 3);
    clickAt(desk.view, QPointF(desk.view->width() / 2.0, 5.0)); // beside the cell
    QCOMPARE(desk.synapses().size(), std::size_t(2));
    QVERIFY(labelText(desk.window, "placeHintLabel").contains(QStringLiteral("Click on the cell")));
    desk.view->setFocus();
    QTest::keyClick(desk.view, Qt::Key_Escape);
    QVERIFY(!button->isChecked());
    // From the keyboard alone: a dendrite, then Enter on the palette.
    desk.selection->select(Kind::Dendrites, {0}, 0.45);
    button->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(desk.synapses().size(), std::size_t(3));
    QCOMPARE(desk.synapses()[2].x, 0.4375);
    desk.selection->clear();
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(desk.synapses().size(), std::size_t(3));
    QVERIFY(labelText(desk.window, "placeHintLabel").contains(QStringLiteral("Select a dendrite")));
}

void tst_SynapseEditor::markDragIsOneStep()
{
    Desk desk;
    const std::vector<Synapse> before = desk.synapses();
    drag(desk.view, desk.markOf(0), desk.at(0, 0.5) + QPointF(0, -15));
    QCOMPARE(desk.steps(), 1);
    QVERIFY(std::abs(desk.synapses()[0].x - 0.5) < 0.07);
    QVERIFY(isAtSegmentCentre(desk.document.neuron().dendrites[0], desk.synapses()[0].x));
    QCOMPARE(desk.selection->single(Kind::Synapses), 0);
    const double there = desk.synapses()[0].x;
    drag(desk.view, desk.markOf(0), desk.at(0, 0.9));
    QCOMPARE(desk.steps(), 2); // another drag is another step
    desk.undo();
    QCOMPARE(desk.synapses()[0].x, there);
    desk.undo();
    QCOMPARE(desk.synapses(), before);
    // Escape puts back what the drag moved.
    press(desk.view, desk.markOf(0));
    moveTo(desk.view, desk.at(0, 0.3));
    moveTo(desk.view, desk.at(0, 0.6));
    QVERIFY(desk.synapses() != before);
    QTest::keyClick(desk.view, Qt::Key_Escape);
    QCOMPARE(desk.synapses(), before);
    release(desk.view, desk.at(0, 0.6));
    QCOMPARE(desk.synapses(), before);
    QVERIFY(!desk.document.undoStack()->canUndo());
}

void tst_SynapseEditor::severalAreDraggedTogether()
{
    Desk desk;
    click(desk.get<QCheckBox>("snapCheck"));
    const std::vector<Synapse> before = desk.synapses();
    desk.selection->select(Kind::Synapses, {2, 4}); // excitation in the second and third segment
    drag(desk.view, desk.markOf(2), desk.at(0, before[2].x + 0.2) + QPointF(0, -8));
    const double moved = desk.synapses()[2].x - before[2].x;
    QVERIFY(std::abs(moved - 0.2) < 0.02);
    QVERIFY(std::abs(desk.synapses()[4].x - before[4].x - moved) < 1e-9);
    QCOMPARE(desk.synapses()[6], before[6]);
    QCOMPARE(desk.steps(), 1);
    desk.undo();
    QCOMPARE(desk.synapses(), before);
}

void tst_SynapseEditor::frameSelects()
{
    Desk desk;
    const QPointF from = desk.at(0, 0.27) - QPointF(0, 60);
    const QPointF to = desk.at(0, 0.60) + QPointF(0, 60);
    drag(desk.view, from, to);
    QCOMPARE(desk.selection->kind(), Kind::Synapses);
    QCOMPARE(desk.selection->items(), (std::vector<int>{4, 5, 6, 7, 8, 9})); // .3125, .4375, .5625
    QVERIFY(labelText(desk.window, "synapseTitleLabel")
                .contains(QStringLiteral("6 synapses, mixed kinds")));
    clickAt(desk.view, from); // on nothing
    QCOMPARE(desk.selection->kind(), Kind::Nothing);
    QCOMPARE(desk.steps(), 0);
}

void tst_SynapseEditor::selectionIsShared()
{
    Desk desk;
    auto *table = desk.get<SynapseTable>("synapseTable");
    clickAt(desk.view, desk.markOf(6));
    QCOMPARE(desk.selection->items(), (std::vector<int>{6}));
    QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table->selectionModel()->selectedRows().first().row(), 6);
    QVERIFY(desk.view->marks()[6].selected);
    press(desk.view, desk.markOf(3), Qt::ControlModifier);
    release(desk.view, desk.markOf(3));
    QCOMPARE(desk.selection->items(), (std::vector<int>{3, 6}));
    QCOMPARE(table->selectionModel()->selectedRows().size(), 2);
    // From the table to the picture.
    clickAt(table->viewport(), table->visualRect(table->model()->index(1, 1)).center());
    QCOMPARE(desk.selection->items(), (std::vector<int>{1}));
    QVERIFY(desk.view->marks()[1].selected && !desk.view->marks()[6].selected);
    QVERIFY(labelText(desk.window, "synapseTitleLabel")
                .contains(QStringLiteral("Synapse 2: inhibitory")));
}

void tst_SynapseEditor::tableSorts()
{
    Desk desk(treeWithTable());
    auto *table = desk.get<SynapseTable>("synapseTable");
    auto *header = table->horizontalHeader();
    desk.selection->select(Kind::Synapses, {2});
    for (int column = 0; column < SynapseTableModel::Columns; ++column) {
        for (int turn = 0; turn < 2; ++turn) {
            const QPoint at(header->sectionViewportPosition(column)
                                + header->sectionSize(column) / 3,
                            header->height() / 2);
            clickAt(header->viewport(), at);
            QCOMPARE(header->sortIndicatorSection(), column);
            const bool falling = header->sortIndicatorOrder() == Qt::DescendingOrder;
            for (int row = 1; row < table->model()->rowCount(); ++row) {
                const QVariant a =
                    table->model()->index(row - (falling ? 0 : 1), column).data(Qt::EditRole);
                const QVariant b =
                    table->model()->index(row - (falling ? 1 : 0), column).data(Qt::EditRole);
                if (column >= SynapseTableModel::XColumn)
                    QVERIFY(a.toDouble() <= b.toDouble());
                else if (column > SynapseTableModel::DirectionColumn)
                    QVERIFY(a.toString() <= b.toString());
            }
            // The same synapse stays selected, wherever it went.
            QCOMPARE(desk.selection->items(), (std::vector<int>{2}));
            QCOMPARE(
                table->synapses()->synapseAt(table->selectionModel()->selectedRows().first().row()),
                2);
        }
    }
    QCOMPARE(desk.steps(), 0);
}

void tst_SynapseEditor::tableEditsInPlace()
{
    Desk desk(treeWithTable());
    auto *table = desk.get<SynapseTable>("synapseTable");
    const auto type = [&](int row, int column, const QString &text) {
        const QModelIndex index = table->model()->index(row, column);
        table->scrollTo(index);
        const QPoint at = table->visualRect(index).center();
        clickAt(table->viewport(), at);
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, at);
        auto *editor = table->viewport()->findChild<QLineEdit *>(QStringLiteral("synapseCellEdit"));
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, text);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(!table->viewport()->findChild<QLineEdit *>(QStringLiteral("synapseCellEdit")));
    };
    type(0, SynapseTableModel::WeightColumn, QStringLiteral("2.5"));
    QCOMPARE(desk.synapses()[0].weight, 2.5);
    type(0, SynapseTableModel::XColumn, QStringLiteral("0,25"));
    QCOMPARE(desk.synapses()[0].x, 0.25);
    type(0, SynapseTableModel::DistanceColumn, QStringLiteral("550")); // the tuft begins at 400
    QCOMPARE(desk.synapses()[0].x, 0.5);
    QCOMPARE(desk.steps(), 3);

    const QModelIndex kind = table->model()->index(0, SynapseTableModel::KindColumn);
    table->setCurrentIndex(kind);
    table->edit(kind);
    auto *combo = table->viewport()->findChild<QComboBox *>(QStringLiteral("synapseCellCombo"));
    QVERIFY(combo);
    QCOMPARE(combo->count(), 3);
    choose(combo, QStringLiteral("shunt"));
    QTRY_COMPARE(desk.synapses()[0].kind, 2);
    QCOMPARE(desk.steps(), 4);
    for (int i = 0; i < 4; ++i)
        desk.undo();
    QCOMPARE(desk.synapses(), treeWithTable().synapses);
}

void tst_SynapseEditor::tableRefusesWithASentence()
{
    Desk desk(treeWithTable());
    auto *table = desk.get<SynapseTable>("synapseTable");
    auto *problem = desk.get<QLabel>("synapseProblemLabel");
    const auto set = [&](int column, const QString &text) {
        return table->model()->setData(table->model()->index(0, column), text, Qt::EditRole);
    };
    QVERIFY(!set(SynapseTableModel::XColumn, QStringLiteral("1.2")));
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(QStringLiteral("x goes from 0 to 1")));
    QVERIFY(!set(SynapseTableModel::DistanceColumn, QStringLiteral("100")));
    QVERIFY2(problem->text().contains(QStringLiteral("400 to 700")), qPrintable(problem->text()));
    QVERIFY(!set(SynapseTableModel::WeightColumn, QStringLiteral("-1")));
    QVERIFY(!set(SynapseTableModel::WeightColumn, QStringLiteral("nan")));
    QVERIFY(!set(SynapseTableModel::WeightColumn, QStringLiteral("many")));
    QVERIFY(!set(SynapseTableModel::KindColumn, QStringLiteral("AMPB")));
    QCOMPARE(desk.synapses(), treeWithTable().synapses);
    QCOMPARE(desk.steps(), 0);
    QVERIFY(set(SynapseTableModel::WeightColumn, QStringLiteral("3")));
    QVERIFY(!problem->isVisible());
}

void tst_SynapseEditor::copyAndPaste()
{
    Desk desk;
    auto *table = desk.get<SynapseTable>("synapseTable");
    desk.selection->select(Kind::Synapses, {0, 3});
    table->setFocus();
    QTest::keySequence(table, QKeySequence::Copy);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.startsWith(QStringLiteral("kind\tdendrite\tx\tweight\nexcitatory\t")),
             qPrintable(copied));
    QTest::keySequence(table, QKeySequence::Paste);
    QCOMPARE(desk.synapses().size(), std::size_t(18));
    QCOMPARE(desk.synapses()[17], desk.synapses()[3]);
    QCOMPARE(desk.selection->items(), (std::vector<int>{16, 17}));
    QCOMPARE(desk.steps(), 1);
    QApplication::clipboard()->setText(QStringLiteral("excitatory\tapical\t0.5\t1"));
    click(desk.get<QPushButton>("pasteSynapsesButton"));
    QVERIFY(labelText(desk.window, "synapseProblemLabel").contains(QStringLiteral("Line 1")));
    QVERIFY(labelText(desk.window, "synapseProblemLabel").contains(QStringLiteral("apical")));
    QCOMPARE(desk.synapses().size(), std::size_t(18));
}

void tst_SynapseEditor::deleteKeys()
{
    Desk desk;
    auto *table = desk.get<SynapseTable>("synapseTable");
    const std::vector<Synapse> before = desk.synapses();
    desk.selection->select(Kind::Synapses, {0, 1, 2});
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(desk.synapses().size(), std::size_t(13));
    QCOMPARE(desk.selection->kind(), Kind::Nothing);
    clickAt(desk.view, desk.markOf(0));
    desk.view->setFocus();
    QTest::keyClick(desk.view, Qt::Key_Delete);
    QCOMPARE(desk.synapses().size(), std::size_t(12));
    desk.undo();
    desk.undo();
    QCOMPARE(desk.synapses(), before);
}

void tst_SynapseEditor::deletedBranchTakesItsSynapses()
{
    Desk desk(treeWithTable());
    desk.selection->select(Kind::Synapses, {0, 2, 3});
    // As any edit of the tree does: the oblique (3) goes, and with it its synapse.
    (void)desk.document.edit(QStringLiteral("Delete Branch"), [](Project &p) {
        std::erase_if(p.neuron.synapses, [](const Synapse &s) { return s.dendrite == 3; });
        p.neuron.dendrites.pop_back();
    });
    QCOMPARE(desk.view->marks().size(), std::size_t(4));
    QCOMPARE(desk.get<SynapseTable>("synapseTable")->model()->rowCount(), 4);
    for (const int item : desk.selection->items())
        QVERIFY(item < 4);
    QVERIFY(labelText(desk.window, "synapseCountLabel").startsWith(QStringLiteral("4 synapses")));
    desk.undo();
    QCOMPARE(desk.document.neuron(), treeWithTable());
    QCOMPARE(desk.view->marks().size(), std::size_t(5));
}

void tst_SynapseEditor::tenThousandStayFluent()
{
    Neuron neuron = presetNeuron("nmda-cable-64").value();
    neuron.synapses.clear();
    RandomStream random({1});
    for (int i = 0; i < 10000; ++i)
        neuron.synapses.push_back(
            {static_cast<int>(random.below(2)), 0, random.uniform(), random.uniform(0.0, 5.0)});
    Desk desk(neuron);
    auto *table = desk.get<SynapseTable>("synapseTable");
    QCOMPARE(table->model()->rowCount(), 10000);
    QElapsedTimer timer;
    timer.start();
    table->sortByColumn(SynapseTableModel::WeightColumn, Qt::DescendingOrder);
    table->selectAll();
    QCOMPARE(desk.selection->items().size(), std::size_t(10000));
    QVERIFY(table->model()->setData(table->model()->index(5000, SynapseTableModel::WeightColumn),
                                    QStringLiteral("2"), Qt::EditRole));
    table->scrollToBottom();
    desk.window.grab();
    qInfo("sort, select all, edit, scroll and paint: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 5000); // a tenth of it on a quiet machine
}

void tst_SynapseEditor::anyEditsCanBeUndone()
{
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Desk desk(seed % 2 ? treeWithTable() : presetNeuron("nmda-cable").value());
        const Project start = desk.document.project();
        RandomStream random({seed, 7});
        std::vector<Project> states{start};
        for (int step = 0; step < 40; ++step) {
            const Neuron &now = desk.document.neuron();
            std::vector<int> items;
            for (std::size_t i = 0; i < now.synapses.size(); ++i) {
                if (random.uniform() < 0.2)
                    items.push_back(static_cast<int>(i));
            }
            desk.selection->select(Kind::Synapses, items);
            auto *table = desk.get<SynapseTable>("synapseTable");
            switch (random.below(7)) {
            case 0:
                desk.drop({PlaceItem::What::Synapse, now.synapseKinds.front().name},
                          desk.at(0, random.uniform(0.05, 0.95)));
                break;
            case 1:
                table->removeSelected();
                break;
            case 2:
                table->copySelected();
                table->paste();
                break;
            case 3:
                if (table->model()->rowCount() > 0)
                    table->model()->setData(
                        table->model()->index(
                            static_cast<int>(random.below(
                                static_cast<std::uint64_t>(table->model()->rowCount()))),
                            SynapseTableModel::WeightColumn),
                        QString::number(random.uniform(-1.0, 5.0)), Qt::EditRole);
                break;
            case 4:
                desk.get<QAction>("newKind0Action")->trigger();
                break;
            case 5:
                desk.drop({PlaceItem::What::CurrentClamp, {}},
                          desk.at(0, random.uniform(0.05, 0.95)));
                break;
            case 6:
                desk.get<QPushButton>("onePairButton")->click();
                break;
            }
            const Status valid = validateNeuron(desk.document.neuron());
            QVERIFY2(valid, valid ? "" : valid.error().message.c_str());
            if (!(desk.document.project() == states.back()))
                states.push_back(desk.document.project());
            QCOMPARE(desk.steps(), static_cast<int>(states.size()) - 1); // a no-op leaves none
        }
        QVERIFY(states.size() > 10);
        for (std::size_t i = states.size() - 1; i > 0; --i) {
            desk.undo();
            QVERIFY(desk.document.project() == states[i - 1]);
        }
        for (std::size_t i = 1; i < states.size(); ++i)
            desk.redo();
        QVERIFY(desk.document.project() == states.back());
    }
}

DT_TEST(tst_SynapseEditor, QApplication)
#include "tst_SynapseEditor.moc"
