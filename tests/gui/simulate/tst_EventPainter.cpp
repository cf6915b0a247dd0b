// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/simulate/PainterBench.h"
#include "tests/support/TestProgram.h"

#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Colours.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>

using namespace dt;
using namespace dt::test;

class tst_EventPainter : public PainterBench
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { PainterBench::cleanup(); }

    void clickAdds_data();
    void clickAdds();
    void clickPaintsWhatIsChosen();
    void clickBesideThePlotAddsNothing();
    void shakyClickStillAdds();
    void dragOnNothingPans();
    void doubleClickAddsOnce();
    void rightClickDoesNothing();
    void eventsAreDrawn();
    void eventsAtTheEndsAreWhole();
    void dragMoves();
    void firstDragOfAll();
    void dragIsClamped();
    void draggedBackIsNoStep();
    void clickSelectsAndDoesNotMove();
    void grabbedBesideItsMiddle();
    void wheelChangesTheWeight();
    void wheelWithoutTheFocusChangesNothing();
    void wheelOverTwoEventsIsTwoSteps();
    void wheelStopsAtTheLeastWeight();
    void wheelBesideEventsZooms();
    void fieldsOfTheSelectedEvent();
    void fieldsShowWhatIsDragged();
    void hovering();
    void emptyText();
    void selectionStaysWithItsEvent();
    void anotherProjectHasNoSelection();
    void rainIsNotEdited();

private:
    [[nodiscard]] QuantityField *field(const char *name) const
    {
        return child<QuantityField>(*m_page, name);
    }
};

void tst_EventPainter::init()
{
    PainterBench::init();
    m_painter->setFocus(); // as after a click
}

void tst_EventPainter::clickAdds_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("ms");
    QTest::newRow("middle") << 4 << 150;
    QTest::newRow("next to the soma, at the start") << 0 << 0;
    QTest::newRow("tip, at the end") << Rows - 1 << DurationMs - 1;
    QTest::newRow("somewhere") << 2 << 77;
}

void tst_EventPainter::clickAdds()
{
    QFETCH(int, row);
    QFETCH(int, ms);
    clickAt(m_painter, place(row, ms));
    QCOMPARE(painted(), std::vector{at(row, ms)});
    QCOMPARE(steps(), 1);
    QCOMPARE(m_painter->selection(), std::optional<std::size_t>(0)); // ready to be changed
    undo();
    QVERIFY(painted().empty());
    QVERIFY(!m_painter->selection());
}

void tst_EventPainter::clickPaintsWhatIsChosen()
{
    choose(child<QComboBox>(*m_page, "brushPolarityCombo"), QStringLiteral("Inhibitory"));
    typeInto(field("brushWeightField"), QStringLiteral("2.5"));
    QCOMPARE(steps(), 0);
    clickAt(m_painter, place(3, 100));
    QCOMPARE(painted(), std::vector{at(3, 100, 2.5, Polarity::Inhibitory)});
}

void tst_EventPainter::clickBesideThePlotAddsNothing()
{
    const QRect plot = m_painter->plotRect();
    clickAt(m_painter, QPointF(plot.left() - 10, plot.center().y()));
    clickAt(m_painter, QPointF(plot.right() + 10, plot.center().y()));
    QVERIFY(painted().empty());
}

void tst_EventPainter::shakyClickStillAdds()
{
    const QPointF here = place(4, 150);
    moveTo(m_painter, here);
    press(m_painter, here);
    moveTo(m_painter, here + QPointF(2.0, 1.0));
    release(m_painter, here);
    QCOMPARE(painted().size(), std::size_t(1));
}

void tst_EventPainter::dragOnNothingPans()
{
    drag(m_painter, place(4, 150), place(4, 100));
    QVERIFY(painted().empty());
    TimeAxis *axis = m_page->plots()->timeAxis();
    axis->show(100.0, 200.0);
    drag(m_painter, m_painter->toPixel({150.0, 4.0}), m_painter->toPixel({130.0, 4.0}));
    QVERIFY(painted().empty());
    QVERIFY2(qAbs(axis->shown().from - 120.0) < 1.5,
             qPrintable(QString::number(axis->shown().from)));
    QCOMPARE(steps(), 0);
}

void tst_EventPainter::doubleClickAddsOnce()
{
    TimeAxis *axis = m_page->plots()->timeAxis();
    axis->show(100.0, 200.0);
    QTest::mouseDClick(m_page->windowHandle(), Qt::LeftButton, {},
                       m_painter->mapTo(m_page.get(), place(4, 150).toPoint()));
    QCoreApplication::processEvents();
    QCOMPARE(painted().size(), std::size_t(1));
    QCOMPARE(axis->shown().from, 100.0);
}

void tst_EventPainter::rightClickDoesNothing()
{
    QTest::mouseClick(m_page->windowHandle(), Qt::RightButton, {},
                      m_painter->mapTo(m_page.get(), place(4, 150).toPoint()));
    QVERIFY(painted().empty());
}

void tst_EventPainter::eventsAreDrawn()
{
    have({at(2, 50), at(5, 100, 8.0, Polarity::Inhibitory)});
    const QColor warm = colours::ofPolarity(Polarity::Excitatory, m_painter->palette());
    const QColor cool = colours::ofPolarity(Polarity::Inhibitory, m_painter->palette());
    QTRY_VERIFY(shows(m_painter, warm, place(2, 50), 1, 20));
    QVERIFY(shows(m_painter, cool, place(5, 100), 1, 20));
    QVERIFY(!shows(m_painter, warm, place(5, 100), 6, 20));
    // Heavier is larger, selected is outlined, moved is gone from its place.
    const int before = pixelsLike(m_painter, warm);
    wheel(m_painter, place(2, 50), 8);
    const QColor ink = m_painter->palette().color(QPalette::WindowText);
    QTRY_VERIFY(shows(m_painter, ink, place(2, 50), 14, 40));
    QVERIFY(!shows(m_painter, ink, place(5, 100), 14, 40));
    m_painter->select(std::nullopt);
    QTRY_VERIFY(!shows(m_painter, ink, place(2, 50), 14, 40));
    QVERIFY(pixelsLike(m_painter, warm) > before);
    have({at(2, 60)});
    QTRY_VERIFY(shows(m_painter, warm, place(2, 60), 1, 20));
    QVERIFY(!shows(m_painter, cool, place(5, 100), 6, 20));
}

void tst_EventPainter::eventsAtTheEndsAreWhole()
{
    const QColor warm = colours::ofPolarity(Polarity::Excitatory, m_painter->palette());
    std::vector<int> heights;
    for (const int row : {31, 0, 63}) {
        Project project;
        project.stimulus.rain.on = false;
        project.stimulus.painted = {at(row, 100)};
        m_document->reset(project, {});
        QCoreApplication::processEvents();
        heights.push_back(boundsOf(m_painter, warm, 60).height());
    }
    QVERIFY(heights[0] > 6);
    QVERIFY2(
        std::abs(heights[1] - heights[0]) <= 1 && std::abs(heights[2] - heights[0]) <= 1,
        qPrintable(QStringLiteral("%1, %2, %3").arg(heights[0]).arg(heights[1]).arg(heights[2])));
}

void tst_EventPainter::dragMoves()
{
    have({at(2, 50), at(6, 200)});
    QSignalSpy changed(m_document.get(), &Document::changed);
    drag(m_painter, place(2, 50), place(5, 120));
    QCOMPARE(painted()[0], at(5, 120));
    QCOMPARE(painted()[1], at(6, 200));
    QVERIFY(changed.count() > 3); // it is seen on its way
    QCOMPARE(steps(), 1);
    drag(m_painter, place(5, 120), place(1, 30));
    QCOMPARE(painted()[0], at(1, 30));
    QCOMPARE(steps(), 2); // another drag, another step
    undo();
    QCOMPARE(painted()[0], at(5, 120));
    undo();
    QCOMPARE(painted()[0], at(2, 50));
}

void tst_EventPainter::firstDragOfAll()
{
    // Of the project that a window starts with, before anything else has changed.
    m_page.reset();
    m_document = std::make_unique<Document>();
    m_page = std::make_unique<SimulatePage>(m_document.get());
    m_painter = m_page->plots()->painter();
    m_page->resize(1190, 650);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    const InputEvent first = painted()[0];
    drag(m_painter, place(first.row, first.timeMs), place(first.row + 10, first.timeMs + 50));
    QVERIFY(qAbs(painted()[0].timeMs - first.timeMs - 50) <= 1);
    QCOMPARE(m_painter->selection(), std::optional<std::size_t>(0));
    QCOMPARE(steps(), 1);
}

void tst_EventPainter::dragIsClamped()
{
    have({at(2, 50)});
    drag(m_painter, place(2, 50), place(2, 50) + QPointF(-400.0, 200.0));
    QCOMPARE(painted()[0], at(0, 0));
    drag(m_painter, place(0, 0), place(0, 0) + QPointF(780.0, -75.0));
    QCOMPARE(painted()[0], at(Rows - 1, DurationMs - 1));
}

void tst_EventPainter::draggedBackIsNoStep()
{
    have({at(2, 50)});
    const QPointF from = place(2, 50);
    moveTo(m_painter, from);
    press(m_painter, from);
    moveTo(m_painter, place(5, 100));
    QCOMPARE(steps(), 1);
    moveTo(m_painter, from);
    release(m_painter, from);
    QCOMPARE(painted()[0], at(2, 50));
    QCOMPARE(steps(), 0);
    QVERIFY(!m_document->isModified());
}

void tst_EventPainter::clickSelectsAndDoesNotMove()
{
    // A hand trembles, and nobody hits the very middle.
    have({at(2, 50)});
    for (const QPointF &beside : {QPointF(6.0, 0.0), QPointF(0.0, -6.0), QPointF(-4.0, 4.0)}) {
        const QPointF here = place(2, 50) + beside;
        moveTo(m_painter, here);
        press(m_painter, here);
        moveTo(m_painter, here + QPointF(1.0, 1.0));
        release(m_painter, here + QPointF(1.0, 1.0));
        QCOMPARE(painted(), std::vector{at(2, 50)});
        QCOMPARE(steps(), 0);
        QCOMPARE(m_painter->selection(), std::optional<std::size_t>(0));
        m_painter->select(std::nullopt);
    }
}

void tst_EventPainter::grabbedBesideItsMiddle()
{
    // It follows the mouse by the way that the mouse goes.
    have({at(2, 50)});
    const QPointF beside(6.0, -5.0);
    drag(m_painter, place(2, 50) + beside, place(5, 120) + beside);
    QCOMPARE(painted()[0], at(5, 120));
}

void tst_EventPainter::wheelChangesTheWeight()
{
    have({at(2, 50, 3.0), at(5, 100, 3.0)});
    wheel(m_painter, place(2, 50), 3);
    QCOMPARE(painted()[0].weight, 4.5);
    QCOMPARE(painted()[1].weight, 3.0);
    QCOMPARE(m_painter->selection(), std::optional<std::size_t>(0));
    QCOMPARE(steps(), 1);
    wheel(m_painter, place(2, 50), -1);
    QCOMPARE(painted()[0].weight, 4.0);
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(painted()[0].weight, 3.0);
}

// It zooms then, as elsewhere in the plot.
void tst_EventPainter::wheelWithoutTheFocusChangesNothing()
{
    have({at(2, 50, 3.0)});
    m_painter->clearFocus();
    const QPointF over = place(2, 50);
    wheel(m_painter, over, 3);
    QCOMPARE(painted()[0].weight, 3.0);
    QCOMPARE(steps(), 0);
    QVERIFY(!m_painter->selection());
    QVERIFY(!m_painter->hasFocus());
}

void tst_EventPainter::wheelOverTwoEventsIsTwoSteps()
{
    have({at(2, 50, 3.0), at(5, 100, 3.0)});
    wheel(m_painter, place(2, 50), 1);
    wheel(m_painter, place(5, 100), 1);
    QCOMPARE(steps(), 2);
    undo();
    QCOMPARE(painted()[0].weight, 3.5);
    QCOMPARE(painted()[1].weight, 3.0);
}

void tst_EventPainter::wheelStopsAtTheLeastWeight()
{
    have({at(2, 50, 1.0)});
    wheel(m_painter, place(2, 50), -5);
    QCOMPARE(painted()[0].weight, 0.5);
    have({at(2, 50, 999.0)});
    wheel(m_painter, place(2, 50), 5);
    QCOMPARE(painted()[0].weight, 1000.0);
}

void tst_EventPainter::wheelBesideEventsZooms()
{
    have({at(2, 50)});
    wheel(m_painter, place(6, 200), 2);
    QCOMPARE(steps(), 0);
    const TimeAxis::Range shown = m_page->plots()->timeAxis()->shown();
    QVERIFY(shown.to - shown.from < 250.0);
}

void tst_EventPainter::fieldsOfTheSelectedEvent()
{
    have({at(1, 50), at(3, 100, 4.0)});
    QVERIFY(!field("eventRowField")->isVisible());
    clickAt(m_painter, place(3, 100));
    QVERIFY(field("eventRowField")->isVisible());
    QCOMPARE(field("eventRowField")->value(), 3.0);
    QCOMPARE(field("eventTimeField")->value(), 100.0);
    QCOMPARE(field("eventWeightField")->value(), 4.0);
    typeInto(field("eventRowField"), QStringLiteral("6"));
    typeInto(field("eventTimeField"), QStringLiteral("120 ms"));
    typeInto(field("eventWeightField"), QStringLiteral("2,5"));
    choose(child<QComboBox>(*m_page, "eventPolarityCombo"), QStringLiteral("Inhibitory"));
    QCOMPARE(painted()[1], at(6, 120, 2.5, Polarity::Inhibitory));
    QCOMPARE(painted()[0], at(1, 50));
    QCOMPARE(steps(), 4);
    for (int i = 0; i < 4; ++i)
        undo();
    QCOMPARE(painted()[1], at(3, 100, 4.0));
    QCOMPARE(field("eventWeightField")->value(), 4.0);
    QCOMPARE(child<QComboBox>(*m_page, "eventPolarityCombo")->currentText(),
             QStringLiteral("Excitatory"));
    // What does not exist is refused.
    typeInto(field("eventRowField"), QStringLiteral("8"));
    typeInto(field("eventTimeField"), QStringLiteral("300"));
    QCOMPARE(painted()[1], at(3, 100, 4.0));
}

void tst_EventPainter::fieldsShowWhatIsDragged()
{
    have({at(2, 50)});
    drag(m_painter, place(2, 50), place(5, 120));
    QCOMPARE(field("eventRowField")->value(), 5.0);
    QCOMPARE(field("eventTimeField")->value(), 120.0);
    wheel(m_painter, place(5, 120), 1);
    QCOMPARE(field("eventWeightField")->value(), 8.5);
}

void tst_EventPainter::hovering()
{
    have({at(3, 100, 4.0)});
    const auto said = [this] { return labelText(*m_page, "inputReadOutLabel"); };
    moveTo(m_painter, place(3, 100));
    QCOMPARE(said(), QStringLiteral("Excitatory, weight 4.0, 100 ms, segment 3"));
    moveTo(m_painter, place(6, 200));
    QCOMPARE(said(), QStringLiteral("200 ms, segment 6"));
    QVERIFY(m_document
                ->edit(QStringLiteral("rain"),
                       [](Project &p) {
                           p.stimulus.rain.on = true;
                           p.stimulus.rain.excSparsity = 0.99;
                       })
                .ok());
    const std::vector<InputEvent> rain = rainEvents(m_document->stimulus().rain, Rows, DurationMs);
    const InputEvent &drop = rain.at(rain.size() / 2);
    moveTo(m_painter, place(drop.row, drop.timeMs));
    QVERIFY2(said().endsWith(QStringLiteral("(rain)")), qPrintable(said()));
}

void tst_EventPainter::emptyText()
{
    const auto visible = [this] {
        for (const QLabel *label : m_painter->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("No input yet")))
                return true;
        }
        return false;
    };
    QVERIFY(visible());
    clickAt(m_painter, place(3, 100)); // through the words
    QVERIFY(!visible());
    undo();
    QVERIFY(visible());
    QVERIFY(m_document->edit(QStringLiteral("rain"), [](Project &p) { p.stimulus.rain.on = true; })
                .ok());
    QVERIFY(!visible());
}

void tst_EventPainter::selectionStaysWithItsEvent()
{
    have({at(1, 50), at(3, 100), at(5, 150)});
    clickAt(m_painter, place(1, 50));
    QTest::keyClick(m_painter, Qt::Key_Delete);
    clickAt(m_painter, place(5, 150));
    const auto selected = [this] {
        return m_painter->selection() ? painted().at(*m_painter->selection()) : InputEvent{};
    };
    QCOMPARE(selected(), at(5, 150));
    undo(); // the removed one is back, before this one
    QCOMPARE(painted().size(), std::size_t(3));
    QCOMPARE(selected(), at(5, 150));
    QCOMPARE(field("eventTimeField")->value(), 150.0);
    m_document->undoStack()->redo();
    QCOMPARE(selected(), at(5, 150));
    // Its own changes keep it selected, too.
    wheel(m_painter, place(5, 150), 1);
    undo();
    QCOMPARE(selected(), at(5, 150));
}

void tst_EventPainter::anotherProjectHasNoSelection()
{
    have({at(1, 50), at(3, 100)});
    clickAt(m_painter, place(1, 50));
    QVERIFY(m_painter->selection());
    have({at(6, 10), at(7, 20)});
    QVERIFY(!m_painter->selection());
    QVERIFY(!field("eventRowField")->isVisible());
}

void tst_EventPainter::rainIsNotEdited()
{
    Project project = m_document->project();
    project.stimulus.rain.on = true;
    project.stimulus.rain.excSparsity = 0.99;
    m_document->reset(project, {});
    const std::vector<InputEvent> rain = rainEvents(project.stimulus.rain, Rows, DurationMs);
    const InputEvent &drop = rain.at(rain.size() / 2);
    drag(m_painter, place(drop.row, drop.timeMs), place(drop.row, drop.timeMs + 40));
    QCOMPARE(m_document->project(), project);
    clickAt(m_painter, place(drop.row, drop.timeMs)); // adds one there
    QCOMPARE(painted(), std::vector{at(drop.row, drop.timeMs)});
    QCOMPARE(m_document->stimulus().rain, project.stimulus.rain);
}

DT_TEST(tst_EventPainter, QApplication)
#include "tst_EventPainter.moc"
