using System.Text.Json;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tour;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Api;

/// <summary>The moves of hardship aid in the demonstration's kindergarten, each over HTTP by whom it concerns.</summary>
internal static class AidMoves
{
    public const string Applicant = "yey-shenqing1";
    public const string Chair = "yey-xiaozhuxi";
    public const string Diagnosis = "甲状腺恶性肿瘤";
    public const string Account = "6222020000001234";

    /// <summary>96,000 a year for three, of which 61,200 went to the hospital; no round figures, so that they can be looked for.</summary>
    public const long Wage = 61_234_56;
    public const long SpousesIncome = 34_765_44;

    public static readonly string[] Committee =
    [
        Chair,
        "yey-pingwei1",
        "yey-pingwei2",
        "yey-pingwei3",
        "yey-pingwei4",
        "yey-pingwei5",
    ];

    public static Guid School { get; } = DemoDistrict.OrganisationId("YXYE");

    /// <summary>What must lie nowhere in clear.</summary>
    public static string[] Secrets =>
        [
            Diagnosis,
            Account,
            AidPlay.IdentityOf(1),
            AidPlay.IdentityOf(2),
            "61,234.56",
            "6123456",
            "3476544",
            "甲状腺手术",
        ];

    /// <summary>The district's line, and a fund with so much money.</summary>
    public static async Task<Guid> PrepareAsync(this District district, long yuan = 30_000)
    {
        await district.Running.InDatabaseAsync(async db =>
        {
            db.Add(
                new Parameter
                {
                    Id = Guid.CreateVersion7(),
                    Key = "aid.dibao",
                    OrganisationId = DemoDistrict.DistrictId,
                    Value = "950.00",
                    ValidFrom = new DateOnly(2026, 1, 1),
                    RecordedAt = district.Running.Time.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync();
        });
        return await district.OpenFundAsync("GH", yuan);
    }

    public static async Task<Guid> OpenFundAsync(this District district, string code, long yuan)
    {
        var fund = (
            await (await district.AsAsync("qujingban")).PostAsync(
                "/api/funds",
                new
                {
                    organisationId = DemoDistrict.DistrictId,
                    year = 2026,
                    kind = "UnionMoney",
                    code,
                    name = $"帮扶资金 {code}",
                }
            )
        ).GetProperty("id").GetGuid();
        await district.OrderAsync(
            fund,
            "caiwu1",
            "income",
            new
            {
                amountFen = yuan * 100,
                text = "年初结转",
                opening = true,
            }
        );
        return fund;
    }

    /// <summary>Proposed by one, approved by the district's chair.</summary>
    public static async Task OrderAsync(this District district, Guid fund, string login, string what, object body)
    {
        var order = await (await district.AsAsync(login)).PostAsync($"/api/funds/{fund}/{what}", body);
        await (await district.AsAsync("quzhuxi")).PostAsync(
            $"/api/funds/orders/{order.GetProperty("orderId").GetGuid()}/approve"
        );
    }

    public static object Content(
        string name,
        int identity = 1,
        int spouse = 2,
        string account = Account,
        long wage = Wage,
        long spousesIncome = SpousesIncome,
        string diagnosis = Diagnosis,
        string eventText = "甲状腺手术",
        string eventOn = "2026-02-01"
    ) =>
        new
        {
            person = new
            {
                name,
                identityNumber = AidPlay.IdentityOf(identity),
                status = "Established",
                post = "一级教师",
                phone = "13800000001",
                health = "Serious",
                marital = "Married",
                insurance = "Employee",
                address = "幸福路 1 号",
                housing = "Owned",
                housingArea = 60,
            },
            members = new object[]
            {
                new
                {
                    name = "配偶某",
                    relation = "Spouse",
                    identityNumber = AidPlay.IdentityOf(spouse),
                    health = "Good",
                    status = "Working",
                    yearlyIncomeFen = spousesIncome,
                },
                new
                {
                    name = "子某",
                    relation = "Child",
                    health = "Good",
                    status = "Studying",
                    yearlyIncomeFen = 0,
                },
            },
            incomes = new[] { new { kind = "Wage", yearlyFen = wage } },
            spending = new[] { new { kind = "Medical", yearlyFen = 61_200_00 } },
            mainCause = "OwnIllness",
            eventText,
            eventOn,
            narrative = "手术及后续治疗费用较大，家庭收入不足以负担。",
            diagnosis,
            account = new
            {
                bankName = "某银行某支行",
                accountName = name,
                account,
            },
            requestedFen = 3_000_00,
            exclusions = new
            {
                twoDwellings = false,
                business = false,
                costlySchool = false,
            },
        };

    /// <summary>A draft with the three consents.</summary>
    public static async Task<Guid> ApplyAsync(this District district, string login, object content) => (
            await (await district.AsAsync(login)).PostAsync(
                "/api/aid/applications",
                new
                {
                    route = "self",
                    content,
                    consents = new[] { "Collection", "Transfer", "Publicity" }.Select(kind => new
                    {
                        kind,
                        version = "1",
                    }),
                }
            )
        ).GetProperty("id").GetGuid();

    public static async Task<JsonElement> AidAsync(this District district, Guid id, string login) =>
        await (await district.AsAsync(login)).GetAsync($"/api/aid/applications/{id}");

    public static async Task StateAsync(this District district, Guid id, string state, string login = Chair) =>
        Assert.Equal(state, (await district.AidAsync(id, login)).GetProperty("state").GetString());

    /// <summary>Decides the one task of this name that the case has for this person.</summary>
    public static async Task DoAsync(
        this District district,
        Guid id,
        string login,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        var client = await district.AsAsync(login);
        var mine = (await client.GetAsync("/api/tasks?scope=mine&limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => t.GetProperty("caseId").GetGuid() == id && t.GetProperty("name").GetString() == task);
        await client.PostAsync(
            $"/api/tasks/{mine.GetProperty("id").GetGuid()}/decide",
            new
            {
                outcome,
                comment,
                form,
            }
        );
    }

    /// <summary>Accepted, surveyed and signed: it waits for the committee.</summary>
    public static async Task<Guid> SurveyedAsync(this District district, Guid fund, string login, object content)
    {
        var id = await district.ApplyAsync(login, content);
        await (await district.AsAsync(login)).PostAsync($"/api/aid/applications/{id}/submit");
        await district.DoAsync(id, Chair, "aid.formcheck", "accept", new { fund });
        await district.DoAsync(
            id,
            Chair,
            "aid.appoint",
            "appoint",
            new { surveyors = Members("yey-diaocha1", "yey-diaocha2") }
        );
        await district.RecordAsync(id, "yey-diaocha1");
        await district.DoAsync(id, "yey-diaocha2", "aid.survey.sign", "sign");
        return id;
    }

    public static Task RecordAsync(this District district, Guid id, string login) =>
        district.DoAsync(
            id,
            login,
            "aid.survey",
            "record",
            AidPlay.Record(Domain.Calendar.ChinaTime.DateOf(district.Running.Time.GetUtcNow()))
        );

    /// <summary>The committee meets over all that waits and says yes.</summary>
    public static async Task<JsonElement> AssessAsync(
        this District district,
        Func<Guid, long> fen,
        string? reason = null
    )
    {
        var chair = await district.AsAsync(Chair);
        var meeting = await chair.PostAsync(
            "/api/aid/meetings",
            new
            {
                schoolId = School,
                meetsAt = district.Running.Time.GetUtcNow(),
                place = "工会办公室",
            }
        );
        var at = $"/api/aid/meetings/{meeting.GetProperty("id").GetGuid()}";
        await chair.PostAsync($"{at}/attendance", new { attendees = Members(Committee) });
        foreach (var line in meeting.GetProperty("lines").EnumerateArray())
        {
            var id = line.GetProperty("id").GetGuid();
            await chair.PostAsync(
                $"{at}/proposals",
                new
                {
                    line = id,
                    category = "Rel",
                    amountFen = fen(line.GetProperty("caseId").GetGuid()),
                    reason,
                }
            );
            foreach (var login in Committee)
                await (await district.AsAsync(login)).PostAsync($"{at}/votes", new { line = id, ballot = "Yes" });
        }
        return await chair.PostAsync($"{at}/close", new { minutes = "评审会纪要。" });
    }

    /// <summary>Lists what is reserved for the case, and gives the list to the bank.</summary>
    public static Task<Guid> SendAsync(this District district, Guid fund, params Guid[] cases) =>
        district.SendAsync(fund, Chair, cases);

    /// <param name="reader">Who sees the cases.</param>
    public static async Task<Guid> SendAsync(this District district, Guid fund, string reader, params Guid[] cases)
    {
        var maker = await district.AsAsync("caiwu1");
        var numbers = new List<string?>();
        foreach (var id in cases)
            numbers.Add((await district.AidAsync(id, reader)).GetProperty("number").GetString());
        var claims = (await maker.GetAsync("/api/payments/claims"))
            .GetProperty("items")
            .EnumerateArray()
            .Where(c => numbers.Contains(c.GetProperty("caseNumber").GetString()))
            .Select(c => c.GetProperty("id").GetGuid())
            .ToList();
        Assert.Equal(cases.Length, claims.Count);
        var batch = (await maker.PostAsync("/api/payments/batches", new { fundId = fund, claims }))
            .GetProperty("batchId")
            .GetGuid();
        await (await district.AsAsync("caiwu2")).PostAsync($"/api/payments/batches/{batch}/release");
        return batch;
    }

    /// <summary>The bank's answer; what <paramref name="back"/> says came back.</summary>
    public static async Task ReconcileAsync(this District district, Guid batch, Func<int, bool>? back = null)
    {
        var maker = await district.AsAsync("caiwu1");
        var lines = (await maker.GetAsync($"/api/payments/batches/{batch}")).GetProperty("lines").EnumerateArray();
        var results = lines
            .Select(
                (l, i) =>
                    new
                    {
                        reference = l.GetProperty("reference").GetString(),
                        bankReference = $"{batch:N}"[20..] + i,
                        result = back?.Invoke(i) == true ? "退回" : "成功",
                        reason = back?.Invoke(i) == true ? "户名不符" : "",
                    }
            )
            .ToList();
        await maker.PostAsync($"/api/payments/batches/{batch}/results", new { results });
    }

    /// <summary>Everything that is to be told leaves.</summary>
    public static async Task SendMailsAsync(this District district)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Outbox>().RunAsync(default);
    }

    public static IEnumerable<Guid> Members(params string[] logins) => logins.Select(DemoDistrict.MemberId);
}
