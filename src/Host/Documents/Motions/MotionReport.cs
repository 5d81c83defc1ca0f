using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Documents.Motions;

/// <summary>
/// The report on the handling of a session's motions (提案办理情况报告) that the next session examines: every figure with
/// its definition, the motions closed with dissent by number with both opinions (M-31), and the promises not kept in time.
/// </summary>
public sealed class MotionReport(
    EduUnionDb db,
    StatisticsScopes scopes,
    StatisticsBook book,
    CongressBook congresses,
    OrganisationBook organisations,
    Texts texts
)
{
    /// <summary>For whoever may see the session's statistics; refusals as there.</summary>
    public async Task<Outcome<Paper>> OfAsync(Guid session, Viewer viewer, CancellationToken cancellation)
    {
        var question = new StatisticsQuestion(session);
        var scope = await scopes.OfAsync(viewer, question, cancellation);
        if (!scope.IsOk)
            return scope.Refusal;
        // A department reads of its own cases; the report is of all.
        if (scope.Value.OwnDepartmentsOnly)
            return Refusal.Forbidden("statistics.not-yours");
        var found = (await congresses.FindSessionAsync(session, cancellation))!;
        var counted = await book.CountAsync([found], viewer.Today, cancellation);
        var satisfying = (await book.SatisfyingAsync([found], cancellation)).Count > 0;
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => c.SessionId == session && c.Kind == MotionCase.KindName && c.Number != null)
            .OrderBy(c => c.Number)
            .ToListAsync(cancellation);
        var motions = rows.ConvertAll(MotionCases.MotionOf);
        var school = organisations.Find(found.SchoolId)!;
        var title =
            $"{school.Name}第{Numerals.Chinese(found.TermNumber)}届教代会第{Numerals.Chinese(found.Number)}次会议提案办理情况报告";
        return new Paper(
            title,
            [
                new Sheet(
                    title,
                    [
                        new Prose("一、办理指标"),
                        Figures(counted, satisfying),
                        new Prose("二、保留意见办结的提案"),
                        Dissents(motions),
                        new Prose("三、逾期未落实的承诺事项"),
                        Overdue(motions, viewer.Today),
                        new Signing($"{school.Name}提案工作委员会", Paper.Day(viewer.Today)) { Sealed = true },
                    ]
                )
                {
                    Remark = $"统计截至 {Paper.Day(viewer.Today)}",
                },
            ]
        );
    }

    private Grid Figures(MotionStatistics counted, bool satisfying) =>
        Table(
            "办理指标",
            [("指标", 16), ("结果", 12), ("分子", 9), ("分母", 9), ("定义", 54)],
            counted.Figures.Select(f =>
                new[]
                {
                    Word("figure." + FigureWords.Key(f.Kind)),
                    f.Value,
                    $"{f.Numerator.Count}",
                    $"{f.Denominator.Count}",
                    Definition(f.Kind, satisfying),
                }
            )
        );

    private string Definition(FigureKind kind, bool satisfying)
    {
        var definition = Word($"figure.{FigureWords.Key(kind)}.definition");
        return FigureWords.CountsForms(kind)
            ? Word(
                "statistics.sentences",
                definition,
                Word(satisfying ? "statistics.lapse.counted" : "statistics.lapse.notCounted")
            )
            : definition;
    }

    private Grid Dissents(IEnumerable<Motion> motions) =>
        Table(
            "保留意见办结的提案",
            [("案号", 12), ("案名", 18), ("主办", 14), ("提案人意见", 28), ("协商结论", 28)],
            motions
                .Where(m => m.IsDissent && m.ClosedAs == MotionState.ClosedDissent)
                .Select(m =>
                    new[]
                    {
                        m.Number!,
                        m.Content.Title,
                        Departments(m),
                        string.Join('\n', m.Forms.Select(f => f.Rating?.Reason).OfType<string>()),
                        m.FollowUpMeetings[^1].Minutes,
                    }
                )
        );

    private Grid Overdue(IEnumerable<Motion> motions, DateOnly today) =>
        Table(
            "逾期未落实的承诺事项",
            [("案号", 12), ("事项", 34), ("责任", 20), ("期限", 17), ("督办", 17)],
            motions.SelectMany(m =>
                m.Commitments.Where(c => !c.IsSettled && c.DueOn < today)
                    .Select(c =>
                        new[]
                        {
                            m.Number!,
                            c.Item,
                            $"{organisations.Find(m.Part(c.Part).HostId)?.Name} {c.Owner}",
                            Paper.Day(c.DueOn),
                            c.Notices.IsEmpty ? "" : $"{c.Notices.Length} 次",
                        }
                    )
            )
        );

    private static Grid Table(
        string caption,
        IReadOnlyList<(string Name, int Width)> columns,
        IEnumerable<string[]> lines
    )
    {
        var rows = lines.Select(line => new Row([.. line.Select(text => (Cell)text)])).ToList();
        return new Grid(
            caption,
            [.. columns.Select(c => c.Width)],
            [
                new Row([.. columns.Select(c => Cell.Of(c.Name))]),
                .. rows.Count > 0 ? rows : [new Row([new Cell("无") { Span = columns.Count }])],
            ]
        )
        {
            Headed = true,
        };
    }

    private string Departments(Motion motion) =>
        string.Join('、', motion.CurrentParts.Select(p => organisations.Find(p.HostId)?.Name));

    // The paper is Chinese, whoever looks at it.
    private string Word(string key, params object?[] arguments) => texts.In(Texts.Chinese, key, arguments);
}
