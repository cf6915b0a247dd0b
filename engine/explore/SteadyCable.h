// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Places.h"

#include <vector>

namespace dt {

/// Steady state of the passive dendrites with a soma as their load: cable theory to compare with,
/// not a simulation. Every dendrite is a chain of short pieces, each solved exactly (Rall's cosh
/// and sinh), so a cylinder is exact however it is cut; frusta are pieces of growing or shrinking
/// diameter. Ends are sealed. Values; any thread.
class SteadyCable
{
public:
    enum class Cut {
        Fine, ///< as good as exact
        Segments, ///< one voltage a segment, as the simulation has it
    };

    /// `somaUs`: conductance of the soma's own membrane [uS]. For a passive soma that is its leak
    /// (passiveSomaUs()); with channels, whatever it was measured to be.
    SteadyCable(const Neuron &neuron, double somaUs, Cut cut = Cut::Fine);

    /// Change of voltage [mV] at each of the places `at` when `currentNa` [nA] flows in at `from`.
    [[nodiscard]] std::vector<double> response(const Place &from, double currentNa,
                                               const std::vector<Place> &at) const;

    /// Input conductance of all dendrites together, seen from the soma [uS].
    [[nodiscard]] double dendritesUs() const;

private:
    struct Node
    {
        int parent = -1; ///< 0 is the soma; parents come first
        double selfUs = 0.0; ///< sum of the admittances of its own pieces
        double pathUs = 0.0; ///< conductance between it and its parent
    };
    void addFine(const Neuron &neuron, const Dendrite &dendrite);
    void addSegments(const Neuron &neuron, const Dendrite &dendrite);
    /// The node at which a dendrite begins.
    [[nodiscard]] std::size_t startOf(const Neuron &neuron, const Dendrite &dendrite,
                                      Cut cut) const;
    [[nodiscard]] std::vector<double> solve(std::size_t node, double currentNa) const;
    /// The node nearest to a place.
    [[nodiscard]] std::size_t nodeAt(const Place &place) const;

    std::vector<Node> m_nodes;
    std::vector<std::vector<std::size_t>>
        m_along; ///< node at each cut of each dendrite, from x = 0
    std::vector<std::vector<double>> m_cuts; ///< position x (0 to 1) of each cut
    double m_somaUs = 0.0;
};

/// Leak of the soma's membrane [uS].
double passiveSomaUs(const Neuron &neuron);

/// Input resistance at the soma with its channels closed [megohm]: leak of the soma and all
/// dendrites. Channels that are open at rest lower it.
double passiveInputMohm(const Neuron &neuron);

} // namespace dt
