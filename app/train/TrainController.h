// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/train/TrainingInspector.h"
#include "engine/jobs/TrainingQueue.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <memory>

namespace dt {

class DatasetDialogs;
class TrainPage;
class TrainingSpeeds;
class TwinDataSets;
class TwinLibrary;

/// Feeds the Train page from the queue of trainings and from finished twins' files.
class TrainController : public QObject
{
    Q_OBJECT

public:
    /// `listFile` keeps the queue; finished twins go to the library.
    TrainController(TrainPage *page, TwinLibrary *twins, TwinDataSets *data,
                    DatasetDialogs *dialogs, const QString &listFile, QObject *parent = nullptr);

    [[nodiscard]] TrainingQueue *queue() const { return m_queue; }
    /// Data sets to choose from; those that cannot be trained on are left out. Reads their heads in
    /// the background.
    void setDatasets(const QStringList &paths);
    /// The page came into sight.
    void refresh();
    /// With the training that the end of the program interrupted.
    void goOn();

Q_SIGNALS:
    void failed(const dt::Error &error);
    void buildRequested();
    /// Something worth a line, e.g. that windows were shortened.
    void told(const QString &sentence);

private:
    void add(const QString &dataset, const TwinSpec &spec);
    void addAll(const QStringList &datasets);
    void showList();
    void showTraining();
    void showLive();
    void showPreview();
    void showChoices();
    void readFile(const std::string &path);
    void readOthers(const QStringList &paths);
    void readPreviewTruth(std::size_t simulation);
    void locate();
    void onQueueChanged();
    void onTrainingEnded(int training);
    void tellProblem();
    void wantSpeed();
    void learnSpeed();

    /// What the page shows of the chosen training; anything else is no reason to show it anew.
    struct Shown
    {
        std::string target;
        QueuedTraining::State state = QueuedTraining::State::Waiting;
        std::string message;
        bool held = false;
        bool operator==(const Shown &) const = default;
    };

    Shown m_shown;
    TrainPage *m_page;
    DatasetDialogs *m_dialogs;
    TwinLibrary *m_twins;
    TrainingQueue *m_queue;
    TrainingSpeeds *m_speeds;
    TrainingInspector *m_inspector;
    QPointer<TrainingSession> m_session; ///< whose news are shown
    LatestAnswer m_listing{this}; ///< the data sets that can be trained on
    LatestAnswer m_reading{this}; ///< the chosen training's file
    LatestAnswer m_readingOthers{this};
    std::size_t m_drawn = 0; ///< iterations that the page shows
    QElapsedTimer m_sinceDrawn;
    std::shared_ptr<const Recording> m_previewTruth; ///< of m_previewTarget
    std::string m_previewTarget;
    std::int64_t m_previewed = -1; ///< iteration
    QHash<QString, QString>
        m_choices; ///< what files are called that can be drawn beside a training
    bool m_cuda = false;
    bool m_askedForDevice = false;
};

} // namespace dt
