// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QElapsedTimer>
#include <QString>

namespace dt::cli {

/// Progress on stderr: on a terminal a bar that overwrites itself, otherwise one line a second.
class Progress
{
public:
    Progress(Io &io, QString label);
    ~Progress();

    /// Shows the fraction done, 0..1, and then `detail`. The time left [s] is estimated from the
    /// time so far unless it is given.
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
