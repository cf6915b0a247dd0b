// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/StoredTwin.h"
#include "engine/jobs/TrainingLoop.h"

#include <optional>
#include <string>

namespace dt {

/// What to train, on what, and where to.
struct TrainingRequest
{
    std::string target; ///< twin file
    bool replace = false;
    std::string dataset;
    TwinSpec spec; ///< its voltage constants are replaced by those of the data set's neuron
    TrainingSettings settings; ///< windows that do not fit are shortened, with a remark
    std::string logPath; ///< empty: none
    std::string author; ///< who trains it, kept in the twin; may be empty
};

/// Going on with a checkpoint.
struct ResumeRequest
{
    std::string target;
    std::string movedDataset; ///< empty: where it was
};

/// What the twin says of a whole validation simulation while it is trained.
struct TrainingPreview
{
    std::size_t simulation = 0; ///< of the validation split
    std::int64_t iteration = 0;
    TwinPrediction said;
};

enum class TrainingPhase { Loading, Training, Evaluating };

/// Hears of a training, on the training's thread. Calls come often: keep them short.
class TrainingObserver
{
public:
    virtual ~TrainingObserver() = default;
    /// Asked many times a second.
    [[nodiscard]] virtual bool stopRequested() const = 0;
    virtual void phase(TrainingPhase phase, double share) = 0;
    /// A sentence about something that is not as it was asked for.
    virtual void remark(const std::string &sentence) = 0;
    /// Before the first iteration of this sitting.
    virtual void begun(const TrainingSettings &settings, const TrainingHistory &soFar,
                       std::int64_t iterationsInAll, const BatchInspection &firstBatch) = 0;
    /// The history has grown by one iteration, one validation or the end of an epoch.
    virtual void grown(const TrainingHistory &history) = 0;
    /// Whether somebody looks: after each validation the twin then says what it makes of one
    /// validation simulation, always the same.
    [[nodiscard]] virtual bool wantsPreview() const { return false; }
    virtual void preview(TrainingPreview) { }
};

struct TrainingOutcome
{
    bool finished = false; ///< false: stopped, to go on later
    std::optional<Evaluation> evaluation; ///< on the test split, where there is one
    TrainingHistory history;
    TrainingSettings settings; ///< as they were in force
};

/// Trains a twin from the data set's file to the twin's: loads, trains, writes a checkpoint when it
/// begins, every CheckpointSeconds and whenever it stops, evaluates at the end. Blocks for as long
/// as that takes; call it on a thread of its own. Errors leave the last checkpoint as it was, or,
/// when the losses exploded, the best model.
Result<TrainingOutcome> runTraining(const TrainingRequest &request, TrainingObserver &observer);
Result<TrainingOutcome> resumeTraining(const ResumeRequest &request, TrainingObserver &observer);

inline constexpr double CheckpointSeconds = 50.0;

} // namespace dt
