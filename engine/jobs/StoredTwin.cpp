// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/StoredTwin.h"

#include "engine/json/EvaluationJson.h"
#include "engine/json/TrainingJson.h"
#include "engine/json/TwinJson.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <utility>

namespace dt {

Result<StoredTwin> loadTwin(const std::string &path)
{
    Result<TwinContents> contents = readTwin(path);
    if (!contents)
        return contents.error();
    StoredTwin twin;
    twin.contents = std::move(*contents);
    const Result<TwinSpec> spec = twinFromText(twin.contents.spec, path);
    if (!spec)
        return spec.error();
    twin.spec = *spec;
    if (!twin.contents.scaling.empty()) {
        const Result<Scaling> scaling = scalingFromText(twin.contents.scaling, path);
        if (!scaling)
            return scaling.error();
        twin.spec.scaling = *scaling;
    }
    if (!twin.contents.training.empty()) {
        const Result<TrainingSettings> settings = trainingFromText(twin.contents.training, path);
        if (!settings)
            return settings.error();
        twin.settings = *settings;
    }
    if (!twin.contents.evaluation.empty()) {
        const Result<Evaluation> evaluation = evaluationFromText(twin.contents.evaluation, path);
        if (!evaluation)
            return evaluation.error();
        twin.evaluation = *evaluation;
    }
    return twin;
}

Status storeTwin(const std::string &path, StoredTwin &twin, bool replace)
{
    TwinContents &c = twin.contents;
    c.spec = twinText(twin.spec);
    c.scaling = scalingText(twin.spec.scaling);
    c.training = twin.settings ? trainingText(*twin.settings) : std::string();
    c.evaluation = twin.evaluation ? evaluationText(*twin.evaluation) : std::string();
    return writeTwin(path, c, replace);
}

namespace {

/// Binary digits that are kept: as many as a plot can show. Those that are cut off compress to
/// nothing.
constexpr int KeptBits = 10;
constexpr std::size_t KeptPoints = 1000;

template <typename T>
void shorten(std::vector<T> &values)
{
    for (T &value : values) {
        int exponent = 0;
        const T fraction = std::frexp(value, &exponent);
        if (std::isfinite(value))
            value = std::ldexp(std::round(std::ldexp(fraction, KeptBits)), exponent - KeptBits);
    }
}

/// Different values that are kept of a curve: as many as are drawn. Rows stay, so that iterations
/// keep their numbers, and equal ones compress to nothing.
constexpr std::size_t KeptValues = 1600;

void level(std::vector<double> &values)
{
    const std::size_t group = (values.size() + KeptValues - 1) / KeptValues;
    for (std::size_t from = 0; from < values.size(); from += group) {
        const std::size_t to = std::min(from + group, values.size());
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end = values.begin() + static_cast<std::ptrdiff_t>(to);
        const double mean = std::accumulate(begin, end, 0.0) / static_cast<double>(to - from);
        std::fill(begin, end, mean);
    }
    shorten(values);
}

/// Weights of the losses stay as they are: they repeat anyway.
void level(LossColumns &losses)
{
    for (std::vector<double> &head : losses.heads)
        level(head);
    level(losses.total);
}

void thin(ScatterSample &sample)
{
    const std::size_t step = std::max<std::size_t>(1, sample.truth.size() / KeptPoints);
    ScatterSample kept;
    for (std::size_t i = 0; i < sample.truth.size(); i += step) {
        kept.truth.push_back(sample.truth[i]);
        kept.predicted.push_back(sample.predicted[i]);
    }
    shorten(kept.truth);
    shorten(kept.predicted);
    sample = std::move(kept);
}

/// Keeps every few vertices, and both ends.
void thin(std::vector<std::vector<double> *> columns)
{
    constexpr std::size_t Kept = 150;
    const std::size_t size = columns.front()->size();
    const std::size_t step = std::max<std::size_t>(1, size / Kept);
    for (std::vector<double> *column : columns) {
        std::vector<double> kept;
        for (std::size_t i = 0; i + 1 < size; i += step)
            kept.push_back((*column)[i]);
        if (size > 0)
            kept.push_back(column->back());
        *column = std::move(kept);
    }
}

} // namespace

void slim(StoredTwin &twin)
{
    TwinContents &c = twin.contents;
    c.resume.reset();
    if (c.dataset)
        c.dataset->path = std::filesystem::path(c.dataset->path).filename().string();
    level(c.history.training);
    level(c.history.validation);
    level(c.history.gradNorm);
    shorten(c.history.epochSeconds);
    if (!twin.evaluation)
        return;
    Evaluation &e = *twin.evaluation;
    for (RegressionEvaluation *r : {&e.soma, &e.rate, &e.dend})
        thin(r->scatter);
    for (std::optional<BinaryScores> *scores : {&e.spikes, &e.nearSpike}) {
        if (!*scores)
            continue;
        RocCurve &roc = (*scores)->roc;
        PrecisionRecallCurve &pr = (*scores)->precisionRecall;
        thin({&roc.fpr, &roc.tpr, &roc.threshold});
        thin({&pr.recall, &pr.precision});
        for (std::vector<double> *column : {&roc.threshold, &pr.precision})
            shorten(*column);
    }
    for (SimulationScores &s : e.perSimulation) {
        std::vector<double> scores{s.spikesAuc, s.nearSpikeAuc, s.somaEvPercent, s.dendEvPercent,
                                   s.rateEvPercent};
        shorten(scores);
        s.spikesAuc = scores[0];
        s.nearSpikeAuc = scores[1];
        s.somaEvPercent = scores[2];
        s.dendEvPercent = scores[3];
        s.rateEvPercent = scores[4];
    }
    shorten(e.calibration.truth);
    shorten(e.calibration.predicted);
    e.plan.scatterPoints = e.soma.scatter.truth.size();
}

} // namespace dt
