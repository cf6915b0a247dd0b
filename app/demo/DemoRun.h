// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"
#include "engine/twin/training/TrainingSettings.h"

#include <QString>

namespace dt {

class SimulationEngine;

/// How much the demonstration does.
struct DemoSettings
{
    DatasetPlan plan; ///< plan of the data set
    std::string twin; ///< name of the preset
    TrainingSettings training;
    std::uint64_t freshSeed = 0; ///< seed of the fresh input; not the data set's
};

/// A classroom version of the tutorial: minutes on two cores.
DemoSettings classroomDemo();

/// The whole main job without a window: builds a data set, trains a twin on it, evaluates it, runs
/// neuron and twin on a fresh input, and leaves dataset.h5, twin.twin, recording.h5, prediction.h5,
/// pictures and report.html in the folder. What an interrupted run left is used. Returns the exit
/// code; says on stderr how it goes on.
int runDemo(SimulationEngine &engine, int workers, const QString &folder,
            const DemoSettings &settings = classroomDemo());

} // namespace dt
