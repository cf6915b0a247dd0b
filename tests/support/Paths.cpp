// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Paths.h"

#include <cstdlib>

namespace dt::test {

namespace {

std::string variable(const char *name, const std::string &otherwise)
{
    const char *value = std::getenv(name);
    return value && *value ? value : otherwise;
}

} // namespace

std::string binDir()
{
    return variable("DENDROTWIN_BIN", DT_TEST_BIN);
}

std::string dataPath(const std::string &name)
{
    return variable("DENDROTWIN_TEST_DATA", DT_TEST_DATA) + "/" + name;
}

std::string goldenFolder(const char *environmentVariable, const std::string &name)
{
    return variable(environmentVariable, dataPath(name));
}

std::string mechanismLibrary()
{
    return variable("DENDROTWIN_MECHANISMS", DT_TEST_MECHANISMS);
}

std::string testProgram(const std::string &name)
{
    return DT_TEST_PROGRAMS "/" + name;
}

std::string sourceDir()
{
    return variable("DENDROTWIN_SOURCE", DT_TEST_SOURCE);
}

} // namespace dt::test
