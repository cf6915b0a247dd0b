// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/LiveSession.h"

#include "engine/input/LiveChange.h"

#include <algorithm>

namespace dt {

namespace {

/// Changes of a drag go out this far apart at least.
constexpr int SendEveryMs = 16;
constexpr int WatchEveryMs = 50;
constexpr qint64 PaceWindowMs = 1000;

} // namespace

LiveSession::LiveSession(WorkerSettings settings, QObject *parent) :
    QObject(parent), m_worker(std::move(settings))
{
    m_trace.addSite(); // the soma
    m_clock.start();
    m_sendTimer.setSingleShot(true);
    connect(&m_sendTimer, &QTimer::timeout, this, &LiveSession::sendChanges);
    m_watch.setInterval(WatchEveryMs);
    connect(&m_watch, &QTimer::timeout, this, &LiveSession::watch);
    connect(&m_worker, &WorkerProcess::idle, this, [this] {
        if (m_state == State::Starting)
            begin();
    });
    connect(&m_worker, &WorkerProcess::liveReport, this, &LiveSession::onReport);
    connect(&m_worker, &WorkerProcess::runEnded, this, &LiveSession::onEnded);
    connect(&m_worker, &WorkerProcess::killedOnCancel, this, &LiveSession::end);
    connect(&m_worker, &WorkerProcess::failed, this,
            [this](const Error &error, bool) { fail(error); });
}

LiveSession::~LiveSession()
{
    m_worker.disconnect(this);
}

void LiveSession::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    const bool runs = state == State::Running || state == State::Paused;
    if (runs && !m_watch.isActive())
        m_watch.start();
    else if (!runs)
        m_watch.stop();
    if (!runs && m_busy) {
        m_busy = false;
        Q_EMIT busyChanged(false);
    }
    Q_EMIT stateChanged();
}

// --- what runs -----------------------------------------------------------------------------------

void LiveSession::setNeuron(const Neuron &neuron)
{
    if (neuron == m_neuron)
        return;
    m_neuron = neuron;
    m_neuronDirty = true;
    changed();
}

void LiveSession::setElectrodes(const std::vector<Electrode> &electrodes)
{
    if (electrodes == m_electrodes)
        return;
    m_electrodes = electrodes;
    m_electrodesDirty = true;
    changed();
}

void LiveSession::setSites(const std::vector<LiveSite> &sites)
{
    if (sites == m_sites)
        return;
    m_sites = sites;
    const auto wanted = [&](int id) {
        return std::any_of(sites.begin(), sites.end(),
                           [id](const LiveSite &site) { return site.id == id; });
    };
    for (std::size_t i = m_traceIds.size(); i-- > 0;) {
        if (wanted(m_traceIds[i]))
            continue;
        m_trace.removeSite(static_cast<int>(i) + 1);
        m_traceIds.erase(m_traceIds.begin() + static_cast<std::ptrdiff_t>(i));
    }
    // New ones come last, as sites do that are clicked one after the other.
    for (const LiveSite &site : sites) {
        if (std::find(m_traceIds.begin(), m_traceIds.end(), site.id) != m_traceIds.end())
            continue;
        m_trace.addSite();
        m_traceIds.push_back(site.id);
    }
    m_sitesDirty = true;
    changed();
}

void LiveSession::setPace(double msPerSecond)
{
    m_pace = msPerSecond;
    m_progress.clear(); // of another pace
    m_worker.setPace(msPerSecond);
}

std::vector<Probe> LiveSession::probes() const
{
    std::vector<Probe> list;
    for (const LiveSite &site : m_sites) {
        Probe probe;
        probe.dendrite = site.dendrite;
        probe.x = site.x;
        list.push_back(probe);
    }
    return list;
}

void LiveSession::rememberLayout()
{
    Layout layout;
    layout.number = m_number;
    layout.samplesPerMs = m_neuron.samplesPerMs;
    for (const LiveSite &site : m_sites)
        layout.siteIds.push_back(site.id);
    m_layouts.push_back(std::move(layout));
}

void LiveSession::changed()
{
    if (m_worker.state() != WorkerProcess::State::Busy || m_sendTimer.isActive())
        return;
    const qint64 since = m_sinceSent.isValid() ? m_sinceSent.elapsed() : SendEveryMs;
    // Not at once even then: the neuron may change together with its sites and electrodes.
    m_sendTimer.start(static_cast<int>(std::max<qint64>(0, SendEveryMs - since)));
}

void LiveSession::sendChanges()
{
    m_sendTimer.stop();
    if (m_worker.state() != WorkerProcess::State::Busy
        || !(m_neuronDirty || m_electrodesDirty || m_sitesDirty))
        return;
    LiveChangeMessage message;
    message.id = m_runId;
    message.number = ++m_number;
    QString why;
    if (m_neuronDirty) {
        why = QString::fromStdString(needsRestart(m_sentNeuron, m_neuron));
        message.neuron = m_neuron;
        m_sentNeuron = m_neuron;
    }
    // Places are told by dendrite, so they go with a neuron that may have others.
    const bool again = !why.isEmpty();
    if (m_electrodesDirty || again)
        message.electrodes = m_electrodes;
    if (m_sitesDirty || again)
        message.probes = probes();
    m_neuronDirty = m_electrodesDirty = m_sitesDirty = false;
    rememberLayout();
    m_worker.tell(message);
    m_sinceSent.start();
    if (again)
        Q_EMIT restarted(why);
}

// --- the buttons ---------------------------------------------------------------------------------

void LiveSession::play()
{
    if (m_state == State::Running)
        return;
    if (m_state == State::Paused) {
        m_progress.clear();
        control(LiveControlMessage::What::Play);
        setState(State::Running);
        return;
    }
    m_pausedAtStart = false;
    m_stepAtStart = 0.0;
    if (isBegun())
        control(LiveControlMessage::What::Play);
    else
        ensureWorker();
}

// The run is on its way to the worker, which has not answered yet.
bool LiveSession::isBegun() const
{
    return m_state == State::Starting && m_worker.state() == WorkerProcess::State::Busy;
}

void LiveSession::pause()
{
    if (m_state == State::Starting) {
        m_pausedAtStart = true;
        if (isBegun())
            control(LiveControlMessage::What::Pause);
    } else if (m_state == State::Running) {
        control(LiveControlMessage::What::Pause);
        setState(State::Paused);
    }
}

void LiveSession::step(double ms)
{
    if (m_state == State::Running || m_state == State::Paused) {
        control(LiveControlMessage::What::Step, ms);
        setState(State::Paused);
        return;
    }
    m_pausedAtStart = true;
    m_stepAtStart = ms;
    if (isBegun())
        control(LiveControlMessage::What::Step, ms);
    else
        ensureWorker();
}

void LiveSession::rewind()
{
    if (m_state == State::Running || m_state == State::Paused)
        control(LiveControlMessage::What::Rewind);
}

void LiveSession::stop()
{
    if (m_state == State::Stopped)
        return;
    if (m_worker.state() == WorkerProcess::State::Busy) {
        m_worker.cancel(); // onEnded() or killedOnCancel() follows
        return;
    }
    end();
}

void LiveSession::clear()
{
    if (m_state != State::Stopped) {
        m_worker.stop(); // no word of the old run comes any more
        end();
    }
    m_trace.restart(m_neuron.samplesPerMs);
    m_now.clear();
    m_progress.clear();
    Q_EMIT reported();
}

bool LiveSession::poke(int kind, int row, double weight, double rateHz)
{
    const bool heard = (m_state == State::Running || m_state == State::Paused)
        && m_clock.elapsed() - m_lastReport <= BusyMs;
    if (!heard) {
        Q_EMIT pokeDropped();
        return false;
    }
    sendChanges(); // kind and row are those of the newest neuron
    PokeMessage message;
    message.id = m_runId;
    message.number = ++m_number;
    message.kind = kind;
    message.row = row;
    message.weight = weight;
    message.rateHz = rateHz;
    m_worker.tell(message);
    return true;
}

void LiveSession::release()
{
    if (m_state == State::Running || m_state == State::Paused)
        control(LiveControlMessage::What::Release);
}

void LiveSession::control(LiveControlMessage::What what, double ms)
{
    m_worker.tell(LiveControlMessage{m_runId, what, ms});
}

// --- the worker ----------------------------------------------------------------------------------

void LiveSession::ensureWorker()
{
    if (m_state == State::Starting)
        return;
    setState(State::Starting);
    if (m_worker.state() == WorkerProcess::State::Idle)
        begin();
    else
        m_worker.start(); // idle() follows
}

void LiveSession::begin()
{
    LiveRunMessage message;
    message.id = ++m_runId;
    message.neuron = m_neuron;
    message.electrodes = m_electrodes;
    message.probes = probes();
    message.paceMsPerSecond = m_pace;
    message.paused = m_pausedAtStart;
    m_sentNeuron = m_neuron;
    m_neuronDirty = m_electrodesDirty = m_sitesDirty = false;
    m_epoch = -1;
    m_number = m_arrived = 0; // the worker counts the words of this run
    m_layouts.clear();
    rememberLayout();
    m_progress.clear();
    m_worker.runLive(message);
    m_worker.setPace(m_pace);
    if (m_stepAtStart > 0.0)
        control(LiveControlMessage::What::Step, m_stepAtStart);
}

void LiveSession::onReport(const LiveReportMessage &report)
{
    m_lastReport = m_clock.elapsed();
    m_arrived = report.number;
    while (m_layouts.size() > 1 && m_layouts[1].number <= report.number)
        m_layouts.pop_front();
    const Layout &layout = m_layouts.front();
    if (report.epoch != m_epoch) {
        m_epoch = report.epoch;
        m_trace.restart(layout.samplesPerMs);
        m_progress.clear();
    }
    std::vector<std::span<const float>> stretches(m_traceIds.size() + 1);
    stretches[0] = report.soma;
    for (std::size_t i = 0; i < layout.siteIds.size() && i < report.probes.size(); ++i) {
        const auto it = std::find(m_traceIds.begin(), m_traceIds.end(), layout.siteIds[i]);
        if (it != m_traceIds.end())
            stretches[static_cast<std::size_t>(it - m_traceIds.begin()) + 1] = report.probes[i];
    }
    m_trace.append(report.firstSample, stretches);
    m_now = report.now;

    m_goneMs += static_cast<double>(report.soma.size()) / layout.samplesPerMs;
    m_progress.emplace_back(m_lastReport, m_goneMs);
    while (m_progress.size() > 2 && m_lastReport - m_progress[1].first > PaceWindowMs)
        m_progress.pop_front();

    if (m_state == State::Starting)
        setState(m_pausedAtStart ? State::Paused : State::Running);
    if (m_busy) {
        m_busy = false;
        Q_EMIT busyChanged(false);
    }
    if (m_neuronDirty || m_electrodesDirty || m_sitesDirty)
        changed();
    Q_EMIT reported();
}

double LiveSession::reachedPace() const
{
    if (m_progress.size() < 2 || m_state != State::Running)
        return 0.0;
    const auto &[fromWall, fromMs] = m_progress.front();
    const auto &[toWall, toMs] = m_progress.back();
    return toWall > fromWall ? 1000.0 * (toMs - fromMs) / static_cast<double>(toWall - fromWall)
                             : 0.0;
}

void LiveSession::watch()
{
    const qint64 silent = m_clock.elapsed() - m_lastReport;
    const bool busy = silent > BusyMs;
    if (busy != m_busy) {
        m_busy = busy;
        Q_EMIT busyChanged(busy);
    }
    // Building a large cell anew is silent, too; the worker's own time-out is for that.
    const bool building = m_arrived < m_layouts.back().number;
    if (silent > SilentMs && !building) {
        m_worker.stop();
        fail({ErrorCode::Worker,
              tr("The simulator program gave no sign of life for %1 s and was stopped.")
                  .arg(SilentMs / 1000)
                  .toStdString(),
              "worker"});
    }
}

void LiveSession::onEnded(const EndMessage &message)
{
    if (message.how == EndMessage::How::Failed)
        fail({ErrorCode::Engine, message.message.toStdString(), "NEURON"});
    else
        end();
}

void LiveSession::end()
{
    m_sendTimer.stop();
    setState(State::Stopped);
}

void LiveSession::fail(const Error &error)
{
    if (m_state == State::Stopped)
        return;
    end();
    Q_EMIT failed(error);
}

} // namespace dt
