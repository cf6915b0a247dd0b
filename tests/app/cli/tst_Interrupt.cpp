// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/H5File.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace dt;

/// Ctrl-C and worse, on the real programs in the middle of a long simulation.
class tst_Interrupt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cancels_data();
    void cancels();
    void workerEndsWithItsProgram();

private:
    /// Starts a simulation of an hour, as a group of processes of its own as a shell would, and
    /// waits until its worker computes.
    void start(QProcess &cli, const QString &worker);

    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_Interrupt::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    test::H5File file(m_folder->file("in.h5"));
    for (const char *name : {"input_exc", "input_inh"})
        file.set(name, H5T_STD_U8LE, {8, 1000000});
}

void tst_Interrupt::start(QProcess &cli, const QString &worker)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("DENDROTWIN_WORKER",
                       QString::fromStdString(worker == QStringLiteral("real")
                                                  ? test::binDir() + "/dendrotwin-worker"
                                                  : test::testProgram("fakeworker")));
    environment.insert("FAKEWORKER_MODE", worker);
    cli.setProcessEnvironment(environment);
    cli.setChildProcessModifier([] { ::setpgid(0, 0); });
    cli.start(QString::fromStdString(test::binDir() + "/dendrotwin-cli"),
              {"simulate", "--neuron", "nmda-cable", "--input", m_folder->at("in.h5"), "--out",
               m_folder->at("out.h5")});
    // Progress is told every second, from the first samples on.
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += cli.readAllStandardError()).contains(" %"), 20000);
}

void tst_Interrupt::cancels_data()
{
    QTest::addColumn<QString>("worker");
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("group"); // as a terminal does: the worker hears it too
    QTest::newRow("SIGINT") << "real" << SIGINT << false;
    QTest::newRow("Ctrl-C in a terminal") << "real" << SIGINT << true;
    QTest::newRow("SIGTERM") << "real" << SIGTERM << false;
    QTest::newRow("a worker that is deaf") << "ignore-cancel" << SIGINT << false;
    QTest::newRow("a worker that dies of it") << "slow" << SIGINT << true;
}

void tst_Interrupt::cancels()
{
    QFETCH(QString, worker);
    QFETCH(int, signal);
    QFETCH(bool, group);
    QProcess cli;
    start(cli, worker);
    if (QTest::currentTestFailed())
        return;
    const auto pid = static_cast<pid_t>(cli.processId());
    const std::vector<int> workers = test::childProcessesOf(pid);
    QCOMPARE(workers.size(), std::size_t(1));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(::kill(group ? -pid : pid, signal), 0);
    QVERIFY(cli.waitForFinished(5000));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    const QByteArray said = cli.readAllStandardError();
    QCOMPARE(cli.exitStatus(), QProcess::NormalExit);
    QVERIFY2(cli.exitCode() == 130, said);
    QVERIFY2(said.endsWith("Cancelled; nothing was written.\n"), said);
    QVERIFY2(!said.contains("Trying again"), said);
    QVERIFY(cli.readAllStandardOutput().isEmpty());
    QCOMPARE(m_folder->names(), QStringList("in.h5"));
    QTRY_VERIFY(!test::isAlive(workers[0]));
}

void tst_Interrupt::workerEndsWithItsProgram()
{
    QProcess cli;
    start(cli, QStringLiteral("real"));
    if (QTest::currentTestFailed())
        return;
    const std::vector<int> workers = test::childProcessesOf(static_cast<int>(cli.processId()));
    QCOMPARE(workers.size(), std::size_t(1));
    cli.kill();
    QVERIFY(cli.waitForFinished(5000));
    QTRY_VERIFY(!test::isAlive(workers[0]));
    QVERIFY(!m_folder->names().contains("out.h5"));
}

DT_TEST(tst_Interrupt, QCoreApplication)
#include "tst_Interrupt.moc"
