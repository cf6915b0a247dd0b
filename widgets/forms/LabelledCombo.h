// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/QuietWidgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace dt {

/// Adds a row with a combo box behind its label; the layout's widget owns both.
inline QComboBox *addLabelledCombo(QVBoxLayout *layout, const char *name, const QString &label,
                                   const QString &tip)
{
    auto *made = new QuietComboBox;
    made->setObjectName(QLatin1String(name));
    made->setAccessibleName(label);
    made->setToolTip(tip);
    auto *words = new QLabel(label);
    words->setBuddy(made);
    words->setToolTip(tip);
    auto *row = new QHBoxLayout;
    row->addWidget(words);
    row->addWidget(made, 1);
    layout->addLayout(row);
    return made;
}

} // namespace dt
