// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QSlider>
#include <QWheelEvent>

#include <utility>

namespace dt {

/// Input widgets for forms that scroll: the wheel changes them only when they have the focus, so
/// that scrolling past never changes a number.
template <typename Base>
class Quiet : public Base
{
public:
    template <typename... Args>
    explicit Quiet(Args &&...args) : Base(std::forward<Args>(args)...)
    {
        // Not WheelFocus: the wheel would take the focus first and then change the value.
        this->setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void wheelEvent(QWheelEvent *event) override
    {
        if (this->hasFocus())
            Base::wheelEvent(event);
        else
            event->ignore();
    }
};

using QuietComboBox = Quiet<QComboBox>;
using QuietSlider = Quiet<QSlider>;

} // namespace dt
