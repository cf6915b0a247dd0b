// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/data/BuildController.h"
#include "engine/jobs/TwinDataset.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace dt {

/// What a twin can be looked at with, or why there is nothing.
struct TwinData
{
    QString path; ///< path of the data set; empty: there is nothing
    Split split = Split::Test;
    int simulations = 0;
    int durationMs = 0;
    bool own = false; ///< the twin was trained on it
    QString sentence;
    bool canMake = false; ///< a test set can be made of the twin's neuron
};

/// The data sets that twins are looked at with, besides those that they were trained on: what a
/// person located, what the Data page lists, and test sets. Test sets are made here on demand, one
/// at a time, and kept in a folder. All that shows twins shares one object, so that what is found
/// once is found everywhere.
class TwinDataSets : public QObject
{
    Q_OBJECT

public:
    /// `folder`: holds the test sets; it is made when it is needed.
    TwinDataSets(EngineFactory engines, int workers, const QString &folder,
                 QObject *parent = nullptr);
    ~TwinDataSets() override;

    /// Data sets that are looked through after those that were added.
    void setListed(const QStringList &paths);
    /// Adds a data set that is looked through first.
    void add(const QString &path);

    /// Files to look through, the best first; the twin's own data set is not among them.
    [[nodiscard]] QStringList places(const std::optional<Neuron> &neuron) const;
    /// Finds a data set for a twin: its own where it still is, else the first of the places that
    /// holds simulations of its neuron. Blocks; any thread.
    [[nodiscard]] static TwinData find(const StoredTwin &twin, const QStringList &places);
    /// Whether the data set can be used for the twin; else why not. Blocks; any thread.
    [[nodiscard]] static Status check(const StoredTwin &twin, const QString &path);

    /// The folder in which to begin to look for a data set of the twin.
    [[nodiscard]] QString folderFor(const StoredTwin &twin) const;

    /// Makes a test set of the neuron.
    void make(const Neuron &neuron);
    void cancel();
    [[nodiscard]] bool isMaking() const { return m_builder != nullptr; }
    /// How much of a test set is made, 0..1; negative when none is being made.
    [[nodiscard]] double progress() const;

Q_SIGNALS:
    /// Another data set may be found now.
    void changed();
    void progressed();
    /// A test set could not be made.
    void failed(const dt::Error &error);

private:
    [[nodiscard]] QString pathOf(const DatasetPlan &plan) const;
    void build(const DatasetPlan &plan);
    void onEnded();

    EngineFactory m_engines;
    int m_workers;
    QString m_folder;
    QStringList m_added; ///< most recent first
    QStringList m_listed;
    std::unique_ptr<SimulationEngine> m_engine;
    std::unique_ptr<DatasetBuilder> m_builder; ///< null: none is made
    QTimer m_tick;
};

} // namespace dt
