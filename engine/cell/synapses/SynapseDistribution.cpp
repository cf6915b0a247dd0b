// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/synapses/SynapseDistribution.h"

#include "engine/base/NumberText.h"
#include "engine/base/Random.h"
#include "engine/base/Words.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Validation.h"
#include "engine/cell/synapses/SynapseEdit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace dt {

namespace {

/// With a gradient over frusta the density is not linear; in pieces as short as this it may pass
/// for it.
constexpr int PiecesOfAFrustum = 8;

/// A stretch of a dendrite over which the density goes linearly from `near` to `far`.
struct Piece
{
    int dendrite = 0;
    double fromUm = 0.0; ///< along the dendrite
    double lengthUm = 0.0;
    double near = 1.0; ///< [1/um], not scaled yet
    double far = 1.0;
    [[nodiscard]] double amount() const { return lengthUm * (near + far) / 2.0; }
};

/// Lateral membrane of a dendrite per um of it, as pieces (from, length, at from, at to).
struct AreaPiece
{
    double fromUm;
    double lengthUm;
    double near;
    double far;
};

std::vector<AreaPiece> membraneAlong(const Dendrite &d, bool byArea)
{
    if (!byArea)
        return {{0.0, d.lengthUm, 1.0, 1.0}};
    if (d.points.size() < 2)
        return {{0.0, d.lengthUm, std::numbers::pi * d.diamUm, std::numbers::pi * d.diamUm}};
    std::vector<AreaPiece> all;
    double along = 0.0;
    for (std::size_t i = 1; i < d.points.size(); ++i) {
        const Point3 &a = d.points[i - 1];
        const Point3 &b = d.points[i];
        const double length = std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
        if (!(length > 0.0))
            continue; // a ring has membrane but no length to put a synapse on
        // A cone's side is longer than its axis.
        const double slope = std::hypot(1.0, (b.diam - a.diam) / 2.0 / length);
        const double factor = std::numbers::pi * slope;
        for (int k = 0; k < PiecesOfAFrustum; ++k) {
            const auto diam = [&](int at) {
                return a.diam + (b.diam - a.diam) * at / PiecesOfAFrustum;
            };
            all.push_back({along + length * k / PiecesOfAFrustum, length / PiecesOfAFrustum,
                           factor * diam(k), factor * diam(k + 1)});
        }
        along += length;
    }
    return all;
}

Error refuse(const std::string &sentence)
{
    return {ErrorCode::InvalidValue, sentence, "distribute"};
}

bool inside(double value, double lo, double hi)
{
    return value >= lo && value <= hi; // false for NaN
}

/// From the start of a piece to where it holds `amount` [um].
double lengthFor(const Piece &piece, double amount)
{
    if (!(piece.lengthUm > 0.0))
        return 0.0;
    const double k = (piece.far - piece.near) / piece.lengthUm;
    const double root =
        piece.near + std::sqrt(std::max(0.0, piece.near * piece.near + 2.0 * k * amount));
    return root > 0.0 ? std::min(piece.lengthUm, 2.0 * amount / root) : 0.0;
}

} // namespace

Result<std::vector<Synapse>> distributedSynapses(const Neuron &neuron, const Distribution &wanted)
{
    const int dendrites = static_cast<int>(neuron.dendrites.size());
    if (wanted.kind < 0 || wanted.kind >= static_cast<int>(neuron.synapseKinds.size()))
        return refuse("Choose a kind of synapse that the neuron has.");
    if (!inside(wanted.weight, 0.0, MaxSynapseWeight))
        return refuse("A weight of " + formatNumber(wanted.weight)
                      + " is outside the range of 0 to " + formatNumber(MaxSynapseWeight) + ".");
    if (!inside(wanted.gradient, 0.0, 1000.0))
        return refuse("A gradient of " + formatNumber(wanted.gradient)
                      + " is outside the range of 0 to 1000.");
    if (!(wanted.fromUm >= 0.0) || !(wanted.toUm > wanted.fromUm))
        return refuse("The stretch from " + rounded(wanted.fromUm) + " to " + rounded(wanted.toUm)
                      + " um is empty. Its end must lie behind its start.");

    std::vector<int> chosen;
    std::vector<double> ends(neuron.dendrites.size(), 1.0); // of each dendrite what is meant, 0..1
    DendritePath way;
    switch (wanted.where) {
    case Distribution::Where::WholeCell:
        for (int d = 0; d < dendrites; ++d)
            chosen.push_back(d);
        break;
    case Distribution::Where::Dendrites:
        chosen = wanted.dendrites;
        std::sort(chosen.begin(), chosen.end());
        chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
        if (chosen.empty())
            return refuse("No dendrite is selected. Select one or more in the picture, or "
                          "choose the whole cell.");
        break;
    case Distribution::Where::Path:
        way = pathTo(neuron, wanted.tip);
        for (const DendritePath::Piece &piece : way.pieces()) {
            chosen.push_back(piece.dendrite);
            ends[static_cast<std::size_t>(piece.dendrite)] = piece.toX;
        }
        break;
    }
    for (const int d : chosen) {
        if (d < 0 || d >= dendrites)
            return refuse("A chosen dendrite does not exist any more. Choose again.");
    }

    const bool byArea = wanted.amount == Distribution::Amount::PerUm2;
    const std::vector<double> starts = dendriteStartsUm(neuron);
    std::vector<Piece> pieces;
    double nearest = std::numeric_limits<double>::infinity();
    double farthest = 0.0;
    for (const int d : chosen) {
        const auto index = static_cast<std::size_t>(d);
        const double toUm =
            std::min(wanted.toUm - starts[index], ends[index] * neuron.dendrites[index].lengthUm);
        for (const AreaPiece &m : membraneAlong(neuron.dendrites[index], byArea)) {
            const double from =
                std::clamp(wanted.fromUm - starts[index], m.fromUm, m.fromUm + m.lengthUm);
            const double to = std::clamp(toUm, m.fromUm, m.fromUm + m.lengthUm);
            if (!(to > from))
                continue;
            const auto at = [&](double along) {
                return m.near + (m.far - m.near) * (along - m.fromUm) / m.lengthUm;
            };
            pieces.push_back({d, from, to - from, at(from), at(to)});
            nearest = std::min(nearest, starts[index] + from);
            farthest = std::max(farthest, starts[index] + to);
        }
    }
    if (pieces.empty())
        return refuse("There is no dendrite between " + rounded(wanted.fromUm) + " and "
                      + rounded(wanted.toUm) + " um from the soma. Widen the stretch.");

    // The gradient: a factor of distance with 1 in the middle of the stretch.
    if (wanted.gradient != 1.0 && farthest > nearest) {
        const double slope = 2.0 * (wanted.gradient - 1.0) / (wanted.gradient + 1.0);
        const auto factor = [&](double um) {
            return std::max(0.0, 1.0 + slope * ((um - nearest) / (farthest - nearest) - 0.5));
        };
        for (Piece &p : pieces) {
            const double from = starts[static_cast<std::size_t>(p.dendrite)] + p.fromUm;
            p.near *= factor(from);
            p.far *= factor(from + p.lengthUm);
        }
    }

    std::vector<double> until; // sum of amounts up to the end of each piece
    double total = 0.0;
    for (const Piece &p : pieces)
        until.push_back(total += p.amount());
    double number = wanted.count;
    if (wanted.amount != Distribution::Amount::Count) {
        if (!inside(wanted.density, 0.0, 1.0e6))
            return refuse("A density of " + formatNumber(wanted.density)
                          + " is outside the range of 0 to 1000000.");
        number = std::round(wanted.density * total);
    }
    const double most =
        static_cast<double>(MaxSynapses) - static_cast<double>(neuron.synapses.size());
    if (!inside(number, 0.0, 1.0e12) || number > most)
        return refuse("That would be " + formatNumber(number) + " new synapses; the neuron has "
                      + std::to_string(neuron.synapses.size()) + ", and the most is "
                      + std::to_string(MaxSynapses) + ". Ask for fewer.");
    if (!(total > 0.0) && number > 0.0)
        return refuse("The density is 0 on all of the stretch. Change the gradient.");

    std::vector<Synapse> synapses;
    const int count = static_cast<int>(number);
    synapses.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        double share = (i + 0.5) / count;
        if (wanted.placing == Distribution::Placing::Random)
            share =
                RandomStream({wanted.seed, 0x73796EULL /* "syn" */, static_cast<std::uint64_t>(i)})
                    .uniform();
        const double amount = share * total;
        const auto it =
            std::min(std::lower_bound(until.begin(), until.end(), amount), until.end() - 1);
        const auto index = static_cast<std::size_t>(it - until.begin());
        const Piece &piece = pieces[index];
        const double along = piece.fromUm
            + lengthFor(piece, std::max(0.0, amount - (index ? until[index - 1] : 0.0)));
        const Dendrite &dendrite = neuron.dendrites[static_cast<std::size_t>(piece.dendrite)];
        Synapse s{wanted.kind, piece.dendrite, std::clamp(along / dendrite.lengthUm, 0.0, 1.0),
                  wanted.weight};
        if (wanted.snap)
            s.x = segmentCentre(dendrite, s.x);
        synapses.push_back(s);
    }
    return synapses;
}

} // namespace dt
