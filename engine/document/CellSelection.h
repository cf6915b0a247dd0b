// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QObject>

#include <vector>

namespace dt {

class Document;
struct ChangeEvent;

/// What is selected of the cell. One object shared by the picture, the tables and the forms, so
/// that all show the same; things of one kind at a time. Follows the document: a dendrite stays
/// selected by its name, synapses and electrodes while there are as many as before; what is gone is
/// deselected. Another project has nothing selected. GUI thread.
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
    /// Where in the selected dendrite, 0..1: the place last clicked. 0.5 unless told.
    [[nodiscard]] double x() const { return m_x; }

    void clear() { select(Kind::Nothing, {}); }
    void select(Kind kind, std::vector<int> items = {}, double x = 0.5);
    /// Adds the item, or takes it out if it is in (Ctrl+click). Another kind is replaced.
    void toggle(Kind kind, int item);

Q_SIGNALS:
    void changed();

private:
    void follow(const ChangeEvent &event);
    /// Of all things of the selected kind.
    [[nodiscard]] std::size_t count() const;

    Document *m_document;
    Kind m_kind = Kind::Nothing;
    std::vector<int> m_items;
    std::vector<std::string> m_names; ///< of the selected dendrites
    std::size_t m_count = 0; ///< when it was selected
    double m_x = 0.5;
};

} // namespace dt
