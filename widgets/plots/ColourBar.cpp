// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/ColourBar.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QPainter>

#include <algorithm>

namespace dt {

namespace {

constexpr int BarWidth = 10;

} // namespace

ColourBar::ColourBar(QWidget *parent) :
    QWidget(parent), m_from(colours::VoltageMinMv), m_to(colours::VoltageMaxMv),
    m_colour([](double share) { return colours::map(share); })
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void ColourBar::setRange(double fromMv, double toMv)
{
    m_from = fromMv;
    m_to = toMv;
    setAccessibleName(tr("Colours from %1 to %2 mV").arg(fromMv).arg(toMv));
    update();
}

void ColourBar::setColours(const std::function<QColor(double)> &colour)
{
    m_colour = colour;
    update();
}

QSize ColourBar::sizeHint() const
{
    const QFontMetrics metrics(theme::captionFont());
    return {BarWidth + metrics.horizontalAdvance(QStringLiteral("-90 mV")) + 8,
            5 * metrics.height()};
}

void ColourBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QLinearGradient gradient(0, height(), 0, 0);
    for (int i = 0; i <= 16; ++i)
        gradient.setColorAt(i / 16.0, m_colour(i / 16.0));
    const QRectF bar(0.5, 0.5, BarWidth, height() - 1.0);
    painter.setPen(colours::line(palette()));
    painter.setBrush(gradient);
    painter.drawRect(bar);

    painter.setFont(theme::captionFont());
    painter.setPen(colours::muted(palette()));
    const QFontMetrics metrics(painter.font());
    const auto label = [&](double y, const QString &text) {
        const double top =
            std::clamp(y - metrics.height() / 2.0, 0.0, double(height() - metrics.height()));
        painter.drawText(QRectF(BarWidth + 4, top, width() - BarWidth - 4, metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    label(0.0, tr("%1 mV").arg(m_to));
    label(height(), QString::number(m_from));
    if (height() > 4 * metrics.height())
        label(height() / 2.0, QString::number((m_from + m_to) / 2.0));
}

} // namespace dt
