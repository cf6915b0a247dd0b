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

/// All scalars of the document's neuron in groups, with basic and expert detail. Edits go to the
/// document; turning a spin box or dragging a slider is one undo step.
class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(Document *document, QWidget *parent = nullptr);

    void setExpert(bool expert);
    /// Scrolls to a group, showing expert detail if that is all it has.
    void showGroup(ParameterGroup group);
    /// Sets the widget that is shown for a tree in place of the stick's dendrite. The form owns it.
    void setTreeWidget(QWidget *widget);
    void setTree(bool tree);

Q_SIGNALS:
    /// A sentence on what else a change did besides what was asked for; empty when there is
    /// nothing.
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
