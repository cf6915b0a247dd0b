// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/Evaluation.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;

namespace dt {

class PanelGrid;
class PlotCanvas;
class PlotPanel;

/// How good a twin is, in nine pictures: how well it tells spikes (ROC curves with their first
/// corner magnified, precision over recall), whether its probabilities are right (in long bins and
/// one by one), how good it is in every simulation and segment, and its voltages and rate against
/// the neuron's.
class EvaluationPlots : public QWidget
{
    Q_OBJECT

public:
    explicit EvaluationPlots(QWidget *parent = nullptr);

    void setEvaluation(const std::optional<Evaluation> &evaluation);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Tile
    {
        PlotPanel *panel = nullptr;
        PlotCanvas *canvas = nullptr;
    };

    [[nodiscard]] std::vector<Tile> tiles() const;
    Tile addTile(const QString &name, const QString &title);
    void draw();
    void drawRoc();
    void drawPrecision();
    void drawCalibration();
    void drawReliability();
    void drawPerSimulation();
    void drawSegments();
    /// Draws marks in place of bars that would go below zero, with their numbers where there is
    /// room.
    void markPoorSegments(const std::vector<double> &explained);
    void drawScatter(const Tile &tile, const RegressionEvaluation &scores, double scale,
                     const QString &unit);
    void drawIdentity(PlotCanvas &canvas, int line, double from, double to);

    PanelGrid *m_grid;
    Tile m_roc;
    Tile m_precision;
    Tile m_calibration;
    Tile m_reliability;
    Tile m_soma;
    Tile m_rate;
    Tile m_dend;
    Tile m_perSimulation;
    Tile m_segments;
    QComboBox *m_score; ///< which score of the simulations is drawn
    std::optional<Evaluation> m_evaluation;
};

} // namespace dt
