// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/CompareView.h"

class QComboBox;
class QLabel;

namespace dt {

class SeriesLegend;

/// How good each network is at each neuron: a group of bars a network, a bar a neuron. Where the
/// same was trained more than once, the bar is the mean and dots are the single twins.
class BarsView : public CompareView
{
    Q_OBJECT

public:
    explicit BarsView(QWidget *parent = nullptr);

    void setTwins(const ComparedTwins &twins) override;
    [[nodiscard]] QString csv() const override;

    [[nodiscard]] Figure figure() const;
    void setFigure(Figure figure);
    /// What is drawn, and where its bars begin.
    [[nodiscard]] const BarTable &table() const { return m_table; }
    [[nodiscard]] double base() const { return m_base; }

    /// Only the plot with its legend: for pictures.
    void setControlsVisible(bool visible);

protected:
    void draw() override;

private:
    void fillBases();
    void drawBars();
    void labelGroups();
    void drawDots(double width, double top);
    void addMarkerSets();

    ComparedTwins m_twins;
    BarTable m_table;
    double m_base = 0.0;
    QWidget *m_controls;
    QComboBox *m_figure;
    QComboBox *m_from;
    PlotCanvas *m_canvas;
    SeriesLegend *m_legend;
    QLabel *m_meaning;
    int m_bars = 0; ///< series that the canvas has
    int m_markers = 0; ///< first set of markers in use
};

} // namespace dt
