// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

enum class StorageType { Float32, Float64, Float16, Int64 };

/// A tensor as a view of a storage, as a pickle describes it; nothing is checked against the
/// storage's real size.
struct PickledTensor
{
    std::string name;
    std::string storage; ///< its key
    StorageType type = StorageType::Float32;
    std::int64_t storageItems = 0;
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> stride;
};

/// Reads the data.pkl of a PyTorch file that holds a dict or OrderedDict of tensors, or one that
/// has such a dict as its member model_state_dict. Only the few instructions that such files are
/// made of are known; nothing is ever looked up or called: a pickle that asks for anything else is
/// refused by name. Time and memory are bounded by the pickle's length. The error is the end of a
/// sentence.
Result<std::vector<PickledTensor>> unpickleTensors(std::string_view pickle);

} // namespace dt
