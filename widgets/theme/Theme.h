// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;
class QWidget;

namespace dt::theme {

enum class Scheme { System, Light, Dark };

/// Gives the whole program its palette, base font size and the few style sheet rules there are.
/// `projector`: text and lines one and a half times as large, high contrast.
void apply(QApplication &app, Scheme scheme, bool projector);

QPalette palette(bool dark, bool highContrast);

/// Gives a widget and all in it the colours of the light theme, whatever theme the program has, for
/// pictures in documents.
void applyPaper(QWidget &widget);

/// Two sizes of type, relative to the program's font.
QFont bodyFont();
QFont captionFont();

/// Sets what a widget's text is, for the style sheet: heading, caption, muted, problem, warning.
/// Labels get their fonts and colours this way and not by setFont(), which a style sheet undoes.
void setRole(QWidget *widget, const char *role, bool on = true);

/// Width of data lines, larger in projector mode.
double lineWidth();

/// Spacing unit: everything lies on multiples of it [px].
inline constexpr int Grid = 8;

/// Name of a scheme in settings and menus.
QString schemeName(Scheme scheme);
Scheme schemeFromName(const QString &name);

} // namespace dt::theme
