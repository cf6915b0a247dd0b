// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"
#include "engine/cell/Neuron.h"

#include <QCommandLineParser>
#include <QStringList>

#include <optional>

namespace dt::cli {

/// Arguments of one command: what every command has (--help, --json) and what it adds.
/// Use: construct, add options, parse(); a set exit code means: return it.
class Options
{
public:
    Options(std::string command, const QString &description);

    void add(const QString &name, const QString &description, const QString &valueName = {},
             const QString &defaultValue = {});
    void addPositional(const QString &name, const QString &description);
    /// Adds the option --set NAME=VALUE, which may be repeated.
    void addSet();

    std::optional<int> parse(const QStringList &arguments, Io &io, int positionals = 0);

    [[nodiscard]] bool isSet(const QString &name) const { return m_parser.isSet(name); }
    [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
    [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
    [[nodiscard]] QString positional(int i) const
    {
        return m_parser.positionalArguments().value(i);
    }
    [[nodiscard]] bool json() const { return m_parser.isSet(QStringLiteral("json")); }
    [[nodiscard]] const std::string &command() const { return m_command; }

    /// A whole number within limits, else a usage error in `error`.
    std::optional<int> integer(const QString &name, int min, int max, std::string &error) const;

    /// A number within limits, else a usage error in `error`.
    std::optional<double> number(const QString &name, double min, double max,
                                 std::string &error) const;

    /// A finite number above 0, else a usage error in `error`.
    std::optional<double> positive(const QString &name, std::string &error) const;

    /// A seed: any whole number that fits into 64 bits.
    std::optional<std::uint64_t> seed(std::string &error) const;

    /// The neuron of a NEURON argument with --set applied in order, validated: a preset, a project
    /// or any HDF5 file of ours.
    Result<Neuron> neuron(const QString &source) const;

private:
    std::string m_command;
    QCommandLineParser m_parser;
};

/// The neuron of a NEURON argument, without --set: a preset, a project or any HDF5 file of ours.
Result<Neuron> loadNeuron(const QString &source);

} // namespace dt::cli
