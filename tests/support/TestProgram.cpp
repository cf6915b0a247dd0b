// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestProgram.h"

#include <cstdio>
#include <map>
#include <string>

namespace dt::test {

namespace {

using Run = int (*)(int, char **);

std::map<std::string, Run> &parts()
{
    static std::map<std::string, Run> all;
    return all;
}

} // namespace

ProgramPart::ProgramPart(const char *name, Run run)
{
    parts().emplace(name, run);
}

} // namespace dt::test

int main(int argc, char **argv)
{
    const auto &parts = dt::test::parts();
    const auto part = argc > 1 ? parts.find(argv[1]) : parts.end();
    if (part == parts.end()) {
        std::fprintf(stderr, "%s NAME [arguments of Qt Test], where NAME is one of\n", argv[0]);
        for (const auto &[name, run] : parts)
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    // The part sees the program's name in front of its own arguments.
    argv[1] = argv[0];
    return part->second(argc - 1, argv + 1);
}
