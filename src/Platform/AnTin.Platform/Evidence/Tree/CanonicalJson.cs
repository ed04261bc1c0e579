// Canonical JSON: one value, one sequence of bytes.
// Reference: RFC 8785 (JSON Canonicalization Scheme), sorting and string rules.
// Limits: numbers are integers within ±(2^53-1) only; depth at most 16.

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AnTin.Platform.Evidence.Tree;

public static class CanonicalJson
{
    private const long MaxInteger = (1L << 53) - 1;
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <param name="value">Dictionaries with string keys, lists, strings, integers, booleans, null, Guid, JsonElement.</param>
    /// <exception cref="ArgumentException">A value that has no canonical form: a fraction, an unknown type, broken Unicode.</exception>
    public static string Write(object? value)
    {
        var json = new StringBuilder();
        Append(json, value, 0);
        return json.ToString();
    }

    /// <summary>Parses and accepts only the canonical spelling.</summary>
    /// <exception cref="EvidenceFormatException">Not JSON, or JSON spelt differently.</exception>
    public static JsonElement Read(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (Write(document.RootElement) != json)
                throw new EvidenceFormatException(path, "the JSON is not in canonical form");
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new EvidenceFormatException(path, "not canonical JSON", e);
        }
    }

    private static void Append(StringBuilder json, object? value, int depth)
    {
        if (depth > MaxDepth)
            throw new ArgumentException("JSON deeper than 16 levels.", nameof(value));
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case string text:
                AppendString(json, text);
                break;
            case Guid id:
                AppendString(json, id.ToString("D", CultureInfo.InvariantCulture));
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                AppendInteger(json, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                AppendElement(json, element, depth);
                break;
            case IReadOnlyDictionary<string, object?> map:
                AppendMap(json, map.Select(pair => (pair.Key, pair.Value)), depth);
                break;
            case IReadOnlyDictionary<string, string> map:
                AppendMap(json, map.Select(pair => (pair.Key, (object?)pair.Value)), depth);
                break;
            case IEnumerable<object?> list:
                AppendList(json, list, depth);
                break;
            case IEnumerable<Guid> list:
                AppendList(json, list.Cast<object?>(), depth);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} has no canonical JSON form.", nameof(value));
        }
    }

    private static void AppendElement(StringBuilder json, JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendMap(json, element.EnumerateObject().Select(p => (p.Name, (object?)p.Value)), depth);
                break;
            case JsonValueKind.Array:
                AppendList(json, element.EnumerateArray().Cast<object?>(), depth);
                break;
            case JsonValueKind.Number:
                AppendInteger(json, element.TryGetInt64(out long n) ? n : throw new ArgumentException("A fraction has no canonical form here.", nameof(element)));
                break;
            default:
                Append(json, element.ValueKind switch
                {
                    JsonValueKind.String => element.GetString(),
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => null,
                }, depth);
                break;
        }
    }

    private static void AppendMap(StringBuilder json, IEnumerable<(string Key, object? Value)> map, int depth)
    {
        char separator = '{';
        // RFC 8785 §3.2.3: by UTF-16 code units, which is .NET's ordinal order.
        foreach ((string key, object? value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.Append(separator);
            AppendString(json, key);
            json.Append(':');
            Append(json, value, depth + 1);
            separator = ',';
        }
        json.Append(separator == '{' ? "{}" : "}");
    }

    private static void AppendList(StringBuilder json, IEnumerable<object?> list, int depth)
    {
        char separator = '[';
        foreach (object? value in list)
        {
            json.Append(separator);
            Append(json, value, depth + 1);
            separator = ',';
        }
        json.Append(separator == '[' ? "[]" : "]");
    }

    private static void AppendInteger(StringBuilder json, long value)
    {
        if (value is < -MaxInteger or > MaxInteger)
            throw new ArgumentException("An integer beyond 2^53 has no canonical form.", nameof(value));
        json.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    // RFC 8785 §3.2.2.2.
    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"' or '\\':
                    json.Append('\\').Append(c);
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case < ' ':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    AppendUnicode(json, text, ref i);
                    break;
            }
        }
        json.Append('"');
    }

    private static void AppendUnicode(StringBuilder json, string text, ref int i)
    {
        char c = text[i];
        json.Append(c);
        if (!char.IsSurrogate(c))
            return;
        // RFC 8785 §3.2.2.2: lone surrogates MUST cause an error.
        if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            throw new ArgumentException("A lone surrogate has no canonical form.", nameof(text));
        json.Append(text[++i]);
    }
}
