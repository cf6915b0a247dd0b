// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QAbstractTableModel>

#include <vector>

namespace dt {

class Document;

/// The document's synapses as rows that can be sorted by every column and edited in place. A
/// synapse is known by its index in the neuron; rows follow the sorting. An edit does not move its
/// row until the table is sorted again. GUI thread.
class SynapseTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        DirectionColumn,
        KindColumn,
        DendriteColumn,
        XColumn,
        DistanceColumn,
        WeightColumn
    };
    static constexpr int Columns = 6;

    explicit SynapseTableModel(Document *document, QObject *parent = nullptr);

    /// Index of a row's synapse in the neuron.
    [[nodiscard]] int synapseAt(int row) const { return m_order[static_cast<std::size_t>(row)]; }
    /// Row of a synapse; -1 when there is no such synapse.
    [[nodiscard]] int rowOf(int synapse) const;
    /// What a column's editor offers: names of kinds or dendrites; empty where a number is typed.
    [[nodiscard]] QStringList choices(int column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    /// What was typed cannot be used; the old value stays.
    void refused(const QModelIndex &index, const QString &sentence);
    /// An edit was taken.
    void edited();

private:
    void refresh();
    void orderRows();
    [[nodiscard]] const Synapse &synapse(int row) const;
    [[nodiscard]] const SynapseKind &kindOf(const Synapse &s) const;
    [[nodiscard]] bool excitatory(const Synapse &s) const;
    [[nodiscard]] QString change(Synapse &s, int column, const QString &text) const;

    Document *m_document;
    Neuron m_neuron;
    std::vector<double> m_distances; ///< distance of each synapse from the soma [um]
    std::vector<int> m_order; ///< synapse of each row
    std::vector<int> m_rows; ///< row of each synapse
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace dt
