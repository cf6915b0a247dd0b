// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentResult.h"

#include <QWidget>

#include <vector>

class QLabel;
class QScrollArea;
class QSplitter;
class QTabBar;
class QTableView;
class QVBoxLayout;

namespace dt {

class PanelGrid;
class PlotPanel;
class ResultPlotDrawer;
class ResultTableModel;
class SeriesLegend;

/// What an experiment found: sentences, plots, traces and the table. show() may be called again and
/// again while the experiment runs. Where there is too little room for plots and table, tabs show
/// one at a time; the same is true for plots that would be too small side by side.
class ResultView : public QWidget
{
    Q_OBJECT

public:
    explicit ResultView(QWidget *parent = nullptr);

    /// `caption` says what was measured on which neuron, for files made of the plots.
    void show(const ExperimentResult &result, const QString &caption);
    /// Empties the view and shows the sentence `why` in its place.
    void clear(const QString &why);
    /// Dims the plots when the neuron or the settings have changed since, and says `why`. Without
    /// `stale` the sentence is shown alone.
    void setStale(bool stale, const QString &why = {});
    [[nodiscard]] bool isEmpty() const { return !m_plots; }
    /// Whether one plot has all the room that there is.
    [[nodiscard]] bool isPlotAlone() const;

Q_SIGNALS:
    /// isEmpty() or isPlotAlone() may have changed.
    void filled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// The properties of a plot that its canvas cannot change; where they differ, another canvas is
    /// made.
    struct PlotKind
    {
        bool map = false;
        bool logX = false;
        bool logY = false;
        bool operator==(const PlotKind &) const = default;
    };

    /// The kinds of a result's plots, and one more for its traces if there are any.
    static std::vector<PlotKind> kindsOf(const ExperimentResult &result);
    void rebuild(const std::vector<PlotKind> &kinds);
    void fitRows();
    void fitPlots();
    /// Chooses what to show in a body of this size. What is then shown may change the size.
    void fitTo(const QSize &all);
    /// Height [px] that a plot as high as `lines` lines of text needs with its legend at this width
    /// [px].
    [[nodiscard]] int plotHeight(int lines, int width) const;
    [[nodiscard]] QString titleOf(std::size_t plot) const;
    void namePages();
    void draw();

    ExperimentResult m_result;
    QLabel *m_empty;
    QLabel *m_stale;
    QLabel *m_conclusions;
    QLabel *m_remarks;
    QWidget *m_body;
    QTabBar *m_turns; ///< plots, table or words
    QTabBar *m_pages; ///< names of the plots, when one is shown at a time
    QSplitter *m_splitter;
    QWidget *m_plotArea;
    QVBoxLayout *m_plotColumn;
    QScrollArea *m_plots = nullptr;
    PanelGrid *m_grid = nullptr; ///< in m_plots
    std::vector<PlotPanel *> m_panels;
    std::vector<SeriesLegend *> m_legends;
    std::vector<ResultPlotDrawer *> m_drawers;
    std::vector<PlotKind> m_kinds;
    QTableView *m_table;
    ResultTableModel *m_model;
    bool m_fitting = false;
    bool m_fitAgain = false; ///< fitting was asked for while m_fitting
};

} // namespace dt
