// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunsModel.h"

#include <QFont>

#include <algorithm>

namespace dt {

void RunsModel::setRuns(std::vector<RunRecord> newestFirst, int shownId)
{
    beginResetModel();
    m_runs = std::move(newestFirst);
    m_shownId = shownId;
    m_settings = differingSettings(m_runs);
    // Seeds have a column for all.
    std::erase_if(m_settings, [](const RunSetting &s) { return s.name == "Axons: Seed"; });
    endResetModel();
}

const RunRecord *RunsModel::record(int row) const
{
    return row >= 0 && row < rowCount() ? &m_runs[static_cast<std::size_t>(row)] : nullptr;
}

int RunsModel::rowOf(int key) const
{
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        if (m_runs[i].key == key)
            return static_cast<int>(i);
    }
    return -1;
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : timeColumn() + 1;
}

int RunsModel::notesColumn() const
{
    return FirstSetting + static_cast<int>(m_settings.size());
}

bool RunsModel::isNumber(int column)
{
    return column == Run || (column >= Spikes && column <= Seed);
}

QString RunsModel::text(const RunRecord &run, int row, int column) const
{
    switch (column) {
    case Ghost:
        return {};
    case Run:
        return run.foreign ? tr("file") : QString::number(run.id);
    case Name:
        return QString::fromStdString(run.name);
    case Peak:
        return QString::number(run.peakMv, 'f', 1);
    default:
        break;
    }
    if (column == notesColumn())
        return QString::fromStdString(run.notes);
    if (column == timeColumn())
        return QString::fromStdString(run.time);
    if (run.foreign)
        return {};
    switch (column) {
    case Spikes:
        return QString::number(run.spikesMs.size());
    case Rate:
        return QString::number(run.rateHz, 'f', 1);
    case Seed:
        return isRandom(run.setup->stimulus) ? QString::number(seedOf(run.setup->stimulus))
                                             : tr("none");
    default:
        break;
    }
    const RunSetting &setting = m_settings[static_cast<std::size_t>(column - FirstSetting)];
    return QString::fromStdString(setting.values[static_cast<std::size_t>(row)]);
}

QVariant RunsModel::sortValue(const RunRecord &run, int row, int column) const
{
    if (column == Ghost)
        return run.pinned ? run.slot : 1000;
    const QString shown = text(run, row, column);
    bool isNumber = false;
    const double number = shown.toDouble(&isNumber);
    return isNumber ? QVariant(number) : QVariant(shown);
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    const RunRecord *run = record(index.row());
    if (!run)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(*run, index.row(), column);
    case Qt::ToolTipRole:
        if (column == Ghost)
            return tr("Draw it as a ghost behind the run that is shown, and keep it.");
        if (column == Name || column == notesColumn())
            return tr("Double click or F2 to write here.");
        return text(*run, index.row(), column);
    case Qt::CheckStateRole:
        if (column == Ghost)
            return run->pinned ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::TextAlignmentRole:
        if (isNumber(column))
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::FontRole:
        if (!run->foreign && run->id == m_shownId) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::AccessibleTextRole:
        return column == Ghost ? tr("Ghost: %1").arg(QString::fromStdString(run->title()))
                               : text(*run, index.row(), column);
    case KeyRole:
        return run->key;
    case SortRole:
        return sortValue(*run, index.row(), column);
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (section) {
    case Ghost:
        return tr("Ghost");
    case Run:
        return tr("Run");
    case Name:
        return tr("Name");
    case Spikes:
        return tr("Spikes");
    case Rate:
        return tr("Rate [Hz]");
    case Peak:
        return tr("Peak [mV]");
    case Seed:
        return tr("Seed");
    default:
        break;
    }
    if (section == notesColumn())
        return tr("Notes");
    if (section == timeColumn())
        return tr("Time");
    const std::size_t i = static_cast<std::size_t>(section - FirstSetting);
    if (i >= m_settings.size())
        return {};
    const QString name = QString::fromStdString(m_settings[i].name);
    const QString unit = QString::fromStdString(m_settings[i].unit);
    return unit.isEmpty() ? name : tr("%1 [%2]").arg(name, unit);
}

Qt::ItemFlags RunsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == Ghost)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Name || index.column() == notesColumn())
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RunsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const RunRecord *run = record(index.row());
    if (!run)
        return false;
    const int key = run->key;
    if (index.column() == Ghost && role == Qt::CheckStateRole) {
        Q_EMIT pinWanted(key, value.toInt() == Qt::Checked);
        return true;
    }
    if (role != Qt::EditRole)
        return false;
    const QString typed = value.toString().simplified();
    if (index.column() == Name && !(run->foreign && typed.isEmpty()))
        Q_EMIT renamed(key, typed);
    else if (index.column() == notesColumn())
        Q_EMIT noted(key, typed);
    return true;
}

} // namespace dt
