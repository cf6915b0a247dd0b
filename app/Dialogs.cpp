// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Dialogs.h"

#include <QFileDialog>
#include <QMessageBox>

namespace dt {

namespace {

QString filter()
{
    return QObject::tr("DendroTwin projects (*.dendro)");
}

} // namespace

ProjectDialogs::Unsaved WindowDialogs::askUnsaved(const QString &name)
{
    QMessageBox box(QMessageBox::Question, QObject::tr("Unsaved Changes"),
                    QObject::tr("\"%1\" has changes that are not saved.").arg(name),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return Unsaved::Save;
    case QMessageBox::Discard:
        return Unsaved::Discard;
    default:
        return Unsaved::Cancel;
    }
}

QString WindowDialogs::askOpenPath(const QString &folder)
{
    return QFileDialog::getOpenFileName(m_window, QObject::tr("Open Project"), folder, filter());
}

QString WindowDialogs::askSavePath(const QString &suggestion)
{
    return QFileDialog::getSaveFileName(m_window, QObject::tr("Save Project"), suggestion,
                                        filter());
}

} // namespace dt
