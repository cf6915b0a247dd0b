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

/// What an experiment found: sentences, plots, traces and the table. May be shown again and again
/// while the experiment runs. Where there is too little room for plots and table they take turns,
/// and where the plots would be too small side by side they do, too.
class ResultView : public QWidget
{
    Q_OBJECT

public:
    explicit ResultView(QWidget *parent = nullptr);

    /// `caption` goes into files made of the plots: what was measured on which neuron.
    void show(const ExperimentResult &result, const QString &caption);
    /// Nothing measured yet: says what would be.
    void clear(const QString &why);
    /// The neuron or the settings have changed since: dims the plots, and says `why`. A sentence
    /// alone is shown, too.
    void setStale(bool stale, const QString &why = {});
    [[nodiscard]] bool isEmpty() const { return !m_plots; }
    /// One plot has all the room that there is.
    [[nodiscard]] bool isPlotAlone() const;

Q_SIGNALS:
    /// isEmpty() or isPlotAlone() may be another.
    void filled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// What a canvas cannot change: another one is made.
    struct PlotKind
    {
        bool map = false;
        bool logX = false;
        bool logY = false;
        bool operator==(const PlotKind &) const = default;
    };

    /// Of its plots, and one more of its traces if there are any.
    static std::vector<PlotKind> kindsOf(const ExperimentResult &result);
    void rebuild(const std::vector<PlotKind> &kinds);
    void fitRows();
    void fitPlots();
    /// In a body of this size, which may become another by what is then shown.
    void fitTo(const QSize &all);
    /// Height that a plot needs with its legend in this width [px].
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
    QTabBar *m_pages; ///< one plot at a time
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
    bool m_fitAgain = false; ///< asked for while it went on
};

} // namespace dt
