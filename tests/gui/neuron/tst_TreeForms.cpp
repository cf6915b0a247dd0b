// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/neuron/TreeBench.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QTabBar>

using namespace dt;
using namespace dt::test;

/// The tree in the real window: what surrounds the picture - buttons, presets, table, inspector.
class tst_TreeForms : public TreeBench
{
    Q_OBJECT

    using Kind = CellSelection::Kind;
    using Handle = TreeTool::Handle;

private Q_SLOTS:
    void init() { TreeBench::init(); }
    void cleanup() { TreeBench::cleanup(); }

    void growAndBack();
    void presets_data();
    void presets();
    void tableEdits();
    void tableSortsAndSelects();
    void tableRefuses();
    void lambdaRule();
    void inspector();
    void inspectorOfSeveral();
    void inspectorRename();
    void simulationOfATree();
    void stickIsPlain();
    void buttons();
    void lossIsTold();
    void pictureStaysInItsPlace_data();
    void pictureStaysInItsPlace();
    void deletingTheLastIsRefused();
};

void tst_TreeForms::pictureStaysInItsPlace_data()
{
    QTest::addColumn<bool>("projector");
    QTest::newRow("usual") << false;
    QTest::newRow("projector") << true;
}

void tst_TreeForms::growAndBack()
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
    QVERIFY(!stick->isVisible()); // nothing that it could do
}

void tst_TreeForms::presets_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("dendrites");
    QTest::newRow("y") << QByteArray("y") << 3;
    QTest::newRow("binary") << QByteArray("binary") << 31;
    QTest::newRow("apical") << QByteArray("apical") << 11;
    QTest::newRow("stick") << QByteArray("stick") << 1;
}

void tst_TreeForms::presets()
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

void tst_TreeForms::tableEdits()
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
    settle();
    for (const Dendrite &d : neuron().dendrites)
        QCOMPARE(d.lengthUm, 300.0);
    QCOMPARE(steps(), count + 1);
}

void tst_TreeForms::tableSortsAndSelects()
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

void tst_TreeForms::tableRefuses()
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

void tst_TreeForms::lambdaRule()
{
    plant("y");
    editCell(0, 5, QStringLiteral("1"));
    // Which one, and what it needs.
    const QString verdict = labelText(*page(), "coarseDendritesLabel");
    QVERIFY2(verdict.contains(QStringLiteral("\"trunk\" is coarse: it has 1 segment and needs 3")),
             qPrintable(verdict));
    page()->findChild<QTabBar *>(QStringLiteral("cellTabs"))->setCurrentIndex(0);
    const QString warning = labelText(*page(), "coarseWarningLabel");
    QVERIFY2(warning.contains(QStringLiteral("\"trunk\"")), qPrintable(warning));
    QVERIFY2(warning.contains(QStringLiteral("It needs 3 segments")), qPrintable(warning));
    page()->findChild<QTabBar *>(QStringLiteral("cellTabs"))->setCurrentIndex(1);
    selection()->clear();
    typeInto(child<QuantityField>(*page(), "lambdaShareField"), QStringLiteral("0.05"));
    QVERIFY(
        document()
            ->edit(QStringLiteral("rain"), [](Project &p) { p.stimulus.rain.excSparsity = 0.99; })
            .ok());
    const int count = steps();
    click(child<QPushButton>(*page(), "lambdaApplyButton"));
    QCOMPARE(steps(), count + 1);
    QVERIFY(neuron().dendrites[0].segments > 5);
    // Rain that somebody has set falls on segments: more of them, more of it.
    QVERIFY2(message().contains(QStringLiteral("times as much")), qPrintable(message()));
    document()->undoStack()->undo();
    QVERIFY2(!message().contains(QStringLiteral("times as much")), qPrintable(message()));
    document()->undoStack()->redo();
    QVERIFY(!labelText(*page(), "coarseDendritesLabel").contains(QStringLiteral("coarse")));
}

void tst_TreeForms::inspector()
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

void tst_TreeForms::inspectorOfSeveral()
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

void tst_TreeForms::inspectorRename()
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

void tst_TreeForms::simulationOfATree()
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

void tst_TreeForms::stickIsPlain()
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

void tst_TreeForms::buttons()
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

void tst_TreeForms::lossIsTold()
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
    QVERIFY2(!message().contains(QStringLiteral("painted events")), qPrintable(message()));
}

void tst_TreeForms::pictureStaysInItsPlace()
{
    QFETCH(bool, projector);
    theme::apply(*qApp, theme::Scheme::Light, projector);
    m_bench->window->resize(1000, 640);
    plant("y");
    settle();
    const auto place = [&] {
        settle();
        return QRect(cell()->mapTo(page(), QPoint()), cell()->size());
    };
    const QRect picture = place();
    auto *words = child<QLabel>(*page(), "treeMessageLabel");
    QVERIFY(words->mapTo(page(), QPoint()).y() >= picture.bottom()); // not on the picture
    auto *table = child<QWidget>(*page(), "dendriteTable");
    QVERIFY(table->mapTo(page(), QPoint()).y()
            > words->mapTo(page(), QPoint(0, words->height())).y());
    clickButton("drawBranchActionButton");
    QCOMPARE(place(), picture);
    clickButton("drawBranchActionButton");
    selectOnly(0);
    QCOMPARE(place(), picture);
    QTest::keyClick(cell(), Qt::Key_S);
    QTest::keyClick(cell(), Qt::Key_Delete);
    QCOMPARE(place(), picture);
    theme::apply(*qApp, theme::Scheme::Light, false);
}

void tst_TreeForms::deletingTheLastIsRefused()
{
    click(child<QPushButton>(*page(), "growTreeButton"));
    selectOnly(0);
    QTest::keyClick(cell(), Qt::Key_Delete);
    QCOMPARE(steps(), 0);
    QVERIFY2(message().contains(QStringLiteral("at least one dendrite")), qPrintable(message()));
}

DT_TEST(tst_TreeForms, QApplication)
#include "tst_TreeForms.moc"
