// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/ProjectFile.h"

#include "tests/support/Child.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <random>
#include <sys/stat.h>

using namespace dt;

namespace {

Project treeProject()
{
    Project project;
    project.neuron = test::treeWithTable();
    project.stimulus.durationMs = 300;
    project.stimulus.painted = {{Polarity::Inhibitory, 4, 17, 2.5},
                                {Polarity::Excitatory, 0, 3, 1}};
    project.stimulus.rain.seed = 99;
    project.stimulus.axons = {true, 7, 32, 12.0, 3.0, 4.0, 2.5};
    return project;
}

/// Calls `visit` with the document in which one value after another is replaced by one of
/// another type, and the path to that value.
void spoilEach(const QJsonValue &root,
               const std::function<void(const QJsonValue &, const QString &)> &visit,
               const QString &path = {})
{
    // Not a project file's type anywhere, unless the value was a list of lists.
    const QJsonValue other = root.isString() ? QJsonValue(7) : QJsonValue(QStringLiteral("no"));
    visit(other, path);
    if (root.isObject()) {
        const QJsonObject object = root.toObject();
        for (const QString &key : object.keys()) {
            spoilEach(
                object[key],
                [&](const QJsonValue &changed, const QString &where) {
                    QJsonObject copy = object;
                    copy[key] = changed;
                    visit(copy, where);
                },
                path + QLatin1Char('/') + key);
        }
    } else if (root.isArray()) {
        const QJsonArray array = root.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            spoilEach(
                array[i],
                [&](const QJsonValue &changed, const QString &where) {
                    QJsonArray copy = array;
                    copy[i] = changed;
                    visit(copy, where);
                },
                path + QLatin1Char('/') + QString::number(i));
        }
    }
}

} // namespace

class tst_ProjectFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void roundTrip();
    void olderFileHasNoAxons();
    void savedTextIsReadable();
    void malformed_data();
    void malformed();
    void everyPrefix();
    void everyWrongType();
    void damagedBytes();
    void notLoadable_data();
    void notLoadable();
    void unreadable();
    void saveReplaces();
    void saveRefused_data();
    void saveRefused();
    void readOnlyFolder();
    void diskFull();

private:
    [[nodiscard]] QString at(const char *name) const { return m_folder->at(QLatin1String(name)); }

    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_ProjectFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_ProjectFile::roundTrip()
{
    for (const Project &project : {Project(), treeProject()}) {
        VERIFY_OK(saveProject(at("a.dendro"), project));
        const Result<Project> again = loadProject(at("a.dendro"));
        VERIFY_OK(again);
        QCOMPARE(*again, project);
        QCOMPARE(m_folder->names(), QStringList("a.dendro"));
    }
}

void tst_ProjectFile::olderFileHasNoAxons()
{
    QJsonObject json = QJsonDocument::fromJson(projectText(treeProject())).object();
    QJsonObject stimulus = json[QStringLiteral("stimulus")].toObject();
    QVERIFY(stimulus.contains(QStringLiteral("axons")));
    stimulus.remove(QStringLiteral("axons"));
    json[QStringLiteral("stimulus")] = stimulus;
    const Result<Project> project =
        projectFromText(QJsonDocument(json).toJson(), QStringLiteral("old.dendro"));
    VERIFY_OK(project);
    QCOMPARE(project->stimulus.axons, Axons());
    QVERIFY(!project->stimulus.axons.on);
}

void tst_ProjectFile::savedTextIsReadable()
{
    const QByteArray text = projectText(treeProject());
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    QCOMPARE(json["format"].toString(), QStringLiteral("dendrotwin-project"));
    QCOMPARE(json["format_version"].toInt(), ProjectFormatVersion);
    QVERIFY(json["created_by"].toString().startsWith(QStringLiteral("DendroTwin ")));
    QCOMPARE(json["stimulus"]["events"][0]["dendrite"].toString(), QStringLiteral("tuft"));
    QVERIFY(text.count('\n') > 50);
    QVERIFY(text.endsWith("}\n"));
}

void tst_ProjectFile::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const QByteArray &text, const char *words,
                        ErrorCode code = ErrorCode::Format) {
        QTest::newRow(name) << text << QByteArray(words) << int(code);
    };
    const auto project = [](const QByteArray &members) {
        return QByteArray(R"({"format": "dendrotwin-project", "format_version": 1)") + members
            + "}";
    };
    row("empty file", "", "ends too early");
    row("text", "Dear reader,\nthis is no project.\n", "is not a DendroTwin project");
    row("HDF5", QByteArray("\x89HDF\r\n\x1a\n\0\0\0\0", 12), "is not a DendroTwin project");
    row("one damaged place", R"({"format": "dendrotwin-project", "format_version": x})",
        "is damaged at line 1, column 52. Use a backup, if there is one.");
    row("a list", "[1, 2]", "is not a DendroTwin project");
    row("another object", "{}", "is not a DendroTwin project");
    row("another format", R"({"format": "tiled-map", "format_version": 1})", "is not a DendroTwin");
    row("format is a number", R"({"format": 3})", "is not a DendroTwin project");
    row("no version", R"({"format": "dendrotwin-project"})", "which format version");
    row("version is text", R"({"format": "dendrotwin-project", "format_version": "1"})",
        "which format version");
    row("version is a fraction", R"({"format": "dendrotwin-project", "format_version": 1.5})",
        "which format version");
    row("newer", R"({"format": "dendrotwin-project", "format_version": 2})", "newer DendroTwin",
        ErrorCode::Version);
    row("much newer", R"({"format": "dendrotwin-project", "format_version": 18446744073709551615})",
        "newer DendroTwin", ErrorCode::Version);
    row("no neuron", project(""), "holds no neuron");
    row("neuron is null", project(R"(, "neuron": null)"), "the neuron is not an object");
    row("stimulus is text", project(R"(, "neuron": {}, "stimulus": "rain")"),
        "the stimulus is not");
    row("absurd neuron", project(R"(, "neuron": {"dendrites": [{"diam_um": 0}]})"),
        "diameter of 0 um", ErrorCode::InvalidValue);
    row("absurd segments", project(R"(, "neuron": {"dendrites": [{"segments": 2000000000}]})"),
        "segments", ErrorCode::InvalidValue);
    row("no dendrites", project(R"(, "neuron": {"dendrites": []})"), "no dendrite",
        ErrorCode::InvalidValue);
    row("equal names", project(R"(, "neuron": {"dendrites": [{"name": "a"}, {"name": "a"}]})"),
        "Two dendrites", ErrorCode::InvalidValue);
    row("absurd stimulus", project(R"(, "neuron": {}, "stimulus": {"duration_ms": 0})"), "duration",
        ErrorCode::InvalidValue);
    row("absurd event",
        project(R"(, "neuron": {}, "stimulus": {"events": [{"dendrite": "dend", "weight": -1}]})"),
        "weight of an event", ErrorCode::InvalidValue);
}

void tst_ProjectFile::malformed()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    QVERIFY(m_folder->write("bad.dendro", text));
    const Result<Project> project = loadProject(at("bad.dendro"));
    VERIFY_ERROR(project, ErrorCode(code), words.toStdString());
    QVERIFY2(test::contains(project.error().message, at("bad.dendro").toStdString()),
             project.error().message.c_str());
    QCOMPARE(project.error().place, at("bad.dendro").toStdString());
}

void tst_ProjectFile::everyPrefix()
{
    const QByteArray text = projectText(treeProject());
    for (qsizetype size = 0; size < text.size() - 1; ++size) {
        const Result<Project> project = projectFromText(text.left(size), "cut.dendro");
        VERIFY_ERROR(project, ErrorCode::Format, "cut.dendro ends too early");
    }
    QVERIFY(projectFromText(text.chopped(1), "whole.dendro").ok());
}

void tst_ProjectFile::everyWrongType()
{
    const QJsonValue good = QJsonDocument::fromJson(projectText(treeProject())).object();
    int spoiled = 0;
    spoilEach(good, [&](const QJsonValue &bad, const QString &where) {
        if (!bad.isObject() || where == QStringLiteral("/created_by"))
            return;
        const QByteArray text = QJsonDocument(bad.toObject()).toJson();
        const Result<Project> project = projectFromText(text, "bad.dendro");
        ++spoiled;
        QVERIFY2(!project.ok(), qPrintable(where));
        const std::string &message = project.error().message;
        QVERIFY2(test::isSentence(message), message.c_str());
        QVERIFY2(test::contains(message, "bad.dendro"), message.c_str());
        // The place is the key, or for whole entries what the entry is called.
        const QString key = where.section(QLatin1Char('/'), -1);
        bool isNumber = false;
        key.toInt(&isNumber);
        if (!isNumber && where.count(QLatin1Char('/')) > 1)
            QVERIFY2(test::contains(message, "'" + key.toStdString() + "'")
                         || test::contains(message, "'no'") || test::contains(message, "''"),
                     qPrintable(where + QStringLiteral(": ") + QString::fromStdString(message)));
    });
    QVERIFY2(spoiled > 100, qPrintable(QString::number(spoiled)));
}

void tst_ProjectFile::damagedBytes()
{
    // Whatever happens to bytes on a disk: a project or a sentence, never an exception.
    const QByteArray good = projectText(treeProject());
    std::mt19937 random(1);
    int refused = 0;
    for (int i = 0; i < 4000; ++i) {
        QByteArray text = good;
        for (int k = 0; k < 1 + i % 3; ++k) {
            const auto where = static_cast<qsizetype>(random() % std::size_t(text.size()));
            constexpr char Bytes[] = "0123456789eE+-.\"'{}[],: \n\\\0\xff";
            text[where] = Bytes[random() % (sizeof Bytes - 1)];
        }
        const Result<Project> project = projectFromText(text, "damaged.dendro");
        if (project)
            continue;
        ++refused;
        QVERIFY2(test::isSentence(project.error().message)
                     && test::contains(project.error().message, "damaged.dendro"),
                 (project.error().message + "\n" + text.toStdString()).c_str());
    }
    QVERIFY2(refused > 1000, qPrintable(QString::number(refused)));
}

void tst_ProjectFile::notLoadable_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("missing") << int(ErrorCode::NotFound);
    QTest::newRow("missing folder") << int(ErrorCode::NotFound);
    QTest::newRow("folder") << int(ErrorCode::Format);
    QTest::newRow("huge") << int(ErrorCode::Format);
}

void tst_ProjectFile::notLoadable()
{
    QFETCH(int, code);
    const QByteArray tag = QTest::currentDataTag();
    QString path = at("a.dendro");
    if (tag == "missing folder")
        path = at("none/a.dendro");
    else if (tag == "folder")
        path = m_folder->path();
    else if (tag == "huge") {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64(1) << 31)); // sparse
    }
    const Result<Project> project = loadProject(path);
    VERIFY_ERROR(project, ErrorCode(code), path.toStdString());
}

void tst_ProjectFile::unreadable()
{
    VERIFY_OK(saveProject(at("secret.dendro"), {}));
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0755) == 0);
    QVERIFY(::chmod(at("secret.dendro").toLocal8Bit(), 0) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "cannot drop privileges";
        const Result<Project> project = loadProject(at("secret.dendro"));
        return project ? "loaded" : project.error().message;
    });
    QVERIFY(child.exited);
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, "cannot be read")
                 && test::contains(child.text, "secret.dendro"),
             child.text.c_str());
}

void tst_ProjectFile::saveReplaces()
{
    QVERIFY(m_folder->write("a.dendro", QByteArray(100000, 'x')));
    VERIFY_OK(saveProject(at("a.dendro"), treeProject()));
    QCOMPARE(m_folder->read("a.dendro"), projectText(treeProject()));
    QCOMPARE(m_folder->names(), QStringList("a.dendro"));
}

void tst_ProjectFile::saveRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("missing folder") << "none/a.dendro";
    QTest::newRow("a folder") << "folder";
    QTest::newRow("below a file") << "file/a.dendro";
    QTest::newRow("no name") << "";
}

void tst_ProjectFile::saveRefused()
{
    QFETCH(QString, name);
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("folder")));
    QVERIFY(m_folder->write("file", "old"));
    const QString path = name.isEmpty() ? name : m_folder->at(name);
    VERIFY_ERROR(saveProject(path, {}), ErrorCode::Io, "Your work is still here.");
    QCOMPARE(m_folder->names(), (QStringList{"file", "folder"}));
    QCOMPARE(m_folder->read("file"), QByteArray("old"));
    QVERIFY(QDir(at("folder")).isEmpty());
}

void tst_ProjectFile::readOnlyFolder()
{
    VERIFY_OK(saveProject(at("a.dendro"), {}));
    const QByteArray old = m_folder->read("a.dendro");
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0555) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "cannot drop privileges";
        const Status saved = saveProject(at("a.dendro"), treeProject());
        const Status another = saveProject(at("b.dendro"), treeProject());
        if (saved || another)
            return "saved";
        return saved.error().message + "\n" + another.error().message;
    });
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0755) == 0);
    QVERIFY(child.exited);
    const QStringList messages = QString::fromStdString(child.text).split(QLatin1Char('\n'));
    QCOMPARE(messages.size(), 2);
    for (const QString &message : messages)
        QVERIFY2(test::isSentence(message.toStdString())
                     && message.contains(QStringLiteral("Your work is still here.")),
                 qPrintable(message));
    QCOMPARE(m_folder->read("a.dendro"), old);
    QCOMPARE(m_folder->names(), QStringList("a.dendro"));
}

void tst_ProjectFile::diskFull()
{
    VERIFY_OK(saveProject(at("a.dendro"), {}));
    const QByteArray old = m_folder->read("a.dendro");
    const test::ChildResult child = test::inChild([&]() -> std::string {
        test::limitFileSize(500);
        const Status saved = saveProject(at("a.dendro"), treeProject());
        return saved ? "saved" : saved.error().message;
    });
    QVERIFY(child.exited);
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, "could not be written: ")
                 && test::contains(child.text, "a.dendro"),
             child.text.c_str());
    QCOMPARE(m_folder->read("a.dendro"), old);
    QCOMPARE(m_folder->names(), QStringList("a.dendro"));
}

DT_TEST(tst_ProjectFile, QCoreApplication)
#include "tst_ProjectFile.moc"
