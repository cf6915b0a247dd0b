// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of twins by themselves: learning curves, evaluation, twin beside neuron.
#include "app/train/TwinDialogs.h"
#include "app/window/PlotMenu.h"
#include "engine/cell/Presets.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/EvaluationPlots.h"
#include "widgets/twin/LearningCurves.h"
#include "widgets/twin/LossBalance.h"
#include "widgets/twin/TwinBar.h"
#include "widgets/twin/TwinView.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

using namespace dt;
using namespace dt::test;

class tst_TwinWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyOnesSaySo();
    void curvesShowTheHistory();
    void evaluationShowsFigures();
    void nothingOfTheLastOneStays();
    void evaluationWithoutSpikes();
    void bothSideBySide();
    void worstAndBestHalfSecond();
    void curvesZoomSmoothAndOverlay();
    void balanceNamesItsLines();
    void onePlotTakesAll();
    void poorTwinsInPlainWords();
    void wordsForATwinThatSaysNoSpike();
    void menuOfAPlot();
};

namespace {

/// Texts of all labels that can be seen.
QStringList textsOf(const QWidget &widget)
{
    QStringList texts;
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&widget) && !label->text().isEmpty())
            texts << label->text();
    }
    return texts;
}

TrainingHistory history(int iterations)
{
    TrainingHistory h;
    const TrainingSettings settings;
    h.iterationsPerEpoch = 10;
    for (int i = 0; i < iterations; ++i) {
        LossRecord record;
        record.losses.heads = {1.0 / (i + 1), 0.5, 0.25, 0.125, 2.0};
        record.losses.total = 3.0 / (i + 1);
        h.addIteration(record, 1.0);
        if (i % 10 == 9)
            h.addValidation(record, settings);
    }
    return h;
}

/// Two simulations of 100 ms; the twin is sure at the very spikes.
Evaluation evaluation(bool spikes)
{
    EvaluationPlan plan;
    plan.simulations = 2;
    plan.segments = 1;
    plan.windowMs = 100;
    Evaluator evaluator(plan, Scaling{});
    std::vector<std::uint8_t> spike(100);
    std::vector<float> probability(100, 0.01F);
    if (spikes) {
        spike[30] = 1;
        probability[30] = 0.9F;
    }
    std::vector<float> mv(100);
    for (std::size_t t = 0; t < mv.size(); ++t)
        mv[t] = -80.0F + static_cast<float>(t % 10);
    for (std::uint64_t i = 0; i < 2; ++i)
        (void)evaluator.add({i, spike, spike, mv, probability, mv},
                            {probability, probability, mv, probability, mv});
    return evaluator.finish().value();
}

} // namespace

void tst_TwinWidgets::emptyOnesSaySo()
{
    LearningCurves curves;
    EvaluationPlots plots;
    TwinView view;
    for (QWidget *widget : std::initializer_list<QWidget *>{&curves, &plots, &view}) {
        widget->resize(900, 600);
        widget->show();
    }
    QCOMPARE(textsOf(curves).filter(QStringLiteral("Not trained yet")).size(), 8);
    QCOMPARE(textsOf(plots).filter(QStringLiteral("Not evaluated yet")).size(), 9);
    QCOMPARE(textsOf(view).filter(QStringLiteral("Nothing to compare yet")).size(), 1);
}

void tst_TwinWidgets::curvesShowTheHistory()
{
    LearningCurves curves;
    curves.resize(900, 600);
    curves.show();
    curves.setHistory(history(40));
    const QStringList texts = textsOf(curves);
    QVERIFY(!texts.join(u' ').contains(QStringLiteral("Not trained yet")));
    // The last validation, after 40 iterations.
    QVERIFY2(texts.contains(QStringLiteral("0.025")), qPrintable(texts.join(u'|')));
    QVERIFY2(texts.contains(QStringLiteral("0.075")), qPrintable(texts.join(u'|')));
    // The scale holds all losses.
    const auto [lo, hi] = curves.findChild<PlotCanvas *>(QStringLiteral("loss0Plot"))->yRange();
    QVERIFY(lo > 0.0 && lo < 0.025);
    QVERIFY(hi > 1.0);
    curves.setHistory({});
    QCOMPARE(textsOf(curves).filter(QStringLiteral("Not trained yet")).size(), 8);
}

void tst_TwinWidgets::evaluationShowsFigures()
{
    EvaluationPlots plots;
    plots.resize(1000, 600);
    plots.show();
    plots.setEvaluation(evaluation(true));
    const QString texts = textsOf(plots).join(u'|');
    QVERIFY2(texts.contains(QStringLiteral("AUC 1.0000")), qPrintable(texts));
    QVERIFY2(texts.contains(QStringLiteral("explained 100.0 %, R² 1.00")), qPrintable(texts));
    QVERIFY(!texts.contains(QStringLiteral("Not evaluated yet")));
}

void tst_TwinWidgets::nothingOfTheLastOneStays()
{
    EvaluationPlots plots;
    plots.resize(1000, 600);
    plots.show();
    plots.setEvaluation(evaluation(true));
    plots.setEvaluation(std::nullopt);
    for (const char *name : {"rocPlot", "precisionPlot", "calibrationPlot", "reliabilityPlot",
                             "perSimulationPlot", "segmentsPlot"})
        QCOMPARE(child<PlotCanvas>(plots, name)->table().trimmed(), QString());
    QVERIFY(!child<PlotCanvas>(plots, "somaScatterPlot")
                 ->table()
                 .contains(QRegularExpression(QStringLiteral("[0-9]\\.[0-9]"))));
}

void tst_TwinWidgets::evaluationWithoutSpikes()
{
    EvaluationPlots plots;
    plots.resize(1000, 600);
    plots.show();
    plots.setEvaluation(evaluation(false));
    const QStringList texts = textsOf(plots);
    QCOMPARE(texts.filter(QStringLiteral("No spikes to find")).size(), 2);
    QVERIFY(texts.filter(QStringLiteral("AUC 0")).isEmpty());
}

void tst_TwinWidgets::bothSideBySide()
{
    auto recording = std::make_shared<Recording>();
    recording->neuron = presetNeuron("nmda-cable").value();
    recording->durationMs = 200;
    recording->segments = 8;
    recording->somaV.assign(200, -75.0F);
    recording->dendV.assign(8 * 200, -70.0F);
    recording->spike.assign(200, 0);
    recording->spike[50] = 1;
    recording->spike[90] = 1;
    recording->nearSpike.assign(200, 0);
    recording->instRate.assign(200, 0.01F);
    TwinPrediction twin;
    twin.windows = 1;
    twin.lengthMs = 200;
    twin.dendHeads = 8;
    twin.spikeProbability.assign(200, 0.0F);
    twin.spikeProbability[50] = 0.8F;
    twin.nearSpikeProbability.assign(200, 0.1F);
    twin.somaMv.assign(200, -74.0F);
    twin.rate.assign(200, 0.01F);
    twin.dendMv.assign(8 * 200, -70.0F);

    TwinView view;
    view.resize(1000, 700);
    view.show();
    view.setBoth(recording, twin);
    const QString title = view.findChild<QLabel *>(QStringLiteral("twinTitleLabel"))->text();
    QVERIFY2(title.contains(QStringLiteral("2 spikes")) && title.contains(QStringLiteral("50 %"))
                 && title.contains(QStringLiteral("100 %")),
             qPrintable(title));
    const QString texts = textsOf(view).join(u'|');
    QVERIFY2(texts.contains(QStringLiteral("mean error 1.00, RMSE 1.00 mV")), qPrintable(texts));
    QVERIFY2(texts.contains(QStringLiteral("AUC")), qPrintable(texts));
    QCOMPARE(view.timeAxis()->shown().to, 200.0);
    twin.spikeProbability.assign(200, 0.4F); // never sure
    view.setBoth(recording, twin);
    QCOMPARE(
        view.findChild<QLabel *>(QStringLiteral("twinTitleLabel"))->text(),
        QStringLiteral("2 spikes of the neuron · the twin finds none: its probability of a spike "
                       "never exceeds 0.5"));
    view.setBoth(nullptr, {});
    QVERIFY(textsOf(view).contains(QStringLiteral("Nothing to compare yet")));
}

void tst_TwinWidgets::worstAndBestHalfSecond()
{
    auto recording = std::make_shared<Recording>();
    recording->neuron = presetNeuron("ampa-point").value();
    recording->durationMs = 4000;
    recording->segments = 8;
    recording->somaV.assign(4000, -75.0F);
    recording->dendV.assign(8 * 4000, -70.0F);
    recording->spike.assign(4000, 0);
    recording->nearSpike.assign(4000, 0);
    recording->instRate.assign(4000, 0.0F);
    recording->spike[3200] = 1;
    TwinPrediction twin;
    twin.windows = 1;
    twin.lengthMs = 4000;
    twin.dendHeads = 8;
    twin.spikeProbability.assign(4000, 0.0F);
    twin.nearSpikeProbability.assign(4000, 0.0F);
    twin.somaMv.assign(4000, -75.0F);
    twin.somaMv[1300] = -30.0F; // wrong here
    twin.rate.assign(4000, 0.0F);
    twin.dendMv.assign(8 * 4000, -70.0F);
    TwinView view;
    view.resize(1000, 700);
    view.show();
    view.showWorst(); // nothing to show: nothing happens
    view.setBoth(recording, twin);
    view.showWorst();
    QVERIFY(view.timeAxis()->shown().from <= 1300.0 && view.timeAxis()->shown().to > 1300.0);
    QCOMPARE(view.timeAxis()->shown().to - view.timeAxis()->shown().from, 512.0);
    view.showBest();
    QVERIFY(view.timeAxis()->shown().from <= 3200.0 && view.timeAxis()->shown().to > 3200.0);
}

void tst_TwinWidgets::curvesZoomSmoothAndOverlay()
{
    LearningCurves curves;
    curves.resize(1100, 600);
    curves.show();
    curves.setHistory(history(400));
    auto *spikes = child<PlotCanvas>(curves, "loss0Plot");
    const double whole = spikes->yRange().second;
    // Zooming in on late iterations shows their details, in all plots.
    spikes->timeAxis()->show(300.0, 400.0);
    QVERIFY(spikes->yRange().second < whole / 50.0);
    QCOMPARE(child<PlotCanvas>(curves, "loss3Plot")->timeAxis(), spikes->timeAxis());
    spikes->timeAxis()->showAll();
    QCOMPARE(spikes->yRange().second, whole);
    const QString before = spikes->table();
    child<QSlider>(curves, "smoothingSlider")->setValue(90);
    QVERIFY(spikes->table() != before);
    child<QCheckBox>(curves, "logIterationsBox")->click();
    QVERIFY(!spikes->grab().isNull());

    QSignalSpy chosen(&curves, &LearningCurves::othersChosen);
    curves.setChoices({QStringLiteral("TCN B")}, {QStringLiteral("/b.twin")});
    auto *button = child<QToolButton>(curves, "besideButton");
    QVERIFY(button->isEnabled());
    button->menu()->actions().first()->trigger();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toStringList(), QStringList{QStringLiteral("/b.twin")});
    const int lines = spikes->lineCount();
    curves.setOthers(
        {{QStringLiteral("TCN B"), std::make_shared<const TrainingHistory>(history(900))}});
    QCOMPARE(spikes->lineCount(), lines + 1);
    QCOMPARE(spikes->timeAxis()->full().to, 900.0);
    curves.setOthers({});
    QCOMPARE(spikes->lineCount(), lines);
    // What is no choice any more is not drawn any more.
    chosen.clear();
    curves.setChoices({QStringLiteral("TCN C")}, {QStringLiteral("/c.twin")});
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toStringList(), QStringList());
}

void tst_TwinWidgets::balanceNamesItsLines()
{
    LossBalance balance;
    balance.resize(900, 600);
    balance.show();
    QCOMPARE(textsOf(balance).filter(QStringLiteral("Not trained yet")).size(), 3);
    TrainingHistory h;
    h.iterationsPerEpoch = 10;
    for (int i = 0; i < 50; ++i) {
        LossRecord record;
        record.losses.heads = {0.1, 0.2, 0.3, 0.4, 0.5};
        record.weights = {1.0, 2.0, 1.0, 1.0, 0.2};
        h.addIteration(record, 1.0);
    }
    balance.setHistory(h);
    QVERIFY(textsOf(balance).filter(QStringLiteral("Not trained yet")).isEmpty());
    // 0.1 + 0.4 + 0.3 + 0.4 + 0.1 = 1.3; the soma has 0.4 of it.
    const QStringList rows = child<PlotCanvas>(balance, "lossSharesPlot")->table().split(u'\n');
    const QStringList first = rows[1].split(u',');
    QVERIFY(std::abs(first[3].toDouble() - 100.0 * 0.4 / 1.3) < 1e-4);
}

void tst_TwinWidgets::onePlotTakesAll()
{
    EvaluationPlots plots;
    plots.resize(1000, 600);
    plots.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plots));
    plots.setEvaluation(evaluation(true));
    auto *roc = child<PlotCanvas>(plots, "rocPlot");
    auto *soma = child<PlotCanvas>(plots, "somaScatterPlot");
    const int narrow = roc->width();
    child<QToolButton>(plots, "rocMaximiseButton")->click();
    QTRY_VERIFY(roc->width() > 2 * narrow);
    QVERIFY(!soma->isVisible());
    QTest::keyClick(roc, Qt::Key_Escape);
    QTRY_COMPARE(roc->width(), narrow);
    QVERIFY(soma->isVisible());
}

void tst_TwinWidgets::poorTwinsInPlainWords()
{
    // Worse than a constant: the voltages the wrong way round, three times too large.
    EvaluationPlan plan;
    plan.simulations = 1;
    plan.segments = 2;
    plan.windowMs = 100;
    Evaluator evaluator(plan, Scaling{});
    std::vector<std::uint8_t> spike(100);
    spike[30] = 1;
    const std::vector<float> probability(100, 0.1F);
    std::vector<float> mv(100);
    std::vector<float> said(100);
    for (std::size_t t = 0; t < mv.size(); ++t) {
        mv[t] = -80.0F + static_cast<float>(t % 10);
        said[t] = -80.0F - 0.8F * static_cast<float>(t % 10); // explained: 100 (1 - 1.8²) = -224 %
    }
    std::vector<float> both = mv;
    both.insert(both.end(), mv.begin(), mv.end());
    std::vector<float> bothSaid = mv; // the first segment is fine
    bothSaid.insert(bothSaid.end(), said.begin(), said.end());
    QVERIFY(evaluator
                .add({0, spike, spike, mv, probability, both},
                     {probability, probability, said, probability, bothSaid})
                .ok());
    EvaluationPlots plots;
    plots.resize(1400, 800);
    plots.show();
    plots.setEvaluation(evaluator.finish().value());
    const QString soma = labelText(plots, "somaScatterReadOutLabel");
    QVERIFY2(soma.startsWith(QStringLiteral("worse than always saying the mean"))
                 && soma.contains(QStringLiteral("-224 %")),
             qPrintable(soma));
    for (const char *panel : {"somaScatterPanel", "rateScatterPanel", "dendScatterPanel"})
        QVERIFY(child<QWidget>(plots, panel)->toolTip().contains(QStringLiteral("R²")));
    // A mark and the number in place of a bar that would go down.
    const QString segments = labelText(plots, "segmentsReadOutLabel");
    QVERIFY2(segments.contains(QStringLiteral("in 1 of 2"))
                 && segments.contains(QStringLiteral("least -224 %, segment 2")),
             qPrintable(segments));
    auto *plot = child<PlotCanvas>(plots, "segmentsPlot");
    const QColor mark = colours::onto(colours::Failure, plot->palette());
    QTRY_VERIFY(pixelsLike(plot, mark, plot->toPixel({2.0, 4.0}), 8) > 10);
    QCOMPARE(pixelsLike(plot, mark, plot->toPixel({1.0, 4.0}), 8), 0);
    plots.setEvaluation(evaluation(true));
    QTRY_COMPARE(pixelsLike(plot, mark), 0);
}

void tst_TwinWidgets::wordsForATwinThatSaysNoSpike()
{
    TwinErrors errors;
    errors.spikes = 7;
    errors.spikesAuc = 0.51;
    errors.decisions.falseNegatives = 7;
    RegressionScores soma;
    soma.r2 = -1.25;
    errors.soma = soma;
    TwinBar bar;
    bar.setErrors(errors);
    const QString text = labelText(bar, "twinMeasuresLabel").replace(QChar(0xA0), u' ');
    QVERIFY2(text.contains(QStringLiteral("AUC 0.5100, the twin says none of 7")),
             qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("R² -1.250, worse than always saying the mean")),
             qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral("undefined")), qPrintable(text));
    errors.decisions.truePositives = 3;
    errors.decisions.falsePositives = 1;
    errors.decisions.falseNegatives = 4;
    bar.setErrors(errors);
    QVERIFY(labelText(bar, "twinMeasuresLabel")
                .replace(QChar(0xA0), u' ')
                .contains(QStringLiteral("precision 0.75, recall 0.43")));
}

namespace {

struct FakePlotDialogs : TwinDialogs
{
    QStringList askOpenTwins(const QString &) override { return {}; }
    QString askSaveAs(SavedKind, const QString &suggested) override
    {
        suggestion = suggested;
        return path;
    }
    QString path;
    QString suggestion;
};

} // namespace

void tst_TwinWidgets::menuOfAPlot()
{
    const QTemporaryDir folder;
    FakePlotDialogs dialogs;
    PlotMenu menu(&dialogs);
    QSignalSpy failed(&menu, &PlotMenu::failed);
    EvaluationPlots plots;
    plots.resize(1000, 600);
    plots.show();
    plots.setEvaluation(evaluation(true));
    auto *roc = child<PlotCanvas>(plots, "rocPlot");
    const auto trigger = [&](const char *action) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, roc->rect().center(),
                                roc->mapToGlobal(roc->rect().center()));
        QApplication::sendEvent(roc->findChild<QWidget *>(), &event);
        auto *shown = child<QMenu>(*roc, "plotMenu");
        child<QAction>(*shown, action)->trigger();
        shown->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    for (const char *name : {"roc.png", "roc.svg", "roc.pdf"}) {
        dialogs.path = folder.filePath(QString::fromLatin1(name));
        trigger("savePictureAction");
        QVERIFY(QFileInfo(dialogs.path).size() > 1000);
    }
    QVERIFY(!QImage(folder.filePath(QStringLiteral("roc.png"))).isNull());
    QCOMPARE(dialogs.suggestion, QStringLiteral("roc-curve.png"));
    // All of them in one picture: three in a row.
    dialogs.path = folder.filePath(QStringLiteral("all.png"));
    trigger("savePictureOfAllAction");
    const QImage all(dialogs.path);
    QVERIFY(all.width() > 2 * QImage(folder.filePath(QStringLiteral("roc.png"))).width());
    dialogs.path = folder.filePath(QStringLiteral("roc.csv"));
    trigger("saveNumbersAction");
    QFile csv(dialogs.path);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QVERIFY(csv.readLine().startsWith("\"line 1: "));
    QCOMPARE(failed.size(), 0);
    dialogs.path = folder.filePath(QStringLiteral("no/such/folder/roc.csv"));
    trigger("saveNumbersAction");
    QCOMPARE(failed.size(), 1);
}

DT_TEST(tst_TwinWidgets, QApplication)
#include "tst_TwinWidgets.moc"
