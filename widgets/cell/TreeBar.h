// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

class QMenu;

namespace dt {

class TreeEditor;
class TreeTool;

/// The tools of the tree as buttons and as a menu. In a narrow window those that find no place are
/// behind the arrow at its end.
class TreeBar : public QToolBar
{
    Q_OBJECT

public:
    TreeBar(TreeEditor *editor, TreeTool *tool, QWidget *parent = nullptr);

    /// Adds what can be done with what is selected.
    void fillMenu(QMenu *menu) const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    QAction *add(const char *name, const QString &text, const QString &tip,
                 const QString &key = {});
    void refresh();

    TreeEditor *m_editor;
    QAction *m_draw;
    QAction *m_addBranch;
    QAction *m_split;
    QAction *m_join;
    QAction *m_duplicate;
    QAction *m_reconnect;
    QAction *m_delete;
    QAction *m_deleteKeep;
    QMenu *m_trees;
};

} // namespace dt
