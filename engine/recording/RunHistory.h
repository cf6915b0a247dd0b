// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Stimulus.h"
#include "engine/recording/Recording.h"
#include "engine/recording/TraceText.h"

#include <memory>
#include <string>
#include <vector>

namespace dt {

/// What a run was made from.
struct RunSetup
{
    Neuron neuron;
    Stimulus stimulus;
    bool operator==(const RunSetup &) const = default;
};

/// One finished run, or a trace of somebody else's that is laid over runs. What is large is shared
/// and never changes, so records are copied freely.
struct RunRecord
{
    int key = 0; ///< unique in its history, among runs and foreign traces
    int id = 0; ///< the run's number; 0 for a foreign trace
    std::string name; ///< given by a person, or a foreign trace's file
    std::string notes;
    std::string time; ///< time of day when the run ended, as text
    bool pinned = false; ///< drawn as a ghost behind the run that is shown, and kept
    int slot = -1; ///< 0..MaxPinned - 1 while pinned: unique, and stays
    std::string engine; ///< what computed it

    std::shared_ptr<const RunSetup> setup; ///< null for a foreign trace
    std::shared_ptr<const VoltageTrace> trace; ///< null for a foreign trace
    std::shared_ptr<const ForeignTrace> foreign; ///< null for a run

    std::vector<int> spikesMs;
    double rateHz = 0.0;
    double peakMv = 0.0; ///< highest somatic voltage

    /// "Run 12", "Run 12: weaker inhibition", or the file's name.
    [[nodiscard]] std::string title() const;
    [[nodiscard]] std::size_t bytes() const;
};

/// A finished run as a record without key, name and time.
RunRecord makeRunRecord(int id, RunSetup setup, const Recording &recording,
                        std::shared_ptr<const VoltageTrace> trace);

/// A foreign trace as a pinned record without key and time.
RunRecord makeForeignRecord(std::string name, ForeignTrace trace);

/// The soma's voltage of a record at the times from/samplesPerMs, (from + 1)/samplesPerMs, ...
/// below to/samplesPerMs [ms], interpolated; shorter where the record ends before, NaN before it
/// begins.
std::vector<float> somaSampled(const RunRecord &run, int samplesPerMs, std::size_t from,
                               std::size_t to);

/// The last finished runs in bounded memory: unpinned ones go, oldest first, when there are more
/// than MaxUnpinned of them or they take more than MaxUnpinnedBytes; the newest always stays. Owned
/// and used by one thread.
class RunHistory
{
public:
    static constexpr std::size_t MaxUnpinned = 50;
    static constexpr std::size_t MaxUnpinnedBytes = std::size_t{256} << 20;
    /// Most pinned records: as many as there are dash patterns for ghosts.
    static constexpr std::size_t MaxPinned = 8;

    /// All records, the newest first.
    [[nodiscard]] const std::vector<RunRecord> &runs() const { return m_runs; }
    /// The record with this key; null when there is none (any more).
    [[nodiscard]] const RunRecord *find(int key) const;

    /// Puts a record in front and returns its key. A pinned record is refused with an Error when
    /// there are MaxPinned already.
    Result<int> add(RunRecord record);
    /// Pinning is refused when there are MaxPinned already.
    Status setPinned(int key, bool pinned);
    void setName(int key, std::string name);
    void setNotes(int key, std::string notes);
    void remove(int key);

private:
    RunRecord *at(int key);
    [[nodiscard]] Status mayPin() const;
    [[nodiscard]] int freeSlot() const;
    void forget();

    std::vector<RunRecord> m_runs;
    int m_lastKey = 0;
};

} // namespace dt
