// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/NumpyFolder.h"

#include "engine/base/Half.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/data/DatasetWriter.h"
#include "engine/data/NpyFile.h"
#include "engine/data/ShardFile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <unistd.h>

namespace dt {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t ImportBlock = 32; ///< simulations in memory at a time

struct Member
{
    const char *folder;
    const char *type;
};
enum FieldIndex { Inputs, Spikes, SomaV, NearSpikes, InstRate, BranchV };
constexpr std::array NumpyFields{
    Member{"inputs", "<f2"},           Member{"output_spikes", "|b1"},
    Member{"output_soma_v", "<f4"},    Member{"output_near_spikes", "|b1"},
    Member{"output_inst_rate", "<f4"}, Member{"intermidiate_branch_v", "<f2"},
};

std::string fileName(std::uint64_t index)
{
    char name[40];
    std::snprintf(name, sizeof name, "sim_%07llu.npy", static_cast<unsigned long long>(index));
    return name;
}

/// Number of sim_NNNNNNN.npy: seven digits, more for larger numbers.
std::optional<std::uint64_t> fileNumber(const std::string &name)
{
    unsigned long long number = 0;
    if (std::sscanf(name.c_str(), "sim_%18llu", &number) != 1 || fileName(number) != name)
        return std::nullopt;
    return number;
}

bool isFolder(const fs::path &path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

Error folderError(const std::string &path, const std::string &sentence)
{
    return {ErrorCode::Format, path + sentence, path};
}

Result<std::set<std::uint64_t>> listField(const fs::path &folder)
{
    std::set<std::uint64_t> numbers;
    std::error_code code;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder, code)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".npy"))
            continue; // other files are none of ours
        const std::optional<std::uint64_t> number = fileNumber(name);
        if (!number)
            return folderError(entry.path().string(),
                               " is not named sim_NNNNNNN.npy. Rename or remove it.");
        numbers.insert(*number);
    }
    if (code)
        return folderError(folder.string(), " cannot be read: " + code.message() + ".");
    return numbers;
}

/// Simulations of a split; every field must have the same.
Result<std::vector<std::uint64_t>> listSplit(const fs::path &folder)
{
    if (!isFolder(folder))
        return std::vector<std::uint64_t>{};
    std::array<std::set<std::uint64_t>, NumpyFields.size()> have;
    std::set<std::uint64_t> all;
    for (std::size_t f = 0; f < NumpyFields.size(); ++f) {
        const fs::path fieldFolder = folder / NumpyFields[f].folder;
        if (!isFolder(fieldFolder))
            return folderError(fieldFolder.string(),
                               " is missing: every split has six folders, one a field.");
        Result<std::set<std::uint64_t>> numbers = listField(fieldFolder);
        if (!numbers)
            return numbers.error();
        have[f] = std::move(*numbers);
        all.insert(have[f].begin(), have[f].end());
    }
    for (const std::uint64_t number : all) {
        for (std::size_t f = 0; f < NumpyFields.size(); ++f) {
            if (!have[f].contains(number))
                return folderError(
                    (folder / NumpyFields[f].folder / fileName(number)).string(),
                    " is missing, although other fields have this simulation. Copy the folder "
                    "again, or remove the simulation's other files.");
        }
    }
    return std::vector<std::uint64_t>(all.begin(), all.end());
}

template <typename T>
std::vector<T> as(const NpyArray &array)
{
    std::vector<T> values(array.bytes.size() / sizeof(T));
    std::memcpy(values.data(), array.bytes.data(), array.bytes.size());
    return values;
}

/// (N, T, 2) with excitation first on the last axis becomes 2 x N x T.
std::vector<std::uint16_t> kindsFirst(const std::vector<std::uint16_t> &values, std::size_t n,
                                      std::size_t T)
{
    std::vector<std::uint16_t> out(values.size());
    for (std::size_t i = 0; i < n * T; ++i) {
        out[i] = values[2 * i];
        out[n * T + i] = values[2 * i + 1];
    }
    return out;
}

std::vector<std::uint16_t> kindsLast(const std::vector<std::uint16_t> &values)
{
    const std::size_t half = values.size() / 2;
    std::vector<std::uint16_t> out(values.size());
    for (std::size_t i = 0; i < half; ++i) {
        out[2 * i] = values[i];
        out[2 * i + 1] = values[half + i];
    }
    return out;
}

struct Fault
{
    FieldIndex field;
    const char *what;
};

/// What is wrong with the numbers of a simulation, if anything.
std::optional<Fault> outOfRange(const StoredSimulation &s)
{
    for (const std::uint16_t v : s.inputs) {
        const float weight = floatFromHalf(v);
        if (!std::isfinite(weight) || weight < 0.0F)
            return Fault{Inputs, "a weight that is negative or not a number"};
    }
    const auto finite = [](float v) { return std::isfinite(v); };
    constexpr const char *NoNumber = "a value that is not a number";
    if (!std::all_of(s.somaV.begin(), s.somaV.end(), finite))
        return Fault{SomaV, NoNumber};
    if (!std::all_of(s.instRate.begin(), s.instRate.end(), finite))
        return Fault{InstRate, NoNumber};
    if (!std::all_of(s.dendV.begin(), s.dendV.end(),
                     [&](std::uint16_t v) { return finite(floatFromHalf(v)); }))
        return Fault{BranchV, NoNumber};
    const auto flag = [](std::uint8_t v) { return v <= 1; };
    constexpr const char *NoFlag = "a flag that is neither true nor false";
    if (!std::all_of(s.spikes.begin(), s.spikes.end(), flag))
        return Fault{Spikes, NoFlag};
    if (!std::all_of(s.nearSpikes.begin(), s.nearSpikes.end(), flag))
        return Fault{NearSpikes, NoFlag};
    return std::nullopt;
}

std::string shapeText(const std::vector<std::size_t> &shape)
{
    std::string text;
    for (const std::size_t d : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(d);
    return text.empty() ? "()" : text;
}

/// Reads the six files of one simulation. T is set by the first one and must stay.
Result<StoredSimulation> readSimulation(const fs::path &split, std::uint64_t index,
                                        std::size_t segments, std::size_t &T)
{
    std::array<NpyArray, NumpyFields.size()> arrays;
    for (std::size_t f = 0; f < NumpyFields.size(); ++f) {
        const std::string path = (split / NumpyFields[f].folder / fileName(index)).string();
        Result<NpyArray> array = readNpy(path, NumpyFields[f].type);
        if (!array)
            return array.error();
        if (f == Inputs && T == 0) {
            if (array->shape.size() != 3 || array->shape[1] == 0)
                return folderError(path,
                                   " has the shape " + shapeText(array->shape) + " where "
                                       + std::to_string(segments)
                                       + " x milliseconds x 2 is expected.");
            T = array->shape[1];
        }
        const std::vector<std::size_t> expected = f == Inputs
            ? std::vector{segments, T, std::size_t{2}}
            : f == BranchV ? std::vector{segments, T}
                           : std::vector{T};
        if (array->shape != expected)
            return folderError(path,
                               " has the shape " + shapeText(array->shape) + " where "
                                   + shapeText(expected) + " is expected.");
        arrays[f] = std::move(*array);
    }
    StoredSimulation s;
    s.index = index;
    s.inputs = kindsFirst(as<std::uint16_t>(arrays[Inputs]), segments, T);
    s.spikes = as<std::uint8_t>(arrays[Spikes]);
    s.nearSpikes = as<std::uint8_t>(arrays[NearSpikes]);
    s.somaV = as<float>(arrays[SomaV]);
    s.instRate = as<float>(arrays[InstRate]);
    s.dendV = as<std::uint16_t>(arrays[BranchV]);
    if (const std::optional<Fault> fault = outOfRange(s))
        return folderError((split / NumpyFields[fault->field].folder / fileName(index)).string(),
                           std::string(" holds ") + fault->what + ".");
    return s;
}

/// A folder that goes away with its contents unless kept.
class ScratchFolder
{
public:
    explicit ScratchFolder(fs::path path) : m_path(std::move(path))
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
        m_ok = fs::create_directory(m_path, m_code);
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (m_ok)
            fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] const fs::path &path() const { return m_path; }
    [[nodiscard]] int why() const { return m_code.value(); }
    void keep() { m_ok = false; }

private:
    fs::path m_path;
    std::error_code m_code;
    bool m_ok = false;
};

} // namespace

Result<Neuron> neuronOfNumpyFolder(const std::string &folder, const std::optional<Neuron> &given)
{
    std::error_code ignored;
    fs::path path = fs::absolute(folder, ignored).lexically_normal();
    if (!path.has_filename())
        path = path.parent_path();
    const std::string name = path.filename().string();
    if (given) {
        if (!given->isBallAndStick())
            return Error{ErrorCode::InvalidValue,
                         "The NumPy layout knows only ball-and-stick neurons, and this one has a "
                         "dendritic tree.",
                         folder};
        // A folder that was given another name tells nothing; the shapes are checked anyway.
        if (name.starts_with("BallAndStickNeuron_") && shortName(*given) != name)
            return Error{ErrorCode::InvalidValue,
                         "The neuron does not fit the folder's name " + name + ": it would be "
                             + shortName(*given) + ". Name the right neuron, or the right folder.",
                         folder};
        return *given;
    }
    for (const NeuronPreset &preset : neuronPresets()) {
        const Neuron neuron = presetNeuron(preset.name).value();
        if (shortName(neuron) == name)
            return neuron;
    }
    return Error{ErrorCode::NotFound,
                 "The name " + name
                     + " does not tell which neuron made this data. Name it with --neuron.",
                 folder};
}

Status importNumpy(const std::string &folder, const Neuron &neuron, const std::string &target,
                   bool replace, const ProgressFunction &progress)
{
    const fs::path root(folder);
    if (!isFolder(root))
        return folderError(folder, " is not a folder.");
    const auto segments = static_cast<std::size_t>(neuron.segmentCount());
    std::array<std::vector<std::uint64_t>, 3> numbers;
    std::size_t total = 0;
    for (const Split split : AllSplits) {
        Result<std::vector<std::uint64_t>> list = listSplit(root / splitName(split));
        if (!list)
            return list.error();
        total += list->size();
        numbers[static_cast<std::size_t>(split)] = std::move(*list);
    }
    if (total == 0)
        return folderError(folder,
                           " holds no simulation: it should have folders train, valid and "
                           "test with inputs/sim_NNNNNNN.npy and so on.");
    if (const Result<TargetFile> probe = TargetFile::prepare(target, replace); !probe)
        return probe.error();
    const ScratchFolder scratch(target + ".importing-" + std::to_string(::getpid()));
    if (!scratch.ok())
        return writeError(target, scratch.why());

    DatasetWriter::Contents contents;
    contents.info.neuron = neuron;
    contents.info.segments = static_cast<int>(segments);
    contents.info.source = "numpy";
    std::vector<std::string> sources;
    std::size_t T = 0;
    std::size_t done = 0;
    // Reading and packing is nearly all of the work; copying the packed chunks is the rest.
    const auto report = [&](double share) { return !progress || progress(share); };
    for (const Split split : AllSplits) {
        const std::vector<std::uint64_t> &list = numbers[static_cast<std::size_t>(split)];
        for (std::size_t from = 0; from < list.size(); from += ImportBlock) {
            Shard shard;
            shard.split = split;
            shard.first = from;
            for (std::size_t i = from; i < std::min(list.size(), from + ImportBlock); ++i) {
                Result<StoredSimulation> simulation =
                    readSimulation(root / splitName(split), list[i], segments, T);
                if (!simulation)
                    return simulation.error();
                const StatisticValues values =
                    statisticsOf(*simulation, static_cast<int>(segments));
                contents.pieces[static_cast<std::size_t>(split)].push_back(
                    {sources.size(), i - from, list[i], values});
                shard.candidates.push_back(values);
                shard.accepted.push_back(1);
                shard.simulations.push_back(std::move(*simulation));
                if (!report(0.95 * static_cast<double>(++done) / static_cast<double>(total)))
                    return Error{ErrorCode::Cancelled, "Cancelled; nothing was written.", target};
            }
            sources.push_back((scratch.path() / shardName(split, from)).string());
            if (const Status written = writeShard(sources.back(), shard, static_cast<int>(segments),
                                                  static_cast<int>(T));
                !written)
                return namedAs(written.error(), sources.back(), target);
            std::error_code ignored;
            contents.packedBytes += fs::file_size(sources.back(), ignored);
        }
    }
    contents.info.durationMs = static_cast<int>(T);

    h5::Handle file; // of the shard that is being copied
    contents.openSource = [&](std::size_t n) -> Result<h5::SimulationGroup> {
        Result<h5::Handle> next = h5::openForReading(sources[n]);
        if (!next)
            return next.error();
        file = std::move(*next);
        return h5::SimulationGroup::open(file, "simulations", sources[n]);
    };
    const Status written = DatasetWriter::write(
        target, contents, replace, [&](double share) { return report(0.95 + 0.05 * share); });
    const auto held = h5::lock();
    file.close();
    return written;
}

Status exportNumpy(const DatasetFile &dataset, const std::string &folder,
                   const ProgressFunction &progress)
{
    const DatasetInfo &info = dataset.info();
    if (!info.neuron.isBallAndStick())
        return Error{ErrorCode::InvalidValue,
                     "The NumPy layout knows only ball-and-stick neurons, and this one has a "
                     "dendritic tree.",
                     dataset.path()};
    std::error_code code;
    const bool made = fs::create_directories(followLinks(folder).value_or(folder), code);
    if (code)
        return folderError(folder, " cannot be made: " + code.message() + ".");
    // Nothing is left behind by an export that fails; only an empty folder is removed.
    const std::shared_ptr<void> tidy(nullptr, [made, folder](void *) {
        std::error_code ignored;
        if (made)
            fs::remove(folder, ignored);
    });
    const fs::path target = fs::path(folder) / shortName(info.neuron);
    if (fs::exists(target, code))
        return Error{ErrorCode::Exists,
                     target.string() + " exists already. Choose another folder, or remove it.",
                     target.string()};
    ScratchFolder scratch(fs::path(folder)
                          / ("." + shortName(info.neuron) + ".part-" + std::to_string(::getpid())));
    if (!scratch.ok())
        return writeError(target.string(), scratch.why());

    const auto n = static_cast<std::size_t>(info.segments);
    const auto T = static_cast<std::size_t>(info.durationMs);
    std::size_t total = 0;
    for (const std::size_t count : info.simulations)
        total += count;
    std::size_t done = 0;
    for (const Split split : AllSplits) {
        const fs::path splitFolder = scratch.path() / splitName(split);
        for (const Member &field : NumpyFields) {
            if (fs::create_directories(splitFolder / field.folder, code); code)
                return writeError(target.string(), code.value());
        }
        const Result<SplitStatistics> known = dataset.statistics(split);
        if (!known)
            return known.error();
        for (std::size_t i = 0; i < known->index.size(); ++i) {
            const Result<StoredSimulation> s = dataset.simulation(split, i);
            if (!s)
                return s.error();
            const auto put = [&](FieldIndex f, const std::vector<std::size_t> &shape,
                                 const auto &values) -> Status {
                const std::string path =
                    (splitFolder / NumpyFields[f].folder / fileName(known->index[i])).string();
                const Status written = writeNpy(path, NumpyFields[f].type, shape, values.data(),
                                                values.size() * sizeof(values.front()));
                if (!written)
                    return namedAs(written.error(), path, target.string());
                return Done{};
            };
            for (const Status &written :
                 {put(Inputs, {n, T, 2}, kindsLast(s->inputs)), put(Spikes, {T}, s->spikes),
                  put(SomaV, {T}, s->somaV), put(NearSpikes, {T}, s->nearSpikes),
                  put(InstRate, {T}, s->instRate), put(BranchV, {n, T}, s->dendV)}) {
                if (!written)
                    return written;
            }
            ++done;
            if (progress && !progress(static_cast<double>(done) / static_cast<double>(total)))
                return Error{ErrorCode::Cancelled, "Cancelled; nothing was left behind.",
                             target.string()};
        }
    }
    fs::rename(scratch.path(), target, code);
    if (code)
        return folderError(target.string(), " cannot be made: " + code.message() + ".");
    scratch.keep();
    return Done{};
}

} // namespace dt
