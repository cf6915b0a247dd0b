// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TorchFile.h"

#include "engine/base/Half.h"
#include "engine/base/Words.h"
#include "engine/data/Unpickler.h"
#include "engine/data/ZipFile.h"
#include "engine/files/TargetFile.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

namespace dt {

namespace {

static_assert(std::endian::native == std::endian::little);

/// Of all tensors together: views of small storages may be large.
constexpr std::uint64_t MaxItems = 1u << 26;
constexpr std::uint64_t MaxFile = 0xFFFF0000u; // no zip64 is written
constexpr const char *Folder = "archive/";

void putNumber(std::string &out, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// Instructions of pickle, protocol 2.
class Pickler
{
public:
    Pickler() : m_bytes("\x80\x02}(") { } // PROTO 2, EMPTY_DICT, MARK
    void tensor(const NamedTensor &tensor, std::size_t storage)
    {
        text(tensor.name);
        m_bytes += "ctorch._utils\n_rebuild_tensor_v2\n((";
        text("storage");
        m_bytes += tensor.floats() ? "ctorch\nFloatStorage\n" : "ctorch\nLongStorage\n";
        text(std::to_string(storage));
        text("cpu");
        number(static_cast<std::int64_t>(tensor.size()));
        m_bytes += "tQ"; // TUPLE, BINPERSID
        number(0);
        numbers(tensor.shape);
        numbers(strides(tensor.shape));
        m_bytes += "\x89"
                   "ccollections\nOrderedDict\n)RtR"; // NEWFALSE, no hooks, TUPLE, REDUCE
    }
    [[nodiscard]] std::string finish() { return m_bytes + "u."; } // SETITEMS, STOP

private:
    void text(const std::string &text)
    {
        m_bytes += 'X';
        putNumber(m_bytes, text.size(), 4);
        m_bytes += text;
    }
    void number(std::int64_t value)
    {
        m_bytes += 'J';
        putNumber(m_bytes, static_cast<std::uint64_t>(value), 4);
    }
    void numbers(const std::vector<std::int64_t> &values)
    {
        m_bytes += '(';
        for (const std::int64_t v : values)
            number(v);
        m_bytes += 't';
    }
    static std::vector<std::int64_t> strides(const std::vector<std::int64_t> &shape)
    {
        std::vector<std::int64_t> result(shape.size(), 1);
        for (std::size_t i = shape.size(); i-- > 1;)
            result[i - 1] = result[i] * std::max<std::int64_t>(shape[i], 1);
        return result;
    }

    std::string m_bytes;
};

Status checkPickled(const std::string &path, const std::vector<NamedTensor> &tensors)
{
    const auto wrong = [&](const std::string &what) {
        return Error{ErrorCode::InvalidValue,
                     "These weights cannot be written to " + path + ": " + what + ".", path};
    };
    constexpr std::size_t MaxTensors = 60'000; // of a zip archive without zip64
    constexpr std::int64_t MaxSize = 0x7FFFFFFF;
    if (tensors.size() > MaxTensors)
        return wrong("there are too many");
    std::set<std::string_view> names;
    std::uint64_t bytes = 0;
    for (const NamedTensor &tensor : tensors) {
        if (!names.insert(tensor.name).second)
            return wrong("two are named '" + tensor.name + "'");
        if (!tensor.consistent())
            return wrong("'" + tensor.name + "' does not fit its shape");
        for (const std::int64_t n : tensor.shape) {
            if (n > MaxSize)
                return wrong("'" + tensor.name + "' is too large");
        }
        bytes += tensor.size() * 8 + tensor.name.size() + 1024;
    }
    if (bytes > MaxFile)
        return wrong("they are larger than 4 GB");
    return Done{};
}

std::size_t itemSize(StorageType type)
{
    switch (type) {
    case StorageType::Int8:
    case StorageType::UInt8:
    case StorageType::Bool:
        return 1;
    case StorageType::Float16:
    case StorageType::BFloat16:
    case StorageType::Int16:
        return 2;
    case StorageType::Float32:
    case StorageType::Int32:
        return 4;
    case StorageType::Float64:
    case StorageType::Int64:
    case StorageType::Other:
        break;
    }
    return 8;
}

bool isWhole(StorageType type)
{
    return type >= StorageType::Int64;
}

template <typename T>
T itemAt(std::string_view bytes, std::size_t index)
{
    T value;
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

std::int64_t wholeAt(StorageType type, std::string_view bytes, std::size_t index)
{
    switch (type) {
    case StorageType::Int32:
        return itemAt<std::int32_t>(bytes, index);
    case StorageType::Int16:
        return itemAt<std::int16_t>(bytes, index);
    case StorageType::Int8:
        return itemAt<std::int8_t>(bytes, index);
    case StorageType::UInt8:
    case StorageType::Bool:
        return itemAt<std::uint8_t>(bytes, index);
    default:
        return itemAt<std::int64_t>(bytes, index);
    }
}

double numberAt(StorageType type, std::string_view bytes, std::size_t index)
{
    switch (type) {
    case StorageType::Float64:
        return itemAt<double>(bytes, index);
    case StorageType::Float16:
        return static_cast<double>(floatFromHalf(itemAt<std::uint16_t>(bytes, index)));
    case StorageType::BFloat16: // the upper half of a float
        return static_cast<double>(
            std::bit_cast<float>(std::uint32_t{itemAt<std::uint16_t>(bytes, index)} << 16));
    default:
        return static_cast<double>(itemAt<float>(bytes, index));
    }
}

/// Calls `visit` with the place in the storage of every item, in row-major order.
template <typename Visit>
void visitView(const PickledTensor &tensor, std::uint64_t items, Visit visit)
{
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    std::vector<std::int64_t> stride = tensor.stride;
    for (std::size_t d = 0; d < stride.size(); ++d)
        stride[d] = tensor.shape[d] > 1 ? stride[d] : 0; // of no use, and of any size
    std::int64_t place = tensor.offset;
    for (std::uint64_t i = 0; i < items; ++i) {
        visit(static_cast<std::size_t>(place));
        for (std::size_t d = index.size(); d-- > 0;) {
            place += stride[d];
            if (++index[d] < tensor.shape[d])
                break;
            place -= index[d] * stride[d];
            index[d] = 0;
        }
    }
}

/// The values of a view, or what is wrong with it. `budget`: items that may still be read.
std::string resolve(const PickledTensor &tensor, std::string_view storage, std::uint64_t &budget,
                    NamedTensor &out)
{
    const std::size_t size = itemSize(tensor.type);
    const std::string name = "its tensor '" + tensor.name + "' ";
    if (static_cast<std::uint64_t>(tensor.storageItems) != storage.size() / size
        || storage.size() % size != 0)
        return name + "has a storage of another size";
    std::uint64_t items = 1;
    std::uint64_t last = static_cast<std::uint64_t>(tensor.offset);
    constexpr std::uint64_t Limit = std::uint64_t{1} << 40;
    for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
        const auto n = static_cast<std::uint64_t>(tensor.shape[d]);
        const auto stride = static_cast<std::uint64_t>(tensor.stride[d]);
        if (n > Limit || last > Limit || (n > 1 && stride > Limit / n))
            return name + "lies outside its storage";
        if (n > 0 && items > MaxItems / n)
            return name + "is impossibly large";
        items *= n;
        last += n > 1 ? (n - 1) * stride : 0;
    }
    if (items > 0 && last >= static_cast<std::uint64_t>(tensor.storageItems))
        return name + "lies outside its storage";
    if (items > budget)
        return "its tensors are impossibly large";
    budget -= items;

    out.name = tensor.name;
    out.shape = tensor.shape;
    if (isWhole(tensor.type)) {
        std::vector<std::int64_t> values;
        values.reserve(items);
        visitView(tensor, items,
                  [&](std::size_t i) { values.push_back(wholeAt(tensor.type, storage, i)); });
        out.values = std::move(values);
        return {};
    }
    std::vector<float> values;
    values.reserve(items);
    std::optional<double> tooLarge;
    visitView(tensor, items, [&](std::size_t i) {
        const double value = numberAt(tensor.type, storage, i);
        const bool fits = !std::isfinite(value)
            || std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max());
        if (!fits)
            tooLarge = value;
        values.push_back(fits ? static_cast<float>(value) : 0.0F);
    });
    if (tooLarge)
        return name + "holds " + rounded(*tooLarge)
            + ", more than the single precision holds in which twins compute";
    out.values = std::move(values);
    return {};
}

/// All tensors of an opened archive, or what is wrong.
std::string tensorsOf(const ZipReader &zip, std::vector<NamedTensor> &tensors)
{
    constexpr std::string_view PickleName = "/data.pkl";
    std::string folder;
    for (const auto &[name, bytes] : zip.members()) {
        if (name.ends_with(PickleName)
            && name.find('/') == name.size() - PickleName.size()) // not further down
            folder = name.substr(0, name.size() - PickleName.size() + 1);
    }
    const auto member = [&](const std::string &name) -> const std::string_view * {
        const auto it = zip.members().find(folder + name);
        return it == zip.members().end() ? nullptr : &it->second;
    };
    if (folder.empty())
        return "it is a zip archive without a data.pkl";
    if (const std::string_view *order = member("byteorder"); order && *order != "little")
        return "it was written on a computer with another order of bytes";
    const Result<std::vector<PickledTensor>> list = unpickleTensors(*member("data.pkl"));
    if (!list)
        return list.error().message;
    std::uint64_t budget = MaxItems;
    for (const PickledTensor &pickled : *list) {
        const std::string_view *storage = member("data/" + pickled.storage);
        if (!storage)
            return "the numbers of its tensor '" + pickled.name + "' are missing";
        NamedTensor tensor;
        if (std::string wrong = resolve(pickled, *storage, budget, tensor); !wrong.empty())
            return wrong;
        tensors.push_back(std::move(tensor));
    }
    return {};
}

/// One line, whatever names are in it.
std::string printable(std::string text)
{
    for (char &c : text) {
        if (static_cast<unsigned char>(c) < ' ')
            c = '?';
    }
    return text;
}

} // namespace

Status writeTorch(const std::string &path, const std::vector<NamedTensor> &tensors, bool replace)
{
    if (const Status s = checkPickled(path, tensors); !s)
        return s;
    Result<TargetFile> target = TargetFile::prepare(path, replace);
    if (!target)
        return target.error();
    Pickler pickle;
    for (std::size_t i = 0; i < tensors.size(); ++i)
        pickle.tensor(tensors[i], i);
    ZipWriter zip;
    zip.add(std::string(Folder) + "data.pkl", pickle.finish());
    zip.add(std::string(Folder) + "byteorder", "little");
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::string_view bytes = std::visit(
            [](const auto &v) {
                return v.empty() ? std::string_view()
                                 : std::string_view(reinterpret_cast<const char *>(v.data()),
                                                    v.size() * sizeof v[0]);
            },
            tensors[i].values);
        zip.add(std::string(Folder) + "data/" + std::to_string(i), bytes);
    }
    zip.add(std::string(Folder) + "version", "3\n");
    if (const Status written = target->write(zip.finish()); !written)
        return written;
    return target->commit();
}

Result<std::vector<NamedTensor>> readTorch(const std::string &path)
{
    const Result<ZipReader> zip = ZipReader::open(path);
    if (!zip)
        return Error{zip.error().code, printable(zip.error().message), path};
    std::vector<NamedTensor> tensors;
    if (const std::string wrong = tensorsOf(*zip, tensors); !wrong.empty())
        return Error{ErrorCode::Format,
                     printable(path + " cannot be read as a dict of tensors: " + wrong + "."),
                     path};
    return tensors;
}

} // namespace dt
