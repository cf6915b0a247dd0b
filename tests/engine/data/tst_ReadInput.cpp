// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RecordingFile.h"
#include "tests/support/Child.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Recordings.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <sys/stat.h>

using namespace dt;

namespace {

constexpr auto Exc = Polarity::Excitatory;
constexpr auto Inh = Polarity::Inhibitory;
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr double Inf = std::numeric_limits<double>::infinity();

} // namespace

class tst_ReadInput : public QObject
{
    Q_OBJECT

    using Matrix = std::vector<double>;
    using Build = std::function<void(test::H5File &)>;

private Q_SLOTS:
    void init();
    void types_data();
    void types();
    void asRead_data();
    void asRead();
    void oddWeightsAreKept();
    void foreignAttributes();
    void wrong_data();
    void wrong();
    void noFile_data();
    void noFile();
    void cutShort();
    void unreadable();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_ReadInput::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("in.h5");
}

void tst_ReadInput::types_data()
{
    QTest::addColumn<qint64>("type");
    QTest::newRow("float16") << qint64(test::H5File::half());
    QTest::newRow("float32") << qint64(H5T_IEEE_F32LE);
    QTest::newRow("float64") << qint64(H5T_IEEE_F64LE);
    QTest::newRow("float32 big-endian") << qint64(H5T_IEEE_F32BE);
    QTest::newRow("int8") << qint64(H5T_STD_I8LE);
    QTest::newRow("uint8") << qint64(H5T_STD_U8LE);
    QTest::newRow("int16") << qint64(H5T_STD_I16LE);
    QTest::newRow("int32") << qint64(H5T_STD_I32LE);
    QTest::newRow("uint64") << qint64(H5T_STD_U64LE);
}

void tst_ReadInput::types()
{
    QFETCH(qint64, type);
    {
        test::H5File file(m_path);
        file.set("input_exc", type, {2, 3}, {0, 1, 0, 2, 0, 3});
        file.set("input_inh", type, {2, 3}, {0, 0, 5, 0, 0, 7});
    }
    const Result<SpikeInput> input = readInput(m_path);
    VERIFY_OK(input);
    QCOMPARE(input->segments, 2);
    QCOMPARE(input->durationMs, 3);
    QCOMPARE(input->events,
             (std::vector<InputEvent>{
                 {Exc, 1, 0, 2}, {Exc, 0, 1, 1}, {Exc, 1, 2, 3}, {Inh, 0, 2, 5}, {Inh, 1, 2, 7}}));
}

void tst_ReadInput::asRead_data()
{
    QTest::addColumn<qint64>("excType");
    QTest::addColumn<qint64>("inhType");
    QTest::addColumn<double>("weight");
    const qint64 half = test::H5File::half();
    const qint64 single = H5T_IEEE_F32LE;
    const qint64 twice = H5T_IEEE_F64LE;
    QTest::newRow("float16") << half << half << 0.0999755859375;
    QTest::newRow("smallest float16") << half << half << 0x1p-24;
    QTest::newRow("largest float16") << half << half << 65504.0;
    QTest::newRow("float32") << single << single << double(0.1f);
    QTest::newRow("float64") << twice << twice << 0.1;
    QTest::newRow("float16 and float64") << half << twice << 0.25;
    QTest::newRow("float64 and float16") << twice << half << 0.1;
    QTest::newRow("int16") << qint64(H5T_STD_I16LE) << qint64(H5T_STD_I16LE) << 2049.0;
    QTest::newRow("int32") << qint64(H5T_STD_I32LE) << qint64(H5T_STD_I32LE) << 16777217.0;
}

void tst_ReadInput::asRead()
{
    // Used as read, and written again as given.
    QFETCH(qint64, excType);
    QFETCH(qint64, inhType);
    QFETCH(double, weight);
    {
        test::H5File file(m_path);
        file.set("input_exc", excType, {8, 2}, Matrix(16, weight));
        file.set("input_inh", inhType, {8, 2}, Matrix(16, 1.0));
    }
    const Result<SpikeInput> input = readInput(m_path);
    VERIFY_OK(input);
    QCOMPARE(input->events.size(), std::size_t(32));
    QVERIFY(input->events.front().weight == weight);

    Recording recording = test::randomRecording(presetNeuron("nmda-cable").value(), 2);
    recording.input = *input;
    VERIFY_OK(writeRecording(m_folder->file("out.h5"), recording, false));
    const Result<SpikeInput> again = readInput(m_folder->file("out.h5"));
    VERIFY_OK(again);
    QCOMPARE(again->events, input->events);
}

void tst_ReadInput::oddWeightsAreKept()
{
    // Not this function's to judge: validateInput() names segment and time.
    {
        test::H5File file(m_path);
        file.set("input_exc", test::H5File::half(), {8, 3}, [] {
            Matrix m(24, 0.0);
            m[4] = NaN;
            m[5] = -1.5;
            m[6] = -0.0;
            return m;
        }());
        file.set("input_inh", H5T_IEEE_F64LE, {8, 3}, [] {
            Matrix m(24, 0.0);
            m[23] = Inf;
            return m;
        }());
    }
    const Result<SpikeInput> input = readInput(m_path);
    VERIFY_OK(input);
    QCOMPARE(input->events.size(), std::size_t(3));
    QVERIFY(std::isnan(input->events[0].weight) && input->events[0].row == 1
            && input->events[0].timeMs == 1);
    QVERIFY(input->events[1].weight == -1.5);
    QVERIFY(input->events[2].weight == Inf);
    VERIFY_ERROR(validateInput(*input, presetNeuron("nmda-cable").value()), ErrorCode::InvalidValue,
                 "segment 1 at 1 ms is not a number");
}

void tst_ReadInput::foreignAttributes()
{
    // What other programs write beside the matrices is their business.
    {
        test::H5File file(m_path);
        file.set("input_exc", H5T_IEEE_F32LE, {1, 1}, {1});
        file.set("input_inh", H5T_IEEE_F32LE, {1, 1}, {0});
        file.set("notes", H5T_IEEE_F32LE, {5, 5, 5});
        file.text("format", "my-lab-input");
        file.number("format_version", 17);
    }
    VERIFY_OK(readInput(m_path));
    {
        test::H5File file(m_path);
        file.set("input_exc", H5T_IEEE_F32LE, {1, 1}, {1});
        file.set("input_inh", H5T_IEEE_F32LE, {1, 1}, {0});
        file.number("format", 3);
    }
    VERIFY_OK(readInput(m_path));
}

void tst_ReadInput::wrong_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<Build>("build");
    const hid_t type = H5T_IEEE_F32LE;
    const auto row = [](const char *name, const char *words, const Build &build,
                        ErrorCode code = ErrorCode::Format) {
        QTest::newRow(name) << QByteArray(words) << int(code) << build;
    };
    row("nothing", "no data set 'input_exc'", [](test::H5File &) {});
    row("no inhibition", "no data set 'input_inh'", [=](test::H5File &f) {
        f.set("input_exc", type, {8, 100});
    });
    row("no excitation", "no data set 'input_exc'", [=](test::H5File &f) {
        f.set("input_inh", type, {8, 100});
    });
    row("a group", "'input_exc'", [=](test::H5File &f) {
        f.group("input_exc");
        f.set("input_inh", type, {8, 100});
    });
    const auto both = [=](const std::vector<hsize_t> &exc, const std::vector<hsize_t> &inh,
                          hid_t excType = H5T_IEEE_F32LE) -> Build {
        return [=](test::H5File &f) {
            f.set("input_exc", excType, exc);
            f.set("input_inh", type, inh);
        };
    };
    row("a vector", "1 dimensions", both({100}, {8, 100}));
    row("three dimensions", "3 dimensions", both({2, 8, 100}, {8, 100}));
    row("a scalar", "0 dimensions", both({}, {8, 100}));
    row("no segments", "is empty", both({0, 100}, {0, 100}));
    row("no time", "is empty", both({8, 0}, {8, 0}));
    row("other durations", "8 x 100 but 'input_inh' is 8 x 101", both({8, 100}, {8, 101}));
    row("other segments", "8 x 100 but 'input_inh' is 64 x 100", both({8, 100}, {64, 100}));
    row("transposed", "100 x 8", both({100, 8}, {8, 100}));
    row("too many segments", "too large", both({20001, 1}, {20001, 1}));
    row("too long", "too large", both({1, 1000001}, {1, 1000001}));
    row("too large", "too large", both({20000, 1000000}, {20000, 1000000}));
    row("text", "does not hold numbers", both({8, 100}, {8, 100}, H5T_C_S1));
    row(
        "newer", "newer DendroTwin",
        [=](test::H5File &f) {
            f.set("input_exc", type, {8, 100});
            f.set("input_inh", type, {8, 100});
            f.text("format", "dendrotwin-recording");
            f.number("format_version", H5T_STD_I64LE, {2});
        },
        ErrorCode::Version);
}

void tst_ReadInput::wrong()
{
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    QFETCH(Build, build);
    {
        test::H5File file(m_path);
        build(file);
    }
    const Result<SpikeInput> input = readInput(m_path);
    VERIFY_ERROR(input, ErrorCode(code), words.toStdString());
    QVERIFY2(test::contains(input.error().message, m_path), input.error().message.c_str());
    QCOMPARE(input.error().place, m_path);
}

void tst_ReadInput::noFile_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("missing") << int(ErrorCode::NotFound);
    QTest::newRow("missing folder") << int(ErrorCode::NotFound);
    QTest::newRow("no name") << int(ErrorCode::NotFound);
    QTest::newRow("folder") << int(ErrorCode::Format);
    QTest::newRow("empty") << int(ErrorCode::Format);
    QTest::newRow("text") << int(ErrorCode::Format);
    QTest::newRow("signature only") << int(ErrorCode::Format);
}

void tst_ReadInput::noFile()
{
    QFETCH(int, code);
    const QByteArray tag = QTest::currentDataTag();
    if (tag == "missing folder")
        m_path = m_folder->file("none/in.h5");
    else if (tag == "no name")
        m_path.clear();
    else if (tag == "folder")
        m_path = m_folder->path().toStdString();
    else if (tag == "empty")
        QVERIFY(m_folder->write("in.h5", ""));
    else if (tag == "text")
        QVERIFY(m_folder->write("in.h5", "time,weight\n1,2\n"));
    else if (tag == "signature only")
        QVERIFY(m_folder->write("in.h5", QByteArray("\x89HDF\r\n\x1a\n")));
    for (const Status &status : {[&]() -> Status {
                                     const Result<SpikeInput> input = readInput(m_path);
                                     return input ? Status(Done{}) : Status(input.error());
                                 }(),
                                 [&]() -> Status {
                                     const Result<Neuron> neuron = readNeuronOf(m_path);
                                     return neuron ? Status(Done{}) : Status(neuron.error());
                                 }()})
        VERIFY_ERROR(status, ErrorCode(code), m_path);
}

void tst_ReadInput::cutShort()
{
    const Recording recording = test::randomRecording(presetNeuron("nmda-cable").value(), 60);
    VERIFY_OK(writeRecording(m_path, recording, false));
    const QByteArray whole = m_folder->read("in.h5");
    QVERIFY(whole.size() > 5000);
    const std::string cut = m_folder->file("cut.h5");
    for (qsizetype size = 0; size < whole.size(); size += whole.size() / 61) {
        QVERIFY(m_folder->write("cut.h5", whole.left(size)));
        const Result<SpikeInput> input = readInput(cut);
        VERIFY_ERROR(input, ErrorCode::Format, cut);
    }
    QVERIFY(m_folder->write("cut.h5", whole.chopped(1)));
    VERIFY_ERROR(readInput(cut), ErrorCode::Format, "damaged or incomplete");
}

void tst_ReadInput::unreadable()
{
    QVERIFY(m_folder->write("in.h5", "secret"));
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0755) == 0);
    QVERIFY(::chmod(m_path.c_str(), 0) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "cannot drop privileges";
        const Result<SpikeInput> input = readInput(m_path);
        return input ? "read" : input.error().message;
    });
    QVERIFY(child.exited);
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, "cannot be read"),
             child.text.c_str());
}

DT_TEST(tst_ReadInput, QCoreApplication)
#include "tst_ReadInput.moc"
