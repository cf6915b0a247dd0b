// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace dt {

/// An array of numbers with a name, as files hold the weights of a twin: row-major, without any
/// network library behind it. An empty shape is a single number.
struct NamedTensor
{
    std::string name;
    std::vector<std::int64_t> shape;
    std::variant<std::vector<float>, std::vector<std::int64_t>> values;

    bool operator==(const NamedTensor &) const = default;

    [[nodiscard]] std::size_t size() const
    {
        return std::visit([](const auto &v) { return v.size(); }, values);
    }
    [[nodiscard]] const std::vector<float> *floats() const
    {
        return std::get_if<std::vector<float>>(&values);
    }
    [[nodiscard]] const std::vector<std::int64_t> *integers() const
    {
        return std::get_if<std::vector<std::int64_t>>(&values);
    }
    /// Whether there are as many values as the shape says.
    [[nodiscard]] bool consistent() const
    {
        std::size_t items = 1;
        for (const std::int64_t n : shape) {
            if (n < 0
                || (n > 0
                    && items > std::numeric_limits<std::size_t>::max() / 2
                            / static_cast<std::size_t>(n)))
                return false;
            items *= static_cast<std::size_t>(n);
        }
        return items == size();
    }
};

} // namespace dt
