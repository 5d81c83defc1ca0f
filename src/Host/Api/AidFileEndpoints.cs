using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Seen = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Api.AidFileAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

public sealed record LeaderRequest(Guid? MemberId);

public sealed record ContactRequest(DateOnly? On, ContactMode? Mode, string? Need, string? Action);

/// <param name="Visitors">Two at least.</param>
public sealed record VisitRequest(
    DateOnly? On,
    IReadOnlyList<Guid>? Visitors,
    string? Occasion,
    string? Note,
    long? GiftFen
);

/// <param name="Kin">Name and relation of the near kin, as proved.</param>
/// <param name="Given">What they were shown, copied, corrected or deleted, or why not.</param>
public sealed record KinRequestBody(DateOnly? On, string? Kin, string? Given);

/// <param name="Category">Null for the leader who keeps contact, as is how often aid was given.</param>
public sealed record AidFileItem(
    Guid Id,
    string Number,
    string Name,
    string School,
    FileState State,
    AidCategory? Category,
    int VerifiedYear,
    int? Aids
);

public sealed record FileEntryAnswer(string What, AidCategory Category, string? Reason, DateTimeOffset At);

public sealed record ContactAnswer(DateOnly On, ContactMode Mode, string Need, string Action);

public sealed record VisitAnswer(DateOnly On, string Occasion, string Note, long? GiftFen, int Visitors);

public sealed record KinAnswer(DateOnly On, string Kin, string Given);

public sealed record FileAidAnswer(Guid ApplicationId, long AmountFen, DateOnly PaidOn);

/// <summary>A hardship file (困难档案). The leader who keeps contact sees the person and his own log, nothing of the aid.</summary>
/// <param name="Name">Whole for the person himself and for his leader, masked for everybody else.</param>
/// <param name="CondolenceOwed">The person died, and nobody has visited the kin since.</param>
/// <param name="KinRequests">Near kin who asked for the data of a person who died.</param>
/// <param name="Reader">As what the caller looks: <c>Holder</c>, <c>Leader</c>, <c>School</c>, <c>District</c> or <c>Auditor</c>.</param>
public sealed record AidFileAnswer(
    Guid Id,
    string Number,
    string Name,
    Named School,
    FileReader Reader,
    FileState State,
    AidCategory? Category,
    bool Retired,
    ExitReason? ExitedFor,
    int VerifiedYear,
    IReadOnlyList<FileEntryAnswer>? History,
    IReadOnlyList<ContactAnswer> Contacts,
    IReadOnlyList<VisitAnswer>? Visits,
    bool CondolenceOwed,
    IReadOnlyList<KinAnswer>? KinRequests,
    IReadOnlyList<FileAidAnswer>? Aids
)
{
    internal static AidFileAnswer Of(FileView view)
    {
        var (file, leader) = (view.File, !view.SeesAid);
        return new(
            file.Id,
            file.Number,
            view.Name,
            new(file.SchoolId, view.School),
            view.Reader,
            file.State,
            leader ? null : file.Category,
            file.IsRetired,
            leader ? null : file.ExitedFor,
            file.VerifiedYear,
            leader ? null : [.. file.History.Select(e => new FileEntryAnswer(e.What, e.Category, e.Reason, e.At))],
            [.. view.Contacts.Select(c => new ContactAnswer(c.On, c.Mode, c.Need, c.Action))],
            leader
                ? null
                :
                [
                    .. file.Visits.Select(v => new VisitAnswer(
                        v.On,
                        v.Occasion,
                        v.Note,
                        v.Gift?.Fen,
                        v.Visitors.Length
                    )),
                ],
            !leader && file.IsCondolenceOwed,
            leader ? null : [.. file.KinRequests.Select(k => new KinAnswer(k.On, k.Kin, k.Given))],
            leader ? null : [.. file.Aids.Select(a => new FileAidAnswer(a.CaseId, a.Amount.Fen, a.PaidOn))]
        );
    }
}

/// <summary>Hardship files: one person, one file.</summary>
public static class AidFileEndpoints
{
    public static RouteGroupBuilder MapAidFileEndpoints(this RouteGroupBuilder api)
    {
        var files = api.MapGroup("/aid/files").RequireAuthorization(Policies.Member).WithTags("aid");
        files
            .MapGet("", ListAsync)
            .WithName("aidFiles")
            .WithSummary("Hardship files that the caller may see, by number")
            .WithDescription(
                "show: stale (nothing entered for a year), never (never aided) or mine (whose leader I am)."
            )
            .Refuses(422);
        files
            .MapGet("/{id:guid}", FindAsync)
            .WithName("aidFile")
            .WithSummary("A hardship file as far as the caller may see it")
            .Refuses(404);
        Map<LeaderRequest>(
            "leader",
            "nameFileLeader",
            "Names the leader who keeps contact; one leader keeps five files at most",
            async (id, body, viewer, asker, commands, stop) =>
                body.MemberId is { } member
                    ? Done(await commands.NameLeaderAsync(id, member, viewer, stop, asker))
                    : Refusal.At("memberId", "form.required")
        );
        Map<ContactRequest>(
            "contacts",
            "contactFileHolder",
            "The leader's contact",
            async (id, body, viewer, asker, commands, stop) =>
                body is { On: { } on, Mode: { } mode }
                    ? Done(await commands.ContactAsync(id, on, mode, body.Need, body.Action, viewer, stop, asker))
                    : Refusal.At(body.On is null ? "on" : "mode", "form.required")
        );
        Map<VisitRequest>(
            "visits",
            "visitFileHolder",
            "A visit by two at least",
            async (id, body, viewer, asker, commands, stop) =>
                body.On is { } on
                    ? Done(
                        await commands.VisitAsync(
                            id,
                            new FileVisit(
                                on,
                                [.. body.Visitors ?? []],
                                (body.Occasion ?? "").Trim(),
                                (body.Note ?? "").Trim(),
                                body.GiftFen is { } fen ? new Money(fen) : null
                            ),
                            viewer,
                            stop,
                            asker
                        )
                    )
                    : Refusal.At("on", "form.required")
        );
        Map<KinRequestBody>(
            "kin",
            "answerFileKin",
            "Near kin of a person who died asked for his data: who, and what they were given",
            async (id, body, viewer, asker, commands, stop) =>
                body.On is { } on
                    ? Done(await commands.AnswerKinAsync(id, on, body.Kin, body.Given, viewer, stop, asker))
                    : Refusal.At("on", "form.required")
        );
        return api;

        void Map<TBody>(
            string route,
            string name,
            string summary,
            Func<Guid, TBody, Viewer, Asker, FileCommands, CancellationToken, Task<Outcome<bool>>> act
        )
            where TBody : class =>
            files
                .MapPost(
                    "/{id:guid}/" + route,
                    async Task<Seen> (
                        Guid id,
                        HttpContext http,
                        FileCommands commands,
                        FileViews views,
                        Access access,
                        Texts texts,
                        CancellationToken stop
                    ) =>
                    {
                        var asker = Requests.AskerOf(http);
                        var viewer = await access.ViewerAsync(asker.MemberId, stop);
                        if (await views.FindAsync(id, viewer, stop) is null)
                            return Problems.Of(texts, Refusal.Missing("file.unknown"));
                        var done = await act(id, await Requests.BodyAsync<TBody>(http), viewer, asker, commands, stop);
                        return done.IsOk
                            ? TypedResults.Ok(AidFileAnswer.Of((await views.FindAsync(id, viewer, stop))!))
                            : Problems.Of(texts, done.Refusal);
                    }
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 409, 422);
    }

    private static async Task<Results<Ok<Slice<AidFileItem>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        Access access,
        FileViews views,
        Texts texts,
        string? number,
        FileState? state,
        AidCategory? category,
        Guid? school,
        string? show,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        foreach (var text in new[] { number, after })
            if (Listing.Text(text) is { IsOk: false } unreadable)
                return Problems.Of(texts, unreadable.Refusal);
        if (show is not null && !FileFilter.Shows.Contains(show))
            return Problems.Of(texts, Refusal.At("show", "form.choice-unknown"));
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var filter = new FileFilter(number, state, category, school, show);
        var page = await views.ListAsync(filter, viewer, after, length.Value, cancellation);
        return TypedResults.Ok(
            new Slice<AidFileItem>(
                [
                    .. page.Files.Select(v => new AidFileItem(
                        v.File.Id,
                        v.File.Number,
                        v.Name,
                        v.School,
                        v.File.State,
                        v.SeesAid ? v.File.Category : null,
                        v.File.VerifiedYear,
                        v.SeesAid ? v.File.Aids.Length : null
                    )),
                ],
                page.Next
            )
        );
    }

    private static async Task<Seen> FindAsync(
        Guid id,
        HttpContext http,
        Access access,
        FileViews views,
        Texts texts,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await views.FindAsync(id, viewer, cancellation) is { } view
            ? TypedResults.Ok(AidFileAnswer.Of(view))
            : Problems.Of(texts, Refusal.Missing("file.unknown"));
    }

    private static Outcome<bool> Done<T>(Outcome<T> done) => done.IsOk ? true : done.Refusal;
}
