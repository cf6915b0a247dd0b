// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>

namespace dt {

/// Appends to a file a checksum over all its bytes: 8 letters, the number of bytes before and their
/// FNV-1a, 24 bytes in all. HDF5 ignores what comes after its own end, and drops it when it writes
/// to the file. The checksum is compared before HDF5 sees the file, because HDF5 can crash on
/// damaged files.

Status appendTrailer(const std::string &path);

/// Refuses a file whose bytes changed since. A file without a trailer passes.
Status checkTrailer(const std::string &path);

} // namespace dt
