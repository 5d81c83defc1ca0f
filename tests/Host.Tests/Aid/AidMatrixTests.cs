using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using EduUnion.Domain.Aid;
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

    /// <summary>
    /// The application is under public notice and held by an objection; its committee's meeting is over. Acts are asked so
    /// that whoever may is refused by a rule (422, 409) and nothing changes; 403: sees it and may not; 404: may not know of it.
    /// </summary>
    private const string Table = "";

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

    private sealed record Subject(
        Guid Case,
        Guid Objection,
        Guid Meeting,
        Guid File,
        Guid Attachment,
        Guid Fund,
        Guid Notice
    );

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

        var table = new StringBuilder();
        table.AppendLine($"{"", -62}{string.Concat(Roles.Select(r => $"{r.Role, -6}"))}".TrimEnd());
        foreach (var (method, route) in Routes(district))
        {
            var cells = new List<int>();
            foreach (var (api, browser) in clients)
            {
                var client = route.StartsWith("api/", StringComparison.Ordinal) ? api! : browser;
                var request = new HttpRequestMessage(new HttpMethod(method), Address(route, subject));
                if (method is "POST" or "PUT")
                    request.Content = JsonContent.Create(Body(route, subject));
                using var answer = await client.SendAsync(request);
                cells.Add((int)answer.StatusCode);
            }
            table.AppendLine($"{method + " " + route, -62}{string.Concat(cells.Select(c => $"{c, -6}"))}".TrimEnd());
        }

        output.WriteLine(table.ToString());
        Assert.Equal(Table.ReplaceLineEndings().Trim(), table.ToString().ReplaceLineEndings().Trim());
        // Nothing of what was tried changed anything.
        await district.StateAsync(subject.Case, "Notice");
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
        var (file, attachment, notice) = (Guid.Empty, Guid.Empty, Guid.Empty);
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
        file = (await files.OfMemberAsync(application.ApplicantId, default))!.Id;
        attachment = await db.Set<Attachments.Attachment>().Select(a => a.Id).SingleAsync();
        notice = await db.Set<NoticeRow>().Select(n => n.Id).SingleAsync();
        return new(
            id,
            objection.GetProperty("id").GetGuid(),
            meeting.GetProperty("id").GetGuid(),
            file,
            attachment,
            fund,
            notice
        );
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

    private static string Address(string route, Subject subject) =>
        "/"
        + route
            .Replace("{caseId}", $"{subject.Case}")
            .Replace("{line}", $"{Guid.Empty}")
            .Replace("{act}", "withdraw")
            .Replace("{section}", "person")
            .Replace("{row}", "1")
            .Replace("{field}", "identity")
            .Replace("{proof}", nameof(ProofKind.Diagnosis))
            .Replace(
                "{id}",
                $"{(
                    route.Contains("meetings", StringComparison.Ordinal) || route.StartsWith("assessment", StringComparison.Ordinal)
                        ? subject.Meeting
                    : route.Contains("files", StringComparison.Ordinal) ? subject.File
                    : route.Contains("objections/", StringComparison.Ordinal) ? subject.Objection
                    : route.StartsWith("notices", StringComparison.Ordinal) ? subject.Notice
                    : route.Contains("attachments/", StringComparison.Ordinal) ? subject.Attachment
                    : route.Contains("orders", StringComparison.Ordinal) ? Guid.Empty
                    : route.Contains("funds", StringComparison.Ordinal) ? subject.Fund
                    : route.Contains("payments", StringComparison.Ordinal) ? Guid.Empty
                    : route.StartsWith("aid/tasks", StringComparison.Ordinal) ? Guid.Empty
                    : subject.Case
                )}"
            );

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
            "api/aid/applications/{id}/consents" => new { kind = "Publicity", version = "0" },
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
            "api/aid/meetings/{id}/attendance" => new { attendees = Members(Committee) },
            "api/aid/meetings/{id}/proposals" => new
            {
                line = Guid.Empty,
                category = "Rel",
                amountFen = 1,
            },
            "api/aid/meetings/{id}/votes" => new { line = Guid.Empty, ballot = "Yes" },
            "api/aid/meetings/{id}/recusals" => new
            {
                line = Guid.Empty,
                relation = "InLaw",
                reason = "亲属",
            },
            "api/aid/files/{id}/leader" => new { memberId = DemoDistrict.MemberId(Applicant) },
            "api/aid/files/{id}/contacts" => new { on = "2026-11-02", mode = "Home" },
            "api/aid/files/{id}/visits" => new { on = "2026-11-02" },
            _ => new { },
        };

    [GeneratedRegex(":[a-z]+(?=})")]
    private static partial Regex Constraint();
}
