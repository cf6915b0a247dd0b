// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SegmentError.h"

#include "engine/explore/ResultText.h"
#include "engine/explore/SteadyCable.h"

#include <cmath>

namespace dt {

namespace {

/// Larger factors are not told one from another.
constexpr double MostFactor = 1000.0;
/// Errors of so many percent leave the cell what it is, and of so many do not.
constexpr double Tolerable = 0.05;
constexpr double Wrong = 0.25;

/// "2.8 % too much", "36 % too little", "12 times too much"
std::string spoken(double factor)
{
    if (!(factor <= MostFactor)) // also what is nothing by theory
        return "more than 1000 times too much";
    if (factor > 2.0)
        return fixed(factor, factor < 10.0 ? 1 : 0) + " times too much";
    if (factor < 1.0 / MostFactor)
        return "more than 1000 times too little";
    if (factor < 0.1)
        return fixed(1.0 / factor, 0) + " times too little";
    const double percent = 100.0 * std::abs(factor - 1.0);
    const std::string number = fixed(percent, percent < 9.95 ? 1 : 0);
    return number + " % too " + (factor >= 1.0 ? "much" : "little");
}

} // namespace

SegmentError segmentError(const Neuron &neuron)
{
    SegmentError error;
    if (neuron.dendrites.empty())
        return error;
    std::vector<Place> places;
    for (const SegmentRef &row : segmentRows(neuron))
        places.push_back({row.dendrite, row.x});
    const double somaUs = passiveSomaUs(neuron);
    const SteadyCable exact(neuron, somaUs);
    const SteadyCable cut(neuron, somaUs, SteadyCable::Cut::Segments);
    // As much arrives from a place at the soma as the other way round.
    const std::vector<double> should = exact.response({}, 1.0, places);
    const std::vector<double> does = cut.response({}, 1.0, places);
    double farthest = -1.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double factor = should[i] > 0.0 ? does[i] / should[i] : 2.0 * MostFactor;
        const double away = std::abs(std::log(std::max(factor, 1.0e-300)));
        if (!(away > farthest))
            continue;
        farthest = away;
        error.worst = places[i];
        error.soma = factor;
    }
    const std::vector<Place> there{error.worst};
    error.local = cut.response(error.worst, 1.0, there).front()
        / exact.response(error.worst, 1.0, there).front();
    return error;
}

std::string segmentErrorSentence(const SegmentError &error)
{
    std::string text = "By cable theory a steady current in the worst segment moves the soma "
        + spoken(error.soma) + " and the segment itself " + spoken(error.local)
        + "; short EPSPs are off by more.";
    const double most = std::max(std::abs(error.soma - 1.0), std::abs(error.local - 1.0));
    if (most > Wrong)
        return text + " Results say nothing of a real dendrite.";
    return text
        + (most > Tolerable ? " Results are rough." : " The published data sets accept as much.");
}

} // namespace dt
