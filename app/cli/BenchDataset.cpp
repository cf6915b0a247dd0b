// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Background.h"
#include "app/cli/Cli.h"
#include "app/cli/Options.h"

#include "engine/base/Median.h"
#include "engine/base/Random.h"
#include "engine/data/DatasetStore.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>

#include <algorithm>
#include <filesystem>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int DatasetRepeats = 3;
constexpr int WindowsPerRepeat = 20'000;

double seconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) * 1e-9;
}

} // namespace

int benchDataset(const QStringList &arguments, Io &io)
{
    Options options("bench dataset",
                    u"Simulations a second when a data set is opened with its statistics and "
                    "loaded for training, and random windows a second from memory, on one core. "
                    "Medians of three; the file should be in the system's cache."_s);
    options.addPositional(u"ds.h5"_s, u"Data set with simulations to train on."_s);
    options.add(u"window-ms"_s, u"Length of the windows [ms]."_s, u"W"_s, u"2048"_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    std::string problem;
    const std::optional<int> window = options.integer(u"window-ms"_s, 1, 1'000'000, problem);
    if (!window)
        return usage(io, options.command(), problem);
    const std::string path = options.positional(0).toStdString();

    std::vector<double> opening;
    std::vector<double> loading;
    std::vector<double> reading;
    std::size_t count = 0;
    std::size_t bytes = 0;
    int windowMs = *window;
    double sum = 0.0; // uses what was read, so that no reading is optimised away
    for (int repeat = 0; repeat < DatasetRepeats; ++repeat) {
        QElapsedTimer timer;
        timer.start();
        const Result<DatasetFile> file = DatasetFile::open(path);
        if (!file)
            return report(io, file.error());
        for (const Split split : AllSplits) {
            if (const Result<SplitStatistics> statistics = file->statistics(split); !statistics)
                return report(io, statistics.error());
        }
        opening.push_back(seconds(timer));
        timer.restart();
        std::optional<DatasetStore> store;
        const Status loaded = inBackground(io, u"Loading"_s, [&](const ProgressFunction &progress) {
            Result<DatasetStore> result = DatasetStore::load(*file, {Split::Train}, progress);
            if (!result)
                return Status(result.error());
            store.emplace(std::move(*result));
            return Status(Done{});
        });
        if (!loaded)
            return report(io, loaded.error());
        count = store->count(Split::Train);
        if (count == 0)
            return report(io,
                          {ErrorCode::InvalidValue,
                           path + " has no simulation to train on; there is nothing to time.",
                           path});
        loading.push_back(static_cast<double>(count) / seconds(timer));
        bytes = store->bytes();
        windowMs = std::min(windowMs, store->durationMs());
        const auto n = static_cast<std::size_t>(store->segments());
        const auto length = static_cast<std::size_t>(windowMs);
        std::vector<float> buffer((3 * n + 4) * length);
        WindowBuffers out;
        out.inputs = buffer.data();
        out.dendV = out.inputs + 2 * n * length;
        out.spikes = out.dendV + n * length;
        out.nearSpikes = out.spikes + length;
        out.somaV = out.nearSpikes + length;
        out.instRate = out.somaV + length;
        RandomStream random({static_cast<std::uint64_t>(repeat)});
        timer.restart();
        for (int i = 0; i < WindowsPerRepeat; ++i) {
            const auto start = static_cast<int>(
                random.below(static_cast<std::uint64_t>(store->durationMs() - windowMs + 1)));
            store->window(Split::Train, random.below(count), start, windowMs, out);
            sum += static_cast<double>(buffer[random.below(buffer.size())]);
        }
        reading.push_back(WindowsPerRepeat / seconds(timer));
    }
    const double perSimulation = static_cast<double>(bytes) / static_cast<double>(count);
    if (options.json()) {
        io.out << nlohmann::ordered_json{{"simulations", count},
                                         {"file_bytes", std::filesystem::file_size(path)},
                                         {"open_s", median(opening)},
                                         {"load_per_s", median(loading)},
                                         {"windows_per_s", median(reading)},
                                         {"window_ms", windowMs},
                                         {"memory_bytes_per_simulation", perSimulation},
                                         {"checksum", sum}}
                      .dump()
               << "\n";
        return Ok;
    }
    io.out << "Opened with statistics in " << median(opening) * 1000.0 << " ms, loaded "
           << median(loading) << " simulations a second (" << perSimulation / 1000.0
           << " kB each), read " << median(reading) << " windows of " << windowMs
           << " ms a second.\n";
    return Ok;
}

} // namespace dt::cli
