// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TrainingLog.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace dt {

namespace {

using Ordered = nlohmann::ordered_json;

Ordered number(double value)
{
    return std::isfinite(value) ? Ordered(value) : Ordered(nullptr);
}

Ordered line(const char *kind, const LogPlace &place)
{
    return {{"kind", kind}, {"iteration", place.iteration}, {"epoch", place.epoch}};
}

void addLosses(Ordered &json, const LossValues &losses)
{
    for (const Head head : AllHeads)
        json[std::string(headName(head))] = number(losses.heads[headIndex(head)]);
    json["total"] = number(losses.total);
}

std::string finished(Ordered &json, const LogPlace &place)
{
    json["seconds"] = number(place.seconds);
    return json.dump() + "\n";
}

} // namespace

std::string stepLine(const LogPlace &place, const LossValues &losses, double learningRate,
                     double gradNorm)
{
    Ordered json = line("step", place);
    addLosses(json, losses);
    json["lr"] = number(learningRate);
    json["grad_norm"] = number(gradNorm);
    return finished(json, place);
}

std::string validationLine(const LogPlace &place, const LossValues &losses)
{
    Ordered json = line("validation", place);
    addLosses(json, losses);
    return finished(json, place);
}

std::string epochLine(const LogPlace &place, double learningRate)
{
    Ordered json = line("epoch", place);
    json["lr"] = number(learningRate);
    return finished(json, place);
}

std::string endLine(const LogPlace &place, const std::string &how)
{
    Ordered json = line("end", place);
    json["how"] = how;
    return finished(json, place);
}

std::string logUntil(std::string_view log, std::int64_t iterations)
{
    std::string kept;
    while (!log.empty()) {
        const std::size_t end = log.find('\n');
        if (end == std::string_view::npos)
            break; // cut off while it was written
        const std::string_view text = log.substr(0, end + 1);
        log.remove_prefix(end + 1);
        const Ordered json = Ordered::parse(text, nullptr, false);
        if (!json.is_object() || json.value("kind", "") == "end"
            || !json.contains("iteration") || !json["iteration"].is_number_integer()
            || json["iteration"].get<std::int64_t>() >= iterations)
            continue;
        kept += text;
    }
    return kept;
}

} // namespace dt
