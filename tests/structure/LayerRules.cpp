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
    QStringList own; ///< folders and headers of ours
    Qt qt = Qt::None;
    Json json = Json::No;
    QStringList others = {}; ///< torch, hdf5, neuron, qcustomplot
    bool standardOnly = false; ///< no headers of the operating system either
};

const QList<Rule> &rules()
{
    static const QList<Rule> Table{
        {"engine/model/", {"engine/model/"}, Qt::None, Json::No, {}, true},
        {"engine/json/", {"engine/model/", "engine/json/"}, Qt::None, Json::Yes},
        {"engine/files/", {"engine/model/", "engine/files/"}},
        {"engine/data/",
         {"engine/model/", "engine/files/", "engine/json/", "engine/data/"},
         Qt::None,
         Json::No,
         {"hdf5"}},
        {"engine/ml/",
         {"engine/model/", "engine/data/", "engine/ml/"},
         Qt::None,
         Json::No,
         {"torch"}},
        {"engine/fast/", {"engine/model/", "engine/fast/"}},
        {"engine/sim/", {"engine/model/", "engine/json/", "engine/sim/"}, Qt::Core, Json::Sources},
        {"engine/explore/",
         {"engine/model/", "engine/sim/SimulationRequest.h", "engine/explore/"},
         Qt::None,
         Json::No,
         {},
         true},
        {"engine/worker/",
         {"engine/model/", "engine/sim/", "engine/worker/"},
         Qt::Core,
         Json::No,
         {"neuron"}},
        {"engine/jobs/",
         {"engine/model/", "engine/files/", "engine/json/", "engine/data/", "engine/explore/",
          "engine/fast/", "engine/sim/", "engine/project/", "engine/jobs/", "engine/ml/MlApi.h"},
         Qt::Core,
         Json::Sources},
        {"engine/project/",
         {"engine/model/", "engine/files/", "engine/json/", "engine/project/"},
         Qt::Core,
         Json::Sources},
        {"engine/document/", {"engine/model/", "engine/project/", "engine/document/"}, Qt::Gui},
        {"engine/lessons/", {"engine/model/", "engine/lessons/"}, Qt::Core},
        {"engine/", {}}, // a new folder needs a rule
        // Widgets compute nothing and open no files: values, the document, and interfaces of jobs.
        {"widgets/plots/PlotCanvas",
         {"engine/model/", "widgets/"},
         Qt::All,
         Json::No,
         {"qcustomplot"}},
        {"widgets/",
         {"engine/model/", "engine/document/", "engine/explore/", "engine/jobs/", "engine/lessons/",
          "engine/project/Project.h", "engine/sim/SimulationRequest.h", "widgets/"},
         Qt::All},
        {"app/cli/", {"engine/", "app/cli/"}, Qt::Core, Json::Yes},
        {"app/", {"engine/", "widgets/", "app/"}, Qt::All},
    };
    return Table;
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
            if (header.startsWith(allowed))
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
