// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/TwinTableModel.h"

#include "engine/base/FileNames.h"
#include "widgets/compare/CompareView.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace dt {

namespace {

QString pathOf(const ComparedTwin &twin)
{
    return QString::fromStdString(twin.path);
}

bool isFigure(int column)
{
    return column >= TwinTableModel::FirstFigure;
}

Figure figureIn(int column)
{
    return static_cast<Figure>(column - TwinTableModel::FirstFigure);
}

QString textOf(const ComparedTwin &twin, int column)
{
    if (isFigure(column))
        return figureText(twin, figureIn(column));
    switch (column) {
    case TwinTableModel::TwinColumn:
        return twin.isReadable() ? QString::fromStdString(nameOf(twin))
                                 : QFileInfo(pathOf(twin)).fileName();
    case TwinTableModel::NetworkColumn:
        if (!twin.isReadable())
            return QString::fromStdString(twin.problem);
        return twin.complete
            ? QString::fromStdString(titleOf(twin))
            : TwinTableModel::tr("%1, unfinished").arg(QString::fromStdString(titleOf(twin)));
    case TwinTableModel::NeuronColumn:
        return QString::fromStdString(neuronOf(twin));
    case TwinTableModel::DatasetColumn:
        return twin.dataset ? QString::fromStdString(datasetOf(twin)) : QStringLiteral("–");
    default:
        return QString::fromStdString(twin.author);
    }
}

/// One settings' worth of detail about a row.
QString tipOf(const ComparedTwin &twin)
{
    if (!twin.isReadable())
        return pathOf(twin) + u'\n' + QString::fromStdString(twin.problem);
    QString tip =
        QStringLiteral("%1\n%2").arg(QString::fromStdString(shortName(twin.spec)), pathOf(twin));
    if (!twin.author.empty())
        tip += u'\n' + TwinTableModel::tr("Trained by %1").arg(QString::fromStdString(twin.author));
    return tip;
}

/// What a figure that looks odd means.
QString warningOf(const ComparedTwin &twin, int column)
{
    if (!isFigure(column) || !twin.isReadable())
        return {};
    const std::optional<double> value = figureOf(twin, figureIn(column));
    return value ? QString::fromStdString(figureRemark(figureIn(column), *value)) : QString();
}

} // namespace

void TwinTableModel::setTwins(const ComparedTwins &twins, const QSet<QString> &fixed)
{
    // News of the same files, as of their speed, take no editor and no selection away.
    const auto sameRow = [](const auto &a, const auto &b) {
        return a->path == b->path && a->isReadable() == b->isReadable() && a->author == b->author;
    };
    if (!twins.empty() && fixed == m_fixed
        && std::equal(twins.begin(), twins.end(), m_twins.begin(), m_twins.end(), sameRow)) {
        m_twins = twins;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_twins = twins;
    m_fixed = fixed;
    endResetModel();
}

void TwinTableModel::setPath(const QString &from, const QString &to)
{
    if (m_unchecked.remove(from))
        m_unchecked.insert(to);
    for (int row = 0; row < rowCount(); ++row) {
        if (pathOf(twin(row)) != from)
            continue;
        auto moved = std::make_shared<ComparedTwin>(twin(row));
        moved->path = to.toStdString();
        moved->name = stemOf(moved->path);
        m_twins[static_cast<std::size_t>(row)] = std::move(moved);
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
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
    return parent.isValid() ? 0 : FirstFigure + FigureCount;
}

QVariant TwinTableModel::data(const QModelIndex &index, int role) const
{
    const ComparedTwin &shown = twin(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(shown, index.column());
    case Qt::EditRole:
        return QString::fromStdString(stemOf(shown.path));
    case Qt::ToolTipRole:
        if (const QString warning = warningOf(shown, index.column()); !warning.isEmpty())
            return warning;
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
    if (index.column() != TwinColumn || !twin(index.row()).isReadable())
        return false;
    const QString path = pathOf(twin(index.row()));
    if (role == Qt::EditRole) {
        const QString name = value.toString().trimmed();
        if (!name.isEmpty() && name != data(index, Qt::EditRole).toString())
            Q_EMIT renameRequested(path, name);
        return false; // it is called so when the file is
    }
    if (role != Qt::CheckStateRole)
        return false;
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
        return tip
            ? tr("The name of its file; a double click changes it. What is ticked is shown in "
                 "the plots below.")
            : tr("Twin");
    case NetworkColumn:
        return tip ? tr("The kind and size of its network") : tr("Network");
    case NeuronColumn:
        return tip ? tr("The neuron that it was trained to copy") : tr("Neuron");
    case DatasetColumn:
        return tip ? tr("The data set that it was trained on") : tr("Data set");
    default:
        return tip ? tr("Who trained it, as given on the Train page") : tr("Trained by");
    }
}

Qt::ItemFlags TwinTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == TwinColumn && twin(index.row()).isReadable()) {
        flags |= Qt::ItemIsUserCheckable;
        if (!m_fixed.contains(pathOf(twin(index.row()))))
            flags |= Qt::ItemIsEditable;
    }
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
        return a.isValid() != b.isValid() && (a.isValid() == (sortOrder() == Qt::AscendingOrder));
    if (a.typeId() == QMetaType::Double)
        return a.toDouble() < b.toDouble();
    return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
}

} // namespace dt
