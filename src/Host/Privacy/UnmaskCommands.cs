using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Privacy;

/// <summary>What the journal of the case keeps of it; never the value.</summary>
public sealed record SensitiveDataViewed(string Field, ViewPurpose Purpose, string Reason);

/// <summary>The one value, for one answer that is kept nowhere.</summary>
/// <param name="Value">Null = none was given.</param>
public sealed record Unmasked(string Field, string? Value, DateTimeOffset At);

/// <summary>Shows one sensitive value against a reason (domain §3.9: masked by default, the click is logged).</summary>
public sealed class UnmaskCommands(
    EduUnionDb db,
    CaseSteps steps,
    CaseKinds kinds,
    IEnumerable<ISensitiveFields> sensitive,
    Vault vault,
    TimeProvider time
)
{
    public const int LongestField = 80;
    private const int ShortestReason = 4;

    /// <summary>The same request again, because the answer was lost on its way, still gets its value for so long.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether the member may ask for the value, before he says why: null, or the refusal. Refusals: <c>case.unknown</c>,
    /// <c>sensitive.unknown</c> (404), <c>sensitive.not-yours</c> and the case's own (403). Records nothing.
    /// </summary>
    public async Task<Refusal?> CheckAsync(Guid caseId, string field, Guid member, CancellationToken cancellation)
    {
        var row = await db.Set<CaseRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == caseId, cancellation);
        if (row is null)
            return Refusal.Missing("case.unknown");
        return Of(row.Kind) is { } fields && field.Length <= LongestField
            ? await fields.RefuseAsync(kinds.Read(row), field, member, cancellation)
            : Refusal.Missing("sensitive.unknown");
    }

    /// <summary>
    /// Records who looks, for what and why, in the case's journal and in <c>sensitive_views</c>, and gives the value. The
    /// same key again records nothing and gives the value for five minutes. Refusals: <c>case.unknown</c>,
    /// <c>sensitive.unknown</c> (404), <c>sensitive.not-yours</c> and the case's own (403), <c>sensitive.reason-short</c>,
    /// those of <see cref="Remark.Check"/>, <c>sensitive.shown</c> (409: that request was answered long ago).
    /// </summary>
    public async Task<Outcome<Unmasked>> UnmaskAsync(
        Guid caseId,
        string field,
        ViewPurpose purpose,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var said = reason?.Trim() ?? "";
        if (said.EnumerateRunes().Count() < ShortestReason)
            return await RefusedAsync(Refusal.At("reason", "sensitive.reason-short", ShortestReason));
        if (Remark.Check("reason", said) is { } unreadable)
            return await RefusedAsync(unreadable);
        Unmasked? shown = null;
        var done = await steps.CommandAsync(
            caseId,
            asker,
            "aid.unmask",
            async work =>
            {
                if (Of(work.Row.Kind) is not { } fields || field.Length > LongestField)
                    return Refusal.Missing("sensitive.unknown");
                if (await fields.RefuseAsync(work.Case, field, asker.MemberId, cancellation) is { } refused)
                    return refused;
                var id = Guid.CreateVersion7(work.Moment.Now);
                db.Add(
                    new SensitiveView
                    {
                        Id = id,
                        CaseId = caseId,
                        ViewerId = asker.MemberId,
                        Field = field,
                        Purpose = purpose,
                        Reason = vault.Seal(said, id),
                        At = work.Moment.Now,
                    }
                );
                work.Happened(new SensitiveDataViewed(field, purpose, said));
                shown = new Unmasked(field, fields.Read(work.Case, field), work.Moment.Now);
                return null;
            },
            cancellation
        );
        return !done.IsOk ? done.Refusal
            // Of a repeated request the change runs, too, and is then given up: only what was committed may be shown.
            : shown?.At == done.Value.At ? shown
            : await AgainAsync(caseId, field, asker.MemberId, done.Value.At, cancellation);

        async Task<Outcome<Unmasked>> RefusedAsync(Refusal refusal)
        {
            var first = await steps.RefuseAsync(refusal, asker, cancellation);
            return first.IsOk
                ? await AgainAsync(caseId, field, asker.MemberId, first.Value.At, cancellation)
                : first.Refusal;
        }
    }

    private async Task<Outcome<Unmasked>> AgainAsync(
        Guid caseId,
        string field,
        Guid viewer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var row = await db.Set<CaseRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == caseId, cancellation);
        var seen = await db.Set<SensitiveView>()
            .AnyAsync(v => v.CaseId == caseId && v.ViewerId == viewer && v.Field == field && v.At == at, cancellation);
        return row is null || !seen || at + Shown < time.GetUtcNow() || Of(row.Kind) is not { } fields
            ? new Refusal("sensitive.shown", RefusalKind.Conflict)
            : new Unmasked(field, fields.Read(kinds.Read(row), field), at);
    }

    private ISensitiveFields? Of(string kind) => sensitive.FirstOrDefault(s => s.Kind == kind);
}
