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
    /// (Mark and words, colour); a colour that is not valid is the text's.
    using Legend = std::vector<std::pair<QString, QColor>>;
    /// Is drawn as a pipette where a text of the legend begins with it.
    static constexpr QChar PipetteSign = u'▽';
    /// Left and right of it [px].
    static constexpr double Margin = 16.0;

    /// No legend: no marks are shown. `width`: of the window [px].
    CellCaption(CellLayout::Mode mode, std::optional<Legend> legend, double width);

    /// Of its lines [px].
    [[nodiscard]] double height() const;
    /// At the bottom of a window of this height [px]; nothing if the picture is empty.
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
