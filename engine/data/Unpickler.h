// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

enum class StorageType {
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Bool,
    Other ///< complex numbers and the like
};

/// A tensor as a view of a storage, as a pickle describes it. Its numbers are not checked against
/// the storage's real size.
struct PickledTensor
{
    std::string name;
    std::string storage; ///< key of the storage
    StorageType type = StorageType::Float32;
    std::string typeName; ///< as the pickle has it: "torch FloatStorage"
    std::int64_t storageItems = 0;
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> stride;
};

/// Reads the data.pkl of a PyTorch file that holds a dict or OrderedDict of tensors, or a
/// checkpoint with such a dict: model_state_dict, state_dict, model and the like, or the only dict
/// of tensors that is there. Whatever stands beside it is ignored. Nothing is ever looked up or
/// called. The Error's message is the end of a sentence.
Result<std::vector<PickledTensor>> unpickleTensors(std::string_view pickle);

} // namespace dt
