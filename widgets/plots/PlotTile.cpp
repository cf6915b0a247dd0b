// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotTile.h"

#include "widgets/forms/ElidedLabel.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace dt {

PlotTile::PlotTile(const QString &title, PlotCanvas *canvas, QWidget *parent) :
    QWidget(parent), m_caption(new ElidedLabel(title)), m_readOut(new ElidedLabel)
{
    m_caption->setBuddy(canvas);
    theme::setRole(m_caption, "caption");
    theme::setRole(m_caption, "muted");
    // While there is a read-out, the caption has what it leaves.
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    theme::setRole(m_readOut, "caption");
    m_readOut->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    canvas->setAccessibleName(title);
    // Small plots do nothing on a key: nobody should have to tab through them.
    canvas->setFocusPolicy(Qt::NoFocus);
    canvas->setMinimumWidth(1);
    auto *header = new QHBoxLayout;
    header->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    header->addWidget(m_caption, 1);
    header->addWidget(m_readOut);
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
