// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotPanel.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QScrollArea;

namespace dt {

/// Plots side by side in rows of equal size, fewer in a row where there is too little width; one
/// can take all, until it is restored or on Escape.
class PanelGrid : public QWidget
{
    Q_OBJECT

public:
    /// At most so many in a row. All plots have room on their left for a tick as wide as this, and
    /// for the name of the axis where there is one.
    PanelGrid(int columns, QString widestTick, bool namedAxes, QWidget *parent = nullptr);

    /// Takes the next place, row by row.
    PlotPanel *addPlot(const QString &name, const QString &title, PlotCanvas *canvas);

    /// Height that a plot needs, in lines of caption text.
    void setLeastLines(int lines);
    /// Rows of plots in this width.
    [[nodiscard]] int rowsIn(int width) const;
    /// Only this one, without a button to restore the others; -1 shows all.
    void showOnly(int index);

    [[nodiscard]] bool isMaximised() const { return m_maximised; }

    /// In an area that scrolls where there is too little room for all of them.
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
    int m_columns = 0; ///< in use
    /// Caption, axis with its name, and a plot that can be read.
    int m_leastLines = 9;
    QString m_widestTick;
    bool m_namedAxes;
    QGridLayout *m_grid;
    std::vector<PlotPanel *> m_panels;
    PlotPanel *m_maximised = nullptr;
    PlotPanel *m_only = nullptr;
};

} // namespace dt
