// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationCost.h"
#include "engine/jobs/SimulationEngine.h"
#include "engine/recording/RunHistory.h"
#include "widgets/runs/RunPlots.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <memory>
#include <optional>

namespace dt {

class Document;
struct ChangeEvent;
class SimulatePage;
class StatusStrip;

/// Runs the document's neuron on the engine and feeds the Simulate page: on request, and by
/// itself after edits that are quick to simulate. One run at a time; a newer one replaces it.
class SimulationController : public QObject
{
    Q_OBJECT

public:
    SimulationController(Document *document, SimulationEngine *engine, SimulatePage *page,
                         StatusStrip *status, QObject *parent = nullptr);

    void run();
    void stop();
    void setPace(double msPerSecond);
    /// Whether the neuron runs again by itself after every edit.
    void setAutoRun(bool on);
    /// Whether edits wait for their run, because nobody looks at the plots while a live run has the
    /// neuron.
    void setWaiting(bool waiting);

    [[nodiscard]] bool isRunning() const { return m_job && !m_job->isOver(); }
    /// The last finished run that is shown.
    [[nodiscard]] const std::optional<Recording> &recording() const { return m_recording; }
    [[nodiscard]] int runId() const { return m_shownId; }
    /// What the newest run was made from.
    [[nodiscard]] const RunSetup &setup() const { return m_setup; }

    /// Number of the current run, or of the last one.
    [[nodiscard]] int newestRunId() const { return m_jobId; }
    /// What the shown run has measured so far, and what it says of every ms.
    [[nodiscard]] const VoltageTrace &trace() const;
    [[nodiscard]] const SomaLabels &labels() const { return m_labels; }
    [[nodiscard]] bool isPaced() const { return m_pace > 0.0; }
    /// Milliseconds that the engine needed for a second of the neuron's time in the last run that
    /// nothing slowed down; negative: there was none.
    [[nodiscard]] double msPerSecond() const { return m_msPerSecond; }

Q_SIGNALS:
    void runningChanged(bool running);
    /// A run was handed to the engine.
    void begun(const dt::SpikeInput &input);
    /// The page was emptied for the newest run: its first samples are there.
    void shown();
    /// trace() and labels() have new samples.
    void grew();
    /// A run came to its end by itself.
    void finished();
    /// A run came to its end by itself, with all that is to be kept of it.
    void recorded(const dt::RunRecord &record);
    void failed(const dt::Error &error);

private:
    void onDocumentChanged(const ChangeEvent &event);
    /// Another project: runs of the one before are gone, and numbers begin again.
    void forget();
    void dropJob();
    void onTick();
    void onEnded(SimulationJob *job);
    void showProgress();
    void feedPage();
    void remember(const Recording &recording);
    [[nodiscard]] QString unheardSentence() const;
    [[nodiscard]] double expectedSeconds() const;
    [[nodiscard]] std::optional<quint64> shownSeed() const;

    Document *m_document;
    SimulationEngine *m_engine;
    SimulatePage *m_page;
    StatusStrip *m_status;
    QPointer<SimulationJob> m_job;
    QTimer m_debounce;
    QTimer m_staleDelay;
    QTimer m_tick;
    QElapsedTimer m_started;
    std::size_t m_unheard = 0; ///< painted events that the newest run left out
    QString m_restartedWhy; ///< why the first try of the running job broke off
    std::deque<RunSpikes> m_history;
    std::optional<Recording> m_recording;
    RunSetup m_setup;
    std::shared_ptr<const VoltageTrace>
        m_lastTrace; ///< the shown run's trace when it is over; never null
    SomaLabels m_labels; ///< labels of the shown run
    double m_msPerSecond = -1.0;
    int m_lastId = 0;
    int m_jobId = 0; ///< run number of m_job
    int m_shownId = 0; ///< number of the run whose samples the page shows
    double m_pace = 0.0;
    /// Cost of recent runs; decides what is quick enough to run unasked.
    SimulationCost m_cost{1.0e-5, 12.0};
    bool m_autoRun = true;
    bool m_waiting = false;
    bool m_wanted = false; ///< a run is waiting
    bool m_outdated = false; ///< the document was edited since the last run began
};

} // namespace dt
