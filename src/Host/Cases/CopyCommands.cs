using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>Somebody was told of a task (抄送); what was written with it is between the two.</summary>
public sealed record CaseCopied(string Step, IReadOnlyList<Guid> MemberIds);

/// <summary>He has read it (已阅).</summary>
public sealed record CopyRead(Guid CopyId, string Step);

/// <summary>抄送 and 已阅: commands of the case.</summary>
public sealed class CopyCommands(
    EduUnionDb db,
    TaskFrame frame,
    CaseSteps steps,
    Access access,
    ExchangeMail mail,
    Vault vault
)
{
    public const int Most = 20;

    /// <summary>
    /// By whoever holds the task or decided it. Refusals: <c>task.unknown</c> (404), <c>copy.not-yours</c> (403), at
    /// <c>members</c>: <c>form.required</c>, <c>form.too-many</c>, <c>copy.self</c>, <c>member.unknown-here</c>,
    /// <c>copy.not-visible</c> (a confidential case that he may not see); those of a remark at <c>note</c>.
    /// </summary>
    public Task<Outcome<StepDone>> CopyAsync(
        Guid taskId,
        IReadOnlyCollection<Guid> members,
        string? note,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.OnAsync(
            taskId,
            "task.copy",
            asker,
            async (work, task, asking) =>
            {
                if (!asking.MayTell(task, work.Row))
                    return Refusal.Forbidden("copy.not-yours");
                var to = members.Distinct().ToList();
                if (to.Count is 0 or > Most)
                    return to.Count == 0
                        ? Refusal.At("members", "form.required")
                        : Refusal.At("members", "form.too-many", Most);
                if (to.Contains(asker.MemberId))
                    return Refusal.At("members", "copy.self");
                if (Remark.Check("note", note) is { } unreadable)
                    return unreadable;
                if (await UnfitAsync(work, to, cancellation) is { } unfit)
                    return unfit;
                var said = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
                foreach (var member in to)
                {
                    var id = Guid.CreateVersion7(work.Moment.Now);
                    db.Add(
                        new CopyRow
                        {
                            Id = id,
                            CaseId = work.Row.Id,
                            TaskId = task.Id,
                            Step = task.Name,
                            MemberId = member,
                            ById = asker.MemberId,
                            At = work.Moment.Now,
                            Note = said is null ? null : vault.Seal(said, CopyRow.NotePlace.BoundOf([id])),
                        }
                    );
                }
                work.Happened(new CaseCopied(task.Name, to));
                work.Tell(
                    mail.Of(
                        (NoticeKind.CaseCopied, NoticeKind.NumberCopied),
                        work,
                        NoticeRecipients.ToMembers(to),
                        "/copies"
                    )
                );
                return null;
            },
            cancellation
        );

    /// <summary>
    /// 已阅, by whom it was sent to, once. Refusals: <c>copy.unknown</c> (404), <c>copy.already-read</c> (409: when), those
    /// of a remark at <c>remark</c>.
    /// </summary>
    public async Task<Outcome<StepDone>> ReadAsync(
        Guid copyId,
        string? remark,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var of = await db.Set<CopyRow>()
            .AsNoTracking()
            .Where(c => c.Id == copyId && c.MemberId == asker.MemberId)
            .Select(c => (Guid?)c.CaseId)
            .FirstOrDefaultAsync(cancellation);
        if (of is not { } caseId)
            return await steps.RefuseAsync(Refusal.Missing("copy.unknown"), asker, cancellation);
        return await steps.CommandAsync(
            caseId,
            asker,
            "copy.read",
            async work =>
            {
                var copy = await db.Set<CopyRow>().FirstAsync(c => c.Id == copyId, cancellation);
                if (copy.ReadAt is { } read)
                    return new Refusal("copy.already-read", RefusalKind.Conflict) { Arguments = [read] };
                if (Remark.Check("remark", remark) is { } unreadable)
                    return unreadable;
                var said = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
                copy.ReadAt = work.Moment.Now;
                copy.Remark = said is null ? null : vault.Seal(said, CopyRow.RemarkPlace.BoundOf([copyId]));
                work.Happened(new CopyRead(copyId, copy.Step));
                return null;
            },
            cancellation
        );
    }

    private async Task<Refusal?> UnfitAsync(CaseWork work, List<Guid> members, CancellationToken cancellation)
    {
        if (!work.Case.IsConfidential)
            return await frame.BelongAsync(work, members, cancellation)
                ? null
                : Refusal.At("members", "member.unknown-here");
        foreach (var member in members)
            if (!await access.SeesAsync(work.Row.Id, await access.ViewerAsync(member, cancellation), cancellation))
                return Refusal.At("members", "copy.not-visible");
        return null;
    }
}
