// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/FreeName.h"

namespace dt {

std::string freeName(const std::string &wanted, std::string_view between,
                     const std::function<bool(const std::string &)> &taken)
{
    std::string name = wanted;
    for (int number = 2; taken(name); ++number)
        name = wanted + std::string(between) + std::to_string(number);
    return name;
}

} // namespace dt
