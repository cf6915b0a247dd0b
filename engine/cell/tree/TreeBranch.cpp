// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/tree/TreeEdit.h"

#include "engine/base/FreeName.h"
#include "engine/base/Index.h"
#include "engine/cell/Names.h"

#include <algorithm>

namespace dt {

namespace {

std::string counted(int count, const std::string &one, const std::string &many)
{
    return count == 1 ? one : std::to_string(count) + " " + many;
}

} // namespace

std::string EditOutcome::sentence() const
{
    std::vector<std::string> lost;
    if (removedSynapses > 0)
        lost.push_back(counted(removedSynapses, "a synapse", "synapses"));
    if (removedEvents > 0)
        lost.push_back(counted(removedEvents, "a painted event", "painted events"));
    if (removedElectrodes > 0)
        lost.push_back(counted(removedElectrodes, "an electrode", "electrodes"));
    std::string text;
    if (removedDendrites > 0)
        text = "Removed " + counted(removedDendrites, "a dendrite", "dendrites");
    for (std::size_t i = 0; i < lost.size(); ++i) {
        text += i > 0      ? (i + 1 == lost.size() ? " and " : ", ")
            : text.empty() ? "Removed "
                           : " with ";
        text += lost[i];
    }
    if (!text.empty())
        text += ". Undo brings it back.";
    if (!note.empty())
        text += (text.empty() ? "" : " ") + note;
    return text;
}

std::string freeDendriteName(const Neuron &neuron, const std::string &wish)
{
    const auto taken = [&](const std::string &name) {
        return name == "soma" || dendriteNamed(neuron, name);
    };
    if (!taken(wish) && !wish.empty())
        return wish;
    std::string stem = wish;
    const auto digits = stem.find_last_not_of("0123456789");
    if (digits != std::string::npos && digits + 1 < stem.size() && stem[digits] == '_'
        && digits > 0)
        stem.resize(digits);
    if (stem.empty())
        stem = "dend";
    // A copy is numbered even when the first of its name is gone.
    return freeName(stem, "_",
                    [&](const std::string &name) { return name == stem || taken(name); });
}

std::vector<int> childrenAtEnd(const Neuron &neuron, int dendrite)
{
    std::vector<int> children;
    for (int i = 0; i < static_cast<int>(neuron.dendrites.size()); ++i) {
        if (neuron.dendrites[at(i)].parent == dendrite && neuron.dendrites[at(i)].parentX == 1.0)
            children.push_back(i);
    }
    return children;
}

bool isPartOfBranch(const Neuron &neuron, int dendrite, int branch)
{
    while (dendrite > branch) // parents come first
        dendrite = neuron.dendrites[at(dendrite)].parent;
    return dendrite == branch;
}

std::vector<int> branchOf(const Neuron &neuron, int dendrite)
{
    std::vector<bool> inside(neuron.dendrites.size(), false);
    std::vector<int> branch;
    for (int i = dendrite; i < static_cast<int>(neuron.dendrites.size()); ++i) {
        const int parent = neuron.dendrites[at(i)].parent;
        inside[at(i)] = i == dendrite || (parent != SomaIndex && inside[at(parent)]);
        if (inside[at(i)])
            branch.push_back(i);
    }
    return branch;
}

} // namespace dt
