// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/gui/simulate/RunSizes.h"
#include "widgets/input/EventPainter.h"
#include "widgets/pages/SimulatePage.h"

namespace dt::test {

/// What tests of the painter of events share: the page without a window around it, and events to
/// begin with.
class PainterBench : public QObject
{
protected:
    void init();
    void cleanup();
    void have(std::vector<InputEvent> events);
    [[nodiscard]] const std::vector<InputEvent> &painted() const
    {
        return m_document->stimulus().painted;
    }
    [[nodiscard]] QPointF place(int row, int ms) const
    {
        return m_painter->toPixel({ms + 0.5, double(row)});
    }
    [[nodiscard]] int steps() const { return m_document->undoStack()->count(); }
    void undo() { m_document->undoStack()->undo(); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<SimulatePage> m_page;
    EventPainter *m_painter = nullptr;
};

inline void PainterBench::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_document = std::make_unique<Document>();
    m_page = std::make_unique<SimulatePage>(m_document.get());
    m_painter = m_page->plots()->painter();
    have({});
    m_page->resize(1190, 650);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

inline void PainterBench::cleanup()
{
    m_page.reset();
    m_document.reset();
    m_sandbox.reset();
}

inline void PainterBench::have(std::vector<InputEvent> events)
{
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = DurationMs;
    project.stimulus.rain.on = false;
    project.stimulus.painted = std::move(events);
    m_document->reset(project, {});
    QCoreApplication::processEvents();
}

} // namespace dt::test
