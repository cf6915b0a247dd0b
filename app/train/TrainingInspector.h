// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/jobs/InBackground.h"
#include "widgets/twin/SimulationsView.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace dt {

class DatasetDialogs;
class TwinDataSets;
struct TwinData;

/// Shows what a trained twin makes of single simulations of its neuron: finds, reads and predicts
/// in the background, the latest wish only.
class TrainingInspector : public QObject
{
    Q_OBJECT

public:
    /// Dialogs and data sets outlive it.
    TrainingInspector(SimulationsView *view, DatasetDialogs *dialogs, TwinDataSets *data,
                      QObject *parent = nullptr);
    ~TrainingInspector() override;

    /// Null: no twin. Nothing is read before show().
    void setTwin(std::shared_ptr<const StoredTwin> twin);
    /// The twin of a file, read in the background when the view can be seen; empty: none.
    void showFile(const QString &path);

private:
    void readFile();
    void show();
    void lookAgain();
    void locate();
    void make();
    void offer();
    void list();
    void score();
    void predict(std::size_t place);
    void showBoth(const Result<PredictedSimulation> &both);

    SimulationsView *m_view;
    DatasetDialogs *m_dialogs;
    TwinDataSets *m_data;
    QString m_file;
    bool m_unread = false;
    std::shared_ptr<const StoredTwin> m_twin;
    std::unique_ptr<TwinData> m_found; ///< null: not looked for yet
    bool m_listed = false;
    bool m_making = false; ///< a test set, when last asked
    bool m_predicting = false;
    std::optional<std::size_t> m_wanted; ///< next
    LatestAnswer m_listing{this};
    LatestAnswer m_scoring{this};
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of scoring
};

} // namespace dt
