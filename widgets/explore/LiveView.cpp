// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/LiveView.h"

#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/plots/ColourBar.h"

#include <QHBoxLayout>

namespace dt {

LiveView::LiveView(Document *document, QWidget *parent) : QWidget(parent), m_cell(new CellView)
{
    setObjectName(QStringLiteral("liveView"));
    m_cell->setObjectName(QStringLiteral("liveCellView"));
    m_cell->setNeuron(document->neuron());
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_cell, 1);
    row->addWidget(new ColourBar);
    connect(document, &Document::changed, this,
            [this, document] { m_cell->setNeuron(document->neuron()); });
}

} // namespace dt
