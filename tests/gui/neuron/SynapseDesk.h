// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Presets.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "widgets/cell/CellView.h"
#include "widgets/synapses/PlacePalette.h"
#include "widgets/synapses/SynapsePanel.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSplitter>
#include <QTabWidget>

#include <memory>

namespace dt::test {

/// A picture of the cell with the panel beside it, as on the Neuron page.
struct Desk
{
    explicit Desk(const Neuron &neuron = presetNeuron("nmda-cable").value())
    {
        Project project;
        project.neuron = neuron;
        project.stimulus.painted.clear();
        document.reset(project, {});
        selection = new CellSelection(&document, &document);
        view = new CellView;
        view->setObjectName(QStringLiteral("cell"));
        view->setNeuron(document.neuron());
        QObject::connect(&document, &Document::changed, view,
                         [this] { view->setNeuron(document.neuron()); });
        panel = new SynapsePanel(&document, selection, view);
        window.addWidget(view);
        window.addWidget(panel);
        window.setSizes({800, 420});
        window.resize(1240, 760);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not become active");
    }

    template <typename T>
    T *get(const char *name)
    {
        return child<T>(window, name);
    }
    [[nodiscard]] const std::vector<Synapse> &synapses() const
    {
        return document.neuron().synapses;
    }
    [[nodiscard]] const std::vector<Electrode> &electrodes() const
    {
        return document.stimulus().electrodes;
    }
    [[nodiscard]] int steps() { return document.undoStack()->count(); }
    void undo() { document.undoStack()->undo(); }
    void redo() { document.undoStack()->redo(); }
    [[nodiscard]] QPointF at(int dendrite, double x) const
    {
        return view->positionOf({dendrite, x});
    }
    /// Where the mark of a synapse can be taken: on the side that it points to.
    [[nodiscard]] QPointF markOf(int id) const
    {
        const CellMark &mark = view->marks()[static_cast<std::size_t>(id)];
        const QPointF base = view->positionOf(mark.place);
        std::vector<QPointF> spots;
        for (int dy = 2; dy < 120; ++dy) {
            const QPointF spot = base + QPointF(0, mark.shape == CellMark::Shape::Down ? dy : -dy);
            if (view->markAt(spot) == mark.id)
                spots.push_back(spot);
        }
        if (spots.empty())
            qFatal("the mark is not to be seen");
        return spots[spots.size() / 2];
    }
    /// What the palette's drag drops, without the system's own loop.
    void drop(const PlaceItem &item, const QPointF &place)
    {
        const std::unique_ptr<QMimeData> mime(PlacePalette::mimeOf(item));
        QDragEnterEvent enter(place.toPoint(), Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view, &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(place.toPoint(), Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view, &move);
        QDropEvent event(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view, &event);
    }
    void tab(SynapsePanel::Tab tab)
    {
        get<QTabWidget>("synapseTabs")->setCurrentIndex(tab);
        QCoreApplication::processEvents();
    }
    void clearSynapses()
    {
        (void)document.edit(QStringLiteral("Clear"), [](Project &p) { p.neuron.synapses.clear(); });
    }

    Sandbox sandbox;
    Document document;
    CellSelection *selection = nullptr;
    CellView *view = nullptr;
    SynapsePanel *panel = nullptr;
    QSplitter window;
};

} // namespace dt::test
