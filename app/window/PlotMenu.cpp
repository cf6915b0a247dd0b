// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/PlotMenu.h"

#include "app/report/TwinReport.h"
#include "app/train/TwinDialogs.h"
#include "app/window/PictureFile.h"
#include "widgets/input/EventPainter.h"
#include "widgets/plots/PanelGrid.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotPanel.h"
#include "widgets/plots/PlotSheet.h"
#include "widgets/plots/PlotStack.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QMenu>

namespace dt {

namespace {

/// What stands below a picture that leaves the program.
QString captionOf(const PlotCanvas &canvas)
{
    QStringList parts;
    for (const QString &part : {canvas.accessibleName(), canvas.stamp()}) {
        if (!part.isEmpty())
            parts << part;
    }
    return parts.join(QStringLiteral(" - "));
}

QString suggestionFor(const PlotCanvas &canvas)
{
    const QString name = fileNameFrom(canvas.accessibleName());
    return name.isEmpty() ? PlotMenu::tr("plot") : name;
}

/// What holds several plots that belong together; null for a plot alone.
QWidget *holderOf(QWidget *canvas)
{
    for (QWidget *above = canvas; above; above = above->parentWidget()) {
        if (auto *stack = qobject_cast<PlotStack *>(above))
            return stack->wantedPlots().size() > 1 ? stack : nullptr;
        if (auto *grid = qobject_cast<PanelGrid *>(above))
            return grid->findChildren<PlotCanvas *>().size() > 1 ? grid : nullptr;
    }
    return nullptr;
}

} // namespace

PlotMenu::PlotMenu(TwinDialogs *dialogs, QObject *parent) : QObject(parent), m_dialogs(dialogs)
{
    qApp->installEventFilter(this);
}

bool PlotMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ContextMenu)
        return false;
    auto *canvas = qobject_cast<PlotCanvas *>(watched);
    if (!canvas && watched->parent()) // the plot inside it is asked first
        canvas = qobject_cast<PlotCanvas *>(watched->parent());
    if (qobject_cast<EventPainter *>(canvas))
        return false;
    for (QObject *above = watched; !canvas && above; above = above->parent()) {
        if (auto *panel = qobject_cast<PlotPanel *>(above))
            canvas = panel->canvas();
    }
    if (!canvas)
        return false;
    auto *menu = new QMenu(canvas);
    menu->setObjectName(QStringLiteral("plotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy Picture"), this, [this, canvas] { copyPicture(*canvas); })
        ->setObjectName(QStringLiteral("copyPictureAction"));
    menu->addAction(tr("&Save Picture..."), this, [this, canvas] { savePicture(*canvas); })
        ->setObjectName(QStringLiteral("savePictureAction"));
    menu->addAction(tr("Save &Numbers..."), this, [this, canvas] { saveNumbers(*canvas); })
        ->setObjectName(QStringLiteral("saveNumbersAction"));
    if (QWidget *holder = holderOf(canvas))
        menu->addAction(tr("Save Picture of &All Plots..."), this,
                        [this, holder] { savePictureOfAll(*holder); })
            ->setObjectName(QStringLiteral("savePictureOfAllAction"));
    menu->addSeparator();
    QAction *whole =
        menu->addAction(tr("Show Whole &Height"), canvas, &PlotCanvas::showWholeHeight);
    whole->setObjectName(QStringLiteral("wholeHeightAction"));
    whole->setEnabled(canvas->isHeightZoomed());
    menu->popup(static_cast<QContextMenuEvent *>(event)->globalPos());
    return true;
}

void PlotMenu::copyPicture(const PlotCanvas &canvas)
{
    QGuiApplication::clipboard()->setPixmap(
        PlotSheet::of(canvas, captionOf(canvas)).pixmap(PictureScale));
    Q_EMIT told(tr("The picture is on the clipboard."));
}

void PlotMenu::savePicture(const PlotCanvas &canvas)
{
    const QPointer<const QWidget> there(&canvas);
    const QString path = m_dialogs->askSaveAs(TwinDialogs::SavedKind::Plot,
                                              suggestionFor(canvas) + QStringLiteral(".png"));
    if (!path.isEmpty() && !isGone(there))
        write(path, PlotSheet::of(canvas, captionOf(canvas)), captionOf(canvas));
}

void PlotMenu::savePictureOfAll(const QWidget &holder, const QString &name)
{
    const QPointer<const QWidget> there(&holder);
    const QString path =
        m_dialogs->askSaveAs(TwinDialogs::SavedKind::Plot,
                             (name.isEmpty() ? tr("plots") : name) + QStringLiteral(".png"));
    if (path.isEmpty() || isGone(there))
        return;
    const PlotCanvas *first = holder.findChild<PlotCanvas *>();
    const QString caption = first ? first->stamp() : QString();
    write(path, PlotSheet::ofView(holder, caption), caption);
}

void PlotMenu::write(const QString &path, const PlotSheet &sheet, const QString &title)
{
    if (const Status written = writePicture(path, sheet, title); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

// While somebody looks for a name an experiment goes on and may bring other plots.
bool PlotMenu::isGone(const QPointer<const QWidget> &plot)
{
    if (plot)
        return false;
    Q_EMIT told(tr("The plot has been replaced meanwhile. Save the one that is there now."));
    return true;
}

void PlotMenu::saveNumbers(const PlotCanvas &canvas)
{
    const QPointer<const QWidget> there(&canvas);
    const QString path = m_dialogs->askSaveAs(TwinDialogs::SavedKind::Csv,
                                              suggestionFor(canvas) + QStringLiteral(".csv"));
    if (path.isEmpty() || isGone(there))
        return;
    if (const Status written = writeWhole(path, canvas.table().toUtf8()); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

} // namespace dt
