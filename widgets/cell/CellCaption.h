// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

#include <QColor>
#include <QCoreApplication>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

class QPainter;
class QPalette;

namespace dt {

/// What stands below the picture of a cell: whether thickness is to scale, what the marks mean,
/// and a scale bar.
class CellCaption
{
    Q_DECLARE_TR_FUNCTIONS(CellCaption)

public:
    /// Pairs of (mark and words, colour); where the colour is not valid, the colour of text is
    /// used.
    using Legend = std::vector<std::pair<QString, QColor>>;
    /// A text of the legend that begins with this sign has a pipette drawn there.
    static constexpr QChar PipetteSign = u'▽';
    /// Margin left and right of the caption [px].
    static constexpr double Margin = 16.0;

    /// Without a legend no marks are shown. `width`: width of the window [px].
    CellCaption(CellLayout::Mode mode, std::optional<Legend> legend, double width);

    /// Height of the caption's lines [px].
    [[nodiscard]] double height() const;
    /// Paints the caption at the bottom of a window of this height [px]; paints nothing if the
    /// picture is empty.
    void paint(QPainter &painter, double windowHeight, double pixelsPerUm,
               const QPalette &palette) const;

private:
    [[nodiscard]] QString thicknessNote() const;
    [[nodiscard]] bool hasLegendLine() const;
    void paintLegend(QPainter &painter, double x, double bottom, const QPalette &palette) const;

    CellLayout::Mode m_mode;
    std::optional<Legend> m_legend;
    double m_width;
};

} // namespace dt
