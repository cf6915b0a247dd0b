// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/WorkerProcess.h"
#include "engine/recording/LiveTrace.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace dt {

/// A neuron that runs without end in a worker process of its own, and is changed and poked as it
/// runs. Everything it learns comes as signals; nothing waits. Lives on one thread with an event
/// loop (the GUI's).
///
/// Set what is to run at any time. While it runs, changes reach the worker with the next turn of
/// the event loop and then every 16 ms at most, so a dragged slider does not pile up. A change of
/// the neuron that NEURON cannot take as it runs begins the run again and says so by restarted().
///
/// A worker that dies, falls silent or talks nonsense ends the run with failed(); play() begins
/// anew. What a person does while no report has come for BusyMs is dropped, not kept for later.
class LiveSession : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Stopped, ///< nothing runs: before play(), after stop() and failed()
        Starting, ///< NEURON starts or builds the cell
        Running,
        Paused,
    };

    static constexpr int BusyMs = 250;
    static constexpr int SilentMs = 5000; ///< taken for dead after that

    explicit LiveSession(WorkerSettings settings, QObject *parent = nullptr);
    ~LiveSession() override;

    // What runs.
    void setNeuron(const Neuron &neuron);
    /// The electrodes; their steps have neither beginning nor end.
    void setElectrodes(const std::vector<Electrode> &electrodes);
    /// Sites to record from. Those that were there before keep their past.
    void setSites(const std::vector<LiveSite> &sites);
    /// Neuron time [ms] per wall-clock second; 0 = as fast as it goes.
    void setPace(double msPerSecond);

    // The buttons.
    void play();
    void pause();
    /// Runs for so much neuron time, at least one integration step, and then pauses. Begins a run
    /// when there is none.
    void step(double ms);
    /// Goes back to rest at 0 ms; goes on if the neuron was running.
    void rewind();
    /// Ends the run within a fifth of a second.
    void stop();
    /// Ends the run at once and forgets what it recorded.
    void clear();

    /// Sends an event to a kind of synapse of the neuron, now. With a rate it is a train of events,
    /// in events per second of neuron time, until release(). A train at the place of the last
    /// single event goes on from that event. False when the poke was dropped.
    bool poke(int kind, int row, double weight, double rateHz = 0.0);
    /// Ends the train of a poke.
    void release();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isLive() const { return m_state != State::Stopped; }
    /// The worker has not reported for BusyMs.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// Recorded voltages: the soma, then the sites in their order.
    [[nodiscard]] const LiveTrace &trace() const { return m_trace; }
    /// Newest voltages [mV] of the soma and all segments; empty before the first report.
    [[nodiscard]] const std::vector<float> &now() const { return m_now; }
    [[nodiscard]] double neuronMs() const { return m_trace.endMs(); }
    /// Neuron time [ms] per wall-clock second, over the last second or so.
    [[nodiscard]] double reachedPace() const;
    /// Numbers of the newest change or poke: of the one that the newest samples show, and of the
    /// one that was sent last.
    [[nodiscard]] quint64 arrivedNumber() const { return m_arrived; }
    [[nodiscard]] quint64 sentNumber() const { return m_number; }
    /// Process id of the worker; 0 when there is none.
    [[nodiscard]] qint64 processId() const { return m_worker.processId(); }

Q_SIGNALS:
    void stateChanged();
    /// trace() and now() have new samples.
    void reported();
    /// The run begins again at 0 because of a change; a sentence says which.
    void restarted(const QString &why);
    void failed(const dt::Error &error);
    void busyChanged(bool busy);
    /// A poke was dropped: nothing runs, or no report has come for BusyMs.
    void pokeDropped();

private:
    /// What the samples of reports mean, from the change with this number on.
    struct Layout
    {
        quint64 number = 0;
        std::vector<int> siteIds;
        int samplesPerMs = 40;
    };

    void begin();
    [[nodiscard]] bool isBegun() const;
    void ensureWorker();
    void setState(State state);
    void changed();
    void sendChanges();
    void control(LiveControlMessage::What what, double ms = 0.0);
    void onReport(const LiveReportMessage &report);
    void onEnded(const EndMessage &end);
    void end();
    void fail(const Error &error);
    void watch();
    void rememberLayout();
    [[nodiscard]] std::vector<Probe> probes() const;

    WorkerProcess m_worker;
    State m_state = State::Stopped;
    Neuron m_neuron;
    std::vector<Electrode> m_electrodes;
    std::vector<LiveSite> m_sites;
    double m_pace = 0.0;
    bool m_pausedAtStart = false;
    double m_stepAtStart = 0.0; ///< [ms] what step() asked for before there was a run

    Neuron m_sentNeuron;
    bool m_neuronDirty = false;
    bool m_electrodesDirty = false;
    bool m_sitesDirty = false;
    QTimer m_sendTimer;
    QElapsedTimer m_sinceSent;

    quint64 m_runId = 0;
    quint64 m_number = 0;
    quint64 m_arrived = 0;
    int m_epoch = -1;
    std::deque<Layout> m_layouts; ///< oldest first; layouts that reports have passed are removed
    LiveTrace m_trace;
    std::vector<int> m_traceIds; ///< ids of the trace's sites, which follow the soma
    std::vector<float> m_now;
    std::deque<std::pair<qint64, double>> m_progress; ///< wall clock [ms], neuron time gone by [ms]
    QElapsedTimer m_clock;
    double m_goneMs = 0.0;
    qint64 m_lastReport = 0; ///< time of m_clock [ms]
    bool m_busy = false;
    QTimer m_watch;
};

} // namespace dt
