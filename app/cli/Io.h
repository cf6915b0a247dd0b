// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <ostream>

namespace dt::cli {

enum ExitCode { Ok = 0, Failed = 1, Usage = 2, Cancelled = 130 };

/// The streams of a command: results on `out`, everything for people on `err`. Injected, so that
/// tests read what a command says.
struct Io
{
    std::ostream &out;
    std::ostream &err;
    bool errIsTerminal = false;
};

/// Prints the sentence and returns the exit code that fits the kind of error.
int report(Io &io, const Error &error);

/// A usage mistake: the sentence, where help is, and exit code 2.
int usage(Io &io, const std::string &command, const std::string &sentence);

} // namespace dt::cli
