// A forward reader of one constructed value (or of the whole input) over System.Formats.Asn1.
// References: ITU-T X.690 (02/2021) BER and DER. What it adds to AsnDecoder: the offset and path of every error, a budget
// shared by all readers of one parse, and one exception type. Limits: tags above 30 only where AsnDecoder reads them.
using System.Formats.Asn1;
using System.Numerics;
using System.Text;

namespace AnTin.Asn1;

public sealed class Asn1Reader
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly int _baseOffset;
    private readonly Asn1Reader? _parent;
    private readonly string _name;
    private readonly Budget _budget;
    private readonly int _depth;
    private int _position;

    private Asn1Reader(ReadOnlyMemory<byte> data, int baseOffset, string name, Asn1Reader? parent, AsnEncodingRules rules, Budget budget)
    {
        _data = data;
        _baseOffset = baseOffset;
        _name = name;
        _parent = parent;
        Rules = rules;
        _budget = budget;
        _depth = parent is null ? 0 : parent._depth + 1;
        if (_depth > budget.Limits.MaxDepth)
        {
            throw Fail(name, $"nesting deeper than {budget.Limits.MaxDepth}");
        }
    }

    /// <summary>Reads by the distinguished encoding rules (X.690 §10, §11).</summary>
    public static Asn1Reader Der(ReadOnlyMemory<byte> data, string name, Asn1Limits? limits = null) =>
        Open(data, name, AsnEncodingRules.DER, limits);

    /// <summary>Reads by the basic encoding rules (X.690 §8): indefinite lengths and constructed strings allowed.</summary>
    public static Asn1Reader Ber(ReadOnlyMemory<byte> data, string name, Asn1Limits? limits = null) =>
        Open(data, name, AsnEncodingRules.BER, limits);

    public AsnEncodingRules Rules { get; }

    public bool HasData => _position < _data.Length;

    /// <summary>Octets from the beginning of the input to the next value.</summary>
    public int Offset => _baseOffset + _position;

    /// <summary>What has not been read yet.</summary>
    public ReadOnlyMemory<byte> Remaining => _data[_position..];

    public bool NextIs(Asn1Tag tag)
    {
        if (!HasData)
        {
            return false;
        }

        return PeekTag("next").HasSameClassAndValue(tag);
    }

    public bool NextIsContext(int number) => NextIs(new Asn1Tag(TagClass.ContextSpecific, number));

    public Asn1Tag PeekTag(string name)
    {
        if (!HasData)
        {
            throw Fail(name, "value is missing");
        }

        try
        {
            return Asn1Tag.Decode(_data.Span[_position..], out _);
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "bad tag", e);
        }
    }

    public Asn1Reader ReadSequence(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            AsnDecoder.ReadSequence(_data.Span[_position..], Rules, out var start, out var length, out var consumed, tag);
            return Enter(name, start, length, consumed);
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "SEQUENCE expected", e);
        }
    }

    /// <summary>Reads a SET or SET OF. The order of a SET OF is not checked here: signed attributes are read as they were sent.</summary>
    public Asn1Reader ReadSet(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            AsnDecoder.ReadSetOf(_data.Span[_position..], Rules, out var start, out var length, out var consumed,
                skipSortOrderValidation: true, tag);
            return Enter(name, start, length, consumed);
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "SET expected", e);
        }
    }

    /// <summary>Opens an explicitly tagged value [number].</summary>
    public Asn1Reader ReadExplicit(string name, int number) =>
        ReadSequence(name, new Asn1Tag(TagClass.ContextSpecific, number, isConstructed: true));

    /// <summary>One whole value, header included, with its own encoding untouched.</summary>
    public ReadOnlyMemory<byte> ReadEncoded(string name)
    {
        Spend(name);
        var start = _position;
        try
        {
            AsnDecoder.ReadEncodedValue(_data.Span[_position..], Rules, out _, out _, out var consumed);
            _position += consumed;
            return _data.Slice(start, consumed);
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "value is cut short or badly encoded", e);
        }
    }

    public ReadOnlyMemory<byte> PeekEncoded(string name)
    {
        var start = _position;
        var value = ReadEncoded(name);
        _position = start;
        return value;
    }

    /// <summary>The content octets of the next value, whatever its tag.</summary>
    public ReadOnlyMemory<byte> ReadContent(string name)
    {
        Spend(name);
        try
        {
            AsnDecoder.ReadEncodedValue(_data.Span[_position..], Rules, out var start, out var length, out var consumed);
            var content = _data.Slice(_position + start, length);
            _position += consumed;
            return content;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "value is cut short or badly encoded", e);
        }
    }

    /// <summary>Two's-complement big-endian content of an INTEGER.</summary>
    public ReadOnlyMemory<byte> ReadIntegerBytes(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var bytes = AsnDecoder.ReadIntegerBytes(_data.Span[_position..], Rules, out var consumed, tag);
            var start = _position + consumed - bytes.Length;
            _position += consumed;
            return _data.Slice(start, bytes.Length);
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "INTEGER expected", e);
        }
    }

    public BigInteger ReadInteger(string name, Asn1Tag? tag = null) =>
        new(ReadIntegerBytes(name, tag).Span, isUnsigned: false, isBigEndian: true);

    public int ReadInt32(string name, Asn1Tag? tag = null)
    {
        var at = _position;
        var bytes = ReadIntegerBytes(name, tag).Span;
        if (bytes.Length > 4)
        {
            _position = at;
            throw Fail(name, "INTEGER does not fit in 32 bits");
        }

        var value = bytes.Length > 0 && bytes[0] >= 0x80 ? -1 : 0;
        foreach (var b in bytes)
        {
            value = unchecked((value << 8) | b);
        }

        return value;
    }

    public int ReadEnumerated(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var bytes = AsnDecoder.ReadEnumeratedBytes(_data.Span[_position..], Rules, out var consumed, tag);
            if (bytes.Length > 2)
            {
                throw Fail(name, "ENUMERATED out of range");
            }

            var value = (int)new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
            _position += consumed;
            return value;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "ENUMERATED expected", e);
        }
    }

    public bool ReadBoolean(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var value = AsnDecoder.ReadBoolean(_data.Span[_position..], Rules, out var consumed, tag);
            _position += consumed;
            return value;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "BOOLEAN expected", e);
        }
    }

    public void ReadNull(string name)
    {
        Spend(name);
        try
        {
            AsnDecoder.ReadNull(_data.Span[_position..], Rules, out var consumed);
            _position += consumed;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "NULL expected", e);
        }
    }

    public string ReadOid(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var value = AsnDecoder.ReadObjectIdentifier(_data.Span[_position..], Rules, out var consumed, tag);
            _position += consumed;
            return value;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "OBJECT IDENTIFIER expected", e);
        }
    }

    public ReadOnlyMemory<byte> ReadOctetString(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var source = _data.Span[_position..];
            if (AsnDecoder.TryReadPrimitiveOctetString(source, Rules, out var content, out var consumed, tag))
            {
                // A primitive value ends with its content: no copy is needed.
                var slice = _data.Slice(_position + consumed - content.Length, content.Length);
                _position += consumed;
                return slice;
            }

            var copy = AsnDecoder.ReadOctetString(source, Rules, out consumed, tag);
            _position += consumed;
            return copy;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "OCTET STRING expected", e);
        }
    }

    public ReadOnlyMemory<byte> ReadBitString(string name, out int unusedBits, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var source = _data.Span[_position..];
            if (AsnDecoder.TryReadPrimitiveBitString(source, Rules, out unusedBits, out var content, out var consumed, tag))
            {
                var slice = _data.Slice(_position + consumed - content.Length, content.Length);
                _position += consumed;
                return slice;
            }

            var copy = AsnDecoder.ReadBitString(source, Rules, out unusedBits, out consumed, tag);
            _position += consumed;
            return copy;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "BIT STRING expected", e);
        }
    }

    /// <summary>A BIT STRING that holds octets (a key, a signature): no unused bits.</summary>
    public ReadOnlyMemory<byte> ReadBitStringOctets(string name, Asn1Tag? tag = null)
    {
        var at = _position;
        var value = ReadBitString(name, out var unused, tag);
        if (unused != 0)
        {
            _position = at;
            throw Fail(name, "BIT STRING of whole octets expected");
        }

        return value;
    }

    /// <summary>UTCTime or GeneralizedTime. Two-digit years are 1950 to 2049 (RFC 5280 §4.1.2.5.1).</summary>
    public DateTimeOffset ReadTime(string name) =>
        NextIs(Asn1Tag.GeneralizedTime) ? ReadGeneralizedTime(name) : ReadUtcTime(name);

    public DateTimeOffset ReadUtcTime(string name)
    {
        Spend(name);
        try
        {
            var value = AsnDecoder.ReadUtcTime(_data.Span[_position..], Rules, out var consumed, 2049);
            _position += consumed;
            return value;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "UTCTime expected", e);
        }
    }

    public DateTimeOffset ReadGeneralizedTime(string name, Asn1Tag? tag = null)
    {
        Spend(name);
        try
        {
            var value = AsnDecoder.ReadGeneralizedTime(_data.Span[_position..], Rules, out var consumed, tag);
            _position += consumed;
            return value;
        }
        catch (AsnContentException e)
        {
            throw Fail(name, "GeneralizedTime expected", e);
        }
    }

    /// <summary>
    /// Any character string type. Deviation: the alphabet of PrintableString, NumericString and IA5String is not enforced
    /// ('&amp;', '@' and '*' are common in issued names), and TeletexString is read as Latin-1, as every issuer means it.
    /// </summary>
    public string ReadText(string name, Asn1Tag? implicitTag = null, UniversalTagNumber implicitType = UniversalTagNumber.UTF8String)
    {
        var type = implicitType;
        if (implicitTag is null)
        {
            var tag = PeekTag(name);
            if (tag.TagClass != TagClass.Universal)
            {
                throw Fail(name, "character string expected");
            }

            type = (UniversalTagNumber)tag.TagValue;
        }

        var at = Offset;
        var content = ReadStringContent(name, type, implicitTag);
        try
        {
            return type switch
            {
                UniversalTagNumber.UTF8String => StrictUtf8.GetString(content.Span),
                UniversalTagNumber.BMPString => StrictUtf16.GetString(content.Span),
                UniversalTagNumber.UniversalString => StrictUtf32.GetString(content.Span),
                UniversalTagNumber.PrintableString or UniversalTagNumber.NumericString or UniversalTagNumber.IA5String
                    or UniversalTagNumber.VisibleString or UniversalTagNumber.TeletexString => Encoding.Latin1.GetString(content.Span),
                _ => throw Fail(name, "character string expected"),
            };
        }
        catch (DecoderFallbackException e)
        {
            throw new Asn1FormatException("text is not valid in its declared encoding", at, PathTo(name), e);
        }
    }

    /// <summary>Demands that everything was read.</summary>
    public void End()
    {
        if (HasData)
        {
            throw Fail("end", "unexpected data follows");
        }
    }

    /// <summary>An error at the next value, for checks the caller makes on what was read.</summary>
    public Asn1FormatException Fail(string name, string message, Exception? inner = null) =>
        new(message, Offset, PathTo(name), inner);

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UTF32Encoding StrictUtf32 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);

    private static Asn1Reader Open(ReadOnlyMemory<byte> data, string name, AsnEncodingRules rules, Asn1Limits? limits)
    {
        limits ??= Asn1Limits.Default;
        if (data.Length > limits.MaxBytes)
        {
            throw new Asn1FormatException($"larger than {limits.MaxBytes} octets", 0, name);
        }

        return new Asn1Reader(data, 0, name, null, rules, new Budget(limits));
    }

    private ReadOnlyMemory<byte> ReadStringContent(string name, UniversalTagNumber type, Asn1Tag? implicitTag)
    {
        Spend(name);
        try
        {
            var expected = implicitTag ?? new Asn1Tag(type);
            var source = _data.Span[_position..];
            if (AsnDecoder.TryReadPrimitiveCharacterStringBytes(source, Rules, expected, out var content, out var consumed))
            {
                var slice = _data.Slice(_position + consumed - content.Length, content.Length);
                _position += consumed;
                return slice;
            }

            var buffer = new byte[source.Length];
            if (!AsnDecoder.TryReadCharacterStringBytes(source, buffer, Rules, expected, out consumed, out var written))
            {
                throw Fail(name, "character string expected");
            }

            _position += consumed;
            return buffer.AsMemory(0, written);
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            throw Fail(name, "character string expected", e);
        }
    }

    private Asn1Reader Enter(string name, int start, int length, int consumed)
    {
        var reader = new Asn1Reader(_data.Slice(_position + start, length), _baseOffset + _position + start, name, this, Rules, _budget);
        _position += consumed;
        return reader;
    }

    private void Spend(string name)
    {
        if (!HasData)
        {
            throw Fail(name, "value is missing");
        }

        if (--_budget.Elements < 0)
        {
            throw Fail(name, $"more than {_budget.Limits.MaxElements} values");
        }
    }

    private string PathTo(string name)
    {
        var path = _name + "/" + name;
        for (var reader = _parent; reader is not null; reader = reader._parent)
        {
            path = reader._name + "/" + path;
        }

        return path;
    }

    private sealed class Budget(Asn1Limits limits)
    {
        public Asn1Limits Limits { get; } = limits;

        public int Elements { get; set; } = limits.MaxElements;
    }
}
