// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SweepMeasures.h"

#include "engine/explore/ResultText.h"

#include <algorithm>
#include <array>

namespace dt {

namespace {

using P = const PotentialMeasures &;
constexpr std::array SweptMeasures{
    SweepMeasure{"soma_epsp", "Somatic EPSP", "mV", 3, false, true,
                 [](P s, P, double) { return s.amplitudeMv; }},
    SweepMeasure{"soma_peak", "Somatic peak", "mV", 2, false, false,
                 [](P s, P, double) { return s.peakMv; }},
    SweepMeasure{"soma_time_to_peak", "Time to somatic peak", "ms", 2, false, true,
                 [](P s, P, double) { return s.timeToPeakMs; }, SweepMeasure::Step::Sample},
    SweepMeasure{"soma_rise", "Somatic rise 10-90 %", "ms", 2, false, true,
                 [](P s, P, double) { return s.riseMs; }},
    SweepMeasure{"soma_half_width", "Somatic half-width", "ms", 2, false, true,
                 [](P s, P, double) { return s.halfWidthMs; }},
    SweepMeasure{"local_epsp", "Local EPSP", "mV", 3, true, true,
                 [](P, P d, double) { return d.amplitudeMv; }},
    SweepMeasure{"local_peak", "Local peak", "mV", 2, true, false,
                 [](P, P d, double) { return d.peakMv; }},
    SweepMeasure{"local_plateau", "Local time above -50 mV", "ms", 1, true, false,
                 [](P, P d, double) { return d.aboveMs; }},
    SweepMeasure{"attenuation", "Soma / local", "", 4, true, true,
                 [](P s, P d, double) { return ratio(s.amplitudeMv, d.amplitudeMv); }},
    SweepMeasure{"spikes", "Spikes", "", 0, false, false,
                 [](P s, P, double) { return double(s.spikes); }, SweepMeasure::Step::Spike},
    SweepMeasure{"rate", "Firing rate", "Hz", 2, false, false,
                 [](P s, P, double seconds) { return s.spikes / seconds; },
                 SweepMeasure::Step::SpikeRate},
    SweepMeasure{"rest", "Rest before the input", "mV", 2, false, false,
                 [](P s, P, double) { return s.baseMv; }},
    SweepMeasure{"mean_voltage", "Mean somatic voltage", "mV", 2, false, false,
                 [](P s, P, double) { return s.meanMv; }},
    // This one is computed from the difference to a run without current.
    SweepMeasure{"input_resistance", "Input resistance", "megohm", 2, false, false, nullptr},
};

} // namespace

std::span<const SweepMeasure> sweepMeasures()
{
    return SweptMeasures;
}

const SweepMeasure &sweepMeasure(const std::string &name)
{
    return *std::find_if(SweptMeasures.begin(), SweptMeasures.end(),
                         [&](const SweepMeasure &m) { return name == m.name; });
}

bool countsSpikes(const SweepMeasure &measure)
{
    return measure.step == SweepMeasure::Step::Spike
        || measure.step == SweepMeasure::Step::SpikeRate;
}

} // namespace dt
