// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/DistributePane.h"

#include "engine/cell/DendritePath.h"
#include "engine/cell/Validation.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/forms/LabelledCombo.h"
#include "widgets/forms/NumberRow.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

/// Farther than any neuron reaches [um].
constexpr double FarUm = 1.0e6;

/// New names, with `wish` chosen: the first one for none, nothing for one that is not there.
void setNames(QComboBox *combo, const QStringList &names, const QString &wish)
{
    QStringList shown;
    for (int i = 0; i < combo->count(); ++i)
        shown << combo->itemText(i);
    const QSignalBlocker blocker(combo);
    if (shown != names) {
        combo->clear();
        combo->addItems(names);
    }
    combo->setCurrentIndex(wish.isEmpty() ? 0 : static_cast<int>(names.indexOf(wish)));
}

} // namespace

DistributePane::DistributePane(Document *document, CellSelection *selection, QWidget *parent) :
    QWidget(parent), m_document(document), m_selection(selection)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    m_kind = addLabelledCombo(layout, "distributeKindCombo", tr("Kind"), tr("What is placed."));
    addWhere(layout);
    addAmount(layout);
    addPlacing(layout);
    addButtons(layout);
    layout->addStretch(1);

    for (QComboBox *box : {m_kind, m_where, m_tip, m_amount, m_placing})
        connect(box, &QComboBox::currentIndexChanged, this, &DistributePane::propose);
    connect(m_tip, &QComboBox::activated, this, [this] { m_tipName = m_tip->currentText(); });
    for (NumberRow *row : {m_from, m_to, m_count, m_density, m_areaDensity, m_gradient, m_weight})
        connect(row, &NumberRow::edited, this, &DistributePane::propose);
    connect(m_seed, &QuantityField::edited, this, &DistributePane::propose);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (!event.neuron)
            return;
        m_added = 0;
        if (event.everything) { // they were of another cell
            m_dendrites.clear();
            m_tipName.clear();
            m_where->setCurrentIndex(0);
            m_wholeWay = true;
        }
        refreshChoices();
    });
    connect(selection, &CellSelection::changed, this, [this] {
        if (m_selection->kind() == CellSelection::Kind::Dendrites) {
            m_dendrites = m_selection->items();
            m_added = 0;
        }
        refresh();
    });
    restyle();
    refreshChoices();
}

void DistributePane::addWhere(QVBoxLayout *layout)
{
    m_where = addLabelledCombo(layout, "distributeWhereCombo", tr("Where"),
                               tr("Which dendrites get them."));
    m_where->addItems({tr("Whole Cell"), tr("Selected Dendrites"), tr("Path to a Tip")});
    m_tip = new QComboBox;
    m_tip->setObjectName(QStringLiteral("distributeTipCombo"));
    m_tip->setAccessibleName(tr("Tip"));
    m_tip->setToolTip(tr("The path goes from the soma to the end of this dendrite."));
    layout->addWidget(m_tip);
    m_chosen = new QLabel;
    m_chosen->setObjectName(QStringLiteral("distributeDendritesLabel"));
    m_chosen->setWordWrap(true);
    theme::setRole(m_chosen, "caption");
    theme::setRole(m_chosen, "muted");
    layout->addWidget(m_chosen);
    const QString why = tr("Only between these distances from the soma, along the dendrites.");
    m_from = new NumberRow(nullptr, QStringLiteral("distributeFrom"), tr("From"), why,
                           {0.0, FarUm, 50.0, QStringLiteral("um")});
    m_to = new NumberRow(nullptr, QStringLiteral("distributeTo"), tr("To"), why,
                         {0.0, FarUm, 50.0, QStringLiteral("um")});
    connect(m_to, &NumberRow::edited, this, [this] { m_wholeWay = false; });
    layout->addWidget(m_from);
    layout->addWidget(m_to);
}

void DistributePane::addAmount(QVBoxLayout *layout)
{
    m_amount = addLabelledCombo(layout, "distributeAmountCombo", tr("How Many"),
                                tr("A number, or a density."));
    m_amount->addItems({tr("A Number"), tr("Per Length"), tr("Per Membrane Area")});
    m_count = new NumberRow(nullptr, QStringLiteral("distributeCount"), tr("Number"),
                            tr("So many in all."), {0, MaxSynapses, 1});
    m_count->field()->setDecimals(0);
    m_count->setQuantity(20);
    m_density = new NumberRow(nullptr, QStringLiteral("distributeDensity"), tr("Density"),
                              tr("Synapses on a micrometre of dendrite."),
                              {0.0, 1000.0, 0.01, QStringLiteral("1/um")});
    m_density->setQuantity(0.05);
    m_areaDensity = new NumberRow(nullptr, QStringLiteral("distributeAreaDensity"), tr("Density"),
                                  tr("Synapses on a square micrometre of membrane."),
                                  {0.0, 1000.0, 0.001, QStringLiteral("1/um2")});
    m_areaDensity->setQuantity(0.02);
    m_gradient =
        new NumberRow(nullptr, QStringLiteral("distributeGradient"), tr("Far End Is"),
                      tr("How many times as dense the far end is as the near end; 1 for the "
                         "same everywhere. A density is that of the middle then."),
                      {0.0, 1000.0, 0.5, tr("times as dense")});
    m_gradient->setQuantity(1.0);
    for (NumberRow *row : {m_count, m_density, m_areaDensity, m_gradient})
        layout->addWidget(row);
}

void DistributePane::addPlacing(QVBoxLayout *layout)
{
    m_placing = addLabelledCombo(layout, "distributePlacingCombo", tr("Placing"),
                                 tr("In equal steps, or drawn at random."));
    m_placing->addItems({tr("Evenly"), tr("At Random")});
    m_seed = new QuantityField;
    m_seed->setObjectName(QStringLiteral("distributeSeedField"));
    m_seed->configure(0, std::numeric_limits<int>::max(), 1, 0, {});
    m_seed->setAccessibleName(tr("Seed of the places"));
    m_seed->setToolTip(tr("The same seed gives the same places."));
    m_seed->setQuantity(1);
    m_dice = new QToolButton;
    m_dice->setObjectName(QStringLiteral("distributeDiceButton"));
    m_dice->setToolTip(tr("Another seed"));
    m_dice->setAccessibleName(tr("Another seed"));
    m_dice->setAutoRaise(true);
    connect(m_dice, &QToolButton::clicked, this, [this] {
        m_seed->setQuantity(QRandomGenerator::global()->bounded(1, 100000));
        refresh();
    });
    m_seedRow = new QWidget;
    auto *row = new QHBoxLayout(m_seedRow);
    row->setContentsMargins(0, 0, 0, 0);
    auto *label = new QLabel(tr("Seed"));
    label->setBuddy(m_seed);
    row->addWidget(label, 1);
    row->addWidget(m_seed);
    row->addWidget(m_dice);
    layout->addWidget(m_seedRow);
    m_weight = new NumberRow(nullptr, QStringLiteral("distributeWeight"), tr("Weight"),
                             tr("Multiplies the weight of every event that arrives."),
                             {0.0, MaxSynapseWeight, 0.5});
    m_weight->setQuantity(1.0);
    layout->addWidget(m_weight);
}

void DistributePane::addButtons(QVBoxLayout *layout)
{
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("distributeSummaryLabel"));
    m_summary->setWordWrap(true);
    layout->addWidget(m_summary);
    m_apply = new QPushButton(tr("Add Them"));
    m_apply->setObjectName(QStringLiteral("distributeApplyButton"));
    m_removeAll = new QPushButton(tr("Remove All of This Kind"));
    m_removeAll->setObjectName(QStringLiteral("removeAllOfKindButton"));
    m_removeAll->setToolTip(tr("Remove every synapse of the kind chosen above. The kind stays."));
    m_onePair = new QPushButton(tr("One Pair per Segment"));
    m_onePair->setObjectName(QStringLiteral("onePairButton"));
    m_onePair->setToolTip(
        tr("Replace all synapses by one excitatory and one inhibitory in the middle of "
           "every segment, as in the published data sets."));
    for (QPushButton *button : {m_apply, m_removeAll, m_onePair})
        layout->addWidget(button);
    connect(m_apply, &QPushButton::clicked, this, &DistributePane::apply);
    connect(m_removeAll, &QPushButton::clicked, this, &DistributePane::removeAll);
    connect(m_onePair, &QPushButton::clicked, this, &DistributePane::onePair);
}

Distribution DistributePane::wanted() const
{
    Distribution wanted;
    wanted.kind = m_kind->currentIndex();
    wanted.where = static_cast<Distribution::Where>(m_where->currentIndex());
    wanted.dendrites = m_dendrites;
    const std::vector<int> ends = dendriteTips(m_document->neuron());
    const int tip = m_tip->currentIndex();
    wanted.tip =
        tip >= 0 && tip < static_cast<int>(ends.size()) ? ends[static_cast<std::size_t>(tip)] : -1;
    wanted.fromUm = m_from->quantity();
    wanted.toUm = m_wholeWay ? FarUm : m_to->quantity();
    wanted.amount = static_cast<Distribution::Amount>(m_amount->currentIndex());
    wanted.count = static_cast<int>(m_count->quantity());
    wanted.density = wanted.amount == Distribution::Amount::PerUm2 ? m_areaDensity->quantity()
                                                                   : m_density->quantity();
    wanted.gradient = m_gradient->quantity();
    wanted.placing = static_cast<Distribution::Placing>(m_placing->currentIndex());
    wanted.seed = static_cast<std::uint64_t>(m_seed->value());
    wanted.snap = m_snap;
    wanted.weight = m_weight->quantity();
    return wanted;
}

void DistributePane::refreshChoices()
{
    const Neuron &neuron = m_document->neuron();
    QStringList kinds;
    for (const SynapseKind &kind : neuron.synapseKinds)
        kinds << QString::fromStdString(kind.name);
    setComboNames(m_kind, kinds);
    QStringList ends;
    for (const int tip : dendriteTips(neuron))
        ends << QString::fromStdString(neuron.dendrites[static_cast<std::size_t>(tip)].name);
    setNames(m_tip, ends, m_tipName); // one that is gone comes back with Undo
    m_tip->setPlaceholderText(tr("\"%1\" is gone: choose a tip").arg(m_tipName));
    std::erase_if(m_dendrites,
                  [&](int d) { return d >= static_cast<int>(neuron.dendrites.size()); });
    const double reach = reachUm(neuron);
    m_to->setNote(tr("The farthest tip is %1 µm away.").arg(reach, 0, 'f', 0));
    if (m_wholeWay)
        m_to->setQuantity(std::ceil(reach));
    refresh();
}

void DistributePane::setSnap(bool snap)
{
    m_snap = snap;
    propose();
}

void DistributePane::propose()
{
    m_added = 0;
    refresh();
}

void DistributePane::refresh()
{
    const Neuron &neuron = m_document->neuron();
    const Distribution want = wanted();
    m_tip->setVisible(want.where == Distribution::Where::Path);
    m_chosen->setVisible(want.where == Distribution::Where::Dendrites);
    QStringList names;
    for (const int d : m_dendrites)
        names << QString::fromStdString(neuron.dendrites[static_cast<std::size_t>(d)].name);
    m_chosen->setText(names.isEmpty()
                          ? tr("Select dendrites in the picture; Ctrl with a click adds one.")
                          : tr("Selected: %1").arg(names.join(QStringLiteral(", "))));
    m_count->setVisible(want.amount == Distribution::Amount::Count);
    m_density->setVisible(want.amount == Distribution::Amount::PerUm);
    m_areaDensity->setVisible(want.amount == Distribution::Amount::PerUm2);
    m_seedRow->setVisible(want.placing == Distribution::Placing::Random);

    const auto placed = distributedSynapses(neuron, want);
    const std::size_t count = placed ? placed->size() : 0;
    theme::setRole(m_summary, "problem", !placed);
    m_summary->setText(
        m_added > 0 ? tr("Added %1; the neuron has %2. Change something above to add more.")
                          .arg(m_added)
                          .arg(neuron.synapses.size())
            : !placed    ? QString::fromStdString(placed.error().message)
            : count == 1 ? tr("This adds 1 synapse; the neuron has %1.").arg(neuron.synapses.size())
                         : tr("This adds %1 synapses; the neuron has %2.")
                               .arg(count)
                               .arg(neuron.synapses.size()));
    m_apply->setEnabled(count > 0 && m_added == 0);
    m_apply->setText(count == 1 ? tr("Add 1 Synapse") : tr("Add %1 Synapses").arg(count));
    m_removeAll->setEnabled(!synapsesOfKind(neuron, want.kind).empty());
    m_onePair->setEnabled(!hasOnePairPerSegment(neuron));
    std::vector<Synapse> preview;
    if (placed && isVisible() && m_added == 0)
        preview = *placed;
    if (preview == m_preview)
        return;
    m_preview = std::move(preview);
    Q_EMIT previewChanged();
}

void DistributePane::apply()
{
    const auto placed = distributedSynapses(m_document->neuron(), wanted());
    if (!placed || placed->empty())
        return;
    std::vector<int> added;
    const Status done =
        m_document->edit(tr("Distribute %1 Synapses").arg(placed->size()),
                         [&](Project &project) { added = addSynapses(project.neuron, *placed); });
    if (!done)
        return;
    m_added = static_cast<int>(added.size()); // the same once more is hardly meant
    m_selection->select(CellSelection::Kind::Synapses, added);
}

void DistributePane::removeAll()
{
    const int kind = m_kind->currentIndex();
    m_selection->clear();
    (void)m_document->edit(tr("Remove All of a Kind"),
                           [&](Project &project) { removeSynapsesOfKind(project.neuron, kind); });
}

void DistributePane::onePair()
{
    m_selection->clear();
    (void)m_document->edit(tr("One Pair per Segment"),
                           [](Project &project) { setOnePairPerSegment(project.neuron); });
}

void DistributePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void DistributePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    refresh();
}

void DistributePane::restyle()
{
    m_dice->setIcon(themedIcon(QStringLiteral("dice"), palette()));
}

void DistributePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_dice)
        restyle();
}

} // namespace dt
