// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RecordingFile.h"

#include "engine/base/Half.h"
#include "engine/base/Words.h"
#include "engine/cell/Validation.h"
#include "engine/data/Hdf5.h"
#include "engine/data/NeuronAttributes.h"

#include <optional>

namespace dt {

namespace {

constexpr const char *RecordingFormat = "dendrotwin-recording";
/// Dense matrices beyond this are refused before they are allocated.
constexpr hsize_t MaxCells = 200'000'000;

struct MatrixShape
{
    int rows = 0;
    int columns = 0;
    WeightPrecision precision = WeightPrecision::Half;
};

/// What holds every value of a type: half precision keeps whole numbers only up to 2048, single
/// up to 2^24.
WeightPrecision precisionOf(H5T_class_t kind, std::size_t itemSize)
{
    const std::size_t needed = kind == H5T_INTEGER ? 2 * itemSize : itemSize;
    return needed <= 2 ? WeightPrecision::Half
        : needed <= 4  ? WeightPrecision::Single
                       : WeightPrecision::Double;
}

Result<MatrixShape> matrixShape(hid_t file, const std::string &name, const std::string &path)
{
    const Result<h5::Shape> shape = h5::shapeOf(file, name, path);
    if (!shape)
        return shape.error();
    if (shape->kind != H5T_FLOAT && shape->kind != H5T_INTEGER)
        return Error{ErrorCode::Format, path + ": '" + name + "' does not hold numbers.", path};
    if (shape->dims.size() != 2)
        return Error{ErrorCode::Format,
                     path + ": '" + name + "' has " + std::to_string(shape->dims.size())
                         + " dimensions; it must have two, segments x ms.",
                     path};
    if (shape->dims[0] < 1 || shape->dims[1] < 1)
        return Error{ErrorCode::Format,
                     path + ": '" + name + "' is empty; it must be segments x ms.", path};
    if (shape->dims[0] > MaxSegments || shape->dims[1] > MaxDurationMs
        || shape->dims[0] * shape->dims[1] > MaxCells)
        return Error{ErrorCode::Format,
                     path + ": '" + name + "' is too large (" + std::to_string(shape->dims[0])
                         + " segments x " + std::to_string(shape->dims[1]) + " ms). "
                         + (shape->dims[0] > MaxSegments && shape->dims[1] <= MaxSegments
                                ? "Rows are segments and columns are ms: give it transposed."
                                : "Split it into shorter simulations."),
                     path};
    return MatrixShape{static_cast<int>(shape->dims[0]), static_cast<int>(shape->dims[1]),
                       precisionOf(shape->kind, shape->itemSize)};
}

Status readEvents(hid_t file, const char *name, Polarity polarity, SpikeInput &input,
                  const std::string &path)
{
    std::vector<double> dense(static_cast<std::size_t>(input.segments)
                              * static_cast<std::size_t>(input.durationMs));
    if (const Status status = h5::read(file, name, H5T_NATIVE_DOUBLE, dense.data(), path); !status)
        return status;
    std::size_t i = 0;
    for (int row = 0; row < input.segments; ++row) {
        for (int t = 0; t < input.durationMs; ++t, ++i) {
            if (dense[i] != 0.0) // NaN and negative weights are kept for validateInput() to name
                input.events.push_back({polarity, row, t, dense[i]});
        }
    }
    return Done{};
}

Status writeInputMatrix(hid_t file, const char *name, Polarity polarity, const SpikeInput &input,
                        const std::string &path)
{
    const std::vector<double> dense = input.matrix(polarity);
    const std::vector<hsize_t> dims{static_cast<hsize_t>(input.segments),
                                    static_cast<hsize_t>(input.durationMs)};
    const std::string unit = "weight (x g_max)";
    if (input.precision == WeightPrecision::Double)
        return h5::write(file, name, dims, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, dense.data(), unit,
                         path);
    if (input.precision == WeightPrecision::Single)
        return h5::write(file, name, dims, H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE, dense.data(), unit,
                         path);
    std::vector<std::uint16_t> half(dense.size());
    for (std::size_t i = 0; i < dense.size(); ++i)
        half[i] = halfFromFloat(static_cast<float>(dense[i]));
    return h5::write(file, name, dims, h5::halfType(), h5::halfType(), half.data(), unit, path);
}

Status writeRecordingContents(hid_t file, const Recording &r, const std::string &path)
{
    std::optional<Error> error;
    const auto step = [&](auto action) {
        if (error)
            return;
        if (const Status status = action(); !status)
            error = status.error();
    };
    const auto T = static_cast<hsize_t>(r.durationMs);
    const auto n = static_cast<hsize_t>(r.segments);
    std::vector<std::uint16_t> dend(r.dendV.size());
    for (std::size_t i = 0; i < dend.size(); ++i)
        dend[i] = halfFromFloat(r.dendV[i]);

    step([&] { return writeHeader(file, RecordingFormat, r.neuron); });
    step([&] { return h5::writeAttribute(file, "engine", r.engine); });
    step([&] { return writeInputMatrix(file, "input_exc", Polarity::Excitatory, r.input, path); });
    step([&] { return writeInputMatrix(file, "input_inh", Polarity::Inhibitory, r.input, path); });
    step([&] {
        return h5::write(file, "soma_v_fine", {r.somaFine.size()}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT,
                         r.somaFine.data(), "mV", path);
    });
    step([&] {
        return h5::write(file, "soma_v", {T}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, r.somaV.data(),
                         "mV", path);
    });
    step([&] {
        return h5::write(file, "dend_v", {n, T}, h5::halfType(), h5::halfType(), dend.data(), "mV",
                         path);
    });
    step([&] {
        return h5::write(file, "spike", {T}, H5T_STD_U8LE, H5T_NATIVE_UINT8, r.spike.data(), "",
                         path);
    });
    step([&] {
        return h5::write(file, "near_spike", {T}, H5T_STD_U8LE, H5T_NATIVE_UINT8,
                         r.nearSpike.data(), "", path);
    });
    step([&] {
        return h5::write(file, "inst_rate", {T}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT,
                         r.instRate.data(), "spikes/ms", path);
    });
    if (error)
        return *error;
    return Done{};
}

/// Reads a vector of known length; a wrong shape is damage.
template <typename T>
Status readVector(hid_t file, const char *name, hid_t memoryType, std::vector<hsize_t> dims,
                  std::vector<T> &out, const std::string &path)
{
    const Result<h5::Shape> shape = h5::shapeOf(file, name, path);
    if (!shape)
        return shape.error();
    if (shape->dims != dims)
        return h5::damaged(path, std::string("'") + name + "' has an unexpected shape");
    hsize_t items = 1;
    for (const hsize_t d : dims)
        items *= d;
    out.resize(items);
    return h5::read(file, name, memoryType, out.data(), path);
}

} // namespace

Result<SpikeInput> readInput(const std::string &path)
{
    const auto held = h5::lock();
    const Result<h5::Handle> file = h5::openForReading(path);
    if (!file)
        return file.error();
    if (const Status version = checkVersion(*file, path); !version)
        return version.error();
    const Result<MatrixShape> exc = matrixShape(*file, "input_exc", path);
    if (!exc)
        return exc.error();
    const Result<MatrixShape> inh = matrixShape(*file, "input_inh", path);
    if (!inh)
        return inh.error();
    if (exc->rows != inh->rows || exc->columns != inh->columns)
        return Error{ErrorCode::Format,
                     path + ": 'input_exc' is " + std::to_string(exc->rows) + " x "
                         + std::to_string(exc->columns) + " but 'input_inh' is "
                         + std::to_string(inh->rows) + " x " + std::to_string(inh->columns)
                         + "; both must be segments x ms.",
                     path};
    SpikeInput input;
    input.segments = exc->rows;
    input.durationMs = exc->columns;
    input.precision = std::max(exc->precision, inh->precision);
    for (const auto &[name, polarity] : {std::pair{"input_exc", Polarity::Excitatory},
                                         std::pair{"input_inh", Polarity::Inhibitory}}) {
        if (const Status status = readEvents(*file, name, polarity, input, path); !status)
            return status.error();
    }
    input.normalise();
    return input;
}

Result<Neuron> readNeuronOf(const std::string &path)
{
    const auto held = h5::lock();
    const Result<h5::Handle> file = h5::openForReading(path);
    if (!file)
        return file.error();
    if (const Status version = checkVersion(*file, path); !version)
        return version.error();
    return readNeuron(*file, path);
}

Status writeRecording(const std::string &path, const Recording &recording, bool replace)
{
    const auto held = h5::lock();
    return h5::writeFile(path, replace,
                         [&](hid_t file) { return writeRecordingContents(file, recording, path); });
}

Result<Recording> readRecording(const std::string &path)
{
    const auto held = h5::lock();
    const Result<h5::Handle> file = h5::openForReading(path);
    if (!file)
        return file.error();
    if (const Status header = checkHeader(*file, RecordingFormat, path); !header)
        return header.error();
    const Result<Neuron> neuron = readNeuron(*file, path);
    if (!neuron)
        return neuron.error();
    const Result<SpikeInput> input = readInput(path);
    if (!input)
        return input.error();

    Recording r;
    r.neuron = *neuron;
    r.input = *input;
    r.segments = input->segments;
    r.durationMs = input->durationMs;
    if (r.segments != neuron->segmentCount())
        return h5::damaged(path,
                           "its input has " + counted(r.segments, "row") + " but its neuron "
                               + counted(neuron->segmentCount(), "segment"));
    if (const Result<std::string> engine = h5::readTextAttribute(*file, "engine", path); engine)
        r.engine = *engine;

    const auto T = static_cast<hsize_t>(r.durationMs);
    const auto n = static_cast<hsize_t>(r.segments);
    const hsize_t fine = T * static_cast<hsize_t>(neuron->samplesPerMs) + 1;
    std::vector<std::uint16_t> dend;
    std::optional<Error> error;
    const auto step = [&](const Status &status) {
        if (!status && !error)
            error = status.error();
    };
    step(readVector(*file, "soma_v_fine", H5T_NATIVE_FLOAT, {fine}, r.somaFine, path));
    step(readVector(*file, "soma_v", H5T_NATIVE_FLOAT, {T}, r.somaV, path));
    step(readVector(*file, "dend_v", h5::halfType(), {n, T}, dend, path));
    step(readVector(*file, "spike", H5T_NATIVE_UINT8, {T}, r.spike, path));
    step(readVector(*file, "near_spike", H5T_NATIVE_UINT8, {T}, r.nearSpike, path));
    step(readVector(*file, "inst_rate", H5T_NATIVE_FLOAT, {T}, r.instRate, path));
    if (error)
        return *error;
    r.dendV.resize(dend.size());
    for (std::size_t i = 0; i < dend.size(); ++i)
        r.dendV[i] = floatFromHalf(dend[i]);
    return r;
}

} // namespace dt
