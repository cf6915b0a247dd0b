// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Child.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <grp.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dt::test {

ChildResult inChild(const std::function<std::string()> &work)
{
    ChildResult result;
    int ends[2];
    if (::pipe(ends) != 0)
        return result;
    const pid_t child = ::fork();
    if (child < 0)
        return result;
    if (child == 0) {
        ::close(ends[0]);
        const std::string text = work();
        const auto size = static_cast<ssize_t>(text.size());
        ::_exit(::write(ends[1], text.data(), text.size()) == size ? 0 : 1);
    }
    ::close(ends[1]);
    char buffer[4096];
    for (;;) {
        const ssize_t got = ::read(ends[0], buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        result.text.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    result.exited = WIFEXITED(status);
    result.code = result.exited ? WEXITSTATUS(status) : WTERMSIG(status);
    return result;
}

void limitFileSize(unsigned long bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = std::min<rlim_t>(bytes, limit.rlim_max);
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

bool dropPrivileges()
{
    constexpr uid_t Nobody = 65534;
    if (::geteuid() != 0)
        return true;
    return ::setgroups(0, nullptr) == 0 && ::setgid(Nobody) == 0 && ::setuid(Nobody) == 0;
}

} // namespace dt::test
