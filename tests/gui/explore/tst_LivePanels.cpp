// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Live tab without a run: what it says and where, what can be caught with the mouse, what it
// remembers.

#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"
#include "widgets/explore/LiveCell.h"
#include "widgets/explore/LivePanels.h"
#include "widgets/explore/LiveTraces.h"
#include "widgets/explore/LiveView.h"
#include "widgets/forms/QuantityField.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

#include <cmath>

using namespace dt;
using namespace dt::test;

class tst_LivePanels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }

    void messagesMoveNothing();
    void refusalsAreSaidAtTheField_data();
    void refusalsAreSaidAtTheField();
    void aPokeWhilePausedSaysThatItWaits();
    void theElectrodeIsCaughtByItsTip();
    void tracesAreNamedByTheirDendrite();
    void habitsAreRemembered();
    void smallPotentialsAreSeenAndTheAxisStands();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] LiveView &view() const { return *child<LiveView>(window(), "liveView"); }
    [[nodiscard]] LiveCell &cell() const { return *view().cell(); }
    [[nodiscard]] QuantityField *field(const char *name) const
    {
        return child<QuantityField>(view(), name);
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_LivePanels::init()
{
    m_bench = std::make_unique<Bench>();
    Project project;
    project.neuron = smallTree();
    window().document()->reset(project, {});
    window().showPage(MainWindow::Explore);
    QCoreApplication::processEvents();
}

void tst_LivePanels::messagesMoveNothing()
{
    const QRect cellBefore(cell().mapTo(&window(), QPoint()), cell().size());
    view().showMessage(QStringLiteral("A sentence that says something. ").repeated(8),
                       LiveView::Tone::Problem);
    QCoreApplication::processEvents();
    QCOMPARE(QRect(cell().mapTo(&window(), QPoint()), cell().size()), cellBefore);
    QVERIFY(child<QLabel>(view(), "liveMessageLabel")->isVisible());
    const QStringList clipped = clippedTexts(&view());
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    view().showMessage({}, LiveView::Tone::Note);
    QVERIFY(!child<QLabel>(view(), "liveMessageLabel")->isVisible());
}

void tst_LivePanels::refusalsAreSaidAtTheField_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("no number") << QByteArray("liveElectrode") << QStringLiteral("abc");
    QTest::newRow("weight") << QByteArray("liveWeight") << QStringLiteral("-3");
    QTest::newRow("rate") << QByteArray("liveRate") << QStringLiteral("5000");
    QTest::newRow("length") << QByteArray("live_dend_L_um") << QStringLiteral("99999");
}

void tst_LivePanels::refusalsAreSaidAtTheField()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QuantityField *f = field((name + "Field").constData());
    const auto *why = child<QLabel>(view(), (name + "WhyLabel").constData());
    QVERIFY(!why->isVisible());
    typeInto(f, text);
    QTRY_VERIFY(why->isVisible());
    QVERIFY2(why->text().contains(f->rangeText()), qPrintable(why->text()));
    const int gap =
        why->mapTo(&window(), QPoint()).y() - f->mapTo(&window(), QPoint(0, f->height())).y();
    const int slider = 2 * f->height();
    QVERIFY2(gap >= 0 && gap < slider, qPrintable(QString::number(gap)));
    QVERIFY2(why->height() < slider, qPrintable(QString::number(why->height())));
}

void tst_LivePanels::aPokeWhilePausedSaysThatItWaits()
{
    view().showState(LiveView::State::Running);
    view().showPoke(2, 0);
    QVERIFY(view().message().isEmpty());
    view().showState(LiveView::State::Paused);
    view().showPoke(2, 0);
    QVERIFY2(view().message().contains(QStringLiteral("Paused")), qPrintable(view().message()));
}

void tst_LivePanels::theElectrodeIsCaughtByItsTip()
{
    // On the soma, which has nothing to poke: a drag moves it, a click is for the soma.
    const QPointF tip = cell().positionOf({});
    clickAt(&cell(), tip);
    QCOMPARE(cell().selection(), std::optional<int>(CellView::SomaSelected));
    QVERIFY(view().message().contains(QStringLiteral("dendrite")));
    QSignalSpy pokes(&cell(), &LiveCell::pressed);
    const SegmentRef target = segmentRows(cell().neuron())[1];
    drag(&cell(), tip, cell().positionOf({target.dendrite, target.x}));
    QCOMPARE(view().electrodes().front().dendrite, target.dendrite);
    QCOMPARE(pokes.count(), 0);
    // On a dendrite the segment below the tip is poked.
    clickAt(&cell(), cell().positionOf({target.dendrite, target.x}));
    QCOMPARE(pokes.count(), 1);
}

void tst_LivePanels::tracesAreNamedByTheirDendrite()
{
    const auto click = [this](int row) {
        const SegmentRef ref = segmentRows(cell().neuron())[std::size_t(row)];
        clickAt(&cell(), cell().positionOf({ref.dendrite, ref.x}));
    };
    const auto text = [this](int id) {
        return child<QToolButton>(view(), qPrintable(QStringLiteral("liveSiteButton%1").arg(id)))
            ->text();
    };
    click(4);
    QCOMPARE(text(1), QStringLiteral("4 tuft ×"));
    // Where there is no room, the numbers alone; the tool tip has both.
    view().traces()->resize(300, view().traces()->height());
    QCOMPARE(text(1), QStringLiteral("4 ×"));
    QVERIFY(child<QToolButton>(view(), "liveSiteButton1")
                ->toolTip()
                .contains(QStringLiteral("segment 4, on tuft")));
}

void tst_LivePanels::habitsAreRemembered()
{
    typeInto(field("liveWeightField"), QStringLiteral("12"));
    typeInto(field("liveRateField"), QStringLiteral("80"));
    click(child<QCheckBox>(view(), "liveTrainCheck"));
    view().setPace(10.0);
    MainWindow next(&m_bench->engine, &m_bench->dialogs, m_bench->autosave.path());
    const LiveView &again = *child<LiveView>(next, "liveView");
    QCOMPARE(again.finger()->weight(), 12.0);
    QCOMPARE(again.finger()->trainHz(), 80.0);
    QVERIFY(!again.finger()->holdsForTrain());
    QCOMPARE(again.pace(), 10.0);
}

// EPSPs of 1 mV that scroll by: high enough to be seen, and the axis does not follow each of them.
void tst_LivePanels::smallPotentialsAreSeenAndTheAxisStands()
{
    LiveTraces traces;
    traces.resize(900, 400);
    traces.setVisible(true); // show() takes a trace
    LiveTrace trace(40);
    trace.addSite();
    int moves = 0;
    std::pair<double, double> before;
    for (int ms = 0; ms < 4000; ms += 16) {
        std::vector<float> stretch;
        for (int i = 0; i < 16 * 40; ++i) {
            const double since = std::fmod(ms + i / 40.0, 700.0); // an EPSP every 700 ms
            stretch.push_back(static_cast<float>(-76.0 + std::exp(-since / 20.0)));
        }
        trace.append(trace.next(), {stretch});
        traces.show(trace);
        const auto now = traces.canvas()->yRange();
        moves += now != before;
        before = now;
    }
    QVERIFY2(before.second - before.first < 3.0, qPrintable(QString::number(before.second)));
    QVERIFY(before.first < -76.0 && before.second > -75.0);
    QVERIFY2(moves < 5, qPrintable(QString::number(moves)));
    // By hand, until a double click.
    wheel(traces.canvas(), traces.canvas()->plotRect().center(), 3, Qt::ControlModifier);
    const auto zoomed = traces.canvas()->yRange();
    QVERIFY(zoomed != before);
    traces.show(trace);
    QCOMPARE(traces.canvas()->yRange(), zoomed);
    QTest::mouseDClick(traces.windowHandle(), Qt::LeftButton, {},
                       traces.canvas()->mapTo(&traces, traces.canvas()->plotRect().center()));
    QCOMPARE(traces.canvas()->yRange(), before);
}

DT_TEST(tst_LivePanels, QApplication)
#include "tst_LivePanels.moc"
