// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/swc/Swc.h"

#include <algorithm>
#include <vector>

namespace dt::test {

/// Whether something of this kind was found in this line.
inline bool has(const std::vector<SwcIssue> &issues, SwcIssueKind kind, int line)
{
    return std::any_of(issues.begin(), issues.end(),
                       [&](const SwcIssue &i) { return i.kind == kind && i.line == line; });
}

} // namespace dt::test
