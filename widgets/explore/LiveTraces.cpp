// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/LiveTraces.h"

#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr std::array WindowsMs{50, 100, 200, 500, 1000, 2000, 5000};
constexpr int UsualWindow = 3;
constexpr double FullLowMv = -100.0;
constexpr double FullHighMv = 50.0;
/// A resting cell is not magnified to its last digits.
constexpr double LeastSpanMv = 1.5;

QIcon dot(const QColor &colour, int side)
{
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2));
    return pixmap;
}

} // namespace

LiveTraces::LiveTraces(QWidget *parent) :
    QWidget(parent), m_canvas(new PlotCanvas), m_legend(new QHBoxLayout), m_window(new QComboBox),
    m_fit(new QCheckBox(tr("Fit"))), m_range(LeastSpanMv, FullLowMv, FullHighMv)
{
    m_canvas->setObjectName(QStringLiteral("liveTraceCanvas"));
    m_canvas->setAccessibleName(tr("Voltage over the last moments"));
    m_canvas->setYLabel(tr("V [mV]"));
    m_canvas->setYRange(FullLowMv, FullHighMv);
    m_canvas->setEmptyText(
        tr("Press Play: the neuron runs without end.\nThen click a segment of the "
           "cell to poke it."));
    m_canvas->setMinimumHeight(110);
    m_canvas->addLine({});
    m_window->setObjectName(QStringLiteral("liveWindowCombo"));
    m_window->setAccessibleName(tr("Time shown"));
    m_window->setToolTip(tr("How much of the neuron's time the traces show."));
    for (const int ms : WindowsMs)
        m_window->addItem(tr("%1 ms").arg(ms), ms);
    m_window->setCurrentIndex(UsualWindow);
    m_fit->setObjectName(QStringLiteral("liveFitCheck"));
    m_fit->setToolTip(tr("Magnify to what is shown, for small potentials; else from -100 to 50 mV. "
                         "Ctrl+wheel in the plot zooms by hand, a double click ends that."));
    m_fit->setChecked(true);

    auto *header = new QHBoxLayout;
    header->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    header->setSpacing(theme::Grid);
    m_legend->setSpacing(2);
    header->addLayout(m_legend);
    header->addStretch(1);
    header->addWidget(m_fit);
    header->addWidget(m_window);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(header);
    column->addWidget(m_canvas, 1);

    connect(m_window, &QComboBox::currentIndexChanged, this, [this] {
        showWindow();
        Q_EMIT windowChanged();
        m_canvas->redraw();
    });
    connect(m_fit, &QCheckBox::toggled, this, [this](bool on) {
        m_canvas->showAll();
        if (!on)
            m_canvas->setYRange(FullLowMv, FullHighMv);
        Q_EMIT windowChanged();
        m_canvas->redraw();
    });
    showWindow();
    restyle();
}

void LiveTraces::showWindow()
{
    const double window = windowMs();
    m_canvas->setXAxis(tr("Time before now [ms]"), -window, 0.0);
    std::vector<std::pair<double, QString>> ticks;
    for (int i = 0; i <= 5; ++i) {
        const double ms = i == 0 ? 0.0 : -window * i / 5.0;
        ticks.emplace_back(ms, QString::number(ms));
    }
    m_canvas->setXTicks(ticks);
}

double LiveTraces::windowMs() const
{
    return m_window->currentData().toDouble();
}

void LiveTraces::setSites(const std::vector<Site> &sites)
{
    if (sites == m_sites)
        return;
    m_sites = sites;
    restyle();
}

void LiveTraces::restyle()
{
    while (QLayoutItem *item = m_legend->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    const QColor ink = palette().color(QPalette::WindowText);
    const int side = QFontMetrics(theme::captionFont()).height() * 3 / 4;
    auto *soma = new QLabel(tr("Soma"));
    theme::setRole(soma, "caption");
    auto *somaDot = new QLabel;
    somaDot->setPixmap(dot(ink, side).pixmap(side));
    m_legend->addWidget(somaDot);
    m_legend->addWidget(soma);
    m_canvas->setLineStyle(0, {ink});
    m_canvas->removeLinesFrom(1);
    m_siteButtons.clear();
    m_segment = nullptr;
    if (!m_sites.empty()) {
        m_segment = new QLabel(tr("   Segment"));
        theme::setRole(m_segment, "caption");
        m_legend->addWidget(m_segment);
    }
    for (const Site &site : m_sites) {
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("liveSiteButton%1").arg(site.id));
        button->setAutoRaise(true);
        button->setFont(theme::captionFont());
        button->setIcon(dot(site.colour, side));
        button->setIconSize({side, side});
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        const QString where = site.dendrite.isEmpty()
            ? tr("segment %1").arg(site.segment)
            : tr("segment %1, on %2").arg(site.segment, site.dendrite);
        button->setAccessibleName(tr("Remove the trace of %1").arg(where));
        button->setToolTip(tr("Remove this trace: %1").arg(where));
        connect(button, &QToolButton::clicked, this,
                [this, id = site.id] { Q_EMIT siteRemoved(id); });
        m_legend->addWidget(button);
        m_siteButtons.push_back(button);
        m_canvas->addLine({site.colour});
    }
    nameSites();
}

// With the names of their dendrites where there is room for all, else by their numbers; the tool
// tips have both. The word before the numbers is the next to go.
void LiveTraces::nameSites()
{
    for (const bool dendrites : {true, false}) {
        for (std::size_t i = 0; i < m_siteButtons.size(); ++i) {
            const Site &site = m_sites[i];
            m_siteButtons[i]->setText(dendrites && !site.dendrite.isEmpty()
                                          ? tr("%1 %2 ×").arg(site.segment, site.dendrite)
                                          : tr("%1 ×").arg(site.segment));
        }
        if (headerWidth() <= width())
            break;
    }
    if (m_segment)
        m_segment->setVisible(headerWidth() <= width());
}

int LiveTraces::headerWidth() const
{
    int needed = m_fit->sizeHint().width() + m_window->sizeHint().width() + 5 * theme::Grid;
    for (int i = 0; i < m_legend->count(); ++i)
        needed += m_legend->itemAt(i)->widget()->sizeHint().width() + m_legend->spacing();
    return needed;
}

void LiveTraces::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    nameSites();
}

void LiveTraces::show(const LiveTrace &trace)
{
    const int points = std::max(200, m_canvas->plotRect().width() * 2);
    Extent seen;
    const int lines = std::min(trace.siteCount(), m_canvas->lineCount());
    for (int i = 0; i < lines; ++i) {
        const LiveTrace::Line line = trace.lastOf(i, windowMs(), points);
        m_canvas->setPoints(i, line.x, line.y);
        for (const double y : line.y)
            seen.take(y);
    }
    if (seen.isEmpty()) { // nothing yet
        m_canvas->redraw();
        return;
    }
    m_canvas->setEmptyText({});
    if (m_fit->isChecked()) {
        m_range.fit(seen, true);
        m_canvas->setYRange(m_range.from(), m_range.to());
    }
    m_canvas->redraw();
}

void LiveTraces::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
        Q_EMIT windowChanged();
    }
}

} // namespace dt
