// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Live tab with real NEURON, by mouse and keys.

#include "app/explore/LiveController.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/explore/LiveCell.h"
#include "widgets/explore/LiveTraces.h"
#include "widgets/explore/LiveView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <csignal>

using namespace dt;
using namespace dt::test;

namespace {

constexpr int Patience = 30000;

/// Notes when the picture is painted with a segment's voltage changed.
class PaintWatch : public QObject
{
public:
    PaintWatch(LiveCell *cell, const LiveSession *session) : m_session(session)
    {
        cell->installEventFilter(this);
    }
    void expect(int row)
    {
        m_index = static_cast<std::size_t>(row) + 1;
        m_before = m_session->now()[m_index];
        seen = false;
    }
    bool seen = true;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !seen)
            seen = m_session->now()[m_index] > m_before + 0.5f;
        return QObject::eventFilter(watched, event);
    }

private:
    const LiveSession *m_session;
    std::size_t m_index = 0;
    float m_before = 0.0f;
};

} // namespace

class tst_LiveView : public QObject
{
    Q_OBJECT

    using State = LiveSession::State;

private Q_SLOTS:
    void init();
    void cleanup();

    void emptyStateSaysWhatToDo();
    void clickPokesAtOnce();
    void holdingGivesATrain();
    void inhibitionHyperpolarises();
    void keys();
    void pauseHoldsAndStepGoesOn();
    void rewindAndStop();
    void paceSliderAndPresets();
    void parametersChangeAsItRuns();
    void shapeOfTheSelectedBranch();
    void structureBeginsAgain();
    void electrodeIsDraggedAndTurned();
    void sitesComeAndGo();
    void sitesFollowTheirDendrite();
    void aDeadWorkerIsSaid();
    void pokesWhileBusyAreSaid();
    void otherPagesDoNotStopIt();
    void reactionTime_data();
    void reactionTime();
    void manyPokesStayBounded();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void peopleFindTheirWay();

private:
    MainWindow &window() const { return *m_bench->window; }
    Document &document() const { return *window().document(); }
    LiveSession &session() const { return *window().live()->session(); }
    LiveView &view() const { return *child<LiveView>(window(), "liveView"); }
    LiveCell &cell() const { return *view().cell(); }
    template <typename T>
    T *part(const char *name) const
    {
        return child<T>(view(), name);
    }
    QPointF placeOf(int row) const
    {
        const SegmentRef ref = segmentRows(document().neuron())[std::size_t(row)];
        return cell().positionOf({ref.dendrite, ref.x});
    }
    float now(int part) const { return session().now()[std::size_t(part + 1)]; }
    bool play() const
    {
        click(part<QPushButton>("livePlayButton"));
        return QTest::qWaitFor(
            [&] { return session().state() == State::Running && session().neuronMs() > 1.0; },
            Patience);
    }
    bool rises(int row, float by) const
    {
        const float before = now(row);
        return QTest::qWaitFor([&] { return now(row) > before + by; }, Patience);
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_LiveView::init()
{
    m_bench = std::make_unique<Bench>();
    QVERIFY(document()
                .edit(QStringLiteral("lesson"),
                      [](Project &p) { p.neuron = presetNeuron("nmda-cable").value(); })
                .ok());
    window().showPage(MainWindow::Explore);
}

void tst_LiveView::cleanup()
{
    m_bench.reset();
    theme::apply(*qApp, theme::Scheme::Light, false);
}

void tst_LiveView::emptyStateSaysWhatToDo()
{
    QVERIFY(part<QPushButton>("livePlayButton")->isEnabled());
    QCOMPARE(part<QPushButton>("livePlayButton")->text(), QStringLiteral("Play"));
    QVERIFY(!part<QPushButton>("liveRewindButton")->isEnabled());
    clickAt(&cell(), placeOf(3));
    QVERIFY(view().message().contains(QStringLiteral("Play")));
    QCOMPARE(session().sentNumber(), 0ull);
    QCOMPARE(session().state(), State::Stopped);
}

void tst_LiveView::clickPokesAtOnce()
{
    QVERIFY(play());
    QTRY_COMPARE(part<QPushButton>("livePlayButton")->text(), QStringLiteral("Pause"));
    const quint64 sent = session().sentNumber();
    press(&cell(), placeOf(5));
    // The press itself sends it: nothing waits for the release.
    QVERIFY(session().sentNumber() > sent);
    QVERIFY(rises(5, 3.0f));
    release(&cell(), placeOf(5));
    // The trace of the place rises, too, and is named.
    const auto *button = part<QToolButton>("liveSiteButton1");
    QVERIFY2(button->text().startsWith(QStringLiteral("5 ")), qPrintable(button->text()));
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const LiveTrace::Line line = session().trace().lastOf(1, 500.0, 400);
            return !line.y.empty()
                && *std::max_element(line.y.begin(), line.y.end()) > line.y.front() + 3.0;
        }(),
        Patience);
    QCOMPARE(part<PlotCanvas>("liveTraceCanvas")->lineCount(), 2);
    // The soma has no synapse to poke.
    const quint64 then = session().sentNumber();
    clickAt(&cell(), cell().positionOf({}));
    QVERIFY(view().message().contains(QStringLiteral("dendrite")));
    QCOMPARE(session().sentNumber(), then);
}

void tst_LiveView::holdingGivesATrain()
{
    QVERIFY(play());
    typeInto(part<QuantityField>("liveRateField"), QStringLiteral("200"));
    press(&cell(), placeOf(6));
    const quint64 first = session().sentNumber();
    QTRY_VERIFY_WITH_TIMEOUT(session().sentNumber() > first, Patience); // the train's beginning
    QTRY_VERIFY_WITH_TIMEOUT(now(6) > -40.0f, Patience); // far more than one event does
    release(&cell(), placeOf(6));
    QTRY_VERIFY_WITH_TIMEOUT(now(6) < -60.0f, Patience); // it ended
    // Without the check, holding is one event.
    click(part<QCheckBox>("liveTrainCheck"));
    press(&cell(), placeOf(6));
    const quint64 one = session().sentNumber();
    QVERIFY(!QTest::qWaitFor([&] { return session().sentNumber() > one; }, 600));
    release(&cell(), placeOf(6));
}

void tst_LiveView::inhibitionHyperpolarises()
{
    auto *kind = part<QComboBox>("liveKindCombo");
    QCOMPARE(kind->count(), 2);
    choose(kind, kind->itemText(1));
    QVERIFY(kind->currentText().startsWith(QStringLiteral("▼")));
    click(part<QCheckBox>(
        "liveElectrodeCheck")); // depolarised, so that there is something to inhibit
    QVERIFY(play());
    QVERIFY(QTest::qWaitFor([&] { return session().neuronMs() > 60.0; }, Patience));
    click(part<QPushButton>("livePlayButton"));
    const float before = now(2);
    typeInto(part<QuantityField>("liveWeightField"), QStringLiteral("20"));
    clickAt(&cell(), placeOf(2));
    for (int i = 0; i < 3; ++i)
        click(part<QPushButton>("liveStepButton"));
    QTRY_VERIFY_WITH_TIMEOUT(now(2) < before - 0.5f, Patience);
}

void tst_LiveView::keys()
{
    cell().setFocus();
    QTest::keyClick(&cell(), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Running, Patience);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&cell(), Qt::Key_Right); // soma, 0, 1, 2
    QCOMPARE(cell().selection(), std::optional<int>(2));
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 1.0, Patience);
    const quint64 sent = session().sentNumber();
    QTest::keyClick(&cell(), Qt::Key_Return);
    QVERIFY(session().sentNumber() > sent);
    QVERIFY(rises(2, 2.0f));
    QTest::keyClick(&cell(), Qt::Key_Space);
    QCOMPARE(session().state(), State::Paused);
    QSignalSpy reports(&session(), &LiveSession::reported);
    QTRY_VERIFY_WITH_TIMEOUT(reports.count() > 2, Patience);
    const double held = session().neuronMs();
    QTest::keyClick(&cell(), Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(session().neuronMs(), held + 1.0, Patience);
    QTest::keyClick(&cell(), Qt::Key_Comma);
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > held + 1.0, Patience);
    QVERIFY(session().neuronMs() < held + 1.1);
    QTest::keyClick(&cell(), Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(session().neuronMs(), 0.0, Patience);
    // In a field the keys belong to the field.
    auto *weight = part<QuantityField>("liveWeightField");
    weight->setFocus();
    QTest::keyClick(weight, Qt::Key_Home);
    QTest::keyClick(weight, Qt::Key_Period);
    QCOMPARE(session().neuronMs(), 0.0);
}

void tst_LiveView::pauseHoldsAndStepGoesOn()
{
    click(part<QPushButton>("liveStepButton")); // begins a run of one step
    QTRY_COMPARE_WITH_TIMEOUT(session().neuronMs(), 1.0, Patience);
    QCOMPARE(session().state(), State::Paused);
    QCOMPARE(part<QPushButton>("liveSmallStepButton")->text(), QStringLiteral("+0.025 ms"));
    click(part<QPushButton>("liveSmallStepButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session().neuronMs(), 1.025, Patience);
    QTRY_COMPARE(labelText(view(), "liveElapsedLabel"), QStringLiteral("1.025 ms"));
    // Poked while paused: it waits for the next step.
    clickAt(&cell(), placeOf(4));
    const float before = now(4);
    for (int i = 0; i < 2; ++i)
        click(part<QPushButton>("liveStepButton"));
    QTRY_VERIFY_WITH_TIMEOUT(now(4) > before + 2.0f, Patience);
}

void tst_LiveView::rewindAndStop()
{
    QVERIFY(play());
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 30.0, Patience);
    click(part<QPushButton>("livePlayButton"));
    click(part<QPushButton>("liveRewindButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session().neuronMs(), 0.0, Patience);
    QCOMPARE(session().state(), State::Paused);
    QElapsedTimer timer;
    timer.start();
    QSignalSpy over(&session(), &LiveSession::stateChanged);
    trigger(window(), "stopAction");
    QVERIFY(session().state() == State::Stopped || over.wait(5000));
    QCOMPARE(session().state(), State::Stopped);
    qInfo("stopped after %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < 1000);
    QCOMPARE(part<QPushButton>("livePlayButton")->text(), QStringLiteral("Play"));
}

void tst_LiveView::paceSliderAndPresets()
{
    auto *slider = part<QSlider>("livePaceSlider");
    auto *presets = part<QComboBox>("livePaceCombo");
    QCOMPARE(view().pace(), 100.0);
    slider->setValue(slider->minimum());
    QCOMPARE(view().pace(), 1.0);
    slider->setValue(slider->maximum());
    QCOMPARE(view().pace(), 0.0);
    QVERIFY(labelText(view(), "liveReachedLabel").contains(QStringLiteral("as fast")));
    choose(presets, QStringLiteral("Real time"));
    QCOMPARE(view().pace(), 1000.0);
    slider->setValue(slider->value() - 7);
    QCOMPARE(presets->currentIndex(), -1);
    choose(presets, QStringLiteral("10 ms a second"));
    QCOMPARE(view().pace(), 10.0);
    QVERIFY(play());
    QTRY_VERIFY_WITH_TIMEOUT(
        labelText(view(), "liveReachedLabel").contains(QStringLiteral("reached")), Patience);
}

void tst_LiveView::parametersChangeAsItRuns()
{
    QVERIFY(play());
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 20.0, Patience);
    QSignalSpy again(&session(), &LiveSession::restarted);
    const double from = session().neuronMs();
    const int steps = document().undoStack()->count();
    // A drag of the slider: many edits, one step of undo, no beginning again.
    auto *slider = part<QSlider>("live_Rm_ohm_cm2Slider");
    bringIntoView(slider);
    drag(slider, sliderHandle(slider, slider->value()), sliderHandle(slider, 40));
    QCOMPARE(document().undoStack()->count(), steps + 1);
    QVERIFY(document().neuron().membrane.rmOhmCm2 < 10000.0);
    const quint64 sent = session().sentNumber();
    QTRY_VERIFY_WITH_TIMEOUT(session().arrivedNumber() >= std::max<quint64>(sent, 1), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > from + 20.0, Patience); // time goes on
    QCOMPARE(again.count(), 0);
    QCOMPARE(session().trace().first(), 0);
    trigger(window(), "undoAction");
    QCOMPARE(document().neuron().membrane.rmOhmCm2, 20000.0);
    QCOMPARE(session().state(), State::Running);
}

void tst_LiveView::shapeOfTheSelectedBranch()
{
    QVERIFY(document()
                .edit(QStringLiteral("branch"),
                      [](Project &p) {
                          p.neuron.dendrites.push_back({"tuft", 0, 1.0, 200.0, 1.0, 2, {}});
                      })
                .ok());
    clickAt(&cell(), placeOf(9));
    QVERIFY(labelText(view(), "liveBranchLabel").contains(QStringLiteral("tuft")));
    auto *length = part<QuantityField>("live_dend_L_umField");
    QCOMPARE(length->value(), 200.0);
    typeInto(length, QStringLiteral("320"));
    QCOMPARE(document().neuron().dendrites[1].lengthUm, 320.0);
    QVERIFY(document().neuron().dendrites[0].lengthUm != 320.0);
}

void tst_LiveView::structureBeginsAgain()
{
    QVERIFY(play());
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 50.0, Patience);
    QVERIFY(document()
                .edit(QStringLiteral("segments"), [](Project &p) { setSegments(p.neuron, 0, 12); })
                .ok());
    QTRY_VERIFY_WITH_TIMEOUT(view().message().contains(QStringLiteral("began again")), Patience);
    QVERIFY2(view().message().contains(QStringLiteral("segments")), qPrintable(view().message()));
    QTRY_COMPARE_WITH_TIMEOUT(session().now().size(), std::size_t(13), Patience);
    QCOMPARE(session().state(), State::Running);
    QTRY_VERIFY_WITH_TIMEOUT(session().poke(0, 11, 1.0), Patience);
}

void tst_LiveView::electrodeIsDraggedAndTurned()
{
    QVERIFY(play());
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 20.0, Patience);
    const QPointF handle = cell().electrodeHandle();
    QVERIFY(!handle.isNull());
    const quint64 pokes = session().sentNumber();
    drag(&cell(), handle, placeOf(7));
    QCOMPARE(view().electrodes().front().dendrite, 0);
    QCOMPARE(rowAt(document().neuron(), 0, view().electrodes().front().x), 7);
    QVERIFY(view().sites().empty()); // a drag is no poke
    QTRY_VERIFY_WITH_TIMEOUT(session().sentNumber() > pokes, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(session().arrivedNumber() == session().sentNumber(), Patience);
    click(part<QCheckBox>("liveElectrodeCheck"));
    QVERIFY(rises(7, 3.0f));
    // Turned down below zero while it runs.
    auto *slider = part<QSlider>("liveElectrodeSlider");
    drag(slider, sliderHandle(slider, slider->value()), sliderHandle(slider, -30));
    QVERIFY(view().electrodes().front().currentNa < -0.1);
    QTRY_VERIFY_WITH_TIMEOUT(now(7) < -95.0f, Patience);
    // As a voltage clamp it holds its place.
    choose(part<QComboBox>("liveClampCombo"), QStringLiteral("Voltage clamp"));
    typeInto(part<QuantityField>("liveElectrodeField"), QStringLiteral("-50"));
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(now(7) + 50.0f) < 2.0f, Patience);
    cell().setSelection(CellView::SomaSelected);
    click(part<QPushButton>("liveMoveElectrodeButton"));
    QCOMPARE(view().electrodes().front().dendrite, SomaIndex);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(now(-1) + 50.0f) < 8.0f, Patience);
}

void tst_LiveView::sitesComeAndGo()
{
    QVERIFY(play());
    for (int row = 0; row < 8; ++row)
        clickAt(&cell(), placeOf(row));
    QCOMPARE(view().sites().size(), std::size_t(LiveView::MaxSites)); // the oldest made room
    QCOMPARE(rowAt(document().neuron(), 0, view().sites().front().x), 2);
    clickAt(&cell(), placeOf(3)); // is there
    QCOMPARE(view().sites().size(), std::size_t(LiveView::MaxSites));
    QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(session().trace().at(6, session().trace().next() - 1)),
                             Patience);
    const int id = view().sites()[1].id;
    click(part<QToolButton>(qPrintable(QStringLiteral("liveSiteButton%1").arg(id))));
    QCOMPARE(view().sites().size(), std::size_t(LiveView::MaxSites - 1));
    QCOMPARE(session().trace().siteCount(), LiveView::MaxSites);
}

void tst_LiveView::sitesFollowTheirDendrite()
{
    clickAt(&cell(), placeOf(6));
    const double x = view().sites().front().x;
    QVERIFY(document()
                .edit(QStringLiteral("before"),
                      [](Project &p) {
                          p.neuron.dendrites.insert(p.neuron.dendrites.begin(),
                                                    {"new", SomaIndex, 0.0, 90.0, 1.0, 2, {}});
                          for (Synapse &s : p.neuron.synapses)
                              ++s.dendrite;
                      })
                .ok());
    QCOMPARE(view().sites().size(), std::size_t(1));
    QCOMPARE(view().sites().front().dendrite, 1);
    QCOMPARE(view().sites().front().x, x);
    QVERIFY(document()
                .edit(QStringLiteral("gone"),
                      [](Project &p) {
                          p.neuron.dendrites.erase(p.neuron.dendrites.begin() + 1);
                          p.neuron.synapses.clear();
                      })
                .ok());
    QVERIFY(view().sites().empty());
}

void tst_LiveView::aDeadWorkerIsSaid()
{
    QVERIFY(play());
    ::kill(static_cast<pid_t>(session().processId()), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Stopped, Patience);
    QVERIFY2(view().message().contains(QStringLiteral("Press Play")), qPrintable(view().message()));
    QVERIFY(play());
    QCOMPARE(session().state(), State::Running);
    QVERIFY(view().message().isEmpty());
}

void tst_LiveView::pokesWhileBusyAreSaid()
{
    QVERIFY(play());
    const auto pid = static_cast<pid_t>(session().processId());
    ::kill(pid, SIGSTOP); // as a worker that cannot keep up
    QTRY_VERIFY_WITH_TIMEOUT(session().isBusy(), Patience);
    const quint64 sent = session().sentNumber();
    clickAt(&cell(), placeOf(1));
    QVERIFY2(view().message().contains(QStringLiteral("dropped")), qPrintable(view().message()));
    ::kill(pid, SIGCONT);
    QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), Patience);
    // Only the new site went out, no poke.
    QVERIFY(session().sentNumber() <= sent + 1);
    QVERIFY(now(1) < -75.0f);
}

void tst_LiveView::otherPagesDoNotStopIt()
{
    QVERIFY(play());
    window().showPage(MainWindow::Neuron);
    const double then = session().neuronMs();
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > then + 5.0, Patience);
    window().showPage(MainWindow::Explore);
    QCOMPARE(session().state(), State::Running);
}

void tst_LiveView::reactionTime_data()
{
    QTest::addColumn<double>("pace");
    QTest::addColumn<int>("segments");
    QTest::newRow("100 ms/s, 8 segments") << 100.0 << 8;
    QTest::newRow("real time, 64 segments") << 1000.0 << 64;
    QTest::newRow("as fast as it goes, 64 segments") << 0.0 << 64;
}

void tst_LiveView::reactionTime()
{
    QFETCH(double, pace);
    QFETCH(int, segments);
    QVERIFY(document()
                .edit(QStringLiteral("segments"),
                      [&](Project &p) { setSegments(p.neuron, 0, segments); })
                .ok());
    auto *slider = part<QSlider>("livePaceSlider");
    slider->setValue(pace > 0.0 ? static_cast<int>(100.0 * std::log10(pace)) : slider->maximum());
    QVERIFY(play());
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 100.0, Patience);
    PaintWatch watch(&cell(), &session());
    std::vector<double> waits;
    int missed = 0;
    for (int i = 0; i < 100; ++i) {
        const int row = segments / 2 + i % (segments / 2);
        // Only where it is quiet: the next rise is then this poke's.
        QTRY_VERIFY_WITH_TIMEOUT(now(row) < -80.0f, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), Patience);
        watch.expect(row);
        QElapsedTimer timer;
        timer.start();
        clickAt(&cell(), placeOf(row));
        while (!watch.seen && timer.elapsed() < 1000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (watch.seen)
            waits.push_back(double(timer.nsecsElapsed()) / 1e6);
        else
            ++missed; // so quick a pace that it was over between two pictures
    }
    QVERIFY2(waits.size() > 50, qPrintable(QString::number(missed)));
    std::sort(waits.begin(), waits.end());
    const std::size_t n = waits.size();
    qInfo("from a press to the changed picture: median %.1f ms, 99 %% within %.1f ms, longest %.1f "
          "ms; %d of 100 were over between two pictures",
          waits[n / 2], waits[n - 1 - n / 100], waits[n - 1], missed);
    // The aim is 50 ms; a machine that does other things, too, is given more.
    QVERIFY2(waits[n / 2] < 150.0, qPrintable(QString::number(waits[n / 2])));
}

void tst_LiveView::manyPokesStayBounded()
{
    QVERIFY(play());
    view().findChild<QSlider *>(QStringLiteral("livePaceSlider"))->setValue(400);
    for (int i = 0; i < 500; ++i) {
        clickAt(&cell(), placeOf(i % 8));
        if (i % 25 == 0)
            QTRY_VERIFY_WITH_TIMEOUT(session().arrivedNumber() == session().sentNumber(), Patience);
    }
    QTRY_VERIFY_WITH_TIMEOUT(session().neuronMs() > 6000.0, Patience);
    QCOMPARE(session().trace().next() - session().trace().first(), session().trace().capacity());
    QCOMPARE(session().state(), State::Running);
}

void tst_LiveView::nothingIsClipped_data()
{
    QTest::addColumn<bool>("projector");
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << false << QSize(1000, 640);
    QTest::newRow("class room") << false << QSize(1280, 720);
    QTest::newRow("projector") << true << QSize(1280, 720);
    QTest::newRow("projector, smallest") << true << QSize(1000, 640);
}

void tst_LiveView::nothingIsClipped()
{
    QFETCH(bool, projector);
    QFETCH(QSize, size);
    child<QAction>(window(), "projectorAction")->setChecked(projector);
    QVERIFY(play());
    clickAt(&cell(), placeOf(2));
    clickAt(&cell(), placeOf(6));
    QCoreApplication::processEvents();
    window().resize(size);
    QCoreApplication::processEvents();
    QVERIFY2(window().width() <= size.width(), qPrintable(QString::number(window().width())));
    QVERIFY2(window().height() <= size.height(), qPrintable(QString::number(window().height())));
    // The clock runs: a longer text has its room when the layout has run, too.
    QTRY_VERIFY2(clippedTexts(&view()).isEmpty(), qPrintable(clippedTexts(&view()).join(u'\n')));
}

void tst_LiveView::peopleFindTheirWay()
{
    QVERIFY(play());
    clickAt(&cell(), placeOf(2));
    QStringList missing;
    for (const QWidget *widget : usableWidgets(&view())) {
        const QString name =
            QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (widget->objectName().isEmpty())
            missing << name + QStringLiteral(": object name");
        if (widget->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
            missing << name + QStringLiteral(": accessible name");
        if (widget->toolTip().isEmpty() && !qobject_cast<const PlotCanvas *>(widget)
            && !qobject_cast<const CellView *>(widget))
            missing << name + QStringLiteral(": tool tip");
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    const QStringList missed = unreachable(&window(), &view());
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", "))));
}

DT_TEST(tst_LiveView, QApplication)
#include "tst_LiveView.moc"
