// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"

#include <QObject>

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace dt {

/// How long each network takes for a simulation on this computer (predictionMs(), TwinTiming.h),
/// measured in the background, one after another, and remembered while the program runs: the same
/// network has the same time wherever it is shown. Belongs to the thread that made it.
class PredictionTimes : public QObject
{
    Q_OBJECT

public:
    explicit PredictionTimes(QObject *parent = nullptr);
    /// Stops measuring; does not wait for the thread.
    ~PredictionTimes() override;

    /// Milliseconds that a network takes; empty when it is not measured yet or cannot be.
    [[nodiscard]] std::optional<double> ms(const TwinSpec &spec) const;
    /// Measures those networks whose times are not known.
    void want(const std::vector<TwinSpec> &specs);
    /// Measures all of these networks anew; known times stay until then.
    void measure(const std::vector<TwinSpec> &specs);
    /// While something trains in this process, nothing is measured: both would suffer.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Networks still to be measured.
    [[nodiscard]] int left() const;

Q_SIGNALS:
    /// A time became known, or measuring began or ended.
    void changed();

private:
    struct Known
    {
        TwinSpec spec;
        std::optional<double> ms;
    };
    void begin();
    void put(const TwinSpec &spec, std::optional<double> ms);

    std::vector<Known> m_known;
    std::deque<TwinSpec> m_waiting;
    std::optional<TwinSpec> m_measured; ///< the network that is being measured
    std::shared_ptr<std::atomic<bool>> m_stop; ///< stops that measurement
    bool m_paused = false;
};

} // namespace dt
