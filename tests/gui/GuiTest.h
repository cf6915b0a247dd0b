// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulate/RunDialogs.h"
#include "app/window/MainWindow.h"
#include "tests/gui/BatchEngine.h"
#include "tests/gui/DrivenEngine.h"
#include "widgets/plots/PlotCanvas.h"

#include <QPoint>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

#include <memory>

class QAbstractSpinBox;
class QComboBox;
class QSlider;

/// What GUI tests share: temporary settings, answers in place of dialogs, a mouse, and a look at
/// what is drawn.
namespace dt::test {

/// Settings and files of the program land in a temporary folder while this lives; settings are
/// empty at the start. Light theme.
class Sandbox
{
public:
    Sandbox();
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

/// Answers that are decided before the question.
class FakeDialogs : public ProjectDialogs,
                    public DatasetDialogs,
                    public TwinDialogs,
                    public RunDialogs
{
public:
    Unsaved askUnsaved(const QString &name) override;
    Changed askChanged(const QString &name, bool gone) override
    {
        ++changedAsked;
        lastName = name;
        lastGone = gone;
        return changed;
    }
    QString askOpenPath(const QString &folder) override;
    QString askSavePath(const QString &suggestion) override;
    QString askImportMorphology(const QString &) override { return importPath; }
    QString askExportMorphology(const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return exportPath;
    }
    QString askSaveScript(const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return scriptPath;
    }
    QString askOpenDataset(const QString &) override { return datasetPath; }
    QString askSaveDataset(const QString &, const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return saveDatasetPath;
    }
    QString askImportFolder(const QString &) override { return importFolder; }
    QString askExportFolder(const QString &) override { return exportFolder; }
    bool askDiscardDataset() override
    {
        ++discardAsked;
        return discard;
    }

    QStringList askOpenTwins(const QString &) override { return twinPaths; }
    QString askSaveAs(SavedKind, const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return saveAsPath;
    }

    QString askOpenTable(const QString &, const QString &) override { return tablePath; }
    QString askSaveEvents(const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return saveAsPath;
    }
    QString askSaveRun(const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return saveAsPath;
    }
    QString askSaveRecording(const QString &suggestion) override
    {
        lastSuggestion = suggestion;
        return saveAsPath;
    }
    std::optional<DecimalSign> askDecimalSign(const QString &, const TwofoldNumber &number) override
    {
        ++decimalAsked;
        lastTwofold = number;
        return decimalSign;
    }
    Painted askPainted(int, int) override
    {
        ++paintedAsked;
        return painted;
    }

    bool discard = true; ///< a data set that was described, but not built, may be discarded
    int discardAsked = 0;
    QString tablePath; ///< empty: cancelled
    Painted painted = Painted::Cancel;
    int paintedAsked = 0;
    std::optional<DecimalSign> decimalSign; ///< empty: cancelled
    int decimalAsked = 0;
    TwofoldNumber lastTwofold;
    QStringList twinPaths; ///< empty: cancelled
    QString saveAsPath;
    QString datasetPath; ///< empty: cancelled
    QString saveDatasetPath;
    QString importFolder;
    QString exportFolder;

    Unsaved unsaved = Unsaved::Cancel;
    QString openPath; ///< empty: cancelled
    QString savePath;
    QString importPath; ///< path of the SWC file to import
    QString exportPath;
    QString scriptPath;

    Changed changed = Changed::Cancel;
    int changedAsked = 0;
    bool lastGone = false;
    int unsavedAsked = 0;
    int openAsked = 0;
    int saveAsked = 0;
    QString lastName;
    QString lastFolder;
    QString lastSuggestion;
};

/// A window on a fake engine, shown and active, on an empty set of settings.
struct Bench
{
    explicit Bench(const QSize &size = {1280, 720});

    Sandbox sandbox;
    QTemporaryDir autosave;
    DrivenEngine engine;
    FakeDialogs dialogs;
    /// What the engines of data set builds do; set before a build starts.
    BatchBehaviour batches;
    std::unique_ptr<MainWindow> window;
};

/// The widget of that name, or the end of the test program.
template <typename T>
T *child(const QObject &root, const char *name)
{
    T *found = root.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s named %s", T::staticMetaObject.className(), name);
    return found;
}

QString labelText(const QObject &root, const char *name);
void trigger(const QObject &root, const char *action);

/// Scrolls until a person could click the widget.
void bringIntoView(QWidget *widget);
void click(QWidget *widget);

// The left button of a mouse, at a place in the widget's pixels; events take the way of real ones.
void press(QWidget *widget, const QPointF &at, Qt::KeyboardModifiers modifiers = {});
void moveTo(QWidget *widget, const QPointF &at);
void release(QWidget *widget, const QPointF &at);
void clickAt(QWidget *widget, const QPointF &at);
/// The point in the middle of a plot's height, at `x` on its horizontal axis.
QPointF middleAt(const PlotCanvas *plot, double x);
/// Drags: press, several moves, release.
void drag(QWidget *widget, const QPointF &from, const QPointF &to);
/// Turns the wheel, one event a step; positive is away from the person. With the focus changes of a
/// real wheel.
void wheel(QWidget *widget, const QPointF &at, int steps, Qt::KeyboardModifiers modifiers = {});

/// Replaces the text of a field, with Enter at the end.
void typeInto(QAbstractSpinBox *field, const QString &text);
/// Opens the list and picks an entry with the keyboard.
void choose(QComboBox *combo, const QString &text);
/// The point at which the handle of a slider is when it stands at `position`.
QPointF sliderHandle(const QSlider *slider, int position);

/// Number of pixels of the colour within `reach` of a place; -1 for all of the widget.
int pixelsLike(QWidget *widget, const QColor &colour, const QPointF &at = {}, int reach = -1,
               int tolerance = 12);
/// Whether something of that colour is drawn there.
bool shows(QWidget *widget, const QColor &colour, const QPointF &at, int reach = 2,
           int tolerance = 60);
/// Whether something of that colour is drawn in the column of a plot at that time.
bool showsInColumn(PlotCanvas *plot, const QColor &colour, double ms, int tolerance = 60);
/// Smallest rectangle around all pixels of the colour.
QRect boundsOf(QWidget *widget, const QColor &colour, int tolerance = 12);

/// What Tab meets from the first widget on until it comes round.
QList<QWidget *> tabChain(QWidget *window);
/// Visible, enabled widgets below `root` that a person uses: fields, sliders, combos, buttons,
/// pictures that take the keyboard.
QList<QWidget *> usableWidgets(const QWidget *root);
/// Widgets that neither Tab nor, in groups of radio buttons, the arrow keys reach.
QStringList unreachable(QWidget *window, const QWidget *root);

/// Texts in visible labels, buttons and fields that are wider than their place.
QStringList clippedTexts(const QWidget *root);

} // namespace dt::test
