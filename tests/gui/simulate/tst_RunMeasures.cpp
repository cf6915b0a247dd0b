// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mark, and the measures of the response that the cursor is on.
#include "app/simulate/RunMeasures.h"
#include "app/simulate/SimulationController.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/gui/simulate/RunSizes.h"
#include "tests/support/TestProgram.h"
#include "widgets/pages/SimulatePage.h"

#include <QApplication>
#include <QLabel>

using namespace dt;
using namespace dt::test;

namespace {

constexpr int EventMs = 100;

} // namespace

class tst_RunMeasures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void windows();
    void responseUnderTheCursor();
    void betweenMarkAndCursor();
    void theMark();
    void nothingMoves();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] TimeAxis *axis() const { return window().simulatePage()->plots()->timeAxis(); }
    [[nodiscard]] PlotCanvas *soma() const { return child<PlotCanvas>(window(), "somaPlot"); }
    [[nodiscard]] QString measured() const
    {
        return child<QWidget>(window(), "measuresTable")->accessibleName();
    }
    void pointAt(double ms) const { moveTo(soma(), middleAt(soma(), ms)); }
    void shiftClick(double ms) const
    {
        pointAt(ms);
        press(soma(), middleAt(soma(), ms), Qt::ShiftModifier);
        release(soma(), middleAt(soma(), ms));
    }

    std::unique_ptr<Bench> m_bench;
};

/// A triangle after the event: 10 mV up in 20 ms, down in 40 ms.
void tst_RunMeasures::init()
{
    m_bench = std::make_unique<Bench>(QSize(1400, 1000));
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = DurationMs;
    project.stimulus.rain.on = false;
    project.stimulus.painted = {{Polarity::Excitatory, 3, EventMs, 2.0},
                                {Polarity::Excitatory, 3, 220, 2.0}};
    window().simulation()->setAutoRun(false);
    window().document()->reset(project, {});
    window().simulation()->run();
    SimulationJob *job = m_bench->engine.job();
    job->begin();
    ChunkMessage chunk;
    ChunkMessage::Cell cell;
    const int perMs = project.neuron.samplesPerMs;
    for (int i = 0; i <= DurationMs * perMs; ++i) {
        const double ms = static_cast<double>(i) / perMs - EventMs;
        const double v = ms < 0.0 ? 0.0
            : ms < 20.0           ? ms / 2.0
                                  : std::max(0.0, 10.0 - (ms - 20.0) / 4.0);
        cell.soma.push_back(static_cast<float>(-80.0 + v));
    }
    for (int t = 0; t < DurationMs; ++t) {
        for (int row = 0; row < project.neuron.segmentCount(); ++row)
            cell.dend.push_back(cell.soma[static_cast<std::size_t>(t * perMs)]);
    }
    chunk.cells.push_back(std::move(cell));
    QVERIFY(job->append(chunk).ok());
    job->finish(0.01);
    QVERIFY(!window().simulation()->isRunning());
}

void tst_RunMeasures::cleanup()
{
    m_bench.reset();
}

void tst_RunMeasures::windows()
{
    const std::vector<InputEvent> painted{{Polarity::Excitatory, 0, 200, 1.0},
                                          {Polarity::Inhibitory, 0, 50, 1.0},
                                          {Polarity::Excitatory, 1, 50, 1.0}};
    const auto at = [&](double cursor) { return responseAt(cursor, nullptr, painted, 300.0); };
    QVERIFY(at(49.0).fromMs < 0.0);
    QCOMPARE(at(50.0).fromMs, 50.0);
    QCOMPARE(at(120.0).untilMs, 200.0);
    QCOMPARE(at(250.0).fromMs, 200.0);
    QCOMPARE(at(250.0).untilMs, 300.0);
    const double mark = 30.0;
    QCOMPARE(responseAt(10.0, &mark, painted, 300.0).fromMs, 10.0);
    QCOMPARE(responseAt(10.0, &mark, painted, 300.0).untilMs, 30.0);
}

void tst_RunMeasures::responseUnderTheCursor()
{
    pointAt(50.0); // nothing has come yet
    QVERIFY2(!measured().startsWith(QStringLiteral("Soma")), qPrintable(measured()));
    pointAt(130.0);
    QCOMPARE(measured(),
             QStringLiteral("Soma: base -80.0 mV, peak -70.0 mV, amplitude 10.0 mV, rise 16.0 ms, "
                            "half-width 30.0 ms (after the event at 100 ms)"));
    // The markers: half-width is a line at half height, rise one from 10 to 90 %.
    const QColor accent = window().palette().color(QPalette::Highlight);
    for (const auto &[ms, mv] :
         {std::pair{125.0, -75.0}, std::pair{120.0, -70.0}, std::pair{100.0, -80.0}})
        QVERIFY2(shows(soma(), accent, soma()->toPixel({ms, mv}), 4, 60),
                 qPrintable(QString::number(ms)));
    // A segment's, too.
    PlotCanvas *map = child<PlotCanvas>(window(), "mapPlot");
    clickAt(map, map->toPixel({150.0, 4.0}));
    pointAt(130.0);
    QVERIFY2(measured().contains(QStringLiteral("; Segment 4: base -80.0 mV, peak -70.0 mV")),
             qPrintable(measured()));
    // After the next event nothing happens.
    pointAt(250.0);
    QVERIFY2(!measured().startsWith(QStringLiteral("Soma")), qPrintable(measured()));
    QVERIFY(!shows(soma(), accent, soma()->toPixel({125.0, -75.0}), 4, 60));
}

void tst_RunMeasures::betweenMarkAndCursor()
{
    shiftClick(90.0);
    pointAt(115.0);
    QVERIFY2(measured().startsWith(QStringLiteral("Soma: base -80.0 mV, peak -72.")),
             qPrintable(measured()));
    QVERIFY2(measured().endsWith(QStringLiteral("(between mark and cursor)")),
             qPrintable(measured()));
    const QString said = labelText(window(), "somaReadOutLabel");
    QVERIFY2(said.contains(QStringLiteral("from the mark +2")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral(" mV")) && said.contains(QStringLiteral(", +7.")),
             qPrintable(said));
}

void tst_RunMeasures::theMark()
{
    shiftClick(90.0);
    QVERIFY(axis()->mark());
    QVERIFY(std::abs(*axis()->mark() - 90.0) < 0.6);
    // In every plot, dashed; it stays when the mouse goes.
    moveTo(&window(), QPointF(4.0, 4.0));
    QVERIFY(axis()->mark());
    for (const char *name : {"inputPlot", "mapPlot", "somaPlot", "dendritePlot"}) {
        PlotCanvas *canvas = child<PlotCanvas>(window(), name);
        QTRY_VERIFY2(showsInColumn(canvas, window().palette().color(QPalette::Highlight), 90.0, 60),
                     name);
    }
    // A shift-click elsewhere moves it, on it takes it away; so does Escape.
    shiftClick(150.0);
    QVERIFY(std::abs(*axis()->mark() - 150.0) < 0.6);
    shiftClick(150.0);
    QVERIFY(!axis()->mark());
    shiftClick(150.0);
    soma()->setFocus(Qt::TabFocusReason);
    QTest::keyClick(soma(), Qt::Key_Escape);
    QVERIFY(!axis()->mark());
    // In the painter it paints nothing.
    PlotCanvas *input = child<PlotCanvas>(window(), "inputPlot");
    const QPointF at = input->toPixel({40.0, 2.0});
    moveTo(input, at);
    press(input, at, Qt::ShiftModifier);
    release(input, at);
    QVERIFY(axis()->mark());
    QCOMPARE(window().document()->stimulus().painted.size(), std::size_t{2});
    // A shorter run ends before the mark.
    axis()->setMark(280.0);
    QVERIFY(window()
                .document()
                ->edit(QStringLiteral("x"), [](Project &p) { p.stimulus.durationMs = 250; })
                .ok());
    QVERIFY(!axis()->mark());
}

/// The plots keep their places under the mouse.
void tst_RunMeasures::nothingMoves()
{
    pointAt(50.0); // laid out
    const QRect before(soma()->mapToGlobal(QPoint(0, 0)), soma()->size());
    pointAt(130.0);
    shiftClick(110.0);
    pointAt(150.0);
    QCOMPARE(QRect(soma()->mapToGlobal(QPoint(0, 0)), soma()->size()), before);
}

DT_TEST(tst_RunMeasures, QApplication)
#include "tst_RunMeasures.moc"
