// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TargetFile.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace dt {

namespace fs = std::filesystem;

namespace {

constexpr const char *PartName = ".part-"; ///< before the number of the program that writes

} // namespace

TargetFile::TargetFile(std::string path, std::string temporary) :
    m_path(std::move(path)), m_temporary(std::move(temporary))
{
}

TargetFile::TargetFile(TargetFile &&other) noexcept :
    m_path(std::move(other.m_path)), m_temporary(std::move(other.m_temporary)),
    m_pending(other.m_pending)
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
    for (const auto &entry : fs::directory_iterator(fs::absolute(target, code).parent_path(), code)) {
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

Result<TargetFile> TargetFile::prepare(const std::string &path, bool replace)
{
    std::error_code code;
    const fs::path folder = fs::absolute(path, code).parent_path();
    if (path.empty() || !fs::is_directory(folder, code))
        return Error{ErrorCode::NotFound,
                     "The folder of " + (path.empty() ? std::string("the target") : path)
                         + " does not exist. Create it or choose another.",
                     path};
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
    std::string target = path;
    if (fs::is_symlink(path, code))
        target = fs::weakly_canonical(path, code).string();
    removeDeadParts(target);
    const std::string temporary = target + PartName + std::to_string(::getpid());
    const int fd = ::open(temporary.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return Error{ErrorCode::Io,
                     "Cannot write in " + folder.string() + ": " + std::strerror(errno)
                         + ". Choose another folder or change its permissions.",
                     path};
    ::close(fd);
    return TargetFile(target, temporary);
}

Status TargetFile::commit()
{
    const auto failure = [&](const char *what) {
        return Error{ErrorCode::Io,
                     std::string(what) + " " + m_path + " failed: " + std::strerror(errno)
                         + ". Nothing was replaced.",
                     m_path};
    };
    const int fd = ::open(m_temporary.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = fd >= 0 && ::fsync(fd) == 0;
    const Error error = failure("Writing"); // before close() can change errno
    if (fd >= 0)
        ::close(fd);
    if (!flushed)
        return error;
    if (std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return failure("Renaming to");
    m_pending = false;
    return Done{};
}

} // namespace dt
