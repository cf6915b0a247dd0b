// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/NeuronCommands.h"
#include "app/cli/Options.h"

#include "engine/base/Words.h"
#include "engine/cell/Cable.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/cell/Validation.h"
#include "engine/cell/swc/Swc.h"
#include "engine/files/TargetFile.h"
#include "engine/input/UsualRain.h"
#include "engine/jobs/MechanismPath.h"
#include "engine/project/ProjectFile.h"
#include "engine/recording/NeuronScript.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QFileInfo>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

/// Refuses an existing target without --force.
Status writeText(const Options &options, const QString &name, const std::string &text)
{
    return writeFile(options.value(name).toStdString(), text, options.isSet(u"force"_s));
}

Json issueList(const std::vector<SwcIssue> &issues)
{
    Json list = Json::array();
    for (const SwcIssue &issue : issues)
        list.push_back({{"line", issue.line == 0 ? Json() : Json(issue.line)},
                        {"message", issue.message},
                        {"lines", issue.lines}});
    return list;
}

/// Writes issues with file and line as a compiler does, so that an editor jumps there.
void printIssues(Io &io, const std::string &file, const std::vector<SwcIssue> &issues)
{
    for (const SwcIssue &issue : issues)
        io.err << file << (issue.line > 0 ? ":" + std::to_string(issue.line) : "") << ": "
               << issue.message << "\n";
    io.err.flush();
}

Result<std::string> readText(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.exists() ? ErrorCode::Io : ErrorCode::NotFound,
                     path.toStdString() + " cannot be read: " + file.errorString().toStdString()
                         + ". Check its name and permissions.",
                     path.toStdString()};
    return file.read(qint64(MaxSwcBytes) + 1).toStdString(); // the reader refuses one more
}

std::optional<int> missing(const Options &options, const QString &name, Io &io)
{
    if (!options.value(name).isEmpty())
        return std::nullopt;
    return usage(io, options.command(), "--" + name.toStdString() + " is missing.");
}

} // namespace

int neuronImport(const QStringList &arguments, Io &io)
{
    Options options(
        "neuron import",
        u"Makes a project of a traced cell. The shape, cut into sections as NEURON's "
        "Import3d does it, is the file's; membrane, channels and kinds of synapses are "
        "those of --neuron. Each segment gets an excitatory and an inhibitory synapse. "
        "Remarks go to stderr, by line; faults of a file that is refused are listed with "
        "--json."_s);
    options.addPositional(u"FILE.swc"_s, u"Traced cell."_s);
    options.add(u"out"_s, u"Project to write."_s, u"project.dendro"_s);
    options.add(u"neuron"_s, u"Preset or file that the rest is taken from."_s, u"NEURON"_s,
                u"nmda-cable-64"_s);
    options.addSet();
    options.add(u"add-soma"_s,
                u"Length and diameter [um] of the soma that a cell without one gets."_s, u"UM"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    if (const auto code = missing(options, u"out"_s, io))
        return *code;
    SwcOptions how;
    if (options.isSet(u"add-soma"_s)) {
        std::string problem;
        how.addSomaUm = options.positive(u"add-soma"_s, problem);
        if (!how.addSomaUm)
            return usage(io, options.command(), problem);
    }
    const Result<Neuron> like = options.neuron(options.value(u"neuron"_s));
    if (!like)
        return report(io, like.error());
    const Result<std::string> text = readText(options.positional(0));
    if (!text)
        return report(io, text.error());

    const std::string file = options.positional(0).toStdString();
    const SwcReading reading = readSwc(*text, how);
    if (!reading.morphology) {
        if (options.json())
            io.out << Json{{"fault_count", reading.faultCount},
                           {"faults", issueList(reading.faults)}}
                          .dump()
                   << "\n";
        Error error = reading.error(file);
        if (reading.needsOnlySoma())
            error.message += " For example with --add-soma 25.";
        return report(io, error);
    }
    Project project;
    project.stimulus.painted.clear(); // they are places on another cell
    project.neuron = neuronFromSwc(*reading.morphology, *like);
    if (const Status valid = validateNeuron(project.neuron); !valid)
        return report(io, valid.error());
    project.stimulus.rain = usualRain(project.neuron, project.stimulus.rain);
    if (const Status written = writeText(options, u"out"_s, projectText(project).toStdString());
        !written)
        return report(io, written.error());

    const CableCard card = cableCard(project.neuron);
    const Soma &soma = project.neuron.soma;
    printIssues(io, file, reading.warnings);
    if (options.json())
        io.out << Json{{"out", options.value(u"out"_s).toStdString()},
                       {"points", reading.morphology->points},
                       {"dendrites", project.neuron.dendrites.size()},
                       {"num_segments", card.segments},
                       {"total_length_um", card.totalLengthUm},
                       {"dendrite_area_um2", card.dendriteAreaUm2},
                       {"soma_L_um", soma.lengthUm},
                       {"soma_diam_um", soma.diamUm},
                       {"warning_count", reading.warnings.size()},
                       {"warnings", issueList(reading.warnings)}}
                      .dump()
               << "\n";
    else
        io.out << options.value(u"out"_s).toStdString() << ": "
               << counted(static_cast<long long>(project.neuron.dendrites.size()), "dendrite")
               << ", " << QString::number(card.totalLengthUm, 'f', 0).toStdString()
               << " um in all, " << counted(card.segments, "segment") << "; soma "
               << QString::number(soma.lengthUm, 'f', 1).toStdString() << " x "
               << QString::number(soma.diamUm, 'f', 1).toStdString() << " um.\n";
    return Ok;
}

int neuronExport(const QStringList &arguments, Io &io)
{
    Options options("neuron export",
                    u"Writes the shape of a neuron as an SWC file. What the format cannot say is "
                    "listed in comments at its top."_s);
    options.addPositional(u"NEURON"_s, u"Preset or file."_s);
    options.addSet();
    options.add(u"swc"_s, u"SWC file to write."_s, u"out.swc"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    if (const auto code = missing(options, u"swc"_s, io))
        return *code;
    const Result<Neuron> neuron = options.neuron(options.positional(0));
    if (!neuron)
        return report(io, neuron.error());
    const std::string title = QFileInfo(options.positional(0)).completeBaseName().toStdString();
    const Status written = writeText(options, u"swc"_s, writeSwc(*neuron, title));
    if (!written)
        return report(io, written.error());
    if (options.json())
        io.out << Json{{"out", options.value(u"swc"_s).toStdString()},
                       {"dendrites", neuron->dendrites.size()}}
                      .dump()
               << "\n";
    else
        io.out << options.value(u"swc"_s).toStdString() << ": "
               << counted(static_cast<long long>(neuron->dendrites.size()), "dendrite") << ".\n";
    return Ok;
}

int neuronScriptCommand(const QStringList &arguments, Io &io)
{
    Options options("neuron script",
                    u"Writes a Python script for plain NEURON that builds the neuron, gives it the "
                    "project's input and runs it: 'python3 run.py --out soma.csv'. Of what is no "
                    "project the input is the random rain of a new one."_s);
    options.addPositional(u"PROJECT"_s, u"Project (*.dendro), preset or HDF5 file of ours."_s);
    options.add(u"out"_s, u"Script to write."_s, u"run.py"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    if (const auto code = missing(options, u"out"_s, io))
        return *code;
    const QString source = options.positional(0);
    Project project;
    if (source.endsWith(u".dendro"_s)) {
        const Result<Project> loaded = loadProject(source);
        if (!loaded)
            return report(io, loaded.error());
        project = *loaded;
    } else {
        const Result<Neuron> neuron = loadNeuron(source);
        if (!neuron)
            return report(io, neuron.error());
        project.neuron = *neuron;
        project.stimulus.painted.clear();
        project.stimulus.rain = usualRain(*neuron, project.stimulus.rain);
    }
    const ScriptOptions how{QFileInfo(source).completeBaseName().toStdString(),
                            mechanismLibraryPath().toStdString()};
    const std::string text = neuronScript(project.neuron, project.stimulus, how);
    const Status written = writeText(options, u"out"_s, text);
    if (!written)
        return report(io, written.error());
    const std::string out = options.value(u"out"_s).toStdString();
    if (options.json())
        io.out << Json{{"out", out}, {"mechanisms", how.mechanismLibrary}}.dump() << "\n";
    else
        io.out << out << ": run it with 'python3 " << out << " --out soma.csv'.\n";
    return Ok;
}

} // namespace dt::cli
