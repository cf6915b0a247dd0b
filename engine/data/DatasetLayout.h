// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/Hdf5.h"
#include "engine/dataset/StoredSimulation.h"

#include <array>
#include <string>

/// How simulations lie in an HDF5 group, the same in shards and in finished data sets: one chunk a
/// simulation (long ones: one per 8192 ms), shuffled, deflated and checksummed. Equal layouts let
/// finished chunks be copied as they are, without unpacking. Private to dt_data.
namespace dt::h5 {

struct FieldInfo
{
    const char *name;
    bool perSegment; ///< the shape is n x T instead of T
    bool twoKinds; ///< the shape is 2 x n x T
    const char *unit;
};

/// The arrays of a simulation of n segments and T ms, in the order of StoredSimulation.
inline constexpr std::array Fields{
    FieldInfo{"inputs", true, true, "weight (x g_max)"}, FieldInfo{"spikes", false, false, ""},
    FieldInfo{"near_spikes", false, false, ""},          FieldInfo{"soma_v", false, false, "mV"},
    FieldInfo{"inst_rate", false, false, "spikes/ms"},   FieldInfo{"dend_v", true, false, "mV"},
};

/// The open data sets of one group.
class SimulationGroup
{
public:
    /// Makes the data sets for `count` simulations in a new group.
    static Result<SimulationGroup> create(hid_t file, const std::string &name, std::size_t count,
                                          int segments, int durationMs, const std::string &path);
    /// Opens the data sets of a group; shapes and types are checked.
    static Result<SimulationGroup> open(hid_t file, const std::string &name,
                                        const std::string &path);

    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] int segments() const { return m_segments; }
    [[nodiscard]] int durationMs() const { return m_durationMs; }
    [[nodiscard]] hid_t group() const { return m_group; }

    Status write(std::size_t at, const StoredSimulation &simulation);
    Result<StoredSimulation> read(std::size_t at) const;
    Result<std::vector<std::uint8_t>> readSpikes(std::size_t at) const;

    /// Copies the packed chunks of simulation `from` of another group to place `at`. Chunks that
    /// another program stored in another way are unpacked and packed again.
    Status copy(std::size_t at, const SimulationGroup &source, std::size_t from);

    /// Bytes of the packed chunks of one simulation.
    [[nodiscard]] std::size_t packedBytes(std::size_t at) const;

private:
    [[nodiscard]] std::vector<hsize_t> dims(std::size_t field) const;
    [[nodiscard]] Error readError(std::size_t at, std::size_t field) const;
    [[nodiscard]] bool isPackedAsOurs() const;

    Handle m_group;
    std::array<Handle, Fields.size()> m_sets;
    std::size_t m_count = 0;
    int m_segments = 0;
    int m_durationMs = 0;
    bool m_ours = true; ///< chunks and filters as create() makes them
    std::string m_path;
};

/// Writes a small, checksummed column of numbers, such as indices, statistics or intervals.
Status writeColumn(hid_t group, const std::string &name, hid_t fileType, hid_t memoryType,
                   const void *values, std::size_t count, const std::string &unit,
                   const std::string &path);

} // namespace dt::h5
