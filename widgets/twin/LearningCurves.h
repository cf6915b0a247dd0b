// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"

#include <QWidget>

#include <memory>
#include <vector>

class QCheckBox;
class QMenu;
class QSlider;
class QToolButton;

namespace dt {

class PlotCanvas;
class PlotPanel;
class TimeAxis;

/// A training that is drawn beside another.
struct NamedHistory
{
    QString name;
    std::shared_ptr<const TrainingHistory> history;
};

/// A line of a plot.
struct CurvePoints
{
    std::vector<double> x;
    std::vector<double> y;
};

/// How a training went over its iterations: the losses of the five heads and their weighted
/// total, the gradient norm and the learning rate, all on logarithmic scales. Training is pale,
/// validation strong, and a dot shows where the best model was. Wheel, drag and double click work
/// as in plots over time, for all plots together. Iterations count from 1 here.
class LearningCurves : public QWidget
{
    Q_OBJECT

public:
    explicit LearningCurves(QWidget *parent = nullptr);

    void setHistory(const TrainingHistory &history, const TrainingSettings &settings = {});
    /// Sets other trainings that may be drawn beside it; othersChosen() asks for those that a
    /// person chooses.
    void setChoices(const QStringList &names, const QStringList &paths);
    void setOthers(std::vector<NamedHistory> others);
    /// Shows or hides what can be clicked; pictures are made without it.
    void setControlsVisible(bool visible);

Q_SIGNALS:
    void othersChosen(const QStringList &paths);

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeControls();
    [[nodiscard]] QStringList ticked() const;
    void draw();
    void fitValues();
    void drawTile(std::size_t tile);

    struct Tile
    {
        PlotPanel *panel;
        PlotCanvas *canvas;
        std::vector<CurvePoints> lines; ///< as they are drawn, for the scale
    };
    TimeAxis *m_axis; ///< axis of iterations
    QWidget *m_controls;
    QCheckBox *m_logarithmic;
    QSlider *m_smoothing;
    QToolButton *m_beside;
    QMenu *m_choices;
    QStringList m_paths; ///< paths of the choices
    std::vector<Tile> m_tiles; ///< heads, total, gradient norm, learning rate
    TrainingHistory m_history;
    TrainingSettings m_settings;
    std::vector<NamedHistory> m_others;
};

} // namespace dt
