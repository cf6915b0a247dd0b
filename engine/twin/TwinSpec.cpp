// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinSpec.h"

#include "engine/twin/NetworkKind.h"
#include "engine/twin/NetworkParts.h"

#include <algorithm>
#include <cctype>
#include <limits>

namespace dt {

namespace {

std::int64_t headParameters(const TwinSpec &spec)
{
    return (4 + std::int64_t{spec.dendHeads}) * (std::int64_t{backboneWidth(spec)} + 1);
}

} // namespace

std::string_view architectureName(Architecture architecture)
{
    return kindOf(architecture).name();
}

Result<Architecture> architectureFromName(std::string_view name)
{
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a))
            == std::tolower(static_cast<unsigned char>(b));
    };
    for (const NetworkKind *kind : networkKinds()) {
        const std::string_view known = kind->name();
        if (std::equal(name.begin(), name.end(), known.begin(), known.end(), same))
            return kind->architecture();
    }
    return Error{ErrorCode::NotFound,
                 "There is no architecture named '" + std::string(name) + "'. Use " + networkNames()
                     + ".",
                 "arch"};
}

ParameterCount parameterCount(const TwinSpec &spec)
{
    ParameterCount count = kindOf(spec).parameters(spec);
    count.total += headParameters(spec);
    count.trainable += headParameters(spec);
    return count;
}

int receptiveFieldMs(const TwinSpec &spec)
{
    // Specs from files can ask for more than an int holds, and are refused for it.
    return static_cast<int>(std::min<std::int64_t>(kindOf(spec).receptiveFieldMs(spec),
                                                   std::numeric_limits<int>::max()));
}

int backboneWidth(const TwinSpec &spec)
{
    return kindOf(spec).width(spec);
}

std::string shortName(const TwinSpec &spec)
{
    const auto count = static_cast<double>(parameterCount(spec).total);
    return kindOf(spec).shortName(spec) + "_params_"
        + (count >= 1.0e7 ? wholeNumber(count / 1.0e6) + "M" : wholeNumber(count / 1.0e3) + "K");
}

TwinWindows defaultWindows(Architecture architecture)
{
    return kindOf(architecture).windows();
}

} // namespace dt
