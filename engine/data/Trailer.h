// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>

namespace dt {

/// A checksum over all bytes of a file, appended to it: 8 letters, the number of bytes before and
/// their FNV-1a, 24 bytes in all. HDF5 ignores what comes after its own end, and drops it when it
/// writes to the file. Checked before HDF5 sees the file, because HDF5 can crash on damaged ones.

Status appendTrailer(const std::string &path);

/// Refuses a file whose bytes changed since. One without a trailer passes.
Status checkTrailer(const std::string &path);

} // namespace dt
