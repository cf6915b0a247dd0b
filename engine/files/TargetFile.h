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
/// kept. A link stays a link: the file that it leads to is written, whether it is there already or
/// not. Messages name the target, never the temporary file.
class TargetFile
{
public:
    static Result<TargetFile> prepare(const std::string &path, bool replace);

    TargetFile(TargetFile &&other) noexcept;
    TargetFile &operator=(TargetFile &&) = delete;
    ~TargetFile();

    /// As it was given: of a link, the link.
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] const std::string &temporaryPath() const { return m_temporary; }

    /// Makes this the whole contents.
    Status write(std::string_view bytes);
    /// Flushes to disk and renames into place.
    Status commit();

private:
    TargetFile(std::string path, std::string target, std::string temporary);

    std::string m_path;
    std::string m_target; ///< where links lead to
    std::string m_temporary;
    bool m_pending = true;
};

/// All of it: a file with these contents.
Status writeFile(const std::string &path, std::string_view bytes, bool replace);

/// Where a chain of links leads to, which need not be there; `path` itself where it is no link.
/// Nothing when it leads in a circle.
std::optional<std::string> followLinks(const std::string &path);

/// People know what they asked for, not the file beside it in which it is made.
Error namedAs(Error error, const std::string &hidden, const std::string &known);

/// Why writing `path` failed, as errno says it, and what to do.
Error writeError(const std::string &path, int error);

} // namespace dt
