// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/TwinSpec.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// What tests ask of twin networks, in plain numbers: LibTorch and Qt never meet in one file.
namespace dt::test {

/// One parameter or buffer, C order.
struct ProbeArray
{
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<double> floats;
    std::vector<std::int64_t> integers; ///< counters
    bool isBuffer = false;
    bool trainable = true;
};

/// Results of one forward pass, by the names of the golden files: out/<head>, act/backbone,
/// act/first_b0, act/block<i>_b0, der/<what> of an ELM.
using ProbeOutputs = std::map<std::string, std::vector<double>>;

struct ProbeGradients
{
    std::map<std::string, double> losses; ///< five and "total"
    std::map<std::string, std::vector<double>> gradients; ///< of the total, by parameter
    std::vector<double> inputGradient;
};

/// Which mathematics a network computes with.
enum class ProbeMath { Plain, Fast };

class TwinProbe
{
public:
    static Result<std::shared_ptr<TwinProbe>> make(const TwinSpec &spec, std::uint64_t seed = 1);
    virtual ~TwinProbe() = default;

    virtual void setMath(ProbeMath math) = 0;
    virtual void setTraining(bool on) = 0;
    virtual void setDropoutSeed(std::uint64_t seed) = 0;
    virtual void toDouble() = 0;
    [[nodiscard]] virtual std::vector<ProbeArray> arrays() const = 0;
    virtual Status setArrays(const std::vector<ProbeArray> &arrays) = 0;

    /// x (batch, 2, S, T).
    virtual Result<ProbeOutputs> forward(const std::vector<double> &x, int batch) = 0;
    /// In pieces of these lengths; out/<head> joined. `state` receives the numbers carried.
    virtual Result<ProbeOutputs> streamed(const std::vector<double> &x, int batch,
                                          const std::vector<int> &pieces,
                                          std::int64_t *state = nullptr) = 0;
    /// Targets by the names of the heads, shapes as in the golden files; the starting weights.
    virtual Result<ProbeGradients>
    gradients(const std::vector<double> &x, int batch,
              const std::map<std::string, std::vector<double>> &targets) = 0;
    /// Gradient of the sum of all outputs at time t with respect to x.
    virtual Result<std::vector<double>> inputGradientOf(const std::vector<double> &x, int batch,
                                                        int t) = 0;
};

/// Small networks on a busy machine spend most of their time waiting for a second thread.
void setThreads(int threads);

struct ProbeRope
{
    std::vector<double> cos; ///< (positions, headWidth / 2)
    std::vector<double> sin;
};
ProbeRope rope(int positions, int headWidth);

} // namespace dt::test
