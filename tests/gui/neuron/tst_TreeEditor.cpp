// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/neuron/TreeBench.h"
#include "tests/support/TestProgram.h"

#include <QApplication>

using namespace dt;
using namespace dt::test;

/// The editor of the tree in the real window: every tool is clicked, dragged or typed.
class tst_TreeEditor : public TreeBench
{
    Q_OBJECT

    using Kind = CellSelection::Kind;
    using Handle = TreeTool::Handle;

private Q_SLOTS:
    void init() { TreeBench::init(); }
    void cleanup() { TreeBench::cleanup(); }

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
    void undoUnderTheMouse();
    void keys();
    void walkWithArrows();
    void contextMenu();
    void zoomAndPan();
    void marksAreDragged();
    void shapeMode();
    void drawnBranchStays_data();
    void drawnBranchStays();
    void schematicSaysSo();
    void hairBetweenMarksIsHit();
    void roundNumbers();
    void largeCellIsQuick();
};

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

// What a gesture is about may be taken back while it goes on.
void tst_TreeEditor::undoUnderTheMouse()
{
    plant("y");
    selectOnly(0);
    QTest::keyClick(cell(), Qt::Key_A);
    const int added = selection()->single(Kind::Dendrites);
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    QTest::keyClick(cell(), Qt::Key_R); // waits for a parent
    document()->undoStack()->undo();
    QCOMPARE(neuron().dendrites.size(), std::size_t(3));
    cell()->grab();
    clickAt(cell(), at(1, 0.5));
    QCOMPARE(selection()->single(Kind::Dendrites), 1); // an ordinary click
    QCOMPARE(neuron().dendrites.size(), std::size_t(3));

    document()->undoStack()->redo();
    selectOnly(added);
    const QPointF tip = handle(Handle::Tip);
    press(cell(), tip);
    moveTo(cell(), tip + QPointF(-20, 0));
    moveTo(cell(), tip + QPointF(-30, 0));
    while (neuron().dendrites.size() == 4)
        document()->undoStack()->undo();
    moveTo(cell(), tip + QPointF(-40, 0));
    cell()->grab();
    release(cell(), tip + QPointF(-40, 0));
    QCOMPARE(neuron().dendrites.size(), std::size_t(3));
    QVERIFY(document()->undoStack()->canRedo()); // nothing was written over it
}

void tst_TreeEditor::keys()
{
    plant("y");
    selectOnly(1);
    const int untouched = steps();
    for (const Qt::Key key : {Qt::Key_A, Qt::Key_J, Qt::Key_R, Qt::Key_S})
        QTest::keyClick(cell(), key, Qt::ControlModifier);
    QCOMPARE(steps(), untouched);
    QVERIFY(!message().contains(QStringLiteral("Click")));
    selection()->clear();
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
    // A picture of its own: that of the page has an owner of its marks.
    CellView view;
    view.resize(600, 300);
    Neuron y = defaultNeuron();
    QVERIFY(plantTree(y, "y").ok());
    view.setNeuron(y);
    view.show();
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    const auto on = [&](int dendrite, double x) { return view.positionOf({dendrite, x}); };
    CellMark mark;
    mark.id = 42;
    mark.place = {1, 0.5};
    mark.shape = CellMark::Shape::Circle;
    view.setMarks({mark});
    view.setMarksMovable(true);
    QSignalSpy clicked(&view, &CellView::markClicked);
    QSignalSpy dragged(&view, &CellView::markDragged);
    QSignalSpy dropped(&view, &CellView::markDropped);
    QSignalSpy cancelled(&view, &CellView::markDragCancelled);
    clickAt(&view, on(1, 0.5));
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked.at(0).at(0).toInt(), 42);
    drag(&view, on(1, 0.5), on(2, 0.25));
    QVERIFY(dragged.count() > 0);
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped.at(0).at(1).toInt(), 2);
    QVERIFY(std::abs(dropped.at(0).at(2).toDouble() - 0.25) < 0.03);
    press(&view, on(1, 0.5));
    moveTo(&view, on(1, 0.6));
    moveTo(&view, on(1, 0.8));
    QTest::keyClick(&view, Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 1);
    release(&view, on(1, 0.8));
    QCOMPARE(dropped.count(), 1);
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

void tst_TreeEditor::drawnBranchStays_data()
{
    QTest::addColumn<int>("parent");
    QTest::addColumn<QPointF>("way");
    QTest::newRow("soma, down right") << int(SomaIndex) << QPointF(60, 92);
    QTest::newRow("soma, up left") << int(SomaIndex) << QPointF(-70, -60);
    QTest::newRow("trunk, down") << 0 << QPointF(5, 80);
    QTest::newRow("trunk, up") << 0 << QPointF(-10, -80);
}

void tst_TreeEditor::drawnBranchStays()
{
    QFETCH(int, parent);
    QFETCH(QPointF, way);
    plant("y");
    click(child<QAbstractButton>(*page(), "shapeRadio"));
    const QPointF from = parent == SomaIndex ? cell()->positionOf({}) : at(0, 0.5);
    const double pixels = cell()->pixelsPerUm();
    press(cell(), from, Qt::AltModifier);
    moveTo(cell(), from + way / 2.0);
    moveTo(cell(), from + way);
    release(cell(), from + way);
    QCOMPARE(neuron().dendrites.size(), std::size_t(4));
    const auto named = [&](const char *name) {
        for (int i = 0; i < int(neuron().dendrites.size()); ++i) {
            if (neuron().dendrites[std::size_t(i)].name == name)
                return i;
        }
        return -1;
    };
    // In um from the soma: pictures are fitted anew.
    const auto shown = [&](const char *name) {
        const QPolygonF &line = cell()->layoutOfCell().branches[std::size_t(named(name))].line;
        return QLineF(line.front(), line.back());
    };
    const auto same = [](const QLineF &a, const QLineF &b) {
        return QLineF(a.p1(), b.p1()).length() + QLineF(a.p2(), b.p2()).length() < 1e-6;
    };
    const QLineF drawn = shown("dend");
    QVERIFY(std::abs(drawn.angleTo(QLineF({}, way))) < 1.0
            || std::abs(drawn.angleTo(QLineF({}, way)) - 360.0) < 1.0);
    const double length = std::hypot(way.x(), way.y()) / pixels
        - (parent == SomaIndex ? neuron().soma.diamUm / 2.0 : 0.0);
    QVERIFY(std::abs(neuron().dendrites[std::size_t(named("dend"))].lengthUm - length)
            < 2.0 / pixels);
    QVERIFY(std::abs(drawn.length() - length) < 2.0 / pixels);
    // It begins where its parent says.
    if (parent == 0)
        QVERIFY(QLineF(drawn.p1(), cell()->layoutOfCell().pointAt({0, 0.5})).length()
                < 1.0 / pixels);
    else
        QVERIFY(std::abs(std::hypot(drawn.x1(), drawn.y1()) - neuron().soma.diamUm / 2.0) < 1e-6);

    // Whatever happens to the others, it stays, and so do they.
    const QLineF left = shown("left");
    selection()->select(Kind::Dendrites, {named("right")});
    QTest::keyClick(cell(), Qt::Key_Delete);
    QCOMPARE(named("right"), -1);
    QVERIFY(same(shown("dend"), drawn));
    QVERIFY(same(shown("left"), left));
    document()->undoStack()->undo();
    QVERIFY(same(shown("dend"), drawn));
    selection()->select(Kind::Dendrites, {named("left")});
    QTest::keyClick(cell(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(same(shown("dend"), drawn));
    QVERIFY(same(shown("left"), left));
    QTest::keyClick(cell(), Qt::Key_A);
    QVERIFY(same(shown("dend"), drawn));
    // With its parent it moves, and stays attached.
    selection()->select(Kind::Dendrites, {named("trunk")});
    typeInto(child<QuantityField>(*page(), "dendriteLengthField"), QStringLiteral("600"));
    const QLineF moved = shown("dend");
    QVERIFY(std::abs(moved.length() - drawn.length()) < 1e-6);
    if (parent == 0) {
        const double x = neuron().dendrites[std::size_t(named("dend"))].parentX;
        const QPointF place = cell()->layoutOfCell().pointAt({0, x});
        QVERIFY(QLineF(moved.p1(), place).length() < 1e-6);
    } else {
        QVERIFY(same(moved, drawn));
    }
    document()->undoStack()->undo();
    QVERIFY(same(shown("dend"), drawn));
}

void tst_TreeEditor::schematicSaysSo()
{
    plant("y");
    click(child<QToolButton>(*page(), "drawBranchActionButton"));
    QVERIFY2(message().contains(QStringLiteral("schematic")), qPrintable(message()));
    click(child<QToolButton>(*page(), "drawBranchActionButton"));
    click(child<QAbstractButton>(*page(), "shapeRadio"));
    click(child<QToolButton>(*page(), "drawBranchActionButton"));
    QVERIFY2(!message().contains(QStringLiteral("schematic")), qPrintable(message()));
}

void tst_TreeEditor::hairBetweenMarksIsHit()
{
    plant("y");
    click(child<QAbstractButton>(*page(), "shapeRadio"));
    const int tip = 2;
    for (const double x : {0.3, 0.5, 0.7}) {
        const QPointF along = cell()->layoutOfCell().directionAt({tip, x});
        for (const double off : {-3.0, 0.0, 3.0}) {
            selection()->clear();
            clickAt(cell(), at(tip, x) + QPointF(along.y(), -along.x()) * off);
            QCOMPARE(selection()->single(Kind::Dendrites), tip);
        }
    }
}

void tst_TreeEditor::roundNumbers()
{
    plant("stick");
    clickAt(cell(), at(0, 0.3713));
    QTest::keyClick(cell(), Qt::Key_S);
    const double length = neuron().dendrites[0].lengthUm;
    QVERIFY2(std::abs(length / 10.0 - std::round(length / 10.0)) < 1e-9,
             qPrintable(QString::number(length)));
    // Join is offered where there is something to join.
    auto *join = child<QToolButton>(*page(), "joinActionButton");
    selectOnly(1);
    QVERIFY(!join->isEnabled());
    selectOnly(0);
    QVERIFY(join->isEnabled());
    QTest::keyClick(cell(), Qt::Key_J);
    QVERIFY(!join->isEnabled());
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

DT_TEST(tst_TreeEditor, QApplication)
#include "tst_TreeEditor.moc"
