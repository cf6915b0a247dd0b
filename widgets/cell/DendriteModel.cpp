// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/DendriteModel.h"

#include "engine/cell/Cable.h"
#include "engine/cell/LambdaRule.h"
#include "engine/document/CellSelection.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/forms/Digits.h"

#include <algorithm>

namespace dt {

DendriteModel::DendriteModel(TreeEditor *editor, QObject *parent) :
    QAbstractTableModel(parent), m_editor(editor)
{
}

void DendriteModel::setNeuron(const Neuron &neuron)
{
    const bool sameRows = neuron.dendrites.size() == m_neuron.dendrites.size();
    if (!sameRows)
        beginResetModel();
    m_neuron = neuron;
    if (!sameRows)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int DendriteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_neuron.dendrites.size());
}

int DendriteModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DendriteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Dendrite &d = m_neuron.dendrites[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return QVariant(index.column() <= Parent ? Qt::AlignLeft | Qt::AlignVCenter
                                                 : Qt::AlignRight | Qt::AlignVCenter);
    const double lambdas = lengthInLambda(d, m_neuron.membrane);
    const bool coarse = lambdas / d.segments > CoarseLambda;
    if (role == Qt::ToolTipRole) {
        if (index.column() == Segments && coarse)
            return tr("Coarse: a segment is %1 length constants long.")
                .arg(lambdaText(lambdas / d.segments));
        return index.column() == InLambda
            ? tr("Length in length constants; follows from length, diameter and membrane.")
            : tr("Double-click or F2 to change it.");
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != SortRole)
        return {};
    const bool plain = role != Qt::DisplayRole;
    switch (index.column()) {
    case Name:
        return QString::fromStdString(d.name);
    case Parent:
        if (role == Qt::EditRole || role == SortRole)
            return d.parent;
        return d.parent == SomaIndex
            ? tr("soma")
            : QString::fromStdString(m_neuron.dendrites[static_cast<std::size_t>(d.parent)].name);
    case At:
        return plain ? QVariant(d.parentX) : QVariant(QString::number(d.parentX, 'g', 3));
    case Length:
        return plain ? QVariant(d.lengthUm) : QVariant(QString::number(d.lengthUm, 'g', 5));
    case Diameter:
        return plain ? QVariant(d.diamUm) : QVariant(QString::number(d.diamUm, 'g', 3));
    case Segments:
        if (plain)
            return d.segments;
        return coarse ? tr("%1 (coarse)").arg(d.segments) : QString::number(d.segments);
    case InLambda:
        return plain ? QVariant(lambdas) : QVariant(lambdaText(lambdas));
    default:
        return {};
    }
}

QVariant DendriteModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == At)
        return tr("Where on its parent it begins: 0 near the soma, 1 at the parent's far end.");
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == InLambda)
        return tr("Its length in length constants.");
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Parent:
        return tr("On");
    case At:
        return tr("At");
    case Length:
        return tr("Length [µm]");
    case Diameter:
        return tr("Diam. [µm]");
    case Segments:
        return tr("Segments");
    case InLambda:
        return tr("L/λ");
    default:
        return {};
    }
}

Qt::ItemFlags DendriteModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() != InLambda)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool DendriteModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || index.row() >= rowCount())
        return false;
    const int row = index.row();
    std::vector<int> rows{row};
    const CellSelection *selection = m_editor->selection();
    if (selection->contains(CellSelection::Kind::Dendrites, row))
        rows = selection->items();
    const double number = value.toDouble();
    switch (index.column()) {
    case Name:
        return m_editor->edit(tr("Rename Dendrite"), [&](Neuron &n) {
            return renameDendrite(n, row, value.toString().trimmed().toStdString());
        });
    case Parent: {
        const int parent = value.toInt();
        const Dendrite &d = m_neuron.dendrites[static_cast<std::size_t>(row)];
        return parent == d.parent || m_editor->reconnectTo(row, {parent, 1.0});
    }
    case At:
        return m_editor->edit(tr("Move Branch"),
                              [&](Neuron &n) { return setParentX(n, row, number); });
    case Length:
        return m_editor->edit(tr("Change Length"),
                              [&](Neuron &n) { return setLength(n, rows, number); });
    case Diameter:
        return m_editor->edit(tr("Change Diameter"),
                              [&](Neuron &n) { return setDiameter(n, rows, number); });
    case Segments:
        return m_editor->edit(tr("Change Segments"),
                              [&](Neuron &n) { return setSegmentCount(n, rows, value.toInt()); });
    default:
        return false;
    }
}

} // namespace dt
