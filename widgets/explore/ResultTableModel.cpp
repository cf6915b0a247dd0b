// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ResultTableModel.h"

#include "widgets/forms/Units.h"

#include <cmath>
#include <limits>

namespace dt {

void ResultTableModel::setTable(ResultTable table)
{
    const auto named = [](const ResultTable &t) {
        std::vector<std::string> names;
        for (const ResultColumn &column : t.columns)
            names.push_back(column.name + '\n' + column.unit);
        return names;
    };
    // While an experiment runs its table fills: the same rows with more in them keep the selection.
    if (named(table) == named(m_table) && table.rows.size() == m_table.rows.size()
        && !table.rows.empty()) {
        m_table = std::move(table);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int ResultTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ResultTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant ResultTableModel::data(const QModelIndex &index, int role) const
{
    const std::vector<ResultCell> &row = m_table.rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    const ResultCell &cell = column < row.size() ? row[column] : ResultCell();
    const auto *number = std::get_if<double>(&cell);
    const auto *word = std::get_if<std::string>(&cell);
    const bool measured = word || (number && !std::isnan(*number));
    if (role == Qt::TextAlignmentRole)
        return int((word ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == SortRole) {
        if (!measured)
            return std::numeric_limits<double>::infinity();
        return word ? QVariant(QString::fromStdString(*word)) : QVariant(*number);
    }
    if (role != Qt::DisplayRole)
        return {};
    if (!measured)
        return QStringLiteral("–");
    return word ? QString::fromStdString(*word)
                : QString::number(*number, 'f', m_table.columns[column].digits);
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const ResultColumn &column = m_table.columns[static_cast<std::size_t>(section)];
    const QString name = QString::fromStdString(column.name);
    return column.unit.empty()
        ? name
        : tr("%1\n[%2]").arg(name, displayUnit(QString::fromStdString(column.unit)));
}

} // namespace dt
