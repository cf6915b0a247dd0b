// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <optional>
#include <string_view>
#include <vector>

namespace dt {

/// One event: weight arrives at time timeMs, without delay, at every synapse of the polarity on
/// the segment of that row. Its peak conductance is weight x gMax.
struct InputEvent
{
    Polarity polarity = Polarity::Excitatory;
    int row = 0; ///< segment row, see segmentRows()
    int timeMs = 0; ///< column of the input matrix
    double weight = 1.0;
    /// Painted events only: the place on the dendrite, 0..1, where the row alone does not say it
    /// (engine/input/EventPlaces.h). It lies within that row. Events that are simulated have none.
    std::optional<double> x = std::nullopt;
    bool operator==(const InputEvent &) const = default;

    /// Moves the event to a segment; when that is another one than before, its exact place is
    /// forgotten.
    void setRow(int newRow)
    {
        if (newRow != row)
            x.reset();
        row = newRow;
    }
};

/// How weights were, or will be, stored in a file.
enum class WeightPrecision { Half, Single, Double };

/// The input of one simulation: two sparse matrices, segments x ms, of non-negative weights.
struct SpikeInput
{
    int segments = 0;
    int durationMs = 0;
    std::vector<InputEvent> events; ///< sorted by time, then polarity and row; no two in one cell
    WeightPrecision precision = WeightPrecision::Half;

    /// Sorts, adds weights that share a cell (the kinetics are linear), drops zero weights.
    void normalise();
    /// Dense copy of one polarity, row-major segments x ms.
    [[nodiscard]] std::vector<double> matrix(Polarity polarity) const;
};

/// For each segment row, whether a synapse of the polarity sits there: only there do events arrive.
std::vector<bool> rowsThatHear(const Neuron &neuron, Polarity polarity);

/// Leaves out events of rows without a synapse of their polarity.
void keepHeard(SpikeInput &input, const Neuron &neuron);

/// Refuses an input whose number of rows is not `segments`, and says so when rows and columns seem
/// to be exchanged. `whose` names the owner of the segments, e.g. "the neuron".
Status validateRows(const SpikeInput &input, int segments, std::string_view whose);

/// Refuses weights that are no numbers, negative or beyond what is simulated.
Status validateWeights(const SpikeInput &input);

/// Refuses an input that cannot be simulated on this neuron: wrong shape, NaN, negative weights,
/// events outside, or events where no synapse of their polarity is.
Status validateInput(const SpikeInput &input, const Neuron &neuron);

} // namespace dt
