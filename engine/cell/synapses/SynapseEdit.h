// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Changes of a neuron's table of synapses, as pure functions on values: what the table, the
/// picture and the forms do inside Document::edit(). Items are indices into Neuron::synapses; those
/// that do not exist are ignored. Kinds and dendrites must exist; ranges are Validation.h's
/// business.

/// In the middle of a segment, to rounding.
bool isAtSegmentCentre(const Dendrite &dendrite, double x);

/// Adds synapses at the end of the table; returns their indices.
std::vector<int> addSynapses(Neuron &neuron, const std::vector<Synapse> &synapses);
/// To one place.
void moveSynapses(Neuron &neuron, std::span<const int> items, int dendrite, double x);
/// By a way along their own dendrites [um, away from the soma]; they stop at its ends.
void shiftSynapses(Neuron &neuron, std::span<const int> items, double um);
void snapSynapses(Neuron &neuron, std::span<const int> items);
void setSynapseKind(Neuron &neuron, std::span<const int> items, int kind);
void removeSynapses(Neuron &neuron, std::span<const int> items);
/// Every synapse of a kind.
void removeSynapsesOfKind(Neuron &neuron, int kind);

void setSynapseWeights(Neuron &neuron, std::span<const int> items, double weight);
/// Times a factor; weights stay at or below MaxSynapseWeight.
void scaleSynapseWeights(Neuron &neuron, std::span<const int> items, double factor);
/// Linear in the distance from the soma: `near` for the nearest of the items, `far` for the
/// farthest.
void setSynapseWeightsByDistance(Neuron &neuron, std::span<const int> items, double nearWeight,
                                 double farWeight);

/// Indices of all synapses of a kind.
std::vector<int> synapsesOfKind(const Neuron &neuron, int kind);

/// Puts back the table that the published data sets have: one excitatory and one inhibitory synapse
/// in the middle of every segment, of the first kind of each polarity. A polarity without a kind
/// gets the default one. Kinds that then have no synapse stay.
void setOnePairPerSegment(Neuron &neuron);

// Kinds.

/// Published kinetics that a kind can start from.
struct SynapseKindPreset
{
    std::string_view name; ///< of a kind made from it
    std::string_view title; ///< as in menus
    SynapseKind kind;
};
/// AMPA, NMDA (rodent), NMDA (human), GABA-A.
std::span<const SynapseKindPreset> synapseKindPresets();
/// Title of the preset that has these kinetics, else "Custom".
std::string_view kindPresetTitle(const SynapseKind &kind);

/// `wanted`, or with the first number behind it that no other kind's name has.
std::string freeKindName(const Neuron &neuron, const std::string &wanted);
/// Its name is made free first; returns its index.
int addKind(Neuron &neuron, SynapseKind kind);
/// Moves synapses to `moveTo`, or removes them if there is none, then the kind.
void removeKind(Neuron &neuron, int kind, std::optional<int> moveTo);

// Text, as copied to and pasted from other programs.

/// One line for each synapse after a header: kind, dendrite, x, weight, separated by tabs.
std::string synapsesToText(const Neuron &neuron, std::span<const int> items);
/// The same back, tabs or commas; weight may be missing (1), and so may the header. An error names
/// the line.
Result<std::vector<Synapse>> synapsesFromText(const Neuron &neuron, std::string_view text);

} // namespace dt
