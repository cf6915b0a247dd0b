// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/train/TrainController.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Datasets.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/TrainPage.h"
#include "widgets/train/TrainForm.h"
#include "widgets/train/TrainingList.h"

#include <QCheckBox>
#include <QComboBox>
#include <QListWidget>
#include <QPushButton>

#include <array>

namespace dt::test {

/// What the tests of the Train page share: a window, data sets, and a hand for the form.
class TrainBench : public QObject
{
protected:
    using State = QueuedTraining::State;
    static constexpr int Patience = 60000;

    void init();
    void cleanup() { m_bench.reset(); }
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] TrainPage &page() const { return *window().findChild<TrainPage *>(); }
    [[nodiscard]] TrainingQueue &queue() const { return *window().training()->queue(); }
    [[nodiscard]] QString path(const QString &name) const { return m_bench->sandbox.path(name); }
    void open(const QStringList &datasets);
    /// Small enough to train in a moment.
    void chooseSmall(int epochs);
    void setField(const char *name, const QString &text);
    QString makeData(const QString &name, std::array<int, 3> wanted = {8, 3, 2});
    [[nodiscard]] static QString shown(const QWidget &root, const char *label)
    {
        return labelText(root, label);
    }

    std::unique_ptr<Bench> m_bench;
};

inline void TrainBench::init()
{
    m_bench = std::make_unique<Bench>();
    window().showPage(MainWindow::Train);
}

inline QString TrainBench::makeData(const QString &name, std::array<int, 3> wanted)
{
    const QString file = path(name);
    const Status made = makeDataset(file.toStdString(), smallPlan(wanted, 300));
    if (!made)
        qFatal("%s", made.error().message.c_str());
    return file;
}

inline void TrainBench::open(const QStringList &datasets)
{
    window().training()->setDatasets(datasets);
    QTRY_COMPARE_WITH_TIMEOUT(child<QComboBox>(page(), "trainDatasetBox")->count(),
                              static_cast<int>(datasets.size()), Patience);
}

inline void TrainBench::setField(const char *name, const QString &text)
{
    typeInto(child<QuantityField>(page(), name), text);
}

inline void TrainBench::chooseSmall(int epochs)
{
    auto *more = child<QCheckBox>(page(), "trainMoreBox");
    if (!more->isChecked())
        click(more);
    setField("tcnWidthField", QStringLiteral("4"));
    setField("tcnKernelField", QStringLiteral("5"));
    setField("trainBatchField", QStringLiteral("4"));
    setField("trainEpochsField", QString::number(epochs));
}

} // namespace dt::test
