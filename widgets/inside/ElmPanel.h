// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inside/InsideTwin.h"

#include <QWidget>

class QLabel;

namespace dt {

class PlotCanvas;
class PlotTile;

/// How an ELM remembers: its time constants from the shortest to the longest beside the decay of
/// the neuron's synapses, and how strongly it takes the input of each segment. A second twin is
/// drawn with it, in grey.
class ElmPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ElmPanel(QWidget *parent = nullptr);

    void setTwins(const std::optional<InsideTwin> &twin, const std::optional<InsideTwin> &second);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();
    void drawTimes();
    void drawInputs();

    QLabel *m_sentence;
    PlotCanvas *m_times;
    PlotTile *m_timesTile;
    PlotCanvas *m_inputs;
    PlotTile *m_inputsTile;
    std::optional<InsideTwin> m_twin;
    std::optional<InsideTwin> m_second;
    int m_references = 0;
};

} // namespace dt
