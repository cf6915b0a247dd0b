// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/CableCardView.h"

#include "engine/cell/Cable.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Presets.h"
#include "engine/explore/SegmentError.h"
#include "engine/explore/SteadyCable.h"
#include "widgets/forms/Counted.h"
#include "widgets/forms/Digits.h"
#include "widgets/theme/Theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

enum TileIndex {
    LambdaTile,
    LengthTile,
    TauTile,
    ResistanceTile,
    AreaTile,
    SegmentTile,
    SynapseTile,
    SkTile
};
constexpr int Columns = 4;

/// How many segments would do, if so many are possible.
QString remedy(const CableCard &card, bool tree)
{
    const int needs = card.coarseDendrites.front().needs;
    if (needs <= MaxSegmentsOfDendrite)
        return tree ? CableCardView::tr("It needs %1 segments.").arg(needs)
                    : CableCardView::tr("%1 segments would be fine enough.").arg(needs);
    return CableCardView::tr(
               "Even %1 segments, the most that a dendrite can have, would each be %2 length "
               "constants long: make it shorter or thicker.")
        .arg(MaxSegmentsOfDendrite)
        .arg(significant(needs * CoarseLambda / MaxSegmentsOfDendrite, 2));
}

QString meaningOf(const CableCard &card, bool tree)
{
    const QString length = lambdaText(card.electrotonicLength);
    if (tree)
        return card.electrotonicLength < 0.3
            ? CableCardView::tr("The farthest tip is only %1 length constants from the soma: "
                                "electrically the whole tree is one point with it.")
                  .arg(length)
            : CableCardView::tr(
                  "The farthest tip is %1 length constants from the soma. What arrives "
                  "there reaches it weakened and smeared, and every fork takes its share.")
                  .arg(length);
    if (card.electrotonicLength < 0.3)
        return CableCardView::tr(
                   "The dendrite is only %1 length constants long: electrically it is "
                   "one point with the soma, and every synapse counts the same.")
            .arg(length);
    if (card.electrotonicLength < 1.5)
        return CableCardView::tr("The dendrite is %1 length constants long: distant synapses reach "
                                 "the soma weakened and smeared.")
            .arg(length);
    return CableCardView::tr(
               "The dendrite is %1 length constants long: distant synapses will barely "
               "reach the soma.")
        .arg(length);
}

} // namespace

CableCardView::CableCardView(QWidget *parent) :
    QFrame(parent), m_meaning(new QLabel), m_warning(new QLabel)
{
    setProperty("card", true);
    setObjectName(QStringLiteral("cableCard"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(theme::Grid * 3);
    grid->setVerticalSpacing(theme::Grid);
    m_tiles.push_back(addTile(QStringLiteral("lambda"), tr("length constant"),
                              tr("How far a steady voltage spreads before it falls to 37 %: "
                                 "100 √(d Rm / 4 Ra).")));
    m_tiles.push_back(
        addTile(QStringLiteral("electrotonic"), tr("soma to farthest tip"),
                tr("The way from the soma to the farthest tip, in length constants (λ) of the "
                   "dendrites on it: the ruler that matters.")));
    m_tiles.push_back(addTile(QStringLiteral("tau"), tr("membrane time constant"),
                              tr("How long the dendritic membrane remembers: Rm times Cm.")));
    m_tiles.push_back(addTile(
        QStringLiteral("resistance"), tr("input resistance, passive"),
        tr("So far a steady current moves the soma, by cable theory with its channels closed. "
           "The experiment Input Resistance and Transfer measures it with them.")));
    m_tiles.push_back(addTile(QStringLiteral("area"), tr("membrane: soma, dendrite"),
                              tr("Membrane areas. More membrane needs more current.")));
    m_tiles.push_back(addTile(QStringLiteral("segment"), tr("longest segment"),
                              tr("The dendrite is computed in pieces; they should be short against "
                                 "the length constant.")));
    m_tiles.push_back(addTile(QStringLiteral("synapse"), tr("excitatory synapses"),
                              tr("Type of the excitatory synapses.")));
    m_tiles.push_back(addTile(QStringLiteral("sk"), tr("SK factor"),
                              tr("0 spikes regularly; 1 falls silent after each spike.")));
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        auto *tile = new QVBoxLayout;
        tile->setSpacing(0);
        tile->addWidget(m_tiles[i].value);
        tile->addWidget(m_tiles[i].name);
        tile->addStretch(1);
        grid->addLayout(tile, static_cast<int>(i) / Columns, static_cast<int>(i) % Columns);
        grid->setColumnStretch(static_cast<int>(i) % Columns, 1);
    }
    m_meaning->setWordWrap(true);
    m_meaning->setObjectName(QStringLiteral("meaningLabel"));
    m_warning->setWordWrap(true);
    m_warning->setObjectName(QStringLiteral("coarseWarningLabel"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid * 2, theme::Grid * 2, theme::Grid * 2, theme::Grid * 2);
    layout->setSpacing(theme::Grid);
    layout->addWidget(m_meaning);
    layout->addLayout(grid);
    layout->addWidget(m_warning);
    theme::setRole(m_warning, "warning");
    theme::setRole(m_warning, "caption");
}

CableCardView::Tile CableCardView::addTile(const QString &name, const QString &label,
                                           const QString &tip)
{
    Tile tile{new QLabel, new QLabel(label)};
    tile.value->setObjectName(name + QStringLiteral("ValueLabel"));
    tile.name->setObjectName(name + QStringLiteral("NameLabel"));
    tile.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    theme::setRole(tile.value, "heading");
    theme::setRole(tile.name, "muted");
    theme::setRole(tile.name, "caption");
    for (QLabel *widget : {tile.value, tile.name}) {
        widget->setToolTip(tip);
        widget->setWordWrap(true); // large text in a small window
    }
    return tile;
}

void CableCardView::setNeuron(const Neuron &neuron)
{
    const CableCard card = cableCard(neuron);
    const auto set = [this](TileIndex tile, const QString &text) {
        m_tiles[tile].value->setText(text);
    };
    set(LambdaTile, tr("%1 µm").arg(significant(card.lambdaUm, 3)));
    const bool alike =
        std::all_of(neuron.dendrites.begin(), neuron.dendrites.end(),
                    [&](const Dendrite &d) { return d.diamUm == neuron.dendrites.front().diamUm; });
    m_tiles[LambdaTile].name->setText(
        alike ? tr("length constant")
              : tr("length constant of %1")
                    .arg(QString::fromStdString(neuron.dendrites.front().name)));
    set(LengthTile, tr("%1 λ").arg(lambdaText(card.electrotonicLength)));
    set(TauTile, tr("%1 ms").arg(significant(card.tauMs, 3)));
    set(ResistanceTile, tr("%1 MΩ").arg(significant(passiveInputMohm(neuron), 3)));
    set(AreaTile,
        tr("%1 + %2 µm²")
            .arg(significant(card.somaAreaUm2, 3), significant(card.dendriteAreaUm2, 3)));
    set(SegmentTile, tr("%1 λ").arg(significant(card.segmentLambda, 2)));
    QString type = tr("custom");
    for (const SynapseType &known : synapseTypes()) {
        if (known.name == synapseTypeOf(neuron))
            type = QString::fromUtf8(known.title.data(), qsizetype(known.title.size()));
    }
    set(SynapseTile, type);
    set(SkTile, significant(neuron.channels.skFactor, 6));
    m_meaning->setText(meaningOf(card, neuron.dendrites.size() > 1));
    m_warning->setVisible(card.coarse());
    if (!card.coarse())
        return;
    const bool tree = neuron.dendrites.size() > 1;
    const auto coarsest = static_cast<std::size_t>(card.coarseDendrites.front().dendrite);
    QString text = tree
        ? tr("Coarse: a segment of \"%1\" is %2 length constants long.")
              .arg(QString::fromStdString(neuron.dendrites[coarsest].name),
                   lambdaText(card.segmentLambda))
        : tr("Coarse: a segment is %1 length constants long.").arg(lambdaText(card.segmentLambda));
    text += u' ' + QString::fromStdString(segmentErrorSentence(segmentError(neuron))) + u' '
        + remedy(card, tree);
    if (card.coarseDendrites.size() > 1)
        text += u' '
            + tr("%1 dendrites in all are coarse; Cut below the table of dendrites mends them.")
                  .arg(card.coarseDendrites.size());
    m_warning->setText(text);
}

} // namespace dt
