// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/NpzReader.h"

#include <map>
#include <string>
#include <vector>

/// Checks of whole networks against the numbers of the reference's own program.
namespace dt::test {

using NpzArrays = std::map<std::string, NpzArray>;

/// What one file showed: the largest error of each group of arrays as lines to print, and what is
/// wrong, if anything.
struct GoldenReport
{
    std::vector<std::string> lines;
    std::vector<std::string> faults;
};

/// NaN and different lengths count as infinite.
double largestDifference(const std::vector<double> &a, const std::vector<double> &b);

/// param/, in/, out/, act/, der/, tgt/, loss/, grad_norm/, train_out/, train_buffer/ of one network
/// with the text of the .json beside it. What a file lacks is not checked.
GoldenReport checkNetwork(const NpzArrays &arrays, const std::string &json);

/// Networks whose weights follow from a formula: <architecture>/out/, in/x, rope/.
GoldenReport checkFilled(const NpzArrays &arrays, const std::string &json);

/// Initial time constants of ELMs: <min>_<max>_<M>/{proto_tau_m,tau_m}.
GoldenReport checkTimeConstants(const NpzArrays &arrays);

} // namespace dt::test
