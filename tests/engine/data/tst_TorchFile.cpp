// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TorchFile.h"

#include "engine/base/Random.h"
#include "engine/data/ZipFile.h"
#include "tests/support/Child.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <memory>

using namespace dt;
using namespace std::string_literals;

namespace {

/// Exit code; what was printed goes to `output`.
int python(const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.start(
        QStringLiteral("/usr/bin/python3"),
        QStringList(QString::fromStdString(test::sourceDir() + "/tests/engine/data/torch_file.py"))
            + arguments);
    if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
        return -1;
    *output =
        process.exitCode() == 0 ? process.readAllStandardOutput() : process.readAllStandardError();
    return process.exitCode();
}

std::vector<float> numbered(std::size_t count)
{
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(0.25f * static_cast<float>(i) - 3.0f);
    return values;
}

std::vector<NamedTensor> example()
{
    return {{"stem.weight", {2, 3, 4}, numbered(24)},
            {"scalar", {}, std::vector<float>{-1.5f}},
            {"count", {}, std::vector<std::int64_t>{1234567890123}},
            {"none", {0, 3}, std::vector<float>{}},
            {"\u03c4", {2}, numbered(2)}};
}

const NamedTensor *find(const std::vector<NamedTensor> &tensors, const std::string &name)
{
    for (const NamedTensor &tensor : tensors) {
        if (tensor.name == name)
            return &tensor;
    }
    return nullptr;
}

/// An archive with this pickle and one storage of 4 floats.
QByteArray archive(const std::string &pickle)
{
    ZipWriter zip;
    zip.add("archive/data.pkl", pickle);
    zip.add("archive/data/0", std::string(16, '\0'));
    zip.add("archive/version", "3\n");
    return QByteArray::fromStdString(zip.finish());
}

std::string text(const std::string &value) // BINUNICODE
{
    std::string bytes("X");
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(value.size() >> (8 * i) & 0xFF);
    return bytes + value;
}

/// {"a": a float tensor with these tuples} as a pickle.
std::string tensorPickle(const std::string &items, const std::string &offset,
                         const std::string &shape, const std::string &stride,
                         const std::string &key = "0")
{
    return "\x80\x02}" + text("a") + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage")
        + "ctorch\nFloatStorage\n" + text(key) + text("cpu") + items + "tQ" + offset + shape
        + stride
        + "\x89"
          "ccollections\nOrderedDict\n)RtRs.";
}

std::string big(std::int64_t value) // LONG1
{
    std::string text("\x8a\x08");
    for (int i = 0; i < 8; ++i)
        text += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
    return text;
}

} // namespace

class tst_TorchFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void roundTrip();
    void refused();
    void asTorchSeesIt();
    void asTorchMakesIt_data();
    void asTorchMakesIt();
    void views();
    void types();
    void intoModule();
    void refusedOfTorch_data();
    void refusedOfTorch();
    void handmade_data();
    void handmade();
    void harmlessPickle();
    void archives_data();
    void archives();
    void cutShort();
    void flippedBytes();
    void diskFull();

private:
    [[nodiscard]] std::string made(const char *kind) const
    {
        return m_made.at(QString::fromLatin1(kind) + QStringLiteral(".pt")).toStdString();
    }

    test::TestFolder m_made; ///< by PyTorch, a file of every kind
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_TorchFile::initTestCase()
{
    // All at once: loading PyTorch takes a second or two.
    QByteArray text;
    const int code = python({"make", m_made.path()}, &text);
    QVERIFY2(code == 0, text.constData());
}

void tst_TorchFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("a.pt");
}

void tst_TorchFile::roundTrip()
{
    VERIFY_OK(writeTorch(m_path, example(), false));
    QCOMPARE(m_folder->names(), QStringList("a.pt"));
    QCOMPARE(readTorch(m_path).value(), example());
    VERIFY_OK(writeTorch(m_folder->file("b.pt"), example(), false));
    QCOMPARE(m_folder->read("a.pt"), m_folder->read("b.pt"));
    VERIFY_OK(writeTorch(m_path, {}, true));
    QVERIFY(readTorch(m_path)->empty());
}

void tst_TorchFile::refused()
{
    std::vector<NamedTensor> tensors = example();
    tensors[0].shape = {7};
    VERIFY_ERROR(writeTorch(m_path, tensors, false), ErrorCode::InvalidValue, "does not fit");
    tensors = example();
    tensors[1].name = tensors[0].name;
    VERIFY_ERROR(writeTorch(m_path, tensors, false), ErrorCode::InvalidValue, "two are named");
    VERIFY_ERROR(readTorch(m_path), ErrorCode::NotFound, m_path);
    VERIFY_ERROR(readTorch(m_folder->path().toStdString()), ErrorCode::Format, "folder");
    QVERIFY(m_folder->write("a.pt", "old"));
    VERIFY_ERROR(writeTorch(m_path, example(), false), ErrorCode::Exists, "exists already");
    VERIFY_ERROR(readTorch(m_path), ErrorCode::Format, "not a PyTorch file");
    QCOMPARE(m_folder->read("a.pt"), QByteArray("old"));
}

void tst_TorchFile::asTorchSeesIt()
{
    VERIFY_OK(writeTorch(m_path, example(), false));
    QByteArray text;
    const int code = python({"show", QString::fromStdString(m_path)}, &text);
    QVERIFY2(code == 0, text.constData());
    const QJsonArray tensors = QJsonDocument::fromJson(text).array();
    const std::vector<NamedTensor> written = example();
    QCOMPARE(std::size_t(tensors.size()), written.size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const QJsonObject json = tensors[qsizetype(i)].toObject();
        QCOMPARE(json["name"].toString().toStdString(), written[i].name);
        QCOMPARE(json["dtype"].toString(),
                 written[i].floats() ? QStringLiteral("torch.float32")
                                     : QStringLiteral("torch.int64"));
        QJsonArray shape;
        for (const std::int64_t n : written[i].shape)
            shape.append(qint64(n));
        QCOMPARE(json["shape"].toArray(), shape);
        QJsonArray values;
        std::visit(
            [&](const auto &v) {
                for (const auto value : v)
                    values.append(double(value));
            },
            written[i].values);
        QCOMPARE(json["values"].toArray(), values);
    }
}

void tst_TorchFile::asTorchMakesIt_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::newRow("dict") << QStringList{"a", "b", "i", "none"};
    QTest::newRow("dict@4") << QStringList{"a", "b", "i", "none"};
    QTest::newRow("ordered") << QStringList{"z", "a"};
    QTest::newRow("ordered@5") << QStringList{"z", "a"};
    QTest::newRow("parameters") << QStringList{"p"};
    const QStringList net{"conv.weight",
                          "conv.bias",
                          "norm.weight",
                          "norm.bias",
                          "norm.running_mean",
                          "norm.running_var",
                          "norm.num_batches_tracked"};
    QTest::newRow("state") << net;
    QTest::newRow("checkpoint") << net;
    // Whatever stands beside the weights.
    for (const char *kind :
         {"rng", "rng@4", "training", "training@5", "objects", "objects@3", "objects@4",
          "objects@5", "numpy", "numpy@4", "model", "net", "settings", "inside", "only", "hostile"})
        QTest::newRow(kind) << net;
    QStringList many;
    for (int i = 0; i < 400; ++i)
        many << QStringLiteral("layer%1.weight").arg(i);
    QTest::newRow("many") << many; // more than 256 memo entries
}

void tst_TorchFile::asTorchMakesIt()
{
    QFETCH(QStringList, names);
    const std::string path = made(QTest::currentDataTag());
    const auto tensors = readTorch(path);
    VERIFY_OK(tensors);
    QStringList found;
    for (const NamedTensor &tensor : *tensors) {
        found << QString::fromStdString(tensor.name);
        QVERIFY(tensor.consistent());
    }
    QCOMPARE(found, names);
    if (const NamedTensor *a = find(*tensors, "i")) {
        QCOMPARE(*a->integers(), (std::vector<std::int64_t>{1, -2, std::int64_t{1} << 40}));
        QCOMPARE(*find(*tensors, "a"), (NamedTensor{"a", {2, 3}, numbered(6)}));
        QCOMPARE(*find(*tensors, "b"), (NamedTensor{"b", {}, numbered(1)}));
        QCOMPARE(find(*tensors, "none")->shape, (std::vector<std::int64_t>{0, 3}));
    }
    QVERIFY(!m_made.names().contains(QStringLiteral("harmed"))); // nothing was run
}

void tst_TorchFile::views()
{
    const std::string path = made("views");
    const auto tensors = readTorch(path);
    VERIFY_OK(tensors);
    const std::vector<float> base = numbered(24);
    const auto expect = [&](const char *name, const std::vector<std::int64_t> &shape,
                            const std::vector<std::size_t> &places) {
        std::vector<float> values;
        for (const std::size_t place : places)
            values.push_back(base[place]);
        QCOMPARE(*find(*tensors, name), (NamedTensor{name, shape, values}));
    };
    QCOMPARE(*find(*tensors, "whole"), (NamedTensor{"whole", {4, 6}, base}));
    expect("row", {6}, {6, 7, 8, 9, 10, 11});
    expect("column", {4}, {2, 8, 14, 20});
    expect("part", {2, 3}, {8, 9, 10, 14, 15, 16});
    expect("same", {3, 2}, {0, 0, 0, 0, 0, 0});
    expect("turned", {6, 4},
           {0, 6, 12, 18, 1, 7, 13, 19, 2, 8, 14, 20, 3, 9, 15, 21, 4, 10, 16, 22, 5, 11, 17, 23});
}

void tst_TorchFile::types()
{
    const std::string path = made("types");
    const auto tensors = readTorch(path);
    VERIFY_OK(tensors);
    QCOMPARE(*find(*tensors, "f16")->floats(), numbered(5));
    QCOMPARE(*find(*tensors, "f64")->floats(), numbered(5));
    QCOMPARE(*find(*tensors, "bf16")->floats(), numbered(5));
    for (const char *name : {"i64", "i32", "i16", "i8"})
        QCOMPARE(*find(*tensors, name)->integers(),
                 (std::vector<std::int64_t>{-3, -2, -2, -2, -2}));
    QCOMPARE(*find(*tensors, "u8")->integers(), (std::vector<std::int64_t>{0, 1, 255}));
    QCOMPARE(*find(*tensors, "bool")->integers(), (std::vector<std::int64_t>{1, 0}));
}

void tst_TorchFile::intoModule()
{
    // Strict loading takes exactly a module's names and shapes, counters included.
    const std::vector<NamedTensor> tensors{
        {"conv.weight", {3, 2, 2, 5}, numbered(60)},
        {"conv.bias", {3}, numbered(3)},
        {"norm.weight", {3}, numbered(3)},
        {"norm.bias", {3}, numbered(3)},
        {"norm.running_mean", {3}, numbered(3)},
        {"norm.running_var", {3}, numbered(3)},
        {"norm.num_batches_tracked", {}, std::vector<std::int64_t>{77}}};
    VERIFY_OK(writeTorch(m_path, tensors, false));
    QByteArray text;
    const int code = python({"load", QString::fromStdString(m_path)}, &text);
    QVERIFY2(code == 0, text.constData());
    QCOMPARE(text.trimmed(), QByteArray("77 262.5"));
}

void tst_TorchFile::refusedOfTorch_data()
{
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *kind, const char *words) {
        QTest::newRow(kind) << QByteArray(words);
    };
    row("system", "'posix system'");
    row("eval", "'__builtin__ eval'");
    row("eval@4", "'builtins eval'");
    row("module", "an object of '__main__ Net'");
    row("whole", "its member 'model' is not a tensor but made by '__main__ Net'");
    row("two", "several dicts of tensors ('encoder', 'decoder')");
    row("complex", "'ComplexFloatStorage'");
    row("huge", "its tensor 'a' holds 1e+300, more than the single precision");
    row("number", "'a' is not a tensor");
    row("tensor", "no dict");
    row("int name", "no text");
}

void tst_TorchFile::refusedOfTorch()
{
    QFETCH(QByteArray, words);
    const std::string path = made(QTest::currentDataTag());
    VERIFY_ERROR(readTorch(path), ErrorCode::Format, words.toStdString());
    QVERIFY(!m_made.names().contains(QStringLiteral("harmed"))); // nothing was run
}

void tst_TorchFile::handmade_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const std::string &pickle, const char *words) {
        QTest::newRow(name) << QByteArray::fromStdString(pickle) << QByteArray(words);
    };
    using S = std::string;
    row("empty", "", "cut short");
    row("no stop", "\x80\x02}", "cut short");
    row("nothing on the stack", ".", "damaged");
    row("mark as result", "(.", "damaged");
    row("unknown protocol", "\x80\x09}.", "unknown version");
    row("system", "cos\nsystem\n(" + text("ls") + "tR.", "an object of 'os system'");
    row("system in a dict", "}" + text("a") + "cos\nsystem\n(" + text("ls") + "tRs.",
        "'a' is not a tensor but made by 'os system'");
    row("long global", "c" + S(1000000, 'x') + "\ny\n.", "an object of 'xxx");
    row("instance", "(ios\nsystem\n.", "an object of 'os system'");
    row("object of the oldest kind", "(cos\nsystem\no.", "an object of 'os system'");
    row("object", "\x81.", "damaged");
    row("object of nothing", "))\x81.", "damaged");
    row("extension", S("\x82\x01."), "an object of 'extension 1'");
    row("unknown instruction", "\xff.", "instruction that is not known (255)");
    row("text of 4 GB", "X\xff\xff\xff\xff.", "cut short");
    row("huge number", "\x8a\xff.", "cut short");
    row("bytes of 4 GB", "B\xff\xff\xff\xff.", "cut short");
    row("bytes beyond counting", "\x8e\xff\xff\xff\xff\xff\xff\xff\xff.", "cut short");
    row("pop of nothing", "0.", "damaged");
    row("twice nothing", "2.", "damaged");
    row("missing memo", S("h\x07."), "damaged");
    row("memo of a mark", S("(q\x01."), "damaged");
    row("tuple without a mark", "t.", "damaged");
    row("items without a dict", "(u.", "damaged");
    row("odd items", "}(Nu.", "damaged");
    row("call of a dict", "})R.", "damaged");
    row("call of an OrderedDict with items", "ccollections\nOrderedDict\nN\x85R.",
        "an object of 'collections OrderedDict'");
    row("call of a storage", "ctorch\nFloatStorage\n)R.", "an object of 'torch FloatStorage'");
    row("wrapped in itself", "}q\x01(" + text("model") + "h\x01u.", "'model' is not a tensor");
    row("state of a tuple", ")}b.", "damaged");
    row("persistent without a tuple", "NQ.", "damaged");
    row("too short a persistent tuple", "NN\x86Q.", "damaged");
    row("dict in itself", "}q\x01(" + text("a") + "h\x01u.", "'a' is not a tensor");
    row("beyond its storage", tensorPickle("K\x04", "K\x01", "K\x04\x85", "K\x01\x85"),
        "outside its storage");
    row("far strides", tensorPickle("K\x04", "K\0"s, "K\x02\x85", big(1LL << 62) + "\x85"),
        "outside its storage");
    row("far offset", tensorPickle("K\x04", big(0x7FFFFFFFFFFFFFFF), "K\x01\x85", "K\x01\x85"),
        "outside its storage");
    row("negative offset", tensorPickle("K\x04", big(-1), "K\x01\x85", "K\x01\x85"), "damaged");
    row("negative stride", tensorPickle("K\x04", "K\x03", "K\x02\x85", big(-1) + "\x85"),
        "damaged");
    row("huge view", tensorPickle("K\x04", "K\0"s, big(1LL << 30) + "\x85", "K\x00\x85"s),
        "impossibly large");
    row("overflowing shape",
        tensorPickle("K\x04", "K\0"s, big(1LL << 33) + big(1LL << 33) + "\x86", "K\x00K\x00\x86"s),
        "impossibly large");
    row("storage too long", tensorPickle("K\x05", "K\0"s, "K\x01\x85", "K\x01\x85"),
        "another size");
    row("missing storage", tensorPickle("K\x04", "K\0"s, "K\x01\x85", "K\x01\x85", "7"),
        "are missing");
    row("storage outside its folder",
        tensorPickle("K\x04", "K\0"s, "K\x01\x85", "K\x01\x85", "../version"), "are missing");
    row("shape and strides differ", tensorPickle("K\x04", "K\0"s, "K\x01\x85", "K\x01K\x01\x86"),
        "damaged");
    S deep;
    for (int i = 0; i < 100000; ++i)
        deep += ")\x85";
    row("deep", deep + ".", "no dict");
    row("millions of values", S(9'000'000, 'N') + ".", "too long");
}

void tst_TorchFile::handmade()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QByteArray, words);
    QVERIFY(m_folder->write("a.pt", archive(pickle.toStdString())));
    VERIFY_ERROR(readTorch(m_path), ErrorCode::Format, words.toStdString());
}

void tst_TorchFile::harmlessPickle()
{
    // The maker of the rows above can also make good ones.
    QVERIFY(
        m_folder->write("a.pt", archive(tensorPickle("K\x04", "K\x01", "K\x03\x85", "K\x01\x85"))));
    VERIFY_OK(readTorch(m_path));
    QCOMPARE(readTorch(m_path).value(),
             (std::vector<NamedTensor>{{"a", {3}, std::vector<float>(3, 0.0f)}}));
}

void tst_TorchFile::archives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    ZipWriter other;
    other.add("readme.txt", "hello");
    QTest::newRow("no pickle") << QByteArray::fromStdString(other.finish())
                               << QByteArray("without a data.pkl");
    ZipWriter bigEndian;
    bigEndian.add("archive/data.pkl", "}.");
    bigEndian.add("archive/byteorder", "big");
    QTest::newRow("big-endian") << QByteArray::fromStdString(bigEndian.finish())
                                << QByteArray("order of bytes");
}

void tst_TorchFile::archives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, words);
    QVERIFY(m_folder->write("a.pt", bytes));
    VERIFY_ERROR(readTorch(m_path), ErrorCode::Format, words.toStdString());
}

void tst_TorchFile::cutShort()
{
    VERIFY_OK(writeTorch(m_path, example(), false));
    const QByteArray whole = m_folder->read("a.pt");
    for (qsizetype size = 0; size < whole.size(); size += 1 + whole.size() / 97) {
        QVERIFY(m_folder->write("b.pt", whole.left(size)));
        VERIFY_ERROR(readTorch(m_folder->file("b.pt")), ErrorCode::Format, "b.pt");
    }
}

void tst_TorchFile::flippedBytes()
{
    VERIFY_OK(writeTorch(m_path, example(), false));
    const QByteArray whole = m_folder->read("a.pt");
    const std::vector<NamedTensor> written = example();
    RandomStream random({11});
    int detected = 0;
    for (int i = 0; i < 500; ++i) {
        QByteArray bytes = whole;
        const auto at = static_cast<qsizetype>(random.below(std::uint64_t(whole.size())));
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random.below(255)));
        QVERIFY(m_folder->write("b.pt", bytes));
        const auto read = readTorch(m_folder->file("b.pt"));
        if (read)
            QCOMPARE(*read, written);
        else
            QVERIFY2(test::isSentence(read.error().message), read.error().message.c_str());
        detected += read ? 0 : 1;
    }
    QVERIFY2(detected > 100, qPrintable(QString::number(detected)));

    // Inside the pickle, with a checksum that fits: anything may come out, but a crash.
    std::string pickle;
    {
        const auto zip = ZipReader::open(m_path);
        VERIFY_OK(zip);
        pickle = std::string(zip->members().at("archive/data.pkl"));
    }
    for (int i = 0; i < 500; ++i) {
        std::string changed = pickle;
        changed[static_cast<std::size_t>(random.below(pickle.size()))] =
            static_cast<char>(random.below(256));
        QVERIFY(m_folder->write("b.pt", archive(changed)));
        const auto read = readTorch(m_folder->file("b.pt"));
        if (!read)
            QVERIFY2(test::isSentence(read.error().message), read.error().message.c_str());
    }
}

void tst_TorchFile::diskFull()
{
    QVERIFY(m_folder->write("a.pt", "old"));
    const test::ChildResult child = test::inChild([&]() -> std::string {
        test::limitFileSize(1000);
        const Status written = writeTorch(m_path, example(), true);
        return written ? "written" : written.error().message;
    });
    QVERIFY2(child.exited, qPrintable(QStringLiteral("signal %1").arg(child.code)));
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, m_path),
             child.text.c_str());
    QCOMPARE(m_folder->names(), QStringList("a.pt"));
    QCOMPARE(m_folder->read("a.pt"), QByteArray("old"));
}

DT_TEST(tst_TorchFile, QCoreApplication)
#include "tst_TorchFile.moc"
