// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/EvaluationJson.h"

#include "engine/json/JsonReader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace dt {

namespace {

Json orNull(const std::optional<double> &value)
{
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

template <typename Scores>
Json orNull(const std::optional<Scores> &scores, double Scores::*member)
{
    return scores ? orNull(std::optional((*scores).*member)) : Json(nullptr);
}

/// The shortest decimal number that is this float again: 0.1 instead of 0.10000000149.
double shortest(float value)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    double result = static_cast<double>(value);
    std::from_chars(text, end, result);
    return result;
}

Json floatsJson(const std::vector<float> &values)
{
    Json json = Json::array();
    for (const float v : values)
        json.push_back(shortest(v));
    return json;
}

Json binaryJson(const std::optional<BinaryScores> &s, std::size_t vertices)
{
    if (!s)
        return nullptr;
    const RocCurve roc = thinned(s->roc, vertices);
    const PrecisionRecallCurve pr = thinned(s->precisionRecall, vertices);
    return {{"positives", s->positives},
            {"negatives", s->negatives},
            {"auc", s->auc},
            {"average_precision", s->averagePrecision},
            {"requested_fpr", s->requestedFpr},
            {"achieved_fpr", s->achievedFpr},
            {"tpr_at_fpr", s->tprAtFpr},
            {"roc", {{"fpr", roc.fpr}, {"tpr", roc.tpr}, {"threshold", roc.threshold}}},
            {"precision_recall", {{"recall", pr.recall}, {"precision", pr.precision}}}};
}

Json scoresJson(const std::optional<RegressionScores> &s)
{
    if (!s)
        return nullptr;
    return {{"count", s->count},
            {"ev_percent", s->explainedVariancePercent},
            {"r2", s->r2},
            {"rmse", s->rmse},
            {"mae", s->mae}};
}

Json regressionJson(const RegressionEvaluation &head)
{
    return {{"scores", scoresJson(head.scores)},
            {"truth", floatsJson(head.scatter.truth)},
            {"predicted", floatsJson(head.scatter.predicted)}};
}

Json calibrationJson(const Calibration &c)
{
    return {{"bin_ms", c.binMs},
            {"truth", floatsJson(c.truth)},
            {"predicted", floatsJson(c.predicted)},
            {"correlation", orNull(c.correlation)},
            {"ev_percent", orNull(c.explainedVariancePercent)}};
}

/// null: stays empty.
void readOptional(JsonReader &reader, const char *key, std::optional<double> &value)
{
    const Json *member = reader.find(key);
    if (!member || member->is_null())
        return;
    value.emplace();
    reader.read(key, *value);
}

void read(JsonReader &reader, const char *key, std::size_t &value)
{
    std::uint64_t number = 0;
    reader.read(key, number);
    value = static_cast<std::size_t>(number);
}

/// null is infinity, as of the first threshold.
template <typename T>
void readNumbers(JsonReader &reader, const char *key, std::vector<T> &values)
{
    const Json *list = reader.find(key);
    if (!list)
        return;
    if (!list->is_array()) {
        reader.fail(key, "is not a list of numbers");
        return;
    }
    values.reserve(list->size());
    for (const Json &item : *list) {
        if (!item.is_number() && !item.is_null()) {
            reader.fail(key, "is not a list of numbers");
            return;
        }
        values.push_back(item.is_null() ? std::numeric_limits<T>::infinity()
                                        : static_cast<T>(item.get<double>()));
    }
}

/// Reads a member that is an object, unless it is missing or null; its error becomes the outer's.
template <typename Read>
void readPart(JsonReader &outer, const char *key, const std::string &place, Read readMembers)
{
    const Json *object = outer.find(key);
    if (!object || object->is_null())
        return;
    JsonReader reader(*object, place, std::string("'") + key + "'");
    readMembers(reader);
    if (reader.error())
        outer.fail(key, "does not hold what it should");
}

void readBinary(JsonReader &outer, const char *key, const std::string &place,
                std::optional<BinaryScores> &scores)
{
    readPart(outer, key, place, [&](JsonReader &reader) {
        BinaryScores s;
        read(reader, "positives", s.positives);
        read(reader, "negatives", s.negatives);
        reader.read("auc", s.auc);
        reader.read("average_precision", s.averagePrecision);
        reader.read("requested_fpr", s.requestedFpr);
        reader.read("achieved_fpr", s.achievedFpr);
        reader.read("tpr_at_fpr", s.tprAtFpr);
        readPart(reader, "roc", place, [&](JsonReader &roc) {
            readNumbers(roc, "fpr", s.roc.fpr);
            readNumbers(roc, "tpr", s.roc.tpr);
            readNumbers(roc, "threshold", s.roc.threshold);
        });
        readPart(reader, "precision_recall", place, [&](JsonReader &pr) {
            readNumbers(pr, "recall", s.precisionRecall.recall);
            readNumbers(pr, "precision", s.precisionRecall.precision);
        });
        if (s.roc.tpr.size() != s.roc.fpr.size() || s.roc.threshold.size() != s.roc.fpr.size()
            || s.precisionRecall.recall.size() != s.precisionRecall.precision.size())
            reader.fail("has curves of unequal length");
        scores = std::move(s);
    });
}

RegressionScores readScores(JsonReader &reader)
{
    RegressionScores s;
    read(reader, "count", s.count);
    reader.read("ev_percent", s.explainedVariancePercent);
    reader.read("r2", s.r2);
    reader.read("rmse", s.rmse);
    reader.read("mae", s.mae);
    return s;
}

void readRegression(JsonReader &outer, const char *key, const std::string &place,
                    RegressionEvaluation &head)
{
    readPart(outer, key, place, [&](JsonReader &reader) {
        readPart(reader, "scores", place,
                 [&](JsonReader &scores) { head.scores = readScores(scores); });
        readNumbers(reader, "truth", head.scatter.truth);
        readNumbers(reader, "predicted", head.scatter.predicted);
        if (head.scatter.truth.size() != head.scatter.predicted.size())
            reader.fail("has samples of unequal length");
    });
}

/// The items of a list, each given to `readItem`; null items too.
template <typename Read>
void readList(JsonReader &outer, const char *key, Read readItem)
{
    const Json *list = outer.find(key);
    if (!list)
        return;
    if (!list->is_array()) {
        outer.fail(key, "is not a list");
        return;
    }
    for (const Json &item : *list) {
        if (!readItem(item)) {
            outer.fail(key, "does not hold what it should");
            return;
        }
    }
}

void readDetails(JsonReader &outer, const std::string &place, Evaluation &e)
{
    readPart(outer, "details", place, [&](JsonReader &reader) {
        readBinary(reader, "spikes", place, e.spikes);
        readBinary(reader, "near_spike", place, e.nearSpike);
        readRegression(reader, "soma", place, e.soma);
        readRegression(reader, "inst_rate", place, e.rate);
        readRegression(reader, "dend_v", place, e.dend);
        readList(reader, "dend_segments", [&](const Json &item) {
            e.dendSegments.emplace_back();
            if (item.is_null())
                return true;
            JsonReader scores(item, place, "a segment");
            e.dendSegments.back() = readScores(scores);
            return !scores.error();
        });
        readPart(reader, "calibration", place, [&](JsonReader &c) {
            c.read("bin_ms", e.calibration.binMs);
            readNumbers(c, "truth", e.calibration.truth);
            readNumbers(c, "predicted", e.calibration.predicted);
            readOptional(c, "correlation", e.calibration.correlation);
            readOptional(c, "ev_percent", e.calibration.explainedVariancePercent);
            if (e.calibration.truth.size() != e.calibration.predicted.size())
                c.fail("has lists of unequal length");
        });
        readList(reader, "reliability", [&](const Json &item) {
            JsonReader bin(item, place, "a bin");
            ReliabilityBin &b = e.reliability.emplace_back();
            bin.read("from", b.from);
            bin.read("to", b.to);
            read(bin, "count", b.count);
            read(bin, "spikes", b.spikes);
            bin.read("mean_probability", b.meanProbability);
            return !bin.error();
        });
        for (auto &[key, counts] : {std::pair{"histogram_spike", &e.histogram.spike},
                                    std::pair{"histogram_no_spike", &e.histogram.noSpike}}) {
            std::vector<double> numbers;
            readNumbers(reader, key, numbers);
            if (!numbers.empty() && numbers.size() != counts->size())
                reader.fail(key, "has an unexpected number of bins");
            for (std::size_t i = 0; i < numbers.size() && i < counts->size(); ++i)
                (*counts)[i] = numbers[i] >= 0.0 && numbers[i] < 1e18
                    ? static_cast<std::uint64_t>(numbers[i])
                    : 0;
        }
        readList(reader, "per_simulation", [&](const Json &item) {
            JsonReader one(item, place, "a simulation");
            SimulationScores &s = e.perSimulation.emplace_back();
            one.read("simulation", s.simulation);
            one.read("spikes", s.spikes);
            one.read("spikes_auc", s.spikesAuc);
            one.read("near_spike_auc", s.nearSpikeAuc);
            one.read("soma_ev_percent", s.somaEvPercent);
            one.read("dend_ev_percent", s.dendEvPercent);
            one.read("inst_rate_ev_percent", s.rateEvPercent);
            return !one.error();
        });
    });
}

} // namespace

Json evaluationSummary(const Evaluation &e)
{
    Json json = Json::object();
    for (const auto &[name, scores] :
         {std::pair{"spikes", &e.spikes}, std::pair{"near_spike", &e.nearSpike}}) {
        json[std::string(name) + "_auc"] = orNull(*scores, &BinaryScores::auc);
        json[std::string(name) + "_tpr_at_fpr_0_002"] = orNull(*scores, &BinaryScores::tprAtFpr);
    }
    const struct
    {
        std::string name;
        const char *unit;
        const std::optional<RegressionScores> &scores;
    } heads[] = {{"soma", "_mV", e.soma.scores},
                 {"inst_rate", "", e.rate.scores},
                 {"dend", "_mV", e.dend.scores}};
    for (const auto &head : heads) {
        json[head.name + "_ev_percent"] =
            orNull(head.scores, &RegressionScores::explainedVariancePercent);
        json[head.name + "_rmse" + head.unit] = orNull(head.scores, &RegressionScores::rmse);
        json[head.name + "_mae" + head.unit] = orNull(head.scores, &RegressionScores::mae);
        json[head.name + "_r2"] = orNull(head.scores, &RegressionScores::r2);
    }
    json["calibration_correlation"] = orNull(e.calibration.correlation);
    json["calibration_ev_percent"] = orNull(e.calibration.explainedVariancePercent);
    json["parameters"] = static_cast<std::uint64_t>(std::max<std::int64_t>(0, e.parameters));
    json["milliseconds_per_simulation"] = orNull(e.millisecondsPerSimulation);
    return json;
}

Json toJson(const Evaluation &e, std::size_t curveVertices)
{
    Json json = evaluationSummary(e);
    json["split"] = e.plan.split;
    json["simulations"] = e.plan.simulations;
    json["num_segments"] = e.plan.segments;
    json["window_ms"] = e.plan.windowMs;
    json["start_ms"] = e.plan.startMs;
    json["ignored_ms"] = e.plan.ignoredMs;
    json["calibration_bins"] = e.plan.calibrationBins;
    json["scatter_points"] = e.plan.scatterPoints;
    json["seed"] = e.plan.seed;
    Json details{{"spikes", binaryJson(e.spikes, curveVertices)},
                 {"near_spike", binaryJson(e.nearSpike, curveVertices)},
                 {"soma", regressionJson(e.soma)},
                 {"inst_rate", regressionJson(e.rate)},
                 {"dend_v", regressionJson(e.dend)},
                 {"dend_segments", Json::array()},
                 {"calibration", calibrationJson(e.calibration)},
                 {"reliability", Json::array()},
                 {"histogram_spike", e.histogram.spike},
                 {"histogram_no_spike", e.histogram.noSpike},
                 {"per_simulation", Json::array()}};
    for (const auto &segment : e.dendSegments)
        details["dend_segments"].push_back(scoresJson(segment));
    for (const ReliabilityBin &bin : e.reliability)
        details["reliability"].push_back({{"from", bin.from},
                                          {"to", bin.to},
                                          {"count", bin.count},
                                          {"spikes", bin.spikes},
                                          {"mean_probability", bin.meanProbability}});
    for (const SimulationScores &s : e.perSimulation)
        details["per_simulation"].push_back({{"simulation", s.simulation},
                                             {"spikes", s.spikes},
                                             {"spikes_auc", s.spikesAuc},
                                             {"near_spike_auc", s.nearSpikeAuc},
                                             {"soma_ev_percent", s.somaEvPercent},
                                             {"dend_ev_percent", s.dendEvPercent},
                                             {"inst_rate_ev_percent", s.rateEvPercent}});
    json["details"] = std::move(details);
    return json;
}

Result<Evaluation> evaluationFromJson(const Json &json, const std::string &place)
{
    Evaluation e;
    JsonReader reader(json, place, "the evaluation");
    reader.read("split", e.plan.split);
    read(reader, "simulations", e.plan.simulations);
    reader.read("num_segments", e.plan.segments);
    reader.read("window_ms", e.plan.windowMs);
    reader.read("start_ms", e.plan.startMs);
    reader.read("ignored_ms", e.plan.ignoredMs);
    reader.read("calibration_bins", e.plan.calibrationBins);
    read(reader, "scatter_points", e.plan.scatterPoints);
    reader.read("seed", e.plan.seed);
    std::uint64_t parameters = 0;
    reader.read("parameters", parameters);
    e.parameters = static_cast<std::int64_t>(parameters);
    readOptional(reader, "milliseconds_per_simulation", e.millisecondsPerSimulation);
    readDetails(reader, place, e);
    if (reader.error())
        return *reader.error();
    return e;
}

std::string evaluationText(const Evaluation &evaluation)
{
    return toJson(evaluation).dump();
}

Result<Evaluation> evaluationFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    return evaluationFromJson(*json, place);
}

} // namespace dt
