// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetInfo.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/recording/Recording.h"
#include "engine/twin/TwinBatch.h"

#include <QString>

#include <memory>

namespace dt {

/// All that the report is made from.
struct DemoResults
{
    DatasetInfo dataset;
    StoredTwin twin;
    std::shared_ptr<const Recording> neuron; ///< what the neuron did on the fresh input
    TwinPrediction prediction; ///< what the twin says of it
    double buildSeconds = 0.0;
    double simulationSeconds = 0.0; ///< time that NEURON took for the fresh input
    double predictionSeconds = 0.0; ///< time that the twin took for it
};

/// Draws the pictures and writes report.html beside them; files of these names are replaced.
Status writeDemoReport(const QString &folder, const DemoResults &results);

} // namespace dt
