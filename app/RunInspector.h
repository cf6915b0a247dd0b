// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/StoredTwin.h"
#include "engine/model/Result.h"
#include "widgets/twin/SimulationsView.h"

#include <QObject>

#include <memory>

namespace dt {

/// Shows what a trained twin makes of single test simulations of its data set: reads and predicts
/// in the background, the latest wish only.
class RunInspector : public QObject
{
    Q_OBJECT

public:
    explicit RunInspector(SimulationsView *view, QObject *parent = nullptr);

    /// Null: no twin. Nothing is read before show().
    void setTwin(std::shared_ptr<const StoredTwin> twin);
    /// The view can be seen.
    void show();
    /// The data set is elsewhere now.
    void setDataset(const QString &path);

private:
    void list();
    void predict(std::size_t place);

    SimulationsView *m_view;
    std::shared_ptr<const StoredTwin> m_twin;
    QString m_dataset; ///< empty: where the twin says
    bool m_listed = false;
    int m_request = 0; ///< number of the last, so that late answers are dropped
};

} // namespace dt
