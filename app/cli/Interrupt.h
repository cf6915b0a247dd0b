// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace dt::cli {

/// Turns Ctrl-C (SIGINT, SIGTERM) into a signal of the event loop while it exists. One at a time.
/// A second Ctrl-C ends the program as usual.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void interrupted();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace dt::cli
