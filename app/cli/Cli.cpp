// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"

#include "engine/base/Version.h"

#include <array>

namespace dt::cli {

namespace {

struct Command
{
    const char *name;
    const char *summary;
    int (*run)(const QStringList &, Io &);
};

constexpr std::array Commands{
    Command{"neuron", "Show presets and the parameters of a neuron", neuronCommand},
    Command{"simulate", "Run a neuron in NEURON on an input from a file", simulateCommand},
    Command{"experiment", "Poke a neuron in a systematic way and measure it", experimentCommand},
    Command{"dataset", "Build, inspect, filter, import and export data sets", datasetCommand},
    Command{"train", "Train a twin network on a data set, or go on training it", trainCommand},
    Command{"evaluate", "Compare a twin with its neuron on a data set", evaluateCommand},
    Command{"predict", "Let a twin say what its neuron would do with an input", predictCommand},
    Command{"twin", "Show presets and twins; to and from PyTorch", twinCommand},
    Command{"bench", "Measure how fast this machine simulates and trains", benchCommand},
    Command{"about", "Show versions and which libraries are in use", aboutCommand},
};

void printHelp(std::ostream &out)
{
    out << "Usage: dendrotwin-cli COMMAND ...\n\n"
           "All that DendroTwin can do without a window.\n\nCommands:\n";
    for (const Command &command : Commands)
        out << "  " << command.name << std::string(12 - std::string(command.name).size(), ' ')
            << command.summary << "\n";
    out << "\n'dendrotwin-cli COMMAND --help' explains one. --json, before the command or after\n"
           "it, prints one JSON object on stdout. Exit codes: 0 done, 1 failed, 2 wrong usage,\n"
           "130 cancelled.\n";
}

} // namespace

int run(const QStringList &arguments, Io &io)
{
    const QString name = arguments.value(0);
    if (name == QLatin1String("--json") && arguments.size() > 1) {
        // Before the command it means the same as after it.
        QStringList rest = arguments;
        rest.removeAll(name);
        return run(rest << name, io);
    }
    if (name.isEmpty()) {
        printHelp(io.err);
        return Usage;
    }
    if (name == QLatin1String("--help") || name == QLatin1String("-h")
        || name == QLatin1String("help")) {
        printHelp(io.out);
        return Ok;
    }
    if (name == QLatin1String("--version")) {
        io.out << "DendroTwin " << ProgramVersion << "\n";
        return Ok;
    }
    for (const Command &command : Commands) {
        if (name == QLatin1String(command.name))
            return command.run(arguments.mid(1), io);
    }
    return usage(io, "", "There is no command '" + name.toStdString() + "'.");
}

} // namespace dt::cli
