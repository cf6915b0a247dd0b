// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/NetworkParts.h"

#include "engine/base/NumberText.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace dt {

namespace {

/// Arrays of the layer's size that a norm and its non-linearity need again.
std::int64_t normArrays(NormType norm)
{
    switch (norm) {
    case NormType::None:
    case NormType::Rms:
        return 1; // one loop does both, from the convolution's output
    case NormType::Batch:
        return 2;
    case NormType::Layer:
        return 3;
    }
    return 1;
}

} // namespace

std::int64_t convParameters(std::int64_t in, std::int64_t out, std::int64_t taps)
{
    return in * out * taps + out;
}

std::int64_t normParameters(NormType type, std::int64_t channels)
{
    switch (type) {
    case NormType::None:
        return 0;
    case NormType::Rms:
        return channels;
    case NormType::Layer:
    case NormType::Batch:
        return 2 * channels;
    }
    return 0;
}

void ConvolutionArrays::add(std::int64_t in, std::int64_t out, std::int64_t kernel,
                            std::int64_t dilation, bool shared, std::int64_t beside)
{
    const std::int64_t before = (kernel - 1) * dilation;
    if (before > 0 || !shared)
        m_arrays.kept += in * (m_ms + before);
    m_arrays.kept += normArrays(m_norm) * out * m_ms;
    m_widest = std::max(m_widest, out);
    m_arrays.passing = 3 * m_widest * m_ms;
    const std::int64_t padded = before > 0 ? in * (m_ms + before) : 0;
    m_arrays.layer((beside + in + out) * m_ms + padded);
    m_arrays.layer((beside + (1 + normArrays(m_norm)) * out) * m_ms);
}

std::string wholeNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.0f", value);
    return text.data();
}

std::string settingText(double value)
{
    return formatNumber(value);
}

std::string settingText(const std::vector<int> &values)
{
    std::string joined;
    for (const int value : values)
        joined += (joined.empty() ? "" : ", ") + std::to_string(value);
    return joined;
}

std::string settingText(NormType norm)
{
    return std::string(normTypeName(norm));
}

std::string settingText(ActivationKind kind, double slope)
{
    return std::string(activationName(kind)) + ", slope " + settingText(slope);
}

} // namespace dt
