// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/TreeBar.h"

#include "engine/cell/tree/TreePresets.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/TreeTool.h"
#include "widgets/theme/Icons.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QToolButton>

namespace dt {

TreeBar::TreeBar(TreeEditor *editor, TreeTool *tool, QWidget *parent) :
    QToolBar(parent), m_editor(editor), m_trees(new QMenu(tr("Trees"), this))
{
    setObjectName(QStringLiteral("treeBar"));
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setMovable(false);

    auto *trees = new QToolButton;
    trees->setObjectName(QStringLiteral("treesButton"));
    trees->setText(tr("Trees"));
    trees->setToolTip(tr("Trees to begin with. Your present one goes; Undo brings it back."));
    trees->setPopupMode(QToolButton::InstantPopup);
    for (const TreePreset &preset : treePresets()) {
        QAction *action = m_trees->addAction(
            QString::fromUtf8(preset.title.data(), qsizetype(preset.title.size())));
        action->setObjectName(
            QStringLiteral("plant-")
            + QString::fromUtf8(preset.name.data(), qsizetype(preset.name.size())));
        action->setToolTip(
            QString::fromUtf8(preset.description.data(), qsizetype(preset.description.size())));
        connect(action, &QAction::triggered, this,
                [this, &preset] { m_editor->plant(preset.name); });
    }
    m_trees->setToolTipsVisible(true);
    trees->setMenu(m_trees);
    addWidget(trees);

    m_draw = add("drawBranchAction", tr("Draw"),
                 tr("Draw branches: drag from the soma or a dendrite"), tr("Alt and drag"));
    m_draw->setCheckable(true);
    m_addBranch =
        add("addBranchAction", tr("Add"),
            tr("Add a branch at the tip of the selected dendrite, or at the soma"), tr("A"));
    m_split = add("splitAction", tr("Split"),
                  tr("Make two dendrites of it, at the place last clicked"), tr("S"));
    m_join = add("joinAction", tr("Join"), tr("Make one dendrite of it and the one at its end"),
                 tr("J"));
    m_duplicate = add("duplicateAction", tr("Duplicate"),
                      tr("Another branch like this one, at the same place"), tr("Ctrl+D"));
    m_reconnect = add("reconnectAction", tr("Reconnect..."),
                      tr("Hang the branch elsewhere: click the place then"), tr("R"));
    m_delete = add("deleteBranchAction", tr("Delete"),
                   tr("Delete it with everything that hangs on it"), tr("Del"));
    m_deleteKeep = new QAction(tr("Delete, but Keep What Hangs on It"), this);
    m_deleteKeep->setObjectName(QStringLiteral("deleteKeepAction"));
    m_deleteKeep->setToolTip(tr("What hangs on it moves to its parent (Shift+Del)"));

    connect(m_draw, &QAction::toggled, tool, &TreeTool::setDrawing);
    connect(tool, &TreeTool::drawingChanged, m_draw, &QAction::setChecked);
    connect(m_addBranch, &QAction::triggered, editor, &TreeEditor::addBranch);
    connect(m_split, &QAction::triggered, editor, &TreeEditor::split);
    connect(m_join, &QAction::triggered, editor, &TreeEditor::join);
    connect(m_duplicate, &QAction::triggered, editor, &TreeEditor::duplicate);
    connect(m_reconnect, &QAction::triggered, tool, &TreeTool::askForParent);
    connect(m_delete, &QAction::triggered, editor,
            [editor] { editor->removeBranches(Children::Remove); });
    connect(m_deleteKeep, &QAction::triggered, editor,
            [editor] { editor->removeBranches(Children::Reconnect); });
    connect(editor->selection(), &CellSelection::changed, this, &TreeBar::refresh);
    connect(editor->document(), &Document::changed, this, &TreeBar::refresh);
    refresh();
    restyle();
}

QAction *TreeBar::add(const char *name, const QString &text, const QString &tip, const QString &key)
{
    QAction *action = addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setToolTip(key.isEmpty() ? tip : tr("%1 (%2)").arg(tip, key));
    auto *button = qobject_cast<QToolButton *>(widgetForAction(action));
    button->setObjectName(QLatin1String(name) + QStringLiteral("Button"));
    button->setFocusPolicy(Qt::TabFocus);
    return action;
}

// The style draws the arrows of what has no room in black, in a dark theme, too.
void TreeBar::restyle()
{
    if (auto *more = findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
        more->setIcon(themedIcon(QStringLiteral("more"), palette()));
        more->setToolTip(tr("More tools"));
    }
}

void TreeBar::changeEvent(QEvent *event)
{
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        restyle();
}

void TreeBar::refresh()
{
    const CellSelection *selection = m_editor->selection();
    const bool any = selection->kind() == CellSelection::Kind::Dendrites;
    const bool one = selection->single(CellSelection::Kind::Dendrites) >= 0;
    m_addBranch->setEnabled(one || selection->kind() == CellSelection::Kind::Soma);
    for (QAction *action : {m_split, m_duplicate, m_reconnect})
        action->setEnabled(one);
    m_join->setEnabled(one
                       && childrenAtEnd(m_editor->document()->neuron(),
                                        selection->single(CellSelection::Kind::Dendrites))
                               .size()
                           == 1);
    m_delete->setEnabled(any);
    m_deleteKeep->setEnabled(any);
}

void TreeBar::fillMenu(QMenu *menu) const
{
    menu->addActions({m_addBranch, m_split, m_join, m_duplicate, m_reconnect});
    menu->addSeparator();
    menu->addActions({m_delete, m_deleteKeep});
    menu->addSeparator();
    menu->addMenu(m_trees);
}

} // namespace dt
