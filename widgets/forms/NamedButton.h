// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace dt {

/// A button with the name by which tests and style sheets find it.
inline QPushButton *namedButton(const char *name, const QString &title, const QString &tip)
{
    auto *button = new QPushButton(title);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    return button;
}

} // namespace dt
