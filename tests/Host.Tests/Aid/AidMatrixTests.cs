using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Api.AidMoves;

namespace EduUnion.Host.Tests.Aid;

/// <summary>
/// Every role of domain §5 against every page and route of aid and its money: exactly this table. The routes are those
/// that the running program has, so that a new one must be written into it.
/// </summary>
public sealed partial class AidMatrixTests(ITestOutputHelper output)
{
    /// <summary>
    /// Who asks. <c>kin</c> is declared a relation of the applicant, <c>coll</c> a colleague without office, <c>objr</c>
    /// filed the objection, <c>mot</c> keeps the school's motions, <c>x…</c> hold the same office at another school.
    /// </summary>
    private static readonly (string Role, string? Login)[] Roles =
    [
        ("own", Applicant),
        ("kin", "yey-fuyi1"),
        ("coll", "yey-fuyi2"),
        ("objr", "yey-daibiao1"),
        ("lead", "yey-zuzhang1"),
        ("surv", "yey-diaocha1"),
        ("comm", "yey-pingwei1"),
        ("chair", Chair),
        ("mot", "yey-mishu"),
        ("xchr", "xiaozhuxi"),
        ("xcom", "pingwei1"),
        ("offi", "qujingban"),
        ("dchr", "quzhuxi"),
        ("dvce", "qufuzhuxi"),
        ("fin", "caiwu1"),
        ("audi", "jingshen"),
        ("admi", "admin"),
        ("anon", null),
    ];

    private static readonly string[] Ours =
    [
        "api/aid",
        "api/notices",
        "api/statistics/aid",
        "api/cases",
        "api/attachments",
        "api/funds",
        "api/payments",
        "aid",
        "assessment",
        "notices",
        "objections",
        "cases",
        "attachments",
        "funds",
        "payments",
        "statistics/aid",
        "me/relations",
    ];

    /// <summary>
    /// What the addresses name. The application is under public notice and held by an objection, its committee's meeting
    /// is over; <c>Sitting</c> is another meeting, which goes on; <c>Task</c> another application's formal check. The list
    /// and the order wait for their second person.
    /// </summary>
    private sealed record Subject(
        Guid Case,
        Guid Objection,
        Guid Meeting,
        Guid Sitting,
        Guid SittingLine,
        Guid Task,
        Guid File,
        Guid Attachment,
        Guid Fund,
        Guid Order,
        Guid Batch,
        Guid BatchLine,
        Guid Notice
    )
    {
        /// <summary>By what a list betrays that it shows them.</summary>
        public string[] Marks =>
            [$"{Case}", "BF-YXYE-2026-0001", "DA-YXYE-2026-0001", $"{Sitting}", $"{Fund}", $"{Batch}", $"{Order}"];
    }

    [Fact]
    public async Task EveryRole_AgainstEveryPageAndRoute_IsExactlyTheTable()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var subject = await PrepareAsync(district);
        var clients = new List<(HttpClient? Api, HttpClient Browser)>();
        foreach (var (_, login) in Roles)
            clients.Add(
                login is null
                    ? (district.Running.Browser(), district.Running.Browser())
                    : ((await district.AsAsync(login)).Http, await district.Running.BrowserOfAsync(login))
            );

        var before = await StandingAsync(district, subject);
        var table = new StringBuilder();
        table.AppendLine($"{"", -62}{string.Concat(Roles.Select(r => $"{r.Role, -6}"))}".TrimEnd());
        foreach (var (method, route) in Routes(district))
        {
            var cells = new List<string>();
            foreach (var (api, browser) in clients)
            {
                var client = route.StartsWith("api/", StringComparison.Ordinal) ? api! : browser;
                using var request = new HttpRequestMessage(new HttpMethod(method), Address(route, subject));
                if (method is "POST" or "PUT")
                    request.Content = PayloadOf(route, subject);
                using var answer = await client.SendAsync(request);
                var shows = !route.Contains('{') && await ShowsAsync(answer, subject);
                cells.Add($"{(int)answer.StatusCode}{(shows ? "+" : "")}");
            }
            table.AppendLine($"{method + " " + route, -62}{string.Concat(cells.Select(c => $"{c, -6}"))}".TrimEnd());
        }

        output.WriteLine(table.ToString());
        Assert.Equal(Table.ReplaceLineEndings("\n").Trim(), table.ToString().ReplaceLineEndings("\n").Trim());
        // Nothing of what was tried changed anything.
        Assert.Equal(before, await StandingAsync(district, subject));
    }

    private static async Task<bool> ShowsAsync(HttpResponseMessage answer, Subject subject)
    {
        if (!answer.IsSuccessStatusCode)
            return false;
        var text = await answer.Content.ReadAsStringAsync();
        return subject.Marks.Any(mark => text.Contains(mark, StringComparison.Ordinal));
    }

    private static async Task<string> StandingAsync(District district, Subject subject)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var cases = await db.Set<CaseRow>().AsNoTracking().OrderBy(c => c.Id).ToListAsync();
        var batch = await db.Set<PaymentBatch>().AsNoTracking().SingleAsync(b => b.Id == subject.Batch);
        var order = await db.Set<FundOrder>().AsNoTracking().SingleAsync(o => o.Id == subject.Order);
        var meeting = await db.Set<MeetingRow>().AsNoTracking().SingleAsync(m => m.Id == subject.Sitting);
        return string.Join(' ', cases.Select(c => $"{c.State}{c.HeldAt is not null}"))
            + $" {batch.State} {order.State} {meeting.State} "
            + string.Join(
                ' ',
                await db.Set<LedgerEntry>().CountAsync(),
                await db.Set<FundOrder>().CountAsync(),
                await db.Set<Fund>().CountAsync(),
                await db.Set<MeetingRow>().CountAsync(),
                await db.Set<Attachments.Attachment>().CountAsync()
            );
    }

    private static async Task<Subject> PrepareAsync(District district)
    {
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var id = await district.ApplyAsync(Applicant, Content("伊若男"));
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(nameof(ProofKind.Diagnosis)), "proof");
        form.Add(new ByteArrayContent([.. "%PDF-1.7\n%%EOF\n"u8]), "file", "证明.pdf");
        var added = await (await district.AsAsync(Applicant)).Http.PostAsync($"/api/cases/{id}/attachments", form);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        await (await district.AsAsync(Applicant)).PostAsync($"/api/aid/applications/{id}/submit");
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
        var meeting = await district.AssessAsync(_ => 900_00);
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        var objection = await (await district.AsAsync("yey-daibiao1")).PostAsync(
            $"/api/aid/applications/{id}/objections",
            new
            {
                ground = "Income",
                text = "收入与所填不符",
                anonymous = false,
            }
        );
        await using var scope = district.Running.Services.CreateAsyncScope();
        var (db, files, cases) = (
            scope.ServiceProvider.GetRequiredService<EduUnionDb>(),
            scope.ServiceProvider.GetRequiredService<AidFiles>(),
            scope.ServiceProvider.GetRequiredService<AidCases>()
        );
        var now = district.Running.Time.GetUtcNow();
        // As an earlier aid would have opened it.
        var application = cases.ApplicationOf(await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == id));
        await files.OpenAsync(application, now, new(2026, 11, 2), default);
        db.Add(
            new DeclaredRelation
            {
                Id = Guid.CreateVersion7(),
                MemberId = DemoDistrict.MemberId("yey-fuyi1"),
                OtherId = DemoDistrict.MemberId(Applicant),
                Kind = Relation.InLaw,
                DeclaredBy = DemoDistrict.MemberId("yey-fuyi1"),
                DeclaredAt = now,
            }
        );
        await db.SaveChangesAsync();
        var (sitting, line) = await SitAsync(district, fund);
        var (order, batch) = await PrepareMoneyAsync(district, fund);
        return new(
            id,
            objection.GetProperty("id").GetGuid(),
            meeting.GetProperty("id").GetGuid(),
            sitting,
            line,
            await CheckedAsync(district),
            (await files.OfMemberAsync(application.ApplicantId, default))!.Id,
            await db.Set<Attachments.Attachment>().Select(a => a.Id).SingleAsync(),
            fund,
            order,
            batch,
            await db.Set<PaymentLine>().Select(l => l.Id).SingleAsync(),
            await db.Set<NoticeRow>().Select(n => n.Id).SingleAsync()
        );
    }

    /// <summary>A meeting over another application, which has begun.</summary>
    private static async Task<(Guid Meeting, Guid Line)> SitAsync(District district, Guid fund)
    {
        await district.SurveyedAsync(fund, "yey-houqin", Content("水清浅", 21, 22, "6222020000004321"));
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
        var id = meeting.GetProperty("id").GetGuid();
        await chair.PostAsync($"/api/aid/meetings/{id}/attendance", new { attendees = Members(Committee) });
        return (id, meeting.GetProperty("lines")[0].GetProperty("id").GetGuid());
    }

    /// <summary>The formal check of a third application: the chair's task.</summary>
    private static async Task<Guid> CheckedAsync(District district)
    {
        var id = await district.ApplyAsync("yey-fenguan", Content("路遥知", 31, 32, "6222020000006543"));
        await (await district.AsAsync("yey-fenguan")).PostAsync($"/api/aid/applications/{id}/submit");
        return (await (await district.AsAsync(Chair)).GetAsync("/api/tasks?scope=mine&limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "aid.formcheck")
            .GetProperty("id")
            .GetGuid();
    }

    /// <summary>A transfer of more than there is, and a list of one line, made by <c>fin</c>.</summary>
    private static async Task<(Guid Order, Guid Batch)> PrepareMoneyAsync(District district, Guid fund)
    {
        var other = await district.OpenFundAsync("JK", 1);
        var order = await (await district.AsAsync("qujingban")).PostAsync(
            $"/api/funds/{fund}/transfer",
            new
            {
                toFundId = other,
                amountFen = 99_000_00,
                text = "调剂预算",
            }
        );
        return (order.GetProperty("orderId").GetGuid(), await ListedAsync(district, fund));
    }

    /// <summary>An emergency of a fourth person, on the list.</summary>
    private static async Task<Guid> ListedAsync(District district, Guid fund)
    {
        var asked = await (await district.AsAsync("yey-fuzeren")).PostAsync(
            "/api/aid/applications",
            new
            {
                route = "emergency",
                applicantId = DemoDistrict.MemberId("yey-fuzeren"),
                text = "突发重病。",
                content = Content("古月明", 41, 42, "6222020000007654"),
                consents = new[] { "Collection", "Transfer", "Publicity" }.Select(kind => new { kind, version = "1" }),
            }
        );
        await district.DoAsync(
            asked.GetProperty("id").GetGuid(),
            Chair,
            "aid.approve.emergency",
            "agree",
            new { fund, amount = 300_00 }
        );
        var maker = await district.AsAsync("caiwu1");
        var claim = (await maker.GetAsync("/api/payments/claims")).GetProperty("items").EnumerateArray().Single();
        var batch = await maker.PostAsync(
            "/api/payments/batches",
            new { fundId = fund, claims = new[] { claim.GetProperty("id").GetGuid() } }
        );
        return batch.GetProperty("batchId").GetGuid();
    }

    private static List<(string Method, string Route)> Routes(District district) =>
        [
            .. district
                .Running.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Select(e =>
                    (
                        Methods: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"],
                        Route: Constraint().Replace((e.RoutePattern.RawText ?? "").Trim('/'), "")
                    )
                )
                .Where(r => Ours.Any(o => r.Route == o || r.Route.StartsWith(o + "/", StringComparison.Ordinal)))
                .SelectMany(r => r.Methods, (r, method) => (method, r.Route))
                .Distinct()
                .OrderBy(r => r.Route, StringComparer.Ordinal)
                .ThenBy(r => r.method, StringComparer.Ordinal),
        ];

    private static string Address(string route, Subject subject)
    {
        var query = route switch
        {
            "assessment/new" => $"?school={School}",
            "payments/new" => $"?fund={subject.Fund}",
            _ => "",
        };
        return "/"
            + route
                .Replace("{caseId}", $"{subject.Case}")
                .Replace(
                    "{line}",
                    // A line of the list would be taken off.
                    $"{(At("assessment") ? subject.SittingLine : At("api") ? Guid.Empty : subject.BatchLine)}"
                )
                .Replace("{act}", "withdraw")
                .Replace("{form}", "approval")
                .Replace("{section}", "person")
                .Replace("{row}", "1")
                .Replace("{field}", "identity")
                .Replace("{proof}", nameof(ProofKind.Diagnosis))
                .Replace("{id}", $"{Named()}")
            + query;

        bool At(string start) => route.StartsWith(start, StringComparison.Ordinal);

        Guid Named() =>
            route.Contains("minutes", StringComparison.Ordinal) ? subject.Meeting
            : At("api/aid/meetings") || At("assessment") ? subject.Sitting
            : At("api/aid/files") || At("aid/files") ? subject.File
            : At("api/aid/objections") || At("objections") ? subject.Objection
            : At("notices") ? subject.Notice
            : At("api/attachments") || At("attachments") ? subject.Attachment
            : At("api/funds/orders") || At("funds/orders") ? subject.Order
            : At("api/funds") || At("funds") ? subject.Fund
            : At("api/payments") || At("payments") ? subject.Batch
            : At("aid/tasks") ? subject.Task
            : subject.Case;
    }

    private static HttpContent PayloadOf(string route, Subject subject)
    {
        if (route != "api/cases/{id}/attachments")
            return JsonContent.Create(Body(route, subject));
        return new MultipartFormDataContent
        {
            { new StringContent("Nothing"), "proof" },
            { new ByteArrayContent([.. "%PDF-1.7\n%%EOF\n"u8]), "file", "证明.pdf" },
        };
    }

    /// <summary>What a rule refuses to whoever may ask it.</summary>
    private static object Body(string route, Subject subject) =>
        route switch
        {
            "api/aid/applications" => new
            {
                route = "emergency",
                applicantId = DemoDistrict.MemberId(Applicant),
                text = "",
            },
            "api/aid/applications/{id}" => new { content = Content("伊若男") },
            "api/aid/applications/{id}/papers" => Content("伊若男"),
            "api/aid/applications/{id}/consents" => new { kind = "Publicity", version = "1" },
            "api/aid/applications/{id}/survey/replacements" or "api/aid/objections/{id}/replacements" => new
            {
                memberId = DemoDistrict.MemberId("yey-diaocha1"),
                reason = "",
            },
            "api/aid/meetings/{id}/deputy" => new { memberId = DemoDistrict.MemberId(Applicant) },
            // Both files are of this year: nobody has to be asked.
            "api/aid/verifications" => new { schoolId = School },
            "api/attachments/{id}/unmask" => new { purpose = "Check", reason = "核对证明材料" },
            "api/aid/applications/{id}/unmask" => new
            {
                field = "identity",
                purpose = "Check",
                reason = "核对证件号码",
            },
            "api/aid/applications/{id}/cancel" => new { why = "LeftDistrict" },
            "api/aid/applications/{id}/move" => new { schoolId = School },
            "api/aid/applications/{id}/notice/interruptions" => new { workdays = 0, reason = "停电" },
            "api/aid/applications/{id}/objections" => new
            {
                ground = "Income",
                text = "",
                anonymous = false,
            },
            // Too long to be a reason, and told only to whom it belongs.
            "api/aid/applications/{id}/withdraw" => new { reason = new string('长', 1001) },
            "api/aid/hints" => new { memberId = DemoDistrict.MemberId(Applicant), text = "" },
            "api/aid/meetings" => new
            {
                schoolId = School,
                meetsAt = "2026-11-20T01:00:00Z",
                place = "工会办公室",
            },
            "api/aid/meetings/{id}/attendance" => new { attendees = Members(Applicant) },
            "api/aid/meetings/{id}/proposals" => new
            {
                line = subject.SittingLine,
                category = "Rel",
                amountFen = 0,
            },
            "api/aid/meetings/{id}/votes" => new { line = subject.SittingLine, ballot = "Yes" },
            "api/aid/meetings/{id}/recusals" => new
            {
                line = subject.SittingLine,
                relation = "InLaw",
                reason = "",
            },
            "api/funds" => new
            {
                organisationId = DemoDistrict.DistrictId,
                year = 2026,
                kind = "UnionMoney",
                code = "1",
                name = "无",
            },
            "api/payments/batches" => new { fundId = subject.Fund, claims = Array.Empty<Guid>() },
            "api/payments/batches/{id}/results" => new
            {
                results = new[]
                {
                    new
                    {
                        reference = "GH2026-001-001",
                        bankReference = "B1",
                        result = "成功",
                    },
                },
            },
            "api/aid/files/{id}/leader" => new { memberId = DemoDistrict.MemberId(Applicant) },
            "api/aid/files/{id}/contacts" => new { on = "2026-11-02", mode = "Home" },
            "api/aid/files/{id}/visits" => new { on = "2026-11-02" },
            "api/aid/files/{id}/kin" => new { on = "2026-11-02" },
            _ => new { },
        };

    [GeneratedRegex(":[a-z]+(?=})")]
    private static partial Regex Constraint();
}
