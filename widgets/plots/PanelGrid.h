// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotPanel.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QScrollArea;

namespace dt {

/// Plots side by side in rows of equal size, with fewer in a row where the width is too small. One
/// plot can take all the room, until it is restored by its button or by Escape.
class PanelGrid : public QWidget
{
    Q_OBJECT

public:
    /// `columns`: the most plots in a row. All plots have room on their left for a tick as wide as
    /// `widestTick`, and for the name of the axis if `namedAxes`.
    PanelGrid(int columns, QString widestTick, bool namedAxes, QWidget *parent = nullptr);

    /// Adds a plot at the next place, row by row.
    PlotPanel *addPlot(const QString &name, const QString &title, PlotCanvas *canvas);

    /// Height that a plot needs, in lines of caption text.
    void setLeastLines(int lines);
    /// Number of rows of plots in this width [px].
    [[nodiscard]] int rowsIn(int width) const;
    /// Shows only this plot, without a button to restore the others; -1 shows all.
    void showOnly(int index);

    [[nodiscard]] bool isMaximised() const { return m_maximised; }

    /// Puts the grid into an area that scrolls where there is too little room for all plots.
    QScrollArea *scrolled();

Q_SIGNALS:
    /// One plot has all the room, or all have their places again.
    void maximisedChanged();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void maximise(PlotPanel *panel);
    void restyle();
    void arrange();
    [[nodiscard]] int columnsIn(int width) const;

    int m_mostColumns;
    int m_columns = 0; ///< columns in use
    /// Lines that a plot needs for caption, axis with its name, and a plot that can be read.
    int m_leastLines = 9;
    QString m_widestTick;
    bool m_namedAxes;
    QGridLayout *m_grid;
    std::vector<PlotPanel *> m_panels;
    PlotPanel *m_maximised = nullptr;
    PlotPanel *m_only = nullptr;
};

} // namespace dt
