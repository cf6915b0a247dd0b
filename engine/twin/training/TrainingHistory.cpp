// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingHistory.h"

#include "engine/base/Words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace dt {

void LossColumns::add(const LossRecord &record)
{
    for (std::size_t h = 0; h < HeadCount; ++h) {
        heads[h].push_back(record.losses.heads[h]);
        weights[h].push_back(record.weights[h]);
    }
    total.push_back(record.losses.total);
}

LossRecord LossColumns::row(std::size_t i) const
{
    LossRecord record;
    for (std::size_t h = 0; h < HeadCount; ++h) {
        record.losses.heads[h] = heads[h][i];
        record.weights[h] = weights[h][i];
    }
    record.losses.total = total[i];
    return record;
}

void LossColumns::resize(std::size_t rows)
{
    for (std::size_t h = 0; h < HeadCount; ++h) {
        heads[h].resize(rows);
        weights[h].resize(rows);
    }
    total.resize(rows);
}

bool LossColumns::hasRows(std::size_t rows) const
{
    const auto fits = [&](const std::vector<double> &column) { return column.size() == rows; };
    return fits(total) && std::all_of(heads.begin(), heads.end(), fits)
        && std::all_of(weights.begin(), weights.end(), fits);
}

void TrainingHistory::addIteration(const LossRecord &record, double norm)
{
    training.add(record);
    gradNorm.push_back(norm);
}

bool TrainingHistory::addValidation(const LossRecord &record, const TrainingSettings &settings)
{
    const double score = settings.modelScore(record.losses.heads);
    std::optional<double> kept;
    std::optional<double> lowest;
    if (best)
        kept = settings.modelScore(best->validation.heads);
    if (const std::optional<Lowest> low = lowestScore(settings))
        lowest = low->loss;
    const auto iteration = static_cast<std::int64_t>(iterations()) - 1;
    validationIteration.push_back(iteration);
    validation.add(record);
    if (!isBetter(settings, score, kept, lowest))
        return false;
    best = BestModel{iteration, record.losses, recentMean(iteration).value_or(LossValues{})};
    return true;
}

std::optional<LossValues> TrainingHistory::recentMean(std::int64_t iteration) const
{
    const std::int64_t end =
        std::min<std::int64_t>(iteration + 1, static_cast<std::int64_t>(iterations()));
    if (end <= 0)
        return std::nullopt;
    const std::int64_t begin = std::max<std::int64_t>(0, end - FinalMeanIterations);
    const auto mean = [&](const std::vector<double> &column) {
        double sum = 0.0;
        for (std::int64_t i = begin; i < end; ++i)
            sum += column[static_cast<std::size_t>(i)];
        return sum / static_cast<double>(end - begin);
    };
    LossValues values;
    for (std::size_t h = 0; h < HeadCount; ++h)
        values.heads[h] = mean(training.heads[h]);
    values.total = mean(training.total);
    return values;
}

std::optional<TrainingHistory::Lowest> TrainingHistory::lowestValidation(Head head) const
{
    std::optional<Lowest> lowest;
    const std::vector<double> &losses = validation.heads[headIndex(head)];
    for (std::size_t i = 0; i < losses.size(); ++i) {
        if (!std::isnan(losses[i]) && (!lowest || losses[i] < lowest->loss))
            lowest = Lowest{losses[i], validationIteration[i]};
    }
    return lowest;
}

std::optional<TrainingHistory::Lowest>
TrainingHistory::lowestScore(const TrainingSettings &settings) const
{
    std::optional<Lowest> lowest;
    HeadValues losses{};
    for (std::size_t i = 0; i < validations(); ++i) {
        for (std::size_t h = 0; h < HeadCount; ++h)
            losses[h] = validation.heads[h][i];
        const double score = settings.modelScore(losses);
        if (!std::isnan(score) && (!lowest || score < lowest->loss))
            lowest = Lowest{score, validationIteration[i]};
    }
    return lowest;
}

Status validateHistory(const TrainingHistory &history)
{
    const auto wrong = [](const char *what) {
        return Error{ErrorCode::Format,
                     std::string("The history of training is inconsistent: ") + what + ".",
                     "history"};
    };
    const std::size_t iterations = history.iterations();
    if (!history.training.hasRows(iterations) || history.gradNorm.size() != iterations)
        return wrong("its columns of iterations differ in length");
    if (!history.validation.hasRows(history.validations())
        || history.validationIteration.size() != history.validations())
        return wrong("its columns of validations differ in length");
    const std::vector<std::int64_t> &at = history.validationIteration;
    const auto known = [&](std::int64_t i) {
        return i >= 0 && i < static_cast<std::int64_t>(iterations);
    };
    if (!std::all_of(at.begin(), at.end(), known))
        return wrong("a validation is not among the iterations");
    if (std::adjacent_find(at.begin(), at.end(), std::greater_equal<>()) != at.end())
        return wrong("its validations are not in order");
    if (history.best && std::find(at.begin(), at.end(), history.best->iteration) == at.end())
        return wrong("the best model was never validated");
    if (history.iterationsPerEpoch < (iterations > 0 ? 1 : 0))
        return wrong("it has no number of iterations per epoch");
    if (history.epochSeconds.size() > history.learningRate.size())
        return wrong("more epochs ended than began");
    return Done{};
}

namespace {

/// Mean over iterations [begin, end) of each head's share in the weighted total.
std::optional<HeadValues> meanShare(const LossColumns &columns, std::size_t begin, std::size_t end)
{
    end = std::min(end, columns.size());
    HeadValues sum{};
    std::size_t counted = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const LossRecord record = columns.row(i);
        double whole = 0.0;
        HeadValues parts{};
        for (std::size_t h = 0; h < HeadCount; ++h) {
            parts[h] = record.weights[h] * record.losses.heads[h];
            whole += parts[h];
        }
        if (!(whole > 0.0) || !std::isfinite(whole))
            continue;
        for (std::size_t h = 0; h < HeadCount; ++h)
            sum[h] += parts[h] / whole;
        ++counted;
    }
    if (counted == 0)
        return std::nullopt;
    for (double &share : sum)
        share /= static_cast<double>(counted);
    return sum;
}

std::string fixed(double value, int decimals)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string lossLine(const std::string &name, const LossValues *training,
                     const LossValues *validation, std::size_t head)
{
    const auto value = [&](const LossValues *losses) {
        return losses ? fixed(head < HeadCount ? losses->heads[head] : losses->total, 5) : "-";
    };
    return name + ": training " + value(training) + ", validation " + value(validation);
}

void addLosses(std::vector<std::string> &lines, const std::string &title,
               const LossValues *training, const LossValues *validation)
{
    for (std::size_t h = 0; h <= HeadCount; ++h)
        lines.push_back(title + " "
                        + lossLine(h < HeadCount ? std::string(HeadNames[h]) : "total", training,
                                   validation, h));
}

} // namespace

TrainingReport trainingReport(const TrainingHistory &history, const TrainingSettings &settings)
{
    TrainingReport report;
    report.seconds = history.seconds;
    report.iterations = static_cast<std::int64_t>(history.iterations());
    report.validations = static_cast<int>(history.validations());
    report.finalTraining = history.recentMean(report.iterations - 1);
    if (history.validations() > 0)
        report.finalValidation = history.validation.row(history.validations() - 1).losses;
    report.best = history.best;
    for (const Head head : AllHeads)
        report.lowest[headIndex(head)] = history.lowestValidation(head);
    report.gradNormLimit = settings.maxGradNorm;
    if (const std::vector<double> &norms = history.gradNorm; !norms.empty()) {
        report.maxGradNorm = *std::max_element(norms.begin(), norms.end());
        const std::size_t last =
            std::min<std::size_t>(norms.size(), TrainingHistory::FinalMeanIterations);
        double sum = 0.0;
        for (std::size_t i = norms.size() - last; i < norms.size(); ++i)
            sum += norms[i];
        report.meanGradNorm = sum / static_cast<double>(last);
    }
    const auto perEpoch = static_cast<std::size_t>(std::max(history.iterationsPerEpoch, 1));
    report.warmUpShare = meanShare(history.training, 0,
                                   perEpoch * static_cast<std::size_t>(settings.warmUpEpochs()));
    if (history.iterations() > 0) {
        const std::size_t lastEpoch = (history.iterations() - 1) / perEpoch;
        report.lastEpochShare =
            meanShare(history.training, lastEpoch * perEpoch, history.iterations());
    }
    return report;
}

std::vector<std::string> reportLines(const TrainingReport &report)
{
    std::vector<std::string> lines;
    const auto pointer = [](const std::optional<LossValues> &losses) {
        return losses ? &*losses : nullptr;
    };
    lines.push_back("trained " + counted(report.iterations, "iteration") + " with "
                    + counted(report.validations, "validation") + " in "
                    + fixed(report.seconds / 60.0, 2) + " min");
    if (report.best) {
        lines.push_back(
            "best model: iteration " + std::to_string(report.best->iteration) + ", spike loss "
            + fixed(report.best->validation.heads[headIndex(Head::Spikes)], 5) + " in validation");
        addLosses(lines, "best", &report.best->training, &report.best->validation);
    }
    if (report.finalTraining)
        addLosses(lines, "final", pointer(report.finalTraining), pointer(report.finalValidation));
    if (report.meanGradNorm && report.maxGradNorm)
        lines.push_back("gradient norm: mean of the last iterations "
                        + fixed(*report.meanGradNorm, 5) + ", largest "
                        + fixed(*report.maxGradNorm, 5) + ", clipped at "
                        + fixed(report.gradNormLimit, 5));
    for (const Head head : AllHeads) {
        if (const auto &lowest = report.lowest[headIndex(head)])
            lines.push_back("lowest validation " + std::string(headName(head)) + ": "
                            + fixed(lowest->loss, 5) + " at iteration "
                            + std::to_string(lowest->iteration));
    }
    if (report.warmUpShare && report.lastEpochShare) {
        for (const Head head : AllHeads)
            lines.push_back("share of the weighted loss, " + std::string(headName(head)) + ": "
                            + fixed((*report.warmUpShare)[headIndex(head)], 3) + " in warm-up, "
                            + fixed((*report.lastEpochShare)[headIndex(head)], 3)
                            + " in the last epoch");
    }
    return lines;
}

} // namespace dt
