// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QString>

class QPainter;
class QWidget;

namespace dt {

/// A drag over the picture that edits the cell or selects parts of it, from the press of the mouse
/// on. Places are pixels of the picture.
class TreeGesture
{
public:
    TreeGesture() = default;
    TreeGesture(const TreeGesture &) = delete;
    TreeGesture &operator=(const TreeGesture &) = delete;
    virtual ~TreeGesture() = default;

    /// The mouse has moved so far that this is a drag and no click.
    virtual void begin() { }
    virtual void moveTo(const QPointF &at) = 0;
    virtual void finish() = 0;
    /// Ends the gesture as if it had not begun.
    virtual void cancel() { }
    /// Called in place of finish() when somebody else has changed the cell or the release went
    /// elsewhere: what the gesture is about may be gone.
    virtual void abandon() { }

    virtual void paint(QPainter &painter) const = 0;
    /// Whether the handles of the selected dendrite are drawn meanwhile.
    [[nodiscard]] virtual bool keepsHandles() const { return false; }
    /// A sentence that says what to do; empty when that is plain to see.
    [[nodiscard]] virtual QString hint() const { return {}; }

protected:
    /// Paints numbers beside the mouse, within the picture.
    static void paintLabel(QPainter &painter, const QWidget &picture, const QPointF &mouse,
                           const QString &text);
};

} // namespace dt
