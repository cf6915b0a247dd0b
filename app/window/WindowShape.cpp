// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowShape.h"

#include "widgets/shell/FoldPane.h"

#include <QAction>
#include <QKeyEvent>
#include <QMainWindow>
#include <QMenu>
#include <QScreen>
#include <QSettings>

#include <algorithm>

namespace dt {

namespace {

constexpr const char *GeometryKey = "geometry";
constexpr const char *FoldedKey = "foldedPanes";
constexpr QSize UsualSize(1280, 800);
/// The frame is not known before the window is shown: a title bar, and thin edges.
constexpr QSize Frame(4, 40);

} // namespace

WindowShape::WindowShape(QMainWindow *window) :
    QObject(window), m_window(window), m_fullScreen(new QAction(tr("&Full Screen"), this)),
    m_panes(new QAction(tr("Side &Panes"), this))
{
    m_fullScreen->setObjectName(QStringLiteral("fullScreenAction"));
    m_fullScreen->setCheckable(true);
    m_fullScreen->setShortcut(QKeySequence(Qt::Key_F11));
    m_fullScreen->setStatusTip(tr("The whole screen for DendroTwin; Escape ends it"));
    m_panes->setObjectName(QStringLiteral("sidePanesAction"));
    m_panes->setCheckable(true);
    m_panes->setShortcut(QKeySequence(Qt::Key_F8));
    m_panes->setStatusTip(tr("Show or fold the lists and forms of this page"));
    connect(m_fullScreen, &QAction::triggered, this, &WindowShape::setFullScreen);
    connect(m_panes, &QAction::triggered, this, &WindowShape::foldPage);
    window->installEventFilter(this);
    window->setMinimumSize(Least);
}

QSize WindowShape::mostFor(const QSize &room)
{
    return (room - Frame).expandedTo(Least);
}

void WindowShape::restore()
{
    const QSettings settings;
    m_window->resize(UsualSize);
    m_window->restoreGeometry(settings.value(QLatin1String(GeometryKey)).toByteArray());
    // A full screen was for a lecture.
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowFullScreen);
    const QRect room = m_window->screen()->availableGeometry();
    m_window->resize(m_window->size().boundedTo(mostFor(room.size())));
    const QStringList folded = settings.value(QLatin1String(FoldedKey)).toStringList();
    for (auto *pane : m_window->findChildren<FoldPane *>()) {
        pane->setFolded(folded.contains(pane->objectName()));
        connect(pane, &FoldPane::foldedChanged, this, [this] {
            rememberFolds();
            refresh();
        });
    }
    refresh();
}

void WindowShape::save() const
{
    QSettings().setValue(QLatin1String(GeometryKey), m_window->saveGeometry());
}

void WindowShape::rememberFolds()
{
    QStringList folded;
    for (const auto *pane : m_window->findChildren<FoldPane *>()) {
        if (pane->isFolded())
            folded << pane->objectName();
    }
    QSettings().setValue(QLatin1String(FoldedKey), folded);
}

void WindowShape::fillMenu(QMenu *menu)
{
    menu->addActions({m_panes, m_fullScreen});
}

QList<FoldPane *> WindowShape::panesOfPage() const
{
    QList<FoldPane *> panes;
    if (!m_page)
        return panes;
    for (auto *pane : m_page->findChildren<FoldPane *>()) {
        if (pane->isVisibleTo(m_page)) // not those of other tabs
            panes << pane;
    }
    return panes;
}

void WindowShape::setPage(QWidget *page)
{
    m_page = page;
    refresh();
}

void WindowShape::foldPage(bool shown)
{
    for (FoldPane *pane : panesOfPage())
        pane->setFolded(!shown);
    refresh();
}

void WindowShape::refresh()
{
    const QList<FoldPane *> panes = panesOfPage();
    m_panes->setEnabled(!panes.isEmpty());
    m_panes->setChecked(std::any_of(panes.begin(), panes.end(),
                                    [](const FoldPane *pane) { return !pane->isFolded(); }));
}

void WindowShape::setFullScreen(bool on)
{
    if (on) {
        m_wasMaximised = m_window->isMaximized();
        m_window->showFullScreen();
    } else if (m_wasMaximised) {
        m_window->showMaximized();
    } else {
        m_window->showNormal();
    }
}

bool WindowShape::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window)
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::WindowStateChange)
        m_fullScreen->setChecked(m_window->isFullScreen());
    // What is in the window had its turn before.
    if (event->type() == QEvent::KeyPress && m_window->isFullScreen()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        setFullScreen(false);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace dt
