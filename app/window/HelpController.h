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
    /// `window` outlives this.
    explicit HelpController(QWidget *window);

    void fillMenu(QMenu *help);
    /// A place in the guide ("glossary.md#cap"), or the chapter about what is in front.
    void showGuide(const QString &link = {});
    /// The words of the field that has the keyboard, or all in front.
    void explain();

    /// Chapter about a widget: its own, that of a part of it which shows, or that of what it is in.
    [[nodiscard]] static QString chapterOf(const QWidget *widget);

private:
    void popUp(const QStringList &keys, const QRect &place, QWidget *over);

    QWidget *m_window;
    Glossary m_glossary;
    TermMarker *m_marker;
    GuideWindow *m_guide = nullptr;
};

} // namespace dt
