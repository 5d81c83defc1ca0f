using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Review;

/// <summary>What of the table is shown: plain GET parameters, so that a table is a link one can send.</summary>
public sealed record TableFilter
{
    /// <summary>The choice "nobody" or "nothing" in a facet.</summary>
    public const string None = "none";

    public string? Text { get; init; }
    public Guid? Session { get; init; }
    public TableStage? Stage { get; init; }
    public string? Category { get; init; }
    public string? Sponsor { get; init; }
    public string? Recommendation { get; init; }
    public bool Mine { get; init; }

    public bool Shows(TableRow row) => (Stage is null || row.Stage == Stage) && ShowsAtAnyStage(row);

    public bool ShowsAtAnyStage(TableRow row) =>
        Matches(Category, row.Motion.Content.Category)
        && Matches(Sponsor, row.Motion.SponsorId?.ToString())
        && Matches(Recommendation, row.Recommended)
        && (!Mine || row.Task is not null)
        && Names(row, Text?.Trim());

    private static bool Matches(string? wanted, string? value) =>
        string.IsNullOrEmpty(wanted) || (wanted == None ? value is null : value == wanted);

    private static bool Names(TableRow row, string? text) =>
        string.IsNullOrEmpty(text)
        || new[] { row.Motion.Content.Title, row.Motion.Number, row.Motion.ReceiptNumber, row.Proposer }.Any(n =>
            n?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        );

    public string Address(Guid? after = null) =>
        "/review"
        + QueryString.Create(
            Parameters().Append(new("after", after?.ToString())).Where(p => !string.IsNullOrEmpty(p.Value))
        );

    public IReadOnlyList<Tab> Tabs(CommitteeTable table, Texts texts)
    {
        var counts = table.Rows.Where(ShowsAtAnyStage).CountBy(r => r.Stage).ToDictionary();
        return
        [
            Of(null, texts["review.stage.all"], counts.Values.Sum()),
            .. Enum.GetValues<TableStage>()
                .Where(s => s != TableStage.Gone)
                .Select(s => Of(s, texts["review.stage." + s], counts.GetValueOrDefault(s))),
        ];
        Tab Of(TableStage? stage, string text, int count) =>
            new(text, (this with { Stage = stage }).Address(), Stage == stage, count);
    }

    public Facets Facets(
        CommitteeTable table,
        IReadOnlyList<CongressSession> sessions,
        OrganisationBook organisations,
        Texts texts
    )
    {
        return new Facets(
            "review",
            [
                .. sessions.Count > 1 ? [Sessions(table, sessions, organisations, texts)] : Array.Empty<Facet>(),
                Facet(
                    "category",
                    Category,
                    MotionContent.Categories.Select(c => new Choice(c, texts["category." + c]))
                ),
                Facet(
                    "sponsor",
                    Sponsor,
                    [
                        .. table.Members.Select(m => new Choice(m.ToString(), table.Name(m))),
                        new Choice(None, texts["review.sponsor.none"]),
                    ]
                ),
                Facet(
                    "recommendation",
                    Recommendation,
                    [
                        .. BulkForm.Verdicts.Select(v => new Choice(v, texts["option.recommendation." + v])),
                        new Choice(None, texts["review.recommendation.none"]),
                    ]
                ),
                Facet("mine", Mine ? "true" : null, [new Choice("true", texts["review.facet.mine.only"])]),
            ]
        )
        {
            Search = Text ?? "",
            Keep = Stage is { } stage
                ? new Dictionary<string, string> { ["stage"] = stage.ToString() }
                : new Dictionary<string, string>(),
        };
        Facet Facet(string name, string? value, IEnumerable<Choice> options) =>
            new(name, texts["review.facet." + name], texts[$"review.facet.{name}.all"], [.. options], value);
    }

    private IEnumerable<KeyValuePair<string, string?>> Parameters() =>
        [
            new("q", Text),
            new("session", Session?.ToString()),
            new("stage", Stage?.ToString()),
            new("category", Category),
            new("sponsor", Sponsor),
            new("recommendation", Recommendation),
            new("mine", Mine ? "true" : null),
        ];

    private Facet Sessions(
        CommitteeTable table,
        IReadOnlyList<CongressSession> sessions,
        OrganisationBook organisations,
        Texts texts
    )
    {
        var several = sessions.Select(s => s.SchoolId).Distinct().Count() > 1;
        return new Facet(
            "session",
            texts["motions.facet.session"],
            texts["review.facet.session.all"],
            [
                .. sessions.Select(s => new Choice(
                    s.Id.ToString(),
                    several
                        ? $"{organisations.Find(s.SchoolId)?.Name} {MotionWords.Session(texts, s)}"
                        : MotionWords.Session(texts, s)
                )),
            ],
            Session is null ? null : table.Session.Id.ToString()
        );
    }
}
