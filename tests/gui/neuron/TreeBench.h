// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulate/SimulationController.h"
#include "engine/cell/Presets.h"
#include "engine/cell/Validation.h"
#include "engine/cell/tree/TreePresets.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "tests/support/RandomTree.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeTool.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/NeuronPage.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

namespace dt::test {

/// What the tests of the tree editor share: the window, its parts, and a hand on the tree.
class TreeBench : public QObject
{
protected:
    void init();
    void cleanup();
    void plant(const char *preset);
    [[nodiscard]] Document *document() const { return m_bench->window->document(); }
    [[nodiscard]] const Neuron &neuron() const { return document()->neuron(); }
    [[nodiscard]] int steps() const { return document()->undoStack()->index(); }
    [[nodiscard]] NeuronPage *page() const
    {
        return child<NeuronPage>(*m_bench->window, "neuronPage");
    }
    [[nodiscard]] CellView *cell() const
    {
        return child<CellView>(*m_bench->window, "neuronCellView");
    }
    [[nodiscard]] TreeTool *tool() const { return page()->findChild<TreeTool *>(); }
    [[nodiscard]] CellSelection *selection() const { return page()->selection(); }
    [[nodiscard]] QPointF at(int dendrite, double x) const
    {
        return cell()->positionOf({dendrite, x});
    }
    [[nodiscard]] QPointF handle(TreeTool::Handle which) const
    {
        const auto place = tool()->handleAt(which);
        if (!place)
            qFatal("there is no such handle");
        return *place;
    }
    [[nodiscard]] QString message() const { return labelText(*page(), "treeMessageLabel"); }
    [[nodiscard]] QTableView *table() const { return child<QTableView>(*page(), "dendriteTable"); }
    void clickButton(const char *name) { click(child<QToolButton>(*page(), name)); }
    void editCell(int row, int column, const QString &text);
    void selectOnly(int dendrite) { clickAt(cell(), at(dendrite, 0.5)); }

    std::unique_ptr<Bench> m_bench;
};

inline void TreeBench::init()
{
    m_bench = std::make_unique<Bench>(QSize(1280, 800));
    m_bench->window->showPage(MainWindow::Neuron);
    QTRY_VERIFY(page()->isVisible());
}

inline void TreeBench::cleanup()
{
    m_bench.reset();
}

inline void TreeBench::plant(const char *preset)
{
    if (!page()->isTree())
        click(child<QPushButton>(*page(), "growTreeButton"));
    child<QAction>(*page(), qPrintable(QStringLiteral("plant-") + QLatin1String(preset)))
        ->trigger();
    // The picture has its size when the layouts have run.
    for (QSize size; size != cell()->size();) {
        size = cell()->size();
        settle();
    }
}

inline void TreeBench::editCell(int row, int column, const QString &text)
{
    const QModelIndex index = table()->model()->index(row, column);
    table()->setCurrentIndex(index);
    table()->edit(index);
    auto *editor = QApplication::focusWidget();
    QVERIFY(editor && table()->isAncestorOf(editor));
    if (auto *field = qobject_cast<QAbstractSpinBox *>(editor))
        field->selectAll();
    else if (auto *line = qobject_cast<QLineEdit *>(editor))
        line->selectAll();
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
    settle(); // the table takes it when the event loop runs again
}

} // namespace dt::test
