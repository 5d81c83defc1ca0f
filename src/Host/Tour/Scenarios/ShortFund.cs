using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Aid;
using EduUnion.Host.Funds;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 11 of the domain: 34,000 are approved from a fund of 30,000, the last waits for a transfer; one payment comes
/// back and goes out again under the same approval.
/// </summary>
public sealed class ShortFund : IScenario
{
    private const string Mismatch = "户名不符";
    private static readonly string[] Applicants = ["申请人", "申请人乙", "提案人", "附议人甲"];
    private static readonly long[] Amounts = [10_000, 10_000, 9_000, 5_000];

    public int Number => 11;
    public string Title => "资金不足排队与退汇重发 / a short fund and a bounced payment";
    public DateTimeOffset Opens => Dates.At(2026, 11, 2, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await AidTown.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            Money.Yuan(30_000),
            new Dictionary<string, string> { ["aid.dibao"] = "950.00" },
            cancellation
        );
        var play = new AidPlay(stage, town);
        var money = new MoneyPlay(stage, town, play);
        var cases = new List<Guid>();
        foreach (var (who, at) in Applicants.Select((who, at) => (who, at)))
            cases.Add(
                await play.SurveyedAsync(who, play.Illness(who, 10 * at + 1, 10 * at + 2, $"622202000000{1000 + at}"))
            );
        await stage.MoveToAsync(new(2026, 11, 9), new(9, 0), cancellation);
        await play.AssessAsync(AidCategory.Rel, line => Money.Yuan(Amounts[cases.IndexOf(line.CaseId)]));
        foreach (var id in cases)
            await play.PublishAsync(id);
        await stage.MoveToAsync(new(2026, 11, 17), new(9, 0), cancellation);
        await ApproveAsync(play, money, cases);
        await TransferAsync(stage, play, money, cases, cancellation);
        await BounceAsync(stage, play, money, cases, cancellation);
        await ExpectMailsAsync(stage, town, cases);
        await stage.ExpectProvenAsync();
    }

    /// <summary>Over 5,000 the district's chair decides, too; 5,000.00 is not over it.</summary>
    private static async Task ApproveAsync(AidPlay play, MoneyPlay money, List<Guid> cases)
    {
        foreach (var (id, at) in cases.Select((id, at) => (id, at)))
        {
            await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
            await play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
            if (Amounts[at] > 5_000)
                await play.DecideAsync(id, "区工会主席", "aid.approve.chair", "agree");
            await play.ExpectAsync(id, at == 3 ? AidState.Waiting : AidState.Approved);
        }
        var last = await money.ClaimAsync(cases[3]);
        Stage.Expect("claim", (ClaimState.Waiting, 1), (last.State, last.Place));
        await money.ExpectAsync(available: Money.Yuan(1_000), reserved: Money.Yuan(29_000), paid: Money.Zero);
    }

    private static async Task TransferAsync(
        Stage stage,
        AidPlay play,
        MoneyPlay money,
        List<Guid> cases,
        CancellationToken cancellation
    )
    {
        stage.Say("系统", "资金不足，最后一件排队等候，第 1 位");
        await stage.MoveToAsync(new(2026, 11, 18), new(9, 0), cancellation);
        var other = await money.OpenFundAsync("JK", "慰问结余资金", Money.Yuan(20_000));
        await money.OrderAsync(
            other,
            new FundProposal(OrderKind.Transfer, Money.Yuan(5_000), "调剂预算", (await money.FundAsync()).Id),
            "区经办"
        );
        await stage.MoveToAsync(new(2026, 11, 18), new(11, 0), cancellation);
        await play.ExpectAsync(cases[3], AidState.Approved);
        await money.ExpectAsync(available: Money.Yuan(1_000), reserved: Money.Yuan(34_000), paid: Money.Zero);
    }

    private static async Task BounceAsync(
        Stage stage,
        AidPlay play,
        MoneyPlay money,
        List<Guid> cases,
        CancellationToken cancellation
    )
    {
        var back = cases[2];
        await stage.MoveToAsync(new(2026, 11, 19), new(9, 0), cancellation);
        var first = await money.ListAsync("财务甲", [.. cases]);
        Stage.Expect("list", ("GH2026-001", Money.Yuan(34_000).Fen), (first.Number, first.TotalFen));
        await money.ReleaseAsync(first, "财务乙");
        await stage.MoveToAsync(new(2026, 11, 20), new(9, 0), cancellation);
        await money.AnswerAsync(first, "财务甲", Mismatch, back);
        await stage.MoveToAsync(new(2026, 11, 20), new(15, 0), cancellation);
        var approvals = (await play.ExpectAsync(back, AidState.Bounced)).Approvals;
        await money.ExpectAsync(available: Money.Yuan(1_000), reserved: Money.Yuan(9_000), paid: Money.Yuan(25_000));
        Stage.Expect("bank's reason", Mismatch, (await money.ClaimAsync(back)).BounceReason);

        await stage.MoveToAsync(new(2026, 11, 23), new(9, 0), cancellation);
        await play.DecideAsync(
            back,
            Applicants[2],
            "aid.account",
            "correct",
            new
            {
                accountName = play.Who(Applicants[2]).Name,
                bankName = "某银行某支行",
                account = "6222020000009999",
                proof = await play.ProveAsync(back, Applicants[2], AidDocuments.Account),
            }
        );
        await stage.MoveToAsync(new(2026, 11, 24), new(9, 0), cancellation);
        await play.DecideAsync(back, "区经办", "aid.account.check", "confirm");
        Stage.ExpectAll("approvals", approvals, (await play.ExpectAsync(back, AidState.Approved)).Approvals);
        var second = await money.ListAsync("财务甲", back);
        Stage.Expect("list", "GH2026-002", second.Number);
        await money.ReleaseAsync(second, "财务乙");
        await stage.MoveToAsync(new(2026, 11, 25), new(9, 0), cancellation);
        await money.AnswerAsync(second, "财务甲");
        await stage.MoveToAsync(new(2026, 11, 26), new(9, 0), cancellation);
        await play.ExpectAsync(back, AidState.Paid);
        await money.ExpectAsync(available: Money.Yuan(1_000), reserved: Money.Zero, paid: Money.Yuan(34_000));
        await ExpectLedgerAsync(money, back, first, second);
        foreach (var (id, who) in cases.Zip(Applicants))
            await play.DecideAsync(id, who, "aid.confirm", "received");
    }

    /// <summary>The first sending stands, taken back by a reversal that names it; a second one follows.</summary>
    private static async Task ExpectLedgerAsync(MoneyPlay money, Guid back, BatchDone first, BatchDone second)
    {
        var claim = await money.ClaimAsync(back);
        var lines = new List<Guid>();
        foreach (var batch in new[] { first, second })
            lines.AddRange((await money.LinesAsync(batch.BatchId)).Where(l => l.ClaimId == claim.Id).Select(l => l.Id));
        var entries = (await money.EntriesAsync()).Where(e => e.LineId is { } line && lines.Contains(line)).ToList();
        Stage.ExpectAll(
            "entries of the returned payment",
            [PostingKind.Send, PostingKind.Reversal, PostingKind.Send, PostingKind.Pay],
            entries.Select(e => e.Kind)
        );
        Stage.Expect("reversed", entries[0].Number, entries[1].Reverses!.Value);
        Stage.ExpectAll("amounts", Enumerable.Repeat(Money.Yuan(9_000), 4), entries.Select(e => e.Amount));
    }

    private static async Task ExpectMailsAsync(Stage stage, AidTown town, List<Guid> cases)
    {
        var post = new Post(stage, town.Town);
        string[] secrets = [.. AidPlay.Secrets, Mismatch, "9,000", "5,000", "6222"];
        await post.ExpectAsync(
            cases[2],
            secrets,
            [
                .. ToTheApproval(Applicants[2]),
                "2026-11-17 A7.asked → 区工会主席",
                $"2026-11-17 A8.approved → {Applicants[2]}",
                "2026-11-17 A9.waiting → 财务甲、财务乙",
                $"2026-11-20 A9.account → {Applicants[2]}",
                "2026-11-23 A9.accountCheck → 区经办",
                "2026-11-24 A9.waiting → 财务甲、财务乙",
                $"2026-11-25 A9.confirm → {Applicants[2]}",
            ]
        );
        await post.ExpectAsync(
            cases[3],
            secrets,
            [
                .. ToTheApproval(Applicants[3]),
                $"2026-11-17 A8.queued → {Applicants[3]}",
                $"2026-11-18 A8.approved → {Applicants[3]}",
                "2026-11-18 A9.waiting → 财务甲、财务乙",
                $"2026-11-20 A9.confirm → {Applicants[3]}",
            ]
        );
    }

    private static string[] ToTheApproval(string who) =>
        [
            $"2026-11-02 A1.received → {who}",
            "2026-11-02 A1.check → 工会主席",
            $"2026-11-02 A1.accepted → {who}",
            "2026-11-02 A3.assigned → 调查员甲、调查员乙",
            "2026-11-02 A3.sign → 调查员乙",
            "2026-11-02 A4.ready → 工会主席",
            "2026-11-09 A5.publish → 工会主席、区经办",
            $"2026-11-09 A5.started → {who}",
            $"2026-11-09 A5.public → {AidTown.StaffBut(who)}",
            "2026-11-17 A5.ended → 工会主席",
            "2026-11-17 A7.asked → 工会主席",
            "2026-11-17 A7.asked → 区经办",
        ];
}
