using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid;

/// <summary>The way of an application as the line above its page, and as one short line where several stand together.</summary>
public static class AidStages
{
    public static Stages Of(AidApplication aid, Texts texts)
    {
        var way = aid.Route == AidRoute.Emergency ? Emergency(aid) : Ordinary(aid);
        var ended = aid.State is AidState.Refused or AidState.Withdrawn or AidState.Cancelled or AidState.Dismissed;
        if (ended)
            return new Stages([
                .. way.TakeWhile(s => s.At is not null).Select(s => Past(s.Name, s.At)),
                Past("end." + aid.State, aid.EndedAt),
            ]);
        var now = Now(aid);
        return new Stages([
            .. way.Select(
                (s, i) =>
                    i < now || now < 0 ? Past(s.Name, s.At)
                    : i == now ? new Stage(texts["aid.stage." + s.Name], StageState.Now, texts["stage.now"])
                    : new Stage(texts["aid.stage." + s.Name], StageState.Todo)
            ),
        ]);

        Stage Past(string stage, DateTimeOffset? at) =>
            new(texts["aid.stage." + stage], StageState.Past, at is { } when ? Dates.Short(Dates.Of(when)) : null);
    }

    public static Tag Tag(AidState state, Texts texts) =>
        new(
            texts["aidterm.AidState." + state],
            state switch
            {
                AidState.Supplement or AidState.Bounced or AidState.Missing => Status.Soon,
                AidState.Refused or AidState.Cancelled => Status.Late,
                AidState.Paid or AidState.Confirmed or AidState.Closed => Status.Done,
                AidState.Dismissed or AidState.Withdrawn => Status.None,
                _ => Status.Wait,
            }
        );

    private static IReadOnlyList<(string Name, DateTimeOffset? At)> Ordinary(AidApplication aid) =>
        [
            ("apply", aid.SubmittedAt),
            ("accept", aid.AcceptedAt),
            ("survey", aid.Survey?.Signatures.Max(s => (DateTimeOffset?)s.At)),
            ("assess", Midnight(aid.Assessment?.DecidedOn)),
            ("notice", aid.Notices.LastOrDefault()?.EndedAt),
            ("approve", aid.ApprovedAt),
            ("pay", Midnight(aid.PaidOn)),
            ("confirm", aid.ConfirmedAt),
            ("close", aid.EndedAt),
        ];

    private static IReadOnlyList<(string Name, DateTimeOffset? At)> Emergency(AidApplication aid) =>
        [
            ("urgent", aid.OpenedAt),
            ("approve", aid.ApprovedAt),
            ("pay", Midnight(aid.PaidOn)),
            ("confirm", aid.ConfirmedAt),
            ("papers", aid.SubmittedAt),
            ("survey", aid.Survey?.Signatures.Max(s => (DateTimeOffset?)s.At)),
            ("assess", Midnight(aid.Assessment?.DecidedOn)),
            ("notice", aid.Notices.LastOrDefault()?.EndedAt),
            ("close", aid.EndedAt),
        ];

    /// <summary>Index of the present stage; -1 when all are past.</summary>
    private static int Now(AidApplication aid)
    {
        var emergency = aid.Route == AidRoute.Emergency;
        return aid.State switch
        {
            AidState.Reported or AidState.Draft => 0,
            AidState.Submitted or AidState.Supplement => 1,
            AidState.Accepted or AidState.Surveying => emergency ? 5 : 2,
            AidState.Surveyed => emergency ? 6 : 3,
            AidState.Reviewed or AidState.Notice => emergency ? 7 : 4,
            AidState.Urgent => 1,
            AidState.ApprovalSchool or AidState.ApprovalDistrict => 5,
            AidState.Waiting or AidState.Approved or AidState.Listed or AidState.Sent or AidState.Bounced => emergency
                ? 2
                : 6,
            AidState.Paid or AidState.Missing => emergency ? 3 : 7,
            AidState.Confirmed => emergency ? 4 : 8,
            _ => -1,
        };
    }

    private static DateTimeOffset? Midnight(DateOnly? day) =>
        day is { } on ? ChinaTime.At(on, TimeOnly.MinValue) : null;
}
