using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>An application as its author opens it.</summary>
/// <param name="MayWrite">It is being written or completed now.</param>
public sealed record OpenApplication(
    AidApplication Application,
    string Applicant,
    IReadOnlyList<AttachmentLine> Files,
    DateOnly Today,
    bool MayWrite
);

/// <summary>What the pages of an application do: open it, keep a matter, hand it in.</summary>
public sealed class ApplyDesk(
    EduUnionDb db,
    AidCases cases,
    AidCommands commands,
    CaseSteps steps,
    AttachmentBook attachments,
    MemberBook members,
    TimeProvider time
)
{
    /// <summary>Another window may have saved another matter meanwhile: then this one is put into what stands now.</summary>
    private const int Tries = 3;

    /// <summary>Name of the draft of a form of this application.</summary>
    public static string DraftOf(Guid id, string form) => $"aid-{id:N}-{form}";

    /// <summary>The documents that are there, by kind.</summary>
    public static ImmutableArray<Proof> ProofsOf(IEnumerable<AttachmentLine> files) =>
        [
            .. files
                .Where(f => f.PurgedAt is null)
                .Select(f => (Known: Enum.TryParse<ProofKind>(f.Proof, out var kind), Kind: kind, f.Id))
                .Where(f => f.Known)
                .Select(f => new Proof(f.Kind, f.Id)),
        ];

    /// <summary>Null: there is none, or it is written by somebody else.</summary>
    public async Task<OpenApplication?> FindAsync(Guid id, Guid member, CancellationToken cancellation)
    {
        if (await ReadAsync(id, cancellation) is not { Application: var aid })
            return null;
        if (aid.ApplicantId != member && aid.EnteredById != member)
            return null;
        // What was only reported is not the applicant's yet.
        if (aid.State is AidState.Reported or AidState.Dismissed)
            return null;
        var papers = aid is { Route: AidRoute.Emergency, State: AidState.Confirmed } && aid.ApplicantId == member;
        return new OpenApplication(
            aid,
            (await members.FindAsync(aid.ApplicantId, cancellation))?.Name ?? "",
            await attachments.OfCaseAsync(id, cancellation),
            ChinaTime.DateOf(time.GetUtcNow()),
            papers || (aid.State is AidState.Draft or AidState.Supplement && aid.AuthorId == member)
        );
    }

    /// <summary>Puts one matter into the content as it stands. Refusals: those of <see cref="AidCommands.SaveDraftAsync"/>.</summary>
    public async Task<Outcome<StepDone>> SaveAsync(
        Guid id,
        Func<AidContent, AidContent> change,
        Asker asker,
        CancellationToken cancellation
    )
    {
        for (var tried = 1; ; tried++)
        {
            if (await ReadAsync(id, cancellation) is not { } read)
                return Refusal.Missing("case.unknown");
            var (aid, version) = read;
            var saved = await commands.SaveDraftAsync(id, change(aid.Content), version, asker, cancellation);
            if (saved.IsOk || saved.Refusal.Kind != RefusalKind.Stale || tried == Tries)
                return saved;
        }
    }

    public Task<Outcome<StepDone>> ConsentAsync(
        Guid id,
        ConsentKind kind,
        string version,
        Guid? paper,
        Asker asker,
        CancellationToken cancellation
    ) => commands.GiveConsentAsync(id, kind, version, paper, asker, cancellation);

    /// <summary>
    /// Decides the author's own task; before that the documents that were uploaded become part of what is handed in.
    /// Refusals: <c>case.unknown</c>, those of the decision.
    /// </summary>
    public async Task<Outcome<StepDone>> DecideAsync(
        Guid id,
        string task,
        string outcome,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var open = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == id && t.Name == task && t.MemberId == asker.MemberId)
            .OrderBy(t => t.State == TaskState.Open ? 0 : 1)
            .ThenByDescending(t => t.OpenedAt)
            .FirstOrDefaultAsync(cancellation);
        if (open is null)
            return Refusal.Missing("case.unknown");
        if (open.State == TaskState.Open && outcome is "submit" or "resubmit")
        {
            var proofs = ProofsOf(await attachments.OfCaseAsync(id, cancellation));
            var filed = await SaveAsync(id, c => c with { Proofs = proofs }, asker with { Key = null }, cancellation);
            if (!filed.IsOk)
                return filed;
        }
        return await steps.DecideAsync(new Decision(open.Id, outcome, null, null, null), asker, cancellation);
    }

    private async Task<(AidApplication Application, long Version)?> ReadAsync(
        Guid id,
        CancellationToken cancellation
    ) =>
        await db.Set<CaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == AidCase.KindName, cancellation)
            is { } row
            ? (cases.ApplicationOf(row), row.Version)
            : null;
}
