using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>Whatever level an operator sets to look for a fault: what people typed is in no line of the log.</summary>
public sealed class LogHygieneTests
{
    private static readonly string Secret = AidPlay.IdentityOf(731);
    private const string Words = "慢性肾功能衰竭透析治疗";

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ALogOfEverything_HoldsNoValue(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var kept = new KeptLog();
        await using var running = new Running(database: database, services: kept.Hear);
        var visitor = await Visitor.OfAsync(running, "daibiao1");
        await visitor.GoAsync($"/motions/new?session={DemoDistrict.SessionId("YXZX")}");
        await visitor.RestAsync(("title", Words), ("grounds", Secret));
        var applicant = await Visitor.OfAsync(running, "shenqing1");
        var client = await running.ClientOfAsync("shenqing1");
        using var body = new MultipartFormDataContent
        {
            { new StringContent("Diagnosis"), "proof" },
            { new ByteArrayContent(Samples.Pdf(Words)), "file", $"{Words}.pdf" },
        };
        var id = await new AidStates(running).DraftAsync("shenqing1", AidStates.Content(Words, identity: Secret));
        Assert.True((await client.PostAsync($"/api/cases/{id}/attachments", body)).IsSuccessStatusCode);
        await applicant.GoAsync($"/cases/{id}/unmask/identity");
        await applicant.PressAsync("记录并查看", ("purpose", "Check"), ("reason", $"核对{Words}"));
        Assert.Contains(Secret, applicant.Text("dd b"));

        // That commands are written is seen, so that a silent log would not pass.
        Assert.Contains(kept.Lines, l => l.Contains("INSERT INTO", StringComparison.Ordinal));
        Assert.Contains(kept.Lines, l => l.Contains("POST", StringComparison.Ordinal));
        Assert.DoesNotContain(kept.Lines, l => l.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(kept.Lines, l => l.Contains(Words, StringComparison.Ordinal));
        Assert.DoesNotContain(kept.Lines, l => l.Contains(Uri.EscapeDataString(Words), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ValuesOfCommands_AreNeverWritten(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var db = database.Open();

        var options = db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!;

        Assert.False(options.IsSensitiveDataLoggingEnabled);
        Assert.False(options.DetailedErrorsEnabled);
    }
}
