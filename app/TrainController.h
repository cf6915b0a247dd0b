// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/TrainingQueue.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace dt {

class TrainPage;
class TwinLibrary;

/// Feeds the Train page from the queue of runs and from finished twins' files.
class TrainController : public QObject
{
    Q_OBJECT

public:
    /// `listFile` keeps the queue; finished twins go to the library.
    TrainController(TrainPage *page, TwinLibrary *twins, const QString &listFile,
                    QObject *parent = nullptr);

    [[nodiscard]] TrainingQueue *queue() const { return m_queue; }
    /// Data sets to choose from; those that cannot be trained on are left out. Reads their heads in
    /// the background.
    void setDatasets(const QStringList &paths);

Q_SIGNALS:
    void failed(const dt::Error &error);
    void buildRequested();

private:
    void add(const QString &preset);
    void showList();
    void showRun();
    void showLive();
    void readFile(const std::string &path);
    void learnSpeed();

    TrainPage *m_page;
    TwinLibrary *m_twins;
    TrainingQueue *m_queue;
    int m_request = 0; ///< number of the last, so that late answers are dropped
    std::size_t m_drawn = 0; ///< iterations that the page shows
};

} // namespace dt
