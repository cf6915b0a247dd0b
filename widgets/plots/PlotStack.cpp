// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotStack.h"

#include "widgets/theme/Theme.h"

#include <QEvent>

#include <algorithm>

namespace dt {

namespace {

/// Height of a panel that is not plot: caption, half a line above and below, time labels [px].
int overhead(const QFontMetrics &metrics, bool timeLabels)
{
    return 5 * metrics.height() / 2 + 10 + (timeLabels ? 2 * metrics.height() : 0);
}

} // namespace

PlotStack::PlotStack(TimeAxis *axis, QWidget *parent) :
    QSplitter(Qt::Vertical, parent), m_axis(axis)
{
    setChildrenCollapsible(false);
    setHandleWidth(4);
}

void PlotStack::addPanel(PlotPanel *panel, int share, int minimumLines)
{
    m_items.push_back({panel, share, minimumLines});
    panel->canvas()->setTimeAxis(m_axis);
    addWidget(panel);
    setStretchFactor(count() - 1, share);
    connect(panel, &PlotPanel::maximiseToggled, this,
            [this, panel](bool on) { maximise(panel, on); });
    layOut();
}

void PlotStack::setPanelVisible(PlotPanel *panel, bool visible)
{
    for (Item &item : m_items) {
        if (item.panel == panel)
            item.wanted = visible;
    }
    layOut();
}

void PlotStack::setStale(bool stale)
{
    for (const Item &item : m_items)
        item.panel->canvas()->setStale(stale);
}

void PlotStack::maximise(PlotPanel *panel, bool maximised)
{
    m_maximised = maximised ? panel : nullptr;
    layOut();
}

void PlotStack::layOut()
{
    const QFontMetrics metrics(theme::captionFont());
    // Room for the widest tick ("-100.0"), a rotated label and a little air.
    const int left = metrics.horizontalAdvance(QStringLiteral("-100.0")) + metrics.height() + 16;
    const int right = metrics.horizontalAdvance(QStringLiteral("-90 mV")) + 22;
    PlotPanel *lowest = nullptr;
    for (const Item &item : m_items) {
        const bool visible = m_maximised ? item.panel == m_maximised : item.wanted;
        item.panel->setVisible(visible);
        item.panel->setMaximised(item.panel == m_maximised);
        item.panel->canvas()->setSideMargins(left, right);
        if (visible)
            lowest = item.panel;
    }
    for (const Item &item : m_items) {
        const bool labels = item.panel == lowest;
        item.panel->canvas()->setTimeLabelsVisible(labels);
        const int height = item.minimumLines * metrics.height();
        item.panel->setMinimumHeight(height + overhead(metrics, labels));
    }
}

void PlotStack::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (m_arranged || height() < 100)
        return;
    // The first real size: what is left after captions and labels is shared out.
    m_arranged = true;
    const QFontMetrics metrics(theme::captionFont());
    int shares = 0;
    int fixed = 0;
    for (const Item &item : m_items) {
        shares += item.share;
        fixed += overhead(metrics, false);
    }
    fixed += overhead(metrics, true) - overhead(metrics, false) + handleWidth() * (count() - 1);
    QList<int> sizes;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const bool last = i + 1 == m_items.size();
        sizes << overhead(metrics, last) + (height() - fixed) * m_items[i].share / shares;
    }
    setSizes(sizes);
}

void PlotStack::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
}

} // namespace dt
