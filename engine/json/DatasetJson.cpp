// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/DatasetJson.h"

#include "engine/base/Version.h"
#include "engine/json/JsonReader.h"

#include <initializer_list>

namespace dt {

namespace {

Json rangeJson(const DrawnRange &range)
{
    return {{"from", {range.low.from, range.low.to}}, {"to", {range.high.from, range.high.to}}};
}

/// A plan decides what is in a data set: a missing member must not quietly become a default.
void require(JsonReader &reader, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        if (!reader.error() && !reader.find(key))
            reader.fail(key, "is missing");
    }
}

void readInterval(JsonReader &reader, const char *key, DrawnRange::Interval &interval)
{
    const Json *pair = reader.find(key);
    if (!pair)
        return;
    if (!pair->is_array() || pair->size() != 2 || !(*pair)[0].is_number()
        || !(*pair)[1].is_number())
        reader.fail(key, "is not a pair of numbers");
    else
        interval = {(*pair)[0].get<double>(), (*pair)[1].get<double>()};
}

void readRange(JsonReader &outer, const char *key, DrawnRange &range, const std::string &place)
{
    const Json *object = outer.find(key);
    if (!object)
        return;
    JsonReader reader(*object, place, std::string("'") + key + "'");
    require(reader, {"from", "to"});
    readInterval(reader, "from", range.low);
    readInterval(reader, "to", range.high);
    if (reader.error())
        outer.fail(key, "is not made of two pairs of numbers");
}

constexpr const char *EngineKey = "engine";
constexpr const char *BuildFormat = "dendrotwin-build";
constexpr int BuildVersion = 1;

} // namespace

Json toJson(const InputRecipe &recipe)
{
    Json factors = Json::array();
    for (const InputRecipe::Factor &f : recipe.factors)
        factors.push_back({f.factor, f.probability});
    return {{"exc_magnitude", rangeJson(recipe.excMagnitude)},
            {"inh_magnitude", rangeJson(recipe.inhMagnitude)},
            {"exc_sparsity", rangeJson(recipe.excSparsity)},
            {"inh_sparsity", rangeJson(recipe.inhSparsity)},
            {"modulation_probability", recipe.modulationProbability},
            {"min_intervals", recipe.minIntervals},
            {"max_intervals", recipe.maxIntervals},
            {"min_interval_ms", recipe.minIntervalMs},
            {"max_interval_ms", recipe.maxIntervalMs},
            {"factors", factors}};
}

Result<InputRecipe> recipeFromJson(const Json &json, const std::string &place)
{
    InputRecipe recipe;
    JsonReader reader(json, place, "the inputs");
    require(reader,
            {"exc_magnitude", "inh_magnitude", "exc_sparsity", "inh_sparsity",
             "modulation_probability", "min_intervals", "max_intervals", "min_interval_ms",
             "max_interval_ms", "factors"});
    readRange(reader, "exc_magnitude", recipe.excMagnitude, place);
    readRange(reader, "inh_magnitude", recipe.inhMagnitude, place);
    readRange(reader, "exc_sparsity", recipe.excSparsity, place);
    readRange(reader, "inh_sparsity", recipe.inhSparsity, place);
    reader.read("modulation_probability", recipe.modulationProbability);
    reader.read("min_intervals", recipe.minIntervals);
    reader.read("max_intervals", recipe.maxIntervals);
    reader.read("min_interval_ms", recipe.minIntervalMs);
    reader.read("max_interval_ms", recipe.maxIntervalMs);
    if (const Json *factors = reader.find("factors")) {
        recipe.factors.clear();
        for (const Json &pair : *factors) {
            if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number()
                || !pair[1].is_number()) {
                reader.fail("factors", "is not a list of pairs of numbers");
                break;
            }
            recipe.factors.push_back({pair[0].get<double>(), pair[1].get<double>()});
        }
    }
    if (reader.error())
        return *reader.error();
    return recipe;
}

Json toJson(const std::vector<StatisticRange> &filter)
{
    Json json = Json::object();
    for (const StatisticRange &range : filter)
        json[std::string(statistics()[static_cast<std::size_t>(range.statistic)].name)] = {
            range.lo, range.hi};
    return json;
}

Result<std::vector<StatisticRange>> filterFromJson(const Json &json, const std::string &place)
{
    JsonReader reader(json, place, "the quality filter");
    std::vector<StatisticRange> filter;
    if (json.is_object()) {
        for (const auto &[name, pair] : json.items()) {
            const StatisticInfo *info = findStatistic(name);
            if (!info || !pair.is_array() || pair.size() != 2 || !pair[0].is_number()
                || !pair[1].is_number()) {
                reader.fail(name, "is not a range of a statistic");
                break;
            }
            filter.push_back({info->statistic, pair[0].get<double>(), pair[1].get<double>()});
        }
    }
    if (reader.error())
        return *reader.error();
    return filter;
}

Json toJson(const DatasetPlan &plan)
{
    return {{"neuron", toJson(plan.neuron)},
            {"inputs", toJson(plan.recipe)},
            {"filter", toJson(plan.filter)},
            {"wanted",
             {{"train", plan.wanted[0]}, {"valid", plan.wanted[1]}, {"test", plan.wanted[2]}}},
            {"duration_ms", plan.durationMs},
            {"seed", plan.seed},
            {EngineKey, plan.engine}};
}

Result<DatasetPlan> planFromJson(const Json &json, const std::string &place)
{
    DatasetPlan plan;
    JsonReader reader(json, place, "the plan");
    require(reader, {"neuron", "inputs", "filter", "wanted", "duration_ms", "seed", EngineKey});
    reader.read("duration_ms", plan.durationMs);
    reader.read("seed", plan.seed);
    reader.read(EngineKey, plan.engine);
    if (const Json *wanted = reader.find("wanted")) {
        JsonReader counts(*wanted, place, "'wanted'");
        require(counts, {"train", "valid", "test"});
        for (const Split split : AllSplits)
            counts.read(std::string(splitName(split)).c_str(),
                        plan.wanted[static_cast<std::size_t>(split)]);
        if (counts.error())
            return *counts.error();
    }
    if (reader.error())
        return *reader.error();
    const Result<Neuron> neuron = neuronFromJson(*reader.find("neuron"), place);
    if (!neuron)
        return neuron.error();
    plan.neuron = *neuron;
    const Result<InputRecipe> recipe = recipeFromJson(*reader.find("inputs"), place);
    if (!recipe)
        return recipe.error();
    plan.recipe = *recipe;
    const Result<std::vector<StatisticRange>> filter =
        filterFromJson(*reader.find("filter"), place);
    if (!filter)
        return filter.error();
    plan.filter = *filter;
    if (const Status valid = validatePlan(plan); !valid)
        return Error{valid.error().code, place + ": " + valid.error().message, place};
    return plan;
}

std::string planText(const DatasetPlan &plan)
{
    return toJson(plan).dump();
}

Result<DatasetPlan> planFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    return json ? planFromJson(*json, place) : json.error();
}

Json toJson(const Acceptances &acceptance)
{
    Json json;
    for (const Split split : AllSplits) {
        const Acceptance &a = acceptance[static_cast<std::size_t>(split)];
        Json rejected = Json::object();
        for (const StatisticInfo &info : statistics()) {
            if (const std::uint64_t n = a.rejectedBy[static_cast<std::size_t>(info.statistic)])
                rejected[std::string(info.name)] = n;
        }
        json[std::string(splitName(split))] = {
            {"tried", a.tried}, {"accepted", a.accepted}, {"rejected_by", rejected}};
    }
    return json;
}

std::string acceptanceText(const Acceptances &acceptance)
{
    return toJson(acceptance).dump();
}

Result<Acceptances> acceptanceFromText(std::string_view text, const std::string &place)
{
    constexpr const char *What = "'acceptance'";
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    Acceptances all{};
    JsonReader outer(*json, place, What);
    for (const Split split : AllSplits) {
        const Json *part = outer.find(std::string(splitName(split)).c_str());
        if (!part)
            continue;
        Acceptance &a = all[static_cast<std::size_t>(split)];
        JsonReader reader(*part, place, What);
        reader.read("tried", a.tried);
        reader.read("accepted", a.accepted);
        if (const Json *rejected = reader.find("rejected_by")) {
            JsonReader by(*rejected, place, "'rejected_by'");
            for (const StatisticInfo &info : statistics())
                by.read(std::string(info.name).c_str(),
                        a.rejectedBy[static_cast<std::size_t>(info.statistic)]);
            if (by.error())
                return *by.error();
        }
        if (reader.error())
            return *reader.error();
    }
    if (outer.error())
        return *outer.error();
    return all;
}

std::string buildPlanText(const BuildPlan &build)
{
    const Json json{{"format", BuildFormat},
                    {"format_version", BuildVersion},
                    {"created_by", "DendroTwin " + std::string(ProgramVersion)},
                    {"replace", build.replace},
                    {"plan", toJson(build.plan)}};
    return json.dump(2) + "\n";
}

Result<BuildPlan> buildPlanFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    if (!json->is_object() || json->value("format", Json()) != BuildFormat
        || !json->contains("plan"))
        return Error{ErrorCode::Format, place + " is not the plan of a build.", place};
    const Json version = json->value("format_version", Json());
    if (!version.is_number_integer() || version.get<double>() > BuildVersion)
        return Error{ErrorCode::Version,
                     place + " was written by a newer DendroTwin. Update the program.", place};
    const Result<DatasetPlan> plan = planFromJson(json->at("plan"), place);
    if (!plan)
        return plan.error();
    return BuildPlan{*plan, json->value("replace", Json()) == true};
}

} // namespace dt
