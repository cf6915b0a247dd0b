// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Presets.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/forms/WheelGuard.h"
#include "widgets/pages/NeuronPage.h"

namespace dt::test {

/// What the tests of the Neuron page share: the page, its picture and its fields.
class NeuronPageBench : public QObject
{
protected:
    void init();
    void cleanup();
    [[nodiscard]] QuantityField *field(const char *name) const
    {
        return child<QuantityField>(*m_page,
                                    qPrintable(QLatin1String(name) + QLatin1String("Field")));
    }
    [[nodiscard]] CellView *cell() const { return child<CellView>(*m_page, "neuronCellView"); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<WheelGuard> m_guard; ///< as in the window
    std::unique_ptr<Document> m_document;
    std::unique_ptr<NeuronPage> m_page;
};

inline void NeuronPageBench::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_guard = std::make_unique<WheelGuard>();
    m_document = std::make_unique<Document>();
    m_page = std::make_unique<NeuronPage>(m_document.get());
    m_page->resize(1190, 650);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

inline void NeuronPageBench::cleanup()
{
    m_page.reset();
    m_document.reset();
    m_guard.reset();
    m_sandbox.reset();
}

} // namespace dt::test
