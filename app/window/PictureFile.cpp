// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/PictureFile.h"

#include "app/report/TwinReport.h"
#include "widgets/plots/PlotSheet.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgGenerator>

namespace dt {

namespace {

QByteArray svgOf(const PlotSheet &sheet, const QString &title)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(sheet.size());
    svg.setViewBox(QRect(QPoint(0, 0), sheet.size()));
    svg.setTitle(title);
    sheet.paintOn(&svg);
    return bytes;
}

QByteArray pdfOf(const PlotSheet &sheet, const QString &title)
{
    constexpr int Dpi = 96; // a pixel of the screen is a unit of the page
    constexpr double PointsPerPixel = 72.0 / Dpi;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter pdf(&buffer);
        pdf.setCreator(QStringLiteral("DendroTwin"));
        pdf.setTitle(title);
        pdf.setResolution(Dpi);
        pdf.setPageSize(QPageSize(QSizeF(sheet.size()) * PointsPerPixel, QPageSize::Point));
        pdf.setPageMargins(QMarginsF());
        sheet.paintOn(&pdf);
    }
    return bytes;
}

} // namespace

Status writePicture(const QString &path, const PlotSheet &sheet, const QString &title)
{
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive))
        return writeWhole(path, svgOf(sheet, title));
    if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        return writeWhole(path, pdfOf(sheet, title));
    return writeWhole(path, pngOf(sheet.pixmap(PictureScale)));
}

QString fileNameFrom(const QString &title)
{
    static const QRegularExpression noWord(QStringLiteral("[^\\p{L}\\p{N}]+"));
    QString name = title.toLower().replace(noWord, QStringLiteral("-")).left(40);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name;
}

} // namespace dt
