// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/Hdf5.h"

#include <string>

/// Text attributes lie in HDF5's "global heaps", the one part of a file in the latest format that
/// has no checksum, and the library crashes or loops on damaged ones. So data sets carry a checksum
/// of their heaps as a number, which is compared before any text is read. Private to dt_data.
namespace dt::h5 {

/// Adds the attributes text_end and text_checksum to the file at `path`. Call this when all text is
/// written, because no more may follow, and before the bulk of the file, because all that lies
/// before it is searched whenever the file is opened. Messages name `target`, the name that the
/// file will get.
Status sealText(hid_t file, const std::string &path, const std::string &target);

/// Refuses a file whose text changed since. A file without the attributes passes.
Status checkText(hid_t file, const std::string &path);

} // namespace dt::h5
