// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/Training.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <variant>

class QThread;

namespace dt {

/// A training on a thread of its own, as an object of the thread that made it. Reports at most
/// 30 times a second; ends once: Finished, Stopped or Failed. What it has trained is in the twin's
/// file then.
class TrainingSession : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Loading, Training, Evaluating, Finished, Stopped, Failed };

    explicit TrainingSession(TrainingRequest request, QObject *parent = nullptr);
    explicit TrainingSession(ResumeRequest request, QObject *parent = nullptr);
    /// Stops and waits for the checkpoint.
    ~TrainingSession() override;

    void start();
    /// Ends as Stopped when the checkpoint is written.
    void stop();
    /// Whether the twin is asked after each validation what it makes of a validation simulation.
    void setPreview(bool on);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOver() const { return m_state >= State::Finished; }
    /// Why it Failed, or, when it was stopped before anything was written, Cancelled.
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] const std::string &target() const { return m_target; }

    /// As far as it was reported.
    [[nodiscard]] const TrainingHistory &history() const { return m_history; }
    [[nodiscard]] const TrainingSettings &settings() const { return m_settings; }
    [[nodiscard]] std::int64_t iterationsInAll() const { return m_iterationsInAll; }
    /// What the first batch of this sitting holds; empty before it.
    [[nodiscard]] const std::optional<BatchInspection> &firstBatch() const { return m_firstBatch; }
    /// The latest; empty before the first and unless asked for.
    [[nodiscard]] const std::optional<TrainingPreview> &preview() const { return m_preview; }
    /// Of the present state, 0..1.
    [[nodiscard]] double progress() const;
    /// Of training; negative when nothing is known yet.
    [[nodiscard]] double secondsLeft() const;
    /// On the test split, when Finished and where there is one.
    [[nodiscard]] const std::optional<Evaluation> &evaluation() const { return m_evaluation; }

Q_SIGNALS:
    void stateChanged();
    /// History or progress have grown.
    void progressed();
    void remarked(const QString &sentence);
    void ended();

private:
    class Reporter;

    TrainingSession(std::variant<TrainingRequest, ResumeRequest> request, std::string target,
                    QObject *parent);
    void collect();
    void setState(State state);
    void onThreadEnded();

    std::variant<TrainingRequest, ResumeRequest> m_request;
    std::string m_target;
    std::shared_ptr<Reporter> m_reporter; ///< shared with the thread
    QThread *m_thread = nullptr;
    QTimer m_timer;

    State m_state = State::Idle;
    Error m_error;
    TrainingSettings m_settings;
    TrainingHistory m_history;
    std::int64_t m_iterationsInAll = 0;
    std::size_t m_iterationsBefore = 0; ///< this sitting
    double m_secondsBefore = 0.0;
    std::optional<BatchInspection> m_firstBatch;
    std::optional<TrainingPreview> m_preview;
    double m_share = 0.0;
    std::optional<Evaluation> m_evaluation;
};

} // namespace dt
