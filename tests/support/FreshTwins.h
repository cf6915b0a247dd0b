// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/json/TwinJson.h"
#include "tests/support/SmallTwins.h"

namespace dt::test {

/// Twins that nobody has trained: the network as its seed makes it, in the shape of trained ones.

inline TwinSpec specFromText(const QByteArray &text)
{
    return twinFromText(text.toStdString(), "test").value();
}

inline Result<StoredTwin> freshTwin(const TwinSpec &spec, std::uint64_t seed = 1)
{
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return ml.error();
    TrainingSettings settings;
    settings.seed = seed;
    const Result<std::unique_ptr<TwinTrainer>> trainer =
        (*ml)->trainer(spec, settings, {Compute::Device::Cpu, 1});
    if (!trainer)
        return trainer.error();
    StoredTwin twin;
    twin.spec = spec;
    twin.contents.complete = true;
    twin.contents.weights = (*trainer)->weights();
    return twin;
}

/// Makes a twin look as if it was trained on that data set.
inline Status belongTo(StoredTwin &twin, const std::string &dataset)
{
    const Result<DatasetFile> file = DatasetFile::open(dataset);
    if (!file)
        return file.error();
    std::array<SplitStatistics, 3> statistics;
    for (const Split split : AllSplits) {
        const Result<SplitStatistics> s = file->statistics(split);
        if (!s)
            return s.error();
        statistics[static_cast<std::size_t>(split)] = *s;
    }
    twin.contents.neuron = file->info().neuron;
    twin.contents.dataset = datasetIdentity(dataset, file->info(), statistics);
    return Done{};
}

/// The floats of a tensor, to be changed.
inline std::vector<float> &weightsNamed(StoredTwin &twin, const std::string &end)
{
    for (NamedTensor &tensor : twin.contents.weights) {
        if (tensor.name.ends_with(end))
            return std::get<std::vector<float>>(tensor.values);
    }
    qFatal("no weights named %s", end.c_str());
}

} // namespace dt::test
