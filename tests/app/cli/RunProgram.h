// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/cli/RunCli.h"

#include <QProcess>

#include <functional>

namespace dt::test {

/// Starts the command line's program; `modify` runs in the child before it.
inline void startProgram(QProcess &process, const QStringList &arguments,
                         const std::function<void()> &modify = {})
{
    if (modify)
        process.setChildProcessModifier(modify);
    process.start(QString::fromStdString(binDir() + "/dendrotwin-cli"), arguments);
}

/// What it did when it has ended; -1 for a program that was killed, -2 for one that does not end.
inline CliOutcome endOf(QProcess &process)
{
    if (!process.waitForFinished(60000))
        return {-2, {}, "does not end"};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

inline CliOutcome runProgram(const QStringList &arguments, const std::function<void()> &modify = {})
{
    QProcess process;
    startProgram(process, arguments, modify);
    return endOf(process);
}

/// The last line of stderr is a sentence; progress may stand above it.
inline std::string lastSentence(const CliOutcome &outcome)
{
    const QByteArray last = QByteArray::fromStdString(outcome.err).trimmed().split('\n').last();
    return isSentence(last.toStdString()) ? last.toStdString() : std::string();
}

} // namespace dt::test
