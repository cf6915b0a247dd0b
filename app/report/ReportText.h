// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinComparison.h"

#include <QString>

#include <string_view>

namespace dt {

/// The parts of a report that are text, as HTML: all that comes from files is escaped.

QString heading(const QString &text);
QString paragraph(const QString &text);

/// Says where and on what the figures were found; plain text.
QString evaluationText(const EvaluationPlan &plan);

QString leaderboardTable(const ComparedTwins &twins);
/// Says what the columns of figures mean.
QString figureMeanings();
QString differencesTable(const ComparedTwins &twins);
QString metricsTable(const ComparedTwin &twin);
QString trainingLines(const ComparedTwin &twin);
QString memoryTable(const ComparedTwin &twin);
/// A table of network, training, data set and neuron.
QString settingsTable(const ComparedTwin &twin);

} // namespace dt
