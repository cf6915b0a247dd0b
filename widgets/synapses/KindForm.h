// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace dt {

class BlockPlot;
class CellSelection;
class Document;
class NumberRow;
class PlotCanvas;
class PlotTile;

/// A form in which kinds of synapse are made from published kinetics, copied, renamed, changed and
/// removed. Beside the numbers it shows what they mean: the conductance after an event at two
/// clamped voltages, and the magnesium block over the voltage.
class KindForm : public QWidget
{
    Q_OBJECT

public:
    KindForm(Document *document, CellSelection *selection, QWidget *parent = nullptr);

    void showKind(int kind);
    [[nodiscard]] int kind() const { return m_current; }

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Field
    {
        NumberRow *row;
        double SynapseKind::*member;
        bool nmda;
        bool expert;
    };

    void addHead(QVBoxLayout *layout);
    void addRemoval(QVBoxLayout *layout);
    void addFields(QVBoxLayout *layout);
    void addPlots(QVBoxLayout *layout);
    void addNew(int preset);
    void askRemoval();
    void remove(bool withSynapses);
    void commit(const Field &field, double value);
    void rename();
    void refresh();
    void showFields();
    void draw();
    void readOut();
    void restyle();
    [[nodiscard]] const SynapseKind *shown() const;

    Document *m_document;
    CellSelection *m_selection;
    int m_current = 0;
    QComboBox *m_kinds = nullptr;
    QToolButton *m_new = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_remove = nullptr;
    QFrame *m_removal = nullptr;
    QLabel *m_removalText = nullptr;
    QComboBox *m_moveTo = nullptr;
    QPushButton *m_move = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameWhy = nullptr;
    QComboBox *m_preset = nullptr;
    QComboBox *m_polarity = nullptr;
    QCheckBox *m_expert = nullptr;
    std::vector<Field> m_fields;
    PlotCanvas *m_course = nullptr;
    PlotTile *m_courseTile = nullptr;
    BlockPlot *m_block = nullptr;
    PlotTile *m_blockTile = nullptr;
};

} // namespace dt
