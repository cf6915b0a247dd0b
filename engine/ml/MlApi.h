// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/twin/Heads.h"
#include "engine/twin/TwinAttention.h"
#include "engine/twin/TwinBatch.h"
#include "engine/twin/TwinSpec.h"
#include "engine/twin/WeightPrefix.h"
#include "engine/twin/training/TrainingSettings.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The door to everything that uses LibTorch. LibTorch costs 0.4 s and 160 MB to load, so dt_ml is
/// a library opened at first use (engine/jobs/MlLoader.h), never linked into a program; these
/// interfaces and plain values are all that crosses. What LibTorch throws comes back as an Error;
/// only running out of memory may throw.
namespace dt {

/// What the machine-learning module reports about itself.
struct MlInfo
{
    std::string torchVersion; ///< e.g. "1.13.1"
    std::string blas; ///< the matrix library in use, e.g. "OpenBLAS"
    bool fastBlas = false; ///< false: plain reference BLAS, many times slower
    bool cudaAvailable = false;
    std::string kernels; ///< the form of our own loops: "plain", "avx2" or "avx512"
};

/// Where and how a network computes.
struct Compute
{
    enum class Device { Cpu, Cuda };
    Device device = Device::Cpu;
    /// Number of threads that LibTorch uses for the calling thread and OpenBLAS for the whole
    /// process, from then on; 0 leaves them as they are. Results are the same bit for bit only with
    /// the same number: give all that run at the same time the same number.
    int threads = 0;
    /// Leaves OpenBLAS's threads as they are, because others may be computing with them.
    bool ownThreadsOnly = false;
};

/// One optimiser step.
struct TrainingStep
{
    LossValues losses; ///< losses before the step
    double gradNorm = 0.0; ///< norm of the gradient before clipping
    bool applied = false; ///< false: something was not a number; parameters are as before
};

/// A network and its optimiser (AdamW). Made, used and destroyed on one thread.
class TwinTrainer
{
public:
    virtual ~TwinTrainer() = default;

    /// `number` counts steps from 0 over the whole run: dropout depends on it and the seed.
    virtual Result<TrainingStep> step(const TwinBatch &batch, const HeadValues &lossWeights,
                                      double learningRate, std::uint64_t number) = 0;
    /// Losses as means over the batch, in evaluation mode.
    virtual Result<LossValues> validate(const TwinBatch &batch, const HeadValues &lossWeights) = 0;
    /// Prediction with the present weights, in evaluation mode; every window starts from rest.
    virtual Result<TwinPrediction> predict(const TwinInputs &inputs) = 0;

    /// Parameters, then buffers, in the network's order.
    [[nodiscard]] virtual std::vector<NamedTensor> weights() const = 0;
    /// The state of the optimiser.
    [[nodiscard]] virtual std::vector<NamedTensor> optimiser() const = 0;
    /// Restores weights and optimiser as they were saved. Changes nothing and returns an Error when
    /// something does not fit.
    virtual Status restore(const std::vector<NamedTensor> &weights,
                           const std::vector<NamedTensor> &optimiser) = 0;
};

/// A trained network. Made, used and destroyed on one thread.
class TwinPredictor
{
public:
    virtual ~TwinPredictor() = default;

    [[nodiscard]] virtual const TwinSpec &spec() const = 0;
    /// Every window starts from rest.
    virtual Result<TwinPrediction> predict(const TwinInputs &inputs) = 0;
    /// Predicts the next piece of the same windows. The result equals predicting all pieces at
    /// once.
    virtual Result<TwinPrediction> push(const TwinInputs &piece) = 0;
    /// Starts again from rest.
    virtual void reset() = 0;

    /// Predicts like predict(), but every window comes after a silence so long that nothing older
    /// matters. For an ELM, which has no such length, it lasts ten of its longest time constants.
    virtual Result<TwinPrediction> predictAfterSilence(const TwinInputs &inputs) = 0;

    /// Attention of the queries [firstMs, firstMs + queries) in one window. Refused for other
    /// networks than the Transformer and for more than MostAttention numbers.
    virtual Result<TwinAttention> attention(const TwinInputs &input, int firstMs, int queries) = 0;
    static constexpr std::size_t MostAttention = std::size_t{1} << 24;
    static constexpr int MostQueries = 1024; ///< most queries at a time
};

/// Seconds per full optimiser step: forward, five losses, backward, clipping, AdamW.
struct TwinStepTime
{
    double plainS = 0.0; ///< LibTorch's own operators and automatic gradients
    double fastS = 0.0; ///< what training uses
};

class MlModule
{
public:
    virtual ~MlModule() = default;
    [[nodiscard]] virtual MlInfo info() const = 0;

    /// Sets the number of threads as Compute::threads does, from then on.
    virtual void useThreads(int threads) const = 0;

    /// A new trainer; its weights start as the settings' seed says. Refuses invalid specs and a
    /// device that is not there. The settings are valid (validateTraining()).
    [[nodiscard]] virtual Result<std::unique_ptr<TwinTrainer>>
    trainer(const TwinSpec &spec, const TrainingSettings &settings,
            const Compute &compute) const = 0;

    /// A network with these weights. Refuses weights that do not fit the spec.
    [[nodiscard]] virtual Result<std::unique_ptr<TwinPredictor>>
    predictor(const TwinSpec &spec, const std::vector<NamedTensor> &weights,
              const Compute &compute) const = 0;

    /// Weights as the reference's strict load_state_dict() takes them: with the tables of rotary
    /// embedding.
    [[nodiscard]] virtual Result<std::vector<NamedTensor>>
    exported(const TwinSpec &spec, const std::vector<NamedTensor> &weights) const = 0;
    /// Weights as this program uses them, from such a file: the tables and a prefix that all names
    /// share are dropped, the rest is checked and put in order.
    [[nodiscard]] virtual Result<PlainWeights>
    imported(const TwinSpec &spec, const std::vector<NamedTensor> &weights) const = 0;

    /// Medians of `repeats` steps with the published batch and window, on random data.
    [[nodiscard]] virtual Result<TwinStepTime> benchStep(const TwinSpec &spec, int threads,
                                                         int repeats) const = 0;
    /// Rate of a single-precision 1024 x 1024 x 1024 product [GFLOP/s], to compare machines.
    [[nodiscard]] virtual double benchMatmulGflops(int threads) const = 0;
};

} // namespace dt

/// The one symbol that is looked up by name. Returns the module, which lives as long as the
/// process.
extern "C" dt::MlModule *dtMlModule();
