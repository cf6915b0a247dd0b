// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Parameters.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/Names.h"
#include "engine/cell/Presets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

template <double SynapseKind::*Member, Polarity P>
double getKind(const Neuron &neuron)
{
    const std::optional<int> kind = firstKind(neuron, P);
    return kind ? neuron.synapseKinds[static_cast<std::size_t>(*kind)].*Member : 0.0;
}

template <double SynapseKind::*Member, Polarity P>
void setKind(Neuron &neuron, double value)
{
    if (const std::optional<int> kind = firstKind(neuron, P))
        neuron.synapseKinds[static_cast<std::size_t>(*kind)].*Member = value;
}

template <auto Part, auto Member>
double getPart(const Neuron &neuron)
{
    return neuron.*Part.*Member;
}

template <auto Part, auto Member>
void setPart(Neuron &neuron, double value)
{
    auto &target = neuron.*Part.*Member;
    target = static_cast<std::remove_reference_t<decltype(target)>>(value);
}

template <double Dendrite::*Member>
double getStick(const Neuron &neuron)
{
    return neuron.dendrites.empty() ? 0.0 : neuron.dendrites.front().*Member;
}

template <void (*Set)(Dendrite &, double)>
void setStick(Neuron &neuron, double value)
{
    Set(neuron.dendrites.front(), value);
}

constexpr auto Exc = Polarity::Excitatory;
constexpr auto Inh = Polarity::Inhibitory;

using G = ParameterGroup;

// Ranges are generous: they stop nonsense (a zero diameter, a metre of dendrite), not curiosity.
const std::array Table{
    ParameterInfo{.name = "dend_L_um",
                  .label = "Length",
                  .unit = "um",
                  .group = G::Dendrite,
                  .stickOnly = true,
                  .min = 1.0,
                  .max = 20000.0,
                  .step = 64.0,
                  .decimals = 1,
                  .why = "A longer dendrite weakens distant synapses: what counts is its length in "
                         "length constants.",
                  .get = getStick<&Dendrite::lengthUm>,
                  .set = setStick<&setLengthUm>,
                  .usualMin = 16.0,
                  .usualMax = 4096.0,
                  .sweep = "16:4096:9:log"},
    ParameterInfo{.name = "dend_diam_um",
                  .label = "Diameter",
                  .unit = "um",
                  .group = G::Dendrite,
                  .stickOnly = true,
                  .min = 0.05,
                  .max = 100.0,
                  .step = 0.25,
                  .decimals = 2,
                  .why = "A thicker dendrite carries current further: four times the diameter "
                         "doubles the length constant.",
                  .get = getStick<&Dendrite::diamUm>,
                  .set = setStick<&setDiamUm>,
                  .usualMin = 0.25,
                  .usualMax = 8.0,
                  .sweep = "0.25:8:6:log"},
    ParameterInfo{.name = "num_segments",
                  .label = "Segments",
                  .group = G::Dendrite,
                  .integer = true,
                  .stickOnly = true,
                  .min = 1.0,
                  .max = 1000.0,
                  .step = 1.0,
                  .decimals = 0,
                  .why = "The dendrite is computed in equal pieces; fewer are faster, more are "
                         "finer. Input comes per segment; painted events keep their places.",
                  .get =
                      [](const Neuron &n) {
                          return n.dendrites.empty() ? 0.0 : double(n.dendrites.front().segments);
                      },
                  .set = [](Neuron &n, double v) { setSegments(n, 0, static_cast<int>(v)); },
                  .usualMin = 1.0,
                  .usualMax = 128.0,
                  .sweep = "1:128:8:log"},
    ParameterInfo{.name = "soma_L_um",
                  .label = "Length",
                  .unit = "um",
                  .group = G::Soma,
                  .json = "soma/length_um",
                  .expert = true,
                  .min = 1.0,
                  .max = 1000.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "A larger soma has more membrane and is harder to depolarise.",
                  .get = getPart<&Neuron::soma, &Soma::lengthUm>,
                  .set = setPart<&Neuron::soma, &Soma::lengthUm>,
                  .sweep = "5:50:10"},
    ParameterInfo{.name = "soma_diam_um",
                  .label = "Diameter",
                  .unit = "um",
                  .group = G::Soma,
                  .json = "soma/diam_um",
                  .expert = true,
                  .min = 1.0,
                  .max = 1000.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "Together with the length it sets how much active membrane the soma has.",
                  .get = getPart<&Neuron::soma, &Soma::diamUm>,
                  .set = setPart<&Neuron::soma, &Soma::diamUm>,
                  .sweep = "5:50:10"},
    ParameterInfo{
        .name = "Rm_ohm_cm2",
        .label = "Membrane Resistance",
        .unit = "ohm cm2",
        .group = G::Membrane,
        .json = "membrane/Rm_ohm_cm2",
        .min = 10.0,
        .max = 1.0e7,
        .step = 1000.0,
        .decimals = 0,
        .why = "A tighter dendritic membrane leaks less: signals spread further and last longer.",
        .get = getPart<&Neuron::membrane, &Membrane::rmOhmCm2>,
        .set = setPart<&Neuron::membrane, &Membrane::rmOhmCm2>,
        .usualMin = 1000.0,
        .usualMax = 100000.0,
        .sweep = "1000, 2000, 5000, 10000, 20000, 50000, 100000"},
    ParameterInfo{
        .name = "Ra_ohm_cm",
        .label = "Axial Resistance",
        .unit = "ohm cm",
        .group = G::Membrane,
        .json = "membrane/Ra_ohm_cm",
        .min = 1.0,
        .max = 10000.0,
        .step = 10.0,
        .decimals = 0,
        .why =
            "Resistive cytoplasm holds current back: a higher value shortens the length constant.",
        .get = getPart<&Neuron::membrane, &Membrane::raOhmCm>,
        .set = setPart<&Neuron::membrane, &Membrane::raOhmCm>,
        .usualMin = 20.0,
        .usualMax = 1000.0,
        .sweep = "20, 50, 100, 150, 200, 500, 1000"},
    ParameterInfo{.name = "cm_uF_cm2",
                  .label = "Capacitance",
                  .unit = "uF/cm2",
                  .group = G::Membrane,
                  .json = "membrane/cm_uF_cm2",
                  .expert = true,
                  .min = 0.05,
                  .max = 100.0,
                  .step = 0.1,
                  .decimals = 2,
                  .why = "More capacitance makes every voltage change slower.",
                  .get = getPart<&Neuron::membrane, &Membrane::cmUfPerCm2>,
                  .set = setPart<&Neuron::membrane, &Membrane::cmUfPerCm2>,
                  .sweep = "0.5:2:7"},
    ParameterInfo{.name = "epas_mV",
                  .label = "Leak Reversal",
                  .unit = "mV",
                  .group = G::Membrane,
                  .json = "membrane/rest_mV",
                  .expert = true,
                  .min = -150.0,
                  .max = 0.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "The leak pulls towards this voltage; every run starts here.",
                  .get = getPart<&Neuron::membrane, &Membrane::restMv>,
                  .set = setPart<&Neuron::membrane, &Membrane::restMv>,
                  .sweep = "-95:-65:7"},
    ParameterInfo{.name = "g_max_AMPA_uS",
                  .label = "AMPA Conductance",
                  .unit = "uS",
                  .group = G::Synapses,
                  .expert = true,
                  .min = 0.0,
                  .max = 1.0,
                  .step = 1.0e-4,
                  .decimals = 5,
                  .why = "Peak of the fast excitatory conductance for an event of weight 1.",
                  .get = getKind<&SynapseKind::gMaxUs, Exc>,
                  .set = setKind<&SynapseKind::gMaxUs, Exc>,
                  .sweep = "0.0002:0.002:10"},
    ParameterInfo{.name = "g_max_NMDA_uS",
                  .label = "NMDA Conductance",
                  .unit = "uS",
                  .group = G::Synapses,
                  .expert = true,
                  .min = 0.0,
                  .max = 1.0,
                  .step = 1.0e-4,
                  .decimals = 5,
                  .why = "Peak of the slow excitatory conductance, before the magnesium block.",
                  .get = getKind<&SynapseKind::nmdaGMaxUs, Exc>,
                  .set = setKind<&SynapseKind::nmdaGMaxUs, Exc>,
                  .sweep = "0:0.002:11"},
    ParameterInfo{.name = "gamma_NMDA",
                  .label = "Magnesium Block Steepness",
                  .unit = "1/mV",
                  .group = G::Synapses,
                  .expert = true,
                  .min = 0.0,
                  .max = 1.0,
                  .step = 0.002,
                  .decimals = 3,
                  .why =
                      "A steeper block keeps NMDA channels shut at rest and opens them together.",
                  .get = getKind<&SynapseKind::nmdaGammaPerMv, Exc>,
                  .set = setKind<&SynapseKind::nmdaGammaPerMv, Exc>,
                  .sweep = "0.02:0.12:6"},
    ParameterInfo{.name = "g_max_GABA_A_uS",
                  .label = "GABA-A Conductance",
                  .unit = "uS",
                  .group = G::Synapses,
                  .expert = true,
                  .min = 0.0,
                  .max = 1.0,
                  .step = 1.0e-4,
                  .decimals = 5,
                  .why = "Peak of the inhibitory conductance for an event of weight 1.",
                  .get = getKind<&SynapseKind::gMaxUs, Inh>,
                  .set = setKind<&SynapseKind::gMaxUs, Inh>,
                  .sweep = "0.0005:0.005:10"},
    ParameterInfo{.name = "multiplicative_SKE2_factor",
                  .label = "SK Factor",
                  .group = G::Channels,
                  .json = "channels/sk_factor",
                  .min = 0.0,
                  .max = 100.0,
                  .step = 0.1,
                  .decimals = 2,
                  .why = "Scales the calcium-activated potassium current: 0 spikes regularly, 1 "
                         "falls silent after each spike.",
                  .get = getPart<&Neuron::channels, &SomaChannels::skFactor>,
                  .set = setPart<&Neuron::channels, &SomaChannels::skFactor>,
                  .usualMin = 0.0,
                  .usualMax = 2.0,
                  .sweep = "0:2:11"},
    ParameterInfo{.name = "multiplicative_rho_factor",
                  .label = "Channel Density Factor",
                  .group = G::Channels,
                  .json = "channels/rho_factor",
                  .expert = true,
                  .min = 0.0,
                  .max = 100.0,
                  .step = 0.1,
                  .decimals = 2,
                  .why = "Scales all active channels of the soma; 0 leaves a passive cell.",
                  .get = getPart<&Neuron::channels, &SomaChannels::rhoFactor>,
                  .set = setPart<&Neuron::channels, &SomaChannels::rhoFactor>,
                  .sweep = "0:2:11"},
    ParameterInfo{.name = "spike_detection_threshold_mV",
                  .label = "Spike Threshold",
                  .unit = "mV",
                  .group = G::Labels,
                  .json = "labels/spike_threshold_mV",
                  .expert = true,
                  .min = -100.0,
                  .max = 100.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "A local peak of the somatic voltage above this counts as a spike.",
                  .get = getPart<&Neuron::labels, &LabelSettings::spikeThresholdMv>,
                  .set = setPart<&Neuron::labels, &LabelSettings::spikeThresholdMv>,
                  .sweep = "-30:30:7"},
    ParameterInfo{.name = "soma_voltage_cap_mV",
                  .label = "Soma Cap",
                  .unit = "mV",
                  .group = G::Labels,
                  .json = "labels/soma_cap_mV",
                  .expert = true,
                  .min = -100.0,
                  .max = 100.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "The soma trace is cut here, so that a twin learns the approach to a "
                         "spike, not its tall peak.",
                  .get = getPart<&Neuron::labels, &LabelSettings::somaCapMv>,
                  .set = setPart<&Neuron::labels, &LabelSettings::somaCapMv>,
                  .sweep = "-70:-50:5"},
    ParameterInfo{.name = "dend_voltage_cap_mV",
                  .label = "Dendrite Cap",
                  .unit = "mV",
                  .group = G::Labels,
                  .json = "labels/dend_cap_mV",
                  .expert = true,
                  .min = -100.0,
                  .max = 100.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "Dendritic voltages are cut here.",
                  .get = getPart<&Neuron::labels, &LabelSettings::dendCapMv>,
                  .set = setPart<&Neuron::labels, &LabelSettings::dendCapMv>,
                  .sweep = "-40:20:7"},
    ParameterInfo{.name = "near_spike_V_diff",
                  .label = "Near-Spike Margin",
                  .unit = "mV",
                  .group = G::Labels,
                  .json = "labels/near_spike_V_diff_mV",
                  .expert = true,
                  .min = 0.0,
                  .max = 100.0,
                  .step = 1.0,
                  .decimals = 1,
                  .why = "The soma counts as near a spike within this distance below its cap.",
                  .get = getPart<&Neuron::labels, &LabelSettings::nearSpikeVDiffMv>,
                  .set = setPart<&Neuron::labels, &LabelSettings::nearSpikeVDiffMv>,
                  .sweep = "0:10:6"},
    ParameterInfo{.name = "near_spike_t_diff",
                  .label = "Near-Spike Duration",
                  .unit = "ms",
                  .group = G::Labels,
                  .json = "labels/near_spike_ms",
                  .expert = true,
                  .integer = true,
                  .min = 0.0,
                  .max = 1000.0,
                  .step = 1.0,
                  .decimals = 0,
                  .why = "After a spike the soma counts as near a spike this long.",
                  .get = getPart<&Neuron::labels, &LabelSettings::nearSpikeMs>,
                  .set = setPart<&Neuron::labels, &LabelSettings::nearSpikeMs>,
                  .sweep = "0:20:5"},
    ParameterInfo{.name = "inst_rate_t_diff",
                  .label = "Rate Window",
                  .unit = "ms",
                  .group = G::Labels,
                  .json = "labels/rate_window_ms",
                  .expert = true,
                  .integer = true,
                  .min = 1.0,
                  .max = 10000.0,
                  .step = 5.0,
                  .decimals = 0,
                  .why = "Spikes of this much past make the instantaneous rate.",
                  .get = getPart<&Neuron::labels, &LabelSettings::rateWindowMs>,
                  .set = setPart<&Neuron::labels, &LabelSettings::rateWindowMs>,
                  .sweep = "10:100:10"},
    ParameterInfo{.name = "inst_rate_smoothing_tau",
                  .label = "Rate Smoothing",
                  .unit = "ms",
                  .group = G::Labels,
                  .json = "labels/rate_smoothing_ms",
                  .expert = true,
                  .min = 0.0,
                  .max = 1000.0,
                  .step = 0.5,
                  .decimals = 1,
                  .why = "Standard deviation of the Gaussian that softens the rate's edges.",
                  .get = getPart<&Neuron::labels, &LabelSettings::rateSmoothingMs>,
                  .set = setPart<&Neuron::labels, &LabelSettings::rateSmoothingMs>,
                  .sweep = "0:5:6"},
    ParameterInfo{.name = "num_samples_per_ms",
                  .label = "Steps per Millisecond",
                  .unit = "1/ms",
                  .group = G::Integration,
                  .json = "samples_per_ms",
                  .expert = true,
                  .integer = true,
                  .min = 5.0,
                  .max = 1000.0,
                  .step = 10.0,
                  .decimals = 0,
                  .why = "The integration step is its inverse: 40 steps make 0.025 ms.",
                  .get = [](const Neuron &n) { return double(n.samplesPerMs); },
                  .set = [](Neuron &n, double v) { n.samplesPerMs = static_cast<int>(v); },
                  .sweep = "10, 20, 40, 80, 160"},
};

/// Edit distance, ignoring case: for "did you mean".
std::size_t editDistance(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t up = row[j];
            row[j] = std::min({up + 1, row[j - 1] + 1,
                               diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0u : 1u)});
            diagonal = up;
        }
    }
    return row[b.size()];
}

Error unknownParameter(std::string_view name)
{
    std::string_view nearest = "synapse_type";
    std::size_t best = editDistance(name, nearest);
    for (const ParameterInfo &parameter : Table) {
        const std::size_t d = editDistance(name, parameter.name);
        if (d < best) {
            best = d;
            nearest = parameter.name;
        }
    }
    std::string message = "There is no parameter named '" + std::string(name) + "'.";
    if (best <= nearest.size() / 2)
        message += " Did you mean " + std::string(nearest) + "?";
    else
        message += " 'dendrotwin-cli neuron show' lists them all.";
    return {ErrorCode::NotFound, message, std::string(name)};
}

std::string withUnit(double value, std::string_view unit)
{
    std::string text = formatNumber(value);
    if (!unit.empty())
        text += " " + std::string(unit);
    return text;
}

} // namespace

const char *parameterGroupName(ParameterGroup group)
{
    switch (group) {
    case ParameterGroup::Dendrite:
        return "Dendrite";
    case ParameterGroup::Soma:
        return "Soma";
    case ParameterGroup::Membrane:
        return "Membrane";
    case ParameterGroup::Synapses:
        return "Synapses";
    case ParameterGroup::Channels:
        return "Channels";
    case ParameterGroup::Labels:
        return "Labels";
    case ParameterGroup::Integration:
        return "Integration";
    }
    return "";
}

std::span<const ParameterInfo> parameters()
{
    return Table;
}

const ParameterInfo *findParameter(std::string_view name)
{
    const auto it = std::find_if(Table.begin(), Table.end(),
                                 [&](const ParameterInfo &p) { return p.name == name; });
    return it == Table.end() ? nullptr : &*it;
}

Status setParameter(Neuron &neuron, const ParameterInfo &parameter, double value)
{
    const std::string name(parameter.name);
    if (parameter.stickOnly && !neuron.isBallAndStick())
        return Error{ErrorCode::InvalidValue,
                     name
                         + " describes the single dendrite of a ball-and-stick neuron; this "
                           "neuron has a dendritic tree. Edit its branches one by one.",
                     name};
    if (!(value >= parameter.min && value <= parameter.max)) // also catches NaN
        return Error{ErrorCode::InvalidValue,
                     name + " = " + formatNumber(value) + " is outside its range of "
                         + formatNumber(parameter.min) + " to "
                         + withUnit(parameter.max, parameter.unit) + ".",
                     name};
    if (parameter.integer && value != std::floor(value))
        return Error{ErrorCode::InvalidValue,
                     name + " = " + formatNumber(value) + " must be a whole number.", name};
    parameter.set(neuron, value);
    return Done{};
}

Status setParameter(Neuron &neuron, std::string_view name, std::string_view value)
{
    if (name == "synapse_type") {
        for (const SynapseType &type : synapseTypes()) {
            if (type.name == value) {
                setSynapseType(neuron, type);
                return Done{};
            }
        }
        return Error{ErrorCode::InvalidValue,
                     "There is no synapse_type '" + std::string(value)
                         + "'. It is AMPA, NMDA_rodent or NMDA_human.",
                     "synapse_type"};
    }
    const ParameterInfo *parameter = findParameter(name);
    if (!parameter)
        return unknownParameter(name);
    const Result<double> number = numberFromText(value);
    if (!number)
        return Error{ErrorCode::InvalidValue,
                     std::string(name) + " = '" + std::string(value) + "' " + number.error().message
                         + (number.error().code == ErrorCode::Format
                                ? " Write it like " + formatNumber(parameter->get(neuron)) + "."
                                : std::string()),
                     std::string(name)};
    return setParameter(neuron, *parameter, *number);
}

} // namespace dt
