// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace dt {

class TrainingList;
class TrainingView;
class FormScrollArea;
class TrainForm;

/// The page on which twins are trained: what to train, the queue of trainings, and the chosen
/// training. Knows nothing of files and threads; a controller feeds it.
class TrainPage : public QWidget
{
    Q_OBJECT

public:
    explicit TrainPage(QWidget *parent = nullptr);

    [[nodiscard]] TrainForm *form() const { return m_form; }
    [[nodiscard]] TrainingList *list() const { return m_list; }
    [[nodiscard]] TrainingView *view() const { return m_view; }

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitForm();

    QWidget *m_side;
    TrainForm *m_form;
    TrainingList *m_list;
    TrainingView *m_view;
    FormScrollArea *m_scroll;
};

} // namespace dt
