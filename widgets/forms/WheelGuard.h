// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace dt {

/// Lets the wheel change a field, a list, a slider or a tab only when that has the focus. Otherwise
/// the area around it scrolls, so that nothing changes because somebody scrolled past it.
class WheelGuard : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program.
    explicit WheelGuard(QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace dt
