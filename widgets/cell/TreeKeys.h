// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QKeyEvent;

namespace dt {

class TreeEditor;

/// What keys do with the selected soma or dendrites: edits of the tree, and steps to its
/// neighbours.
class TreeKeys : public QObject
{
    Q_OBJECT

public:
    TreeKeys(TreeEditor *editor, QObject *parent);

    /// True: the key was one of these.
    bool press(const QKeyEvent &event);

Q_SIGNALS:
    /// A key went to another part of the cell.
    void walked();
    /// The mouse is to say where the selected branch is to hang.
    void parentWanted();

private:
    void walk(int key);

    TreeEditor *m_editor;
};

} // namespace dt
