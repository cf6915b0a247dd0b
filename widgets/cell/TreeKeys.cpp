// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/TreeKeys.h"

#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/TreeEditor.h"

#include <QKeyEvent>

namespace dt {

TreeKeys::TreeKeys(TreeEditor *editor, QObject *parent) : QObject(parent), m_editor(editor) { }

bool TreeKeys::press(const QKeyEvent &event)
{
    const bool control = event.modifiers() & Qt::ControlModifier;
    const bool plain = event.modifiers() == Qt::NoModifier; // Ctrl+A is no new branch
    const CellSelection::Kind kind = m_editor->selection()->kind();
    if (kind != CellSelection::Kind::Dendrites && kind != CellSelection::Kind::Soma)
        return false;
    switch (event.key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        m_editor->removeBranches(event.modifiers() & Qt::ShiftModifier ? Children::Reconnect
                                                                       : Children::Remove);
        return true;
    case Qt::Key_S:
        if (plain)
            m_editor->split();
        return plain;
    case Qt::Key_J:
        if (plain)
            m_editor->join();
        return plain;
    case Qt::Key_D:
        if (!control)
            return false;
        m_editor->duplicate();
        return true;
    case Qt::Key_R:
        if (plain)
            Q_EMIT parentWanted();
        return plain;
    case Qt::Key_Insert:
    case Qt::Key_A:
        if (plain)
            m_editor->addBranch();
        return plain;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (control)
            m_editor->changeSegments(event.key() == Qt::Key_Up ? 1 : -1);
        else
            walk(event.key());
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (control)
            walk(event.key());
        return control;
    default:
        return false;
    }
}

// Left to the parent, right to the first child, up and down among siblings.
void TreeKeys::walk(int key)
{
    const Neuron &neuron = m_editor->document()->neuron();
    CellSelection *selection = m_editor->selection();
    const auto items = selection->items();
    const int now = items.empty() ? SomaIndex : items.front();
    const auto parentOf = [&](int d) {
        return neuron.dendrites[static_cast<std::size_t>(d)].parent;
    };
    int next = now;
    const int n = static_cast<int>(neuron.dendrites.size());
    if (key == Qt::Key_Left) {
        next = now == SomaIndex ? SomaIndex : parentOf(now);
    } else if (key == Qt::Key_Right) {
        for (int i = n; i-- > 0;)
            next = parentOf(i) == now ? i : next;
    } else if (now != SomaIndex) {
        const int by = key == Qt::Key_Down ? 1 : -1;
        for (int i = now + by; i >= 0 && i < n; i += by) {
            if (parentOf(i) == parentOf(now)) {
                next = i;
                break;
            }
        }
    }
    if (next == SomaIndex)
        selection->select(CellSelection::Kind::Soma);
    else
        selection->select(CellSelection::Kind::Dendrites, {next});
    Q_EMIT walked();
}

} // namespace dt
