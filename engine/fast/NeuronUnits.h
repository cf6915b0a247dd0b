// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace dt {

/// Constants as NEURON 8.2 has them (CODATA 2018).
inline constexpr double FaradayCoulomb = 96485.3321233100184; ///< per mole
inline constexpr double GasConstant = 8.31446261815324; ///< J/(mol K)

inline constexpr double CalciumOutsideMm = 2.0;
inline constexpr double CalciumStartMm = 5.0e-5;
inline constexpr double CalciumRestMm = 1.0e-4; ///< concentration that CaDynamics_E2 returns to

} // namespace dt
