// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QObject>

#include <vector>

namespace dt {

class Document;
struct ChangeEvent;

/// What is selected on the cell: things of one kind at a time. Picture, tables and forms share one
/// object, so that all show the same. It follows the document: a dendrite stays selected by its
/// name, synapses and electrodes as long as there are as many as before; what is gone is
/// deselected. When another project is opened nothing is selected. GUI thread.
class CellSelection : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Nothing, Soma, Dendrites, Synapses, Electrodes };

    explicit CellSelection(Document *document, QObject *parent = nullptr);

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Indices into dendrites, synapses or electrodes (as kind() says), ascending; empty for the
    /// soma and for nothing.
    [[nodiscard]] const std::vector<int> &items() const { return m_items; }
    [[nodiscard]] bool contains(Kind kind, int item) const;
    /// The one dendrite, synapse or electrode that is selected; -1 when there are none or several.
    [[nodiscard]] int single(Kind kind) const;
    /// Place in the selected dendrite that was clicked last, 0..1; 0.5 unless select() was given
    /// another.
    [[nodiscard]] double x() const { return m_x; }

    void clear() { select(Kind::Nothing, {}); }
    void select(Kind kind, std::vector<int> items = {}, double x = 0.5);
    /// Adds the item, or removes it if it is selected (Ctrl+click). A selection of another kind is
    /// replaced.
    void toggle(Kind kind, int item);

Q_SIGNALS:
    void changed();

private:
    void follow(const ChangeEvent &event);
    /// How many things of the selected kind the cell has.
    [[nodiscard]] std::size_t count() const;

    Document *m_document;
    Kind m_kind = Kind::Nothing;
    std::vector<int> m_items;
    std::vector<std::string> m_names; ///< names of the selected dendrites
    std::size_t m_count = 0; ///< count() when the selection was made
    double m_x = 0.5;
};

} // namespace dt
