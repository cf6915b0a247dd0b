// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Glossary.h"

#include <QObject>
#include <QString>

class QMenu;
class QWidget;

namespace dt {

class GuideWindow;
class TermMarker;

/// Help for what is in front: the guide's chapter about it, and what its words mean.
class HelpController : public QObject
{
    Q_OBJECT

public:
    /// `window` must outlive this.
    explicit HelpController(QWidget *window);

    void fillMenu(QMenu *help);
    /// Opens the guide at a place ("glossary.md#cap"), or at the chapter about what is in front.
    void showGuide(const QString &link = {});
    /// Explains the words of the field that has the keyboard, or all words in front.
    void explain();

    /// The chapter about a widget: its own, that of a visible part of it, or that of what it is in.
    [[nodiscard]] static QString chapterOf(const QWidget *widget);

private:
    void popUp(const QStringList &keys, const QRect &place, QWidget *over);

    QWidget *m_window;
    Glossary m_glossary;
    TermMarker *m_marker;
    GuideWindow *m_guide = nullptr;
};

} // namespace dt
