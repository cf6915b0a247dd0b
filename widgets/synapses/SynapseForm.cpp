// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/SynapseForm.h"

#include "engine/cell/DendritePath.h"
#include "engine/cell/Validation.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/forms/NamedButton.h"
#include "widgets/forms/NumberRow.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace dt {

namespace {

/// A list in which nothing is chosen where things differ.
void showChoice(QComboBox *combo, const QStringList &names, int current)
{
    const QSignalBlocker blocker(combo);
    QStringList shown;
    for (int i = 0; i < combo->count(); ++i)
        shown << combo->itemText(i);
    if (shown != names) {
        combo->clear();
        combo->addItems(names);
    }
    combo->setCurrentIndex(current);
    combo->setPlaceholderText(SynapseForm::tr("(they differ)"));
}

} // namespace

SynapseForm::SynapseForm(Document *document, CellSelection *selection, QWidget *parent) :
    QWidget(parent), m_document(document), m_selection(selection), m_title(new QLabel),
    m_empty(
        new QLabel(tr("No synapse is selected. Click one in the picture or in the table, or drag "
                      "one from the palette onto the cell."))),
    m_fields(new QWidget), m_kind(new QComboBox),
    m_editKind(
        namedButton("editKindButton", tr("Edit Kind"), tr("Show the kinetics of this kind.")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    theme::setRole(m_title, "heading");
    m_title->setObjectName(QStringLiteral("synapseTitleLabel"));
    m_title->setWordWrap(true);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("synapseEmptyLabel"));
    theme::setRole(m_empty, "muted");
    layout->addWidget(m_title);
    layout->addWidget(m_empty);
    layout->addWidget(m_fields);
    layout->addStretch(1);

    auto *column = new QVBoxLayout(m_fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    m_kind->setObjectName(QStringLiteral("synapseKindCombo"));
    m_kind->setAccessibleName(tr("Kind of the selected synapses"));
    m_kind->setToolTip(tr("Which receptors an event opens here."));
    auto *kindRow = new QHBoxLayout;
    auto *kindLabel = new QLabel(tr("Kind"));
    kindLabel->setBuddy(m_kind);
    kindRow->addWidget(kindLabel);
    kindRow->addWidget(m_kind, 1);
    kindRow->addWidget(m_editKind);
    column->addLayout(kindRow);
    connect(m_kind, &QComboBox::activated, this, [this](int kind) {
        edit(tr("Change Kind of Synapse"),
             [&](Neuron &neuron) { setSynapseKind(neuron, items(), kind); });
    });
    connect(m_editKind, &QPushButton::clicked, this,
            [this] { Q_EMIT kindRequested(m_kind->currentIndex()); });
    addPlace();
    addWeights();

    connect(document, &Document::changed, this, &SynapseForm::refresh);
    connect(selection, &CellSelection::changed, this, &SynapseForm::refresh);
    refresh();
}

const std::vector<int> &SynapseForm::items() const
{
    return m_selection->items();
}

template <typename Function>
void SynapseForm::edit(const QString &text, Function change, const QString &key)
{
    if (m_selection->kind() != CellSelection::Kind::Synapses)
        return;
    (void)m_document->edit(
        text, [&](Project &project) { change(project.neuron); }, key);
    refresh();
}

void SynapseForm::addPlace()
{
    QLayout *column = m_fields->layout();
    m_dendrite = new QComboBox;
    m_dendrite->setObjectName(QStringLiteral("synapseDendriteCombo"));
    m_dendrite->setAccessibleName(tr("Dendrite"));
    m_dendrite->setToolTip(tr("Where it sits; it keeps its share of the way."));
    auto *row = new QHBoxLayout;
    auto *label = new QLabel(tr("Dendrite"));
    label->setBuddy(m_dendrite);
    row->addWidget(label);
    row->addWidget(m_dendrite, 1);
    static_cast<QVBoxLayout *>(column)->addLayout(row);
    m_x = new NumberRow(m_document, QStringLiteral("synapseX"), tr("x on the Dendrite"),
                        tr("0 is its near end, 1 its far end."), {0.0, 1.0, 0.01});
    column->addWidget(m_x);
    m_where = new QLabel;
    m_where->setObjectName(QStringLiteral("synapseWhereLabel"));
    m_where->setWordWrap(true);
    theme::setRole(m_where, "muted");
    theme::setRole(m_where, "caption");
    m_snap =
        namedButton("synapseSnapButton", tr("Snap"),
                    tr("Move to the middle of the segment, where the simulation puts it anyway."));
    auto *whereRow = new QHBoxLayout;
    whereRow->addWidget(m_where, 1);
    whereRow->addWidget(m_snap);
    static_cast<QVBoxLayout *>(column)->addLayout(whereRow);

    connect(m_dendrite, &QComboBox::activated, this, [this](int dendrite) {
        edit(tr("Move Synapse"), [&](Neuron &neuron) {
            for (const int item : items())
                neuron.synapses[static_cast<std::size_t>(item)].dendrite = dendrite;
        });
    });
    connect(m_x, &NumberRow::edited, this, [this](double x) {
        edit(
            tr("Move Synapse"),
            [&](Neuron &neuron) {
                for (const int item : items())
                    neuron.synapses[static_cast<std::size_t>(item)].x = x;
            },
            QStringLiteral("synapse-x"));
    });
    connect(m_snap, &QPushButton::clicked, this, [this] {
        edit(tr("Snap to Segments"), [&](Neuron &neuron) { snapSynapses(neuron, items()); });
    });
}

void SynapseForm::addWeights()
{
    QLayout *column = m_fields->layout();
    m_weight = new NumberRow(m_document, QStringLiteral("synapseWeight"), tr("Weight"),
                             tr("Multiplies the weight of every event that arrives."),
                             {0.0, MaxSynapseWeight, 0.5});
    column->addWidget(m_weight);
    connect(m_weight, &NumberRow::edited, this, [this](double weight) {
        edit(
            tr("Change Weight of Synapse"),
            [&](Neuron &neuron) { setSynapseWeights(neuron, items(), weight); },
            QStringLiteral("synapse-weight"));
    });

    m_many = new QWidget;
    auto *many = new QVBoxLayout(m_many);
    many->setContentsMargins(0, 0, 0, 0);
    many->setSpacing(theme::Grid / 2);
    const auto row = [this](const char *name, const QString &label, const QString &why,
                            double value) {
        auto *number =
            new NumberRow(nullptr, QLatin1String(name), label, why, {0.0, MaxSynapseWeight, 0.1});
        number->setQuantity(value);
        return number;
    };
    m_factor = row("weightFactor", tr("Scale by"), tr("Every weight is multiplied by this."), 2.0);
    auto *scale = namedButton("scaleWeightsButton", tr("Scale"), tr("Multiply the weights now."));
    auto *first = new QHBoxLayout;
    first->addWidget(m_factor, 1);
    first->addWidget(scale);
    many->addLayout(first);
    m_near = row("weightNear", tr("By Distance: Nearest"),
                 tr("Weight of the synapse that is nearest to the soma."), 1.0);
    m_far = row("weightFar", tr("By Distance: Farthest"),
                tr("Weight of the farthest; those between lie on a line."), 3.0);
    many->addWidget(m_near);
    auto *distance =
        namedButton("weightsByDistanceButton", tr("Set"), tr("Set the weights by distance now."));
    auto *second = new QHBoxLayout;
    second->addWidget(m_far, 1);
    second->addWidget(distance);
    many->addLayout(second);
    column->addWidget(m_many);
    connect(scale, &QPushButton::clicked, this, [this] {
        edit(tr("Scale Weights"),
             [&](Neuron &neuron) { scaleSynapseWeights(neuron, items(), m_factor->quantity()); });
    });
    connect(distance, &QPushButton::clicked, this, [this] {
        edit(tr("Weights by Distance"), [&](Neuron &neuron) {
            setSynapseWeightsByDistance(neuron, items(), m_near->quantity(), m_far->quantity());
        });
    });
}

void SynapseForm::refresh()
{
    const bool any = m_selection->kind() == CellSelection::Kind::Synapses;
    m_empty->setVisible(!any);
    m_fields->setVisible(any);
    m_title->setVisible(any);
    if (!any)
        return;
    const Neuron &neuron = m_document->neuron();
    const auto at = [&](int item) -> const Synapse & {
        return neuron.synapses[static_cast<std::size_t>(item)];
    };
    const Synapse first = at(items().front());
    bool sameKind = true;
    bool sameDendrite = true;
    bool allSnapped = true;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0.0;
    double nearest = lowest;
    double farthest = 0.0;
    const std::vector<double> starts = dendriteStartsUm(neuron);
    for (const int item : items()) {
        const Synapse &s = at(item);
        const auto d = static_cast<std::size_t>(s.dendrite);
        sameKind = sameKind && s.kind == first.kind;
        sameDendrite = sameDendrite && s.dendrite == first.dendrite;
        allSnapped = allSnapped && isAtSegmentCentre(neuron.dendrites[d], s.x);
        lowest = std::min(lowest, s.weight);
        highest = std::max(highest, s.weight);
        const double um = starts[d] + s.x * neuron.dendrites[d].lengthUm;
        nearest = std::min(nearest, um);
        farthest = std::max(farthest, um);
    }
    const QString kind = QString::fromStdString(neuron.kindOf(first).name);
    const std::size_t count = items().size();
    m_title->setText(count == 1     ? tr("Synapse %1: %2").arg(items().front() + 1).arg(kind)
                         : sameKind ? tr("%1 synapses, all %2").arg(count).arg(kind)
                                    : tr("%1 synapses, mixed kinds").arg(count));
    QStringList kinds;
    for (const SynapseKind &k : neuron.synapseKinds)
        kinds << QString::fromStdString(k.name);
    QStringList dendrites;
    for (const Dendrite &d : neuron.dendrites)
        dendrites << QString::fromStdString(d.name);
    showChoice(m_kind, kinds, sameKind ? first.kind : -1);
    showChoice(m_dendrite, dendrites, sameDendrite ? first.dendrite : -1);
    m_editKind->setEnabled(sameKind);
    m_x->setVisible(count == 1);
    m_x->setQuantity(first.x);
    const QString place = count == 1
        ? tr("%1 µm from the soma").arg(nearest, 0, 'f', 1)
        : tr("%1 to %2 µm from the soma").arg(nearest, 0, 'f', 1).arg(farthest, 0, 'f', 1);
    m_where->setText(allSnapped ? tr("%1, in the middle of a segment.").arg(place)
                                : tr("%1, at an exact place.").arg(place));
    m_snap->setEnabled(!allSnapped);
    m_weight->setQuantity(first.weight);
    m_weight->setNote(lowest < highest
                          ? tr("Weights differ, from %1 to %2. A number here sets all.")
                                .arg(lowest, 0, 'g', 4)
                                .arg(highest, 0, 'g', 4)
                          : QString());
    m_many->setVisible(count > 1);
}

} // namespace dt
