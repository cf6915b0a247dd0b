// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace dt {

/// The wheel changes a field, a list, a slider or a tab only when that has the focus. Otherwise
/// what lies behind scrolls: nothing changes because somebody scrolled past it.
class WheelGuard : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program.
    explicit WheelGuard(QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace dt
