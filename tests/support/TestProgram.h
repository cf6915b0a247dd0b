// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

/// Many test classes make one program, as a link and a header read once for all of them take a
/// fraction of the time. Each class runs in a process of its own nevertheless: the first argument
/// of the program names it.
namespace dt::test {

/// Adds something that the program can do, under a name, before main() begins.
class ProgramPart
{
public:
    /// `run` gets the arguments as a main() of its own would. The name is not copied.
    ProgramPart(const char *name, int (*run)(int argc, char **argv));
};

} // namespace dt::test

/// Used in place of QTEST_MAIN: makes the class a test of its program. Application is
/// QCoreApplication, or QApplication where there are windows.
#define DT_TEST(Class, Application)                                                                \
    static const dt::test::ProgramPart part_##Class(#Class, [](int argc, char **argv) {            \
        Application application(argc, argv);                                                       \
        Class test;                                                                                \
        return QTest::qExec(&test, argc, argv);                                                    \
    });
