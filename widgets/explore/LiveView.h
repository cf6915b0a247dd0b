// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace dt {

class CellView;
class Document;

/// The neuron as it runs without end: the cell coloured by voltage. Knows nothing of engines; a
/// controller feeds it.
class LiveView : public QWidget
{
    Q_OBJECT

public:
    explicit LiveView(Document *document, QWidget *parent = nullptr);

    [[nodiscard]] CellView *cell() const { return m_cell; }

private:
    CellView *m_cell;
};

} // namespace dt
