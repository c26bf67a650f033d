// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace hanseatlas
{

/** @internal Reads the fields of a protobuf message. A fault sticks: from then on nothing more comes. */
class Protobuf
{
public:
    enum class Wire { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

    explicit Protobuf(QByteArrayView bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }

    bool isFine() const { return m_fine; }
    bool atEnd() const { return m_at == m_end; }

    /** Goes to the next field; false at the end, and after a fault. */
    bool next()
    {
        if (!m_fine || m_at == m_end)
            return false;
        const auto tag = varint();
        m_field = quint32(tag >> 3);
        m_wire = int(tag & 7);
        if (m_field == 0 || tag > 0xffffffffU)
            m_fine = false;
        return m_fine;
    }
    quint32 field() const { return m_field; }
    bool is(quint32 field, Wire wire) const { return m_field == field && m_wire == int(wire); }

    quint64 varint()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64 && m_at != m_end; shift += 7) {
            const auto byte = quint8(*m_at++);
            value |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        fail();
        return 0;
    }
    QByteArrayView bytes()
    {
        const auto size = varint();
        if (!m_fine || size > quint64(m_end - m_at)) {
            fail();
            return {};
        }
        const QByteArrayView view(m_at, qsizetype(size));
        m_at += size;
        return view;
    }
    template <class Number>
    Number fixed()
    {
        if (std::size_t(m_end - m_at) < sizeof(Number)) {
            fail();
            return {};
        }
        std::array<char, sizeof(Number)> raw;
        std::memcpy(raw.data(), m_at, sizeof(Number));
        if constexpr (std::endian::native == std::endian::big)
            std::reverse(raw.begin(), raw.end());
        m_at += sizeof(Number);
        return std::bit_cast<Number>(raw);
    }
    /** Over a field that is of no use. */
    void skip()
    {
        if (m_wire == int(Wire::Varint))
            varint();
        else if (m_wire == int(Wire::Fixed64))
            fixed<quint64>();
        else if (m_wire == int(Wire::Bytes))
            bytes();
        else if (m_wire == int(Wire::Fixed32))
            fixed<quint32>();
        else
            fail();
    }

private:
    void fail()
    {
        m_fine = false;
        m_at = m_end;
    }

    const char *m_at;
    const char *m_end;
    quint32 m_field = 0;
    int m_wire = 0;
    bool m_fine = true;
};

} // namespace hanseatlas
