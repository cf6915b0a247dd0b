// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/canvas/GuideLine.h"
#include "widgets/plots/canvas/PlotPrinter.h"
#include "widgets/plots/canvas/PlotTable.h"
#include "widgets/theme/Colours.h"

#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr double WheelStep = 1.25;
/// What is out of date can still be read.
constexpr int VeilAlpha = 90;

} // namespace

PlotCanvas::PlotCanvas(QWidget *parent) :
    QWidget(parent), m_plot(new QCustomPlot(this)), m_axes(std::make_unique<PlotAxes>(*m_plot)),
    m_height(std::make_unique<PlotHeight>(*m_plot->yAxis)),
    m_series(std::make_unique<PlotSeries>(*m_plot)), m_map(std::make_unique<PlotMap>(*m_plot))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);

    m_plot->setInteractions(QCP::Interactions());
    m_plot->setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->addLayer(CursorLayer, nullptr, QCustomPlot::limAbove);
    m_plot->layer(CursorLayer)->setMode(QCPLayer::lmBuffered);
    m_cursor = new GuideLine(m_plot, Qt::Vertical, CursorLayer);
    m_mark = new GuideLine(m_plot, Qt::Vertical, CursorLayer);
    m_mark->dash = Qt::DashLine;
    m_veil = new QCPItemRect(m_plot);
    m_veil->setLayer(QStringLiteral("overlay"));
    m_veil->setPen(Qt::NoPen);
    m_veil->setClipToAxisRect(false);
    for (QCPItemPosition *corner : {m_veil->topLeft, m_veil->bottomRight})
        corner->setType(QCPItemPosition::ptAxisRectRatio);
    m_veil->topLeft->setCoords(0.0, 0.0);
    m_veil->bottomRight->setCoords(1.0, 1.0);
    m_veil->setVisible(false);
    connect(m_plot, &QCustomPlot::afterReplot, this, &PlotCanvas::drawn);

    m_empty = new QLabel(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_empty->hide();

    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    restyle();
}

PlotCanvas::~PlotCanvas() = default;

void PlotCanvas::setTimeAxis(TimeAxis *axis)
{
    m_timeAxis = axis;
    m_axes->setShared();
    connect(axis, &TimeAxis::shownChanged, this, &PlotCanvas::updateTime);
    connect(axis, &TimeAxis::cursorChanged, this, &PlotCanvas::updateCursor);
    updateTime();
}

void PlotCanvas::placeEmptyText()
{
    m_empty->setGeometry(rect().marginsRemoved(m_plot->axisRect()->margins()));
}

void PlotCanvas::updateTime()
{
    m_plot->xAxis->setRange(m_timeAxis->shown().from, m_timeAxis->shown().to);
    redraw();
}

void PlotCanvas::updateCursor()
{
    constexpr double Nowhere = std::numeric_limits<double>::quiet_NaN();
    m_cursor->at = m_timeAxis->cursor().value_or(Nowhere);
    m_mark->at = m_timeAxis->mark().value_or(Nowhere);
    m_plot->layer(CursorLayer)->replot();
}

void PlotCanvas::setXAxis(const QString &label, double from, double to)
{
    m_axes->setXName(label);
    m_plot->xAxis->setRange(from, to);
}

void PlotCanvas::setTimeLabelsVisible(bool visible)
{
    m_axes->setXLabelled(visible);
    placeEmptyText();
    redraw();
}

void PlotCanvas::setSideMargins(int left, int right)
{
    m_axes->setSideMargins(left, right);
    placeEmptyText();
    redraw();
}

void PlotCanvas::setYLabel(const QString &text)
{
    if (text != m_axes->yName())
        showWholeHeight(); // a zoom was into something else
    m_axes->setYName(text);
}

bool PlotCanvas::canZoomHeight() const
{
    return !m_map->drawn() && m_height->canBeZoomed();
}

void PlotCanvas::zoomHeight(double factor, double around)
{
    m_height->zoom(factor, around);
    redraw();
}

void PlotCanvas::showWholeHeight()
{
    if (m_height->showWhole())
        redraw();
}

void PlotCanvas::showAll()
{
    showWholeHeight();
    if (m_timeAxis)
        m_timeAxis->showAll();
}

void PlotCanvas::setYTicks(const std::vector<std::pair<double, QString>> &ticks)
{
    m_height->setWords();
    m_axes->setYTicks(ticks);
}

void PlotCanvas::setXNames(const std::vector<std::pair<double, QString>> &names)
{
    m_axes->setXNames(names);
    fitTicks();
}

void PlotCanvas::setInset(const QRectF &place, const QRectF &area)
{
    if (m_series->setInset(place, area))
        restyle();
}

void PlotCanvas::clearData()
{
    m_series->clearData();
    m_map->clear();
}

void PlotCanvas::setEmptyText(const QString &text)
{
    m_empty->setText(text);
    m_empty->setVisible(!text.isEmpty());
    m_empty->raise();
}

void PlotCanvas::setStale(bool stale)
{
    if (m_veil->visible() == stale)
        return;
    m_veil->setVisible(stale);
    redraw();
}

void PlotCanvas::redraw()
{
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPixmap PlotCanvas::picture(double scale) const
{
    QPixmap picture(size() * scale);
    picture.setDevicePixelRatio(scale);
    {
        QCPPainter painter(&picture);
        m_plot->toPainter(&painter, width(), height());
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    return picture;
}

PlotPrinter PlotCanvas::printer() const
{
    return {*m_plot, *m_axes, *m_series, *m_map, palette(), m_empty->text()};
}

QString PlotCanvas::table() const
{
    PlotTable table;
    table.add(*m_series, m_axes->xName(),
              m_axes->yName().isEmpty() ? accessibleName() : m_axes->yName());
    table.add(*m_map);
    return table.text();
}

QPointF PlotCanvas::toPlot(const QPointF &pixel) const
{
    return {m_plot->xAxis->pixelToCoord(pixel.x()), m_plot->yAxis->pixelToCoord(pixel.y())};
}

QPointF PlotCanvas::toPixel(const QPointF &plot) const
{
    return {m_plot->xAxis->coordToPixel(plot.x()), m_plot->yAxis->coordToPixel(plot.y())};
}

QRect PlotCanvas::plotRect() const
{
    return m_plot->axisRect()->rect();
}

void PlotCanvas::applyTheme() { }

void PlotCanvas::restyle()
{
    const QPalette p = palette();
    m_axes->setFocused(hasFocus() && focusPolicy() != Qt::NoFocus);
    m_axes->dress(p, false);
    m_series->dress(p);
    m_series->restyleLines();
    m_cursor->colour = colours::muted(p);
    m_mark->colour = p.color(QPalette::Highlight);
    QColor veil = colours::surface(p);
    veil.setAlpha(VeilAlpha);
    m_veil->setBrush(veil);
    QPalette emptyPalette = p;
    emptyPalette.setColor(QPalette::WindowText, colours::muted(p));
    m_empty->setPalette(emptyPalette);
    applyTheme();
    m_axes->updateMargins();
    placeEmptyText();
    redraw();
}

bool PlotCanvas::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot)
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
        if (m_timeAxis)
            m_timeAxis->setCursor(std::nullopt);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void PlotCanvas::plotMousePress(QMouseEvent *event)
{
    if ((!m_timeAxis && !m_height->isZoomed()) || event->button() != Qt::LeftButton)
        return;
    if (m_timeAxis && event->modifiers() & Qt::ShiftModifier) {
        setMarkAt(event->position());
        return;
    }
    m_panning = true;
    m_panFrom = toPlot(event->position());
    m_plot->setCursor(Qt::ClosedHandCursor);
}

void PlotCanvas::setMarkAt(const QPointF &pixel)
{
    constexpr double Reach = 4.0;
    const std::optional<double> mark = m_timeAxis->mark();
    const bool onIt = mark && std::abs(toPixel({*mark, 0.0}).x() - pixel.x()) <= Reach;
    if (plotRect().contains(pixel.toPoint()))
        m_timeAxis->setMark(onIt ? std::nullopt : std::optional(toPlot(pixel).x()));
}

void PlotCanvas::plotMouseMove(QMouseEvent *event)
{
    const QPointF at = toPlot(event->position());
    if (m_panning && m_height->isZoomed()) {
        m_height->pan(m_panFrom.y(), at.y());
        redraw();
    }
    if (!m_timeAxis)
        return;
    if (m_panning)
        m_timeAxis->pan(m_panFrom.x() - at.x());
    else if (plotRect().contains(event->position().toPoint()))
        m_timeAxis->setCursor(at.x());
}

void PlotCanvas::plotMouseRelease(QMouseEvent *)
{
    m_panning = false;
    m_plot->unsetCursor();
}

void PlotCanvas::plotDoubleClick(QMouseEvent *)
{
    showAll();
}

void PlotCanvas::plotWheel(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier && canZoomHeight()) {
        zoomHeight(std::pow(WheelStep, -event->angleDelta().y() / 120.0),
                   toPlot(event->position()).y());
        return;
    }
    if (!m_timeAxis) {
        event->ignore(); // what lies around it may scroll
        return;
    }
    const double steps = event->angleDelta().y() / 120.0;
    if (steps != 0.0)
        m_timeAxis->zoom(std::pow(WheelStep, -steps), toPlot(event->position()).x());
    else if (event->angleDelta().x() != 0)
        m_timeAxis->pan(-(m_timeAxis->shown().to - m_timeAxis->shown().from)
                        * event->angleDelta().x() / 1200.0);
}

void PlotCanvas::keyPressEvent(QKeyEvent *event)
{
    if (canZoomHeight() && event->modifiers() & Qt::ControlModifier) {
        const int key = event->key();
        if (key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus) {
            zoomHeight(key == Qt::Key_Minus ? WheelStep : 1.0 / WheelStep, m_height->middle());
            return;
        }
    }
    if (!m_timeAxis && m_height->isZoomed() && event->key() == Qt::Key_Home) {
        showAll();
        return;
    }
    if (!m_timeAxis) {
        QWidget::keyPressEvent(event);
        return;
    }
    const TimeAxis::Range shown = m_timeAxis->shown();
    const double length = shown.to - shown.from;
    const double centre = m_timeAxis->cursor().value_or((shown.from + shown.to) / 2.0);
    switch (event->key()) {
    case Qt::Key_Left:
        m_timeAxis->pan(-length / 10.0);
        break;
    case Qt::Key_Right:
        m_timeAxis->pan(length / 10.0);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_timeAxis->zoom(1.0 / WheelStep, centre);
        break;
    case Qt::Key_Minus:
        m_timeAxis->zoom(WheelStep, centre);
        break;
    case Qt::Key_Home:
        showAll();
        break;
    case Qt::Key_Escape:
        if (m_timeAxis->mark())
            m_timeAxis->setMark(std::nullopt);
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
    fitTicks();
}

// The plot's own rectangle is still that of the last drawing.
void PlotCanvas::fitTicks()
{
    m_axes->fitTicks(rect().marginsRemoved(m_plot->axisRect()->margins()).size());
}

} // namespace dt
