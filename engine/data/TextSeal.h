// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/Hdf5.h"

#include <string>

/// Text attributes lie in HDF5's "global heaps", the one part of a file in the latest format that
/// has no checksum, and the library crashes or loops on damaged ones. So data sets carry a checksum
/// of their heaps as a number, which is compared before any text is read. Private to dt_data.
namespace dt::h5 {

/// Adds the attributes text_end and text_checksum to the file at `path`. Call when all text is
/// written and as little else as possible: no more may follow, and all that is there is searched
/// whenever the file is opened. Messages name `target`, what the file is to become.
Status sealText(hid_t file, const std::string &path, const std::string &target);

/// A file without the attributes passes.
Status checkText(hid_t file, const std::string &path);

} // namespace dt::h5
