using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>Filing an objection (异议) to a public notice.</summary>
public sealed class ObjectionCommands(
    EduUnionDb db,
    CaseSteps steps,
    AidCases aid,
    ObjectionCases objections,
    TimeProvider time
)
{
    /// <summary>
    /// Files an objection while the notice runs; the application is held at once. An anonymous one keeps nobody: neither on
    /// the case, nor in the journal, nor as a request; the same form again is the same objection all the same, for its id is made
    /// of the form's key and what was written. Refusals: <c>case.unknown</c> (404), those of <see cref="Objection.File"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> FileAsync(
        Guid caseId,
        ObjectionGround ground,
        string? text,
        bool anonymous,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == caseId && c.Kind == AidCase.KindName, cancellation);
        if (row is null)
            return Refusal.Missing("case.unknown");
        var application = aid.ApplicationOf(row);
        if (application.Notice is null)
            return Refusal.Missing("case.unknown");
        var now = time.GetUtcNow();
        var derived = anonymous && asker.Key is not null;
        var id = derived ? IdOf(caseId, asker) : Guid.CreateVersion7(now);
        if (derived && await StandingAsync(id, cancellation) is { } before)
            return before;
        var filed = Objection.File(
            id,
            caseId,
            application.ApplicantId,
            application.Notice,
            asker.MemberId,
            ground,
            text,
            now,
            ChinaTime.DateOf(now)
        );
        // An anonymous one too is not the applicant's own; after that he is forgotten.
        if (filed.IsOk && anonymous)
            filed = Objection.File(
                id,
                caseId,
                application.ApplicantId,
                application.Notice,
                null,
                ground,
                text,
                now,
                ChinaTime.DateOf(now)
            );
        if (!filed.IsOk)
            // Sent again after the notice: the first answer, not that it is over. An anonymous one was looked for above.
            return anonymous ? filed.Refusal : await steps.RefuseAsync(filed.Refusal, asker, cancellation);
        var (objection, happened) = filed.Value;
        try
        {
            return await steps.StartAsync(
                new CaseRow
                {
                    Id = id,
                    Kind = ObjectionCase.KindName,
                    SchoolId = application.SchoolId,
                    StarterId = anonymous ? Guid.Empty : asker.MemberId,
                    RulesAt = now,
                    OpenedAt = now,
                },
                objections.Of(objection),
                ObjectionCase.KindName,
                [happened],
                anonymous ? null : asker,
                cancellation
            );
        }
        // Two quick presses: the other one was first, and no request tells of somebody without a name.
        catch (DbUpdateException clash) when (derived && db.IsUniqueViolation(clash))
        {
            db.ChangeTracker.Clear();
            if (await StandingAsync(id, cancellation) is { } standing)
                return standing;
            throw;
        }
    }

    private async Task<StepDone?> StandingAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<CaseRow>()
            .Where(c => c.Id == id && c.Kind == ObjectionCase.KindName)
            .Select(c => new StepDone(c.Id, c.State, c.Number, c.Version, c.ChangedAt))
            .FirstOrDefaultAsync(cancellation);

    private static Guid IdOf(Guid caseId, Asker asker) =>
        new(
            SHA256.HashData([.. caseId.ToByteArray(), .. Encoding.UTF8.GetBytes(asker.Key!), .. asker.BodyHash ?? []])[
                ..16
            ]
        );
}
