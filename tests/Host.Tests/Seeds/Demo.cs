using EduUnion.Domain.Calendar;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.Seeds;

/// <summary>The demonstration district in a database of its own, on a fixed day, without the web around it.</summary>
public sealed class Demo : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eduunion-");

    private Demo() => Services = Node();

    public static DateOnly Today { get; } = new(2026, 3, 2);

    public FakeTimeProvider Time { get; } = new(ChinaTime.At(Today, new TimeOnly(9, 30)));

    public ServiceProvider Services { get; }

    public static async Task<Demo> EmptyAsync()
    {
        var demo = new Demo();
        await demo.InScopeAsync(s => s.GetRequiredService<EduUnionDb>().Database.EnsureCreatedAsync());
        return demo;
    }

    public static async Task<Demo> LoadedAsync()
    {
        var demo = await EmptyAsync();
        await demo.InScopeAsync(s => s.GetRequiredService<ShippedParameters>().LoadAsync(default));
        await demo.InScopeAsync(s => s.GetRequiredService<DemoDistrict>().LoadAsync(default));
        return demo;
    }

    /// <summary>A second program on the same database, with its own memory.</summary>
    public ServiceProvider Node()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddEduUnionDatabase(new ConfigurationBuilder().Build(), _directory.FullName);
        services.AddOrganisations().AddCongresses().AddParameters().AddSeeds();
        services.AddScoped<OfficeBook>().AddScoped<MemberBook>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        return services.BuildServiceProvider(validateScopes: true);
    }

    public Task InScopeAsync(Func<IServiceProvider, Task> use) =>
        InScopeAsync(async s =>
        {
            await use(s);
            return true;
        });

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    /// <summary>What a book answers, in a scope of its own.</summary>
    public Task<T> AskAsync<TBook, T>(Func<TBook, Task<T>> ask)
        where TBook : notnull => InScopeAsync(s => ask(s.GetRequiredService<TBook>()));

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }
}
