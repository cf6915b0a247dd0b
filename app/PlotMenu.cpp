// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/PlotMenu.h"

#include "app/TwinDialogs.h"
#include "app/report/TwinReport.h"
#include "widgets/input/EventPainter.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotPanel.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QMenu>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace dt {

namespace {

/// Pictures for slides and prints are this much finer than the screen.
constexpr double PictureScale = 3.0;

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

QByteArray svgOf(const PlotCanvas &canvas)
{
    const QSize size = canvas.printSize(captionOf(canvas));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(0, 0), size));
    svg.setTitle(canvas.accessibleName());
    svg.setDescription(captionOf(canvas));
    canvas.printOn(&svg, captionOf(canvas));
    return bytes;
}

QByteArray pdfOf(const PlotCanvas &canvas)
{
    constexpr int Dpi = 96; // a pixel of the screen is a unit of the page
    constexpr double PointsPerPixel = 72.0 / Dpi;
    const QSize size = canvas.printSize(captionOf(canvas));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter pdf(&buffer);
        pdf.setCreator(QStringLiteral("DendroTwin"));
        pdf.setTitle(captionOf(canvas));
        pdf.setResolution(Dpi);
        pdf.setPageSize(QPageSize(QSizeF(size) * PointsPerPixel, QPageSize::Point));
        pdf.setPageMargins(QMarginsF());
        canvas.printOn(&pdf, captionOf(canvas));
    }
    return bytes;
}

QString suggestionFor(const PlotCanvas &canvas)
{
    QString name = canvas.accessibleName().isEmpty() ? PlotMenu::tr("plot")
                                                     : canvas.accessibleName().toLower();
    QString plain;
    for (const QChar c : std::as_const(name))
        plain += c.isLetterOrNumber() ? c : u'-';
    return plain.left(40);
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
    menu->popup(static_cast<QContextMenuEvent *>(event)->globalPos());
    return true;
}

void PlotMenu::copyPicture(const PlotCanvas &canvas)
{
    QGuiApplication::clipboard()->setPixmap(canvas.print(PictureScale, captionOf(canvas)));
    Q_EMIT told(tr("The picture is on the clipboard."));
}

void PlotMenu::savePicture(const PlotCanvas &canvas)
{
    const QPointer<const PlotCanvas> there(&canvas);
    const QString path = m_dialogs->askSaveAs(TwinDialogs::SavedKind::Plot,
                                              suggestionFor(canvas) + QStringLiteral(".png"));
    if (path.isEmpty() || isGone(there))
        return;
    QByteArray bytes;
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive))
        bytes = svgOf(canvas);
    else if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        bytes = pdfOf(canvas);
    else
        bytes = pngOf(canvas.print(PictureScale, captionOf(canvas)));
    if (const Status written = writeWhole(path, bytes); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

// While somebody looks for a name an experiment goes on and may bring other plots.
bool PlotMenu::isGone(const QPointer<const PlotCanvas> &canvas)
{
    if (canvas)
        return false;
    Q_EMIT told(tr("The plot has been replaced meanwhile. Save the one that is there now."));
    return true;
}

void PlotMenu::saveNumbers(const PlotCanvas &canvas)
{
    const QPointer<const PlotCanvas> there(&canvas);
    const QString path =
        m_dialogs->askSaveAs(TwinDialogs::SavedKind::Csv, suggestionFor(canvas) + QStringLiteral(".csv"));
    if (path.isEmpty() || isGone(there))
        return;
    if (const Status written = writeWhole(path, canvas.table().toUtf8()); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

} // namespace dt
