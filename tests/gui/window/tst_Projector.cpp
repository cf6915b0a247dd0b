// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large text in the windows that a class room has: what does not fit steps back, nothing is cut.
#include "app/simulate/SimulationController.h"
#include "engine/cell/Presets.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/cell/CellView.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/PlotPanel.h"
#include "widgets/plots/PlotStack.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QToolBar>

using namespace dt;
using namespace dt::test;

class tst_Projector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { theme::apply(*qApp, theme::Scheme::Light, false); }

    void plotsFit_data();
    void plotsFit();
    void plotsComeBack();
    void heightsStayTheUsers();
    void toolBarIconsGrowAtOnce();
    void legendKeepsClearOfTheScaleBar_data();
    void legendKeepsClearOfTheScaleBar();
};

namespace {

QList<PlotPanel *> shownPanels(const MainWindow &window)
{
    QList<PlotPanel *> panels;
    for (auto *panel : window.findChildren<PlotPanel *>()) {
        if (panel->isVisible())
            panels << panel;
    }
    std::sort(panels.begin(), panels.end(),
              [](const PlotPanel *a, const PlotPanel *b) { return a->y() < b->y(); });
    return panels;
}

QStringList names(const QList<PlotPanel *> &panels)
{
    QStringList list;
    for (const PlotPanel *panel : panels)
        list << panel->objectName().chopped(5);
    return list;
}

} // namespace

void tst_Projector::plotsFit_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("projector");
    QTest::addColumn<bool>("notice");
    QTest::addColumn<int>("atLeast");
    for (const bool notice : {false, true}) {
        const char *with = notice ? ", notice" : "";
        QTest::addRow("1280x800%s", with) << QSize(1280, 800) << false << notice << 7;
        QTest::addRow("1280x720%s", with) << QSize(1280, 720) << false << notice << 7;
        QTest::addRow("1000x640%s", with) << QSize(1000, 640) << false << notice << 5;
        QTest::addRow("projector, 1280x800%s", with) << QSize(1280, 800) << true << notice << 5;
        QTest::addRow("projector, 1280x720%s", with) << QSize(1280, 720) << true << notice << 4;
        QTest::addRow("projector, 1680x1000%s", with) << QSize(1680, 1000) << true << notice << 7;
    }
}

void tst_Projector::plotsFit()
{
    QFETCH(QSize, size);
    QFETCH(bool, projector);
    QFETCH(bool, notice);
    QFETCH(int, atLeast);
    Bench bench(size);
    MainWindow &window = *bench.window;
    child<QAction>(window, "projectorAction")->setChecked(projector);
    if (notice)
        child<NoticeBar>(window, "noticeBar")
            ->show(NoticeBar::Kind::Failure,
                   QStringLiteral("The simulator program was stopped from outside or crashed "
                                  "during the simulation. It was tried twice. Run it again; if it "
                                  "fails again, try a smaller neuron or a shorter time."),
                   QStringLiteral("Run Again"), [] {});
    window.simulation()->run();
    bench.engine.complete();
    QCoreApplication::processEvents();
    QCOMPARE(window.size(), size);

    const QList<PlotPanel *> panels = shownPanels(window);
    QVERIFY2(panels.size() >= atLeast, qPrintable(names(panels).join(u' ')));
    QVERIFY(names(panels).contains(QStringLiteral("input")));
    QVERIFY(names(panels).contains(QStringLiteral("soma")));
    const auto *stack = window.simulatePage()->findChild<PlotStack *>();
    const QFontMetrics metrics(theme::captionFont());
    int below = 0;
    for (const PlotPanel *panel : panels) {
        const QString name = panel->objectName();
        QVERIFY2(panel->y() >= below, qPrintable(name));
        below = panel->geometry().bottom() + 1;
        QVERIFY2(panel->height() >= panel->minimumSizeHint().height(), qPrintable(name));
        // Two lines of plot, and half a line around it for the labels at its ends.
        const QRect plot = panel->canvas()->plotRect();
        QVERIFY2(plot.height() >= 2 * metrics.height(), qPrintable(name));
        QVERIFY2(plot.top() >= metrics.height() / 2, qPrintable(name));
        const int under = panel->canvas()->height() - plot.bottom();
        QVERIFY2(under >= (panel == panels.last() ? 2 * metrics.height() : metrics.height() / 2),
                 qPrintable(name));
        for (const QLabel *caption : panel->findChildren<QLabel *>()) {
            if (caption->isVisible() && caption->parentWidget()->parentWidget() == panel)
                QVERIFY2(caption->height() >= metrics.height()
                             && caption->mapTo(panel, QPoint()).y() >= 0,
                         qPrintable(name));
        }
    }
    QVERIFY2(below <= stack->height(),
             qPrintable(QStringLiteral("%1 of %2").arg(below).arg(stack->height())));
    QVERIFY(stack->mapTo(&window, QPoint(0, stack->height())).y() <= window.height());
}

void tst_Projector::plotsComeBack()
{
    Bench bench({1280, 768});
    MainWindow &window = *bench.window;
    const QStringList all = names(shownPanels(window));
    QCOMPARE(all.size(), 7);
    trigger(window, "projectorAction");
    QTRY_COMPARE(
        names(shownPanels(window)),
        QStringList({QStringLiteral("input"), QStringLiteral("map"), QStringLiteral("soma"),
                     QStringLiteral("dendrite"), QStringLiteral("rate")}));
    // What stepped back can still be had: in a higher window, or without large text.
    window.resize(1280, 1000);
    QTRY_COMPARE(names(shownPanels(window)), all);
    window.resize(1280, 768);
    QTRY_COMPARE(names(shownPanels(window)).size(), 5);
    trigger(window, "projectorAction");
    QTRY_COMPARE(names(shownPanels(window)), all);
    // Also when the text changes while another page is open.
    window.showPage(MainWindow::Neuron);
    trigger(window, "projectorAction");
    window.showPage(MainWindow::Simulate);
    QTRY_COMPARE(names(shownPanels(window)).size(), 5);
}

void tst_Projector::heightsStayTheUsers()
{
    Bench bench({1280, 900});
    MainWindow &window = *bench.window;
    auto *stack = window.simulatePage()->findChild<PlotStack *>();
    QWidget *handle = stack->handle(1);
    const int before = child<PlotPanel>(window, "inputPanel")->height();
    drag(handle, QRectF(handle->rect()).center(),
         QRectF(handle->rect()).center() + QPointF(0.0, 40.0));
    const int dragged = child<PlotPanel>(window, "inputPanel")->height();
    QVERIFY(dragged > before + 20);
    auto *panel = child<PlotPanel>(window, "somaPanel");
    Q_EMIT panel->maximiseToggled(true);
    Q_EMIT panel->maximiseToggled(false);
    QCoreApplication::processEvents();
    QCOMPARE(child<PlotPanel>(window, "inputPanel")->height(), dragged);
    window.resize(1280, 910);
    QCoreApplication::processEvents();
    QVERIFY(child<PlotPanel>(window, "inputPanel")->height() >= dragged);
}

void tst_Projector::toolBarIconsGrowAtOnce()
{
    Bench bench;
    auto *bar = child<QToolBar>(*bench.window, "toolBar");
    const auto side = [bar] { return bar->iconSize().height(); };
    const int before = side();
    trigger(*bench.window, "projectorAction");
    QCoreApplication::processEvents();
    QCOMPARE(side(), QFontMetrics(theme::bodyFont()).height() * 5 / 4);
    QVERIFY(side() > before);
    trigger(*bench.window, "projectorAction");
    QCoreApplication::processEvents();
    QCOMPARE(side(), before);
}

void tst_Projector::legendKeepsClearOfTheScaleBar_data()
{
    QTest::addColumn<bool>("projector");
    QTest::addColumn<int>("width");
    for (const bool projector : {false, true}) {
        for (const int width : {360, 480, 570, 660, 750, 900})
            QTest::addRow("%d%s", width, projector ? ", projector" : "") << projector << width;
    }
}

void tst_Projector::legendKeepsClearOfTheScaleBar()
{
    QFETCH(bool, projector);
    QFETCH(int, width);
    theme::apply(*qApp, theme::Scheme::Light, projector);
    CellView view;
    view.setNeuron(defaultNeuron());
    view.resize(width, 300);
    view.show();
    const int lineHeight = QFontMetrics(theme::captionFont()).height();
    const QImage image = view.grab().toImage();
    const QColor inhibition = colours::ofPolarity(Polarity::Inhibitory, view.palette());
    const auto blue = [&](const QRect &area) {
        int count = 0;
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x)
                count += image.pixelColor(x, y) == inhibition;
        }
        return count;
    };
    // The bar is a quarter of the picture at most, 16 px from its edge, its words above it.
    const QRect bar(width - 16 - width / 4, 300 - 6 - lineHeight, width / 4 + 16, lineHeight + 6);
    QCOMPARE(blue(bar), 0);
    // And the legend is there.
    QVERIFY(blue(QRect(0, 300 - 8 - 2 * lineHeight, width, 2 * lineHeight + 8)) > 0);
}

DT_TEST(tst_Projector, QApplication)
#include "tst_Projector.moc"
