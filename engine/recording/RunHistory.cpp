// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/RunHistory.h"

#include <algorithm>
#include <limits>

namespace dt {

std::string RunRecord::title() const
{
    if (foreign)
        return name;
    const std::string run = "Run " + std::to_string(id);
    return name.empty() ? run : run + ": " + name;
}

std::size_t RunRecord::bytes() const
{
    std::size_t bytes = sizeof *this + spikesMs.size() * sizeof(int);
    if (trace) {
        bytes += (trace->somaFine.size() + trace->dendV.size()) * sizeof(float);
        for (const std::vector<float> &probe : trace->probes)
            bytes += probe.size() * sizeof(float);
    }
    if (foreign)
        bytes += foreign->ms.size() * (sizeof(double) + sizeof(float));
    if (setup)
        bytes += sizeof *setup + setup->stimulus.painted.size() * sizeof(InputEvent)
            + setup->neuron.synapses.size() * sizeof(Synapse)
            + setup->neuron.dendrites.size() * sizeof(Dendrite);
    if (setup) {
        for (const Dendrite &d : setup->neuron.dendrites)
            bytes += d.points.size() * sizeof(Point3);
    }
    return bytes;
}

RunRecord makeRunRecord(int id, RunSetup setup, const Recording &recording,
                        std::shared_ptr<const VoltageTrace> trace)
{
    RunRecord record;
    record.id = id;
    record.engine = recording.engine;
    record.setup = std::make_shared<const RunSetup>(std::move(setup));
    record.trace = std::move(trace);
    record.rateHz = recording.rateHz();
    for (std::size_t t = 0; t < recording.spike.size(); ++t) {
        if (recording.spike[t])
            record.spikesMs.push_back(static_cast<int>(t));
    }
    if (!recording.somaFine.empty())
        record.peakMv = static_cast<double>(
            *std::max_element(recording.somaFine.begin(), recording.somaFine.end()));
    return record;
}

RunRecord makeForeignRecord(std::string name, ForeignTrace trace)
{
    RunRecord record;
    record.name = std::move(name);
    record.pinned = true;
    if (!trace.mv.empty())
        record.peakMv = static_cast<double>(*std::max_element(trace.mv.begin(), trace.mv.end()));
    record.foreign = std::make_shared<const ForeignTrace>(std::move(trace));
    return record;
}

std::vector<float> somaSampled(const RunRecord &run, int samplesPerMs, std::size_t from,
                               std::size_t to)
{
    std::vector<float> values;
    if (run.trace && run.trace->samplesPerMs == samplesPerMs) {
        const std::vector<float> &soma = run.trace->somaFine;
        const std::size_t end = std::min(to, soma.size());
        if (from < end)
            values.assign(soma.begin() + static_cast<std::ptrdiff_t>(from),
                          soma.begin() + static_cast<std::ptrdiff_t>(end));
        return values;
    }
    if (run.trace) {
        const std::vector<float> &soma = run.trace->somaFine;
        for (std::size_t i = from; i < to; ++i) {
            const double at = static_cast<double>(i) * run.trace->samplesPerMs / samplesPerMs;
            const auto before = static_cast<std::size_t>(at);
            if (before + 1 >= soma.size()) {
                if (before < soma.size() && at == static_cast<double>(before))
                    values.push_back(soma[before]);
                break;
            }
            const auto share = static_cast<float>(at - static_cast<double>(before));
            values.push_back(soma[before] + share * (soma[before + 1] - soma[before]));
        }
        return values;
    }
    if (!run.foreign)
        return values;
    const std::vector<double> &ms = run.foreign->ms;
    for (std::size_t i = from; i < to; ++i) {
        const double at = static_cast<double>(i) / samplesPerMs;
        if (at > ms.back())
            break;
        if (at < ms.front()) {
            values.push_back(std::numeric_limits<float>::quiet_NaN());
            continue;
        }
        const auto after =
            std::max<std::ptrdiff_t>(1, std::lower_bound(ms.begin(), ms.end(), at) - ms.begin());
        const auto k = static_cast<std::size_t>(after);
        const auto share = static_cast<float>((at - ms[k - 1]) / (ms[k] - ms[k - 1]));
        values.push_back(run.foreign->mv[k - 1]
                         + share * (run.foreign->mv[k] - run.foreign->mv[k - 1]));
    }
    return values;
}

const RunRecord *RunHistory::find(int key) const
{
    const auto it = std::find_if(m_runs.begin(), m_runs.end(),
                                 [key](const RunRecord &run) { return run.key == key; });
    return it == m_runs.end() ? nullptr : &*it;
}

RunRecord *RunHistory::at(int key)
{
    const auto it = std::find_if(m_runs.begin(), m_runs.end(),
                                 [key](const RunRecord &run) { return run.key == key; });
    return it == m_runs.end() ? nullptr : &*it;
}

Status RunHistory::mayPin() const
{
    const auto pinned = std::count_if(m_runs.begin(), m_runs.end(),
                                      [](const RunRecord &run) { return run.pinned; });
    if (static_cast<std::size_t>(pinned) < MaxPinned)
        return Done{};
    return Error{ErrorCode::InvalidValue,
                 std::to_string(MaxPinned)
                     + " ghosts are pinned, and more could not be told apart. Unpin one first.",
                 {}};
}

int RunHistory::freeSlot() const
{
    int slot = 0;
    while (std::any_of(m_runs.begin(), m_runs.end(),
                       [slot](const RunRecord &run) { return run.pinned && run.slot == slot; }))
        ++slot;
    return slot;
}

Result<int> RunHistory::add(RunRecord record)
{
    if (record.pinned) {
        if (const Status may = mayPin(); !may)
            return may.error();
    }
    record.key = ++m_lastKey;
    record.slot = record.pinned ? freeSlot() : -1;
    m_runs.insert(m_runs.begin(), std::move(record));
    forget();
    return m_lastKey;
}

Status RunHistory::setPinned(int key, bool pinned)
{
    RunRecord *run = at(key);
    if (!run || run->pinned == pinned)
        return Done{};
    if (pinned) {
        if (const Status may = mayPin(); !may)
            return may;
    }
    run->slot = pinned ? freeSlot() : -1;
    run->pinned = pinned;
    forget();
    return Done{};
}

void RunHistory::setName(int key, std::string name)
{
    if (RunRecord *run = at(key))
        run->name = std::move(name);
}

void RunHistory::setNotes(int key, std::string notes)
{
    if (RunRecord *run = at(key))
        run->notes = std::move(notes);
}

void RunHistory::remove(int key)
{
    std::erase_if(m_runs, [key](const RunRecord &run) { return run.key == key; });
}

void RunHistory::forget()
{
    std::size_t count = 0;
    std::size_t bytes = 0;
    std::erase_if(m_runs, [&](const RunRecord &run) {
        if (run.pinned)
            return false;
        ++count;
        bytes += run.bytes();
        return count > 1 && (count > MaxUnpinned || bytes > MaxUnpinnedBytes);
    });
}

} // namespace dt
