// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/data/BuildPanel.h"
#include "widgets/data/DatasetView.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace dt {

class TaskStrip;

/// One line of the list of data sets.
struct DatasetEntry
{
    enum class Kind { Ready, Building, Unfinished, Missing };
    QString path;
    Kind kind = Kind::Ready;
    QString detail; ///< text of its second line
};

/// The data sets: a list, and the chosen one, finished or being built. Knows nothing of files; a
/// controller feeds it.
class DataPage : public QWidget
{
    Q_OBJECT

public:
    explicit DataPage(QWidget *parent = nullptr);

    /// Sets the list. The choice stays if its path is still there.
    void setEntries(const std::vector<DatasetEntry> &entries);
    void choose(const QString &path);
    [[nodiscard]] QString chosen() const;

    void showNothing();
    void showProblem(const QString &sentence);
    void showDataset(DatasetContents contents);
    void showBuild();

    [[nodiscard]] DatasetView *datasetView() const { return m_view; }
    [[nodiscard]] BuildPanel *buildPanel() const { return m_build; }
    [[nodiscard]] TaskStrip *taskStrip() const { return m_task; }

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void importRequested();
    /// Another line of the list was chosen.
    void entryChosen(const QString &path);
    /// The data set is to be taken off the list; its file stays.
    void forgetRequested(const QString &path);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *listColumn();
    void restyle();
    void arrange();
    void forgetChosen();
    void say(const QString &sentence, bool problem);

    QListWidget *m_list;
    QLabel *m_listHint;
    QWidget *m_column = nullptr;
    QPushButton *m_new;
    QStackedWidget *m_stack;
    QWidget *m_empty;
    QLabel *m_emptyText;
    QPushButton *m_emptyNew;
    QPushButton *m_emptyForget;
    bool m_nothing = false; ///< no data set is chosen
    DatasetView *m_view;
    BuildPanel *m_build;
    TaskStrip *m_task;
};

} // namespace dt
