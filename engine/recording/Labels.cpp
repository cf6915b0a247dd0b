// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/Labels.h"

#include <algorithm>
#include <cmath>

namespace dt {

std::vector<std::size_t> spikeSamples(std::span<const float> somaFine, double thresholdMv)
{
    std::vector<std::size_t> peaks;
    const std::size_t n = somaFine.size();
    std::size_t i = 1;
    while (i + 1 < n) {
        if (somaFine[i] > somaFine[i - 1]) {
            std::size_t end = i; // last sample of the top
            while (end + 1 < n && somaFine[end + 1] == somaFine[i])
                ++end;
            if (end + 1 < n && somaFine[end + 1] < somaFine[i]
                && static_cast<double>(somaFine[i]) > thresholdMv)
                peaks.push_back((i + end) / 2);
            i = end;
        }
        ++i;
    }
    return peaks;
}

std::vector<float> instantRate(std::span<const std::uint8_t> spike, int windowMs,
                               double smoothingMs)
{
    const auto n = static_cast<std::ptrdiff_t>(spike.size());
    std::vector<double> box(spike.size(), 0.0);
    int inWindow = 0;
    for (std::ptrdiff_t t = 0; t < n; ++t) {
        inWindow += spike[static_cast<std::size_t>(t)];
        if (t >= windowMs)
            inWindow -= spike[static_cast<std::size_t>(t - windowMs)];
        box[static_cast<std::size_t>(t)] = static_cast<double>(inWindow) / windowMs;
    }

    const auto reach = static_cast<std::ptrdiff_t>(std::floor(4.0 * smoothingMs));
    std::vector<double> kernel;
    double sum = 0.0;
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) {
        const double z = k == 0 ? 0.0 : static_cast<double>(k) / smoothingMs;
        kernel.push_back(std::exp(-0.5 * z * z));
        sum += kernel.back();
    }

    std::vector<float> rate(spike.size());
    for (std::ptrdiff_t t = 0; t < n; ++t) {
        double value = 0.0;
        const std::ptrdiff_t from = std::max<std::ptrdiff_t>(-reach, -t);
        const std::ptrdiff_t to = std::min(reach, n - 1 - t);
        for (std::ptrdiff_t k = from; k <= to; ++k)
            value +=
                kernel[static_cast<std::size_t>(k + reach)] * box[static_cast<std::size_t>(t + k)];
        rate[static_cast<std::size_t>(t)] = static_cast<float>(value / sum);
    }
    return rate;
}

SomaLabels somaLabels(std::span<const float> somaFine, int samplesPerMs, int durationMs,
                      const LabelSettings &settings)
{
    const auto T = static_cast<std::size_t>(durationMs);
    const auto perMs = static_cast<std::size_t>(samplesPerMs);
    SomaLabels labels;
    labels.somaV.resize(T);
    labels.spike.assign(T, 0);
    labels.nearSpike.assign(T, 0);

    const auto cap = static_cast<float>(settings.somaCapMv);
    const double near = settings.somaCapMv - settings.nearSpikeVDiffMv;
    for (std::size_t t = 0; t < T; ++t) {
        const float v = somaFine[t * perMs];
        labels.somaV[t] = std::min(v, cap);
        labels.nearSpike[t] = static_cast<double>(v) > near;
    }
    for (const std::size_t sample : spikeSamples(somaFine, settings.spikeThresholdMv)) {
        const std::size_t bin = sample / perMs;
        if (bin >= T)
            continue; // a peak on the closing sample belongs to the ms after the run
        labels.spike[bin] = 1;
        const std::size_t end = std::min(T, bin + static_cast<std::size_t>(settings.nearSpikeMs));
        std::fill(labels.nearSpike.begin() + static_cast<std::ptrdiff_t>(bin),
                  labels.nearSpike.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{1});
    }
    labels.instRate = instantRate(labels.spike, settings.rateWindowMs, settings.rateSmoothingMs);
    return labels;
}

} // namespace dt
