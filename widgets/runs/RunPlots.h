// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Electrode.h"
#include "widgets/plots/MeasureMarks.h"
#include "widgets/plots/PlotStack.h"
#include "widgets/runs/ShownRun.h"
#include "widgets/runs/SpikeRaster.h"

#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;

namespace dt {

class DendritePanel;
class Document;
class ElectrodePlot;
class EventPainter;
class RunPanel;
class SomaPanel;
class VoltageMap;

/// All plots of a run above each other: input, V(x, t), soma, dendrite, near-spike, rate, and the
/// spikes of the last runs. Filled piece by piece while a run goes on. With a twin, what it says is
/// drawn over what the neuron does, in violet, and its spikes take the place of V(x, t) and of the
/// last runs. Ghosts are older runs and foreign traces, drawn behind in grey with dashes; with
/// "Difference" this run minus each of them has a plot, and V(x, t) is that of this run minus the
/// first ghost. Each RunPanel draws its plot; here is decided what is shown and which are.
class RunPlots : public QWidget
{
    Q_OBJECT

public:
    explicit RunPlots(Document *document, QWidget *parent = nullptr);

    [[nodiscard]] EventPainter *painter() const { return m_painter; }
    [[nodiscard]] TimeAxis *timeAxis() const { return m_axis; }
    /// The area of the results, below the input [pixels of this widget].
    [[nodiscard]] QRect resultArea() const;

    /// Empties the result plots for a run of this neuron. With electrodes there is a plot of what
    /// they inject; the trace then begins its probes with electrodeProbes().
    void beginRun(int id, const Neuron &neuron, int durationMs,
                  const std::vector<Electrode> &electrodes = {});
    /// Draws what is new in a growing trace; labels cover its whole ms.
    void extend(const VoltageTrace &trace, const SomaLabels &labels);
    /// Whether the results belong to an older parameter set.
    void setStale(bool stale);
    void setHistory(const std::vector<RunSpikes> &newestFirst)
    {
        m_raster->setHistory(newestFirst);
    }
    /// Whether there is room for a twin; false gives the plots as they are without one.
    void setTwinShown(bool shown);
    [[nodiscard]] bool isTwinShown() const { return m_run.withTwin; }
    /// Draws what a twin says of the run that is shown. `said` is as long as the run and said up to
    /// reachedMs. Call it again with more, or after beginRun() with another prediction.
    void extendTwin(const TwinPrediction &said, int reachedMs);
    /// Removes what a twin said, as another twin is going to say something of the same run.
    void clearTwin();
    /// The segment whose trace is drawn besides the standard ones, and over the soma's.
    void setSelectedRow(std::optional<int> row);
    [[nodiscard]] std::optional<int> selectedRow() const { return m_run.selectedRow; }
    /// Ghosts to draw behind the run that is shown; a record of that run itself is not drawn.
    void setGhosts(const std::vector<RunRecord> &pinned);
    /// The ghosts that are drawn.
    [[nodiscard]] const std::vector<RunRecord> &ghosts() const { return m_run.ghosts; }
    /// Marks of base, peak, rise and half-width on the soma's trace and the selected segment's, in
    /// the soma's plot.
    void setMeasures(const std::vector<MeasureMarks> &marks);
    /// What the plots say below their pictures in files, e.g. "Run 12, seed 4711".
    void setStamp(const QString &stamp);

    /// The neuron and the trace of the run that is shown.
    [[nodiscard]] const Neuron &neuron() const { return m_run.neuron; }
    [[nodiscard]] const VoltageTrace &trace() const { return m_run.trace; }

Q_SIGNALS:
    /// V(x, t) was clicked at this segment's row.
    void rowClicked(int row);
    void ghostsChanged();
    /// Traces, cursor or selection have changed: what stands beside the plots follows.
    void looksChanged();

private:
    void addRunPanel(RunPanel *panel, int share, int minimumLines, int importance);
    void addElectrodePanel();
    void addSomaChecks();
    void draw();
    void chooseGhosts();
    void showGhosts();
    void updateReadOuts();
    void showAsEmpty(bool empty);

    ShownRun m_run; ///< what all of m_runPanels draw
    std::vector<RunRecord> m_pinned; ///< the ghosts, and perhaps the run that is shown

    Document *m_document;
    TimeAxis *m_axis;
    PlotStack *m_stack;
    EventPainter *m_painter;
    VoltageMap *m_map;
    ElectrodePlot *m_electrodes;
    SpikeRaster *m_raster;
    PlotPanel *m_inputPanel;
    PlotPanel *m_mapPanel;
    PlotPanel *m_electrodesPanel;
    PlotPanel *m_rasterPanel;
    RunPanel *m_spikes;
    SomaPanel *m_soma;
    RunPanel *m_difference;
    DendritePanel *m_dendrite;
    std::vector<RunPanel *> m_runPanels;
    QCheckBox *m_capped;
    bool m_cappedBefore = false; ///< what the box said before there was a twin
    QCheckBox *m_differenceCheck;
};

} // namespace dt
