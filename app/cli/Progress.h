// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QElapsedTimer>
#include <QString>

namespace dt::cli {

/// Progress on stderr: a bar that overwrites itself on a terminal, a line a second otherwise.
class Progress
{
public:
    Progress(Io &io, QString label);
    ~Progress();

    /// Fraction done, 0..1; `detail` follows it. The time left is guessed from the time gone
    /// unless it is given.
    void show(double done, const QString &detail = {}, double secondsLeft = -1.0);
    /// Removes the bar, so that a sentence may follow.
    void clear();

private:
    Io &m_io;
    QString m_label;
    QElapsedTimer m_started;
    QElapsedTimer m_shown;
    bool m_bar = false;
};

} // namespace dt::cli
