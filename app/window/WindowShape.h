// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>

class QAction;
class QMainWindow;
class QMenu;

namespace dt {

class FoldPane;

/// The size of the window, its full screen, and the panes at the edges of its pages that can be
/// folded: fits them to the screen, and remembers them for the next start.
class WindowShape : public QObject
{
    Q_OBJECT

public:
    /// The least size of the window; in a smaller one no page can be used.
    static constexpr QSize Least{800, 480};

    explicit WindowShape(QMainWindow *window);

    /// Gives the window the shape of last time, but never a larger one than the screen has room
    /// for. Call it when all pages are there.
    void restore();
    void save() const;
    void fillMenu(QMenu *menu);
    /// The page whose panes the menu folds.
    void setPage(QWidget *page);

    /// The largest window, without its frame, on a screen with so much room.
    static QSize mostFor(const QSize &room);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setFullScreen(bool on);
    void foldPage(bool shown);
    void refresh();
    void rememberFolds();
    [[nodiscard]] QList<FoldPane *> panesOfPage() const;

    QMainWindow *m_window;
    QWidget *m_page = nullptr;
    QAction *m_fullScreen;
    QAction *m_panes;
    bool m_wasMaximised = false;
};

} // namespace dt
