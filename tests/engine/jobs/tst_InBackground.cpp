// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/InBackground.h"

#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <memory>
#include <new>
#include <string>
#include <vector>

using namespace dt;

class tst_InBackground : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersInTheOwnersThread();
    void neverAnswersAtOnce();
    void whatIsThrownIsAnError();
    void whatIsThrownIsNothing();
    void anOwnerThatIsGoneHearsNothing();
    void onlyTheNewestAnswerIsHeard();
    void forgottenQuestions();
};

void tst_InBackground::answersInTheOwnersThread()
{
    QThread *worked = nullptr;
    QThread *heard = nullptr;
    inBackground(
        this, [] { return QThread::currentThread(); },
        [&](QThread *answer) {
            worked = answer;
            heard = QThread::currentThread();
        });
    QTRY_VERIFY(heard);
    QCOMPARE(heard, thread());
    QVERIFY(worked != heard);
}

void tst_InBackground::neverAnswersAtOnce()
{
    // However quick the work is: who asks may go on as if it had not begun.
    int heard = 0;
    constexpr int Times = 500;
    for (int i = 0; i < Times; ++i) {
        const int before = heard;
        inBackground(
            this, [] { return 1; }, [&](int answer) { heard += answer; });
        QCOMPARE(heard, before);
    }
    QTRY_COMPARE(heard, Times);
}

void tst_InBackground::whatIsThrownIsAnError()
{
    std::vector<std::string> said;
    const auto hear = [&](const Result<int> &answer) {
        said.push_back(answer ? "a number" : answer.error().message);
    };
    inBackground(
        this, []() -> Result<int> { throw std::bad_alloc(); }, hear);
    QTRY_COMPARE(said.size(), std::size_t(1));
    QVERIFY2(said[0].starts_with("There is not enough memory"), said[0].c_str());
    inBackground(
        this, []() -> Result<int> { return 3; }, hear);
    QTRY_COMPARE(said.size(), std::size_t(2));
    QCOMPARE(said[1], std::string("a number"));
}

void tst_InBackground::whatIsThrownIsNothing()
{
    int size = -1;
    inBackground(
        this, []() -> std::vector<int> { throw std::bad_alloc(); },
        [&](const std::vector<int> &answer) { size = static_cast<int>(answer.size()); });
    QTRY_COMPARE(size, 0);
}

void tst_InBackground::anOwnerThatIsGoneHearsNothing()
{
    QSemaphore begin;
    QSemaphore done;
    bool heard = false;
    auto owner = std::make_unique<QObject>();
    inBackground(
        owner.get(),
        [&] {
            begin.acquire();
            done.release();
            return 1;
        },
        [&](int) { heard = true; });
    owner.reset();
    begin.release();
    done.acquire();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!heard);
}

void tst_InBackground::onlyTheNewestAnswerIsHeard()
{
    QSemaphore first;
    std::vector<int> heard;
    LatestAnswer latest(this);
    const auto hear = [&](int answer) { heard.push_back(answer); };
    latest.ask(
        [&] {
            first.acquire();
            return 1;
        },
        hear);
    latest.ask([] { return 2; }, hear);
    QTRY_COMPARE(heard, std::vector<int>{2});
    first.release();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(heard, std::vector<int>{2});
}

void tst_InBackground::forgottenQuestions()
{
    bool heard = false;
    LatestAnswer latest(this);
    latest.ask([] { return 1; }, [&](int) { heard = true; });
    latest.forget();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!heard);
}

DT_TEST(tst_InBackground, QCoreApplication)
#include "tst_InBackground.moc"
