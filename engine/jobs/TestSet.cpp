// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TestSet.h"

#include "engine/data/Checksum.h"
#include "engine/json/DatasetJson.h"

namespace dt {

namespace {

constexpr int Simulations = 12;
constexpr int DurationMs = 4096; ///< longer than any preset sees, with room for many windows
constexpr std::uint64_t Seed = 20'261'201;

} // namespace

DatasetPlan testSetPlan(const Neuron &neuron, bool filtered)
{
    DatasetPlan plan;
    plan.neuron = neuron;
    plan.wanted = {0, 0, Simulations};
    plan.durationMs = DurationMs;
    plan.seed = Seed;
    if (!filtered)
        plan.filter.clear();
    return plan;
}

std::string testSetName(const DatasetPlan &plan)
{
    Checksum sum;
    sum.add(std::string_view(planText(plan)));
    return "test-" + sum.text() + ".h5";
}

} // namespace dt
