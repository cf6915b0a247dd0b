// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Parameters.h"

#include <QWidget>

#include <map>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace dt {

class Document;
class FormScrollArea;
class ParameterRow;

/// All scalars of the document's neuron, grouped, with basic and expert detail. Edits go to the
/// document; a spin or a drag is one undo step.
class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(Document *document, QWidget *parent = nullptr);

    void setExpert(bool expert);
    /// Scrolls to a group, showing expert detail if that is all it has.
    void showGroup(ParameterGroup group);
    /// A widget that takes the place of the stick's dendrite for a tree. Taken.
    void setTreeWidget(QWidget *widget);
    void setTree(bool tree);

Q_SIGNALS:
    /// What went with a change besides what was asked for, in a sentence; empty when nothing did.
    void told(const QString &sentence);

private:
    void showRows();
    void addGroup(ParameterGroup group, const QString &title);
    void addPresetRow();
    void addSynapseRow(QVBoxLayout *layout);
    void refresh();
    void commit(ParameterRow *row, double value);

    Document *m_document;
    QComboBox *m_preset = nullptr;
    QComboBox *m_synapseType = nullptr;
    QCheckBox *m_expert = nullptr;
    FormScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_column = nullptr;
    std::vector<ParameterRow *> m_rows;
    std::map<ParameterGroup, QWidget *> m_groups;
    QWidget *m_treeWidget = nullptr;
    bool m_tree = false;
};

} // namespace dt
