// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TrainingView.h"

#include "engine/twin/training/TrainingHints.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/EvaluationPlots.h"
#include "widgets/twin/LearningCurves.h"
#include "widgets/twin/LossBalance.h"
#include "widgets/twin/SimulationsView.h"
#include "widgets/twin/TwinView.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>

namespace dt {

namespace {

QString timeText(double seconds)
{
    if (seconds < 90.0)
        return TrainingView::tr("%1 s").arg(seconds, 0, 'f', 0);
    if (seconds < 5400.0)
        return TrainingView::tr("%1 min").arg(seconds / 60.0, 0, 'f', 0);
    return TrainingView::tr("%1 h").arg(seconds / 3600.0, 0, 'f', 1);
}

} // namespace

TrainingView::TrainingView(QWidget *parent) :
    QWidget(parent), m_title(new QLabel), m_stage(new QLabel), m_hint(new QLabel),
    m_bar(new QProgressBar), m_tabs(new QTabWidget), m_curves(new LearningCurves),
    m_balance(new LossBalance), m_previewTab(new QWidget), m_previewCaption(new QLabel),
    m_preview(new TwinView), m_simulations(new SimulationsView),
    m_locate(new QPushButton(tr("Locate Data Set..."))), m_evaluation(new EvaluationPlots)
{
    m_title->setObjectName(QStringLiteral("trainingTitleLabel"));
    m_title->setMinimumWidth(1);
    theme::setRole(m_title, "heading");
    m_stage->setObjectName(QStringLiteral("trainingStageLabel"));
    m_stage->setWordWrap(true);
    theme::setRole(m_stage, "muted");
    m_hint->setObjectName(QStringLiteral("trainingHintLabel"));
    m_hint->setWordWrap(true);
    theme::setRole(m_hint, "warning");
    m_bar->setObjectName(QStringLiteral("trainingBar"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(theme::Grid);
    m_locate->setObjectName(QStringLiteral("trainingLocateButton"));
    m_previewCaption->setObjectName(QStringLiteral("previewCaptionLabel"));
    m_previewCaption->setWordWrap(true);
    theme::setRole(m_previewCaption, "caption");
    theme::setRole(m_previewCaption, "muted");
    auto *preview = new QVBoxLayout(m_previewTab);
    preview->setContentsMargins(0, theme::Grid / 2, 0, 0);
    preview->setSpacing(theme::Grid / 2);
    preview->addWidget(m_previewCaption);
    preview->addWidget(m_preview, 1);
    m_tabs->setObjectName(QStringLiteral("trainingTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_curves, tr("Learning"));
    m_tabs->addTab(m_balance, tr("Balance"));
    m_tabs->addTab(m_previewTab, tr("Preview"));
    m_tabs->addTab(m_evaluation, tr("Evaluation"));
    m_tabs->addTab(m_simulations, tr("Simulations"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &TrainingView::drawHistory);
    connect(m_locate, &QPushButton::clicked, this, &TrainingView::locateRequested);
    auto *stage = new QHBoxLayout;
    stage->addWidget(m_stage, 1);
    stage->addWidget(m_locate);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_title);
    column->addWidget(m_bar);
    column->addLayout(stage);
    column->addWidget(m_tabs, 1);
    // Below, so that tabs stay where they are when it comes and goes.
    column->addWidget(m_hint);
    setState({});
    setHistory({}, {}, false);
    setPreview(nullptr, {}, {});
    setLocateVisible(false);
}

void TrainingView::setState(const State &state)
{
    m_title->setText(state.title.isEmpty() ? tr("No training chosen") : state.title);
    m_bar->setValue(static_cast<int>(1000.0 * state.progress));
    m_bar->setVisible(!state.title.isEmpty());
    QString text = state.stage;
    if (state.secondsLeft >= 0.0)
        text += tr(" · %1 left").arg(timeText(state.secondsLeft));
    m_stage->setText(text);
}

void TrainingView::setProgress(double share)
{
    m_bar->setValue(static_cast<int>(1000.0 * share));
}

void TrainingView::setHistory(const TrainingHistory &history, const TrainingSettings &settings,
                              bool over)
{
    m_history = history;
    m_settings = settings;
    drawHistory();
    QStringList sentences;
    for (const TrainingHint &hint : trainingHints(history, settings, over))
        sentences.append(QString::fromStdString(hint.sentence));
    m_hint->setText(sentences.join(u'\n'));
    m_hint->setVisible(!sentences.isEmpty());
}

/// Only what can be seen: a running training is drawn ten times a second.
void TrainingView::drawHistory()
{
    if (m_tabs->currentWidget() == m_curves)
        m_curves->setHistory(m_history, m_settings);
    else if (m_tabs->currentWidget() == m_balance)
        m_balance->setHistory(m_history);
}

void TrainingView::setEvaluation(const std::optional<Evaluation> &evaluation)
{
    m_evaluation->setEvaluation(evaluation);
}

void TrainingView::setPreview(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin,
                              const QString &caption)
{
    m_previewCaption->setText(
        neuron ? caption
               : tr("While the twin is trained, you see here after each validation what it makes "
                    "of one simulation that it does not train on."));
    m_preview->setBoth(std::move(neuron), twin);
}

void TrainingView::setPreviewVisible(bool visible)
{
    const int preview = m_tabs->indexOf(m_previewTab);
    if (visible == m_tabs->isTabVisible(preview))
        return;
    const bool looksAtIt = m_tabs->currentIndex() == preview;
    if (!visible && looksAtIt)
        m_tabs->setCurrentWidget(m_simulations);
    m_tabs->setTabVisible(preview, visible);
    if (visible && m_leftPreview && m_tabs->currentWidget() == m_simulations)
        m_tabs->setCurrentWidget(m_previewTab);
    m_leftPreview = !visible && looksAtIt;
}

void TrainingView::setLocateVisible(bool visible)
{
    m_locate->setVisible(visible);
}

} // namespace dt
