// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinComparison.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <optional>

namespace dt {

/// The leaderboard: a row a twin, with a check box that chooses whether plots show it. A new name
/// is only asked for: it is the file's, and files are somebody else's business.
class TwinTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Figures lie between, in their own order.
    static constexpr int TwinColumn = 0; ///< its name, which is its file's
    static constexpr int NetworkColumn = 1;
    static constexpr int NeuronColumn = 2;
    static constexpr int DatasetColumn = 3;
    static constexpr int AuthorColumn = 4;
    static constexpr int FirstFigure = 5;

    enum Role {
        SortRole = Qt::UserRole, ///< a number or text; invalid: always last
        PathRole,
        ProblemRole, ///< why the file could not be read
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// New ones are checked; those that stay keep their mark. `fixed`: paths that keep their name.
    void setTwins(const ComparedTwins &twins, const QSet<QString> &fixed);
    /// Its file has another path now; its row and its mark stay.
    void setPath(const QString &from, const QString &to);
    [[nodiscard]] const ComparedTwins &twins() const { return m_twins; }
    [[nodiscard]] const ComparedTwin &twin(int row) const
    {
        return *m_twins[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] bool isChecked(int row) const;
    void setChecked(int row, bool checked);
    void setAllChecked(bool checked);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void checksChanged();
    /// Somebody typed another name.
    void renameRequested(const QString &path, const QString &name);

private:
    ComparedTwins m_twins;
    QSet<QString> m_fixed;
    QSet<QString> m_unchecked; ///< by path
};

/// Sorts with unknown figures last, either way round, and leaves out what is not good enough.
class TwinFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Empty: any AUC, also none.
    void setLeastAuc(std::optional<double> auc);
    /// Empty: any neuron.
    void setNeuron(const QString &title);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    std::optional<double> m_leastAuc;
    QString m_neuron;
};

} // namespace dt
