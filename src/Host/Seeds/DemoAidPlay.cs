using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Parameters;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Seeds;

/// <summary>The acts of the demonstration's aid, in their order.</summary>
/// <param name="back">So many working days ago.</param>
internal sealed class DemoAidPlay(
    Stage stage,
    Town town,
    List<DemoApplication> said,
    Func<int, DateOnly> back,
    CancellationToken cancellation
)
{
    /// <summary>Fictional, like the district: what the aid of this program is measured by.</summary>
    private const string Minimum = "950.00";

    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid Kindergarten = DemoDistrict.OrganisationId("YXYE");

    private readonly Dictionary<(Guid Owner, int Year), Guid> _funds = [];

    private AidPlay Play => new(stage, Town());

    public async Task PlayAsync(int year)
    {
        await MoveAsync(24, 9);
        await SayMinimumAsync();
        // In January what began last year is still last year's money.
        foreach (var each in new[] { stage.Today.Year, year }.Distinct())
        {
            await OpenAsync(DemoDistrict.DistrictId, each, "GH", "工会经费帮扶资金", 60_000);
            await OpenAsync(School, each, "YXZX", "云溪中学帮扶资金", 2_000);
            await OpenAsync(Kindergarten, each, "YXYE", "云溪幼儿园帮扶资金", 8_000);
        }

        var visited = await SurveyedAsync(23, "jiaoshi1");
        await PublishAsync(20, new() { [visited] = 3_000 });
        await MoveAsync(14, 9);
        await ApproveAsync(visited, "工会主席", "区经办");
        await PayAsync(12, visited);
        await Play.DecideAsync(visited, "jiaoshi1", "aid.confirm", "received");

        var paid = await SurveyedAsync(15, "shenqing2");
        var asked = await SurveyedAsync(15, "jiaoshi3");
        var reserved = await SurveyedAsync(15, "zhiyuan2", School);
        var queued = await SurveyedAsync(15, "jiaoshi4", School);
        await PublishAsync(
            11,
            new()
            {
                [paid] = 900,
                [asked] = 2_500,
                [reserved] = 800,
                [queued] = 1_500,
            }
        );
        await MoveAsync(5, 9);
        foreach (var id in new[] { paid, reserved })
            await ApproveAsync(id, "工会主席");
        await ApproveAsync(queued, "工会主席", "区经办");
        await PayAsync(4, paid);
        await ApproveAsync(asked, "工会主席");

        var noticed = await SurveyedAsync(4, "jiaoshi2");
        await PublishAsync(2, new() { [noticed] = 1_000 });
        await SurveyedAsync(2, "zhiyuan1");
        await AppointedAsync(2, "zhiyuan3");
        await MoveAsync(1, 9);
        await SubmittedAsync("zhiyuan4");
        await HintAsync();
        await UrgeAsync("yey-shenqing1");
        await MoveAsync(1, 17);
    }

    /// <summary>The town with the fund that an application of this day is accepted for.</summary>
    private AidTown Town(Guid? owner = null) =>
        new(town, _funds.GetValueOrDefault((owner ?? DemoDistrict.DistrictId, stage.Today.Year)), Kindergarten);

    private Task MoveAsync(int workdays, int hour) => stage.MoveToAsync(back(workdays), new(hour, 0), cancellation);

    private async Task SayMinimumAsync() =>
        AidPlay.Done(
            await stage.WithAsync<RuleBook, Outcome<Domain.Parameters.Parameter>>(rules =>
                rules.RecordAsync(
                    "aid.dibao",
                    DemoDistrict.DistrictId,
                    Minimum,
                    stage.Today,
                    DemoDistrict.MemberId("qujingban"),
                    cancellation
                )
            )
        );

    private async Task OpenAsync(Guid owner, int year, string code, string name, int opening)
    {
        var id = Guid.CreateVersion7(stage.Time.GetUtcNow());
        AidPlay.Done(
            await stage.WithAsync<FundCommands, Outcome<Guid>>(c =>
                c.OpenAsync(
                    id,
                    new NewFund(owner, year, FundKind.UnionMoney, code, name),
                    Play.As("区经办"),
                    cancellation
                )
            )
        );
        await new MoneyPlay(stage, Town(), Play).OrderAsync(
            id,
            new FundProposal(OrderKind.Opening, Money.Yuan(opening), "年初结转"),
            "财务甲"
        );
        _funds[(owner, year)] = id;
    }

    private async Task<Guid> DraftedAsync(string who)
    {
        var at = said.FindIndex(s => s.Who == who);
        var content = said[at].Content(town[who].Name, 100 + 20 * at, stage.Today);
        var id = await Play.ApplyAsync(who, content);
        var proofs = new List<Proof>();
        foreach (var proof in new[] { ProofKind.Application, ProofKind.Identity, ProofKind.Income })
            proofs.Add(new(proof, await ProveAsync(id, who, proof)));
        await Play.DoAsync<AidCommands>(
            who,
            "附上材料",
            c => c.SaveDraftAsync(id, content with { Proofs = [.. proofs] }, null, Play.As(who), cancellation)
        );
        return id;
    }

    private async Task<Guid> ProveAsync(Guid id, string who, ProofKind proof) =>
        AidPlay.Done(
            await stage.WithAsync<AttachmentCommands, Outcome<Guid>>(c =>
                c.AddAsync(
                    id,
                    proof.ToString(),
                    "演示材料.pdf",
                    SeedFiles.Bytes("demo/proof.pdf"),
                    Play.As(who),
                    cancellation
                )
            )
        );

    private async Task<Guid> SubmittedAsync(string who)
    {
        var id = await DraftedAsync(who);
        await Play.SubmitAsync(id, who);
        return id;
    }

    private async Task<Guid> AppointedAsync(int workdays, string who, Guid? owner = null)
    {
        await MoveAsync(workdays, 9);
        var id = await SubmittedAsync(who);
        await new AidPlay(stage, Town(owner)).AcceptAsync(id);
        await Play.AppointAsync(id, "调查员甲", "调查员乙");
        return id;
    }

    private async Task<Guid> SurveyedAsync(int workdays, string who, Guid? owner = null)
    {
        var id = await AppointedAsync(workdays, who, owner);
        await MoveAsync(workdays - 1, 14);
        await Play.DecideAsync(
            id,
            "调查员甲",
            "aid.survey",
            "record",
            new
            {
                visitedOn = $"{stage.Today:yyyy-MM-dd}",
                mode = "home",
                place = "申请人家中",
                people = "申请人、邻居",
                housing = "与申请所填一致。",
                incomeCheck = "工资单、单据与申请一致。",
                observations = said.Single(s => s.Who == who).Seen,
                conclusion = "supports",
            }
        );
        await Play.DecideAsync(id, "调查员乙", "aid.survey.sign", "sign");
        return id;
    }

    /// <summary>The committee meets over all that waits; what it proposes is published at once.</summary>
    private async Task PublishAsync(int workdays, Dictionary<Guid, int> amounts)
    {
        await MoveAsync(workdays, 15);
        await Play.AssessAsync(AidCategory.Rel, line => Money.Yuan(amounts[line.CaseId]));
        foreach (var id in amounts.Keys)
            await Play.PublishAsync(id);
    }

    private async Task ApproveAsync(Guid id, params string[] who)
    {
        foreach (var each in who)
            await Play.DecideAsync(
                id,
                each,
                each == "工会主席" ? "aid.approve.school" : "aid.approve.officer",
                "agree"
            );
    }

    private async Task PayAsync(int workdays, Guid id)
    {
        var application = await Play.ApplicationAsync(id);
        var of = new AidTown(town, application.FundId!.Value, Kindergarten);
        var money = new MoneyPlay(stage, of, Play);
        var list = await money.ListAsync("财务甲", id);
        await money.ReleaseAsync(list, "财务乙");
        await MoveAsync(workdays, 10);
        await money.AnswerAsync(list, "财务甲");
        await MoveAsync(workdays, 11);
    }

    private Task HintAsync() =>
        Play.DoAsync<AidCommands>(
            "小组长",
            "报告线索",
            c =>
                c.ReportAsync(
                    town["zhiyuan5"].Id,
                    "家里老人住院，近来常请假，可能需要帮助。",
                    Play.As("小组长"),
                    cancellation
                )
        );

    private Task UrgeAsync(string who)
    {
        var at = said.FindIndex(s => s.Who == who);
        var content = said[at].Content(town[who].Name, 100 + 20 * at, stage.Today);
        return Play.DoAsync<AidCommands>(
            who,
            "申请急难帮扶",
            c =>
                c.AskEmergencyAsync(
                    town[who].Id,
                    said[at].Narrative,
                    content,
                    Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => "1"),
                    Play.As(who),
                    cancellation
                )
        );
    }
}
