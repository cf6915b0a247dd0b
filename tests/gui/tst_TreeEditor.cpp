// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SimulationController.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "engine/model/Presets.h"
#include "engine/model/TreePresets.h"
#include "engine/model/Validation.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "tests/support/RandomTree.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeTool.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/NeuronPage.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace dt;
using namespace dt::test;
using Kind = CellSelection::Kind;
using Handle = TreeTool::Handle;

/// The editor of the tree in the real window: every tool is clicked, dragged or typed.
class tst_TreeEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void stickIsPlain();
    void growAndBack();
    void presets_data();
    void presets();
    void clickSelects();
    void controlAddsAndBandSelects();
    void dragLength_data();
    void dragLength();
    void dragDiameter();
    void escapeTakesADragBack();
    void plusDrawsABranch();
    void drawTool();
    void altDraws();
    void dragBaseReconnects();
    void loopIsRefused();
    void reconnectByKeyAndClick();
    void keys();
    void walkWithArrows();
    void buttons();
    void contextMenu();
    void deletingTheLastIsRefused();
    void tableEdits();
    void tableSortsAndSelects();
    void tableRefuses();
    void lambdaRule();
    void inspector();
    void inspectorOfSeveral();
    void inspectorRename();
    void zoomAndPan();
    void marksAreDragged();
    void shapeMode();
    void lossIsTold();
    void largeCellIsQuick();
    void simulationOfATree();

private:
    void plant(const char *preset);
    [[nodiscard]] Document *document() const { return m_bench->window->document(); }
    [[nodiscard]] const Neuron &neuron() const { return document()->neuron(); }
    [[nodiscard]] int steps() const { return document()->undoStack()->index(); }
    [[nodiscard]] NeuronPage *page() const
    {
        return child<NeuronPage>(*m_bench->window, "neuronPage");
    }
    [[nodiscard]] CellView *cell() const
    {
        return child<CellView>(*m_bench->window, "neuronCellView");
    }
    [[nodiscard]] TreeTool *tool() const { return page()->findChild<TreeTool *>(); }
    [[nodiscard]] CellSelection *selection() const { return page()->selection(); }
    [[nodiscard]] QPointF at(int dendrite, double x) const { return cell()->positionOf({dendrite, x}); }
    [[nodiscard]] QPointF handle(Handle which) const
    {
        const auto place = tool()->handleAt(which);
        if (!place)
            qFatal("there is no such handle");
        return *place;
    }
    [[nodiscard]] QString message() const { return labelText(*page(), "treeMessageLabel"); }
    [[nodiscard]] QTableView *table() const { return child<QTableView>(*page(), "dendriteTable"); }
    void clickButton(const char *name)
    {
        click(child<QToolButton>(*page(), name));
    }
    void editCell(int row, int column, const QString &text);
    void selectOnly(int dendrite) { clickAt(cell(), at(dendrite, 0.5)); }

    std::unique_ptr<Bench> m_bench;
};

void tst_TreeEditor::init()
{
    m_bench = std::make_unique<Bench>(QSize(1280, 800));
    m_bench->window->showPage(MainWindow::Neuron);
    QTRY_VERIFY(page()->isVisible());
}

void tst_TreeEditor::cleanup()
{
    m_bench.reset();
}

void tst_TreeEditor::plant(const char *preset)
{
    if (!page()->isTree())
        click(child<QPushButton>(*page(), "growTreeButton"));
    child<QAction>(*page(), qPrintable(QStringLiteral("plant-") + QLatin1String(preset)))->trigger();
    QTest::qWait(1); // layouts
}

void tst_TreeEditor::editCell(int row, int column, const QString &text)
{
    const QModelIndex index = table()->model()->index(row, column);
    table()->setCurrentIndex(index);
    table()->edit(index);
    auto *editor = QApplication::focusWidget();
    QVERIFY(editor && table()->isAncestorOf(editor));
    if (auto *field = qobject_cast<QAbstractSpinBox *>(editor))
        field->selectAll();
    else if (auto *line = qobject_cast<QLineEdit *>(editor))
        line->selectAll();
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
    QTest::qWait(1); // the table takes it when the event loop runs again
}

void tst_TreeEditor::stickIsPlain()
{
    QVERIFY(!page()->isTree());
    QVERIFY(!child<QWidget>(*page(), "treeBar")->isVisible());
    QVERIFY(!table()->isVisible());
    QVERIFY(!child<QWidget>(*page(), "cellInspector")->isVisible());
    QVERIFY(child<QWidget>(*page(), "dend_L_umRow")->isVisible());
    // Its length and diameter can be dragged all the same, nothing else.
    clickAt(cell(), at(0, 0.5));
    QVERIFY(tool()->handleAt(Handle::Tip));
    QVERIFY(tool()->handleAt(Handle::Edge));
    QVERIFY(!tool()->handleAt(Handle::Base));
    QVERIFY(!tool()->handleAt(Handle::Plus));
    QTest::keyClick(cell(), Qt::Key_S);
    QTest::keyClick(cell(), Qt::Key_Delete);
    QCOMPARE(steps(), 0);
}

void tst_TreeEditor::growAndBack()
{
    click(child<QPushButton>(*page(), "growTreeButton"));
    QVERIFY(page()->isTree());
    QCOMPARE(steps(), 0); // nothing has changed yet
    QVERIFY(table()->isVisible());
    QVERIFY(child<QWidget>(*page(), "cellInspector")->isVisible());
    QVERIFY(!child<QWidget>(*page(), "dend_L_umRow")->isVisible());
    selectOnly(0);
    clickButton("splitActionButton");
    QCOMPARE(neuron().dendrites.size(), std::size_t(2));
    auto *stick = child<QPushButton>(*page(), "backToStickButton");
    QVERIFY(stick->isEnabled());
    click(stick);
    QVERIFY(neuron().isBallAndStick());
    QVERIFY(!page()->isTree());
    document()->undoStack()->undo(); // a tree again: its tools are there
    QVERIFY(page()->isTree());
    document()->undoStack()->undo();
    QVERIFY(neuron() == defaultNeuron());
    plant("y");
    QVERIFY(!stick->isEnabled());
    QVERIFY(stick->toolTip().contains(QStringLiteral("unbranched")));
}

void tst_TreeEditor::presets_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("dendrites");
    QTest::newRow("y") << QByteArray("y") << 3;
    QTest::newRow("binary") << QByteArray("binary") << 31;
    QTest::newRow("apical") << QByteArray("apical") << 11;
    QTest::newRow("stick") << QByteArray("stick") << 1;
}

void tst_TreeEditor::presets()
{
    QFETCH(QByteArray, name);
    QFETCH(int, dendrites);
    if (name == "stick")
        plant("y");
    const int before = steps();
    plant(name.constData());
    QCOMPARE(int(neuron().dendrites.size()), dendrites);
    QCOMPARE(steps(), before + 1);
    QCOMPARE(table()->model()->rowCount(), dendrites);
    QVERIFY(validateNeuron(neuron()).ok());
    QCOMPARE(document()->stimulus().painted.size(), std::size_t(9)); // moved, not lost
}

void tst_TreeEditor::clickSelects()
{
    plant("y");
    clickAt(cell(), at(1, 0.25));
    QCOMPARE(selection()->single(Kind::Dendrites), 1);
    QVERIFY(std::abs(selection()->x() - 0.25) < 0.02);
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table()->currentIndex().row(), 1);
    QCOMPARE(child<QLineEdit>(*page(), "dendriteNameEdit")->text(), QStringLiteral("left"));
    clickAt(cell(), cell()->positionOf({}));
    QCOMPARE(selection()->kind(), Kind::Soma);
    QVERIFY(table()->selectionModel()->selectedRows().isEmpty());
    clickAt(cell(), QPointF(10, 10));
    QCOMPARE(selection()->kind(), Kind::Nothing);
    QCOMPARE(steps(), 1);
}

void tst_TreeEditor::controlAddsAndBandSelects()
{
    plant("y");
    selectOnly(1);
    press(cell(), at(2, 0.5), Qt::ControlModifier);
    release(cell(), at(2, 0.5));
    QCOMPARE(selection()->items(), (std::vector<int>{1, 2}));
    press(cell(), at(1, 0.5), Qt::ControlModifier);
    release(cell(), at(1, 0.5));
    QCOMPARE(selection()->items(), std::vector<int>{2});
    // A band around the ends of both daughters.
    const QPointF a = at(1, 1.0);
    const QPointF b = at(2, 1.0);
    drag(cell(), QPointF(a.x() + 12, std::min(a.y(), b.y()) - 30),
         QPointF(a.x() - 30, std::max(a.y(), b.y()) + 30));
    QCOMPARE(selection()->items(), (std::vector<int>{1, 2}));
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 2);
}

void tst_TreeEditor::dragLength_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::newRow("thickened") << QByteArray("schematicRadio");
    QTest::newRow("to scale") << QByteArray("toScaleRadio");
    QTest::newRow("shape") << QByteArray("shapeRadio");
}

void tst_TreeEditor::dragLength()
{
    QFETCH(QByteArray, mode);
    plant("y");
    click(child<QAbstractButton>(*page(), mode.constData()));
    selectOnly(1);
    const int before = steps();
    const double length = neuron().dendrites[1].lengthUm;
    const QPointF tip = handle(Handle::Tip);
    const QPointF base = at(1, 0.0);
    const QPointF to = tip + (base - tip) * 0.5;
    press(cell(), tip);
    moveTo(cell(), tip + (base - tip) * 0.2);
    moveTo(cell(), to);
    QTRY_VERIFY(std::abs(neuron().dendrites[1].lengthUm / length - 0.5) < 0.05); // follows at once
    QVERIFY(QLineF(at(1, 1.0), to).length() < 6.0); // the tip is under the mouse
    release(cell(), to);
    QCOMPARE(steps(), before + 1);
    document()->undoStack()->undo();
    QCOMPARE(neuron().dendrites[1].lengthUm, length);
}

void tst_TreeEditor::dragDiameter()
{
    plant("y");
    selectOnly(0);
    const int before = steps();
    const double diam = neuron().dendrites[0].diamUm;
    const QPointF edge = handle(Handle::Edge);
    press(cell(), edge);
    moveTo(cell(), edge - QPointF(0, 5));
    moveTo(cell(), edge - QPointF(0, 12));
    QVERIFY(neuron().dendrites[0].diamUm > 1.2 * diam);
    release(cell(), edge - QPointF(0, 12));
    QCOMPARE(steps(), before + 1);
    QCOMPARE(document()->undoStack()->undoText(), QStringLiteral("Change Diameter"));
    document()->undoStack()->undo();
    QCOMPARE(neuron().dendrites[0].diamUm, diam);
}

void tst_TreeEditor::escapeTakesADragBack()
{
    plant("y");
    selectOnly(1);
    const Project before = document()->project();
    const int count = document()->undoStack()->count();
    const QPointF tip = handle(Handle::Tip);
    press(cell(), tip);
    moveTo(cell(), tip - QPointF(40, 0));
    moveTo(cell(), tip - QPointF(80, 0));
    QVERIFY(document()->project() != before);
    QTest::keyClick(cell(), Qt::Key_Escape);
    QVERIFY(document()->project() == before);
    QCOMPARE(document()->undoStack()->count(), count);
    moveTo(cell(), tip - QPointF(120, 0)); // the drag is over
    release(cell(), tip - QPointF(120, 0));
    QVERIFY(document()->project() == before);
    QVERIFY(!document()->undoStack()->canRedo());
}

void tst_TreeEditor::plusDrawsABranch()
{
    plant("y");
    selectOnly(2);
    const int before = steps();
    const QPointF plus = handle(Handle::Plus);
    drag(cell(), plus, plus + QPointF(20, 60));
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    const Dendrite &d = neuron().dendrites.back();
    QCOMPARE(d.parent, 2);
    QCOMPARE(d.parentX, 1.0);
    const double expected = std::hypot(40.0, 60.0) / cell()->pixelsPerUm();
    QVERIFY2(std::abs(d.lengthUm / expected - 1.0) < 0.35, qPrintable(QString::number(d.lengthUm)));
    QCOMPARE(steps(), before + 1);
    QCOMPARE(selection()->single(Kind::Dendrites), 3); // what is new is selected
}

void tst_TreeEditor::drawTool()
{
    plant("y");
    clickButton("drawBranchActionButton");
    QVERIFY(tool()->isDrawing());
    QVERIFY(message().contains(QStringLiteral("Drag")));
    drag(cell(), at(0, 0.5), at(0, 0.5) + QPointF(30, -60));
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    QCOMPARE(neuron().dendrites.back().parent, 0);
    QVERIFY(std::abs(neuron().dendrites.back().parentX - 0.5) < 0.03);
    drag(cell(), cell()->positionOf({}), cell()->positionOf({}) + QPointF(-5, 70));
    QCOMPARE(neuron().dendrites.size(), std::size_t(5));
    QCOMPARE(neuron().dendrites.back().parent, SomaIndex);
    QTest::keyClick(cell(), Qt::Key_Escape);
    QVERIFY(!tool()->isDrawing());
    QVERIFY(!child<QAction>(*page(), "drawBranchAction")->isChecked());
}

void tst_TreeEditor::altDraws()
{
    plant("y");
    const QPointF from = at(1, 0.6);
    press(cell(), from, Qt::AltModifier);
    moveTo(cell(), from + QPointF(0, -40));
    moveTo(cell(), from + QPointF(10, -70));
    release(cell(), from + QPointF(10, -70));
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    QCOMPARE(neuron().dendrites.back().parent, 1);
}

void tst_TreeEditor::dragBaseReconnects()
{
    plant("y");
    selectOnly(2);
    const int before = steps();
    drag(cell(), handle(Handle::Base), at(1, 0.5));
    QCOMPARE(neuron().dendrites[2].name, std::string("right"));
    QCOMPARE(neuron().dendrites[2].parent, 1);
    QVERIFY(std::abs(neuron().dendrites[2].parentX - 0.5) < 0.05);
    QCOMPARE(steps(), before + 1);
    // Dropped beside the cell it stays.
    drag(cell(), handle(Handle::Base), QPointF(8, 8));
    QCOMPARE(steps(), before + 1);
}

void tst_TreeEditor::loopIsRefused()
{
    plant("y");
    selectOnly(0);
    const Project before = document()->project();
    drag(cell(), handle(Handle::Base), at(1, 0.5));
    QVERIFY(document()->project() == before);
    QVERIFY2(message().contains(QStringLiteral("loop")), qPrintable(message()));
    QVERIFY(child<QLabel>(*page(), "treeMessageLabel")->property("problem").toBool());
}

void tst_TreeEditor::reconnectByKeyAndClick()
{
    plant("apical");
    const int basal = int(neuron().dendrites.size()) - 1;
    selectOnly(basal);
    QTest::keyClick(cell(), Qt::Key_R);
    QVERIFY2(message().contains(QStringLiteral("Click")), qPrintable(message()));
    clickAt(cell(), at(0, 0.93));
    const int moved = selection()->single(Kind::Dendrites);
    QVERIFY(moved >= 0);
    QCOMPARE(neuron().dendrites[std::size_t(moved)].parent, 0);
    const int count = steps();
    QTest::keyClick(cell(), Qt::Key_R);
    QTest::keyClick(cell(), Qt::Key_Escape);
    clickAt(cell(), at(1, 0.5)); // an ordinary click
    QCOMPARE(steps(), count);
    QCOMPARE(selection()->single(Kind::Dendrites), 1);
}

void tst_TreeEditor::keys()
{
    plant("y");
    clickAt(cell(), at(1, 0.4));
    QTest::keyClick(cell(), Qt::Key_S);
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    const int near = 1;
    QVERIFY(std::abs(neuron().dendrites[near].lengthUm / 500.0 - 0.4) < 0.02);
    selection()->select(Kind::Dendrites, {near});
    QTest::keyClick(cell(), Qt::Key_J);
    QCOMPARE(neuron().dendrites.size(), std::size_t(3));
    QVERIFY(std::abs(neuron().dendrites[near].lengthUm - 500.0) < 1e-9);
    QTest::keyClick(cell(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    QCOMPARE(neuron().dendrites.back().name, std::string("left_2"));
    QTest::keyClick(cell(), Qt::Key_A);
    QCOMPARE(neuron().dendrites.size(), std::size_t(5));
    const int segments = neuron().dendrites.back().segments;
    QTest::keyClick(cell(), Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(cell(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(neuron().dendrites.back().segments, segments + 2);
    QTest::keyClick(cell(), Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(neuron().dendrites.back().segments, segments + 1);
    QTest::keyClick(cell(), Qt::Key_Delete);
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    selection()->select(Kind::Dendrites, {0});
    QTest::keyClick(cell(), Qt::Key_Delete, Qt::ShiftModifier); // keeps what hangs on it
    QCOMPARE(neuron().dendrites.size(), std::size_t(3));
    while (document()->undoStack()->canUndo())
        document()->undoStack()->undo();
    QVERIFY(neuron() == defaultNeuron());
}

void tst_TreeEditor::walkWithArrows()
{
    plant("y");
    cell()->setFocus();
    QTest::keyClick(cell(), Qt::Key_Home);
    QCOMPARE(selection()->kind(), Kind::Soma);
    QTest::keyClick(cell(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(selection()->single(Kind::Dendrites), 0);
    QTest::keyClick(cell(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(selection()->single(Kind::Dendrites), 1);
    QTest::keyClick(cell(), Qt::Key_Down);
    QCOMPARE(selection()->single(Kind::Dendrites), 2);
    QTest::keyClick(cell(), Qt::Key_Up);
    QCOMPARE(selection()->single(Kind::Dendrites), 1);
    QTest::keyClick(cell(), Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(selection()->single(Kind::Dendrites), 0);
    const int row = cell()->selection().value();
    QTest::keyClick(cell(), Qt::Key_Right); // one segment
    QCOMPARE(cell()->selection(), std::optional(row + 1));
    QTest::keyClick(cell(), Qt::Key_End);
    QCOMPARE(cell()->selection(), std::optional(neuron().segmentCount() - 1));
    QTest::keyClick(cell(), Qt::Key_Escape);
    QCOMPARE(selection()->kind(), Kind::Nothing);
}

void tst_TreeEditor::buttons()
{
    plant("y");
    for (const char *name : {"splitAction", "joinAction", "duplicateAction", "reconnectAction",
                             "deleteBranchAction", "addBranchAction"})
        QVERIFY2(!child<QAction>(*page(), name)->isEnabled(), name);
    selectOnly(1);
    clickButton("duplicateActionButton");
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    clickButton("addBranchActionButton");
    QCOMPARE(neuron().dendrites.size(), std::size_t(5));
    clickButton("deleteBranchActionButton");
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    QVERIFY2(message().contains(QStringLiteral("Removed a dendrite with")), qPrintable(message()));
    selectOnly(1);
    clickButton("splitActionButton");
    QCOMPARE(neuron().dendrites.size(), std::size_t(5));
    selectOnly(1);
    clickButton("joinActionButton");
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    clickAt(cell(), cell()->positionOf({}));
    clickButton("addBranchActionButton"); // at the soma
    QCOMPARE(neuron().dendrites.back().parent, SomaIndex);
}

void tst_TreeEditor::contextMenu()
{
    plant("y");
    QSignalSpy asked(page(), &NeuronPage::menuAboutToShow);
    const QPoint place = at(2, 0.5).toPoint();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, cell()->mapToGlobal(place));
    QApplication::sendEvent(cell(), &event);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(selection()->single(Kind::Dendrites), 2);
    auto *menu = page()->findChild<QMenu *>(QStringLiteral("cellMenu"));
    QVERIFY(menu);
    QTRY_VERIFY(menu->isVisible());
    for (QAction *action : menu->actions()) {
        if (action->objectName() == QStringLiteral("duplicateAction"))
            action->trigger();
    }
    menu->close();
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
}

void tst_TreeEditor::deletingTheLastIsRefused()
{
    click(child<QPushButton>(*page(), "growTreeButton"));
    selectOnly(0);
    QTest::keyClick(cell(), Qt::Key_Delete);
    QCOMPARE(steps(), 0);
    QVERIFY2(message().contains(QStringLiteral("at least one dendrite")), qPrintable(message()));
}

void tst_TreeEditor::tableEdits()
{
    plant("y");
    int count = steps();
    editCell(1, 3, QStringLiteral("123 um"));
    QCOMPARE(neuron().dendrites[1].lengthUm, 123.0);
    QCOMPARE(steps(), ++count);
    editCell(1, 4, QStringLiteral("0,75"));
    QCOMPARE(neuron().dendrites[1].diamUm, 0.75);
    editCell(1, 5, QStringLiteral("7"));
    QCOMPARE(neuron().dendrites[1].segments, 7);
    editCell(1, 0, QStringLiteral("thin one"));
    QCOMPARE(neuron().dendrites[1].name, std::string("thin one"));
    editCell(1, 2, QStringLiteral("0.4"));
    QCOMPARE(neuron().dendrites[1].parentX, 0.4);
    count = steps();
    editCell(1, 3, QStringLiteral("123")); // the same again is no step
    QCOMPARE(steps(), count);
    // A length for all that are selected.
    table()->selectAll();
    QCOMPARE(selection()->items().size(), std::size_t(3));
    const QModelIndex index = table()->model()->index(0, 3);
    table()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    table()->edit(index);
    auto *field = qobject_cast<QAbstractSpinBox *>(QApplication::focusWidget());
    QVERIFY(field);
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("300"));
    QTest::keyClick(field, Qt::Key_Return);
    QTest::qWait(1);
    for (const Dendrite &d : neuron().dendrites)
        QCOMPARE(d.lengthUm, 300.0);
    QCOMPARE(steps(), count + 1);
}

void tst_TreeEditor::tableSortsAndSelects()
{
    plant("apical");
    table()->sortByColumn(3, Qt::AscendingOrder);
    double last = 0.0;
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        const double length = table()->model()->index(row, 3).data(Qt::UserRole).toDouble();
        QVERIFY(length >= last);
        last = length;
    }
    // The last row is the longest: the apical trunk, the first of the list.
    const QModelIndex index = table()->model()->index(table()->model()->rowCount() - 1, 0);
    table()->scrollTo(index);
    clickAt(table()->viewport(), table()->visualRect(index).center());
    QCOMPARE(selection()->single(Kind::Dendrites), 0);
    QVERIFY(cell()->selection().has_value());
}

void tst_TreeEditor::tableRefuses()
{
    plant("y");
    const int count = steps();
    editCell(1, 3, QStringLiteral("0"));
    QCOMPARE(neuron().dendrites[1].lengthUm, 500.0);
    QVERIFY2(message().contains(QStringLiteral("out of range")), qPrintable(message()));
    editCell(1, 3, QStringLiteral("abc"));
    QVERIFY2(message().contains(QStringLiteral("not a number")), qPrintable(message()));
    editCell(1, 0, QStringLiteral("right"));
    QVERIFY2(message().contains(QStringLiteral("taken")), qPrintable(message()));
    QCOMPARE(steps(), count);
}

void tst_TreeEditor::lambdaRule()
{
    plant("y");
    editCell(0, 5, QStringLiteral("1"));
    QVERIFY2(labelText(*page(), "coarseDendritesLabel").contains(QStringLiteral("coarse")),
             qPrintable(labelText(*page(), "coarseDendritesLabel")));
    selection()->clear();
    typeInto(child<QuantityField>(*page(), "lambdaShareField"), QStringLiteral("0.05"));
    const int count = steps();
    click(child<QPushButton>(*page(), "lambdaApplyButton"));
    QCOMPARE(steps(), count + 1);
    QVERIFY(neuron().dendrites[0].segments > 5);
    QVERIFY(!labelText(*page(), "coarseDendritesLabel").contains(QStringLiteral("coarse")));
}

void tst_TreeEditor::inspector()
{
    plant("y");
    selectOnly(2);
    typeInto(child<QuantityField>(*page(), "dendriteLengthField"), QStringLiteral("640"));
    QCOMPARE(neuron().dendrites[2].lengthUm, 640.0);
    typeInto(child<QuantityField>(*page(), "dendriteDiameterField"), QStringLiteral("1.5"));
    QCOMPARE(neuron().dendrites[2].diamUm, 1.5);
    typeInto(child<QuantityField>(*page(), "dendriteSegmentsField"), QStringLiteral("9"));
    QCOMPARE(neuron().dendrites[2].segments, 9);
    typeInto(child<QuantityField>(*page(), "dendriteAtField"), QStringLiteral("0.5"));
    QCOMPARE(neuron().dendrites[2].parentX, 0.5);
    choose(child<QComboBox>(*page(), "dendriteParentCombo"), QStringLiteral("left"));
    QCOMPARE(neuron().dendrites[2].parent, 1);
    auto *more = child<QPushButton>(*page(), "inspectorMoreButton");
    QVERIFY(more->text().startsWith(QStringLiteral("6 More")));
    QVERIFY(!child<QLabel>(*page(), "dendriteAreaLabel")->isVisible());
    bringIntoView(more);
    click(more);
    QVERIFY(child<QLabel>(*page(), "dendriteAreaLabel")->isVisible());
    QCOMPARE(labelText(*page(), "dendriteSynapsesLabel"), QStringLiteral("18"));
    // A branch that hangs on it is not offered as a parent.
    selectOnly(0);
    QCOMPARE(child<QComboBox>(*page(), "dendriteParentCombo")->count(), 1);
}

void tst_TreeEditor::inspectorOfSeveral()
{
    plant("y");
    selection()->select(Kind::Dendrites, {1, 2});
    QCOMPARE(labelText(*page(), "inspectorHeadingLabel"), QStringLiteral("2 Dendrites"));
    QVERIFY(!child<QLineEdit>(*page(), "dendriteNameEdit")->isVisible());
    const int count = steps();
    typeInto(child<QuantityField>(*page(), "dendriteDiameterField"), QStringLiteral("0.6"));
    QCOMPARE(neuron().dendrites[1].diamUm, 0.6);
    QCOMPARE(neuron().dendrites[2].diamUm, 0.6);
    QCOMPARE(steps(), count + 1);
}

void tst_TreeEditor::inspectorRename()
{
    plant("y");
    selectOnly(1);
    auto *name = child<QLineEdit>(*page(), "dendriteNameEdit");
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("tuft"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(neuron().dendrites[1].name, std::string("tuft"));
    QCOMPARE(selection()->single(Kind::Dendrites), 1);
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("trunk"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(neuron().dendrites[1].name, std::string("tuft"));
    QCOMPARE(name->text(), QStringLiteral("tuft"));
    QVERIFY(message().contains(QStringLiteral("taken")));
}

void tst_TreeEditor::zoomAndPan()
{
    plant("apical");
    cell()->setFocus();
    const QPointF tip = at(0, 1.0);
    wheel(cell(), tip, 4);
    QVERIFY(cell()->zoom() > 2.0);
    QVERIFY(QLineF(at(0, 1.0), tip).length() < 4.0); // what is under the mouse stays there
    QTest::keyClick(cell(), Qt::Key_0);
    QCOMPARE(cell()->zoom(), 1.0);
    QTest::keyClick(cell(), Qt::Key_Plus);
    QVERIFY(cell()->zoom() > 1.2);
    QTest::keyClick(cell(), Qt::Key_Minus);
    QCOMPARE(cell()->zoom(), 1.0);
    clickButton("zoomInButton");
    clickButton("zoomInButton");
    const QPointF before = at(0, 0.5);
    QTest::mousePress(cell(), Qt::MiddleButton, {}, QPoint(60, 60));
    QTest::mouseMove(cell(), QPoint(90, 70));
    QTest::mouseRelease(cell(), Qt::MiddleButton, {}, QPoint(90, 70));
    QCOMPARE((at(0, 0.5) - before).toPoint(), QPoint(30, 10));
    clickButton("zoomFitButton");
    QCOMPARE(cell()->zoom(), 1.0);
    QCOMPARE(steps(), 1);
}

void tst_TreeEditor::marksAreDragged()
{
    plant("y");
    CellMark mark;
    mark.id = 42;
    mark.place = {1, 0.5};
    mark.shape = CellMark::Shape::Circle;
    cell()->setMarks({mark});
    cell()->setMarksMovable(true);
    QSignalSpy clicked(cell(), &CellView::markClicked);
    QSignalSpy dragged(cell(), &CellView::markDragged);
    QSignalSpy dropped(cell(), &CellView::markDropped);
    QSignalSpy cancelled(cell(), &CellView::markDragCancelled);
    clickAt(cell(), at(1, 0.5));
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked.at(0).at(0).toInt(), 42);
    drag(cell(), at(1, 0.5), at(2, 0.25));
    QVERIFY(dragged.count() > 0);
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped.at(0).at(1).toInt(), 2);
    QVERIFY(std::abs(dropped.at(0).at(2).toDouble() - 0.25) < 0.03);
    press(cell(), at(1, 0.5));
    moveTo(cell(), at(1, 0.6));
    moveTo(cell(), at(1, 0.8));
    QTest::keyClick(cell(), Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 1);
    release(cell(), at(1, 0.8));
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(steps(), 1); // marks are their owner's business
}

void tst_TreeEditor::shapeMode()
{
    plant("apical");
    click(child<QAbstractButton>(*page(), "shapeRadio"));
    QCOMPARE(cell()->mode(), CellLayout::Mode::Shape);
    // Dendrites of the soma go to different sides.
    const QPointF soma = cell()->positionOf({});
    const QPointF apical = at(0, 1.0) - soma;
    const int basal = int(neuron().dendrites.size()) - 2;
    const QPointF other = at(basal, 1.0) - soma;
    QVERIFY(QPointF::dotProduct(apical, other) < 0.0);
    for (int d = 0; d < int(neuron().dendrites.size()); ++d) {
        clickAt(cell(), at(d, 0.6));
        QCOMPARE(selection()->single(Kind::Dendrites), d);
        selection()->clear();
    }
}

void tst_TreeEditor::lossIsTold()
{
    click(child<QPushButton>(*page(), "growTreeButton"));
    clickAt(cell(), at(0, 0.5));
    QTest::keyClick(cell(), Qt::Key_S);
    const Project before = document()->project();
    QTest::keyClick(cell(), Qt::Key_Delete); // the far half, with painted events on it
    QCOMPARE(neuron().dendrites.size(), std::size_t(1));
    QVERIFY2(message().contains(QStringLiteral("painted events")), qPrintable(message()));
    document()->undoStack()->undo();
    QVERIFY(document()->project() == before);
}

void tst_TreeEditor::largeCellIsQuick()
{
    Dice dice(5);
    const Neuron large = randomTree(dice, 500, false);
    QVERIFY(document()->edit(QStringLiteral("x"), [&](Project &p) { p.neuron = large; }).ok());
    QImage image(cell()->size(), QImage::Format_ARGB32_Premultiplied);
    for (const char *mode : {"schematicRadio", "toScaleRadio", "shapeRadio"}) {
        click(child<QAbstractButton>(*page(), mode));
        cell()->setVoltages(std::vector<float>(std::size_t(large.segmentCount()) + 1, -70.0F));
        cell()->render(&image); // fonts are loaded
        QElapsedTimer timer;
        timer.start();
        constexpr int Times = 10;
        for (int i = 0; i < Times; ++i)
            cell()->render(&image);
        const double ms = double(timer.nsecsElapsed()) / 1e6 / Times;
        qInfo("%s: %.1f ms for %d segments of 500 dendrites", mode, ms, large.segmentCount());
        QVERIFY2(ms < 100.0, mode); // 16 ms on an idle machine
    }
}

void tst_TreeEditor::simulationOfATree()
{
    m_bench->engine.setRunsByItself(true);
    plant("apical");
    trigger(*m_bench->window, "runAction");
    const auto &recording = m_bench->window->simulation()->recording();
    QTRY_VERIFY_WITH_TIMEOUT(recording && recording->segments == neuron().segmentCount(), 20000);
    QCOMPARE(recording->neuron.dendrites.size(), std::size_t(11));
    // The runs that follow a drag by themselves know the tree, too.
    m_bench->window->showPage(MainWindow::Neuron);
    selectOnly(1);
    drag(cell(), handle(Handle::Tip), handle(Handle::Tip) + QPointF(-20, 0));
    QTRY_VERIFY_WITH_TIMEOUT(recording && recording->neuron == neuron(), 20000);
}

QTEST_MAIN(tst_TreeEditor)
#include "tst_TreeEditor.moc"
