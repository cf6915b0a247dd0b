// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Doors.h"
#include "engine/ml/KernelForm.h"
#include "engine/ml/TwinBench.h"

#include <fstream>

namespace dt {

namespace {

/// Which BLAS the loader chose: every candidate carries its name in its path.
std::string loadedBlas()
{
    std::ifstream maps("/proc/self/maps");
    std::string found = "unknown";
    for (std::string line; std::getline(maps, line);) {
        if (line.find("openblas") != std::string::npos)
            return "OpenBLAS";
        if (line.find("libmkl") != std::string::npos)
            return "MKL";
        if (line.find("libblis") != std::string::npos)
            return "BLIS";
        if (line.find("libblas.so") != std::string::npos)
            found = "reference BLAS";
    }
    return found;
}

class Module : public MlModule
{
public:
    [[nodiscard]] MlInfo info() const override
    {
        MlInfo info;
        info.torchVersion = std::to_string(TORCH_VERSION_MAJOR) + "."
            + std::to_string(TORCH_VERSION_MINOR) + "." + std::to_string(TORCH_VERSION_PATCH);
        info.blas = loadedBlas();
        info.fastBlas = info.blas != "reference BLAS" && info.blas != "unknown";
        info.kernels = kernelForm() == KernelForm::Avx512 ? "avx512"
            : kernelForm() == KernelForm::Avx2            ? "avx2"
                                                          : "plain";
        info.cudaAvailable = torch::cuda::is_available();
        return info;
    }

    [[nodiscard]] Result<std::unique_ptr<TwinTrainer>>
    trainer(const TwinSpec &spec, const TrainingSettings &settings,
            const Compute &compute) const override
    {
        return makeTrainer(spec, settings, compute);
    }
    [[nodiscard]] Result<std::unique_ptr<TwinPredictor>>
    predictor(const TwinSpec &spec, const std::vector<NamedTensor> &weights,
              const Compute &compute) const override
    {
        return makePredictor(spec, weights, compute);
    }
    [[nodiscard]] Result<std::vector<NamedTensor>>
    exported(const TwinSpec &spec, const std::vector<NamedTensor> &weights) const override
    {
        return exportedWeights(spec, weights);
    }
    [[nodiscard]] Result<std::vector<NamedTensor>>
    imported(const TwinSpec &spec, const std::vector<NamedTensor> &weights) const override
    {
        return importedWeights(spec, weights);
    }
    [[nodiscard]] Result<TwinStepTime> benchStep(const TwinSpec &spec, int threads,
                                                 int repeats) const override
    {
        return benchTwinStep(spec, threads, repeats);
    }
    [[nodiscard]] double benchMatmulGflops(int threads) const override
    {
        return dt::benchMatmulGflops(threads);
    }
};

} // namespace

} // namespace dt

extern "C" dt::MlModule *dtMlModule()
{
    static dt::Module module;
    return &module;
}
