// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PanelGrid.h"

#include "widgets/theme/Theme.h"

#include <QGridLayout>
#include <QKeyEvent>

namespace dt {

PanelGrid::PanelGrid(int columns, QWidget *parent)
    : QWidget(parent), m_columns(columns), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(theme::Grid);
}

PlotPanel *PanelGrid::addPlot(const QString &name, const QString &title, PlotCanvas *canvas)
{
    auto *panel = new PlotPanel(name, title, canvas);
    const int place = static_cast<int>(m_panels.size());
    panel->setMinimumWidth(1);
    panel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_grid->addWidget(panel, place / m_columns, place % m_columns);
    m_grid->setRowStretch(place / m_columns, 1);
    m_grid->setColumnStretch(place % m_columns, 1);
    m_panels.push_back(panel);
    connect(panel, &PlotPanel::maximiseToggled, this,
            [this, panel](bool on) { maximise(on ? panel : nullptr); });
    return panel;
}

void PanelGrid::maximise(PlotPanel *panel)
{
    m_maximised = panel;
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        const int place = static_cast<int>(i);
        PlotPanel *p = m_panels[i];
        p->setVisible(!panel || p == panel);
        p->setMaximised(p == panel);
        // Rows and columns of hidden plots keep their share otherwise.
        m_grid->setRowStretch(place / m_columns, 0);
        m_grid->setColumnStretch(place % m_columns, 0);
    }
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (panel && m_panels[i] != panel)
            continue;
        m_grid->setRowStretch(static_cast<int>(i) / m_columns, 1);
        m_grid->setColumnStretch(static_cast<int>(i) % m_columns, 1);
    }
}

void PanelGrid::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_maximised)
        maximise(nullptr);
    else
        QWidget::keyPressEvent(event);
}

} // namespace dt
