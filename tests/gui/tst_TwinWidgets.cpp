// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of twins by themselves: learning curves, evaluation, twin beside neuron.
#include "engine/model/Presets.h"
#include "tests/gui/GuiTest.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/twin/EvaluationPlots.h"
#include "widgets/twin/LearningCurves.h"
#include "widgets/twin/TwinView.h"

#include <QLabel>

using namespace dt;
using namespace dt::test;

class tst_TwinWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyOnesSaySo();
    void curvesShowTheHistory();
    void evaluationShowsFigures();
    void evaluationWithoutSpikes();
    void bothSideBySide();
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
    QCOMPARE(textsOf(curves).filter(QStringLiteral("Not trained yet")).size(), 6);
    QCOMPARE(textsOf(plots).filter(QStringLiteral("Not evaluated yet")).size(), 8);
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
    QVERIFY2(texts.contains(QStringLiteral("validation 0.025")), qPrintable(texts.join(u'|')));
    QVERIFY2(texts.contains(QStringLiteral("validation 0.075")), qPrintable(texts.join(u'|')));
    // The scale holds all losses.
    const auto [lo, hi] = curves.findChild<PlotCanvas *>(QStringLiteral("loss0Plot"))->yRange();
    QVERIFY(lo > 0.0 && lo < 0.025);
    QVERIFY(hi > 1.0);
    curves.setHistory({});
    QCOMPARE(textsOf(curves).filter(QStringLiteral("Not trained yet")).size(), 6);
}

void tst_TwinWidgets::evaluationShowsFigures()
{
    EvaluationPlots plots;
    plots.resize(1000, 600);
    plots.show();
    plots.setEvaluation(evaluation(true));
    const QString texts = textsOf(plots).join(u'|');
    QVERIFY2(texts.contains(QStringLiteral("AUC 1.0000")), qPrintable(texts));
    QVERIFY2(texts.contains(QStringLiteral("explained variance 100.0 %, R² 1.000")),
             qPrintable(texts));
    QVERIFY(!texts.contains(QStringLiteral("Not evaluated yet")));
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
                 && title.contains(QStringLiteral("100 %"))
                 && title.contains(QStringLiteral("1.00 mV")),
             qPrintable(title));
    QCOMPARE(view.timeAxis()->shown().to, 200.0);
    view.setBoth(nullptr, {});
    QVERIFY(textsOf(view).contains(QStringLiteral("Nothing to compare yet")));
}

QTEST_MAIN(tst_TwinWidgets)
#include "tst_TwinWidgets.moc"
