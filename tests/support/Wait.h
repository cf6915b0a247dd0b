// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QTest>

namespace dt::test {

/// Longer than the program waits after an edit before it runs the neuron.
inline constexpr int QuietMs = 150;

/// Whether it remains so while the event loop runs for that long: what must not happen does not. It
/// returns at once when it does.
template <typename Holds>
[[nodiscard]] bool stays(Holds &&holds, int ms = QuietMs)
{
    return !QTest::qWaitFor([&] { return !holds(); }, ms);
}

/// Lets happen what waits for the event loop alone: layouts, redraws, queued calls. It does not
/// wait for timers.
inline void settle()
{
    constexpr int LongestMs = 1000; // something may be animated
    QElapsedTimer timer;
    timer.start();
    while (QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents)
           && timer.elapsed() < LongestMs) { }
}

} // namespace dt::test
