// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/Dialogs.h"

#include "widgets/forms/Counted.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>

namespace dt {

namespace {

QString filter()
{
    return QObject::tr("DendroTwin projects (*.dendro)");
}

QString datasetFilter()
{
    return QObject::tr("Data sets (*.h5)");
}

/// ".png", ".svg", ...
QStringList endings(const QString &filters)
{
    static const QRegularExpression pattern(QStringLiteral("\\*(\\.\\w+)"));
    QStringList list;
    for (const QRegularExpressionMatch &match : pattern.globalMatch(filters))
        list << match.captured(1);
    return list;
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

ProjectDialogs::Changed WindowDialogs::askChanged(const QString &name, bool gone)
{
    QMessageBox box(
        QMessageBox::Warning, QObject::tr("File Changed"),
        gone ? QObject::tr("The file of \"%1\" is no longer there: another program has "
                           "moved or deleted it.")
                   .arg(name)
             : QObject::tr("Another program has changed \"%1\" since you opened or saved "
                           "it here.")
                   .arg(name),
        QMessageBox::NoButton, m_window);
    QPushButton *theirs = nullptr;
    if (!gone) {
        box.setInformativeText(
            QObject::tr("Keep Theirs shows what the file holds now; Undo brings your "
                        "changes back. Overwrite replaces it by yours."));
        theirs = box.addButton(QObject::tr("Keep Theirs"), QMessageBox::DestructiveRole);
    }
    QPushButton *overwrite = box.addButton(
        gone ? QObject::tr("Save It Again") : QObject::tr("Overwrite"), QMessageBox::AcceptRole);
    QPushButton *saveAs = box.addButton(QObject::tr("Save As..."), QMessageBox::AcceptRole);
    box.addButton(QMessageBox::Cancel);
    box.setDefaultButton(gone ? overwrite : saveAs);
    box.exec();
    if (theirs && box.clickedButton() == theirs)
        return Changed::KeepTheirs;
    if (box.clickedButton() == overwrite)
        return Changed::Overwrite;
    return box.clickedButton() == saveAs ? Changed::SaveAs : Changed::Cancel;
}

QString WindowDialogs::askOpenPath(const QString &folder)
{
    return QFileDialog::getOpenFileName(m_window, QObject::tr("Open Project"), folder, filter());
}

QString WindowDialogs::askSavePath(const QString &suggestion)
{
    return askSave(QObject::tr("Save Project"), filter(), QStringLiteral(".dendro"), suggestion);
}

QString WindowDialogs::askImportMorphology(const QString &folder)
{
    return QFileDialog::getOpenFileName(m_window, QObject::tr("Import Morphology"), folder,
                                        QObject::tr("SWC files (*.swc);;All files (*)"));
}

QString WindowDialogs::askExportMorphology(const QString &suggestion)
{
    return askSave(QObject::tr("Export Morphology"), QObject::tr("SWC files (*.swc)"),
                   QStringLiteral(".swc"), suggestion);
}

QString WindowDialogs::askSaveScript(const QString &suggestion)
{
    return askSave(QObject::tr("Save Script"), QObject::tr("Python scripts (*.py)"),
                   QStringLiteral(".py"), suggestion);
}

QString WindowDialogs::askOpenDataset(const QString &folder)
{
    return QFileDialog::getOpenFileName(m_window, QObject::tr("Open Data Set"), folder,
                                        datasetFilter());
}

QString WindowDialogs::askSaveDataset(const QString &title, const QString &suggestion)
{
    return askSave(title, datasetFilter(), QStringLiteral(".h5"), suggestion);
}

QString WindowDialogs::askImportFolder(const QString &folder)
{
    return QFileDialog::getExistingDirectory(
        m_window, QObject::tr("The Folder That Holds train, valid and test"), folder);
}

QString WindowDialogs::askExportFolder(const QString &folder)
{
    return QFileDialog::getExistingDirectory(m_window, QObject::tr("Export Into This Folder"),
                                             folder);
}

bool WindowDialogs::askDiscardDataset()
{
    // Above the wizard, which is a window of its own.
    QWidget *above = QApplication::activeWindow();
    QMessageBox box(
        QMessageBox::Question, QObject::tr("New Data Set"),
        QObject::tr("Close without building? What you have set for the data set is then "
                    "forgotten."),
        QMessageBox::NoButton, above ? above : m_window);
    box.setObjectName(QStringLiteral("discardDatasetBox"));
    box.addButton(QObject::tr("Close Without Building"), QMessageBox::DestructiveRole);
    QPushButton *stay = box.addButton(QObject::tr("Go On"), QMessageBox::RejectRole);
    box.setDefaultButton(stay);
    box.setEscapeButton(stay);
    box.exec();
    return box.clickedButton() != stay;
}

QStringList WindowDialogs::askOpenTwins(const QString &folder)
{
    return QFileDialog::getOpenFileNames(m_window, QObject::tr("Open Twin"), folder,
                                         QObject::tr("Twins (*.twin)"));
}

QString WindowDialogs::askSaveAs(SavedKind kind, const QString &suggestion)
{
    switch (kind) {
    case SavedKind::Report:
        return askSave(QObject::tr("Save Report"), QObject::tr("HTML documents (*.html)"),
                       QStringLiteral(".html"), suggestion);
    case SavedKind::Csv:
        return askSave(QObject::tr("Export as CSV"), QObject::tr("Comma-separated values (*.csv)"),
                       QStringLiteral(".csv"), suggestion);
    case SavedKind::Table:
        return askSave(QObject::tr("Save Table"),
                       QObject::tr("Comma-separated values (*.csv);;NumPy arrays (*.npz)"),
                       QStringLiteral(".csv"), suggestion);
    case SavedKind::Plot:
        break;
    }
    return askSave(QObject::tr("Save Picture"), QObject::tr("Pictures (*.png *.svg *.pdf)"),
                   QStringLiteral(".png"), suggestion);
}

QString WindowDialogs::askOpenTable(const QString &title, const QString &folder)
{
    return QFileDialog::getOpenFileName(
        m_window, title, folder, QObject::tr("Text tables (*.csv *.tsv *.txt);;All files (*)"));
}

QString WindowDialogs::askSaveEvents(const QString &suggestion)
{
    return askSave(QObject::tr("Export Painted Events"),
                   QObject::tr("Comma-separated values (*.csv)"), QStringLiteral(".csv"),
                   suggestion);
}

QString WindowDialogs::askSaveRun(const QString &suggestion)
{
    return askSave(QObject::tr("Export Run"),
                   QObject::tr("NumPy archive (*.npz);;CSV tables in an archive (*.zip)"),
                   QStringLiteral(".npz"), suggestion);
}

QString WindowDialogs::askSaveRecording(const QString &suggestion)
{
    return askSave(QObject::tr("Save Recording"), QObject::tr("HDF5 recordings (*.h5)"),
                   QStringLiteral(".h5"), suggestion);
}

std::optional<DecimalSign> WindowDialogs::askDecimalSign(const QString &file,
                                                         const TwofoldNumber &number)
{
    const QString comma = QString::fromStdString(number.withComma);
    const QString point = QString::fromStdString(number.withPoint);
    QMessageBox box(QMessageBox::Question, QObject::tr("Read Numbers"),
                    QObject::tr("\"%1\" in line %2 of %3 can be read as %4 or as %5.")
                        .arg(QString::fromStdString(number.cell))
                        .arg(number.line)
                        .arg(file, comma, point),
                    QMessageBox::NoButton, m_window);
    box.setInformativeText(
        QObject::tr("Nothing else in the file tells whether a comma or a point separates the "
                    "decimals. What is it?"));
    QPushButton *asComma = box.addButton(comma, QMessageBox::AcceptRole);
    asComma->setObjectName(QStringLiteral("decimalCommaButton"));
    asComma->setToolTip(QObject::tr("Read all numbers with a decimal comma"));
    QPushButton *asPoint = box.addButton(point, QMessageBox::AcceptRole);
    asPoint->setObjectName(QStringLiteral("decimalPointButton"));
    asPoint->setToolTip(QObject::tr("Read all numbers with a decimal point"));
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() == asComma)
        return DecimalSign::Comma;
    if (box.clickedButton() == asPoint)
        return DecimalSign::Point;
    return std::nullopt;
}

RunDialogs::Painted WindowDialogs::askPainted(int imported, int painted)
{
    QMessageBox box(
        QMessageBox::Question, QObject::tr("Import Events"),
        QObject::tr("The file has %1, and %2 already.")
            .arg(countedText(imported, QObject::tr("1 event"), QObject::tr("%1 events")),
                 countedText(painted, QObject::tr("1 is painted"), QObject::tr("%1 are painted"))),
        QMessageBox::NoButton, m_window);
    QPushButton *add = box.addButton(QObject::tr("Add"), QMessageBox::AcceptRole);
    QPushButton *replace = box.addButton(QObject::tr("Replace"), QMessageBox::DestructiveRole);
    box.addButton(QMessageBox::Cancel);
    box.setDefaultButton(add);
    box.exec();
    if (box.clickedButton() == add)
        return Painted::Add;
    return box.clickedButton() == replace ? Painted::Replace : Painted::Cancel;
}

QString WindowDialogs::askSave(const QString &title, const QString &filters, const QString &suffix,
                               const QString &suggestion)
{
    QFileDialog dialog(m_window, title, QFileInfo(suggestion).absolutePath(), filters);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.selectFile(QFileInfo(suggestion).fileName());
    // Its own question would be about the name as typed, which is not yet the file's.
    dialog.setOption(QFileDialog::DontConfirmOverwrite);
    while (dialog.exec() == QDialog::Accepted) {
        const QString chosen = dialog.selectedFiles().value(0);
        const QString typed = QFileInfo(chosen).suffix().toLower();
        const bool known = !typed.isEmpty() && filters.contains(QStringLiteral("*.") + typed);
        const QStringList kinds = endings(filters);
        // Where there are several kinds, another ending is no part of the name but a wish.
        static const QRegularExpression ending(QStringLiteral("^[a-z]{3,4}$"));
        if (!known && kinds.size() > 1 && ending.match(typed).hasMatch()) {
            QMessageBox::warning(m_window, title,
                                 QObject::tr("Files that end in .%1 cannot be written. The ending "
                                             "says what kind of file it becomes: %2.")
                                     .arg(typed, kinds.join(QStringLiteral(", "))));
            continue;
        }
        const QString path = known ? chosen : chosen + suffix;
        if (!QFileInfo::exists(path) || mayReplace(path))
            return path;
    }
    return {};
}

bool WindowDialogs::mayReplace(const QString &path)
{
    QMessageBox box(QMessageBox::Warning, QObject::tr("Replace File"),
                    QObject::tr("\"%1\" exists. Replace it?").arg(QFileInfo(path).fileName()),
                    QMessageBox::NoButton, m_window);
    box.addButton(QObject::tr("Replace"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    return box.buttonRole(box.clickedButton()) == QMessageBox::AcceptRole;
}

} // namespace dt
