// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;

namespace dt {

class GuideBrowser;

/// The user guide (docs/guide), compiled into the program: chapters on the left, text on the
/// right. Does not stand in the way of the main window.
class GuideWindow : public QDialog
{
    Q_OBJECT

public:
    explicit GuideWindow(QWidget *parent = nullptr);

    /// Shows the window with this file of docs/guide; with an empty name the chapter that is open,
    /// at first the first one.
    void showChapter(const QString &file);

private:
    void followLink(const QUrl &source);

    QListWidget *m_chapters;
    GuideBrowser *m_text;
};

} // namespace dt
