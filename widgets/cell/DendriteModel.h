// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QAbstractTableModel>

namespace dt {

class TreeEditor;

/// The dendrites of a neuron as a table. Setting a value is an edit of the tree; when several rows
/// are selected, a length, diameter or segment count goes to all of them.
class DendriteModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Parent, At, Length, Diameter, Segments, InLambda, ColumnCount };
    /// Role for sorting: numbers as numbers.
    static constexpr int SortRole = Qt::UserRole;

    explicit DendriteModel(TreeEditor *editor, QObject *parent = nullptr);

    void setNeuron(const Neuron &neuron);
    [[nodiscard]] const Neuron &neuron() const { return m_neuron; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    TreeEditor *m_editor;
    Neuron m_neuron;
};

} // namespace dt
