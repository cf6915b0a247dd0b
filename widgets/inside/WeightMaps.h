// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inside/InsideTwin.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QListWidget;

namespace dt {

class PlotCanvas;
class PlotTile;

/// First-layer weights of one twin: a strip of its units, strongest first (arrow keys go along it),
/// the excitatory and inhibitory weights of the chosen unit by segment and age of the input, and
/// below, over the same axis, how long the neuron's synapses act. For a layer that sees only the
/// present ms, all units are shown side by side.
class WeightMaps : public QWidget
{
    Q_OBJECT

public:
    /// `name` begins the object names of its parts.
    explicit WeightMaps(const QString &name, QWidget *parent = nullptr);

    void setTwin(const std::optional<InsideTwin> &twin);
    /// Shows the twin's name above, where there are two twins.
    void setTitled(bool on);
    /// Sets the range of ages that is shown, so that two twins have the same axis.
    void setAges(int ms);
    /// Scales the colours to each unit's own largest weight; otherwise to the largest weight of the
    /// layer.
    void setNormalised(bool on);

    /// Number that the shown unit has in the network; -1 when none is shown.
    [[nodiscard]] int unit() const;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Side
    {
        Polarity polarity;
        PlotCanvas *map;
        PlotTile *mapTile;
        PlotCanvas *kernels;
        PlotTile *kernelTile;
    };

    [[nodiscard]] bool showsAges() const;
    void fillStrip();
    void fitStrip();
    void restyle();
    void draw();
    void drawMap(const Side &side);
    void drawAllUnits(const Side &side);
    void drawKernels(const Side &side);
    void writeLegend();

    QGridLayout *m_grid;
    QLabel *m_title;
    QListWidget *m_strip;
    QLabel *m_legend;
    std::vector<Side> m_sides;
    std::optional<InsideTwin> m_twin;
    int m_ages = 0;
    bool m_normalised = true;
};

} // namespace dt
