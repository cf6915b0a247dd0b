// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TwinFile.h"

#include "engine/base/Version.h"
#include "engine/data/Checksum.h"
#include "engine/data/NeuronAttributes.h"
#include "engine/data/Trailer.h"
#include "engine/json/TrainingJson.h"

#include <bit>
#include <set>

namespace dt {

namespace {

constexpr const char *TwinFormat = "dendrotwin-twin";
constexpr const char *SealName = "attributes_checksum"; // as sealAttributes() writes it
constexpr const char *SumName = "contents_checksum";
/// More than any twin has; refused before anything is allocated.
constexpr std::size_t MaxValues = 1u << 28;
constexpr std::size_t MaxTensors = 100'000;
constexpr std::size_t MaxRank = 16;

/// Group names; the resume groups exist only together.
constexpr const char *Weights = "weights";
constexpr const char *History = "history";
constexpr const char *Resume = "resume";
constexpr const char *Current = "resume/weights";
constexpr const char *Optimiser = "resume/optimiser";

void addToSum(Checksum &sum, const std::string &group, const NamedTensor &tensor)
{
    sum.add(std::string_view(group));
    sum.add(std::string_view(tensor.name));
    sum.add(std::uint64_t{tensor.shape.size()});
    for (const std::int64_t n : tensor.shape)
        sum.add(static_cast<std::uint64_t>(n));
    sum.add(std::uint64_t{tensor.values.index()});
    static_assert(std::endian::native == std::endian::little);
    std::visit([&](const auto &v) { sum.add(v.data(), v.size() * sizeof v[0]); }, tensor.values);
}

template <typename T>
void addToSum(Checksum &sum, const std::string &name, const std::vector<T> &values)
{
    sum.add(std::string_view(name));
    sum.add(std::uint64_t{values.size()});
    sum.add(values.data(), values.size() * sizeof(T));
}

/// The columns of a history with their names, for reading and writing alike.
template <typename AnyHistory, typename Visit>
void visitColumns(AnyHistory &history, Visit visit)
{
    visit("learning_rate", history.learningRate);
    visit("epoch_seconds", history.epochSeconds);
    visit("grad_norm", history.gradNorm);
    visit("valid_iteration", history.validationIteration);
    const auto losses = [&](const std::string &prefix, auto &columns) {
        for (const Head head : AllHeads)
            visit(prefix + std::string(headName(head)), columns.heads[headIndex(head)]);
        visit(prefix + "total", columns.total);
        for (const Head head : AllHeads)
            visit(prefix + "weight_" + std::string(headName(head)),
                  columns.weights[headIndex(head)]);
    };
    losses("train_", history.training);
    losses("valid_", history.validation);
}

hid_t fileType(const std::vector<double> &)
{
    return H5T_IEEE_F64LE;
}
hid_t fileType(const std::vector<float> &)
{
    return H5T_IEEE_F32LE;
}
hid_t fileType(const std::vector<std::int64_t> &)
{
    return H5T_STD_I64LE;
}
hid_t memoryType(const std::vector<double> &)
{
    return H5T_NATIVE_DOUBLE;
}
hid_t memoryType(const std::vector<float> &)
{
    return H5T_NATIVE_FLOAT;
}
hid_t memoryType(const std::vector<std::int64_t> &)
{
    return H5T_NATIVE_INT64;
}

Error wrongTwin(const std::string &what)
{
    return {ErrorCode::InvalidValue, "This twin cannot be written: " + what + ".", ""};
}

Status checkTensors(const std::vector<NamedTensor> &tensors, const char *what)
{
    std::set<std::string> names;
    for (const NamedTensor &tensor : tensors) {
        const std::string &name = tensor.name;
        if (name.empty() || name == "." || name.find('/') != std::string::npos
            || name.find('\0') != std::string::npos)
            return wrongTwin(std::string(what) + " cannot be named '" + name + "'");
        if (!names.insert(name).second)
            return wrongTwin("two of its " + std::string(what) + " are named '" + name + "'");
        if (!tensor.consistent() || tensor.shape.size() > MaxRank || tensor.size() > MaxValues)
            return wrongTwin("'" + name + "' does not fit its shape");
    }
    return Done{};
}

/// A group that remembers the order of what is put into it.
h5::Handle createOrderedGroup(hid_t file, const char *name)
{
    const h5::Handle settings(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    H5Pset_obj_track_times(settings, false);
    H5Pset_link_creation_order(settings, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    return h5::Handle(H5Gcreate2(file, name, H5P_DEFAULT, settings, H5P_DEFAULT), H5Gclose);
}

/// A single number, which HDF5 neither chunks nor checks.
Status writeScalar(hid_t file, const std::string &name, hid_t type, hid_t memory, const void *value,
                   const std::string &path)
{
    const h5::Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const h5::Handle settings = h5::dataSetSettings();
    const h5::Handle set(
        H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, settings, H5P_DEFAULT), H5Dclose);
    if (!set.ok() || H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0)
        return h5::writeError(path);
    return Done{};
}

Status writeTensors(hid_t file, const char *group, const std::vector<NamedTensor> &tensors,
                    Checksum &sum, const std::string &path)
{
    if (!createOrderedGroup(file, group).ok())
        return h5::writeError(path);
    for (const NamedTensor &tensor : tensors) {
        addToSum(sum, group, tensor);
        const std::string name = std::string(group) + "/" + tensor.name;
        const std::vector<hsize_t> dims(tensor.shape.begin(), tensor.shape.end());
        const Status written = std::visit(
            [&](const auto &v) {
                return dims.empty()
                    ? writeScalar(file, name, fileType(v), memoryType(v), v.data(), path)
                    : h5::write(file, name, dims, fileType(v), memoryType(v), v.data(), "", path);
            },
            tensor.values);
        if (!written)
            return written;
    }
    return Done{};
}

template <typename T>
Status writeVector(hid_t file, const std::string &name, const std::vector<T> &values, Checksum &sum,
                   const std::string &path)
{
    addToSum(sum, name, values);
    return h5::write(file, name, {values.size()}, fileType(values), memoryType(values),
                     values.data(), "", path);
}

Status writeAttributes(hid_t file, const TwinContents &twin, Checksum &sum)
{
    std::optional<Error> error;
    const auto keep = [&](const Status &status) {
        if (!status && !error)
            error = status.error();
    };
    const auto put = [&](const char *name, auto value) {
        keep(h5::writeAttribute(file, name, value));
    };
    if (twin.neuron) {
        keep(writeHeader(file, TwinFormat, *twin.neuron));
    } else {
        put("format", std::string(TwinFormat));
        put("format_version", std::int64_t{FormatVersion});
        put("created_by", "DendroTwin " + std::string(ProgramVersion));
    }
    put("complete", std::int64_t{twin.complete ? 1 : 0});
    for (const auto &[name, text] :
         {std::pair{"spec", &twin.spec}, std::pair{"scaling", &twin.scaling},
          std::pair{"training", &twin.training}, std::pair{"evaluation", &twin.evaluation},
          std::pair{"author", &twin.author}}) {
        if (!text->empty())
            put(name, *text);
    }
    put("progress", historyScalarsText(twin.history));
    if (twin.dataset)
        put("dataset", identityText(*twin.dataset));
    if (twin.resume)
        put("log", twin.resume->logPath);
    put(SumName, static_cast<std::int64_t>(sum.value() >> 1));
    keep(h5::sealAttributes(file));
    if (error)
        return *error;
    return Done{};
}

Status writeTwinContents(hid_t file, const TwinContents &twin, const std::string &path)
{
    Checksum sum;
    if (const Status s = writeTensors(file, Weights, twin.weights, sum, path); !s)
        return s;
    if (!h5::createGroup(file, History).ok())
        return h5::writeError(path);
    std::optional<Error> error;
    visitColumns(twin.history, [&](const std::string &name, const auto &values) {
        if (error)
            return;
        if (const Status s =
                writeVector(file, std::string(History) + "/" + name, values, sum, path);
            !s)
            error = s.error();
    });
    if (error)
        return *error;
    if (twin.resume) {
        if (!h5::createGroup(file, Resume).ok())
            return h5::writeError(path);
        if (const Status s = writeTensors(file, Current, twin.resume->current, sum, path); !s)
            return s;
        if (const Status s = writeTensors(file, Optimiser, twin.resume->optimiser, sum, path); !s)
            return s;
    }
    return writeAttributes(file, twin, sum);
}

herr_t addName(hid_t, const char *name, const H5L_info_t *, void *data)
{
    auto &names = *static_cast<std::vector<std::string> *>(data);
    names.emplace_back(name);
    return names.size() > MaxTensors ? -1 : 0;
}

/// In the order of their making, or by name in files that other programs rewrote.
Result<std::vector<std::string>> namesIn(hid_t file, const char *group, const std::string &path)
{
    std::vector<std::string> names;
    for (const H5_index_t index : {H5_INDEX_CRT_ORDER, H5_INDEX_NAME}) {
        names.clear();
        const h5::Handle handle(h5::exists(file, group) ? H5Gopen2(file, group, H5P_DEFAULT) : -1,
                                H5Gclose);
        if (handle.ok() && H5Literate(handle, index, H5_ITER_INC, nullptr, addName, &names) >= 0)
            return names;
    }
    return h5::damaged(path, "its group '" + std::string(group) + "' cannot be read");
}

/// Shape of a data set of a sensible size.
Result<h5::Shape> boundedShape(hid_t file, const std::string &name, const std::string &path)
{
    const Result<h5::Shape> shape = h5::shapeOf(file, name, path);
    if (!shape)
        return shape;
    std::size_t items = 1;
    for (const hsize_t n : shape->dims) {
        if (n > MaxValues || (n > 0 && items > MaxValues / n))
            return h5::damaged(path, "'" + name + "' is impossibly large");
        items *= n;
    }
    if (shape->dims.size() > MaxRank || (shape->kind != H5T_FLOAT && shape->kind != H5T_INTEGER))
        return h5::damaged(path, "'" + name + "' does not hold numbers");
    return shape;
}

Status readTensors(hid_t file, const char *group, std::vector<NamedTensor> &tensors, Checksum &sum,
                   const std::string &path)
{
    const Result<std::vector<std::string>> names = namesIn(file, group, path);
    if (!names)
        return names.error();
    for (const std::string &name : *names) {
        const std::string full = std::string(group) + "/" + name;
        const Result<h5::Shape> shape = boundedShape(file, full, path);
        if (!shape)
            return shape.error();
        NamedTensor tensor{name, {shape->dims.begin(), shape->dims.end()}, {}};
        std::size_t items = 1;
        for (const hsize_t n : shape->dims)
            items *= n;
        if (shape->kind == H5T_INTEGER)
            tensor.values = std::vector<std::int64_t>();
        const Status read = std::visit(
            [&](auto &v) -> Status {
                v.resize(items);
                if (items == 0)
                    return Done{};
                return h5::read(file, full, memoryType(v), v.data(), path);
            },
            tensor.values);
        if (!read)
            return read;
        addToSum(sum, group, tensor);
        tensors.push_back(std::move(tensor));
    }
    return Done{};
}

template <typename T>
Status readVector(hid_t file, const std::string &name, std::vector<T> &values, Checksum &sum,
                  const std::string &path)
{
    const Result<h5::Shape> shape = boundedShape(file, name, path);
    if (!shape)
        return shape.error();
    if (shape->dims.size() != 1)
        return h5::damaged(path, "'" + name + "' has an unexpected shape");
    values.resize(shape->dims[0]);
    if (!values.empty()) {
        if (const Status s = h5::read(file, name, memoryType(values), values.data(), path); !s)
            return s;
    }
    addToSum(sum, name, values);
    return Done{};
}

Status readAttributes(hid_t file, TwinContents &twin, const std::string &path)
{
    const Result<double> complete = h5::readNumberAttribute(file, "complete", path);
    if (!complete)
        return complete.error();
    twin.complete = *complete != 0.0;
    for (const auto &[name, text] :
         {std::pair{"spec", &twin.spec}, std::pair{"scaling", &twin.scaling},
          std::pair{"training", &twin.training}, std::pair{"evaluation", &twin.evaluation},
          std::pair{"author", &twin.author}}) {
        if (!h5::hasAttribute(file, name))
            continue;
        const Result<std::string> found = h5::readTextAttribute(file, name, path);
        if (!found)
            return found.error();
        *text = *found;
    }
    if (h5::hasAttribute(file, "neuron")) {
        const Result<Neuron> neuron = readNeuron(file, path);
        if (!neuron)
            return neuron.error();
        twin.neuron = *neuron;
    }
    if (h5::hasAttribute(file, "dataset")) {
        const Result<std::string> identity = h5::readTextAttribute(file, "dataset", path);
        if (!identity)
            return identity.error();
        const Result<DatasetIdentity> dataset = identityFromText(*identity, path);
        if (!dataset)
            return dataset.error();
        twin.dataset = *dataset;
    }
    const Result<std::string> progress = h5::readTextAttribute(file, "progress", path);
    if (!progress)
        return progress.error();
    return readHistoryScalars(*progress, path, twin.history);
}

Status readResume(hid_t file, TwinResume &resume, Checksum &sum, const std::string &path)
{
    const Result<std::string> log = h5::readTextAttribute(file, "log", path);
    if (!log)
        return log.error();
    resume.logPath = *log;
    if (const Status s = readTensors(file, Current, resume.current, sum, path); !s)
        return s;
    return readTensors(file, Optimiser, resume.optimiser, sum, path);
}

/// The right kind of file, of a known version, with nothing changed in its attributes.
Status checkFile(hid_t file, const std::string &path)
{
    if (!h5::hasAttribute(file, "format"))
        return Error{ErrorCode::Format, path + " is not a twin: it has no attribute 'format'.",
                     path};
    if (const Status header = checkHeader(file, TwinFormat, path); !header)
        return header;
    for (const char *needed : {SealName, SumName}) {
        if (!h5::hasAttribute(file, needed))
            return h5::damaged(path, std::string("its attribute '") + needed + "' is missing");
    }
    return h5::checkSeal(file, path);
}

} // namespace

Status writeTwin(const std::string &path, const TwinContents &twin, bool replace)
{
    if (const Status s = checkTensors(twin.weights, "weights"); !s)
        return s;
    if (const Status s = validateHistory(twin.history); !s)
        return s;
    if (twin.resume) {
        if (const Status s = checkTensors(twin.resume->current, "weights"); !s)
            return s;
        if (const Status s = checkTensors(twin.resume->optimiser, "optimiser states"); !s)
            return s;
    }
    const auto held = h5::lock();
    return h5::writeFile(
        path, replace, [&](hid_t file) { return writeTwinContents(file, twin, path); },
        [](const std::string &temporary) { return bool(appendTrailer(temporary)); });
}

Result<TwinContents> readTwin(const std::string &path)
{
    const auto held = h5::lock();
    if (const Status s = checkTrailer(path); !s)
        return s.error();
    const Result<h5::Handle> file = h5::openForReading(path);
    if (!file)
        return file.error();
    if (const Status s = checkFile(*file, path); !s)
        return s.error();
    TwinContents twin;
    Checksum sum;
    if (const Status s = readAttributes(*file, twin, path); !s)
        return s.error();
    if (const Status s = readTensors(*file, Weights, twin.weights, sum, path); !s)
        return s.error();
    std::optional<Error> error;
    visitColumns(twin.history, [&](const std::string &name, auto &values) {
        if (error)
            return;
        if (const Status s =
                readVector(*file, std::string(History) + "/" + name, values, sum, path);
            !s)
            error = s.error();
    });
    if (error)
        return *error;
    if (h5::exists(*file, Resume)) {
        if (const Status s = readResume(*file, twin.resume.emplace(), sum, path); !s)
            return s.error();
    }
    std::int64_t stored = 0;
    const h5::Handle attribute(H5Aopen(*file, SumName, H5P_DEFAULT), H5Aclose);
    if (H5Aread(attribute, H5T_NATIVE_INT64, &stored) < 0
        || stored != static_cast<std::int64_t>(sum.value() >> 1))
        return h5::damaged(path, "its arrays do not match their checksum");
    if (const Status s = validateHistory(twin.history); !s)
        return h5::damaged(path, "its history is inconsistent");
    return twin;
}

DatasetIdentity datasetIdentity(const std::string &path, const DatasetInfo &info,
                                const std::array<SplitStatistics, 3> &statistics)
{
    Checksum sum;
    sum.add(std::string_view(neuronText(info.neuron)));
    for (const SplitStatistics &split : statistics) {
        sum.add(std::uint64_t{split.index.size()});
        for (const std::uint64_t index : split.index)
            sum.add(index);
        for (const StatisticValues &values : split.values)
            sum.add(values.data(), sizeof values);
    }
    DatasetIdentity identity;
    identity.path = path;
    for (std::size_t s = 0; s < identity.simulations.size(); ++s)
        identity.simulations[s] = info.simulations[s];
    identity.segments = info.segments;
    identity.durationMs = info.durationMs;
    if (info.plan)
        identity.seed = info.plan->seed;
    identity.fingerprint = sum.text();
    return identity;
}

} // namespace dt
