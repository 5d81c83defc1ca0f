using EduUnion.Host.CommandLine;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Privacy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.People;

/// <summary>Whoever has a copy of the database, but not the vault's keys, signs no session.</summary>
public sealed class SealedSignInKeysTests
{
    private const string Before = "<key id=\"";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task NewKey_IsSealed_AndEveryNodeReadsIt(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);

        var cookie = Protector(Node(database)).Protect("程晓岚");

        Assert.Equal("程晓岚", Protector(Node(database)).Unprotect(cookie));
        var row = Assert.Single(await RowsAsync(database));
        Assert.StartsWith($"<sealed>v1.{KeyRingTests.Load(database).Current.Id}.", row);
        Assert.DoesNotContain("value", row);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task KeyOfAnEarlierProgram_IsRead_AndSealedByTheRotation(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var cookie = Protector(Earlier(database)).Protect("程晓岚");
        Assert.StartsWith(Before, Assert.Single(await RowsAsync(database)));

        var node = Node(database);
        Assert.Equal("程晓岚", Protector(node).Unprotect(cookie));
        Assert.Equal(0, await RotateAsync(node, "data_protection_keys.xml: 1 sealed that lay in clear"));

        var once = Assert.Single(await RowsAsync(database));
        Assert.StartsWith("<sealed>v1.", once);
        Assert.Equal(0, await RotateAsync(node, "data_protection_keys.xml: 1 sealed again"));
        Assert.NotEqual(once, Assert.Single(await RowsAsync(database)));
        // The oldest key opens nothing any more.
        File.Delete(Path.Combine(database.DataDirectory, "keys", "vault", "0001.key"));
        File.Delete(Path.Combine(database.DataDirectory, "keys", "vault", "0002.key"));
        Assert.Equal("程晓岚", Protector(Node(database)).Unprotect(cookie));
    }

    /// <summary>While nodes are replaced one after the other.</summary>
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task EarlierProgram_PassesOverASealedKey_AndGoesOn(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var cookie = Protector(Earlier(database)).Protect("程晓岚");
        KeyRingTests.Load(database);
        await using (var db = database.Open())
        {
            db.DataProtectionKeys.Add(new() { FriendlyName = "key-later", Xml = "<sealed>v1.00000000.AAAA</sealed>" });
            await db.SaveChangesAsync(Stop);
        }

        Assert.Equal("程晓岚", Protector(Earlier(database)).Unprotect(cookie));
        // And here a key whose vault key is missing keeps nobody out but its own.
        Assert.Equal("程晓岚", Protector(Node(database)).Unprotect(cookie));
    }

    [Fact]
    public async Task WithoutTheVaultsKeys_TheProgramDoesNotStart()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        Protector(Node(database)).Protect("程晓岚");
        Directory.Delete(Path.Combine(database.DataDirectory, "keys"), recursive: true);

        Assert.Throws<StartRefused>(() => KeyRingTests.Load(database));
    }

    private static ServiceProvider Node(TestDatabase database) =>
        database.Start(services =>
        {
            services.AddSingleton(KeyRingTests.Load(database)).AddSingleton<Vault>().AddScoped<Resealing>();
            SealedSignInKeys.Add(services);
        });

    /// <summary>As it was up to 2026-11.</summary>
    private static ServiceProvider Earlier(TestDatabase database) =>
        database.Start(services =>
            services.AddDataProtection().SetApplicationName("EduUnion").PersistKeysToDbContext<EduUnionDb>()
        );

    private static IDataProtector Protector(ServiceProvider node) =>
        node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.DataProtectionKeys.Select(k => k.Xml!).ToListAsync(Stop);
    }

    private static async Task<int> RotateAsync(ServiceProvider node, string says)
    {
        await using var scope = node.CreateAsyncScope();
        await using var said = new StringWriter();
        var code = await VaultCommand.RotateAsync(scope.ServiceProvider, resume: false, said, Stop);
        Assert.Contains(says, said.ToString());
        return code;
    }
}
