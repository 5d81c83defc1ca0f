using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Host.Retention;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Api.AidMoves;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>
/// A whole journey, from the draft to the retention, in which everybody writes what is secret wherever something can be
/// written: nothing of it lies in clear in a table, a file, a mail or the log.
/// </summary>
public sealed class SecretsOfAJourneyTests
{
    private const string Diagnosis = "嗜铬细胞瘤合并高血压危象";
    private const string First = "6222027319460285173";
    private const string Second = "6217003856194027365";

    /// <summary>No number that could be anywhere by accident.</summary>
    private static readonly string[] Secret =
    [
        AidPlay.IdentityOf(731),
        AidPlay.IdentityOf(847),
        First,
        Second,
        Diagnosis,
        "30471983",
        "304719.83",
        "304,719.83",
        "11826347",
        "118,263.47",
        "27183946",
        "271,839.46",
    ];

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task FromTheDraftToTheRetention_NothingLiesInClear(Provider provider)
    {
        var log = new KeptLog();
        await using var district = await District.OpenAsync(provider, log.Hear);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        await TypeAsync(district);
        var id = await ApplyAsync(district, fund);
        await AssessAndObjectAsync(district, id);
        await PayAsync(district, id, fund);
        await KeepFileAsync(district);
        await VerifyAsync(district);
        await SilentAsync(district, log);

        district.Running.Time.SetUtcNow(new DateTimeOffset(2031, 1, 10, 1, 0, 0, TimeSpan.Zero));
        var erased = await WithAsync<RetentionSweep, int>(district, s => s.RunAsync(default));
        Assert.Equal(3, erased);
        await SilentAsync(district, log);
    }

    /// <summary>In the wizard, where drafts are saved while one types.</summary>
    private static async Task TypeAsync(District district)
    {
        var id = await district.ApplyAsync("yey-fuyi1", Content("易小满", 21, 22, "6222020000004444"));
        var visitor = await Visitor.OfAsync(district.Running, "yey-fuyi1");
        await visitor.GoAsync($"/aid/{id}/apply/household/new");
        await visitor.RestAsync(
            ("member.name", Diagnosis),
            ("member.place", First),
            ("member.yearlyIncome", "304719.83")
        );
        await visitor.PressAsync("do=list", ("member.name", ""), ("member.place", AidPlay.IdentityOf(731)));
    }

    private static async Task<Guid> ApplyAsync(District district, Guid fund)
    {
        var content = Content("伊若男", 731, 847, First, 304_719_83, 118_263_47, Diagnosis);
        var id = await district.ApplyAsync(Applicant, content);
        var applicant = await district.AsAsync(Applicant);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Diagnosis"), "proof" },
            { new ByteArrayContent(Samples.Pdf($"{Diagnosis} {AidPlay.IdentityOf(731)}")), "file", $"{Diagnosis}.pdf" },
        };
        var added = await applicant.Http.PostAsync($"/api/cases/{id}/attachments", form);
        Assert.True(added.IsSuccessStatusCode);
        var file = (await JsonDocument.ParseAsync(await added.Content.ReadAsStreamAsync()))
            .RootElement.GetProperty("id")
            .GetGuid();
        await applicant.PostAsync($"/api/aid/applications/{id}/submit", null, "once");
        var chair = await district.AsAsync(Chair);
        var looked = await chair.SendAsync(
            HttpMethod.Post,
            $"/api/attachments/{file}/unmask",
            new { purpose = "Check", reason = $"核对{Diagnosis}" },
            "look"
        );
        Assert.True(looked.IsSuccessStatusCode);
        await chair.PostAsync(
            $"/api/aid/applications/{id}/unmask",
            new
            {
                field = "identity",
                purpose = "Check",
                reason = $"核对{AidPlay.IdentityOf(731)}",
            },
            "unmask"
        );
        await district.DoAsync(id, Chair, "aid.formcheck", "supplement", null, $"请补{Diagnosis}的病历。");
        await applicant.PostAsync($"/api/aid/applications/{id}/submit");
        await district.DoAsync(id, Chair, "aid.formcheck", "accept", new { fund }, $"{First}已核。");
        await district.DoAsync(
            id,
            Chair,
            "aid.appoint",
            "appoint",
            new { surveyors = Members("yey-diaocha1", "yey-diaocha2") }
        );
        await district.DoAsync(
            id,
            "yey-diaocha1",
            "aid.survey",
            "record",
            new
            {
                visitedOn = "2026-11-02",
                mode = "home",
                place = "申请人家中",
                people = $"申请人（{AidPlay.IdentityOf(731)}）",
                housing = "自有住房。",
                incomeCheck = "年工资 304,719.83 元。",
                observations = Diagnosis,
                conclusion = "supports",
            }
        );
        await district.DoAsync(id, "yey-diaocha2", "aid.survey.sign", "sign", null, Diagnosis);
        return id;
    }

    private static async Task AssessAndObjectAsync(District district, Guid id)
    {
        await district.AssessAsync(_ => 900_00, $"{Diagnosis}，长期服药。");
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        await district.MoveToAsync(new(2026, 11, 3));
        await (await district.AsAsync("yey-daibiao1")).PostAsync(
            $"/api/aid/applications/{id}/objections",
            new
            {
                ground = "Assets",
                text = $"{Diagnosis}，账号{First}",
                anonymous = false,
            },
            "objection"
        );
        var officer = await district.AsAsync("qujingban");
        var objection = (await officer.GetAsync("/api/tasks?scope=mine&limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "objection.assign")
            .GetProperty("caseId")
            .GetGuid();
        await district.DoAsync(
            objection,
            "qujingban",
            "objection.assign",
            "assign",
            new { investigators = Members("yey-fuyi1", "yey-fuyi2") }
        );
        await district.DoAsync(
            objection,
            "yey-fuyi1",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = "2026-11-03",
                people = AidPlay.IdentityOf(847),
                finding = $"{Diagnosis}属实。",
            }
        );
        await district.DoAsync(objection, "yey-fuyi2", "objection.sign", "sign");
        await district.DoAsync(objection, "qujingban", "objection.decide", "unfounded", null, $"{Diagnosis}属实。");
        await district.SendMailsAsync();
    }

    private static async Task PayAsync(District district, Guid id, Guid fund)
    {
        await district.MoveToAsync(new(2026, 11, 12));
        await district.DoAsync(id, Chair, "aid.approve.school", "agree", null, $"{Diagnosis}，同意。");
        await district.ReconcileAsync(await district.SendAsync(fund, id), _ => true);
        await district.StateAsync(id, "Bounced");
        var applicant = await district.AsAsync(Applicant);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Account"), "proof" },
            { new ByteArrayContent(Samples.Pdf(Second)), "file", $"{Second}.pdf" },
        };
        var answer = await applicant.Http.PostAsync($"/api/cases/{id}/attachments", form);
        var proof = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync()))
            .RootElement.GetProperty("id")
            .GetGuid();
        await district.DoAsync(
            id,
            Applicant,
            "aid.account",
            "correct",
            new
            {
                accountName = "伊若男",
                bankName = "某银行",
                account = Second,
                proof,
            }
        );
        await district.DoAsync(id, "qujingban", "aid.account.check", "confirm", null, $"{Second}已核。");
        await district.ReconcileAsync(await district.SendAsync(fund, id));
        await district.DoAsync(id, Applicant, "aid.confirm", "received", null, $"{Second}已收到。");
        await district.DoAsync(
            id,
            Chair,
            "aid.followup",
            "visited",
            new
            {
                visitedOn = "2026-11-12",
                mode = "home",
                gist = $"{Diagnosis}在治疗。",
            }
        );
        await district.StateAsync(id, "Closed");
    }

    /// <summary>What is written into the person's file, with keys, so that answers are kept for a repetition.</summary>
    private static async Task KeepFileAsync(District district)
    {
        var chair = await district.AsAsync(Chair);
        var file = (await chair.GetAsync("/api/aid/files")).GetProperty("items")[0].GetProperty("id").GetGuid();
        await chair.PostAsync(
            $"/api/aid/files/{file}/visits",
            new
            {
                on = "2026-11-12",
                visitors = Members(Chair, "yey-diaocha2"),
                occasion = "生病住院",
                note = $"{Diagnosis}，账号{Second}",
            },
            "visit"
        );
    }

    private static async Task VerifyAsync(District district)
    {
        await district.MoveToAsync(new(2027, 11, 3));
        Assert.Equal(
            1,
            await WithAsync<VerificationCommands, int>(
                district,
                async c =>
                    (
                        await c.StartAsync(
                            School,
                            await WithAsync<Access, Viewer>(
                                district,
                                a => a.ViewerAsync(DemoDistrict.MemberId(Chair), default)
                            ),
                            default
                        )
                    ).Value
            )
        );
        var applicant = await district.AsAsync(Applicant);
        await applicant.DecideAsync(
            "verification.confirm",
            "changed",
            new
            {
                yearlyIncome = "271839.46",
                yearlySpending = "118263.47",
                members = 3,
                causeRemoved = "yes",
                note = $"{Diagnosis}已治愈。",
            }
        );
        await (await district.AsAsync(Chair)).DecideAsync(
            "verification.decide",
            "exit",
            new { exit = "LiftedOut" },
            $"{Diagnosis}已治愈。"
        );
    }

    private static async Task SilentAsync(District district, KeptLog log)
    {
        await district.SendMailsAsync();
        await district.Running.InDatabaseAsync(db => Secrets.AssertNowhereAsync(db, district.DataDirectory, Secret));
        // That commands are written is seen, so that a silent log would not pass.
        Assert.Contains(log.Lines, l => l.Contains("UPDATE", StringComparison.Ordinal));
        foreach (var secret in Secret)
        foreach (var form in new[] { secret, Uri.EscapeDataString(secret) })
            Assert.DoesNotContain(log.Lines, l => l.Contains(form, StringComparison.Ordinal));
    }

    private static async Task<T> WithAsync<TService, T>(District district, Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
