using System.Collections.Concurrent;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>Whatever level an operator sets to look for a fault: what people typed is in no line of the log.</summary>
public sealed class LogHygieneTests
{
    private const string Secret = "32010619900101123X";
    private const string Words = "慢性肾功能衰竭透析治疗";

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ALogOfEverything_HoldsNoValue(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var kept = new Kept();
        await using var running = new Running(
            database: database,
            services: s =>
                s.AddLogging(l => l.AddProvider(kept))
                    .Configure<LoggerFilterOptions>(filter =>
                    {
                        filter.Rules.Clear();
                        filter.MinLevel = LogLevel.Debug;
                    })
        );
        var visitor = await Visitor.OfAsync(running, "daibiao1");
        await visitor.GoAsync($"/motions/new?session={DemoDistrict.SessionId("YXZX")}");
        await visitor.RestAsync(("title", Words), ("grounds", Secret));
        var client = await running.ClientOfAsync("daibiao1");
        using var body = new MultipartFormDataContent
        {
            { new StringContent("Diagnosis"), "proof" },
            { new ByteArrayContent(Samples.Pdf(Words)), "file", $"{Words}.pdf" },
        };
        var id = await new Play(running).DraftAsync("daibiao1", "改善教师午休场所");
        Assert.True((await client.PostAsync($"/api/cases/{id}/attachments", body)).IsSuccessStatusCode);
        await visitor.GoAsync($"/cases/{id}/unmask/grounds");
        await visitor.PressAsync("记录并查看", ("purpose", "Check"), ("reason", $"核对{Secret}"));

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

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
