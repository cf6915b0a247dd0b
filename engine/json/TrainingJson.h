// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetIdentity.h"
#include "engine/json/NeuronJson.h"
#include "engine/twin/Scaling.h"
#include "engine/twin/training/TrainingHistory.h"

namespace dt {

/// The JSON form of a training run's values, stored as attributes of twin files. Keys that are
/// missing keep their defaults, unknown ones are ignored. Everything read is validated.

Json toJson(const TrainingSettings &settings);
Result<TrainingSettings> trainingFromJson(const Json &json, const std::string &place);
std::string trainingText(const TrainingSettings &settings);
Result<TrainingSettings> trainingFromText(std::string_view text, const std::string &place);

/// A scaling under the reference's names, X_scale and so on.
Json toJson(const Scaling &scaling);
Result<Scaling> scalingFromJson(const Json &json, const std::string &place);
std::string scalingText(const Scaling &scaling);
Result<Scaling> scalingFromText(std::string_view text, const std::string &place);

/// The parts of a history that are no columns: iterations per epoch, seconds, best model.
std::string historyScalarsText(const TrainingHistory &history);
/// Reads them into a history. They are not validated, because its columns may not have been read
/// yet.
Status readHistoryScalars(std::string_view text, const std::string &place,
                          TrainingHistory &history);

std::string identityText(const DatasetIdentity &identity);
Result<DatasetIdentity> identityFromText(std::string_view text, const std::string &place);

} // namespace dt
