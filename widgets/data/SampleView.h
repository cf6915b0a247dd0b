// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/dataset/StoredSimulation.h"
#include "widgets/plots/PlotStack.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace dt {

class VoltageMap;

/// One simulation of a data set as it is stored: input, dendrite, soma with its spikes, near-spike
/// and rate over one time axis.
class SampleView : public QWidget
{
    Q_OBJECT

public:
    explicit SampleView(QWidget *parent = nullptr);

    /// `title` says which simulation it is; its statistics are added to the title. Null empties the
    /// view.
    void setSample(const Neuron &neuron, std::shared_ptr<const StoredSimulation> sample,
                   const QString &title);
    /// What the empty view says.
    void setEmptyText(const QString &text);
    [[nodiscard]] TimeAxis *timeAxis() const { return m_axis; }

protected:
    void changeEvent(QEvent *event) override;

private:
    PlotPanel *addPanel(const QString &name, const QString &title, PlotCanvas *canvas, int share,
                        int minimumLines, int importance);
    void draw();
    void drawInput();
    void drawDendrite();
    void updateReadOuts();
    void restyle();

    TimeAxis *m_axis;
    PlotStack *m_stack;
    QLabel *m_title;
    QLabel *m_hidden; ///< says that some plots have no room
    PlotCanvas *m_input;
    PlotCanvas *m_dendrite;
    PlotCanvas *m_soma;
    PlotCanvas *m_near;
    PlotCanvas *m_rate;
    PlotPanel *m_inputPanel;
    PlotPanel *m_dendritePanel;
    PlotPanel *m_somaPanel;
    PlotPanel *m_nearPanel;
    PlotPanel *m_ratePanel;

    Neuron m_neuron;
    std::shared_ptr<const StoredSimulation> m_sample;
    QString m_emptyText;
};

} // namespace dt
