// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetFile.h"

#include "engine/base/Half.h"
#include "engine/base/NumberText.h"
#include "engine/data/DatasetLayout.h"
#include "engine/data/DatasetWriter.h"
#include "engine/data/NeuronAttributes.h"
#include "engine/json/DatasetJson.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace dt {

namespace {

constexpr const char *DatasetFormat = "dendrotwin-dataset";

Result<Acceptances> readAcceptance(hid_t file, const std::string &path)
{
    const Result<std::string> text = h5::readTextAttribute(file, "acceptance", path);
    return text ? acceptanceFromText(*text, path) : text.error();
}

/// The first number that is not finite, as words.
template <typename Values, typename Convert>
std::optional<std::string> notFinite(const Values &values, const char *name, Convert convert)
{
    for (const auto value : values) {
        if (!std::isfinite(convert(value)))
            return std::string("'") + name + "' holds a value that is not a number";
    }
    return std::nullopt;
}

/// Another processor may round sums of thousands of numbers differently.
bool agree(const StatisticValues &a, const StatisticValues &b)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!(std::abs(a[i] - b[i]) <= 1e-9 * (1.0 + std::abs(b[i]))))
            return false;
    }
    return true;
}

std::optional<std::string> faultOf(const StoredSimulation &s)
{
    const auto half = [](std::uint16_t v) { return floatFromHalf(v); };
    const auto same = [](float v) { return v; };
    for (const auto &fault :
         {notFinite(s.inputs, "inputs", half), notFinite(s.dendV, "dend_v", half),
          notFinite(s.somaV, "soma_v", same), notFinite(s.instRate, "inst_rate", same)}) {
        if (fault)
            return fault;
    }
    const auto flags = [](const std::vector<std::uint8_t> &values) {
        return std::all_of(values.begin(), values.end(), [](std::uint8_t v) { return v <= 1; });
    };
    if (!flags(s.spikes) || !flags(s.nearSpikes))
        return "a spike flag is neither 0 nor 1";
    return std::nullopt;
}

Error nothingLeft(const std::string &path, std::size_t total,
                  const std::array<std::size_t, StatisticCount> &rejectedBy,
                  const std::vector<StatisticRange> &ranges)
{
    std::string sentence = total == 1
        ? "The only simulation of " + path + " does not lie in all ranges"
        : "None of the " + std::to_string(total) + " simulations of " + path
            + " lies in all ranges";
    sentence += ", so nothing was written";
    const auto worst = std::max_element(rejectedBy.begin(), rejectedBy.end());
    const auto index = static_cast<std::size_t>(std::distance(rejectedBy.begin(), worst));
    for (const StatisticRange &range : ranges) {
        if (static_cast<std::size_t>(range.statistic) == index && *worst > 0)
            sentence += "; " + std::to_string(*worst) + " failed at "
                + std::string(dt::statistics()[index].name) + " (" + formatNumber(range.lo) + " to "
                + formatNumber(range.hi) + ")";
    }
    return {ErrorCode::InvalidValue, sentence + ". Widen the ranges.", path};
}

} // namespace

struct DatasetFile::Private
{
    std::string path;
    h5::Handle file;
    std::array<std::optional<h5::SimulationGroup>, 3> groups;
    std::array<std::vector<std::uint64_t>, 3> indices; ///< candidate numbers
    DatasetInfo info;

    [[nodiscard]] const h5::SimulationGroup &group(Split split) const
    {
        return *groups[static_cast<std::size_t>(split)];
    }

    /// Reads a data set of `expected` values.
    [[nodiscard]] Status column(const std::string &name, hid_t type, void *out,
                                std::size_t expected) const
    {
        const Result<h5::Shape> shape = h5::shapeOf(file, name, path);
        if (!shape)
            return shape.error();
        if (shape->dims != std::vector<hsize_t>{expected})
            return h5::damaged(path, "'" + name + "' has an unexpected shape");
        return expected == 0 ? Status(Done{}) : h5::read(file, name, type, out, path);
    }
};

DatasetFile::DatasetFile() : d(std::make_unique<Private>()) { }
DatasetFile::DatasetFile(DatasetFile &&) noexcept = default;
DatasetFile &DatasetFile::operator=(DatasetFile &&) noexcept = default;

DatasetFile::~DatasetFile()
{
    const auto held = h5::lock();
    d.reset();
}

const std::string &DatasetFile::path() const
{
    return d->path;
}

const DatasetInfo &DatasetFile::info() const
{
    return d->info;
}

Result<DatasetFile> DatasetFile::open(const std::string &path)
{
    const auto held = h5::lock();
    DatasetFile result;
    Private &p = *result.d;
    p.path = path;
    Result<h5::Handle> file = h5::openForReading(path);
    if (!file)
        return file.error();
    p.file = std::move(*file);
    if (!h5::hasAttribute(p.file, "format"))
        return Error{ErrorCode::Format,
                     path
                         + " is not a data set of ours. Import NumPy folders with 'dataset "
                           "import-numpy'.",
                     path};
    if (const Status header = checkHeader(p.file, DatasetFormat, path); !header)
        return header.error();
    if (const Status seal = h5::checkSeal(p.file, path); !seal)
        return seal.error();
    const Result<Neuron> neuron = readNeuron(p.file, path);
    if (!neuron)
        return neuron.error();
    p.info.neuron = *neuron;
    if (const Result<std::string> source = h5::readTextAttribute(p.file, "source", path); source)
        p.info.source = *source;
    if (h5::hasAttribute(p.file, "plan")) {
        const Result<std::string> text = h5::readTextAttribute(p.file, "plan", path);
        if (!text)
            return text.error();
        const Result<DatasetPlan> plan = planFromText(*text, path);
        if (!plan)
            return plan.error();
        p.info.plan = *plan;
        const Result<Acceptances> acceptance = readAcceptance(p.file, path);
        if (!acceptance)
            return acceptance.error();
        p.info.acceptance = *acceptance;
    }
    for (const Split split : AllSplits) {
        Result<h5::SimulationGroup> group =
            h5::SimulationGroup::open(p.file, std::string(splitName(split)), path);
        if (!group)
            return group.error();
        const auto i = static_cast<std::size_t>(split);
        p.info.simulations[i] = group->count();
        if (split != Split::Train
            && (group->segments() != p.info.segments || group->durationMs() != p.info.durationMs))
            return h5::damaged(path, "its parts have different shapes");
        p.info.segments = group->segments();
        p.info.durationMs = group->durationMs();
        p.groups[i].emplace(std::move(*group));
    }
    for (const Split split : AllSplits) {
        const auto i = static_cast<std::size_t>(split);
        p.indices[i].resize(p.info.simulations[i]);
        if (const Status s = p.column(std::string(splitName(split)) + "/simulation_index",
                                      H5T_NATIVE_UINT64, p.indices[i].data(), p.indices[i].size());
            !s)
            return s.error();
    }
    if (p.info.segments != p.info.neuron.segmentCount())
        return h5::damaged(path,
                           "its neuron has " + std::to_string(p.info.neuron.segmentCount())
                               + " segments, its data " + std::to_string(p.info.segments));
    return result;
}

Result<SplitStatistics> DatasetFile::statistics(Split split) const
{
    const auto held = h5::lock();
    const std::string prefix(splitName(split));
    const std::size_t n = d->group(split).count();
    SplitStatistics result;
    result.index = d->indices[static_cast<std::size_t>(split)];
    result.values.resize(n);
    for (const StatisticInfo &info : dt::statistics()) {
        std::vector<double> values(n);
        const std::string name = prefix + "/statistics/" + std::string(info.name);
        if (const Status s = d->column(name, H5T_NATIVE_DOUBLE, values.data(), n); !s)
            return s.error();
        for (std::size_t i = 0; i < n; ++i)
            result.values[i][static_cast<std::size_t>(info.statistic)] = values[i];
    }
    const Result<h5::Shape> isi = h5::shapeOf(d->file, prefix + "/isi_ms", d->path);
    if (!isi)
        return isi.error();
    if (isi->dims.size() != 1)
        return h5::damaged(d->path, "'" + prefix + "/isi_ms' has an unexpected shape");
    result.isiMs.resize(isi->dims[0]);
    if (const Status s =
            d->column(prefix + "/isi_ms", H5T_NATIVE_INT, result.isiMs.data(), isi->dims[0]);
        !s)
        return s.error();
    return result;
}

Result<StoredSimulation> DatasetFile::simulation(Split split, std::size_t i) const
{
    const auto held = h5::lock();
    if (i >= d->group(split).count())
        return Error{ErrorCode::NotFound,
                     d->path + " has no simulation " + std::to_string(i) + " in "
                         + std::string(splitName(split)) + ".",
                     d->path};
    Result<StoredSimulation> simulation = d->group(split).read(i);
    if (simulation)
        simulation->index = d->indices[static_cast<std::size_t>(split)][i];
    return simulation;
}

Status DatasetFile::verify(const ProgressFunction &progress) const
{
    {
        const auto held = h5::lock();
        if (const Status walked = h5::walk(d->file, d->path); !walked)
            return walked;
    }
    std::size_t total = 0;
    for (const std::size_t n : d->info.simulations)
        total += n;
    std::size_t done = 0;
    for (const Split split : AllSplits) {
        const Result<SplitStatistics> stored = statistics(split);
        if (!stored)
            return stored.error();
        const std::string name(splitName(split));
        std::vector<int> isiMs;
        for (std::size_t i = 0; i < stored->values.size(); ++i) {
            const std::string where = name + " simulation " + std::to_string(i) + ": ";
            const Result<StoredSimulation> simulation = this->simulation(split, i);
            if (!simulation)
                return simulation.error();
            if (const std::optional<std::string> fault = faultOf(*simulation))
                return h5::damaged(d->path, where + *fault);
            if (!agree(statisticsOf(*simulation, d->info.segments), stored->values[i]))
                return h5::damaged(d->path, where + "its statistics do not fit its data");
            if (i > 0 && stored->index[i] <= stored->index[i - 1])
                return h5::damaged(d->path, where + "its number does not follow the one before");
            const std::vector<int> intervals = interSpikeIntervals(simulation->spikes);
            isiMs.insert(isiMs.end(), intervals.begin(), intervals.end());
            ++done;
            if (progress && !progress(static_cast<double>(done) / static_cast<double>(total)))
                return Error{ErrorCode::Cancelled, "Cancelled; not everything was read.", d->path};
        }
        if (isiMs != stored->isiMs)
            return h5::damaged(d->path,
                               "the inter-spike intervals of " + name + " do not fit its spikes");
    }
    return Done{};
}

Status DatasetFile::filterTo(const std::string &target, const std::vector<StatisticRange> &ranges,
                             bool replace, const ProgressFunction &progress) const
{
    std::error_code ignored;
    if (std::filesystem::equivalent(target, d->path, ignored))
        return Error{ErrorCode::Exists,
                     target + " is the data set itself, which stays as it is. Choose another name.",
                     target};
    DatasetWriter::Contents contents;
    contents.info = d->info;
    contents.info.source = "filter";
    std::array<std::size_t, StatisticCount> rejectedBy{};
    std::size_t total = 0;
    for (const Split split : AllSplits) {
        const Result<SplitStatistics> stored = statistics(split);
        if (!stored)
            return stored.error();
        for (std::size_t i = 0; i < stored->values.size(); ++i) {
            ++total;
            if (const auto broken = firstViolation(stored->values[i], ranges)) {
                ++rejectedBy[static_cast<std::size_t>(broken->statistic)];
                continue;
            }
            contents.pieces[static_cast<std::size_t>(split)].push_back(
                {static_cast<std::size_t>(split), i, stored->index[i], stored->values[i]});
            const auto held = h5::lock();
            contents.packedBytes += d->group(split).packedBytes(i);
        }
    }
    if (std::all_of(contents.pieces.begin(), contents.pieces.end(),
                    [](const auto &pieces) { return pieces.empty(); }))
        return nothingLeft(d->path, total, rejectedBy, ranges);
    contents.openSource = [this](std::size_t split) {
        return h5::SimulationGroup::open(d->file, std::string(splitName(AllSplits[split])),
                                         d->path);
    };
    return DatasetWriter::write(target, contents, replace, progress);
}

} // namespace dt
