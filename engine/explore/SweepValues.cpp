// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SweepValues.h"

#include "engine/explore/CommonSettings.h"

#include <array>

namespace dt {

namespace {

struct Usual
{
    const char *parameter;
    const char *values; ///< as people write a list
};

// Spans of the sliders (engine/cell/Parameters.cpp) where there are any.
constexpr std::array Table{
    Usual{"weight", "1:20:20"},
    Usual{"place", "0.05:0.95:10"},
    Usual{"delay_ms", "0:100:11"},
    Usual{"current_nA", "0.05:1:20"},
    Usual{"rate_Hz", "5:60:12"},
    Usual{"inh_rate_Hz", "0:50:11"},
    Usual{"dend_L_um", "16:4096:9:log"},
    Usual{"dend_diam_um", "0.25:8:6:log"},
    Usual{"num_segments", "1:128:8:log"},
    Usual{"soma_L_um", "5:50:10"},
    Usual{"soma_diam_um", "5:50:10"},
    Usual{"Rm_ohm_cm2", "1000, 2000, 5000, 10000, 20000, 50000, 100000"},
    Usual{"Ra_ohm_cm", "20, 50, 100, 150, 200, 500, 1000"},
    Usual{"cm_uF_cm2", "0.5:2:7"},
    Usual{"epas_mV", "-95:-65:7"},
    Usual{"g_max_AMPA_uS", "0.0002:0.002:10"},
    Usual{"g_max_NMDA_uS", "0:0.002:11"},
    Usual{"gamma_NMDA", "0.02:0.12:6"},
    Usual{"g_max_GABA_A_uS", "0.0005:0.005:10"},
    Usual{"multiplicative_SKE2_factor", "0:2:11"},
    Usual{"multiplicative_rho_factor", "0:2:11"},
    Usual{"spike_detection_threshold_mV", "-30:30:7"},
    Usual{"soma_voltage_cap_mV", "-70:-50:5"},
    Usual{"dend_voltage_cap_mV", "-40:20:7"},
    Usual{"near_spike_V_diff", "0:10:6"},
    Usual{"near_spike_t_diff", "0:20:5"},
    Usual{"inst_rate_t_diff", "10:100:10"},
    Usual{"inst_rate_smoothing_tau", "0:5:6"},
    Usual{"num_samples_per_ms", "10, 20, 40, 80, 160"},
};

} // namespace

std::vector<double> usualSweepValues(const std::string &parameter)
{
    for (const Usual &usual : Table) {
        if (parameter != usual.parameter)
            continue;
        const ExperimentSetting any = listSetting("values", "Values", "", {}, -1.0e9, 1.0e9, 6, "");
        const Result<SettingValue> values = parseSetting(any, usual.values);
        return values ? std::get<std::vector<double>>(*values) : std::vector<double>{};
    }
    return {};
}

} // namespace dt
