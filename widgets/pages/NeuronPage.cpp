// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/NeuronPage.h"

#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/pages/CableCardView.h"
#include "widgets/theme/Theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace dt {

NeuronPage::NeuronPage(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_cell(new CellView), m_card(new CableCardView),
    m_form(new ParameterForm(document)), m_mode(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("neuronPage"));
    m_cell->setObjectName(QStringLiteral("neuronCellView"));

    auto *schematic = new QRadioButton(tr("Thickened"));
    schematic->setObjectName(QStringLiteral("schematicRadio"));
    schematic->setToolTip(tr("Lengths to scale, thickness exaggerated so that you can see it."));
    auto *scale = new QRadioButton(tr("To Scale"));
    scale->setObjectName(QStringLiteral("toScaleRadio"));
    scale->setToolTip(tr("True proportions: a dendrite 2 mm long and 1 µm thick is a hair."));
    schematic->setChecked(true);
    m_mode->addButton(schematic, int(CellLayout::Mode::Schematic));
    m_mode->addButton(scale, int(CellLayout::Mode::ToScale));
    auto *bar = new QHBoxLayout;
    auto *hint = new QLabel(tr("Click the soma or the dendrite to see its parameters."));
    hint->setWordWrap(true);
    theme::setRole(hint, "muted");
    bar->addWidget(hint, 1);
    bar->addWidget(schematic);
    bar->addWidget(scale);

    auto *picture = new QFrame;
    picture->setProperty("card", true);
    auto *pictureLayout = new QVBoxLayout(picture);
    pictureLayout->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    pictureLayout->addLayout(bar);
    pictureLayout->addWidget(m_cell, 1);

    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    leftLayout->setSpacing(theme::Grid);
    leftLayout->addWidget(picture, 1);
    leftLayout->addWidget(m_card);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_form);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({820, 380});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_mode, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            m_cell->setMode(static_cast<CellLayout::Mode>(id));
    });
    connect(m_cell, &CellView::selectionChanged, this, [this] {
        if (const std::optional<int> part = m_cell->selection())
            m_form->showGroup(*part == CellView::SomaSelected ? ParameterGroup::Soma
                                                              : ParameterGroup::Dendrite);
    });
    connect(document, &Document::changed, this, &NeuronPage::refresh);
    refresh();
}

void NeuronPage::refresh()
{
    m_cell->setNeuron(m_document->neuron());
    m_card->setNeuron(m_document->neuron());
}

} // namespace dt
