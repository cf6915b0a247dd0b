// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <span>

namespace dt {

class SimulatePage;
class SimulationController;
struct InputEvent;

/// Measures the response that the cursor is on - base, peak, rise, half-width of the soma's trace
/// and of the selected segment's - and shows it in the soma's plot and in a line below the plots.
/// The response begins with the last painted event before the cursor and ends with the next one;
/// with a mark it lies between mark and cursor. GUI thread.
class RunMeasures : public QObject
{
    Q_OBJECT

public:
    RunMeasures(SimulationController *simulation, SimulatePage *page, QObject *parent = nullptr);

private:
    void refresh();

    SimulationController *m_simulation;
    SimulatePage *m_page;
};

/// Start and end of a response [ms]; `from` is negative when the cursor is on no response.
struct ResponseWindow
{
    double fromMs = -1.0;
    double untilMs = -1.0;
};
ResponseWindow responseAt(double cursorMs, const double *markMs,
                          std::span<const InputEvent> painted, double durationMs);

} // namespace dt
