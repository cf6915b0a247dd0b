// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <vector>

namespace dt {

class CellSelection;
class Document;
class SynapseTableModel;

/// All synapses, sorted and edited in place; shares its selection with picture and form. Copy and
/// paste as text, Delete removes the selected ones.
class SynapseTable : public QTableView
{
    Q_OBJECT

public:
    SynapseTable(Document *document, CellSelection *selection, QWidget *parent = nullptr);

    [[nodiscard]] SynapseTableModel *synapses() const { return m_model; }

    void copySelected();
    void paste();
    void removeSelected();

Q_SIGNALS:
    /// Why an edit or a paste was refused; "" when the last one was good.
    void problem(const QString &sentence);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] std::vector<int> selected() const;
    void takeSelection();
    void showSelection();
    void refuse(const QModelIndex &index, const QString &sentence);
    void restyle();
    void fillWidth();

    Document *m_document;
    CellSelection *m_selection;
    SynapseTableModel *m_model;
    bool m_following = false; ///< the table is taking over the selection of others
};

} // namespace dt
