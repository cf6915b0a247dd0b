// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/NetworkKind.h"

#include "engine/base/Words.h"
#include "engine/twin/TwinChecker.h"

#include <utility>

namespace dt {

void NetworkKind::check(TwinChecker &check, const TwinSpec &spec) const
{
    TwinNetworkConfig config = spec.network;
    check.fields(fields(config));
}

int NetworkKind::longestMemoryMs(const TwinSpec &spec) const
{
    return static_cast<int>(receptiveFieldMs(spec));
}

int NetworkKind::settledMs(const TwinSpec &spec) const
{
    return static_cast<int>(receptiveFieldMs(spec));
}

const NetworkKinds &networkKinds()
{
    static const NetworkKinds Kinds = []<std::size_t... I>(std::index_sequence<I...>)
    {
        return NetworkKinds{&networkKind<std::variant_alternative_t<I, TwinNetworkConfig>>()...};
    }
    (std::make_index_sequence<std::tuple_size_v<NetworkKinds>>{});
    return Kinds;
}

const NetworkKind &kindOf(Architecture architecture)
{
    return *networkKinds()[static_cast<std::size_t>(architecture)];
}

const NetworkKind &kindOf(const TwinSpec &spec)
{
    return kindOf(spec.architecture());
}

std::string networkNames()
{
    std::vector<std::string_view> names;
    for (const NetworkKind *kind : networkKinds())
        names.push_back(kind->name());
    return listedWithOr(names);
}

} // namespace dt
