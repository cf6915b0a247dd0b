// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellInspector.h"

#include "engine/cell/Cable.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Validation.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/forms/Digits.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

CellInspector::CellInspector(TreeEditor *editor, QWidget *parent) :
    QWidget(parent), m_editor(editor), m_heading(new QLabel), m_hint(new QLabel),
    m_fields(new QWidget), m_form(new QFormLayout(m_fields)), m_name(new QLineEdit),
    m_parent(new QComboBox), m_more(new QPushButton)
{
    setObjectName(QStringLiteral("cellInspector"));
    m_heading->setObjectName(QStringLiteral("inspectorHeadingLabel"));
    m_heading->setWordWrap(true);
    theme::setRole(m_heading, "heading");
    m_hint->setObjectName(QStringLiteral("inspectorHintLabel"));
    m_hint->setWordWrap(true);
    theme::setRole(m_hint, "muted");
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setVerticalSpacing(theme::Grid / 2);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_name->setObjectName(QStringLiteral("dendriteNameEdit"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setToolTip(tr("Files and tables refer to the dendrite by its name."));
    m_form->addRow(tr("Name"), m_name);
    m_parent->setObjectName(QStringLiteral("dendriteParentCombo"));
    m_parent->setAccessibleName(tr("Hangs on"));
    m_parent->setToolTip(
        tr("What the dendrite hangs on. What hangs on it itself would be a loop and "
           "is not offered."));
    m_parent->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_parent->setMinimumContentsLength(6);
    m_form->addRow(tr("Hangs on"), m_parent);
    m_at = addField("dendriteAtField", tr("Begins at"),
                    tr("Where on its parent it begins, as a share of "
                       "the parent's length: 0 near the soma, 1 at its "
                       "far end."));
    m_length = addField("dendriteLengthField", tr("Length"),
                        tr("A longer dendrite weakens distant synapses."));
    m_diameter = addField("dendriteDiameterField", tr("Diameter"),
                          tr("A thicker dendrite carries current further."));
    m_segments = addField("dendriteSegmentsField", tr("Segments"),
                          tr("The dendrite is computed in so many equal pieces."));
    m_lambdas = addValue("dendriteLambdasLabel", tr("Length in λ"),
                         tr("How many length constants long it is: what counts electrically."));
    m_perSegment = addValue("dendriteSegmentLambdaLabel", tr("Longest segment"),
                            tr("Above 0.2 length constants the result is coarse."));
    m_lambda = addValue("dendriteLambdaLabel", tr("Length constant"),
                        tr("How far a steady voltage spreads before it falls to 37 %."));
    m_path = addValue("dendritePathLabel", tr("From the soma"),
                      tr("Way along the dendrites from the soma to its near and far end."));
    m_area = addValue("dendriteAreaLabel", tr("Membrane"), tr("Lateral area."));
    m_synapses = addValue("dendriteSynapsesLabel", tr("Synapses"), tr("How many sit on it."));
    m_points = addValue("dendritePointsLabel", tr("Shape"),
                        tr("Points of the centre line, or a straight cylinder."));
    m_more->setObjectName(QStringLiteral("inspectorMoreButton"));
    m_more->setFlat(true);
    m_more->setToolTip(tr("Values that follow from those above."));

    const auto range = [](QuantityField *field, const char *parameter) {
        const ParameterInfo &info = *findParameter(parameter);
        field->configure(info.integer ? info.min : MinDrawnUm, info.max, info.step, info.decimals,
                         QString::fromUtf8(info.unit.data(), qsizetype(info.unit.size())));
        field->setToolTip(field->toolTip() + u'\n' + tr("Range: %1").arg(field->rangeText()));
    };
    m_at->configure(0.0, 1.0, 0.05, 2, {});
    range(m_length, "dend_L_um");
    range(m_diameter, "dend_diam_um");
    range(m_segments, "num_segments");
    for (QuantityField *field : {m_at, m_length, m_diameter})
        field->setDecimals(3); // what follows from an edit may have any number of digits

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::Grid, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    layout->addWidget(m_heading);
    layout->addWidget(m_hint);
    layout->addWidget(m_fields);
    layout->addWidget(m_more, 0, Qt::AlignLeft);

    const auto one = [this] {
        return m_editor->selection()->single(CellSelection::Kind::Dendrites);
    };
    connect(m_name, &QLineEdit::editingFinished, this, [this, one] {
        const int d = one();
        if (d < 0
            || m_name->text()
                == QString::fromStdString(m_neuron.dendrites[static_cast<std::size_t>(d)].name))
            return;
        const std::string name = m_name->text().trimmed().toStdString();
        m_editor->edit(tr("Rename Dendrite"),
                       [&](Neuron &n) { return renameDendrite(n, d, name); });
        refresh();
    });
    connect(m_parent, &QComboBox::activated, this, [this, one](int index) {
        if (const int d = one(); d >= 0)
            m_editor->reconnectTo(d, {m_parent->itemData(index).toInt(), 1.0});
        refresh();
    });
    const auto bind = [this](QuantityField *field, const QString &text, auto change) {
        connect(field, &QuantityField::edited, this, [this, field, text, change](double value) {
            const std::vector<int> all = m_editor->selected();
            if (all.empty())
                return;
            const bool done = m_editor->edit(
                text, [&](Neuron &n) { return change(n, all, value); }, field->objectName());
            if (!done)
                refresh();
        });
        connect(field, &QuantityField::editingFinished, m_editor->document(), &Document::endMerge);
        connect(field, &QuantityField::refused, m_editor, &TreeEditor::refused);
    };
    bind(m_at, tr("Move Branch"), [](Neuron &n, const std::vector<int> &d, double x) {
        return setParentX(n, d.front(), x);
    });
    bind(m_length, tr("Change Length"),
         [](Neuron &n, const std::vector<int> &d, double um) { return setLength(n, d, um); });
    bind(m_diameter, tr("Change Diameter"),
         [](Neuron &n, const std::vector<int> &d, double um) { return setDiameter(n, d, um); });
    bind(m_segments, tr("Change Segments"), [](Neuron &n, const std::vector<int> &d, double count) {
        return setSegmentCount(n, d, static_cast<int>(count));
    });
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_expert = !m_expert;
        refresh();
    });
    connect(editor->selection(), &CellSelection::changed, this, &CellInspector::refresh);
}

QuantityField *CellInspector::addField(const char *name, const QString &label, const QString &why)
{
    auto *field = new QuantityField;
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(label);
    field->setToolTip(why);
    m_form->addRow(label, field);
    return field;
}

QLabel *CellInspector::addValue(const char *name, const QString &label, const QString &why)
{
    auto *value = new QLabel;
    value->setObjectName(QLatin1String(name));
    value->setToolTip(why);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_form->addRow(label, value);
    return value;
}

void CellInspector::setNeuron(const Neuron &neuron)
{
    m_neuron = neuron;
    refresh();
}

void CellInspector::setRowVisible(QWidget *field, bool visible)
{
    field->setVisible(visible);
    if (QWidget *label = m_form->labelForField(field))
        label->setVisible(visible);
}

void CellInspector::refresh()
{
    const CellSelection *selection = m_editor->selection();
    std::vector<int> chosen;
    if (selection->kind() == CellSelection::Kind::Dendrites) {
        for (const int d : selection->items()) {
            if (d < static_cast<int>(m_neuron.dendrites.size()))
                chosen.push_back(d);
        }
    }
    const bool none = chosen.empty();
    const bool one = chosen.size() == 1;
    m_fields->setVisible(!none);
    m_hint->setVisible(!one);
    m_more->setVisible(!none);
    const auto of = [&](int d) -> const Dendrite & {
        return m_neuron.dendrites[static_cast<std::size_t>(d)];
    };
    if (none) {
        double length = 0.0;
        double area = 0.0;
        for (const Dendrite &d : m_neuron.dendrites) {
            length += d.lengthUm;
            area += dendriteAreaUm2(d);
        }
        m_heading->setText(selection->kind() == CellSelection::Kind::Soma ? tr("Soma")
                                                                          : tr("Tree"));
        m_hint->setText(selection->kind() == CellSelection::Kind::Soma
                            ? tr("Its values are below, under Soma and Channels of the Soma.")
                            : tr("%1, %2 µm in all, %3 µm² of membrane. Click one in the picture "
                                 "or in the table "
                                 "to see its values.")
                                  .arg(m_neuron.dendrites.size() == 1
                                           ? tr("1 dendrite")
                                           : tr("%1 dendrites").arg(m_neuron.dendrites.size()))
                                  .arg(length, 0, 'f', 0)
                                  .arg(area, 0, 'f', 0));
        return;
    }
    m_heading->setText(one ? tr("Dendrite") : tr("%1 Dendrites").arg(chosen.size()));
    m_hint->setText(tr("What you type counts for all of them."));
    for (QWidget *row : std::initializer_list<QWidget *>{m_name, m_parent, m_at})
        setRowVisible(row, one);
    const std::initializer_list<QWidget *> extra{m_perSegment, m_lambda,   m_path,
                                                 m_area,       m_synapses, m_points};
    for (QWidget *row : extra)
        setRowVisible(row, m_expert && (one || row == m_area || row == m_synapses));
    const int hidden = one ? static_cast<int>(extra.size()) : 2;
    m_more->setText(m_expert ? tr("Show Less") : tr("%1 More Values: Show").arg(hidden));

    const Dendrite &first = of(chosen.front());
    const QSignalBlocker nameBlocker(m_name);
    const QSignalBlocker parentBlocker(m_parent);
    m_name->setText(QString::fromStdString(first.name));
    m_parent->clear();
    m_parent->addItem(tr("Soma"), SomaIndex);
    for (int i = 0; one && i < static_cast<int>(m_neuron.dendrites.size()); ++i) {
        if (!isPartOfBranch(m_neuron, i, chosen.front()))
            m_parent->addItem(QString::fromStdString(of(i).name), i);
    }
    m_parent->setCurrentIndex(m_parent->findData(first.parent));
    m_at->setQuantity(first.parentX);
    m_length->setQuantity(first.lengthUm);
    m_diameter->setQuantity(first.diamUm);
    m_segments->setQuantity(first.segments);
    double lambdas = 0.0;
    double area = 0.0;
    for (const int d : chosen) {
        lambdas += lengthInLambda(of(d), m_neuron.membrane);
        area += dendriteAreaUm2(of(d));
    }
    const auto synapses =
        std::count_if(m_neuron.synapses.begin(), m_neuron.synapses.end(), [&](const Synapse &s) {
            return std::binary_search(chosen.begin(), chosen.end(), s.dendrite);
        });
    const double start = distanceUm(m_neuron, {chosen.front(), 0.0});
    m_lambdas->setText(tr("%1 λ").arg(lambdaText(lambdas)));
    m_perSegment->setText(tr("%1 λ").arg(significant(lambdas / first.segments, 2)));
    m_lambda->setText(
        tr("%1 µm").arg(significant(lengthConstantUm(first.diamUm, m_neuron.membrane), 3)));
    m_path->setText(tr("%1 to %2 µm").arg(start, 0, 'f', 0).arg(start + first.lengthUm, 0, 'f', 0));
    m_area->setText(tr("%1 µm²").arg(significant(area, 3)));
    m_synapses->setText(QString::number(synapses));
    m_points->setText(first.points.empty() ? tr("cylinder")
                                           : tr("%1 points").arg(first.points.size()));
}

} // namespace dt
