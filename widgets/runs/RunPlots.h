// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "engine/input/Electrode.h"
#include "engine/recording/Labels.h"
#include "engine/recording/Recording.h"
#include "engine/recording/RunHistory.h"
#include "engine/twin/TwinBatch.h"
#include "widgets/plots/MeasureMarks.h"
#include "widgets/plots/PlotStack.h"

#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;

namespace dt {

class Document;
class ElectrodePlot;
class EventPainter;
class VoltageMap;

/// Output spikes of one finished run, for the raster of the last runs.
struct RunSpikes
{
    int id = 0;
    std::vector<int> ms;
};

/// All plots of a run above each other: input, V(x, t), soma, dendrite, near-spike, rate, and the
/// spikes of the last runs. Filled piece by piece while a run goes on. With a twin, what it says is
/// drawn over what the neuron does, in violet, and its spikes take the place of V(x, t) and of the
/// last runs. Ghosts are older runs and foreign traces, drawn behind in grey with dashes; with
/// "Difference" this run minus each of them has a plot, and V(x, t) is that of this run minus the
/// first ghost.
class RunPlots : public QWidget
{
    Q_OBJECT

public:
    explicit RunPlots(Document *document, QWidget *parent = nullptr);

    [[nodiscard]] EventPainter *painter() const { return m_painter; }
    [[nodiscard]] TimeAxis *timeAxis() const { return m_axis; }
    /// Where results are drawn, below the input [this widget's pixels].
    [[nodiscard]] QRect resultArea() const;

    /// Empties the result plots for a run of this neuron. With electrodes there is a plot of what
    /// they inject; the trace then begins its probes with electrodeProbes().
    void beginRun(int id, const Neuron &neuron, int durationMs,
                  const std::vector<Electrode> &electrodes = {});
    /// Draws what is new in a growing trace; labels cover its whole ms.
    void extend(const VoltageTrace &trace, const SomaLabels &labels);
    /// Results belong to an older parameter set.
    void setStale(bool stale);
    void setHistory(const std::vector<RunSpikes> &newestFirst);
    /// Room for a twin, or the plots as they are without one.
    void setTwinShown(bool shown);
    [[nodiscard]] bool isTwinShown() const { return m_twinShown; }
    /// What a twin says of the run that is shown, as long as the run, said up to reachedMs. The
    /// same again with more, or, after beginRun(), another one.
    void extendTwin(const TwinPrediction &said, int reachedMs);
    /// Another twin is going to say something else of the same run.
    void clearTwin();
    /// A segment whose dendritic trace is drawn besides the standard ones, and over the soma's.
    void setSelectedRow(std::optional<int> row);
    [[nodiscard]] std::optional<int> selectedRow() const { return m_selectedRow; }
    /// Behind the run that is shown; a record of that run itself is not drawn.
    void setGhosts(const std::vector<RunRecord> &pinned);
    /// Those that are drawn.
    [[nodiscard]] const std::vector<RunRecord> &ghosts() const { return m_ghosts; }
    /// Base, peak, rise and half-width of the soma's trace and of the selected segment's, in the
    /// soma's plot.
    void setMeasures(const std::vector<MeasureMarks> &marks);
    /// What the plots say below their pictures in files, e.g. "Run 12, seed 4711".
    void setStamp(const QString &stamp);

    /// Of the run that is shown.
    [[nodiscard]] const Neuron &neuron() const { return m_neuron; }
    [[nodiscard]] const VoltageTrace &trace() const { return m_trace; }

Q_SIGNALS:
    /// A click into V(x, t): this segment's row.
    void rowClicked(int row);
    void ghostsChanged();
    /// Traces, cursor or selection are others: what stands beside the plots follows.
    void looksChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    /// A resting cell is not magnified to its last digits.
    static constexpr double LeastShownMv = 1.5;

    PlotPanel *addPanel(const QString &name, const QString &title, PlotCanvas *canvas, int share,
                        int minimumLines, int importance);
    void addElectrodePanel();
    void chooseRows();
    void drawSoma(std::size_t from);
    /// Of a curve in the soma's plot, which may be cut.
    [[nodiscard]] QString somaName(const QString &whose) const;
    void drawDendrite(int fromMs);
    void drawLabels(const SomaLabels &labels);
    void nameSomaReferences();
    /// Heights follow the data: they grow while a run does, and fit it when it is over.
    void scaleSoma();
    void scaleDendrite();
    [[nodiscard]] bool isOver() const { return m_trace.recordedMs >= m_durationMs; }
    void updateReadOuts();
    void updateRateAxis();
    void drawTwin(int fromMs);
    void drawSegment();
    void drawGhosts();
    void drawDendriteGhosts();
    void drawDifference(std::size_t from);
    void scaleDifference();
    void showMap();
    void chooseGhosts();
    [[nodiscard]] const RunRecord *mapGhost() const;
    void readOutInput();
    void readOutMap(std::size_t ms);
    void readOutDifference();
    [[nodiscard]] QString besides(const std::vector<float> &said, double scale, int digits) const;
    void restyle();
    void showAsEmpty(bool empty);

    Document *m_document;
    TimeAxis *m_axis;
    PlotStack *m_stack;
    EventPainter *m_painter;
    VoltageMap *m_map;
    PlotCanvas *m_spikes;
    PlotCanvas *m_soma;
    PlotCanvas *m_difference;
    PlotCanvas *m_dendrite;
    ElectrodePlot *m_electrodes;
    PlotCanvas *m_near;
    PlotCanvas *m_rate;
    PlotCanvas *m_raster;
    PlotPanel *m_inputPanel;
    PlotPanel *m_mapPanel;
    PlotPanel *m_spikesPanel;
    PlotPanel *m_somaPanel;
    PlotPanel *m_differencePanel;
    PlotPanel *m_dendritePanel;
    PlotPanel *m_electrodesPanel = nullptr;
    PlotPanel *m_nearPanel;
    PlotPanel *m_ratePanel;
    PlotPanel *m_rasterPanel;
    QCheckBox *m_capped;
    QComboBox *m_electrodeQuantity = nullptr;
    QCheckBox *m_differenceCheck;

    int m_runId = 0;
    int m_durationMs = 0; ///< of the run that is shown
    SteadyRange m_somaRange{LeastShownMv, -90.0, 50.0};
    SteadyRange m_dendriteRange{LeastShownMv, -90.0, 0.0};
    Extent m_somaSeen; ///< of the run, as drawn
    Extent m_ghostsSeen;
    Extent m_dendriteSeen;
    Neuron m_neuron; ///< of the run that is shown
    VoltageTrace m_trace;
    SomaLabels m_labels;
    std::vector<int> m_rows; ///< whose dendritic traces are drawn, proximal first
    std::optional<int> m_selectedRow;
    std::vector<RunRecord> m_pinned;
    std::vector<RunRecord> m_ghosts; ///< m_pinned without the run that is shown, by slot
    std::vector<MeasureMarks> m_measures;
    float m_largestDifference = 0.0F;

    bool m_twinShown = false;
    bool m_cappedBefore = false; ///< what the box said before there was a twin
    TwinPrediction m_twin;
    int m_twinMs = 0; ///< said of it
};

} // namespace dt
