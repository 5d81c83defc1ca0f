using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Seen = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Api.MeetingAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

/// <param name="Applications">Which of those that wait; left out: all.</param>
public sealed record MeetingRequest(
    Guid? SchoolId,
    DateTimeOffset? MeetsAt,
    string? Place,
    IReadOnlyList<Guid>? Applications
);

/// <summary>Who is there; the first time it opens the meeting.</summary>
public sealed record AttendanceRequest(IReadOnlyList<Guid>? Attendees);

/// <param name="Reason">Why it departs from what the rules suggest.</param>
public sealed record ProposalRequest(Guid? Line, AidCategory? Category, long? AmountFen, string? Reason);

/// <param name="MemberId">Whose paper ballot the chair enters; left out: the caller's own vote.</param>
public sealed record BallotRequest(Guid? Line, Ballot? Ballot, Guid? MemberId);

public sealed record RecusalRequest(Guid? Line, Relation? Relation, string? Reason);

public sealed record CloseMeetingRequest(string? Minutes);

/// <param name="MemberId">Who is to lead it where the chair is absent or recused.</param>
public sealed record DeputyRequest(Guid? MemberId);

public sealed record MeetingItemAnswer(
    Guid Id,
    Guid SchoolId,
    MeetingState State,
    DateTimeOffset MeetsAt,
    string Place,
    int Lines
);

public sealed record ProposalAnswer(AidCategory Category, long AmountFen, string? Reason);

public sealed record LineResultAnswer(bool Passed, int Eligible, int Present, int Yes, int No, int Abstained);

/// <summary>An application before the committee, by its number; who it is about stands nowhere.</summary>
/// <param name="Voted">How many have voted.</param>
/// <param name="Mine">The caller's own vote.</param>
public sealed record MeetingLineAnswer(
    Guid Id,
    Guid CaseId,
    string Number,
    AidCategory? Suggested,
    long? RequestedFen,
    int Recused,
    ProposalAnswer? Proposal,
    int Voted,
    Ballot? Mine,
    LineResultAnswer? Result
);

/// <param name="Hidden">Lines from which the caller is recused: of them there is nothing.</param>
public sealed record MeetingAnswer(
    Guid Id,
    Named School,
    MeetingState State,
    DateTimeOffset MeetsAt,
    string Place,
    Named Chair,
    Named? Deputy,
    IReadOnlyList<Named> Members,
    IReadOnlyList<Guid> Attendees,
    IReadOnlyList<MeetingLineAnswer> Lines,
    int Hidden,
    string? Minutes,
    DateTimeOffset? ClosedAt
)
{
    internal static MeetingAnswer Of(MeetingView view)
    {
        var meeting = view.Meeting;
        return new(
            meeting.Id,
            new(meeting.SchoolId, view.School),
            meeting.State,
            meeting.MeetsAt,
            meeting.Place,
            new(meeting.ChairId, view.Name(meeting.ChairId)),
            meeting.DeputyId is { } deputy ? new(deputy, view.Name(deputy)) : null,
            [.. meeting.Members.Select(m => new Named(m, view.Name(m)))],
            meeting.Attendees,
            [.. view.Lines.Select(l => LineOf(l, view.ViewerId))],
            view.Hidden,
            meeting.Minutes,
            meeting.ClosedAt
        );
    }

    private static MeetingLineAnswer LineOf(AssessmentLine line, Guid viewer) =>
        new(
            line.Id,
            line.CaseId,
            line.Code,
            line.Suggested,
            line.Requested?.Fen,
            line.Recusals.Length,
            line.Proposal is { } p ? new(p.Category, p.Amount.Fen, p.Reason) : null,
            line.Ballots.Length,
            line.Ballots.FirstOrDefault(b => b.MemberId == viewer)?.Ballot,
            line.Result is { } r ? new(r.Passed, r.Eligible, r.Present, r.Yes, r.No, r.Abstained) : null
        );
}

/// <summary>Meetings of the aid committee (评审会); for its members, and for the auditor to look at.</summary>
public static class MeetingEndpoints
{
    private const string One = "/{id:guid}";

    public static RouteGroupBuilder MapMeetingEndpoints(this RouteGroupBuilder api)
    {
        var meetings = api.MapGroup("/aid/meetings").RequireAuthorization(Policies.Member).WithTags("aid");
        meetings
            .MapGet("", ListAsync)
            .WithName("aidMeetings")
            .WithSummary("Meetings to which the caller is called, the latest first")
            .Refuses(422);
        meetings
            .MapPost("", ConveneAsync)
            .WithName("conveneAidMeeting")
            .WithSummary("The school union's chair calls a meeting over all that waits, or over the named ones of it")
            .Refuses(403, 422);
        meetings
            .MapGet(One, FindAsync)
            .WithName("aidMeeting")
            .WithSummary("A meeting without the lines from which the caller is recused")
            .Refuses(404);
        Map<AttendanceRequest>(
            "attendance",
            "attendAidMeeting",
            "Who is there; the first time it opens the meeting",
            async (id, body, by, commands, book, stop) =>
                body.Attendees is not { } there ? Refusal.At("attendees", "form.required")
                : (await book.FindAsync(id, stop))?.State == MeetingState.Convened
                    ? Done(await commands.BeginAsync(id, there, by, stop))
                : Done(await commands.AttendAsync(id, there, by, stop))
        );
        Map<ProposalRequest>(
            "proposals",
            "proposeAid",
            "Category and amount on which a line is voted",
            async (id, body, by, commands, _, stop) =>
                body is { Line: { } line, Category: { } category, AmountFen: { } fen }
                    ? Done(await commands.ProposeAsync(id, line, category, new Money(fen), body.Reason, by, stop))
                    : Required((body.Line, "line"), (body.Category, "category"), (body.AmountFen, "amountFen"))
        );
        Map<BallotRequest>(
            "votes",
            "voteOnAid",
            "The caller's vote, or a paper ballot that the chair enters",
            async (id, body, by, commands, _, stop) =>
                body is { Line: { } line, Ballot: { } ballot }
                    ? Done(await commands.VoteAsync(id, line, body.MemberId ?? by.MemberId, ballot, by, stop))
                    : Required((body.Line, "line"), (body.Ballot, "ballot"))
        );
        Map<RecusalRequest>(
            "recusals",
            "recuseFromAid",
            "The caller stands too near: he neither sees the line nor votes",
            async (id, body, by, commands, _, stop) =>
                body is { Line: { } line, Relation: { } relation }
                    ? Done(await commands.RecuseAsync(id, line, relation, body.Reason, by, stop))
                    : Required((body.Line, "line"), (body.Relation, "relation"))
        );
        Map<DeputyRequest>(
            "deputy",
            "nameAidMeetingDeputy",
            "The caller names who leads it in the chair's place; whom more than half name leads it",
            async (id, body, by, commands, _, stop) =>
                body.MemberId is { } deputy
                    ? Done(await commands.NameDeputyAsync(id, deputy, by, stop))
                    : Refusal.At("memberId", "form.required")
        );
        Map<CloseMeetingRequest>(
            "close",
            "closeAidMeeting",
            "Ends the meeting with its minutes and tells each decided application",
            async (id, body, by, commands, _, stop) => Done(await commands.CloseAsync(id, body.Minutes, by, stop))
        );
        Map<ReasonRequest>(
            "cancel",
            "cancelAidMeeting",
            "It does not take place; its applications wait for another",
            async (id, body, by, commands, _, stop) => Done(await commands.CancelAsync(id, body.Reason, by, stop))
        );
        return api;

        void Map<TBody>(
            string route,
            string name,
            string summary,
            Func<Guid, TBody, Asker, MeetingCommands, MeetingBook, CancellationToken, Task<Outcome<bool>>> act
        )
            where TBody : class =>
            meetings
                .MapPost(
                    $"{One}/{route}",
                    async Task<Seen> (
                        Guid id,
                        HttpContext http,
                        MeetingCommands commands,
                        MeetingBook book,
                        MeetingViews views,
                        Access access,
                        Texts texts,
                        CancellationToken stop
                    ) =>
                    {
                        var asker = Requests.AskerOf(http);
                        // The auditor looks on: it is there for him, and not his to change.
                        var done = await act(id, await Requests.BodyAsync<TBody>(http), asker, commands, book, stop);
                        var view = await views.FindAsync(id, await access.ViewerAsync(asker.MemberId, stop), stop);
                        return view is null ? Problems.Of(texts, Refusal.Missing("assessment.unknown"))
                            : done.IsOk ? TypedResults.Ok(MeetingAnswer.Of(view))
                            : Problems.Of(
                                texts,
                                done.Refusal.Code == "assessment.unknown"
                                    ? Refusal.Forbidden("assessment.not-member")
                                    : done.Refusal
                            );
                    }
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 409, 422);
    }

    private static async Task<Results<Ok<Slice<MeetingItemAnswer>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        Access access,
        MeetingViews views,
        Texts texts,
        int? limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var slice = await views.ListAsync(viewer, length.Value, after, cancellation);
        return TypedResults.Ok(
            new Slice<MeetingItemAnswer>(
                [
                    .. slice.Items.Select(m => new MeetingItemAnswer(
                        m.Id,
                        m.SchoolId,
                        m.State,
                        m.MeetsAt,
                        m.Place,
                        m.Lines
                    )),
                ],
                slice.Next
            )
        );
    }

    private static async Task<Seen> FindAsync(
        Guid id,
        HttpContext http,
        Access access,
        MeetingViews views,
        Texts texts,
        CancellationToken cancellation
    ) =>
        await views.FindAsync(id, await access.ViewerAsync(http.User.MemberId(), cancellation), cancellation)
            is { } view
            ? TypedResults.Ok(MeetingAnswer.Of(view))
            : Problems.Of(texts, Refusal.Missing("assessment.unknown"));

    private static async Task<Results<Created<MeetingAnswer>, ProblemHttpResult>> ConveneAsync(
        MeetingRequest request,
        HttpContext http,
        Access access,
        MeetingCommands commands,
        MeetingViews views,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var asker = Requests.AskerOf(http);
        if (request is not { SchoolId: { } school, MeetsAt: { } at, Place: { } place })
            return Problems.Of(
                texts,
                Required(
                    (request.SchoolId, "schoolId"),
                    (request.MeetsAt, "meetsAt"),
                    (request.Place, "place")
                ).Refusal!
            );
        var done = await commands.ConveneAsync(
            school,
            at.ToUniversalTime(),
            place,
            request.Applications,
            asker,
            cancellation
        );
        if (!done.IsOk)
            return Problems.Of(texts, done.Refusal);
        var viewer = await access.ViewerAsync(asker.MemberId, cancellation);
        return TypedResults.Created(
            $"/api/aid/meetings/{done.Value}",
            MeetingAnswer.Of((await views.FindAsync(done.Value, viewer, cancellation))!)
        );
    }

    private static Outcome<bool> Done<T>(Outcome<T> done) => done.IsOk ? true : done.Refusal;

    private static Outcome<bool> Required(params (object? Value, string Field)[] fields) =>
        Refusal.At(fields.First(f => f.Value is null).Field, "form.required");
}
