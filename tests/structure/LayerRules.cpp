// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/structure/LayerRules.h"

#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>

namespace dt::test {

namespace {

enum class Qt { None, Core, Gui, All };
enum class Json { No, Sources, Yes };

struct Rule
{
    const char *folder; ///< the first that a path begins with counts
    QStringList own; ///< of ours: a folder "a/b/", all below it "a/b/**", or one header
    Qt qt = Qt::None;
    Json json = Json::No;
    QStringList others = {}; ///< torch, hdf5, neuron, qcustomplot
    bool standardOnly = false; ///< no headers of the operating system either
};

/// The rooms of plain values, in the order in which data flows: from a cell to a twin's score.
const QStringList Values{
    QStringLiteral("engine/base/"),          QStringLiteral("engine/cell/**"),
    QStringLiteral("engine/input/"),         QStringLiteral("engine/recording/"),
    QStringLiteral("engine/dataset/"),       QStringLiteral("engine/twin/"),
    QStringLiteral("engine/twin/training/"), QStringLiteral("engine/twin/evaluation/")};

Rule valueRoom(const char *folder, QStringList above)
{
    above << QLatin1String(folder);
    return {folder, above, Qt::None, Json::No, {}, true};
}

Rule seesValues(const char *folder, const QStringList &more, Qt qt = Qt::None, Json json = Json::No,
                const QStringList &others = {}, bool standardOnly = false)
{
    return {folder, Values + more, qt, json, others, standardOnly};
}

const QList<Rule> &rules()
{
    static const QList<Rule> Table{
        valueRoom("engine/base/", {}),
        valueRoom("engine/cell/tree/", {"engine/base/", "engine/cell/"}),
        valueRoom("engine/cell/swc/", {"engine/base/", "engine/cell/"}),
        valueRoom("engine/cell/synapses/", {"engine/base/", "engine/cell/"}),
        valueRoom("engine/cell/", {"engine/base/"}),
        valueRoom("engine/input/", Values.mid(0, 2)),
        valueRoom("engine/recording/", Values.mid(0, 3)),
        valueRoom("engine/dataset/", Values.mid(0, 4)),
        valueRoom("engine/twin/training/", {"engine/base/", "engine/cell/", "engine/twin/"}),
        valueRoom("engine/twin/evaluation/", Values.mid(0, 7)),
        valueRoom("engine/twin/", {"engine/base/", "engine/cell/"}),
        seesValues("engine/json/", {"engine/json/"}, Qt::None, Json::Yes),
        {"engine/files/", {"engine/base/", "engine/files/"}},
        seesValues("engine/data/", {"engine/files/", "engine/json/", "engine/data/"}, Qt::None,
                   Json::No, {"hdf5"}),
        seesValues("engine/ml/", {"engine/data/", "engine/ml/"}, Qt::None, Json::No, {"torch"}),
        seesValues("engine/fast/", {"engine/fast/"}),
        seesValues("engine/sim/", {"engine/json/", "engine/sim/"}, Qt::Core, Json::Sources),
        seesValues("engine/explore/", {"engine/sim/SimulationRequest.h", "engine/explore/"},
                   Qt::None, Json::No, {}, true),
        seesValues("engine/worker/", {"engine/sim/", "engine/worker/"}, Qt::Core, Json::No,
                   {"neuron"}),
        seesValues("engine/jobs/",
                   {"engine/files/", "engine/json/", "engine/data/", "engine/explore/",
                    "engine/fast/", "engine/sim/", "engine/project/", "engine/jobs/",
                    "engine/ml/MlApi.h"},
                   Qt::Core, Json::Sources),
        seesValues("engine/project/", {"engine/files/", "engine/json/", "engine/project/"},
                   Qt::Core, Json::Sources),
        seesValues("engine/document/", {"engine/project/", "engine/document/"}, Qt::Gui),
        {"engine/", {}}, // a new folder needs a rule
        // Widgets compute nothing and open no files: values, the document, and interfaces of jobs.
        seesValues("widgets/plots/PlotCanvas", {"widgets/**"}, Qt::All, Json::No, {"qcustomplot"}),
        seesValues("widgets/plots/canvas/", {"widgets/**"}, Qt::All, Json::No, {"qcustomplot"}),
        seesValues("widgets/",
                   {"engine/document/", "engine/explore/", "engine/jobs/",
                    "engine/project/Project.h", "engine/sim/SimulationRequest.h", "widgets/**"},
                   Qt::All),
        {"app/cli/", {"engine/**", "app/cli/"}, Qt::Core, Json::Yes},
        {"app/", {"engine/**", "widgets/**", "app/**"}, Qt::All},
    };
    return Table;
}

/// Whether a rule's entry names this header.
bool names(const QString &entry, const QString &header)
{
    if (entry.endsWith(QStringLiteral("**")))
        return header.startsWith(QStringView(entry).chopped(2));
    if (entry.endsWith(QLatin1Char('/')))
        return header.left(header.lastIndexOf(QLatin1Char('/')) + 1) == entry;
    return header == entry;
}

/// Module of a Qt header, e.g. "QtCore"; empty when there is none of that name.
QString qtModule(const QString &header)
{
    if (header.contains(QLatin1Char('/')))
        return header.section(QLatin1Char('/'), 0, 0);
    static const QString folder = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    for (const char *module : {"QtCore", "QtGui", "QtWidgets", "QtConcurrent", "QtSvg",
                               "QtSvgWidgets", "QtPrintSupport", "QtNetwork", "QtTest"}) {
        if (QFileInfo::exists(folder + QLatin1Char('/') + QLatin1String(module) + QLatin1Char('/')
                              + header))
            return QLatin1String(module);
    }
    return {};
}

bool qtAllowed(Qt allowed, const QString &module)
{
    if (allowed == Qt::All)
        return module != QStringLiteral("QtTest");
    if (module == QStringLiteral("QtCore") || module == QStringLiteral("QtConcurrent"))
        return allowed != Qt::None;
    return module == QStringLiteral("QtGui") && allowed == Qt::Gui;
}

/// "torch", "hdf5", "neuron", "qcustomplot" or nothing.
QString otherLibrary(const QString &header)
{
    static const QRegularExpression Torch(QStringLiteral("^(torch|ATen|c10|caffe2)/"));
    static const QRegularExpression Hdf5(QStringLiteral("^(hdf5|hdf5_hl|H5\\w*)\\.h$"));
    static const QRegularExpression Neuron(
        QStringLiteral("^(hoc\\w*|oc_\\w+|oc2iv|nrn\\w*|neuron|section|membfunc|multicore|"
                       "ivocvect|parse|cabvars|code|mech_api|neuronapi)(\\.h|\\.hpp|/.*)$"));
    if (Torch.match(header).hasMatch())
        return QStringLiteral("torch");
    if (Hdf5.match(header).hasMatch())
        return QStringLiteral("hdf5");
    if (header == QStringLiteral("qcustomplot.h") || header == QStringLiteral("QCustomPlot"))
        return QStringLiteral("qcustomplot");
    if (Neuron.match(header).hasMatch())
        return QStringLiteral("neuron");
    return {};
}

/// Why this file may not include this header; empty when it may.
QString fault(const Rule &rule, const QString &path, const QString &header, bool quoted)
{
    static const QRegularExpression Standard(QStringLiteral("^[a-z][a-z0-9_]*$"));
    static const QRegularExpression OurFolder(QStringLiteral("^(engine|widgets|app|tests)/"));
    if (OurFolder.match(header).hasMatch()) {
        for (const QString &allowed : rule.own) {
            if (names(allowed, header))
                return {};
        }
        return QStringLiteral("a layer that it must not see");
    }
    if (const QString library = otherLibrary(header); !library.isEmpty())
        return rule.others.contains(library) ? QString() : library + QStringLiteral(" here");
    if (header.startsWith(QStringLiteral("nlohmann/"))) {
        const bool source = path.endsWith(QStringLiteral(".cpp"));
        const bool allowed = rule.json == Json::Yes || (rule.json == Json::Sources && source);
        return allowed ? QString() : QStringLiteral("nlohmann/json here");
    }
    if (quoted) {
        const bool generated =
            header.endsWith(QStringLiteral(".moc")) || header.startsWith(QStringLiteral("ui_"));
        return generated ? QString() : QStringLiteral("a header not named from the root");
    }
    if (header.startsWith(QLatin1Char('Q')) || header.startsWith(QStringLiteral("q"))) {
        const QString module = qtModule(header);
        if (module.isEmpty())
            return QStringLiteral("a Qt header of no known module");
        return qtAllowed(rule.qt, module) ? QString() : module + QStringLiteral(" here");
    }
    if (rule.standardOnly && !Standard.match(header).hasMatch())
        return QStringLiteral("more than the standard library");
    return {};
}

} // namespace

QStringList layerFaults(const QString &path, const QString &text)
{
    const Rule *rule = nullptr;
    for (const Rule &candidate : rules()) {
        if (path.startsWith(QLatin1String(candidate.folder))) {
            rule = &candidate;
            break;
        }
    }
    if (!rule)
        return {};
    static const QRegularExpression Include(
        QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    QStringList faults;
    bool seesQt = false;
    bool seesNeuron = false;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QRegularExpressionMatch match = Include.match(lines[i]);
        if (!match.hasMatch())
            continue;
        const QString header = match.captured(2);
        const bool quoted = match.captured(1) == QStringLiteral("\"");
        const auto report = [&](const QString &what) {
            faults
                << QStringLiteral("%1:%2: includes %3, %4").arg(path).arg(i + 1).arg(header, what);
        };
        if (const QString what = fault(*rule, path, header, quoted); !what.isEmpty())
            report(what);
        seesQt |= !quoted && header.startsWith(QLatin1Char('Q'));
        seesNeuron |= otherLibrary(header) == QStringLiteral("neuron");
        if (seesQt && seesNeuron) {
            report(QStringLiteral("NEURON and Qt in one file"));
            seesQt = seesNeuron = false;
        }
    }
    return faults;
}

QStringList ruledFolders()
{
    return {QStringLiteral("engine"), QStringLiteral("widgets"), QStringLiteral("app")};
}

} // namespace dt::test
