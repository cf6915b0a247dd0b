// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace dt {

class CellSelection;
class Document;
class NumberRow;

/// Kind, place and weight of the selected synapse, or those that several selected ones have in
/// common.
class SynapseForm : public QWidget
{
    Q_OBJECT

public:
    SynapseForm(Document *document, CellSelection *selection, QWidget *parent = nullptr);

Q_SIGNALS:
    void kindRequested(int kind);

private:
    void addPlace();
    void addWeights();
    void refresh();
    /// Edits all selected synapses.
    template <typename Function>
    void edit(const QString &text, Function change, const QString &key = {});
    [[nodiscard]] const std::vector<int> &items() const;

    Document *m_document;
    CellSelection *m_selection;
    QLabel *m_title;
    QLabel *m_empty;
    QWidget *m_fields;
    QComboBox *m_kind;
    QPushButton *m_editKind;
    QComboBox *m_dendrite = nullptr;
    NumberRow *m_x = nullptr;
    QLabel *m_where = nullptr;
    QPushButton *m_snap = nullptr;
    NumberRow *m_weight = nullptr;
    QWidget *m_many = nullptr;
    NumberRow *m_factor = nullptr;
    NumberRow *m_near = nullptr;
    NumberRow *m_far = nullptr;
};

} // namespace dt
