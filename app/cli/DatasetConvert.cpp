// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Background.h"
#include "app/cli/DatasetCommands.h"
#include "app/cli/Options.h"

#include "engine/data/NumpyFolder.h"

#include <nlohmann/json.hpp>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

/// What was written, as JSON or as a sentence.
int done(Io &io, bool json, const std::string &path, const DatasetInfo &info)
{
    std::size_t total = 0;
    nlohmann::ordered_json result{{"out", path}};
    for (const Split split : AllSplits) {
        const std::size_t n = info.simulations[static_cast<std::size_t>(split)];
        result["simulations"][std::string(splitName(split))] = n;
        total += n;
    }
    if (json)
        io.out << result.dump() << "\n";
    else
        io.err << simulationCount(total) << ", written to " << path << "." << std::endl;
    return Ok;
}

int doneFile(Io &io, bool json, const std::string &path)
{
    const Result<DatasetFile> file = DatasetFile::open(path);
    return file ? done(io, json, path, file->info()) : report(io, file.error());
}

} // namespace

int datasetFilter(const QStringList &arguments, Io &io)
{
    Options options("dataset filter",
                    u"Writes a new data set of the simulations whose statistics lie in all given "
                    "ranges; without any --range, in those of the published data sets. The old "
                    "file stays as it is."_s);
    options.addPositional(u"ds.h5"_s, u"Data set to choose from."_s);
    QStringList names;
    for (const StatisticInfo &info : statistics())
        names += QString::fromUtf8(info.name.data(), static_cast<qsizetype>(info.name.size()));
    options.add(u"range"_s,
                u"A closed range, may be repeated. Names: "_s + names.join(u", "_s) + u"."_s,
                u"NAME=LO:HI"_s);
    options.add(u"out"_s, u"HDF5 file to write."_s, u"kept.h5"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    if (options.value(u"out"_s).isEmpty())
        return usage(io, options.command(), "--out is missing.");
    std::vector<StatisticRange> ranges;
    for (const QString &text : options.values(u"range"_s)) {
        const Result<StatisticRange> range = parseRange(text.toStdString());
        if (!range)
            return usage(io, options.command(), range.error().message);
        ranges.push_back(*range);
    }
    if (ranges.empty())
        ranges = publishedFilter();
    const Result<DatasetFile> file = DatasetFile::open(options.positional(0).toStdString());
    if (!file)
        return report(io, file.error());
    const std::string out = options.value(u"out"_s).toStdString();
    const Status written = inBackground(io, u"Filtering"_s, [&](const ProgressFunction &progress) {
        return file->filterTo(out, ranges, options.isSet(u"force"_s), progress);
    });
    return written ? doneFile(io, options.json(), out) : report(io, written.error());
}

int datasetImport(const QStringList &arguments, Io &io)
{
    Options options("dataset import-numpy",
                    u"Reads a folder of .npy files as the reference tutorial writes them (its name "
                    "tells the neuron's geometry, it holds train, valid and test) into a data "
                    "set."_s);
    options.addPositional(u"FOLDER"_s, u"The folder that holds train, valid and test."_s);
    options.add(u"neuron"_s, u"The neuron, when the folder's name does not tell it."_s,
                u"NEURON"_s);
    options.addSet();
    options.add(u"out"_s, u"HDF5 file to write."_s, u"ds.h5"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    if (options.value(u"out"_s).isEmpty())
        return usage(io, options.command(), "--out is missing.");
    std::optional<Neuron> given;
    if (options.isSet(u"neuron"_s)) {
        const Result<Neuron> neuron = options.neuron(options.value(u"neuron"_s));
        if (!neuron)
            return report(io, neuron.error());
        given = *neuron;
    } else if (options.isSet(u"set"_s)) {
        return usage(io, options.command(), "--set changes a neuron; name one with --neuron.");
    }
    const std::string folder = options.positional(0).toStdString();
    const Result<Neuron> neuron = neuronOfNumpyFolder(folder, given);
    if (!neuron)
        return report(io, neuron.error());
    const std::string out = options.value(u"out"_s).toStdString();
    const Status written = inBackground(io, u"Importing"_s, [&](const ProgressFunction &progress) {
        return importNumpy(folder, *neuron, out, options.isSet(u"force"_s), progress);
    });
    return written ? doneFile(io, options.json(), out) : report(io, written.error());
}

int datasetExport(const QStringList &arguments, Io &io)
{
    Options options("dataset export-numpy",
                    u"Writes a data set as a folder of .npy files, as the reference tutorial's "
                    "programs read them."_s);
    options.addPositional(u"ds.h5"_s, u"Data set."_s);
    options.add(u"out"_s, u"Folder to write into; a folder named after the neuron is made there."_s,
                u"FOLDER"_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    if (options.value(u"out"_s).isEmpty())
        return usage(io, options.command(), "--out is missing.");
    const Result<DatasetFile> file = DatasetFile::open(options.positional(0).toStdString());
    if (!file)
        return report(io, file.error());
    const std::string out = options.value(u"out"_s).toStdString();
    const Status written = inBackground(io, u"Exporting"_s, [&](const ProgressFunction &progress) {
        return exportNumpy(*file, out, progress);
    });
    if (!written)
        return report(io, written.error());
    return done(io, options.json(), out + "/" + shortName(file->info().neuron), file->info());
}

} // namespace dt::cli
