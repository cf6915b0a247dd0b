// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SteadyCable.h"

#include "engine/cell/Cable.h"
#include "engine/cell/LambdaRule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dt {

namespace {

/// Pieces of a dendrite: so short that a place lies within 0.25 % of a length constant of a cut.
constexpr double PieceLambda = 0.005;
constexpr double MostPieces = 4000.0;
/// Diameters taken along half a segment of a drawn dendrite.
constexpr int SamplesPerHalf = 8;

/// Diameter of a dendrite at x: along its points, if it has any.
double diameterAt(const Dendrite &dendrite, double x)
{
    if (dendrite.points.size() < 2)
        return dendrite.diamUm;
    const double wanted = x * dendrite.lengthUm;
    double reached = 0.0;
    for (std::size_t i = 0; i + 1 < dendrite.points.size(); ++i) {
        const Point3 &a = dendrite.points[i];
        const Point3 &b = dendrite.points[i + 1];
        const double length = std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
        if (reached + length >= wanted && length > 0.0)
            return a.diam + (b.diam - a.diam) * (wanted - reached) / length;
        reached += length;
    }
    return dendrite.points.back().diam;
}

} // namespace

double passiveSomaUs(const Neuron &neuron)
{
    // S/cm2 x um2 = 1e-8 S = 1e-2 uS
    return neuron.membrane.somaLeakSPerCm2
        * lateralAreaUm2(neuron.soma.lengthUm, neuron.soma.diamUm) * 1.0e-2;
}

SteadyCable::SteadyCable(const Neuron &neuron, double somaUs, Cut cut) : m_somaUs(somaUs)
{
    m_nodes.push_back({});
    for (const Dendrite &dendrite : neuron.dendrites) {
        m_along.push_back({startOf(neuron, dendrite, cut)});
        m_cuts.push_back({0.0});
        if (cut == Cut::Segments)
            addSegments(neuron, dendrite);
        else
            addFine(neuron, dendrite);
    }
}

std::size_t SteadyCable::startOf(const Neuron &neuron, const Dendrite &dendrite, Cut cut) const
{
    if (dendrite.parent == SomaIndex)
        return 0;
    double x = dendrite.parentX;
    // Between its ends a section has no other voltages than those of its segments.
    if (cut == Cut::Segments && x > 0.0 && x < 1.0)
        x = simulatedX(neuron, dendrite.parent, x);
    return nodeAt({dendrite.parent, x});
}

void SteadyCable::addFine(const Neuron &neuron, const Dendrite &dendrite)
{
    const double lambdas = lengthInLambda(dendrite, neuron.membrane);
    const double wanted = std::clamp(std::ceil(lambdas / PieceLambda), 20.0, MostPieces);
    // The middles of segments are cuts.
    const double halves = 2.0 * dendrite.segments;
    const auto pieces = static_cast<std::size_t>(std::ceil(wanted / halves) * halves);
    std::size_t last = m_along.back().back();
    const double pieceUm = dendrite.lengthUm / static_cast<double>(pieces);
    for (std::size_t i = 0; i < pieces; ++i) {
        const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(pieces);
        const double diam = diameterAt(dendrite, middle);
        const double pieceLambda = lengthConstantUm(diam, neuron.membrane);
        const double share = pieceUm / pieceLambda;
        // The conductance of an endless cylinder: pi d lambda / Rm, um2/(ohm cm2) = 1e-8 S = 1e-2
        // uS.
        const double endlessUs =
            std::numbers::pi * diam * pieceLambda / neuron.membrane.rmOhmCm2 * 1.0e-2;
        Node node;
        node.parent = static_cast<int>(last);
        node.selfUs = endlessUs / std::tanh(share);
        node.pathUs = endlessUs / std::sinh(share);
        m_nodes[last].selfUs += node.selfUs;
        m_nodes.push_back(node);
        last = m_nodes.size() - 1;
        m_along.back().push_back(last);
        m_cuts.back().push_back(static_cast<double>(i + 1) / static_cast<double>(pieces));
    }
}

// Half segments: the membrane of both is at the middle, where they meet.
void SteadyCable::addSegments(const Neuron &neuron, const Dendrite &dendrite)
{
    const int halves = 2 * dendrite.segments;
    const double halfUm = dendrite.lengthUm / halves;
    const int samples = dendrite.points.size() < 2 ? 1 : SamplesPerHalf;
    for (int i = 0; i < halves; ++i) {
        double leakUs = 0.0;
        double megohm = 0.0;
        for (int k = 0; k < samples; ++k) {
            const double diam = diameterAt(dendrite, (i + (k + 0.5) / samples) / halves);
            const double um = halfUm / samples;
            leakUs += std::numbers::pi * diam * um / neuron.membrane.rmOhmCm2 * 1.0e-2;
            // ohm cm um / um2 = 1e4 ohm = 1e-2 megohm
            megohm +=
                neuron.membrane.raOhmCm * um * 4.0 / (std::numbers::pi * diam * diam) * 1.0e-2;
        }
        const std::size_t last = m_along.back().back();
        Node node;
        node.parent = static_cast<int>(last);
        node.pathUs = 1.0 / megohm;
        node.selfUs = node.pathUs;
        m_nodes[last].selfUs += node.pathUs;
        m_nodes.push_back(node);
        // The middle is behind the first half and before the second.
        m_nodes[i % 2 == 0 ? m_nodes.size() - 1 : last].selfUs += leakUs;
        m_along.back().push_back(m_nodes.size() - 1);
        m_cuts.back().push_back(static_cast<double>(i + 1) / halves);
    }
}

std::size_t SteadyCable::nodeAt(const Place &place) const
{
    if (place.isSoma())
        return 0;
    const auto d = static_cast<std::size_t>(place.dendrite);
    const double pieces = static_cast<double>(m_along[d].size() - 1);
    const auto i = static_cast<std::size_t>(std::lround(std::clamp(place.x, 0.0, 1.0) * pieces));
    return m_along[d][i];
}

std::vector<double> SteadyCable::solve(std::size_t node, double currentNa) const
{
    // Gaussian elimination on a tree: leaves first, then back.
    std::vector<double> diagonal(m_nodes.size());
    std::vector<double> mv(m_nodes.size(), 0.0);
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        diagonal[i] = m_nodes[i].selfUs;
    diagonal[0] += m_somaUs;
    mv[node] = currentNa;
    for (std::size_t i = m_nodes.size() - 1; i > 0; --i) {
        const auto parent = static_cast<std::size_t>(m_nodes[i].parent);
        const double factor = m_nodes[i].pathUs / diagonal[i];
        diagonal[parent] -= factor * m_nodes[i].pathUs;
        mv[parent] += factor * mv[i];
    }
    mv[0] /= diagonal[0]; // nA / uS = mV
    for (std::size_t i = 1; i < m_nodes.size(); ++i)
        mv[i] = (mv[i] + m_nodes[i].pathUs * mv[static_cast<std::size_t>(m_nodes[i].parent)])
            / diagonal[i];
    return mv;
}

std::vector<double> SteadyCable::response(const Place &from, double currentNa,
                                          const std::vector<Place> &at) const
{
    const std::vector<double> mv = solve(nodeAt(from), currentNa);
    std::vector<double> result;
    for (const Place &place : at) {
        if (place.isSoma()) {
            result.push_back(mv[0]);
            continue;
        }
        // Between two cuts a straight line is as good as the exact curve.
        const auto d = static_cast<std::size_t>(place.dendrite);
        const double pieces = static_cast<double>(m_along[d].size() - 1);
        const double where = std::clamp(place.x, 0.0, 1.0) * pieces;
        const auto i = static_cast<std::size_t>(std::min(std::floor(where), pieces - 1.0));
        const double part = where - static_cast<double>(i);
        result.push_back(mv[m_along[d][i]] * (1.0 - part) + mv[m_along[d][i + 1]] * part);
    }
    return result;
}

double SteadyCable::dendritesUs() const
{
    const double mv = solve(0, 1.0)[0];
    return 1.0 / mv - m_somaUs;
}

double passiveInputMohm(const Neuron &neuron)
{
    const SteadyCable cable(neuron, passiveSomaUs(neuron));
    return cable.response({}, 1.0, {{}}).front(); // mV / nA
}

} // namespace dt
