// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotStack.h"

#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QKeyEvent>

#include <algorithm>
#include <map>
#include <numeric>

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

void PlotStack::addPanel(PlotPanel *panel, int share, int minimumLines, int importance)
{
    m_items.push_back({panel, share, minimumLines, importance});
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

std::vector<PlotPanel *> PlotStack::panels() const
{
    std::vector<PlotPanel *> panels;
    for (const Item &item : m_items)
        panels.push_back(item.panel);
    return panels;
}

std::vector<const PlotCanvas *> PlotStack::wantedPlots() const
{
    std::vector<const PlotCanvas *> plots;
    for (const Item &item : m_items) {
        if (item.wanted)
            plots.push_back(item.panel->canvas());
    }
    return plots;
}

void PlotStack::maximise(PlotPanel *panel, bool maximised)
{
    m_maximised = maximised ? panel : nullptr;
    layOut();
    if (maximised)
        panel->canvas()->setFocus(); // so that Escape gets here
}

// What the shown panels need at least, with the time labels of the lowest one.
int PlotStack::leastHeight() const
{
    const QFontMetrics metrics(theme::captionFont());
    int height = overhead(metrics, true) - overhead(metrics, false) - handleWidth();
    for (const Item &item : m_items) {
        if (item.shown)
            height +=
                item.minimumLines * metrics.height() + overhead(metrics, false) + handleWidth();
    }
    return height;
}

PlotStack::Item *PlotStack::leastImportantShown()
{
    Item *least = nullptr;
    for (Item &item : m_items) {
        if (item.shown && (!least || item.importance < least->importance))
            least = &item;
    }
    return least;
}

void PlotStack::chooseShown()
{
    int shown = 0;
    for (Item &item : m_items) {
        item.shown = m_maximised ? item.panel == m_maximised : item.wanted;
        shown += item.shown;
    }
    // Before the first layout the height says nothing.
    for (; testAttribute(Qt::WA_WState_Created) && shown > 1 && leastHeight() > height(); --shown)
        leastImportantShown()->shown = false;
}

void PlotStack::layOut()
{
    const QFontMetrics metrics(theme::captionFont());
    // Room for the widest tick ("-100.0"), a rotated label and a little air.
    const int left = metrics.horizontalAdvance(QStringLiteral("-100.0")) + metrics.height() + 16;
    const int right = metrics.horizontalAdvance(QStringLiteral("-90 mV")) + 22;
    chooseShown();
    PlotPanel *lowest = nullptr;
    for (const Item &item : m_items) {
        item.panel->setVisible(item.shown);
        item.panel->setMaximised(item.panel == m_maximised);
        item.panel->canvas()->setSideMargins(left, right);
        if (item.shown)
            lowest = item.panel;
    }
    for (const Item &item : m_items) {
        const bool labels = item.panel == lowest;
        item.panel->canvas()->setTimeLabelsVisible(labels);
        const int height = item.minimumLines * metrics.height();
        item.panel->setMinimumHeight(height + overhead(metrics, labels));
    }
    shareHeight();
    const auto hidden =
        static_cast<int>(std::count_if(m_items.begin(), m_items.end(), [this](const Item &item) {
            return item.wanted && !item.shown && !m_maximised;
        }));
    if (hidden == m_hidden)
        return;
    m_hidden = hidden;
    Q_EMIT hiddenChanged(hidden);
}

// What is left after captions and labels is shared out among the shown panels, none getting less
// than it needs.
void PlotStack::shareHeight()
{
    std::vector<PlotPanel *> shown;
    std::vector<const Item *> sharing;
    const QFontMetrics metrics(theme::captionFont());
    int room = height() - (overhead(metrics, true) - overhead(metrics, false)) + handleWidth();
    for (const Item &item : m_items) {
        if (!item.shown)
            continue;
        shown.push_back(item.panel);
        sharing.push_back(&item);
        room -= overhead(metrics, false) + handleWidth();
    }
    if (shown == m_arranged || !isVisible() || m_maximised)
        return;
    m_arranged = shown;
    std::map<const Item *, int> plotHeights;
    for (bool again = true; again;) {
        again = false;
        const int shares =
            std::accumulate(sharing.begin(), sharing.end(), 0,
                            [](int sum, const Item *item) { return sum + item->share; });
        for (const Item *item : sharing) {
            const int least = item->minimumLines * metrics.height();
            plotHeights[item] = std::max(least, room * item->share / shares);
            if (room * item->share / shares < least) {
                room -= least;
                std::erase(sharing, item);
                again = !sharing.empty();
                break;
            }
        }
    }
    QList<int> sizes;
    for (const Item &item : m_items)
        sizes << (item.shown ? plotHeights[&item] + overhead(metrics, item.panel == shown.back())
                             : 0);
    setSizes(sizes);
}

QSize PlotStack::minimumSizeHint() const
{
    const QFontMetrics metrics(theme::captionFont());
    std::vector<const Item *> items;
    for (const Item &item : m_items)
        items.push_back(&item);
    std::sort(items.begin(), items.end(),
              [](const Item *a, const Item *b) { return a->importance > b->importance; });
    int height = handleWidth();
    for (std::size_t i = 0; i < std::min<std::size_t>(2, items.size()); ++i)
        height += items[i]->minimumLines * metrics.height() + overhead(metrics, i == 0);
    return {QSplitter::minimumSizeHint().width(), height};
}

void PlotStack::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_maximised)
        maximise(m_maximised, false);
    else
        QSplitter::keyPressEvent(event);
}

void PlotStack::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    layOut();
}

void PlotStack::showEvent(QShowEvent *event)
{
    QSplitter::showEvent(event);
    layOut();
}

void PlotStack::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_arranged.clear();
        layOut();
    }
}

} // namespace dt
