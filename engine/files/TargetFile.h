// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <optional>
#include <string>
#include <string_view>

namespace dt {

/// A file that appears under its name only when it is complete: write(), or fill temporaryPath(),
/// then commit(). Without commit the temporary file is removed and an older target stays untouched.
/// An existing target is refused unless `replace`, and where it is protected; its permissions are
/// kept. A link stays a link: the file that it leads to is written, whether it exists already or
/// not. Messages name the target, never the temporary file.
class TargetFile
{
public:
    static Result<TargetFile> prepare(const std::string &path, bool replace);

    TargetFile(TargetFile &&other) noexcept;
    TargetFile &operator=(TargetFile &&) = delete;
    ~TargetFile();

    /// The path as it was given; for a link, that of the link.
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] const std::string &temporaryPath() const { return m_temporary; }

    /// Writes the whole contents.
    Status write(std::string_view bytes);
    /// Flushes to disk and renames into place.
    Status commit();

private:
    TargetFile(std::string path, std::string target, std::string temporary);

    std::string m_path;
    std::string m_target; ///< the file that links lead to
    std::string m_temporary;
    bool m_pending = true;
};

/// Does all of it: prepares, writes and commits a file with these contents.
Status writeFile(const std::string &path, std::string_view bytes, bool replace);

/// The file that a chain of links leads to, which need not exist; `path` itself where it is no
/// link. Nothing when the links form a circle.
std::optional<std::string> followLinks(const std::string &path);

/// Turns an Error about the file `hidden`, which people do not know, into one about the file
/// `known` that they asked for.
Error namedAs(Error error, const std::string &hidden, const std::string &known);

/// Why writing `path` failed, as errno says it, and what to do.
Error writeError(const std::string &path, int error);

} // namespace dt
