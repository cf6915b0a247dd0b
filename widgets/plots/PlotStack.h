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

    /// `share` of the plotting height at first; minimum of it in lines of caption text. Panels of
    /// the least `importance` step back first.
    void addPanel(PlotPanel *panel, int share, int minimumLines, int importance);
    void setPanelVisible(PlotPanel *panel, bool visible);
    /// All, from above.
    [[nodiscard]] std::vector<PlotPanel *> panels() const;
    /// From above, also those that stepped back.
    [[nodiscard]] std::vector<const PlotCanvas *> wantedPlots() const;
    /// Room for the two most important panels.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// So many wanted plots have no room.
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
    int m_hidden = 0; ///< wanted, but without room
    /// These panels have shared out the height; until others are shown, heights are the user's.
    std::vector<PlotPanel *> m_arranged;
};

} // namespace dt
