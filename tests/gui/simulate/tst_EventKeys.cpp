// SPDX-License-Identifier: GPL-3.0-or-later
//
// Painting events with the keyboard, and removing them.
#include "tests/gui/simulate/PainterBench.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_EventKeys : public PainterBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { PainterBench::init(); }
    void cleanup() { PainterBench::cleanup(); }

    void removing_data();
    void removing();
    void insertByKeyboard();
    void walkByKeyboard();
    void moveByKeyboard();
    void weightByKeyboard();
    void keysWithoutSelection();
};

void tst_EventKeys::removing_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Delete") << int(Qt::Key_Delete);
    QTest::newRow("Backspace") << int(Qt::Key_Backspace);
    QTest::newRow("button") << 0;
}

void tst_EventKeys::removing()
{
    QFETCH(int, key);
    have({at(1, 50), at(3, 100), at(5, 150)});
    auto *button = child<QToolButton>(*m_page, "removeEventButton");
    QVERIFY(!button->isVisible()); // nothing is selected
    clickAt(m_painter, place(3, 100));
    QVERIFY(button->isVisible());
    if (key == 0)
        click(button);
    else
        QTest::keyClick(m_painter, Qt::Key(key));
    QCOMPARE(painted(), (std::vector{at(1, 50), at(5, 150)}));
    QVERIFY(!m_painter->selection());
    QVERIFY(!button->isVisible());
    QCOMPARE(steps(), 1);
    QTest::keyClick(m_painter, Qt::Key_Delete); // nothing selected, nothing removed
    QCOMPARE(painted().size(), std::size_t(2));
    undo();
    QCOMPARE(painted().size(), std::size_t(3));
    QCOMPARE(painted()[1], at(3, 100));
}

void tst_EventKeys::insertByKeyboard()
{
    m_painter->setFocus();
    QTest::keyClick(m_painter, Qt::Key_Insert);
    QCOMPARE(painted(), std::vector{at(Rows / 2, DurationMs / 2)});
    QVERIFY(m_painter->selection());
    // In the middle of what is seen.
    m_page->plots()->timeAxis()->show(20.0, 40.0);
    QTest::keyClick(m_painter, Qt::Key_Insert);
    QCOMPARE(painted().back(), at(Rows / 2, 30));
    QCOMPARE(steps(), 2);
}

void tst_EventKeys::walkByKeyboard()
{
    have({at(1, 200), at(3, 50), at(5, 120)}); // not in order of time
    m_painter->setFocus();
    const auto selected = [this] { return painted()[m_painter->selection().value()].timeMs; };
    for (const int ms : {50, 120, 200, 200}) {
        QTest::keyClick(m_painter, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(selected(), ms);
    }
    for (const int ms : {120, 50, 50}) {
        QTest::keyClick(m_painter, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(selected(), ms);
    }
    QTest::keyClick(m_painter, Qt::Key_Escape);
    QVERIFY(!m_painter->selection());
    QTest::keyClick(m_painter, Qt::Key_Left, Qt::ControlModifier); // from the other end
    QCOMPARE(selected(), 200);
    QCOMPARE(steps(), 0);
}

void tst_EventKeys::moveByKeyboard()
{
    have({at(3, 100)});
    m_painter->setFocus();
    QTest::keyClick(m_painter, Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(m_painter, Qt::Key_Right);
    QTest::keyClick(m_painter, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(painted()[0], at(3, 111));
    QTest::keyClick(m_painter, Qt::Key_Left);
    QTest::keyClick(m_painter, Qt::Key_Up);
    QCOMPARE(painted()[0], at(4, 110));
    QTest::keyClick(m_painter, Qt::Key_Up, Qt::ShiftModifier); // by ten, as far as there are rows
    QCOMPARE(painted()[0], at(Rows - 1, 110));
    QTest::keyClick(m_painter, Qt::Key_Down);
    QCOMPARE(painted()[0], at(Rows - 2, 110));
    QTest::keyClick(m_painter, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(painted()[0], at(0, 110));
    QCOMPARE(steps(), 1);
    undo();
    QCOMPARE(painted()[0], at(3, 100));
    for (int i = 0; i < 12; ++i)
        QTest::keyClick(m_painter, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(painted()[0], at(3, 0));
}

void tst_EventKeys::weightByKeyboard()
{
    have({at(3, 100, 2.0)});
    m_painter->setFocus();
    QTest::keyClick(m_painter, Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(m_painter, Qt::Key_Plus);
    QTest::keyClick(m_painter, Qt::Key_Equal); // the same key without Shift
    QCOMPARE(painted()[0].weight, 3.0);
    QTest::keyClick(m_painter, Qt::Key_Minus);
    QCOMPARE(painted()[0].weight, 2.5);
    QCOMPARE(steps(), 1);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(m_painter, Qt::Key_Minus);
    QCOMPARE(painted()[0].weight, 0.5);
}

void tst_EventKeys::keysWithoutSelection()
{
    have({at(3, 100)});
    m_painter->setFocus();
    TimeAxis *axis = m_page->plots()->timeAxis();
    axis->show(100.0, 200.0);
    QTest::keyClick(m_painter, Qt::Key_Right); // the view moves
    QCOMPARE(axis->shown().from, 110.0);
    QTest::keyClick(m_painter, Qt::Key_Plus);
    QVERIFY(axis->shown().to - axis->shown().from < 90.0);
    QTest::keyClick(m_painter, Qt::Key_Home);
    QCOMPARE(axis->shown().to, 300.0);
    QCOMPARE(steps(), 0);
}

DT_TEST(tst_EventKeys, QApplication)
#include "tst_EventKeys.moc"
