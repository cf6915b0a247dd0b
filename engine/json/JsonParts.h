// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/json/JsonReader.h"
#include "engine/json/NeuronJson.h"

#include <optional>
#include <string>
#include <vector>

namespace dt {

/// What the readers of neurons and stimuli share. Private to engine/json.

inline const char *polarityName(Polarity polarity)
{
    return polarity == Polarity::Excitatory ? "excitatory" : "inhibitory";
}

/// Calls a function for every member of an array; it returns an error or nothing.
template <typename Function>
std::optional<Error> forEach(JsonReader &reader, const char *key, Function function)
{
    const Json *array = reader.find(key);
    if (!array)
        return reader.error();
    if (!array->is_array()) {
        reader.fail(key, "is not a list");
        return reader.error();
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (std::optional<Error> error = function((*array)[i], i))
            return error;
    }
    return std::nullopt;
}

template <typename Function>
std::optional<Error> readObject(JsonReader &outer, const char *key, const std::string &place,
                                Function function)
{
    const Json *object = outer.find(key);
    if (!object)
        return outer.error();
    JsonReader reader(*object, place, std::string("'") + key + "'");
    function(reader);
    return reader.error();
}

} // namespace dt
