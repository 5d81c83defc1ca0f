using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A copy (抄送) as its receiver or its sender sees it.</summary>
/// <param name="Title">Empty for what is confidential: that has its number.</param>
/// <param name="From">Who sent it; null = the process.</param>
/// <param name="SeesCase">Whether the reader may open the case.</param>
public sealed record CopyLine(
    Guid Id,
    Guid TaskId,
    Guid CaseId,
    string CaseKind,
    string? CaseNumber,
    string Title,
    string Step,
    string? From,
    string To,
    DateTimeOffset At,
    string? Note,
    DateTimeOffset? ReadAt,
    string? Remark,
    bool SeesCase
);

/// <summary>A question (沟通) as whoever asked it or is asked sees it.</summary>
/// <param name="SeesCase">Whether the reader may open the case.</param>
public sealed record QuestionLine(
    Guid Id,
    Guid TaskId,
    Guid CaseId,
    string CaseKind,
    string? CaseNumber,
    string Title,
    string Step,
    string By,
    string To,
    DateTimeOffset At,
    string? Text,
    string? Answer,
    DateTimeOffset? AnsweredAt,
    bool SeesCase
);

/// <summary>Copies and questions, read; each is seen by the two between whom it is, a question also by who decides its task.</summary>
public sealed class ExchangeBook(EduUnionDb db, Access access, Vault vault)
{
    private const int Bound = 100;

    /// <param name="sent">What the viewer sent, in place of what he got.</param>
    public async Task<Slice<CopyLine>> CopiesAsync(
        Viewer viewer,
        bool sent,
        int limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var member = viewer.MemberId;
        var copies = db.Set<CopyRow>().Where(c => sent ? c.ById == member : c.MemberId == member);
        if (ListKey.Read(after) is { At: { } at } key)
            copies = copies.Where(c => c.At < at || (c.At == at && c.Id < key.Id));
        var read = await (
            from copy in copies
            join to in db.Set<Member>() on copy.MemberId equals to.Id
            join sender in db.Set<Member>() on copy.ById equals (Guid?)sender.Id into senders
            from sender in senders.DefaultIfEmpty()
            orderby copy.At descending, copy.Id descending
            select new
            {
                Copy = copy,
                copy.Case.Kind,
                Number = copy.Case.Number ?? copy.Case.Receipt,
                copy.Case.Title,
                From = sender == null ? null : sender.Name,
                To = to.Name,
            }
        )
            .Take(limit + 1)
            .AsNoTracking()
            .ToListAsync(cancellation);
        var seen = await access.SeenAsync([.. read.Select(r => r.Copy.CaseId)], viewer, cancellation);
        var last = read.Count > limit ? read[limit - 1].Copy : null;
        return new Slice<CopyLine>(
            [
                .. read.Take(limit)
                    .Select(r => new CopyLine(
                        r.Copy.Id,
                        r.Copy.TaskId,
                        r.Copy.CaseId,
                        r.Kind,
                        r.Number,
                        Title(r.Kind, r.Title),
                        r.Copy.Step,
                        r.From,
                        r.To,
                        r.Copy.At,
                        Said(
                            r.Kind,
                            seen.Contains(r.Copy.CaseId),
                            sent,
                            Open(r.Copy.Note, CopyRow.NotePlace, r.Copy.Id)
                        ),
                        r.Copy.ReadAt,
                        Said(
                            r.Kind,
                            seen.Contains(r.Copy.CaseId),
                            !sent,
                            Open(r.Copy.Remark, CopyRow.RemarkPlace, r.Copy.Id)
                        ),
                        seen.Contains(r.Copy.CaseId)
                    )),
            ],
            last is null ? null : new ListKey(last.At, last.Id).ToString()
        );
    }

    /// <summary>Copies that the member has not marked as read, up to a bound.</summary>
    public Task<int> UnreadAsync(Guid member, CancellationToken cancellation) =>
        db.Set<CopyRow>()
            .Where(c => c.MemberId == member && c.ReadAt == null)
            .OrderBy(_ => 1)
            .Take(Bound)
            .CountAsync(cancellation);

    /// <summary>Questions that wait for the member's answer, up to a bound.</summary>
    public Task<int> UnansweredAsync(Guid member, CancellationToken cancellation) =>
        db.Set<QuestionRow>()
            .Where(q => q.MemberId == member && q.AnsweredAt == null)
            .OrderBy(_ => 1)
            .Take(Bound)
            .CountAsync(cancellation);

    /// <param name="asked">What the viewer asked, in place of what he is asked.</param>
    public Task<Slice<QuestionLine>> QuestionsAsync(
        Viewer viewer,
        bool asked,
        int limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var member = viewer.MemberId;
        var questions = db.Set<QuestionRow>().Where(q => asked ? q.ById == member : q.MemberId == member);
        if (ListKey.Read(after) is { At: { } at } key)
            questions = questions.Where(q => q.At < at || (q.At == at && q.Id < key.Id));
        return ReadAsync(questions, viewer, limit, cancellation);
    }

    /// <summary>What was asked about one task; the caller has checked that the viewer may decide it.</summary>
    public async Task<IReadOnlyList<QuestionLine>> OfTaskAsync(
        Guid taskId,
        Viewer viewer,
        CancellationToken cancellation
    ) => (await ReadAsync(db.Set<QuestionRow>().Where(q => q.TaskId == taskId), viewer, Bound, cancellation)).Items;

    private async Task<Slice<QuestionLine>> ReadAsync(
        IQueryable<QuestionRow> questions,
        Viewer viewer,
        int limit,
        CancellationToken cancellation
    )
    {
        var read = await (
            from question in questions
            join to in db.Set<Member>() on question.MemberId equals to.Id
            join asker in db.Set<Member>() on question.ById equals asker.Id
            orderby question.At descending, question.Id descending
            select new
            {
                Question = question,
                question.Case.Kind,
                Number = question.Case.Number ?? question.Case.Receipt,
                question.Case.Title,
                By = asker.Name,
                To = to.Name,
            }
        )
            .Take(limit + 1)
            .AsNoTracking()
            .ToListAsync(cancellation);
        var seen = await access.SeenAsync([.. read.Select(r => r.Question.CaseId)], viewer, cancellation);
        var last = read.Count > limit ? read[limit - 1].Question : null;
        return new Slice<QuestionLine>(
            [
                .. read.Take(limit)
                    .Select(r => new QuestionLine(
                        r.Question.Id,
                        r.Question.TaskId,
                        r.Question.CaseId,
                        r.Kind,
                        r.Number,
                        Title(r.Kind, r.Title),
                        r.Question.Step,
                        r.By,
                        r.To,
                        r.Question.At,
                        Open(r.Question.Text, QuestionRow.TextPlace, r.Question.Id),
                        Open(r.Question.Answer, QuestionRow.AnswerPlace, r.Question.Id),
                        r.Question.AnsweredAt,
                        seen.Contains(r.Question.CaseId)
                    )),
            ],
            last is null ? null : new ListKey(last.At, last.Id).ToString()
        );
    }

    // What was written about a confidential case is not read any more once the case is not; one's own words are.
    private static string? Said(string kind, bool seesCase, bool own, string? text) =>
        kind == MotionCase.KindName || seesCase || own ? text : null;

    private static string Title(string kind, string title) => kind == MotionCase.KindName ? title : "";

    private string? Open(string? text, SealedPlace place, Guid id) =>
        text is null ? null : vault.Open(text, place.BoundOf([id]));
}
