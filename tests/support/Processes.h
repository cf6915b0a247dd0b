// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace dt::test {

/// Children of this process by their ids, zombies included.
std::vector<int> childProcesses();
/// Children of another process by their ids, zombies included.
std::vector<int> childProcessesOf(int parent);

/// Whether a process is still running: it is there, and no zombie.
bool isAlive(int pid);

/// Resident memory of a process in KiB; 0 when it is gone.
long residentKiB(int pid);

} // namespace dt::test
