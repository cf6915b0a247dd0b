// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Recording.h"
#include "engine/twin/TwinBatch.h"
#include "widgets/plots/PlotStack.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;

namespace dt {

/// Neuron and twin on the same input over one time axis: spikes, soma voltage, near-spike, rate and
/// a dendrite. The neuron is drawn in the text colour, the twin in violet.
class TwinView : public QWidget
{
    Q_OBJECT

public:
    explicit TwinView(QWidget *parent = nullptr);

    /// Shows a recording and a prediction of the same input and length; a null recording empties
    /// the view.
    void setBoth(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin);
    [[nodiscard]] TimeAxis *timeAxis() const { return m_axis; }
    /// Zooms to the half second where the twin's soma voltage errs most.
    void showWorst();
    /// Zooms to the half second where it errs least, among those with a spike of the neuron.
    void showBest();

protected:
    void changeEvent(QEvent *event) override;

private:
    PlotPanel *addPanel(const QString &name, const QString &title, PlotCanvas *canvas, int share,
                        int importance);
    void draw();
    void drawInput();
    void drawPair(PlotCanvas &canvas, std::span<const float> neuron, std::span<const float> twin,
                  double scale);
    void showWindow(bool worst);
    void updateTitle();
    void restyle();

    TimeAxis *m_axis;
    PlotStack *m_stack;
    QLabel *m_title;
    PlotCanvas *m_input;
    PlotCanvas *m_spikes;
    PlotCanvas *m_soma;
    PlotCanvas *m_near;
    PlotCanvas *m_rate;
    PlotCanvas *m_dendrite;
    PlotPanel *m_spikesPanel;
    PlotPanel *m_somaPanel;
    PlotPanel *m_nearPanel;
    PlotPanel *m_ratePanel;
    PlotPanel *m_dendritePanel;
    std::shared_ptr<const Recording> m_neuron;
    TwinPrediction m_twin;
};

} // namespace dt
