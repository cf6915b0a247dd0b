// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotAxes.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double PaperGridPx = 0.5;

/// Ticks of a logarithmic axis that do not crowd: all digits, or 1-2-5, or 1-3, or whole powers.
class LogTicker : public QCPAxisTickerLog
{
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
};

// QCustomPlot's own are evenly spaced on short axes, which leaves the lower half of them empty.
QVector<double> LogTicker::createTickVector(double tickStep, const QCPRange &range)
{
    if (range.lower <= 0.0 || range.upper <= range.lower)
        return QCPAxisTickerLog::createTickVector(tickStep, range);
    const int from = static_cast<int>(std::floor(std::log10(range.lower)));
    const int to = static_cast<int>(std::floor(std::log10(range.upper)));
    const auto ticks = [&](std::initializer_list<int> digits, int everyPower) {
        QVector<double> inside;
        for (int power = from; power <= to; ++power) {
            for (const int digit : digits) {
                const double tick = digit * std::pow(10.0, power);
                if (power % everyPower == 0 && range.contains(tick))
                    inside.append(tick);
            }
        }
        return inside;
    };
    const int most = tickCount() + 1;
    const std::initializer_list<int> all{1, 2, 3, 4, 5, 6, 7, 8, 9};
    for (const std::initializer_list<int> digits : {all, {1, 2, 5}, {1, 3}}) {
        const QVector<double> some = ticks(digits, 1);
        if (some.size() >= 2 && some.size() <= most)
            return some;
    }
    if (ticks({1}, 1).size() < 2) // less than a decade of many digits, or hardly any width at all
        return ticks({1, 2, 5}, 1).size() >= 2 ? ticks({1, 2, 5}, 1)
                                               : QCPAxisTicker::createTickVector(tickStep, range);
    int every = 1;
    while (ticks({1}, every).size() > most)
        ++every;
    return ticks({1}, every);
}

/// With as many ticks as there is room for, as the last one had.
template <typename Ticker>
void setTicker(QCPAxis &axis, QCPAxis::ScaleType scale)
{
    const QSharedPointer<Ticker> ticker(new Ticker);
    ticker->setTickCount(axis.ticker()->tickCount());
    axis.setScaleType(scale);
    axis.setTicker(ticker);
}

void setWords(QCPAxis &axis, const std::vector<std::pair<double, QString>> &ticks)
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const auto &[value, text] : ticks)
        ticker->addTick(value, text);
    axis.setTicker(ticker);
}

} // namespace

PlotAxes::PlotAxes(QCustomPlot &plot) : m_plot(plot), m_xName(QObject::tr("Time [ms]"))
{
    plot.axisRect()->setupFullAxesBox();
    // On a short axis the roundest numbers may leave a single mark. Time has room for them.
    plot.xAxis->ticker()->setTickStepStrategy(QCPAxisTicker::tssMeetTickCount);
    plot.axisRect()->setAutoMargins(QCP::msNone);
    for (QCPAxis *axis : {plot.xAxis2, plot.yAxis2}) {
        axis->setTicks(false);
        axis->setTickLabels(false);
    }
}

void PlotAxes::setShared()
{
    m_shared = true;
    m_plot.xAxis->ticker()->setTickStepStrategy(QCPAxisTicker::tssReadability);
}

void PlotAxes::setXName(const QString &name)
{
    m_xName = name;
    m_plot.xAxis->setLabel(name);
}

void PlotAxes::setYName(const QString &name)
{
    m_yName = name;
    m_plot.yAxis->setLabel(name);
}

void PlotAxes::setXLogarithmic(bool logarithmic)
{
    if (logarithmic)
        setTicker<LogTicker>(*m_plot.xAxis, QCPAxis::stLogarithmic);
    else
        setTicker<QCPAxisTicker>(*m_plot.xAxis, QCPAxis::stLinear);
}

void PlotAxes::setYLogarithmic()
{
    setTicker<LogTicker>(*m_plot.yAxis, QCPAxis::stLogarithmic);
}

void PlotAxes::setXTicks(const std::vector<std::pair<double, QString>> &ticks)
{
    setWords(*m_plot.xAxis, ticks);
    m_xNames.clear();
}

void PlotAxes::setYTicks(const std::vector<std::pair<double, QString>> &ticks)
{
    setWords(*m_plot.yAxis, ticks);
}

// A tick every other line of text or so: crowded numbers are no help.
void PlotAxes::fitTicks(const QSize &plot) const
{
    const QFontMetrics metrics(theme::captionFont());
    m_plot.yAxis->ticker()->setTickCount(
        std::clamp(plot.height() / metrics.height() * 2 / 3, 2, 6));
    if (!m_xNames.empty()) {
        const int room = plot.width() / static_cast<int>(m_xNames.size()) - 10;
        std::vector<std::pair<double, QString>> names = m_xNames;
        for (auto &[value, text] : names)
            text = metrics.elidedText(text, Qt::ElideMiddle, room);
        setWords(*m_plot.xAxis, names);
    }
    const int widest = metrics.horizontalAdvance(QStringLiteral("-0.000"));
    QCPAxisTicker &ticker = *m_plot.xAxis->ticker();
    // Time has room, but for small plots of many.
    if (!m_shared || plot.width() < 8 * widest)
        ticker.setTickCount(std::clamp(plot.width() * 2 / 3 / widest, 2, 6));
    // Where there is room for many, they may be fewer and rounder.
    if (!m_shared)
        ticker.setTickStepStrategy(ticker.tickCount() > 4 ? QCPAxisTicker::tssReadability
                                                          : QCPAxisTicker::tssMeetTickCount);
}

void PlotAxes::setXLabelled(bool labelled)
{
    m_xLabelled = labelled;
    m_plot.xAxis->setTickLabels(labelled);
    m_plot.xAxis->setLabel(labelled ? m_xName : QString());
    updateMargins();
}

void PlotAxes::setSideMargins(int left, int right)
{
    m_left = left;
    m_right = right;
    updateMargins();
}

void PlotAxes::updateMargins()
{
    const int line = QFontMetrics(theme::captionFont()).height();
    // Half a line above and below, or QCustomPlot leaves out the labels at both ends.
    const int half = line / 2 + 3;
    m_plot.axisRect()->setMargins(
        QMargins(m_left, half, m_right, m_xLabelled ? 2 * line + 12 : half));
}

void PlotAxes::dress(const QPalette &palette, bool paper) const
{
    const QColor line = colours::line(palette);
    const QFont small = theme::captionFont();
    const QPen frame =
        m_focused && !paper ? QPen(palette.color(QPalette::Highlight), 2.0) : QPen(line);
    m_plot.setBackground(QBrush(palette.color(QPalette::Window)));
    for (QCPAxisRect *rect : m_plot.axisRects()) {
        const bool inset = rect != m_plot.axisRect();
        rect->setBackground(
            QBrush(inset ? palette.color(QPalette::Window) : colours::surface(palette)));
        for (QCPAxis *axis : rect->axes()) {
            axis->setBasePen(frame);
            axis->setTickPen(QPen(line));
            axis->setSubTicks(false);
            axis->setTickLength(0, 3);
            axis->setTickLabelFont(small);
            axis->setLabelFont(small);
            axis->setTickLabelColor(colours::muted(palette));
            axis->setLabelColor(colours::muted(palette));
            axis->grid()->setPen(QPen(line, paper ? PaperGridPx : 1.0, Qt::DotLine));
            axis->grid()->setZeroLinePen(Qt::NoPen);
        }
    }
    m_plot.yAxis->setLabelPadding(4);
    m_plot.xAxis->setLabelPadding(2);
    m_plot.yAxis->setNumberPrecision(4);
}

} // namespace dt
