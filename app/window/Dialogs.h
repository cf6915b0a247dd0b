// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/data/DatasetController.h"
#include "app/simulate/RunDialogs.h"
#include "app/train/TwinDialogs.h"
#include "app/window/ProjectController.h"

class QWidget;

namespace dt {

/// The questions as real dialogs, modal to the window.
class WindowDialogs : public ProjectDialogs,
                      public DatasetDialogs,
                      public TwinDialogs,
                      public RunDialogs
{
public:
    explicit WindowDialogs(QWidget *window) : m_window(window) { }

    Unsaved askUnsaved(const QString &name) override;
    Changed askChanged(const QString &name, bool gone) override;
    QString askOpenPath(const QString &folder) override;
    QString askSavePath(const QString &suggestion) override;
    QString askImportMorphology(const QString &folder) override;
    QString askExportMorphology(const QString &suggestion) override;
    QString askSaveScript(const QString &suggestion) override;
    QString askOpenDataset(const QString &folder) override;
    QString askSaveDataset(const QString &title, const QString &suggestion) override;
    QString askImportFolder(const QString &folder) override;
    QString askExportFolder(const QString &folder) override;
    bool askDiscardDataset() override;
    QStringList askOpenTwins(const QString &folder) override;
    QString askSaveAs(SavedKind kind, const QString &suggestion) override;
    QString askOpenTable(const QString &title, const QString &folder) override;
    std::optional<DecimalSign> askDecimalSign(const QString &file,
                                              const TwofoldNumber &number) override;
    QString askSaveEvents(const QString &suggestion) override;
    QString askSaveRun(const QString &suggestion) override;
    QString askSaveRecording(const QString &suggestion) override;
    Painted askPainted(int imported, int painted) override;

private:
    QString askSave(const QString &title, const QString &filter, const QString &suffix,
                    const QString &suggestion);
    bool mayReplace(const QString &path);

    QWidget *m_window;
};

} // namespace dt
