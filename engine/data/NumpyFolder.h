// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"

#include <optional>
#include <string>

namespace dt {

/// The NumPy folder layout of the reference tutorial and its public data (docs/FILES.md).

/// The neuron of a folder: the given one, which must not contradict the geometry in the folder's
/// name, or else the preset with that geometry. NotFound asks for a neuron.
Result<Neuron> neuronOfNumpyFolder(const std::string &folder, const std::optional<Neuron> &given);

/// Reads FOLDER (the one that holds train, valid, test) into a data set. Every file is checked:
/// shapes, types, missing and orphan files, finite numbers. Nothing is filtered; file numbers
/// become simulation indices.
Status importNumpy(const std::string &folder, const Neuron &neuron, const std::string &target,
                   bool replace, const ProgressFunction &progress);

/// Writes FOLDER/<short name>/... An existing folder of that name is refused. Ball-and-stick
/// neurons only: the layout cannot hold others.
Status exportNumpy(const DatasetFile &dataset, const std::string &folder,
                   const ProgressFunction &progress);

} // namespace dt
