using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Motions;

/// <summary>A motion on the desk of a representative, one line.</summary>
public sealed record HomeLine(string Href, string Number, string Title, Tag? State = null, string? Note = null);

/// <summary>One of his own motions with the way it has gone.</summary>
public sealed record HomeMotion(HomeLine Line, Stages Stages);

/// <summary>What a representative's desk has besides work: his motions, what he co-signed, what he has not finished.</summary>
/// <param name="Invited">Motions that he is asked to co-sign.</param>
/// <param name="ToRate">Answers that wait for his rating (征询意见), each a link to the form.</param>
/// <param name="Drafts">Known to nobody else.</param>
public sealed record Home(
    bool MayFile,
    int Invited,
    IReadOnlyList<HomeLine> ToRate,
    IReadOnlyList<HomeMotion> Own,
    IReadOnlyList<HomeLine> Cosigned,
    IReadOnlyList<HomeLine> Drafts
)
{
    public static Home Empty { get; } = new(false, 0, [], [], [], []);
}

public sealed class RepresentativeHome(
    TaskLists lists,
    OwnMotions own,
    CongressBook congresses,
    DraftBook drafts,
    Texts texts,
    TimeProvider time
)
{
    private const int Motions = 3;
    private const int Lines = 5;
    private const int Asked = 20;

    public async Task<Home> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var mayFile = false;
        foreach (var school in viewer.Represents)
            mayFile |= (await congresses.CurrentSessionAsync(school, now, cancellation))?.IsCollecting(now) == true;
        var me = viewer.MemberId;
        return new Home(
            mayFile,
            (await TasksAsync("motion.cosign")).Count,
            [
                .. (await TasksAsync("motion.feedback")).Select(t => new HomeLine(
                    $"/tasks/{t.Id}",
                    t.CaseNumber ?? texts["desk.noNumber"],
                    t.Title,
                    Note: t.DueDate is { } due ? texts["home.rate.until", due] : texts["home.rate.text"]
                )),
            ],
            [
                .. (await own.LatestAsync(me, Motions, cancellation)).Select(m => new HomeMotion(
                    Line(m.Id, m.Number ?? m.ReceiptNumber, m.Content.Title, m.State),
                    MotionStages.Of(m, m.Parts.FirstOrDefault(), texts) with
                    {
                        Label = texts["desk.own.stages", m.Content.Title],
                    }
                )),
            ],
            [
                .. (await own.CosignedAsync(me, Lines, cancellation)).Select(c =>
                    Line(c.Id, c.Number ?? c.Receipt, c.Title, Enum.Parse<MotionState>(c.State))
                ),
            ],
            [.. await BegunAsync(me, cancellation), .. await UnsubmittedAsync(me, cancellation)]
        );

        async Task<IReadOnlyList<TaskItem>> TasksAsync(string step) =>
            (
                await lists.ListAsync(viewer, TaskScope.Mine, new TaskFilter(Step: step), Asked, null, cancellation)
            ).Items;
    }

    /// <summary>New motions that were typed and never saved as a case.</summary>
    private async Task<IEnumerable<HomeLine>> BegunAsync(Guid member, CancellationToken cancellation) =>
        from draft in await drafts.BegunAsync(member, Draft.NewMotion, cancellation)
        let session = Guid.TryParseExact(draft.Form[Draft.NewMotion.Length..], "N", out var id) ? id : Guid.Empty
        // Whoever can type can also name a draft after no session.
        where session != Guid.Empty
        select new HomeLine(
            $"/motions/new?session={session}",
            texts["desk.noNumber"],
            draft.Typed.One("title") is { Length: > 0 } title ? title : texts["home.untitled"],
            Note: texts["home.draft.saved", draft.SavedAt]
        );

    private async Task<IEnumerable<HomeLine>> UnsubmittedAsync(Guid member, CancellationToken cancellation) =>
        (await own.DraftsAsync(member, Lines, cancellation)).Select(c => new HomeLine(
            $"/motions/{c.Id}/edit",
            texts["desk.noNumber"],
            c.Title.Length > 0 ? c.Title : texts["home.untitled"],
            Note: texts["home.draft.saved", c.ChangedAt]
        ));

    private HomeLine Line(Guid id, string? number, string title, MotionState state) =>
        new($"/motions/{id}", number ?? texts["desk.noNumber"], title, MotionWords.State(texts, state));
}
