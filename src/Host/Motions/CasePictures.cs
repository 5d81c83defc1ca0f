using EduUnion.Domain.Aid;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Host.Motions;

/// <summary>A chart of a case, and the same in words: the way it has gone and where it stands.</summary>
public sealed record CasePicture(string Svg, IReadOnlyList<PictureLine> Lines);

/// <summary>
/// The charts of a case as they were drawn in the designer, with the present place marked. Only what people know as a
/// step becomes a box; forks, switches and faults are passed through, and the room they took is closed up.
/// </summary>
public sealed class CasePictures(DefinitionSet definitions, Texts texts, StepWords words)
{
    private const int Width = 124;
    private const int Height = 44;
    private const int ColumnStep = 172;
    private const int RowStep = 96;

    /// <summary>Automatic steps are not journalled by name; their event tells that they were.</summary>
    private static readonly Dictionary<string, string> StepOfEvent = new()
    {
        [nameof(CollectionLapsed)] = "motion.gather",
        [nameof(MotionReceived)] = "motion.receive",
        [nameof(MotionFiled)] = "motion.number",
        [nameof(MotionBecameOpinion)] = "motion.opinion",
        [nameof(MotionRejected)] = "motion.reject",
        [nameof(MotionAbandoned)] = "motion.abandon",
        [nameof(MotionReplied)] = "motion.delivered",
        [nameof(HandlingReturned)] = "handling.returned",
        [nameof(AnswerDelivered)] = "handling.deliver",
        [nameof(AidOpened)] = "aid.begin",
        [nameof(AidReceived)] = "aid.receive",
        [nameof(AidWithdrawn)] = "aid.withdraw",
        [nameof(AidRefused)] = "aid.refuse",
        [nameof(AidAssessed)] = "aid.assess",
        [nameof(NoticePublished)] = "aid.published",
        [nameof(NoticeEnded)] = "aid.notice",
        [nameof(ApprovalRouted)] = "aid.route",
        [nameof(AidReserved)] = "aid.reserve",
        [nameof(AidQueued)] = "aid.reserve",
        [nameof(AidPaid)] = "aid.pay",
        [nameof(AidClosed)] = "aid.close",
    };

    /// <summary>The way of the motion as a whole.</summary>
    public CasePicture Main(MotionView view, IReadOnlyList<CaseEntry> entries, PictureFigures figures)
    {
        var running = FamilyJson.Read(view.Row.Family).Instances.FirstOrDefault(i => i.DefinitionId == "motion");
        var past = Past(entries);
        if (view.Motion.State is MotionState.Replied)
            past.Add("hosts");
        return Draw("flow-main", Definition("motion", running), running, past, figures);
    }

    /// <summary>The way of a case whose main process is this definition.</summary>
    public CasePicture Of(CaseRow row, string definition, IReadOnlyList<CaseEntry> entries, PictureFigures figures)
    {
        var running = FamilyJson.Read(row.Family).Instances.FirstOrDefault(i => i.DefinitionId == definition);
        return Draw("flow-main", Definition(definition, running), running, Past(entries), figures);
    }

    /// <summary>The way of one host's part.</summary>
    public CasePicture Part(MotionView view, Handling part, IReadOnlyList<CaseEntry> entries, PictureFigures figures)
    {
        var running = FamilyJson
            .Read(view.Row.Family)
            .Instances.FirstOrDefault(i => i.DefinitionId == "motion-handling" && CaseWork.PartOf(i.Input) == part.Id);
        return Draw(
            "flow-part",
            Definition("motion-handling", running),
            running,
            Past(entries.Where(e => e.Part == part.Id || e.Part is null)),
            figures
        );
    }

    private Definition Definition(string id, Instance? running) =>
        (running is null ? null : definitions.Find(id, running.Version)) ?? definitions.Latest(id)!;

    private static HashSet<string> Past(IEnumerable<CaseEntry> entries) =>
        [
            .. entries
                .Where(e => e.Kind is EntryKind.Decision or EntryKind.Clock or EntryKind.Command)
                .SelectMany(e => e.Events.Select(v => StepOfEvent.GetValueOrDefault(v.Code)).Append(e.Act))
                .OfType<string>(),
        ];

    private CasePicture Draw(
        string id,
        Definition definition,
        Instance? running,
        HashSet<string> past,
        PictureFigures figures
    )
    {
        var chart = ChartPlan.Of(definition);
        var now = running?.Activities.ToHashSet() ?? [];
        var stopped = running?.Incidents.Select(i => i.Activity).ToHashSet() ?? [];
        var activities = chart.Boxes.ToDictionary(b => b.Activity.Id, b => b.Activity);
        var places = chart
            .Boxes.Select(b => new Place(
                b.Activity.Id,
                NameOf(b.Activity),
                b.Column * ColumnStep,
                b.Row * RowStep,
                Width,
                Height,
                now.Contains(b.Activity.Id) ? PlaceState.Now
                    : past.Contains(b.Activity.Literal("taskName") ?? b.Activity.Id) ? PlaceState.Past
                    : PlaceState.Todo
            )
            {
                Mark = IsStopped(b.Activity) ? texts["picture.stopped"] : null,
            })
            .Select(p => figures.On(p, activities[p.Id], texts))
            .ToList();
        var forks = chart.Ways.GroupBy(w => w.From).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        var ways = chart
            .Ways.GroupBy(w => (w.From, w.To))
            .Select(g => new Way(
                g.Key.From,
                g.Key.To,
                forks.Contains(g.Key.From) ? LabelOf(definition, g.Key.From, [.. g.Select(w => w.Port)]) : null
            ))
            .ToList();
        var here = places.Where(p => p.State == PlaceState.Now).Select(p => p.Text).ToList();
        var separator = texts["clock.separator"];
        var svg = ProcessPicture.Draw(
            id,
            places,
            ways,
            new PictureWords(
                texts["case.picture." + definition.DefinitionId],
                here.Count == 0 ? texts["case.picture.over"] : texts["case.picture.here", string.Join(separator, here)],
                texts["picture.here"]
            )
        );
        return new CasePicture(
            svg,
            [
                .. places
                    .Where(p => p.State != PlaceState.Todo)
                    .Select(p => figures.Line(p.Text, p.State, activities[p.Id], texts, p.Mark)),
            ]
        );

        // A switch is no box; where one has stopped, the step before it is marked.
        bool IsStopped(Activity activity) =>
            stopped.Contains(activity.Id)
            || definition.Activities.Values.Any(c =>
                c.Connections.Any(w =>
                    w.Source == activity.Id && stopped.Contains(w.Target) && !activities.ContainsKey(w.Target)
                )
            );
    }

    private string NameOf(Activity activity) =>
        activity.Literal("taskName") is { } task ? words.Step(task) : texts["place." + activity.Id];

    /// <summary>The outcomes on which the way is taken, in the words of the step that has them; more than two are left out.</summary>
    private string? LabelOf(Definition definition, string from, IReadOnlyList<string?> ports)
    {
        var step = definition.Activities[from].Literal("taskName") ?? "";
        var named = ports
            .OfType<string>()
            .Where(p => StepCatalogue.Shipped.Find(step)?.Outcome(p) is not null)
            .ToList();
        return named.Count is 0 or > 2 ? null : string.Join("/", named.Select(p => words.Outcome(step, p)));
    }
}
