// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Experiment.h"
#include "tests/gui/explore/Explorer.h"
#include "tests/support/TestProgram.h"
#include "widgets/explore/ResultPlotDrawer.h"
#include "widgets/explore/ResultView.h"
#include "widgets/plots/MarkShapes.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/SeriesLegend.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QScopeGuard>

#include <algorithm>
#include <set>

using namespace dt;
using namespace dt::test;

/// What experiments found, drawn: colours, errors, and room for all of it.
class tst_ExperimentResults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneNameOneColour();
    void curvesDiffer();
    void errorBars();
    void nothingIsCut_data();
    void nothingIsCut();
    void logarithmicTicks();
};

void tst_ExperimentResults::oneNameOneColour()
{
    ResultView view;
    view.resize(900, 900);
    view.setVisible(true);
    ExperimentResult result;
    const auto plot = [](std::vector<std::string> names) {
        ResultPlot p;
        for (std::string &name : names)
            p.series.push_back({std::move(name), {0.0, 1.0}, {0.5, 0.5}, {}});
        return p;
    };
    result.plots = {plot({"AMPA Only", "Rodent"}), plot({"Rodent"})};
    view.show(result, {});
    QCoreApplication::processEvents();
    const QColor first = colours::series(0, view.palette());
    const QColor second = colours::series(1, view.palette());
    QTRY_VERIFY(pixels(*child<PlotCanvas>(view, "result1Plot"), second) > 20);
    QCOMPARE(pixels(*child<PlotCanvas>(view, "result1Plot"), first), 0);
    // A map in the place of curves has none of them in it, and no logarithmic axis.
    ResultPlot map;
    map.map = {{0.0, 1.0}, {0.0, 1.0}, {1.0, 2.0, 3.0, 4.0}, "Peak", "mV"};
    result.plots = {map, plot({"Rodent"})};
    view.show(result, {});
    QCoreApplication::processEvents();
    const QString table = child<PlotCanvas>(view, "result0Plot")->table();
    QVERIFY2(table.startsWith(QStringLiteral("\"row_0\"")), qPrintable(table));
}

// As many curves as have a colour at all differ in colour or mark; the others are grey.
void tst_ExperimentResults::curvesDiffer()
{
    const auto plotOf = [](const std::string &what, int count) {
        ResultPlot plot;
        for (int i = 0; i < count; ++i)
            plot.series.push_back({what + std::to_string(i), {0.0}, {0.0}, {}});
        return plot;
    };
    // What Inhibition Leaves with four leads, and How Long at nine places.
    const std::vector<ResultPlot> plots{plotOf("lead ", 4), plotOf("lead ", 4), plotOf("at ", 9),
                                        plotOf("weight ", MostMarked)};
    const SeriesNumbers numbers = seriesNumbers(plots);
    for (const QPalette &palette : {theme::palette(false, false), theme::palette(true, false)}) {
        for (const ResultPlot &plot : plots) {
            std::set<std::pair<QRgb, PlotCanvas::Shape>> seen;
            std::set<QRgb> colours;
            for (const ResultSeries &series : plot.series) {
                const int number = numbers.at(series.name);
                const QColor colour = colours::series(number, palette);
                QVERIFY2(seen.emplace(colour.rgb(), markOfSeries(number)).second,
                         series.name.c_str());
                colours.insert(colour.rgb());
            }
            QCOMPARE(colours.size(),
                     std::min(plot.series.size(), static_cast<std::size_t>(colours::SeriesCount)));
        }
    }
    ResultView view;
    view.resize(900, 900);
    view.setVisible(true);
    ExperimentResult result;
    result.plots = {plotOf("weight ", MostMarked + 10)};
    view.show(result, {});
    QStringList legends;
    for (const auto *legend : view.findChildren<SeriesLegend *>())
        legends += legend->accessibleName();
    QVERIFY2(legends.join(u' ').contains(QStringLiteral("10 more")),
             qPrintable(legends.join(u' ')));
}

void tst_ExperimentResults::errorBars()
{
    ResultView view;
    view.resize(900, 900);
    view.setVisible(true);
    ExperimentResult result;
    ResultPlot plot;
    plot.yName = "Rate";
    plot.yUnit = "Hz";
    plot.xName = "Current";
    plot.series.push_back({"", {0.0, 1.0}, {10.0, 12.0}, {}, {3.0, NotMeasured}});
    result.plots = {plot};
    view.show(result, {});
    auto *canvas = child<PlotCanvas>(view, "result0Plot");
    QTRY_VERIFY(canvas->isVisible());
    QCoreApplication::processEvents();
    // The axis has room for them, and they are drawn.
    QVERIFY(canvas->yRange().first < 7.0 && canvas->yRange().second > 13.0);
    const QImage image = canvas->grab().toImage();
    const double ratio = image.devicePixelRatio();
    const QColor ink = view.palette().color(QPalette::WindowText);
    const auto drawnAt = [&](double x, double y) {
        const QPointF at = canvas->toPixel({x, y}) * ratio;
        for (int dx = -2; dx <= 2; ++dx) {
            if (image.pixelColor(qRound(at.x()) + dx, qRound(at.y())).lightness()
                < (ink.lightness() + 255) / 2)
                return true;
        }
        return false;
    };
    QVERIFY(drawnAt(0.0, 8.0));
    QVERIFY(!drawnAt(1.0, 9.0));
    const QString table = canvas->table();
    QVERIFY2(table.contains(QStringLiteral("\"standard error\"\n0,10,3\n1,12,\n")),
             qPrintable(table));
}

void tst_ExperimentResults::nothingIsCut_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("projector");
    for (const bool projector : {false, true}) {
        for (const QSize size : {QSize(1024, 640), QSize(1366, 768), QSize(1920, 1080)})
            QTest::addRow("%dx%d%s", size.width(), size.height(), projector ? ", projector" : "")
                << size << projector;
    }
}

// Every plot and its legend is whole, and none has to be scrolled to.
void tst_ExperimentResults::nothingIsCut()
{
    QFETCH(QSize, size);
    QFETCH(bool, projector);
    const auto restore = qScopeGuard([] { theme::apply(*qApp, theme::Scheme::Light, false); });
    Explorer e;
    e.window->resize(size);
    child<QAction>(*e.window, "projectorAction")->setChecked(projector);
    QCoreApplication::processEvents();
    for (const char *id : {"attenuation", "weight-response", "cluster", "current-rate"}) {
        e.pick(id);
        click(e.run);
        QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
        QCoreApplication::processEvents();
        const auto *pages = child<QTabBar>(*e.window, "resultPlotTabs");
        const auto *result = child<ResultView>(*e.window, "resultView");
        int shown = 0;
        for (const auto *canvas : result->findChildren<PlotCanvas *>()) {
            if (!canvas->isVisible())
                continue;
            ++shown;
            const QWidget *panel = canvas->parentWidget();
            const QWidget *viewport = panel->parentWidget()->parentWidget();
            const QRect whole(panel->mapTo(viewport, QPoint()), panel->size());
            QVERIFY2(viewport->rect().contains(whole),
                     qPrintable(QStringLiteral("%1: %2 to %3 of %4, %5 to %6 of %7")
                                    .arg(QLatin1String(id))
                                    .arg(whole.top())
                                    .arg(whole.bottom())
                                    .arg(viewport->height())
                                    .arg(whole.left())
                                    .arg(whole.right())
                                    .arg(viewport->width())));
            QVERIFY2(canvas->plotRect().height() > 5 * QFontMetrics(theme::captionFont()).height(),
                     qPrintable(QStringLiteral("%1: %2")
                                    .arg(QLatin1String(id))
                                    .arg(canvas->plotRect().height())));
            if (const auto *legend = panel->findChild<SeriesLegend *>(); legend->isVisible()) {
                QVERIFY(legend->height() >= legend->heightForWidth(legend->width()));
                QVERIFY(!legend->geometry().intersects(canvas->geometry()));
            }
        }
        QCOMPARE(shown == 1, pages->isVisible());
        if (e.table->isVisible())
            QVERIFY(e.table->geometry().top() > 0);
    }
}

// The lower half of a logarithmic axis is named, too.
void tst_ExperimentResults::logarithmicTicks()
{
    PlotCanvas canvas;
    canvas.resize(300, 160);
    canvas.setSideMargins(60, 10);
    canvas.setYLogarithmic();
    canvas.setYRange(0.11, 2.8);
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas));
    const QImage image = canvas.grab().toImage();
    const double ratio = image.devicePixelRatio();
    // Words left of the axis, at the height of the decade's and the half decade's lower ticks.
    const auto ink = [&](double value) {
        const int at = qRound(canvas.toPixel({0.0, value}).y() * ratio);
        int count = 0;
        for (int y = at - 3; y <= at + 3; ++y) {
            for (int x = qRound(20 * ratio); x < qRound(55 * ratio); ++x)
                count += image.pixelColor(x, y) != image.pixelColor(2, 2);
        }
        return count;
    };
    QVERIFY(ink(0.2) > 5);
    QVERIFY(ink(0.5) > 5);
}

DT_TEST(tst_ExperimentResults, QApplication)
#include "tst_ExperimentResults.moc"
