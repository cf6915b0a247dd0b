// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QFormLayout;

namespace dt {

class QuantityField;

/// Which network to train: a named one, and the few sizes that make it larger or smaller.
class TwinForm : public QWidget
{
    Q_OBJECT

public:
    explicit TwinForm(QWidget *parent = nullptr);

    /// Of the preset with the sizes of the fields.
    [[nodiscard]] TwinSpec spec(int segments) const;
    [[nodiscard]] QString preset() const;
    void choosePreset(const QString &name);
    void setSizesVisible(bool visible);
    /// The form's labels, to line up with those of a form around it.
    [[nodiscard]] QList<QWidget *> labels() const;

Q_SIGNALS:
    void changed();
    /// Another preset: what goes with it may follow.
    void presetChanged();

private:
    /// A size of one architecture. Reads from and writes to its config.
    struct Size
    {
        Architecture architecture;
        QuantityField *field;
        double (*get)(const TwinNetworkConfig &);
        void (*set)(TwinNetworkConfig &, double);
    };
    void addSize(Architecture architecture, const QString &name, const QString &label, double min,
                 double max, const QString &unit, double (*get)(const TwinNetworkConfig &),
                 void (*set)(TwinNetworkConfig &, double));
    void fill();

    QFormLayout *m_form;
    QComboBox *m_preset;
    std::vector<Size> m_sizes;
    bool m_sizesVisible = false;
};

} // namespace dt
