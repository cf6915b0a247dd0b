// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Processes.h"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace dt::test {

namespace {

struct Stat
{
    char state = 0; ///< 0: no such process
    int parent = 0;
};

Stat statOf(const std::string &pid)
{
    // pid (command, which may hold anything) state parent
    std::ifstream file("/proc/" + pid + "/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t end = line.rfind(')');
    if (end == std::string::npos || end + 4 >= line.size())
        return {};
    return {line[end + 2], std::stoi(line.substr(end + 4))};
}

} // namespace

std::vector<int> childProcesses()
{
    return childProcessesOf(::getpid());
}

std::vector<int> childProcessesOf(int parent)
{
    std::vector<int> children;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const std::string name = entry.path().filename().string();
        if (!std::isdigit(static_cast<unsigned char>(name.front())))
            continue;
        if (statOf(name).parent == parent)
            children.push_back(std::stoi(name));
    }
    return children;
}

bool isAlive(int pid)
{
    const char state = statOf(std::to_string(pid)).state;
    return state != 0 && state != 'Z' && state != 'X';
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
