// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/StoredTwin.h"
#include "engine/model/Result.h"
#include "widgets/twin/SimulationsView.h"

#include <QObject>

#include <memory>

namespace dt {

class DatasetDialogs;

/// Shows what a trained twin makes of single test simulations of its data set: reads and predicts
/// in the background, the latest wish only.
class RunInspector : public QObject
{
    Q_OBJECT

public:
    struct Both
    {
        std::shared_ptr<const Recording> neuron;
        TwinPrediction twin;
    };

    RunInspector(SimulationsView *view, DatasetDialogs *dialogs, QObject *parent = nullptr);

    /// Null: no twin. Nothing is read before show().
    void setTwin(std::shared_ptr<const StoredTwin> twin);
    /// The twin of a file, read in the background when the view can be seen; empty: none.
    void showFile(const QString &path);

private:
    void readFile();
    void show();
    void locate();
    void list();
    void predict(std::size_t place);
    void showBoth(const Result<Both> &both);

    SimulationsView *m_view;
    DatasetDialogs *m_dialogs;
    QString m_file;
    bool m_unread = false;
    std::shared_ptr<const StoredTwin> m_twin;
    QString m_dataset; ///< empty: where the twin says
    bool m_listed = false;
    bool m_predicting = false;
    std::optional<std::size_t> m_wanted; ///< next
    int m_request = 0; ///< number of the last, so that late answers are dropped
};

} // namespace dt
