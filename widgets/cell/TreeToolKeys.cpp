// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/TreeTool.h"

#include <QKeyEvent>

namespace dt {

bool TreeTool::keyPress(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool plain = event->modifiers() == Qt::NoModifier; // Ctrl+A is no new branch
    const auto kind = m_editor->selection()->kind();
    if (event->key() == Qt::Key_Escape) {
        if (m_gesture != Gesture::None) {
            finish(true);
        } else if (m_asking) {
            m_asking = false;
            Q_EMIT hint({});
        } else if (m_drawing) {
            setDrawing(false);
        } else if (kind == CellSelection::Kind::Dendrites || kind == CellSelection::Kind::Soma) {
            m_editor->selection()->clear();
        } else {
            return false;
        }
        m_view->update();
        return true;
    }
    if (m_gesture != Gesture::None)
        return true; // its mouse is at work
    const bool branches =
        kind == CellSelection::Kind::Dendrites || kind == CellSelection::Kind::Soma;
    if (!m_treeTools || !branches)
        return false;
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        m_editor->removeBranches(event->modifiers() & Qt::ShiftModifier ? Children::Reconnect
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
            askForParent();
        return plain;
    case Qt::Key_Insert:
    case Qt::Key_A:
        if (plain)
            m_editor->addBranch();
        return plain;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (control) {
            m_editor->changeSegments(event->key() == Qt::Key_Up ? 1 : -1);
            return true;
        }
        return walk(event->key());
    case Qt::Key_Left:
    case Qt::Key_Right:
        return control && walk(event->key());
    default:
        return false;
    }
}

// Left to the parent, right to the first child, up and down among siblings.
bool TreeTool::walk(int key)
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
    Q_EMIT picked();
    return true;
}

} // namespace dt
