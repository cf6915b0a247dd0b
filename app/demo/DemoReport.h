// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetInfo.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/recording/Recording.h"
#include "engine/twin/TwinBatch.h"

#include <QString>

#include <memory>

namespace dt {

/// All that the report tells of.
struct DemoResults
{
    DatasetInfo dataset;
    StoredTwin twin;
    std::shared_ptr<const Recording> neuron; ///< on the fresh input
    TwinPrediction prediction; ///< on the same
    double buildSeconds = 0.0;
    double simulationSeconds = 0.0; ///< of the fresh input, in NEURON
    double predictionSeconds = 0.0; ///< of the same, by the twin
};

/// Draws the pictures and writes report.html beside them; files of these names are replaced.
Status writeDemoReport(const QString &folder, const DemoResults &results);

} // namespace dt
