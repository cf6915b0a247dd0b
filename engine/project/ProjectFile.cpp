// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/ProjectFile.h"

#include "engine/base/Version.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Validation.h"
#include "engine/files/TargetFile.h"
#include "engine/json/NeuronJson.h"

#include <nlohmann/json.hpp>

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace dt {

namespace {

constexpr const char *Format = "dendrotwin-project";
/// A project is small; anything larger is another kind of file.
constexpr qint64 MaxBytes = 64 << 20;

Error fileError(ErrorCode code, const QString &path, const QString &sentence)
{
    return {code, sentence.toStdString(), path.toStdString()};
}

} // namespace

QByteArray projectText(const Project &project)
{
    const Json json{{"format", Format},
                    {"format_version", ProjectFormatVersion},
                    {"created_by", "DendroTwin " + std::string(ProgramVersion)},
                    {"neuron", toJson(project.neuron)},
                    {"stimulus", toJson(project.stimulus, project.neuron)}};
    return QByteArray::fromStdString(json.dump(2)) + '\n';
}

Result<Project> projectFromText(const QByteArray &text, const QString &place)
{
    const std::string name = place.toStdString();
    const QByteArray start = text.trimmed().left(1);
    if (!start.isEmpty() && start != "{") // another kind of file, not a damaged one of ours
        return Error{ErrorCode::Format, name + " is not a DendroTwin project.", name};
    const Result<Json> json =
        parseJson({text.constData(), static_cast<std::size_t>(text.size())}, name);
    if (!json)
        return json.error();
    if (!json->is_object() || json->value("format", Json()) != Format)
        return Error{ErrorCode::Format, name + " is not a DendroTwin project.", name};
    const Json version = json->value("format_version", Json());
    if (!version.is_number_integer())
        return Error{ErrorCode::Format, name + " does not say which format version it has.", name};
    if (version.get<double>() > ProjectFormatVersion)
        return Error{ErrorCode::Version,
                     name + " was saved by a newer DendroTwin (format " + version.dump()
                         + ", this program reads up to " + std::to_string(ProjectFormatVersion)
                         + "). Update the program.",
                     name};
    Project project;
    if (!json->contains("neuron"))
        return Error{ErrorCode::Format, name + " holds no neuron.", name};
    const Result<Neuron> neuron = neuronFromJson(json->at("neuron"), name);
    if (!neuron)
        return neuron.error();
    project.neuron = *neuron;
    if (const Status valid = validateNeuron(project.neuron); !valid)
        return Error{valid.error().code, name + ": " + valid.error().message, name};
    project.stimulus = {};
    if (json->contains("stimulus")) {
        const Result<Stimulus> stimulus =
            stimulusFromJson(json->at("stimulus"), project.neuron, name);
        if (!stimulus)
            return stimulus.error();
        project.stimulus = *stimulus;
    }
    if (const Status valid = validateStimulus(project.stimulus); !valid)
        return Error{valid.error().code, name + ": " + valid.error().message, name};
    return project;
}

Result<Project> loadProject(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fileError(ErrorCode::NotFound, path,
                         QStringLiteral("There is no file %1. Check the name.").arg(path));
    if (info.isDir() || info.size() > MaxBytes)
        return fileError(ErrorCode::Format, path,
                         QStringLiteral("%1 is not a DendroTwin project.").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(ErrorCode::Io, path,
                         QStringLiteral("%1 cannot be read: %2. Check its permissions.")
                             .arg(path, file.errorString()));
    return projectFromText(file.readAll(), path);
}

QByteArray fileStamp(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result().toHex();
}

Status saveProject(const QString &path, const Project &project)
{
    const std::string name = path.toStdString();
    const Status written = writeFile(name, projectText(project).toStdString(), true);
    if (!written)
        return Error{ErrorCode::Io, written.error().message + " Your work is still here.", name};
    return Done{};
}

} // namespace dt
