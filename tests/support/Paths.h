// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dt::test {

/// Where tests find things: the environment that ctest sets, else where this build put them.

/// Folder of the built programs (DENDROTWIN_BIN).
std::string binDir();
/// A file or folder of tests/data (DENDROTWIN_TEST_DATA).
std::string dataPath(const std::string &name);
/// Folder of golden files: what the environment variable names, else that of tests/data.
std::string goldenFolder(const char *environmentVariable, const std::string &name);
/// The library of mechanisms (DENDROTWIN_MECHANISMS).
std::string mechanismLibrary();
/// A helper program of the tests, e.g. "fakeworker".
std::string testProgram(const std::string &name);
/// Root of the source tree (DENDROTWIN_SOURCE).
std::string sourceDir();

} // namespace dt::test
