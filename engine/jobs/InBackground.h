// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/Caught.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QtConcurrent>

#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace dt {

/// Runs work on a thread of a pool, and gives its answer to `then` in the owner's thread. The
/// owner's thread is the one that calls this; if the owner is gone by then, `then` is not called.
/// `then` is never called before inBackground() has returned, however quick the work was. What the
/// work throws, as when memory runs out, becomes an Error in an answer that can hold one; any other
/// answer is then an empty one. `work` holds copies of what it needs: it may outlive the owner.
template <typename Work, typename Then>
void inBackground(QThreadPool *pool, QObject *owner, Work work, Then then)
{
    using Answer = std::invoke_result_t<Work>;
    // Not QFuture::then(): that calls at once when the work is done already.
    auto *watcher = new QFutureWatcher<Answer>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         then(watcher->future().takeResult());
                     });
    watcher->setFuture(QtConcurrent::run(pool, [work = std::move(work)]() -> Answer {
        if constexpr (std::is_convertible_v<Error, Answer>) {
            return caught(work);
        } else {
            try {
                return work();
            } catch (const std::exception &) {
                return Answer();
            }
        }
    }));
}

template <typename Work, typename Then>
void inBackground(QObject *owner, Work work, Then then)
{
    inBackground(QThreadPool::globalInstance(), owner, std::move(work), std::move(then));
}

/// Asks questions of which only the newest counts. `then` never hears the answer to an older one,
/// nor to any from before forget().
class LatestAnswer
{
public:
    explicit LatestAnswer(QObject *owner) : m_owner(owner) { }

    template <typename Work, typename Then>
    void ask(Work work, Then then)
    {
        using Answer = std::invoke_result_t<Work>;
        const int number = ++*m_asked;
        inBackground(m_owner, std::move(work),
                     [asked = m_asked, number, then = std::move(then)](Answer answer) {
                         if (*asked == number)
                             then(std::move(answer));
                     });
    }
    void forget() { ++*m_asked; }

private:
    QObject *m_owner;
    std::shared_ptr<int> m_asked = std::make_shared<int>(0);
};

} // namespace dt
