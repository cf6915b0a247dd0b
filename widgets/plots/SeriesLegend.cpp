// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/SeriesLegend.h"

#include "widgets/plots/MarkShapes.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace dt {

namespace {

constexpr int LegendSampleWidth = 26;
constexpr int LegendGap = 6;
constexpr double MarkPx = 7.0;
constexpr double LoneMarkPx = 9.0;

QString shownText(const QString &text, const QFontMetrics &metrics, int width)
{
    return metrics.elidedText(text, Qt::ElideMiddle, std::max(width, 40));
}

} // namespace

SeriesLegend::SeriesLegend(Kind kind, QWidget *parent) : QWidget(parent), m_kind(kind)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SeriesLegend::setEntries(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    QStringList names;
    for (const Entry &entry : m_entries)
        names << entry.text;
    setAccessibleName(tr("Legend: %1").arg(names.join(QStringLiteral(", "))));
    updateGeometry();
    update();
}

int SeriesLegend::rowHeight() const
{
    return QFontMetrics(theme::captionFont()).height() + theme::Grid / 2;
}

std::vector<QPoint> SeriesLegend::places(int width) const
{
    const QFontMetrics metrics(theme::captionFont());
    std::vector<QPoint> places;
    QPoint at;
    for (const Entry &entry : m_entries) {
        const int needs = LegendSampleWidth + LegendGap + metrics.horizontalAdvance(entry.text);
        if (at.x() > 0 && at.x() + needs > width)
            at = QPoint(0, at.y() + rowHeight());
        places.push_back(at);
        at.rx() += needs + 3 * LegendGap;
    }
    return places;
}

int SeriesLegend::heightForWidth(int width) const
{
    const std::vector<QPoint> all = places(width);
    return all.empty() ? 0 : all.back().y() + rowHeight();
}

QSize SeriesLegend::sizeHint() const
{
    const int height = heightForWidth(width() > 0 ? width() : 400);
    return {100, height};
}

void SeriesLegend::paintSample(QPainter &painter, const Entry &entry, const QRectF &box) const
{
    switch (m_kind) {
    case Kind::Bar:
        painter.setPen(entry.pattern == Qt::SolidPattern ? QPen(Qt::NoPen) : QPen(entry.colour));
        painter.setBrush(QBrush(entry.colour, entry.pattern));
        painter.drawRect(box.adjusted(0.0, 2.0, 0.0, -2.0));
        return;
    case Kind::Line:
        painter.setPen(QPen(entry.colour, theme::lineWidth() * 1.3, entry.dash));
        painter.drawLine(QPointF(box.left(), box.center().y()),
                         QPointF(box.right(), box.center().y()));
        if (entry.marked)
            paintMark(painter, entry.shape, box.center(), MarkPx, entry.colour);
        return;
    case Kind::Marker:
        paintMark(painter, entry.shape, box.center(), LoneMarkPx, entry.colour);
        return;
    }
}

void SeriesLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme::captionFont());
    const QFontMetrics metrics(painter.font());
    const std::vector<QPoint> all = places(width());
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const QRectF sample(all[i], QSizeF(LegendSampleWidth, metrics.height()));
        paintSample(painter, m_entries[i], sample);
        painter.setPen(palette().color(QPalette::WindowText));
        const int left = all[i].x() + LegendSampleWidth + LegendGap;
        painter.drawText(QPoint(left, all[i].y() + metrics.ascent()),
                         shownText(m_entries[i].text, metrics, width() - left));
    }
}

void SeriesLegend::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometry();
        update();
    }
}

} // namespace dt
