// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <hdf5.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

/// Thin, private layer over HDF5's C interface: handles that close themselves and failures that
/// become sentences. Included by the .cpp files of dt_data only. Debian's library is not
/// thread-safe, so every public function of dt_data holds lock() while it works.
namespace dt::h5 {

std::unique_lock<std::recursive_mutex> lock();

class Handle
{
public:
    using Close = herr_t (*)(hid_t);
    Handle() = default;
    Handle(hid_t id, Close closer) : m_id(id), m_close(closer) { }
    Handle(Handle &&other) noexcept : m_id(other.m_id), m_close(other.m_close) { other.m_id = -1; }
    Handle &operator=(Handle &&other) noexcept
    {
        std::swap(m_id, other.m_id);
        std::swap(m_close, other.m_close);
        return *this;
    }
    ~Handle()
    {
        if (m_id >= 0)
            m_close(m_id);
    }
    [[nodiscard]] bool ok() const { return m_id >= 0; }
    operator hid_t() const { return m_id; }
    /// False when closing failed, as for a file whose last bytes did not fit on the disk.
    bool close()
    {
        const bool closed = m_id < 0 || m_close(m_id) >= 0;
        m_id = -1;
        return closed;
    }

private:
    hid_t m_id = -1;
    Close m_close = nullptr;
};

/// File type of 16-bit floats, little-endian: what NumPy calls float16.
hid_t halfType();

/// A new group, and the settings of a new data set. Neither stores when it was made, so that equal
/// contents make equal files.
Handle createGroup(hid_t parent, const std::string &name);
Handle dataSetSettings();

/// Creates a file on disk with room for `bytes` set aside, so that a full disk is found before
/// anything is written. For files too large for writeFile(), which builds them in memory. Messages
/// name `target`, the name that the file will get.
Result<Handle> createOnDisk(const std::string &path, std::size_t bytes, const std::string &target);

/// Adds an attribute with a checksum of all root attributes; checkSeal() finds any change since. A
/// file without a seal passes.
Status sealAttributes(hid_t file);
Status checkSeal(hid_t file, const std::string &path);

/// Settings for opening a file, with or without the lock that HDF5 takes.
Handle fileAccess(bool locking);

/// Opens a file to read. A file that another program has locked is refused with that reason; where
/// the file system has no locks, it is read without one.
Result<Handle> openForReading(const std::string &path);
/// Makes a small file from start to end: it is refused where TargetFile refuses, filled in memory,
/// stored beside the target, finished by `finish` (which gets the temporary name and returns false
/// when it failed) and renamed. HDF5 itself never writes to a disk: after a write that failed (disk
/// full) it crashes, at the latest when the program ends.
Status writeFile(const std::string &path, bool replace, const std::function<Status(hid_t)> &fill,
                 const std::function<bool(const std::string &)> &finish = {});

struct Shape
{
    std::vector<hsize_t> dims;
    H5T_class_t kind = H5T_NO_CLASS;
    std::size_t itemSize = 0;
};

/// Visits every object and attribute, even those that nobody reads, so that damage anywhere in the
/// file's structure is found.
Status walk(hid_t file, const std::string &path);

bool exists(hid_t file, const std::string &name);
Result<Shape> shapeOf(hid_t file, const std::string &name, const std::string &path);

/// Reads a whole numeric data set, converted to the memory type, into `out`, which must be large
/// enough.
Status read(hid_t file, const std::string &name, hid_t memoryType, void *out,
            const std::string &path);
/// Why reading from an open data set failed: a filter that is missing, by its name, or damage.
/// `what` names the data, and `otherwise` is what to say of it in case of damage.
Error unreadable(hid_t set, const std::string &path, const std::string &what,
                 const std::string &otherwise);

/// Writes a whole data set, chunked along rows, shuffled, deflated and checksummed.
/// `unit` becomes an attribute unless empty.
Status write(hid_t file, const std::string &name, const std::vector<hsize_t> &dims, hid_t fileType,
             hid_t memoryType, const void *data, const std::string &unit, const std::string &path);

bool hasAttribute(hid_t object, const char *name);
Status writeAttribute(hid_t object, const char *name, const std::string &text);
Status writeAttribute(hid_t object, const char *name, double value);
Status writeAttribute(hid_t object, const char *name, std::int64_t value);
Status writeAttribute(hid_t object, const char *name, std::uint64_t value);
Result<std::string> readTextAttribute(hid_t object, const char *name, const std::string &path);
Result<double> readNumberAttribute(hid_t object, const char *name, const std::string &path);

Error writeError(const std::string &path);
/// What is wrong with a file that cannot be read: that another program has it locked, or
/// `otherwise`.
Error openElsewhereOr(Error otherwise, const std::string &path);
Error damaged(const std::string &path, const std::string &what);

} // namespace dt::h5
