// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace dt {

namespace {

QPixmap render(QByteArray svg, const QColor &colour, int pixels)
{
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

} // namespace

QIcon themedIcon(const QString &name, const QPalette &palette)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll();
    QIcon icon;
    for (const int pixels : {16, 24, 32, 48, 64}) {
        icon.addPixmap(render(svg, palette.color(QPalette::ButtonText), pixels));
        icon.addPixmap(render(svg, palette.color(QPalette::Disabled, QPalette::ButtonText), pixels),
                       QIcon::Disabled);
        icon.addPixmap(render(svg, palette.color(QPalette::HighlightedText), pixels), QIcon::Normal,
                       QIcon::On);
    }
    return icon;
}

} // namespace dt
