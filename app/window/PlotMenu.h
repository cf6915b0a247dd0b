// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace dt {

class PlotCanvas;
class PlotSheet;
class TwinDialogs;

/// The menu of every plot in the program, on the right button or the menu key: its picture and its
/// numbers for other programs. Of plots that use that button for themselves, the line of text above
/// them has the menu.
class PlotMenu : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program.
    explicit PlotMenu(TwinDialogs *dialogs, QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;
    /// One picture of all plots that a widget shows; asks for a file, and suggests a name.
    void savePictureOfAll(const QWidget &holder, const QString &name = {});

Q_SIGNALS:
    void failed(const dt::Error &error);
    void told(const QString &sentence);

private:
    void copyPicture(const PlotCanvas &canvas);
    void savePicture(const PlotCanvas &canvas);
    void saveNumbers(const PlotCanvas &canvas);
    void write(const QString &path, const PlotSheet &sheet, const QString &title);
    [[nodiscard]] bool isGone(const QPointer<const QWidget> &plot);

    TwinDialogs *m_dialogs;
};

} // namespace dt
