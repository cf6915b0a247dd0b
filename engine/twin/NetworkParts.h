// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/NetworkField.h"
#include "engine/twin/NetworkKind.h"

#include <cstdint>
#include <string>
#include <vector>

namespace dt {

/// What several kinds of networks have in common, for the files of engine/twin/kinds.

inline constexpr int MostWidth = 8192;
inline constexpr int MostLayers = 256;
inline constexpr NumberRange KernelRange{1, 4096}; ///< [ms]
inline constexpr NumberRange SlopeRange{0.0, 1.0};
inline const std::vector<NormType> AnyButNone{NormType::Rms, NormType::Layer, NormType::Batch};

std::int64_t convParameters(std::int64_t in, std::int64_t out, std::int64_t taps);
/// Parameters of a normalisation.
std::int64_t normParameters(NormType type, std::int64_t channels);

/// Counts the arrays of convolutions one after another, each followed by norm and non-linearity.
class ConvolutionArrays
{
public:
    ConvolutionArrays(NetworkArrays &arrays, NormType norm, std::int64_t ms) :
        m_arrays(arrays), m_norm(norm), m_ms(ms)
    {
    }

    /// `shared`: the input is an array that is counted elsewhere, unless zeros are put before it.
    /// `beside`: number of channels that are held meanwhile, in prediction.
    void add(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t dilation,
             bool shared = false, std::int64_t beside = 0);
    /// Counts one more array that the backward pass needs.
    void keep(std::int64_t channels) { m_arrays.kept += channels * m_ms; }

private:
    NetworkArrays &m_arrays;
    NormType m_norm;
    std::int64_t m_ms;
    std::int64_t m_widest = 0;
};

/// Rounds to a whole number, halves to even, as the reference's format does.
std::string wholeNumber(double value);

/// Settings as tables show them.
std::string settingText(double value);
std::string settingText(const std::vector<int> &values);
std::string settingText(NormType norm);
std::string settingText(ActivationKind kind, double slope);

} // namespace dt
