// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/TwinTableModel.h"

#include "widgets/compare/CompareView.h"

#include <QFileInfo>
#include <QLocale>

namespace dt {

namespace {

QString pathOf(const ComparedTwin &twin)
{
    return QString::fromStdString(twin.path);
}

bool isFigure(int column)
{
    return column >= TwinTableModel::FirstFigure && column < TwinTableModel::FileColumn;
}

Figure figureIn(int column)
{
    return static_cast<Figure>(column - TwinTableModel::FirstFigure);
}

QString textOf(const ComparedTwin &twin, int column)
{
    if (isFigure(column))
        return figureText(twin, figureIn(column));
    const QString file = QFileInfo(pathOf(twin)).fileName();
    switch (column) {
    case TwinTableModel::TwinColumn:
        if (!twin.isReadable())
            return file;
        return twin.complete
            ? QString::fromStdString(titleOf(twin))
            : TwinTableModel::tr("%1, unfinished").arg(QString::fromStdString(titleOf(twin)));
    case TwinTableModel::NeuronColumn:
        return QString::fromStdString(twin.isReadable() ? neuronOf(twin) : twin.problem);
    case TwinTableModel::DatasetColumn:
        return twin.dataset ? QString::fromStdString(datasetOf(twin)) : QStringLiteral("–");
    default:
        return file;
    }
}

/// One settings' worth of detail about a row.
QString tipOf(const ComparedTwin &twin)
{
    if (!twin.isReadable())
        return pathOf(twin) + u'\n' + QString::fromStdString(twin.problem);
    return QStringLiteral("%1\n%2").arg(QString::fromStdString(shortName(twin.spec)), pathOf(twin));
}

} // namespace

void TwinTableModel::setTwins(const ComparedTwins &twins)
{
    beginResetModel();
    m_twins = twins;
    endResetModel();
}

bool TwinTableModel::isChecked(int row) const
{
    return twin(row).isReadable() && !m_unchecked.contains(pathOf(twin(row)));
}

void TwinTableModel::setChecked(int row, bool checked)
{
    setData(index(row, TwinColumn), checked ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
}

void TwinTableModel::setAllChecked(bool checked)
{
    m_unchecked.clear();
    if (!checked) {
        for (const auto &twin : m_twins)
            m_unchecked.insert(pathOf(*twin));
    }
    if (!m_twins.empty())
        Q_EMIT dataChanged(index(0, TwinColumn), index(rowCount() - 1, TwinColumn),
                           {Qt::CheckStateRole});
    Q_EMIT checksChanged();
}

int TwinTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_twins.size());
}

int TwinTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FileColumn + 1;
}

QVariant TwinTableModel::data(const QModelIndex &index, int role) const
{
    const ComparedTwin &shown = twin(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(shown, index.column());
    case Qt::ToolTipRole:
        return tipOf(shown);
    case Qt::CheckStateRole:
        if (index.column() != TwinColumn || !shown.isReadable())
            return {};
        return isChecked(index.row()) ? Qt::Checked : Qt::Unchecked;
    case Qt::TextAlignmentRole:
        return QVariant(isFigure(index.column()) ? Qt::AlignRight | Qt::AlignVCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        if (!shown.isReadable())
            return {};
        if (!isFigure(index.column()))
            return textOf(shown, index.column());
        if (const std::optional<double> value = figureOf(shown, figureIn(index.column())))
            return *value;
        return {};
    case PathRole:
        return pathOf(shown);
    case ProblemRole:
        return QString::fromStdString(shown.problem);
    default:
        return {};
    }
}

bool TwinTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != TwinColumn
        || !twin(index.row()).isReadable())
        return false;
    const QString path = pathOf(twin(index.row()));
    if (value.toInt() == Qt::Checked)
        m_unchecked.remove(path);
    else
        m_unchecked.insert(path);
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT checksChanged();
    return true;
}

QVariant TwinTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(isFigure(section) ? Qt::AlignRight | Qt::AlignVCenter
                                          : Qt::AlignLeft | Qt::AlignVCenter);
    if (isFigure(section)) {
        const FigureInfo &info = figureInfo(figureIn(section));
        if (role == Qt::DisplayRole)
            return QString::fromUtf8(info.brief.data(), qsizetype(info.brief.size()));
        if (role == Qt::ToolTipRole)
            return QStringLiteral("<b>%1</b><br>%2")
                .arg(QString::fromUtf8(info.label.data(), qsizetype(info.label.size())),
                     QString::fromUtf8(info.why.data(), qsizetype(info.why.size())));
        return {};
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case TwinColumn:
        return tip ? tr("The network. What is ticked is shown in the plots below.") : tr("Twin");
    case NeuronColumn:
        return tip ? tr("The neuron that it was trained to copy") : tr("Neuron");
    case DatasetColumn:
        return tip ? tr("The data set that it was trained on") : tr("Data set");
    default:
        return tip ? tr("The twin's file") : tr("File");
    }
}

Qt::ItemFlags TwinTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == TwinColumn && twin(index.row()).isReadable())
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

void TwinFilter::setLeastAuc(std::optional<double> auc)
{
    m_leastAuc = auc;
    invalidateFilter();
}

void TwinFilter::setNeuron(const QString &title)
{
    m_neuron = title;
    invalidateFilter();
}

bool TwinFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    Q_UNUSED(parent);
    const auto *model = static_cast<const TwinTableModel *>(sourceModel());
    const ComparedTwin &twin = model->twin(row);
    if (!twin.isReadable())
        return true; // its reason must be seen
    if (!m_neuron.isEmpty() && QString::fromStdString(neuronOf(twin)) != m_neuron)
        return false;
    if (!m_leastAuc)
        return true;
    const std::optional<double> auc = figureOf(twin, Figure::SpikesAuc);
    return auc && *auc >= *m_leastAuc;
}

bool TwinFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(TwinTableModel::SortRole);
    const QVariant b = right.data(TwinTableModel::SortRole);
    // Falling order turns the answer round.
    if (!a.isValid() || !b.isValid())
        return a.isValid() != b.isValid()
            && (a.isValid() == (sortOrder() == Qt::AscendingOrder));
    if (a.typeId() == QMetaType::Double)
        return a.toDouble() < b.toDouble();
    return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
}

} // namespace dt
