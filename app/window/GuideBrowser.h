// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBlock>
#include <QTextBrowser>
#include <QTimer>

#include <functional>

namespace dt {

/// The text of a chapter. Pictures are made to fit the width; links lead to headings, too
/// ("6-train.md#how-good-is-it"); all places of a searched text are marked.
class GuideBrowser : public QTextBrowser
{
    Q_OBJECT

public:
    explicit GuideBrowser(QWidget *parent = nullptr);

    /// Puts the heading with this anchor at the top; the text's beginning when there is none.
    void showHeading(const QString &anchor);
    /// Marks all places where this text stands; "" none.
    void setSearched(const QString &searched);
    [[nodiscard]] int foundCount() const;
    /// Goes to the next place behind the cursor, or to the first. False when there is none behind.
    bool showNext(bool fromTop);
    /// The paragraph or heading at the top of what is seen.
    [[nodiscard]] QTextBlock firstShown() const;

protected:
    QVariant loadResource(int type, const QUrl &name) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refit();
    /// What stands at the top stays there while something changes the heights above it.
    void keepPlace(const std::function<void()> &change);
    void markFound();

    QTimer m_fit;
    QString m_searched;
};

} // namespace dt
