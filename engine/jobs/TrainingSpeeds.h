// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"
#include "engine/twin/training/TrainingRecipe.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <vector>

namespace dt {

/// How fast this computer trains, in billions of operations a second: measured in the background
/// with a few steps of the network that somebody is about to train, learnt from trainings, and kept
/// from one start of the program to the next.
class TrainingSpeeds : public QObject
{
    Q_OBJECT

public:
    explicit TrainingSpeeds(QObject *parent = nullptr);
    ~TrainingSpeeds() override;

    /// As last measured or learnt; 0: never.
    [[nodiscard]] static double known(Architecture architecture);
    /// Measures this network on such data, soon; the answer comes as changed(). Forgets what was
    /// wanted before.
    void want(const TwinSpec &spec, const TrainingSize &size, bool cuda);
    /// Something else computes now: nothing is measured until want() is called again.
    void stop();
    /// From a training that has ended.
    void learn(const TwinSpec &spec, const TrainingSettings &settings, const TrainingSize &size,
               const TrainingHistory &history);

Q_SIGNALS:
    void changed(dt::Architecture architecture, double speed);

private:
    struct Measured
    {
        TwinSpec spec;
        TrainingSize size;
        double speed = 0.0;
    };
    void begin();
    void keep(Architecture architecture, double speed);

    QTimer m_timer; ///< until the hand rests
    TwinSpec m_spec; ///< wanted
    TrainingSize m_size;
    bool m_cuda = false;
    std::vector<Measured> m_measured; ///< in this sitting
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of what is being measured
};

} // namespace dt
