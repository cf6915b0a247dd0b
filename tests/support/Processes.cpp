// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Processes.h"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace dt::test {

std::vector<int> childProcesses()
{
    std::vector<int> children;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.empty() || !std::isdigit(static_cast<unsigned char>(name.front())))
            continue;
        // pid (command, which may hold anything) state parent
        std::ifstream file(entry.path() / "stat");
        std::string line;
        std::getline(file, line);
        const std::size_t end = line.rfind(')');
        if (end == std::string::npos || end + 4 >= line.size())
            continue;
        if (std::stoi(line.substr(end + 4)) == ::getpid())
            children.push_back(std::stoi(name));
    }
    return children;
}

long residentKiB(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    long total = 0;
    long resident = 0;
    file >> total >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

} // namespace dt::test
