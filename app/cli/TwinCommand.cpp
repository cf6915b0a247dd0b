// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/Options.h"
#include "app/cli/Parts.h"
#include "app/cli/TwinCommands.h"

#include "engine/base/Words.h"
#include "engine/data/TorchFile.h"
#include "engine/files/TargetFile.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/json/EvaluationJson.h"
#include "engine/json/TwinJson.h"

#include <nlohmann/json.hpp>

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Ordered = nlohmann::ordered_json;

namespace {

Result<TwinSpec> readSpec(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file)
        text << file.rdbuf();
    if (!file.is_open() || file.bad() || text.bad())
        return Error{ErrorCode::Io, path + " cannot be read. Check its permissions.", path};
    return twinFromText(text.str(), path);
}

/// --force is not meant for what a command reads.
Status checkOut(const std::string &out, const std::string &input)
{
    std::error_code code;
    if (!std::filesystem::equivalent(input, out, code)) // also through links
        return Done{};
    return Error{ErrorCode::Exists,
                 out + " is read by this command. Choose another file for --out.", out};
}

std::string fieldText(const TwinSpec &spec)
{
    const int ms = receptiveFieldMs(spec);
    return ms == 0 ? "all of the past" : std::to_string(ms) + " ms";
}

Ordered specJson(const TwinSpec &spec)
{
    const ParameterCount count = parameterCount(spec);
    const int field = receptiveFieldMs(spec);
    return {{"short_name", shortName(spec)},
            {"parameters", count.total},
            {"trainable_parameters", count.trainable},
            {"receptive_field_ms", field == 0 ? Ordered(nullptr) : Ordered(field)},
            {"num_segments", spec.segments},
            {"spec", toJson(spec)}};
}

int listTwinPresets(const QStringList &arguments, Io &io)
{
    Options options("twin presets", u"Lists the named twins, for neurons of 8 segments."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    Ordered json = Ordered::array();
    for (const TwinPreset &preset : twinPresets()) {
        const Result<TwinSpec> spec = presetTwin(preset.name);
        if (!spec)
            return report(io, spec.error());
        Ordered entry{
            {"name", preset.name}, {"title", preset.title}, {"description", preset.description}};
        entry.update(specJson(*spec));
        json.push_back(entry);
        if (options.json())
            continue;
        char line[200];
        std::snprintf(line, sizeof line, "%-12s %10lld parameters, sees %-16s %s\n",
                      std::string(preset.name).c_str(),
                      static_cast<long long>(parameterCount(*spec).total),
                      (fieldText(*spec) + ".").c_str(), std::string(preset.title).c_str());
        io.out << line;
    }
    if (options.json())
        io.out << Ordered{{"presets", json}}.dump() << "\n";
    return Ok;
}

int info(const QStringList &arguments, Io &io)
{
    Options options("twin info", u"Says what a twin is, how it was trained and how good it is."_s);
    options.addPositional(u"x.twin"_s, u"Twin file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    const Result<StoredTwin> twin = loadTwin(options.positional(0).toStdString());
    if (!twin)
        return report(io, twin.error());
    const TwinContents &c = twin->contents;
    const TrainingHistory &h = c.history;
    if (options.json()) {
        Ordered json{{"complete", c.complete}};
        json["author"] = c.author.empty() ? Ordered(nullptr) : Ordered(c.author);
        json.update(specJson(twin->spec));
        json["neuron"] = c.neuron ? Ordered(toJson(*c.neuron)) : Ordered(nullptr);
        json["training"] =
            c.training.empty() ? Ordered(nullptr) : Ordered::parse(c.training, nullptr, false);
        json["iterations"] = h.iterations();
        json["epochs_finished"] = h.epochSeconds.size();
        json["training_seconds"] = h.seconds;
        json["best_iteration"] = h.best ? Ordered(h.best->iteration) : Ordered(nullptr);
        json["dataset"] = c.dataset ? Ordered{{"path", c.dataset->path},
                                              {"simulations", c.dataset->simulations},
                                              {"fingerprint", c.dataset->fingerprint}}
                                    : Ordered(nullptr);
        json["evaluation"] =
            twin->evaluation ? Ordered(evaluationSummary(*twin->evaluation)) : Ordered(nullptr);
        io.out << json.dump() << "\n";
        return Ok;
    }
    const ParameterCount count = parameterCount(twin->spec);
    io.out << shortName(twin->spec) << ": " << count.total << " parameters, sees "
           << fieldText(twin->spec) << "\n";
    if (!c.author.empty())
        io.out << "trained by: " << c.author << "\n";
    if (c.neuron)
        io.out << "neuron: " << shortName(*c.neuron) << "\n";
    if (c.dataset)
        io.out << "data set: " << c.dataset->path << ", "
               << counted(static_cast<long long>(c.dataset->simulations[0]), "simulation")
               << " to train on\n";
    if (twin->settings) {
        io.out << (c.complete ? "trained: " : "in training: ")
               << counted(h.iterations(), "iteration") << ", " << h.epochSeconds.size() << " of "
               << twin->settings->epochs << " epochs\n";
        for (const std::string &line : reportLines(trainingReport(h, *twin->settings)))
            io.out << line << "\n";
    } else {
        io.out << "imported from PyTorch\n";
    }
    if (twin->evaluation)
        printEvaluation(*twin->evaluation, io.out);
    return Ok;
}

/// What a command that writes another form of a twin begins with.
struct TwinToCopy
{
    int code = Ok; ///< where there is no twin: to end with
    std::optional<StoredTwin> twin;
    std::string out; ///< where it goes

    explicit operator bool() const { return twin.has_value(); }
    StoredTwin *operator->() { return &*twin; }
    const StoredTwin *operator->() const { return &*twin; }
    StoredTwin &operator*() { return *twin; }
};

/// Adds --force; the options have --out already.
TwinToCopy readForCopy(Options &options, const QStringList &arguments, Io &io)
{
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return {*code, {}, {}};
    if (!options.isSet(u"out"_s))
        return {usage(io, options.command(), "--out is missing."), {}, {}};
    const std::string source = options.positional(0).toStdString();
    const std::string out = options.value(u"out"_s).toStdString();
    if (const Status fine = checkOut(out, source); !fine)
        return {report(io, fine.error()), {}, {}};
    Result<StoredTwin> twin = loadTwin(source);
    if (!twin)
        return {report(io, twin.error()), {}, {}};
    return {Ok, std::move(*twin), out};
}

int exportTorch(const QStringList &arguments, Io &io)
{
    Options options("twin export-torch",
                    u"Writes the weights as a PyTorch file, a dict of tensors that "
                    "torch.load(file, weights_only=True) reads."_s);
    options.addPositional(u"x.twin"_s, u"Twin file."_s);
    options.add(u"out"_s, u"PyTorch file to write."_s, u"x.pt"_s);
    const auto twin = readForCopy(options, arguments, io);
    if (!twin)
        return twin.code;
    const std::string &out = twin.out;
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return report(io, ml.error());
    const Result<std::vector<NamedTensor>> weights =
        (*ml)->exported(twin->spec, twin->contents.weights);
    if (!weights)
        return report(io, weights.error());
    if (const Status written = writeTorch(out, *weights, options.isSet(u"force"_s)); !written)
        return report(io, written.error());
    if (options.json())
        io.out << Ordered{{"out", out}, {"tensors", weights->size()}}.dump() << "\n";
    else
        io.err << counted(static_cast<long long>(weights->size()), "tensor") << ", written to "
               << out << "." << std::endl;
    return Ok;
}

std::string leftOutText(const std::vector<std::string> &names)
{
    if (names.size() == 1)
        return "'" + names.front() + "' is no weight of this network and was left out.";
    constexpr std::size_t Named = 5;
    std::string text =
        std::to_string(names.size()) + " names are no weights of this network and were left out: ";
    for (std::size_t i = 0; i < std::min(Named, names.size()); ++i)
        text += (i > 0 ? ", '" : "'") + names[i] + "'";
    return text + (names.size() > Named ? " and so on." : ".");
}

int importTorch(const QStringList &arguments, Io &io)
{
    Options options(
        "twin import-torch",
        u"Makes a twin of weights in a PyTorch file: a state dict, or a checkpoint with "
        "one. Nothing in the file is executed."_s);
    options.addPositional(u"x.pt"_s, u"PyTorch file."_s);
    options.add(u"spec"_s, u"JSON file with arch and config of the network."_s, u"spec.json"_s);
    options.add(u"neuron"_s, u"The twin's neuron: preset, project or HDF5 file."_s, u"NEURON"_s);
    options.add(u"out"_s, u"Twin file to write."_s, u"x.twin"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    for (const char *needed : {"spec", "out"}) {
        if (options.value(QLatin1String(needed)).isEmpty())
            return usage(io, options.command(), "--" + std::string(needed) + " is missing.");
    }
    const std::string out = options.value(u"out"_s).toStdString();
    const bool replace = options.isSet(u"force"_s);
    for (const QString &input :
         {options.positional(0), options.value(u"spec"_s), options.value(u"neuron"_s)}) {
        if (const Status fine = checkOut(out, input.toStdString()); !fine)
            return report(io, fine.error());
    }
    if (const Result<TargetFile> target = TargetFile::prepare(out, replace); !target)
        return report(io, target.error());
    StoredTwin twin;
    const Result<TwinSpec> spec = readSpec(options.value(u"spec"_s).toStdString());
    if (!spec)
        return report(io, spec.error());
    twin.spec = *spec;
    if (options.isSet(u"neuron"_s)) {
        const Result<Neuron> neuron = loadNeuron(options.value(u"neuron"_s));
        if (!neuron)
            return report(io, neuron.error());
        if (neuron->segmentCount() != spec->segments)
            return report(io,
                          {ErrorCode::InvalidValue,
                           "The neuron has " + counted(neuron->segmentCount(), "segment")
                               + ", but the network is made for " + std::to_string(spec->segments)
                               + ". Name the neuron it was trained on.",
                           "neuron"});
        const Result<Scaling> scaling = scalingFor(*neuron);
        if (!scaling)
            return report(io, scaling.error());
        // Weights belong to the constants that they were trained with: those of the spec, if it
        // has any.
        if (twin.spec.scaling == Scaling{})
            twin.spec.scaling = *scaling;
        else if (!(twin.spec.scaling == *scaling))
            io.err
                << "The spec's scaling constants differ from those of the neuron; the spec's are "
                   "used."
                << std::endl;
        twin.contents.neuron = *neuron;
    }
    const Result<std::vector<NamedTensor>> read = readTorch(options.positional(0).toStdString());
    if (!read)
        return report(io, read.error());
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return report(io, ml.error());
    const Result<PlainWeights> plain = (*ml)->imported(twin.spec, *read);
    if (!plain)
        return report(io, plain.error());
    if (!plain->prefix.empty())
        io.err << "The names of the weights began with '" << plain->prefix
               << "', which was left out." << std::endl;
    if (!plain->leftOut.empty())
        io.err << leftOutText(plain->leftOut) << std::endl;
    twin.contents.weights = plain->weights;
    twin.contents.complete = true;
    if (const Status written = storeTwin(out, twin, replace); !written)
        return report(io, written.error());
    if (options.json())
        io.out << Ordered{{"out", out},
                          {"parameters", parameterCount(twin.spec).total},
                          {"prefix", plain->prefix},
                          {"left_out", plain->leftOut}}
                      .dump()
               << "\n";
    else
        io.err << shortName(twin.spec) << ", written to " << out << "." << std::endl;
    return Ok;
}

int slimTwin(const QStringList &arguments, Io &io)
{
    Options options("twin slim",
                    u"Writes a smaller copy of a finished twin to hand on: the same network, "
                    "means over a few iterations' losses, fewer points of clouds, no paths."_s);
    options.addPositional(u"x.twin"_s, u"Twin file."_s);
    options.add(u"out"_s, u"Twin file to write."_s, u"small.twin"_s);
    auto twin = readForCopy(options, arguments, io);
    if (!twin)
        return twin.code;
    const std::string &out = twin.out;
    if (!twin->contents.complete)
        return report(io,
                      {ErrorCode::InvalidValue,
                       "The twin is not trained to the end. Finish it first: train --resume.",
                       options.positional(0).toStdString()});
    slim(*twin);
    if (const Status written = storeTwin(out, *twin, options.isSet(u"force"_s)); !written)
        return report(io, written.error());
    if (options.json())
        io.out << Ordered{{"out", out}}.dump() << "\n";
    else
        io.err << "Written to " << out << "." << std::endl;
    return Ok;
}

} // namespace

Result<TwinSpec> twinOf(const QString &source, int segments)
{
    const std::string name = source.toStdString();
    const Result<TwinSpec> preset = presetTwin(name, segments);
    if (preset || (!QFileInfo(source).isFile() && !source.endsWith(u".json"_s)))
        return preset;
    if (!QFileInfo(source).isFile())
        return Error{ErrorCode::NotFound, "There is no file " + name + ". Check the name.", name};
    return readSpec(name);
}

int twinCommand(const QStringList &arguments, Io &io)
{
    static constexpr std::array Parts{
        Part{"presets", "[--json]", listTwinPresets},
        Part{"info", "x.twin [--json]", info},
        Part{"slim", "x.twin --out small.twin", slimTwin},
        Part{"export-torch", "x.twin --out x.pt", exportTorch},
        Part{"import-torch", "x.pt --spec spec.json [--neuron NEURON] --out x.twin", importTorch},
    };
    return runPart("twin", "Twins: networks that do what a neuron does.", Parts, arguments, io);
}

} // namespace dt::cli
