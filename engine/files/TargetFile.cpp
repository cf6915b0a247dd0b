// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/files/TargetFile.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace dt {

namespace fs = std::filesystem;

namespace {

constexpr const char *PartName = ".part-"; ///< before the number of the program that writes

} // namespace

TargetFile::TargetFile(std::string path, std::string target, std::string temporary) :
    m_path(std::move(path)), m_target(std::move(target)), m_temporary(std::move(temporary))
{
}

TargetFile::TargetFile(TargetFile &&other) noexcept :
    m_path(std::move(other.m_path)), m_target(std::move(other.m_target)),
    m_temporary(std::move(other.m_temporary)), m_pending(other.m_pending)
{
    other.m_pending = false;
}

TargetFile::~TargetFile()
{
    std::error_code ignored;
    if (m_pending)
        fs::remove(m_temporary, ignored);
}

namespace {

/// Removes what programs left that were killed while they wrote this file.
void removeDeadParts(const std::string &target)
{
    const std::string prefix = fs::path(target).filename().string() + PartName;
    std::error_code code;
    for (const auto &entry :
         fs::directory_iterator(fs::absolute(target, code).parent_path(), code)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix))
            continue;
        const std::string id = name.substr(prefix.size());
        if (id.empty() || id.size() > 9 || id.find_first_not_of("0123456789") != std::string::npos)
            continue;
        if (::kill(static_cast<pid_t>(std::stol(id)), 0) != 0 && errno == ESRCH)
            fs::remove(entry.path(), code);
    }
}

} // namespace

// std::filesystem follows links only to what is there.
std::optional<std::string> followLinks(const std::string &path)
{
    constexpr int MostLinks = 40; // as the system does
    std::error_code code;
    fs::path at(path);
    for (int i = 0; i <= MostLinks; ++i) {
        if (!fs::is_symlink(fs::symlink_status(at, code)))
            return at.string();
        const fs::path to = fs::read_symlink(at, code);
        if (code)
            return std::nullopt;
        at = at.parent_path() / to; // of an absolute one, that one
    }
    return std::nullopt;
}

Error namedAs(Error error, const std::string &hidden, const std::string &known)
{
    if (const std::size_t at = error.message.find(hidden); at != std::string::npos)
        error.message.replace(at, hidden.size(), known);
    error.place = known;
    return error;
}

Result<TargetFile> TargetFile::prepare(const std::string &path, bool replace)
{
    std::error_code code;
    const std::optional<std::string> target = followLinks(path);
    if (!target)
        return Error{ErrorCode::Exists,
                     path + " is a link that leads in a circle. Remove it or choose another name.",
                     path};
    const bool link = *target != path;
    const fs::path folder = fs::absolute(*target, code).parent_path();
    if (path.empty() || !fs::is_directory(folder, code)) {
        const std::string whose = path.empty() ? std::string("the target")
            : link                             ? *target + ", to which " + path + " leads,"
                                               : path;
        return Error{ErrorCode::NotFound,
                     "The folder of " + whose + " does not exist. Create it or choose another.",
                     path};
    }
    const auto status = fs::status(path, code);
    if (fs::is_directory(status))
        return Error{ErrorCode::Exists, path + " is a folder. Choose a file name.", path};
    if (fs::exists(status) && !fs::is_regular_file(status)) // renaming would replace a device
        return Error{ErrorCode::Exists, path + " is not an ordinary file. Choose a file name.",
                     path};
    if (fs::exists(status) && !replace)
        return Error{ErrorCode::Exists,
                     path + " exists already. Choose another name, or replace it with --force.",
                     path};
    removeDeadParts(*target);
    const std::string temporary = *target + PartName + std::to_string(::getpid());
    const int fd = ::open(temporary.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return Error{ErrorCode::Io,
                     "Cannot write in " + folder.string() + ": " + std::strerror(errno)
                         + ". Choose another folder or change its permissions.",
                     path};
    ::close(fd);
    TargetFile file(path, *target, temporary);
    if (fs::exists(status) && ::access(path.c_str(), W_OK) != 0)
        return Error{ErrorCode::Io,
                     path
                         + " is protected against writing. Change its permissions or choose "
                           "another name.",
                     path};
    return file;
}

Status TargetFile::write(std::string_view bytes)
{
    const int fd = ::open(m_temporary.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd < 0)
        return writeError(m_path, errno);
    int error = 0;
    while (!bytes.empty() && error == 0) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            error = errno;
    }
    if (::close(fd) != 0 && error == 0) // of a network drive, a full disk may show only here
        error = errno;
    if (error != 0)
        return writeError(m_path, error);
    return Done{};
}

Status TargetFile::commit()
{
    const int fd = ::open(m_temporary.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat older
    {
    };
    if (fd >= 0 && ::stat(m_target.c_str(), &older) == 0) // where they cannot be set there are none
        static_cast<void>(::fchmod(fd, older.st_mode & 0777));
    const bool flushed = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno; // before close() can change it
    if (fd >= 0)
        ::close(fd);
    if (!flushed)
        return writeError(m_path, error);
    if (std::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        return writeError(m_path, errno);
    m_pending = false;
    return Done{};
}

Status writeFile(const std::string &path, std::string_view bytes, bool replace)
{
    Result<TargetFile> target = TargetFile::prepare(path, replace);
    if (!target)
        return target.error();
    if (const Status written = target->write(bytes); !written)
        return written;
    return target->commit();
}

Error writeError(const std::string &path, int error)
{
    std::string why = std::strerror(error);
    std::string wayOut = "Choose another folder and try again";
    if (error == ENOSPC) {
        why = "the disk is full";
        wayOut = "Free some space or choose another folder";
    } else if (error == EDQUOT || error == EFBIG) {
        why = error == EFBIG ? "files may not be that large here"
                             : "your share of the disk is used up";
        wayOut = "Free some space or choose another folder";
    }
    return {ErrorCode::Io,
            path + " could not be written: " + why + ". Nothing was replaced. " + wayOut + ".",
            path};
}

} // namespace dt
