// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetLayout.h"

#include <algorithm>

namespace dt::h5 {

namespace {

constexpr hsize_t ChunkMs = 8192;
/// Level 1 packs nearly as well as 6 and three times as fast (docs/DATASETS.md has the figures).
constexpr unsigned DeflateLevel = 1;

enum Field { Inputs, Spikes, NearSpikes, SomaV, InstRate, DendV };

hid_t typeOf(std::size_t field)
{
    switch (field) {
    case Inputs:
    case DendV:
        return halfType();
    case Spikes:
    case NearSpikes:
        return H5T_STD_U8LE;
    default:
        return H5T_IEEE_F32LE;
    }
}

/// The arrays of a simulation in the order of Fields.
template <typename Simulation, typename Function>
auto onArray(Simulation &s, std::size_t field, Function function)
{
    switch (field) {
    case Inputs:
        return function(s.inputs);
    case Spikes:
        return function(s.spikes);
    case NearSpikes:
        return function(s.nearSpikes);
    case SomaV:
        return function(s.somaV);
    case InstRate:
        return function(s.instRate);
    default:
        return function(s.dendV);
    }
}

std::vector<hsize_t> chunkOf(std::vector<hsize_t> dims)
{
    dims[0] = 1;
    dims.back() = std::min(dims.back(), ChunkMs);
    return dims;
}

/// Calls `function` with the offset of every chunk of one simulation.
template <typename Function>
bool forChunks(std::size_t at, const std::vector<hsize_t> &dims, Function function)
{
    std::vector<hsize_t> offset(dims.size(), 0);
    offset[0] = at;
    for (hsize_t t = 0; t < dims.back(); t += ChunkMs) {
        offset.back() = t;
        if (!function(offset))
            return false;
    }
    return true;
}

struct Slab
{
    Handle file;
    Handle memory;
};

/// Simulation `at` in the file and the same in memory.
Slab slabOf(hid_t set, std::size_t at, std::vector<hsize_t> dims)
{
    std::vector<hsize_t> start(dims.size(), 0);
    start[0] = at;
    dims[0] = 1;
    Slab slab{
        Handle(H5Dget_space(set), H5Sclose),
        Handle(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr), H5Sclose)};
    H5Sselect_hyperslab(slab.file, H5S_SELECT_SET, start.data(), nullptr, dims.data(), nullptr);
    return slab;
}

} // namespace

std::vector<hsize_t> SimulationGroup::dims(std::size_t field) const
{
    std::vector<hsize_t> d{m_count};
    if (Fields[field].twoKinds)
        d.push_back(2);
    if (Fields[field].perSegment)
        d.push_back(static_cast<hsize_t>(m_segments));
    d.push_back(static_cast<hsize_t>(m_durationMs));
    return d;
}

Result<SimulationGroup> SimulationGroup::create(hid_t file, const std::string &name,
                                                std::size_t count, int segments, int durationMs,
                                                const std::string &path)
{
    SimulationGroup g;
    g.m_count = count;
    g.m_segments = segments;
    g.m_durationMs = durationMs;
    g.m_path = path;
    g.m_group = createGroup(file, name);
    if (!g.m_group.ok())
        return writeError(path);
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        const std::vector<hsize_t> d = g.dims(f);
        const Handle space(H5Screate_simple(static_cast<int>(d.size()), d.data(), nullptr),
                           H5Sclose);
        const Handle layout = dataSetSettings();
        if (count > 0) {
            const std::vector<hsize_t> chunk = chunkOf(d);
            H5Pset_chunk(layout, static_cast<int>(chunk.size()), chunk.data());
            H5Pset_shuffle(layout);
            H5Pset_deflate(layout, DeflateLevel);
            H5Pset_fletcher32(layout);
        }
        g.m_sets[f] = Handle(H5Dcreate2(g.m_group, Fields[f].name, typeOf(f), space, H5P_DEFAULT,
                                        layout, H5P_DEFAULT),
                             H5Dclose);
        if (!g.m_sets[f].ok())
            return writeError(path);
        if (*Fields[f].unit != '\0') {
            if (const Status unit =
                    writeAttribute(g.m_sets[f], "units", std::string(Fields[f].unit));
                !unit)
                return unit.error();
        }
    }
    return g;
}

Result<SimulationGroup> SimulationGroup::open(hid_t file, const std::string &name,
                                              const std::string &path)
{
    SimulationGroup g;
    g.m_path = path;
    if (!exists(file, name))
        return Error{ErrorCode::Format,
                     path + " has no '" + name + "' part, so it is not a data set.", path};
    g.m_group = Handle(H5Gopen2(file, name.c_str(), H5P_DEFAULT), H5Gclose);
    if (!g.m_group.ok())
        return damaged(path, "its part '" + name + "' cannot be opened");
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        const Result<Shape> shape = shapeOf(g.m_group, Fields[f].name, path);
        if (!shape)
            return shape.error();
        g.m_sets[f] = Handle(H5Dopen2(g.m_group, Fields[f].name, H5P_DEFAULT), H5Dclose);
        const Handle type(H5Dget_type(g.m_sets[f]), H5Tclose);
        if (!g.m_sets[f].ok() || H5Tequal(type, typeOf(f)) <= 0)
            return damaged(path, "'" + name + "/" + Fields[f].name + "' has an unexpected type");
        if (f == Inputs) {
            if (shape->dims.size() != 4 || shape->dims[1] != 2)
                return damaged(path, "'" + name + "/inputs' has an unexpected shape");
            g.m_count = shape->dims[0];
            g.m_segments = static_cast<int>(shape->dims[2]);
            g.m_durationMs = static_cast<int>(shape->dims[3]);
        }
        if (shape->dims != g.dims(f))
            return damaged(path, "'" + name + "/" + Fields[f].name + "' has an unexpected shape");
    }
    g.m_ours = g.isPackedAsOurs();
    return g;
}

bool SimulationGroup::isPackedAsOurs() const
{
    constexpr std::array Filters{H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32};
    if (m_count == 0)
        return true;
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        const Handle settings(H5Dget_create_plist(m_sets[f]), H5Pclose);
        const std::vector<hsize_t> expected = chunkOf(dims(f));
        std::vector<hsize_t> chunk(expected.size());
        const int rank = static_cast<int>(chunk.size());
        if (H5Pget_layout(settings) != H5D_CHUNKED
            || H5Pget_chunk(settings, rank, chunk.data()) != rank || chunk != expected
            || H5Pget_nfilters(settings) != static_cast<int>(Filters.size()))
            return false;
        for (unsigned i = 0; i < Filters.size(); ++i) {
            unsigned flags = 0;
            std::size_t values = 0;
            if (H5Pget_filter2(settings, i, &flags, &values, nullptr, 0, nullptr, nullptr)
                != Filters[i])
                return false;
        }
    }
    return true;
}

Error SimulationGroup::readError(std::size_t at, std::size_t field) const
{
    return unreadable(m_sets[field], m_path, "simulation " + std::to_string(at),
                      "does not match its checksum");
}

Status SimulationGroup::write(std::size_t at, const StoredSimulation &simulation)
{
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        const Slab slab = slabOf(m_sets[f], at, dims(f));
        const bool ok = onArray(simulation, f, [&](const auto &values) {
            return H5Dwrite(m_sets[f], typeOf(f), slab.memory, slab.file, H5P_DEFAULT,
                            values.data())
                >= 0;
        });
        if (!ok)
            return writeError(m_path);
    }
    return Done{};
}

Result<StoredSimulation> SimulationGroup::read(std::size_t at) const
{
    StoredSimulation simulation;
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        const std::vector<hsize_t> d = dims(f);
        std::size_t items = 1;
        for (std::size_t i = 1; i < d.size(); ++i)
            items *= d[i];
        const Slab slab = slabOf(m_sets[f], at, d);
        const bool ok = onArray(simulation, f, [&](auto &values) {
            values.resize(items);
            return H5Dread(m_sets[f], typeOf(f), slab.memory, slab.file, H5P_DEFAULT, values.data())
                >= 0;
        });
        if (!ok)
            return readError(at, f);
    }
    return simulation;
}

Result<std::vector<std::uint8_t>> SimulationGroup::readSpikes(std::size_t at) const
{
    std::vector<std::uint8_t> spikes(static_cast<std::size_t>(m_durationMs));
    const Slab slab = slabOf(m_sets[Spikes], at, dims(Spikes));
    if (H5Dread(m_sets[Spikes], H5T_NATIVE_UINT8, slab.memory, slab.file, H5P_DEFAULT,
                spikes.data())
        < 0)
        return readError(at, Spikes);
    return spikes;
}

Status SimulationGroup::copy(std::size_t at, const SimulationGroup &source, std::size_t from)
{
    if (!source.m_ours) {
        const Result<StoredSimulation> simulation = source.read(from);
        return simulation ? write(at, *simulation) : Status(simulation.error());
    }
    std::vector<char> packed;
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        bool readable = true;
        const bool ok = forChunks(from, source.dims(f), [&](std::vector<hsize_t> offset) {
            hsize_t bytes = 0;
            std::uint32_t mask = 0;
            if (H5Dget_chunk_storage_size(source.m_sets[f], offset.data(), &bytes) < 0) {
                readable = false;
                return false;
            }
            packed.resize(bytes);
            if (H5Dread_chunk(source.m_sets[f], H5P_DEFAULT, offset.data(), &mask, packed.data())
                < 0) {
                readable = false;
                return false;
            }
            offset[0] = at;
            return H5Dwrite_chunk(m_sets[f], H5P_DEFAULT, mask, offset.data(), bytes, packed.data())
                >= 0;
        });
        if (!readable)
            return source.readError(from, f);
        if (!ok)
            return writeError(m_path);
    }
    return Done{};
}

std::size_t SimulationGroup::packedBytes(std::size_t at) const
{
    std::size_t total = 0;
    for (std::size_t f = 0; f < Fields.size(); ++f) {
        if (!m_ours) { // packed again it may take more; as it is it takes most
            std::size_t items = H5Tget_size(typeOf(f));
            for (const hsize_t d : dims(f))
                items *= d;
            total += items / m_count;
            continue;
        }
        forChunks(at, dims(f), [&](const std::vector<hsize_t> &offset) {
            hsize_t bytes = 0;
            if (H5Dget_chunk_storage_size(m_sets[f], offset.data(), &bytes) >= 0)
                total += bytes;
            return true;
        });
    }
    return total;
}

Status writeColumn(hid_t group, const std::string &name, hid_t fileType, hid_t memoryType,
                   const void *values, std::size_t count, const std::string &unit,
                   const std::string &path)
{
    return h5::write(group, name, {count}, fileType, memoryType, values, unit, path);
}

} // namespace dt::h5
