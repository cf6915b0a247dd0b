// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/recording/Recording.h"

#include <string>
#include <vector>

namespace dt {

/// One run with all its traces, to be saved for other programs. Names, units and shapes:
/// docs/FILES.md.
struct ExportedRun
{
    Recording recording;
    std::vector<std::vector<float>> probes; ///< VoltageTrace::probes, may be empty
    std::string caption; ///< a line of text that says which run it is
    std::string project; ///< text of the project that the run was made from; may be empty
};

/// A NumPy archive (numpy.load() reads it): time_ms, time_fine_ms, soma_v_fine, soma_v, dend_v,
/// spike, near_spike, inst_rate, spike_ms, input_exc, input_inh, segment_x, segment_dendrite,
/// caption, project, and probes where there are any.
std::string runAsNpz(const ExportedRun &run);

/// A zip archive of text tables: soma.csv, dendrite.csv, outputs.csv, spikes.csv, input.csv and
/// about.txt, and probes.csv and project.dendro where there are any.
std::string runAsCsvZip(const ExportedRun &run);

/// Saves a run as one or the other, by the ending of the name: .npz or .zip. Blocks; may be called
/// from any thread.
Status saveRun(const std::string &path, const ExportedRun &run, bool replace);

} // namespace dt
