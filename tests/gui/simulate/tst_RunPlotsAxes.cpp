// SPDX-License-Identifier: GPL-3.0-or-later
//
// The axes of the plots of a run: zoom, drag and keyboard, what heights they show, margins.
#include "tests/gui/simulate/RunPlotsBench.h"
#include "tests/support/TestProgram.h"

#include "widgets/theme/Theme.h"
#include <QApplication>

using namespace dt;
using namespace dt::test;

class tst_RunPlotsAxes : public RunPlotsBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { RunPlotsBench::init(); }
    void cleanup() { RunPlotsBench::cleanup(); }

    void wheelZoomsAll_data();
    void wheelZoomsAll();
    void dragPans();
    void keyboard();
    void doubleClickShowsAll();
    void smallPotentialsAreSeen();
    void axisStandsStillDuringARun();
    void controlWheelZoomsTheHeight();
    void marginsAlign_data();
    void marginsAlign();
};

void tst_RunPlotsAxes::wheelZoomsAll_data()
{
    eachPlot();
}

void tst_RunPlotsAxes::wheelZoomsAll()
{
    QFETCH(QByteArray, name);
    feed(DurationMs);
    PlotCanvas *under = plot(name.constData());
    const QPointF at(under->toPixel({200.0, 0.0}).x(), under->plotRect().center().y());
    wheel(under, at, 2);
    const TimeAxis::Range shown = axis()->shown();
    QVERIFY(qAbs((shown.to - shown.from) - DurationMs / 1.5625) < 1.0);
    QVERIFY(qAbs(under->toPixel({200.0, 0.0}).x() - at.x()) < 1.5); // what is under it stays
    for (const char *other : Plots) {
        for (const double ms : {shown.from, 200.0, shown.to})
            QCOMPARE(qRound(plot(other)->toPixel({ms, 0.0}).x()),
                     qRound(under->toPixel({ms, 0.0}).x()));
    }
    wheel(under, at, -4);
    QCOMPARE(axis()->shown().from, 0.0);
    QCOMPARE(axis()->shown().to, double(DurationMs));
}

void tst_RunPlotsAxes::dragPans()
{
    feed(DurationMs);
    axis()->show(100.0, 200.0);
    PlotCanvas *soma = plot("soma");
    drag(soma, middleAt(soma, 150.0), middleAt(soma, 170.0));
    QVERIFY(qAbs(axis()->shown().from - 80.0) < 1.0);
    QVERIFY(qAbs(axis()->shown().to - 180.0) < 1.0);
    QVERIFY(qAbs(plot("rate")->toPlot(plot("rate")->plotRect().center()).x() - 130.0) < 1.5);
    drag(soma, middleAt(soma, 100.0), middleAt(soma, 179.0));
    drag(soma, middleAt(soma, 60.0), middleAt(soma, 100.0));
    QCOMPARE(axis()->shown().from, 0.0); // no further than there is something
    moveTo(soma, middleAt(soma, 50.0)); // a released mouse drags no more
    QCOMPARE(axis()->shown().from, 0.0);
    QVERIFY(axis()->cursor());
}

void tst_RunPlotsAxes::keyboard()
{
    feed(DurationMs);
    axis()->show(100.0, 200.0);
    plot("soma")->setFocus();
    QTest::keyClick(plot("soma"), Qt::Key_Right);
    QCOMPARE(axis()->shown().from, 110.0);
    QTest::keyClick(plot("soma"), Qt::Key_Left);
    QTest::keyClick(plot("soma"), Qt::Key_Left);
    QCOMPARE(axis()->shown().from, 90.0);
    QTest::keyClick(plot("soma"), Qt::Key_Plus);
    QCOMPARE(axis()->shown().to - axis()->shown().from, 80.0);
    QTest::keyClick(plot("soma"), Qt::Key_Minus);
    QCOMPARE(axis()->shown().to - axis()->shown().from, 100.0);
    QTest::keyClick(plot("soma"), Qt::Key_Home);
    QCOMPARE(axis()->shown().to - axis()->shown().from, double(DurationMs));
}

void tst_RunPlotsAxes::doubleClickShowsAll()
{
    feed(DurationMs);
    axis()->show(100.0, 200.0);
    QTest::mouseDClick(m_page->windowHandle(), Qt::LeftButton, {},
                       plot("rate")->mapTo(m_page.get(), plot("rate")->plotRect().center()));
    QCoreApplication::processEvents();
    QCOMPARE(axis()->shown().from, 0.0);
    QCOMPARE(axis()->shown().to, double(DurationMs));
}

// Without spikes the axes fit the data: an EPSP of 1 mV is no flat line.
void tst_RunPlotsAxes::smallPotentialsAreSeen()
{
    DrivenWave wave{-76.0, 0.0, {}};
    feed(DurationMs, wave);
    const auto [low, high] = plot("soma")->yRange();
    QVERIFY2(high - low < 5.0, qPrintable(QString::number(high - low)));
    QVERIFY(low < -76.0 && high > -76.0);
    const auto [lowDendrite, highDendrite] = plot("dendrite")->yRange();
    QVERIFY(highDendrite - lowDendrite < 5.0);
    QTRY_VERIFY(drawn("soma", 150.0, -76.0));
    // With spikes all of them is seen, and their ticks stand above them.
    m_trace = {};
    feed(DurationMs, {-80.0, 0.5, {60}}, 2);
    QVERIFY(plot("soma")->yRange().second > 30.0);
    const double tickBottom =
        plot("soma")->toPlot(QPointF(0.0, plot("soma")->plotRect().top() + 13.0)).y();
    QVERIFY(tickBottom > 30.0);
}

void tst_RunPlotsAxes::axisStandsStillDuringARun()
{
    feed(DurationMs, {-80.0, 0.5, {60}});
    const auto before = plot("soma")->yRange();
    m_trace = {};
    const DrivenWave quiet{-76.0, 0.0, {}};
    for (int ms = 10; ms < DurationMs; ms += 10) {
        feed(ms, quiet, 2);
        QCOMPARE(plot("soma")->yRange(), before);
    }
    feed(DurationMs, quiet, 2); // it is over: now it fits
    QVERIFY(plot("soma")->yRange().second < before.second - 50.0);
}

void tst_RunPlotsAxes::controlWheelZoomsTheHeight()
{
    feed(DurationMs, {-80.0, 0.5, {60}});
    PlotCanvas *soma = plot("soma");
    const auto whole = soma->yRange();
    const TimeAxis::Range time = axis()->shown();
    const QPointF at = soma->toPixel({100.0, -70.0});
    wheel(soma, at, 5, Qt::ControlModifier);
    const auto zoomed = soma->yRange();
    QVERIFY(zoomed.second - zoomed.first < 0.5 * (whole.second - whole.first));
    QVERIFY(std::abs(soma->toPixel({100.0, -70.0}).y() - at.y()) < 1.0); // around the mouse
    QCOMPARE(axis()->shown(), time);
    QCOMPARE(plot("dendrite")->isHeightZoomed(), false); // each plot for itself
    // It stays for the next run, moves with a drag, and ends with a double click.
    m_trace = {};
    feed(DurationMs, {-78.0, 0.5, {60}}, 2);
    QCOMPARE(soma->yRange(), zoomed);
    drag(soma, at, at + QPointF(0.0, 10.0));
    QVERIFY(soma->yRange().first > zoomed.first);
    QTest::mouseDClick(m_page->windowHandle(), Qt::LeftButton, {},
                       soma->mapTo(m_page.get(), at.toPoint()));
    QCoreApplication::processEvents();
    QVERIFY(!soma->isHeightZoomed());
    QCOMPARE(soma->yRange(), whole);
    // What has words for heights stays as it is.
    const auto yesAndNo = plot("near")->yRange();
    wheel(plot("near"), plot("near")->toPixel({100.0, 0.5}), 1, Qt::ControlModifier);
    QCOMPARE(plot("near")->yRange(), yesAndNo);
    // From the keyboard.
    soma->setFocus();
    QTest::keyClick(soma, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(soma->isHeightZoomed());
    QTest::keyClick(soma, Qt::Key_Home);
    QCOMPARE(soma->yRange(), whole);
}

void tst_RunPlotsAxes::marginsAlign_data()
{
    QTest::addColumn<bool>("projector");
    QTest::addColumn<QSize>("size");
    QTest::newRow("1280x720") << false << QSize(1190, 640);
    QTest::newRow("large") << false << QSize(1900, 1100);
    QTest::newRow("projector") << true << QSize(1600, 1000);
}

void tst_RunPlotsAxes::marginsAlign()
{
    QFETCH(bool, projector);
    QFETCH(QSize, size);
    theme::apply(*qApp, theme::Scheme::Light, projector);
    m_page->resize(size);
    feed(DurationMs, {-80.0, 6.0, {100}});
    QCoreApplication::processEvents();
    const auto left = [this](const char *name) {
        return plot(name)->mapTo(m_page.get(), plot(name)->plotRect().topLeft()).x();
    };
    const auto right = [this](const char *name) {
        return plot(name)->mapTo(m_page.get(), plot(name)->plotRect().topRight()).x();
    };
    for (const char *name : Plots) {
        QCOMPARE(left(name), left("input"));
        QCOMPARE(right(name), right("input"));
        QVERIFY2(plot(name)->plotRect().height() >= 12, name);
        QVERIFY(plot(name)->rect().contains(plot(name)->plotRect()));
    }
    theme::apply(*qApp, theme::Scheme::Light, false);
}

DT_TEST(tst_RunPlotsAxes, QApplication)
#include "tst_RunPlotsAxes.moc"
