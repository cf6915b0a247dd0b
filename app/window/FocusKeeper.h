// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace dt {

/// The focus stays where a person put it. A button that its own command disables or hides for a
/// while would hand it to whatever comes next in the window; with this it has it again afterwards,
/// unless the person went elsewhere meanwhile.
class FocusKeeper : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program.
    explicit FocusKeeper(QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onFocusChanged(QWidget *old, QWidget *now);

    QPointer<QWidget> m_kept; ///< cannot have it at the moment
    bool m_clearing = false;
};

} // namespace dt
