// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellCaption.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

const QString LegendGap = QStringLiteral("      ");

/// 1, 2 or 5 times a power of ten, at most `length`.
double roundLength(double length)
{
    const double power = std::pow(10.0, std::floor(std::log10(length)));
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (factor * power <= length)
            return factor * power;
    }
    return power;
}

} // namespace

CellCaption::CellCaption(CellLayout::Mode mode, std::optional<Legend> legend, double width) :
    m_mode(mode), m_legend(std::move(legend)), m_width(width)
{
}

QString CellCaption::thicknessNote() const
{
    return m_mode == CellLayout::Mode::Schematic ? tr("thickness not to scale") : tr("to scale");
}

// Where the legend has no place between the note and the longest scale bar.
bool CellCaption::hasLegendLine() const
{
    if (!m_legend)
        return false;
    const QFontMetricsF metrics(theme::captionFont());
    double needs = metrics.horizontalAdvance(thicknessNote()) + m_width / 4.0 + 2.0 * Margin;
    for (const auto &[text, colour] : *m_legend)
        needs += metrics.horizontalAdvance(LegendGap + text);
    return needs > m_width;
}

double CellCaption::height() const
{
    return ((hasLegendLine() ? 2 : 1) + 0.6) * QFontMetricsF(theme::captionFont()).height();
}

void CellCaption::paint(QPainter &painter, double windowHeight, double pixelsPerUm,
                        const QPalette &palette) const
{
    if (!(pixelsPerUm > 0.0))
        return;
    const double um = roundLength(std::max(1e-3, m_width / 4.0 / pixelsPerUm));
    const double length = um * pixelsPerUm;
    painter.setFont(theme::captionFont());
    painter.setPen(QPen(colours::muted(palette), 1.5));
    const double y = windowHeight - 6.0;
    const double right = m_width - Margin;
    painter.drawLine(QPointF(right - length, y), QPointF(right, y));
    painter.drawText(QRectF(right - length - 200.0, y - 40.0, length + 200.0, 38.0),
                     Qt::AlignRight | Qt::AlignBottom, tr("%1 µm").arg(um));
    const QFontMetrics metrics = painter.fontMetrics();
    const double noteWidth = metrics.horizontalAdvance(thicknessNote());
    if (Margin + noteWidth > right - length - 8.0)
        return; // too small a picture for words
    painter.drawText(QRectF(Margin, y - 40.0, m_width, 42.0), Qt::AlignLeft | Qt::AlignBottom,
                     thicknessNote());
    if (!m_legend)
        return;
    if (hasLegendLine())
        paintLegend(painter, Margin, y - 2.0 - metrics.height(), palette);
    else
        paintLegend(painter, Margin + noteWidth + metrics.horizontalAdvance(LegendGap), y + 2.0,
                    palette);
}

void CellCaption::paintLegend(QPainter &painter, double x, double bottom,
                              const QPalette &palette) const
{
    for (auto [text, colour] : *m_legend) {
        painter.setPen(colour.isValid() ? colour : palette.color(QPalette::WindowText));
        if (text.startsWith(PipetteSign)) { // as in the picture, not as in the font
            const double side = painter.fontMetrics().ascent() * 0.9;
            painter.drawPolygon(QPolygonF{QPointF(x, bottom - 2.0),
                                          QPointF(x + 0.4 * side, bottom - 2.0 - side),
                                          QPointF(x + 0.8 * side, bottom - 2.0 - 0.7 * side)});
            x += side;
            text = text.mid(1);
        }
        painter.drawText(QRectF(x, bottom - 42.0, m_width, 42.0), Qt::AlignLeft | Qt::AlignBottom,
                         text);
        x += painter.fontMetrics().horizontalAdvance(text + LegendGap);
    }
}

} // namespace dt
