// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"
#include "engine/explore/PlanPlaces.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSplitter;

namespace dt {

class ExperimentForm;
class PlanPicture;
class ResultView;

/// The experiments: a list to choose from, the question and the settings of the chosen one with
/// what it will take, and what it found. Knows no engine; a controller feeds it.
class ExperimentsView : public QWidget
{
    Q_OBJECT

public:
    explicit ExperimentsView(QWidget *parent = nullptr);

    void setExperiments(const std::vector<ExperimentInfo> &experiments);
    /// Shows the experiment's question and settings. Values are passed in the units of the
    /// settings; people read and type other units (engine/explore/ReadExperiment.h).
    void setExperiment(const ExperimentInfo &info, const std::vector<ExperimentSetting> &settings,
                       const ExperimentValues &values);
    /// Sets the cell of the experiment, and the places where it acts and measures.
    void setPlaces(const Neuron &neuron, std::vector<PlanPlace> places);
    /// Sets a text on how long the experiment will take, or why it cannot be run.
    void setEstimate(const QString &text, bool runnable);
    /// Takes over what is being typed; returns false when an input cannot be used.
    [[nodiscard]] bool commit();
    void setRunning(bool running);
    /// How far the running experiment is: a share 0..1, and a line of text.
    void setProgress(double share, const QString &text);

    [[nodiscard]] ResultView *result() const { return m_result; }

Q_SIGNALS:
    void experimentChosen(const QString &id);
    void edited(const QString &name, const dt::SettingValue &value);
    /// All settings are to go back to their defaults.
    void defaultsRequested();
    void runRequested();
    void stopRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void take(const QString &name, const dt::SettingValue &shown);
    void updateRun();
    /// Hides the picture where the window is too low for it and the results.
    void fitPicture();

    QSplitter *m_splitter = nullptr;
    bool m_ownWidths = false; ///< a person has moved the splitter
    QListWidget *m_list;
    QLabel *m_question;
    QLabel *m_teaches;
    ExperimentForm *m_form;
    QLabel *m_estimate;
    QPushButton *m_run;
    QPushButton *m_stop;
    QProgressBar *m_bar;
    QLabel *m_progress;
    PlanPicture *m_picture;
    ResultView *m_result;
    std::vector<ExperimentSetting> m_settings; ///< in the units in which values are stored
    bool m_runnable = false;
    bool m_running = false;
};

} // namespace dt
