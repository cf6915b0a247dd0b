// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Evaluation.h"
#include "engine/model/TrainingHistory.h"

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QTabWidget;

namespace dt {

class EvaluationPlots;
class LearningCurves;

/// One training run: how far it is, how it learns, and how good the twin became.
class RunView : public QWidget
{
    Q_OBJECT

public:
    /// What is known of it; an empty title empties the view.
    struct State
    {
        QString title;
        QString stage; ///< e.g. "Training", or why it failed
        double progress = 0.0; ///< 0..1
        double secondsLeft = -1.0; ///< negative: unknown
        std::int64_t iterationsInAll = 0;
    };

    explicit RunView(QWidget *parent = nullptr);

    void setState(const State &state);
    void setHistory(const TrainingHistory &history, const TrainingSettings &settings);
    void setEvaluation(const std::optional<Evaluation> &evaluation);

private:
    QLabel *m_title;
    QLabel *m_stage;
    QLabel *m_hint;
    QProgressBar *m_bar;
    QTabWidget *m_tabs;
    LearningCurves *m_curves;
    EvaluationPlots *m_evaluation;
};

/// What a learner should know about a run that looks as this one does, in a sentence; empty when
/// there is nothing to say. Recognises the shelf of the first epochs and overfitting.
QString trainingHint(const TrainingHistory &history, const TrainingSettings &settings);

} // namespace dt
