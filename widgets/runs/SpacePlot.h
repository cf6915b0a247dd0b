// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "engine/cell/DendritePath.h"
#include "engine/recording/RunHistory.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace dt {

class PlotCanvas;
class TimeAxis;

/// Voltage against distance from the soma at one moment of a run, along the way to one tip, with
/// the ghosts' behind it. The moment is the cursor's; a slider, its arrow keys and a slow-motion
/// button move it, and when the mouse leaves the plots it stays where it was.
class SpacePlot : public QWidget
{
    Q_OBJECT

public:
    explicit SpacePlot(TimeAxis *axis, QWidget *parent = nullptr);

    /// The run that is shown; the trace is asked again whenever something has to be drawn, so it
    /// must live as long as this or until the next call. Call after every change of it.
    void showRun(const Neuron &neuron, const VoltageTrace &trace, int durationMs);
    void setGhosts(const std::vector<RunRecord> &ghosts);
    /// Row of the segment that is marked in the plot; -1 for none.
    void setSelectedRow(int row);
    void setStamp(const QString &stamp);

    [[nodiscard]] PlotCanvas *canvas() const { return m_canvas; }
    /// The moment that is shown [whole ms].
    [[nodiscard]] int momentMs() const { return m_momentMs; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void refreshTips();
    void choosePaths();
    void followCursor();
    void moveTo(int ms);
    void setPlaying(bool on);
    void play();
    void draw();
    void restyle();
    [[nodiscard]] int chosenTip() const;

    TimeAxis *m_axis;
    PlotCanvas *m_canvas;
    QLabel *m_readOut;
    QComboBox *m_tip;
    QSlider *m_slider;
    QToolButton *m_play;
    QToolButton *m_mark;
    QComboBox *m_pace;
    QTimer m_timer;
    QElapsedTimer m_sinceStep;
    double m_playedMs = 0.0;

    Neuron m_neuron;
    bool m_hasNeuron = false;
    const VoltageTrace *m_trace = nullptr;
    std::vector<DendritePath::Stop> m_path;
    struct Ghost
    {
        RunRecord run;
        std::vector<DendritePath::Stop> path;
        Extent seen;
    };
    std::vector<Ghost> m_ghosts;
    int m_selectedRow = -1;
    int m_momentMs = 0;
    int m_drawnMs = 0;
    bool m_moving = false;
    bool m_isOver = false;
    Extent m_seen; ///< of the run
    SteadyRange m_range;
};

} // namespace dt
