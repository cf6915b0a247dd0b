// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hdf5.h>

#include <string>
#include <vector>

namespace dt::test {

/// Writes HDF5 files of any shape, right or wrong, straight through HDF5's C interface. Values
/// are given as doubles and converted by HDF5. The file is complete when the object is gone.
class H5File
{
public:
    explicit H5File(const std::string &path) :
        m_file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT))
    {
    }
    ~H5File() { H5Fclose(m_file); }
    H5File(const H5File &) = delete;
    H5File &operator=(const H5File &) = delete;

    /// NumPy's float16.
    static hid_t half()
    {
        const hid_t type = H5Tcopy(H5T_IEEE_F32LE);
        H5Tset_fields(type, 15, 10, 5, 0, 10);
        H5Tset_size(type, 2);
        H5Tset_ebias(type, 15);
        return type;
    }

    /// Writes a data set. Without `values` it reads as zeros and takes no room.
    void set(const char *name, hid_t type, const std::vector<hsize_t> &dims,
             const std::vector<double> &values = {})
    {
        const hid_t space = H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr);
        const hid_t set =
            H5Dcreate2(m_file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        if (!values.empty())
            H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Dclose(set);
        H5Sclose(space);
    }
    void group(const char *name)
    {
        H5Gclose(H5Gcreate2(m_file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    }

    void number(const char *name, hid_t type, const std::vector<double> &values)
    {
        const hsize_t size = values.size();
        const hid_t space = size == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr);
        const hid_t attribute = H5Acreate2(m_file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, H5T_NATIVE_DOUBLE, values.data());
        H5Aclose(attribute);
        H5Sclose(space);
    }
    void number(const char *name, double value) { number(name, H5T_IEEE_F64LE, {value}); }

    /// Writes a text: of variable length as h5py writes str, or of fixed length as it writes NumPy
    /// strings.
    void text(const char *name, const std::string &value, bool fixed = false)
    {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, fixed ? value.size() : H5T_VARIABLE);
        if (fixed)
            H5Tset_strpad(type, H5T_STR_NULLPAD);
        const hid_t space = H5Screate(H5S_SCALAR);
        const hid_t attribute = H5Acreate2(m_file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        const char *pointer = value.c_str();
        H5Awrite(attribute, type, fixed ? static_cast<const void *>(pointer) : &pointer);
        H5Aclose(attribute);
        H5Sclose(space);
        H5Tclose(type);
    }

private:
    hid_t m_file;
};

/// All values of a data set, row by row.
inline std::vector<double> h5Values(const std::string &path, const char *name)
{
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
    const hid_t space = H5Dget_space(set);
    std::vector<double> list(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, list.data());
    H5Sclose(space);
    H5Dclose(set);
    H5Fclose(file);
    return list;
}

} // namespace dt::test
