// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comparing runs: the table, ghosts, the difference, taking settings back, another seed. In the
// window, on an engine that simulates nothing.
#include "app/simulate/RunsController.h"
#include "app/simulate/SimulationController.h"
#include "engine/document/Document.h"
#include "engine/recording/RunSettings.h"
#include "tests/gui/GuiTest.h"
#include "tests/gui/simulate/RunSizes.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/SeriesLegend.h"
#include "widgets/runs/GhostStyle.h"
#include "widgets/runs/RunStrip.h"
#include "widgets/runs/RunsPanel.h"
#include "widgets/runs/SpacePlot.h"
#include "widgets/theme/Colours.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSlider>
#include <QTableView>

using namespace dt;
using namespace dt::test;

class tst_Runs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyRunIsListed();
    void theKeyOpensAndClosesTheTable();
    void theNewestRunStaysInSight();
    void settingsThatDifferAreColumns();
    void namesAndNotes();
    void aRunEndsWhileANoteIsWritten();
    void ghostAppears();
    void ghostOfTheShownRunIsNotDrawn();
    void severalGhosts();
    void tooManyGhosts();
    void difference();
    void restore();
    void restoreAfterTheMorphologyChanged();
    void reroll();
    void nothingToRoll();
    void removed();
    void segmentOverTheSoma();
    void rowOfTheMap();
    void scrubbing();
    void slowMotion();
    void tipsOfATree();
    void everyControlIsReached();

private:
    [[nodiscard]] DrivenEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] SimulatePage &page() const { return *window().simulatePage(); }
    [[nodiscard]] const RunHistory &history() const { return window().runs()->history(); }
    [[nodiscard]] QTableView *table() const { return child<QTableView>(window(), "runsTable"); }
    [[nodiscard]] QAbstractButton *button(const char *name) const
    {
        return child<QAbstractButton>(window(), name);
    }
    [[nodiscard]] PlotCanvas *plot(const char *name) const
    {
        return child<PlotCanvas>(window(), name);
    }
    [[nodiscard]] QModelIndex cell(int row, int column) const
    {
        return table()->model()->index(row, column);
    }
    [[nodiscard]] QString text(int row, int column) const
    {
        return cell(row, column).data().toString();
    }
    [[nodiscard]] int column(const QString &head) const
    {
        for (int i = 0; i < table()->model()->columnCount(); ++i) {
            if (table()->model()->headerData(i, Qt::Horizontal).toString() == head)
                return i;
        }
        return -1;
    }
    void select(int row) const
    {
        const QRect place = table()->visualRect(cell(row, RunsModel::Run));
        clickAt(table()->viewport(), place.center());
    }
    /// Ticks or unticks with the mouse.
    void tick(int row) const
    {
        const QRect place = table()->visualRect(cell(row, RunsModel::Ghost));
        clickAt(table()->viewport(), QPoint(place.left() + 11, place.center().y()));
        QCoreApplication::processEvents();
    }
    /// A finished run of the document as it is.
    void run(const DrivenWave &wave = {})
    {
        engine().setWave(wave);
        window().simulation()->run();
        engine().complete();
        QVERIFY(!window().simulation()->isRunning());
    }
    void edit(const std::function<void(Project &)> &change) const
    {
        QVERIFY(document().edit(QStringLiteral("x"), change).ok());
    }
    /// Something of the ghosts' colour there in a plot.
    [[nodiscard]] bool ghostAt(PlotCanvas *canvas, double x, double y) const
    {
        return shows(canvas, colours::ghost(canvas->palette()), canvas->toPixel({x, y}), 5, 40);
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_Runs::init()
{
    m_bench = std::make_unique<Bench>(QSize(1400, 1000));
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = DurationMs;
    window().simulation()->setAutoRun(false);
    document().reset(project, {});
    click(button("runsButton"));
    QVERIFY(table()->isVisible());
}

void tst_Runs::cleanup()
{
    m_bench.reset();
}

void tst_Runs::everyRunIsListed()
{
    QCOMPARE(table()->model()->rowCount(), 0);
    run({-80.0, 0.5, {100, 200, 250}});
    run();
    QCOMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(text(0, RunsModel::Run), QStringLiteral("2"));
    QCOMPARE(text(1, RunsModel::Run), QStringLiteral("1"));
    QCOMPARE(text(1, RunsModel::Spikes), QStringLiteral("3"));
    QCOMPARE(text(1, RunsModel::Rate), QStringLiteral("10.0"));
    QVERIFY(text(1, RunsModel::Peak).toDouble() > 20.0);
    QCOMPARE(text(0, RunsModel::Peak), QStringLiteral("-80.0"));
    QCOMPARE(text(0, RunsModel::Seed).toULongLong(), seedOf(document().stimulus()));
    QCOMPARE(button("runsButton")->text(), QStringLiteral("Runs (2)"));
    // A run that was stopped is no run.
    window().simulation()->run();
    engine().begin();
    window().simulation()->stop();
    QTRY_VERIFY(!window().simulation()->isRunning());
    QCOMPARE(table()->model()->rowCount(), 2);
    // Sorting is by number.
    click(table()->horizontalHeader()->viewport());
    table()->sortByColumn(RunsModel::Peak, Qt::AscendingOrder);
    QCOMPARE(text(0, RunsModel::Run), QStringLiteral("2"));
}

void tst_Runs::theKeyOpensAndClosesTheTable()
{
    run();
    auto *panel = child<RunsPanel>(window(), "runsPanel");
    const bool open = panel->isVisible();
    for (const bool wanted : {!open, open, !open}) {
        QTest::keyClick(&window(), Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(panel->isVisible(), wanted);
        run(); // the number on the button changes
    }
}

// Who looks at the top of the list sees new runs come, although an older one is chosen.
void tst_Runs::theNewestRunStaysInSight()
{
    for (int i = 0; i < 12; ++i)
        run();
    QScrollBar *bar = table()->verticalScrollBar();
    bar->setValue(0);
    int last = 0;
    while (table()->visualRect(cell(last + 1, RunsModel::Run)).bottom()
           < table()->viewport()->height())
        ++last;
    select(last);
    run();
    QCOMPARE(bar->value(), 0);
    QCOMPARE(text(0, RunsModel::Run), QStringLiteral("13"));
    QCOMPARE(table()->currentIndex().row(), last + 1);
}

void tst_Runs::settingsThatDifferAreColumns()
{
    run();
    const int before = table()->model()->columnCount();
    edit([](Project &p) { p.neuron.membrane.raOhmCm = 300.0; });
    run();
    QCOMPARE(table()->model()->columnCount(), before + 1);
    const int ra = column(QStringLiteral("Membrane: Axial Resistance [ohm cm]"));
    QVERIFY(ra > 0);
    QCOMPARE(text(0, ra), QStringLiteral("300"));
    QCOMPARE(text(1, ra), QStringLiteral("150"));
    edit([](Project &p) { p.stimulus.painted.clear(); });
    run();
    const int painted = column(QStringLiteral("Painted Events"));
    QVERIFY(painted > 0);
    QCOMPARE(text(0, painted), QStringLiteral("none"));
    QVERIFY(text(1, painted).endsWith(QStringLiteral(" events")));
}

void tst_Runs::namesAndNotes()
{
    run();
    run();
    select(1);
    const auto type = [this](int at, const QString &what) {
        table()->setCurrentIndex(cell(1, at));
        QTest::keyClick(table(), Qt::Key_F2);
        QLineEdit *line = nullptr;
        QTRY_VERIFY(line = qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        QTest::keyClicks(line, what);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(text(1, at), what);
    };
    type(RunsModel::Name, QStringLiteral("before"));
    QCoreApplication::processEvents();
    type(column(QStringLiteral("Notes")), QStringLiteral("compare with page 3"));
    QCOMPARE(text(1, RunsModel::Name), QStringLiteral("before"));
    QCOMPARE(text(1, column(QStringLiteral("Notes"))), QStringLiteral("compare with page 3"));
    QCOMPARE(history().runs()[1].title(), std::string("Run 1: before"));
    tick(1);
    QVERIFY2(child<QWidget>(window(), "runLegend")
                 ->accessibleName()
                 .contains(QStringLiteral("Run 1: before")),
             qPrintable(child<QWidget>(window(), "runLegend")->accessibleName()));
}

void tst_Runs::aRunEndsWhileANoteIsWritten()
{
    run();
    run();
    table()->setCurrentIndex(cell(1, column(QStringLiteral("Notes"))));
    QTest::keyClick(table(), Qt::Key_F2);
    QLineEdit *line = nullptr;
    QTRY_VERIFY(line = qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    QTest::keyClicks(line, QStringLiteral("half of "));
    run();
    QCoreApplication::processEvents();
    QCOMPARE(QApplication::focusWidget(), line);
    QTest::keyClicks(line, QStringLiteral("it"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    QTRY_COMPARE(text(2, column(QStringLiteral("Notes"))), QStringLiteral("half of it"));
    QCOMPARE(text(2, RunsModel::Run), QStringLiteral("1"));
}

void tst_Runs::ghostAppears()
{
    run({-60.0, 0.5, {}});
    select(0);
    click(button("pinRunButton"));
    QVERIFY(history().runs()[0].pinned);
    run({-80.0, 0.5, {}});
    QVERIFY(ghostAt(plot("somaPlot"), 150.0, -60.0));
    QVERIFY(
        child<QWidget>(window(), "runLegend")->accessibleName().contains(QStringLiteral("Run 1")));
    // It stays behind the next, and goes when it is unpinned.
    run({-75.0, 0.5, {}});
    QVERIFY(ghostAt(plot("somaPlot"), 150.0, -60.0));
    // Its V(x), too.
    QVERIFY(ghostAt(plot("spaceCanvas"), 1000.0, -58.0));
    tick(2);
    QVERIFY(!history().runs()[2].pinned);
    QVERIFY(!ghostAt(plot("somaPlot"), 150.0, -60.0));
    QVERIFY(
        !child<QWidget>(window(), "runLegend")->accessibleName().contains(QStringLiteral("Run 1")));
}

void tst_Runs::ghostOfTheShownRunIsNotDrawn()
{
    run({-60.0, 0.5, {}});
    tick(0);
    QVERIFY(history().runs()[0].pinned);
    QVERIFY(page().plots()->ghosts().empty());
    run({-80.0, 0.5, {}});
    QCOMPARE(page().plots()->ghosts().size(), std::size_t{1});
}

void tst_Runs::severalGhosts()
{
    for (const double mv : {-70.0, -50.0, -30.0, -85.0})
        run({mv, 0.5, {}});
    for (const int row : {1, 2, 3})
        tick(row);
    QCOMPARE(page().plots()->ghosts().size(), std::size_t{3});
    for (const double mv : {-70.0, -50.0, -30.0})
        QVERIFY2(ghostAt(plot("somaPlot"), 150.0, mv), qPrintable(QString::number(mv)));
    // No two look alike.
    for (std::size_t i = 0; i < 3; ++i) {
        const auto style = ghostStyle(page().plots()->ghosts()[i].slot, window().palette());
        for (std::size_t j = i + 1; j < 3; ++j) {
            const auto other = ghostStyle(page().plots()->ghosts()[j].slot, window().palette());
            QVERIFY(style.dash != other.dash || style.widthFactor != other.widthFactor);
        }
    }
}

void tst_Runs::tooManyGhosts()
{
    for (int i = 0; i < 9; ++i)
        run();
    for (int i = 0; i < 9; ++i) {
        const int key = history().runs()[static_cast<std::size_t>(i)].key;
        page().runs()->setCurrent(key);
        click(button("pinRunButton"));
    }
    int pinned = 0;
    for (const RunRecord &record : history().runs())
        pinned += record.pinned;
    QCOMPARE(pinned, 8);
    QVERIFY2(labelText(window(), "noticeLabel").contains(QStringLiteral("Unpin one first")),
             qPrintable(labelText(window(), "noticeLabel")));
}

void tst_Runs::difference()
{
    QVERIFY(!button("differenceCheck")->isEnabled());
    run({-75.0, 0.5, {}});
    tick(0);
    run({-70.0, 1.0, {}});
    QVERIFY(button("differenceCheck")->isEnabled());
    QVERIFY(!plot("differencePlot")->isVisible());
    click(button("differenceCheck"));
    QVERIFY(plot("differencePlot")->isVisible());
    QVERIFY(ghostAt(plot("differencePlot"), 150.0, 5.0));
    QVERIFY(plot("differencePlot")->yRange().second < 11.0);
    // The map shows the difference, too: 5 mV at the soma's end, more towards the tip.
    moveTo(plot("mapPlot"), plot("mapPlot")->toPixel({150.5, 4.0}));
    QVERIFY2(labelText(window(), "mapReadOutLabel").startsWith(QStringLiteral("7.00 mV more")),
             qPrintable(labelText(window(), "mapReadOutLabel")));
    moveTo(plot("somaPlot"), middleAt(plot("somaPlot"), 150.5));
    QVERIFY2(labelText(window(), "differenceReadOutLabel")
                 .startsWith(QStringLiteral("+5.00 mV (Run 1)")),
             qPrintable(labelText(window(), "differenceReadOutLabel")));
    // It follows the next run, and goes with its ghost.
    run({-73.0, 0.5, {}});
    QVERIFY(ghostAt(plot("differencePlot"), 150.0, 2.0));
    tick(2);
    QVERIFY(!plot("differencePlot")->isVisible());
    QVERIFY(!button("differenceCheck")->isEnabled());
}

void tst_Runs::restore()
{
    const Project first = document().project();
    run();
    edit([](Project &p) {
        p.neuron.membrane.raOhmCm = 300.0;
        p.stimulus.painted.clear();
        p.stimulus.rain.seed = 99;
    });
    run();
    const Project second = document().project();
    const int steps = document().undoStack()->index();
    select(1);
    click(button("restoreRunButton"));
    QVERIFY(document().project() == first);
    QCOMPARE(document().undoStack()->index(), steps + 1);
    document().undoStack()->undo();
    QVERIFY(document().project() == second);
    document().undoStack()->redo();
    QVERIFY(document().project() == first);
    // There already: no step.
    click(button("restoreRunButton"));
    QCOMPARE(document().undoStack()->index(), steps + 1);
}

/// An edit of dendrites moves painted events and electrodes along; what is restored is as it was.
void tst_Runs::restoreAfterTheMorphologyChanged()
{
    edit([](Project &p) {
        p.stimulus.painted = {{Polarity::Excitatory, 0, 10, 2.0}};
        Electrode electrode;
        electrode.dendrite = 0;
        p.stimulus.electrodes = {electrode};
    });
    const Project first = document().project();
    run();
    edit([](Project &p) {
        setSegments(p.neuron, 0, 64);
        p.neuron.dendrites.front().name = "other";
    });
    edit([](Project &p) { p.stimulus.painted = {{Polarity::Excitatory, 0, 10, 2.0}}; });
    const Project second = document().project();
    const int steps = document().undoStack()->index();
    select(0);
    click(button("restoreRunButton"));
    QVERIFY(document().project() == first);
    QCOMPARE(document().undoStack()->index(), steps + 1);
    document().undoStack()->undo();
    QVERIFY(document().project() == second);
}

void tst_Runs::reroll()
{
    edit([](Project &p) { p.stimulus.axons.on = true; });
    const Stimulus before = document().stimulus();
    QCOMPARE(labelText(window(), "runSeedLabel"), QStringLiteral("Seed %1").arg(before.rain.seed));
    const int steps = document().undoStack()->index();
    click(button("runRerollButton"));
    const Stimulus after = document().stimulus();
    QVERIFY(after.rain.seed != before.rain.seed);
    QCOMPARE(after.axons.seed, after.rain.seed);
    QCOMPARE(document().undoStack()->index(), steps + 1);
    QCOMPARE(labelText(window(), "runSeedLabel"), QStringLiteral("Seed %1").arg(after.rain.seed));
    click(button("runRerollButton"));
    QCOMPARE(document().undoStack()->index(), steps + 2);
    document().undoStack()->undo();
    QVERIFY(document().stimulus() == after);
    document().undoStack()->undo();
    QVERIFY(document().stimulus() == before);
}

void tst_Runs::nothingToRoll()
{
    edit([](Project &p) { p.stimulus.rain.on = false; });
    QVERIFY(!button("runRerollButton")->isEnabled());
    QCOMPARE(labelText(window(), "runSeedLabel"), QStringLiteral("No random input"));
    document().undoStack()->undo();
    QVERIFY(button("runRerollButton")->isEnabled());
}

void tst_Runs::removed()
{
    run();
    tick(0);
    run();
    QCOMPARE(page().plots()->ghosts().size(), std::size_t{1});
    select(1);
    QTest::keyClick(table(), Qt::Key_Delete);
    QCOMPARE(table()->model()->rowCount(), 1);
    QVERIFY(page().plots()->ghosts().empty());
    QVERIFY(!history().find(1));
    click(button("removeRunButton"));
    QCOMPARE(table()->model()->rowCount(), 0);
    for (const char *name :
         {"pinRunButton", "restoreRunButton", "exportRunButton", "removeRunButton"})
        QVERIFY2(!button(name)->isEnabled(), name);
}

void tst_Runs::segmentOverTheSoma()
{
    run({-80.0, 5.0, {}});
    const QColor warm = colours::onto(colours::Warning, window().palette());
    const auto drawn = [&](double mv) {
        return shows(plot("somaPlot"), warm, plot("somaPlot")->toPixel({150.0, mv}), 3, 50);
    };
    QVERIFY(!drawn(-60.0));
    // A click into V(x, t) chooses a segment, another one lets it go.
    PlotCanvas *map = plot("mapPlot");
    clickAt(map, map->toPixel({150.0, 4.0}));
    QCOMPARE(page().cell()->selection(), std::optional<int>(4));
    QVERIFY(drawn(-60.0));
    QVERIFY(child<QWidget>(window(), "runLegend")
                ->accessibleName()
                .contains(QStringLiteral("segment 4")));
    clickAt(map, map->toPixel({150.0, 4.0}));
    QVERIFY(!page().cell()->selection());
    QVERIFY(!drawn(-60.0));
}

void tst_Runs::rowOfTheMap()
{
    run();
    PlotCanvas *map = plot("mapPlot");
    // A drag pans and chooses nothing.
    page().plots()->timeAxis()->show(50.0, 150.0);
    drag(map, map->toPixel({100.0, 4.0}), map->toPixel({80.0, 4.0}));
    QVERIFY(!page().cell()->selection());
    QVERIFY(page().plots()->timeAxis()->shown().from > 60.0);
}

void tst_Runs::scrubbing()
{
    run({-80.0, 5.0, {}});
    auto *slider = child<QSlider>(window(), "scrubSlider");
    auto *space = child<SpacePlot>(window(), "spacePlot");
    QCOMPARE(slider->maximum(), DurationMs - 1);
    slider->setFocus(Qt::TabFocusReason);
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(space->momentMs(), 0);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(space->momentMs(), 7);
    QVERIFY(page().plots()->timeAxis()->cursor());
    QCOMPARE(*page().plots()->timeAxis()->cursor(), 7.0);
    QCOMPARE(labelText(window(), "cellCaptionLabel"), QStringLiteral("Voltage at 7 ms"));
    QCOMPARE(labelText(window(), "spaceReadOutLabel"), QStringLiteral("-80.0 to -45.0 mV"));
    // A drag of the handle.
    drag(slider, sliderHandle(slider, 7), sliderHandle(slider, 200));
    QVERIFY2(std::abs(space->momentMs() - 200) < 6, qPrintable(QString::number(space->momentMs())));
    // The mouse over a plot moves it, too, and what it leaves stays.
    moveTo(plot("somaPlot"), middleAt(plot("somaPlot"), 120.5));
    QVERIFY(std::abs(space->momentMs() - 120) <= 1);
    QVERIFY(std::abs(slider->value() - 120) <= 1);
    moveTo(&window(), QPointF(4.0, 4.0));
    QVERIFY(std::abs(space->momentMs() - 120) <= 1);
    // And its line is drawn: the tip's voltage at the tip's place.
    const double um = document().neuron().dendrites.front().lengthUm * 7.5 / 8.0;
    QVERIFY(shows(plot("spaceCanvas"), window().palette().color(QPalette::WindowText),
                  plot("spaceCanvas")->toPixel({um, -45.0}), 3, 60));
    // The mark of this moment, and from it differences.
    click(button("markButton"));
    QVERIFY(page().plots()->timeAxis()->mark());
    slider->setFocus(Qt::TabFocusReason);
    QTest::keyClick(slider, Qt::Key_Right);
    QVERIFY2(labelText(window(), "somaReadOutLabel").contains(QStringLiteral("from the mark +")),
             qPrintable(labelText(window(), "somaReadOutLabel")));
    click(button("markButton"));
    QVERIFY(!page().plots()->timeAxis()->mark());
}

void tst_Runs::slowMotion()
{
    run();
    auto *space = child<SpacePlot>(window(), "spacePlot");
    auto *slider = child<QSlider>(window(), "scrubSlider");
    slider->setFocus(Qt::TabFocusReason);
    QTest::keyClick(slider, Qt::Key_Home);
    click(button("scrubPlayButton"));
    QTRY_VERIFY_WITH_TIMEOUT(space->momentMs() > 3, 20000);
    const int before = space->momentMs();
    QTRY_VERIFY_WITH_TIMEOUT(space->momentMs() > before, 20000);
    QVERIFY(*page().plots()->timeAxis()->cursor() >= before);
    click(button("scrubPlayButton"));
    QVERIFY(!button("scrubPlayButton")->isChecked());
    const int stopped = space->momentMs();
    QVERIFY(stays([&] { return space->momentMs() == stopped; }));
    // It ends at the end.
    choose(child<QComboBox>(window(), "scrubPaceCombo"), QStringLiteral("200 ms/s"));
    slider->setValue(DurationMs - 30);
    click(button("scrubPlayButton"));
    QTRY_VERIFY_WITH_TIMEOUT(!button("scrubPlayButton")->isChecked(), 20000);
    QCOMPARE(space->momentMs(), DurationMs - 1);
}

void tst_Runs::tipsOfATree()
{
    auto *tips = child<QComboBox>(window(), "spaceTipCombo");
    run();
    QVERIFY(!tips->isVisible());
    edit([](Project &p) {
        Dendrite branch = p.neuron.dendrites.front();
        for (const char *name : {"left", "right"}) {
            branch.name = name;
            branch.parent = 0;
            branch.lengthUm = 100.0;
            branch.segments = 2;
            p.neuron.dendrites.push_back(branch);
        }
        p.neuron.synapses = onePairPerSegment(p.neuron);
    });
    run({-80.0, 1.0, {}});
    QVERIFY(tips->isVisible());
    QCOMPARE(tips->count(), 2);
    QVERIFY(labelText(window(), "spaceReadOutLabel").endsWith(QStringLiteral(" to -71.0 mV")));
    choose(tips, QStringLiteral("right"));
    QVERIFY2(labelText(window(), "spaceReadOutLabel").endsWith(QStringLiteral(" to -69.0 mV")),
             qPrintable(labelText(window(), "spaceReadOutLabel")));
}

void tst_Runs::everyControlIsReached()
{
    run();
    tick(0);
    run();
    QCOMPARE(unreachable(&window(), &page()), QStringList());
    QCOMPARE(clippedTexts(page().strip()), QStringList());
}

DT_TEST(tst_Runs, QApplication)
#include "tst_Runs.moc"
