// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TrainingLog.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

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

std::string logUntil(std::string_view log, const TrainingHistory &history)
{
    // A checkpoint may stand between an iteration and its validation or the end of its epoch.
    const auto isKnown = [&](const std::string &kind, std::int64_t iteration, std::int64_t epoch) {
        if (kind == "step")
            return iteration < static_cast<std::int64_t>(history.iterations());
        if (kind == "validation")
            return history.validations() > 0 && iteration <= history.validationIteration.back();
        return kind == "epoch" && epoch < static_cast<std::int64_t>(history.epochSeconds.size());
    };
    std::string kept;
    while (!log.empty()) {
        const std::size_t end = log.find('\n');
        if (end == std::string_view::npos)
            break; // cut off while it was written
        const std::string_view text = log.substr(0, end + 1);
        log.remove_prefix(end + 1);
        const Ordered json = Ordered::parse(text, nullptr, false);
        if (!json.is_object())
            continue;
        const auto number = [&](const char *key) {
            const auto member = json.find(key);
            return member != json.end() && member->is_number_integer()
                ? member->get<std::int64_t>()
                : std::numeric_limits<std::int64_t>::max();
        };
        const auto kind = json.find("kind");
        if (kind != json.end() && kind->is_string()
            && isKnown(kind->get<std::string>(), number("iteration"), number("epoch")))
            kept += text;
    }
    return kept;
}

} // namespace dt
