// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Labels.h"
#include "engine/recording/Recording.h"
#include "widgets/runs/RunPlots.h"

#include <QWidget>

class QFrame;
class QLabel;

namespace dt {

class CellView;
class Document;
class RunStrip;
class RunsPanel;
class SpacePlot;
class StimulusForm;
class TwinBar;

/// The page on which the neuron is simulated: input, plots, and the cell coloured by voltage. Knows
/// nothing of engines; a controller feeds it.
class SimulatePage : public QWidget
{
    Q_OBJECT

public:
    explicit SimulatePage(Document *document, QWidget *parent = nullptr);

    [[nodiscard]] RunPlots *plots() const { return m_plots; }
    [[nodiscard]] TwinBar *twinBar() const { return m_twinBar; }
    [[nodiscard]] CellView *cell() const { return m_cell; }
    [[nodiscard]] RunsPanel *runs() const { return m_runs; }
    [[nodiscard]] RunStrip *strip() const { return m_strip; }
    [[nodiscard]] SpacePlot *space() const { return m_space; }
    /// Number of the run that is shown; 0 for none.
    [[nodiscard]] int runId() const { return m_runId; }

    /// Clears what was shown: the first samples of run `id` are about to come.
    void beginRun(int id, const Neuron &neuron, int durationMs,
                  const std::vector<Electrode> &electrodes = {});
    /// Shows a trace that has grown. `now` [mV], soma first, colours the cell; it may be empty.
    void extend(const VoltageTrace &trace, const SomaLabels &labels, const std::vector<float> &now);
    /// Marks the run that is shown as one that no longer belongs to the document.
    void setStale(bool stale);
    /// Draws older runs behind the one that is shown.
    void setGhosts(const std::vector<RunRecord> &pinned);

Q_SIGNALS:
    void runRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colourAtCursor();
    void colourAt(int wholeMs);
    void placeStaleBar();
    /// Hides V(x) where there is no room for it, so that the input can still be reached.
    void chooseShown();
    void refresh();
    /// Resets everything to how it is before the first run of a project.
    void clear();
    void followSelection();
    void refreshLegend();
    void reroll();

    Document *m_document;
    RunPlots *m_plots;
    TwinBar *m_twinBar;
    CellView *m_cell;
    SpacePlot *m_space;
    RunStrip *m_strip;
    RunsPanel *m_runs;
    StimulusForm *m_form;
    QFrame *m_staleBar;
    QLabel *m_staleText;
    QLabel *m_cellCaption;
    int m_durationMs = 0; ///< duration of the run that is shown
    int m_runId = 0;
    bool m_stale = false;
};

} // namespace dt
