// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dt {

/// What the machine-learning module says of itself.
struct MlInfo
{
    std::string torchVersion; ///< e.g. "1.13.1"
    std::string blas; ///< the matrix library in use, e.g. "OpenBLAS"
    bool fastBlas = false; ///< false: plain reference BLAS, many times slower
    bool cudaAvailable = false;
};

/// The door to everything that uses LibTorch. LibTorch costs 0.4 s and 160 MB to load, so dt_ml is
/// a library opened at first use (engine/jobs/MlLoader.h), never linked into a program; this
/// interface is all that crosses.
class MlModule
{
public:
    virtual ~MlModule() = default;
    [[nodiscard]] virtual MlInfo info() const = 0;
};

} // namespace dt

/// The one symbol that is looked up by name. Returns the module, which lives as long as the
/// process.
extern "C" dt::MlModule *dtMlModule();
