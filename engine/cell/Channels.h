// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <array>
#include <string_view>

namespace dt {

/// The somatic channel set of Hay et al. 2011 (soma and axon together), one NMODL file each in
/// mod/. Density [S/cm2] at rhoFactor 1 and, for SK_E2, skFactor 1.
struct ChannelDensity
{
    std::string_view mechanism;
    double sPerCm2;
};

inline constexpr std::array<ChannelDensity, 11> SomaticChannels{{
    {"Im", 8.0e-6},
    {"Ca_LVAst", 5.57e-4},
    {"Ca_HVA", 6.44e-4},
    {"SK_E2", 0.09965},
    {"SKv3_1", 0.338029},
    {"NaTs2_t", 0.998912},
    {"Ih", 7.5e-5},
    {"K_Tst", 0.077274},
    {"K_Pst", 0.188851},
    {"Nap_Et2", 0.005834},
    {"NaTa_t", 3.89618},
}};

/// The twelfth mechanism has no conductance: it turns calcium current into concentration.
inline constexpr std::string_view CalciumMechanism = "CaDynamics_E2";
inline constexpr double CalciumDecayMs = 294.679571;
inline constexpr double CalciumGamma = 0.000509;

inline constexpr double PotassiumReversalMv = -85.0;
inline constexpr double SodiumReversalMv = 50.0;
/// Temperature [degC]. It only enters E_Ca: the channels' kinetics have a fixed temperature factor
/// of their own.
inline constexpr double CelsiusDeg = 6.3;

/// Density [S/cm2] of a channel in this neuron.
constexpr double channelDensity(const ChannelDensity &channel, const SomaChannels &factors)
{
    const double sk = channel.mechanism == "SK_E2" ? factors.skFactor : 1.0;
    return channel.sPerCm2 * factors.rhoFactor * sk;
}

} // namespace dt
