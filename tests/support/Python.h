// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTest>

namespace dt::test {

struct PythonOutcome
{
    bool ok = false;
    QByteArray text; ///< what it printed, or its complaint
};

inline PythonOutcome runPython(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("/usr/bin/python3"), arguments); // Debian's
    const bool ok = process.waitForFinished(30000) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
    return {ok, ok ? process.readAllStandardOutput() : process.readAllStandardError()};
}

inline bool pythonHas(const char *module)
{
    return runPython({QStringLiteral("-c"), QStringLiteral("import ") + QLatin1String(module)}).ok;
}

} // namespace dt::test

/// ./check installs what judges in Python need; without it the test fails.
#define REQUIRE_PYTHON(module)                                                                     \
    QVERIFY2(dt::test::pythonHas(module),                                                          \
             "Python lacks " module ": installer/install-dependencies.sh --tests installs it")
