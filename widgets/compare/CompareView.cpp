// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/CompareView.h"

#include "engine/base/CsvText.h"
#include "widgets/theme/Colours.h"

#include <QEvent>
#include <QLocale>

#include <array>
#include <cmath>

namespace dt {

void CompareView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        draw();
}

QString figureText(Figure figure, double value)
{
    int decimals = figureInfo(figure).decimals;
    // Times and sizes span decades: three digits each.
    if (figure == Figure::MsPerSimulation || figure == Figure::Minutes
        || figure == Figure::TrainingMemory)
        decimals = value < 10.0 ? 2 : value < 100.0 ? 1 : 0;
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}

QString figureText(const ComparedTwin &twin, Figure figure)
{
    if (const std::optional<double> value = figureOf(twin, figure))
        return figureText(figure, *value);
    const bool endless = figure == Figure::ReceptiveField && twin.isReadable();
    return endless ? CompareView::tr("all") : QStringLiteral("–");
}

SeriesStyle seriesStyle(std::size_t index, const QPalette &palette)
{
    // None of those that mean excitation, inhibition or the twin.
    static constexpr std::array Hues{QColor(0x0F, 0x8B, 0x6D), QColor(0xD9, 0x9A, 0x00),
                                     QColor(0x3F, 0x8F, 0xD6), QColor(0xC2, 0x47, 0x7F),
                                     QColor(0x7B, 0x5B, 0x33), QColor(0x66, 0x72, 0x8A),
                                     QColor(0x7A, 0x8F, 0x14)};
    static constexpr std::array Dashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    static constexpr std::array Patterns{Qt::SolidPattern, Qt::BDiagPattern, Qt::Dense4Pattern,
                                         Qt::DiagCrossPattern};
    static constexpr std::array Shapes{PlotCanvas::Shape::Dot, PlotCanvas::Shape::Up,
                                       PlotCanvas::Shape::Down};
    return {colours::onto(Hues[index % Hues.size()], palette), Dashes[index % Dashes.size()],
            Patterns[index % Patterns.size()], Shapes[index % Shapes.size()]};
}

QString csvCell(const QString &text)
{
    // Names that break on the screen stand in one line of a file.
    return QString::fromStdString(csvCellText(text.simplified().toStdString()));
}

std::vector<std::pair<double, QString>> logTicks(double from, double to)
{
    const auto text = [](double value) {
        if (value >= 1.0e6)
            return QStringLiteral("%1M").arg(value / 1.0e6);
        if (value >= 1.0e3)
            return QStringLiteral("%1k").arg(value / 1.0e3);
        return QString::number(value);
    };
    // Every decade; with few of them what lies between, too.
    const bool fine = to - from < 2.2;
    std::vector<std::pair<double, QString>> ticks;
    for (int decade = static_cast<int>(std::floor(from)); decade <= std::ceil(to); ++decade) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (factor > 1.0 && !fine)
                break;
            const double value = factor * std::pow(10.0, decade);
            if (const double at = std::log10(value); at >= from && at <= to)
                ticks.emplace_back(value, text(value));
        }
    }
    return ticks;
}

} // namespace dt
