using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>A version after it was imported or published.</summary>
/// <param name="Findings">What keeps it from being published; empty when nothing does.</param>
public sealed record DefinitionDone(
    string DefinitionId,
    int Version,
    bool Published,
    IReadOnlyList<Finding> Findings,
    DateTimeOffset At
)
{
    /// <summary>What some school has not: those that block keep it from being published, the others are warnings.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];
}

/// <summary>
/// Brings definitions in and puts them into force. The administrator's business (<c>Policies.Administrator</c> stands before
/// it); the same request again gets the first answer.
/// </summary>
public sealed class DefinitionCommands(
    EduUnionDb db,
    DefinitionLibrary library,
    DefinitionFindings checks,
    DefinitionGaps gaps,
    FindingWords words,
    OrganisationBook organisations,
    RequestBook requests,
    TimeProvider time
)
{
    /// <summary>A document is a few hundred kilobytes at most; ours have up to two hundred.</summary>
    public const int Longest = 2 * 1024 * 1024;

    /// <summary>
    /// Takes a document in as a draft. The same bytes again change nothing. Refusals: <c>definition.too-large</c>,
    /// <c>definition.unreadable</c> (what is wrong, and where), <c>definition.version-exists</c> (409: that version is
    /// another document).
    /// </summary>
    public async Task<Outcome<DefinitionDone>> ImportAsync(byte[] document, Asker asker, CancellationToken cancellation)
    {
        if (document.Length > Longest)
            return Refusal.At("file", "definition.too-large", Longest / 1024);
        var read = DefinitionFindings.Read(document);
        if (!read.IsOk)
            return read.Refusal;
        var definition = read.Value;
        var set = await library.CurrentAsync(db, cancellation);
        var findings = checks.Of(definition, set);
        var missing = await gaps.OfAsync(definition, cancellation);
        return await requests.OnceAsync(
            asker,
            async () =>
            {
                await db.LockOrganisationAsync(organisations.All()[0].Id, cancellation);
                var known = await FindAsync(definition.DefinitionId, definition.Version, cancellation);
                var bytes =
                    known?.Document
                    ?? (
                        DefinitionSet.Shipped.Find(definition.DefinitionId, definition.Version) is { } shipped
                            ? Encoding.UTF8.GetBytes(shipped.Text)
                            : null
                    );
                var now = time.GetUtcNow();
                if (bytes is null)
                    db.Add(
                        new DefinitionRow
                        {
                            Id = Guid.CreateVersion7(now),
                            DefinitionId = definition.DefinitionId,
                            Version = definition.Version,
                            Document = document,
                            ImportedById = asker.MemberId,
                            ImportedAt = now,
                        }
                    );
                else if (!bytes.AsSpan().SequenceEqual(document))
                    return (Outcome<DefinitionDone>)
                        new Refusal("definition.version-exists", RefusalKind.Conflict)
                        {
                            Arguments = [definition.DefinitionId, definition.Version],
                        };
                return new DefinitionDone(
                    definition.DefinitionId,
                    definition.Version,
                    bytes is not null && (known is null || known.Publication is not null),
                    findings,
                    now
                )
                {
                    Gaps = missing,
                };
            },
            done => done.At,
            cancellation
        );
    }

    /// <summary>
    /// Puts a draft into force: cases that start from here run by it, running ones keep their version. What it starts is
    /// fixed to the versions in force now. Refusals: <c>definition.unknown</c> (404), <c>definition.published-before</c>
    /// (409), <c>definition.not-newer</c>, <c>definition.unsound</c> (its findings stand on its page),
    /// <c>definition.unresolved</c> (an office or a deadline that a school has not), <c>form.reason-missing</c>.
    /// </summary>
    public async Task<Outcome<DefinitionDone>> PublishAsync(
        string definitionId,
        int version,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (Remark.Check("reason", reason) is { } unreadable)
            return unreadable;
        var done = await requests.OnceAsync(
            asker,
            async () =>
            {
                await db.LockOrganisationAsync(organisations.All()[0].Id, cancellation);
                var set = await library.CurrentAsync(db, cancellation);
                if (await FindAsync(definitionId, version, cancellation) is not { } row)
                    return set.Find(definitionId, version) is null
                        ? (Outcome<DefinitionDone>)Refusal.Missing("definition.unknown")
                        : new Refusal("definition.published-before", RefusalKind.Conflict);
                if (row.Publication is not null)
                    return new Refusal("definition.published-before", RefusalKind.Conflict);
                if (set.Latest(definitionId) is { } latest && latest.Version > version)
                    return Refusal.Because("definition.not-newer", latest.Version);
                var definition = DefinitionLibrary.Read(row);
                var findings = checks.Of(definition, set);
                if (findings.Length > 0)
                    return Refusal.Because("definition.unsound", findings.Length, findings[0].Sentence);
                var missing = await gaps.OfAsync(definition, cancellation);
                if (missing.Where(g => g.Blocks).ToList() is [var first, ..] blocking)
                    return Refusal.Because("definition.unresolved", blocking.Count, words.Sentence(first));
                var now = time.GetUtcNow();
                row.Publication = (await db.Set<DefinitionRow>().MaxAsync(d => d.Publication, cancellation) ?? 0) + 1;
                row.PublishedById = asker.MemberId;
                row.PublishedAt = now;
                row.Reason = reason.Trim();
                row.Pins = JsonSerializer.Serialize(set.Add(definition).Pins(definition));
                return new DefinitionDone(definitionId, version, true, [], now) { Gaps = missing };
            },
            done => done.At,
            cancellation
        );
        if (done.IsOk)
            await library.CurrentAsync(db, cancellation);
        return done;
    }

    /// <summary>Throws a draft away. Refusals: <c>definition.unknown</c> (404), <c>definition.published-before</c> (409).</summary>
    public async Task<Outcome<bool>> DiscardAsync(string definitionId, int version, CancellationToken cancellation)
    {
        var gone = await db.Set<DefinitionRow>()
            .Where(d => d.DefinitionId == definitionId && d.Version == version && d.Publication == null)
            .ExecuteDeleteAsync(cancellation);
        if (gone > 0)
            return true;
        return (await library.CurrentAsync(db, cancellation)).Find(definitionId, version) is null
            ? Refusal.Missing("definition.unknown")
            : new Refusal("definition.published-before", RefusalKind.Conflict);
    }

    private Task<DefinitionRow?> FindAsync(string definitionId, int version, CancellationToken cancellation) =>
        db.Set<DefinitionRow>()
            .FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.Version == version, cancellation);
}
