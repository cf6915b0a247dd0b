// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace dt {

class QuantityField;
class TreeEditor;

/// Shows what is selected of the tree, with all its values: one dendrite; several, where a typed
/// value goes to all of them; or, with nothing selected, the tree as a whole.
class CellInspector : public QWidget
{
    Q_OBJECT

public:
    explicit CellInspector(TreeEditor *editor, QWidget *parent = nullptr);

    void setNeuron(const Neuron &neuron);

private:
    QuantityField *addField(const char *name, const QString &label, const QString &why);
    QLabel *addValue(const char *name, const QString &label, const QString &why);
    void refresh();
    void setRowVisible(QWidget *field, bool visible);

    TreeEditor *m_editor;
    Neuron m_neuron;
    QLabel *m_heading;
    QLabel *m_hint;
    QWidget *m_fields;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QComboBox *m_parent;
    QuantityField *m_at;
    QuantityField *m_length;
    QuantityField *m_diameter;
    QuantityField *m_segments;
    QLabel *m_lambdas;
    QLabel *m_perSegment;
    QLabel *m_lambda;
    QLabel *m_path;
    QLabel *m_area;
    QLabel *m_synapses;
    QLabel *m_points;
    QPushButton *m_more;
    bool m_expert = false;
};

} // namespace dt
