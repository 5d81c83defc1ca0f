using EduUnion.Domain.Statistics;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using static EduUnion.Domain.Statistics.FigureKind;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>What the page shows of what was counted: nothing is counted anew here.</summary>
public sealed class StatisticsView(StatisticsScope scope, MotionStatistics counted, bool lapseSatisfies, Texts texts)
{
    private const int LowPerCent = 85;

    private static readonly (string Id, FigureKind[] Kinds)[] Groups =
    [
        ("answer", [Reply, DueReply, OnTime, OnTimeOriginal, FaceToFace, Contact, Adoption, Rehandling]),
        ("feedback", [Feedback, Satisfaction, FullSatisfaction, FirstSatisfaction, MannerSatisfaction]),
        ("promises", [Implementation, ImplementationOfAll, Closing]),
        ("filing", [Filing, Merging, Conversion, PerRepresentative, Participation]),
    ];

    private static readonly FigureKind[] InBreakdowns = [Filing, Reply, OnTime, Satisfaction, Implementation, Closing];

    private readonly MotionStatistics _inside = scope.Of(counted);

    public bool IsEmpty => _inside[TallyKind.Submitted].Count + _inside[TallyKind.Cases].Count == 0;

    /// <summary>Before the assignment there is no department: its figures begin with the answer.</summary>
    public IReadOnlyList<RateGroup> Rates =>
        [
            .. Groups
                .Where(g => g.Id != "filing" || scope.Department is null)
                .Select(g => new RateGroup(g.Id, texts["statistics.group." + g.Id], [.. g.Kinds.Select(Rate)])),
        ];

    public IReadOnlyList<CountCell> Counts =>
        [
            .. _inside
                .Tallies.Where(t => t.Kind < TallyKind.RepliedIn7)
                .Where(t => scope.Department is null || t.Kind >= TallyKind.Overdue || t.Kind == TallyKind.Cases)
                .Select(t => new CountCell(FigureWords.Name(texts, t.Kind), t.Sample.Count, scope.CasesOf(t.Kind))),
        ];

    public BarChart Departments(IReadOnlyList<BreakdownLine> lines) =>
        new(
            "departments",
            texts["statistics.byDepartment"],
            texts["statistics.byDepartment.text"],
            texts["statistics.department"],
            FigureWords.Name(texts, OnTime),
            texts["statistics.byDepartment.due"],
            [
                .. lines
                    .Select(l => (Line: l, Figure: l.Counted[OnTime]))
                    .OrderBy(l => l.Figure.Denominator.Count == 0 ? 1 : 0)
                    .ThenBy(l => PerMille(l.Figure))
                    .Select(l => OnTimeBar(l.Line.Name, l.Figure, scope.Differing(BreakdownBy.Department, l.Line.Key))),
            ],
            OnTimeBar(texts["statistics.total"], _inside[OnTime], []),
            texts["statistics.low", LowPerCent]
        );

    public BarChart Categories(IReadOnlyList<BreakdownLine> lines)
    {
        // A department's cases are its own from the assignment on; it has submitted nothing.
        var kind = scope.Department is null ? TallyKind.Submitted : TallyKind.Cases;
        var all = _inside[kind].Count;
        var most = lines.Select(l => l.Counted[kind].Count).DefaultIfEmpty(0).Max();
        return new(
            "categories",
            texts["statistics.byCategory"],
            FigureWords.Name(texts, kind),
            texts["statistics.category"],
            texts["statistics.count"],
            texts["statistics.share"],
            [
                .. lines
                    .Select(l => (Line: l, l.Counted[kind].Count))
                    .OrderByDescending(l => l.Count)
                    .Select(l => new Bar(
                        l.Line.Name,
                        $"{l.Count}",
                        scope.CasesOf(kind, scope.Differing(BreakdownBy.Category, l.Line.Key)),
                        most == 0 ? null : 1000 * l.Count / most,
                        Figure.Write(l.Count, all, ratio: false)
                    )),
            ],
            new Bar(
                texts["statistics.total"],
                $"{all}",
                scope.CasesOf(kind),
                null,
                Figure.Write(all, all, ratio: false)
            )
        );
    }

    public IReadOnlyList<Column> Times
    {
        get
        {
            var tallies = _inside.Tallies.Where(t => t.Kind >= TallyKind.RepliedIn7).ToList();
            var most = Math.Max(1, tallies.Max(t => t.Sample.Count));
            return
            [
                .. tallies.Select(t => new Column(
                    FigureWords.Name(texts, t.Kind),
                    t.Sample.Count,
                    scope.CasesOf(t.Kind),
                    100 * t.Sample.Count / most
                )),
            ];
        }
    }

    public BreakdownTable Table(BreakdownBy by, IReadOnlyList<BreakdownLine> lines)
    {
        var key = FigureKey(by);
        var kinds = InBreakdowns.Where(k => k != Filing || (by != BreakdownBy.Department && scope.Department is null));
        return new(
            key,
            texts["statistics.breakdown." + key],
            texts["statistics." + key],
            [texts["statistics.breakdown.cases"], .. kinds.Select(k => FigureWords.Name(texts, k))],
            [
                .. lines.Select(l =>
                {
                    var differing = scope.Differing(by, l.Key);
                    return new BreakdownRow(
                        l.Name,
                        scope.Address("/statistics", differing),
                        new(
                            $"{l.Name} {texts["statistics.breakdown.cases"]}",
                            l.Counted[TallyKind.Cases].Count,
                            scope.CasesOf(TallyKind.Cases, differing)
                        ),
                        [
                            .. kinds.Select(k => new BreakdownCell(
                                FigureWords.Name(texts, k),
                                l.Counted[k],
                                scope.CasesOf(k, denominator: false, differing)
                            )),
                        ]
                    );
                }),
            ]
        );
    }

    public static string FigureKey(BreakdownBy by) => by.ToString().ToLowerInvariant();

    private RateCell Rate(FigureKind kind)
    {
        var figure = _inside[kind];
        var unit = texts[
            "statistics.unit."
                + kind switch
                {
                    Filing or Merging or Conversion or PerRepresentative => "motions",
                    >= Feedback and <= MannerSatisfaction => "forms",
                    Participation => "people",
                    _ => "cases",
                }
        ];
        return new(
            FigureWords.Name(texts, kind),
            figure,
            unit,
            figure.CountsPeople ? texts["statistics.unit.people"] : unit,
            FigureWords.Definition(texts, kind, lapseSatisfies),
            scope.CasesOf(kind, denominator: false),
            figure.CountsPeople ? null : scope.CasesOf(kind, denominator: true)
        );
    }

    private Bar OnTimeBar(string name, Figure figure, IReadOnlyList<(string, string?)> differing)
    {
        var width = figure.Denominator.Count == 0 ? (int?)null : PerMille(figure);
        return new(
            name,
            figure.Value,
            scope.CasesOf(OnTime, denominator: false, differing),
            width,
            texts["statistics.of", figure.Numerator.Count, figure.Denominator.Count],
            width < LowPerCent * 10
        );
    }

    private static int PerMille(Figure figure) =>
        figure.Denominator.Count == 0 ? 0 : 1000 * figure.Numerator.Count / figure.Denominator.Count;
}
