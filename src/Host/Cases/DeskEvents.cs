using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain.People;

namespace EduUnion.Host.Cases;

// What an office does with the tasks of a step, as the journal remembers it. Reasons stand in the line's comment.

/// <summary>认领.</summary>
public sealed record TaskClaimed(string Step);

/// <summary>A claim is given back, or taken away by the administrator.</summary>
public sealed record TaskReleased(string Step, Guid ClaimedBy);

/// <summary>转办. <paramref name="From"/> is null where an office had it.</summary>
public sealed record TaskHandedOver(string Step, Guid? From, Guid To);

/// <summary>委派.</summary>
public sealed record AdviceAsked(string Step, Guid To);

/// <summary>加签.</summary>
public sealed record SignersAdded(string Step, ImmutableArray<Guid> Members, bool After);

/// <summary>减签, or an adviser is asked no more.</summary>
public sealed record SignerRemoved(string Step, Guid Member);

/// <summary>The owner has answered; what he said takes effect with the last who signs after him.</summary>
public sealed record AnswerWaits(string Step);

public sealed record SignerAnswered(string Step, bool Agrees);

public sealed record AdviceGiven(string Step);

/// <summary>All who sign after it have agreed.</summary>
public sealed record AnswerTookEffect(string Step, string Outcome, Guid By);

/// <summary>拿回, while the step is undecided.</summary>
public sealed record AnswerTakenBack(string Step);

/// <summary>Whoever decided the step before decides this one too, and is asked once.</summary>
public sealed record DecidedOnce(string Step, string Outcome);

/// <summary>超时: nobody decided in time, and another office has the task. Nothing is approved by it.</summary>
public sealed record HandedOnOverdue(string Step, Office? Office, Guid? Organisation);

/// <summary>超时: nobody decided in time, and who is above them is told (升级). Nothing is approved by it.</summary>
/// <param name="Told">Somebody is above them who may hear of it.</param>
public sealed record EscalatedOverdue(string Step, bool Told);

/// <summary>Of whom such an event tells.</summary>
internal static class DeskPeople
{
    private static readonly FrozenSet<string> Events = FrozenSet.Create(
        nameof(TaskReleased),
        nameof(TaskHandedOver),
        nameof(AdviceAsked),
        nameof(SignersAdded),
        nameof(SignerRemoved),
        nameof(AnswerTookEffect)
    );

    public static IEnumerable<Guid> Of(CaseEvent happened) =>
        Events.Contains(happened.Code)
            ? happened
                .Data.EnumerateObject()
                .SelectMany(p =>
                    p.Value.ValueKind == JsonValueKind.Array ? [.. p.Value.EnumerateArray()] : new[] { p.Value }
                )
                .Where(v => v.ValueKind == JsonValueKind.String)
                .Select(v => v.TryGetGuid(out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty)
            : [];
}
