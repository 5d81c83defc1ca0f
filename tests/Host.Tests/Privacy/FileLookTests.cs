using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>A document of aid is opened by officials against a reason only, and the applicant sees who did.</summary>
public sealed class FileLookTests
{
    private static readonly byte[] Content = Samples.Pdf("病理报告");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task OnPages_TheReasonComesFirst_AndTheApplicantReadsIt(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var (id, file) = await SubmittedAsync(running);
        var chair = await running.BrowserOfAsync("xiaozhuxi");

        var led = await chair.GetAsync($"/attachments/{file}?back=/aid/{id}");
        Assert.Equal(HttpStatusCode.Redirect, led.StatusCode);
        var form = led.Headers.Location!.OriginalString;
        Assert.StartsWith($"/cases/{id}/unmask/", form);
        var asked = await Running.PageAsync(await chair.GetAsync(form));
        Assert.Equal("记录并下载", asked.QuerySelector("main form button.btn--go")!.TextContent.Trim());
        Assert.Equal(
            (HttpStatusCode)422,
            (await Running.SubmitAsync(chair, form, ("purpose", "Check"), ("reason", "看"))).StatusCode
        );
        Assert.Equal(0, await ViewsAsync(running));
        var given = await Running.SubmitAsync(chair, form, ("purpose", "Check"), ("reason", "核对诊断证明"));
        Assert.Equal(Content, await given.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", given.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(given.Headers.CacheControl?.NoStore);
        Assert.Equal(1, await ViewsAsync(running));
        var seen = await chair.GetStringAsync($"/aid/{id}");
        Assert.DoesNotContain("病理", seen);

        var applicant = await Visitor.OfAsync(running, "shenqing1");
        await applicant.GoAsync($"/aid/{id}");
        Assert.Contains("病理.pdf", applicant.Text("main .files"));
        Assert.Contains("证明材料：", applicant.Text("main"));
        Assert.Contains("核对诊断证明", applicant.Text("main"));
        var own = await (await running.BrowserOfAsync("shenqing1")).GetAsync($"/attachments/{file}");
        Assert.Equal(Content, await own.Content.ReadAsByteArrayAsync());
        Assert.Equal(1, await ViewsAsync(running));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task OverTheApi_TheSameGateStands(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var (id, file) = await SubmittedAsync(running);
        var chair = await running.ClientOfAsync("xiaozhuxi");
        var path = $"/api/attachments/{file}";

        var refused = await chair.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("attachment.reason-needed", await Running.CodeAsync(refused));
        var listed = (await chair.GetFromJsonAsync<JsonElement>($"/api/cases/{id}/attachments"))[0];
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("name").ValueKind);
        Assert.Equal("form.required", await Running.CodeAsync(await LookAsync(chair, null, "核对诊断证明")));
        Assert.Equal("sensitive.reason-short", await Running.CodeAsync(await LookAsync(chair, "Check", "看")));
        Assert.Equal(0, await ViewsAsync(running));
        var given = await LookAsync(chair, "Check", "核对诊断证明");
        Assert.Equal(Content, await given.Content.ReadAsByteArrayAsync());
        Assert.Equal(1, await ViewsAsync(running));

        foreach (var login in new[] { "pingwei1", "mishu", "admin", "shenqing2" })
        {
            var none = await running.ClientOfAsync(login);
            Assert.Equal("attachment.unknown", await Running.CodeAsync(await none.GetAsync(path)));
            Assert.Equal("attachment.unknown", await Running.CodeAsync(await LookAsync(none, "Check", "核对诊断证明")));
            Assert.Equal("attachment.unknown", await Running.CodeAsync(await LookAsync(none, null, "")));
        }
        Assert.Equal(1, await ViewsAsync(running));

        Task<HttpResponseMessage> LookAsync(HttpClient client, string? purpose, string reason) =>
            client.PostAsJsonAsync($"{path}/unmask", new { purpose, reason });
    }

    /// <summary>Whose case it is not does not learn from the form that there is one.</summary>
    [Fact]
    public async Task TheForm_IsNotFoundForWhomTheCaseIsNotVisible()
    {
        await using var running = new Running();
        var (id, file) = await SubmittedAsync(running);

        foreach (
            var (login, status) in new[]
            {
                ("shenqing1", HttpStatusCode.OK),
                ("xiaozhuxi", HttpStatusCode.OK),
                ("shenqing2", HttpStatusCode.NotFound),
                ("mishu", HttpStatusCode.NotFound),
                ("admin", HttpStatusCode.NotFound),
            }
        )
        {
            var browser = await running.BrowserOfAsync(login);
            foreach (var field in new[] { "identity", "diagnosis", $"file:{file}" })
                Assert.Equal(
                    (login, field, status),
                    (login, field, (await browser.GetAsync($"/cases/{id}/unmask/{field}")).StatusCode)
                );
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await browser.GetAsync($"/cases/{id}/unmask/file:{Guid.NewGuid()}")).StatusCode
            );
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await browser.GetAsync($"/cases/{Guid.NewGuid()}/unmask/identity")).StatusCode
            );
        }
    }

    private static async Task<(Guid Case, Guid File)> SubmittedAsync(Running running)
    {
        var states = new AidStates(running);
        var id = await states.DraftAsync();
        var file = await states.WithAsync<AttachmentCommands, Outcome<Guid>>(c =>
            c.AddAsync(id, "Diagnosis", "病理.pdf", Content, AidStates.As("shenqing1"), default)
        );
        await states.DecideAsync(id, "shenqing1", "aid.draft", "submit");
        return (id, file.Value);
    }

    private static async Task<int> ViewsAsync(Running running)
    {
        var count = 0;
        await running.InDatabaseAsync(async db => count = await db.Set<SensitiveView>().CountAsync());
        return count;
    }
}
