// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/TwinWindows.h"
#include "engine/ml/MlApi.h"
#include "engine/twin/BatchInspection.h"
#include "engine/twin/training/TrainingHistory.h"

#include <cstdint>
#include <vector>

namespace dt {

/// The published training recipe, one small piece of work at a time: schedules, windows, validation
/// and the choice of the best model around a trainer that knows none of these. What comes next
/// depends on the settings, the data and the history alone, so that a loop which is given the
/// history and weights of another goes on as that one would have. Owned and used by one thread.
/// Source: training specification, sections 3 and 7-11.
class TrainingLoop
{
public:
    /// Refuses data that cannot be trained on with these settings: too short, of another geometry,
    /// nothing to train on or to validate with, no spike in either.
    static Status check(const TwinSpec &spec, const TrainingSettings &settings,
                        const DatasetStore &data);

    /// All must outlive the loop; data that check() allows. `best`: weights of the best model of
    /// the history.
    TrainingLoop(TwinTrainer &trainer, const DatasetStore &data, const TwinSpec &spec,
                 const TrainingSettings &settings, TrainingHistory history = {},
                 std::vector<NamedTensor> best = {});

    static constexpr const char *ExplosionPlace = "explosion";

    /// The batch of the next step.
    [[nodiscard]] BatchInspection inspectNext();

    enum class Did {
        Step, ///< one iteration
        ValidationPart, ///< one batch of a validation
        Validation, ///< the last one
        Nothing, ///< training is over
    };
    /// A loss that is not a number or explodes is an Error at ExplosionPlace; the history then ends
    /// before it.
    Result<Did> advance();

    [[nodiscard]] bool isOver() const;
    [[nodiscard]] const TrainingHistory &history() const { return m_history; }
    /// Weights of the best model, or the first ones before any validation.
    [[nodiscard]] const std::vector<NamedTensor> &best() const { return m_best; }

    [[nodiscard]] std::int64_t iterationsInAll() const;
    /// Of the next iteration, from 0.
    [[nodiscard]] int epoch() const;

private:
    Result<Did> step();
    void fillNext();
    Result<Did> validatePart();
    [[nodiscard]] bool validationIsDue() const;
    void finishEpoch();
    [[nodiscard]] std::int64_t done() const
    {
        return static_cast<std::int64_t>(m_history.iterations());
    }

    TwinTrainer &m_trainer;
    const DatasetStore &m_data;
    TwinSpec m_spec;
    TrainingSettings m_settings;
    TrainingHistory m_history;
    std::vector<NamedTensor> m_best;

    std::vector<std::uint32_t> m_order; ///< of m_orderEpoch
    int m_orderEpoch = -1;
    TwinBatch m_batch;
    std::size_t m_validated = 0; ///< simulations of the validation under way
    LossValues m_validation; ///< their sums
};

} // namespace dt
