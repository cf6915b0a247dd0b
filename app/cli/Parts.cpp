// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Parts.h"

namespace dt::cli {

namespace {

void help(const char *command, const char *about, std::span<const Part> parts, std::ostream &out)
{
    out << "Usage: dendrotwin-cli " << command << " COMMAND ...\n\n" << about << "\n\nCommands:\n";
    for (const Part &part : parts)
        out << "  " << part.name << " " << part.usage << "\n";
    out << "\n'dendrotwin-cli " << command << " COMMAND --help' explains one.\n";
}

} // namespace

int runPart(const char *command, const char *about, std::span<const Part> parts,
            const QStringList &arguments, Io &io)
{
    const QString what = arguments.value(0);
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        help(command, about, parts, io.out);
        return Ok;
    }
    if (what.isEmpty()) {
        help(command, about, parts, io.err);
        return Usage;
    }
    for (const Part &part : parts) {
        if (what == QLatin1String(part.name))
            return part.run(arguments.mid(1), io);
    }
    return usage(io, command,
                 "There is no '" + std::string(command) + " " + what.toStdString() + "'.");
}

} // namespace dt::cli
