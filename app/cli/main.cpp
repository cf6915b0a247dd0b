// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"

#include <QCoreApplication>

#include <clocale>
#include <iostream>
#include <unistd.h>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt took the person's: files have decimal points everywhere
    QCoreApplication::setApplicationName(QStringLiteral("DendroTwin"));
    dt::cli::Io io{std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1};
    const int code = dt::cli::run(QCoreApplication::arguments().mid(1), io);
    std::cout.flush();
    return code;
}
