// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/document/Document.h"

#include <functional>

namespace dt::test {

/// Edits of a project, for Document::edit().
using Change = std::function<void(Project &)>;

inline Change length(double um)
{
    return [um](Project &p) { p.neuron.dendrites[0].lengthUm = um; };
}

inline Change segments(int n)
{
    return [n](Project &p) { setSegments(p.neuron, 0, n); };
}

inline Change duration(int ms)
{
    return [ms](Project &p) { p.stimulus.durationMs = ms; };
}

} // namespace dt::test
