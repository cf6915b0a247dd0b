// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotPanel.h"

#include <QSplitter>

#include <vector>

namespace dt {

/// Plots above each other with one time axis. Heights are adjustable; one plot can take all; only
/// the lowest visible one labels the time.
class PlotStack : public QSplitter
{
    Q_OBJECT

public:
    explicit PlotStack(TimeAxis *axis, QWidget *parent = nullptr);

    /// `share` of the plotting height at first; minimum of it in lines of caption text.
    void addPanel(PlotPanel *panel, int share, int minimumLines);
    void setPanelVisible(PlotPanel *panel, bool visible);
    void setStale(bool stale);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void maximise(PlotPanel *panel, bool maximised);
    void layOut();

    struct Item
    {
        PlotPanel *panel;
        int share;
        int minimumLines;
        bool wanted = true;
    };
    TimeAxis *m_axis;
    std::vector<Item> m_items;
    PlotPanel *m_maximised = nullptr;
    bool m_arranged = false; ///< heights were shared out once; from then on they are the user's
};

} // namespace dt
