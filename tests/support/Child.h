// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace dt::test {

/// Runs a piece of a test in a forked child, where limits and lost privileges harm nobody.
/// Fork before threads start: only for tests without any.

struct ChildResult
{
    bool exited = false; ///< false: killed by a signal
    int code = -1; ///< exit code or signal number
    std::string text; ///< what the work returned
};

ChildResult inChild(const std::function<std::string()> &work);

/// For use in a child: makes writes beyond `bytes` into any file fail with EFBIG, as on a full
/// disk. ULONG_MAX ends this, as when somebody has made room.
void limitFileSize(unsigned long bytes);

/// For use in a child: becomes a user who owns nothing, when root runs the tests. Root ignores
/// permissions; anybody else is refused without this.
bool dropPrivileges();

} // namespace dt::test
