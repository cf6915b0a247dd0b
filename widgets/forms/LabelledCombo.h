// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace dt {

/// Adds a row with a combo box behind its label; the layout's widget owns both.
inline QComboBox *addLabelledCombo(QVBoxLayout *layout, const char *name, const QString &label,
                                   const QString &tip)
{
    auto *made = new QComboBox;
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

/// Gives a combo box new names. The chosen name stays chosen where it is still there, also when it
/// was renamed.
inline void setComboNames(QComboBox *combo, const QStringList &names)
{
    QStringList shown;
    for (int i = 0; i < combo->count(); ++i)
        shown << combo->itemText(i);
    if (shown == names)
        return;
    const QSignalBlocker blocker(combo);
    int index = static_cast<int>(names.indexOf(combo->currentText()));
    if (index < 0)
        index = names.size() == shown.size() ? combo->currentIndex() : 0;
    combo->clear();
    combo->addItems(names);
    combo->setCurrentIndex(names.isEmpty() ? -1 : index);
}

} // namespace dt
