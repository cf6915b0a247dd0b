// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt::test {

/// NEURON in this process with our mechanisms loaded. Its headers stay out of the tests.
class Hoc
{
public:
    /// Starts NEURON; a sentence when that fails. Once a process.
    static std::string start(const std::string &mechanismLibrary);

    /// Runs a statement; false when NEURON refuses it.
    static bool run(const std::string &statement);
    /// The value of an expression, e.g. "cai" or "dtSyn.bAmpa"; NaN when NEURON refuses it.
    static double value(const std::string &expression);

    /// Calls `call` (a procedure's name) with each argument and reads `names` after it: one row
    /// for each name. Empty when NEURON refuses.
    static std::vector<std::vector<double>> sweep(const std::string &call,
                                                  const std::vector<double> &arguments,
                                                  const std::vector<std::string> &names);
};

} // namespace dt::test
