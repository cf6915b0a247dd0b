// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Hdf5.h"

#include "engine/data/TextSeal.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>

namespace dt::h5 {

namespace {

enum class Lock {
    Free,
    Taken, ///< by another program
    Unknown, ///< to this file system, as to some network drives
};

/// Whether HDF5 would get the lock that it takes for reading.
Lock lockOf(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return Lock::Unknown;
    const int error = ::flock(fd, LOCK_SH | LOCK_NB) == 0 ? 0 : errno;
    ::close(fd);
    return error == 0 ? Lock::Free : error == EWOULDBLOCK ? Lock::Taken : Lock::Unknown;
}

herr_t lookForMark(unsigned, const H5E_error2_t *error, void *found)
{
    if (error->desc && std::strstr(error->desc, "already open for"))
        *static_cast<bool *>(found) = true;
    return 0;
}

/// Whether the last call failed because of the mark that a program leaves in a file of the latest
/// format until it closes it.
bool isMarkedAsOpen()
{
    bool found = false;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, lookForMark, &found);
    return found;
}

/// Why HDF5 does not open a file that is one of its own.
Error cannotOpen(const std::string &path, bool marked)
{
    if (marked && lockOf(path) != Lock::Taken)
        return {ErrorCode::Io,
                path
                    + " is being written by another program, or was not closed by one that ended "
                      "early. Close it there and try again; if no program has it open, 'h5clear -s "
                    + path + "' makes it readable.",
                path};
    if (lockOf(path) == Lock::Unknown && std::getenv("HDF5_USE_FILE_LOCKING"))
        return {ErrorCode::Io,
                path
                    + " cannot be opened: its folder knows no locks, and HDF5_USE_FILE_LOCKING is "
                      "set in the environment. Remove that setting.",
                path};
    return openElsewhereOr(damaged(path, "HDF5 cannot open it"), path);
}

} // namespace

Error openElsewhereOr(Error otherwise, const std::string &path)
{
    if (lockOf(path) != Lock::Taken)
        return otherwise;
    return {ErrorCode::Io,
            path
                + " is open in another program, which may be writing to it (a Python session, for "
                  "example). Close it there and try again.",
            path};
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
    if (H5Fis_hdf5(path.c_str()) <= 0) // nor is one that is just being made
        return openElsewhereOr({ErrorCode::Format,
                                path
                                    + " is not an HDF5 file, so it is neither a data set nor a "
                                      "recording or twin. Choose another file.",
                                path},
                               path);
    bool marked = false;
    const auto open = [&](bool locking) {
        const Handle access = fileAccess(locking);
        Handle opened(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose);
        marked = !opened.ok() && isMarkedAsOpen();
        return opened;
    };
    Handle file = open(true);
    if (!file.ok() && lockOf(path) == Lock::Unknown)
        file = open(false);
    if (!file.ok())
        return cannotOpen(path, marked);
    if (const Status text = checkText(file, path); !text)
        return text.error();
    return file;
}

} // namespace dt::h5
