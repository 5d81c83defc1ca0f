using System.Security.Cryptography;
using System.Text;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.Extensions.Configuration;

namespace EduUnion.Host.Tests.Privacy;

public sealed class VaultTests
{
    private const string Number = "320106199001011234 张三";

    private static readonly byte[] First = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
    private static readonly byte[] Second = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();

    [Fact]
    public void WhatIsSealed_OpensAgainAndShowsNothing()
    {
        var vault = Of(First);
        var row = Guid.CreateVersion7();

        var text = vault.Seal(Number, row);
        var bytes = vault.Seal(Encoding.UTF8.GetBytes(Number), row.ToString());

        Assert.Matches("^v1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]+$", text);
        Assert.NotEqual(text, vault.Seal(Number, row));
        Assert.Equal(Number, vault.Open(text, row));
        Assert.Equal(Number, Encoding.UTF8.GetString(vault.Open(bytes, row.ToString())));
        Assert.Equal("", vault.Open(vault.Seal("", row), row));
    }

    [Fact]
    public void MovedChangedOrCut_DoesNotOpen()
    {
        var vault = Of(First);
        var row = Guid.CreateVersion7();
        var text = vault.Seal(Number, row);
        var last = text[^2] == 'A' ? 'B' : 'A';

        Assert.ThrowsAny<CryptographicException>(() => vault.Open(text, Guid.CreateVersion7()));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(text[..^2] + last + text[^1], row));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(text[..20], row));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(Number, row));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(text.Replace('.', '!'), row));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open([1, 2, 3], "row"));
    }

    [Fact]
    public void AnOlderKey_StillOpens_AndAMissingOneIsNamed()
    {
        var row = Guid.CreateVersion7();
        var old = Of(First).Seal(Number, row);

        var both = Of(First, Second);

        Assert.Equal(Number, both.Open(old, row));
        Assert.NotEqual(old[..11], both.Seal(Number, row)[..11]);
        var lost = Assert.Throws<CryptographicException>(() => Of(Second).Open(old, row));
        Assert.Contains(old.Split('.')[1], lost.Message);
    }

    [Fact]
    public void Index_IsEqualForEqualValuesOfOnePurposeOnly_AndSurvivesARotation()
    {
        var index = Of(First).Index("identity", Number);

        Assert.Equal(43, index.Length);
        Assert.Equal(index, Of(First, Second).Index("identity", Number));
        Assert.NotEqual(index, Of(First).Index("account", Number));
        Assert.NotEqual(index, Of(First).Index("identity", Number + "1"));
    }

    private static Vault Of(params byte[][] keys)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Vault:Keys"] = string.Join(", ", keys.Select(Convert.ToBase64String)),
                    ["Vault:IndexKey"] = Convert.ToBase64String(First),
                    ["ConnectionStrings:EduUnion"] = "Host=nowhere.example;Database=none",
                }
            )
            .Build();
        return new Vault(KeyRing.Load(settings, "nowhere", DatabaseOptions.Read(settings, "nowhere")));
    }
}
