// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Icons.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
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

/// Made icons by name and colours. Whoever shows one asks again at every change of style; a new
/// icon each time would be drawn again, and Qt's cache of pixmaps would keep a key for each.
QHash<QString, QIcon> &known()
{
    static QHash<QString, QIcon> icons;
    static const bool cleared = [] {
        qAddPostRoutine([] { icons.clear(); }); // pixmaps may not outlive the application
        return true;
    }();
    Q_UNUSED(cleared)
    return icons;
}

} // namespace

QIcon themedIcon(const QString &name, const QPalette &palette)
{
    const QColor normal = palette.color(QPalette::ButtonText);
    const QColor disabled = palette.color(QPalette::Disabled, QPalette::ButtonText);
    const QColor chosen = palette.color(QPalette::HighlightedText);
    QIcon &icon =
        known()[QStringList{name, normal.name(), disabled.name(), chosen.name()}.join(u' ')];
    if (!icon.isNull())
        return icon;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll();
    for (const int pixels : {16, 24, 32, 48, 64}) {
        icon.addPixmap(render(svg, normal, pixels));
        icon.addPixmap(render(svg, disabled, pixels), QIcon::Disabled);
        icon.addPixmap(render(svg, chosen, pixels), QIcon::Normal, QIcon::On);
    }
    return icon;
}

} // namespace dt
