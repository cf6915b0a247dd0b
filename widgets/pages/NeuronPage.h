// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

#include <QWidget>

#include <map>
#include <memory>

class QButtonGroup;
class QCheckBox;
class QFrame;
class QLabel;
class QMenu;
class QPushButton;
class QTabBar;
class QTabWidget;
class QVBoxLayout;

namespace dt {

class CableCardView;
class CellInspector;
class CellSelection;
class CellView;
class DendriteTable;
class Document;
class ParameterForm;
class SynapsePanel;
class TreeBar;
class TreeEditor;
class TreeTool;
struct ChangeEvent;
struct Project;

/// The page on which the neuron is built: its picture, its numbers, and the forms that change it. A
/// ball-and-stick has the plain form; growing a tree adds the tools of the tree, a table of
/// dendrites and an inspector of what is selected. Picture, table and forms share one selection.
class NeuronPage : public QWidget
{
    Q_OBJECT

public:
    explicit NeuronPage(Document *document, QWidget *parent = nullptr);
    ~NeuronPage() override;

    [[nodiscard]] CellSelection *selection() const { return m_selection; }
    [[nodiscard]] SynapsePanel *synapses() const { return m_synapses; }
    [[nodiscard]] CellView *cell() const { return m_cell; }
    /// Whether the tools of the tree are shown, because a person asked for them or the neuron is no
    /// stick.
    [[nodiscard]] bool isTree() const { return m_tree; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

Q_SIGNALS:
    /// The menu of the picture is about to open over a place of the cell. Panels add what they can
    /// do there.
    void menuAboutToShow(QMenu *menu, int dendrite, double x);

private:
    QFrame *makePicture();
    void refresh();
    void onDocumentChanged(const ChangeEvent &event);
    void setTree(bool tree);
    /// Shows a traced cell in its shape and others thickened, until a person chooses; each of the
    /// two keeps its choice.
    void fitMode();
    void showTab();
    void showMessage(const QString &sentence, bool problem);
    void fitMessage();
    void showMenu(const QPoint &at);

    Document *m_document;
    CellSelection *m_selection;
    CellView *m_cell;
    TreeEditor *m_editor;
    TreeTool *m_tool;
    TreeBar *m_bar;
    CableCardView *m_card;
    DendriteTable *m_table;
    CellInspector *m_inspector;
    ParameterForm *m_form;
    SynapsePanel *m_synapses;
    QTabWidget *m_side; ///< the form of the neuron, its synapses and electrodes
    QButtonGroup *m_mode;
    QTabBar *m_tabs; ///< below the picture: the card, or the table of a tree
    QVBoxLayout *m_left = nullptr; ///< picture and tabs
    QLabel *m_message;
    QPushButton *m_grow;
    QPushButton *m_stick;
    QCheckBox *m_allMarks;
    bool m_tree = false;
    bool m_stickShown = true; ///< the neuron that is shown is a stick
    bool m_traced = false; ///< the neuron that is shown has drawn points
    CellLayout::Mode m_modes[2]; ///< [traced]
    /// Whether the tree's tools were shown, for the states that Undo and Redo come back to.
    std::map<std::weak_ptr<const Project>, bool, std::owner_less<>> m_treeIn;
    bool m_told = false; ///< the message is not just a hint
};

} // namespace dt
