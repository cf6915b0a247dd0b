// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window with real NEURON: how it feels. Figures are printed; the bounds asserted are wide,
// so that only a real loss of fluency fails, not a busy machine.

#include "app/simulate/SimulationController.h"
#include "app/window/MainWindow.h"
#include "engine/document/Document.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/VoltageMap.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace dt;

class tst_Live : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<test::Sandbox>(); }

    void init()
    {
        m_pool = std::make_unique<WorkerPool>(WorkerPool::defaultSettings(), 1);
        m_autosave = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(m_pool.get(), nullptr, m_autosave->path());
        m_window->resize(1280, 720);
        m_window->show();
        m_window->begin({});
        QTRY_VERIFY_WITH_TIMEOUT(m_window->simulation()->recording().has_value(), 20000);
    }

    void cleanup()
    {
        m_window.reset();
        m_pool.reset();
    }

    void redrawsWhileRunning()
    {
        auto *map = m_window->findChild<VoltageMap *>();
        int drawn = 0;
        connect(map, &PlotCanvas::drawn, this, [&] { ++drawn; });
        // A person's clicks wait at most as long as the event loop does.
        QElapsedTimer sinceTick;
        qint64 longest = 0;
        QTimer heartbeat;
        connect(&heartbeat, &QTimer::timeout, this, [&] {
            longest = std::max(longest, sinceTick.elapsed());
            sinceTick.restart();
        });
        m_window->simulation()->setPace(500.0); // two seconds for the default 1024 ms
        m_window->simulation()->run();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->simulation()->runId() == 2, 5000);
        drawn = 0;
        sinceTick.start();
        heartbeat.start(1);
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->simulation()->isRunning(), 10000);
        const double perSecond = 1000.0 * drawn / static_cast<double>(timer.elapsed());
        qInfo("64 segments live: %.0f redraws of the voltage map a second, event loop never away "
              "longer than %lld ms",
              perSecond, static_cast<long long>(longest));
        QVERIFY2(perSecond >= 15.0, qPrintable(QString::number(perSecond)));
        QVERIFY2(longest < 500, qPrintable(QString::number(longest)));
    }

    void lessonSizedRerun()
    {
        QVERIFY(m_window->document()
                    ->edit(QStringLiteral("lesson"),
                           [](Project &p) {
                               p.neuron = presetNeuron("nmda-cable").value();
                               p.stimulus.durationMs = 300;
                           })
                    .ok());
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->simulation()->isRunning()
                                     && m_window->simulation()->recording()
                                     && m_window->simulation()->recording()->durationMs == 300,
                                 20000);
        std::vector<qint64> waits;
        for (int i = 0; i < 9; ++i) {
            QElapsedTimer timer;
            timer.start();
            const double length = 1000.0 + 100.0 * i;
            QVERIFY(m_window->document()
                        ->edit(QStringLiteral("length"),
                               [&](Project &p) { p.neuron.dendrites[0].lengthUm = length; })
                        .ok());
            QSignalSpy finished(m_window->simulation(), &SimulationController::finished);
            QVERIFY(finished.wait(20000));
            QCOMPARE(m_window->simulation()->recording()->neuron.dendrites[0].lengthUm, length);
            waits.push_back(timer.elapsed());
        }
        std::sort(waits.begin(), waits.end());
        qInfo(
            "8 segments, 300 ms: from edit to finished run %lld ms (median of 9), slowest %lld ms",
            static_cast<long long>(waits[4]), static_cast<long long>(waits.back()));
        QVERIFY2(waits[4] < 500, qPrintable(QString::number(waits[4])));
    }

    void stopsAtOnce()
    {
        m_window->simulation()->setPace(10.0);
        m_window->simulation()->run();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->simulation()->runId() == 2, 5000);
        QElapsedTimer timer;
        timer.start();
        QSignalSpy over(m_window->simulation(), &SimulationController::runningChanged);
        m_window->simulation()->stop();
        QVERIFY(over.wait(5000));
        qInfo("stopped after %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < 1000);
    }

    void survivesKilledWorkers()
    {
        m_window->simulation()->setPace(100.0);
        m_window->simulation()->run();
        for (int kill = 0; kill < 2; ++kill) {
            QTRY_VERIFY_WITH_TIMEOUT(runningWorker() > 0, 10000);
            const qint64 victim = runningWorker();
            ::kill(static_cast<pid_t>(victim), SIGKILL);
            QTRY_VERIFY_WITH_TIMEOUT(runningWorker() != victim, 10000);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->simulation()->isRunning(), 10000);
        const auto *notice = m_window->findChild<QWidget *>(QStringLiteral("noticeBar"));
        QVERIFY(notice->isVisible());
        QTest::mouseClick(m_window->findChild<QWidget *>(QStringLiteral("noticeActionButton")),
                          Qt::LeftButton);
        m_window->simulation()->setPace(0.0);
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_window->simulation()->isRunning() && m_window->simulation()->recording(), 20000);
        QVERIFY(!notice->isVisible());
    }

private:
    /// Process of the window's running job, 0 when there is none.
    qint64 runningWorker() const
    {
        const auto jobs = m_window->simulation()->findChildren<SimulationJob *>();
        for (const SimulationJob *job : jobs) {
            if (job->state() == SimulationJob::State::Running)
                return m_pool->processOf(job);
        }
        return 0;
    }

    std::unique_ptr<test::Sandbox> m_sandbox;
    std::unique_ptr<WorkerPool> m_pool;
    std::unique_ptr<QTemporaryDir> m_autosave;
    std::unique_ptr<MainWindow> m_window;
};

DT_TEST(tst_Live, QApplication)
#include "tst_Live.moc"
