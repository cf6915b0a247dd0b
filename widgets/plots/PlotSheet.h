// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QRect>
#include <QString>

#include <vector>

class QPaintDevice;
class QWidget;

namespace dt {

class PlotCanvas;

/// One picture of a plot or of several, for files and the clipboard: light colours on white
/// whatever the theme, of the same proportions whatever the window, with legends, titles and a
/// caption, and without anything of the moment. Plots must outlive it; GUI thread.
class PlotSheet
{
public:
    /// A plot alone: the caption below it says what it is.
    static PlotSheet of(const PlotCanvas &canvas, const QString &caption);
    /// Plots below each other that share their time axis, with their titles.
    static PlotSheet stacked(const std::vector<const PlotCanvas *> &plots, const QString &caption);
    /// The plots that can be seen in a widget, in rows as they lie there, or the whole of a stack;
    /// may be empty.
    static PlotSheet ofView(const QWidget &view, const QString &caption);

    [[nodiscard]] bool isEmpty() const { return m_parts.empty(); }
    [[nodiscard]] QSize size() const { return m_size; }
    /// The picture with `scale` times as many pixels.
    [[nodiscard]] QPixmap pixmap(double scale) const;
    /// Paints it as lines, for SVG and PDF.
    void paintOn(QPaintDevice *device) const;

private:
    struct Part
    {
        const PlotCanvas *canvas = nullptr;
        QString title;
        QRect place; ///< place with title and legend
        bool timeLabels = true;
        bool legend = true;
    };

    void addRow(const std::vector<const PlotCanvas *> &plots, int width);
    void finish(int width, const QString &caption);
    void paint(QPaintDevice *device, bool vector) const;

    std::vector<Part> m_parts;
    int m_bottom = 0; ///< bottom of the parts so far
    QString m_caption;
    QSize m_size;
};

} // namespace dt
