// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RunExport.h"

#include "engine/base/CsvText.h"
#include "engine/base/Half.h"
#include "engine/base/NumberText.h"
#include "engine/data/NpyFile.h"
#include "engine/data/ZipFile.h"
#include "engine/files/TargetFile.h"
#include "engine/input/EventText.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace dt {

namespace {

/// Members of a NumPy archive.
class Arrays
{
public:
    template <typename T>
    void add(const std::string &name, const char *type, const std::vector<std::size_t> &shape,
             const std::vector<T> &values)
    {
        m_zip.add(name + ".npy", npyBytes(type, shape, values.data(), values.size() * sizeof(T)));
    }
    template <typename T>
    void add(const std::string &name, const char *type, const std::vector<T> &values)
    {
        add(name, type, {values.size()}, values);
    }
    /// As bytes: Python's .item().decode() gives the text back, whatever letters are in it.
    void addText(const std::string &name, const std::string &text)
    {
        const std::string bytes = text.empty() ? std::string(1, '\0') : text;
        m_zip.add(name + ".npy",
                  npyBytes("|S" + std::to_string(bytes.size()), {}, bytes.data(), bytes.size()));
    }
    std::string finish() { return m_zip.finish(); }

private:
    ZipWriter m_zip;
};

/// In the precision that the run used.
void addInput(Arrays &arrays, const std::string &name, const SpikeInput &input, Polarity polarity)
{
    const std::vector<double> values = input.matrix(polarity);
    const std::vector<std::size_t> shape{static_cast<std::size_t>(input.segments),
                                         static_cast<std::size_t>(input.durationMs)};
    if (input.precision == WeightPrecision::Double) {
        arrays.add(name, "<f8", shape, values);
        return;
    }
    std::vector<float> singles(values.size());
    std::transform(values.begin(), values.end(), singles.begin(),
                   [](double v) { return static_cast<float>(v); });
    if (input.precision == WeightPrecision::Single) {
        arrays.add(name, "<f4", shape, singles);
        return;
    }
    std::vector<std::uint16_t> halves(singles.size());
    std::transform(singles.begin(), singles.end(), halves.begin(), halfFromFloat);
    arrays.add(name, "<f2", shape, halves);
}

std::vector<std::int32_t> spikeTimes(const Recording &recording)
{
    std::vector<std::int32_t> times;
    for (std::size_t t = 0; t < recording.spike.size(); ++t) {
        if (recording.spike[t])
            times.push_back(static_cast<std::int32_t>(t));
    }
    return times;
}

/// Appends the shortest text that reads back equal.
void put(std::string &text, float value)
{
    char buffer[32];
    const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, value);
    if (code == std::errc{})
        text.append(buffer, end);
}

void put(std::string &text, double value)
{
    char buffer[40];
    const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, value);
    if (code == std::errc{})
        text.append(buffer, end);
}

std::string somaCsv(const Recording &r)
{
    std::string text = "time_ms,soma_mV\n";
    for (std::size_t i = 0; i < r.somaFine.size(); ++i) {
        put(text, static_cast<double>(i) / r.neuron.samplesPerMs);
        text += ',';
        put(text, r.somaFine[i]);
        text += '\n';
    }
    return text;
}

/// Short, and still another one for every segment of the longest dendrite.
std::string shortPlace(double x)
{
    return formatNumber(std::round(x * 1e4) / 1e4);
}

std::string dendriteCsv(const Recording &r)
{
    std::string text = "time_ms";
    for (const SegmentRef &at : segmentRows(r.neuron)) {
        const std::string &name = r.neuron.dendrites[static_cast<std::size_t>(at.dendrite)].name;
        text += ',' + csvCellText(name + "(" + shortPlace(at.x) + ")_mV");
    }
    text += '\n';
    const auto T = static_cast<std::size_t>(r.durationMs);
    for (std::size_t t = 0; t < T; ++t) {
        text += std::to_string(t);
        for (std::size_t s = 0; s < static_cast<std::size_t>(r.segments); ++s) {
            text += ',';
            put(text, r.dendV[s * T + t]);
        }
        text += '\n';
    }
    return text;
}

std::string outputsCsv(const Recording &r)
{
    std::string text = "time_ms,spike,near_spike,rate_Hz,soma_capped_mV\n";
    for (std::size_t t = 0; t < static_cast<std::size_t>(r.durationMs); ++t) {
        text += std::to_string(t) + (r.spike[t] ? ",1" : ",0") + (r.nearSpike[t] ? ",1," : ",0,");
        put(text, 1000.0F * r.instRate[t]);
        text += ',';
        put(text, r.somaV[t]);
        text += '\n';
    }
    return text;
}

std::string probesCsv(const ExportedRun &run)
{
    std::string text = "time_ms";
    for (std::size_t p = 0; p < run.probes.size(); ++p)
        text += ",probe_" + std::to_string(p + 1);
    text += '\n';
    for (std::size_t i = 0; i < run.probes.front().size(); ++i) {
        put(text, static_cast<double>(i) / run.recording.neuron.samplesPerMs);
        for (const std::vector<float> &probe : run.probes) {
            text += ',';
            if (i < probe.size())
                put(text, probe[i]);
        }
        text += '\n';
    }
    return text;
}

} // namespace

std::string runAsNpz(const ExportedRun &run)
{
    const Recording &r = run.recording;
    const auto T = static_cast<std::size_t>(r.durationMs);
    const auto n = static_cast<std::size_t>(r.segments);
    std::vector<double> ms(T);
    for (std::size_t t = 0; t < T; ++t)
        ms[t] = static_cast<double>(t);
    std::vector<double> fine(r.somaFine.size());
    for (std::size_t i = 0; i < fine.size(); ++i)
        fine[i] = static_cast<double>(i) / r.neuron.samplesPerMs;
    std::vector<double> x;
    std::vector<std::int32_t> dendrite;
    for (const SegmentRef &at : segmentRows(r.neuron)) {
        x.push_back(at.x);
        dendrite.push_back(at.dendrite);
    }
    Arrays arrays;
    arrays.add("time_ms", "<f8", ms);
    arrays.add("time_fine_ms", "<f8", fine);
    arrays.add("soma_v_fine", "<f4", r.somaFine);
    arrays.add("soma_v", "<f4", r.somaV);
    arrays.add("dend_v", "<f4", {n, T}, r.dendV);
    arrays.add("spike", "|u1", r.spike);
    arrays.add("near_spike", "|u1", r.nearSpike);
    arrays.add("inst_rate", "<f4", r.instRate);
    arrays.add("spike_ms", "<i4", spikeTimes(r));
    addInput(arrays, "input_exc", r.input, Polarity::Excitatory);
    addInput(arrays, "input_inh", r.input, Polarity::Inhibitory);
    arrays.add("segment_x", "<f8", x);
    arrays.add("segment_dendrite", "<i4", dendrite);
    if (!run.probes.empty()) {
        std::vector<float> probes;
        for (const std::vector<float> &probe : run.probes)
            probes.insert(probes.end(), probe.begin(), probe.end());
        arrays.add("probes", "<f4", {run.probes.size(), run.probes.front().size()}, probes);
    }
    arrays.addText("caption", run.caption);
    arrays.addText("project", run.project);
    return arrays.finish();
}

std::string runAsCsvZip(const ExportedRun &run)
{
    const Recording &r = run.recording;
    ZipWriter zip;
    zip.add(
        "about.txt",
        run.caption
            + "\n\nsoma.csv      voltage of the soma at every integration step\n"
              "dendrite.csv  voltage of every segment at whole ms, cut at the dendritic cap; a "
              "column's name is dendrite(place)\n"
              "outputs.csv   what a twin learns: spike, near a spike, rate, soma cut at its cap\n"
              "spikes.csv    ms with a spike\n"
              "input.csv     every event that arrived\n");
    zip.add("soma.csv", somaCsv(r));
    zip.add("dendrite.csv", dendriteCsv(r));
    zip.add("outputs.csv", outputsCsv(r));
    std::string spikes = "time_ms\n";
    for (const std::int32_t ms : spikeTimes(r))
        spikes += std::to_string(ms) + '\n';
    zip.add("spikes.csv", spikes);
    zip.add("input.csv", eventsAsCsv(r.input.events, r.neuron));
    if (!run.probes.empty())
        zip.add("probes.csv", probesCsv(run));
    if (!run.project.empty())
        zip.add("project.dendro", run.project);
    return zip.finish();
}

Status saveRun(const std::string &path, const ExportedRun &run, bool replace)
{
    const bool npz = path.ends_with(".npz");
    if (!npz && !path.ends_with(".zip"))
        return Error{ErrorCode::InvalidValue,
                     path
                         + ": a run is exported to .npz (NumPy) or .zip (text tables). Choose one "
                           "of these endings.",
                     path};
    Result<TargetFile> target = TargetFile::prepare(path, replace);
    if (!target)
        return target.error();
    if (const Status written = target->write(npz ? runAsNpz(run) : runAsCsvZip(run)); !written)
        return written;
    return target->commit();
}

} // namespace dt
