// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/GuiTest.h"

#include "engine/document/Document.h"
#include "tests/support/TestProgram.h"
#include "widgets/input/EventPainter.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QWizard>

using namespace dt;
using namespace dt::test;

namespace {

/// What the wheel could have changed, by widget.
QMap<const QWidget *, QString> stateOf(const QWidget &root)
{
    QMap<const QWidget *, QString> state;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (const auto *spin = qobject_cast<const QAbstractSpinBox *>(widget))
            state[widget] = spin->text();
        else if (const auto *combo = qobject_cast<const QComboBox *>(widget))
            state[widget] = QString::number(combo->currentIndex()) + combo->currentText();
        else if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
            state[widget] = QString::number(tabs->currentIndex());
        else if (const auto *slider = qobject_cast<const QAbstractSlider *>(widget);
                 slider && !qobject_cast<const QScrollBar *>(widget))
            state[widget] = QString::number(slider->value());
    }
    return state;
}

void loseFocus()
{
    if (QWidget *focus = QApplication::focusWidget())
        focus->clearFocus();
}

/// Turns the wheel over everything that shows, either way; names of what changed or took the focus.
QStringList changedByWheel(QWidget &window, int &tried)
{
    QStringList changed;
    for (const QWidget *widget : stateOf(window).keys()) {
        if (!widget->isVisible() || !widget->isEnabled() || widget->window() != &window)
            continue;
        auto *target = const_cast<QWidget *>(widget);
        bringIntoView(target);
        if (target->visibleRegion().isEmpty())
            continue;
        ++tried;
        loseFocus();
        const auto before = stateOf(window);
        for (const int steps : {3, -3, -3}) {
            bringIntoView(target); // the step before may have scrolled it away
            wheel(target, target->visibleRegion().boundingRect().center(), steps);
        }
        const QWidget *focus = QApplication::focusWidget();
        if (stateOf(window) != before
            || (focus && (focus == target || target->isAncestorOf(focus))))
            changed << QString::fromLatin1(target->metaObject()->className()) + u' '
                    + target->objectName();
    }
    return changed;
}

/// Each tab of each row of tabs, once.
QList<std::pair<QTabBar *, int>> allTabs(const QWidget &page)
{
    QList<std::pair<QTabBar *, int>> tabs;
    for (QTabBar *bar : page.findChildren<QTabBar *>()) {
        for (int i = 0; i < bar->count(); ++i)
            tabs.append({bar, i});
    }
    return tabs;
}

} // namespace

/// Scrolling past a field changes nothing, anywhere.
class tst_Wheel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(QSize(1366, 768)); }
    void cleanup() { m_bench.reset(); }

    void pages_data();
    void pages();
    void wizard();
    void focusedFieldsTurn();
    void scrollsOn();
    void paintedEvents();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }

    std::unique_ptr<Bench> m_bench;
};

void tst_Wheel::pages_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<int>("least"); ///< so many are tried
    QTest::newRow("Neuron") << int(MainWindow::Neuron) << 12;
    QTest::newRow("Simulate") << int(MainWindow::Simulate) << 8;
    QTest::newRow("Explore") << int(MainWindow::Explore) << 10;
    QTest::newRow("Data") << int(MainWindow::Data) << 1;
    QTest::newRow("Train") << int(MainWindow::Train) << 3;
    QTest::newRow("Compare") << int(MainWindow::Compare) << 1;
}

void tst_Wheel::pages()
{
    QFETCH(int, page);
    QFETCH(int, least);
    window().showPage(static_cast<MainWindow::Page>(page));
    const Project before = window().document()->project();
    int tried = 0;
    QStringList changed;
    for (const auto &[bar, tab] : allTabs(window())) {
        if (!bar->isVisible())
            continue;
        bar->setCurrentIndex(tab);
        changed += changedByWheel(window(), tried);
    }
    if (auto *list = window().findChild<QListWidget *>(QStringLiteral("experimentList"));
        list && list->isVisible()) {
        for (int i = 0; i < list->count(); ++i) {
            list->setCurrentRow(i);
            changed += changedByWheel(window(), tried);
        }
    }
    changed += changedByWheel(window(), tried);
    QVERIFY2(changed.isEmpty(), qPrintable(changed.join(u',')));
    QVERIFY2(tried >= least, qPrintable(QString::number(tried)));
    QVERIFY(window().document()->project() == before);
}

void tst_Wheel::wizard()
{
    trigger(window(), "newDatasetAction");
    auto *wizard = child<QWizard>(window(), "datasetWizard");
    QTRY_VERIFY(wizard->isVisible());
    int tried = 0;
    for (int page = 0; page < 4; ++page) {
        const QStringList changed = changedByWheel(*wizard, tried);
        QVERIFY2(changed.isEmpty(), qPrintable(changed.join(u',')));
        wizard->next();
    }
    QVERIFY2(tried >= 20, qPrintable(QString::number(tried)));
    wizard->close();
}

void tst_Wheel::focusedFieldsTurn()
{
    window().showPage(MainWindow::Simulate);
    auto *pace = child<QComboBox>(window(), "paceCombo");
    pace->setFocus();
    wheel(pace, QRectF(pace->rect()).center(), -1);
    QCOMPARE(pace->currentIndex(), 1);
    auto *duration = child<QDoubleSpinBox>(window(), "durationField");
    const double before = duration->value();
    duration->setFocus();
    wheel(duration, QRectF(duration->rect()).center(), 1);
    QVERIFY(duration->value() > before);
    // Not what lies beside it.
    const int index = pace->currentIndex();
    wheel(pace, QRectF(pace->rect()).center(), -1);
    QCOMPARE(pace->currentIndex(), index);
}

// The form behind the field takes what the field leaves.
void tst_Wheel::scrollsOn()
{
    window().showPage(MainWindow::Neuron);
    auto *area = child<QScrollArea>(window(), "parameterScrollArea");
    click(child<QWidget>(window(), "expertCheck"));
    area->verticalScrollBar()->setValue(0);
    auto *preset = child<QComboBox>(window(), "presetCombo");
    const int shown = preset->currentIndex();
    QVERIFY(shown + 1 < preset->count()); // there is one to turn to
    loseFocus();
    wheel(preset, QRectF(preset->rect()).center(), -3);
    QVERIFY(area->verticalScrollBar()->value() > 0);
    QCOMPARE(preset->currentIndex(), shown);
}

void tst_Wheel::paintedEvents()
{
    window().showPage(MainWindow::Simulate);
    auto *painter = window().findChild<EventPainter *>();
    const Stimulus before = window().document()->stimulus();
    QVERIFY(!before.painted.empty());
    loseFocus();
    int over = 0;
    for (const InputEvent &event : before.painted) {
        const QPointF at = painter->toPixel({event.timeMs + 0.5, double(event.row)});
        if (!painter->rect().contains(at.toPoint()))
            continue;
        wheel(painter, at, 2);
        wheel(painter, at, -2);
        ++over;
    }
    QVERIFY(over > 3);
    QVERIFY(window().document()->stimulus() == before);
}

DT_TEST(tst_Wheel, QApplication)
#include "tst_Wheel.moc"
