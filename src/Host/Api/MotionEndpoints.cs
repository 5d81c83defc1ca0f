using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Api.MotionDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

/// <summary>Motions: read, written and led on by their proposers; whatever else is done to one is a task.</summary>
public static class MotionEndpoints
{
    /// <summary>More representatives than any school has; each is looked up.</summary>
    private const int MostInvited = 200;

    public static RouteGroupBuilder MapMotionEndpoints(this RouteGroupBuilder api)
    {
        var motions = api.MapGroup("/motions").RequireAuthorization(Policies.Member).WithTags("motions");
        motions
            .MapPost("", CreateAsync)
            .WithName("draftMotion")
            .WithSummary("Starts a draft in a session; it may still be unfinished")
            .Refuses(403, 404, 422);
        motions
            .MapGet("", ListAsync)
            .WithName("motions")
            .WithSummary("Motions that the caller may see, the latest opened first")
            .WithDescription("q searches title, numbers and proposer; own: proposed or co-signed by the caller.")
            .Refuses(422);
        motions
            .MapGet("/{id:guid}", FindAsync)
            .WithName("motion")
            .WithSummary("A motion as far as the caller may see it; the ETag is its version")
            .Refuses(404);
        motions
            .MapPut("/{id:guid}", ReviseAsync)
            .WithName("reviseMotion")
            .WithSummary("Changes the text, until somebody has co-signed it, or while it is returned")
            .Refuses(403, 404, 412, 422);
        motions
            .MapPost("/{id:guid}/invitations", InviteAsync)
            .WithName("inviteCosigners")
            .WithSummary("Asks representatives to co-sign; each gets a task")
            .Refuses(403, 404, 422);
        motions
            .MapPost("/{id:guid}/submit", SubmitAsync)
            .WithName("submitMotion")
            .WithSummary("Submits; decides the proposer's own task")
            .Refuses(403, 404, 409, 422);
        motions
            .MapPost("/{id:guid}/withdraw", WithdrawAsync)
            .WithName("withdrawMotion")
            .WithSummary("Withdraws: at once before filing, afterwards by take-over or with the committee's consent")
            .Refuses(403, 404, 409, 422);
        motions
            .MapPost("/{id:guid}/cosignature/withdraw", WithdrawCosignatureAsync)
            .WithName("withdrawCosignature")
            .WithSummary("Takes the caller's co-signature back, until the filing decision")
            .Refuses(404, 422);
        motions
            .MapPost("/{id:guid}/parts/{part:guid}/extension", AskExtensionAsync)
            .WithName("askExtension")
            .WithSummary("The host asks for a later answer; the committee's chair decides")
            .Refuses(403, 404, 422);
        motions
            .MapGet("/{id:guid}/timeline", TimelineAsync)
            .WithName("motionTimeline")
            .WithSummary("What happened to the motion, the latest first, as far as the caller may read it")
            .Refuses(404);
        return api;
    }

    private static async Task<Results<Created<MotionDone>, ProblemHttpResult>> CreateAsync(
        MotionRequest request,
        HttpContext http,
        MotionCommands commands,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (request.SessionId is not { } session)
            return Problems.Of(texts, Refusal.At("sessionId", "form.required"));
        var done = await commands.CreateAsync(
            session,
            request.Content,
            Requests.AskerOf(http),
            cancellation,
            request.Collective ?? false
        );
        return done.IsOk
            ? TypedResults.Created($"/api/motions/{done.Value.CaseId}", MotionDone.Of(done.Value))
            : Problems.Of(texts, done.Refusal);
    }

    private static async Task<Results<Ok<Slice<MotionItem>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        Access access,
        MotionList list,
        Texts texts,
        string? q,
        Guid? session,
        string? state,
        string? category,
        Guid? host,
        bool? own,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        foreach (var text in new[] { q, state, category })
            if (Listing.Text(text) is { IsOk: false } unreadable)
                return Problems.Of(texts, unreadable.Refusal);
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var filter = new MotionFilter(q, session, state, category, host, own ?? false);
        Guid? last = Guid.TryParse(after, out var key) ? key : null;
        return TypedResults.Ok(await list.ListAsync(viewer, filter, length.Value, last, cancellation));
    }

    private static async Task<Results<Ok<MotionAnswer>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        Access access,
        MotionViews views,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Row.Version}\"");
        return TypedResults.Ok(MotionAnswer.Of(view, Insight.Of(view, viewer)));
    }

    private static Task<Changed> ReviseAsync(
        Guid id,
        MotionRequest request,
        HttpContext http,
        MotionCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) =>
        AnswerAsync(
            id,
            http,
            refusals,
            SeenVersion(http, request) is { IsOk: true } seen
                ? commands.ReviseAsync(id, request.Content, seen.Value, Requests.AskerOf(http), cancellation)
                : Task.FromResult<Outcome<StepDone>>(Refusal.At("version", "form.unreadable")),
            cancellation
        );

    private static Task<Changed> InviteAsync(
        Guid id,
        InvitationsRequest request,
        HttpContext http,
        MotionCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) =>
        AnswerAsync(
            id,
            http,
            refusals,
            request.MemberIds switch
            {
                null => Task.FromResult<Outcome<StepDone>>(Refusal.At("memberIds", "form.required")),
                { Count: > MostInvited } => Task.FromResult<Outcome<StepDone>>(
                    Refusal.At("memberIds", "form.too-many", MostInvited)
                ),
                var members => commands.InviteAsync(id, members, Requests.AskerOf(http), cancellation),
            },
            cancellation
        );

    private static Task<Changed> SubmitAsync(
        Guid id,
        HttpContext http,
        MotionCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) =>
        AnswerAsync(
            id,
            http,
            refusals,
            commands.DecideGatherAsync(id, "submit", Requests.AskerOf(http), cancellation),
            cancellation
        );

    private static Task<Changed> WithdrawAsync(
        Guid id,
        ReasonRequest? request,
        HttpContext http,
        FollowUpCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) =>
        AnswerAsync(
            id,
            http,
            refusals,
            commands.WithdrawAsync(id, request?.Reason, Requests.AskerOf(http), cancellation),
            cancellation
        );

    private static Task<Changed> WithdrawCosignatureAsync(
        Guid id,
        HttpContext http,
        MotionCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) =>
        AnswerAsync(
            id,
            http,
            refusals,
            commands.WithdrawCosignatureAsync(id, Requests.AskerOf(http), cancellation),
            cancellation
        );

    private static Task<Changed> AskExtensionAsync(
        Guid id,
        Guid part,
        ExtensionAskedRequest request,
        HttpContext http,
        MotionCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) =>
        AnswerAsync(
            id,
            http,
            refusals,
            commands.AskExtensionAsync(
                id,
                part,
                request.Workdays ?? 0,
                request.Reason ?? "",
                Requests.AskerOf(http),
                cancellation
            ),
            cancellation
        );

    private static async Task<Results<Ok<Slice<CaseEntry>>, ProblemHttpResult>> TimelineAsync(
        Guid id,
        HttpContext http,
        Access access,
        MotionViews views,
        Timelines timelines,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        var record = await timelines.OfAsync(id, cancellation);
        return TypedResults.Ok(new Slice<CaseEntry>([.. Insight.Of(view, viewer).Of(record)], null));
    }

    internal static async Task<Changed> AnswerAsync(
        Guid id,
        HttpContext http,
        CaseRefusals refusals,
        Task<Outcome<StepDone>> change,
        CancellationToken cancellation
    )
    {
        var done = await change;
        return done.IsOk
            ? TypedResults.Ok(MotionDone.Of(done.Value))
            : await refusals.OfAsync(id, http.User.MemberId(), done.Refusal, cancellation);
    }

    /// <summary>The version in the body, else the one of <c>If-Match</c>; null when the client did not look.</summary>
    private static Outcome<long?> SeenVersion(HttpContext http, MotionRequest request)
    {
        var match = http.Request.Headers.IfMatch.ToString();
        if (request.Version is not null || match.Length is 0 || match == "*")
            return request.Version;
        return long.TryParse(match.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (long?)version
            : Refusal.At("version", "form.unreadable");
    }
}
