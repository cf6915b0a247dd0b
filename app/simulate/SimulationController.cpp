// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulate/SimulationController.h"

#include "engine/base/SteadyRange.h"
#include "engine/document/Document.h"
#include "engine/recording/Labels.h"
#include "engine/recording/RunSettings.h"
#include "engine/recording/SilenceHint.h"
#include "engine/sim/StimulusRequest.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/runs/RunStrip.h"
#include "widgets/shell/StatusStrip.h"

#include <algorithm>
#include <utility>

namespace dt {

namespace {

/// Long enough to swallow a burst of edits, short enough not to be felt.
constexpr int DebounceMs = 30;
constexpr int TickMs = 16;
/// A rerun that is quicker than this replaces the old plots before they are marked: no flicker.
constexpr int StaleDelayMs = 250;
/// Longer runs wait for the Run button.
constexpr double AutoRunSeconds = 2.0;
/// Weight of the newest run in what runs cost: the processor may have been busy with something
/// else.
constexpr double NewRunWeight = 0.3;
constexpr std::size_t HistoryLength = 20;

} // namespace

SimulationController::SimulationController(Document *document, SimulationEngine *engine,
                                           SimulatePage *page, StatusStrip *status,
                                           QObject *parent) :
    QObject(parent),
    m_document(document), m_engine(engine), m_page(page), m_status(status),
    m_lastTrace(std::make_shared<VoltageTrace>())
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(DebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &SimulationController::run);
    m_staleDelay.setSingleShot(true);
    m_staleDelay.setInterval(StaleDelayMs);
    connect(&m_staleDelay, &QTimer::timeout, this, [this] { m_page->setStale(m_shownId > 0); });
    m_tick.setInterval(TickMs);
    connect(&m_tick, &QTimer::timeout, this, &SimulationController::onTick);
    connect(document, &Document::changed, this, &SimulationController::onDocumentChanged);
    connect(page, &SimulatePage::runRequested, this, &SimulationController::run);
    connect(status, &StatusStrip::stopRequested, this, &SimulationController::stop);
    m_status->showRun(0, shownSeed());
}

std::optional<quint64> SimulationController::shownSeed() const
{
    const Stimulus &stimulus = m_document->stimulus();
    return isRandom(stimulus) ? std::optional<quint64>(seedOf(stimulus)) : std::nullopt;
}

double SimulationController::expectedSeconds() const
{
    return m_cost.seconds(m_document->stimulus().durationMs, m_document->neuron().segmentCount());
}

void SimulationController::forget()
{
    m_debounce.stop();
    m_staleDelay.stop();
    m_tick.stop();
    dropJob();
    m_history.clear();
    m_recording.reset();
    m_setup = {};
    m_labels = {};
    m_lastId = m_jobId = m_shownId = 0;
    m_unheard = 0;
    m_page->plots()->setHistory({});
    m_status->showState({});
    Q_EMIT runningChanged(false);
}

void SimulationController::dropJob()
{
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
        m_job->deleteLater();
        m_job.clear();
    }
    m_lastTrace = std::make_shared<VoltageTrace>(); // labels() are of a later run
}

void SimulationController::onDocumentChanged(const ChangeEvent &event)
{
    if (event.everything)
        forget();
    m_outdated = true;
    m_status->showRun(m_shownId, shownSeed());
    const bool quick = m_pace <= 0.0 && expectedSeconds() < AutoRunSeconds;
    m_wanted = m_waiting && m_autoRun && quick;
    if (m_autoRun && quick && !m_waiting) {
        m_debounce.start();
        if (!m_staleDelay.isActive())
            m_staleDelay.start();
        return;
    }
    m_page->setStale(m_shownId > 0);
    m_debounce.stop();
    if (isRunning())
        stop(); // it would end stale
}

void SimulationController::run()
{
    m_debounce.stop();
    m_wanted = false;
    if (m_job)
        dropJob();
    const Neuron &neuron = m_document->neuron();
    const Stimulus &stimulus = m_document->stimulus();
    SimulationRequest request = stimulusRequest(neuron, stimulus);
    m_unheard = unheardEvents(stimulus, neuron).size();
    request.live = true;
    request.paceMsPerSecond = m_pace;
    if (const Status valid = validateInput(request.inputs.front(), neuron); !valid) {
        m_status->showState(tr("Not run: %1").arg(QString::fromStdString(valid.error().message)));
        Q_EMIT failed(valid.error());
        Q_EMIT runningChanged(false);
        return;
    }
    m_jobId = ++m_lastId;
    m_setup = {neuron, stimulus};
    m_outdated = false;
    const SpikeInput input = request.inputs.front();
    m_job = m_engine->submit(std::move(request), this);
    SimulationJob *job = m_job;
    connect(job, &SimulationJob::ended, this, [this, job] { onEnded(job); });
    connect(job, &SimulationJob::restarted, this, [this](const QString &why) {
        m_shownId = 0; // its samples come again from the start
        m_restartedWhy = why;
        m_started.restart();
        showProgress();
    });
    m_restartedWhy.clear();
    m_started.start();
    m_tick.start();
    showProgress();
    Q_EMIT begun(input);
    Q_EMIT runningChanged(true);
}

void SimulationController::stop()
{
    m_debounce.stop();
    if (isRunning())
        m_job->cancel();
}

void SimulationController::setPace(double msPerSecond)
{
    m_pace = msPerSecond;
    if (isRunning())
        m_job->setPace(msPerSecond);
}

void SimulationController::setAutoRun(bool on)
{
    m_autoRun = on;
}

void SimulationController::setWaiting(bool waiting)
{
    m_waiting = waiting;
    if (!waiting && std::exchange(m_wanted, false))
        m_debounce.start();
}

void SimulationController::feedPage()
{
    if (!m_job || m_job->traces().empty())
        return;
    const VoltageTrace &trace = m_job->traces().front();
    const Neuron &neuron = m_job->request().neuron;
    if (m_shownId != m_jobId) {
        // The old plots stay until there is something new: quick runs do not flicker.
        m_page->beginRun(m_jobId, neuron, m_job->request().durationMs(),
                         m_job->request().electrodesOf(0));
        m_shownId = m_jobId;
        if (!m_outdated)
            m_staleDelay.stop();
        else if (!m_staleDelay.isActive())
            m_page->setStale(true);
        m_recording.reset();
        m_status->showRun(m_shownId, shownSeed());
        Q_EMIT shown();
    }
    m_labels = somaLabels(trace.somaFine, trace.samplesPerMs, trace.recordedMs, neuron.labels);
    m_page->extend(trace, m_labels, m_job->now());
    Q_EMIT grew();
}

const VoltageTrace &SimulationController::trace() const
{
    return m_job && m_shownId == m_jobId && !m_job->traces().empty() ? m_job->traces().front()
                                                                     : *m_lastTrace;
}

void SimulationController::showProgress()
{
    if (!m_job)
        return;
    const double progress = m_job->progress();
    QString left;
    if (progress > 0.02) {
        const double elapsed = static_cast<double>(m_started.elapsed()) / 1000.0;
        left = tr(", %1 s left").arg(elapsed * (1.0 - progress) / progress, 0, 'f', 1);
    }
    const QString again =
        m_restartedWhy.isEmpty() ? QString() : tr("%1 Trying again. ").arg(m_restartedWhy);
    m_status->showState(again
                            + tr("Simulating: %1 of %2 ms%3")
                                  .arg(m_job->reachedMs(), 0, 'f', 0)
                                  .arg(m_job->request().durationMs())
                                  .arg(left),
                        progress);
}

void SimulationController::onTick()
{
    if (!isRunning()) {
        m_tick.stop();
        return;
    }
    feedPage();
    showProgress();
}

void SimulationController::onEnded(SimulationJob *job)
{
    m_tick.stop();
    feedPage();
    switch (job->state()) {
    case SimulationJob::State::Finished: {
        m_recording = job->recording(0);
        if (m_pace <= 0.0) {
            m_cost.learn(job->engineSeconds(), m_recording->durationMs, m_recording->segments,
                         NewRunWeight);
            m_msPerSecond = 1.0e6 * job->engineSeconds() / m_recording->durationMs;
        }
        remember(*m_recording);
        const int spikes = m_recording->spikeCount();
        if (m_shownId == m_jobId && !job->traces().empty()) {
            Extent soma;
            soma.take(job->traces().front().somaFine);
            m_page->strip()->setHint(
                QString::fromStdString(silenceHint(m_setup, spikes, soma.high)));
        }
        m_status->showState(tr("Run %1 finished in %2 s: %3, %4 Hz.")
                                .arg(m_jobId)
                                .arg(static_cast<double>(m_started.elapsed()) / 1000.0, 0, 'f', 2)
                                .arg(spikes == 1 ? tr("1 spike") : tr("%1 spikes").arg(spikes))
                                .arg(m_recording->rateHz(), 0, 'f', 1)
                            + unheardSentence());
        Q_EMIT finished();
        break;
    }
    case SimulationJob::State::Cancelled:
        m_status->showState(
            tr("Run %1 was stopped at %2 ms.").arg(m_jobId).arg(job->reachedMs(), 0, 'f', 0));
        break;
    case SimulationJob::State::Failed:
        m_status->showState(tr("Run %1 failed.").arg(m_jobId));
        Q_EMIT failed(job->error());
        break;
    default:
        break;
    }
    if (m_shownId == m_jobId && !job->traces().empty())
        m_lastTrace = std::make_shared<const VoltageTrace>(std::move(job->takeTraces().front()));
    const bool complete = job->state() == SimulationJob::State::Finished;
    job->deleteLater();
    m_job.clear();
    if (complete && m_recording)
        Q_EMIT recorded(makeRunRecord(m_jobId, m_setup, *m_recording, m_lastTrace));
    Q_EMIT runningChanged(false);
}

// Nothing of the input is lost without a word.
QString SimulationController::unheardSentence() const
{
    if (m_unheard == 0)
        return {};
    return m_unheard == 1
        ? tr(" 1 painted event was left out: there is no synapse of its kind.")
        : tr(" %1 painted events were left out: there is no synapse of their kind.").arg(m_unheard);
}

void SimulationController::remember(const Recording &recording)
{
    RunSpikes spikes;
    spikes.id = m_jobId;
    for (std::size_t t = 0; t < recording.spike.size(); ++t) {
        if (recording.spike[t])
            spikes.ms.push_back(static_cast<int>(t));
    }
    m_history.push_front(std::move(spikes));
    if (m_history.size() > HistoryLength)
        m_history.pop_back();
    m_page->plots()->setHistory({m_history.begin(), m_history.end()});
}

} // namespace dt
