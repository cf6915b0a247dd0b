// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotPanel.h"

#include <QWidget>

#include <vector>

class QGridLayout;

namespace dt {

/// Plots side by side in rows of equal size; one can take all, until it is restored or on Escape.
class PanelGrid : public QWidget
{
    Q_OBJECT

public:
    explicit PanelGrid(int columns, QWidget *parent = nullptr);

    /// Takes the next place, row by row.
    PlotPanel *addPlot(const QString &name, const QString &title, PlotCanvas *canvas);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void maximise(PlotPanel *panel);

    int m_columns;
    QGridLayout *m_grid;
    std::vector<PlotPanel *> m_panels;
    PlotPanel *m_maximised = nullptr;
};

} // namespace dt
