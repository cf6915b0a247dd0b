// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;

namespace dt {

class GuideBrowser;

/// The user guide (docs/guide), compiled into the program: chapters on the left, text on the
/// right, a search through all of them above. Does not stand in the way of the main window.
class GuideWindow : public QDialog
{
    Q_OBJECT

public:
    explicit GuideWindow(QWidget *parent = nullptr);

    /// Shows the window with this file of docs/guide, at a heading where the link names one
    /// ("glossary.md#cap"); with an empty link the chapter that is open.
    void showChapter(const QString &link);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void followLink(const QUrl &source);
    void openChapter(int row);
    void search(const QString &text);
    void showNext();
    /// The text of a chapter as people read it, for the search.
    [[nodiscard]] const QString &plainText(int row);

    QLineEdit *m_search;
    QLabel *m_found;
    QListWidget *m_chapters;
    GuideBrowser *m_text;
    QStringList m_plainTexts; ///< empty until somebody searches
};

} // namespace dt
