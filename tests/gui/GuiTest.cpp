// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/GuiTest.h"

#include "app/simulate/RunsController.h"

#include "widgets/cell/CellView.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSlider>
#include <QStandardPaths>
#include <QStyleOptionSlider>
#include <QWheelEvent>
#include <QWindow>

#include <cstdlib>

namespace dt::test {

Sandbox::Sandbox()
{
    // Not the test mode of QStandardPaths, whose folder all test programs share.
    for (const char *place : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        qputenv(place, m_folder.filePath(QLatin1String(place)).toLocal8Bit());
    // No twins but those that a test makes.
    qputenv("DENDROTWIN_TWINS", m_folder.filePath(QStringLiteral("twins")).toLocal8Bit());
    QCoreApplication::setOrganizationName(QStringLiteral("DendroTwinTests"));
    QCoreApplication::setApplicationName(QStringLiteral("DendroTwinTests"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    QSettings::setPath(QSettings::NativeFormat, QSettings::SystemScope, m_folder.path());
    QSettings().clear();
    theme::apply(*qApp, theme::Scheme::Light, false);
}

ProjectDialogs::Unsaved FakeDialogs::askUnsaved(const QString &name)
{
    ++unsavedAsked;
    lastName = name;
    return unsaved;
}

QString FakeDialogs::askOpenPath(const QString &folder)
{
    ++openAsked;
    lastFolder = folder;
    return openPath;
}

QString FakeDialogs::askSavePath(const QString &suggestion)
{
    ++saveAsked;
    lastSuggestion = suggestion;
    return savePath;
}

Bench::Bench(const QSize &size) :
    window(std::make_unique<MainWindow>(
        &engine, &dialogs, autosave.path(), &dialogs,
        [this](int) { return std::make_unique<BatchEngine>(&batches); }, &dialogs))
{
    window->runs()->setDialogs(&dialogs);
    window->resize(size);
    window->show();
    window->activateWindow();
    if (!QTest::qWaitForWindowActive(window.get()))
        qFatal("the window does not become active");
}

QString labelText(const QObject &root, const char *name)
{
    return child<QLabel>(root, name)->text();
}

void trigger(const QObject &root, const char *action)
{
    child<QAction>(root, action)->trigger();
}

void bringIntoView(QWidget *widget)
{
    for (QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent))
            area->ensureWidgetVisible(widget);
    }
    QCoreApplication::processEvents();
}

void click(QWidget *widget)
{
    bringIntoView(widget);
    // Check boxes and radio buttons take clicks where they have something to show.
    QPoint at = widget->rect().center();
    at.setX(std::min(at.x(), widget->sizeHint().width() / 2));
    clickAt(widget, at);
}

namespace {

QWindow *windowOf(const QWidget *widget)
{
    QWindow *window = widget->window()->windowHandle();
    if (!window)
        qFatal("a mouse needs a shown window");
    return window;
}

QPoint inWindow(const QWidget *widget, const QPointF &at)
{
    return widget->mapTo(widget->window(), at.toPoint());
}

} // namespace

void press(QWidget *widget, const QPointF &at, Qt::KeyboardModifiers modifiers)
{
    QTest::mousePress(windowOf(widget), Qt::LeftButton, modifiers, inWindow(widget, at));
    QCoreApplication::processEvents();
}

void moveTo(QWidget *widget, const QPointF &at)
{
    QTest::mouseMove(windowOf(widget), inWindow(widget, at));
    QCoreApplication::processEvents();
}

void release(QWidget *widget, const QPointF &at)
{
    QTest::mouseRelease(windowOf(widget), Qt::LeftButton, {}, inWindow(widget, at));
    QCoreApplication::processEvents();
}

void clickAt(QWidget *widget, const QPointF &at)
{
    moveTo(widget, at);
    press(widget, at);
    release(widget, at);
}

void drag(QWidget *widget, const QPointF &from, const QPointF &to)
{
    constexpr int Moves = 8;
    // In the window's pixels: what is dragged may itself move.
    QWidget *window = widget->window();
    const QPointF start = widget->mapTo(window, from);
    const QPointF way = widget->mapTo(window, to) - start;
    moveTo(window, start);
    press(window, start);
    for (int i = 1; i <= Moves; ++i)
        moveTo(window, start + way * i / Moves);
    release(window, start + way);
}

QPointF middleAt(const PlotCanvas *plot, double x)
{
    return {plot->toPixel({x, 0.0}).x(), QRectF(plot->plotRect()).center().y()};
}

void wheel(QWidget *widget, const QPointF &at, int steps, Qt::KeyboardModifiers modifiers)
{
    QWidget *top = widget->window();
    const QPoint place = inWindow(widget, at);
    for (int i = 0; i < std::abs(steps); ++i) {
        QWidget *target = top->childAt(place);
        if (!target)
            qFatal("a wheel needs a widget under it");
        QWheelEvent event(target->mapFrom(top, place), top->mapToGlobal(place), QPoint(),
                          QPoint(0, steps > 0 ? 120 : -120), Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event); // only these change the focus
        qApp->notify(target, &event);
    }
    QCoreApplication::processEvents();
}

void typeInto(QAbstractSpinBox *field, const QString &text)
{
    bringIntoView(field);
    field->setFocus(Qt::TabFocusReason);
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

void choose(QComboBox *combo, const QString &text)
{
    const int index = combo->findText(text);
    if (index < 0)
        qFatal("there is no entry %s", qPrintable(text));
    bringIntoView(combo);
    combo->setFocus(Qt::TabFocusReason);
    QTest::keyClick(combo, Qt::Key_Space);
    if (!QTest::qWaitFor([&] { return combo->view()->isVisible(); }))
        qFatal("the list does not open");
    QTest::keyClick(combo->view(), Qt::Key_Home);
    for (int i = 0; i < index; ++i)
        QTest::keyClick(combo->view(), Qt::Key_Down);
    QTest::keyClick(combo->view(), Qt::Key_Return);
    if (!QTest::qWaitFor([&] { return !combo->view()->isVisible(); }))
        qFatal("the list does not close");
    QCoreApplication::processEvents();
}

QPointF sliderHandle(const QSlider *slider, int position)
{
    QStyleOptionSlider option;
    option.initFrom(slider);
    option.orientation = slider->orientation();
    option.minimum = slider->minimum();
    option.maximum = slider->maximum();
    option.sliderPosition = position;
    option.sliderValue = position;
    option.subControls = QStyle::SC_All;
    if (option.orientation == Qt::Horizontal)
        option.state |= QStyle::State_Horizontal;
    return slider->style()
        ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, slider)
        .center();
}

namespace {

bool alike(QRgb a, const QColor &b, int tolerance)
{
    return std::abs(qRed(a) - b.red()) <= tolerance && std::abs(qGreen(a) - b.green()) <= tolerance
        && std::abs(qBlue(a) - b.blue()) <= tolerance;
}

} // namespace

int pixelsLike(QWidget *widget, const QColor &colour, const QPointF &at, int reach, int tolerance)
{
    QCoreApplication::processEvents(); // queued drawing
    const QImage image = widget->grab().toImage();
    QRect area = image.rect();
    if (reach >= 0)
        area &= QRect(at.toPoint() - QPoint(reach, reach), QSize(2 * reach + 1, 2 * reach + 1));
    int count = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x)
            count += alike(image.pixel(x, y), colour, tolerance);
    }
    return count;
}

bool shows(QWidget *widget, const QColor &colour, const QPointF &at, int reach, int tolerance)
{
    return pixelsLike(widget, colour, at, reach, tolerance) > 0;
}

bool showsInColumn(PlotCanvas *plot, const QColor &colour, double ms, int tolerance)
{
    QCoreApplication::processEvents();
    const QImage image = plot->grab().toImage();
    const int x = qRound(plot->toPixel({ms, 0.0}).x());
    const QRect column =
        QRect(x - 1, plot->plotRect().top() + 2, 3, plot->plotRect().height() - 4) & image.rect();
    for (int py = column.top(); py <= column.bottom(); ++py) {
        for (int px = column.left(); px <= column.right(); ++px) {
            if (alike(image.pixel(px, py), colour, tolerance))
                return true;
        }
    }
    return false;
}

QRect boundsOf(QWidget *widget, const QColor &colour, int tolerance)
{
    QCoreApplication::processEvents();
    const QImage image = widget->grab().toImage();
    QRect bounds;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (alike(image.pixel(x, y), colour, tolerance))
                bounds |= QRect(x, y, 1, 1);
        }
    }
    return bounds;
}

QList<QWidget *> tabChain(QWidget *window)
{
    QList<QWidget *> met;
    for (int i = 0; i < 1000; ++i) {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : window, Qt::Key_Tab);
        focus = QApplication::focusWidget();
        if (!focus || (!met.isEmpty() && focus == met.first()))
            break;
        if (met.contains(focus))
            qFatal("Tab goes in a circle that leaves out a part: back to %s %s from %s %s",
                   focus->metaObject()->className(), qPrintable(focus->objectName()),
                   met.last()->metaObject()->className(), qPrintable(met.last()->objectName()));
        met << focus;
    }
    return met;
}

QList<QWidget *> usableWidgets(const QWidget *root)
{
    QList<QWidget *> usable;
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !widget->isEnabled() || qobject_cast<QScrollBar *>(widget))
            continue;
        if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QAbstractSpinBox *>(widget)
            || qobject_cast<QAbstractSlider *>(widget) || qobject_cast<QComboBox *>(widget)
            || qobject_cast<CellView *>(widget)
            || (qobject_cast<PlotCanvas *>(widget) && widget->focusPolicy() != Qt::NoFocus))
            usable << widget;
    }
    return usable;
}

QStringList unreachable(QWidget *window, const QWidget *root)
{
    const QList<QWidget *> met = tabChain(window);
    QStringList missed;
    for (QWidget *widget : usableWidgets(root)) {
        if (met.contains(widget))
            continue;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const QButtonGroup *group = button ? button->group() : nullptr;
        bool byArrow = false;
        if (group && group->exclusive()) {
            for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Right, Qt::Key_Up, Qt::Key_Left}) {
                group->checkedButton()->setFocus(Qt::TabFocusReason);
                for (int i = 0; i < group->buttons().size() && !byArrow; ++i) {
                    QTest::keyClick(QApplication::focusWidget(), key);
                    byArrow = QApplication::focusWidget() == widget;
                }
            }
        }
        if (!byArrow)
            missed << QString::fromLatin1(widget->metaObject()->className()) + u' '
                    + widget->objectName();
    }
    return missed;
}

QStringList clippedTexts(const QWidget *root)
{
    QStringList clipped;
    const auto add = [&](const QWidget *widget, const QString &text, int needs, int has) {
        clipped << QStringLiteral("%1 \"%2\" needs %3 and has %4")
                       .arg(widget->objectName(), text)
                       .arg(needs)
                       .arg(has);
    };
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->text().isEmpty())
                continue;
            if (!label->wordWrap() && label->minimumSizeHint().width() > label->width())
                add(label, label->text(), label->minimumSizeHint().width(), label->width());
            if (label->wordWrap() && label->heightForWidth(label->width()) > label->height())
                add(label, label->text(), label->heightForWidth(label->width()), label->height());
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            if (!button->text().isEmpty() && button->sizeHint().width() > button->width())
                add(button, button->text(), button->sizeHint().width(), button->width());
        } else if (const auto *box = qobject_cast<const QAbstractSpinBox *>(widget)) {
            const auto *edit = box->findChild<QLineEdit *>();
            const int needs = edit->fontMetrics().horizontalAdvance(edit->text());
            if (needs > edit->width() - 4)
                add(box, edit->text(), needs, edit->width() - 4);
        } else if (const auto *combo = qobject_cast<const QComboBox *>(widget)) {
            if (combo->sizeHint().width() > combo->width())
                add(combo, combo->currentText(), combo->sizeHint().width(), combo->width());
        }
        // And nothing may stick out of what contains it.
        const QWidget *parent = widget->parentWidget();
        if (parent && widget->width() > 0 && !widget->isWindow()
            && widget->geometry().right() > parent->rect().right()
            && !qobject_cast<const QLabel *>(parent))
            clipped << QStringLiteral("%1 %2 sticks out of %3")
                           .arg(QString::fromLatin1(widget->metaObject()->className()),
                                widget->objectName(), parent->objectName());
    }
    return clipped;
}

} // namespace dt::test
