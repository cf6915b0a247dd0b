// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace dt {

class DendriteModel;
class QuantityField;
class TreeEditor;

/// The table of dendrites, sorted by any column and edited in place. Below it is the lambda rule
/// that cuts them into segments. The table shares its selection with the picture.
class DendriteTable : public QWidget
{
    Q_OBJECT

public:
    explicit DendriteTable(TreeEditor *editor, QWidget *parent = nullptr);

    void setNeuron(const Neuron &neuron);

Q_SIGNALS:
    /// Somebody chose rows.
    void picked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showSelection();
    void takeSelection();
    void applyRule();

    TreeEditor *m_editor;
    DendriteModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    QuantityField *m_share;
    QLabel *m_verdict;
    bool m_syncing = false;
};

} // namespace dt
