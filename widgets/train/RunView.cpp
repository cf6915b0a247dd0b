// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/RunView.h"

#include "widgets/theme/Theme.h"
#include "widgets/twin/EvaluationPlots.h"
#include "widgets/twin/LearningCurves.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// The last validations that a hint looks at.
constexpr std::size_t Recent = 5;
/// Less change than this share over them is a shelf.
constexpr double ShelfShare = 0.06;
/// A validation loss this much above the training loss is overfitting.
constexpr double OverfitRatio = 2.0;

QString timeText(double seconds)
{
    if (seconds < 90.0)
        return RunView::tr("%1 s").arg(seconds, 0, 'f', 0);
    return RunView::tr("%1 min").arg(seconds / 60.0, 0, 'f', 0);
}

} // namespace

QString trainingHint(const TrainingHistory &history, const TrainingSettings &settings)
{
    if (history.validations() < Recent)
        return {};
    const auto recent = [&](Head head) {
        return std::span(history.validation.heads[headIndex(head)]).last(Recent);
    };
    const auto flat = [&](Head head) {
        const auto [lo, hi] = std::minmax_element(recent(head).begin(), recent(head).end());
        return *hi - *lo < ShelfShare * *hi;
    };
    const std::vector<double> &spikes = history.validation.heads[headIndex(Head::Spikes)];
    // In normalised units the best constant answer errs by about 0.4.
    if (flat(Head::Soma) && flat(Head::Spikes) && flat(Head::NearSpike)
        && recent(Head::Soma).back() > 0.3 && recent(Head::NearSpike).back() > 0.35)
        return RunView::tr("The losses lie on a shelf: so far the twin says the same whatever comes "
                           "in. This is normal in the first thousand or two of iterations; wait, "
                           "or train with smaller batches or a higher learning rate.");
    const std::optional<LossValues> training =
        history.recentMean(static_cast<std::int64_t>(history.iterations()) - 1);
    const double lowest = *std::min_element(spikes.begin(), spikes.end());
    if (training && settings.phi(static_cast<int>(history.learningRate.size()) - 1) > 0.0
        && spikes.back() > OverfitRatio * training->heads[headIndex(Head::Spikes)]
        && spikes.back() >= 0.98 * lowest)
        return RunView::tr("The twin does better on what it trains on than in validation: it begins "
                           "to learn its simulations by heart. More simulations help.");
    return {};
}

RunView::RunView(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_stage(new QLabel), m_hint(new QLabel),
      m_bar(new QProgressBar), m_tabs(new QTabWidget), m_curves(new LearningCurves),
      m_evaluation(new EvaluationPlots)
{
    m_title->setObjectName(QStringLiteral("runTitleLabel"));
    m_title->setMinimumWidth(1);
    theme::setRole(m_title, "heading");
    m_stage->setObjectName(QStringLiteral("runStageLabel"));
    m_stage->setWordWrap(true);
    theme::setRole(m_stage, "muted");
    m_hint->setObjectName(QStringLiteral("runHintLabel"));
    m_hint->setWordWrap(true);
    theme::setRole(m_hint, "warning");
    m_bar->setObjectName(QStringLiteral("runBar"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(theme::Grid);
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_curves, tr("Learning"));
    m_tabs->addTab(m_evaluation, tr("Evaluation"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_title);
    column->addWidget(m_bar);
    column->addWidget(m_stage);
    column->addWidget(m_hint);
    column->addWidget(m_tabs, 1);
    setState({});
    setHistory({}, {});
}

void RunView::setState(const State &state)
{
    m_title->setText(state.title.isEmpty() ? tr("No run chosen") : state.title);
    m_bar->setValue(static_cast<int>(1000.0 * state.progress));
    QString text = state.stage;
    if (state.secondsLeft >= 0.0)
        text += tr(" · %1 left").arg(timeText(state.secondsLeft));
    m_stage->setText(text);
}

void RunView::setHistory(const TrainingHistory &history, const TrainingSettings &settings)
{
    m_curves->setHistory(history);
    const QString hint = trainingHint(history, settings);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void RunView::setEvaluation(const std::optional<Evaluation> &evaluation)
{
    m_evaluation->setEvaluation(evaluation);
    m_tabs->setTabEnabled(1, evaluation.has_value());
}

} // namespace dt
