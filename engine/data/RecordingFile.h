// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/recording/Recording.h"

#include <string>

namespace dt {

/// Simulation inputs and recordings as HDF5 (names: docs/FILES.md). All functions may be called
/// from any thread, one at a time; they block, so call them off the GUI thread for long files.

/// Reads `input_exc` and `input_inh`, segments x ms, of any number type. Shape and weights are not
/// checked here; see validateInput().
Result<SpikeInput> readInput(const std::string &path);

/// The neuron that any HDF5 file of ours, or a golden file, carries.
Result<Neuron> readNeuronOf(const std::string &path);

/// Writes a complete recording with its neuron and input. Replaces an older file only if allowed,
/// and only by a complete one.
Status writeRecording(const std::string &path, const Recording &recording, bool replace);

/// Reads what writeRecording() wrote.
Result<Recording> readRecording(const std::string &path);

} // namespace dt
