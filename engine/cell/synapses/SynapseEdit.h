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
/// that do not exist are ignored. Kinds and dendrites must exist; ranges are checked in
/// Validation.h.

/// Whether a place is the centre of a segment, apart from rounding.
bool isAtSegmentCentre(const Dendrite &dendrite, double x);

/// Adds synapses at the end of the table; returns their indices.
std::vector<int> addSynapses(Neuron &neuron, const std::vector<Synapse> &synapses);
/// Moves all these synapses to one place.
void moveSynapses(Neuron &neuron, std::span<const int> items, int dendrite, double x);
/// Shifts synapses along their own dendrites [um, positive away from the soma]; they stop at the
/// ends.
void shiftSynapses(Neuron &neuron, std::span<const int> items, double um);
void snapSynapses(Neuron &neuron, std::span<const int> items);
void setSynapseKind(Neuron &neuron, std::span<const int> items, int kind);
void removeSynapses(Neuron &neuron, std::span<const int> items);
/// Removes every synapse of a kind.
void removeSynapsesOfKind(Neuron &neuron, int kind);

void setSynapseWeights(Neuron &neuron, std::span<const int> items, double weight);
/// Multiplies weights by a factor; they stay at or below MaxSynapseWeight.
void scaleSynapseWeights(Neuron &neuron, std::span<const int> items, double factor);
/// Makes weights linear in the distance from the soma: `nearWeight` for the nearest of the items,
/// `farWeight` for the farthest.
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
    std::string_view name; ///< name of a kind made from it
    std::string_view title; ///< as in menus
    SynapseKind kind;
};
/// AMPA, NMDA (rodent), NMDA (human), GABA-A.
std::span<const SynapseKindPreset> synapseKindPresets();
/// Title of the preset that has these kinetics, else "Custom".
std::string_view kindPresetTitle(const SynapseKind &kind);

/// A name that no kind has: `wanted` itself, or `wanted` with the first number behind it that makes
/// it free.
std::string freeKindName(const Neuron &neuron, const std::string &wanted);
/// Adds a kind and returns its index; its name is made free first.
int addKind(Neuron &neuron, SynapseKind kind);
/// Moves synapses to `moveTo`, or removes them if there is none, then the kind.
void removeKind(Neuron &neuron, int kind, std::optional<int> moveTo);

// Text, as copied to and pasted from other programs.

/// One line for each synapse after a header: kind, dendrite, x, weight, separated by tabs.
std::string synapsesToText(const Neuron &neuron, std::span<const int> items);
/// Reads such text back, separated by tabs or commas. The weight may be missing (it is 1 then), and
/// so may the header. An error names the line.
Result<std::vector<Synapse>> synapsesFromText(const Neuron &neuron, std::string_view text);

} // namespace dt
