// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Result.h"

#include <QObject>

namespace dt {

class PlotCanvas;

/// Asks where a plot's picture or numbers go. An interface, so that tests can answer.
class PlotDialogs
{
public:
    virtual ~PlotDialogs() = default;
    /// `filter` as in file dialogs; may replace is asked. Empty: cancelled.
    virtual QString askSavePlot(const QString &title, const QString &suggestion,
                                const QString &filter)
        = 0;
};

/// The menu of every plot in the program, on the right button or the menu key: its picture and its
/// numbers for other programs. Plots that use that button for themselves keep it.
class PlotMenu : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program.
    explicit PlotMenu(PlotDialogs *dialogs, QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void failed(const dt::Error &error);
    void told(const QString &sentence);

private:
    void copyPicture(const PlotCanvas &canvas);
    void savePicture(const PlotCanvas &canvas);
    void saveNumbers(const PlotCanvas &canvas);

    PlotDialogs *m_dialogs;
};

} // namespace dt
