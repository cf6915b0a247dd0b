// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/SynapseTableModel.h"

#include "engine/base/NumberText.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Validation.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/Document.h"
#include "widgets/theme/Colours.h"

#include <QGuiApplication>

#include <algorithm>
#include <numeric>

namespace dt {

namespace {

QString number(double value, int digits)
{
    return QString::number(value, 'g', digits);
}

} // namespace

SynapseTableModel::SynapseTableModel(Document *document, QObject *parent) :
    QAbstractTableModel(parent), m_document(document)
{
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.neuron)
            refresh();
    });
    refresh();
}

void SynapseTableModel::refresh()
{
    const Neuron &now = m_document->neuron();
    const bool sameRows = now.synapses.size() == m_order.size();
    if (!sameRows)
        beginResetModel();
    m_neuron = now;
    const std::vector<double> starts = dendriteStartsUm(m_neuron);
    m_distances.clear();
    for (const Synapse &s : m_neuron.synapses) {
        const auto d = static_cast<std::size_t>(s.dendrite);
        m_distances.push_back(starts[d] + s.x * m_neuron.dendrites[d].lengthUm);
    }
    if (sameRows) {
        if (!m_order.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
        return;
    }
    m_order.resize(m_neuron.synapses.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    orderRows();
    endResetModel();
}

void SynapseTableModel::orderRows()
{
    const auto key = [this](auto get) {
        const bool falling = m_sortOrder == Qt::DescendingOrder;
        std::stable_sort(m_order.begin(), m_order.end(), [&](int a, int b) {
            const auto first = static_cast<std::size_t>(falling ? b : a);
            const auto second = static_cast<std::size_t>(falling ? a : b);
            return get(first) < get(second);
        });
    };
    const auto at = [this](std::size_t i) -> const Synapse & { return m_neuron.synapses[i]; };
    switch (m_sortColumn) {
    case DirectionColumn:
        key([&](std::size_t i) { return !excitatory(at(i)); });
        break;
    case KindColumn:
        key([&](std::size_t i) -> const std::string & { return kindOf(at(i)).name; });
        break;
    case DendriteColumn:
        key([&](std::size_t i) -> const std::string & {
            return m_neuron.dendrites[static_cast<std::size_t>(at(i).dendrite)].name;
        });
        break;
    case XColumn:
        key([&](std::size_t i) { return at(i).x; });
        break;
    case DistanceColumn:
        key([&](std::size_t i) { return m_distances[i]; });
        break;
    case WeightColumn:
        key([&](std::size_t i) { return at(i).weight; });
        break;
    default:
        std::sort(m_order.begin(), m_order.end());
    }
    m_rows.assign(m_order.size(), 0);
    for (std::size_t row = 0; row < m_order.size(); ++row)
        m_rows[static_cast<std::size_t>(m_order[row])] = static_cast<int>(row);
}

void SynapseTableModel::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> synapses;
    for (const QModelIndex &index : before)
        synapses.push_back(synapseAt(index.row()));
    m_sortColumn = column;
    m_sortOrder = order;
    orderRows();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rowOf(synapses[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

int SynapseTableModel::rowOf(int synapse) const
{
    return synapse >= 0 && synapse < static_cast<int>(m_rows.size())
        ? m_rows[static_cast<std::size_t>(synapse)]
        : -1;
}

const Synapse &SynapseTableModel::synapse(int row) const
{
    return m_neuron.synapses[static_cast<std::size_t>(synapseAt(row))];
}

const SynapseKind &SynapseTableModel::kindOf(const Synapse &s) const
{
    return m_neuron.kindOf(s);
}

bool SynapseTableModel::excitatory(const Synapse &s) const
{
    return kindOf(s).polarity == Polarity::Excitatory;
}

QStringList SynapseTableModel::choices(int column) const
{
    QStringList names;
    if (column == KindColumn) {
        for (const SynapseKind &kind : m_neuron.synapseKinds)
            names << QString::fromStdString(kind.name);
    } else if (column == DendriteColumn) {
        for (const Dendrite &dendrite : m_neuron.dendrites)
            names << QString::fromStdString(dendrite.name);
    }
    return names;
}

int SynapseTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int SynapseTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant SynapseTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Synapse &s = synapse(index.row());
    const bool up = excitatory(s);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case DirectionColumn:
            return up ? QStringLiteral("▲") : QStringLiteral("▼");
        case KindColumn:
            return QString::fromStdString(kindOf(s).name);
        case DendriteColumn:
            return QString::fromStdString(
                m_neuron.dendrites[static_cast<std::size_t>(s.dendrite)].name);
        case XColumn:
            return QString::number(s.x, 'f', 4);
        case DistanceColumn:
            return QString::number(m_distances[static_cast<std::size_t>(synapseAt(index.row()))],
                                   'f', 1);
        case WeightColumn:
            return number(s.weight, 4);
        default:
            return {};
        }
    case Qt::EditRole:
        if (index.column() == XColumn)
            return number(s.x, 10);
        if (index.column() == DistanceColumn)
            return number(m_distances[static_cast<std::size_t>(synapseAt(index.row()))], 8);
        if (index.column() == WeightColumn)
            return number(s.weight, 10);
        return data(index, Qt::DisplayRole);
    case Qt::TextAlignmentRole:
        if (index.column() == DirectionColumn)
            return int(Qt::AlignCenter);
        return int((index.column() >= XColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == DirectionColumn)
            return colours::ofPolarity(kindOf(s).polarity, QGuiApplication::palette());
        return {};
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (index.column() == DirectionColumn)
            return up ? tr("Excitatory") : tr("Inhibitory");
        if (index.column() == XColumn && role == Qt::ToolTipRole)
            return isAtSegmentCentre(m_neuron.dendrites[static_cast<std::size_t>(s.dendrite)], s.x)
                ? tr("In the middle of a segment")
                : tr("At an exact place. The simulation takes the segment that contains it.");
        return {};
    default:
        return {};
    }
}

QVariant SynapseTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole) {
        switch (section) {
        case DirectionColumn:
            return QStringLiteral("▲▼");
        case KindColumn:
            return tr("Kind");
        case DendriteColumn:
            return tr("Dendrite");
        case XColumn:
            return tr("x");
        case DistanceColumn:
            return tr("At [µm]");
        case WeightColumn:
            return tr("Weight");
        default:
            return {};
        }
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case DirectionColumn:
            return tr("Excitatory up, inhibitory down");
        case XColumn:
            return tr("Place on the dendrite: 0 at its near end, 1 at its far end");
        case DistanceColumn:
            return tr("Distance from the soma along the dendrites [µm]");
        case WeightColumn:
            return tr("Multiplies the weight of every event that arrives");
        default:
            return tr("Click to sort");
        }
    }
    if (role == Qt::TextAlignmentRole && section >= XColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags SynapseTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() != DirectionColumn)
        all |= Qt::ItemIsEditable;
    return all;
}

// Why not, or nothing.
QString SynapseTableModel::change(Synapse &s, int column, const QString &text) const
{
    if (column == KindColumn || column == DendriteColumn) {
        const qsizetype at = choices(column).indexOf(text);
        if (at < 0)
            return column == KindColumn ? tr("There is no kind named \"%1\".").arg(text)
                                        : tr("There is no dendrite named \"%1\".").arg(text);
        (column == KindColumn ? s.kind : s.dendrite) = static_cast<int>(at);
        return {};
    }
    const Result<double> typed = numberFromText(text.toStdString());
    if (!typed)
        return QStringLiteral("\"%1\" %2").arg(text, QString::fromStdString(typed.error().message));
    const double value = *typed;
    const auto d = static_cast<std::size_t>(s.dendrite);
    const double length = m_neuron.dendrites[d].lengthUm;
    const double start = dendriteStartsUm(m_neuron)[d];
    switch (column) {
    case XColumn:
        if (!(value >= 0.0 && value <= 1.0))
            return tr("%1 lies beyond the dendrite: x goes from 0 to 1.").arg(number(value, 6));
        s.x = value;
        break;
    case DistanceColumn:
        if (!(value >= start && value <= start + length))
            return tr("%1 µm lies beyond this dendrite: it goes from %2 to %3 µm.")
                .arg(number(value, 6), number(start, 6), number(start + length, 6));
        s.x = std::clamp((value - start) / length, 0.0, 1.0);
        break;
    case WeightColumn:
        if (!(value >= 0.0 && value <= MaxSynapseWeight))
            return tr("A weight of %1 is outside the range of 0 to %2.")
                .arg(number(value, 6))
                .arg(MaxSynapseWeight);
        s.weight = value;
        break;
    default:
        break;
    }
    return {};
}

bool SynapseTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid())
        return false;
    const QString text = value.toString();
    if (text == data(index, Qt::EditRole).toString()) { // opened and left
        Q_EMIT edited();
        return true;
    }
    const int item = synapseAt(index.row());
    Synapse changed = synapse(index.row());
    QString problem = change(changed, index.column(), text);
    if (problem.isEmpty()) {
        const Status done = m_document->edit(tr("Change Synapse"), [&](Project &project) {
            project.neuron.synapses[static_cast<std::size_t>(item)] = changed;
        });
        if (!done)
            problem = QString::fromStdString(done.error().message);
    }
    if (!problem.isEmpty()) {
        Q_EMIT refused(index, problem);
        return false;
    }
    Q_EMIT edited();
    return true;
}

} // namespace dt
