// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/golden/GoldenNetwork.h"

#include "engine/json/TwinJson.h"
#include "tests/engine/ml/TwinProbe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <regex>

namespace dt::test {

namespace {

// Bounds of the specification's section 13.
constexpr double OutputBound = 1e-5;
constexpr double FilledBound = 3e-5;
constexpr double ActivityBound = 3e-5;
constexpr double LossBound = 1e-5; // relative
constexpr double GradientBound = 1e-3; // relative

constexpr std::array Heads{"spikes", "soma", "near_spike", "inst_rate", "dend_v"};

std::string number(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1e", value);
    return text.data();
}

/// Differences as parts of values above 1.
double largestRelative(const std::vector<double> &a, const std::vector<double> &b,
                       double smallest = 1.0)
{
    if (a.size() != b.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double error = std::abs(a[i] - b[i]) / std::max(smallest, std::abs(b[i]));
        largest = error <= largest ? largest : error; // NaN wins
    }
    return largest;
}

/// Collects errors by group.
class Groups
{
public:
    void add(const std::string &group, const std::string &key, double error, double bound)
    {
        auto [it, isNew] = m_largest.try_emplace(group, 0.0);
        it->second = error <= it->second ? it->second : error;
        if (!(error <= bound))
            fault(key + ": error " + number(error) + " above " + number(bound));
    }
    void fault(const std::string &text) { m_report.faults.push_back(text); }

    GoldenReport report()
    {
        for (const auto &[group, error] : m_largest)
            m_report.lines.push_back(group + ", largest error " + number(error));
        if (m_largest.empty())
            fault("nothing to compare");
        return m_report;
    }

private:
    std::map<std::string, double> m_largest;
    GoldenReport m_report;
};

bool isRope(const std::string &name)
{
    return name.find(".rope.freqs_") != std::string::npos;
}

const NpzArray *find(const NpzArrays &arrays, const std::string &key)
{
    const auto it = arrays.find(key);
    return it == arrays.end() ? nullptr : &it->second;
}

std::vector<ProbeArray> stored(const NpzArrays &arrays)
{
    std::vector<ProbeArray> list;
    for (const auto &[key, array] : arrays) {
        const bool isBuffer = key.starts_with("buffer/");
        if ((isBuffer || key.starts_with("param/")) && !isRope(key))
            list.push_back({key.substr(key.find('/') + 1), array.shape, array.floats,
                            array.integers, isBuffer, true});
    }
    return list;
}

/// Counts, names and order of the parameters as the file's json says.
void checkForm(Groups &groups, const Json &json, const TwinSpec &spec, const TwinProbe &probe)
{
    const auto withoutField = [](const std::string &name) {
        return std::regex_replace(name, std::regex("_T_[0-9]+"), "");
    };
    if (json.contains("short_name")
        && withoutField(json["short_name"].get<std::string>()) != withoutField(shortName(spec)))
        groups.fault("short name " + shortName(spec));
    const ParameterCount count = parameterCount(spec);
    if (json.contains("n_params") && json["n_params"].get<std::int64_t>() != count.total)
        groups.fault("count of parameters " + std::to_string(count.total));
    if (json.contains("n_trainable") && json["n_trainable"].get<std::int64_t>() != count.trainable)
        groups.fault("count of trainable parameters " + std::to_string(count.trainable));
    std::vector<std::string> order;
    std::vector<std::string> frozen;
    std::int64_t total = 0;
    for (const ProbeArray &array : probe.arrays()) {
        if (array.isBuffer)
            continue;
        order.push_back(array.name);
        total += static_cast<std::int64_t>(array.floats.size());
        if (!array.trainable)
            frozen.push_back(array.name);
    }
    if (total != count.total)
        groups.fault("the formula counts other parameters than there are");
    if (json.contains("param_order")
        && json["param_order"].get<std::vector<std::string>>() != order)
        groups.fault("order of parameters");
    if (json.contains("frozen")) {
        auto expected = json["frozen"].get<std::vector<std::string>>();
        std::sort(expected.begin(), expected.end());
        std::sort(frozen.begin(), frozen.end());
        if (expected != frozen)
            groups.fault("frozen parameters");
    }
}

void compareOutputs(Groups &groups, const std::string &label, const NpzArrays &arrays,
                    const std::string &prefix, const ProbeOutputs &found, double bound)
{
    for (const char *head : Heads) {
        const std::string key = prefix + head;
        if (const NpzArray *expected = find(arrays, key))
            groups.add(label, label + " " + key,
                       largestDifference(found.at(std::string("out/") + head), expected->floats),
                       bound);
    }
}

void checkForward(Groups &groups, const std::string &label, TwinProbe &probe,
                  const NpzArrays &arrays, const std::vector<double> &x, int batch)
{
    const Result<ProbeOutputs> found = probe.forward(x, batch);
    if (!found) {
        groups.fault(label + found.error().message);
        return;
    }
    compareOutputs(groups, label + "out", arrays, "out/", *found, OutputBound);
    for (const auto &[key, array] : arrays) {
        const bool activity = key.starts_with("act/");
        if (!activity && !key.starts_with("der/"))
            continue;
        const auto it = found->find(key);
        if (it == found->end())
            groups.fault(label + key + " is not known");
        else if (activity)
            groups.add(label + "act", label + key, largestDifference(it->second, array.floats),
                       ActivityBound);
        else
            groups.add(label + "der", label + key, largestRelative(it->second, array.floats),
                       ActivityBound);
    }
}

void checkGradients(Groups &groups, const std::string &label, TwinProbe &probe,
                    const NpzArrays &arrays, const std::vector<double> &x, int batch)
{
    std::map<std::string, std::vector<double>> targets;
    for (const char *head : Heads) {
        if (const NpzArray *target = find(arrays, std::string("tgt/") + head))
            targets[head] = target->floats;
    }
    if (targets.size() != Heads.size())
        return;
    const Result<ProbeGradients> found = probe.gradients(x, batch, targets);
    if (!found) {
        groups.fault(label + found.error().message);
        return;
    }
    for (const auto &[name, value] : found->losses) {
        if (const NpzArray *expected = find(arrays, "loss/" + name))
            groups.add(label + "loss (relative)", label + name,
                       largestRelative({value}, expected->floats, 1e-12), LossBound);
    }
    double sum = 0.0;
    for (const auto &[name, gradient] : found->gradients) {
        double square = 0.0;
        for (const double g : gradient)
            square += g * g;
        sum += square;
        if (const NpzArray *expected = find(arrays, "grad_norm/" + name))
            groups.add(label + "grad_norm (relative)", label + name,
                       largestRelative({std::sqrt(square)}, expected->floats, 1e-7), GradientBound);
    }
    if (const NpzArray *expected = find(arrays, "grad_norm_total"))
        groups.add(label + "grad_norm (relative)", label + "grad_norm_total",
                   largestRelative({std::sqrt(sum)}, expected->floats, 1e-7), GradientBound);
    for (const auto &[key, array] : arrays) {
        if (key.starts_with("grad_norm/") && array.floats.at(0) != 0.0
            && !found->gradients.count(key.substr(10)))
            groups.fault(label + key + ": there is no gradient");
    }
}

/// Changes the probe's buffers.
void checkTraining(Groups &groups, const std::string &label, TwinProbe &probe,
                   const NpzArrays &arrays, const std::vector<double> &x, int batch)
{
    if (!find(arrays, "train_out/spikes"))
        return;
    probe.setTraining(true);
    const Result<ProbeOutputs> found = probe.forward(x, batch);
    probe.setTraining(false);
    if (!found) {
        groups.fault(label + found.error().message);
        return;
    }
    compareOutputs(groups, label + "train_out", arrays, "train_out/", *found, OutputBound);
    for (const ProbeArray &array : probe.arrays()) {
        const NpzArray *expected = find(arrays, "train_buffer/" + array.name);
        if (!expected)
            continue;
        if (array.integers != expected->integers)
            groups.fault(label + array.name + " counts otherwise");
        if (!array.floats.empty())
            groups.add(label + "train_buffer", label + array.name,
                       largestRelative(array.floats, expected->floats), OutputBound);
    }
    if (const Status status = probe.setArrays(stored(arrays)); !status)
        groups.fault(status.error().message);
}

void checkStream(Groups &groups, TwinProbe &probe, const NpzArrays &arrays,
                 const std::vector<double> &x, int batch, int duration)
{
    std::vector<int> pieces;
    for (int left = duration, i = 0; left > 0; ++i) {
        const std::array sizes{1, 17, 2, 64, 5};
        const int size = std::min(left, sizes[static_cast<std::size_t>(i) % sizes.size()]);
        pieces.push_back(size);
        left -= size;
    }
    const Result<ProbeOutputs> found = probe.streamed(x, batch, pieces);
    if (!found)
        groups.fault(found.error().message);
    else
        compareOutputs(groups, "streamed out", arrays, "out/", *found, OutputBound);
}

/// Element i of parameter k, as the specification fills networks.
double filling(const std::string &name, std::uint64_t k, std::uint64_t i,
               const std::vector<std::int64_t> &shape, std::size_t count)
{
    std::uint64_t z = (k << 32) + i + 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    const double v = std::ldexp(static_cast<double>(z >> 11), -52) - 1.0;
    if (name.ends_with("_proto_w_s"))
        return 0.5 + 0.3 * v;
    if (name.ends_with("tau_s"))
        return 3.0 + v;
    if (name.ends_with("_proto_tau_m"))
        return 4.0 * v;
    if (shape.size() >= 2)
        return v
            * std::sqrt(3.0 / (static_cast<double>(count) / static_cast<double>(shape.front())));
    return name.ends_with("bias") ? 0.1 * v : 1.0 + 0.2 * v;
}

void checkRope(Groups &groups, const NpzArrays &arrays)
{
    const NpzArray *rows = find(arrays, "rope/idx");
    if (!rows || rows->integers.empty())
        return;
    const auto last = *std::max_element(rows->integers.begin(), rows->integers.end());
    for (const char *kind : {"cos", "sin"}) {
        const NpzArray *expected = find(arrays, std::string("rope/") + kind);
        if (!expected || expected->shape.size() != 2)
            continue;
        const auto pairs = static_cast<std::size_t>(expected->shape[1]);
        const ProbeRope table = rope(static_cast<int>(last) + 1, 2 * static_cast<int>(pairs));
        const std::vector<double> &ours = kind[0] == 'c' ? table.cos : table.sin;
        std::vector<double> picked;
        for (const std::int64_t row : rows->integers) {
            for (std::size_t i = 0; i < pairs; ++i)
                picked.push_back(ours[static_cast<std::size_t>(row) * pairs + i]);
        }
        groups.add("rope", kind, largestDifference(picked, expected->floats), OutputBound);
    }
}

} // namespace

double largestDifference(const std::vector<double> &a, const std::vector<double> &b)
{
    if (a.size() != b.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::abs(a[i] - b[i]);
        largest = difference <= largest ? largest : difference; // NaN wins
    }
    return largest;
}

GoldenReport checkNetwork(const NpzArrays &arrays, const std::string &text)
{
    Groups groups;
    const Result<Json> json = parseJson(text, "json");
    const Result<TwinSpec> spec = json ? twinFromJson(*json, "json") : json.error();
    if (!spec)
        return {{}, {spec.error().message}};
    const auto probe = TwinProbe::make(*spec);
    if (!probe)
        return {{}, {probe.error().message}};
    TwinProbe &net = **probe;
    checkForm(groups, *json, *spec, net);
    if (const Status status = net.setArrays(stored(arrays)); !status)
        return {{}, {status.error().message}};
    const NpzArray *x = find(arrays, "in/x");
    if (!x || x->shape.size() != 4)
        return {{}, {"in/x is missing"}};
    const int batch = static_cast<int>(x->shape[0]);
    for (const ProbeMath math : {ProbeMath::Plain, ProbeMath::Fast}) {
        const std::string label = math == ProbeMath::Plain ? "" : "fast ";
        net.setMath(math);
        checkForward(groups, label, net, arrays, x->floats, batch);
        checkGradients(groups, label, net, arrays, x->floats, batch);
        checkTraining(groups, label, net, arrays, x->floats, batch);
    }
    checkStream(groups, net, arrays, x->floats, batch, static_cast<int>(x->shape[3]));
    for (const auto &[key, array] : arrays) {
        if (!isRope(key) || array.shape.size() != 2)
            continue;
        const ProbeRope table =
            rope(static_cast<int>(array.shape[0]), 2 * static_cast<int>(array.shape[1]));
        groups.add("rope", key,
                   largestDifference(key.ends_with("cos") ? table.cos : table.sin, array.floats),
                   OutputBound);
    }
    return groups.report();
}

GoldenReport checkFilled(const NpzArrays &arrays, const std::string &text)
{
    Groups groups;
    const Result<Json> json = parseJson(text, "json");
    if (!json)
        return {{}, {json.error().message}};
    const NpzArray *x = find(arrays, "in/x");
    if (!x || x->shape.size() != 4)
        return {{}, {"in/x is missing"}};
    for (const auto &[arch, entry] : json->items()) {
        if (!entry.is_object() || !entry.contains("config"))
            continue;
        Json spec;
        spec["arch"] = entry.contains("arch") ? entry["arch"] : Json(arch);
        spec["config"] = entry["config"];
        const Result<TwinSpec> twin = twinFromJson(spec, arch);
        if (!twin) {
            groups.fault(twin.error().message);
            continue;
        }
        const auto probe = TwinProbe::make(*twin);
        if (!probe) {
            groups.fault(probe.error().message);
            continue;
        }
        checkForm(groups, entry, *twin, **probe);
        std::vector<ProbeArray> filled = (*probe)->arrays();
        std::uint64_t k = 0;
        for (ProbeArray &array : filled) {
            if (array.isBuffer)
                continue;
            double sum = 0.0;
            for (std::size_t i = 0; i < array.floats.size(); ++i) {
                array.floats[i] = static_cast<double>(static_cast<float>(
                    filling(array.name, k, i, array.shape, array.floats.size())));
                sum += array.floats[i];
            }
            for (const Json &item : entry.value("params", Json::array())) {
                if (item.value("name", "") == array.name)
                    groups.add(arch + " sums of parameters", array.name,
                               std::abs(sum - item.value("sum", 0.0)), 1e-5);
            }
            ++k;
        }
        if (const Status status = (*probe)->setArrays(filled); !status) {
            groups.fault(status.error().message);
            continue;
        }
        for (const ProbeMath math : {ProbeMath::Plain, ProbeMath::Fast}) {
            (*probe)->setMath(math);
            const auto found = (*probe)->forward(x->floats, static_cast<int>(x->shape[0]));
            if (!found)
                groups.fault(found.error().message);
            else
                compareOutputs(groups, arch + (math == ProbeMath::Plain ? " out" : " fast out"),
                               arrays, arch + "/out/", *found, FilledBound);
        }
    }
    checkRope(groups, arrays);
    return groups.report();
}

GoldenReport checkTimeConstants(const NpzArrays &arrays)
{
    Groups groups;
    for (const auto &[key, array] : arrays) {
        const std::size_t slash = key.find('/');
        ElmConfig config;
        std::smatch match;
        const std::string sizes = key.substr(0, slash);
        if (!std::regex_match(sizes, match, std::regex("([0-9.]+)_([0-9.]+)_([0-9]+)"))) {
            groups.fault(key + " is not known");
            continue;
        }
        config.memoryTauMinMs = std::stod(match[1]);
        config.memoryTauMaxMs = std::stod(match[2]);
        config.memory = std::stoi(match[3]);
        std::vector<double> ours = initialMemoryLogits(config);
        std::vector<double> theirs = array.floats;
        if (key.ends_with("/tau_m")) {
            for (double &rho : ours)
                rho = config.memoryTauMinMs
                    + (config.memoryTauMaxMs - config.memoryTauMinMs) / (1.0 + std::exp(-rho));
            groups.add("tau_m (relative)", key, largestRelative(ours, theirs), 1e-6);
        } else if (ours.size() == theirs.size() && ours.size() > 2) {
            // Both ends are rounding noise in the reference, or infinite: only ours is finite.
            if (!std::isfinite(ours.front()) || !std::isfinite(ours.back()))
                groups.fault(key + " is not finite at an end");
            ours = {ours.begin() + 1, ours.end() - 1};
            theirs = {theirs.begin() + 1, theirs.end() - 1};
            groups.add("proto_tau_m, interior", key, largestDifference(ours, theirs), 1e-4);
        } else {
            groups.fault(key + " has another length");
        }
    }
    return groups.report();
}

} // namespace dt::test
