// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace dt {

/// A sentence in the page in place of a dialog: what went wrong or is offered, a button that does
/// something about it, and a cross. Stays until read.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Offer, Failure };

    explicit NoticeBar(QWidget *parent = nullptr);

    /// `dismissed` is for this message only: it is forgotten when another one takes its place.
    void show(Kind kind, const QString &sentence, const QString &button = {},
              std::function<void()> action = {}, std::function<void()> dismissed = {});
    [[nodiscard]] QString sentence() const;
    /// What it says went wrong is tried anew: nothing to be read any more. Offers stay.
    void settle();
    /// Takes this sentence away if it is still there; what was to follow does not.
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
