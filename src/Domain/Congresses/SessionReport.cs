using System.Collections.Immutable;

namespace EduUnion.Domain.Congresses;

/// <summary>What a school reports to the district about a session (domain §2.12).</summary>
public enum ReportKind
{
    /// <summary>预报表, before the session opens.</summary>
    Before,

    /// <summary>情况报告表, after it has closed.</summary>
    After,
}

/// <summary>A resolution (决议) with the result of its vote.</summary>
/// <param name="Base">Of how many the majority was counted: all representatives, or those present.</param>
public sealed record Resolution(string Title, int For, int Against, int Abstained, int Base, bool Passed);

/// <summary>The motions of the session in four numbers: submitted, filed, turned into opinions, rejected.</summary>
public sealed record MotionCount(int Submitted, int Filed, int Opinions, int Rejected);

/// <summary>The fields of a report. Counts of people; shares are computed from them and never typed.</summary>
public sealed record ReportFields
{
    public static ReportFields Empty { get; } = new();

    public int? Staff { get; init; }
    public int? Representatives { get; init; }

    /// <summary>Of the representatives, how many are teachers and how many are women.</summary>
    public int? Teachers { get; init; }
    public int? Women { get; init; }

    /// <summary>Present at the session; only after it.</summary>
    public int? Attended { get; init; }
    public string Agenda { get; init; } = "";
    public ImmutableArray<Resolution> Resolutions { get; init; } = [];

    /// <summary>Rates of the previous session's motions, as they were reported to this one.</summary>
    public string PreviousRates { get; init; } = "";

    /// <summary>Whether the leaders were appraised (民主评议); the appraisal itself is not kept here.</summary>
    public bool? AppraisalHeld { get; init; }

    /// <summary>Frozen when the report is submitted; null while it is prepared.</summary>
    public MotionCount? Motions { get; init; }
}

/// <summary>
/// One report of one session: prepared by the secretary or the chair of the school union, submitted by the chair, from
/// then on read-only.
/// </summary>
public sealed class SessionReport
{
    public const int LongestText = 2000;
    public const int LongestTitle = 100;
    public const int MostResolutions = 20;

    private const int MostPeople = 100_000;

    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required ReportKind Kind { get; init; }
    public ReportFields Fields { get; private set; } = ReportFields.Empty;

    /// <summary>Grows with every change; a form of an older version is refused.</summary>
    public int Version { get; private set; }
    public Guid? PreparedBy { get; private set; }
    public DateTimeOffset? PreparedAt { get; private set; }
    public Guid? SubmittedBy { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>When the notice N18 was written last; the marks go on from here.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }

    /// <summary>
    /// Keeps what has been filled in so far; half a report is fine. Refusals: <c>report.submitted</c> (409),
    /// <c>report.stale</c> (412), <c>report.number</c>, <c>form.too-long</c>, <c>report.too-many-resolutions</c>.
    /// </summary>
    public Refusal? Prepare(ReportFields fields, int seen, Guid by, DateTimeOffset now)
    {
        if (Refused(seen) is { } refused)
            return refused;
        if (Refusal.Of([.. Malformed(fields)]) is { } malformed)
            return malformed;
        Fields = fields with { Motions = null };
        (PreparedBy, PreparedAt) = (by, now);
        Version++;
        return null;
    }

    /// <summary>
    /// Sends it to the district, with the numbers of the session's motions on that day. Refusals: those of
    /// <see cref="Prepare"/>, <c>form.required</c>, <c>report.too-early</c> (a session is not reported on before its last
    /// day), <c>report.more-than-all</c>, <c>report.votes</c>.
    /// </summary>
    public Refusal? Submit(
        ReportFields fields,
        MotionCount motions,
        DateOnly lastDay,
        DateOnly today,
        int seen,
        Guid by,
        DateTimeOffset now
    )
    {
        if (Refused(seen) is { } refused)
            return refused;
        if (Kind == ReportKind.After && today < lastDay)
            return Refusal.Because("report.too-early", lastDay);
        if (Refusal.Of([.. Malformed(fields), .. Missing(fields), .. Impossible(fields)]) is { } wrong)
            return wrong;
        Fields = fields with { Motions = motions };
        (PreparedBy, PreparedAt) = (PreparedBy ?? by, PreparedAt ?? now);
        (SubmittedBy, SubmittedAt) = (by, now);
        Version++;
        return null;
    }

    private Refusal? Refused(int seen) =>
        SubmittedAt is { } at ? new Refusal("report.submitted", RefusalKind.Conflict) { Arguments = [at] }
        : seen != Version ? new Refusal("report.stale", RefusalKind.Stale)
        : null;

    private static IEnumerable<Refusal> Malformed(ReportFields fields)
    {
        foreach (var (name, number) in Numbers(fields))
            if (number is < 0 or > MostPeople)
                yield return Refusal.At(name, "report.number", MostPeople);
        foreach (var (name, text) in new[] { ("agenda", fields.Agenda), ("previousRates", fields.PreviousRates) })
            if (text.Length > LongestText)
                yield return Refusal.At(name, "form.too-long", LongestText, text.Length);
        if (fields.Resolutions.Length > MostResolutions)
            yield return Refusal.At("resolutions", "report.too-many-resolutions", MostResolutions);
        foreach (var title in fields.Resolutions.Select(r => r.Title).Where(t => t.Length > LongestTitle))
            yield return Refusal.At("resolutions", "form.too-long", LongestTitle, title.Length);
    }

    private IEnumerable<Refusal> Missing(ReportFields fields)
    {
        foreach (var (name, number) in Numbers(fields))
            if (number is null && (Kind == ReportKind.After || name != "attended"))
                yield return Refusal.At(name, "form.required");
        if (fields.Agenda.Trim().Length == 0)
            yield return Refusal.At("agenda", "form.required");
        if (Kind == ReportKind.After && fields.AppraisalHeld is null)
            yield return Refusal.At("appraisalHeld", "form.required");
        if (fields.Resolutions.Any(r => r.Title.Trim().Length == 0))
            yield return Refusal.At("resolutions", "form.required");
    }

    private static IEnumerable<Refusal> Impossible(ReportFields fields)
    {
        if (fields.Representatives > fields.Staff)
            yield return Refusal.At("representatives", "report.more-than-all");
        foreach (
            var (name, part) in new[]
            {
                ("teachers", fields.Teachers),
                ("women", fields.Women),
                ("attended", fields.Attended),
            }
        )
            if (part > fields.Representatives)
                yield return Refusal.At(name, "report.more-than-all");
        foreach (var vote in fields.Resolutions)
            if (
                vote.For < 0
                || vote.Against < 0
                || vote.Abstained < 0
                || (long)vote.For + vote.Against + vote.Abstained > (fields.Attended ?? 0)
            )
                yield return Refusal.At("resolutions", "report.votes", vote.Title);
    }

    private static (string Name, int? Number)[] Numbers(ReportFields fields) =>
        [
            ("staff", fields.Staff),
            ("representatives", fields.Representatives),
            ("teachers", fields.Teachers),
            ("women", fields.Women),
            ("attended", fields.Attended),
        ];
}
