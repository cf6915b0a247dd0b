// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/StoredTwin.h"

#include "engine/json/EvaluationJson.h"
#include "engine/json/TrainingJson.h"
#include "engine/json/TwinJson.h"

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
        const Result<TrainingSettings> settings =
            trainingFromText(twin.contents.training, path);
        if (!settings)
            return settings.error();
        twin.settings = *settings;
    }
    if (!twin.contents.evaluation.empty()) {
        const Result<Evaluation> evaluation =
            evaluationFromText(twin.contents.evaluation, path);
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

} // namespace dt
