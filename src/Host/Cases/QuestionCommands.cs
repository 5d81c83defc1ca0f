using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>Somebody was asked something about a task (沟通); what, stands with the task.</summary>
public sealed record QuestionAsked(string Step, Guid MemberId);

/// <summary>He has answered.</summary>
public sealed record QuestionAnswered(string Step, Guid MemberId);

/// <summary>沟通: asked and answered within a task, without moving it.</summary>
public sealed class QuestionCommands(
    EduUnionDb db,
    TaskFrame frame,
    CaseSteps steps,
    Access access,
    ExchangeMail mail,
    Vault vault
)
{
    /// <summary>Open questions of one task; more is a meeting.</summary>
    public const int Most = 20;

    /// <summary>
    /// By whoever may decide the task, while it is open. Refusals: <c>task.unknown</c> (404), <c>question.not-yours</c>
    /// (403), <c>task.closed</c> (409), <c>form.required</c> at <c>text</c> and <c>member</c>, <c>question.too-many</c>, at
    /// <c>member</c>: <c>question.self</c>, <c>member.unknown-here</c>, <c>question.not-visible</c> (a confidential case).
    /// </summary>
    public Task<Outcome<StepDone>> AskAsync(
        Guid taskId,
        Guid? member,
        string? text,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.OnAsync(
            taskId,
            "task.ask",
            asker,
            async (work, task, asking) =>
            {
                if (!asking.MayTell(task, work.Row))
                    return Refusal.Forbidden("question.not-yours");
                if (TaskFrame.NotOpen(task) is { } over)
                    return over;
                if (member is not { } asked)
                    return Refusal.At("member", "form.required");
                if (string.IsNullOrWhiteSpace(text))
                    return Refusal.At("text", "form.required");
                if (Remark.Check("text", text) is { } unreadable)
                    return unreadable;
                if (asked == asker.MemberId)
                    return Refusal.At("member", "question.self");
                if (await UnfitAsync(work, asked, cancellation) is { } unfit)
                    return unfit;
                if (
                    await db.Set<QuestionRow>()
                        .CountAsync(q => q.TaskId == taskId && q.AnsweredAt == null, cancellation) >= Most
                )
                    return Refusal.Because("question.too-many", Most);
                var id = Guid.CreateVersion7(work.Moment.Now);
                db.Add(
                    new QuestionRow
                    {
                        Id = id,
                        CaseId = work.Row.Id,
                        TaskId = task.Id,
                        Step = task.Name,
                        ById = asker.MemberId,
                        MemberId = asked,
                        At = work.Moment.Now,
                        Text = vault.Seal(text.Trim(), QuestionRow.TextPlace.BoundOf([id])),
                    }
                );
                work.Happened(new QuestionAsked(task.Name, asked));
                work.Tell(
                    mail.Of(
                        (NoticeKind.QuestionAsked, NoticeKind.NumberQuestionAsked),
                        work,
                        NoticeRecipients.ToMembers(asked),
                        "/questions"
                    )
                );
                return null;
            },
            cancellation
        );

    /// <summary>
    /// By whom it was put to, once, also after the task is closed. Refusals: <c>question.unknown</c> (404),
    /// <c>question.answered</c> (409: when), <c>form.required</c> at <c>text</c>.
    /// </summary>
    public async Task<Outcome<StepDone>> AnswerAsync(
        Guid questionId,
        string? text,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var of = await db.Set<QuestionRow>()
            .AsNoTracking()
            .Where(q => q.Id == questionId && q.MemberId == asker.MemberId)
            .Select(q => (Guid?)q.CaseId)
            .FirstOrDefaultAsync(cancellation);
        if (of is not { } caseId)
            return await steps.RefuseAsync(Refusal.Missing("question.unknown"), asker, cancellation);
        return await steps.CommandAsync(
            caseId,
            asker,
            "question.answer",
            async work =>
            {
                var question = await db.Set<QuestionRow>().FirstAsync(q => q.Id == questionId, cancellation);
                if (question.AnsweredAt is { } answered)
                    return new Refusal("question.answered", RefusalKind.Conflict) { Arguments = [answered] };
                if (string.IsNullOrWhiteSpace(text))
                    return Refusal.At("text", "form.required");
                if (Remark.Check("text", text) is { } unreadable)
                    return unreadable;
                question.AnsweredAt = work.Moment.Now;
                question.Answer = vault.Seal(text.Trim(), QuestionRow.AnswerPlace.BoundOf([questionId]));
                work.Happened(new QuestionAnswered(question.Step, asker.MemberId));
                work.Tell(
                    mail.Of(
                        (NoticeKind.QuestionAnswered, NoticeKind.NumberQuestionAnswered),
                        work,
                        NoticeRecipients.ToMembers(question.ById),
                        "/questions?show=asked"
                    )
                );
                return null;
            },
            cancellation
        );
    }

    private async Task<Refusal?> UnfitAsync(CaseWork work, Guid member, CancellationToken cancellation)
    {
        if (!work.Case.IsConfidential)
            return await frame.BelongAsync(work, [member], cancellation)
                ? null
                : Refusal.At("member", "member.unknown-here");
        return await access.SeesAsync(work.Row.Id, await access.ViewerAsync(member, cancellation), cancellation)
            ? null
            : Refusal.At("member", "question.not-visible");
    }
}
