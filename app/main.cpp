// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/DemoRun.h"
#include "app/report/TwinReport.h"
#include "app/simulate/HeadlessRun.h"
#include "app/window/MainWindow.h"
#include "engine/base/Version.h"
#include "engine/jobs/WorkerPool.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>
#include <clocale>

using namespace dt;

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt took the person's: files have decimal points everywhere
    QApplication::setApplicationName(QStringLiteral("DendroTwin"));
    QApplication::setOrganizationName(QStringLiteral("DendroTwin"));
    QApplication::setApplicationVersion(
        QString::fromUtf8(ProgramVersion.data(), static_cast<qsizetype>(ProgramVersion.size())));
    QApplication::setDesktopFileName(QStringLiteral("dendrotwin"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QObject::tr("Build a neuron, watch it in NEURON, train its deep-network twin."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({QStringLiteral("headless"),
                      QObject::tr("Simulate the default neuron without a window and leave "
                                  "recording.h5 and plots.png in this folder."),
                      QStringLiteral("folder")});
    parser.addOption(
        {QStringLiteral("demo"),
         QObject::tr("Build a small data set, train a twin on it and leave a report in "
                     "this folder, without a window."),
         QStringLiteral("folder")});
    parser.addOption({QStringLiteral("report"),
                      QObject::tr("Write a report of the given .twin files into this HTML file, "
                                  "without a window."),
                      QStringLiteral("file.html")});
    parser.addPositionalArgument(QStringLiteral("project"), QObject::tr("A .dendro file to open."),
                                 QStringLiteral("[project]"));
    parser.addPositionalArgument(QStringLiteral("twins"),
                                 QObject::tr("With --report: the .twin files."),
                                 QStringLiteral("[twins...]"));
    parser.process(app);

    const QSettings settings;
    const bool demo = parser.isSet(QStringLiteral("demo"));
    const bool report = parser.isSet(QStringLiteral("report"));
    const bool headless = demo || report || parser.isSet(QStringLiteral("headless"));
    theme::apply(app,
                 headless
                     ? theme::Scheme::Light
                     : theme::schemeFromName(settings.value(QStringLiteral("theme")).toString()),
                 !headless && settings.value(QStringLiteral("projector")).toBool());

    if (report)
        return runReport(parser.value(QStringLiteral("report")), parser.positionalArguments());
    if (demo) {
        const int workers = std::max(1, QThread::idealThreadCount());
        WorkerPool pool(WorkerPool::defaultSettings(), workers);
        return runDemo(pool, workers, parser.value(QStringLiteral("demo")));
    }
    // One for the window; data sets have workers of their own.
    WorkerPool pool(WorkerPool::defaultSettings(), 1);
    pool.warmUp();
    if (headless)
        return runHeadless(pool, parser.value(QStringLiteral("headless")));

    const QString autosave = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
        + QStringLiteral("/autosave");
    MainWindow window(&pool, nullptr, autosave);
    window.setWindowIcon(themedIcon(QStringLiteral("app"), QApplication::palette()));
    window.show();
    window.begin(parser.positionalArguments().value(0));
    return QApplication::exec();
}
