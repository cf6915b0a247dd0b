// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace dt {

/// A sentence in the page in place of a dialog: what went wrong or is offered, a button that does
/// something about it, and a cross. It stays until it is closed.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Offer, Failure };

    explicit NoticeBar(QWidget *parent = nullptr);

    /// Shows a message. `dismissed` is called when it is closed, and forgotten when another message
    /// takes its place.
    void show(Kind kind, const QString &sentence, const QString &button = {},
              std::function<void()> action = {}, std::function<void()> dismissed = {});
    [[nodiscard]] QString sentence() const;
    /// Closes a message about a failure, because what failed is tried again. Offers stay.
    void settle();
    /// Hides this message if it is still there, without calling `dismissed`.
    void withdraw(const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void restyle();
    void dismiss();

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
    std::function<void()> m_action;
    std::function<void()> m_dismissed;
    Kind m_kind = Kind::Offer;
};

} // namespace dt
