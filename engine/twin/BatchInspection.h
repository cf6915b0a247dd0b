// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/Scaling.h"
#include "engine/twin/TwinBatch.h"

#include <string>
#include <vector>

namespace dt {

/// A look at one training batch before training begins: is the data what the twin expects? Source:
/// training specification, section 5; published values: section 26.2.

struct QuantityInspection
{
    double mean = 0.0;
    double sd = 0.0; ///< of all values
    double low = 0.0; ///< percentile 80 of the inputs, 2 of everything else
    double high = 0.0; ///< percentile 99 of the inputs, 98 of everything else
    double min = 0.0;
    double median = 0.0;
    double max = 0.0;
};

struct BatchInspection
{
    int windows = 0;
    int segments = 0;
    int lengthMs = 0;
    Scaling scaling;
    QuantityInspection inputs; ///< weights
    QuantityInspection soma; ///< mV
    QuantityInspection rate; ///< spikes/ms
    QuantityInspection dend; ///< mV
};

/// Inspects a batch. Numbers are converted back to physical units; what was clamped in the targets
/// stays so.
BatchInspection inspect(const TwinBatch &batch, const Scaling &scaling);

/// The inspection as lines of text, with four decimals.
std::vector<std::string> inspectionLines(const BatchInspection &inspection);

} // namespace dt
