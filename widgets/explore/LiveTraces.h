// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "engine/recording/LiveTrace.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace dt {

class PlotCanvas;

/// Voltage traces that scroll, the newest at the right: the soma and a few sites. The legend above
/// names each site; a click on a name removes the site.
class LiveTraces : public QWidget
{
    Q_OBJECT

public:
    struct Site
    {
        int id = 0;
        QString segment; ///< number of the segment
        QString dendrite; ///< empty where the cell has only one
        QColor colour;
        bool operator==(const Site &) const = default;
    };

    explicit LiveTraces(QWidget *parent = nullptr);

    /// Sets the sites that follow the soma, in the order of the trace.
    void setSites(const std::vector<Site> &sites);
    void show(const LiveTrace &trace);
    [[nodiscard]] double windowMs() const;
    [[nodiscard]] PlotCanvas *canvas() const { return m_canvas; }

Q_SIGNALS:
    void siteRemoved(int id);
    /// Another stretch of the trace is wanted.
    void windowChanged();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showWindow();
    void restyle();
    void nameSites();
    /// Width of the line above the traces with all that is in it [px].
    [[nodiscard]] int headerWidth() const;

    PlotCanvas *m_canvas;
    QHBoxLayout *m_legend;
    QLabel *m_segment = nullptr; ///< the word before the sites; hidden where there is no room
    std::vector<QToolButton *> m_siteButtons; ///< one per site
    QComboBox *m_window;
    QCheckBox *m_fit;
    std::vector<Site> m_sites;
    SteadyRange m_range;
};

} // namespace dt
