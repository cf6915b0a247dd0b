// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker/LiveRunner.h"

#include "engine/cell/Validation.h"
#include "engine/input/LiveChange.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// While nothing happens; often enough that the other side knows that somebody is here.
constexpr double RestReportSeconds = 0.1;
constexpr std::size_t MaxSamplesPerReport = 1u << 16;
/// Waking up takes time: at a quick pace steps come in bunches of this length.
constexpr double LeastSleepSeconds = 0.002;
/// From a poke to the report that shows it: fast synapses peak about then, and at a quick pace they
/// would be over before the next report.
constexpr double PeakMs = 2.0;
/// A run that fell behind its pace does not race to catch up.
constexpr double MostBehindSeconds = 0.1;

Status validate(const Neuron &neuron, const std::vector<Electrode> &electrodes,
                const std::vector<Probe> &probes)
{
    Status valid = validateNeuron(neuron);
    if (valid)
        valid = validateElectrodes(electrodes, neuron);
    if (valid)
        valid = validateProbes(probes, electrodes, neuron);
    for (const Probe &probe : probes) {
        if (valid && probe.what != Probe::What::Voltage)
            return Error{ErrorCode::InvalidValue, "A live run records voltages only.", "probe"};
    }
    return valid;
}

} // namespace

void LiveRunner::run(const LiveRunMessage &message)
{
    const Clock::time_point start = Clock::now();
    const Status status = simulate(message);
    m_engine.endLive();
    EndMessage end;
    end.id = message.id;
    end.seconds = secondsSince(start);
    end.how = status ? EndMessage::How::Cancelled : EndMessage::How::Failed;
    if (!status)
        end.message = QString::fromStdString(status.error().message);
    m_pipe.send(end);
}

double LiveRunner::nowMs() const
{
    return static_cast<double>(m_steps) / m_neuron.samplesPerMs;
}

Status LiveRunner::begin()
{
    if (Status valid = validate(m_neuron, m_electrodes, m_probes); !valid)
        return valid;
    Status status = m_engine.beginLive(m_neuron);
    if (status)
        status = m_engine.setElectrodes(m_electrodes);
    if (status)
        status = m_engine.setProbes(m_probes);
    if (status)
        status = backToRest();
    return status;
}

Status LiveRunner::backToRest()
{
    if (Status started = m_engine.initialise(); !started)
        return started;
    m_steps = 0;
    m_stepsLeft = 0;
    m_reportAt = -1;
    m_pokes.clear();
    m_train.reset();
    m_single.reset();
    m_pacer.setPace(m_pacer.pace(), 0.0);
    ++m_report.epoch;
    m_report.firstSample = 0;
    m_report.soma.clear();
    m_report.probes.assign(m_probes.size(), {});
    sample();
    report();
    return Done{};
}

Status LiveRunner::simulate(const LiveRunMessage &message)
{
    m_neuron = message.neuron;
    m_electrodes = message.electrodes;
    m_probes = message.probes;
    m_paused = message.paused;
    m_pacer = Pacer(message.paceMsPerSecond);
    m_report = {};
    m_report.id = message.id;
    m_report.epoch = -1;
    m_seen = 0; // words may have come already
    if (Status begun = begin(); !begun)
        return begun;

    while (!m_pipe.cancelled(message.id)) {
        if (m_pipe.arrivals() != m_seen) {
            if (Status heeded = heed(); !heeded)
                return heeded;
            continue;
        }
        const double age = secondsSince(m_sent);
        if (rests()) {
            if (!m_report.soma.empty() || age >= RestReportSeconds)
                report();
            else
                m_pipe.sleep(RestReportSeconds - age, m_seen);
            continue;
        }
        if (age >= LiveReportSeconds || m_report.soma.size() >= MaxSamplesPerReport)
            report();
        if (m_stepsLeft == 0) { // a single step does not wait
            const double ahead = m_pacer.ahead(nowMs());
            if (ahead > LeastSleepSeconds) {
                m_pipe.sleep(std::min(ahead, LiveReportSeconds), m_seen);
                continue;
            }
            if (ahead < -MostBehindSeconds)
                m_pacer.setPace(m_pacer.pace(), nowMs());
        }
        if (Status delivered = deliver(); !delivered)
            return delivered;
        m_engine.step();
        ++m_steps;
        sample();
        const bool stepEnds = m_stepsLeft > 0 && --m_stepsLeft == 0;
        if (stepEnds || m_steps == m_reportAt)
            report();
    }
    return Done{};
}

Status LiveRunner::heed()
{
    m_seen = m_pipe.arrivals();
    if (const std::optional<double> pace = m_pipe.newPace(m_report.id))
        m_pacer.setPace(*pace, nowMs());
    for (const Message &word : m_pipe.takeWords(m_report.id)) {
        Status status = Done{};
        if (const auto *change = std::get_if<LiveChangeMessage>(&word))
            status = obey(*change);
        else if (const auto *poke = std::get_if<PokeMessage>(&word))
            status = obey(*poke);
        else if (const auto *control = std::get_if<LiveControlMessage>(&word))
            status = obey(*control);
        if (!status)
            return status;
    }
    return Done{};
}

Status LiveRunner::obey(const LiveChangeMessage &change)
{
    report(); // the samples so far belong to what was before
    m_report.number = change.number;
    const bool again = change.neuron && !needsRestart(m_neuron, *change.neuron).empty();
    if (change.neuron) {
        if (change.neuron->synapseKinds.size() < m_neuron.synapseKinds.size()) {
            m_train.reset(); // perhaps of a kind that is gone
            m_single.reset();
            m_pokes.clear();
        }
        m_neuron = *change.neuron;
    }
    if (change.electrodes)
        m_electrodes = *change.electrodes;
    if (change.probes)
        m_probes = *change.probes;
    if (again)
        return begin();
    Status status = validate(m_neuron, m_electrodes, m_probes);
    if (status && change.neuron)
        status = m_engine.change(m_neuron);
    if (status && change.electrodes)
        status = m_engine.setElectrodes(m_electrodes);
    if (status && change.probes)
        status = m_engine.setProbes(m_probes);
    m_report.probes.assign(m_probes.size(), {});
    return status;
}

Status LiveRunner::obey(const PokeMessage &poke)
{
    m_report.number = poke.number;
    // A word that crossed with a change of the neuron may speak of what is gone.
    const bool there = poke.kind >= 0 && poke.kind < static_cast<int>(m_neuron.synapseKinds.size())
        && poke.row >= 0 && poke.row < m_neuron.segmentCount();
    m_train.reset();
    if (!there || !(poke.weight >= 0.0) || !std::isfinite(poke.weight))
        return Done{};
    m_reportAt = m_steps + std::llround(PeakMs * m_neuron.samplesPerMs);
    if (poke.rateHz > 0.0 && m_single && m_single->kind == poke.kind && m_single->row == poke.row) {
        // A finger that stayed down: its first event begins the train, however long it took to
        // tell.
        const double interval = 1000.0 / poke.rateHz;
        const double gone = std::max(1.0, std::ceil((nowMs() - m_single->ms) / interval - 1e-9));
        m_train = Train{poke, m_single->ms + gone * interval};
        return Done{};
    }
    m_pokes[{poke.kind, poke.row}] += poke.weight;
    if (poke.rateHz > 0.0)
        m_train = Train{poke, nowMs() + 1000.0 / poke.rateHz};
    else
        m_single = Single{poke.kind, poke.row, nowMs()};
    return Done{};
}

Status LiveRunner::obey(const LiveControlMessage &control)
{
    using What = LiveControlMessage::What;
    switch (control.what) {
    case What::Play:
        m_paused = false;
        m_stepsLeft = 0;
        m_pacer.setPace(m_pacer.pace(), nowMs());
        break;
    case What::Pause:
        m_paused = true;
        m_stepsLeft = 0;
        break;
    case What::Step:
        m_paused = true;
        m_stepsLeft += std::max<qint64>(1, std::llround(control.ms * m_neuron.samplesPerMs));
        break;
    case What::Rewind:
        return backToRest();
    case What::Release:
        m_train.reset();
        break;
    }
    return Done{};
}

Status LiveRunner::deliver()
{
    if (m_train && nowMs() >= m_train->nextMs) {
        const PokeMessage &poke = m_train->poke;
        m_pokes[{poke.kind, poke.row}] += poke.weight;
        m_train->nextMs += 1000.0 / poke.rateHz;
    }
    for (const auto &[place, weight] : m_pokes) {
        if (Status poked = m_engine.poke(place.first, place.second, weight); !poked)
            return poked;
    }
    m_pokes.clear();
    return Done{};
}

void LiveRunner::sample()
{
    m_report.soma.push_back(static_cast<float>(m_engine.somaV(0)));
    const std::span<double *const> probes = m_engine.probes(0);
    for (std::size_t i = 0; i < probes.size(); ++i)
        m_report.probes[i].push_back(static_cast<float>(*probes[i]));
}

void LiveRunner::report()
{
    m_report.paused = rests();
    m_report.now.assign(1, static_cast<float>(m_engine.somaV(0)));
    for (const double *v : m_engine.dendV(0))
        m_report.now.push_back(static_cast<float>(*v));
    m_pipe.send(m_report);
    m_report.firstSample += static_cast<qint64>(m_report.soma.size());
    m_report.soma.clear();
    for (std::vector<float> &probe : m_report.probes)
        probe.clear();
    m_sent = Clock::now();
}

} // namespace dt
