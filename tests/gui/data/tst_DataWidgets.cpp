// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of the Data page by themselves: histograms, ranges, scatter plots, one simulation.
#include "engine/base/Half.h"
#include "engine/cell/Presets.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/data/BuildPanel.h"
#include "widgets/data/DatasetView.h"
#include "widgets/data/RangesPanel.h"
#include "widgets/data/SampleView.h"
#include "widgets/data/StatisticText.h"
#include "widgets/data/StatisticsGrid.h"
#include "widgets/forms/ElidedLabel.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/plots/Histogram.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

#include <cmath>

using namespace dt;
using namespace dt::test;

namespace {

/// n simulations whose statistics differ: simulation i fires at i Hz.
DatasetContents contents(int n)
{
    DatasetContents c;
    c.path = QStringLiteral("/nowhere/some.h5");
    c.bytes = 12'000'000;
    c.info.neuron = presetNeuron("nmda-cable").value();
    c.info.segments = 8;
    c.info.durationMs = 1000;
    c.info.simulations = {static_cast<std::size_t>(n), 1, 1};
    for (const Split split : AllSplits) {
        SplitStatistics &s = c.statistics[static_cast<std::size_t>(split)];
        const int count = split == Split::Train ? n : 1;
        for (int i = 0; i < count; ++i) {
            StatisticValues values{};
            for (std::size_t k = 0; k < values.size(); ++k)
                values[k] = 0.01 * static_cast<double>(k) * i;
            values[static_cast<std::size_t>(Statistic::FiringRateHz)] = i;
            s.index.push_back(static_cast<std::uint64_t>(10 + i));
            s.values.push_back(values);
            s.isiMs.push_back(20 + i);
        }
    }
    return c;
}

std::shared_ptr<StoredSimulation> simulation(int segments, int T)
{
    auto s = std::make_shared<StoredSimulation>();
    const auto n = static_cast<std::size_t>(segments);
    const auto t = static_cast<std::size_t>(T);
    s->inputs.assign(2 * n * t, 0);
    s->inputs[100] = halfFromFloat(5.0F); // segment 0, excitatory
    s->inputs[n * t + 600] = halfFromFloat(5.0F); // segment 0, inhibitory
    s->spikes.assign(t, 0);
    s->spikes[500] = 1;
    s->nearSpikes.assign(t, 0);
    s->somaV.assign(t, -75.0F);
    s->instRate.assign(t, 0.02F);
    s->dendV.assign(n * t, halfFromFloat(-60.0F));
    return s;
}

} // namespace

class tst_DataWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void histogramDrawsKeptAndGone();
    void histogramGripsAreDragged();
    void histogramIsDraggedAcross();
    void histogramOfRatesIsNoComb_data();
    void histogramOfRatesIsNoComb();
    void histogramSaysWhatIsUnderTheMouse();
    void tilesElideAndTabPassesThem();
    void largeLettersAreNotCut_data();
    void largeLettersAreNotCut();
    void rangesRoundTrip();
    void rangesAreNeverEmpty();
    void viewCountsWhatWouldGo();
    void filteredSetSaysHowManyWereKept();
    void viewWalksThroughMatchingSimulations();
    void viewAsksOnlyForWhatIsSeen();
    void viewOfNothingInside();
    void sampleIsDrawn();
    void maximisedPlotIsLeftByEscape();
    void focusOfAPlotIsSeen();
    void buildPanelSaysHowFar_data();
    void buildPanelSaysHowFar();
    void acceptanceNamesTheWorstFirst();
    void durationsAndSizes();

private:
    Sandbox m_sandbox;
};

void tst_DataWidgets::histogramDrawsKeptAndGone()
{
    Histogram histogram;
    histogram.resize(300, 200);
    histogram.show();
    const std::vector<double> kept(100, 1.0);
    const std::vector<double> gone(10, 9.0);
    histogram.setValues(kept, gone);
    settle();
    const QColor ink = histogram.palette().color(QPalette::WindowText);
    // A hundred is two powers of ten above one, ten is one above.
    QVERIFY(std::abs(histogram.yRange().first) < 1e-9);
    QVERIFY(histogram.yRange().second > 2.5);
    QVERIFY(shows(&histogram, ink, histogram.toPixel({1.1, 2.5}), 3, 90));
    QVERIFY(!shows(&histogram, ink, histogram.toPixel({8.9, 1.4}), 3, 60));
    const QColor ghost = colours::ghost(histogram.palette());
    QVERIFY(shows(&histogram, ghost, histogram.toPixel({8.9, 1.5}), 3, 60));
}

void tst_DataWidgets::histogramGripsAreDragged()
{
    Histogram histogram;
    histogram.resize(400, 200);
    histogram.show();
    std::vector<double> values;
    for (int i = 0; i <= 100; ++i)
        values.push_back(i);
    histogram.setValues(values, {});
    histogram.setRangeDraggable(true);
    histogram.setRange(Histogram::Range{0.0, 500.0}); // the upper end lies beyond the values
    QSignalSpy dragged(&histogram, &Histogram::rangeDragged);
    settle();
    const double y = 0.5;
    drag(&histogram, {histogram.plotRect().right() - 0.0, histogram.toPixel({0, y}).y()},
         histogram.toPixel({80.0, y}));
    QVERIFY(!dragged.isEmpty());
    QCOMPARE(dragged.last()[0].toDouble(), 0.0);
    QVERIFY(std::abs(dragged.last()[1].toDouble() - 80.0) < 1.0);
    dragged.clear();
    drag(&histogram, histogram.toPixel({0.0, y}), histogram.toPixel({95.0, y}));
    // An end never passes the other one.
    QCOMPARE(dragged.last()[0].toDouble(), dragged.last()[1].toDouble());
}

void tst_DataWidgets::histogramIsDraggedAcross()
{
    Histogram histogram;
    histogram.resize(400, 200);
    histogram.show();
    std::vector<double> values;
    for (int i = 0; i <= 100; ++i)
        values.push_back(i);
    histogram.setValues(values, {});
    QSignalSpy dragged(&histogram, &Histogram::rangeDragged);
    const auto across = [&](double from, double to) {
        drag(&histogram, histogram.toPixel({from, 0.2}), histogram.toPixel({to, 0.2}));
    };
    settle();
    across(20.0, 60.0);
    QVERIFY(dragged.isEmpty()); // only where ranges are chosen
    histogram.setRangeDraggable(true);
    clickAt(&histogram, histogram.toPixel({20.0, 0.2}));
    QVERIFY(dragged.isEmpty());
    across(60.0, 20.0); // either way
    QVERIFY(!dragged.isEmpty());
    QVERIFY(std::abs(dragged.last()[0].toDouble() - 20.0) < 1.0);
    QVERIFY(std::abs(dragged.last()[1].toDouble() - 60.0) < 1.0);
}

void tst_DataWidgets::histogramOfRatesIsNoComb_data()
{
    QTest::addColumn<int>("spikes"); ///< from 1 to this many
    QTest::addColumn<double>("ms");
    QTest::newRow("bins narrower than the step") << 41 << 2048.0;
    QTest::newRow("bins a little wider") << 70 << 2048.0;
    QTest::newRow("many places") << 500 << 8192.0;
    QTest::newRow("whole numbers") << 90 << 1000.0;
}

void tst_DataWidgets::histogramOfRatesIsNoComb()
{
    QFETCH(int, spikes);
    QFETCH(double, ms);
    Histogram histogram;
    histogram.setCounted({QStringLiteral("simulation"), QStringLiteral("simulations")});
    histogram.resize(900, 200);
    histogram.show();
    // As many simulations at each rate: all bars have one height, but for the last, which may
    // hold fewer places.
    std::vector<double> values;
    for (int i = 1; i <= spikes; ++i)
        values.insert(values.end(), 24, 1000.0 * i / ms);
    histogram.setValues(values, {});
    QVERIFY(std::abs(smallestStep(values, {}) - 1000.0 / ms) < 1e-9);
    settle();
    QString said;
    connect(&histogram, &Histogram::hovered, this, [&](const QString &text) { said = text; });
    QStringList counts;
    const double from = values.front();
    const double to = values.back();
    for (int i = 0; i <= 80; ++i) {
        moveTo(&histogram, histogram.toPixel({from + (to - from) * i / 100.0, 0.2}));
        counts << said.section(QStringLiteral(": "), 1);
    }
    counts.removeDuplicates();
    QVERIFY2(counts.size() == 1, qPrintable(counts.join(QStringLiteral(", "))));
    QVERIFY(counts.front() != QStringLiteral("0 simulations"));
}

void tst_DataWidgets::histogramSaysWhatIsUnderTheMouse()
{
    Histogram histogram;
    histogram.setUnit(QStringLiteral("Hz"));
    histogram.setCounted({QStringLiteral("simulation"), QStringLiteral("simulations")});
    histogram.resize(600, 200);
    histogram.show();
    histogram.setValues({1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0, 7.0}, {});
    settle();
    QSignalSpy hovered(&histogram, &Histogram::hovered);
    moveTo(&histogram, histogram.toPixel({2.1, 0.2}));
    QCOMPARE(hovered.last()[0].toString(), QStringLiteral("2 Hz: 1 simulation"));
    moveTo(&histogram, histogram.toPixel({2.9, 0.2}));
    QCOMPARE(hovered.last()[0].toString(), QStringLiteral("3 Hz: 2 simulations"));
    // Other values, other counts, though the mouse rests.
    histogram.setValues({1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0}, {});
    QCOMPARE(hovered.last()[0].toString(), QStringLiteral("3 Hz: 1 simulation"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&histogram, &leave);
    QCOMPARE(hovered.last()[0].toString(), QString());
}

void tst_DataWidgets::tilesElideAndTabPassesThem()
{
    DatasetView view;
    view.resize(1000, 650);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    DatasetContents c = contents(20);
    c.path = QStringLiteral("/nowhere/%1.h5").arg(QString(200, QLatin1Char('x')));
    view.setContents(c);
    for (QWidget *met : tabChain(&view))
        QVERIFY2(!qobject_cast<Histogram *>(met), qPrintable(met->objectName()));
    auto *name = dynamic_cast<ElidedLabel *>(child<QLabel>(view, "datasetNameLabel"));
    QVERIFY(name);
    QVERIFY(name->shownText() != name->text());
    QVERIFY(!name->toolTip().isEmpty());
}

void tst_DataWidgets::largeLettersAreNotCut_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("the window of a projector") << QSize(870, 650);
    QTest::newRow("large") << QSize(1500, 900);
    QTest::newRow("small") << QSize(700, 520);
}

void tst_DataWidgets::largeLettersAreNotCut()
{
    QFETCH(QSize, size);
    DatasetView view;
    view.resize(size);
    view.show();
    view.setContents(contents(20));
    const auto looked = [&](const char *mode) {
        auto *tabs = child<QTabWidget>(view, "datasetTabs");
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            if (i == 2)
                view.setSample(Split::Train, 0, simulation(8, 1000));
            QStringList clipped;
            const auto fits = [&] {
                clipped = clippedTexts(&view);
                return clipped.isEmpty();
            };
            QTRY_VERIFY2(fits(),
                         qPrintable(QString::fromLatin1(mode) + u' ' + tabs->tabText(i) + u' '
                                    + clipped.join(u'\n')));
        }
    };
    looked("normal");
    theme::apply(*qApp, theme::Scheme::Light, true);
    const auto back = qScopeGuard([] { theme::apply(*qApp, theme::Scheme::Light, false); });
    looked("projector");
    // The ranges are always somewhere, beside the plots or as a tab.
    auto *tabs = child<QTabWidget>(view, "datasetTabs");
    auto *ranges = child<RangesPanel>(view, "rangesPanel");
    tabs->setCurrentIndex(tabs->count() - 1);
    QTRY_VERIFY(ranges->isVisible());
    ranges->setRanges({{Statistic::FiringRateHz, 5.0, 9.0}});
    QTRY_COMPARE(clippedTexts(&view), QStringList());
}

void tst_DataWidgets::rangesRoundTrip()
{
    RangesPanel panel;
    QVERIFY(panel.ranges().empty());
    panel.setRanges(publishedFilter());
    QCOMPARE(panel.ranges(), publishedFilter());
    child<QCheckBox>(panel, "firing_rate_hzCheck")->setChecked(false);
    QCOMPARE(panel.ranges().size(), publishedFilter().size() - 1);
    panel.setRange({Statistic::ExcMean, 0.25, 0.5});
    QVERIFY(child<QCheckBox>(panel, "exc_meanCheck")->isChecked());
    QCOMPARE(panel.ranges().back(), (StatisticRange{Statistic::ExcMean, 0.25, 0.5}));
}

void tst_DataWidgets::rangesAreNeverEmpty()
{
    RangesPanel panel;
    panel.resize(300, 800);
    panel.show();
    panel.setRanges({{Statistic::FiringRateHz, 2.0, 10.0}});
    typeInto(child<QuantityField>(panel, "firing_rate_hzFromField"), QStringLiteral("30"));
    QCOMPARE(panel.ranges().front(), (StatisticRange{Statistic::FiringRateHz, 30.0, 30.0}));
    typeInto(child<QuantityField>(panel, "firing_rate_hzToField"), QStringLiteral("4"));
    QCOMPARE(panel.ranges().front(), (StatisticRange{Statistic::FiringRateHz, 4.0, 4.0}));
}

void tst_DataWidgets::viewCountsWhatWouldGo()
{
    DatasetView view;
    view.resize(1000, 650);
    view.show();
    view.setContents(contents(20)); // 20 + 1 + 1 simulations at 0..19, 0, 0 Hz
    auto *save = child<QPushButton>(view, "rangesSaveButton");
    QVERIFY(!save->isEnabled());
    child<RangesPanel>(view, "rangesPanel")->setRanges({{Statistic::FiringRateHz, 5.0, 9.0}});
    QCOMPARE(view.keptInAll(), std::size_t{5});
    QVERIFY2(labelText(view, "rangesPreviewLabel").contains(QStringLiteral("5 of 22")),
             qPrintable(labelText(view, "rangesPreviewLabel")));
    QVERIFY(labelText(view, "rangesPreviewLabel").contains(QStringLiteral("17")));
    QVERIFY(save->isEnabled());
    // Everything inside: nothing to write.
    child<RangesPanel>(view, "rangesPanel")->setRanges({{Statistic::FiringRateHz, 0.0, 100.0}});
    QVERIFY(!save->isEnabled());
    // Another data set starts without ranges.
    DatasetContents other = contents(3);
    other.path = QStringLiteral("/nowhere/other.h5");
    view.setContents(other);
    QVERIFY(view.ranges().empty());
    QCOMPARE(labelText(view, "datasetNameLabel"), QStringLiteral("other.h5"));
}

void tst_DataWidgets::filteredSetSaysHowManyWereKept()
{
    DatasetContents c = contents(20); // 22 simulations
    c.info.plan = DatasetPlan{};
    c.info.plan->filter = publishedFilter();
    c.info.acceptance[0].tried = 30;
    c.info.acceptance[0].accepted = 20;
    c.info.acceptance[1].tried = c.info.acceptance[1].accepted = 1;
    c.info.acceptance[2].tried = c.info.acceptance[2].accepted = 1;
    DatasetView view;
    view.setContents(c);
    QVERIFY(
        labelText(view, "statisticsSummaryLabel").startsWith(QStringLiteral("<b>22 of 32</b>")));
    // Its file keeps how the data set came about that it was chosen from.
    c.path = QStringLiteral("/nowhere/filtered.h5");
    c.info.acceptance[0].tried = 60;
    c.info.acceptance[0].accepted = 40;
    view.setContents(c);
    const QString text = labelText(view, "statisticsSummaryLabel");
    QVERIFY2(text.startsWith(QStringLiteral("<b>22 of 42</b> simulations were kept by ranges.")),
             qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("<b>42 of 62</b>")), qPrintable(text));
}

void tst_DataWidgets::viewWalksThroughMatchingSimulations()
{
    DatasetView view;
    view.resize(1000, 650);
    view.show();
    view.setContents(contents(20));
    child<RangesPanel>(view, "rangesPanel")->setRanges({{Statistic::FiringRateHz, 5.0, 7.0}});
    QSignalSpy asked(&view, &DatasetView::sampleRequested);
    child<QTabWidget>(view, "datasetTabs")->setCurrentIndex(2);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.last()[1].toULongLong(), 5ULL);
    view.setSample(Split::Train, 5, simulation(8, 1000));
    QVERIFY(labelText(view, "sampleTitleLabel").startsWith(QStringLiteral("Train 0000015")));
    // An answer that comes late is not shown as something else.
    view.setSample(Split::Valid, 0, simulation(8, 1000));
    QVERIFY(labelText(view, "sampleTitleLabel").startsWith(QStringLiteral("Train 0000015")));
    auto *previous = child<QToolButton>(view, "samplePreviousButton");
    auto *next = child<QToolButton>(view, "sampleNextButton");
    QVERIFY(!previous->isEnabled());
    click(next);
    QCOMPARE(asked.last()[1].toULongLong(), 6ULL);
    click(next);
    QCOMPARE(asked.last()[1].toULongLong(), 7ULL);
    QVERIFY(!next->isEnabled());
    QCOMPARE(labelText(view, "samplePlaceLabel"), QStringLiteral("of 3"));
    typeInto(child<QuantityField>(view, "samplePlaceField"), QStringLiteral("1"));
    QCOMPARE(asked.last()[1].toULongLong(), 5ULL);
}

void tst_DataWidgets::viewAsksOnlyForWhatIsSeen()
{
    DatasetView view;
    QSignalSpy asked(&view, &DatasetView::sampleRequested);
    view.setContents(contents(20));
    child<RangesPanel>(view, "rangesPanel")->setRanges({{Statistic::FiringRateHz, 5.0, 7.0}});
    QVERIFY(asked.isEmpty());
}

void tst_DataWidgets::viewOfNothingInside()
{
    DatasetView view;
    view.resize(1000, 650);
    view.show();
    view.setContents(contents(5));
    child<QTabWidget>(view, "datasetTabs")->setCurrentIndex(2);
    child<RangesPanel>(view, "rangesPanel")->setRanges({{Statistic::FiringRateHz, 300.0, 400.0}});
    QVERIFY(!child<QToolButton>(view, "sampleNextButton")->isEnabled());
    QVERIFY(!child<QPushButton>(view, "sampleRandomButton")->isEnabled());
    QVERIFY(!child<QPushButton>(view, "rangesSaveButton")->isEnabled());
}

void tst_DataWidgets::sampleIsDrawn()
{
    SampleView view;
    view.resize(800, 600);
    view.show();
    view.setSample(presetNeuron("nmda-cable").value(), simulation(8, 1000), QStringLiteral("One"));
    settle();
    auto *input = child<PlotCanvas>(view, "sampleInputPlot");
    QVERIFY(showsInColumn(input, colours::ofPolarity(Polarity::Excitatory, view.palette()), 100));
    QVERIFY(showsInColumn(input, colours::ofPolarity(Polarity::Inhibitory, view.palette()), 600));
    QVERIFY(!showsInColumn(input, colours::ofPolarity(Polarity::Excitatory, view.palette()), 300));
    auto *soma = child<PlotCanvas>(view, "sampleSomaPlot");
    const QColor ink = view.palette().color(QPalette::WindowText);
    QVERIFY(shows(soma, ink, soma->toPixel({250.0, -75.0})));
    QVERIFY(shows(soma, ink, soma->toPixel({500.5, -59.0}), 3)); // the spike's tick
    QVERIFY(labelText(view, "sampleTitleLabel").contains(QStringLiteral("1.0 Hz")));
}

void tst_DataWidgets::maximisedPlotIsLeftByEscape()
{
    SampleView view;
    view.resize(800, 600);
    view.show();
    view.setSample(presetNeuron("nmda-cable").value(), simulation(8, 1000), QStringLiteral("One"));
    auto *button = child<QToolButton>(view, "sampleSomaMaximiseButton");
    auto *input = child<PlotCanvas>(view, "sampleInputPlot");
    click(button);
    QVERIFY(!input->isVisible());
    // The button does not fill when it is on: its icon is drawn in the colour of text.
    const QImage icon = button->icon().pixmap(QSize(16, 16), QIcon::Normal, QIcon::On).toImage();
    int dark = 0;
    for (int y = 0; y < icon.height(); ++y) {
        for (int x = 0; x < icon.width(); ++x)
            dark += icon.pixelColor(x, y).alpha() > 90 && icon.pixelColor(x, y).lightness() < 80;
    }
    QVERIFY(dark > 5);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(input->isVisible());
    QVERIFY(!button->isChecked());
}

void tst_DataWidgets::focusOfAPlotIsSeen()
{
    SampleView view;
    view.resize(800, 600);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    auto *soma = child<PlotCanvas>(view, "sampleSomaPlot");
    child<PlotCanvas>(view, "sampleInputPlot")->setFocus(Qt::TabFocusReason);
    settle();
    const QColor accent = view.palette().color(QPalette::Highlight);
    QCOMPARE(pixelsLike(soma, accent), 0);
    soma->setFocus(Qt::TabFocusReason);
    settle();
    QVERIFY(pixelsLike(soma, accent) > 2 * soma->plotRect().width());
}

void tst_DataWidgets::buildPanelSaysHowFar_data()
{
    QTest::addColumn<int>("phase");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("button"); ///< "": there is none
    QTest::addColumn<bool>("canStop");
    using Phase = BuildProgress::Phase;
    QTest::newRow("running") << int(Phase::Running) << "Building a.h5"
                             << "Pause" << true;
    QTest::newRow("paused") << int(Phase::Paused) << "a.h5 is paused"
                            << "Go On" << true;
    QTest::newRow("stopped") << int(Phase::Cancelled)
                             << "a.h5 was stopped. What is finished is kept."
                             << "Go On" << false;
    QTest::newRow("failed") << int(Phase::Failed) << "The disk is full."
                            << "Go On" << false;
    QTest::newRow("finished") << int(Phase::Finished) << "a.h5 is finished"
                              << "" << false;
}

void tst_DataWidgets::buildPanelSaysHowFar()
{
    QFETCH(int, phase);
    QFETCH(QString, title);
    QFETCH(QString, button);
    QFETCH(bool, canStop);
    BuildPanel panel;
    panel.resize(900, 600);
    panel.show();
    BuildProgress p;
    p.name = QStringLiteral("a.h5");
    p.phase = BuildProgress::Phase(phase);
    p.wanted = {24, 2, 2};
    p.accepted = {12, 5, 0}; // more than wanted do not count
    p.perSecond = 3.0;
    p.secondsLeft = 100.0;
    p.problem = QStringLiteral("The disk is full.");
    p.resumable = phase != int(BuildProgress::Phase::Finished);
    panel.setProgress(p);
    QCOMPARE(labelText(panel, "buildTitleLabel"), title);
    QVERIFY2(labelText(panel, "buildDetailLabel").startsWith(QStringLiteral("14 of 28")),
             qPrintable(labelText(panel, "buildDetailLabel")));
    p.tried = {30, 9, 4}; // most were rejected: said beside the pace, which counts them
    panel.setProgress(p);
    QVERIFY2(labelText(panel, "buildDetailLabel").contains(QStringLiteral("43 tried")),
             qPrintable(labelText(panel, "buildDetailLabel")));
    auto *pause = child<QPushButton>(panel, "buildPauseButton");
    QCOMPARE(pause->isVisible(), !button.isEmpty());
    if (!button.isEmpty())
        QCOMPARE(pause->text(), button);
    QCOMPARE(child<QPushButton>(panel, "buildCancelButton")->isVisible(), canStop);
    QSignalSpy paused(&panel, &BuildPanel::pauseRequested);
    QSignalSpy resumed(&panel, &BuildPanel::resumeRequested);
    if (!button.isEmpty()) {
        click(pause);
        QCOMPARE(paused.count(), phase == int(BuildProgress::Phase::Running) ? 1 : 0);
        QCOMPARE(resumed.count(), phase == int(BuildProgress::Phase::Running) ? 0 : 1);
    }
}

void tst_DataWidgets::acceptanceNamesTheWorstFirst()
{
    std::array<std::uint64_t, StatisticCount> rejected{};
    rejected[static_cast<std::size_t>(Statistic::SomaVSd)] = 3;
    rejected[static_cast<std::size_t>(Statistic::FiringRateHz)] = 20;
    const QString text = acceptanceText(100, 77, rejected);
    QVERIFY2(text.contains(QStringLiteral("77 of 100")), qPrintable(text));
    QVERIFY(text.indexOf(QStringLiteral("20 for firing rate"))
            < text.indexOf(QStringLiteral("3 for soma voltage, SD")));
    QVERIFY(text.contains(QStringLiteral("3 for soma voltage, SD")));
    QVERIFY(acceptanceText(0, 0, {}).isEmpty());
}

void tst_DataWidgets::durationsAndSizes()
{
    QCOMPARE(durationText(0.2), QStringLiteral("1 s"));
    QCOMPARE(durationText(89.0), QStringLiteral("89 s"));
    QCOMPARE(durationText(600.0), QStringLiteral("10 min"));
    QCOMPARE(durationText(3900.0 + 1800.0), QStringLiteral("1 h 35 min"));
    QCOMPARE(sizeText(6), QStringLiteral("6 bytes"));
    QCOMPARE(sizeText(1020), QStringLiteral("1 KB"));
    QCOMPARE(sizeText(8'100'000), QStringLiteral("8.1 MB"));
    QCOMPARE(sizeText(1'230'000'000), QStringLiteral("1.2 GB"));
}

DT_TEST(tst_DataWidgets, QApplication)
#include "tst_DataWidgets.moc"
