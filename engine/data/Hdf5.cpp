// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Hdf5.h"

#include "engine/data/TargetFile.h"

#include "engine/data/TextSeal.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace dt::h5 {

std::unique_lock<std::recursive_mutex> lock()
{
    static std::recursive_mutex mutex;
    std::unique_lock held(mutex);
    // Failures are reported by us, as sentences; HDF5's own stack trace helps nobody.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return held;
}

hid_t halfType()
{
    static const hid_t type = [] {
        const hid_t t = H5Tcopy(H5T_IEEE_F32LE);
        H5Tset_fields(t, 15, 10, 5, 0, 10);
        H5Tset_size(t, 2);
        H5Tset_ebias(t, 15);
        H5Tlock(t);
        return t;
    }();
    return type;
}

Error writeError(const std::string &path)
{
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::absolute(path, ignored).parent_path();
    const auto space = std::filesystem::space(folder, ignored);
    const bool full = !ignored && space.available < (1u << 20);
    return {ErrorCode::Io,
            full ? "Writing " + path
                    + " failed because the disk is full. Free some space or choose another folder."
                 : "Writing " + path
                    + " failed (disk full, quota, or device error). Nothing was replaced; choose "
                      "another folder and try again.",
            path};
}

Error damaged(const std::string &path, const std::string &what)
{
    return {ErrorCode::Format,
            path + " is damaged or incomplete: " + what + ". Use another copy of the file.", path};
}

Result<Handle> openForReading(const std::string &path)
{
    std::error_code code;
    const auto status = std::filesystem::status(path, code);
    if (!std::filesystem::exists(status))
        return Error{ErrorCode::NotFound, "There is no file " + path + ". Check the name.", path};
    if (std::filesystem::is_directory(status))
        return Error{ErrorCode::Format, path + " is a folder, not a file.", path};
    std::FILE *probe = std::fopen(path.c_str(), "rb");
    if (!probe)
        return Error{ErrorCode::Io,
                     path + " cannot be read: " + std::strerror(errno) + ". Check its permissions.",
                     path};
    std::fclose(probe);
    if (H5Fis_hdf5(path.c_str()) <= 0)
        return Error{ErrorCode::Format,
                     path
                         + " is not an HDF5 file, so it is neither a data set nor a recording or "
                           "twin. Choose another file.",
                     path};
    Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (!file.ok())
        return damaged(path, "HDF5 cannot open it");
    if (const Status text = checkText(file, path); !text)
        return text.error();
    return file;
}

Result<Handle> create()
{
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    constexpr std::size_t GrowBytes = 1u << 20;
    H5Pset_fapl_core(access, GrowBytes, false);
    // The name is only a label, nothing is opened; but HDF5 takes equal ones for one file.
    static int files = 0;
    const std::string label = "in memory " + std::to_string(++files);
    Handle file(H5Fcreate(label.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose);
    if (!file.ok())
        return Error{ErrorCode::Io, "There is not enough memory to put a file together.", ""};
    return file;
}

Status store(hid_t file, const std::string &path)
{
    const ssize_t size =
        H5Fflush(file, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(file, nullptr, 0);
    if (size < 0)
        return writeError(path);
    std::vector<char> image(static_cast<std::size_t>(size));
    if (H5Fget_file_image(file, image.data(), image.size()) != size)
        return writeError(path);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(image.data(), size);
    out.close(); // a full disk may only show here
    if (!out)
        return writeError(path);
    return Done{};
}

Status writeFile(const std::string &path, bool replace, const std::function<Status(hid_t)> &fill,
                 const std::function<bool(const std::string &)> &finish)
{
    Result<TargetFile> target = TargetFile::prepare(path, replace);
    if (!target)
        return target.error();
    {
        const Result<Handle> file = create();
        if (!file)
            return file.error();
        if (const Status filled = fill(*file); !filled)
            return filled;
        if (!store(*file, target->temporaryPath()))
            return writeError(path); // not of the temporary name
    }
    if (finish && !finish(target->temporaryPath()))
        return writeError(path);
    return target->commit();
}

Handle createGroup(hid_t parent, const std::string &name)
{
    const Handle settings(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    H5Pset_obj_track_times(settings, false);
    return Handle(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, settings, H5P_DEFAULT), H5Gclose);
}

Handle dataSetSettings()
{
    Handle settings(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(settings, false);
    return settings;
}

Result<Handle> createOnDisk(const std::string &path, std::size_t bytes, const std::string &target)
{
    const auto setAside = [&](std::size_t size) -> Status {
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
        const int failed = fd < 0 ? errno : ::posix_fallocate(fd, 0, static_cast<off_t>(size));
        if (fd >= 0)
            ::close(fd);
        if (failed != ENOSPC && failed != EDQUOT && failed != EFBIG)
            return Done{}; // a file system that cannot set room aside is used without
        return Error{ErrorCode::Io,
                     target + " needs " + std::to_string((bytes >> 20) + 1)
                         + " MB and the disk has no room for it. Free some space and try again.",
                     target};
    };
    // HDF5 crashes at exit when not even the first bytes of a file found room, so this goes first.
    if (const Status room = setAside(std::min(bytes, std::size_t{1} << 20)); !room)
        return room.error();
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    const Handle settings(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_obj_track_times(settings, false); // of the root group
    // The latest format has checksums on its own bookkeeping too.
    H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
    Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, settings, access), H5Fclose);
    if (!file.ok() || H5Fflush(file, H5F_SCOPE_GLOBAL) < 0)
        return writeError(target);
    if (const Status room = setAside(bytes); !room)
        return room.error();
    return file;
}

namespace {

constexpr const char *SealName = "attributes_checksum";

/// FNV-1a over names and values of the root attributes, in the order of their names.
struct Seal
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    void add(const void *bytes, std::size_t count)
    {
        const auto *b = static_cast<const unsigned char *>(bytes);
        for (std::size_t i = 0; i < count; ++i)
            hash = (hash ^ b[i]) * 0x100000001B3ULL;
    }
};

herr_t addAttribute(hid_t file, const char *name, const H5A_info_t *, void *data)
{
    if (std::strcmp(name, SealName) == 0)
        return 0;
    auto &seal = *static_cast<Seal *>(data);
    seal.add(name, std::strlen(name));
    const Handle attribute(H5Aopen(file, name, H5P_DEFAULT), H5Aclose);
    const Handle type(H5Aget_type(attribute), H5Tclose);
    if (H5Tget_class(type) == H5T_STRING) {
        const Result<std::string> text = readTextAttribute(file, name, "");
        if (!text)
            return -1;
        seal.add(text->data(), text->size());
    } else {
        std::vector<char> value(H5Tget_size(type));
        if (H5Aread(attribute, type, value.data()) < 0)
            return -1;
        seal.add(value.data(), value.size());
    }
    return 0;
}

Result<std::int64_t> sealOf(hid_t file, const std::string &path)
{
    Seal seal;
    hsize_t position = 0;
    if (H5Aiterate2(file, H5_INDEX_NAME, H5_ITER_INC, &position, addAttribute, &seal) < 0)
        return damaged(path, "its attributes cannot be read");
    return static_cast<std::int64_t>(seal.hash >> 1);
}

} // namespace

Status sealAttributes(hid_t file)
{
    const Result<std::int64_t> seal = sealOf(file, "");
    if (!seal)
        return seal.error();
    return writeAttribute(file, SealName, *seal);
}

Status checkSeal(hid_t file, const std::string &path)
{
    if (!hasAttribute(file, SealName))
        return Done{};
    const Result<std::int64_t> seal = sealOf(file, path);
    if (!seal)
        return seal.error();
    std::int64_t stored = 0;
    const Handle attribute(H5Aopen(file, SealName, H5P_DEFAULT), H5Aclose);
    if (H5Aread(attribute, H5T_NATIVE_INT64, &stored) < 0 || stored != *seal)
        return damaged(path, "its description does not match its checksum");
    return Done{};
}

namespace {

herr_t visitAttribute(hid_t, const char *, const H5A_info_t *, void *)
{
    return 0;
}

/// HDF5 1.12 gave the name H5O_info_t to another struct than H5Ovisit2 hands out, and 1.10 has no
/// other name for that one: the compiler finds it.
template <typename Info>
herr_t visitObject(hid_t file, const char *name, const Info *, void *)
{
    const Handle object(H5Oopen(file, name, H5P_DEFAULT), H5Oclose);
    hsize_t position = 0;
    return H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, visitAttribute, nullptr);
}

} // namespace

Status walk(hid_t file, const std::string &path)
{
    if (H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, visitObject, nullptr, H5O_INFO_BASIC) < 0)
        return damaged(path, "not all of its parts can be reached");
    return Done{};
}

bool exists(hid_t file, const std::string &name)
{
    return H5Lexists(file, name.c_str(), H5P_DEFAULT) > 0;
}

Result<Shape> shapeOf(hid_t file, const std::string &name, const std::string &path)
{
    if (!exists(file, name))
        return Error{ErrorCode::Format,
                     path + " has no data set '" + name + "', so it is not a file of this kind.",
                     path};
    const Handle set(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!set.ok())
        return damaged(path, "'" + name + "' is not a readable data set");
    const Handle space(H5Dget_space(set), H5Sclose);
    const Handle type(H5Dget_type(set), H5Tclose);
    const int rank = H5Sget_simple_extent_ndims(space);
    Shape shape;
    shape.dims.resize(static_cast<std::size_t>(std::max(rank, 0)));
    if (rank > 0)
        H5Sget_simple_extent_dims(space, shape.dims.data(), nullptr);
    shape.kind = H5Tget_class(type);
    shape.itemSize = H5Tget_size(type);
    return shape;
}

Status read(hid_t file, const std::string &name, hid_t memoryType, void *out,
            const std::string &path)
{
    const Handle set(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!set.ok() || H5Dread(set, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) < 0)
        return damaged(path, "'" + name + "' cannot be read");
    return Done{};
}

Status write(hid_t file, const std::string &name, const std::vector<hsize_t> &dims, hid_t fileType,
             hid_t memoryType, const void *data, const std::string &unit, const std::string &path)
{
    const Handle space(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr),
                       H5Sclose);
    const Handle layout = dataSetSettings();
    const bool empty = std::find(dims.begin(), dims.end(), hsize_t{0}) != dims.end();
    if (!empty) {
        // Whole rows up to a quarter million items a chunk.
        std::vector<hsize_t> chunk = dims;
        chunk.back() = std::min<hsize_t>(chunk.back(), 1u << 18);
        hsize_t items = chunk.back();
        for (std::size_t i = dims.size() - 1; i-- > 0;) {
            chunk[i] = std::clamp<hsize_t>((1u << 18) / items, 1, dims[i]);
            items *= chunk[i];
        }
        H5Pset_chunk(layout, static_cast<int>(chunk.size()), chunk.data());
        H5Pset_shuffle(layout);
        H5Pset_deflate(layout, 4);
        H5Pset_fletcher32(layout);
    }
    const Handle set(
        H5Dcreate2(file, name.c_str(), fileType, space, H5P_DEFAULT, layout, H5P_DEFAULT),
        H5Dclose);
    if (!set.ok() || (!empty && H5Dwrite(set, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0))
        return writeError(path);
    if (!unit.empty())
        return writeAttribute(set, "units", unit);
    return Done{};
}

bool hasAttribute(hid_t object, const char *name)
{
    return H5Aexists(object, name) > 0;
}

namespace {

Status writeScalar(hid_t object, const char *name, hid_t fileType, hid_t memoryType,
                   const void *value)
{
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const Handle attribute(H5Acreate2(object, name, fileType, space, H5P_DEFAULT, H5P_DEFAULT),
                           H5Aclose);
    if (!attribute.ok() || H5Awrite(attribute, memoryType, value) < 0)
        return writeError(name);
    return Done{};
}

Handle textType()
{
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

} // namespace

Status writeAttribute(hid_t object, const char *name, const std::string &text)
{
    const Handle type = textType();
    const char *pointer = text.c_str();
    return writeScalar(object, name, type, type, &pointer);
}

Status writeAttribute(hid_t object, const char *name, double value)
{
    return writeScalar(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

Status writeAttribute(hid_t object, const char *name, std::uint64_t value)
{
    return writeScalar(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, &value);
}

Status writeAttribute(hid_t object, const char *name, std::int64_t value)
{
    return writeScalar(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
}

Result<std::string> readTextAttribute(hid_t object, const char *name, const std::string &path)
{
    const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    if (!attribute.ok())
        return Error{ErrorCode::Format, path + " has no attribute '" + std::string(name) + "'.",
                     path};
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    const Error notText{ErrorCode::Format,
                        path + ": the attribute '" + std::string(name) + "' is not text.", path};
    if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1)
        return notText;
    if (H5Tis_variable_str(type) > 0) {
        const Handle memory = textType();
        H5Tset_cset(memory, H5Tget_cset(type));
        char *text = nullptr;
        if (H5Aread(attribute, memory, &text) < 0 || !text)
            return damaged(path, "its attribute '" + std::string(name) + "' cannot be read");
        std::string result(text);
        H5free_memory(text);
        return result;
    }
    std::string result(H5Tget_size(type), '\0');
    if (H5Aread(attribute, type, result.data()) < 0)
        return damaged(path, "its attribute '" + std::string(name) + "' cannot be read");
    result.resize(std::strlen(result.c_str()));
    return result;
}

Result<double> readNumberAttribute(hid_t object, const char *name, const std::string &path)
{
    const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    if (!attribute.ok())
        return Error{ErrorCode::Format, path + " has no attribute '" + std::string(name) + "'.",
                     path};
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    const H5T_class_t kind = H5Tget_class(type);
    if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || H5Sget_simple_extent_npoints(space) != 1)
        return Error{ErrorCode::Format,
                     path + ": the attribute '" + std::string(name) + "' is not a number.", path};
    double value = 0.0;
    if (H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0)
        return damaged(path, "its attribute '" + std::string(name) + "' cannot be read");
    return value;
}

} // namespace dt::h5
