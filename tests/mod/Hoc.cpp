// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/mod/Hoc.h"

#include "engine/worker/NeuronEngine.h"

#include <algorithm>
#include <limits>

#include "hocdec.h"
#include "oc_ansi.h"

namespace dt::test {

std::string Hoc::start(const std::string &mechanismLibrary)
{
    // Never destroyed: NEURON lasts as long as the process.
    static const auto *const engine =
        new Result<std::unique_ptr<NeuronEngine>>(NeuronEngine::start(mechanismLibrary));
    return *engine ? std::string() : engine->error().message;
}

bool Hoc::run(const std::string &statement)
{
    return hoc_oc((statement + "\n").c_str()) == 0;
}

double Hoc::value(const std::string &expression)
{
    if (!run("dtValue = " + expression))
        return std::numeric_limits<double>::quiet_NaN();
    return *hoc_val_pointer("dtValue");
}

std::vector<std::vector<double>> Hoc::sweep(const std::string &call,
                                            const std::vector<double> &arguments,
                                            const std::vector<std::string> &names)
{
    // The loop runs inside NEURON: a statement for each number would take minutes.
    static int sweeps = 0;
    const std::string id = std::to_string(++sweeps);
    const std::string in = "dtIn" + id;
    const std::string out = "dtOut" + id;
    const std::string size = std::to_string(arguments.size());
    if (!run("objref " + in + ", " + out + "[" + std::to_string(names.size()) + "]")
        || !run(in + " = new Vector(" + size + ")"))
        return {};
    std::copy(arguments.begin(), arguments.end(), hoc_val_pointer((in + ".x[0]").c_str()));
    std::string body = call + "(" + in + ".x[i])";
    for (std::size_t k = 0; k < names.size(); ++k) {
        const std::string vector = out + "[" + std::to_string(k) + "]";
        if (!run(vector + " = new Vector(" + size + ")"))
            return {};
        body += " " + vector + ".x[i] = " + names[k];
    }
    if (!run("proc dtSweep" + id + "() { local i\n for i = 0, " + size + " - 1 { " + body + " } }")
        || !run("dtSweep" + id + "()"))
        return {};
    std::vector<std::vector<double>> rows;
    for (std::size_t k = 0; k < names.size(); ++k) {
        const double *first = hoc_val_pointer((out + "[" + std::to_string(k) + "].x[0]").c_str());
        rows.emplace_back(first, first + arguments.size());
    }
    return rows;
}

} // namespace dt::test
