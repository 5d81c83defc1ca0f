using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EduUnion.Host.Drafts;

/// <summary>
/// What was typed into a form, raw: a page is drawn from it the same way whether it was just sent or is a draft of
/// yesterday. Names that begin with two underscores are the framework's and no part of it.
/// </summary>
public sealed class Typed
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>> _values;

    private Typed(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values) =>
        _values = values.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static Typed Nothing { get; } = new([]);

    public static Typed Of(IFormCollection form) =>
        new(
            form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal))
                .Select(f => KeyValuePair.Create(f.Key, f.Value.Select(v => v ?? "").ToImmutableArray()))
        );

    public static Typed FromJson(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, ImmutableArray<string>>>(json)!);

    public string ToJson() => JsonSerializer.Serialize(_values);

    /// <summary>The first value of that name; null when there is none.</summary>
    public string? One(string name) => All(name) is [var first, ..] ? first : null;

    public ImmutableArray<string> All(string name) => _values.GetValueOrDefault(name, []);

    public Typed With(string name, params ImmutableArray<string> values) =>
        new(values.IsEmpty ? _values.Remove(name) : _values.SetItem(name, values));

    /// <summary>Names that begin so, e.g. those of the rows of a table.</summary>
    public IEnumerable<string> Names(string prefix) =>
        _values.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The form's idempotency key; null when it carries none.</summary>
    public string? Key => Guid.TryParse(One("key"), out var key) ? key.ToString() : null;

    /// <summary>SHA-256 over everything typed and where it was sent.</summary>
    public byte[] HashFor(string address) => SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{ToJson()}"));
}
