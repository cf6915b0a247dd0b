// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/WorkerPool.h"
#include "tests/support/Paths.h"

namespace dt::test {

/// The program that simulates in NEURON.
inline WorkerSettings realWorker()
{
    WorkerSettings settings;
    settings.program = QString::fromStdString(binDir() + "/dendrotwin-worker");
    return settings;
}

/// A program that misbehaves as it is told (tests/support/FakeWorker.cpp).
inline WorkerSettings fakeWorker(const QStringList &arguments)
{
    WorkerSettings settings;
    settings.program = QString::fromStdString(testProgram("fakeworker"));
    settings.arguments = arguments;
    return settings;
}

inline WorkerSettings fakeWorker(const char *mode)
{
    return fakeWorker(QStringList(QString::fromLatin1(mode)));
}

} // namespace dt::test
