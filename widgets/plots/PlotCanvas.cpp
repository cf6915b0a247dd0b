// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/PlotCanvasParts.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr const char *CursorLayer = "cursor";
constexpr double WheelStep = 1.25;
/// What is out of date can still be read.
constexpr int VeilAlpha = 90;
constexpr double PaperGridPx = 0.5;

/// With as many ticks as there is room for, as the last one had.
template <typename Ticker>
void setTicker(QCPAxis &axis, QCPAxis::ScaleType scale)
{
    const QSharedPointer<Ticker> ticker(new Ticker);
    ticker->setTickCount(axis.ticker()->tickCount());
    axis.setScaleType(scale);
    axis.setTicker(ticker);
}

} // namespace

PlotCanvas::PlotCanvas(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->plot = new QCustomPlot(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(d->plot);

    QCustomPlot &p = *d->plot;
    p.setInteractions(QCP::Interactions());
    p.setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    p.setFocusPolicy(Qt::NoFocus);
    p.axisRect()->setupFullAxesBox();
    // On a short axis the roundest numbers may leave a single mark. Time has room for them.
    p.xAxis->ticker()->setTickStepStrategy(QCPAxisTicker::tssMeetTickCount);
    p.axisRect()->setAutoMargins(QCP::msNone);
    for (QCPAxis *axis : {p.xAxis2, p.yAxis2}) {
        axis->setTicks(false);
        axis->setTickLabels(false);
    }
    // The cursor has a layer and paint buffer of its own: moving it redraws nothing else.
    p.addLayer(QString::fromLatin1(CursorLayer), nullptr, QCustomPlot::limAbove);
    p.layer(QString::fromLatin1(CursorLayer))->setMode(QCPLayer::lmBuffered);
    d->cursor = new CursorLine(&p, QString::fromLatin1(CursorLayer));
    d->mark = new CursorLine(&p, QString::fromLatin1(CursorLayer));
    d->mark->dash = Qt::DashLine;
    d->veil = new QCPItemRect(&p);
    d->veil->setLayer(QStringLiteral("overlay"));
    d->veil->setPen(Qt::NoPen);
    d->veil->setClipToAxisRect(false);
    for (QCPItemPosition *corner : {d->veil->topLeft, d->veil->bottomRight})
        corner->setType(QCPItemPosition::ptAxisRectRatio);
    d->veil->topLeft->setCoords(0.0, 0.0);
    d->veil->bottomRight->setCoords(1.0, 1.0);
    d->veil->setVisible(false);
    connect(&p, &QCustomPlot::afterReplot, this, &PlotCanvas::drawn);

    d->empty = new QLabel(this);
    d->empty->setAlignment(Qt::AlignCenter);
    d->empty->setWordWrap(true);
    d->empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    d->empty->hide();

    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    p.setMouseTracking(true);
    p.installEventFilter(this);
    restyle();
}

PlotCanvas::~PlotCanvas() = default;

void PlotCanvas::setTimeAxis(TimeAxis *axis)
{
    m_axis = axis;
    d->plot->xAxis->ticker()->setTickStepStrategy(QCPAxisTicker::tssReadability);
    connect(axis, &TimeAxis::shownChanged, this, &PlotCanvas::updateTime);
    connect(axis, &TimeAxis::cursorChanged, this, &PlotCanvas::updateCursor);
    updateTime();
}

void PlotCanvas::setTimeName(const QString &name)
{
    d->xLabel = name;
    d->plot->xAxis->setLabel(name);
}

void PlotCanvas::placeEmptyText()
{
    const QMargins margins = d->plot->axisRect()->margins();
    d->empty->setGeometry(rect().marginsRemoved(margins));
}

void PlotCanvas::updateTime()
{
    d->plot->xAxis->setRange(m_axis->shown().from, m_axis->shown().to);
    redraw();
}

void PlotCanvas::updateCursor()
{
    d->cursor->x = m_axis->cursor();
    d->mark->x = m_axis->mark();
    d->plot->layer(QString::fromLatin1(CursorLayer))->replot();
}

void PlotCanvas::setXAxis(const QString &label, double from, double to)
{
    d->xLabel = label;
    d->plot->xAxis->setLabel(label);
    d->plot->xAxis->setRange(from, to);
}

void PlotCanvas::setTimeLabelsVisible(bool visible)
{
    d->timeLabels = visible;
    d->plot->xAxis->setTickLabels(visible);
    d->plot->xAxis->setLabel(visible ? d->xLabel : QString());
    updateMargins();
}

void PlotCanvas::setSideMargins(int left, int right)
{
    d->left = left;
    d->right = right;
    updateMargins();
}

int PlotCanvas::bottomMargin(bool timeLabels) const
{
    const int line = QFontMetrics(theme::captionFont()).height();
    return timeLabels ? 2 * line + 12 : line / 2 + 3;
}

void PlotCanvas::updateMargins()
{
    const QFontMetrics metrics(theme::captionFont());
    // Half a line above and below, or QCustomPlot leaves out the labels at both ends.
    const int half = metrics.height() / 2 + 3;
    d->plot->axisRect()->setMargins(QMargins(d->left, half, d->right, bottomMargin(d->timeLabels)));
    placeEmptyText();
    redraw();
}

void PlotCanvas::setYLabel(const QString &text)
{
    if (text != d->yLabel)
        showWholeHeight(); // a zoom was into something else
    d->yLabel = text;
    d->plot->yAxis->setLabel(text);
}

void PlotCanvas::setYRange(double from, double to)
{
    d->wholeHeight = QCPRange(from, to);
    // Zoomed into something that is not there any more.
    const QCPRange seen = d->plot->yAxis->range();
    if (seen.upper <= from || seen.lower >= to)
        d->heightZoomed = false;
    if (!d->heightZoomed)
        d->plot->yAxis->setRange(from, to);
}

std::pair<double, double> PlotCanvas::yRange() const
{
    return {d->plot->yAxis->range().lower, d->plot->yAxis->range().upper};
}

void PlotCanvas::setYLogarithmic()
{
    setTicker<LogTicker>(*d->plot->yAxis, QCPAxis::stLogarithmic);
}

void PlotCanvas::setXLogarithmic()
{
    setTicker<LogTicker>(*d->plot->xAxis, QCPAxis::stLogarithmic);
}

void PlotCanvas::setXLinear()
{
    setTicker<QCPAxisTicker>(*d->plot->xAxis, QCPAxis::stLinear);
}

void PlotCanvas::setYTicks(const std::vector<std::pair<double, QString>> &ticks)
{
    d->heightHasWords = true;
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const auto &[value, text] : ticks)
        ticker->addTick(value, text);
    d->plot->yAxis->setTicker(ticker);
}

void PlotCanvas::setXTicks(const std::vector<std::pair<double, QString>> &ticks)
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const auto &[value, text] : ticks)
        ticker->addTick(value, text);
    d->plot->xAxis->setTicker(ticker);
    d->xNames.clear();
}

void PlotCanvas::setXNames(const std::vector<std::pair<double, QString>> &names)
{
    d->xNames = names;
    fitTicks(rect().marginsRemoved(d->plot->axisRect()->margins()).size());
}

void PlotCanvas::setEmptyText(const QString &text)
{
    d->empty->setText(text);
    d->empty->setVisible(!text.isEmpty());
    d->empty->raise();
}

void PlotCanvas::setStale(bool stale)
{
    if (d->veil->visible() == stale)
        return;
    d->veil->setVisible(stale);
    redraw();
}

void PlotCanvas::redraw()
{
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

QPointF PlotCanvas::toPlot(const QPointF &pixel) const
{
    return {d->plot->xAxis->pixelToCoord(pixel.x()), d->plot->yAxis->pixelToCoord(pixel.y())};
}

QPointF PlotCanvas::toPixel(const QPointF &plot) const
{
    return {d->plot->xAxis->coordToPixel(plot.x()), d->plot->yAxis->coordToPixel(plot.y())};
}

QRect PlotCanvas::plotRect() const
{
    return d->plot->axisRect()->rect();
}

void PlotCanvas::applyTheme() { }

void PlotCanvas::restyle()
{
    const QPalette p = palette();
    dress(p, false);
    for (std::size_t i = 0; i < d->lines.size(); ++i)
        setLineStyle(static_cast<int>(i), d->styles[i]);
    QPalette emptyPalette = p;
    emptyPalette.setColor(QPalette::WindowText, colours::muted(p));
    d->empty->setPalette(emptyPalette);
    applyTheme();
    updateMargins();
}

void PlotCanvas::dress(const QPalette &p, bool paper) const
{
    const QColor text = p.color(QPalette::WindowText);
    const QColor line = colours::line(p);
    QCustomPlot &plot = *d->plot;
    plot.setBackground(QBrush(p.color(QPalette::Window)));
    plot.axisRect()->setBackground(QBrush(colours::surface(p)));
    QFont small = theme::captionFont();
    // The frame tells that the keys go here.
    const QPen frame = hasFocus() && focusPolicy() != Qt::NoFocus && !paper
        ? QPen(p.color(QPalette::Highlight), 2.0)
        : QPen(line);
    QList<QCPAxis *> axes{plot.xAxis, plot.yAxis, plot.xAxis2, plot.yAxis2};
    if (d->inset) {
        d->inset->setBackground(QBrush(p.color(QPalette::Window)));
        axes.append(d->inset->axes());
    }
    for (QCPAxis *axis : std::as_const(axes)) {
        axis->setBasePen(frame);
        axis->setTickPen(QPen(line));
        axis->setSubTicks(false);
        axis->setTickLength(0, 3);
        axis->setTickLabelFont(small);
        axis->setLabelFont(small);
        axis->setTickLabelColor(colours::muted(p));
        axis->setLabelColor(colours::muted(p));
        axis->grid()->setPen(QPen(line, paper ? PaperGridPx : 1.0, Qt::DotLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    plot.yAxis->setLabelPadding(4);
    plot.xAxis->setLabelPadding(2);
    plot.yAxis->setNumberPrecision(4);
    for (MarkerLayer *markers : d->markers)
        markers->outline = text;
    for (ReferenceLine *reference : d->references) {
        reference->colour = colours::muted(p);
        reference->background = colours::surface(p);
    }
    for (UprightLine *upright : d->uprights)
        upright->colour = p.color(QPalette::Highlight);
    d->cursor->colour = colours::muted(p);
    d->mark->colour = p.color(QPalette::Highlight);
    QColor veil = colours::surface(p);
    veil.setAlpha(VeilAlpha);
    d->veil->setBrush(veil);
}

bool PlotCanvas::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != d->plot)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        setFocus(Qt::MouseFocusReason);
        plotMousePress(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseMove:
        plotMouseMove(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonRelease:
        plotMouseRelease(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonDblClick:
        plotDoubleClick(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::Wheel:
        plotWheel(static_cast<QWheelEvent *>(event));
        return true;
    case QEvent::Leave:
        if (m_axis)
            m_axis->setCursor(std::nullopt);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void PlotCanvas::plotMousePress(QMouseEvent *event)
{
    if ((!m_axis && !d->heightZoomed) || event->button() != Qt::LeftButton)
        return;
    if (m_axis && event->modifiers() & Qt::ShiftModifier) {
        setMarkAt(event->position());
        return;
    }
    m_panning = true;
    m_panFrom = toPlot(event->position());
    d->plot->setCursor(Qt::ClosedHandCursor);
}

void PlotCanvas::setMarkAt(const QPointF &pixel)
{
    constexpr double Reach = 4.0;
    const std::optional<double> mark = m_axis->mark();
    const bool onIt = mark && std::abs(toPixel({*mark, 0.0}).x() - pixel.x()) <= Reach;
    if (plotRect().contains(pixel.toPoint()))
        m_axis->setMark(onIt ? std::nullopt : std::optional(toPlot(pixel).x()));
}

void PlotCanvas::plotMouseMove(QMouseEvent *event)
{
    const QPointF at = toPlot(event->position());
    if (m_panning)
        panHeight(m_panFrom.y(), at.y());
    if (!m_axis)
        return;
    if (m_panning)
        m_axis->pan(m_panFrom.x() - at.x());
    else if (plotRect().contains(event->position().toPoint()))
        m_axis->setCursor(at.x());
}

void PlotCanvas::plotMouseRelease(QMouseEvent *)
{
    m_panning = false;
    d->plot->unsetCursor();
}

void PlotCanvas::plotDoubleClick(QMouseEvent *)
{
    showAll();
}

void PlotCanvas::plotWheel(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier && hasScaledHeight()) {
        zoomHeight(std::pow(WheelStep, -event->angleDelta().y() / 120.0),
                   toPlot(event->position()).y());
        return;
    }
    if (!m_axis) {
        event->ignore(); // what lies around it may scroll
        return;
    }
    const double steps = event->angleDelta().y() / 120.0;
    if (steps != 0.0)
        m_axis->zoom(std::pow(WheelStep, -steps), toPlot(event->position()).x());
    else if (event->angleDelta().x() != 0)
        m_axis->pan(-(m_axis->shown().to - m_axis->shown().from) * event->angleDelta().x()
                    / 1200.0);
}

void PlotCanvas::keyPressEvent(QKeyEvent *event)
{
    if (hasScaledHeight() && event->modifiers() & Qt::ControlModifier) {
        const auto [low, high] = yRange();
        const double middle = d->plot->yAxis->scaleType() == QCPAxis::stLogarithmic
            ? std::sqrt(low * high)
            : (low + high) / 2.0;
        const int key = event->key();
        if (key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus) {
            zoomHeight(key == Qt::Key_Minus ? WheelStep : 1.0 / WheelStep, middle);
            return;
        }
    }
    if (!m_axis && d->heightZoomed && event->key() == Qt::Key_Home) {
        showAll();
        return;
    }
    if (!m_axis) {
        QWidget::keyPressEvent(event);
        return;
    }
    const TimeAxis::Range shown = m_axis->shown();
    const double length = shown.to - shown.from;
    const double centre = m_axis->cursor().value_or((shown.from + shown.to) / 2.0);
    switch (event->key()) {
    case Qt::Key_Left:
        m_axis->pan(-length / 10.0);
        break;
    case Qt::Key_Right:
        m_axis->pan(length / 10.0);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_axis->zoom(1.0 / WheelStep, centre);
        break;
    case Qt::Key_Minus:
        m_axis->zoom(WheelStep, centre);
        break;
    case Qt::Key_Home:
        showAll();
        break;
    case Qt::Key_Escape:
        if (m_axis->mark())
            m_axis->setMark(std::nullopt);
        else
            QWidget::keyPressEvent(event); // ends what the maximise button began
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PlotCanvas::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    restyle();
}

void PlotCanvas::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    restyle();
}

void PlotCanvas::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        restyle();
}

void PlotCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeEmptyText();
    // The plot's own rectangle is still that of the last drawing.
    fitTicks(rect().marginsRemoved(d->plot->axisRect()->margins()).size());
}

// A tick every other line of text or so: crowded numbers are no help.
void PlotCanvas::fitTicks(const QSize &plot) const
{
    const QFontMetrics metrics(theme::captionFont());
    d->plot->yAxis->ticker()->setTickCount(
        std::clamp(plot.height() / metrics.height() * 2 / 3, 2, 6));
    if (!d->xNames.empty()) {
        const int room = plot.width() / static_cast<int>(d->xNames.size()) - 10;
        QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        for (const auto &[value, text] : d->xNames)
            ticker->addTick(value, metrics.elidedText(text, Qt::ElideMiddle, room));
        d->plot->xAxis->setTicker(ticker);
    }
    const int widest = metrics.horizontalAdvance(QStringLiteral("-0.000"));
    // Time has room, but for small plots of many.
    if (!m_axis || plot.width() < 8 * widest)
        d->plot->xAxis->ticker()->setTickCount(std::clamp(plot.width() * 2 / 3 / widest, 2, 6));
    // Where there is room for many, they may be fewer and rounder.
    if (!m_axis)
        d->plot->xAxis->ticker()->setTickStepStrategy(d->plot->xAxis->ticker()->tickCount() > 4
                                                          ? QCPAxisTicker::tssReadability
                                                          : QCPAxisTicker::tssMeetTickCount);
}

} // namespace dt
