// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"

#include <QCoreApplication>

#include <iostream>
#include <unistd.h>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("DendroTwin"));
    dt::cli::Io io{std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1};
    const int code = dt::cli::run(QCoreApplication::arguments().mid(1), io);
    std::cout.flush();
    return code;
}
