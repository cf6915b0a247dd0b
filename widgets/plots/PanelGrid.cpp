// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PanelGrid.h"

#include "widgets/theme/Theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace dt {

namespace {

/// Ticks, caption with a read-out, and a plot [digits of caption text].
constexpr int LeastDigits = 26;
constexpr int RightMargin = 14;

} // namespace

PanelGrid::PanelGrid(int columns, QString widestTick, bool namedAxes, QWidget *parent) :
    QWidget(parent), m_mostColumns(columns), m_widestTick(std::move(widestTick)),
    m_namedAxes(namedAxes), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(theme::Grid);
}

QScrollArea *PanelGrid::scrolled()
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(this);
    return area;
}

void PanelGrid::setLeastLines(int lines)
{
    m_leastLines = lines;
    restyle();
}

PlotPanel *PanelGrid::addPlot(const QString &name, const QString &title, PlotCanvas *canvas)
{
    auto *panel = new PlotPanel(name, title, canvas);
    panel->setMinimumWidth(1);
    panel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_panels.push_back(panel);
    connect(panel, &PlotPanel::maximiseToggled, this,
            [this, panel](bool on) { maximise(on ? panel : nullptr); });
    m_columns = 0; // to be arranged anew
    arrange();
    restyle();
    return panel;
}

int PanelGrid::columnsIn(int width) const
{
    const int least =
        LeastDigits * QFontMetrics(theme::captionFont()).horizontalAdvance(QLatin1Char('0'));
    return std::clamp(width / least, 1, m_mostColumns);
}

int PanelGrid::rowsIn(int width) const
{
    const int columns = columnsIn(width);
    return (static_cast<int>(m_panels.size()) + columns - 1) / columns;
}

void PanelGrid::showOnly(int index)
{
    m_only = index < 0 ? nullptr : m_panels.at(static_cast<std::size_t>(index));
    for (PlotPanel *panel : m_panels)
        panel->setMaximisable(!m_only);
    maximise(m_only ? nullptr : m_maximised);
}

void PanelGrid::arrange()
{
    if (m_columns == columnsIn(width()))
        return;
    m_columns = columnsIn(width());
    for (std::size_t i = 0; i < m_panels.size(); ++i)
        m_grid->addWidget(m_panels[i], static_cast<int>(i) / m_columns,
                          static_cast<int>(i) % m_columns);
    maximise(m_maximised);
}

void PanelGrid::maximise(PlotPanel *panel)
{
    const bool changed = panel != m_maximised;
    m_maximised = panel;
    const PlotPanel *alone = m_only ? m_only : m_maximised;
    // Rows and columns without plots keep their share otherwise.
    for (int row = 0; row < m_grid->rowCount(); ++row)
        m_grid->setRowStretch(row, 0);
    for (int column = 0; column < m_grid->columnCount(); ++column)
        m_grid->setColumnStretch(column, 0);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        PlotPanel *p = m_panels[i];
        p->setVisible(!alone || p == alone);
        p->setMaximised(p == panel);
        if (alone && p != alone)
            continue;
        m_grid->setRowStretch(static_cast<int>(i) / m_columns, 1);
        m_grid->setColumnStretch(static_cast<int>(i) % m_columns, 1);
    }
    if (!changed)
        return;
    if (panel)
        panel->canvas()->setFocus(); // so that Escape gets here
    Q_EMIT maximisedChanged();
}

void PanelGrid::restyle()
{
    const QFontMetrics metrics(theme::captionFont());
    const int left =
        metrics.horizontalAdvance(m_widestTick) + 12 + (m_namedAxes ? metrics.height() + 4 : 0);
    for (PlotPanel *panel : m_panels) {
        panel->setMinimumHeight(m_leastLines * metrics.height());
        panel->canvas()->setSideMargins(left, RightMargin);
    }
}

void PanelGrid::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    restyle();
    arrange();
}

void PanelGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void PanelGrid::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_maximised)
        maximise(nullptr);
    else
        QWidget::keyPressEvent(event);
}

} // namespace dt
