using System.Collections.Immutable;

namespace EduUnion.Host.Pages.Review;

/// <summary>What can be done to several ticked rows at once; each row is a step of its own.</summary>
/// <param name="Name">As the button sends it; its words are <c>review.act.NAME</c>.</param>
/// <param name="Applies">Whether the viewer may do it to this row now; who may is asked again when it is done.</param>
public sealed record BulkAct(string Name, Func<TableRow, CommitteeTable, bool> Applies)
{
    public const string Propose = "propose";
    public const string Merge = "merge";
    public const string Vote = "vote";
    public const string Count = "count";
    public const string Assign = "assign";
    public const string Unmerge = "unmerge";
    public const string Sponsor = "sponsor";

    public static readonly ImmutableArray<BulkAct> All =
    [
        new(Propose, (row, _) => row.MayPropose),
        new(Merge, (row, table) => row.MayPropose && table.Rows.Count > 1),
        new(Vote, (row, _) => row.MayVote),
        new(Count, (row, table) => table.Leads && row.Stage == TableStage.Review && !row.Own),
        new(Assign, (row, _) => row.MayAssign),
        new(Unmerge, (row, table) => table.Leads && row.IsMerged && !row.Own),
        new(Sponsor, (row, table) => table.Leads && row.Stage != TableStage.Gone && !row.Own),
    ];

    public static BulkAct? Find(string? name) => All.FirstOrDefault(a => a.Name == name);
}
