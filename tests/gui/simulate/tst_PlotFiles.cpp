// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plots as files: numbers, and pictures for paper.
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotSheet.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QScopeGuard>

#include <array>
#include <cmath>

using namespace dt;
using namespace dt::test;

class tst_PlotFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plotsGoToFiles();
    void plotsPrintOnPaper();
    void picturesHaveProportionsAndNothingOfTheMoment();
};

void tst_PlotFiles::plotsGoToFiles()
{
    PlotCanvas canvas;
    canvas.resize(300, 200);
    canvas.addLine({Qt::red, 1.0});
    const std::array x{1.0, 2.0, 4.0};
    const std::array y{0.5, 0.25, 0.125};
    canvas.setPoints(0, x, y);
    canvas.addBars(Qt::blue);
    const std::array heights{0.95, 0.99};
    canvas.setBars(0, std::span(x).first(2), heights, 0.5, 0.9);
    const QString values = QStringLiteral("\n1,0.5,1,0.95\n2,0.25,2,0.99\n4,0.125,,\n");
    QCOMPARE(canvas.table(),
             QStringLiteral("\"line 1: Time [ms]\",\"line 1\",\"bars 1: Time [ms]\",\"bars 1\"")
                 + values);
    // With the names of the axes, and of the curve where it has one.
    canvas.setXAxis(QStringLiteral("Distance [µm]"), 0.0, 4.0);
    canvas.setYLabel(QStringLiteral("EPSP [mV]"));
    canvas.setLineName(0, QStringLiteral("At the soma"));
    // Its dots are the same points once more, but for the gap.
    const std::array gapped{0.5, std::nan(""), 0.125};
    canvas.setPoints(0, x, gapped);
    canvas.addMarkers(PlotCanvas::Shape::Dot, Qt::red);
    canvas.setMarkers(0, {{1.0, 0.5}, {4.0, 0.125}});
    QCOMPARE(canvas.table().section(u'\n', 0, 2),
             QStringLiteral("\"At the soma: Distance [µm]\",\"At the soma: EPSP [mV]\","
                            "\"Distance [µm]\",\"EPSP [mV]\"\n1,0.5,1,0.95\n2,,2,0.99"));
    QCOMPARE(canvas.picture(2.0).width(), 600);
    canvas.setMapSize(2, 3);
    const std::array<float, 6> cells{1, 2, 3, 4, 5, 6};
    canvas.setMap(cells, 2, QRectF(0, 0, 3, 2));
    QVERIFY(canvas.table().contains(QStringLiteral("row_1")));
    QVERIFY(canvas.table().contains(QStringLiteral(",3,6\n")));
}

// Whatever the theme: light colours on white, and what the colours mean below it.
void tst_PlotFiles::plotsPrintOnPaper()
{
    const auto restore = qScopeGuard([] { theme::apply(*qApp, theme::Scheme::Light, false); });
    theme::apply(*qApp, theme::Scheme::Dark, false);
    PlotCanvas canvas;
    canvas.resize(300, 200);
    canvas.addLine({colours::onto(colours::Twin, canvas.palette()), 3.0});
    canvas.addLine({canvas.palette().color(QPalette::WindowText), 3.0});
    const std::array x{0.0, 1.0};
    for (int line = 0; line < 2; ++line) {
        const std::array y{0.5 + line, 0.5 + line};
        canvas.setPoints(line, x, y);
    }
    canvas.setXAxis(QStringLiteral("Time [ms]"), 0.0, 1.0);
    canvas.setYRange(0.0, 2.0);
    canvas.setStale(true);
    const auto alike = [](const QColor &a, const QColor &b) {
        return std::max({std::abs(a.red() - b.red()), std::abs(a.green() - b.green()),
                         std::abs(a.blue() - b.blue())})
            <= 2;
    };
    const auto count = [&](const QImage &image, const QColor &colour) {
        int pixels = 0;
        for (int row = 0; row < image.height(); ++row) {
            for (int column = 0; column < image.width(); ++column)
                pixels += alike(image.pixelColor(column, row), colour);
        }
        return pixels;
    };
    const QImage before = canvas.picture(1.0).toImage();
    const auto print = [&] {
        return PlotSheet::of(canvas, QStringLiteral("Run 1")).pixmap(1.0).toImage();
    };
    const int bare = print().height();
    canvas.setLineName(0, QStringLiteral("Twin V [mV]"));
    canvas.setLineName(1, QStringLiteral("Soma V [mV]"));
    const QImage paper = print();
    QVERIFY(paper.height() > bare);
    QCOMPARE(paper.pixelColor(0, 0), QColor(Qt::white));
    // The curves, and their samples in the legend.
    QVERIFY(count(paper, colours::Twin) > 300);
    QVERIFY(count(paper, theme::palette(false, false).color(QPalette::WindowText)) > 300);
    QVERIFY(count(paper.copy(0, bare - 40, 300, paper.height() - bare + 40), colours::Twin) > 20);
    // The screen is as before.
    QCOMPARE(canvas.picture(1.0).toImage(), before);
}

// However wide and low the window is, and wherever the mouse was.
void tst_PlotFiles::picturesHaveProportionsAndNothingOfTheMoment()
{
    PlotCanvas canvas;
    TimeAxis axis;
    axis.setFull(0.0, 100.0);
    canvas.setTimeAxis(&axis);
    canvas.resize(932, 155);
    canvas.setYLabel(QStringLiteral("V\n[mV]"));
    canvas.addLine({Qt::black});
    canvas.addLine({Qt::red, 4.0});
    canvas.setLineOfMoment(1);
    canvas.addMarkers(PlotCanvas::Shape::Dot, Qt::red);
    canvas.setMarkersOfMoment(0);
    const std::array x{0.0, 100.0};
    canvas.setPoints(0, x, std::array{-70.0, -60.0});
    canvas.setPoints(1, x, std::array{-65.0, -65.0});
    canvas.setMarkers(0, {{50.0, -65.0, 20.0, false, QStringLiteral("peak")}});
    canvas.setYRange(-80.0, -50.0);
    canvas.addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    canvas.setMarkersName(1, QStringLiteral("Spikes"));
    canvas.setMarkersAtTop(1);
    canvas.setMarkers(1, {{30.5, 0.0, 9.0}});
    axis.setCursor(50.0);
    const PlotSheet sheet = PlotSheet::of(canvas, QStringLiteral("Run 1"));
    const double aspect = double(sheet.size().width()) / sheet.size().height();
    QVERIFY2(aspect > 1.2 && aspect < 1.8, qPrintable(QString::number(aspect)));
    const QImage picture = sheet.pixmap(1.0).toImage();
    for (int row = 0; row < picture.height(); ++row) {
        for (int column = 0; column < picture.width(); ++column) {
            const QColor c = picture.pixelColor(column, row);
            QVERIFY(!(c.red() > 200 && c.green() < 80 && c.blue() < 80));
        }
    }
    // The same in numbers; the times of spikes have no heights, and headings one line.
    QCOMPARE(canvas.table(),
             QStringLiteral("\"Time [ms]\",\"V [mV]\","
                            "\"Spikes: Time [ms]\"\n0,-70,30.5\n100,-60,\n"));
}

DT_TEST(tst_PlotFiles, QApplication)
#include "tst_PlotFiles.moc"
