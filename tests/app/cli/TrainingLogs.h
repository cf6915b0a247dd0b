// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>

#include <set>
#include <string>
#include <vector>

namespace dt::test {

inline std::vector<nlohmann::json> linesOf(const QByteArray &log)
{
    std::vector<nlohmann::json> lines;
    for (const QByteArray &line : log.split('\n')) {
        if (!line.isEmpty())
            lines.push_back(nlohmann::json::parse(line.begin(), line.end(), nullptr, false));
    }
    return lines;
}

/// What must not depend on the time of day.
inline std::vector<nlohmann::json> withoutSeconds(std::vector<nlohmann::json> lines)
{
    for (nlohmann::json &line : lines)
        line.erase("seconds");
    return lines;
}

inline std::set<std::string> keysOf(const nlohmann::json &object)
{
    std::set<std::string> keys;
    for (const auto &[key, value] : object.items())
        keys.insert(key);
    return keys;
}

} // namespace dt::test
