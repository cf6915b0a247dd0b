// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/ParameterForm.h"

#include "engine/cell/Presets.h"
#include "engine/document/Document.h"
#include "engine/input/MovedStimulus.h"
#include "engine/input/SegmentInput.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/forms/ParameterRow.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

namespace dt {

ParameterForm::ParameterForm(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document)
{
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid * 2);
    m_column->setSpacing(theme::Grid / 2);
    addPresetRow();
    addGroup(ParameterGroup::Dendrite, tr("Dendrite"));
    addGroup(ParameterGroup::Membrane, tr("Membrane"));
    addGroup(ParameterGroup::Synapses, tr("Synapses"));
    addGroup(ParameterGroup::Channels, tr("Channels of the Soma"));
    addGroup(ParameterGroup::Soma, tr("Soma"));
    addGroup(ParameterGroup::Labels, tr("What Counts as a Spike"));
    addGroup(ParameterGroup::Integration, tr("Integration"));
    m_column->addStretch(1);

    m_scroll = new FormScrollArea(content);
    m_scroll->setObjectName(QStringLiteral("parameterScrollArea"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);

    connect(document, &Document::changed, this, &ParameterForm::refresh);
    setExpert(false);
    refresh();
}

void ParameterForm::addPresetRow()
{
    m_preset = new QComboBox;
    m_preset->setObjectName(QStringLiteral("presetCombo"));
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("Start from one of the tutorial's neurons."));
    for (const NeuronPreset &preset : neuronPresets()) {
        m_preset->addItem(text(preset.title), text(preset.name));
        m_preset->setItemData(m_preset->count() - 1, text(preset.description), Qt::ToolTipRole);
    }
    m_preset->addItem(tr("Custom"), QString());
    m_expert = new QCheckBox(tr("Show All Parameters"));
    m_expert->setObjectName(QStringLiteral("expertCheck"));
    m_expert->setToolTip(tr("Also show what most experiments leave alone."));
    auto *label = new QLabel(tr("Preset"));
    label->setBuddy(m_preset);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_preset, 1);
    m_column->addLayout(row);
    m_column->addWidget(m_expert);

    connect(m_expert, &QCheckBox::toggled, this, &ParameterForm::setExpert);
    connect(m_preset, &QComboBox::activated, this, [this](int index) {
        const std::string name = m_preset->itemData(index).toString().toStdString();
        const Result<Neuron> neuron = presetNeuron(name);
        const Stimulus before = m_document->stimulus();
        if (neuron)
            (void)m_document->edit(tr("Choose %1").arg(m_preset->itemText(index)),
                                   [&](Project &project) { project.neuron = *neuron; });
        refresh();
        // What was on dendrites that the preset does not have.
        Q_EMIT told(text(lossOf(before, m_document->stimulus()).sentence()));
    });
}

void ParameterForm::addGroup(ParameterGroup group, const QString &title)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, theme::Grid, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    auto *heading = new QLabel(title);
    theme::setRole(heading, "heading");
    layout->addWidget(heading);
    if (group == ParameterGroup::Synapses)
        addSynapseRow(layout);
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.group != group)
            continue;
        auto *row = new ParameterRow(parameter);
        m_rows.push_back(row);
        layout->addWidget(row);
        connect(row, &ParameterRow::edited, this, [this, row](double v) { commit(row, v); });
        connect(row, &ParameterRow::gestureEnded, m_document, &Document::endMerge);
    }
    m_groups[group] = box;
    m_column->addWidget(box);
}

void ParameterForm::addSynapseRow(QVBoxLayout *layout)
{
    m_synapseType = new QComboBox;
    m_synapseType->setObjectName(QStringLiteral("synapseTypeCombo"));
    m_synapseType->setAccessibleName(tr("Excitatory synapse type"));
    m_synapseType->setToolTip(tr("Which receptors an excitatory event opens."));
    for (const SynapseType &type : synapseTypes())
        m_synapseType->addItem(text(type.title), text(type.name));
    m_synapseType->addItem(tr("Custom"), QStringLiteral("custom"));
    auto *label = new QLabel(tr("Excitatory Type"));
    label->setBuddy(m_synapseType);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_synapseType, 1);
    layout->addLayout(row);
    auto *why = new QLabel(tr("AMPA is fast. NMDA lasts 70 ms and opens only when the dendrite is "
                              "already depolarised."));
    why->setWordWrap(true);
    theme::setRole(why, "muted");
    theme::setRole(why, "caption");
    why->setObjectName(QStringLiteral("synapseTypeWhyLabel"));
    layout->addWidget(why);

    connect(m_synapseType, &QComboBox::activated, this, [this](int index) {
        const std::string name = m_synapseType->itemData(index).toString().toStdString();
        for (const SynapseType &type : synapseTypes()) {
            if (type.name == name)
                (void)m_document->edit(tr("Change Synapse Type"), [&](Project &project) {
                    setSynapseType(project.neuron, type);
                });
        }
        refresh(); // "custom" cannot be chosen, only arrived at
    });
}

void ParameterForm::commit(ParameterRow *row, double value)
{
    const ParameterInfo &parameter = row->parameter();
    const Neuron before = m_document->neuron();
    Status set = Done{};
    const Status edited = m_document->edit(
        tr("Change %1").arg(text(parameter.label)),
        [&](Project &project) { set = setParameter(project.neuron, parameter, value); },
        text(parameter.name));
    const Status &outcome = set ? edited : set;
    if (!outcome) {
        refresh();
        row->refuse(QString::fromStdString(outcome.error().message));
        return;
    }
    const std::string input =
        segmentInputNote(before, m_document->neuron(), m_document->stimulus());
    if (!input.empty())
        Q_EMIT told(text(input));
}

void ParameterForm::refresh()
{
    const Neuron &neuron = m_document->neuron();
    const Neuron standard = defaultNeuron();
    for (ParameterRow *row : m_rows) {
        const ParameterInfo &parameter = row->parameter();
        row->setEnabled(!parameter.stickOnly || neuron.isBallAndStick());
        row->setQuantity(parameter.get(neuron), parameter.get(standard));
    }
    const QString type = text(synapseTypeOf(neuron));
    m_synapseType->setCurrentIndex(m_synapseType->findData(type));
    int index = m_preset->count() - 1;
    for (int i = 0; i + 1 < m_preset->count(); ++i) {
        const Result<Neuron> preset = presetNeuron(m_preset->itemData(i).toString().toStdString());
        if (preset && *preset == neuron)
            index = i;
    }
    m_preset->setCurrentIndex(index);
}

void ParameterForm::setExpert(bool expert)
{
    const QSignalBlocker blocker(m_expert);
    m_expert->setChecked(expert);
    showRows();
}

void ParameterForm::setTreeWidget(QWidget *widget)
{
    m_treeWidget = widget;
    m_column->insertWidget(m_column->indexOf(m_groups[ParameterGroup::Dendrite]), widget);
    showRows();
}

void ParameterForm::setTree(bool tree)
{
    m_tree = tree;
    showRows();
}

void ParameterForm::showRows()
{
    const bool expert = m_expert->isChecked();
    int more = 0;
    for (ParameterRow *row : m_rows) {
        row->setVisible(expert || !row->parameter().expert);
        more += row->parameter().expert;
    }
    m_expert->setText(tr("Show All Parameters (%1 More)").arg(more));
    for (const auto &[group, box] : m_groups) {
        bool any = group == ParameterGroup::Synapses;
        for (const ParameterRow *row : m_rows) {
            if (row->parameter().group == group && (expert || !row->parameter().expert))
                any = true;
        }
        // A tree has a form of its own for each dendrite.
        box->setVisible(any && !(m_tree && m_treeWidget && group == ParameterGroup::Dendrite));
    }
    if (m_treeWidget)
        m_treeWidget->setVisible(m_tree);
}

void ParameterForm::showGroup(ParameterGroup group)
{
    QWidget *box = m_groups[group];
    if (group == ParameterGroup::Dendrite && m_tree && m_treeWidget)
        box = m_treeWidget;
    for (ParameterRow *row : m_rows) {
        if (row->parameter().group == group && row->parameter().expert && !box->isVisible())
            setExpert(true);
    }
    // Rows that were hidden have no place before the layout has run.
    QTimer::singleShot(0, this, [this, box] { m_scroll->ensureWidgetVisible(box, 0, 0); });
}

} // namespace dt
