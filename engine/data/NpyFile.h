// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>
#include <vector>

namespace dt {

/// One array in NumPy's .npy format, little-endian, C order.
struct NpyArray
{
    std::string type; ///< NumPy's name: <f2, <f4, |b1, ...
    std::vector<std::size_t> shape;
    std::vector<char> bytes;
};

/// Reads a file whose type must be `type`; its shape may be any. Another type, Fortran order, a
/// file cut short or one of another format is an Error that says so.
Result<NpyArray> readNpy(const std::string &path, const std::string &type);

/// The bytes that numpy.save() would write, e.g. for a member of an .npz archive.
std::string npyBytes(const std::string &type, const std::vector<std::size_t> &shape,
                     const void *bytes, std::size_t count);

/// Writes the same bytes as numpy.save().
Status writeNpy(const std::string &path, const std::string &type,
                const std::vector<std::size_t> &shape, const void *bytes, std::size_t count);

} // namespace dt
