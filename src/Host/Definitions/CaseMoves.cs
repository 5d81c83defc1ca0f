using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>A case went over to another version of a definition; the event in its journal.</summary>
public sealed record DefinitionMoved(string DefinitionId, IReadOnlyList<int> From, int To, string Reason);

/// <summary>A move was taken back; the event in the journal.</summary>
public sealed record DefinitionMoveUndone(string DefinitionId, int From, string To);

/// <summary>A case to be moved, at the version at which its preview was seen.</summary>
public sealed record SeenCase(Guid CaseId, long Version);

/// <summary>What became of one case of a request.</summary>
public sealed record MoveResult(Guid CaseId, Outcome<StepDone> Done);

/// <summary>A move that was made.</summary>
/// <param name="CanUndo">Nothing has happened in the case since.</param>
public sealed record MoveLine(
    Guid Id,
    Guid CaseId,
    string? Number,
    string Before,
    int Version,
    string Reason,
    string? MovedBy,
    DateTimeOffset MovedAt,
    DateTimeOffset? UndoneAt,
    bool CanUndo
);

/// <summary>
/// Takes running cases over to another version of a definition, each in a commit of its own, and back. The administrator's
/// business (<c>Policies.Administrator</c> stands before it), who sees numbers and steps of the cases and nothing else.
/// </summary>
public sealed class CaseMoves(EduUnionDb db, CaseSteps steps, DefinitionLibrary library)
{
    /// <summary>Cases that one request may move.</summary>
    public const int Most = 100;

    /// <summary>
    /// The order, checked. Refusals: <c>definition.unknown</c> (404), <c>move.draft</c> (409: cases run by what is published),
    /// <c>move.answer-unknown</c> at <c>answers</c> (the answer is no step of that version that anybody is asked).
    /// </summary>
    public async Task<Outcome<MoveOrder>> OrderAsync(
        string definitionId,
        int version,
        IReadOnlyDictionary<string, string>? answers,
        CancellationToken cancellation
    )
    {
        var set = await library.CurrentAsync(db, cancellation);
        if (set.Find(definitionId, version) is not { } target)
            return await db.Set<DefinitionRow>()
                .AnyAsync(d => d.DefinitionId == definitionId && d.Version == version, cancellation)
                ? new Refusal("move.draft", RefusalKind.Conflict)
                : Refusal.Missing("definition.unknown");
        var given = (answers ?? ImmutableDictionary<string, string>.Empty).Where(a => a.Value.Length > 0).ToList();
        if (given.FirstOrDefault(a => !Places(target).Any(p => p.Id == a.Value)) is { Key: not null } wrong)
            return Refusal.At("answers", "move.answer-unknown", wrong.Value);
        return new MoveOrder(definitionId, version, given.ToImmutableDictionary());
    }

    /// <summary>The activities at which a case can stand because somebody or something is waited for.</summary>
    public static IEnumerable<Activity> Places(Definition definition) =>
        definition.Activities.Values.Where(a =>
            StepCatalogue.Shipped.Find(a.Literal("taskName") ?? "") is { Kind: StepKind.Human or StepKind.Wait }
        );

    /// <summary>
    /// Moves the cases one after another. Refusals of the whole: those of the order, <c>form.reason-missing</c>,
    /// <c>move.too-many</c>, <c>move.nothing-chosen</c>. Of one case: <c>case.unknown</c> (404), <c>move.changed</c> (409: it
    /// went on since it was looked at), <c>move.not-running</c> (409), <c>move.answer-needed</c>, <c>move.misfit</c>,
    /// <c>move.other-step</c>, <c>move.nobody-asked</c>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<MoveResult>>> MoveAsync(
        MoveOrder order,
        IReadOnlyList<SeenCase> cases,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (Remark.Check("reason", reason) is { } unreadable)
            return unreadable;
        if (cases.Count == 0)
            return Refusal.At("cases", "move.nothing-chosen");
        if (cases.Count > Most)
            return Refusal.At("cases", "move.too-many", Most);
        var results = new List<MoveResult>();
        foreach (var seen in cases.DistinctBy(c => c.CaseId))
            results.Add(new(seen.CaseId, await MoveAsync(order, seen, reason.Trim(), asker, cancellation)));
        return results;
    }

    /// <summary>
    /// Takes a move back. Refusals: <c>move.unknown</c> (404), <c>move.undone</c> (409), <c>move.went-on</c> (409: something
    /// has happened in the case since).
    /// </summary>
    public async Task<Outcome<StepDone>> UndoAsync(
        string definitionId,
        int version,
        Guid moveId,
        Asker asker,
        CancellationToken cancellation
    )
    {
        await library.CurrentAsync(db, cancellation);
        var caseId = await db.Set<MoveRow>()
            .Where(m => m.Id == moveId && m.DefinitionId == definitionId && m.Version == version)
            .Select(m => (Guid?)m.CaseId)
            .FirstOrDefaultAsync(cancellation);
        if (caseId is null)
            return Refusal.Missing("move.unknown");
        return await steps.CommandAsync(
            caseId.Value,
            asker,
            "case.move.undo",
            async work =>
            {
                var row = await db.Set<MoveRow>().SingleAsync(m => m.Id == moveId, cancellation);
                if (row.UndoneAt is not null)
                    return new Refusal("move.undone", RefusalKind.Conflict);
                if (row.CaseVersion != work.Row.Version)
                    return new Refusal("move.went-on", RefusalKind.Conflict);
                var rows = JsonSerializer.Deserialize<MovedRows>(row.Rows, CaseJson.Options)!;
                if (await work.UndoMoveAsync(row.Family, rows, row.Reason, asker.MemberId, cancellation) is { } refused)
                    return refused;
                work.Happened(new DefinitionMoveUndone(row.DefinitionId, row.Version, row.Before));
                row.UndoneAt = work.Moment.Now;
                row.UndoneById = asker.MemberId;
                return null;
            },
            cancellation
        );
    }

    /// <summary>The last moves to a version, the latest first.</summary>
    public async Task<IReadOnlyList<MoveLine>> DoneAsync(
        string definitionId,
        int version,
        int limit,
        CancellationToken cancellation
    ) =>
        await (
            from move in db.Set<MoveRow>().AsNoTracking()
            where move.DefinitionId == definitionId && move.Version == version
            join row in db.Set<CaseRow>() on move.CaseId equals row.Id
            join member in db.Set<Member>() on move.MovedById equals member.Id into members
            from member in members.DefaultIfEmpty()
            orderby move.MovedAt descending, move.CaseVersion descending, move.Id
            select new MoveLine(
                move.Id,
                row.Id,
                row.Number ?? row.Receipt,
                move.Before,
                move.Version,
                move.Reason,
                member.Name,
                move.MovedAt,
                move.UndoneAt,
                move.UndoneAt == null && row.Version == move.CaseVersion
            )
        )
            .Take(limit)
            .ToListAsync(cancellation);

    // The key of the request is one for all its cases; each has an answer of its own.
    private Task<Outcome<StepDone>> MoveAsync(
        MoveOrder order,
        SeenCase seen,
        string reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        steps.CommandAsync(
            seen.CaseId,
            asker with
            {
                Key = asker.Key is { } key ? $"{key}/{seen.CaseId:N}" : null,
            },
            "case.move",
            async work =>
            {
                if (work.Row.Version != seen.Version)
                    return new Refusal("move.changed", RefusalKind.Conflict);
                var running = work.VersionsOf(order.DefinitionId).Where(v => v != order.Version).ToList();
                if (running.Count == 0)
                    return new Refusal("move.not-running", RefusalKind.Conflict);
                var moved = work.Plan(order);
                if (!moved.Misfits.IsEmpty)
                    return Refusal.Because("move.misfit", string.Join(", ", moved.Misfits));
                if (!moved.IsPossible)
                    return Refusal.Because(
                        "move.answer-needed",
                        string.Join(
                            ", ",
                            moved.Places.Where(p => p.Fate == PlaceFate.Asks).Select(p => p.From).Distinct()
                        )
                    );
                var done = await work.MoveAsync(moved, reason, asker.MemberId, cancellation);
                if (!done.IsOk)
                    return done.Refusal;
                work.Happened(new DefinitionMoved(order.DefinitionId, running, order.Version, reason));
                db.Add(
                    new MoveRow
                    {
                        Id = Guid.CreateVersion7(work.Moment.Now),
                        CaseId = seen.CaseId,
                        DefinitionId = order.DefinitionId,
                        Before = string.Join(", ", running),
                        Version = order.Version,
                        Reason = reason,
                        MovedById = asker.MemberId,
                        MovedAt = work.Moment.Now,
                        CaseVersion = work.Row.Version + 1,
                        Family = done.Value.Family,
                        Rows = JsonSerializer.Serialize(done.Value.Rows, CaseJson.Options),
                    }
                );
                return null;
            },
            cancellation
        );
}
