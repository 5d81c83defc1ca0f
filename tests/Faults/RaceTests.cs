using System.Net;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Funds;
using EduUnion.Host.Tests.OfficeWords;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Faults;

/// <summary>
/// Many at the same moment, on the database that lets several in. One wins, the others are told; nobody sees a fault of the
/// program or a deadlock, and nothing is stuck.
/// </summary>
public sealed partial class RaceTests(ITestOutputHelper output)
{
    private const int Approvers = 64;

    [Fact]
    public async Task SixtyFour_OnOneTask_OneWins_AndTheOthersAreToldByWhomAndWhen()
    {
        await using var district = await OpenAsync();
        var bench = new Bench(district.Running);
        var people = await AppointAsync(district, Approvers, Office.MotionSecretary, "YXZX");
        var form = JsonSerializer.SerializeToElement(new { recommendation = "file" });
        for (var round = 0; round < Form.Of(50, 1_000); round++)
        {
            var id = await bench.UpToAsync("motion.check", $"提案{round}");
            var task = await bench.TaskAsync(id, "motion.check");

            var answers = await AtOnceAsync(
                people,
                who =>
                    bench.WithAsync<CaseSteps, Outcome<StepDone>>(steps =>
                        steps.DecideAsync(new Decision(task, "propose", null, form, null), new Asker(who.Id), default)
                    )
            );

            var (winner, won) = Assert.Single(answers, a => a.Answer.IsOk);
            Assert.All(
                answers.Where(a => !a.Answer.IsOk),
                a =>
                {
                    Assert.Equal(
                        ("task.already-decided", RefusalKind.Conflict),
                        (a.Answer.Refusal!.Code, a.Answer.Refusal.Kind)
                    );
                    Assert.Equal([winner.Name, won.Value.At], a.Answer.Refusal.Arguments);
                }
            );
        }
        Assert.Equal("", string.Join(Environment.NewLine, await Checker.ViolationsAsync(district.Database)));
    }

    [Fact]
    public async Task FiveDepartments_FinishTheirPartsTogether_AndTheMotionIsAnsweredOnce()
    {
        await using var district = await OpenAsync();
        string[] departments = ["ZWC", "JWC", "RSC", "YWS", "XXZX"];
        string[] clerks = ["zongwuchu", "jiaowuchu", "renshichu", "yiwushi", "xinxi"];
        string[] heads = ["fuzeren", "fuzeren2", "fuzeren3", "fuzeren4", "fuzeren5"];
        var today = $"{Domain.Calendar.ChinaTime.DateOf(district.Running.Time.GetUtcNow()):yyyy-MM-dd}";
        var met = new
        {
            metOn = today,
            mode = "meeting",
            place = "实训楼一层",
            people = "提案人、经办",
            gist = "提案人同意分两步实施。",
        };
        var answer = new { @class = "A", text = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。" };
        for (var round = 0; round < Form.Of(3, 60); round++)
        {
            var id = await district.SubmittedAsync("daibiao1", $"改善教师午休场所{round}");
            await district.ReviewAsync(id, "file");
            var parts = departments.Select(d => new { host = DemoDistrict.OrganisationId($"YXZX/{d}") });
            await district.DecideAsync(id, "mishu", "motion.assign", "assign", new { parts });

            await TogetherAsync(district, id, clerks, "handling.accept", "accept");
            await TogetherAsync(district, id, clerks, "handling.meeting", "record", met);
            await TogetherAsync(district, id, clerks, "handling.draft", "submit", answer);
            await TogetherAsync(district, id, heads, "handling.sign", "sign");
            await TogetherAsync(district, id, ["fenguan"], "handling.leader", "agree");
            await TogetherAsync(district, id, ["mishu"], "handling.formcheck", "deliver");

            Assert.Equal("Replied", await district.StateAsync(id));
            await district.RateAsync(id, "daibiao1", "Satisfied");
            Assert.Equal("Closed", await district.StateAsync(id));
        }
        Assert.Equal("", string.Join(Environment.NewLine, await Checker.ViolationsAsync(district.Database)));
    }

    [Fact]
    public async Task CosignerWithdraws_WhileItIsSubmitted_EitherComesFirst()
    {
        await using var district = await OpenAsync();
        var proposer = await district.AsAsync("daibiao1");
        var cosigner = await district.AsAsync("fuyi1");
        var first = new Dictionary<string, int> { ["submitted"] = 0, ["withdrawn"] = 0 };
        for (var round = 0; round < Form.Of(20, 500); round++)
        {
            var id = await district.CosignedAsync("daibiao1", $"更换办公座椅{round}");
            var both = await AtOnceAsync(
                [(proposer, "submit"), (cosigner, "cosignature/withdraw")],
                act => act.Item1.SendAsync(HttpMethod.Post, $"/api/motions/{id}/{act.Item2}", null)
            );

            Assert.Equal(HttpStatusCode.OK, both[1].Answer.StatusCode);
            var submitted = both[0].Answer.StatusCode == HttpStatusCode.OK;
            if (!submitted)
                Assert.Equal((422, "motion.cosigners-missing"), await Client.RefusalAsync(both[0].Answer));
            first[submitted ? "submitted" : "withdrawn"]++;
        }
        output.WriteLine($"submitted first {first["submitted"]} times, withdrawn first {first["withdrawn"]} times");
        Assert.Equal("", string.Join(Environment.NewLine, await Checker.ViolationsAsync(district.Database)));
    }

    [Fact]
    public async Task Batch_ReleasedByTwoAtOnce_IsSentOnce()
    {
        await using var district = await OpenAsync();
        var money = new DemoMoney(district.Running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 1_000_000);
        await district.AppointAsync("shenqing1", Office.Finance, DemoDistrict.DistrictId);
        for (var round = 0; round < Form.Of(20, 500); round++)
        {
            var batch = await money.MakeAsync(
                fund,
                await money.ClaimAsync(fund, "fuyi1", 10, $"BF-{round}-1"),
                await money.ClaimAsync(fund, "fuyi2", 10, $"BF-{round}-2")
            );
            var answers = await AtOnceAsync(
                ["caiwu2", "shenqing1", "caiwu2"],
                login =>
                    money.WithAsync<PaymentCommands, Outcome<BatchDone>>(c =>
                        c.ReleaseAsync(batch, new Asker(DemoMoney.Member(login)), default)
                    )
            );
            Assert.Contains(answers, a => a.Answer.IsOk);
            Assert.All(
                answers.Where(a => !a.Answer.IsOk),
                a => Assert.Equal("payment.batch-released", a.Answer.Refusal!.Code)
            );
        }
        Assert.Equal("", string.Join(Environment.NewLine, await Checker.MoneyViolationsAsync(district.Database)));
    }

    private static async Task<District> OpenAsync()
    {
        var database = await TestDatabase.MigratedAsync(Provider.Postgres);
        // So many stand in line for twenty connections, on a machine that tests other things as well.
        database.Settings["ConnectionStrings:EduUnion"] += ";Timeout=300";
        return District.On(database);
    }

    /// <summary>All are on their way before the first may begin.</summary>
    private static async Task<List<(T Who, TAnswer Answer)>> AtOnceAsync<T, TAnswer>(
        IReadOnlyList<T> all,
        Func<T, Task<TAnswer>> act
    )
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = all.Select(who =>
                Task.Run(async () =>
                {
                    await gate.Task;
                    return (who, await act(who));
                })
            )
            .ToList();
        gate.SetResult();
        return [.. await Task.WhenAll(running)];
    }

    /// <summary>Everybody decides every task of that name that he has, all at once.</summary>
    private static async Task TogetherAsync(
        District district,
        Guid id,
        string[] logins,
        string task,
        string outcome,
        object? form = null
    )
    {
        var tasks = new List<(Client Who, Guid Task)>();
        foreach (var login in logins)
        {
            var who = await district.AsAsync(login);
            var shown = (await district.MotionAsync(id, login)).GetProperty("tasks").EnumerateArray();
            tasks.AddRange(
                shown
                    .Where(t => t.GetProperty("name").GetString() == task && t.GetProperty("mine").GetBoolean())
                    .Select(t => (who, t.GetProperty("id").GetGuid()))
            );
        }
        Assert.Equal(5, tasks.Count);
        await AtOnceAsync(tasks, t => t.Who.PostAsync($"/api/tasks/{t.Task}/decide", new { outcome, form }));
    }

    private static async Task<List<Member>> AppointAsync(District district, int many, Office office, string place)
    {
        List<Member> people =
        [
            .. Enumerable
                .Range(1, many)
                .Select(n => new Member
                {
                    Id = Guid.CreateVersion7(),
                    OrganisationId = DemoDistrict.OrganisationId(place),
                    Name = $"审批人{n}",
                    Email = $"approver{n}@school.example",
                }),
        ];
        await district.Running.InDatabaseAsync(async db =>
        {
            db.AddRange(people);
            db.AddRange(
                people.Select(p => new OfficeHolding
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = p.Id,
                    Office = office,
                    OrganisationId = p.OrganisationId,
                    From = new DateOnly(2026, 1, 1),
                })
            );
            await db.SaveChangesAsync();
        });
        return people;
    }
}
