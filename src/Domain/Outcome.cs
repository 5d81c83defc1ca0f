using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace EduUnion.Domain;

/// <summary>What kind of "no" a refusal is; the Host maps each kind to exactly one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>A rule of the field refuses what was asked (422).</summary>
    Rule,

    /// <summary>The member may not do this (403).</summary>
    Forbidden,

    /// <summary>There is no such thing, or the member may not know of it (404).</summary>
    Missing,

    /// <summary>Somebody was first (409).</summary>
    Conflict,

    /// <summary>What the member saw has changed since (412).</summary>
    Stale,
}

/// <summary>
/// A "no" with a stable code (<c>motion.cosigners-missing</c>). The code is looked up in the Host's resources in the
/// user's language; <see cref="Arguments"/> fill its placeholders {0}, {1} … in order. A refusal changes nothing.
/// </summary>
/// <param name="Code">Stable, lower case, <c>subject.reason</c>.</param>
/// <param name="Kind">Which HTTP status it becomes.</param>
public sealed record Refusal(string Code, RefusalKind Kind = RefusalKind.Rule)
{
    /// <summary>The form field (camelCase) at which the refusal is shown; null = the whole form.</summary>
    public string? Field { get; init; }

    /// <summary>Values for the placeholders of the translated sentence, in order.</summary>
    public ImmutableArray<object> Arguments { get; init; } = [];

    /// <summary>The single refusals when several fields are wrong at once; otherwise empty.</summary>
    public ImmutableArray<Refusal> Fields { get; init; } = [];

    public static Refusal At(string field, string code, params ImmutableArray<object> arguments) =>
        new(code) { Field = field, Arguments = arguments };

    public static Refusal Because(string code, params ImmutableArray<object> arguments) =>
        new(code) { Arguments = arguments };

    public static Refusal Forbidden(string code) => new(code, RefusalKind.Forbidden);

    public static Refusal Missing(string code) => new(code, RefusalKind.Missing);

    /// <summary>One refusal for a form: the only one as it is, several under the code <c>form.invalid</c>.</summary>
    public static Refusal? Of(IReadOnlyCollection<Refusal> fields) =>
        fields.Count switch
        {
            0 => null,
            1 => fields.First(),
            _ => new Refusal("form.invalid") { Fields = [.. fields] },
        };
}

/// <summary>Either a value or a <see cref="Refusal"/>; never both, never neither.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public TResult Match<TResult>(Func<T, TResult> ok, Func<Refusal, TResult> refused) =>
        Refusal is null ? ok(_value!) : refused(Refusal);

    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) => Refusal is null ? next(_value!) : Refusal;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
