// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/structure/LayerRules.h"
#include "tests/support/Paths.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

namespace {

constexpr qsizetype MaxLines = 600;

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Paths relative to the root of all files in some folders whose names end like this.
QStringList files(const QStringList &folders, const QStringList &patterns)
{
    const QDir root(QString::fromStdString(dt::test::sourceDir()));
    QStringList paths;
    for (const QString &folder : folders) {
        QDirIterator it(root.filePath(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            paths << root.relativeFilePath(it.next());
    }
    paths.sort();
    return paths;
}

QString absolute(const QString &path)
{
    return QString::fromStdString(dt::test::sourceDir()) + QLatin1Char('/') + path;
}

} // namespace

/// The layers, held by reading what every source includes.
class tst_Layers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void faultsNameFileAndLine();
    void includes();
    void longFiles();
};

void tst_Layers::rules_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *path, const char *include, bool allowed) {
        QTest::addRow("%s: %s", path, include)
            << QString::fromLatin1(path) << QString::fromLatin1(include) << allowed;
    };
    const auto good = [&](const char *path, const char *include) { row(path, include, true); };
    const auto bad = [&](const char *path, const char *include) { row(path, include, false); };

    good("engine/cell/Cable.cpp", "\"engine/cell/Cable.h\"");
    good("engine/cell/Cable.cpp", "<vector>");
    bad("engine/cell/Cable.cpp", "<QString>");
    bad("engine/cell/Cable.cpp", "<QtCore/QString>");
    bad("engine/cell/Cable.cpp", "<unistd.h>");
    bad("engine/cell/Cable.cpp", "<nlohmann/json_fwd.hpp>");
    bad("engine/cell/Cable.cpp", "\"engine/json/NeuronJson.h\"");
    bad("engine/cell/Cable.cpp", "\"Cable.h\"");
    bad("engine/cell/Cable.cpp", "\"widgets/plots/PlotCanvas.h\"");
    bad("engine/cell/Cable.cpp", "\"tests/support/Paths.h\"");

    // The rooms, in the order in which data flows.
    good("engine/cell/tree/TreeEdit.h", "\"engine/cell/Neuron.h\"");
    bad("engine/cell/Neuron.h", "\"engine/cell/tree/TreeEdit.h\"");
    bad("engine/cell/Neuron.h", "\"engine/input/Stimulus.h\"");
    good("engine/input/MovedStimulus.h", "\"engine/cell/tree/TreeEdit.h\"");
    bad("engine/input/Stimulus.h", "\"engine/recording/Recording.h\"");
    bad("engine/dataset/DatasetPlan.h", "\"engine/twin/TwinSpec.h\"");
    bad("engine/twin/TwinSpec.h", "\"engine/recording/Recording.h\"");
    bad("engine/twin/TwinSpec.h", "\"engine/twin/training/TrainingSettings.h\"");
    good("engine/twin/evaluation/Metrics.h", "\"engine/dataset/Statistics.h\"");

    good("engine/json/NeuronJson.h", "<nlohmann/json_fwd.hpp>");
    bad("engine/json/NeuronJson.cpp", "<QByteArray>");
    good("engine/data/Hdf5.h", "<hdf5.h>");
    good("engine/files/TargetFile.cpp", "<unistd.h>");
    bad("engine/files/TargetFile.cpp", "<QSaveFile>");
    bad("engine/files/TargetFile.cpp", "\"engine/data/Hdf5.h\"");
    good("engine/project/ProjectFile.cpp", "\"engine/files/TargetFile.h\"");
    bad("engine/project/ProjectFile.cpp", "\"engine/data/RecordingFile.h\"");
    bad("engine/data/Hdf5.h", "<torch/torch.h>");
    bad("engine/data/Hdf5.h", "<QFile>");
    bad("engine/data/RecordingFile.cpp", "<nlohmann/json.hpp>");
    bad("engine/jobs/WorkerPool.cpp", "<hdf5.h>");

    good("engine/ml/Norm.cpp", "<torch/torch.h>");
    good("engine/ml/Norm.cpp", "\"engine/data/RecordingFile.h\"");
    bad("engine/ml/Norm.cpp", "<QObject>");
    bad("engine/ml/Norm.cpp", "\"engine/jobs/MlLoader.h\"");
    good("engine/jobs/MlLoader.h", "\"engine/ml/MlApi.h\"");
    bad("engine/jobs/MlLoader.cpp", "\"engine/ml/Norm.h\"");
    bad("app/window/MainWindow.cpp", "<torch/torch.h>");
    bad("app/window/MainWindow.cpp", "<ATen/ATen.h>");

    good("engine/worker/NeuronEngine.cpp", "\"hocdec.h\"");
    bad("engine/sim/Messages.cpp", "\"hocdec.h\"");
    bad("app/cli/SimulateCommand.cpp", "<nrniv_mf.h>");
    bad("engine/worker/Runner.cpp", "\"engine/jobs/WorkerPool.h\"");

    good("engine/sim/Messages.cpp", "<nlohmann/json.hpp>");
    bad("engine/sim/Messages.h", "<nlohmann/json.hpp>");
    good("engine/sim/Messages.h", "<QByteArray>");
    bad("engine/sim/Messages.h", "<QColor>");
    bad("engine/sim/Messages.h", "<QWidget>");
    good("engine/project/ProjectFile.cpp", "<nlohmann/json.hpp>");
    bad("engine/project/ProjectFile.h", "<nlohmann/json.hpp>");
    bad("engine/project/ProjectFile.cpp", "<QGuiApplication>");
    good("engine/document/Document.h", "<QUndoStack>");
    bad("engine/document/Document.h", "<QMessageBox>");
    bad("engine/document/Document.cpp", "\"app/window/MainWindow.h\"");
    bad("engine/jobs/WorkerPool.h", "<QtWidgets/QLabel>");
    bad("engine/brand-new/Thing.cpp", "\"engine/cell/Neuron.h\"");

    good("widgets/plots/PlotCanvas.cpp", "<qcustomplot.h>");
    good("widgets/plots/canvas/PlotAxes.cpp", "<qcustomplot.h>");
    bad("widgets/plots/TracePlot.cpp", "<qcustomplot.h>");
    bad("app/window/MainWindow.cpp", "<qcustomplot.h>");
    good("widgets/forms/NeuronForm.cpp", "<QSpinBox>");
    good("widgets/forms/NeuronForm.cpp", "\"engine/document/Document.h\"");
    bad("widgets/forms/NeuronForm.cpp", "\"engine/project/ProjectFile.h\"");
    bad("widgets/forms/NeuronForm.cpp", "\"engine/data/RecordingFile.h\"");
    bad("widgets/forms/NeuronForm.cpp", "\"app/window/MainWindow.h\"");
    bad("widgets/forms/NeuronForm.cpp", "<nlohmann/json.hpp>");
    good("widgets/forms/NeuronForm.cpp", "\"NeuronForm.moc\"");

    good("app/window/MainWindow.cpp", "\"engine/data/RecordingFile.h\"");
    good("app/window/MainWindow.cpp", "<QMainWindow>");
    bad("app/window/MainWindow.cpp", "<nlohmann/json.hpp>");
    bad("app/window/MainWindow.cpp", "<QTest>");
    good("app/cli/Cli.cpp", "<nlohmann/json.hpp>");
    good("app/cli/Cli.cpp", "<csignal>");
    bad("app/cli/Cli.cpp", "<QImage>");
    bad("app/cli/Cli.cpp", "\"widgets/plots/PlotCanvas.h\"");
    bad("app/cli/Cli.cpp", "\"app/window/MainWindow.h\"");
    good("tests/engine/cell/tst_Cable.cpp", "<QWidget>");
}

void tst_Layers::rules()
{
    QFETCH(QString, path);
    QFETCH(QString, include);
    QFETCH(bool, allowed);
    const QString text = QStringLiteral("// a file\n#include %1\nint x;\n").arg(include);
    const QStringList faults = dt::test::layerFaults(path, text);
    QVERIFY2(faults.isEmpty() == allowed, qPrintable(faults.join(QLatin1Char('\n'))));
}

void tst_Layers::faultsNameFileAndLine()
{
    const QStringList faults = dt::test::layerFaults(
        QStringLiteral("engine/cell/Cable.cpp"),
        QStringLiteral("#include <vector>\n\n  #  include <QLabel>\n// #include <QWidget>\n"
                       "#include \"engine/sim/Frames.h\" // why\n"));
    QCOMPARE(faults.size(), 2);
    QVERIFY2(faults[0].startsWith(QStringLiteral("engine/cell/Cable.cpp:3: includes QLabel")),
             qPrintable(faults[0]));
    QVERIFY2(faults[1].startsWith(QStringLiteral("engine/cell/Cable.cpp:5: ")),
             qPrintable(faults[1]));
    // Each alone is allowed there, both together are not.
    QCOMPARE(dt::test::layerFaults(QStringLiteral("engine/worker/Mixed.cpp"),
                                   QStringLiteral("#include <QString>\n#include \"hocdec.h\"\n"))
                 .size(),
             1);
}

void tst_Layers::includes()
{
    const QStringList paths =
        files(dt::test::ruledFolders(), {QStringLiteral("*.cpp"), QStringLiteral("*.h")});
    QVERIFY2(paths.size() > 60, qPrintable(QString::number(paths.size())));
    QStringList faults;
    for (const QString &path : paths)
        faults << dt::test::layerFaults(path, read(absolute(path)));
    QVERIFY2(faults.isEmpty(), qPrintable(QLatin1Char('\n') + faults.join(QLatin1Char('\n'))));
}

void tst_Layers::longFiles()
{
    QStringList folders = dt::test::ruledFolders();
    folders << QStringLiteral("tests") << QStringLiteral("mod") << QStringLiteral("cmake");
    const QStringList paths =
        files(folders,
              {QStringLiteral("*.cpp"), QStringLiteral("*.h"), QStringLiteral("*.mod"),
               QStringLiteral("*.inc"), QStringLiteral("*.py"), QStringLiteral("*.cmake"),
               QStringLiteral("CMakeLists.txt")});
    QVERIFY2(paths.size() > 100, qPrintable(QString::number(paths.size())));
    QStringList faults;
    for (const QString &path : paths) {
        const qsizetype lines = read(absolute(path)).count(QLatin1Char('\n'));
        QVERIFY2(lines > 0, qPrintable(path));
        if (lines > MaxLines)
            faults << QStringLiteral("%1:%2: the file is longer than %3 lines")
                          .arg(path)
                          .arg(lines)
                          .arg(MaxLines);
    }
    QVERIFY2(faults.isEmpty(), qPrintable(QLatin1Char('\n') + faults.join(QLatin1Char('\n'))));
}

DT_TEST(tst_Layers, QCoreApplication)
#include "tst_Layers.moc"
