using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Tour;

/// <summary>
/// What hardship aid needs beside a motion's town: applicants, surveyors, the committee of six, the district's offices, a
/// second school, and a fund.
/// </summary>
public sealed record AidTown(Town Town, Guid FundId, Guid OtherSchoolId)
{
    public Person this[string role] => Town[role];

    public static IReadOnlyList<string> Committee { get; } =
    ["工会主席", "评委甲", "评委乙", "评委丙", "评委丁", "评委戊"];

    /// <summary>Everybody of the school, as the post names them; a public notice goes to all but whom it is about.</summary>
    public static string StaffBut(string applicant) => string.Join('、', Staff.Where(s => s != applicant));

    private static readonly string[] Staff =
    [
        "提案人",
        "附议人甲",
        "附议人乙",
        "提案人乙",
        "团长",
        "秘书",
        "主任",
        "委员甲",
        "委员乙",
        "委员丙",
        "委员丁",
        "工会主席",
        "区经办",
        "分管校长",
        "申请人",
        "申请人配偶",
        "申请人乙",
        "小组长",
        "评委甲",
        "评委乙",
        "评委丙",
        "评委丁",
        "评委戊",
        "调查员甲",
        "调查员乙",
        "调查员丙",
        "调查员丁",
    ];

    /// <param name="opening">What the fund begins the year with.</param>
    /// <param name="parameters">Of the district.</param>
    public static async Task<AidTown> BuildAsync(
        Stage stage,
        string school,
        string code,
        Money opening,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellation
    )
    {
        var town = await Town.BuildAsync(
            stage,
            school,
            code,
            (1, 1, stage.Today.AddDays(60)),
            [],
            filedBefore: 0,
            new Dictionary<string, string>(),
            cancellation
        );
        return await stage.WithAsync<EduUnionDb, AidTown>(async db =>
        {
            var now = stage.Time.GetUtcNow();
            var since = stage.Today.AddYears(-1);
            var other = new Organisation
            {
                Id = Guid.CreateVersion7(now),
                ParentId = town.DistrictId,
                Kind = OrganisationKind.School,
                Code = $"{code}2",
                Name = "XX中学",
                Phone = "分机 8020",
            };
            db.Add(other);
            Add("申请人", town.SchoolId);
            Add("申请人配偶", town.SchoolId);
            Add("申请人乙", town.SchoolId);
            Add("小组长", town.SchoolId, (Office.GroupLeader, town.SchoolId));
            foreach (var n in "甲乙丙丁戊")
                Add($"评委{n}", town.SchoolId, (Office.AidCommittee, town.SchoolId));
            foreach (var n in "甲乙丙丁")
                Add($"调查员{n}", town.SchoolId);
            Add("区调查员", town.DistrictId);
            Add("区工会主席", town.DistrictId, (Office.DistrictChair, town.DistrictId));
            Add("区工会副主席", town.DistrictId, (Office.DistrictViceChair, town.DistrictId));
            Add("财务甲", town.DistrictId, (Office.Finance, town.DistrictId));
            Add("财务乙", town.DistrictId, (Office.Finance, town.DistrictId));
            Add("经审", town.DistrictId, (Office.Auditor, town.DistrictId));
            Add("外校工会主席", other.Id, (Office.SchoolUnionChair, other.Id));
            var fund = Fund.Open(
                Guid.CreateVersion7(now),
                town.DistrictId,
                stage.Today.Year,
                FundKind.UnionMoney,
                "GH",
                "工会经费帮扶资金"
            );
            db.Add(fund);
            db.Add(fund.Receive(true, opening, new Posting(now)).Value);
            foreach (var (key, value) in parameters)
                db.Add(
                    new Parameter
                    {
                        Id = Guid.CreateVersion7(now),
                        Key = key,
                        OrganisationId = town.DistrictId,
                        Value = value,
                        ValidFrom = since,
                        RecordedAt = now,
                    }
                );
            await db.SaveChangesAsync(cancellation);
            return new AidTown(town, fund.Id, other.Id);

            void Add(string role, Guid at, params (Office Office, Guid At)[] offices) =>
                town.Settle(db, role, at, now, since, offices);
        });
    }
}
