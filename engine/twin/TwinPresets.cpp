// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/NetworkKind.h"

#include <algorithm>

namespace dt {

namespace {

const std::vector<NetworkPreset> &rows()
{
    static const std::vector<NetworkPreset> Rows = [] {
        std::vector<NetworkPreset> rows;
        for (const NetworkKind *kind : networkKinds()) {
            for (const NetworkPreset &preset : kind->presets())
                rows.push_back(preset);
        }
        return rows;
    }();
    return Rows;
}

} // namespace

const std::vector<TwinPreset> &twinPresets()
{
    static const std::vector<TwinPreset> Presets = [] {
        std::vector<TwinPreset> presets;
        for (const NetworkPreset &row : rows())
            presets.push_back(row.preset);
        return presets;
    }();
    return Presets;
}

std::string twinTitle(const TwinSpec &spec)
{
    for (const NetworkPreset &row : rows()) {
        if (row.network == spec.network)
            return std::string(row.preset.title);
    }
    return shortName(spec);
}

Result<TwinSpec> presetTwin(std::string_view name, int segments)
{
    const auto row = std::find_if(rows().begin(), rows().end(),
                                  [&](const NetworkPreset &r) { return r.preset.name == name; });
    if (row == rows().end()) {
        std::string names;
        for (const NetworkPreset &r : rows())
            names += (names.empty() ? "" : ", ") + std::string(r.preset.name);
        return Error{ErrorCode::NotFound,
                     "There is no twin preset named '" + std::string(name) + "'. There are " + names
                         + ".",
                     std::string(name)};
    }
    TwinSpec spec;
    spec.segments = segments;
    spec.dendHeads = segments;
    spec.network = row->network;
    if (const Status valid = validateTwin(spec); !valid)
        return valid.error();
    return spec;
}

} // namespace dt
