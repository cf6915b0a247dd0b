// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/CborParts.h"

#include <QCborArray>

#include <array>
#include <utility>

namespace dt {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ElectrodeNumbers{std::pair{"x"_L1, &Electrode::x},
                                      std::pair{"start_ms"_L1, &Electrode::startMs},
                                      std::pair{"duration_ms"_L1, &Electrode::durationMs},
                                      std::pair{"current_na"_L1, &Electrode::currentNa},
                                      std::pair{"step_mv"_L1, &Electrode::stepMv},
                                      std::pair{"hold_mv"_L1, &Electrode::holdMv},
                                      std::pair{"series_mohm"_L1, &Electrode::seriesMohm}};

} // namespace

QCborMap electrodesMap(const std::vector<Electrode> &electrodes)
{
    QCborArray names;
    std::vector<quint8> voltage;
    std::vector<quint8> on;
    std::vector<qint32> dendrite;
    for (const Electrode &e : electrodes) {
        names.append(QString::fromStdString(e.name));
        voltage.push_back(e.clamp == Clamp::Voltage);
        on.push_back(e.on);
        dendrite.push_back(e.dendrite);
    }
    QCborMap map{{"names"_L1, names},
                 {"voltage"_L1, bytesOf(voltage)},
                 {"on"_L1, bytesOf(on)},
                 {"dendrite"_L1, bytesOf(dendrite)}};
    for (const auto &[key, member] : ElectrodeNumbers) {
        std::vector<double> values;
        for (const Electrode &e : electrodes)
            values.push_back(e.*member);
        map.insert(key, bytesOf(values));
    }
    return map;
}

bool readElectrodesMap(const QCborMap &map, std::vector<Electrode> &electrodes)
{
    const QCborArray names = map["names"_L1].toArray();
    const auto count = static_cast<std::size_t>(names.size());
    std::vector<quint8> voltage;
    std::vector<quint8> on;
    std::vector<qint32> dendrite;
    if (!readBytes(map["voltage"_L1], voltage) || !readBytes(map["on"_L1], on)
        || !readBytes(map["dendrite"_L1], dendrite) || voltage.size() != count || on.size() != count
        || dendrite.size() != count)
        return false;
    electrodes.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        Electrode &e = electrodes[i];
        e.name = names[static_cast<qsizetype>(i)].toString().toStdString();
        e.clamp = voltage[i] ? Clamp::Voltage : Clamp::Current;
        e.on = on[i] != 0;
        e.dendrite = dendrite[i];
    }
    for (const auto &[key, member] : ElectrodeNumbers) {
        std::vector<double> values;
        if (!readBytes(map[key], values) || values.size() != count)
            return false;
        for (std::size_t i = 0; i < count; ++i)
            electrodes[i].*member = values[i];
    }
    return true;
}

QCborMap probesMap(const std::vector<Probe> &probes)
{
    std::vector<quint8> what;
    std::vector<qint32> index;
    std::vector<double> x;
    for (const Probe &p : probes) {
        const bool voltage = p.what == Probe::What::Voltage;
        what.push_back(voltage ? 0 : 1);
        index.push_back(voltage ? p.dendrite : p.electrode);
        x.push_back(p.x);
    }
    return {{"what"_L1, bytesOf(what)}, {"index"_L1, bytesOf(index)}, {"x"_L1, bytesOf(x)}};
}

bool readProbesMap(const QCborMap &map, std::vector<Probe> &probes)
{
    std::vector<quint8> what;
    std::vector<qint32> index;
    std::vector<double> x;
    if (!readBytes(map["what"_L1], what) || !readBytes(map["index"_L1], index)
        || !readBytes(map["x"_L1], x) || index.size() != what.size() || x.size() != what.size())
        return false;
    for (std::size_t i = 0; i < what.size(); ++i) {
        Probe p;
        p.what = what[i] == 0 ? Probe::What::Voltage : Probe::What::ElectrodeCurrent;
        (what[i] == 0 ? p.dendrite : p.electrode) = index[i];
        p.x = x[i];
        probes.push_back(p);
    }
    return true;
}

Error malformed(const QString &what)
{
    return {ErrorCode::Worker, QStringLiteral("a malformed message (%1)").arg(what).toStdString(),
            "worker"};
}

} // namespace dt
