// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Theme.h"

#include "widgets/theme/Colours.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <algorithm>

namespace dt::theme {

namespace {

constexpr const char *ProjectorProperty = "dtProjector";
constexpr const char *SystemDarkProperty = "dtSystemDark";
constexpr const char *BasePointSizeProperty = "dtBasePointSize";

QFont scaled(double factor)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

QString styleSheet(const QPalette &p)
{
    const QString line = colours::line(p).name();
    const QString surface = colours::surface(p).name();
    const QString accent = p.color(QPalette::Highlight).name();
    const QString muted = colours::muted(p).name();
    return QStringLiteral(
               "QToolTip { color: %5; background: %2; border: 1px solid %1; padding: 4px; }"
               "QFrame[card=\"true\"] { background: %2; border: 1px solid %1; border-radius: 6px; }"
               "*[heading=\"true\"] { font-weight: bold; }"
               "*[caption=\"true\"] { font-size: %7pt; }"
               "QLabel[muted=\"true\"] { color: %4; }"
               "QLabel[warning=\"true\"] { color: %8; }"
               "QLabel[problem=\"true\"] { color: %9; }"
               "QToolButton#pageButton { border: none; border-radius: 6px; padding: 6px 4px; }"
               "QToolButton#pageButton:hover { background: %1; }"
               "QToolButton#pageButton:checked { background: %3; color: %6; }"
               "QToolButton#pageButton:focus { border: 1px solid %3; }"
               "QToolBar QToolButton:checked { background: %1; border: 1px solid %3; "
               "border-radius: 4px; padding: 1px 3px; }" // as high as an unchecked one
               "QSplitter::handle { background: transparent; }"
               "QSplitter::handle:hover { background: %1; }")
        .arg(line, surface, accent, muted, p.color(QPalette::WindowText).name(),
             p.color(QPalette::HighlightedText).name(),
             QString::number(captionFont().pointSizeF(), 'f', 1),
             colours::onto(colours::Warning, p).name(), colours::onto(colours::Failure, p).name());
}

} // namespace

QPalette palette(bool dark, bool highContrast)
{
    const QColor window = dark ? QColor(0x1A, 0x1C, 0x20) : QColor(0xF4, 0xF5, 0xF7);
    const QColor base = dark ? QColor(0x30, 0x36, 0x3F) : QColor(0xFF, 0xFF, 0xFF);
    const QColor button = dark ? QColor(0x3A, 0x41, 0x4B) : QColor(0xFA, 0xFA, 0xFB);
    const QColor text = highContrast ? (dark ? QColor(Qt::white) : QColor(Qt::black))
        : dark                       ? QColor(0xE6, 0xE8, 0xEB)
                                     : QColor(0x1C, 0x1F, 0x24);
    const QColor accent = dark ? QColor(0x2F, 0xB3, 0xA0) : QColor(0x0F, 0x76, 0x6E);
    const QColor disabled = dark ? QColor(0x7A, 0x80, 0x89) : QColor(0x8C, 0x92, 0x9B);

    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, base);
    p.setColor(QPalette::AlternateBase, dark ? QColor(0x22, 0x26, 0x2C) : QColor(Qt::white));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::Button, button);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, Qt::white);
    p.setColor(QPalette::ToolTipBase, base);
    p.setColor(QPalette::ToolTipText, text);
    // The style draws frames and lines in these; the defaults are made for light windows.
    if (dark) {
        p.setColor(QPalette::Light, QColor(0x46, 0x4E, 0x59));
        p.setColor(QPalette::Midlight, QColor(0x40, 0x47, 0x52));
        p.setColor(QPalette::Mid, QColor(0x2B, 0x30, 0x38));
        p.setColor(QPalette::Dark, QColor(0x0F, 0x11, 0x14));
        p.setColor(QPalette::Shadow, QColor(0x08, 0x09, 0x0B));
    }
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, dark ? QColor(0x0B, 0x1F, 0x1C) : QColor(Qt::white));
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::PlaceholderText, disabled);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, disabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, disabled);
    return p;
}

void apply(QApplication &app, Scheme scheme, bool projector)
{
    // What the system had is only known before the first change.
    if (!app.property(BasePointSizeProperty).isValid()) {
        app.setProperty(BasePointSizeProperty, std::max(8.0, QApplication::font().pointSizeF()));
        app.setProperty(SystemDarkProperty, colours::isDark(QApplication::palette()));
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    }
    const bool dark = scheme == Scheme::Dark
        || (scheme == Scheme::System && app.property(SystemDarkProperty).toBool());
    app.setProperty(ProjectorProperty, projector);
    QFont font = QApplication::font();
    font.setPointSizeF(app.property(BasePointSizeProperty).toDouble() * (projector ? 1.5 : 1.0));
    QApplication::setFont(font);
    const QPalette p = palette(dark, projector);
    QApplication::setPalette(p);
    // The style derives the outline of check boxes and radio buttons from Window; in a dark one
    // it would be darker still and not to be seen.
    QPalette outlined = p;
    if (dark)
        outlined.setColor(QPalette::Window, QColor(0xC0, 0xC6, 0xCE));
    for (const char *widget : {"QCheckBox", "QRadioButton"})
        QApplication::setPalette(outlined, widget);
    app.setStyleSheet(styleSheet(p));
}

void applyPaper(QWidget &widget)
{
    QPalette p = palette(false, false);
    p.setColor(QPalette::Window, Qt::white);
    widget.setStyleSheet(styleSheet(p));
    widget.setPalette(p);
    // With a style sheet, children keep the program's.
    for (QWidget *child : widget.findChildren<QWidget *>())
        child->setPalette(p);
}

QFont bodyFont()
{
    return QApplication::font();
}

QFont captionFont()
{
    return scaled(0.86);
}

void setRole(QWidget *widget, const char *role, bool on)
{
    if (widget->property(role).toBool() == on)
        return;
    widget->setProperty(role, on);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

double lineWidth()
{
    return qApp->property(ProjectorProperty).toBool() ? 2.2 : 1.4;
}

QString schemeName(Scheme scheme)
{
    switch (scheme) {
    case Scheme::System:
        return QStringLiteral("system");
    case Scheme::Light:
        return QStringLiteral("light");
    case Scheme::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

Scheme schemeFromName(const QString &name)
{
    return name == QLatin1String("light") ? Scheme::Light
        : name == QLatin1String("dark")   ? Scheme::Dark
                                          : Scheme::System;
}

} // namespace dt::theme
