// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/Metrics.h"

#include "engine/base/Random.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_set>
#include <utility>

namespace dt {

namespace {

/// Scores that sort as whole numbers, descending, with the label in the lowest bit.
constexpr int KeyBits = 33;

std::uint64_t key(float score, bool positive)
{
    std::uint32_t bits = std::bit_cast<std::uint32_t>(score + 0.0f); // -0 becomes 0
    bits = bits & 0x80000000u ? ~bits : bits | 0x80000000u; // rising with the score
    return (std::uint64_t{~bits} & 0xFFFFFFFFu) << 1 | (positive ? 1u : 0u);
}

double scoreOf(std::uint64_t key)
{
    const auto rising = ~static_cast<std::uint32_t>(key >> 1);
    return static_cast<double>(
        std::bit_cast<float>(rising & 0x80000000u ? rising & 0x7FFFFFFFu : ~rising));
}

/// Three passes of a radix sort: linear, unlike std::sort.
void sortKeys(std::vector<std::uint64_t> &keys)
{
    constexpr int Bits = 11;
    constexpr std::size_t Buckets = 1u << Bits;
    static_assert(3 * Bits == KeyBits);
    if (keys.size() < Buckets) {
        std::sort(keys.begin(), keys.end());
        return;
    }
    std::vector<std::uint64_t> other(keys.size());
    for (int shift = 0; shift < KeyBits; shift += Bits) {
        std::array<std::size_t, Buckets> start{};
        for (const std::uint64_t k : keys)
            ++start[(k >> shift) & (Buckets - 1)];
        std::size_t sum = 0;
        for (std::size_t &s : start)
            sum += std::exchange(s, sum);
        for (const std::uint64_t k : keys)
            other[start[(k >> shift) & (Buckets - 1)]++] = k;
        keys.swap(other);
    }
}

/// True and false positives down to each distinct score.
struct Counts
{
    std::uint64_t tp = 0;
    std::uint64_t fp = 0;
    double threshold = 0.0;
};

std::optional<std::vector<std::uint64_t>> sortedKeys(std::span<const float> scores,
                                                     std::span<const std::uint8_t> labels)
{
    if (scores.size() != labels.size())
        return std::nullopt;
    std::vector<std::uint64_t> keys(scores.size());
    std::size_t positives = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (std::isnan(scores[i]))
            return std::nullopt;
        const bool positive = labels[i] != 0;
        positives += positive ? 1 : 0;
        keys[i] = key(scores[i], positive);
    }
    if (positives == 0 || positives == keys.size())
        return std::nullopt;
    sortKeys(keys);
    return keys;
}

/// Calls `visit` for each distinct score, from the highest.
template <typename Visit>
Counts sweep(const std::vector<std::uint64_t> &keys, Visit visit)
{
    Counts c;
    for (std::size_t i = 0; i < keys.size();) {
        const std::uint64_t score = keys[i] >> 1;
        for (; i < keys.size() && keys[i] >> 1 == score; ++i)
            ++(keys[i] & 1 ? c.tp : c.fp);
        c.threshold = scoreOf(score << 1);
        visit(c);
    }
    return c;
}

/// Trapezoids in whole numbers: exact up to billions of points.
struct Area
{
    std::uint64_t twice = 0;
    Counts before;
    void operator()(const Counts &c)
    {
        twice += (c.fp - before.fp) * (c.tp + before.tp);
        before = c;
    }
    [[nodiscard]] double auc(const Counts &all) const
    {
        return static_cast<double>(twice)
            / (2.0 * static_cast<double>(all.tp) * static_cast<double>(all.fp));
    }
};

/// At most so many places, evenly along a curve, both ends among them.
std::vector<std::size_t> placesAlong(const std::vector<double> &x, const std::vector<double> &y,
                                     std::size_t vertices)
{
    std::vector<std::size_t> places;
    if (x.size() <= vertices) {
        for (std::size_t i = 0; i < x.size(); ++i)
            places.push_back(i);
        return places;
    }
    std::vector<double> travelled(x.size(), 0.0);
    for (std::size_t i = 1; i < x.size(); ++i)
        travelled[i] = travelled[i - 1] + std::abs(x[i] - x[i - 1]) + std::abs(y[i] - y[i - 1]);
    // The first and the last vertex of each of as many equal stretches: what lies between them is
    // short, or a straight line.
    const double stretches = static_cast<double>(std::max<std::size_t>(vertices, 4) / 2 - 1);
    const auto stretch = [&](std::size_t i) {
        return std::floor(travelled[i] / travelled.back() * stretches);
    };
    for (std::size_t i = 0; i < x.size(); ++i) {
        const bool end = i == 0 || i + 1 == x.size();
        if (end || stretch(i) != stretch(i - 1) || stretch(i) != stretch(i + 1))
            places.push_back(i);
    }
    return places;
}

std::vector<double> at(const std::vector<double> &values, const std::vector<std::size_t> &places)
{
    std::vector<double> kept;
    kept.reserve(places.size());
    for (const std::size_t i : places)
        kept.push_back(values[i]);
    return kept;
}

} // namespace

std::optional<BinaryScores> binaryScores(std::span<const float> scores,
                                         std::span<const std::uint8_t> labels, double requestedFpr)
{
    const auto keys = sortedKeys(scores, labels);
    if (!keys)
        return std::nullopt;
    BinaryScores result;
    result.positives = static_cast<std::size_t>(
        std::count_if(labels.begin(), labels.end(), [](auto l) { return l; }));
    result.negatives = labels.size() - result.positives;
    const double positives = static_cast<double>(result.positives);
    const double negatives = static_cast<double>(result.negatives);
    RocCurve &roc = result.roc;
    PrecisionRecallCurve &pr = result.precisionRecall;
    roc.fpr.push_back(0.0);
    roc.tpr.push_back(0.0);
    roc.threshold.push_back(std::numeric_limits<double>::infinity());
    const auto keep = [&](const Counts &c) {
        roc.fpr.push_back(static_cast<double>(c.fp) / negatives);
        roc.tpr.push_back(static_cast<double>(c.tp) / positives);
        roc.threshold.push_back(c.threshold);
        pr.recall.push_back(roc.tpr.back());
        pr.precision.push_back(static_cast<double>(c.tp) / static_cast<double>(c.tp + c.fp));
    };
    Area area;
    double precisionSum = 0.0; // weighted by steps of true positives
    std::size_t seen = 0;
    Counts last; // waits for the step that follows it
    Counts step; // that led to it
    const Counts all = sweep(*keys, [&](const Counts &c) {
        precisionSum += static_cast<double>(c.tp - area.before.tp) * static_cast<double>(c.tp)
            / static_cast<double>(c.tp + c.fp);
        area(c);
        const Counts next{c.tp - last.tp, c.fp - last.fp, 0.0};
        // Left out in the middle of equal steps; the first vertex never is.
        if (seen == 1 || (seen > 1 && (next.tp != step.tp || next.fp != step.fp)))
            keep(last);
        step = next;
        last = c;
        ++seen;
    });
    keep(last);
    result.auc = area.auc(all);
    result.averagePrecision = precisionSum / positives;
    result.requestedFpr = requestedFpr;
    std::size_t nearest = 1;
    for (std::size_t i = 2; i < roc.size(); ++i) {
        if (std::abs(roc.fpr[i] - requestedFpr) < std::abs(roc.fpr[nearest] - requestedFpr))
            nearest = i;
    }
    result.achievedFpr = roc.fpr[nearest];
    result.tprAtFpr = roc.tpr[nearest];
    return result;
}

std::optional<double> rocAuc(std::span<const float> scores, std::span<const std::uint8_t> labels)
{
    const auto keys = sortedKeys(scores, labels);
    if (!keys)
        return std::nullopt;
    Area area;
    const Counts all = sweep(*keys, [&](const Counts &c) { area(c); });
    return area.auc(all);
}

RocCurve thinned(const RocCurve &curve, std::size_t vertices)
{
    const std::vector<std::size_t> places = placesAlong(curve.fpr, curve.tpr, vertices);
    return {at(curve.fpr, places), at(curve.tpr, places), at(curve.threshold, places)};
}

PrecisionRecallCurve thinned(const PrecisionRecallCurve &curve, std::size_t vertices)
{
    const std::vector<std::size_t> places = placesAlong(curve.recall, curve.precision, vertices);
    return {at(curve.recall, places), at(curve.precision, places)};
}

namespace {

std::optional<double> share(std::size_t part, std::size_t rest)
{
    if (part + rest == 0)
        return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(part + rest);
}

} // namespace

std::optional<double> SpikeDecisions::precision() const
{
    return share(truePositives, falsePositives);
}

std::optional<double> SpikeDecisions::recall() const
{
    return share(truePositives, falseNegatives);
}

SpikeDecisions spikeDecisions(std::span<const float> probabilities,
                              std::span<const std::uint8_t> labels, double threshold)
{
    SpikeDecisions d;
    for (std::size_t i = 0; i < std::min(probabilities.size(), labels.size()); ++i) {
        const bool said = static_cast<double>(probabilities[i]) > threshold;
        const bool is = labels[i] != 0;
        d.truePositives += said && is ? 1 : 0;
        d.falsePositives += said && !is ? 1 : 0;
        d.falseNegatives += !said && is ? 1 : 0;
    }
    return d;
}

void RegressionSums::add(std::span<const float> truth, std::span<const float> predicted)
{
    constexpr std::size_t Chunk = 4096;
    const std::size_t count = std::min(truth.size(), predicted.size());
    for (std::size_t begin = 0; begin < count; begin += Chunk) {
        const std::size_t end = std::min(count, begin + Chunk);
        const double n = static_cast<double>(end - begin);
        // About the first values, so that what never changes has a variance of exactly 0.
        const double y0 = truth[begin];
        const double e0 = y0 - static_cast<double>(predicted[begin]);
        RegressionSums part;
        part.m_count = end - begin;
        double y1 = 0.0;
        double y2 = 0.0;
        double e1 = 0.0;
        double e2 = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
            const double y = truth[i];
            const double e = y - static_cast<double>(predicted[i]);
            part.m_absolute += std::abs(e);
            y1 += y - y0;
            y2 += (y - y0) * (y - y0);
            e1 += e - e0;
            e2 += (e - e0) * (e - e0);
        }
        part.m_truthMean = y0 + y1 / n;
        part.m_truthSquares = std::max(0.0, y2 - y1 * y1 / n);
        part.m_errorMean = e0 + e1 / n;
        part.m_errorSquares = std::max(0.0, e2 - e1 * e1 / n);
        if (!std::isfinite(y2) || !std::isfinite(e2)) // max() would hide NaN
            part.m_errorSquares = std::numeric_limits<double>::quiet_NaN();
        merge(part);
    }
}

void RegressionSums::merge(const RegressionSums &other)
{
    if (other.m_count == 0)
        return;
    if (m_count == 0) {
        *this = other;
        return;
    }
    const double a = static_cast<double>(m_count);
    const double b = static_cast<double>(other.m_count);
    const auto join = [&](double &mean, double &squares, double otherMean, double otherSquares) {
        const double difference = otherMean - mean;
        squares += otherSquares + difference * difference * a * b / (a + b);
        mean += difference * b / (a + b);
    };
    join(m_truthMean, m_truthSquares, other.m_truthMean, other.m_truthSquares);
    join(m_errorMean, m_errorSquares, other.m_errorMean, other.m_errorSquares);
    m_absolute += other.m_absolute;
    m_count += other.m_count;
}

std::optional<RegressionScores> RegressionSums::scores() const
{
    if (m_count == 0 || !std::isfinite(m_truthSquares) || !std::isfinite(m_errorSquares)
        || !std::isfinite(m_absolute))
        return std::nullopt;
    const double n = static_cast<double>(m_count);
    const double squares = m_errorSquares + n * m_errorMean * m_errorMean; // SSE
    const auto explained = [&](double unexplained) {
        if (m_truthSquares > 0.0)
            return 1.0 - unexplained / m_truthSquares;
        return unexplained > 0.0 ? 0.0 : 1.0;
    };
    RegressionScores s;
    s.count = m_count;
    s.explainedVariancePercent = 100.0 * explained(m_errorSquares);
    s.r2 = explained(squares);
    s.rmse = std::sqrt(squares / n);
    s.mae = m_absolute / n;
    return s;
}

RegressionSums regressionSums(std::span<const float> truth, std::span<const float> predicted)
{
    RegressionSums sums;
    sums.add(truth, predicted);
    return sums;
}

std::vector<std::size_t> samplePlaces(std::uint64_t seed, std::size_t total, std::size_t count)
{
    constexpr std::uint64_t SampleKey = 0x73616d706c65; // "sample"
    count = std::min(count, total);
    RandomStream random({seed, SampleKey, total, count});
    std::unordered_set<std::size_t> taken; // Floyd's algorithm
    for (std::size_t j = total - count; j < total; ++j) {
        const std::size_t place = static_cast<std::size_t>(random.below(j + 1));
        taken.insert(taken.contains(place) ? j : place);
    }
    std::vector<std::size_t> places(taken.begin(), taken.end());
    std::sort(places.begin(), places.end());
    return places;
}

} // namespace dt
