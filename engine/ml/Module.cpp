// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/MlApi.h"

#include <torch/torch.h>

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
        info.cudaAvailable = torch::cuda::is_available();
        return info;
    }
};

} // namespace

} // namespace dt

extern "C" dt::MlModule *dtMlModule()
{
    static dt::Module module;
    return &module;
}
