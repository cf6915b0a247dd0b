// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotPanel.h"

#include <QSplitter>

#include <vector>

namespace dt {

/// Plots above each other with one time axis. Heights are adjustable; one plot can take all; only
/// the lowest visible one labels the time. In a stack too low for all of them the least important
/// ones step back until there is room again: none is ever cut.
class PlotStack : public QSplitter
{
    Q_OBJECT

public:
    explicit PlotStack(TimeAxis *axis, QWidget *parent = nullptr);

    /// Adds a panel. `share`: its part of the plotting height at first. `minimumLines`: the least
    /// height, in lines of caption text. Panels of the least `importance` step back first.
    void addPanel(PlotPanel *panel, int share, int minimumLines, int importance);
    void setPanelVisible(PlotPanel *panel, bool visible);
    /// All panels, from top to bottom.
    [[nodiscard]] std::vector<PlotPanel *> panels() const;
    /// The wanted plots from top to bottom, including those that stepped back.
    [[nodiscard]] std::vector<const PlotCanvas *> wantedPlots() const;
    /// Room for the two most important panels.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Tells how many wanted plots have no room.
    void hiddenChanged(int count);

protected:
    void changeEvent(QEvent *event) override;
    /// Escape ends what a maximise button began.
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Item
    {
        PlotPanel *panel;
        int share;
        int minimumLines;
        int importance;
        bool wanted = true;
        bool shown = true;
    };

    void maximise(PlotPanel *panel, bool maximised);
    void layOut();
    void chooseShown();
    void shareHeight();
    [[nodiscard]] Item *leastImportantShown();
    [[nodiscard]] int leastHeight() const;

    TimeAxis *m_axis;
    std::vector<Item> m_items;
    PlotPanel *m_maximised = nullptr;
    int m_hidden = 0; ///< number of plots that are wanted but have no room
    /// These panels have shared out the height; until others are shown, heights are the user's.
    std::vector<PlotPanel *> m_arranged;
};

} // namespace dt
