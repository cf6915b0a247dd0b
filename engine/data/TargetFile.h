// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Result.h"

#include <string>

namespace dt {

/// A file that appears under its name only when it is complete: write to temporaryPath(), then
/// commit(). Without commit the temporary file is removed and an older target stays untouched.
/// An existing target is refused unless `replace`; of a link, the file it points to is replaced.
class TargetFile
{
public:
    static Result<TargetFile> prepare(const std::string &path, bool replace);

    TargetFile(TargetFile &&other) noexcept;
    TargetFile &operator=(TargetFile &&) = delete;
    ~TargetFile();

    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] const std::string &temporaryPath() const { return m_temporary; }

    /// Flushes to disk and renames into place.
    Status commit();

private:
    TargetFile(std::string path, std::string temporary);

    std::string m_path;
    std::string m_temporary;
    bool m_pending = true;
};

} // namespace dt
