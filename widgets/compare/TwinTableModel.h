// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinComparison.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <optional>

namespace dt {

/// The leaderboard: a row for each twin, with a check box that chooses whether plots show it. The
/// model only requests a new name by a signal, because it is the name of a file and the model
/// touches no files.
class TwinTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The columns: these, and from FirstFigure on the figures in their own order.
    static constexpr int TwinColumn = 0; ///< name of the twin, which is that of its file
    static constexpr int NetworkColumn = 1;
    static constexpr int NeuronColumn = 2;
    static constexpr int DatasetColumn = 3;
    static constexpr int AuthorColumn = 4;
    static constexpr int FirstFigure = 5;

    enum Role {
        SortRole = Qt::UserRole, ///< a number or text; an invalid value always comes last
        PathRole,
        ProblemRole, ///< why the file could not be read
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Sets the twins. New ones are checked; those that stay keep their check mark. `fixed` are
    /// paths of twins that cannot be renamed.
    void setTwins(const ComparedTwins &twins, const QSet<QString> &fixed);
    /// Tells that a twin's file has another path now; its row and its check mark stay.
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
    /// A person typed another name.
    void renameRequested(const QString &path, const QString &name);

private:
    ComparedTwins m_twins;
    QSet<QString> m_fixed;
    QSet<QString> m_unchecked; ///< by path
};

/// Sorts in either direction with unknown figures last, and leaves out twins that are not good
/// enough.
class TwinFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Sets the least AUC of the twins that are listed; empty for any AUC or none.
    void setLeastAuc(std::optional<double> auc);
    /// Lists only the twins of this neuron; empty for any neuron.
    void setNeuron(const QString &title);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    std::optional<double> m_leastAuc;
    QString m_neuron;
};

} // namespace dt
