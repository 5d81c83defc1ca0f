using System.Net;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Parameters;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.Client;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Definitions;

/// <summary>Documents in, versions out: as files, in order, by one at a time.</summary>
public sealed class DefinitionApiTests
{
    private const string Extension = "/api/definitions/motion-extension";

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Document_ComesBackToTheLastByte_AndIsADraftUntilPublished(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var (admin, member) = (await district.AsAsync("admin"), await district.AsAsync("daibiao1"));
        var document = Documents.Version("motion-extension", 2);

        var draft = await admin.ImportedAsync(document);
        Assert.False(draft.GetProperty("published").GetBoolean());
        Assert.Empty(draft.GetProperty("findings").EnumerateArray());
        Assert.Empty(draft.GetProperty("gaps").EnumerateArray());
        await admin.ImportedAsync(document);
        Assert.Equal(
            (409, "definition.version-exists"),
            await RefusalAsync(await admin.ImportAsync([.. document, (byte)'\n']))
        );
        Assert.Equal((422, "definition.unreadable"), await RefusalAsync(await admin.ImportAsync([0xFF, .. document])));

        // Nobody else sees a draft.
        Assert.Equal(HttpStatusCode.Forbidden, (await member.ImportAsync(document)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PublishAsync("motion-extension", 2)).StatusCode);
        Assert.Equal([1], await VersionsAsync(member));
        foreach (var path in new[] { "/2/document", "/2/diagram.svg", "/diff?from=1&to=2" })
            Assert.Equal((404, "definition.unknown"), await RefusalAsync(await member.Http.GetAsync(Extension + path)));
        Assert.Equal(document, await admin.Http.GetByteArrayAsync($"{Extension}/2/document"));

        Assert.Equal(
            (422, "form.reason-missing"),
            await RefusalAsync(await admin.PublishAsync("motion-extension", 2, " "))
        );
        Assert.Equal(HttpStatusCode.OK, (await admin.PublishAsync("motion-extension", 2)).StatusCode);
        Assert.Equal(
            (409, "definition.published-before"),
            await RefusalAsync(await admin.PublishAsync("motion-extension", 2))
        );
        Assert.Equal([2, 1], await VersionsAsync(member));
        var newest = (await member.GetAsync($"{Extension}/versions")).GetProperty("items")[0];
        Assert.Equal(
            ("published", true, "试行", "纪云帆"),
            (
                newest.GetProperty("state").GetString(),
                newest.GetProperty("latest").GetBoolean(),
                newest.GetProperty("reason").GetString(),
                newest.GetProperty("publishedBy").GetString()
            )
        );
        Assert.Equal(document, await member.Http.GetByteArrayAsync($"{Extension}/2/document"));

        // An older number cannot follow; a draft can be thrown away, a publication cannot.
        await admin.ImportedAsync(Documents.Version("motion-extension", 4));
        await admin.ImportedAsync(Documents.Version("motion-extension", 3));
        await admin.PublishAsync("motion-extension", 4);
        Assert.Equal(
            (422, "definition.not-newer"),
            await RefusalAsync(await admin.PublishAsync("motion-extension", 3))
        );
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Http.DeleteAsync($"{Extension}/3")).StatusCode);
        Assert.Equal((404, "definition.unknown"), await RefusalAsync(await admin.Http.DeleteAsync($"{Extension}/3")));
        Assert.Equal(
            (409, "definition.published-before"),
            await RefusalAsync(await admin.Http.DeleteAsync($"{Extension}/4"))
        );
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ManyAtOnce_OneDocumentAndOnePublicationAVersion(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var admin = await district.AsAsync("admin");
        var document = Documents.Version("motion-extension", 2);

        var imports = await Task.WhenAll(
            admin.ImportAsync(document),
            admin.ImportAsync([.. document, (byte)' ']),
            admin.ImportAsync([.. document, (byte)'\n'])
        );
        Assert.Equal([200, 409, 409], imports.Select(a => (int)a.StatusCode).Order());

        await admin.ImportedAsync(Documents.Version("motion-lead", 2));
        var published = await Task.WhenAll([
            .. Enumerable.Range(0, 4).Select(i => admin.PublishAsync("motion-extension", 2, key: $"key-{i}")),
            .. Enumerable.Range(0, 4).Select(_ => admin.PublishAsync("motion-lead", 2, key: "one key")),
        ]);
        Assert.Equal([200, 409, 409, 409], published.Take(4).Select(a => (int)a.StatusCode).Order());
        // The same request again is answered as the first.
        Assert.All(published.Skip(4), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        await district.Running.InDatabaseAsync(async db =>
            Assert.Equal([1, 2], await db.Set<DefinitionRow>().Select(d => d.Publication!.Value).Order().ToListAsync())
        );
    }

    [Fact]
    public async Task RunningCase_KeepsItsVersion_TheNextTakesTheNewOne()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");
        var before = await district.DraftAsync();
        await admin.ImportedAsync(Documents.Version("motion", 2));
        var meanwhile = await district.DraftAsync("daibiao1", "食堂错峰就餐");
        Assert.Equal(HttpStatusCode.OK, (await admin.PublishAsync("motion", 2)).StatusCode);
        var after = await district.DraftAsync("daibiao1", "调整值班时间");

        await district.Running.InDatabaseAsync(async db =>
        {
            var versions = await db.Set<CaseRow>().ToDictionaryAsync(c => c.Id, c => FamilyJson.Read(c.Family));
            Assert.Equal(
                [1, 1, 2],
                new[] { before, meanwhile, after }.Select(id => Assert.Single(versions[id].Instances).Version)
            );
        });
    }

    [Fact]
    public async Task UnsoundDocument_IsToldWithItsWay_AndNotPublished()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");

        var finding = Assert.Single(
            (await admin.ImportedAsync(Documents.Broken("join.dead-branch"))).GetProperty("findings").EnumerateArray()
        );

        Assert.Equal("join.dead-branch", finding.GetProperty("code").GetString());
        Assert.Equal(
            ["decide=refuse", "refuse=done"],
            finding.GetProperty("story").EnumerateArray().Select(s => s.GetString())
        );
        Assert.Equal((422, "definition.unsound"), await RefusalAsync(await admin.PublishAsync("broken", 1)));
    }

    [Fact]
    public async Task OfficeThatNobodyHolds_WarnsWhileSomebodyAboveIsTold_ElseBlocks()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");
        var school = DemoDistrict.OrganisationId("YXZX");
        var name = "";
        await district.Running.InDatabaseAsync(async db =>
            name = (await db.Set<Domain.Organisations.Organisation>().SingleAsync(o => o.Id == school)).Name
        );

        await VacateAsync(Office.Presidium);
        var document = Documents.Version("motion", 2);
        var warning = Assert.Single((await admin.ImportedAsync(document)).GetProperty("gaps").EnumerateArray());
        Assert.Equal(
            ("office.vacant", false, name),
            (
                warning.GetProperty("code").GetString(),
                warning.GetProperty("blocks").GetBoolean(),
                Assert.Single(warning.GetProperty("organisations").EnumerateArray()).GetString()
            )
        );

        await VacateAsync(Office.SchoolUnionChair);
        var problem = await ProblemAsync(await admin.PublishAsync("motion", 2));
        Assert.Equal("definition.unresolved", problem.GetProperty("code").GetString());
        Assert.Contains(name, problem.GetRawText(), StringComparison.Ordinal);

        // A school in which nobody holds any of the offices does not take part, and one that was filled again does.
        await VacateAsync();
        Assert.Equal(HttpStatusCode.OK, (await admin.PublishAsync("motion", 2)).StatusCode);

        Task VacateAsync(Office? office = null) =>
            district.Running.InDatabaseAsync(async db =>
            {
                var departments = await db.Set<Domain.Organisations.Organisation>()
                    .Where(o => o.ParentId == school)
                    .Select(o => o.Id)
                    .ToListAsync();
                await db.Set<OfficeHolding>()
                    .Where(h =>
                        (h.OrganisationId == school || departments.Contains(h.OrganisationId))
                        && (office == null || h.Office == office)
                    )
                    .ExecuteDeleteAsync();
            });
    }

    [Fact]
    public async Task DeadlineWithoutAValue_BlocksAndNamesTheSchools()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");
        await district.Running.InDatabaseAsync(async db =>
            await db.Set<Domain.Parameters.Parameter>().Where(p => p.Key == "ext.decide_wd").ExecuteDeleteAsync()
        );

        var gap = Assert.Single(
            (await admin.ImportedAsync(Documents.Version("motion-extension", 2))).GetProperty("gaps").EnumerateArray()
        );

        Assert.Equal("clock.without-parameter", gap.GetProperty("code").GetString());
        Assert.Equal(3, gap.GetProperty("organisations").GetArrayLength());
        Assert.Equal(
            (422, "definition.unresolved"),
            await RefusalAsync(await admin.PublishAsync("motion-extension", 2))
        );
    }

    [Fact]
    public async Task Difference_IsToldInWordsAndLines()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");
        await admin.ImportedAsync(
            Documents.Version(
                "motion-extension",
                2,
                ("\\\"outcomes\\\":[\\\"grant\\\",\\\"refuse\\\"]", "\\\"outcomes\\\":[\\\"refuse\\\",\\\"grant\\\"]"),
                ("MotionCommitteeChair", "MotionSecretary")
            )
        );

        var difference = await admin.GetAsync($"{Extension}/diff?from=1&to=2");

        var change = Assert.Single(difference.GetProperty("activities").EnumerateArray());
        Assert.Equal(
            ("changed", "decide"),
            (change.GetProperty("change").GetString(), change.GetProperty("activity").GetString())
        );
        Assert.Contains("提案委主任 → 提案委秘书", change.GetProperty("says").GetRawText());
        Assert.Empty(difference.GetProperty("ways").EnumerateArray());
        var lines = difference.GetProperty("lines").EnumerateArray().Select(l => l.GetString()!).ToList();
        Assert.Single(lines, l => l.StartsWith('+') && l.Contains("MotionSecretary", StringComparison.Ordinal));
        Assert.Single(lines, l => l.StartsWith('-') && l.Contains("MotionCommitteeChair", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<int>> VersionsAsync(Client client) =>
        (await client.GetAsync($"{Extension}/versions"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(v => v.GetProperty("version").GetInt32());
}
