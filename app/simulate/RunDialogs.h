// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/CsvText.h"

#include <QString>

namespace dt {

/// The questions about runs, events and traces that a person answers; replaced in tests. Empty:
/// cancelled.
class RunDialogs
{
public:
    enum class Painted { Add, Replace, Cancel };

    virtual ~RunDialogs() = default;
    /// Asks for a text table to read.
    virtual QString askOpenTable(const QString &title, const QString &folder) = 0;
    /// Asks how a number of this file is to be read that can be read in two ways.
    virtual std::optional<DecimalSign> askDecimalSign(const QString &file,
                                                      const TwofoldNumber &number) = 0;
    /// Asks for the file to which events are saved.
    virtual QString askSaveEvents(const QString &suggestion) = 0;
    /// Asks for the file to which a run is saved: .npz or .zip.
    virtual QString askSaveRun(const QString &suggestion) = 0;
    /// Asks for the file to which a recording is saved: .h5.
    virtual QString askSaveRecording(const QString &suggestion) = 0;
    /// Asks what happens to the painted events when others are imported.
    virtual Painted askPainted(int imported, int painted) = 0;
};

} // namespace dt
