// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/data/Hdf5.h"

namespace dt {

/// Every HDF5 file of ours carries these root attributes: `format`, `format_version`, `created_by`,
/// the whole neuron as JSON text in `neuron`, and for a ball-and-stick also its scalars under their
/// command-line names.
inline constexpr int FormatVersion = 1;

Status writeHeader(hid_t file, const std::string &format, const Neuron &neuron);

/// Refuses files of another kind (unless they carry no format at all) or a newer major version.
Status checkHeader(hid_t file, const std::string &format, const std::string &path);

/// Refuses any of our files, and only ours, that a newer major version wrote.
Status checkVersion(hid_t file, const std::string &path);

/// Reads and validates the neuron, from `neuron` or from the scalars alone.
Result<Neuron> readNeuron(hid_t file, const std::string &path);

} // namespace dt
