using System.Collections.Concurrent;
using EduUnion.Host.Tests.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>A fault of the program itself.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Fault_IsAProblemWithATraceId_LoggedOnce()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var token = (await district.AsAsync("admin")).Http.DefaultRequestHeaders.Authorization;
        using var log = new Written();
        await using var program = district.Running.WithWebHostBuilder(b => b.ConfigureLogging(l => l.AddProvider(log)));
        await district.Running.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE incidents"));
        var id = await district.DraftAsync();
        using var http = program.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Authorization = token;

        var answer = await http.GetAsync($"/api/instances/{id}");

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.DoesNotContain("incidents", await answer.Content.ReadAsStringAsync());
        Assert.DoesNotContain("EduUnion.", await answer.Content.ReadAsStringAsync());
        var problem = await ProblemAsync(answer);
        Assert.Equal("server.fault", problem.GetProperty("code").GetString());
        var line = Assert.Single(log.Errors, e => e.Contains("/api/instances/", StringComparison.Ordinal));
        Assert.Contains(problem.GetProperty("traceId").GetString()!, line);
    }

    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                Errors.Enqueue(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
