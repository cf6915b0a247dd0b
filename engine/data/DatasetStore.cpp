// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetStore.h"

#include "engine/base/Half.h"

#include <algorithm>
#include <cstring>

namespace dt {

namespace {

std::vector<std::uint64_t> bitsOf(const std::vector<std::uint8_t> &flags)
{
    std::vector<std::uint64_t> bits((flags.size() + 63) / 64, 0);
    for (std::size_t t = 0; t < flags.size(); ++t)
        bits[t / 64] |= static_cast<std::uint64_t>(flags[t] & 1u) << (t % 64);
    return bits;
}

void unpackBits(const std::vector<std::uint64_t> &bits, std::size_t start, std::size_t length,
                float *out)
{
    for (std::size_t i = 0; i < length; ++i) {
        const std::size_t t = start + i;
        out[i] = static_cast<float>((bits[t / 64] >> (t % 64)) & 1u);
    }
}

template <typename T>
std::size_t bytesOf(const std::vector<T> &values)
{
    return values.capacity() * sizeof(T);
}

} // namespace

DatasetStore::Simulation DatasetStore::packed(StoredSimulation &&simulation, int segments)
{
    const std::size_t T = simulation.somaV.size();
    const std::size_t rows = 2 * static_cast<std::size_t>(segments);
    const std::size_t blocks = (T + BlockMs - 1) / BlockMs;
    Simulation s;
    s.index = simulation.index;
    s.spikes = bitsOf(simulation.spikes);
    s.nearSpikes = bitsOf(simulation.nearSpikes);
    s.somaV = std::move(simulation.somaV);
    s.instRate = std::move(simulation.instRate);
    s.dendV = std::move(simulation.dendV);

    const auto events =
        static_cast<std::size_t>(std::count_if(simulation.inputs.begin(), simulation.inputs.end(),
                                               [](std::uint16_t weight) { return weight != 0; }));
    s.eventMs.reserve(events);
    s.eventRow.reserve(events);
    s.eventWeight.reserve(events);
    s.blockStart.reserve(blocks + 1);
    // Order within a block does not matter: row by row reads memory in order.
    for (std::size_t block = 0; block < blocks; ++block) {
        s.blockStart.push_back(static_cast<std::uint32_t>(s.eventMs.size()));
        const std::size_t from = block * BlockMs;
        const std::size_t to = std::min(T, from + BlockMs);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint16_t *weights = simulation.inputs.data() + row * T;
            for (std::size_t t = from; t < to; ++t) {
                if (weights[t] == 0)
                    continue;
                s.eventMs.push_back(static_cast<std::uint8_t>(t - from));
                s.eventRow.push_back(static_cast<std::uint16_t>(row));
                s.eventWeight.push_back(weights[t]);
            }
        }
    }
    s.blockStart.push_back(static_cast<std::uint32_t>(s.eventMs.size()));
    return s;
}

Result<DatasetStore> DatasetStore::load(const DatasetFile &file, const std::vector<Split> &splits,
                                        const ProgressFunction &progress)
{
    DatasetStore store;
    store.m_segments = file.info().segments;
    store.m_durationMs = file.info().durationMs;
    std::size_t total = 0;
    for (const Split split : splits)
        total += file.info().simulations[static_cast<std::size_t>(split)];
    std::size_t done = 0;
    for (const Split split : splits) {
        const std::size_t count = file.info().simulations[static_cast<std::size_t>(split)];
        std::vector<Simulation> &part = store.m_parts[static_cast<std::size_t>(split)];
        part.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            Result<StoredSimulation> simulation = file.simulation(split, i);
            if (!simulation)
                return simulation.error();
            part.push_back(packed(std::move(*simulation), store.m_segments));
            ++done;
            if (progress && !progress(static_cast<double>(done) / static_cast<double>(total)))
                return Error{ErrorCode::Cancelled, "Cancelled; not everything was read.",
                             file.path()};
        }
    }
    return store;
}

std::size_t DatasetStore::bytes() const
{
    std::size_t sum = 0;
    for (const std::vector<Simulation> &part : m_parts) {
        for (const Simulation &s : part)
            sum += sizeof s + bytesOf(s.blockStart) + bytesOf(s.eventMs) + bytesOf(s.eventRow)
                + bytesOf(s.eventWeight) + bytesOf(s.spikes) + bytesOf(s.nearSpikes)
                + bytesOf(s.somaV) + bytesOf(s.instRate) + bytesOf(s.dendV);
    }
    return sum;
}

void DatasetStore::window(Split split, std::size_t i, int startMs, int lengthMs,
                          const WindowBuffers &out) const
{
    const Simulation &s = part(split)[i];
    const auto T = static_cast<std::size_t>(m_durationMs);
    const auto n = static_cast<std::size_t>(m_segments);
    const auto start = static_cast<std::size_t>(startMs);
    const auto length = static_cast<std::size_t>(lengthMs);
    if (out.inputs) {
        std::memset(out.inputs, 0, 2 * n * length * sizeof(float));
        const std::size_t lastBlock = (start + length - 1) / BlockMs;
        for (std::size_t block = start / BlockMs; block <= lastBlock; ++block) {
            for (std::uint32_t e = s.blockStart[block]; e < s.blockStart[block + 1]; ++e) {
                // Events before the window wrap around to huge numbers.
                const std::size_t t = block * BlockMs + s.eventMs[e] - start;
                if (t < length)
                    out.inputs[s.eventRow[e] * length + t] = floatFromHalf(s.eventWeight[e]);
            }
        }
    }
    if (out.spikes)
        unpackBits(s.spikes, start, length, out.spikes);
    if (out.nearSpikes)
        unpackBits(s.nearSpikes, start, length, out.nearSpikes);
    if (out.somaV)
        std::copy_n(s.somaV.data() + start, length, out.somaV);
    if (out.instRate)
        std::copy_n(s.instRate.data() + start, length, out.instRate);
    if (out.dendV) {
        for (std::size_t row = 0; row < n; ++row)
            floatsFromHalves(s.dendV.data() + row * T + start, out.dendV + row * length, length);
    }
}

} // namespace dt
