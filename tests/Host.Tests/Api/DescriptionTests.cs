using System.Text.Json;
using System.Xml.Linq;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>What the API says of itself and of the processes.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public async Task OpenApi_ListsEveryRoute_AndItsPageLoadsNothingForeign()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var anybody = district.Running.Browser();

        using var document = JsonDocument.Parse(await anybody.GetStringAsync("/openapi/v1.json"));

        var listed = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name} {p.Name}"))
            .ToHashSet();
        var mapped = district
            .Running.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                Pattern(e).StartsWith("/api/", StringComparison.Ordinal)
                && !Pattern(e).StartsWith("/api/docs", StringComparison.Ordinal)
            )
            .SelectMany(
                e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
                (e, m) => $"{m.ToLowerInvariant()} {Pattern(e)}"
            )
            .ToHashSet();
        Assert.Contains("post /api/tasks/{id}/decide", listed);
        Assert.Equal(mapped.Order(), listed.Order());
        foreach (
            var operation in document
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .SelectMany(p => p.Value.EnumerateObject())
        )
            Assert.NotEqual("", operation.Value.GetProperty("summary").GetString());

        var page = await anybody.GetAsync("/api/docs/");
        Assert.True(page.IsSuccessStatusCode);
        Assert.DoesNotContain(
            "//",
            (await page.Content.ReadAsStringAsync()).Replace("</", "", StringComparison.Ordinal)
        );
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy);
        foreach (var script in new[] { "scalar.js", "scalar.aspnetcore.js" })
            Assert.True((await anybody.GetAsync($"/api/docs/{script}")).IsSuccessStatusCode, script);

        static string Pattern(RouteEndpoint endpoint) =>
            System
                .Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText ?? "", ":[a-z]+", "")
                .TrimEnd('/');
    }

    [Fact]
    public async Task Definitions_AreShownAsImportedAndAsPictures()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var client = await district.AsAsync("daibiao1");

        var definitions = await client.GetAsync("/api/definitions");

        Assert.Equal(
            DefinitionSet.Shipped.All.Select(d => d.DefinitionId).Order(),
            definitions.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetString()).Order()
        );
        foreach (var definition in DefinitionSet.Shipped.All)
        {
            var at = $"/api/definitions/{definition.DefinitionId}";
            Assert.Equal(1, (await client.GetAsync($"{at}/versions")).GetProperty("items").GetArrayLength());
            var file = Path.Combine(Repository.Root, "src/Workflows/Definitions", $"{definition.DefinitionId}.json");
            Assert.Equal(
                await File.ReadAllTextAsync(file),
                await client.Http.GetStringAsync($"{at}/{definition.Version}/document")
            );
            var answer = await client.Http.GetAsync($"{at}/{definition.Version}/diagram.svg");
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("'sha256-", answer.Headers.GetValues("Content-Security-Policy").Single());
            var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal("http://www.w3.org/2000/svg", svg.Root!.Name.NamespaceName);
            var shown = string.Concat(svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
            foreach (var activity in definition.Activities.Values.Where(a => a.Type == ActivityTypes.RunTask))
                Assert.Contains(activity.DisplayText, shown);
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Instance_TellsWhatIsOpen_AlsoToTheAdministrator(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.AssignedAsync();

        foreach (var login in new[] { "mishu", "admin" })
        {
            var instance = await (await district.AsAsync(login)).GetAsync($"/api/instances/{id}");
            Assert.Equal("running", instance.GetProperty("status").GetString());
            Assert.Equal(
                ["motion", "motion-handling"],
                instance
                    .GetProperty("instances")
                    .EnumerateArray()
                    .Select(i => i.GetProperty("definition").GetString())
                    .Order()
            );
            Assert.Contains("承办单位签收", instance.GetProperty("instances").GetRawText());
            Assert.Empty(instance.GetProperty("incidents").EnumerateArray());
            Assert.DoesNotContain("午休", instance.GetRawText());
        }
        Assert.Equal(
            (404, "case.unknown"),
            await RefusalAsync(await (await district.AsAsync("jiaowuchu")).Http.GetAsync($"/api/instances/{id}"))
        );
    }

    [Fact]
    public async Task SessionsRepresentativesAndDepartments_FillTheForms()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var client = await district.AsAsync("daibiao1");

        var session = await client.GetAsync("/api/sessions/current");
        var school = session.GetProperty("schoolId").GetGuid();
        var representatives = await client.GetAsync($"/api/sessions/{session.GetProperty("id")}/representatives");
        var departments = await client.GetAsync($"/api/schools/{school}/departments");

        Assert.Equal(District.Session, session.GetProperty("id").GetGuid());
        Assert.True(session.GetProperty("collecting").GetBoolean());
        Assert.Equal(2, session.GetProperty("minimumCosigners").GetInt32());
        Assert.Contains(
            "许若溪",
            representatives.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("name").GetString())
        );
        Assert.Contains(
            "总务处",
            departments.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("name").GetString())
        );
        Assert.Equal(
            (404, "session.none"),
            await RefusalAsync(await (await district.AsAsync("quzhuxi")).Http.GetAsync("/api/sessions/current"))
        );
        var elsewhere = EduUnion.Host.Seeds.DemoDistrict.SessionId("YXXX");
        Assert.Equal(
            (404, "motion.session-unknown"),
            await RefusalAsync(await client.Http.GetAsync($"/api/sessions/{elsewhere}/representatives"))
        );
    }
}
