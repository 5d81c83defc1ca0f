using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Pages.Aid;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Begun = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<EduUnion.Host.Api.AidDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Api.AidDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

/// <summary>Applications for hardship aid: begun, written, handed in and read; whatever else is done to one is a task.</summary>
public static class AidEndpoints
{
    public static RouteGroupBuilder MapAidEndpoints(this RouteGroupBuilder api)
    {
        var aid = api.MapGroup("/aid").RequireAuthorization(Policies.Member).WithTags("aid");
        aid.MapPost("/applications", OpenAsync)
            .WithName("applyForAid")
            .WithSummary("Begins an application: one's own, on behalf of somebody, or emergency aid")
            .WithDescription(
                "A draft may leave out anything; an emergency needs who, what happened, how much and an account."
            )
            .Refuses(403, 404, 422);
        aid.MapPost("/hints", ReportAsync)
            .WithName("reportHardship")
            .WithSummary("A hint of the first reporter: a group leader or the school union's chair; no documents")
            .Refuses(403, 404, 422);
        aid.MapGet("/applications", ListAsync)
            .WithName("aidApplications")
            .WithSummary(
                "Applications that the caller may see, the latest opened first; nothing tells who they are about"
            )
            .WithDescription("number: part of one; own: true for the caller's own, false for those of others.")
            .Refuses(422);
        aid.MapGet("/applications/{id:guid}", FindAsync)
            .WithName("aidApplication")
            .WithSummary("An application, masked, as far as the caller may see it; the ETag is its version")
            .Refuses(404);
        aid.MapPut("/applications/{id:guid}", SaveAsync)
            .WithName("saveAidDraft")
            .WithSummary("Writes the draft anew; identity numbers, account and diagnosis that are left out stay")
            .Refuses(403, 404, 412, 422);
        aid.MapPost("/applications/{id:guid}/submit", SubmitAsync)
            .WithName("submitAid")
            .WithSummary("Hands it in, or in again after completion; decides the author's own task")
            .Refuses(403, 404, 409, 422);
        Map<ReasonRequest>(
            "withdraw",
            "withdrawAid",
            "Withdraws it, until it is approved",
            (id, body, by, commands, stop) => commands.WithdrawAsync(id, body.Reason, by, stop)
        );
        Map<AidConsentRequest>(
            "consents",
            "consentToAid",
            "Gives one of the three consents, or takes it back",
            ConsentAsync
        );
        aid.MapPost("/applications/{id:guid}/papers", PapersAsync)
            .WithName("handInAidPapers")
            .WithSummary("Emergency aid: what was not asked before the money was given")
            .Refuses(403, 404, 409, 422);
        aid.MapPost("/applications/{id:guid}/unmask", UnmaskAsync)
            .WithName("unmaskAid")
            .WithSummary(
                "One sensitive value against a reason; who looked, at what and why is kept and shown to the applicant"
            )
            .Refuses(403, 404, 409, 422);
        aid.MapGet("/applications/{id:guid}/timeline", TimelineAsync)
            .WithName("aidTimeline")
            .WithSummary("What happened to it, the latest first, in words and as far as the caller may read it")
            .Refuses(404);
        return api;

        void Map<TBody>(
            string route,
            string name,
            string summary,
            Func<Guid, TBody, Asker, AidCommands, CancellationToken, Task<Outcome<StepDone>>> act
        )
            where TBody : class =>
            aid.MapPost(
                    "/applications/{id:guid}/" + route,
                    (Guid id, HttpContext http, AidCommands commands, CaseRefusals refusals, CancellationToken stop) =>
                        AnswerAsync(
                            id,
                            http,
                            refusals,
                            Requests.WithBodyAsync(
                                http,
                                (TBody body) => act(id, body, Requests.AskerOf(http), commands, stop)
                            ),
                            stop
                        )
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 409, 422);
    }

    private static async Task<Begun> OpenAsync(
        AidRequest request,
        HttpContext http,
        AidCommands commands,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var consents = Consents(request.Consents);
        if (!consents.IsOk)
            return Problems.Of(texts, consents.Refusal);
        var content = request.Content?.Read(AidContent.Empty) ?? AidContent.Empty;
        if (!content.IsOk)
            return Problems.Of(texts, content.Refusal);
        var (asker, given) = (Requests.AskerOf(http), consents.Value);
        var done = request.Route switch
        {
            "self" => await commands.ApplyAsync(content.Value, given, asker, cancellation),
            "behalf" when request.ApplicantId is { } applicant => await commands.ApplyForAsync(
                applicant,
                content.Value,
                given,
                asker,
                cancellation
            ),
            "behalf" => Refusal.At("applicantId", "form.required"),
            "emergency" => await commands.AskEmergencyAsync(
                request.ApplicantId ?? asker.MemberId,
                request.Text,
                content.Value,
                given,
                asker,
                cancellation
            ),
            null => Refusal.At("route", "form.required"),
            _ => Refusal.At("route", "form.choice-unknown"),
        };
        return Created(texts, done);
    }

    private static async Task<Begun> ReportAsync(
        HintRequest request,
        HttpContext http,
        AidCommands commands,
        Texts texts,
        CancellationToken cancellation
    ) =>
        request.MemberId is { } member
            ? Created(texts, await commands.ReportAsync(member, request.Text, Requests.AskerOf(http), cancellation))
            : Problems.Of(texts, Refusal.At("memberId", "form.required"));

    private static async Task<Results<Ok<Slice<AidItemAnswer>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        Access access,
        AidList list,
        Texts texts,
        string? number,
        AidState? state,
        Guid? school,
        AidCategory? category,
        CauseGroup? cause,
        int? year,
        bool? own,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        if (Listing.Text(number) is { IsOk: false } unreadable)
            return Problems.Of(texts, unreadable.Refusal);
        if (year is < 2000 or > 2999)
            return Problems.Of(texts, Refusal.At("year", "form.unreadable"));
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var filter = new AidFilter(number, state, school, category, cause, year, own);
        Guid? last = Guid.TryParse(after, out var key) ? key : null;
        var slice = await list.ListAsync(viewer, filter, length.Value, last, cancellation);
        return TypedResults.Ok(new Slice<AidItemAnswer>([.. slice.Items.Select(AidItemAnswer.Of)], slice.Next));
    }

    private static async Task<Results<Ok<AidAnswer>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        Access access,
        AidViews views,
        RuleBook rules,
        Texts texts,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        var ruled = await rules.ForAsync(view.Row.SchoolId, view.Row.RulesAt, cancellation);
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Row.Version}\"");
        return TypedResults.Ok(AidAnswer.Of(view, Reckoning.Of(view.Application.Content, ruled), texts));
    }

    private static Task<Changed> SaveAsync(
        Guid id,
        AidDraftRequest request,
        HttpContext http,
        AidCommands commands,
        AidCases cases,
        CaseRefusals refusals,
        CancellationToken cancellation
    )
    {
        return AnswerAsync(id, http, refusals, WriteAsync(), cancellation);

        async Task<Outcome<StepDone>> WriteAsync()
        {
            var seen = SeenVersion(http, request.Version);
            if (!seen.IsOk)
                return seen.Refusal;
            if (await cases.FindAsync(id, cancellation) is not { } before)
                return Refusal.Missing("case.unknown");
            var content = request.Content?.Read(before.Content) ?? Refusal.At("content", "form.required");
            return content.IsOk
                ? await commands.SaveDraftAsync(id, content.Value, seen.Value, Requests.AskerOf(http), cancellation)
                : content.Refusal;
        }
    }

    private static Task<Changed> SubmitAsync(
        Guid id,
        HttpContext http,
        AidCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    ) => AnswerAsync(id, http, refusals, commands.SubmitAsync(id, Requests.AskerOf(http), cancellation), cancellation);

    private static Task<Outcome<StepDone>> ConsentAsync(
        Guid id,
        AidConsentRequest body,
        Asker by,
        AidCommands commands,
        CancellationToken cancellation
    ) =>
        body switch
        {
            { Kind: null } => Task.FromResult<Outcome<StepDone>>(Refusal.At("kind", "form.required")),
            { Kind: { } kind, Withdraw: true } => commands.WithdrawConsentAsync(
                id,
                kind,
                body.Confirmed == true,
                by,
                cancellation
            ),
            { Version: null } => Task.FromResult<Outcome<StepDone>>(Refusal.At("version", "form.required")),
            { Kind: { } kind, Version: { } version } => ConsentTexts.IsCurrent(kind, version)
                ? commands.GiveConsentAsync(id, kind, version, body.Paper, by, cancellation)
                : Task.FromResult<Outcome<StepDone>>(Refusal.At("version", "consent.outdated")),
        };

    private static Task<Changed> PapersAsync(
        Guid id,
        AidContentRequest request,
        HttpContext http,
        AidCommands commands,
        AidCases cases,
        CaseRefusals refusals,
        CancellationToken cancellation
    )
    {
        return AnswerAsync(id, http, refusals, HandInAsync(), cancellation);

        async Task<Outcome<StepDone>> HandInAsync()
        {
            if (await cases.FindAsync(id, cancellation) is not { } before)
                return Refusal.Missing("case.unknown");
            var content = request.Read(before.Content);
            return content.IsOk
                ? await commands.HandInPapersAsync(id, content.Value, Requests.AskerOf(http), cancellation)
                : content.Refusal;
        }
    }

    private static async Task<Results<Ok<Unmasked>, ProblemHttpResult>> UnmaskAsync(
        Guid id,
        UnmaskRequest request,
        HttpContext http,
        UnmaskCommands commands,
        CaseRefusals refusals,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        if (request is not { Field: { } field, Purpose: { } purpose })
            return await refusals.OfAsync(
                id,
                http.User.MemberId(),
                Refusal.At(request.Field is null ? "field" : "purpose", "form.required"),
                cancellation
            );
        var shown = await commands.UnmaskAsync(
            id,
            field,
            purpose,
            request.Reason,
            Requests.AskerOf(http),
            cancellation
        );
        return shown.IsOk
            ? TypedResults.Ok(shown.Value)
            : await refusals.OfAsync(id, http.User.MemberId(), shown.Refusal, cancellation);
    }

    private static async Task<Results<Ok<Slice<AidEntry>>, ProblemHttpResult>> TimelineAsync(
        Guid id,
        HttpContext http,
        Access access,
        AidViews views,
        Timelines timelines,
        Texts texts,
        StepWords steps,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        var entries = new AidTimeline(texts, steps).Of(await timelines.OfAsync(id, cancellation), view);
        return TypedResults.Ok(
            new Slice<AidEntry>([.. entries.Select(e => new AidEntry(e.At, e.Kind.ToString(), e.Text, e.Detail))], null)
        );
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
            ? TypedResults.Ok(AidDone.Of(done.Value))
            : await refusals.OfAsync(id, http.User.MemberId(), done.Refusal, cancellation);
    }

    private static Begun Created(Texts texts, Outcome<StepDone> done) =>
        done.IsOk
            ? TypedResults.Created($"/api/aid/applications/{done.Value.CaseId}", AidDone.Of(done.Value))
            : Problems.Of(texts, done.Refusal);

    private static Outcome<Dictionary<ConsentKind, string>> Consents(IReadOnlyList<ConsentRequest?>? asked)
    {
        var given = new Dictionary<ConsentKind, string>();
        foreach (var consent in asked ?? [])
            if (consent is not { Kind: { } kind, Version: { } version })
                return Refusal.At("consents", "form.required");
            else if (!ConsentTexts.IsCurrent(kind, version))
                return Refusal.At("consents", "consent.outdated");
            else
                given[kind] = version;
        return given;
    }

    /// <summary>The version in the body, else the one of <c>If-Match</c>; null when the client did not look.</summary>
    private static Outcome<long?> SeenVersion(HttpContext http, long? said)
    {
        var match = http.Request.Headers.IfMatch.ToString();
        if (said is not null || match.Length is 0 || match == "*")
            return said;
        return long.TryParse(match.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (long?)version
            : Refusal.At("version", "form.unreadable");
    }
}

/// <summary>An entry of the record, in words.</summary>
public sealed record AidEntry(DateTimeOffset At, string Kind, string Text, string? Detail);
