using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Api;

/// <param name="Id">Null for an anonymous one: nobody asks for it by its case.</param>
/// <param name="Receipt">With it whoever gave no name asks what became of it; said once; only a hash of it is stored.</param>
public sealed record ObjectionFiledAnswer(Guid? Id, string? Receipt, ObjectionState State);

public sealed record InvestigationAnswer(
    int Revision,
    DateOnly VisitedOn,
    string People,
    string Finding,
    bool Returned,
    IReadOnlyList<SignatureAnswer> Signatures
);

/// <summary>An objection as far as the caller may see it. Whoever filed it under his name learns state and outcome.</summary>
/// <param name="Objector">For those who handle it only; null of an anonymous one.</param>
public sealed record ObjectionAnswer(
    Guid Id,
    Guid ApplicationId,
    string? Number,
    ObjectionState State,
    bool Anonymous,
    string? Objector,
    ObjectionGround? Ground,
    string? Text,
    DateTimeOffset FiledAt,
    IReadOnlyList<Named> Investigators,
    IReadOnlyList<InvestigationAnswer> Records,
    ObjectionOutcome? Outcome,
    string? Reason,
    DateTimeOffset? SettledAt
);

/// <summary>What is shown of a notice to anybody: these fields and no other.</summary>
/// <param name="Amount">Yuan, or a band <c>1000-5000</c>.</param>
public sealed record NoticeAnswer(
    Guid Id,
    Guid ApplicationId,
    string Number,
    string Name,
    string School,
    CauseGroup Cause,
    string Amount,
    DateOnly From,
    DateOnly Through,
    string Contact,
    bool Internal
);

/// <summary>Public notices and the objections to them.</summary>
public static class ObjectionEndpoints
{
    public static RouteGroupBuilder MapObjectionEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/notices", NoticesAsync)
            .AllowAnonymous()
            .WithTags("aid")
            .WithName("notices")
            .WithSummary("The public notices that are up, masked; internal ones for the committee and the auditor")
            .Refuses(422);
        var aid = api.MapGroup("/aid").RequireAuthorization(Policies.Member).WithTags("aid");
        aid.MapPost("/applications/{id:guid}/objections", FileAsync)
            .WithName("objectToAid")
            .WithSummary("Objects to the notice that is up, under one's name or without it")
            .WithDescription("An anonymous objection keeps nobody: neither the case nor the journal nor this request.")
            .Refuses(404, 422);
        aid.MapGet("/objections/{id:guid}", FindAsync)
            .WithName("objection")
            .WithSummary("An objection for those who handle and investigate it, and its state for whoever filed it")
            .Refuses(404);
        aid.MapPost("/objections/{id:guid}/replacements", ReplaceAsync)
            .WithName("replaceInvestigator")
            .WithSummary("Takes an investigator off who cannot go on; investigators are assigned anew")
            .Refuses(403, 404, 409, 422);
        return api;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReplaceAsync(
        Guid id,
        ReplaceRequest request,
        HttpContext http,
        ReplacementCommands replacements,
        CaseRefusals refusals,
        CancellationToken cancellation
    )
    {
        var asker = Requests.AskerOf(http);
        var done = request.MemberId is { } member
            ? await replacements.ReplaceInvestigatorAsync(id, member, request.Reason, asker, cancellation)
            : Refusal.At("memberId", "form.required");
        return done.IsOk
            ? TypedResults.NoContent()
            : await refusals.OfAsync(id, asker.MemberId, done.Refusal, cancellation);
    }

    private static async Task<Results<Ok<Slice<NoticeAnswer>>, ProblemHttpResult>> NoticesAsync(
        HttpContext http,
        Access access,
        NoticeViews views,
        Texts texts,
        int? limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var viewer = http.User.Identity is { IsAuthenticated: true }
            ? await access.ViewerAsync(http.User.MemberId(), cancellation)
            : null;
        var shown = await views.ListAsync(viewer, length.Value, after, cancellation);
        return TypedResults.Ok(
            new Slice<NoticeAnswer>(
                [
                    .. shown.Items.Select(n => new NoticeAnswer(
                        n.Id,
                        n.CaseId,
                        n.Number,
                        n.Name,
                        n.School,
                        n.Cause,
                        n.Amount,
                        n.From,
                        n.Through,
                        n.Contact,
                        n.Internal
                    )),
                ],
                shown.Next
            )
        );
    }

    private static async Task<Results<Created<ObjectionFiledAnswer>, ProblemHttpResult>> FileAsync(
        Guid id,
        ObjectionRequest request,
        HttpContext http,
        Access access,
        NoticeViews notices,
        ObjectionCommands commands,
        ObjectionReceipts receipts,
        AnonymousLimit limit,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var asker = Requests.AskerOf(http);
        var viewer = await access.ViewerAsync(asker.MemberId, cancellation);
        // Whoever does not see the notice does not learn that there is one.
        if (await notices.OfCaseAsync(id, viewer, cancellation) is not { } notice)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        if (request.Ground is not { } ground)
            return Problems.Of(texts, Refusal.At("ground", "form.required"));
        if (request.Anonymous is not { } anonymous)
            return Problems.Of(texts, Refusal.At("anonymous", "form.required"));
        var filed = anonymous
            ? await limit.FileAsync(notice.Id, http.Connection.RemoteIpAddress, FileAsync)
            : await FileAsync();
        if (!filed.IsOk)
            return Problems.Of(texts, filed.Refusal);
        if (!anonymous)
            return TypedResults.Created(
                $"/api/aid/objections/{filed.Value.CaseId}",
                new ObjectionFiledAnswer(filed.Value.CaseId, null, Enum.Parse<ObjectionState>(filed.Value.State))
            );
        return TypedResults.Created(
            (string?)null,
            new ObjectionFiledAnswer(
                null,
                receipts.Of(filed.Value.CaseId),
                Enum.Parse<ObjectionState>(filed.Value.State)
            )
        );

        Task<Outcome<StepDone>> FileAsync() =>
            commands.FileAsync(id, ground, request.Text, anonymous, asker, cancellation);
    }

    private static async Task<Results<Ok<ObjectionAnswer>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        EduUnionDb db,
        Access access,
        AidAccess aid,
        AidCases cases,
        OrganisationBook organisations,
        MemberBook members,
        Texts texts,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var row = await aid.Visible(viewer)
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == ObjectionCase.KindName, cancellation);
        if (row is null)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        var objection = cases.ObjectionOf(row);
        var number = await db.Set<CaseRow>()
            .Where(c => c.Id == objection.ApplicationId)
            .Select(c => c.Number)
            .SingleAsync(cancellation);
        var own = objection.FiledById == viewer.MemberId;
        // Who handles it is told who filed it; who investigates it is not.
        var handles =
            viewer.At(Office.SchoolUnionChair).Contains(row.SchoolId)
            || viewer.Holds(organisations.Path(row.SchoolId), Office.DistrictOfficer, Office.DistrictChair);
        var names = await members.NamesAsync(
            [
                .. objection.Investigators,
                .. objection.Records.SelectMany(r => r.Signatures).Select(s => s.By),
                .. objection.FiledById is { } by ? [by] : Array.Empty<Guid>(),
            ],
            cancellation
        );
        return TypedResults.Ok(
            new ObjectionAnswer(
                id,
                objection.ApplicationId,
                number,
                objection.State,
                objection.IsAnonymous,
                !own && handles && objection.FiledById is { } filer ? Name(filer) : null,
                own ? null : objection.Ground,
                own ? null : objection.Text,
                objection.FiledAt,
                own ? [] : [.. objection.Investigators.Select(i => new Named(i, Name(i)))],
                own
                    ? []
                    :
                    [
                        .. objection.Records.Select(r => new InvestigationAnswer(
                            r.Revision,
                            r.VisitedOn,
                            r.People,
                            r.Finding,
                            r.IsReturned,
                            [.. r.Signatures.Select(s => new SignatureAnswer(Name(s.By), s.At))]
                        )),
                    ],
                objection.Settlement?.Outcome,
                own ? null : objection.Settlement?.Reason,
                objection.SettledAt
            )
        );

        string Name(Guid member) => names.GetValueOrDefault(member, "");
    }
}
