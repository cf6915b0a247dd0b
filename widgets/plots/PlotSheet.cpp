// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotSheet.h"

#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotStack.h"
#include "widgets/plots/canvas/PlotLegend.h"
#include "widgets/plots/canvas/PlotPrinter.h"
#include "widgets/theme/Theme.h"

#include <QFontMetrics>

#include <algorithm>

namespace dt {

namespace {

// Sizes follow the letters, so that pictures of projector mode have the same proportions.
constexpr int AloneWidth = 48; ///< of a plot alone, in lines of caption text
constexpr int StackWidth = 60;
constexpr int TileWidth = 34; ///< of one of several beside each other
constexpr int LowestPlot = 9; ///< of one in a stack

int lines(int count)
{
    return count * QFontMetrics(theme::captionFont()).height();
}

int titleHeight()
{
    return lines(1) + theme::Grid / 2;
}

} // namespace

PlotSheet PlotSheet::of(const PlotCanvas &canvas, const QString &caption)
{
    PlotSheet sheet;
    const int width = lines(AloneWidth);
    const int height = static_cast<int>(width / canvas.paperAspect());
    sheet.m_parts.push_back({&canvas,
                             {},
                             QRect(0, 0, width, height + canvas.printer().legend().height(width)),
                             true,
                             true});
    sheet.m_bottom = sheet.m_parts.back().place.bottom() + 1;
    sheet.finish(width, caption);
    return sheet;
}

PlotSheet PlotSheet::stacked(const std::vector<const PlotCanvas *> &plots, const QString &caption)
{
    PlotSheet sheet;
    const int width = lines(StackWidth);
    for (const PlotCanvas *canvas : plots) {
        Part part{canvas, canvas->accessibleName(), {}, canvas == plots.back(), true};
        // A curve alone is what the title says.
        const PlotLegend legend = canvas->printer().legend();
        part.legend = legend.tellsApart();
        // As high as on the screen in comparison with the others, and never too low to be read.
        const int plot =
            std::clamp(canvas->plotRect().height(), lines(LowestPlot) / 2, lines(LowestPlot) * 2);
        const int height = titleHeight() + plot + lines(1) + theme::Grid
            + (part.timeLabels ? lines(2) : 0) + (part.legend ? legend.height(width) : 0);
        part.place = QRect(0, sheet.m_bottom, width, height);
        sheet.m_bottom += height;
        sheet.m_parts.push_back(part);
    }
    sheet.finish(width, caption);
    return sheet;
}

PlotSheet PlotSheet::ofView(const QWidget &view, const QString &caption)
{
    const auto *stack = qobject_cast<const PlotStack *>(&view);
    for (const PlotStack *inside : view.findChildren<PlotStack *>()) {
        if (!stack && inside->isVisibleTo(&view))
            stack = inside;
    }
    if (stack)
        return stacked(stack->wantedPlots(), caption);
    std::vector<const PlotCanvas *> plots;
    for (const PlotCanvas *canvas : view.findChildren<PlotCanvas *>()) {
        if (canvas->isVisibleTo(&view))
            plots.push_back(canvas);
    }
    const auto at = [&view](const PlotCanvas *canvas) { return canvas->mapTo(&view, QPoint()); };
    std::sort(plots.begin(), plots.end(), [&](const PlotCanvas *a, const PlotCanvas *b) {
        return std::pair(at(a).y(), at(a).x()) < std::pair(at(b).y(), at(b).x());
    });
    // Those that begin above the middle of a row's first are of that row.
    std::vector<std::vector<const PlotCanvas *>> rows;
    for (const PlotCanvas *canvas : plots) {
        if (rows.empty()
            || at(canvas).y() > at(rows.back().front()).y() + rows.back().front()->height() / 2)
            rows.emplace_back();
        rows.back().push_back(canvas);
    }
    PlotSheet sheet;
    std::size_t columns = 0;
    for (const auto &row : rows)
        columns = std::max(columns, row.size());
    const int width =
        columns == 1 ? lines(AloneWidth) : lines(TileWidth) * static_cast<int>(columns);
    for (auto &row : rows) {
        std::sort(row.begin(), row.end(),
                  [&](const PlotCanvas *a, const PlotCanvas *b) { return at(a).x() < at(b).x(); });
        sheet.addRow(row, width);
    }
    if (!rows.empty())
        sheet.finish(width, caption);
    return sheet;
}

void PlotSheet::addRow(const std::vector<const PlotCanvas *> &plots, int width)
{
    int height = 0;
    const int each = width / static_cast<int>(plots.size());
    for (const PlotCanvas *canvas : plots)
        height = std::max(height,
                          titleHeight() + static_cast<int>(each / canvas->paperAspect())
                              + canvas->printer().legend().height(each));
    int left = 0;
    for (const PlotCanvas *canvas : plots) {
        m_parts.push_back(
            {canvas, canvas->accessibleName(), QRect(left, m_bottom, each, height), true, true});
        left += each;
    }
    m_bottom += height + theme::Grid;
}

void PlotSheet::finish(int width, const QString &caption)
{
    m_caption = caption;
    int below = 0;
    if (!caption.isEmpty()) {
        const QRect room(0, 0, width - 2 * theme::Grid, 10000);
        below = QFontMetrics(theme::captionFont())
                    .boundingRect(room, Qt::TextWordWrap, caption)
                    .height()
            + 2 * theme::Grid;
    }
    m_size = QSize(width, m_bottom + below);
}

void PlotSheet::paint(QPaintDevice *device, bool vector) const
{
    PlotPrinter::withPainter(device, vector, [this](QCPPainter &painter) {
        const QColor ink = theme::palette(false, false).color(QPalette::WindowText);
        painter.fillRect(QRect(QPoint(), m_size), Qt::white);
        for (const Part &part : m_parts) {
            QRect place = part.place;
            if (!part.title.isEmpty()) {
                painter.setFont(theme::captionFont());
                painter.setPen(ink);
                painter.drawText(
                    QRect(place.topLeft(), QSize(place.width(), titleHeight()))
                        .adjusted(theme::Grid, theme::Grid / 2, -theme::Grid, theme::Grid / 2),
                    Qt::AlignLeft | Qt::AlignTop,
                    QFontMetrics(theme::captionFont())
                        .elidedText(part.title, Qt::ElideRight, place.width() - 2 * theme::Grid));
                place.setTop(place.top() + titleHeight());
            }
            part.canvas->printer().paint(painter, place, part.timeLabels, part.legend);
        }
        painter.setFont(theme::captionFont());
        painter.setPen(ink);
        painter.drawText(QRect(0, m_bottom, m_size.width(), m_size.height() - m_bottom)
                             .adjusted(theme::Grid, theme::Grid, -theme::Grid, 0),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_caption);
    });
}

QPixmap PlotSheet::pixmap(double scale) const
{
    QPixmap picture(m_size * scale);
    picture.setDevicePixelRatio(scale);
    paint(&picture, false);
    return picture;
}

void PlotSheet::paintOn(QPaintDevice *device) const
{
    paint(device, true);
}

} // namespace dt
