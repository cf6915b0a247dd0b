// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TrainingJson.h"

#include "engine/dataset/DatasetPlan.h"
#include "engine/json/JsonReader.h"
#include "engine/json/ScalingKeys.h"

#include <utility>

namespace dt {

namespace {

Json headsJson(const HeadValues &values)
{
    Json json = Json::object();
    for (const Head head : AllHeads)
        json[std::string(headName(head))] = values[headIndex(head)];
    return json;
}

/// NaN and infinity are written as null.
double numberOrNan(const Json &json)
{
    return json.is_number() ? json.get<double>() : std::nan("");
}

void readHeads(JsonReader &reader, const char *key, HeadValues &values)
{
    const Json *object = reader.find(key);
    if (!object)
        return;
    for (const Head head : AllHeads) {
        const auto it =
            object->is_object() ? object->find(std::string(headName(head))) : object->end();
        if (it == object->end() || !(it->is_number() || it->is_null())) {
            reader.fail(key, "is not a number for each of the five heads");
            return;
        }
        values[headIndex(head)] = numberOrNan(*it);
    }
}

Json lossesJson(const LossValues &losses)
{
    Json json = headsJson(losses.heads);
    json["total"] = losses.total;
    return json;
}

void readLosses(JsonReader &reader, const char *key, LossValues &losses)
{
    readHeads(reader, key, losses.heads);
    const Json *object = reader.find(key);
    if (object && object->contains("total"))
        losses.total = numberOrNan((*object)["total"]);
}

/// The members that both directions share: (key, member of the settings).
template <typename Settings, typename Visit>
void visitNumbers(Settings &s, Visit visit)
{
    visit("epochs", s.epochs);
    visit("window_ms", s.trainWindowMs);
    visit("valid_window_ms", s.validWindowMs);
    visit("batch", s.trainBatch);
    visit("valid_batch", s.validBatch);
    visit("margin_ms", s.marginMs);
    visit("lr", s.learningRate);
    visit("weight_decay", s.weightDecay);
    visit("beta1", s.beta1);
    visit("beta2", s.beta2);
    visit("epsilon", s.epsilon);
    visit("max_grad_norm", s.maxGradNorm);
    visit("warm_up_fraction", s.warmUpFraction);
    visit("warm_up_most_epochs", s.warmUpMostEpochs);
    visit("cool_down_fraction", s.coolDownFraction);
    visit("warm_up_from", s.warmUpFrom);
    visit("warm_up_to", s.warmUpTo);
    visit("cool_down_from", s.coolDownFrom);
    visit("cool_down_to", s.coolDownTo);
    visit("lr_per_step", s.ratePerStep);
    visit("transition_from", s.transitionFrom);
    visit("transition_to", s.transitionTo);
    visit("validation_fraction", s.validationFraction);
    visit("best_slack", s.bestSlack);
    visit("random_validation_windows", s.randomValidationWindows);
    visit("seed", s.seed);
    visit("threads", s.threads);
    visit("cuda", s.cuda);
}

/// Names in files; files that say nothing are older than the first of them.
constexpr std::pair<BestRule, const char *> BestRules[] = {
    {BestRule::Halfway, "halfway weights"}, {BestRule::Lowest, "lowest"}, {BestRule::Kept, "kept"}};

Error placed(const Error &error, const std::string &place)
{
    return {ErrorCode::Format, place + ": " + error.message, place};
}

} // namespace

Json toJson(const TrainingSettings &settings)
{
    Json json = Json::object();
    visitNumbers(settings, [&](const char *key, const auto &value) { json[key] = value; });
    for (const auto &[rule, name] : BestRules) {
        if (rule == settings.bestRule)
            json["best_rule"] = name;
    }
    json["start_weights"] = headsJson(settings.startWeights);
    if (settings.endWeights)
        json["end_weights"] = headsJson(*settings.endWeights);
    return json;
}

Result<TrainingSettings> trainingFromJson(const Json &json, const std::string &place)
{
    TrainingSettings settings;
    JsonReader reader(json, place, "the training");
    visitNumbers(settings, [&](const char *key, auto &value) { reader.read(key, value); });
    std::string rule = "lowest";
    reader.read("best_rule", rule);
    bool known = false;
    for (const auto &[which, name] : BestRules) {
        if (rule == name) {
            settings.bestRule = which;
            known = true;
        }
    }
    if (!known)
        reader.fail("best_rule", "is none of 'halfway weights', 'lowest' and 'kept'");
    readHeads(reader, "start_weights", settings.startWeights);
    if (reader.find("end_weights")) {
        settings.endWeights.emplace();
        readHeads(reader, "end_weights", *settings.endWeights);
    }
    if (reader.error())
        return *reader.error();
    if (const Status valid = validateTraining(settings); !valid)
        return placed(valid.error(), place);
    return settings;
}

std::string trainingText(const TrainingSettings &settings)
{
    return toJson(settings).dump();
}

Result<TrainingSettings> trainingFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    return trainingFromJson(*json, place);
}

Json toJson(const Scaling &scaling)
{
    Json json = Json::object();
    visitScaling(scaling, [&](const char *key, double value) { json[key] = value; });
    return json;
}

Result<Scaling> scalingFromJson(const Json &json, const std::string &place)
{
    Scaling scaling;
    JsonReader reader(json, place, "the scaling");
    visitScaling(scaling, [&](const char *key, double &value) { reader.read(key, value); });
    if (reader.error())
        return *reader.error();
    if (const Status valid = validateScaling(scaling); !valid)
        return placed(valid.error(), place);
    return scaling;
}

std::string scalingText(const Scaling &scaling)
{
    return toJson(scaling).dump();
}

Result<Scaling> scalingFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    return scalingFromJson(*json, place);
}

std::string historyScalarsText(const TrainingHistory &history)
{
    Json json{{"iterations_per_epoch", history.iterationsPerEpoch}, {"seconds", history.seconds}};
    if (history.best)
        json["best"] = {{"iteration", history.best->iteration},
                        {"validation", lossesJson(history.best->validation)},
                        {"training", lossesJson(history.best->training)}};
    return json.dump();
}

Status readHistoryScalars(std::string_view text, const std::string &place, TrainingHistory &history)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    JsonReader reader(*json, place, "the history");
    reader.read("iterations_per_epoch", history.iterationsPerEpoch);
    reader.read("seconds", history.seconds);
    if (const Json *object = reader.find("best")) {
        JsonReader inner(*object, place, "the best model");
        BestModel best;
        std::uint64_t iteration = 0;
        inner.read("iteration", iteration);
        best.iteration = static_cast<std::int64_t>(iteration);
        readLosses(inner, "validation", best.validation);
        readLosses(inner, "training", best.training);
        if (inner.error())
            return *inner.error();
        history.best = best;
    }
    if (reader.error())
        return *reader.error();
    return Done{};
}

std::string identityText(const DatasetIdentity &identity)
{
    Json json{{"path", identity.path}, {"simulations", Json::object()}};
    for (const Split split : AllSplits)
        json["simulations"][std::string(splitName(split))] =
            identity.simulations[static_cast<std::size_t>(split)];
    json["num_segments"] = identity.segments;
    json["duration_ms"] = identity.durationMs;
    if (identity.seed)
        json["seed"] = *identity.seed;
    json["fingerprint"] = identity.fingerprint;
    // Names of files need not be UTF-8.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<DatasetIdentity> identityFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    DatasetIdentity identity;
    JsonReader reader(*json, place, "the data set of training");
    reader.read("path", identity.path);
    if (const Json *counts = reader.find("simulations")) {
        JsonReader inner(*counts, place, "'simulations'");
        for (const Split split : AllSplits)
            inner.read(std::string(splitName(split)).c_str(),
                       identity.simulations[static_cast<std::size_t>(split)]);
        if (inner.error())
            return *inner.error();
    }
    reader.read("num_segments", identity.segments);
    reader.read("duration_ms", identity.durationMs);
    if (reader.find("seed")) {
        identity.seed.emplace();
        reader.read("seed", *identity.seed);
    }
    reader.read("fingerprint", identity.fingerprint);
    if (reader.error())
        return *reader.error();
    return identity;
}

} // namespace dt
