using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 12 of the domain: one applicant dies while surveyors are to visit him, another goes to another school with
/// approved money, and a couple applies twice for one operation.
/// </summary>
public sealed class LifeEvents : IScenario
{
    public int Number => 12;
    public string Title => "去世、调动与重复申请 / death, another school, a second application";
    public DateTimeOffset Opens => Dates.At(2026, 11, 2, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await AidTown.BuildAsync(
            stage,
            "XX幼儿园",
            "YEY",
            Money.Yuan(30_000),
            new Dictionary<string, string> { ["aid.dibao"] = "950.00" },
            cancellation
        );
        var play = new AidPlay(stage, town);
        var money = new MoneyPlay(stage, town, play);
        var died = await DieAsync(stage, play, money, cancellation);
        var moved = await MoveAsync(stage, town, play, money, cancellation);
        await MarryAsync(stage, town, play);
        await ExpectMailsAsync(stage, town, died, moved);
        await stage.ExpectProvenAsync();
    }

    /// <summary>(a) He was aided before, so that there is a file to be closed.</summary>
    private static async Task<Guid> DieAsync(Stage stage, AidPlay play, MoneyPlay money, CancellationToken cancellation)
    {
        stage.Say("—", "一、申请人在入户调查期间去世");
        const string who = "申请人乙";
        var illness = play.Illness(who, 11, 12, "6222020000005678");
        var before = await ApprovedAsync(stage, play, who, illness, Money.Yuan(900), new(2026, 11, 3), cancellation);
        await PaidAsync(stage, play, money, before, who, cancellation);
        await FollowedUpAsync(stage, play, before, "工会主席");

        var id = await play.ApplyAsync(
            who,
            illness with
            {
                MainCause = Cause.Education,
                EventText = "子女入学",
                EventOn = new DateOnly(2026, 9, 1),
            }
        );
        await play.SubmitAsync(id, who);
        await play.AcceptAsync(id);
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await play.ExpectAsync(id, AidState.Surveying);
        await play.DoAsync<AidLifeCommands>(
            "工会主席",
            "登记申请人去世，申请取消",
            c => c.CancelAsync(id, CancelReason.Died, "家属告知。", play.As("工会主席"), default)
        );
        var cancelled = await play.ExpectAsync(id, AidState.Cancelled);
        Stage.Expect("because", CancelReason.Died, cancelled.CancelledFor!.Value);
        await play.ExpectTasksAsync(id);
        Stage.Expect(
            "clocks that still run",
            0,
            await stage.WithAsync<EduUnionDb, int>(db =>
                db.Set<Clocks.ClockRow>().CountAsync(c => c.CaseId == id && c.StoppedAt == null)
            )
        );
        var file = await FileAsync(stage, play.Who(who).Id);
        Stage.Expect("file", (FileState.Exited, ExitReason.Died), (file.State, file.ExitedFor!.Value));
        Stage.Expect("condolence owed", true, file.IsCondolenceOwed);
        stage.Say("系统", "档案关闭；待慰问近亲属");
        await play.VisitAsync(file.Id, "工会主席", "亲属慰问", "工会主席", "小组长");
        await play.AnswerKinAsync(file.Id, "工会主席", "某某（配偶）", "核验身份后查阅、复制档案。");
        file = await FileAsync(stage, play.Who(who).Id);
        Stage.Expect("visits", "亲属慰问", file.Visits.Single().Occasion);
        Stage.Expect("condolence owed", false, file.IsCondolenceOwed);
        Stage.Expect("request of kin", "某某（配偶）", file.KinRequests.Single().Kin);
        return id;
    }

    /// <summary>(b) What is approved is paid by the old fund; the file goes with him, and the new school visits him.</summary>
    private static async Task<Guid> MoveAsync(
        Stage stage,
        AidTown town,
        AidPlay play,
        MoneyPlay money,
        CancellationToken cancellation
    )
    {
        stage.Say("—", "二、已批准未发放，调往外校");
        const string who = "申请人";
        var content = play.Illness(who);
        var id = await ApprovedAsync(stage, play, who, content, Money.Yuan(2_000), stage.Today, cancellation);
        var number = (await play.ExpectAsync(id, AidState.Approved)).FileNumber;
        await play.DoAsync<AidLifeCommands>(
            "工会主席",
            "申请人调往 XX中学，档案随转",
            c => c.MoveSchoolAsync(id, town.OtherSchoolId, play.As("工会主席"), default)
        );
        await play.ExpectAsync(id, AidState.Approved);
        var file = await FileAsync(stage, play.Who(who).Id);
        Stage.Expect("file", (town.OtherSchoolId, number), (file.SchoolId, file.Number));
        Stage.Expect("fund", town.FundId, (await money.ClaimAsync(id)).FundId);
        await PaidAsync(stage, play, money, id, who, cancellation);
        // 900 of the one who died, and these 2,000: out of the fund that had approved them.
        await money.ExpectAsync(available: Money.Yuan(27_100), reserved: Money.Zero, paid: Money.Yuan(2_900));
        await play.RefusedAsync(id, "工会主席", "aid.followup", "visited", "task.not-yours", Visit(stage));
        await FollowedUpAsync(stage, play, id, "外校工会主席");
        return id;
    }

    /// <summary>(c) One household, one application: the second one is told nothing of the first.</summary>
    private static async Task MarryAsync(Stage stage, AidTown town, AidPlay play)
    {
        stage.Say("—", "三、夫妻就同一次手术分别申请");
        var first = await play.ApplyAsync("评委戊", play.Illness("评委戊", 31, 32, "6222020000003131"));
        await play.SubmitAsync(first, "评委戊");
        var second = await play.ApplyAsync("申请人配偶", play.Illness("申请人配偶", 32, 31, "6222020000003232"));
        await play.RefusedAsync(second, "申请人配偶", "aid.draft", "submit", "aid.duplicate");
        await play.ExpectAsync(second, AidState.Draft);
        Stage.Expect("number of the second", null, (await play.RowAsync(second)).Number);
        var told = AidPlay.Told(Refusal.Because("aid.duplicate"));
        foreach (var word in town.Town.People.Select(p => p.Name).Append((await play.RowAsync(first)).Number!))
            Stage.Expect($"{word} in what is said", false, told.Contains(word, StringComparison.Ordinal));
    }

    private static async Task<Guid> ApprovedAsync(
        Stage stage,
        AidPlay play,
        string who,
        AidContent content,
        Money amount,
        DateOnly on,
        CancellationToken cancellation
    )
    {
        await stage.MoveToAsync(on, new(9, 30), cancellation);
        var id = await play.SurveyedAsync(who, content);
        await play.AssessAsync(AidCategory.Rel, amount);
        await play.PublishAsync(id);
        var over = (await stage.ClocksAsync(id, "notice")).Single().DueOn!.Value;
        await stage.MoveToAsync(over.AddDays(1), new(9, 0), cancellation);
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        if (amount > Money.Yuan(1_000))
            await play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
        await play.ExpectAsync(id, AidState.Approved);
        return id;
    }

    private static async Task PaidAsync(
        Stage stage,
        AidPlay play,
        MoneyPlay money,
        Guid id,
        string who,
        CancellationToken cancellation
    )
    {
        var batch = await money.ListAsync("财务甲", id);
        await money.ReleaseAsync(batch, "财务乙");
        await money.AnswerAsync(batch, "财务甲");
        await stage.MoveToAsync(stage.Today, new(16, 0), cancellation);
        await play.ExpectAsync(id, AidState.Paid);
        await play.DecideAsync(id, who, "aid.confirm", "received");
    }

    private static async Task FollowedUpAsync(Stage stage, AidPlay play, Guid id, string who)
    {
        await play.DecideAsync(id, who, "aid.followup", "visited", Visit(stage));
        await play.ExpectAsync(id, AidState.Closed);
    }

    private static object Visit(Stage stage) =>
        new
        {
            visitedOn = $"{stage.Today:yyyy-MM-dd}",
            mode = "home",
            gist = "款项已用于治疗。",
        };

    private static async Task<AidFile> FileAsync(Stage stage, Guid member) =>
        await stage.WithAsync<AidFiles, AidFile>(async files =>
            files.Read((await files.OfMemberAsync(member, default))!)
        );

    private static async Task ExpectMailsAsync(Stage stage, AidTown town, Guid died, Guid moved)
    {
        var post = new Post(stage, town.Town);
        // Nobody writes to the dead.
        await post.ExpectAsync(
            died,
            [.. AidPlay.Secrets, "去世"],
            "2026-11-11 A1.received → 申请人乙",
            "2026-11-11 A1.check → 工会主席",
            "2026-11-11 A1.accepted → 申请人乙",
            "2026-11-11 A3.assigned → 调查员甲、调查员乙"
        );
        await post.ExpectAsync(
            moved,
            AidPlay.Secrets,
            "2026-11-11 A1.received → 申请人",
            "2026-11-11 A1.check → 工会主席",
            "2026-11-11 A1.accepted → 申请人",
            "2026-11-11 A3.assigned → 调查员甲、调查员乙",
            "2026-11-11 A3.sign → 调查员乙",
            "2026-11-11 A4.ready → 工会主席",
            "2026-11-11 A5.publish → 工会主席、区经办",
            "2026-11-11 A5.started → 申请人",
            $"2026-11-11 A5.public → {AidTown.StaffBut("申请人")}",
            "2026-11-19 A5.ended → 工会主席",
            "2026-11-19 A7.asked → 工会主席",
            "2026-11-19 A7.asked → 区经办",
            "2026-11-19 A8.approved → 申请人",
            "2026-11-19 A9.waiting → 财务甲、财务乙",
            "2026-11-19 A9.confirm → 申请人"
        );
    }
}
