// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinComparison.h"

#include <QSet>
#include <QWidget>

class QAction;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace dt {

class BarsView;
class CompareView;
class EvaluationPlots;
class LearningView;
class ParetoView;
class SettingsView;
class TwinTable;

/// All twins side by side: the leaderboard, and below it pictures of those that are ticked. Knows
/// nothing of files; a controller feeds it.
class ComparePage : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePage(QWidget *parent = nullptr);

    /// Sets the twins. Ticks, sorting and the current twin stay. `shipped`: paths that cannot be
    /// taken off the list nor renamed.
    void setTwins(const ComparedTwins &twins, const QSet<QString> &shipped);
    /// Tells that a twin's file has another path now.
    void setPath(const QString &from, const QString &to);
    /// Tells how many files are still being read.
    void setReading(int files);

    /// Tells how many networks are still being timed. `why` is a sentence when nothing can be timed
    /// now.
    void setTiming(int left, const QString &why);

    /// Adds a view behind the others. It may follow currentTwinChanged().
    void addTab(QWidget *view, const QString &title);

    [[nodiscard]] TwinTable *table() const { return m_table; }
    [[nodiscard]] BarsView *bars() const { return m_bars; }
    [[nodiscard]] ParetoView *pareto() const { return m_pareto; }
    [[nodiscard]] LearningView *learning() const { return m_learning; }
    [[nodiscard]] SettingsView *settings() const { return m_settings; }
    /// The twins that plots and reports show.
    [[nodiscard]] ComparedTwins ticked() const;
    [[nodiscard]] QString currentTwin() const;

Q_SIGNALS:
    /// The keyboard is on another row of the table; empty for none.
    void currentTwinChanged(const QString &path);
    void openRequested();
    /// All networks are to be timed again.
    void measureRequested();
    void removeRequested(const QString &path);
    void renameRequested(const QString &path, const QString &name);
    void reportRequested();
    void trainRequested();
    /// Numbers are to be written into a file; `name` is a suggestion for its name without ending.
    void csvExported(const QString &csv, const QString &name);
    /// A picture of the plots that this view shows is to be saved.
    void pictureWanted(QWidget *view, const QString &name);
    /// Something was done; a sentence says what.
    void told(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void divide();
    QWidget *emptyPage();
    QWidget *headerRow();
    QWidget *tabArea();
    void addTableActions();
    void addExports(QToolButton *button);
    void refreshNeurons();
    void applyFilter();
    /// Updates counts, buttons, and the view that is seen.
    void refresh();
    void refreshView();
    void restyle();
    void onCurrent();
    [[nodiscard]] QWidget *shownView() const;
    [[nodiscard]] QString viewName() const;

    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    bool m_dividedByHand = false;
    TwinTable *m_table;
    QTabWidget *m_tabs;
    BarsView *m_bars;
    ParetoView *m_pareto;
    LearningView *m_learning;
    SettingsView *m_settings;
    EvaluationPlots *m_evaluation;
    QLabel *m_emptyText;
    QLabel *m_count;
    QCheckBox *m_byAuc;
    QDoubleSpinBox *m_leastAuc;
    QComboBox *m_neuron;
    QPushButton *m_open;
    QPushButton *m_measure;
    QPushButton *m_report;
    QToolButton *m_tableMenu;
    QToolButton *m_viewMenu;
    QAction *m_rename;
    QAction *m_remove;
    QAction *m_viewNumbers = nullptr;
    QSet<QString> m_shipped;
    QString m_current; ///< path last sent by currentTwinChanged()
    bool m_chosen = false; ///< a person has chosen a twin; until then the best is the current one
    int m_reading = 0;
    int m_timing = 0; ///< number of networks
};

} // namespace dt
