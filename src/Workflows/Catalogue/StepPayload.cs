using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace EduUnion.Workflows.Catalogue;

/// <summary>Who is asked: exactly one of member, role, office or list.</summary>
/// <param name="Office">An office, looked up in <paramref name="Of"/>.</param>
/// <param name="Of"><c>session</c>, <c>school</c>, <c>district</c>, <c>fund</c>, <c>host</c> or <c>leader</c>.</param>
/// <param name="List">A list of the case, such as its co-handlers.</param>
public sealed record Who(string? Member, string? Role, string? Office, string? Of, string? List);

/// <summary>A share of votes, such as 1/2, or a number of them, such as 3 (denominator 0).</summary>
public readonly record struct Fraction(int Numerator, int Denominator)
{
    public bool IsNumber => Denominator == 0;

    public override string ToString() => IsNumber ? $"{Numerator}" : $"{Numerator}/{Denominator}";

    /// <summary>A whole number of votes, at least one; null when the text is none.</summary>
    public static Fraction? ParseNumber(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var votes) && votes > 0
            ? new(votes, 0)
            : null;

    public static Fraction? Parse(string? text) =>
        text?.Split('/') is [var over, var under]
        && int.TryParse(over, NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
        && int.TryParse(under, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
        && denominator > 0
        && numerator <= denominator
            ? new(numerator, denominator)
            : null;
}

/// <summary>When a step's tasks decide it.</summary>
/// <param name="Kind"><c>one</c>, <c>all</c>, <c>any</c> or <c>vote</c>.</param>
/// <param name="Pass">Votes: the share, or the number of votes, that carries an outcome.</param>
/// <param name="Over">Votes: of whom the share is taken, <c>total</c> or <c>present</c>.</param>
/// <param name="Strict">Votes: more than the share is needed, not just the share.</param>
/// <param name="Quorum">Votes: the share of all that must have voted.</param>
/// <param name="Ordered">All: one after another, in the order of the list.</param>
public sealed record Policy(string Kind, Fraction? Pass, string? Over, bool Strict, Fraction? Quorum, bool Ordered)
{
    /// <summary>Votes: what carries an outcome other than the first; null as <see cref="Pass"/>.</summary>
    public Fraction? Fail { get; init; }

    /// <summary>Votes: how many a holder of the office at the step's place carries; everybody else one.</summary>
    public ImmutableSortedDictionary<string, int> Weights { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public static Policy One { get; } = new("one", null, null, false, null, false);
}

/// <summary>The deadline of a step.</summary>
/// <param name="Name">A parameter family, such as <c>review</c>.</param>
/// <param name="Span"><c>task</c>, <c>step</c> or <c>handling</c>.</param>
/// <param name="OnExpiry"><c>remind</c>, <c>escalate</c>, <c>outcome</c> or <c>reassign</c>.</param>
/// <param name="ExpiryOutcome">The outcome the step gets, when <paramref name="OnExpiry"/> is <c>outcome</c>.</param>
public sealed record ClockSpec(string Name, string Span, string OnExpiry, string? ExpiryOutcome)
{
    /// <summary>The office that gets the step's tasks, when <paramref name="OnExpiry"/> is <c>reassign</c>.</summary>
    public Who? Reassign { get; init; }
}

/// <summary>What a definition says about one step: who, which outcomes, which policy, which clock.</summary>
/// <param name="Who">Null for automatic and waiting steps.</param>
/// <param name="Allow">Office actions allowed on its tasks: <c>transfer</c>, <c>delegate</c>, <c>addSigners</c>, <c>return</c>.</param>
/// <param name="CopyRoles">Roles that are told of the decision.</param>
/// <param name="Starts">A clock of the handling that opening this step starts, such as <c>answer</c>.</param>
/// <param name="Stops">A clock of the handling that this step stops.</param>
public sealed record StepPayload(
    Who? Who,
    ImmutableArray<string> Outcomes,
    Policy Policy,
    ClockSpec? Clock,
    ImmutableArray<string> Allow,
    ImmutableArray<string> CopyRoles,
    string? Starts,
    string? Stops
)
{
    /// <summary>Whoever has just decided the step before decides this one in the same act, if it is his to decide.</summary>
    public bool Once { get; init; }

    /// <summary>Reads a payload that was checked when its definition was published.</summary>
    /// <exception cref="InvalidDataException">It was not.</exception>
    public static StepPayload Read(JsonElement json)
    {
        var problems = new List<PayloadProblem>();
        var payload = Read(json, problems);
        return problems.Count == 0 ? payload : throw new InvalidDataException(string.Join("; ", problems));
    }

    /// <summary>Reads a payload and says everything that is wrong with it.</summary>
    public static StepPayload Read(JsonElement json, ICollection<PayloadProblem> problems) =>
        new StepPayloadReader(problems).Read(json);
}

/// <summary>Something wrong in a payload.</summary>
/// <param name="Path">JSON pointer inside the payload.</param>
/// <param name="Code"><c>payload.…</c>, stable.</param>
public sealed record PayloadProblem(string Path, string Code, string Sentence);
