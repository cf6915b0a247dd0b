// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/PlotTile.h"

#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace dt {

PlotTile::PlotTile(const QString &title, PlotCanvas *canvas, QWidget *parent)
    : QWidget(parent), m_readOut(new QLabel)
{
    auto *caption = new QLabel(title);
    theme::setRole(caption, "caption");
    theme::setRole(caption, "muted");
    // A wide caption never makes a tile wider than its neighbours.
    caption->setMinimumWidth(1);
    theme::setRole(m_readOut, "caption");
    m_readOut->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    canvas->setAccessibleName(title);
    auto *header = new QHBoxLayout;
    header->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    header->addWidget(caption);
    header->addWidget(m_readOut, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(header);
    column->addWidget(canvas, 1);
}

void PlotTile::setReadOut(const QString &text)
{
    m_readOut->setText(text);
}

} // namespace dt
