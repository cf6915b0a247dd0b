// SPDX-License-Identifier: GPL-3.0-or-later
//
// HDF5 files that somebody else has open, on file systems without locks, and with filters that are
// not here: none of them is damaged.
#include "engine/data/DatasetFile.h"
#include "engine/data/RecordingFile.h"
#include "engine/data/TwinFile.h"
#include "tests/support/Datasets.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Recordings.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace dt;

namespace {

/// What the file system answers to a lock; 0: what the real one does.
int lockError = 0;

} // namespace

/// HDF5 finds this one instead of the C library's.
extern "C" int flock(int fd, int operation) noexcept
{
    if (lockError != 0) {
        errno = lockError;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_flock, fd, operation));
}

namespace {

/// Another program that has a file open.
class OtherProgram
{
public:
    OtherProgram(const std::string &path, int operation) :
        m_fd(::open(path.c_str(), O_RDWR | O_CLOEXEC))
    {
        if (::flock(m_fd, operation | LOCK_NB) != 0)
            qFatal("no lock");
    }
    ~OtherProgram() { ::close(m_fd); }
    OtherProgram(const OtherProgram &) = delete;
    OtherProgram &operator=(const OtherProgram &) = delete;

private:
    int m_fd;
};

void writeInput(const std::string &path)
{
    test::H5File file(path);
    file.set("input_exc", H5T_IEEE_F32LE, {2, 3}, {0, 1, 0, 2, 0, 3});
    file.set("input_inh", H5T_IEEE_F32LE, {2, 3});
}

/// A filter that leaves numbers as they are.
std::size_t asTheyAre(unsigned, std::size_t, const unsigned *, std::size_t bytes, std::size_t *,
                      void **)
{
    return bytes;
}

/// The input of writeInput() packed with a filter that is not there any more.
void writeFiltered(const std::string &path, H5Z_filter_t filter, const char *name)
{
    const H5Z_class2_t kind{H5Z_CLASS_T_VERS, filter, 1, 1, name, nullptr, nullptr, asTheyAre};
    if (H5Zregister(&kind) < 0)
        qFatal("no filter");
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hsize_t dims[] = {2, 3};
    const hid_t space = H5Screate_simple(2, dims, nullptr);
    const hid_t settings = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(settings, 2, dims);
    H5Pset_shuffle(settings); // a filter that is there goes before
    H5Pset_filter(settings, filter, H5Z_FLAG_MANDATORY, 0, nullptr);
    const std::vector<float> values{0, 1, 0, 2, 0, 3};
    for (const char *set : {"input_exc", "input_inh"}) {
        const hid_t id =
            H5Dcreate2(file, set, H5T_IEEE_F32LE, space, H5P_DEFAULT, settings, H5P_DEFAULT);
        H5Dwrite(id, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Dclose(id);
    }
    H5Pclose(settings);
    H5Sclose(space);
    H5Fclose(file);
    H5Zunregister(filter);
}

} // namespace

class tst_Hdf5Open : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void openElsewhere();
    void readElsewhere();
    void markedAsOpen();
    void noLocks_data();
    void noLocks();
    void filterNotThere_data();
    void filterNotThere();
    void filterOfAFile();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_Hdf5Open::init()
{
    lockError = 0;
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("in.h5");
}

void tst_Hdf5Open::openElsewhere()
{
    const std::string dataset = m_folder->file("ds.h5");
    const std::string recording = m_folder->file("out.h5");
    const std::string twin = m_folder->file("x.twin");
    writeInput(m_path);
    VERIFY_OK(test::makeDataset(dataset, test::smallPlan()));
    VERIFY_OK(writeRecording(recording,
                             test::randomRecording(presetNeuron("nmda-cable").value(), 9), false));
    TwinContents contents;
    contents.spec = "{}";
    VERIFY_OK(writeTwin(twin, contents, false));
    {
        std::vector<std::unique_ptr<OtherProgram>> others;
        for (const std::string &path : {m_path, dataset, recording, twin})
            others.push_back(std::make_unique<OtherProgram>(path, LOCK_EX));
        VERIFY_ERROR(readInput(m_path), ErrorCode::Io, m_path + " is open in another program");
        VERIFY_ERROR(readInput(m_path), ErrorCode::Io, "Close it there and try again");
        VERIFY_ERROR(readNeuronOf(recording), ErrorCode::Io, "is open in another program");
        VERIFY_ERROR(readRecording(recording), ErrorCode::Io, "is open in another program");
        VERIFY_ERROR(DatasetFile::open(dataset), ErrorCode::Io, "is open in another program");
        VERIFY_ERROR(readTwin(twin), ErrorCode::Io, "is open in another program");
        // What another program is just making is no HDF5 file yet.
        QVERIFY(m_folder->write("new.h5", ""));
        const OtherProgram maker(m_folder->file("new.h5"), LOCK_EX);
        VERIFY_ERROR(readInput(m_folder->file("new.h5")), ErrorCode::Io,
                     "is open in another program");
    }
    VERIFY_OK(readInput(m_path));
    VERIFY_OK(readRecording(recording));
    VERIFY_OK(DatasetFile::open(dataset));
    VERIFY_OK(readTwin(twin));
}

void tst_Hdf5Open::readElsewhere()
{
    writeInput(m_path);
    const OtherProgram other(m_path, LOCK_SH);
    VERIFY_OK(readInput(m_path));
}

void tst_Hdf5Open::markedAsOpen()
{
    // A copy of a file of the latest format while it is open for writing, as a crash leaves it.
    const std::string open = m_folder->file("open.h5");
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
    H5Fclose(H5Fcreate(open.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access));
    const hid_t file = H5Fopen(open.c_str(), H5F_ACC_RDWR, access);
    QVERIFY(QFile::copy(QString::fromStdString(open), QString::fromStdString(m_path)));
    H5Fclose(file);
    H5Pclose(access);
    VERIFY_ERROR(readInput(m_path), ErrorCode::Io, "was not closed by one that ended early");
    VERIFY_ERROR(readInput(m_path), ErrorCode::Io, "h5clear -s");
    VERIFY_ERROR(readInput(open), ErrorCode::Format, "has no data set 'input_exc'");
}

void tst_Hdf5Open::noLocks_data()
{
    QTest::addColumn<int>("error");
    QTest::newRow("no locks left") << ENOLCK;
    QTest::newRow("not implemented") << ENOSYS;
    QTest::newRow("not supported") << EOPNOTSUPP;
    QTest::newRow("only of files open for writing") << EBADF; // as NFS says
}

void tst_Hdf5Open::noLocks()
{
    QFETCH(int, error);
    lockError = error;
    const std::string dataset = m_folder->file("ds.h5");
    const std::string recording = m_folder->file("out.h5");
    VERIFY_OK(test::makeDataset(dataset, test::smallPlan())); // building has a lock of its own
    VERIFY_OK(DatasetFile::open(dataset));
    VERIFY_OK(writeRecording(recording,
                             test::randomRecording(presetNeuron("nmda-cable").value(), 9), false));
    VERIFY_OK(readRecording(recording));
}

void tst_Hdf5Open::filterNotThere_data()
{
    QTest::addColumn<int>("filter");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("lzf") << 32000 << QByteArray("lzf") << QByteArray("lzf (32000)");
    QTest::newRow("blosc") << 32001 << QByteArray("blosc") << QByteArray("blosc (32001)");
    QTest::newRow("zstd") << 32015 << QByteArray("Zstandard compression: http://www.zstd.net")
                          << QByteArray("zstd (32015)");
    QTest::newRow("bzip2") << 307 << QByteArray("") << QByteArray("bzip2 (307)");
    QTest::newRow("known to the file") << 4711 << QByteArray("mine") << QByteArray("'mine' (4711)");
    QTest::newRow("unknown") << 4712 << QByteArray("") << QByteArray("number 4712");
}

void tst_Hdf5Open::filterNotThere()
{
    QFETCH(int, filter);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, said);
    if (H5Zfilter_avail(filter) > 0)
        QSKIP("HDF5 has this filter here");
    writeFiltered(m_path, filter, name.constData());
    VERIFY_ERROR(readInput(m_path), ErrorCode::Format,
                 "'input_exc' is packed with the filter " + said.toStdString());
    VERIFY_ERROR(readInput(m_path), ErrorCode::Format, "compression='gzip'");
}

/// As h5py writes it.
void tst_Hdf5Open::filterOfAFile()
{
    if (H5Zfilter_avail(32000) > 0)
        QSKIP("HDF5 has this filter here");
    VERIFY_ERROR(readInput(test::dataPath("foreign/lzf.h5")), ErrorCode::Format, "lzf (32000)");
}

DT_TEST(tst_Hdf5Open, QCoreApplication)
#include "tst_Hdf5Open.moc"
