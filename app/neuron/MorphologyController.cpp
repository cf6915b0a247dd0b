// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/neuron/MorphologyController.h"

#include "app/window/ProjectController.h"
#include "engine/cell/Cable.h"
#include "engine/document/Document.h"
#include "engine/files/TargetFile.h"
#include "engine/jobs/MechanismPath.h"
#include "engine/recording/NeuronScript.h"
#include "widgets/cell/SwcFaultsView.h"
#include "widgets/forms/Counted.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/shell/ScriptView.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <utility>

namespace dt {

namespace {

/// What is offered to a cell without soma [um]: the soma of the program's own neurons.
constexpr double OfferedSomaUm = 25.0;
/// A drag makes many changes: the script is put together when they pause.
constexpr int ScriptDelayMs = 150;
/// Files that take so long to read that one wonders.
constexpr qint64 LongReadBytes = 4'000'000;

QString number(double value, int decimals)
{
    return QLocale::c().toString(value, 'f', decimals);
}

} // namespace

MorphologyController::MorphologyController(Document *document, ProjectDialogs *dialogs,
                                           NoticeBar *notice, QWidget *window) :
    QObject(window),
    m_document(document), m_dialogs(dialogs), m_notice(notice), m_window(window)
{
    connect(document->undoStack(), &QUndoStack::indexChanged, this,
            &MorphologyController::followUndo);
    m_scriptTimer.setSingleShot(true);
    m_scriptTimer.setInterval(ScriptDelayMs);
    connect(&m_scriptTimer, &QTimer::timeout, this, &MorphologyController::writeScript);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.everything) { // what was read or said was for the project before
            m_reader.forget();
            if (m_banner)
                m_notice->withdraw(m_banner->sentence);
            m_banner.reset();
            if (m_faults)
                m_faults->hide();
        } else if (!event.replayed && m_banner && !m_banner->shown) {
            m_banner.reset(); // the import cannot come back
        }
        if (!m_script || !m_script->isVisible())
            return;
        m_script->setStale(true);
        m_scriptTimer.start();
    });
}

// The banner goes with the import and comes back with it.
void MorphologyController::followUndo(int index)
{
    if (!m_banner)
        return;
    const bool shown = index >= m_banner->undoIndex;
    if (shown == m_banner->shown)
        return;
    if (shown)
        showBanner();
    else
        m_notice->withdraw(m_banner->sentence);
    m_banner->shown = shown;
}

void MorphologyController::showBanner()
{
    const auto closed = [this] { m_banner.reset(); };
    if (m_banner->reading.warnings.empty())
        m_notice->show(NoticeBar::Kind::Offer, m_banner->sentence, {}, {}, closed);
    else
        m_notice->show(
            NoticeBar::Kind::Offer, m_banner->sentence, tr("Show Remarks"),
            [this] {
                const Banner banner = *std::exchange(m_banner, {});
                m_faults->showRemarks(banner.file, banner.reading);
            },
            closed);
}

MorphologyController::~MorphologyController() = default;

QString MorphologyController::name() const
{
    return m_document->path().isEmpty() ? tr("neuron")
                                        : QFileInfo(m_document->path()).completeBaseName();
}

QString MorphologyController::folder() const
{
    if (!m_lastFolder.isEmpty())
        return m_lastFolder;
    return m_document->path().isEmpty() ? QDir::homePath()
                                        : QFileInfo(m_document->path()).absolutePath();
}

void MorphologyController::askAndImport()
{
    const QString path = m_dialogs->askImportMorphology(folder());
    if (!path.isEmpty())
        importPath(path);
}

void MorphologyController::importPath(const QString &path)
{
    m_lastFolder = QFileInfo(path).absolutePath();
    read(path, {});
}

void MorphologyController::read(const QString &path, const SwcOptions &options)
{
    m_path = path;
    if (QFileInfo(path).size() > LongReadBytes)
        Q_EMIT told(tr("Reading %1...").arg(QFileInfo(path).fileName()));
    m_reader.ask(
        [path, options]() -> Result<SwcReading> {
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly))
                return Error{file.exists() ? ErrorCode::Io : ErrorCode::NotFound,
                             tr("%1 cannot be read: %2. Check its name and permissions.")
                                 .arg(path, file.errorString())
                                 .toStdString(),
                             path.toStdString()};
            // One byte more than is allowed is enough to be refused.
            const QByteArray text = file.read(qint64(MaxSwcBytes) + 1);
            return readSwc({text.constData(), static_cast<std::size_t>(text.size())}, options);
        },
        [this](const Result<SwcReading> &read) { finishImport(read); });
}

void MorphologyController::finishImport(const Result<SwcReading> &read)
{
    const QString file = QFileInfo(m_path).fileName();
    if (QFileInfo(m_path).size() > LongReadBytes)
        Q_EMIT told(tr("Read %1.").arg(file));
    if (!read) {
        Q_EMIT failed(read.error());
        return;
    }
    if (!m_faults) {
        m_faults = new SwcFaultsView(m_window);
        connect(m_faults, &SwcFaultsView::addSomaRequested, this,
                [this] { this->read(m_path, {OfferedSomaUm}); });
    }
    if (!read->morphology) {
        m_faults->showFaults(file, *read, OfferedSomaUm);
        return;
    }
    m_faults->hide();

    const std::size_t painted = m_document->stimulus().painted.size();
    const std::size_t electrodes = m_document->stimulus().electrodes.size();
    const Neuron neuron = neuronFromSwc(*read->morphology, m_document->neuron());
    const Status edited =
        m_document->edit(tr("Import %1").arg(file), [&neuron](Project &p) { p.neuron = neuron; });
    if (!edited) {
        Q_EMIT failed(edited.error());
        return;
    }
    const CableCard card = cableCard(neuron);
    QString sentence = tr("%1: %2, %3 µm in all, %4; soma %5 x %6 µm.")
                           .arg(file,
                                countedText(static_cast<qsizetype>(neuron.dendrites.size()),
                                            tr("1 dendrite"), tr("%1 dendrites")),
                                number(card.totalLengthUm, 0),
                                countedText(card.segments, tr("1 segment"), tr("%1 segments")))
                           .arg(number(neuron.soma.lengthUm, 1), number(neuron.soma.diamUm, 1));
    const bool eventsGone = painted > m_document->stimulus().painted.size();
    const bool electrodesGone = electrodes > m_document->stimulus().electrodes.size();
    if (eventsGone || electrodesGone)
        sentence += u' '
            + tr("%1 on the old dendrites are gone; Undo brings them back.")
                  .arg(!electrodesGone  ? tr("Painted events")
                           : eventsGone ? tr("Painted events and electrodes")
                                        : tr("Electrodes"));
    Q_EMIT imported();
    if (!read->warnings.empty())
        sentence += u' '
            + countedText(static_cast<qsizetype>(read->warnings.size()), tr("1 remark."),
                          tr("%1 remarks."));
    m_banner = Banner{sentence, file, *read, m_document->undoStack()->index(), true};
    showBanner();
}

void MorphologyController::askAndExport()
{
    const QString path =
        m_dialogs->askExportMorphology(QDir(folder()).filePath(name() + QStringLiteral(".swc")));
    if (path.isEmpty())
        return;
    m_lastFolder = QFileInfo(path).absolutePath();
    const std::string text = writeSwc(m_document->neuron(), name().toStdString());
    if (const Status written = writeFile(path.toStdString(), text, true); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

void MorphologyController::showScript()
{
    if (!m_script) {
        m_script = new ScriptView(m_window);
        connect(m_script, &ScriptView::saveRequested, this, &MorphologyController::saveScript);
        connect(m_script, &ScriptView::shown, this, &MorphologyController::writeScript);
    }
    m_script->show();
    m_script->raise();
    m_script->activateWindow();
}

void MorphologyController::writeScript()
{
    m_scriptTimer.stop();
    m_script->setStale(true);
    const ScriptOptions options{name().toStdString(), mechanismLibraryPath().toStdString()};
    m_writer.ask(
        [project = m_document->project(), options] {
            return QString::fromStdString(neuronScript(project.neuron, project.stimulus, options));
        },
        [this](const QString &script) {
            if (!m_scriptTimer.isActive()) // else a newer one follows
                m_script->setScript(script);
        });
}

void MorphologyController::saveScript()
{
    const QString path =
        m_dialogs->askSaveScript(QDir(folder()).filePath(name() + QStringLiteral(".py")));
    if (path.isEmpty())
        return;
    m_lastFolder = QFileInfo(path).absolutePath();
    const std::string text = m_script->script().toStdString();
    if (const Status written = writeFile(path.toStdString(), text, true); !written)
        Q_EMIT failed(written.error());
    else
        m_script->setMessage(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

} // namespace dt
