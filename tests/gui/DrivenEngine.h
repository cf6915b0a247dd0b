// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationEngine.h"

#include <QPointer>

#include <vector>

namespace dt::test {

/// Made-up voltages of a run that nobody simulates.
struct DrivenWave
{
    double restMv = -80.0; ///< voltage of the soma and of segment 0 at rest
    double stepMv = 0.5; ///< every further segment is this much higher
    std::vector<int> spikesMs; ///< the soma peaks at 30 mV in the middle of these ms

    [[nodiscard]] float soma(double ms) const;
    [[nodiscard]] float dendrite(int row) const;
};

/// Simulates nothing: every submitted job waits for the test to drive it. Cancelled jobs end as a
/// worker's would, when the event loop runs again.
class DrivenEngine : public QObject, public SimulationEngine
{
    Q_OBJECT

public:
    [[nodiscard]] std::string name() const override { return "fake"; }
    SimulationJob *submit(SimulationRequest request, QObject *parent) override;

    /// The requests, in order.
    [[nodiscard]] const std::vector<SimulationRequest> &requests() const { return m_requests; }
    [[nodiscard]] int submitted() const { return static_cast<int>(m_requests.size()); }
    /// Jobs that were asked to stop or were deleted before they were over.
    [[nodiscard]] int cancels() const { return m_cancels; }
    /// Paces that were asked for while running.
    [[nodiscard]] const std::vector<double> &paces() const { return m_paces; }

    /// The newest job; null when there is none or it was deleted.
    [[nodiscard]] SimulationJob *job() const { return m_job; }
    /// Every job runs to its end when the event loop is free.
    void setRunsByItself(bool on) { m_byItself = on; }
    /// What the newest job's samples are made from.
    void setWave(const DrivenWave &wave) { m_wave = wave; }
    /// Whether cancelled jobs end; false: they stay Running, as when the worker is slow to hear of
    /// it.
    void setObedient(bool on) { m_obedient = on; }

    // Drive the newest job.
    void begin();
    /// Sends samples up to `ms`, with the closing one when that is the end.
    void appendTo(int ms);
    void finish(double seconds = 0.01);
    /// Begins the job, sends all samples and finishes it.
    void complete(double seconds = 0.01);

private:
    std::vector<SimulationRequest> m_requests;
    std::vector<double> m_paces;
    QPointer<SimulationJob> m_job;
    DrivenWave m_wave;
    int m_cancels = 0;
    bool m_byItself = false;
    bool m_obedient = true;
};

} // namespace dt::test
