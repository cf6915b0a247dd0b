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
    ParameterInfo{"dend_L_um", "Length", "um", G::Dendrite, false, false, true, 1.0, 20000.0, 64.0,
                  1,
                  "A longer dendrite weakens distant synapses: what counts is its length in "
                  "length constants.",
                  getStick<&Dendrite::lengthUm>, setStick<&setLengthUm>, 16.0, 4096.0},
    ParameterInfo{"dend_diam_um", "Diameter", "um", G::Dendrite, false, false, true, 0.05, 100.0,
                  0.25, 2,
                  "A thicker dendrite carries current further: four times the diameter "
                  "doubles the length constant.",
                  getStick<&Dendrite::diamUm>, setStick<&setDiamUm>, 0.25, 8.0},
    ParameterInfo{"num_segments", "Segments", "", G::Dendrite, false, true, true, 1.0, 1000.0, 1.0,
                  0,
                  "The dendrite is computed in equal pieces; fewer are faster, more are finer. "
                  "Input comes per segment; painted events keep their places.",
                  [](const Neuron &n) {
                      return n.dendrites.empty() ? 0.0 : double(n.dendrites.front().segments);
                  },
                  [](Neuron &n, double v) { setSegments(n, 0, static_cast<int>(v)); }, 1.0, 128.0},
    ParameterInfo{"soma_L_um", "Length", "um", G::Soma, true, false, false, 1.0, 1000.0, 1.0, 1,
                  "A larger soma has more membrane and is harder to depolarise.",
                  getPart<&Neuron::soma, &Soma::lengthUm>, setPart<&Neuron::soma, &Soma::lengthUm>},
    ParameterInfo{"soma_diam_um", "Diameter", "um", G::Soma, true, false, false, 1.0, 1000.0, 1.0,
                  1, "Together with the length it sets how much active membrane the soma has.",
                  getPart<&Neuron::soma, &Soma::diamUm>, setPart<&Neuron::soma, &Soma::diamUm>},
    ParameterInfo{"Rm_ohm_cm2", "Membrane Resistance", "ohm cm2", G::Membrane, false, false, false,
                  10.0, 1.0e7, 1000.0, 0,
                  "A tighter dendritic membrane leaks less: signals spread further and last "
                  "longer.",
                  getPart<&Neuron::membrane, &Membrane::rmOhmCm2>,
                  setPart<&Neuron::membrane, &Membrane::rmOhmCm2>, 1000.0, 100000.0},
    ParameterInfo{"Ra_ohm_cm", "Axial Resistance", "ohm cm", G::Membrane, false, false, false, 1.0,
                  10000.0, 10.0, 0,
                  "Resistive cytoplasm holds current back: a higher value shortens the length "
                  "constant.",
                  getPart<&Neuron::membrane, &Membrane::raOhmCm>,
                  setPart<&Neuron::membrane, &Membrane::raOhmCm>, 20.0, 1000.0},
    ParameterInfo{"cm_uF_cm2", "Capacitance", "uF/cm2", G::Membrane, true, false, false, 0.05,
                  100.0, 0.1, 2, "More capacitance makes every voltage change slower.",
                  getPart<&Neuron::membrane, &Membrane::cmUfPerCm2>,
                  setPart<&Neuron::membrane, &Membrane::cmUfPerCm2>},
    ParameterInfo{"epas_mV", "Leak Reversal", "mV", G::Membrane, true, false, false, -150.0, 0.0,
                  1.0, 1, "The leak pulls towards this voltage; every run starts here.",
                  getPart<&Neuron::membrane, &Membrane::restMv>,
                  setPart<&Neuron::membrane, &Membrane::restMv>},
    ParameterInfo{"g_max_AMPA_uS", "AMPA Conductance", "uS", G::Synapses, true, false, false, 0.0,
                  1.0, 1.0e-4, 5,
                  "Peak of the fast excitatory conductance for an event of weight "
                  "1.",
                  getKind<&SynapseKind::gMaxUs, Exc>, setKind<&SynapseKind::gMaxUs, Exc>},
    ParameterInfo{"g_max_NMDA_uS", "NMDA Conductance", "uS", G::Synapses, true, false, false, 0.0,
                  1.0, 1.0e-4, 5,
                  "Peak of the slow excitatory conductance, before the magnesium "
                  "block.",
                  getKind<&SynapseKind::nmdaGMaxUs, Exc>, setKind<&SynapseKind::nmdaGMaxUs, Exc>},
    ParameterInfo{
        "gamma_NMDA", "Magnesium Block Steepness", "1/mV", G::Synapses, true, false, false, 0.0,
        1.0, 0.002, 3, "A steeper block keeps NMDA channels shut at rest and opens them together.",
        getKind<&SynapseKind::nmdaGammaPerMv, Exc>, setKind<&SynapseKind::nmdaGammaPerMv, Exc>},
    ParameterInfo{"g_max_GABA_A_uS", "GABA-A Conductance", "uS", G::Synapses, true, false, false,
                  0.0, 1.0, 1.0e-4, 5,
                  "Peak of the inhibitory conductance for an event of weight "
                  "1.",
                  getKind<&SynapseKind::gMaxUs, Inh>, setKind<&SynapseKind::gMaxUs, Inh>},
    ParameterInfo{"multiplicative_SKE2_factor", "SK Factor", "", G::Channels, false, false, false,
                  0.0, 100.0, 0.1, 2,
                  "Scales the calcium-activated potassium current: 0 spikes regularly, 1 falls "
                  "silent after each spike.",
                  getPart<&Neuron::channels, &SomaChannels::skFactor>,
                  setPart<&Neuron::channels, &SomaChannels::skFactor>, 0.0, 2.0},
    ParameterInfo{"multiplicative_rho_factor", "Channel Density Factor", "", G::Channels, true,
                  false, false, 0.0, 100.0, 0.1, 2,
                  "Scales all active channels of the soma; 0 leaves a passive cell.",
                  getPart<&Neuron::channels, &SomaChannels::rhoFactor>,
                  setPart<&Neuron::channels, &SomaChannels::rhoFactor>},
    ParameterInfo{"spike_detection_threshold_mV", "Spike Threshold", "mV", G::Labels, true, false,
                  false, -100.0, 100.0, 1.0, 1,
                  "A local peak of the somatic voltage above this counts as a spike.",
                  getPart<&Neuron::labels, &LabelSettings::spikeThresholdMv>,
                  setPart<&Neuron::labels, &LabelSettings::spikeThresholdMv>},
    ParameterInfo{"soma_voltage_cap_mV", "Soma Cap", "mV", G::Labels, true, false, false, -100.0,
                  100.0, 1.0, 1,
                  "The soma trace is cut here, so that a twin learns the approach to a spike, not "
                  "its tall peak.",
                  getPart<&Neuron::labels, &LabelSettings::somaCapMv>,
                  setPart<&Neuron::labels, &LabelSettings::somaCapMv>},
    ParameterInfo{"dend_voltage_cap_mV", "Dendrite Cap", "mV", G::Labels, true, false, false,
                  -100.0, 100.0, 1.0, 1, "Dendritic voltages are cut here.",
                  getPart<&Neuron::labels, &LabelSettings::dendCapMv>,
                  setPart<&Neuron::labels, &LabelSettings::dendCapMv>},
    ParameterInfo{"near_spike_V_diff", "Near-Spike Margin", "mV", G::Labels, true, false, false,
                  0.0, 100.0, 1.0, 1,
                  "The soma counts as near a spike within this distance below its cap.",
                  getPart<&Neuron::labels, &LabelSettings::nearSpikeVDiffMv>,
                  setPart<&Neuron::labels, &LabelSettings::nearSpikeVDiffMv>},
    ParameterInfo{"near_spike_t_diff", "Near-Spike Duration", "ms", G::Labels, true, true, false,
                  0.0, 1000.0, 1.0, 0, "After a spike the soma counts as near a spike this long.",
                  getPart<&Neuron::labels, &LabelSettings::nearSpikeMs>,
                  setPart<&Neuron::labels, &LabelSettings::nearSpikeMs>},
    ParameterInfo{"inst_rate_t_diff", "Rate Window", "ms", G::Labels, true, true, false, 1.0,
                  10000.0, 5.0, 0, "Spikes of this much past make the instantaneous rate.",
                  getPart<&Neuron::labels, &LabelSettings::rateWindowMs>,
                  setPart<&Neuron::labels, &LabelSettings::rateWindowMs>},
    ParameterInfo{"inst_rate_smoothing_tau", "Rate Smoothing", "ms", G::Labels, true, false, false,
                  0.0, 1000.0, 0.5, 1,
                  "Standard deviation of the Gaussian that softens the rate's edges.",
                  getPart<&Neuron::labels, &LabelSettings::rateSmoothingMs>,
                  setPart<&Neuron::labels, &LabelSettings::rateSmoothingMs>},
    ParameterInfo{"num_samples_per_ms", "Steps per Millisecond", "1/ms", G::Integration, true, true,
                  false, 5.0, 1000.0, 10.0, 0,
                  "The integration step is its inverse: 40 steps make 0.025 ms.",
                  [](const Neuron &n) { return double(n.samplesPerMs); },
                  [](Neuron &n, double v) { n.samplesPerMs = static_cast<int>(v); }},
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
