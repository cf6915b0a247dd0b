// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/KindForm.h"

#include "engine/base/ReadUnits.h"
#include "engine/cell/SynapseKernels.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/forms/LabelledCombo.h"
#include "widgets/forms/NamedButton.h"
#include "widgets/forms/NumberRow.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/synapses/BlockPlot.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace dt {

namespace {

/// Where the two courses are clamped: at rest, and where the block begins to open.
constexpr double RestMv = -85.0;
constexpr double OpeningMv = -40.0;
constexpr double StepMs = 0.1;

} // namespace

KindForm::KindForm(Document *document, CellSelection *selection, QWidget *parent) :
    QWidget(parent), m_document(document), m_selection(selection)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    addHead(layout);
    addRemoval(layout);
    addPlots(layout);
    addFields(layout);
    layout->addWidget(m_blockTile); // comes and goes below the fields that make it do so
    layout->addStretch(1);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.everything)
            m_current = 0;
        if (event.neuron)
            refresh();
    });
    restyle();
    refresh();
}

const SynapseKind *KindForm::shown() const
{
    const std::vector<SynapseKind> &kinds = m_document->neuron().synapseKinds;
    return m_current >= 0 && m_current < static_cast<int>(kinds.size())
        ? &kinds[static_cast<std::size_t>(m_current)]
        : nullptr;
}

void KindForm::addHead(QVBoxLayout *layout)
{
    m_kinds =
        addLabelledCombo(layout, "kindCombo", tr("Kind"), tr("The kinds that this neuron has."));
    connect(m_kinds, &QComboBox::activated, this, &KindForm::showKind);
    m_new = new QToolButton;
    m_new->setObjectName(QStringLiteral("newKindButton"));
    m_new->setText(tr("New Kind"));
    m_new->setToolTip(tr("Add a kind, from published kinetics or as a copy to change."));
    m_new->setPopupMode(QToolButton::InstantPopup);
    m_new->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *menu = new QMenu(m_new);
    int number = 0;
    for (const SynapseKindPreset &preset : synapseKindPresets()) {
        QAction *action = menu->addAction(text(preset.title));
        action->setObjectName(QStringLiteral("newKind%1Action").arg(number));
        connect(action, &QAction::triggered, this, [this, number] { addNew(number); });
        ++number;
    }
    m_new->setMenu(menu);
    m_copy = namedButton("copyKindButton", tr("Duplicate"), tr("A copy of this kind, to change."));
    m_remove = namedButton("removeKindButton", tr("Delete"), tr("Delete this kind."));
    auto *row = new QHBoxLayout;
    row->addWidget(m_new, 1);
    row->addWidget(m_copy);
    row->addWidget(m_remove);
    layout->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        const SynapseKind *kind = shown();
        if (!kind)
            return;
        const SynapseKind copy = *kind;
        int added = m_current;
        (void)m_document->edit(tr("Duplicate Kind of Synapse"),
                               [&](Project &project) { added = addKind(project.neuron, copy); });
        showKind(added);
    });
    connect(m_remove, &QPushButton::clicked, this, &KindForm::askRemoval);
}

void KindForm::addNew(int preset)
{
    const SynapseKindPreset &from = synapseKindPresets()[static_cast<std::size_t>(preset)];
    SynapseKind kind = from.kind;
    kind.name = std::string(from.name);
    int added = m_current;
    (void)m_document->edit(tr("New Kind of Synapse"),
                           [&](Project &project) { added = addKind(project.neuron, kind); });
    showKind(added);
}

// In the form: a question that has to be answered before anything else would be in the way.
void KindForm::addRemoval(QVBoxLayout *layout)
{
    m_removal = new QFrame;
    m_removal->setObjectName(QStringLiteral("removeKindBar"));
    m_removal->setProperty("card", true);
    m_removalText = new QLabel;
    m_removalText->setObjectName(QStringLiteral("removeKindLabel"));
    m_removalText->setWordWrap(true);
    m_moveTo = new QComboBox;
    m_moveTo->setObjectName(QStringLiteral("moveToKindCombo"));
    m_moveTo->setAccessibleName(tr("Kind that they become"));
    m_move =
        namedButton("moveToKindButton", tr("Make Them"), tr("Keep the synapses, as another kind."));
    auto *all = namedButton("removeKindAndSynapsesButton", tr("Delete Them"),
                            tr("Delete the kind with its synapses. Undo brings both back."));
    auto *keep = namedButton("keepKindButton", tr("Cancel"), tr("Keep the kind."));
    auto *column = new QVBoxLayout(m_removal);
    column->addWidget(m_removalText);
    auto *first = new QHBoxLayout;
    first->addWidget(m_move);
    first->addWidget(m_moveTo, 1);
    auto *second = new QHBoxLayout;
    second->addWidget(all);
    second->addStretch(1);
    second->addWidget(keep);
    column->addLayout(first);
    column->addLayout(second);
    layout->addWidget(m_removal);
    m_removal->hide();
    connect(m_move, &QPushButton::clicked, this, [this] { remove(false); });
    connect(all, &QPushButton::clicked, this, [this] { remove(true); });
    connect(keep, &QPushButton::clicked, m_removal, &QWidget::hide);
}

void KindForm::askRemoval()
{
    const SynapseKind *kind = shown();
    if (!kind)
        return;
    const std::size_t count = synapsesOfKind(m_document->neuron(), m_current).size();
    if (count == 0) {
        remove(true);
        return;
    }
    const QString name = QString::fromStdString(kind->name);
    m_removalText->setText(
        count == 1 ? tr("1 synapse is of the kind \"%1\". What shall become of it?").arg(name)
                   : tr("%1 synapses are of the kind \"%2\". What shall become of them?")
                         .arg(count)
                         .arg(name));
    const QString chosen = m_moveTo->currentText();
    m_moveTo->clear();
    const std::vector<SynapseKind> &kinds = m_document->neuron().synapseKinds;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (static_cast<int>(i) != m_current && kinds[i].polarity == kind->polarity)
            m_moveTo->addItem(QString::fromStdString(kinds[i].name), static_cast<int>(i));
    }
    m_moveTo->setCurrentIndex(std::max(0, m_moveTo->findText(chosen)));
    m_moveTo->setVisible(m_moveTo->count() > 0);
    m_move->setVisible(m_moveTo->count() > 0);
    m_removal->show();
}

void KindForm::remove(bool withSynapses)
{
    if (!shown())
        return;
    std::optional<int> moveTo;
    if (!withSynapses && m_moveTo->currentIndex() >= 0)
        moveTo = m_moveTo->currentData().toInt();
    const int gone = m_current;
    m_selection->clear(); // indices of synapses change
    (void)m_document->edit(tr("Delete Kind of Synapse"),
                           [&](Project &project) { removeKind(project.neuron, gone, moveTo); });
    m_removal->hide();
    showKind(std::max(0, gone - 1));
}

void KindForm::addFields(QVBoxLayout *layout)
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("kindNameEdit"));
    m_name->setAccessibleName(tr("Name of the kind"));
    m_name->setToolTip(tr("Tables and files refer to a kind by its name."));
    m_name->setMaxLength(60);
    auto *label = new QLabel(tr("Name"));
    label->setBuddy(m_name);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_name, 1);
    layout->addLayout(row);
    m_nameWhy = new QLabel;
    m_nameWhy->setObjectName(QStringLiteral("kindNameWhyLabel"));
    m_nameWhy->setWordWrap(true);
    theme::setRole(m_nameWhy, "caption");
    theme::setRole(m_nameWhy, "problem");
    m_nameWhy->hide();
    layout->addWidget(m_nameWhy);
    connect(m_name, &QLineEdit::editingFinished, this, &KindForm::rename);
    connect(m_name, &QLineEdit::textEdited, m_nameWhy, &QWidget::hide);

    m_preset = addLabelledCombo(layout, "kindPresetCombo", tr("Kinetics"),
                                tr("Published kinetics, or your own after a change."));
    for (const SynapseKindPreset &preset : synapseKindPresets())
        m_preset->addItem(text(preset.title));
    m_preset->addItem(tr("Custom"));
    connect(m_preset, &QComboBox::activated, this, [this](int index) {
        const auto presets = synapseKindPresets();
        if (shown() && index < static_cast<int>(presets.size())) {
            SynapseKind kind = presets[static_cast<std::size_t>(index)].kind;
            kind.name = shown()->name;
            (void)m_document->edit(tr("Change Kinetics"), [&](Project &project) {
                project.neuron.synapseKinds[static_cast<std::size_t>(m_current)] = kind;
            });
        }
        refresh(); // "Custom" is arrived at, not chosen
    });
    m_polarity = addLabelledCombo(layout, "kindPolarityCombo", tr("Direction"),
                                  tr("Whether excitatory or inhibitory events open it."));
    m_polarity->addItems({tr("▲ Excitatory"), tr("▼ Inhibitory")});
    connect(m_polarity, &QComboBox::activated, this, [this](int index) {
        if (!shown())
            return;
        (void)m_document->edit(tr("Change Direction of Synapse"), [&](Project &project) {
            project.neuron.synapseKinds[static_cast<std::size_t>(m_current)].polarity =
                index == 0 ? Polarity::Excitatory : Polarity::Inhibitory;
        });
    });
    m_expert = new QCheckBox(tr("Show All Parameters"));
    m_expert->setObjectName(QStringLiteral("kindExpertCheck"));
    m_expert->setToolTip(tr("Also show time constants, magnesium and the reversal potential."));
    connect(m_expert, &QCheckBox::toggled, this, &KindForm::showFields);
    layout->addWidget(m_expert);

    const auto add = [&](const char *name, const QString &title, const QString &why,
                         const NumberRow::Range &range, double SynapseKind::*member, bool nmda,
                         bool expert) {
        auto *number = new NumberRow(m_document, QLatin1String(name), title, why, range);
        layout->addWidget(number);
        const Field field{number, member, nmda, expert};
        m_fields.push_back(field);
        connect(number, &NumberRow::edited, this,
                [this, field](double value) { commit(field, value); });
    };
    const QString us = QStringLiteral("uS");
    const QString ms = QStringLiteral("ms");
    add("kindGMax", tr("Peak Conductance"),
        tr("Of the fast receptors (AMPA, or GABA-A) for an event of weight 1. 1 nS is 0.001 µS."),
        {0.0, 1.0, 1e-4, us}, &SynapseKind::gMaxUs, false, false);
    add("kindNmdaGMax", tr("NMDA Peak Conductance"),
        tr("For an event of weight 1, before the magnesium block; 0 for none."),
        {0.0, 1.0, 1e-4, us}, &SynapseKind::nmdaGMaxUs, true, false);
    add("kindGamma", tr("Steepness of the Block"),
        tr("A steeper block keeps NMDA channels shut at rest and opens them together."),
        {0.0, 1.0, 0.002, QStringLiteral("1/mV")}, &SynapseKind::nmdaGammaPerMv, true, false);
    add("kindRise", tr("Rise Time"), tr("Of the fast receptors."), {0.01, 1000.0, 0.1, ms},
        &SynapseKind::tauRiseMs, false, true);
    add("kindDecay", tr("Decay Time"), tr("Of the fast receptors; longer than the rise."),
        {0.01, 10000.0, 0.5, ms}, &SynapseKind::tauDecayMs, false, true);
    add("kindNmdaRise", tr("NMDA Rise Time"), tr("Of the slow receptors."), {0.01, 1000.0, 0.5, ms},
        &SynapseKind::nmdaTauRiseMs, true, true);
    add("kindNmdaDecay", tr("NMDA Decay Time"), tr("Of the slow receptors; longer than the rise."),
        {0.01, 10000.0, 5.0, ms}, &SynapseKind::nmdaTauDecayMs, true, true);
    add("kindMg", tr("Magnesium"), tr("Outside concentration: without it there is no block."),
        {0.0, 100.0, 0.1, QStringLiteral("mM")}, &SynapseKind::mgMm, true, true);
    add("kindReversal", tr("Reversal Potential"),
        tr("Where the current through the synapse changes its direction."),
        {-150.0, 100.0, 5.0, QStringLiteral("mV")}, &SynapseKind::reversalMv, false, true);
}

void KindForm::addPlots(QVBoxLayout *layout)
{
    m_course = new PlotCanvas;
    m_course->setObjectName(QStringLiteral("coursePlot"));
    m_course->addLine({});
    m_course->addLine({});
    m_course->setYLabel(tr("g [nS]"));
    m_courseTile = new PlotTile(tr("After an event of weight 1"), m_course);
    m_block = new BlockPlot;
    m_blockTile = new PlotTile(tr("NMDA left open by Mg"), m_block);
    m_block->setFocusPolicy(Qt::StrongFocus); // the line moves with the arrow keys
    layout->addWidget(m_courseTile);
    connect(m_block, &BlockPlot::clampMoved, this, &KindForm::readOut);
}

void KindForm::commit(const Field &field, double value)
{
    if (!shown())
        return;
    const Status done = m_document->edit(
        tr("Change Kinetics"),
        [&](Project &project) {
            project.neuron.synapseKinds[static_cast<std::size_t>(m_current)].*field.member = value;
        },
        field.row->field()->objectName());
    if (!done)
        field.row->refuse(QString::fromStdString(done.error().message), shown()->*field.member);
}

void KindForm::rename()
{
    const SynapseKind *kind = shown();
    const QString name = m_name->text().trimmed();
    if (!kind || name.toStdString() == kind->name) {
        refresh();
        return;
    }
    const Status done = m_document->edit(tr("Rename Kind of Synapse"), [&](Project &project) {
        project.neuron.synapseKinds[static_cast<std::size_t>(m_current)].name = name.toStdString();
    });
    if (done)
        return;
    refresh();
    m_nameWhy->setText(name.isEmpty()
                           ? tr("A kind needs a name.")
                           : tr("There is another kind named \"%1\". Names differ.").arg(name));
    m_nameWhy->show();
}

void KindForm::showKind(int kind)
{
    m_current = kind;
    m_removal->hide();
    m_document->endMerge();
    refresh();
}

void KindForm::refresh()
{
    const Neuron &neuron = m_document->neuron();
    m_current =
        std::clamp(m_current, 0, std::max(0, static_cast<int>(neuron.synapseKinds.size()) - 1));
    const QSignalBlocker blocker(m_kinds);
    m_kinds->clear();
    std::vector<std::size_t> counts(neuron.synapseKinds.size(), 0);
    for (const Synapse &s : neuron.synapses)
        ++counts[static_cast<std::size_t>(s.kind)];
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const SynapseKind &kind = neuron.synapseKinds[i];
        m_kinds->addItem(tr("%1 %2 (%3)")
                             .arg(kind.polarity == Polarity::Excitatory ? QStringLiteral("▲")
                                                                        : QStringLiteral("▼"),
                                  QString::fromStdString(kind.name))
                             .arg(counts[i]));
    }
    m_kinds->setCurrentIndex(neuron.synapseKinds.empty() ? -1 : m_current);
    const SynapseKind *kind = shown();
    for (QWidget *widget : {static_cast<QWidget *>(m_copy), static_cast<QWidget *>(m_remove),
                            static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_preset),
                            static_cast<QWidget *>(m_polarity)})
        widget->setEnabled(kind != nullptr);
    m_nameWhy->hide();
    if (m_removal->isVisibleTo(this)) { // asked of kinds that may have changed
        if (kind && !synapsesOfKind(neuron, m_current).empty())
            askRemoval();
        else
            m_removal->hide();
    }
    if (kind) {
        m_name->setText(QString::fromStdString(kind->name));
        const int preset = m_preset->findText(text(kindPresetTitle(*kind)));
        m_preset->setCurrentIndex(preset < 0 ? m_preset->count() - 1 : preset);
        m_polarity->setCurrentIndex(kind->polarity == Polarity::Excitatory ? 0 : 1);
        for (const Field &field : m_fields)
            field.row->setQuantity(kind->*field.member);
    }
    showFields();
    draw();
}

void KindForm::showFields()
{
    const SynapseKind *kind = shown();
    const bool excitatory = kind && kind->polarity == Polarity::Excitatory;
    const bool slow = excitatory && kind->nmdaGMaxUs > 0.0;
    for (const Field &field : m_fields) {
        const bool opens = field.member == &SynapseKind::nmdaGMaxUs; // makes it an NMDA synapse
        field.row->setVisible(kind && (!field.nmda || slow || (opens && excitatory))
                              && (!field.expert || m_expert->isChecked()));
        if (field.member == &SynapseKind::gMaxUs)
            field.row->setLabel(excitatory ? tr("AMPA Peak Conductance")
                                           : tr("GABA-A Peak Conductance"));
    }
    m_courseTile->setVisible(kind != nullptr);
    m_blockTile->setVisible(slow);
}

void KindForm::draw()
{
    const SynapseKind *kind = shown();
    if (!kind)
        return;
    const bool slow = kind->polarity == Polarity::Excitatory && kind->nmdaGMaxUs > 0.0;
    const double length =
        std::clamp(slow ? 2.0 * kind->nmdaTauDecayMs : 5.0 * kind->tauDecayMs, 2.0, 2000.0);
    const double step = std::max(StepMs, length / 2000.0);
    double highest = 0.0;
    const double clamps[] = {RestMv, OpeningMv};
    for (int line = 0; line < 2; ++line) {
        std::vector<float> ns;
        for (double ms = 0.0; ms <= length; ms += step) {
            ns.push_back(
                static_cast<float>(readValue(kindConductanceUs(*kind, ms, clamps[line]), "uS")));
            highest = std::max(highest, static_cast<double>(ns.back()));
        }
        m_course->setLine(line, 0.0, step, ns);
    }
    // Without a block both are one course.
    m_course->setLineVisible(1, slow);
    m_course->setXAxis(tr("Time [ms]"), -0.02 * length, length);
    const double top = highest > 0.0 ? highest : 1.0;
    m_course->setYRange(-0.06 * top, 1.15 * top);
    m_course->redraw();
    m_courseTile->setReadOut(slow ? tr("solid -85 mV, dashed -40 mV") : tr("at every voltage"));
    restyle();
    m_block->setKind(*kind);
    readOut();
}

void KindForm::readOut()
{
    m_blockTile->setReadOut(
        tr("%1 mV: %2 open").arg(m_block->clamp(), 0, 'f', 0).arg(m_block->open(), 0, 'f', 3));
}

void KindForm::restyle()
{
    for (PlotTile *tile : {m_courseTile, m_blockTile})
        tile->setMinimumHeight(fontMetrics().height() * 9);
    const SynapseKind *kind = shown();
    const QColor colour =
        colours::ofPolarity(kind ? kind->polarity : Polarity::Excitatory, palette());
    m_course->setLineStyle(0, {colour, 1.2});
    m_course->setLineStyle(1, {colour, 1.2, false, false, Qt::DashLine});
}

void KindForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const bool style = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange;
    if (style && m_blockTile)
        restyle();
}

} // namespace dt
