// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Recording.h"
#include "engine/twin/TwinBatch.h"
#include "engine/twin/evaluation/Evaluation.h"
#include "engine/twin/training/TrainingHistory.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace dt {

class EvaluationPlots;
class LearningCurves;
class LossBalance;
class SimulationsView;
class TwinView;

/// One training: how far it is, how it learns, and how good the twin became.
class TrainingView : public QWidget
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
    };

    explicit TrainingView(QWidget *parent = nullptr);

    void setState(const State &state);
    void setProgress(double share);
    /// `over`: the training has ended.
    void setHistory(const TrainingHistory &history, const TrainingSettings &settings, bool over);
    void setEvaluation(const std::optional<Evaluation> &evaluation);
    /// What the twin in training makes of one validation simulation; null: nothing yet.
    void setPreview(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin,
                    const QString &caption);
    /// A finished training has none: its test simulations say more.
    void setPreviewVisible(bool visible);
    /// Offers to look for the data set that a training misses.
    void setLocateVisible(bool visible);

    [[nodiscard]] LearningCurves *curves() const { return m_curves; }
    [[nodiscard]] SimulationsView *simulations() const { return m_simulations; }

Q_SIGNALS:
    void locateRequested();

private:
    void drawHistory();

    QLabel *m_title;
    QLabel *m_stage;
    QLabel *m_hint;
    QProgressBar *m_bar;
    QTabWidget *m_tabs;
    LearningCurves *m_curves;
    LossBalance *m_balance;
    QWidget *m_previewTab;
    bool m_leftPreview = false; ///< because it went; it comes back into sight with it
    QLabel *m_previewCaption;
    TwinView *m_preview;
    SimulationsView *m_simulations;
    TrainingHistory m_history;
    TrainingSettings m_settings;
    QPushButton *m_locate;
    EvaluationPlots *m_evaluation;
};

} // namespace dt
