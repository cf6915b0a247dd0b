// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Evaluation.h"

#include <QWidget>

#include <optional>

namespace dt {

class PlotCanvas;
class PlotTile;

/// How good a twin is, in eight pictures: how well it tells spikes (ROC curves, precision over
/// recall), whether its probabilities are right (in long bins and one by one), and its voltages and
/// rate against the neuron's.
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
        PlotTile *tile = nullptr;
        PlotCanvas *canvas = nullptr;
    };

    Tile addTile(const QString &name, const QString &title, int row, int column);
    void draw();
    void drawRoc();
    void drawPrecision();
    void drawCalibration();
    void drawReliability();
    void drawScatter(const Tile &tile, const RegressionEvaluation &scores, double scale,
                     const QString &unit);
    void drawIdentity(PlotCanvas &canvas, int line, double from, double to);

    Tile m_roc;
    Tile m_precision;
    Tile m_calibration;
    Tile m_reliability;
    Tile m_soma;
    Tile m_rate;
    Tile m_dend;
    Tile m_perSimulation;
    std::optional<Evaluation> m_evaluation;
};

} // namespace dt
