// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProjectController.h"

class QWidget;

namespace dt {

/// The questions as real dialogs, modal to the window.
class WindowDialogs : public ProjectDialogs
{
public:
    explicit WindowDialogs(QWidget *window) : m_window(window) { }

    Unsaved askUnsaved(const QString &name) override;
    QString askOpenPath(const QString &folder) override;
    QString askSavePath(const QString &suggestion) override;

private:
    bool mayReplace(const QString &path);

    QWidget *m_window;
};

} // namespace dt
