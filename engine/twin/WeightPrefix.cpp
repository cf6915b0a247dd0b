// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/WeightPrefix.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace dt {

namespace {

/// Every prefix under which all expected names are there.
std::vector<std::string> prefixesOf(const std::vector<NamedTensor> &weights,
                                    const std::vector<std::string> &expected)
{
    std::set<std::string_view> names;
    for (const NamedTensor &tensor : weights)
        names.insert(tensor.name);
    std::vector<std::string> prefixes;
    if (expected.empty())
        return prefixes;
    const std::string &first = expected.front();
    for (const std::string_view name : names) {
        if (!name.ends_with(first))
            continue;
        const std::string prefix(name.substr(0, name.size() - first.size()));
        const bool whole = prefix.empty() || prefix.back() == '.';
        if (whole && std::all_of(expected.begin(), expected.end(), [&](const std::string &e) {
                return names.count(prefix + e) > 0;
            }))
            prefixes.push_back(prefix);
    }
    return prefixes;
}

/// The usual words before all names.
std::string usualPrefix(const std::vector<NamedTensor> &weights)
{
    constexpr std::array<std::string_view, 5> Words{"module.", "_orig_mod.", "model.", "net.",
                                                    "network."};
    std::string prefix;
    for (bool more = !weights.empty(); more;) {
        more = false;
        for (const std::string_view word : Words) {
            const std::string longer = prefix + std::string(word);
            if (!more && std::all_of(weights.begin(), weights.end(), [&](const NamedTensor &t) {
                    return t.name.starts_with(longer);
                })) {
                prefix = longer;
                more = true;
            }
        }
    }
    return prefix;
}

} // namespace

Result<PlainWeights> plainWeights(std::vector<NamedTensor> weights,
                                  const std::vector<std::string> &expected)
{
    const std::vector<std::string> prefixes = prefixesOf(weights, expected);
    PlainWeights plain;
    if (prefixes.size() > 1 && !prefixes.front().empty()) {
        std::string list;
        for (const std::string &prefix : prefixes)
            list += (list.empty() ? "'" : "', '") + prefix;
        return Error{ErrorCode::InvalidValue,
                     "There are several networks with these weights: under " + list
                         + "'. Save a file with the one that is meant.",
                     "weights"};
    }
    plain.prefix = prefixes.empty() ? usualPrefix(weights) : prefixes.front();
    for (NamedTensor &tensor : weights) {
        if (!tensor.name.starts_with(plain.prefix)) {
            plain.leftOut.push_back(tensor.name);
            continue;
        }
        tensor.name.erase(0, plain.prefix.size());
        plain.weights.push_back(std::move(tensor));
    }
    return plain;
}

} // namespace dt
