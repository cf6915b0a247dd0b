// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;

namespace dt {

class CableCardView;
class CellView;
class Document;
class ParameterForm;

/// Build the neuron: its picture, its numbers, and the form that changes it.
class NeuronPage : public QWidget
{
    Q_OBJECT

public:
    explicit NeuronPage(Document *document, QWidget *parent = nullptr);

private:
    void refresh();

    Document *m_document;
    CellView *m_cell;
    CableCardView *m_card;
    ParameterForm *m_form;
    QButtonGroup *m_mode;
};

} // namespace dt
