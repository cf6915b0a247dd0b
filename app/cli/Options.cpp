// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Options.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/cell/Validation.h"
#include "engine/data/RecordingFile.h"
#include "engine/project/ProjectFile.h"

#include <QFileInfo>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

template <typename Allowed>
std::optional<double> allowedNumber(const std::string &option, const std::string &text,
                                    const Allowed &allowed, const std::string &range,
                                    std::string &error)
{
    const Result<double> number = numberFromText(text);
    if (number && allowed(*number))
        return *number;
    if (!number && number.error().code != ErrorCode::Format) // it may be read in two ways
        error = "--" + option + " = '" + text + "' " + number.error().message;
    else
        error = "--" + option + " takes a number " + range + ", not '" + text + "'.";
    return std::nullopt;
}

} // namespace

Options::Options(std::string command, const QString &description) : m_command(std::move(command))
{
    m_parser.setApplicationDescription(description);
    m_parser.addOption({{u"h"_s, u"help"_s}, u"Show this help."_s});
    m_parser.addOption({u"json"_s, u"Print one JSON object on stdout and nothing else there."_s});
}

void Options::add(const QString &name, const QString &description, const QString &valueName,
                  const QString &defaultValue)
{
    m_parser.addOption({name, description, valueName, defaultValue});
}

void Options::addPositional(const QString &name, const QString &description)
{
    m_parser.addPositionalArgument(name, description);
}

void Options::addSet()
{
    add(u"set"_s,
        u"Change a parameter, e.g. --set dend_L_um=512. May be repeated; applied in order."_s,
        u"NAME=VALUE"_s);
}

std::optional<int> Options::parse(const QStringList &arguments, Io &io, int positionals)
{
    // The parser takes the first argument for the program's name and prints it in its help.
    const bool parsed = m_parser.parse(
        QStringList(u"dendrotwin-cli "_s + QString::fromStdString(m_command)) + arguments);
    if (m_parser.isSet(u"help"_s)) {
        QString text = m_parser.helpText();
        // helpText() names the running program; we want the command.
        const qsizetype lineEnd = text.indexOf(u'\n');
        const qsizetype optionsAt = text.left(lineEnd).indexOf(u" ["_s);
        if (optionsAt >= 0)
            text.replace(0, optionsAt,
                         u"Usage: dendrotwin-cli "_s + QString::fromStdString(m_command));
        io.out << text.toStdString();
        return Ok;
    }
    if (!parsed)
        return usage(io, m_command, m_parser.errorText().toStdString());
    const qsizetype given = m_parser.positionalArguments().size();
    if (given < positionals)
        return usage(io, m_command, "An argument is missing.");
    if (given > positionals)
        return usage(io, m_command,
                     "Unexpected argument '"
                         + m_parser.positionalArguments().at(positionals).toStdString() + "'.");
    return std::nullopt;
}

std::optional<int> Options::integer(const QString &name, int min, int max, std::string &error) const
{
    bool ok = false;
    const int number = value(name).toInt(&ok);
    if (ok && number >= min && number <= max)
        return number;
    error = "--" + name.toStdString() + " takes a whole number from " + std::to_string(min) + " to "
        + std::to_string(max) + ", not '" + value(name).toStdString() + "'.";
    return std::nullopt;
}

std::optional<double> Options::number(const QString &name, double min, double max,
                                      std::string &error) const
{
    return allowedNumber(
        name.toStdString(), value(name).toStdString(),
        [&](double number) { return number >= min && number <= max; },
        "from " + formatNumber(min) + " to " + formatNumber(max), error);
}

std::optional<double> Options::positive(const QString &name, std::string &error) const
{
    return allowedNumber(
        name.toStdString(), value(name).toStdString(), [](double number) { return number > 0.0; },
        "above 0", error);
}

std::optional<std::uint64_t> Options::seed(std::string &error) const
{
    bool ok = false;
    const qulonglong number = value(u"seed"_s).toULongLong(&ok);
    if (ok)
        return number;
    error = "--seed takes a whole number from 0 on, not '" + value(u"seed"_s).toStdString() + "'.";
    return std::nullopt;
}

Result<Neuron> Options::neuron(const QString &source) const
{
    Result<Neuron> neuron = loadNeuron(source);
    if (!neuron)
        return neuron;
    for (const QString &assignment : m_parser.values(u"set"_s)) {
        const qsizetype equals = assignment.indexOf(u'=');
        if (equals < 1)
            return Error{ErrorCode::InvalidValue,
                         "--set takes NAME=VALUE, not '" + assignment.toStdString() + "'.",
                         "--set"};
        const Status set = setParameter(*neuron, assignment.left(equals).toStdString(),
                                        assignment.mid(equals + 1).toStdString());
        if (!set)
            return set.error();
    }
    if (const Status valid = validateNeuron(*neuron); !valid)
        return valid.error();
    return neuron;
}

Result<Neuron> loadNeuron(const QString &source)
{
    const std::string path = source.toStdString();
    if (!QFileInfo::exists(source)) {
        Result<Neuron> preset = presetNeuron(path);
        if (!preset && (source.contains(u'/') || source.contains(u'.')))
            return Error{ErrorCode::NotFound, "There is no file " + path + ". Check the name.",
                         path};
        return preset;
    }
    if (source.endsWith(u".dendro"_s)) {
        const Result<Project> project = loadProject(source);
        if (!project)
            return project.error();
        return project->neuron;
    }
    return readNeuronOf(path);
}

} // namespace dt::cli
