// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window on small screens: it fits, lists and forms fold, and the screen can be all its own.
#include "app/window/WindowShape.h"

#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/PlotStack.h"
#include "widgets/shell/FoldPane.h"

#include <QAction>
#include <QApplication>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_WindowShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallScreens_data();
    void smallScreens();
    void firstWindowFits();
    void rememberedWindowFits();
    void fullScreen();
    void panesFold_data();
    void panesFold();
    void foldsAreRemembered();
    void foldedFieldsHaveNoFocus();
};

void tst_WindowShape::smallScreens_data()
{
    QTest::addColumn<QSize>("room"); // without bars of the desktop
    QTest::newRow("1366 x 768") << QSize(1366, 768 - 40);
    QTest::newRow("1366 x 768 at 125 %") << QSize(1092, 614 - 32);
    QTest::newRow("1280 x 720 at 125 %") << QSize(1024, 576 - 32);
}

void tst_WindowShape::smallScreens()
{
    QFETCH(QSize, room);
    const QSize most = WindowShape::mostFor(room);
    QVERIFY(most.height() < room.height() && most.width() <= room.width());
    QVERIFY(WindowShape::Least.width() <= most.width());
    QVERIFY(WindowShape::Least.height() <= most.height());
    Bench bench(most);
    QCOMPARE(bench.window->size(), most);
    QVERIFY(bench.window->minimumWidth() <= most.width());
    QVERIFY(bench.window->minimumHeight() <= most.height());
}

// The screen here is smaller than the usual window.
void tst_WindowShape::firstWindowFits()
{
    const QSize room = QGuiApplication::primaryScreen()->availableSize();
    DrivenEngine engine;
    FakeDialogs dialogs;
    Sandbox sandbox;
    const QTemporaryDir autosave;
    const MainWindow window(&engine, &dialogs, autosave.path());
    QVERIFY2(window.height() < room.height(), qPrintable(QString::number(window.height())));
    QVERIFY(window.width() <= room.width());
}

void tst_WindowShape::rememberedWindowFits()
{
    const QSize room = QGuiApplication::primaryScreen()->availableSize();
    DrivenEngine engine;
    FakeDialogs dialogs;
    Sandbox sandbox;
    const QTemporaryDir autosave;
    {
        MainWindow window(&engine, &dialogs, autosave.path());
        window.resize(room.width() + 400, room.height() + 300);
        window.close();
    }
    const MainWindow window(&engine, &dialogs, autosave.path());
    QVERIFY(window.height() < room.height());
    QVERIFY(window.width() <= room.width());
}

void tst_WindowShape::fullScreen()
{
    Bench bench({1000, 600});
    MainWindow &window = *bench.window;
    auto *action = child<QAction>(window, "fullScreenAction");
    QCOMPARE(action->shortcut(), QKeySequence(Qt::Key_F11));
    trigger(window, "fullScreenAction");
    QTRY_VERIFY(window.isFullScreen());
    QVERIFY(action->isChecked());
    // What is in front has Escape first: a plot alone gives its room back.
    auto *soma = child<QToolButton>(window, "somaMaximiseButton");
    soma->click();
    auto *plot = child<PlotCanvas>(window, "somaPlot");
    QTest::keyClick(plot, Qt::Key_Escape);
    QVERIFY(!soma->isChecked());
    QVERIFY(window.isFullScreen());
    QTest::keyClick(plot, Qt::Key_Escape);
    QTRY_VERIFY(!window.isFullScreen());
    QVERIFY(!action->isChecked());
}

void tst_WindowShape::panesFold_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("inside");
    const auto row = [](int page, const char *name, const char *inside) {
        QTest::newRow(name) << page << QByteArray(name) << QByteArray(inside);
    };
    row(MainWindow::Neuron, "neuronSide", "neuronSideTabs");
    row(MainWindow::Simulate, "simulateSide", "durationField");
    row(MainWindow::Explore, "liveSide", "liveScrollArea");
    row(MainWindow::Data, "datasetList", "newDatasetButton");
    row(MainWindow::Train, "trainSide", "trainMoreBox");
}

void tst_WindowShape::panesFold()
{
    QFETCH(int, page);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, inside);
    Bench bench({1280, 720});
    MainWindow &window = *bench.window;
    window.showPage(MainWindow::Page(page));
    auto *pane = child<FoldPane>(window, (name + "Pane").constData());
    auto *button = child<QToolButton>(window, (name + "FoldButton").constData());
    auto *content = child<QWidget>(window, inside.constData());
    QVERIFY(content->isVisible());
    QCoreApplication::processEvents(); // the page lays itself out
    const int wide = pane->width();
    QVERIFY(wide > 150);
    click(button);
    QVERIFY(!content->isVisible());
    QTRY_VERIFY(pane->width() <= pane->barWidth());
    QVERIFY(button->isVisible());
    click(button);
    QVERIFY(content->isVisible());
    QTRY_COMPARE(pane->width(), wide);
    // All of the page by the menu.
    auto *action = child<QAction>(window, "sidePanesAction");
    QVERIFY(action->isChecked());
    action->trigger();
    QVERIFY(pane->isFolded());
    QVERIFY(!action->isChecked());
    action->trigger();
    QVERIFY(!pane->isFolded());
}

void tst_WindowShape::foldsAreRemembered()
{
    Bench bench({1280, 720});
    click(child<QToolButton>(*bench.window, "simulateSideFoldButton"));
    DrivenEngine engine;
    FakeDialogs dialogs;
    const MainWindow again(&engine, &dialogs, bench.autosave.path());
    QVERIFY(child<FoldPane>(again, "simulateSidePane")->isFolded());
    QVERIFY(!child<FoldPane>(again, "liveSidePane")->isFolded());
}

void tst_WindowShape::foldedFieldsHaveNoFocus()
{
    Bench bench({1280, 720});
    auto *field = child<QWidget>(*bench.window, "durationField");
    field->setFocus();
    trigger(*bench.window, "sidePanesAction");
    QVERIFY(!field->isVisible());
    QVERIFY(!field->hasFocus());
    // It has it again when it is back.
    trigger(*bench.window, "sidePanesAction");
    QTRY_VERIFY(field->hasFocus());
}

DT_TEST(tst_WindowShape, QApplication)
#include "tst_WindowShape.moc"
