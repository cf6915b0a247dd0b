// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Simulate page draws of a run, and how one looks at it: cursor, one plot alone.
#include "tests/gui/simulate/RunPlotsBench.h"
#include "tests/gui/simulate/RunSizes.h"
#include "tests/support/TestProgram.h"
#include "widgets/cell/CellView.h"
#include "widgets/runs/SomaPanel.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QSplitter>

using namespace dt;
using namespace dt::test;

class tst_RunPlots : public RunPlotsBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { RunPlotsBench::init(); }
    void cleanup() { RunPlotsBench::cleanup(); }

    void beforeTheFirstRun();
    void tracesGrow();
    void silenceIsALine();
    void runNumbersDoNotOverlap_data();
    void runNumbersDoNotOverlap();
    void mapGrows();
    void spikesAreMarked();
    void dendriticTraces();
    void selectedSegment();
    void capped();
    void cellIsColouredWhileItRuns();
    void cellShowsTheMomentUnderTheCursor();
    void anotherCellHasNoColours();
    void cursorIsEverywhere_data();
    void cursorIsEverywhere();
    void readOutOfTheMap();
    void readOutsGoWithTheMouse();
    void readOutsEndWhereTheRunEnds();
    void onePlotAlone_data();
    void onePlotAlone();
    void anotherPlotAlone();
    void bordersCanBeDragged();
    void aNewRunEmptiesThePlots();

private:
    [[nodiscard]] QString readOut(const char *name) const
    {
        return labelText(*m_page, qPrintable(QLatin1String(name) + QLatin1String("ReadOutLabel")));
    }
    [[nodiscard]] QAbstractButton *maximise(const char *name) const
    {
        return child<QAbstractButton>(
            *m_page, qPrintable(QLatin1String(name) + QLatin1String("MaximiseButton")));
    }
};

void tst_RunPlots::beforeTheFirstRun()
{
    const auto hints = [this] {
        int count = 0;
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            count += label->isVisible() && label->text().contains(QStringLiteral("Press Run"));
        return count;
    };
    QCOMPARE(hints(), 2); // in the map and at the soma
    feed(10);
    QCOMPARE(hints(), 0);
    for (const char *name : {"soma", "dendrite", "near", "rate"})
        QVERIFY2(!drawn(name, 200.0, name == std::string("soma") ? -80.0 : 0.0), name);
}

void tst_RunPlots::tracesGrow()
{
    QVERIFY(!drawn("soma", 50.0, -80.0));
    feed(100);
    QTRY_VERIFY(drawn("soma", 50.0, -80.0));
    QVERIFY(drawn("soma", 98.0, -80.0));
    QVERIFY(!drawn("soma", 110.0, -80.0));
    QVERIFY(drawn("dendrite", 50.0, -80.0)); // segment 0 is the darkest
    QVERIFY(!drawn("dendrite", 110.0, -80.0, 6));
    QVERIFY(drawn("near", 50.0, 0.0));
    QVERIFY(!drawn("near", 110.0, 0.0));
    feed(DurationMs);
    QTRY_VERIFY(drawn("soma", 290.0, -80.0));
    for (const double ms : {10.0, 99.5, 100.5, 200.0}) // no gaps where chunks meet
        QVERIFY2(drawn("soma", ms, -80.0), qPrintable(QString::number(ms)));
    QVERIFY(drawn("dendrite", 290.0, -80.0));
    QVERIFY(drawn("near", 290.0, 0.0));
}

void tst_RunPlots::silenceIsALine()
{
    feed(DurationMs);
    QTRY_VERIFY(drawn("rate", 150.0, 0.0));
    QVERIFY(plot("rate")->toPixel({150.0, 0.0}).y() < plot("rate")->plotRect().bottom() - 1.0);
}

void tst_RunPlots::runNumbersDoNotOverlap_data()
{
    QTest::addColumn<int>("runs");
    for (const int runs : {1, 2, 3, 4, 7, 12, 20})
        QTest::addRow("%d", runs) << runs;
}

void tst_RunPlots::runNumbersDoNotOverlap()
{
    QFETCH(int, runs);
    m_page->resize(1190, 640);
    std::vector<RunSpikes> history;
    for (int i = 0; i < runs; ++i)
        history.push_back({runs - i, {100}});
    m_page->plots()->setHistory(history);
    QCoreApplication::processEvents();
    // Rows of pixels beside the plot with something in them: each stretch is one number.
    PlotCanvas *raster = plot("raster");
    const QImage image = raster->grab().toImage();
    const int background = m_page->palette().color(QPalette::Window).lightness();
    const int tallest = QFontMetrics(theme::captionFont()).ascent();
    int stretch = 0;
    int numbers = 0;
    for (int y = 0; y < raster->plotRect().bottom(); ++y) {
        bool any = false;
        for (int x = 0; x < raster->plotRect().left() - 6; ++x)
            any = any || QColor(image.pixel(x, y)).lightness() < background - 30;
        numbers += any && stretch == 0;
        stretch = any ? stretch + 1 : 0;
        QVERIFY2(stretch <= tallest, qPrintable(QString::number(y)));
    }
    QCOMPARE(numbers, runs < 4 ? 1 : 2); // the newest, and the oldest when there is room
}

void tst_RunPlots::mapGrows()
{
    const DrivenWave wave{-80.0, 6.0, {}};
    feed(100, wave);
    PlotCanvas *map = plot("map");
    const auto coloured = [&](int row, int ms) {
        const QColor expected = colours::voltage(static_cast<double>(wave.dendrite(row)));
        return shows(map, expected, map->toPixel({ms + 0.5, double(row)}), 0, 6);
    };
    QTRY_VERIFY(coloured(0, 50));
    for (int row = 0; row < Rows; ++row) {
        QVERIFY(coloured(row, 0));
        QVERIFY(coloured(row, 99));
        QVERIFY(!coloured(row, 102)); // nothing is known of it yet
    }
    feed(DurationMs, wave);
    QTRY_VERIFY(coloured(7, DurationMs - 1));
    QVERIFY(coloured(0, 150));
}

void tst_RunPlots::spikesAreMarked()
{
    const DrivenWave wave{-80.0, 0.5, {60, 200}};
    feed(DurationMs, wave);
    QTRY_VERIFY(drawn("soma", 60.5, -40.0)); // up to 30 mV and down again
    QVERIFY(!drawn("soma", 80.0, -40.0, 1));
    // Just below the edge, whatever heights are shown.
    const QRect area = plot("soma")->plotRect();
    const double mark = plot("soma")->toPlot(QPointF(0.0, area.top() + 8.5)).y();
    QVERIFY(drawn("soma", 60.5, mark, 1));
    QVERIFY(drawn("soma", 200.5, mark, 1));
    QVERIFY(!drawn("soma", 130.0, mark, 3));
    // Near a spike: from the rise to 10 ms after it. The rate: a box of 50 ms.
    QVERIFY(drawn("near", 65.0, 1.0));
    QVERIFY(!drawn("near", 80.0, 1.0));
    QVERIFY(drawn("rate", 85.0, 20.0));
    QVERIFY(!drawn("rate", 150.0, 20.0));
    QCOMPARE(readOut("soma"), QStringLiteral("2 spikes"));
    // A rate beyond the axis makes the axis longer.
    m_trace = {};
    DrivenWave burst{-80.0, 0.5, {}};
    for (int ms = 100; ms < 200; ms += 5)
        burst.spikesMs.push_back(ms);
    feed(DurationMs, burst, 2);
    QVERIFY(plot("rate")->yRange().second > 200.0);
    QTRY_VERIFY(drawn("rate", 170.0, 200.0, 8));
}

void tst_RunPlots::dendriticTraces()
{
    feed(DurationMs, {-80.0, 6.0, {}});
    QCOMPARE(plot("dendrite")->lineCount(), Rows);
    const QColor tip = m_page->palette().color(QPalette::Highlight);
    QTRY_VERIFY(shows(plot("dendrite"), tip, plot("dendrite")->toPixel({150.0, -38.0}), 2, 40));
    // Of many segments some are drawn, the first and the last among them.
    QVERIFY(
        m_document->edit(QStringLiteral("fine"), [](Project &p) { setSegments(p.neuron, 0, 64); })
            .ok());
    m_trace = {};
    feed(DurationMs, {-80.0, 0.5, {}}, 2);
    QCOMPARE(plot("dendrite")->lineCount(), 8);
    QTRY_VERIFY(drawn("dendrite", 150.0, -80.0));
    QVERIFY(shows(plot("dendrite"), tip, plot("dendrite")->toPixel({150.0, -48.5}), 2, 40));
}

void tst_RunPlots::selectedSegment()
{
    feed(DurationMs, {-80.0, 6.0, {}});
    CellView *cell = m_page->cell();
    cell->setFocus();
    QTest::keyClick(cell, Qt::Key_End); // the tip
    QCOMPARE(plot("dendrite")->lineCount(), Rows + 1);
    const QColor mark = colours::onto(colours::Warning, m_page->palette());
    QTRY_VERIFY(shows(plot("dendrite"), mark, plot("dendrite")->toPixel({150.0, -38.0}), 2, 30));
    moveTo(plot("soma"), middleAt(plot("soma"), 100.0));
    QVERIFY2(readOut("dendrite").endsWith(QStringLiteral("selected -38.0 mV")),
             qPrintable(readOut("dendrite")));
    QTest::keyClick(cell, Qt::Key_Home); // the soma has a plot of its own
    QCOMPARE(plot("dendrite")->lineCount(), Rows);
}

void tst_RunPlots::capped()
{
    feed(DurationMs, {-80.0, 0.5, {60}});
    QTRY_VERIFY(drawn("soma", 60.5, 0.0));
    QVERIFY(plot("soma")->yRange().second > 30.0);
    auto *check = child<QCheckBox>(*m_page, "somaCapCheck");
    click(check);
    QVERIFY(plot("soma")->yRange().second < -40.0);
    QTRY_VERIFY(drawn("soma", 60.5, -62.0));
    // The spike's tick stands above the trace.
    QVERIFY(plot("soma")->extentOf(SomaPanel::SomaLine)->second <= -62.0);
    QVERIFY(drawn("soma", 150.0, -80.0));
    click(check);
    QTRY_VERIFY(drawn("soma", 60.5, 0.0));
}

void tst_RunPlots::cellIsColouredWhileItRuns()
{
    const QColor soma = colours::voltage(-30.0);
    const QColor tip = colours::voltage(-30.0 - 7 * 8.0);
    QCOMPARE(pixelsLike(m_page->cell(), soma, {}, -1, 3), 0);
    feed(100, {-30.0, -8.0, {}});
    QVERIFY(pixelsLike(m_page->cell(), soma, {}, -1, 3) > 50);
    QVERIFY(pixelsLike(m_page->cell(), tip, {}, -1, 3) > 50);
    QCOMPARE(labelText(*m_page, "cellCaptionLabel"), QStringLiteral("Voltage at 100.0 ms"));
}

void tst_RunPlots::cellShowsTheMomentUnderTheCursor()
{
    feed(100, {-30.0, 0.0, {}});
    feed(200, {-70.0, 0.0, {}});
    const auto shown = [this](double mv) {
        return pixelsLike(m_page->cell(), colours::voltage(mv), {}, -1, 3) > 50;
    };
    QVERIFY(shown(-70.0));
    moveTo(plot("soma"), middleAt(plot("soma"), 50.5));
    QVERIFY(shown(-30.0));
    QVERIFY(!shown(-70.0));
    QCOMPARE(labelText(*m_page, "cellCaptionLabel"), QStringLiteral("Voltage at 50 ms"));
    // It stays at the moment that somebody looks at while the run goes on.
    feed(DurationMs, {-60.0, 0.0, {}});
    QVERIFY(shown(-30.0));
    moveTo(plot("soma"), middleAt(plot("soma"), 250.5));
    QVERIFY(shown(-60.0));
}

void tst_RunPlots::anotherCellHasNoColours()
{
    feed(DurationMs, {-30.0, 0.0, {}});
    QVERIFY(m_document->edit(QStringLiteral("cut"), [](Project &p) { setSegments(p.neuron, 0, 5); })
                .ok());
    moveTo(plot("soma"), middleAt(plot("soma"), 50.5));
    QCOMPARE(pixelsLike(m_page->cell(), colours::voltage(-30.0), {}, -1, 3), 0);
    QVERIFY(!readOut("soma").isEmpty()); // the plots still show the run
}

void tst_RunPlots::cursorIsEverywhere_data()
{
    eachPlot();
}

void tst_RunPlots::cursorIsEverywhere()
{
    QFETCH(QByteArray, name);
    feed(DurationMs, {-80.0, 6.0, {100}});
    PlotCanvas *under = plot(name.constData());
    const QPointF at(under->toPixel({105.5, 0.0}).x(), under->plotRect().center().y());
    moveTo(under, at);
    QVERIFY(axis()->cursor());
    QVERIFY2(qAbs(*axis()->cursor() - 105.5) < 0.5, qPrintable(QString::number(*axis()->cursor())));
    const QString soma = readOut("soma");
    QVERIFY2(soma.startsWith(QStringLiteral("-80.0 mV at 105.")), qPrintable(soma));
    QCOMPARE(readOut("dendrite"), QStringLiteral("near soma -80.0 mV, tip -38.0 mV"));
    QCOMPARE(readOut("near"), QStringLiteral("yes"));
    QVERIFY2(readOut("rate").endsWith(QStringLiteral(" Hz")), qPrintable(readOut("rate")));
    QVERIFY(readOut("rate") != QStringLiteral("0.0 Hz"));
    // And its line in every plot, at the same place.
    for (const char *other : Plots) {
        const QPointF line(plot(other)->toPixel({*axis()->cursor(), 0.0}).x(),
                           plot(other)->plotRect().top() + 4.0);
        QTRY_VERIFY2(shows(plot(other), colours::muted(m_page->palette()), line, 2, 60), other);
    }
}

void tst_RunPlots::readOutOfTheMap()
{
    feed(DurationMs, {-80.0, 6.0, {}});
    moveTo(plot("map"), plot("map")->toPixel({120.5, 3.0}));
    QCOMPARE(readOut("map"), QStringLiteral("-62.0 mV at segment 3, 120 ms"));
    moveTo(plot("map"), plot("map")->toPixel({299.5, 7.0}));
    QCOMPARE(readOut("map"), QStringLiteral("-38.0 mV at segment 7, 299 ms"));
}

void tst_RunPlots::readOutsGoWithTheMouse()
{
    feed(DurationMs, {-80.0, 6.0, {100}});
    moveTo(plot("map"), plot("map")->toPixel({120.5, 3.0}));
    QVERIFY(!readOut("map").isEmpty());
    moveTo(m_page.get(), QPointF(m_page->width() - 20.0, m_page->height() - 20.0));
    QVERIFY(!axis()->cursor());
    for (const char *name : {"map", "dendrite", "near", "rate", "input"})
        QVERIFY2(readOut(name).isEmpty(), name);
    QCOMPARE(readOut("soma"), QStringLiteral("1 spike"));
}

void tst_RunPlots::readOutsEndWhereTheRunEnds()
{
    feed(100);
    moveTo(plot("soma"), middleAt(plot("soma"), 50.0));
    QVERIFY(!readOut("near").isEmpty());
    moveTo(plot("soma"), middleAt(plot("soma"), 200.0));
    QVERIFY(readOut("near").isEmpty());
    QCOMPARE(readOut("soma"), QStringLiteral("0 spikes"));
    moveTo(plot("map"), plot("map")->toPixel({200.0, 3.0}));
    QVERIFY(readOut("map").isEmpty());
    feed(DurationMs); // the run comes to the cursor
    QVERIFY(!readOut("near").isEmpty());
}

void tst_RunPlots::onePlotAlone_data()
{
    eachPlot();
}

void tst_RunPlots::onePlotAlone()
{
    QFETCH(QByteArray, name);
    feed(DurationMs);
    const int before = plot(name.constData())->height();
    click(maximise(name.constData()));
    for (const char *other : Plots)
        QCOMPARE(plot(other)->isVisible(), QByteArray(other) == name);
    QVERIFY(plot(name.constData())->height() > m_page->height() * 3 / 4);
    QVERIFY(maximise(name.constData())->isChecked());
    click(maximise(name.constData()));
    for (const char *other : Plots) {
        QVERIFY(plot(other)->isVisible());
        QVERIFY(!maximise(other)->isChecked());
    }
    QTRY_COMPARE(plot(name.constData())->height(), before);
    // With the keyboard, too.
    maximise(name.constData())->setFocus(Qt::TabFocusReason);
    QTest::keyClick(maximise(name.constData()), Qt::Key_Space);
    QVERIFY(!plot(name == "soma" ? "map" : "soma")->isVisible());
}

void tst_RunPlots::anotherPlotAlone()
{
    feed(100);
    click(maximise("soma"));
    feed(DurationMs); // what is hidden goes on, too
    click(maximise("soma"));
    QTRY_VERIFY(drawn("near", 250.0, 0.0));
}

void tst_RunPlots::bordersCanBeDragged()
{
    auto *stack = m_page->findChild<PlotStack *>();
    QSplitterHandle *border = stack->handle(1);
    const int before = plot("input")->height();
    const QPointF from = QRectF(border->rect()).center();
    drag(border, from, from + QPointF(0.0, 30.0));
    QVERIFY2(qAbs(plot("input")->height() - before - 30) <= 2,
             qPrintable(QString::number(plot("input")->height() - before)));
}

void tst_RunPlots::aNewRunEmptiesThePlots()
{
    feed(DurationMs, {-80.0, 6.0, {100}});
    QTRY_VERIFY(drawn("soma", 250.0, -80.0));
    m_trace = {};
    feed(50, {-80.0, 6.0, {}}, 2);
    QTRY_VERIFY(!drawn("soma", 250.0, -80.0));
    QVERIFY(drawn("soma", 25.0, -80.0));
    QVERIFY(!drawn("near", 105.0, 1.0));
    QVERIFY(!drawn("dendrite", 250.0, -80.0));
    QCOMPARE(readOut("soma"), QStringLiteral("0 spikes"));
}

DT_TEST(tst_RunPlots, QApplication)
#include "tst_RunPlots.moc"
