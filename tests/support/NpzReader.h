// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace dt::test {

/// One array of a .npz file, C order. Floats of 4 or 8 bytes are in `floats`, integers of 8 bytes
/// in `integers`.
struct NpzArray
{
    std::vector<std::int64_t> shape; ///< empty for a scalar
    std::string type; ///< NumPy's name of it: "<f4", "<f8" or "<i8"; "<U..." without values
    std::vector<double> floats;
    std::vector<std::int64_t> integers;
};

/// All arrays of an uncompressed (np.savez) file by name, without ".npy". Sizes and offsets come
/// from the zip's central directory: NumPy's local headers are zip64 ones.
Result<std::map<std::string, NpzArray>> readNpz(const std::string &path);

} // namespace dt::test
